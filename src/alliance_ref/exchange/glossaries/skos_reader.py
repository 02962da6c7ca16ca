"""SKOS files of every make: our own by a small reader, those of others through rdflib.

Turtle and JSON-LD by others need a whole parser, and rdflib (BSD, pure Python) is the one that is kept up; it
is imported when such a file is read, and comes with the extra ``exchange``. JSON-LD may name contexts that
stand elsewhere, which rdflib would fetch: such a file is refused.

Concepts that others wrote have their labels as terms, in the order of the alphabet since RDF has none; what a
concept here has no field for stands in its notes, as ``broader: naval base``. SKOS-XL labels are not read.
"""

import json
import re
import warnings
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import attrs

from alliance_ref.errors import BadFile, MissingExtra
from alliance_ref.exchange.glossaries.renderings_json import loads_rendering
from alliance_ref.exchange.glossaries.skos_own import from_jsonld, from_turtle, term_values
from alliance_ref.exchange.glossaries.vocabularies import PREFIXES, TERM_FIELDS
from alliance_ref.exchange.languages import side_of
from alliance_ref.exchange.limits import check_size
from alliance_ref.records.entries import NameStatus
from alliance_ref.records.glossary import GlossaryConcept, LanguageSection, Rendering, Term

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

    from alliance_ref.records.values import Lang

_BASE = "file:///glossary"
_LABELS: dict[str, NameStatus] = {
    "skos:prefLabel": "preferred",
    "skos:altLabel": "admitted",
    "skos:hiddenLabel": "deprecated",
}
_BAD_SYNTAX = re.compile(r"Bad syntax \((.*)\) at \^ in", re.DOTALL)
_NOTES = ("scopeNote", "historyNote", "changeNote", "editorialNote", "example")
_RELATIONS = ("broader", "narrower", "related", "exactMatch", "closeMatch")
_SCRIPTS = frozenset({"ja-hira", "ja-kana", "ja-hrkt", "ja-latn"})
_VALUE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"


def loads_turtle(given: str | bytes, *, where: str = "<text>") -> tuple[GlossaryConcept, ...]:
    """The concepts of a SKOS file in Turtle that have a label in English or Japanese.

    Raises:
        BadFile: if it is no Turtle, or has no such concept.
        MissingExtra: if rdflib is not installed.
    """
    text = _text(given, where)
    own = from_turtle(text)
    return _concepts(_graph(text, "turtle", where), where) if own is None else own


def loads_jsonld(given: str | bytes, *, where: str = "<text>") -> tuple[GlossaryConcept, ...]:
    """The concepts of a SKOS file in JSON-LD that have a label in English or Japanese.

    Raises:
        BadFile: if it is no JSON-LD, names a context that stands elsewhere, or has no such concept.
        MissingExtra: if rdflib is not installed.
    """
    text = _text(given, where)
    try:
        document = json.loads(text)
        _refuse_contexts(document, where)
    except json.JSONDecodeError as error:
        raise BadFile(where, f"no JSON ({error.msg})", error.lineno, error.colno) from None
    except RecursionError:
        raise BadFile(where, "objects stand too deep inside each other") from None
    if not isinstance(document, dict | list):
        raise BadFile(where, f"no JSON-LD: it is {document!r:.40}, not an object")
    if (own := from_jsonld(document)) is not None:
        return own
    return _concepts(_graph(text, "json-ld", where), where)


def _text(given: str | bytes, where: str) -> str:
    check_size(len(given), where=where)
    if isinstance(given, str):
        return given.removeprefix("\ufeff")
    try:
        return given.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile(where, f"the text is not in UTF-8 ({error})") from None


def _refuse_contexts(value: Any, where: str) -> None:
    """Refuse JSON-LD that would have to be completed from elsewhere."""
    if isinstance(value, list):
        for item in value:
            _refuse_contexts(item, where)
    elif isinstance(value, dict):
        for key, item in value.items():
            named = item if isinstance(item, list) else [item]
            if key == "@import" or (key == "@context" and any(isinstance(one, str) for one in named)):
                raise BadFile(
                    where, f"names a context that stands elsewhere ({item!r}), which is not fetched"
                )
            _refuse_contexts(item, where)


def _graph(text: str, syntax: str, where: str) -> "Graph":
    try:
        from rdflib import Graph
    except ImportError:
        raise MissingExtra("exchange", "rdflib") from None
    graph = Graph(bind_namespaces="none")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # rdflib 7 warns of what it calls itself
            graph.parse(data=text, format=syntax, publicID=_BASE)
    except RecursionError:
        raise BadFile(where, "statements stand too deep inside each other") from None
    except (
        SyntaxError,
        ValueError,
        TypeError,
        LookupError,
        NameError,
        AttributeError,
        AssertionError,
    ) as error:
        said = _BAD_SYNTAX.search(str(error))
        reason = said.group(1) if said else str(error) or type(error).__name__
        line = getattr(error, "lines", None)
        place = line + 1 if isinstance(line, int) else None
        raise BadFile(where, f"not well-formed ({' '.join(reason.split())[:200]})", place) from None
    return graph


def _concepts(graph: "Graph", where: str) -> tuple[GlossaryConcept, ...]:
    from rdflib import RDF, URIRef

    reader = _Reader(graph)
    subjects = set(graph.subjects(RDF.type, URIRef(PREFIXES["skos"] + "Concept")))
    subjects |= {node for label in _LABELS for node in graph.subjects(reader.name(label))}
    found = []
    for node in subjects:
        try:
            concept = reader.concept(node)
        except ValueError as error:
            raise BadFile(where, f"the concept <{node}> cannot be read ({error})") from None
        if concept is not None:
            found.append((reader.place(node), concept))
    if subjects and not found:
        raise BadFile(where, f"none of its {len(subjects)} concepts has an English or a Japanese label")
    if len(graph) == 0:
        raise BadFile(where, "the file says nothing: it has no statements")
    return tuple(concept for _, concept in sorted(found, key=lambda pair: (pair[0], pair[1].id)))


@attrs.frozen
class _Reader:
    graph: "Graph"

    def name(self, prefixed: str) -> "Node":
        from rdflib import URIRef

        prefix, _, name = prefixed.partition(":")
        return URIRef(PREFIXES[prefix] + name)

    def literals(self, node: "Node", prefixed: str) -> list[tuple[str, str]]:
        """The texts that a node says something with, sorted, and their languages in lower case."""
        from rdflib import Literal, URIRef

        found = []
        for value in self.graph.objects(node, self.name(prefixed)):
            inner = value if isinstance(value, Literal) else self.graph.value(value, URIRef(_VALUE))
            if isinstance(inner, Literal):
                found.append((str(inner), (inner.language or "").lower()))
        return sorted(found)

    def one(self, node: "Node", prefixed: str) -> str:
        return next((text for text, _ in self.literals(node, prefixed)), "")

    def place(self, node: "Node") -> float:
        """Where the concept stands in the glossary; behind all others where nothing says it."""
        given = self.one(node, "ar:place")
        return int(given) if given.isdecimal() else float("inf")

    def items(self, node: "Node", prefixed: str) -> Iterator["Node"]:
        head = self.graph.value(node, self.name(prefixed))
        return iter(() if head is None else self.graph.items(head))

    def concept(self, node: "Node") -> GlossaryConcept | None:
        notes = [text for text, _ in self.literals(node, "skos:note")]
        terms = {"en": list[Term](), "ja": list[Term]()}
        for item in self.items(node, "ar:terms"):
            term = self._own_term(item)
            terms[term.lang].append(term)
        own = any(terms.values())
        if not own:
            terms = self._labels(node, notes)
            notes += self._other_notes(node)
        if not any(terms.values()):
            return None
        definitions: dict[Lang, list[str]] = {"en": [], "ja": []}
        for text, code in self.literals(node, "skos:definition"):
            lang = side_of(code) if code else ("en" if text.isascii() else "ja")
            if lang is None:
                notes.append(f"{code} definition: {text}")
            else:
                definitions[lang].append(text)
        en, ja = (
            LanguageSection(lang, tuple(terms[lang]), "\n".join(definitions[lang])) for lang in definitions
        )
        names = {term.text for term in (*en, *ja)}
        return GlossaryConcept(
            self._id(node),
            en,
            ja,
            subject="; ".join(text for text, _ in self.literals(node, "dc:subject")),
            note="\n".join(notes),
            renderings=tuple(r for r in self._renderings(node) if r.en in names and r.ja in names),
            passages=tuple(map(str, self.items(node, "ar:passages"))),
        )

    def _id(self, node: "Node") -> str:
        given = [text for text, _ in self.literals(node, "skos:notation") if text.strip()]
        if len(given) == 1:
            return given[0]
        iri = str(node)
        return unquote(iri.rpartition("#")[2].rpartition("/")[2].removeprefix(_BASE)) or iri

    def _renderings(self, node: "Node") -> Iterator[Rendering]:
        for item in self.items(node, "ar:renderings"):
            with suppress(ValueError):
                yield loads_rendering(str(item))

    def _own_term(self, node: "Node") -> Term:
        [(text, lang)] = self.literals(node, "ar:text")
        values: dict[str, Any] = {
            field: found[0][0] for name, field in TERM_FIELDS.items() if (found := self.literals(node, name))
        }
        status: Any = self.one(node, "ar:status")
        return Term(text, "en" if lang == "en" else "ja", status, **term_values(values))

    def _labels(self, node: "Node", notes: list[str]) -> dict[str, list[Term]]:
        terms: dict[str, list[Term]] = {"en": [], "ja": []}
        scripts: list[tuple[str, str, str]] = []
        for label, status in _LABELS.items():
            for text, code in self.literals(node, label):
                lang = side_of(code) if code else ("en" if text.isascii() else "ja")
                if not text.strip():
                    continue
                if code in _SCRIPTS:
                    scripts.append((label, code, text))
                elif lang is None:
                    notes.append(f"{code} {label.partition(':')[2]}: {text}")
                else:
                    terms[lang].append(Term(text, lang, status))
        for label, code, text in scripts:
            field = "transliteration" if code == "ja-latn" else "reading"
            first = terms["ja"][0] if terms["ja"] else None
            if first and label == "skos:prefLabel" and getattr(first, field) is None:
                with suppress(ValueError):
                    values: dict[str, Any] = {field: text}
                    terms["ja"][0] = attrs.evolve(first, **values)
                    continue
            notes.append(f"{code} {label.partition(':')[2]}: {text}")
        return terms

    def _other_notes(self, node: "Node") -> Iterator[str]:
        for name in _NOTES:
            for text, _ in self.literals(node, f"skos:{name}"):
                yield f"{name}: {text}"
        for text, _ in self.literals(node, "dct:source"):
            yield f"source: {text}"
        for name in _RELATIONS:
            related = self.graph.objects(node, self.name(f"skos:{name}"))
            for text in sorted(self.one(other, "skos:prefLabel") or str(other) for other in related):
                yield f"{name}: {text}"
