"""SKOS files as ``skos`` writes them, read without rdflib and many times faster.

What is not exactly of that shape gives ``None`` here, and is then read as the file of others that it may be:
nothing in this module needs to say what is wrong with a file.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from alliance_ref.exchange.glossaries.renderings_json import loads_rendering
from alliance_ref.exchange.glossaries.vocabularies import PREFIXES, TERM_FIELDS
from alliance_ref.records.glossary import GlossaryConcept, LanguageSection, Term
from alliance_ref.records.values import PartialDate, Period

TURTLE_HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())

Node = dict[str, Any]
_OTHER = (ValueError, KeyError, TypeError, AttributeError, IndexError, StopIteration, RecursionError)
_TOKEN = re.compile(
    r"""\s*(?: <(?P<iri>[^<>"\s]*)> | (?P<text>"(?:[^"\\\n\r]|\\.)*")(?:@(?P<lang>[A-Za-z-]+))?
         | (?P<name>[a-z]+:[A-Za-z]+ | a)(?=\s) | (?P<mark>[\[\](),;.]) | (?P<end>$) )""",
    re.VERBOSE,
)


def from_jsonld(document: object) -> tuple[GlossaryConcept, ...] | None:
    """The concepts of a JSON-LD document in our shape; ``None`` if it is in another."""
    try:
        if isinstance(document, dict) and document["@context"] == PREFIXES:
            return _concepts(document["@graph"])
    except _OTHER:
        pass
    return None


def from_turtle(text: str) -> tuple[GlossaryConcept, ...] | None:
    """The concepts of a Turtle file in our shape; ``None`` if it is in another."""
    if not text.startswith(TURTLE_HEAD):
        return None
    try:
        return _concepts(_subjects(_tokens(text, len(TURTLE_HEAD))))
    except _OTHER:
        return None


Token = tuple[str, Any]


def _tokens(text: str, place: int) -> Iterator[Token]:
    while True:
        found = _TOKEN.match(text, place)
        if found is None:
            raise ValueError(f"not our Turtle from character {place} on")
        place = found.end()
        kind = found.lastgroup or ""
        if kind == "end":
            return
        if found["text"] is not None:
            value = {"@value": json.loads(found["text"])}
            yield "object", value | ({"@language": found["lang"]} if found["lang"] else {})
        elif kind == "iri":
            yield "object", {"@id": found["iri"]}
        else:
            yield kind, found[kind]


def _subjects(tokens: Iterator[Token]) -> Iterator[Node]:
    for kind, subject in tokens:
        if kind != "object":
            raise ValueError(f"{subject!r} is no subject")
        yield subject | _statements(tokens, ".")


def _statements(tokens: Iterator[Token], end: str) -> Node:
    """The statements up to the mark that ends them."""
    node: Node = {}
    while True:
        kind, name = next(tokens)
        if kind != "name":
            raise ValueError(f"{name!r} is no property")
        values = []
        mark = ","
        while mark == ",":
            values.append(_object(*next(tokens), tokens))
            _, mark = next(tokens)
        node[name] = values
        if mark == end:
            return node
        if mark != ";":
            raise ValueError(f"{mark!r} after a statement")


def _object(kind: str, value: Any, tokens: Iterator[Token]) -> Any:
    if kind in ("object", "name"):
        return value
    if value == "[":
        return _statements(tokens, "]")
    if value != "(":
        raise ValueError(f"{value!r} is no object")
    items: list[Any] = []
    for token in tokens:
        if token == ("mark", ")"):
            return {"@list": items}
        items.append(_object(*token, tokens))
    raise ValueError("a list without an end")


def _concepts(nodes: Iterator[Node] | list[Node]) -> tuple[GlossaryConcept, ...]:
    return tuple(_concept(node) for node in nodes if node["@id"] != "#glossary")


def _concept(node: Node) -> GlossaryConcept:
    terms = [_term(item) for item in _items(node, "ar:terms")]
    definitions = {value["@language"]: value["@value"] for value in _values(node, "skos:definition")}
    en, ja = (
        LanguageSection(lang, tuple(t for t in terms if t.lang == lang), definitions.get(lang, ""))
        for lang in ("en", "ja")
    )
    return GlossaryConcept(
        _one(node, "skos:notation"),
        en,
        ja,
        subject=_one(node, "dc:subject"),
        note=_one(node, "skos:note"),
        renderings=tuple(loads_rendering(item["@value"]) for item in _items(node, "ar:renderings")),
        passages=tuple(item["@value"] for item in _items(node, "ar:passages")),
    )


def _term(node: Node) -> Term:
    [text] = _values(node, "ar:text")
    values: dict[str, Any] = {
        field: _one(node, name) for name, field in TERM_FIELDS.items() if _values(node, name)
    }
    return Term(text["@value"], text["@language"], _status(node), **term_values(values))


def _status(node: Node) -> Any:
    return _one(node, "ar:status")


def term_values(given: dict[str, Any]) -> dict[str, Any]:
    """The fields of a term from their texts.

    Raises:
        ValueError: if one of them is no text for its field.
    """
    if "reliability" in given:
        given["reliability"] = float(given["reliability"])
    if "valid" in given:
        ends = (PartialDate.parse(end) if end else None for end in given["valid"].split("/"))
        given["valid"] = Period(*ends)
    return given


def _values(node: Node, name: str) -> list[Any]:
    found = node.get(name, [])
    return found if isinstance(found, list) else [found]


def _one(node: Node, name: str) -> str:
    found = _values(node, name)
    if len(found) > 1:
        raise ValueError(f"{name} says several things")
    return found[0]["@value"] if found else ""


def _items(node: Node, name: str) -> list[Any]:
    return [item for value in _values(node, name) for item in value["@list"]]
