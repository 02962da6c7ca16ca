"""The glossary of the reference, and the formats it is written in."""

import csv
import io
from pathlib import Path

import pytest

import alliance_ref as ar
from alliance_ref.exchange import columns, json_text, markdown
from alliance_ref.glossary import Glossary, reference_glossary
from alliance_ref.keys import gojuon_key
from alliance_ref.records import Bilingual, GlossaryConcept, Name, PartialDate, Period

AWKWARD = GlossaryConcept(
    "awkward",
    "test",
    (
        Name('a "quoted", | piped', "en"),
        Name("tab\tand\nline", "en", status="admitted"),
        Name("no", "en", status="erroneous"),
    ),
    (
        Name(
            "厄介（やっかい）",
            "ja",
            reading="やっかい",
            romanization="yakkai",
            valid=Period(None, PartialDate(2007, 1)),
        ),
    ),
    Bilingual("It has a | and a *star*.", "「|」がある。"),
    ("x#1", "x#2"),
)


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return reference_glossary()


def test_it_holds_every_entry_with_names_in_both_languages(glossary: Glossary) -> None:
    both = {e.id for e in ar.entries() if e.names_in("en") and e.names_in("ja")}
    assert {concept.id for concept in glossary} == both
    assert len(glossary) == len(both)


def test_each_concept_lists_the_passages_that_speak_of_it(glossary: Glossary) -> None:
    for number in (1, 8, 12):
        passage = ar.passage(f"magosaki-2006#{number}")
        for mention in passage.mentions:
            assert passage.id in glossary.find(mention).passages


def test_it_is_found_sorted_and_complete(glossary: Glossary) -> None:
    assert glossary.find("futenma").ja[0].reading == "ふてんま ひこうじょう"
    with pytest.raises(KeyError):
        glossary.find("nothing")
    readings = [gojuon_key(c.ja[0].reading or "") for c in glossary.by_reading()]
    assert readings == sorted(readings)
    assert set(glossary.by_reading()) == set(glossary)
    assert glossary.by_english() == glossary


def test_json_comes_back_whole(glossary: Glossary) -> None:
    concepts = (*glossary, AWKWARD)
    without_sources = tuple(_without_sources(concept) for concept in concepts)
    assert json_text.loads(json_text.dumps(concepts)) == without_sources


def _without_sources(concept: GlossaryConcept) -> GlossaryConcept:
    import attrs

    def bare(names: tuple[Name, ...]) -> tuple[Name, ...]:
        return tuple(attrs.evolve(name, sources=()) for name in names)

    return attrs.evolve(concept, en=bare(concept.en), ja=bare(concept.ja))


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "[1]",
        '[{"id": 1}]',
        "[",
        '[{"id": "a", "subject": "b", "en": 1}]',
        '[{"id": 3, "subject": "b", "en": [], "ja": [], "definition": null, "passages": []}]',
        '[{"id": "a", "subject": "b", "en": [3], "ja": [], "definition": null, "passages": []}]',
    ],
)
def test_what_is_no_glossary_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        json_text.loads(text)


def test_csv_keeps_every_cell_apart() -> None:
    header, row = csv.reader(io.StringIO(columns.dumps_csv([AWKWARD])))
    cells = dict(zip(header, row, strict=True))
    assert cells["en"] == 'a "quoted", | piped'
    assert cells["en other"] == "tab\tand\nline | no (erroneous)"
    assert cells["passages"] == "x#1 | x#2"


def test_tsv_is_what_omegat_takes() -> None:
    lines = columns.dumps_tsv([AWKWARD]).splitlines()
    assert lines == [
        'a "quoted", | piped\t厄介（やっかい）\tやっかい; 「|」がある。; awkward',
        "tab and line\t厄介（やっかい）\tやっかい; 「|」がある。; awkward",
    ]


def test_markdown_keeps_the_table_whole() -> None:
    text = markdown.dumps([AWKWARD])
    assert "It has a \\| and a \\*star\\*." in text
    assert len(text.splitlines()) == 3


def test_a_file_is_written_in_the_format_its_suffix_names(glossary: Glossary, tmp_path: Path) -> None:
    assert glossary.to_file(tmp_path / "a.CSV").read_bytes().startswith(b"\xef\xbb\xbf")
    assert json_text.loads(glossary.to_file(tmp_path / "a.json").read_text(encoding="utf-8"))
    assert "\t" in glossary.to_file(str(tmp_path / "a.tsv")).read_text(encoding="utf-8")
    with pytest.raises(ar.UnknownFormat, match="known are"):
        glossary.to_file(tmp_path / "a.tbx")
