"""Validation and methods of the records."""

import copy
import datetime
import json
import pickle
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import alliance_ref as ar
from alliance_ref import errors, records
from alliance_ref.errors import InvalidData, InvalidValue
from alliance_ref.records import (
    AlignedUnit,
    Bilingual,
    Gap,
    Name,
    PartialDate,
    Passage,
    Period,
    Place,
    Segment,
    Source,
)

SOURCE = Source("s", Bilingual("Source", "出典"))


def test_text_is_kept_in_nfc() -> None:
    assert Bilingual("O\u0304no", "か\u3099").en == "Ōno"
    assert Name("か\u3099", "ja").text == "が"


@pytest.mark.parametrize("text", ["", " ", "\u3000"])
def test_empty_text_is_rejected(text: str) -> None:
    with pytest.raises(ValueError, match="en is empty"):
        Bilingual(text, "あ")


def test_text_must_be_text() -> None:
    with pytest.raises(TypeError, match="must be text"):
        Bilingual(3, "あ")  # type: ignore[arg-type]


def test_a_gap_needs_a_known_reason() -> None:
    with pytest.raises(ValueError, match="expected 'lost'"):
        Gap("mislaid")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2005", datetime.date(2005, 1, 1), datetime.date(2005, 12, 31)),
        ("2004-02", datetime.date(2004, 2, 1), datetime.date(2004, 2, 29)),
        ("2005-02", datetime.date(2005, 2, 1), datetime.date(2005, 2, 28)),
        ("2005-04", datetime.date(2005, 4, 1), datetime.date(2005, 4, 30)),
        ("2005-04-14", datetime.date(2005, 4, 14), datetime.date(2005, 4, 14)),
    ],
)
def test_a_date_covers_its_precision(text: str, first: datetime.date, last: datetime.date) -> None:
    date = PartialDate.parse(text)
    assert (date.earliest(), date.latest(), str(date)) == (first, last, text)


@given(st.dates(min_value=datetime.date(1000, 1, 1)))
def test_every_date_round_trips_through_text(day: datetime.date) -> None:
    date = PartialDate.parse(day.isoformat())
    assert date.earliest() == date.latest() == day


@pytest.mark.parametrize(
    "text", ["", "05", "2005-4", "2005-13", "2005-02-30", "２００５", "2005-04-14-1", "x"]
)
def test_other_text_is_not_a_date(text: str) -> None:
    with pytest.raises(errors.InvalidValue) as raised:
        PartialDate.parse(text)
    assert raised.value.reason in ("partial-date", "calendar-date")


def test_iso_dates_are_parsed_on_construction() -> None:
    document = attrs.evolve(ar.document("roadmap-2006"), issued="2010-05")
    assert document.issued == PartialDate(2010, 5)
    assert ar.TranslationUnit("Yes.", "はい。", date="2010-05-06").date == PartialDate(2010, 5, 6)
    event = ar.entry("scc-2005-10")
    assert isinstance(event, records.Event)
    assert attrs.evolve(event, date=datetime.date(2005, 10, 29)).date == PartialDate(2005, 10, 29)
    with pytest.raises(errors.InvalidValue, match="not a date"):
        attrs.evolve(document, issued="May 2010")
    with pytest.raises(errors.InvalidType, match="the date must be"):
        attrs.evolve(document, issued=2010)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("build", "reason"),
    [
        (lambda: records.Bilingual("x", " "), "empty"),
        (lambda: records.Gap("gone"), "choice"),  # type: ignore[arg-type]
        (lambda: records.Coordinates(91.0, 0.0), "range"),
        (lambda: records.Period(PartialDate(2006), PartialDate(2005)), "period"),
        (lambda: records.LanguageSection("en", (records.Term("語", "ja"),)), "section-language"),
        (lambda: records.GlossaryConcept("x"), "no-terms"),
        (lambda: records.Term("alliance", "en", reliability=1.5), "range"),
        (lambda: records.DecidedReading("仮訳", (), ()), "too-few"),
        (lambda: PartialDate(2005, 0), "calendar-date"),
    ],
)
def test_an_invalid_record_raises_a_typed_error(build: Callable[[], object], reason: str) -> None:
    with pytest.raises(errors.InvalidValue) as raised:
        build()
    assert raised.value.reason == reason


def test_a_day_needs_its_month() -> None:
    with pytest.raises(ValueError, match="needs a month"):
        PartialDate(2005, None, 3)


def test_a_period_covers_its_ends_and_is_open_if_unknown() -> None:
    period = Period(PartialDate(2004, 9, 27), PartialDate(2005, 10))
    assert period.covers(datetime.date(2004, 9, 27))
    assert period.covers(datetime.date(2005, 10, 31))
    assert not period.covers(datetime.date(2005, 11, 1))
    assert not period.covers(datetime.date(2004, 9, 26))
    assert Period().covers(datetime.date(1, 1, 1))
    assert str(period) == "2004-09-27/2005-10"


def test_a_period_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="is after the end"):
        Period(PartialDate(2005), PartialDate(2004))


def test_a_reading_is_kana_and_belongs_to_japanese() -> None:
    with pytest.raises(ValueError, match="expected kana"):
        Name("普天間", "ja", reading="futenma")
    with pytest.raises(ValueError, match="English name has no reading"):
        Name("Futenma", "en", reading="ふてんま")


def test_an_entry_needs_a_slug_a_name_and_a_source() -> None:
    name = Name("Futenma", "en")
    with pytest.raises(ValueError, match="expected a lowercase id"):
        Place("Futenma", (name,), sources=(SOURCE,), type="base")
    with pytest.raises(ValueError, match="names"):
        Place("futenma", (), sources=(SOURCE,), type="base")
    with pytest.raises(ValueError, match="sources"):
        Place("futenma", (name,), sources=(), type="base")


def test_names_are_chosen_by_language_and_day() -> None:
    place = Place(
        "x",
        (
            Name("Old", "en", valid=Period(None, PartialDate(1999))),
            Name("New", "en", status="admitted"),
            Name("新", "ja", reading="しん"),
        ),
        sources=(SOURCE,),
        type="base",
    )
    assert place.label("en") == str(place) == "Old"
    assert place.preferred("en", as_of=datetime.date(2005, 1, 1)) == place.names[1]
    assert [name.text for name in place.names_in("ja")] == ["新"]
    nameless = attrs.evolve(place, names=place.names[:1])
    assert nameless.preferred("ja") is None
    assert nameless.label("ja") == "Old"


def test_a_passage_joins_its_units_and_leaves_out_gaps() -> None:
    units = (
        AlignedUnit(
            (Segment("One.", "en", 0, 4), Segment("Two.", "en", 5, 9)), (Segment("一。", "ja", 0, 2),)
        ),
        AlignedUnit((Segment("Three.", "en", 10, 16),), Gap("omitted")),
    )
    passage = Passage("x#1", 1, units)
    assert passage.text("en") == "One. Two. Three."
    assert passage.text("ja") == "一。"
    assert [unit.kind for unit in units] == ["2-1", "1-0"]
    with pytest.raises(ValueError, match="not a passage id"):
        Passage("x", 1, units)


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (errors.UnknownEntry("futema", ("futenma",)), "did you mean futenma?"),
        (errors.UnknownDocument("x"), "no document 'x' in this reference"),
        (errors.UnknownPassage("x#9", (1, 2)), "has passages 1 to 2"),
        (errors.UnknownPassage("x#9"), "no passages here"),
        (
            errors.InvalidData((errors.Problem("a.toml", "$.x", "missing"),)),
            "1 problem in the data\na.toml: $.x: missing",
        ),
        (errors.UnreadableCopy("a.txt", "empty"), "a.txt: the file is empty"),
        (errors.InputNotFound("a.txt"), "a.txt: no such file"),
        (
            errors.UnrecognizedCopy("a.txt", "x-1", 0.25, 0.5),
            "nearest is x-1: its best paragraph is 25% similar",
        ),
        (errors.UnrecognizedCopy("a.txt", None, 0.0, 0.5), "no paragraph of this text"),
        (errors.UnknownFormat(".doc", (".csv",)), "no format for the suffix '.doc'; known suffixes: .csv"),
    ],
)
def test_errors_have_a_remedy_and_survive_pickling(error: errors.AllianceRefError, text: str) -> None:
    assert text in str(error)
    for again in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(again) is type(error)
        assert str(again) == str(error)


def test_records_survive_pickling() -> None:
    place = Place("x", (Name("X", "en"),), sources=(SOURCE,), type="base")
    assert pickle.loads(pickle.dumps(place)) == place
    assert hash(place) == hash(copy.deepcopy(place))


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JavaScript:x", "data:text/html,x", "//x.org", "https://x.org/a b", "http://x\n"],
)
def test_an_address_that_is_not_of_the_web_is_rejected(url: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidValue, match="begins with https://"):
        Source("s", Bilingual("S", "S"), url)
    with pytest.raises(InvalidValue, match="begins with https://"):
        attrs.evolve(ar.document("treaty-1960"), urls=(url,))
    (tmp_path / "meta.toml").write_text('edition = "1"\nschema = 1\n', encoding="utf-8")
    source = f'[[source]]\nid = "s"\ntitle = {{ en = "S", ja = "S" }}\nurl = {json.dumps(url)}\n'
    (tmp_path / "sources.toml").write_text(source, encoding="utf-8")
    with pytest.raises(InvalidData, match=r"sources\.toml: .*begins with https://"):
        ar.load(tmp_path)
