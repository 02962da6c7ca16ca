"""The timeline, office holders and topics of a small reference."""

import datetime

import attrs
import pytest

from alliance_ref.errors import UnknownTopic
from alliance_ref.occurrences.timeline import office_holders, timeline
from alliance_ref.records import (
    Bilingual,
    Document,
    Entry,
    Event,
    Name,
    Organization,
    PartialDate,
    Period,
    Person,
    Source,
    Tenure,
)
from alliance_ref.reference import Reference

SOURCE = (Source("tests", Bilingual("Tests", "テスト")),)
Day = datetime.date


def names(en: str, ja: str) -> tuple[Name, ...]:
    return (Name(en, "en"), Name(ja, "ja"))


MEETING = Event(
    "meeting", names("Meeting", "会合"), sources=SOURCE, date=PartialDate(2005, 2, 19), results=("statement",)
)
TALKS = Event(
    "talks",
    names("Talks", "協議"),
    sources=SOURCE,
    period=Period(PartialDate(2004, 11), PartialDate(2005, 3, 1)),
)
STATEMENT = Document(
    "statement",
    names("Statement", "共同発表"),
    sources=SOURCE,
    type="statement",
    issued=PartialDate(2005, 2, 19),
)
TREATY = Document(
    "treaty",
    names("Treaty", "条約"),
    sources=SOURCE,
    type="treaty",
    issued=PartialDate(1951, 9, 8),
    in_force=Period(PartialDate(1952, 4, 28), PartialDate(1960, 6, 23)),
)
AGENCY = Organization(
    "agency",
    names("Agency", "庁"),
    sources=SOURCE,
    type="agency",
    period=Period(PartialDate(1954, 7, 1), PartialDate(2007, 1, 8)),
)
HEADS = tuple(
    Person(
        person,
        names(person, ja),
        sources=SOURCE,
        tenures=(Tenure(Bilingual("Director-General", "長官"), "agency", Period(start, end)),),
    )
    for person, ja, start, end in (
        ("second", "乙", PartialDate(2005, 10, 31), PartialDate(2006, 9, 26)),
        ("first", "甲", PartialDate(2004, 9, 27), PartialDate(2005, 10, 31)),
    )
)
ENTRIES: tuple[Entry, ...] = (STATEMENT, MEETING, TREATY, TALKS, AGENCY, *HEADS)


def shown(**options: object) -> list[str]:
    return [f"{item.date} {item.moment} {item.entry.id}" for item in timeline(ENTRIES, **options)]  # type: ignore[arg-type]


def test_events_and_documents_are_in_order_and_an_event_replaces_its_result() -> None:
    assert shown() == [
        "1951-09-08 issued treaty",
        "1952-04-28 in-force treaty",
        "1960-06-23 ended treaty",
        "2004-11 happened talks",
        "2005-02-19 happened meeting",
    ]
    assert "2005-02-19 issued statement" in shown(kinds=["document"])


def test_an_event_of_several_days_is_on_the_timeline_of_each_day() -> None:
    assert shown(start=Day(2005, 1, 1), end=Day(2005, 1, 31)) == ["2004-11 happened talks"]
    assert shown(start=Day(2005, 3, 2)) == []
    assert shown(end=Day(1952, 1, 1)) == ["1951-09-08 issued treaty"]


def test_organizations_and_offices_have_dates() -> None:
    assert shown(kinds=["organization"]) == ["1954-07-01 founded agency", "2007-01-08 dissolved agency"]
    assert shown(kinds=["person"], end=Day(2005, 10, 31)) == [
        "2004-09-27 took-office first",
        "2005-10-31 left-office first",
        "2005-10-31 took-office second",
    ]


def test_an_item_has_its_date_and_text_in_both_languages() -> None:
    [signed, *_, talks, _meeting] = timeline(ENTRIES, lang="ja")
    assert str(signed) == "1951年（昭和26年）9月8日　条約（署名）"
    assert talks.when == Bilingual(
        "November 2004 – 1 March 2005", "2004年（平成16年）11月～2005年（平成17年）3月1日"
    )
    [signed, *_] = timeline(ENTRIES)
    assert str(signed) == "8 September 1951  Treaty: signed"


def test_office_holders_of_a_day() -> None:
    def on(day: datetime.date | None, *office: str) -> list[str]:
        return [holder.person.id for holder in office_holders(HEADS, office, as_of=day)]

    assert on(Day(2005, 4, 14), "長官") == ["first"]
    assert on(Day(2005, 10, 31), "director general") == ["first", "second"]
    assert on(None, "長官") == ["first", "second"]
    assert on(Day(2007, 1, 1), "長官") == []
    assert on(Day(2005, 4, 14), "nothing") == []
    with pytest.raises(ValueError, match="empty"):
        on(None, " ")


def test_the_shipped_timeline_answers_by_day_kind_and_language(shipped: Reference) -> None:
    day = Day(2005, 10, 29)
    assert "scc-2005-10" in [item.entry.id for item in shipped.timeline(start=day, end=day)]
    whole = shipped.timeline()
    assert [item.date.earliest() for item in whole] == sorted(item.date.earliest() for item in whole)
    assert len(whole) > 100
    assert {item.entry.kind for item in shipped.timeline(kinds="person")} == {"person"}
    with pytest.raises(ValueError, match="is after the end"):
        shipped.timeline(start=day, end=Day(2005, 1, 1))
    with pytest.raises(ValueError, match="kinds is"):
        shipped.timeline(kinds="year")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="lang is"):
        shipped.timeline(lang="fr")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"start must be a datetime\.date"):
        shipped.timeline(start=2005)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="end is '2005'; write a date as YYYY-MM-DD"):
        shipped.timeline(end="2005")
    assert shipped.timeline(start="2005-10-29", end="2005-10-29") == shipped.timeline(start=day, end=day)


@pytest.mark.parametrize(
    ("office", "day", "person"),
    [
        ("外務大臣", Day(2005, 4, 14), "machimura-nobutaka"),
        ("Minister for Foreign Affairs", Day(2006, 5, 1), "aso-taro"),
        ("防衛庁長官", Day(2005, 2, 19), "ohno-yoshinori"),
        ("内閣総理大臣", Day(2006, 6, 29), "koizumi-junichiro"),
        ("Secretary of Defense", Day(2006, 5, 1), "rumsfeld-donald"),
        ("国務長官", Day(2005, 10, 29), "rice-condoleezza"),
    ],
)
def test_the_shipped_offices(shipped: Reference, office: str, day: datetime.date, person: str) -> None:
    assert [holder.person.id for holder in shipped.office_holders(office, as_of=day)] == [person]


def test_offices_of_the_years_of_the_transformation_are_never_empty(shipped: Reference) -> None:
    for office in ("外務大臣", "内閣総理大臣", "国務長官", "国防長官", "内閣官房長官", "米国大統領"):
        for month in range(2001 * 12 + 4, 2007 * 12):
            day = Day(month // 12, month % 12 + 1, 15)
            assert shipped.office_holders(office, as_of=day), (office, day)


def test_topics_follow_questions_from_passage_to_passage(shipped: Reference) -> None:
    topics = shipped.topics()
    agenda, comparison = shipped.topics(kinds="agenda"), shipped.topics(kinds="comparison")
    assert topics == (*agenda, *comparison)
    assert (len(agenda), len(comparison)) == (7, 8)
    for topic in topics:
        assert shipped.topic(topic.id) is topic
        for side in topic.sides:
            assert shipped.passage(side.passage).units
    raised = [topic.sides[0].passage for topic in agenda]
    assert raised == [*(f"halloran-2005#{number}" for number in range(7, 13)), "saco-final-report-1996#33"]
    for topic in comparison[:6]:
        documents = {side.passage.partition("#")[0] for side in topic.sides}
        assert documents >= {"treaty-1960", "atara-2005", "magosaki-2006"}


def test_an_unknown_topic_is_an_error_with_similar_ids(shipped: Reference) -> None:
    known = shipped.topics()[0].id
    with pytest.raises(UnknownTopic, match=known):
        shipped.topic(known[:-1])
    with pytest.raises(ValueError, match="'agenda', 'comparison'"):
        shipped.topics(kinds="story")  # type: ignore[arg-type]


def test_records_of_topics_and_items_do_not_change(shipped: Reference) -> None:
    topic = shipped.topics()[0]
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        topic.id = "other"  # type: ignore[misc]


def test_dates_before_1873_have_no_era() -> None:
    landing = Event("landing", names("Landing", "来航"), sources=SOURCE, date=PartialDate(1853, 7))
    [item] = timeline([landing])
    assert item.when == Bilingual("July 1853", "1853年7月")
