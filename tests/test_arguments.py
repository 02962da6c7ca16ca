"""What callers give wrongly is refused with a typed error that says what it should be."""

import concurrent.futures
import copy
import datetime
import multiprocessing
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

import alliance_ref as ar
from alliance_ref.arguments import check_number, day_of, day_or_none
from alliance_ref.codec.toml_files import read_data
from alliance_ref.messages import quoted
from alliance_ref.reference import Reference

DAY = datetime.date(2005, 4, 14)
wrong: Any = ar  # as one who does not check types calls it
WRONG: dict[str, tuple[Callable[..., object], str]] = {
    "format_date": (
        lambda: wrong.format_date(None, "en"),
        "must be a PartialDate or a datetime.date, not NoneType",
    ),
    "wareki": (lambda: wrong.text.wareki("2005"), "must be a PartialDate or a datetime.date, not str"),
    "parse_date": (lambda: wrong.parse_date(None), "the date must be text, not NoneType"),
    "format_list": (lambda: wrong.text.format_list("abc", "en"), "items must be a collection of texts"),
    "format_number": (lambda: wrong.text.format_number("3", "en"), "number must be a number, not str"),
    "passage": (lambda: wrong.passage(None), "the id must be text, not NoneType"),
    "document": (lambda: wrong.document(5), "the id must be text, not int"),
    "entry": (lambda: wrong.entry([]), "the id must be text, not list"),
    "topic": (lambda: wrong.topic(None), "the id must be text"),
    "lookup": (lambda: wrong.lookup("x", limit="3"), "limit must be a whole number, not str"),
    "suggest": (lambda: wrong.suggest("x", limit=1.5), "limit must be a whole number, not float"),
    "load": (lambda: wrong.load(5), "directory must be the path of a folder, not int"),
    "with_documents": (lambda: wrong.load().with_documents("x"), "must be a Document, not str"),
    "concordance width": (lambda: wrong.concordance("x", width="3"), "width must be a whole number"),
    "concordance ids": (
        lambda: wrong.concordance("x", documents="treaty-1960"),
        "several documents or ids, not str",
    ),
    "concordance items": (lambda: wrong.concordance("x", documents=[5]), "a Document or an Edition, not int"),
    "tokenize": (lambda: wrong.tokenize(None), "the text must be text"),
    "furigana": (lambda: wrong.furigana(5), "the text must be text"),
    "romanize": (lambda: wrong.romanize(None), "the reading must be text"),
    "sentences": (lambda: wrong.sentences(None, lang="en"), "the text must be text"),
    "fold": (lambda: wrong.fold(None), "the text must be text"),
}


@pytest.mark.parametrize("call", WRONG)
def test_a_wrong_type_is_a_type_error_that_says_what_is_needed(call: str) -> None:
    function, message = WRONG[call]
    with pytest.raises(TypeError, match=message):
        function()


@pytest.mark.parametrize(
    "call",
    [
        lambda lang: ar.format_date(DAY, lang),
        lambda lang: ar.text.format_list(["a"], lang),
        lambda lang: ar.text.format_number(3, lang),
        lambda lang: ar.sentences("x", lang=lang),
        lambda lang: ar.lookup("x", lang=lang),
        lambda lang: ar.concordance("x", lang=lang),
        lambda lang: ar.annotate("x", lang=lang),
        ar.text.translator,
    ],
)
def test_a_third_language_is_a_value_error(call: Callable[[str], object]) -> None:
    with pytest.raises(ValueError, match="lang is 'fr'; expected 'en', 'ja'"):
        call("fr")


def test_an_empty_name_is_no_folder() -> None:
    with pytest.raises(ValueError, match="directory is empty"):
        ar.load("")


@pytest.mark.parametrize(
    "given", [DAY, datetime.datetime(2005, 4, 14, 23, tzinfo=datetime.UTC), "2005-04-14"]
)
def test_a_day_may_be_written_wherever_one_is_asked_for(given: datetime.date | str) -> None:
    assert day_of(given) == day_or_none(given) == DAY
    assert ar.lookup("防衛庁", as_of=given) == ar.lookup("防衛庁", as_of=DAY) != ()
    assert ar.translate("防衛庁", to="en", as_of=given) == ar.translate("防衛庁", to="en", as_of=DAY)
    assert ar.office_holders("外務大臣", as_of=given) == ar.office_holders("外務大臣", as_of=DAY) != ()
    assert ar.annotate("外務大臣", as_of=given)[0].entry.id == "machimura-nobutaka"
    assert ar.timeline(start=given, end=given) == ar.timeline(start=DAY, end=DAY)
    jda = ar.entry("jda")
    assert jda.names_in("en", as_of=given) == jda.names_in("en", as_of=DAY) != ()
    assert jda.preferred("ja", as_of=given)


@pytest.mark.parametrize(
    "text", ["2005", "2005-04", "2005-4-14", "20050414", "2005-W15-4", "2005-02-30", "", "today"]
)
def test_text_that_is_no_day_is_a_value_error(text: str) -> None:
    for call in (ar.lookup, ar.annotate):
        with pytest.raises(ValueError, match="write a date as YYYY-MM-DD"):
            call("x", as_of=text)


HUGE = "昭和" * 50_000


@pytest.mark.parametrize(
    "call",
    [
        ar.parse_date,
        ar.entry,
        ar.document,
        ar.topic,
        ar.passage,
        ar.text.translator,
        ar.records.PartialDate.parse,
        lambda text: ar.lookup("x", as_of=text),
        lambda text: ar.lookup("x", kinds=[text]),
        lambda text: ar.label("mark", text, "en"),
        lambda text: ar.romanize("あ", system=text),
        lambda text: ar.Name("x", text),
        lambda text: ar.parse_date(f"{text}年"),
    ],
)
def test_an_error_quotes_no_huge_input(call: Callable[[str], object]) -> None:
    with pytest.raises((ValueError, KeyError)) as caught:
        call(HUGE)
    assert len(str(caught.value)) < 500
    assert "100,00" in str(caught.value)


def test_a_gap_quotes_no_huge_query() -> None:
    gap = ar.translate(HUGE, to="en").gap
    assert gap is not None
    assert len(gap.note) < 200


def test_what_is_quoted_is_as_python_writes_it() -> None:
    assert quoted("a'b") == repr("a'b")
    assert quoted(3) == "3"
    assert len(quoted(list(range(1000)))) < 100


def test_less_than_nothing_is_a_value_error() -> None:
    check_number(0, "limit")
    with pytest.raises(ValueError, match="limit is -1; it must be 0 or more"):
        check_number(-1, "limit")


def test_the_shipped_reference_is_pickled_by_name() -> None:
    shipped = ar.load()
    assert len(pickle.dumps(shipped)) < 200
    assert pickle.loads(pickle.dumps(shipped)) is shipped


def test_documents_of_ones_own_are_pickled_with_it() -> None:
    mine = attrs.evolve(ar.document("roadmap-2006"), id="my-notes")
    again = pickle.loads(pickle.dumps(ar.load().with_documents(mine)))
    assert again.document("my-notes") == mine
    assert again.entry("futenma") is ar.entry("futenma")


def test_a_reference_of_other_data_is_pickled_whole(shipped: Reference) -> None:
    other = Reference(read_data(Path(ar.__file__).parent / "data"))
    for again in (pickle.loads(pickle.dumps(other)), copy.deepcopy(other)):
        assert again.entries() == other.entries()
        assert again.topics() == other.topics()
        assert again.edition == other.edition
        assert again.lookup("ふてんま") == other.lookup("ふてんま") != ()
        assert again.decided_readings() == shipped.decided_readings()


def labels_of(reference: Reference, text: str) -> list[str]:
    return [item.entry.id for item in reference.annotate(text)]


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_a_reference_goes_to_other_processes(method: str) -> None:
    if method not in multiprocessing.get_all_start_methods():
        pytest.skip(f"no {method} here")
    reference = ar.load()
    texts = ["普天間とNATO", "Camp Zama"]
    expected = [labels_of(reference, text) for text in texts]
    context = multiprocessing.get_context(method)
    with concurrent.futures.ProcessPoolExecutor(2, mp_context=context) as pool:
        assert list(pool.map(labels_of, [reference] * 2, texts)) == expected
