"""Adding a folder: pairing, checksums, broken files, and interruption at any point."""

import os
import random
import signal
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

import alliance_ref as ar


def write_pairs(folder: Path, count: int) -> None:
    for number in range(count):
        name = f"2010-0{number % 9 + 1}-06-release-{number}"
        en = f"Base {number} was returned.\n\nThe ministers agreed on {number + 100} points."
        ja = f"基地{number}は返還された。\n\n閣僚は{number + 100}項目に合意した。"
        (folder / f"{name}.en.txt").write_text(en, encoding="utf-8")
        (folder / f"{name}.ja.txt").write_text(ja, encoding="utf-8")


def test_unchanged_files_are_skipped_and_changed_ones_replaced(tmp_path: Path) -> None:
    write_pairs(tmp_path, 3)
    (tmp_path / "alone.en.txt").write_text("Alone.", encoding="utf-8")
    (tmp_path / "broken.en.docx").write_bytes(b"PK not a zip file")
    (tmp_path / "broken.ja.txt").write_text("壊れた。", encoding="utf-8")
    corpus = ar.Corpus(":memory:")
    steps: list[tuple[int, int]] = []
    report = corpus.add_folder(
        tmp_path, type="press-release", progress=lambda done, total: steps.append((done, total))
    )
    assert len(report.added) == 3
    assert [item.file for item in report.skipped] == ["broken.en.docx, broken.ja.txt"]
    assert report.skipped[0].reason
    assert report.unpaired == ("alone.en.txt",)
    assert steps[-1] == (4, 4)
    assert {item.type for item in corpus.documents()} == {"press-release"}
    assert [str(item.issued) for item in corpus.documents()] == ["2010-01-06", "2010-02-06", "2010-03-06"]
    changed = tmp_path / "2010-02-06-release-1.ja.txt"
    changed.write_text("基地1は返還されなかった。", encoding="utf-8")
    again = corpus.add_folder(tmp_path)
    assert (len(again.unchanged), again.replaced, again.added) == (2, ("2010-02-06-release-1",), ())
    assert corpus.concordance("返還されなかった", match="exact").total == 1
    assert len(corpus) == 3


def test_any_executor_gives_the_same_corpus(tmp_path: Path) -> None:
    write_pairs(tmp_path, 4)
    alone, shared = ar.Corpus(":memory:"), ar.Corpus(":memory:")
    alone.add_folder(tmp_path)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
        shared.add_folder(tmp_path, executor=executor)
    assert shared.documents() == alone.documents()
    assert list(shared.units()) == list(alone.units())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")
def test_a_killed_call_loses_and_repeats_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "releases"
    folder.mkdir()
    write_pairs(folder, 40)
    expected = ar.Corpus(":memory:")
    expected.add_folder(folder)
    path = tmp_path / "mine.db"
    chance = random.Random(17)
    for _ in range(30):
        child = os.fork()
        if child == 0:
            try:
                ar.Corpus(path).add_folder(folder)
            finally:
                os._exit(0)
        time.sleep(chance.uniform(0, 0.15))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with ar.Corpus(path) as corpus:
            held = corpus.documents()
            assert len({item.id for item in held}) == len(held)
            assert all(corpus.document(item.id) == expected.document(item.id) for item in held[-2:])
    with ar.Corpus(path) as corpus:
        corpus.add_folder(folder)
        assert sorted(item.id for item in corpus.documents()) == sorted(
            item.id for item in expected.documents()
        )
        assert sorted(unit.ja for unit in corpus.units()) == sorted(unit.ja for unit in expected.units())
        assert corpus.concordance("agree").total == expected.concordance("agree").total
