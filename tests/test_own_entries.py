"""Custom entries, glossaries and folders of data next to the shipped reference; access by id; date order."""

import datetime
import pickle
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import alliance_ref as ar
from alliance_ref.errors import InvalidData, InvalidType, InvalidValue, UnknownEntry
from alliance_ref.records import (
    Bilingual,
    Concept,
    GlossaryConcept,
    LanguageSection,
    PartialDate,
    Period,
    Person,
    Place,
    Source,
    Tenure,
    Term,
)
from alliance_ref.reference import Reference

SOURCES = (Source("own", Bilingual("Own notes", "自分の記録")),)


def park(entry_id: str = "harbor-park", **fields: object) -> Place:
    names = (ar.Name("Harbor Park", "en"), ar.Name("港公園", "ja", reading="みなと こうえん"))
    return Place(entry_id, names, sources=SOURCES, type="site", **{"within": "okinawa", **fields})  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def own(shipped: Reference) -> Reference:
    office = Bilingual("Foreign Minister of the Harbor", "港の外務大臣")
    mayor = Person(
        "harbor-mayor",
        (ar.Name("Ichiro Minato", "en"), ar.Name("港一郎", "ja")),
        sources=SOURCES,
        tenures=(Tenure(office, None, Period(PartialDate(2001), PartialDate(2003))),),
    )
    return shipped.with_entries(park(), mayor)


# Entries


def test_own_entries_are_found_translated_suggested_and_annotated(own: Reference) -> None:
    assert [match.entry.id for match in own.lookup("minato kōen")] == ["harbor-park"]
    assert str(own.translate("港公園", to="en")) == "Harbor Park"
    assert "harbor-park" in [match.entry.id for match in own.suggest("みなと")]
    assert [item.entry.id for item in own.annotate("普天間から港公園へ")] == ["futenma", "harbor-park"]
    assert [holder.person.id for holder in own.office_holders("港の外務大臣")] == ["harbor-mayor"]
    assert own["harbor-park"] in own.entries(kinds="place")


def test_the_shipped_reference_is_not_changed(own: Reference, shipped: Reference) -> None:
    assert len(own) == len(shipped) + 2
    assert "harbor-park" not in shipped
    assert shipped.lookup("港公園") == ()


def test_an_entry_replaces_the_one_of_its_id_and_kind(shipped: Reference) -> None:
    names = (*shipped["futenma"].names, ar.Name("Harbor Field", "en", "admitted"))
    mine = shipped.with_entries(attrs.evolve(shipped["futenma"], names=names))
    assert len(mine) == len(shipped)
    assert [match.entry.id for match in mine.lookup("Harbor Field")] == ["futenma"]
    assert [match.entry.id for match in mine.lookup("普天間")] == ["futenma"]


def test_an_id_of_another_kind_of_entry_is_rejected(shipped: Reference) -> None:
    with pytest.raises(
        InvalidValue, match=r"'jda' is the id of another entry \(organization\); choose another id"
    ):
        shipped.with_entries(park("jda"))
    with pytest.raises(InvalidValue, match=r"'futenma' is the id of another entry \(place\)"):
        shipped.with_documents(attrs.evolve(shipped.document("roadmap-2006"), id="futenma"))
    topic = shipped.topics()[0].id
    with pytest.raises(InvalidValue, match=r"is the id of another entry \(topic\)"):
        shipped.with_entries(park(topic))


def test_references_to_unknown_entries_are_listed(shipped: Reference) -> None:
    with pytest.raises(InvalidData) as caught:
        shipped.with_entries(park(within="okinwa", see_also=("nothing-at-all",)))
    assert len(caught.value.problems) == 2
    assert "did you mean 'okinawa'" in str(caught.value)


def test_own_entries_may_refer_to_each_other(shipped: Reference) -> None:
    ref = shipped.with_entries(park("a-park", see_also=("b-park",)), park("b-park", see_also=("a-park",)))
    assert ref["a-park"].see_also == ("b-park",)


def test_other_objects_are_not_entries(shipped: Reference) -> None:
    with pytest.raises(InvalidType, match="an entry must be an Entry, not str"):
        shipped.with_entries("futenma")  # type: ignore[arg-type]
    with pytest.raises(InvalidType, match="must be a GlossaryConcept, not str"):
        shipped.with_glossary(["futenma"])  # type: ignore[list-item]


def test_a_reference_with_own_entries_can_be_pickled(own: Reference) -> None:
    again = pickle.loads(pickle.dumps(own))
    assert again["harbor-park"] == own["harbor-park"]
    assert len(again) == len(own)


# Glossaries


def glossary_concept(concept_id: str, en: str, ja: str, **fields: str) -> GlossaryConcept:
    sections = (
        LanguageSection("en", (Term(en, "en"),) if en else ()),
        LanguageSection("ja", (Term(ja, "ja"),)),
    )
    return GlossaryConcept(concept_id, *sections, **fields)  # type: ignore[arg-type]


def test_a_glossary_file_is_looked_up_translated_and_annotated(shipped: Reference, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("en,ja\ntide gate,潮門\nFutenma,普天間\n", encoding="utf-8")
    ref = shipped.with_glossary(ar.read_glossary(path))
    assert str(ref.translate("潮門", to="en")) == "tide gate"
    assert [item.text for item in ref.annotate("The tide gates of Futenma")] == ["tide gates", "Futenma"]
    assert {match.entry.kind for match in ref.lookup("普天間")} == {"place", "concept"}


def test_concepts_of_a_glossary_keep_what_an_entry_can_hold(shipped: Reference) -> None:
    en = LanguageSection("en", (Term("tide gate", "en", source="Port manual"),), "a gate for the tide")
    ja = LanguageSection("ja", (Term("潮門", "ja", "admitted", "しおもん", "shiomon"),))
    entry = shipped.with_glossary([GlossaryConcept("tide", en, ja, subject="ports")])["tide"]
    assert isinstance(entry, Concept)
    assert (entry.subject_field, entry.definition.en, entry.definition.ja) == (
        "ports", "a gate for the tide", "a gate for the tide",
    )  # fmt: skip
    assert (entry.names[1].reading, entry.names[1].romanization, entry.names[1].status) == (
        "しおもん", "shiomon", "admitted",
    )  # fmt: skip
    assert entry.names[0].sources[0].title.en == "Port manual"


def test_concepts_get_free_ids(shipped: Reference) -> None:
    concepts = [
        glossary_concept("futenma", "tide gate", "潮門"),
        glossary_concept("1", "tide gate", "潮門"),
        glossary_concept("2", "Tide gate", "潮門"),
        glossary_concept("三", "", "潮門"),
    ]
    ref = shipped.with_glossary(concepts)
    added = [entry.id for entry in ref if entry.id not in shipped]
    assert added == ["futenma-2", "tide-gate", "tide-gate-2", "concept"]


# Folders

META = 'edition = "mine-1"\nschema = 1\n'
PLACES = """
[[place]]
id = "harbor-park"
names = [{ en = "Harbor Park" }, { ja = "港公園" }]
sources = [{ id = "own", title = { en = "Own notes", ja = "自分の記録" } }]
type = "site"
within = "okinawa"
see_also = ["futenma"]
"""
READINGS = '[[reading]]\ntext = "港公園"\nreadings = ["みなとこうえん"]\n'


def folder(path: Path, **files: str) -> Path:
    for name, content in {"meta": META, "places": PLACES, **files}.items():
        (path / f"{name}.toml").write_text(content, encoding="utf-8")
    return path


def test_a_folder_may_mention_shipped_entries(shipped: Reference, tmp_path: Path) -> None:
    ref = shipped.with_folder(folder(tmp_path))
    assert [match.entry.id for match in ref.lookup("港公園")] == ["harbor-park"]
    assert ref[ref["harbor-park"].see_also[0]].kind == "place"
    assert len(ref) == len(shipped) + 1
    assert pickle.loads(pickle.dumps(ref))["harbor-park"] == ref["harbor-park"]


def test_a_folder_alone_may_not(tmp_path: Path) -> None:
    with pytest.raises(InvalidData, match="no entry 'futenma'"):
        ar.load(folder(tmp_path))


def test_a_folder_may_not_use_a_shipped_id(shipped: Reference, tmp_path: Path) -> None:
    with pytest.raises(InvalidData, match="id 'futenma' is used in the reference that this folder extends"):
        shipped.with_folder(folder(tmp_path, places=PLACES.replace('"harbor-park"', '"futenma"')))


def test_unknown_ids_in_a_folder_are_still_reported(shipped: Reference, tmp_path: Path) -> None:
    with pytest.raises(InvalidData, match="did you mean 'okinawa'"):
        shipped.with_folder(folder(tmp_path, places=PLACES.replace('"okinawa"', '"okinwa"')))


def test_the_folder_is_a_path(shipped: Reference) -> None:
    with pytest.raises(InvalidType, match="directory must be the path of a folder, not int"):
        shipped.with_folder(5)  # type: ignore[arg-type]
    with pytest.raises(InvalidValue, match="the directory is empty"):
        shipped.with_folder("")


# Access by id


def test_entries_are_accessed_like_those_of_a_mapping(shipped: Reference) -> None:
    assert shipped["futenma"] is shipped.entry("futenma")
    assert shipped.get("futenma") is shipped["futenma"]
    assert shipped.get("atlantis") is None
    assert shipped.get("atlantis", 3) == 3
    with pytest.raises(UnknownEntry, match="did you mean futenma"):
        shipped["futema"]
    with pytest.raises(InvalidType):
        shipped.get(3)  # type: ignore[call-overload]


def test_iteration_yields_the_entries(shipped: Reference) -> None:
    entries = tuple(shipped)
    assert entries == shipped.entries()
    assert len(entries) == len(shipped)
    assert entries[5] in shipped
    assert attrs.evolve(entries[5], id="other") not in shipped
    assert 5 not in shipped


# Dates

DATES = st.one_of(
    st.builds(PartialDate, st.integers(1990, 1992)),
    st.builds(PartialDate, st.integers(1990, 1992), st.integers(1, 12)),
    st.builds(PartialDate, st.integers(1990, 1992), st.integers(1, 12), st.integers(1, 3)),
)


@given(DATES, DATES)
def test_partial_dates_are_ordered_by_their_first_day_then_by_precision(
    one: PartialDate, other: PartialDate
) -> None:
    def key(date: PartialDate) -> tuple[datetime.date, int]:
        return date.earliest(), sum(part is not None for part in (date.month, date.day))

    assert (one < other) == (key(one) < key(other))
    assert (one <= other) == (key(one) <= key(other))
    assert (one > other) == (key(one) > key(other))
    assert (one >= other) == (key(one) >= key(other))


def test_partial_dates_are_compared_with_dates() -> None:
    day = datetime.date(2005, 10, 1)
    assert PartialDate(2005, 10) < day
    assert day > PartialDate(2005)
    assert PartialDate(2005, 10, 1) <= day <= PartialDate(2005, 10, 1)
    assert PartialDate(2005, 10, 2) > day
    assert PartialDate(2005, 10, 1) != day
    assert min(PartialDate(2006), PartialDate(2005, 3), PartialDate(2005)) == PartialDate(2005)


@pytest.mark.parametrize("other", ["2005", 2005, None, datetime.datetime(2005, 1, 1)])  # noqa: DTZ001
def test_partial_dates_are_not_compared_with_other_objects(other: object) -> None:
    with pytest.raises(TypeError):
        PartialDate(2005) < other  # type: ignore[operator]  # noqa: B015
