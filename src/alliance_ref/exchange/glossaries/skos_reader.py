"""Read SKOS files in Turtle, JSON-LD, RDF/XML and N-Triples.

rdflib (BSD license, pure Python, extra ``exchange``) parses all notations. JSON-LD may name external
contexts, which rdflib would fetch; such a file is rejected.

A file that this library wrote has lists of terms, renderings and passages (see `skos`), so it is read
exactly. In files from other programs, the labels are the terms, in alphabetical order, since RDF has none.
Statements for which a concept has no field go into its notes, as in ``broader: naval base``. SKOS-XL labels
are not read.
"""

import io
import logging
import re
import warnings
from collections.abc import Iterator
from contextlib import suppress
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote
from xml.sax import SAXException

import attrs

from alliance_ref.errors import FileProblem, MissingExtra, UnreadableFile, unreadable
from alliance_ref.exchange.concept_drafts import ConceptDraft, parse_field, with_unique_ids
from alliance_ref.exchange.glossaries.renderings_json import loads_rendering
from alliance_ref.exchange.json_reading import read_json
from alliance_ref.exchange.limits import check_size, is_whole_number
from alliance_ref.exchange.xml.reading import read_tree, utf8_of
from alliance_ref.records.entries import NameStatus
from alliance_ref.records.glossary import GlossaryConcept, Rendering, Term
from alliance_ref.records.values import Lang
from alliance_ref.text.scripts import language_of

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

PREFIXES = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dct": "http://purl.org/dc/terms/",
    "ar": "urn:alliance-ref:",
}
"""The namespaces by prefix; ``ar`` contains the properties for which SKOS has none."""

TERM_FIELDS = {
    "ar:reading": "reading",
    "ar:transliteration": "transliteration",
    "ar:valid": "valid",
    "ar:reliability": "reliability",
    "ar:partOfSpeech": "part_of_speech",
    "ar:context": "context",
    "ar:note": "note",
    "ar:source": "source",
}
"""The properties of a term in ``ar:terms``, besides its text and status, and their fields in the record."""

BASE = "file:///glossary"
"""The address of a file, for the relative IRIs in it."""

_LABELS: dict[str, NameStatus] = {
    "skos:prefLabel": "preferred",
    "skos:altLabel": "admitted",
    "skos:hiddenLabel": "deprecated",
}
_SYNTAX_ERROR = re.compile(r"Bad syntax \((.*)\) at \^ in", re.DOTALL)
_MAX_DETAIL = 200  # characters of a message of rdflib that an error quotes
_NOTES = ("scopeNote", "historyNote", "changeNote", "editorialNote", "example")
_RELATIONS = ("broader", "narrower", "related", "exactMatch", "closeMatch")
_SCRIPTS = frozenset({"ja-hira", "ja-kana", "ja-hrkt", "ja-latn"})
_VALUE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"
_PARSER_ERRORS = (
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    NameError,
    AttributeError,
    AssertionError,
    RuntimeError,
    SAXException,
)
"""The errors that the parsers of rdflib raise for damaged files."""


def loads_turtle(
    content: str | bytes, *, notices: list[FileProblem] | None = None
) -> tuple[GlossaryConcept, ...]:
    """Return the concepts of a SKOS file in Turtle that have a label in English or Japanese.

    Args:
        content: The content of the file.
        notices: Receives renderings of terms that are not in their concept.

    Raises:
        UnreadableFile: The content is not Turtle, or has no such concept.
        MissingExtra: rdflib is not installed.
    """
    title = "SKOS (Turtle)"
    return _concepts(parse_graph(_text(content, title), "turtle", title), title, notices)


def loads_jsonld(
    content: str | bytes, *, notices: list[FileProblem] | None = None
) -> tuple[GlossaryConcept, ...]:
    """Return the concepts of a SKOS file in JSON-LD that have a label in English or Japanese.

    Args:
        content: The content of the file.
        notices: Receives renderings of terms that are not in their concept.

    Raises:
        UnreadableFile: The content is not JSON-LD, names an external context, or has no such concept.
        MissingExtra: rdflib is not installed.
    """
    title = "SKOS (JSON-LD)"
    text = _text(content, title)
    document = read_json(text, title=title)
    try:
        context = _external_context(document)
    except RecursionError:
        raise unreadable(title, FileProblem("nested-too-deep")) from None
    if not isinstance(document, dict | list):
        raise unreadable(title, FileProblem("not-json-ld", {"found": f"{document!r:.40}"}))
    if context is not None:
        raise unreadable(title, FileProblem("external-context", {"context": context}))
    return _concepts(parse_graph(text, "json-ld", title), title, notices)


def loads_rdfxml(
    content: str | bytes, *, notices: list[FileProblem] | None = None
) -> tuple[GlossaryConcept, ...]:
    """Return the concepts of a SKOS file in RDF/XML that have a label in English or Japanese.

    Args:
        content: The content of the file.
        notices: Receives renderings of terms that are not in their concept.

    Raises:
        UnreadableFile: The content is not RDF/XML, declares entities other than short texts (as Protégé does
            for namespaces), or has no such concept.
        MissingExtra: rdflib is not installed.
    """
    title = "SKOS (RDF/XML)"
    read_tree(content, title=title, short_entities=True)  # rejects dangers that rdflib would read
    text = content if isinstance(content, str) else _decoded_xml(content, title)
    return _concepts(parse_graph(text, "xml", title), title, notices)


def loads_ntriples(
    content: str | bytes, *, notices: list[FileProblem] | None = None
) -> tuple[GlossaryConcept, ...]:
    """Return the concepts of a SKOS file in N-Triples that have a label in English or Japanese.

    Args:
        content: The content of the file.
        notices: Receives renderings of terms that are not in their concept.

    Raises:
        UnreadableFile: The content is not N-Triples, or has no such concept.
        MissingExtra: rdflib is not installed.
    """
    title = "SKOS (N-Triples)"
    return _concepts(parse_graph(_text(content, title), "nt", title), title, notices)


def _decoded_xml(content: bytes, title: str) -> str:
    """Return XML as text without its declaration; rdflib would not read Japanese encodings."""
    source = utf8_of(io.BytesIO(content), title)
    pieces = iter(lambda: source.read(1 << 20), b"")
    return re.sub(r"\A\s*<\?xml[^>]*\?>", "", b"".join(pieces).decode("utf-8-sig", "surrogatepass"))


def _text(content: str | bytes, title: str) -> str:
    check_size(len(content), title=title)
    if isinstance(content, str):
        return content.removeprefix("\ufeff")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise unreadable(title, FileProblem("not-utf8", {"detail": str(error)})) from None


def _external_context(value: object) -> object | None:
    """Return a context in JSON-LD that would have to be fetched, if there is one."""
    if isinstance(value, list):
        return next(filter(None, map(_external_context, value)), None)
    if not isinstance(value, dict):
        return None
    for key, item in value.items():
        named = item if isinstance(item, list) else [item]
        if key == "@import" or (key == "@context" and any(isinstance(one, str) for one in named)):
            return item or repr(item)
        if (found := _external_context(item)) is not None:
            return found
    return None


def parse_graph(text: str, syntax: str, title: str) -> "Graph":
    """Return the statements of an RDF file.

    Raises:
        UnreadableFile: The text is not in this syntax.
        MissingExtra: rdflib is not installed.
    """
    try:
        from rdflib import Graph
        from rdflib.exceptions import ParserError
    except ImportError:
        raise MissingExtra("exchange", "rdflib") from None
    graph = Graph(bind_namespaces="none")
    logging.getLogger("rdflib.term").addFilter(_is_of_others)  # adds it once
    token = _parsing.set(True)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # rdflib 7 warns about its own calls
            graph.parse(data=text, format=syntax, publicID=BASE)
    except RecursionError:
        raise unreadable(title, FileProblem("nested-too-deep")) from None
    except (*_PARSER_ERRORS, ParserError) as error:
        found = _SYNTAX_ERROR.search(str(error))
        detail = found.group(1) if found else str(error) or type(error).__name__
        line = getattr(error, "lines", None)
        values = {"detail": " ".join(detail.split())[:_MAX_DETAIL]}
        problem = FileProblem("not-well-formed", values, line=line + 1 if isinstance(line, int) else None)
        raise unreadable(title, problem) from None
    finally:
        _parsing.reset(token)
    return graph


_parsing = ContextVar("_parsing", default=False)


def _is_of_others(_record: logging.LogRecord) -> bool:
    """Leave out what rdflib logs about each address of a file, which may contain control characters."""
    return not _parsing.get()


def _concepts(graph: "Graph", title: str, notices: list[FileProblem] | None) -> tuple[GlossaryConcept, ...]:
    from rdflib import RDF, URIRef

    if len(graph) == 0:
        raise unreadable(title, FileProblem("no-statements"))
    reader = _GraphReader(graph, [] if notices is None else notices)
    subjects = set(graph.subjects(RDF.type, URIRef(PREFIXES["skos"] + "Concept")))
    subjects |= {node for label in _LABELS for node in graph.subjects(reader.name(label))}
    found: list[tuple[float, GlossaryConcept]] = []
    problems: list[FileProblem] = []
    for node in sorted(subjects, key=str):
        try:
            concept = reader.concept(node)
        except (ValueError, RuntimeError, TypeError) as error:
            problems.append(FileProblem.from_error(error, path=f"<{node}>"))
            continue
        if concept is not None:
            found.append((reader.position(node), concept))
    if problems:
        raise unreadable(title, *sorted(problems, key=lambda problem: problem.path))
    if not found and (subjects or not reader.has_own_scheme()):
        raise unreadable(title, FileProblem("no-languages", {"count": len(subjects)}))
    own = any(position != float("inf") for position, _ in found)
    concepts = tuple(concept for _, concept in sorted(found, key=lambda pair: (pair[0], pair[1].id)))
    return concepts if own else with_unique_ids(concepts)


@attrs.frozen
class _GraphReader:
    graph: "Graph"
    notices: list[FileProblem]

    def name(self, prefixed: str) -> "Node":
        from rdflib import URIRef

        prefix, _, name = prefixed.partition(":")
        return URIRef(PREFIXES[prefix] + name)

    def has_own_scheme(self) -> bool:
        """Return whether this library wrote the file, so that it may have no concepts."""
        from rdflib import URIRef

        return (URIRef(BASE + "#glossary"), None, None) in self.graph

    def literals(self, node: "Node", prefixed: str) -> list[tuple[str, str]]:
        """Return the texts of a property, sorted, each with its language in lower case."""
        from rdflib import Literal, URIRef

        found = []
        for value in self.graph.objects(node, self.name(prefixed)):
            inner = value if isinstance(value, Literal) else self.graph.value(value, URIRef(_VALUE))
            if isinstance(inner, Literal):
                found.append((str(inner), (inner.language or "").lower()))
        return sorted(found)

    def first(self, node: "Node", prefixed: str) -> str:
        return next((text for text, _ in self.literals(node, prefixed)), "")

    def position(self, node: "Node") -> float:
        """Return the position of the concept in the glossary; concepts without one come last."""
        text = self.first(node, "ar:place")
        return int(text) if is_whole_number(text) else float("inf")

    def items(self, node: "Node", prefixed: str) -> Iterator["Node"]:
        head = self.graph.value(node, self.name(prefixed))
        return iter(() if head is None else self.graph.items(head))

    def concept(self, node: "Node") -> GlossaryConcept | None:
        draft = ConceptDraft(self._id(node), notes=[text for text, _ in self.literals(node, "skos:note")])
        for item in self.items(node, "ar:terms"):
            term = self._listed_term(item)
            draft.terms[term.lang].append(term)
        if not any(draft.terms.values()):
            self._read_labels(node, draft)
            draft.notes += self._other_notes(node)
        if not any(draft.terms.values()):
            return None
        for text, code in self.literals(node, "skos:definition"):
            lang = language_of(code)
            if lang is None:
                draft.notes.append(f"{code} definition: {text}".strip())
            else:
                draft.definitions[lang].append(text)
        draft.subjects += [text for text, _ in self.literals(node, "dc:subject")]
        draft.renderings += self._renderings(node)
        draft.passages += map(str, self.items(node, "ar:passages"))
        return draft.build(notices=self.notices)

    def _id(self, node: "Node") -> str:
        notations = [text for text, _ in self.literals(node, "skos:notation") if text.strip()]
        if len(notations) == 1:
            return notations[0]
        iri = str(node)
        return unquote(iri.rpartition("#")[2].rpartition("/")[2].removeprefix(BASE)) or iri

    def _renderings(self, node: "Node") -> Iterator[Rendering]:
        for item in self.items(node, "ar:renderings"):
            with suppress(UnreadableFile, ValueError):
                yield loads_rendering(str(item))

    def _listed_term(self, node: "Node") -> Term:
        [(text, lang)] = self.literals(node, "ar:text")
        fields: dict[str, Any] = {
            field: parse_field(field, found[0][0])
            for name, field in TERM_FIELDS.items()
            if (found := self.literals(node, name))
        }
        status: Any = self.first(node, "ar:status")
        return Term(text, "en" if lang == "en" else "ja", status, **fields)

    def _read_labels(self, node: "Node", draft: ConceptDraft) -> None:
        scripts: list[tuple[str, str, str]] = []
        for label, status in _LABELS.items():
            for text, code in self.literals(node, label):
                lang = _language(text, code)
                if not text.strip():
                    continue
                if code in _SCRIPTS:
                    scripts.append((label, code, text))
                elif lang is None:
                    draft.notes.append(f"{code} {label.partition(':')[2]}: {text}")
                else:
                    draft.terms[lang].append(Term(text, lang, status))
        for label, code, text in scripts:
            if label != "skos:prefLabel" or not _add_script(draft.terms["ja"], code, text):
                draft.notes.append(f"{code} {label.partition(':')[2]}: {text}")

    def _other_notes(self, node: "Node") -> Iterator[str]:
        for name in _NOTES:
            for text, _ in self.literals(node, f"skos:{name}"):
                yield f"{name}: {text}"
        for text, _ in self.literals(node, "dct:source"):
            yield f"source: {text}"
        for name in _RELATIONS:
            related = self.graph.objects(node, self.name(f"skos:{name}"))
            for text in sorted(self.first(other, "skos:prefLabel") or str(other) for other in related):
                yield f"{name}: {text}"


def _language(text: str, code: str) -> Lang | None:
    """Return the language of a literal; without a language tag, ASCII text is English."""
    return language_of(code) if code else ("en" if text.isascii() else "ja")


def _add_script(terms: list[Term], code: str, text: str) -> bool:
    """Set the reading or transliteration of the first term; return whether that was possible."""
    field = "transliteration" if code == "ja-latn" else "reading"
    if not terms or getattr(terms[0], field) is not None:
        return False
    try:
        values: dict[str, Any] = {field: text}
        terms[0] = attrs.evolve(terms[0], **values)
    except ValueError:
        return False
    return True
