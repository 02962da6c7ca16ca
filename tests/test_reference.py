"""The shipped reference: finding entries and documents, and taking in documents of one's own."""

import concurrent.futures
import datetime
from pathlib import Path

import attrs
import pytest

import alliance_ref as ar
from alliance_ref.records import Document, Name
from alliance_ref.reference import Reference
from article import document as sea_wall


def found(query: str, **options: object) -> list[str]:
    return [match.entry.id for match in ar.lookup(query, **options)]  # type: ignore[arg-type]


def test_there_is_one_shipped_reference(shipped: Reference) -> None:
    assert ar.load() is shipped
    assert shipped.edition == ar.DATA_EDITION
    assert repr(shipped).startswith(f"<Reference {ar.DATA_EDITION}: ")
    assert len(shipped) == len(shipped.entries()) == len(ar.entries())


@pytest.mark.parametrize(
    "query",
    [
        "普天間",
        "ふてんま",
        "フテンマ",
        "ﾌﾃﾝﾏ",
        "Futenma",
        "FUTENMA",
        "futenma",
        "MCAS Futenma",
        "普天間飛行場",
    ],
)
def test_futenma_is_found_however_it_is_written(query: str) -> None:
    assert found(query)[0] == "futenma"


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("普天間飛行場", "exact"),
        ("mcas-futenma", "variant"),
        ("ふてんまひこうじょう", "reading"),
        ("Futenma Hikojo", "romaji"),
    ],
)
def test_a_match_has_the_reason(query: str, reason: str) -> None:
    match = ar.lookup(query)[0]
    assert (match.entry.id, match.reason) == ("futenma", reason)
    assert 0 < match.score <= 1


def test_scores_fall_with_each_step_from_the_name_as_written() -> None:
    scores = [
        ar.lookup(query)[0].score
        for query in ("普天間飛行場", "ＭＣＡＳ Futenma", "ふてんまひこうじょう", "Futenma Hikojo")
    ]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 1.0


def test_as_of_limits_matches_to_names_in_use() -> None:
    assert "jda" in found("防衛庁", as_of=datetime.date(2005, 4, 14))
    assert "mod-japan" not in found("防衛省", as_of=datetime.date(2005, 4, 14))
    assert "mod-japan" in found("防衛省", as_of=datetime.date(2007, 1, 9))


def test_matches_can_be_limited_by_language_kind_and_number() -> None:
    assert found("futenma", lang="ja", kinds=["place"]) == ["futenma"]
    assert found("普天間", kinds=["person"]) == []
    assert found("普天間", lang="en") == []
    assert found("Japan", limit=0) == []
    assert len(found("Japan", limit=1)) == 1


def test_no_match_is_an_empty_tuple_and_an_empty_query_is_an_error() -> None:
    assert found("no such name") == []
    assert found("---") == []
    for query in ("", "  ", "\u3000"):
        with pytest.raises(ValueError, match="query is empty"):
            ar.lookup(query)


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"lang": "fr"}, ValueError),
        ({"kinds": ["thing"]}, ValueError),
        ({"kinds": "thing"}, ValueError),
        ({"kinds": 3}, TypeError),
        ({"limit": -1}, ValueError),
        ({"as_of": 2005}, TypeError),
        ({"as_of": "2005-04"}, ValueError),
        ({"limit": "3"}, TypeError),
        ({"limit": True}, TypeError),
        ({"kinds": [["place"]]}, ValueError),
    ],
)
def test_invalid_options_raise_errors(options: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error):
        found("普天間", **options)
    with pytest.raises(TypeError, match="query must be text"):
        ar.lookup(None)  # type: ignore[arg-type]


def test_one_kind_may_be_given_without_a_collection() -> None:
    for found in (ar.lookup, ar.suggest):
        assert found("Zama", kinds="place") == found("Zama", kinds=["place"]) != ()
        assert found("Zama", kinds="person") == ()
    assert ar.timeline(kinds="person") == ar.timeline(kinds=("person",)) != ()


def test_a_datetime_counts_as_its_day() -> None:
    moment = datetime.datetime(2005, 4, 14, 12, tzinfo=datetime.UTC)
    assert "jda" in found("防衛庁", as_of=moment)


def test_every_name_of_every_entry_finds_its_entry(shipped: Reference) -> None:
    for entry in shipped.entries():
        for name in entry.names:
            for query in filter(None, (name.text, name.reading, name.romanization)):
                ids = [match.entry.id for match in shipped.lookup(query, limit=50)]
                assert entry.id in ids, (entry.id, query)


def test_the_error_for_an_unknown_id_lists_similar_ids() -> None:
    with pytest.raises(ar.errors.UnknownEntry, match="did you mean futenma") as caught:
        ar.entry("futema")
    assert isinstance(caught.value, KeyError)
    with pytest.raises(ar.errors.UnknownDocument, match="did you mean halloran-2005"):
        ar.document("haloran-2005")
    with pytest.raises(ar.errors.UnknownDocument):
        ar.document("futenma")


def test_documents_are_in_order_of_their_dates() -> None:
    dates = [str(document.issued) for document in ar.documents()]
    assert dates == sorted(dates)
    assert {document.id for document in ar.documents()} == {
        document.id for document in ar.entries(kinds="document")
    }


def test_entries_of_one_kind_are_of_that_kind(shipped: Reference) -> None:
    for kind in ("document", "person", "organization", "place", "event", "concept"):
        entries = shipped.entries(kinds=kind)
        assert entries
        assert {entry.kind for entry in entries} == {kind}
    several = shipped.entries(kinds=("place", "person"))
    assert {entry.kind for entry in several} == {"place", "person"}
    assert len(several) == len(shipped.entries(kinds="place")) + len(shipped.entries(kinds="person"))
    assert shipped.entries(kinds=()) == ()
    with pytest.raises(ValueError, match="expected 'document', 'person'"):
        ar.entries(kinds="thing")  # type: ignore[arg-type]


def test_a_passage_is_returned_by_its_id() -> None:
    passage = ar.passage("magosaki-2006#8")
    assert passage == ar.document("magosaki-2006").passages[7]
    assert passage == ar.document("magosaki-2006").passage(8)
    for number in ("#99", "#x", "", "#８", "#" + "9" * 5000):
        with pytest.raises(ar.errors.UnknownPassage, match="has passages 1 to 12"):
            ar.passage(f"magosaki-2006{number}")
    with pytest.raises(ar.errors.UnknownDocument):
        ar.passage("nothing#1")


def test_documents_are_added_to_a_new_reference(shipped: Reference) -> None:
    own = shipped.with_documents(sea_wall())
    assert "sea-wall-2011" in own
    assert "sea-wall-2011" not in shipped
    assert len(own) == len(shipped) + 1
    assert own.document("sea-wall-2011") in own.documents()
    assert own.lookup("Two Towns, One Sea Wall")[0].entry.id == "sea-wall-2011"
    assert own.lookup("普天間") == shipped.lookup("普天間")
    assert own.passage("sea-wall-2011#1").number == 1


def test_an_added_document_replaces_one_with_the_same_id(shipped: Reference) -> None:
    document = attrs.evolve(shipped.document("roadmap-2006"), names=(Name("My Own Notes", "en"),))
    own = shipped.with_documents(document)
    assert len(own) == len(shipped)
    assert own.entry("roadmap-2006").label("en") == "My Own Notes"
    assert own.lookup("My Own Notes")[0].entry is document
    assert [
        match.entry.id for match in own.lookup("United States-Japan Roadmap for Realignment Implementation")
    ] == []


def test_a_copy_of_an_added_document_is_recognized(shipped: Reference) -> None:
    from article import copy_of

    own = shipped.with_documents(sea_wall())
    assert own.read_copy(copy_of()).document.id == "sea-wall-2011"
    with pytest.raises(ar.errors.UnrecognizedCopy):
        shipped.read_copy(copy_of())


def test_many_threads_find_the_same() -> None:
    fresh = ar.load(Path(ar.__file__).parent / "data")
    queries = ["普天間", "Koizumi Jun'ichiro", "ざま", "SCC", "同盟", "Japan"] * 20
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        many = list(pool.map(fresh.lookup, queries))
    assert many == [ar.lookup(query) for query in queries]


def test_the_two_articles_are_complete(shipped: Reference) -> None:
    halloran, magosaki = shipped.document("halloran-2005"), shipped.document("magosaki-2006")
    assert [p.number for p in halloran.passages] == list(range(1, 20))
    assert [p.number for p in magosaki.passages] == list(range(1, 13))
    assert magosaki.passages[-1].role == "author-note"
    assert isinstance(halloran, Document)
    for passage in (*halloran.passages, *magosaki.passages):
        assert isinstance(passage.fingerprint.en, ar.records.Fingerprint)
        assert passage.units
        assert passage.mentions
