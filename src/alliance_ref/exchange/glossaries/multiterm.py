"""Read and write glossaries as MultiTerm XML (``mtf``), the exchange format of Trados MultiTerm.

A concept has a group for each language, with the name of the index and a language tag, and in it a group for
each term. Each field is a ``descrip`` whose type is a name that the termbase chose, so the reader recognizes
the usual names (Definition, Status, Note, Context, Source, Part of Speech, Subject, Reading …) at any level,
and adds other fields to the notes. The history (``transacGrp``) is ignored. Files are UTF-16, as MultiTerm
writes them; the reader accepts any encoding that the file declares.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

import attrs

from alliance_ref.errors import FileProblem, unreadable
from alliance_ref.exchange.capabilities import ALL_FIELDS, NOT_IN_XML
from alliance_ref.exchange.concept_drafts import ConceptDraft, parse_field, unused_id, with_unique_ids
from alliance_ref.exchange.glossaries.renderings_json import dumps_rendering, loads_rendering
from alliance_ref.exchange.term_statuses import is_yes, parse_status
from alliance_ref.exchange.xml.reading import read_tree
from alliance_ref.exchange.xml.writing import xml_attribute, xml_clean, xml_text
from alliance_ref.records.glossary import GlossaryConcept, LanguageSection, Term
from alliance_ref.records.values import Lang
from alliance_ref.text.scripts import language_of

if TYPE_CHECKING:
    from alliance_ref.records.entries import NameStatus

SUPPORTED_FIELDS = ALL_FIELDS - {NOT_IN_XML, "termhood"}

_TITLE = "MultiTerm XML"
_NAMES: dict[Lang, str] = {"en": "English", "ja": "Japanese"}
_ID = "Concept ID"
_TERM_FIELDS = {
    "Reading": "reading",
    "Transliteration": "transliteration",
    "Valid": "valid",
    "Reliability": "reliability",
    "Part of Speech": "part_of_speech",
    "Context": "context",
    "Source": "source",
}
_READ_FIELDS = {
    **{name.casefold(): field for name, field in _TERM_FIELDS.items()},
    "yomi": "reading", "読み": "reading", "よみ": "reading", "example": "context", "例文": "context",
    "pos": "part_of_speech", "partofspeech": "part_of_speech", "品詞": "part_of_speech", "出典": "source",
}  # fmt: skip
_STATUS_FIELDS = frozenset({"status", "term status", "usage status", "usage", "ステータス"})
_NOTES = frozenset({"note", "notes", "comment", "備考"})
_DEFINITIONS = frozenset({"definition", "定義"})
_SUBJECTS = frozenset({"subject", "subject field", "domain", "分野"})

Field = tuple[str, str]
"""The name of a field and its text."""


def dumps(concepts: Iterable[GlossaryConcept]) -> str:
    """Return *concepts* as MultiTerm XML.

    Characters that XML does not allow are replaced by U+FFFD.

    >>> from alliance_ref.records import GlossaryConcept, LanguageSection, Term
    >>> alliance = GlossaryConcept("alliance", LanguageSection("en", (Term("alliance", "en"),)))
    >>> loads(dumps([alliance])) == (alliance,)
    True
    """
    lines = ['<?xml version="1.0" encoding="UTF-16"?>', "<mtf>"]
    for number, concept in enumerate(concepts, 1):
        lines += ["  <conceptGrp>", f"    <concept>{number}</concept>"]
        lines += (f"    {line}" for line in _concept(concept))
        lines.append("  </conceptGrp>")
    return "\n".join([*lines, "</mtf>", ""])


def _concept(concept: GlossaryConcept) -> Iterator[str]:
    yield _field(_ID, concept.id)
    yield from _filled("Subject", concept.subject)
    yield from _filled("Note", concept.note)
    for section in (concept.en, concept.ja):
        if not section.terms:
            yield from _filled(f"Definition {section.lang}", section.definition)
    for rendering in concept.renderings:
        yield _field("Rendering", dumps_rendering(rendering, xml_clean))
    for passage in concept.passages:
        yield _field("Passage", passage)
    for section in (concept.en, concept.ja):
        if section.terms:
            yield from _section(section)


def _section(section: LanguageSection) -> Iterator[str]:
    yield "<languageGrp>"
    yield f'  <language type="{_NAMES[section.lang]}" lang="{section.lang.upper()}"/>'
    yield from (f"  {line}" for line in _filled("Definition", section.definition))
    for term in section.terms:
        yield "  <termGrp>"
        yield f"    <term>{xml_text(term.text)}</term>"
        yield f"    {_field('Status', term.status)}"
        for name, field in _TERM_FIELDS.items():
            value = getattr(term, field)
            if value != attrs.fields_dict(Term)[field].default:
                yield f"    {_field(name, repr(value) if isinstance(value, float) else str(value))}"
        yield from (f"    {line}" for line in _filled("Note", term.note))
        yield "  </termGrp>"
    yield "</languageGrp>"


def _filled(name: str, text: str) -> Iterator[str]:
    if text:
        yield _field(name, text)


def _field(name: str, text: str) -> str:
    return f"<descripGrp><descrip type={xml_attribute(name)}>{xml_text(text)}</descrip></descripGrp>"


def loads(content: str | bytes, *, notices: list[FileProblem] | None = None) -> tuple[GlossaryConcept, ...]:
    """Return the concepts of a MultiTerm XML file that have a term in English or Japanese.

    Args:
        content: The content of the file.
        notices: Receives unknown statuses, and renderings of terms that are not in their concept.

    Raises:
        UnreadableFile: The content is not MultiTerm XML, or no concept in it has such a term.
    """
    root = read_tree(content, title=_TITLE)
    if root.tag != "mtf":
        raise unreadable(_TITLE, FileProblem("wrong-root", {"element": root.tag, "expected": "mtf"}))
    groups = root.findall("conceptGrp")
    own = any(field.get("type") == _ID for field in root.iter("descrip"))
    reader = _Reader(own, [] if notices is None else notices)
    drafts = [reader.draft(group) for group in groups]
    taken = {draft.id for draft in drafts}
    for number, draft in enumerate(drafts, 1):
        draft.id = draft.id or unused_id(str(number), taken)
    concepts = tuple(draft.build(notices=reader.notices) for draft in drafts if any(draft.terms.values()))
    if groups and not concepts:
        raise unreadable(_TITLE, FileProblem("no-languages", {"count": len(groups)}))
    return concepts if own else with_unique_ids(concepts)


@attrs.frozen
class _Reader:
    """Reads the groups of a file; `own` if this library wrote it, so that white space is part of a text."""

    own: bool
    notices: list[FileProblem]

    def draft(self, group: Element) -> ConceptDraft:
        draft = ConceptDraft((group.findtext("concept") or "").strip())
        for name, text in self.fields(group):
            self._concept_field(draft, name, text)
        for section in group.findall("languageGrp"):
            self._section(draft, section)
        return draft

    def _concept_field(self, draft: ConceptDraft, name: str, text: str) -> None:
        plain = name.casefold()
        if plain == _ID.casefold():
            draft.id = text
        elif plain in _SUBJECTS:
            draft.subjects.append(text)
        elif plain in _NOTES:
            draft.notes.append(text)
        elif plain in ("definition en", "definition ja"):
            draft.definitions["ja" if plain.endswith("ja") else "en"].append(text)
        elif plain == "passage":
            draft.passages.append(text)
        elif plain == "rendering":
            try:
                draft.renderings.append(loads_rendering(text))
            except ValueError:
                draft.notes.append(f"{name}: {text}")
        else:
            draft.notes.append(f"{name}: {text}")

    def _section(self, draft: ConceptDraft, section: Element) -> None:
        language = section.find("language")
        tag, name = (language.get("lang", ""), language.get("type", "")) if language is not None else ("", "")
        lang = language_of(tag) or {"english": "en", "japanese": "ja"}.get(name.split(" ")[0].casefold())
        terms = section.findall("termGrp")
        if lang not in ("en", "ja"):
            draft.notes += [
                f"{tag or name}: {text}" for group in terms if (text := self.text(group.find("term")))
            ]
            return
        side: Lang = "en" if lang == "en" else "ja"
        for field, text in self.fields(section):
            if field.casefold() in _DEFINITIONS:
                draft.definitions[side].append(text)
            else:
                draft.notes.append(f"{side} {field}: {text}")
        for group in terms:
            if text := self.text(group.find("term")):
                draft.terms[side].append(
                    self._term(text, side, group, first=not draft.terms[side], draft=draft)
                )

    def _term(self, text: str, lang: Lang, group: Element, *, first: bool, draft: ConceptDraft) -> Term:
        status: NameStatus | None = None
        notes: list[str] = []
        fields: list[Field] = []
        for name, value in self.fields(group):
            plain = name.casefold()
            if plain in _STATUS_FIELDS:
                status = parse_status(value)
                if status is None:
                    self.notices.append(FileProblem("unknown-status", {"status": value}, path=draft.id))
                    notes.append(f"{name}: {value}")
                    status = "admitted"
            elif plain == "forbidden" and is_yes(value):
                status = "deprecated"
            elif plain in _DEFINITIONS:
                draft.definitions[lang].append(value)
            elif plain in _NOTES:
                notes.append(value)
            elif plain in _READ_FIELDS:
                fields.append((name, value))
            else:
                notes.append(f"{name}: {value}")
        term = Term(text, lang, status or ("preferred" if first else "admitted"))
        for name, value in fields:
            field = _READ_FIELDS[name.casefold()]
            unset = getattr(term, field) == attrs.fields_dict(Term)[field].default
            try:
                term = attrs.evolve(term, **{field: parse_field(field, value)}) if unset else term
            except ValueError:
                unset = False
            if not unset:
                notes.append(f"{name}: {value}")
        return attrs.evolve(term, note="\n".join(notes))

    def fields(self, owner: Element) -> Iterator[Field]:
        """Yield the fields directly in a group; a field inside another one comes after it."""
        for group in owner.findall("descripGrp"):
            field = group.find("descrip")
            if field is not None and ((text := self.text(field)) or self.own):
                yield field.get("type", "").strip(), text
            yield from self.fields(group)

    def text(self, element: Element | None) -> str:
        text = "" if element is None else "".join(element.itertext())
        return text if self.own else " ".join(text.split())
