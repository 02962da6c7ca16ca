"""Read TBX files from any program: version 3 in both styles, and version 2, which most tools still write.

Data categories for which a concept has no field go into its notes, as in ``geographicalUsage: JP``, and so do
terms in other languages. Only the history of changes (``transacGrp``) is ignored.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any
from xml.etree.ElementTree import Element

import attrs

from alliance_ref.errors import FileProblem, unreadable
from alliance_ref.exchange.concept_drafts import ConceptDraft, parse_period, unused_id, with_unique_ids
from alliance_ref.exchange.glossaries.renderings_json import loads_rendering
from alliance_ref.exchange.term_statuses import parse_status
from alliance_ref.exchange.xml.reading import XML_LANG, read_tree
from alliance_ref.exchange.xml.writing import original_id
from alliance_ref.records.entries import NameStatus
from alliance_ref.records.glossary import GlossaryConcept, Term
from alliance_ref.records.values import Lang
from alliance_ref.text.scripts import language_of

OWN_MARK = "Written by alliance_ref."
"""The text in the header of files of this library; the reader keeps their white space unchanged."""

PARTS_OF_SPEECH = {"noun": "noun", "verb": "verb", "adj": "adjective", "adv": "adverb", "x": "other"}
"""The TBX-Basic names of parts of speech of Universal Dependencies (in lower case)."""

LABELS = tuple(
    f"{label}:"
    for label in (
        "definition en", "definition ja", "note", "part of speech", "passage", "reading", "reliability",
        "rendering", "status", "termhood", "transliteration", "valid",
    )
)  # fmt: skip
"""The labels of notes with values for which TBX-Basic has no category."""

_TITLE = "TBX"
_FROM_TBX = {name: ours for ours, name in PARTS_OF_SPEECH.items()} | {"propernoun": "propn"}
_DEFINITIONS: dict[str, Lang] = {"definition en": "en", "definition ja": "ja"}
_STATUS_CATEGORIES = ("administrativeStatus", "normativeAuthorization", "status", "usageStatus")
_STATUS_ENDING = re.compile(r"(?:term)?-admn-sts$")
_ABBREVIATIONS = frozenset({"abbreviation", "acronym", "initialism"})
_CODES = frozenset({"bpt", "ept", "it", "ph", "sc", "ec", "ut"})
_GENERAL = frozenset(
    {"descrip", "admin", "termNote", "termCompList", "descripNote", "adminNote", "xref", "ref"}
)
_GROUPS = frozenset({"descripGrp", "adminGrp", "termNoteGrp", "termGrp"})
_SPACE = re.compile(r"\s+")

Item = tuple[str, str]
"""A data category and its text; a source in a group has a category such as ``definition source``."""


def loads(content: str | bytes, *, notices: list[FileProblem] | None = None) -> tuple[GlossaryConcept, ...]:
    """Return the concepts of a TBX file that have a term in English or Japanese.

    A term without a status is preferred if it is the first term of its language, else admitted. A definition
    of a whole entry without a language of its own becomes a note.

    Args:
        content: The content of the file.
        notices: Receives unknown statuses, and renderings of terms that are not in their concept.

    Raises:
        UnreadableFile: The content is not a TBX file, or no concept in it has such a term.
    """
    root = read_tree(content, title=_TITLE)
    if _local(root) not in ("tbx", "martif"):
        values = {"element": _local(root), "expected": "tbx"}
        raise unreadable(_TITLE, FileProblem("wrong-root", values))
    own = any((p.text or "").strip() == OWN_MARK for p in root.iter() if _local(p) == "p")
    entries = [item for item in root.iter() if _local(item) in ("conceptEntry", "termEntry")]
    names = {name for entry in entries if (name := (entry.get("id") or "").strip())}
    reader = _Reader(own, names, [] if notices is None else notices)
    concepts = tuple(filter(None, (reader.concept(entry, n) for n, entry in enumerate(entries, 1))))
    if entries and not concepts:
        raise unreadable(_TITLE, FileProblem("no-languages", {"count": len(entries)}))
    return concepts if own else with_unique_ids(concepts)


@attrs.frozen
class _Reader:
    own: bool
    names: set[str]
    notices: list[FileProblem]

    def concept(self, entry: Element, number: int) -> GlossaryConcept | None:
        name = (entry.get("id") or "").strip() or unused_id(str(number), self.names)
        draft = ConceptDraft(original_id(name) if self.own else name)
        for category, text in self.items(entry):
            self._read_item(draft, category, text)
        for section in entry:
            if _local(section) in ("langSec", "langSet"):
                self._section(draft, section)
        return draft.build(notices=self.notices) if any(draft.terms.values()) else None

    def _read_item(self, draft: ConceptDraft, category: str, text: str) -> None:
        if category == "note":
            self._read_note(draft, text)
        elif category == "subjectField":
            draft.subjects.append(text)
        elif category in _DEFINITIONS:
            draft.definitions[_DEFINITIONS[category]].append(text)
        else:
            draft.notes.append(f"{category}: {text}")

    def _read_note(self, draft: ConceptDraft, text: str) -> None:
        label, colon, value = text.partition(": ")
        if label == "passage":
            draft.passages.append(value)
            return
        if label == "termhood":
            with suppress(ValueError):
                draft.termhood = float(value)
                return
        if label == "rendering":
            with suppress(ValueError):
                draft.renderings.append(loads_rendering(value))
                return
        if label in ("definition en", "definition ja"):
            draft.definitions["ja" if label.endswith("ja") else "en"].append(value)
            return
        draft.notes.append(value if label == "note" and colon else text)

    def _section(self, draft: ConceptDraft, section: Element) -> None:
        name = section.get(XML_LANG) or section.get("lang") or ""
        lang = language_of(name)
        terms = [item for item in section if _local(item) in ("termSec", "tig", "ntig")]
        if lang is None:
            draft.notes += [
                f"{name}: {text}" for term in terms for kind, text in self.items(term) if kind == "term"
            ]
            return
        for category, text in self.items(section):
            if category == "definition" or category in _DEFINITIONS:
                draft.definitions[_DEFINITIONS.get(category, lang)].append(text)
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
        term = Term(words[0], lang, _status(found, first=first, notices=self.notices))
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
        """Yield the data categories directly in an element or in one of its groups."""
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
                if category == "definition" and (lang := language_of(child.get(XML_LANG) or "")):
                    category = f"definition {lang}"
                if not text and (target := child.get("target")):
                    text = target
                if text:
                    yield category, text

    def text(self, element: Element) -> str:
        text = "".join(_inline(element))
        return text if self.own else _SPACE.sub(" ", text).strip()


def _category(category: str, text: str) -> Item:
    """Return a category of a term under the name that `_with` uses."""
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
    """Return the term with a field set, or ``None`` if no field accepts this value."""
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


_FIELDS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "reading": ("reading", str),
    "transliteration": ("transliteration", str),
    "valid": ("valid", parse_period),
    "reliability": ("reliability", float),
    "reliabilityCode": ("reliability", lambda text: int(text) / 10),
    "partOfSpeech": ("part_of_speech", lambda text: _FROM_TBX[text.lower().replace(" ", "")]),
    "part of speech": ("part_of_speech", str),
    "context": ("context", str),
    "source": ("source", str),
}


def _status(found: dict[str, list[str]], *, first: bool, notices: list[FileProblem]) -> NameStatus:
    """Return the status of a term; remove categories from *found* that contain nothing else."""
    if found.get("status") == ["erroneous"]:
        del found["status"]
        found.pop("administrativeStatus", None)
        return "erroneous"
    status: NameStatus | None = None
    for name in _STATUS_CATEGORIES:
        value = next(iter(found.get(name, ())), "")
        if value and status is None:
            status = parse_status(value)
            if status is None:
                notices.append(FileProblem("unknown-status", {"status": value}))
                first = False
            elif _STATUS_ENDING.sub("", value.casefold()) == status:
                del found[name]  # the value contains nothing else
    kind = next(iter(found.get("termType", ())), "")
    if kind.lower() in _ABBREVIATIONS and status in (None, "admitted"):
        if kind == "abbreviation":
            del found["termType"]
        return "abbreviation"
    return status or ("preferred" if first else "admitted")


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _is_category(element: Element) -> bool:
    """Return whether the element is a data category of the style DCT, which has the namespace of a module."""
    return "tbxinfo.net/ns/" in element.tag or "/ns/" in element.tag.partition("}")[0]


def _inline(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if _local(child) not in _CODES:
            yield from _inline(child)
        yield child.tail or ""
