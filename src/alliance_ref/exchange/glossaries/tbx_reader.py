"""TBX files of every make: version 3 in both styles, and the older one that most tools still write.

What other programs put into a file and a concept here has no field for is kept in its notes, as
``geographicalUsage: JP``, and so are terms in a third language. Only who changed what when (``transacGrp``)
is passed over.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any
from xml.etree.ElementTree import Element

import attrs

from alliance_ref.errors import BadFile
from alliance_ref.exchange.glossaries.renderings_json import loads_rendering
from alliance_ref.exchange.languages import side_of
from alliance_ref.exchange.xml.reading import XML_LANG, read_tree
from alliance_ref.exchange.xml.writing import given_id
from alliance_ref.records.entries import NameStatus
from alliance_ref.records.glossary import GlossaryConcept, LanguageSection, Rendering, Term
from alliance_ref.records.values import Lang, PartialDate, Period

OWN_MARK = "Written by alliance_ref."
"""Stands in the header of our own files; in these, white space is kept as it is."""

PARTS_OF_SPEECH = {"noun": "noun", "verb": "verb", "adj": "adjective", "adv": "adverb", "x": "other"}
"""Parts of speech of Universal Dependencies, in lower case, as TBX-Basic calls them."""

LABELS = tuple(
    f"{label}:"
    for label in (
        "definition en", "definition ja", "note", "part of speech", "passage", "reading", "reliability",
        "rendering", "status", "transliteration", "valid",
    )
)  # fmt: skip
"""How the notes begin that carry what TBX-Basic has no category for."""

_FROM_TBX = {name: ours for ours, name in PARTS_OF_SPEECH.items()} | {"propernoun": "propn"}
_STATUS: dict[str, NameStatus] = {
    "preferred": "preferred",
    "standardized": "preferred",
    "admitted": "admitted",
    "deprecated": "deprecated",
    "superseded": "deprecated",
    "forbidden": "deprecated",
    "obsolete": "deprecated",
}
_SHORT = frozenset({"abbreviation", "acronym", "initialism"})
_CODES = frozenset({"bpt", "ept", "it", "ph", "sc", "ec", "ut"})
_GENERAL = frozenset(
    {"descrip", "admin", "termNote", "termCompList", "descripNote", "adminNote", "xref", "ref"}
)
_GROUPS = frozenset({"descripGrp", "adminGrp", "termNoteGrp", "termGrp"})
_SPACE = re.compile(r"\s+")

Item = tuple[str, str]
"""A data category and what it says; the category of a note is ``note``, that of a group's source
``definition source`` or the like."""


def loads(given: str | bytes, *, where: str = "<text>") -> tuple[GlossaryConcept, ...]:
    """The concepts of a TBX file that have a term in English or Japanese.

    Terms without a status are preferred if they are the first of their language, else admitted.

    Raises:
        BadFile: if it is no TBX file, or no concept in it has a term in one of the two languages.
    """
    root = read_tree(given, where=where)
    if _local(root) not in ("tbx", "martif"):
        raise BadFile(where, f"this is no TBX file: its first element is <{_local(root)}>, not <tbx>")
    own = any((p.text or "").strip() == OWN_MARK for p in root.iter() if _local(p) == "p")
    reader = _Reader(own, side_of(root.get(XML_LANG) or "") or "en")
    entries = [item for item in root.iter() if _local(item) in ("conceptEntry", "termEntry")]
    concepts = tuple(filter(None, (reader.concept(entry, n) for n, entry in enumerate(entries, 1))))
    if entries and not concepts:
        raise BadFile(where, f"none of its {len(entries)} concepts has an English or a Japanese term")
    return concepts


@attrs.define
class _Draft:
    """What is known of a concept while its element is read."""

    subjects: list[str] = attrs.Factory(list)
    notes: list[str] = attrs.Factory(list)
    passages: list[str] = attrs.Factory(list)
    renderings: list[Rendering] = attrs.Factory(list)
    terms: dict[Lang, list[Term]] = attrs.Factory(lambda: {"en": [], "ja": []})
    definitions: dict[Lang, list[str]] = attrs.Factory(lambda: {"en": [], "ja": []})


@attrs.frozen
class _Reader:
    own: bool
    lang: Lang

    def concept(self, entry: Element, number: int) -> GlossaryConcept | None:
        draft = _Draft()
        for category, text in self.items(entry):
            self._of_concept(draft, category, text)
        for section in entry:
            if _local(section) in ("langSec", "langSet"):
                self._section(draft, section)
        if not any(draft.terms.values()):
            return None
        given = (entry.get("id") or "").strip() or str(number)
        en, ja = (
            LanguageSection(lang, tuple(draft.terms[lang]), "\n".join(draft.definitions[lang]))
            for lang in draft.terms
        )
        names = {term.text for term in (*en, *ja)}
        return GlossaryConcept(
            given_id(given) if self.own else given,
            en,
            ja,
            subject="; ".join(draft.subjects),
            note="\n".join(draft.notes),
            renderings=tuple(r for r in draft.renderings if r.en in names and r.ja in names),
            passages=tuple(draft.passages),
        )

    def _of_concept(self, draft: _Draft, category: str, text: str) -> None:
        if category == "note":
            label, colon, value = text.partition(": ")
            if label == "passage":
                return draft.passages.append(value)
            if label == "rendering":
                with suppress(ValueError):
                    return draft.renderings.append(loads_rendering(value))
            if label in ("definition en", "definition ja"):
                return draft.definitions["ja" if label.endswith("ja") else "en"].append(value)
            return draft.notes.append(value if label == "note" and colon else text)
        if category == "subjectField":
            return draft.subjects.append(text)
        if category == "definition":
            return draft.definitions[self.lang].append(text)
        return draft.notes.append(f"{category}: {text}")

    def _section(self, draft: _Draft, section: Element) -> None:
        name = section.get(XML_LANG) or section.get("lang") or ""
        lang = side_of(name)
        terms = [item for item in section if _local(item) in ("termSec", "tig", "ntig")]
        if lang is None:
            draft.notes += [
                f"{name}: {text}" for term in terms for kind, text in self.items(term) if kind == "term"
            ]
            return
        for category, text in self.items(section):
            if category == "definition":
                draft.definitions[lang].append(text)
            else:
                draft.notes.append(f"{lang} {category}: {text}")
        for item in terms:
            term = self._term(item, lang, first=not draft.terms[lang])
            if term is not None:
                draft.terms[lang].append(term)

    def _term(self, element: Element, lang: Lang, *, first: bool) -> Term | None:
        found = dict[str, list[str]]()
        notes: list[str] = []
        for category, text in self.items(element):
            name, value = _category(category, text)
            found.setdefault(name, []).append(value)
        words = found.pop("term", [""])
        if not words[0].strip():
            return None
        term = Term(words[0], lang, _status(found, first=first))
        for name, values in found.items():
            for value in values:
                changed = _with(term, name, value)
                if changed is not None:
                    term = changed
                elif name == "note":
                    notes.append(value)
                else:
                    notes.append(f"{name}: {value}")
        return attrs.evolve(term, note="\n".join(notes))

    def items(self, owner: Element) -> Iterator[Item]:
        """The data categories that stand in an element itself, groups opened."""
        for child in owner:
            name = _local(child)
            if name in _GROUPS:
                inner = list(self.items(child))
                yield from inner[:1]
                for category, text in inner[1:]:
                    within = name == "descripGrp" and inner[0][0] in ("definition", "context")
                    yield (f"{inner[0][0]} {category}" if within else category), text
            elif name in ("term", "note") or name in _GENERAL or _is_category(child):
                category = child.get("type", name) if name in _GENERAL else name
                text = self.text(child)
                if not text and (target := child.get("target")):
                    text = target
                if text:
                    yield category, text

    def text(self, element: Element) -> str:
        text = "".join(_inline(element))
        return text if self.own else _SPACE.sub(" ", text).strip()


def _category(category: str, text: str) -> Item:
    """A category of a term under the name that :func:`_with` knows it by."""
    if category == "note" and text.startswith(LABELS):
        label, colon, value = text.partition(": ")
        return (label, value) if colon else (category, text)
    return {
        "transliteratedForm": "transliteration",
        "pronunciation": "reading",
        "yomi": "reading",
        "context source": "source",
    }.get(category, category), text


def _with(term: Term, name: str, value: str) -> Term | None:
    """The term with a field filled; ``None`` where no field takes this value."""
    change = _FIELDS.get(name)
    if change is None:
        return None
    field, convert = change
    if getattr(term, field) != attrs.fields_dict(Term)[field].default and field != "part_of_speech":
        return None
    try:
        return attrs.evolve(term, **{field: convert(value)})
    except (ValueError, KeyError):
        return None


def _period(text: str) -> Period:
    start, end = text.split("/")
    return Period(*(PartialDate.parse(day) if day else None for day in (start, end)))


_FIELDS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "reading": ("reading", str),
    "transliteration": ("transliteration", str),
    "valid": ("valid", _period),
    "reliability": ("reliability", float),
    "reliabilityCode": ("reliability", lambda text: int(text) / 10),
    "partOfSpeech": ("part_of_speech", lambda text: _FROM_TBX[text.lower().replace(" ", "")]),
    "part of speech": ("part_of_speech", str),
    "context": ("context", str),
    "source": ("source", str),
}


def _status(found: dict[str, list[str]], *, first: bool) -> NameStatus:
    """The status of a term; what says it is taken out of *found* unless it says more."""
    if found.get("status") == ["erroneous"]:
        del found["status"]
        found.pop("administrativeStatus", None)
        return "erroneous"
    given: NameStatus | None = None
    for name in ("administrativeStatus", "normativeAuthorization"):
        value = next(iter(found.get(name, ())), "").lower()
        for beginning, status in _STATUS.items():
            if value.startswith(beginning) and given is None:
                given = status
                if beginning == status:
                    del found[name]
    kind = next(iter(found.get("termType", ())), "")
    if kind.lower() in _SHORT and given in (None, "admitted"):
        if kind == "abbreviation":
            del found["termType"]
        return "abbreviation"
    return given or ("preferred" if first else "admitted")


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _is_category(element: Element) -> bool:
    """Whether it is a data category of the style DCT, which stands in the namespace of a module."""
    return "tbxinfo.net/ns/" in element.tag or "/ns/" in element.tag.partition("}")[0]


def _inline(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if _local(child) not in _CODES:
            yield from _inline(child)
        yield child.tail or ""
