"""Builds in several chunks: the same glossary with any executor and after an interruption."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

import alliance_ref as ar
from alliance_ref.batch.pipeline import Stages, run
from alliance_ref.batch.workers import SerialExecutor, WorkerProcesses
from alliance_ref.errors import CheckpointMismatch
from alliance_ref.exchange.glossaries.json_text import dumps
from alliance_ref.extraction.association import learn
from alliance_ref.extraction.build import build_glossary, make_background
from alliance_ref.extraction.concepts import assemble
from alliance_ref.extraction.inputs import translation_units
from alliance_ref.extraction.records import Counts, ObservedChunk, PairedChunk
from alliance_ref.extraction.stages import observe, pair
from alliance_ref.records import TranslationUnit

UNITS = 120
CHUNK = 25


@pytest.fixture(scope="module")
def units() -> list[TranslationUnit]:
    passages = (passage for document in ar.documents() for passage in document.passages)
    found = list(translation_units(passages))[:UNITS]
    assert len(found) == UNITS
    return found


def built(units: Iterator[TranslationUnit], executor: Executor, file: Path | None = None) -> str:
    last = partial(assemble, min_frequency=1)
    stages = Stages(ObservedChunk, Counts, PairedChunk, observe, learn, pair, last)
    background = make_background(["alliance"])
    return dumps(run(stages, units, background, executor=executor, checkpoint=file, chunk=CHUNK).concepts)


@pytest.fixture(scope="module")
def expected(units: list[TranslationUnit]) -> str:
    return built(iter(units), SerialExecutor())


def test_worker_processes_build_the_same_bytes(units: list[TranslationUnit], expected: str) -> None:
    """Workers iterate over sets in different orders, since Python salts the hashes of strings."""
    with WorkerProcesses(2) as workers:
        assert built(iter(units), workers) == expected


def test_an_interrupted_build_ends_in_the_same_bytes(
    units: list[TranslationUnit], expected: str, tmp_path: Path
) -> None:
    file = tmp_path / "work"

    def stopped() -> Iterator[TranslationUnit]:
        yield from units[: 3 * CHUNK + 5]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        built(stopped(), SerialExecutor(), file)
    with closing(sqlite3.connect(file)) as db:
        assert db.execute("SELECT count(*) FROM results WHERE stage = 'observed'").fetchone() == (3,)
    assert built(iter(units), SerialExecutor(), file) == expected
    assert built(iter(units), SerialExecutor(), file) == expected, "from the pairs of the first run"


def test_a_finished_checkpoint_allows_another_minimum_frequency_but_not_another_seed(
    units: list[TranslationUnit], tmp_path: Path
) -> None:
    whole = build_glossary(units, executor=SerialExecutor(), checkpoint=tmp_path / "work")
    frequent = build_glossary(units, executor=SerialExecutor(), checkpoint=tmp_path / "work", min_frequency=3)
    assert 0 < len(frequent) < len(whole)
    assert frequent == build_glossary(units, executor=SerialExecutor(), min_frequency=3)
    with pytest.raises(CheckpointMismatch, match="seed was"):
        build_glossary(units, executor=SerialExecutor(), checkpoint=tmp_path / "work", seed=["alliance"])
    with pytest.raises(CheckpointMismatch, match="the input differs"):
        build_glossary(units[1:], executor=SerialExecutor(), checkpoint=tmp_path / "work")


def test_progress_of_a_build_ends_with_all_units(units: list[TranslationUnit]) -> None:
    calls: list[tuple[int, int]] = []
    build_glossary(units, progress=lambda done, total: calls.append((done, total)))
    assert calls[-1] == (UNITS, UNITS)
