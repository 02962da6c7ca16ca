"""SKOS files round-trip, conform to SKOS, and are read from other programs."""

import json
import socket
import sys
import warnings
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, SKOS

from alliance_ref.errors import MissingExtra, UnreadableFile
from alliance_ref.exchange.glossaries import skos
from alliance_ref.records import GlossaryConcept, LanguageSection, Term
from glossary_strategies import glossaries
from losses import without_termhood
from xml_text import as_xml

if TYPE_CHECKING:
    from collections.abc import Callable

NAVY = GlossaryConcept(
    "navy-base#1",
    LanguageSection("en", (Term("naval base", "en"), Term("NB", "en", "abbreviation")), "Where ships are."),
    LanguageSection(
        "ja",
        (
            Term(
                "海軍基地",
                "ja",
                reading="かいぐんきち",
                transliteration="kaigun kichi",
                context="海軍基地だ。",
            ),
            Term("軍港", "ja", "deprecated", reading="グンコウ", source="an old book"),
        ),
    ),
    subject="defence",
)


@settings(deadline=None, max_examples=25)
@given(glossaries())
def test_turtle_round_trips(concepts: tuple[GlossaryConcept, ...]) -> None:
    written = skos.dumps_turtle(concepts)
    assert skos.loads_turtle(written) == as_xml(without_termhood(concepts))
    assert skos.loads_turtle(f"# opened and saved elsewhere\n{written}") == as_xml(without_termhood(concepts))


@settings(deadline=None, max_examples=25)
@given(glossaries())
def test_jsonld_round_trips_and_has_the_statements_of_turtle(concepts: tuple[GlossaryConcept, ...]) -> None:
    written = skos.dumps_jsonld(concepts)
    assert skos.loads_jsonld(written) == as_xml(without_termhood(concepts))
    elsewhere = written.replace('"@context": {', '"@context": {"x": "http://example.org/x#",')
    assert skos.loads_jsonld(elsewhere) == as_xml(without_termhood(concepts))
    turtle = rdflib.Graph().parse(data=skos.dumps_turtle(concepts), format="turtle", publicID="urn:x")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        jsonld = rdflib.Graph().parse(data=written, format="json-ld", publicID="urn:x")
    assert len(turtle) == len(jsonld)


@settings(deadline=None, max_examples=25)
@given(glossaries())
def test_labels_conform_to_skos(concepts: tuple[GlossaryConcept, ...]) -> None:
    graph = rdflib.Graph().parse(data=skos.dumps_turtle(concepts), format="turtle", publicID="urn:x")
    nodes = list(graph.subjects(RDF.type, SKOS.Concept))
    assert len(nodes) == len(concepts)
    for node in nodes:
        preferred, other, hidden = (
            set(graph.objects(node, kind)) for kind in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
        )
        tags = [label.language for label in preferred if isinstance(label, rdflib.Literal)]
        assert len(tags) == len(set(tags)), "S14: one preferred label for each language"
        assert len(preferred | other | hidden) == len(preferred) + len(other) + len(hidden), "S13: disjoint"
        assert (node, SKOS.inScheme, rdflib.URIRef("urn:x#glossary")) in graph


def test_plain_skos_has_labels_by_script_and_notes() -> None:
    graph = rdflib.Graph().parse(data=skos.dumps_turtle([NAVY]), format="turtle", publicID="urn:x")
    [node] = graph.subjects(RDF.type, SKOS.Concept)

    def values(name: rdflib.URIRef) -> set[str]:
        return {value.n3() for value in graph.objects(node, name)}

    assert values(SKOS.prefLabel) == {
        '"naval base"@en',
        '"海軍基地"@ja',
        '"かいぐんきち"@ja-Hira',
        '"kaigun kichi"@ja-Latn',
    }
    assert values(SKOS.altLabel) == {'"NB"@en'}
    assert values(SKOS.hiddenLabel) == {'"軍港"@ja', '"グンコウ"@ja-Kana'}
    assert values(SKOS.definition) == {'"Where ships are."@en'}
    assert values(SKOS.example) == {'"海軍基地だ。"@ja'}
    assert values(SKOS.notation) == {'"navy-base#1"'}
    assert values(rdflib.DCTERMS.source) == {'"an old book"'}
    assert values(rdflib.DC.subject) == {'"defence"'}


OTHERS = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@base <http://example.org/thesaurus/> .
<c_12> a skos:Concept ; skos:prefLabel "fleet"@en-GB, "艦隊"@ja, "Flotte"@de ;
  skos:prefLabel "かんたい"@ja-Hira, "kantai"@ja-Latn ;
  skos:altLabel "flotilla"@en, "armada"@en ; skos:hiddenLabel "flete"@en ;
  skos:definition [ rdf:value "Many ships."@en ] , "Viele Schiffe."@de ;
  skos:scopeNote "Not of lorries." ; skos:broader <c_1> ; skos:altLabel "kantai2"@ja-Latn .
<c_1> skos:prefLabel "navy"@en .
<c_3> a skos:Concept ; skos:prefLabel "Schiff"@de .
"""


def test_a_thesaurus_from_another_program_is_read() -> None:
    navy, fleet = skos.loads_turtle(OTHERS.encode())
    assert (navy.id, navy.en[0].text) == ("c_1", "navy")
    assert [(term.text, term.status) for term in fleet.en] == [
        ("fleet", "preferred"),
        ("armada", "admitted"),
        ("flotilla", "admitted"),
        ("flete", "deprecated"),
    ]
    [term] = fleet.ja
    assert (term.text, term.reading, term.transliteration) == ("艦隊", "かんたい", "kantai")
    assert fleet.en.definition == "Many ships."
    assert fleet.note.splitlines() == [
        "de prefLabel: Flotte",
        "ja-latn altLabel: kantai2",
        "scopeNote: Not of lorries.",
        "broader: navy",
        "de definition: Viele Schiffe.",
    ]


def test_jsonld_with_another_context_is_read() -> None:
    document = {
        "@context": {
            "@vocab": "http://www.w3.org/2004/02/skos/core#",
            "prefLabel": {"@container": "@language"},
        },
        "@id": "http://example.org/x#one",
        "@type": "Concept",
        "prefLabel": {"en": "alliance", "ja": "同盟"},
    }
    [concept] = skos.loads_jsonld(json.dumps(document))
    assert (concept.id, concept.en[0].text, concept.ja[0].text) == ("one", "alliance", "同盟")


@pytest.mark.parametrize(
    "context",
    [
        '"http://127.0.0.1:9/context.jsonld"',
        '[{}, "file:///etc/passwd"]',
        '{"@import": "http://127.0.0.1:9/x"}',
    ],
)
def test_external_contexts_are_rejected_and_not_fetched(
    context: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "socket", None)
    for text in (
        f'{{"@context": {context}}}',
        f'{{"@graph": [{{"x": {{"@context": {context}}}}}]}}',
    ):
        with pytest.raises(UnreadableFile, match="external context"):
            skos.loads_jsonld(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "has no statements"),
        ("<a> <b>", "not well-formed"),
        ("<a> <b> <c> .\n<d> ;", "line 2: not well-formed"),
        ("<a> <b> " + "(" * 100_000, "deep|well-formed"),
        (
            "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . <a> skos:prefLabel 'x'@de .",
            "none of its 1",
        ),
    ],
)
def test_invalid_turtle_is_rejected_with_the_reason(text: str, message: str) -> None:
    with pytest.raises(UnreadableFile, match=message):
        skos.loads_turtle(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1, column 1: not JSON"),
        ("{\n]", "line 2, column 1: not JSON"),
        ("[" * 200_000, "too deep"),
        ("3", "not an object"),
    ],
)
def test_invalid_jsonld_is_rejected_with_the_reason(text: str, message: str) -> None:
    with pytest.raises(UnreadableFile, match=message):
        skos.loads_jsonld(text)


def test_the_error_for_a_damaged_term_names_its_concept() -> None:
    written = skos.dumps_turtle([NAVY]).replace('ar:status "preferred"', 'ar:status "best"')
    with pytest.raises(UnreadableFile, match=r"<file:///glossary#navy-base_x0023_1>: .*'best'"):
        skos.loads_turtle(written)


@pytest.mark.parametrize("syntax", ["turtle", "jsonld"])
@settings(deadline=None, max_examples=150)
@given(data=st.data())
def test_a_damaged_file_is_read_or_raises_unreadable_file(syntax: str, data: st.DataObject) -> None:
    written: str = getattr(skos, f"dumps_{syntax}")([NAVY])
    reader: Callable[..., object] = getattr(skos, f"loads_{syntax}")
    place = data.draw(st.integers(0, len(written)))
    noise = data.draw(st.text(st.sampled_from('<>[](){}"@:;,.^\\ ab1#\n'), max_size=6))
    with suppress(UnreadableFile):
        reader(written[:place] + noise + written[place + data.draw(st.integers(0, 30)) :])


def test_a_concept_that_was_added_by_hand_is_read() -> None:
    added = '<#fleet> a skos:Concept ; skos:prefLabel "fleet"@en , "kantai"@ja-Latn .\n'
    concepts = skos.loads_turtle(skos.dumps_turtle([NAVY]) + added)
    assert concepts[0] == NAVY
    assert [(concept.id, concept.en[0].text) for concept in concepts[1:]] == [("fleet", "fleet")]


def test_bytes_other_than_utf_8_are_rejected() -> None:
    with pytest.raises(UnreadableFile, match="the text is not UTF-8"):
        skos.loads_turtle("同盟".encode("cp932"))


def test_without_rdflib_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rdflib", None)
    with pytest.raises(MissingExtra, match=r"alliance-ref\[exchange\]"):
        skos.loads_turtle(OTHERS)
