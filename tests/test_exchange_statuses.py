"""Statuses, ids and definitions in TBX, TMX and SKOS from other programs."""

from pathlib import Path

import pytest

from alliance_ref.errors import DuplicateConcept, FileProblem, UnreadableFile
from alliance_ref.exchange.glossaries import tbx, tmx
from alliance_ref.exchange.xml.reading import read_tree
from alliance_ref.glossary import Glossary, read_glossary
from alliance_ref.records import GlossaryConcept, LanguageSection, Term

TBX = (
    '<martif type="TBX" xml:lang="en"><text><body>'
    '<termEntry id="1"><descrip type="definition">a place</descrip>'
    '<langSet xml:lang="en"><tig><term>base</term><termNote type="{0}">{1}</termNote></tig></langSet>'
    '<langSet xml:lang="ja"><tig><term>基地</term></tig></langSet></termEntry>'
    '<termEntry><langSet xml:lang="en"><tig><term>port</term></tig></langSet></termEntry>'
    "</body></text></martif>"
)


@pytest.mark.parametrize(
    ("category", "value", "status"),
    [
        ("administrativeStatus", "notRecommended", "deprecated"),
        ("administrativeStatus", "prohibited", "deprecated"),
        ("administrativeStatus", "obsoleteTerm-admn-sts", "deprecated"),
        ("normativeAuthorization", "nonstandardizedTerm", "deprecated"),
        ("normativeAuthorization", "standardizedTerm", "preferred"),
        ("administrativeStatus", "Do not use", "deprecated"),
        ("administrativeStatus", "legalTerm-admn-sts", "preferred"),
    ],
)
def test_tbx_statuses_of_other_programs_are_recognized(category: str, value: str, status: str) -> None:
    read = tbx.loads(TBX.format(category, value), notices=[])
    assert read[0].en[0].status == status


def test_an_unknown_tbx_status_is_reported_and_never_preferred() -> None:
    notices: list[FileProblem] = []
    read = tbx.loads(TBX.format("administrativeStatus", "green"), notices=notices)
    assert (read[0].en[0].status, read[0].en[0].note) == ("admitted", "administrativeStatus: green")
    assert [(notice.reason, notice.values) for notice in notices] == [("unknown-status", {"status": "green"})]


def test_a_tbx_definition_without_a_language_becomes_a_note_and_one_with_a_language_does_not() -> None:
    text = TBX.format("partOfSpeech", "noun")
    assert tbx.loads(text)[0].note == "definition: a place"
    [read, _] = tbx.loads(text.replace('"definition">', '"definition" xml:lang="ja">'))
    assert (read.ja.definition, read.note) == ("a place", "")


def test_numbers_for_entries_without_an_id_do_not_collide_with_the_ids_of_the_file() -> None:
    text = TBX.format("partOfSpeech", "noun").replace('id="1"', 'id="2"')
    assert [concept.id for concept in tbx.loads(text)] == ["2", "2-2"]
    unit = '<tu{}><tuv xml:lang="en"><seg>a{}</seg></tuv></tu>'
    units = unit.format(' tuid="2"', 1) + unit.format("", 2) + unit.format(' tuid="2"', 3)
    memory = f'<tmx version="1.4"><header/><body>{units}</body></tmx>'
    assert [concept.id for concept in tmx.loads(memory)] == ["2", "2-2", "2-3"]


def test_skos_concepts_with_the_same_ending_or_notation_are_all_read(tmp_path: Path) -> None:
    pytest.importorskip("rdflib", reason="the extra exchange is not installed")
    path = tmp_path / "a.ttl"
    path.write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        '<http://a.example/x> a skos:Concept ; skos:prefLabel "one"@en .\n'
        '<http://b.example/x> a skos:Concept ; skos:prefLabel "two"@en ; skos:definition "no language" .\n'
        '<http://b.example/y> a skos:Concept ; skos:prefLabel "three"@en ; skos:notation "x" .\n',
        encoding="utf-8",
    )
    glossary = read_glossary(path)
    assert sorted(concept.id for concept in glossary) == ["x", "x-2", "x-3"]
    [two] = [concept for concept in glossary if concept.en[0].text == "two"]
    assert (two.en.definition, two.note) == ("", "definition: no language")


def test_a_skos_file_without_concepts_is_rejected(tmp_path: Path) -> None:
    pytest.importorskip("rdflib", reason="the extra exchange is not installed")
    path = tmp_path / "a.ttl"
    for text in ("", "<http://a.example/x> <http://purl.org/dc/terms/title> 'x' ."):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(UnreadableFile, match=r"a\.ttl"):
            read_glossary(path)
    Glossary(()).to_file(path)
    assert len(read_glossary(path)) == 0


def test_an_error_about_duplicate_ids_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(
        '[{"id": "x", "en": {"terms": [{"text": "a"}]}}, {"id": "x", "en": {"terms": [{"text": "b"}]}}]'
    )
    with pytest.raises(DuplicateConcept, match=r"a\.json: concepts of one glossary need different ids"):
        read_glossary(path)


def test_a_rendering_of_a_renamed_term_is_reported() -> None:
    from alliance_ref.records import Rendering

    concept = GlossaryConcept(
        "base",
        LanguageSection("en", (Term("base", "en"),)),
        LanguageSection("ja", (Term("基地", "ja"),)),
        renderings=(Rendering("base", "基地", 0.9, 2),),
    )
    notices: list[FileProblem] = []
    text = tbx.dumps([concept]).replace("<term>base</term>", "<term>camp</term>")
    assert tbx.loads(text, notices=notices)[0].renderings == ()
    assert [str(notice) for notice in notices] == [
        "base: a rendering is left out: 'base' and '基地' are not both terms of the concept"
    ]


def test_a_japanese_term_in_an_english_section_is_read_there() -> None:
    text = TBX.format("partOfSpeech", "noun").replace("<term>base</term>", "<term>基地</term>")
    assert tbx.loads(text)[0].en[0].text == "基地"


def test_a_codec_that_is_no_encoding_is_rejected_as_an_encoding() -> None:
    for name in ("zlib", "bz2", "rot13", "hex", "idna", "undefined"):
        with pytest.raises(UnreadableFile):
            read_tree(f'<?xml version="1.0" encoding="{name}"?><a/>'.encode())
