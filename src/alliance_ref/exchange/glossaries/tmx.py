"""Glossaries as TMX 1.4b: a unit for each pair of terms, so that every translation memory takes them.

A unit has the properties of its pair, each text those of its term. What belongs to the concept stands in its
first unit. Terms that no rendering pairs stand beside the preferred term of the other language, or alone.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any
from xml.etree.ElementTree import Element

import attrs

from alliance_ref.errors import BadFile
from alliance_ref.exchange.bitexts.tmx import FOOTER, TmxFile, header, prop, tu
from alliance_ref.exchange.capabilities import ALL, NOT_IN_XML
from alliance_ref.exchange.glossaries.renderings_json import dumps_rendering, loads_rendering
from alliance_ref.exchange.languages import side_of
from alliance_ref.exchange.xml.reading import as_file
from alliance_ref.exchange.xml.writing import xml_attribute, xml_clean, xml_text
from alliance_ref.records.glossary import GlossaryConcept, LanguageSection, Rendering, Term
from alliance_ref.records.values import Lang, PartialDate, Period

HOLDS = ALL - {NOT_IN_XML}

_LANGS: tuple[Lang, Lang] = ("en", "ja")
_Pair = tuple[int | None, int | None]
"""The places of an English and a Japanese term in their sections."""


def dumps(concepts: Iterable[GlossaryConcept]) -> str:
    """The concepts as TMX, English as the source language.

    Characters that XML cannot hold are replaced by U+FFFD.

    >>> from alliance_ref.records import GlossaryConcept, LanguageSection, Term
    >>> alliance = GlossaryConcept("alliance", LanguageSection("en", (Term("alliance", "en"),)))
    >>> loads(dumps([alliance])) == (alliance,)
    True
    """
    return "".join(_pieces(concepts))


def _pieces(concepts: Iterable[GlossaryConcept]) -> Iterator[str]:
    yield header(segtype="phrase")
    for number, concept in enumerate(concepts):
        yield from _concept(concept, number)
    yield FOOTER


def _concept(concept: GlossaryConcept, number: int) -> Iterator[str]:
    told = set[tuple[Lang, int]]()
    for place, (pair, rendering) in enumerate(_pairs(concept)):
        inside = [prop("x-number", number)]
        if place == 0:
            inside = [*_notes(concept.note), *inside, *_of_concept(concept)]
        if rendering is not None:
            inside.append(prop("x-rendering", dumps_rendering(rendering, xml_clean)))
        sides = []
        for lang, index in zip(_LANGS, pair, strict=True):
            if index is not None:
                term = concept.section(lang)[index]
                elements = [prop("x-place", index)]
                if (lang, index) not in told:
                    elements = [*_notes(term.note), *elements, *_of_term(term)]
                    told.add((lang, index))
                sides.append((lang, term.text, elements))
        yield tu(sides, inside, f" tuid={xml_attribute(concept.id)}")


def _pairs(concept: GlossaryConcept) -> Iterator[tuple[_Pair, Rendering | None]]:
    """The units of a concept: each rendering, then each term that stands in none of them."""
    places = {
        lang: {term.text: place for place, term in reversed(list(enumerate(concept.section(lang))))}
        for lang in _LANGS
    }
    seen: dict[Lang, set[int]] = {"en": set(), "ja": set()}
    for rendering in concept.renderings:
        pair = places["en"][rendering.en], places["ja"][rendering.ja]
        seen["en"].add(pair[0])
        seen["ja"].add(pair[1])
        yield pair, rendering
    preferred = {lang: _preferred(concept.section(lang)) for lang in _LANGS}
    for place in range(len(concept.en)):
        if place not in seen["en"]:
            if preferred["ja"] is not None:
                seen["ja"].add(preferred["ja"])
            yield (place, preferred["ja"]), None
    for place in range(len(concept.ja)):
        if place not in seen["ja"]:
            yield (preferred["en"], place), None


def _preferred(section: LanguageSection) -> int | None:
    return next((place for place, term in enumerate(section) if term is section.preferred), None)


def _of_concept(concept: GlossaryConcept) -> Iterator[str]:
    if concept.subject:
        yield prop("x-subject", concept.subject)
    for section in (concept.en, concept.ja):
        if section.definition:
            yield prop(f"x-definition-{section.lang}", section.definition)
    for passage in concept.passages:
        yield prop("x-passage", passage)


def _of_term(term: Term) -> Iterator[str]:
    yield prop("x-status", term.status)
    for name, (field, _) in _FIELDS.items():
        value = getattr(term, field)
        if value != attrs.fields_dict(Term)[field].default and field != "status":
            yield prop(name, value)


def _notes(text: str) -> list[str]:
    return [f"<note>{xml_text(text)}</note>"] if text else []


def _period(text: str) -> Period:
    start, end = text.split("/")
    return Period(*(PartialDate.parse(day) if day else None for day in (start, end)))


_FIELDS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "x-status": ("status", str),
    "x-reading": ("reading", str),
    "x-transliteration": ("transliteration", str),
    "x-valid": ("valid", _period),
    "x-reliability": ("reliability", float),
    "x-part-of-speech": ("part_of_speech", str),
    "x-context": ("context", str),
    "x-source": ("source", str),
}
"""The properties of a text, and the fields of a term that they fill."""


@attrs.define
class _Draft:
    id: str
    subject: str = ""
    notes: list[str] = attrs.Factory(list)
    passages: list[str] = attrs.Factory(list)
    renderings: list[Rendering] = attrs.Factory(list)
    definitions: dict[str, str] = attrs.Factory(dict)
    terms: dict[Lang, dict[int, Term]] = attrs.Factory(lambda: {"en": {}, "ja": {}})

    def concept(self) -> GlossaryConcept | None:
        if not any(self.terms.values()):
            return None
        en, ja = (
            LanguageSection(
                lang,
                tuple(term for _, term in sorted(self.terms[lang].items())),
                self.definitions.get(lang, ""),
            )
            for lang in _LANGS
        )
        texts = {term.text for term in (*en, *ja)}
        renderings = tuple(item for item in self.renderings if item.en in texts and item.ja in texts)
        note, passages = "\n".join(self.notes), tuple(self.passages)
        return GlossaryConcept(
            self.id, en, ja, subject=self.subject, note=note, renderings=renderings, passages=passages
        )


def loads(given: str | bytes, *, where: str = "<text>") -> tuple[GlossaryConcept, ...]:
    """The concepts of a TMX file: those that :func:`dumps` wrote, else one for each unit.

    Of a memory that other programs wrote, a concept has the unit's ``tuid`` as its id, or its number from 1,
    and properties that are not known here stand in the notes, as ``x-client: A``.

    Raises:
        BadFile: if it is no TMX file, or no unit in it has a text in English or Japanese.
    """
    file = TmxFile(as_file(given, where=where), where=where)
    drafts: dict[str, _Draft] = {}
    number = 0
    for number, unit in enumerate(file, 1):
        props = dict(file.props(unit))
        own = props.get("x-number") if "alliance_ref" in file.header.get("creationtool", "") else None
        key = f"={own}" if own else str(number)
        draft = drafts.setdefault(key, _Draft((unit.get("tuid") or "").strip() or str(number)))
        _read_unit(draft, file, unit, own=own is not None)
    concepts = tuple(filter(None, (draft.concept() for draft in drafts.values())))
    if number and not concepts:
        raise BadFile(where, f"none of its {number} units has an English or a Japanese text")
    return concepts


def _read_unit(draft: _Draft, file: TmxFile, unit: Element, *, own: bool) -> None:
    draft.notes += file.notes(unit)
    for name, text in file.props(unit):
        if name == "x-subject":
            draft.subject = text
        elif name in ("x-definition-en", "x-definition-ja"):
            draft.definitions[name[-2:]] = text
        elif name == "x-passage":
            draft.passages.append(text)
        elif name == "x-rendering" and own:
            with suppress(ValueError):
                draft.renderings.append(loads_rendering(text))
        elif name != "x-number":
            draft.notes.append(f"{name}: {text}")
    for code, variant, text in file.variants(unit):
        if not text.strip():
            continue
        lang = side_of(code)
        if lang is None:
            draft.notes.append(f"{code}: {text}")
            continue
        known = draft.terms[lang]
        props = dict(file.props(variant))
        place = int(given) if own and (given := props.pop("x-place", "")).isdecimal() else len(known)
        if place in known:
            continue
        words = text if own else " ".join(text.split())
        term = Term(words, lang, "preferred" if place == 0 else "admitted")
        known[place] = _filled(term, file.notes(variant), props)


def _filled(term: Term, notes: list[str], props: dict[str, str]) -> Term:
    for name, value in props.items():
        try:
            field, convert = _FIELDS[name]
            term = attrs.evolve(term, **{field: convert(value)})
        except (KeyError, ValueError):
            notes.append(f"{name}: {value}")
    return attrs.evolve(term, note="\n".join(notes))
