"""The store of a corpus: adding, replacing, removing, correcting; files that cannot be trusted."""

# ruff: noqa: SLF001 (tests look into the file)

import pickle
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import attrs
import pytest

import alliance_ref as ar
from alliance_ref.corpus import schema
from alliance_ref.errors import InvalidType, InvalidUnit, InvalidValue, UnknownCorpusDocument, UnusableCorpus

PAIRS = [
    ("The ministers agreed on the burden.", "閣僚は負担について合意した。"),
    ("Futenma will be returned.", "普天間飛行場は返還される。"),
    ("A heavy burden remains.", "重荷は残る。"),
]


def document(document_id: str = "naha-2010", issued: str = "2010-05-06", **changes: Any) -> ar.Document:
    units = []
    for en, ja in PAIRS:
        segments = (ar.records.Segment(en, "en", 0, len(en)),), (ar.records.Segment(ja, "ja", 0, len(ja)),)
        units.append(ar.records.AlignedUnit(*segments, "aligned", 0.75))
    gap = ar.records.AlignedUnit(units[0].en, ar.records.Gap("not-translated", "cut"))
    two = ar.records.AlignedUnit(
        (ar.records.Segment(PAIRS[0][0], "en", 0, 34), ar.records.Segment("Yes.", "en", 40, 44)),
        units[1].ja,
        "confirmed",
    )
    passages = (
        ar.Passage(f"{document_id}#1", 1, tuple(units)),
        ar.Passage(f"{document_id}#2", 2, (gap, two), role="heading"),
    )
    made = ar.Document(
        document_id,
        (ar.Name("Naha", "en"), ar.Name("那覇", "ja")),
        sources=(ar.records.Source("own", ar.records.Bilingual("Own notes", "自分の記録")),),
        type="minutes",
        issued=issued,
        passages=passages,
    )
    return attrs.evolve(made, **changes)


def without_mentions(item: ar.Document) -> ar.Document:
    passages = tuple(attrs.evolve(passage, mentions=()) for passage in item.passages)
    return attrs.evolve(item, passages=passages)


def index_rows(corpus: ar.Corpus) -> list[tuple[object, ...]]:
    corpus._store.connection.execute("INSERT INTO search (search) VALUES ('integrity-check')")
    rows: list[tuple[object, ...]] = corpus._store.query(
        "SELECT term, doc, col, offset FROM search_places ORDER BY 1, 2, 3, 4"
    )
    return rows


def test_a_document_comes_back_as_it_was_added(tmp_path: Path) -> None:
    given = document()
    with ar.Corpus(tmp_path / "mine.db") as corpus:
        corpus.add(given, source="Archive", fields={"ministry": "MOFA"})
        held = corpus.document("naha-2010")
        assert without_mentions(held) == given
        assert "futenma" in held.passages[0].mentions
        (summary,) = corpus.documents()
        assert (summary.en, summary.ja, summary.units, summary.source) == ("Naha", "那覇", 5, "Archive")
        assert summary.fields == {"ministry": "MOFA"}
        assert ar.from_dict(ar.to_dict(summary)) == summary
    with ar.Corpus(tmp_path / "mine.db", read_only=True) as corpus:
        assert without_mentions(corpus.document("naha-2010")) == given


def test_all_shipped_documents_come_back_as_they_were_added() -> None:
    corpus = ar.Corpus(":memory:")
    for given in ar.documents()[:12]:
        corpus.add(given)
        assert without_mentions(corpus.document(given.id)) == without_mentions(given)


def test_a_document_that_is_added_again_is_replaced_in_the_index() -> None:
    once, twice = ar.Corpus(":memory:"), ar.Corpus(":memory:")
    once.add(document("a"))
    once.add(document("b"))
    twice.add(document("b", passages=document("b").passages[:1]))
    twice.add(document("a"))
    twice.add(document("b"))
    terms = [[(row[0], row[2]) for row in index_rows(corpus)] for corpus in (once, twice)]
    assert sorted(terms[0]) == sorted(terms[1])
    assert [item.units for item in twice.documents()] == [5, 5]
    twice.remove("a")
    twice.remove("b")
    assert index_rows(twice) == []
    assert twice._store.query("SELECT count(*) FROM units") == [(0,)]


def test_unknown_documents_are_named_with_similar_ones() -> None:
    corpus = ar.Corpus(":memory:")
    corpus.add(document())
    with pytest.raises(UnknownCorpusDocument, match="did you mean naha-2010"):
        corpus.document("naha-2011")
    with pytest.raises(UnknownCorpusDocument):
        corpus.remove("xyz")
    with pytest.raises(InvalidType):
        corpus.add("naha-2010")  # type: ignore[arg-type]


def test_documents_are_filtered_by_the_dates_that_they_may_have() -> None:
    corpus = ar.Corpus(":memory:")
    for document_id, issued in (("day", "2005-04-14"), ("month", "2005-04"), ("year", "2005")):
        corpus.add(document(document_id, issued), fields={"place": document_id})
    assert [item.id for item in corpus.documents(start="2005-04-15")] == ["month", "year"]
    assert [item.id for item in corpus.documents(end="2005-03")] == ["year"]
    assert [item.id for item in corpus.documents(where={"place": "month"})] == ["month"]
    assert [item.id for item in corpus.documents(types="treaty")] == []
    assert [item.id for item in corpus.documents(documents=["day", "year"])] == ["day", "year"]
    with pytest.raises(InvalidValue):
        corpus.documents(start="2006", end="2005")


def test_units_of_a_memory_become_documents_with_their_dates(tmp_path: Path) -> None:
    memory = tmp_path / "Press 2010.csv"
    lines = "".join(f'"{en}","{ja}"\n' for en, ja in PAIRS)
    memory.write_text("en,ja\n" + lines, encoding="utf-8")
    corpus = ar.Corpus(":memory:")
    assert corpus.add_units(memory, issued="2010") == ("press-2010",)
    units = [ar.TranslationUnit(*pair, "b.tmx", 0, f"2011-0{n}") for n, pair in enumerate(PAIRS, start=1)]
    assert corpus.add_units(units) == ("b",)
    assert [str(item.issued) for item in corpus.documents()] == ["2010", "2011"]
    assert [(unit.en, unit.ja) for unit in corpus.units(documents="b")] == PAIRS
    with pytest.raises(InvalidUnit):
        corpus.add_units(["text"])  # type: ignore[list-item]


def test_a_correction_is_kept_when_the_document_is_added_again() -> None:
    corpus = ar.Corpus(":memory:")
    corpus.add(document())
    corpus.correct("naha-2010", 1, ja="普天間基地は返還される。")
    corpus.correct("naha-2010", 1, ja="普天間飛行場は返還されるだろう。")  # a correction of the correction
    corpus.correct("naha-2010", 2, en="", ja="")
    corpus.add(document())
    units = [unit for passage in corpus.document("naha-2010").passages for unit in passage.units]
    assert [unit.text("ja") for unit in units[:2]] == [PAIRS[0][1], "普天間飛行場は返還されるだろう。"]
    assert units[1].status == "confirmed"
    assert len(units) == 4
    assert corpus.concordance("だろう", match="exact").total == 1
    with pytest.raises(InvalidValue, match="there is no unit 9"):
        corpus.correct("naha-2010", 9, ja="")


def test_readers_see_whole_documents_while_one_process_writes(tmp_path: Path) -> None:
    path = tmp_path / "mine.db"
    writer = ar.Corpus(path)
    seen: list[int] = []
    stop = threading.Event()

    def read() -> None:
        with ar.Corpus(path, read_only=True) as corpus:
            while not stop.is_set():
                seen.append(int(corpus._store.query("SELECT count(*) FROM units")[0][0]))

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(10):
        writer.add(document(f"d-{number}"))
    stop.set()
    reader.join()
    assert all(count % 5 == 0 for count in seen)
    assert pickle.loads(pickle.dumps(writer)).info().units == 50


def test_threads_share_a_corpus() -> None:
    corpus = ar.Corpus(":memory:")
    corpus.add(document())
    totals: list[int] = []
    threads = [
        threading.Thread(target=lambda: totals.append(corpus.concordance("burden").total)) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert totals == [4] * 8


def test_a_file_on_a_read_only_medium_is_opened_without_locks(tmp_path: Path) -> None:
    path = tmp_path / "mine.db"
    with ar.Corpus(path) as corpus:
        corpus.add(document())
    path.chmod(0o444)
    with ar.Corpus(path, immutable=True) as corpus:
        assert corpus.concordance("burden").total == 4
        with pytest.raises(UnusableCorpus, match="for reading only"):
            corpus.add(document("b"))
    assert [item.name for item in tmp_path.iterdir()] == ["mine.db"]


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("CREATE TRIGGER t AFTER INSERT ON units BEGIN DELETE FROM units; END", "other-schema"),
        ("CREATE VIEW v AS SELECT 1", "other-schema"),
        ("DROP INDEX words_lemma", "other-schema"),
        ("PRAGMA user_version=99", "newer"),
        ("PRAGMA user_version=0", "older"),
        ("PRAGMA application_id=7", "not-a-corpus"),
    ],
)
def test_a_file_with_another_schema_is_refused(tmp_path: Path, statement: str, reason: str) -> None:
    path = tmp_path / "mine.db"
    ar.Corpus(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute(statement)
    connection.close()
    with pytest.raises(UnusableCorpus) as caught:
        ar.Corpus(path)
    assert caught.value.reason == reason


def test_damaged_and_foreign_files_are_refused(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("not a database, but long enough to have a header" * 100, encoding="utf-8")
    with pytest.raises(UnusableCorpus, match="not a corpus"):
        ar.Corpus(text)
    assert text.read_text(encoding="utf-8").startswith("not a database")
    path = tmp_path / "mine.db"
    with ar.Corpus(path) as corpus:
        corpus.add(document())
        corpus._store.connection.execute("UPDATE documents SET record = x'00'")
        with pytest.raises(UnusableCorpus, match="damaged"):
            corpus.document("naha-2010")
        corpus._store.connection.execute("UPDATE units SET mentions = 'x', sides = '[[[99]],{}]'")
        with pytest.raises(UnusableCorpus, match="damaged"):
            corpus.concordance(ar.entry("futenma"))
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(UnusableCorpus), ar.Corpus(path) as corpus:
        corpus.document("naha-2010")


def test_text_of_a_file_is_never_executed(tmp_path: Path) -> None:
    corpus = ar.Corpus(":memory:")
    hostile = '\'); DROP TABLE units; -- " ) OR (en : "1"'
    corpus.add_units([(hostile, "負担。")], id="hostile", source=hostile)
    assert corpus.documents(where={"source": hostile})[0].id == "hostile"
    assert corpus.concordance(hostile, match="exact").total == 1
    assert corpus._store.query("PRAGMA trusted_schema") == [(0,)]
    with pytest.raises(UnusableCorpus):
        corpus._store.query(f"ATTACH '{tmp_path / 'other.db'}' AS other")


def test_an_older_schema_is_migrated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "mine.db"
    with ar.Corpus(path) as corpus:
        corpus.add(document())
        corpus._store.connection.execute("DROP INDEX words_reading")
        corpus._store.connection.execute("PRAGMA user_version=0")
    with pytest.raises(UnusableCorpus, match="open it without read_only"):
        ar.Corpus(path, read_only=True)
    statement = "CREATE INDEX words_reading ON words (reading)"
    monkeypatch.setitem(schema.MIGRATIONS, 0, lambda connection: connection.execute(statement))
    with ar.Corpus(path) as corpus:
        assert corpus.document("naha-2010").id == "naha-2010"


def test_without_full_text_search_the_error_names_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "has_fts5", lambda: False)
    with pytest.raises(UnusableCorpus, match=r"no full-text search \(FTS5\); install"):
        ar.Corpus(":memory:")


def test_another_dictionary_needs_a_rebuild(tmp_path: Path) -> None:
    path = tmp_path / "mine.db"
    with ar.Corpus(path) as corpus:
        corpus.add(document())
        before = index_rows(corpus)
        corpus._store.connection.execute("UPDATE info SET value='ipadic' WHERE key='dictionary'")
    with ar.Corpus(path) as corpus:
        assert corpus.info().outdated
        assert corpus.concordance("負担").total == 1
        with pytest.raises(UnusableCorpus, match="rebuild"):
            corpus.add(document("b"))
        corpus.rebuild()
        assert not corpus.info().outdated
        assert [row[0] for row in index_rows(corpus)] == [row[0] for row in before]


def test_two_processes_create_one_file(tmp_path: Path) -> None:
    code = (
        "import sys, alliance_ref as ar; ar.Corpus(sys.argv[1]).add_units([('a b', '負担')], id=sys.argv[2])"
    )
    path = str(tmp_path / "mine.db")
    runs = [subprocess.Popen([sys.executable, "-c", code, path, f"d{n}"]) for n in range(3)]
    assert [run.wait(timeout=120) for run in runs] == [0, 0, 0]
    assert sorted(item.id for item in ar.Corpus(path).documents()) == ["d0", "d1", "d2"]
