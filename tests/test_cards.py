"""What notebooks show of records: small tables, escaped, each text marked with its language."""

import xml.etree.ElementTree as ET
from html import escape

import attrs
import pytest

from alliance_ref.records import Bilingual, Concept, Gap, Name, Passage, Place, Source
from alliance_ref.reference import Reference

SOURCES = (Source("tests", Bilingual("Written for the tests", "テスト用に執筆")),)


def columns(html: str) -> tuple[list[str], list[str]]:
    """The texts in English and in Japanese; the HTML must be well formed."""
    table = ET.fromstring(html.replace("<br>", "<br/>"))
    assert table.tag == "table"
    cells = table.findall(".//td[@lang]")
    assert {cell.get("lang") for cell in cells} <= {"en", "ja"}
    by_lang: dict[str, list[str]] = {"en": [], "ja": []}
    for cell in cells:
        by_lang[str(cell.get("lang"))].append("\n".join(cell.itertext()))
    return by_lang["en"], by_lang["ja"]


def card(record: object) -> str:
    html = record._repr_html_()  # type: ignore[attr-defined]
    assert isinstance(html, str)
    return html


@pytest.mark.parametrize(
    ("entry", "en", "ja"),
    [
        (
            "machimura-nobutaka",
            "Minister for Foreign Affairs, 2004-09-27/2005-10-31",
            "外務大臣、2004-09-27/2005-10-31",
        ),
        ("futenma", "Marine Corps Air Station Futenma", "普天間飛行場（ふてんま ひこうじょう）"),
        ("jda", "Japan Defense Agency", "防衛庁（ぼうえいちょう）"),
        ("scc-2005-02", "2005-02-19", "2005-02-19"),
        ("roadmap-2006", "issued 2006-05-01", "2006-05-01 発表"),
    ],
)
def test_an_entry_shows_its_names_and_what_its_kind_adds(
    shipped: Reference, entry: str, en: str, ja: str
) -> None:
    record = shipped.entry(entry)
    html = card(record)
    assert f"{entry} ({record.kind})" in html
    english, japanese = columns(html)
    assert any(en in text for text in english)
    assert any(ja in text for text in japanese)


def test_every_record_of_the_reference_can_be_shown(shipped: Reference) -> None:
    records = [*shipped.entries(), *shipped.topics(), *(p for d in shipped.documents() for p in d.passages)]
    for record in records:
        english, japanese = columns(card(record))
        assert english
        assert len(english) == len(japanese)


def test_a_passage_is_shown_side_by_side(shipped: Reference) -> None:
    passage = shipped.passage("treaty-1960#6")
    english, japanese = columns(card(passage))
    assert passage.heading is not None
    assert (english[0], japanese[0]) == (passage.heading.en, passage.heading.ja)
    assert english[1:] == [unit.text("en") for unit in passage.units]
    assert japanese[1:] == [unit.text("ja") for unit in passage.units]
    unit = attrs.evolve(passage.units[0], ja=Gap("lost"))
    assert columns(card(Passage("x#1", 1, (unit,))))[1] == ["[lost]"]


def test_a_topic_shows_the_question_what_is_said_and_what_came_of_it(shipped: Reference) -> None:
    topic = shipped.topic("scope")
    english, japanese = columns(card(topic))
    assert (english[0], japanese[0]) == (topic.title.en, topic.title.ja)
    assert (english[-1], japanese[-1]) == (topic.finding.en, topic.finding.ja)
    assert len(english) == len(topic.sides) + 3


def test_a_timeline_is_shown_in_its_language(shipped: Reference) -> None:
    for lang in ("en", "ja"):
        items = shipped.timeline(start="2005-01-01", end="2005-12-31", lang=lang)
        shown = dict(zip(("en", "ja"), columns(card(items)), strict=True))
        assert len(shown[lang]) == 3 * len(items) > 0
        assert not shown["ja" if lang == "en" else "en"]
    nothing = shipped.timeline(end="1800-01-01")
    assert nothing == ()
    assert columns(card(nothing)) == ([], [])


def test_what_is_shown_is_escaped() -> None:
    odd = "<b>&\x00\ud800"
    concept = Concept(
        "x", (Name(odd, "en"),), sources=SOURCES, subject_field="tests", definition=Bilingual(odd, "<い>")
    )
    html = card(concept)
    assert "<b>" not in html
    assert escape("<い>") in html
    html.encode()
    assert columns(html) == (["<b>&\ufffd\ufffd"] * 2, ["<い>"])


def test_an_entry_with_names_alone_has_one_row() -> None:
    place = Place("x", (Name("X", "en"), Name("Y", "en", "admitted")), sources=SOURCES, type="base")
    assert columns(card(place)) == (["X\nY"], [])
