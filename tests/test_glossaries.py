"""The glossary of the reference, and the formats it is written in."""

import csv
import io
from pathlib import Path

import pytest

import alliance_ref as ar
from alliance_ref.exchange.capabilities import losses
from alliance_ref.exchange.glossaries import json_text, markdown, omegat
from alliance_ref.exchange.tables import delimited
from alliance_ref.glossary import Glossary, reference_glossary
from alliance_ref.records import (
    GlossaryConcept,
    LanguageSection,
    Occurrence,
    PairAttestation,
    PartialDate,
    Period,
    Rendering,
    Term,
    Use,
)
from alliance_ref.text.keys import gojuon_key

AWKWARD = GlossaryConcept(
    "awkward",
    LanguageSection(
        "en",
        (
            Term('a "quoted", | piped', "en", context="Here it stands.", note="odd", source="a book"),
            Term("tab\tand\nline", "en", status="admitted", part_of_speech="noun"),
            Term("no", "en", status="erroneous"),
        ),
        "It has a | and a *star*.",
    ),
    LanguageSection(
        "ja",
        (
            Term(
                "厄介（やっかい）",
                "ja",
                reading="やっかい",
                transliteration="yakkai",
                valid=Period(None, PartialDate(2007, 1)),
                reliability=0.5,
            ),
        ),
        "「|」がある。",
    ),
    subject="test",
    note="for a test",
    renderings=(
        Rendering(
            "no",
            "厄介（やっかい）",
            0.25,
            2,
            (PairAttestation("x#1", 0, Occurrence(0, 2, "no"), Occurrence(1, 3, "厄介")),),
            (Use("x", 1, PartialDate(2005, 10)), Use("y", 1)),
        ),
    ),
    passages=("x#1", "x#2"),
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
    assert json_text.loads(json_text.dumps(concepts)) == concepts


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "[1]",
        '[{"id": 1}]',
        "[",
        '[{"id": "a", "subject": "b", "en": 1}]',
        '[{"id": 3, "en": {"terms": [{"text": "a"}]}}]',
        '[{"id": "a", "en": {"terms": [3]}}]',
        '[{"id": "a", "en": {"terms": [{"text": "a", "valid": [2005, null]}]}}]',
        '[{"id": "a"}]',
    ],
)
def test_what_is_no_glossary_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        json_text.loads(text)


def test_csv_keeps_every_cell_apart() -> None:
    header, *rows = csv.reader(io.StringIO(delimited.dumps_csv([AWKWARD]), newline=""))
    first, second, third = (dict(zip(header, row, strict=True)) for row in rows)
    assert first["en"] == 'a "quoted", | piped'
    assert second["en"] == "tab\tand\nline"
    assert third["en status"] == "erroneous"
    assert first["passages"] == "x#1 | x#2"
    assert {row["id"] for row in (first, second, third)} == {"awkward"}


def test_omegat_gets_usable_pairs_only() -> None:
    comment = "【やっかい】 It has a | and a *star*. ‖ 「|」がある。 [awkward]"
    assert omegat.dumps([AWKWARD]).splitlines() == [
        f'a "quoted", | piped\t厄介（やっかい）\t{comment}',
        f"tab and line\t厄介（やっかい）\t{comment}",
    ]


def test_markdown_keeps_the_table_whole() -> None:
    text = markdown.dumps([AWKWARD])
    assert "It has a \\| and a \\*star\\*." in text
    assert len(text.splitlines()) == 3


def test_a_file_is_written_in_the_format_its_suffix_names(glossary: Glossary, tmp_path: Path) -> None:
    glossary.to_file(tmp_path / "a.CSV")
    assert (tmp_path / "a.CSV").read_bytes().startswith(b"\xef\xbb\xbf")
    report = glossary.to_file(tmp_path / "a.json")
    assert report.losses == ()
    assert json_text.loads((tmp_path / "a.json").read_text(encoding="utf-8")) == glossary.concepts
    report = glossary.to_file(str(tmp_path / "a.tsv"))
    assert "\t" in (tmp_path / "a.tsv").read_text(encoding="utf-8")
    assert "further terms" not in str(report)
    report = glossary.to_file(tmp_path / "a.utf8")
    assert "further terms" in str(report)
    glossary.to_file(tmp_path / "a.txt", format="csv")
    assert (tmp_path / "a.txt").read_bytes() == (tmp_path / "a.CSV").read_bytes()
    with pytest.raises(ar.errors.UnknownFormat, match="known suffixes:"):
        glossary.to_file(tmp_path / "a.doc")
    with pytest.raises(ar.errors.UnknownFormat, match="known suffixes:"):
        glossary.to_file(tmp_path / "a.csv", format="doc")


def test_what_a_format_leaves_out_is_counted() -> None:
    report = {loss.field: loss for loss in losses([AWKWARD], markdown.SUPPORTED_FIELDS)}
    assert report["further terms"].count == 2
    assert report["attestation"].concepts == ("awkward",)
    assert "reading" not in report
