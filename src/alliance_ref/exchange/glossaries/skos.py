"""Write glossaries as SKOS, in Turtle, JSON-LD, RDF/XML and N-Triples.

Plain SKOS represents what it can, so that every thesaurus tool shows it: one ``prefLabel`` for each language,
``altLabel`` for other terms in use, ``hiddenLabel`` for deprecated and erroneous terms, readings and
transliterations as labels in their script (``ja-Hira``, ``ja-Kana``, ``ja-Latn``), definitions, notes,
examples and sources. SKOS labels have no properties and no order. Therefore each concept also has a list of
its terms with all their fields (``ar:terms``), a list of its renderings and a list of its passages. Other
tools ignore these lists; with them, reading is exact.

Turtle, JSON-LD and RDF/XML come from one structure. They are written without rdflib, since that takes less
code than a graph and keeps the order of the glossary; rdflib (extra ``exchange``) turns Turtle into
N-Triples. `skos_reader` reads the files.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from alliance_ref.exchange.capabilities import ALL_FIELDS, NOT_IN_XML
from alliance_ref.exchange.glossaries import rdf_xml
from alliance_ref.exchange.glossaries.renderings_json import dumps_rendering
from alliance_ref.exchange.glossaries.skos_reader import (
    BASE,
    PREFIXES,
    TERM_FIELDS,
    loads_jsonld,
    loads_ntriples,
    loads_rdfxml,
    loads_turtle,
    parse_graph,
)
from alliance_ref.exchange.xml.writing import XmlIds, xml_clean
from alliance_ref.records.glossary import GlossaryConcept, LanguageSection, Term
from alliance_ref.records.values import Period

__all__ = [
    "SUPPORTED_FIELDS",
    "dumps_jsonld",
    "dumps_ntriples",
    "dumps_rdfxml",
    "dumps_turtle",
    "loads_jsonld",
    "loads_ntriples",
    "loads_rdfxml",
    "loads_turtle",
]

SUPPORTED_FIELDS = ALL_FIELDS - {NOT_IN_XML, "termhood"}

Node = dict[str, Any]
_SCHEME = {"@id": "#glossary"}
_SCHEME_NODE = f"<{BASE}#glossary>"
_BLANK_NODE = re.compile(r"\bn[0-9a-f]{32}(b[0-9]+)\b")
_HIDDEN = frozenset({"deprecated", "erroneous"})


def dumps_turtle(concepts: Iterable[GlossaryConcept]) -> str:
    """Return *concepts* as SKOS in Turtle.

    The IRI of a concept is ``<#id>``, relative to the address of the file. Control characters and lone
    surrogates are replaced by U+FFFD.

    >>> from alliance_ref.records import GlossaryConcept, LanguageSection, Term
    >>> alliance = GlossaryConcept("alliance", LanguageSection("en", (Term("alliance", "en"),)))
    >>> 'skos:prefLabel "alliance"@en' in dumps_turtle([alliance])
    True
    """
    lines = [f"@prefix {name}: <{iri}> ." for name, iri in PREFIXES.items()]
    for node in _nodes(concepts):
        statements = " ;\n    ".join(_statement(key, value) for key, value in node.items() if key != "@id")
        lines.append(f"\n<{node['@id']}> {statements} .")
    return "\n".join([*lines, ""])


def dumps_jsonld(concepts: Iterable[GlossaryConcept]) -> str:
    """Return *concepts* as SKOS in JSON-LD, with the same statements as in Turtle."""
    document = {"@context": PREFIXES, "@graph": list(_nodes(concepts))}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def dumps_rdfxml(concepts: Iterable[GlossaryConcept]) -> str:
    """Return *concepts* as SKOS in RDF/XML, with the same statements as in Turtle."""
    return rdf_xml.dumps(_nodes(concepts), PREFIXES)


def dumps_ntriples(concepts: Iterable[GlossaryConcept]) -> str:
    """Return *concepts* as SKOS in N-Triples, the statements about the glossary first.

    Raises:
        MissingExtra: rdflib is not installed.
    """
    graph = parse_graph(dumps_turtle(concepts), "turtle", "SKOS (N-Triples)")
    lines = _numbered(str(graph.serialize(format="nt"))).splitlines(keepends=True)
    return "".join(sorted(lines, key=lambda line: (not line.startswith(_SCHEME_NODE), line)))


def _numbered(text: str) -> str:
    """Return RDF without the random parts of the names of its blank nodes."""
    return _BLANK_NODE.sub(r"\1", text)


def _nodes(concepts: Iterable[GlossaryConcept]) -> Iterator[Node]:
    yield _SCHEME | {"@type": "skos:ConceptScheme", "dct:title": _literal("Glossary", "en")}
    ids = XmlIds()
    ids.make("glossary")
    for place, concept in enumerate(concepts):
        yield _concept(concept, f"#{ids.make(concept.id)}", place)


def _concept(concept: GlossaryConcept, name: str, place: int) -> Node:
    node: Node = {
        "@id": name,
        "@type": "skos:Concept",
        "skos:inScheme": _SCHEME,
        "skos:notation": _literal(concept.id),
        **_labels(concept),
    }
    sections = (concept.en, concept.ja)
    terms = (*concept.en, *concept.ja)
    values = {
        "skos:definition": [_literal(s.definition, s.lang) for s in sections if s.definition],
        "skos:note": [_literal(concept.note)] if concept.note else [],
        "skos:example": [_literal(term.context, term.lang) for term in terms if term.context],
        "dct:source": [_literal(term.source) for term in terms if term.source],
        "dc:subject": [_literal(concept.subject)] if concept.subject else [],
    }
    lists = {
        "ar:terms": [_term(term) for term in terms],
        "ar:renderings": [_literal(dumps_rendering(item, xml_clean)) for item in concept.renderings],
        "ar:passages": [_literal(passage) for passage in concept.passages],
    }
    node |= {key: _unique(found) for key, found in values.items() if found}
    node |= {key: {"@list": found} for key, found in lists.items() if found}
    return node | {"ar:place": _literal(str(place))}


def _labels(concept: GlossaryConcept) -> dict[str, list[Node]]:
    """Return the labels: one preferred label per language tag, no label of two kinds (SKOS S13, S14)."""
    found: dict[str, list[Node]] = {"skos:prefLabel": [], "skos:altLabel": [], "skos:hiddenLabel": []}
    used = list[Node]()
    for kind, label in sorted(
        (pair for section in (concept.en, concept.ja) for pair in _labels_of(section)),
        key=lambda pair: list(found).index(pair[0]),
    ):
        if label not in used:
            used.append(label)
            found[kind].append(label)
    return {kind: labels for kind, labels in found.items() if labels}


def _labels_of(section: LanguageSection) -> Iterator[tuple[str, Node]]:
    for term in section:
        if term.status in _HIDDEN:
            kind = "skos:hiddenLabel"
        else:
            kind = "skos:prefLabel" if term is section.preferred else "skos:altLabel"
        yield kind, _literal(term.text, term.lang)
        if term.reading is not None:
            yield kind, _literal(term.reading, f"ja-{_script(term.reading)}")
        if term.transliteration:
            yield kind, _literal(term.transliteration, f"{term.lang}-Latn")


def _script(reading: str) -> str:
    hiragana = any("\u3041" <= character <= "\u309f" for character in reading)
    katakana = any("\u30a1" <= character <= "\u30ff" and character != "ー" for character in reading)
    return "Hrkt" if hiragana and katakana else "Kana" if katakana else "Hira"


def _term(term: Term) -> Node:
    node = {"ar:text": _literal(term.text, term.lang), "ar:status": _literal(term.status)}
    for name, field in TERM_FIELDS.items():
        value = getattr(term, field)
        if value not in (None, "", Period()):
            node[name] = _literal(repr(value) if isinstance(value, float) else str(value))
    if term.transliteration == "":
        node["ar:transliteration"] = _literal("")
    return node


def _literal(text: str, lang: str = "") -> Node:
    value = {"@value": xml_clean(text)}
    return value | {"@language": lang} if lang else value


def _unique(values: list[Node]) -> list[Node]:
    return [value for place, value in enumerate(values) if value not in values[:place]]


def _statement(key: str, value: str | Node | list[Node]) -> str:
    if isinstance(value, str):
        return f"a {value}"  # only @type has a bare text
    return f"{key} {', '.join(map(_object, value if isinstance(value, list) else [value]))}"


def _object(node: Mapping[str, Any]) -> str:
    if "@value" in node:
        # JSON and Turtle use the same escapes in strings
        text = json.dumps(node["@value"], ensure_ascii=False)
        return f"{text}@{node['@language']}" if "@language" in node else text
    if "@list" in node:
        return f"( {' '.join(map(_object, node['@list']))} )"
    if "@id" in node:
        return f"<{node['@id']}>"
    return "[ " + " ; ".join(_statement(key, value) for key, value in node.items()) + " ]"
