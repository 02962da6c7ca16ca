"""Read and write glossaries as TMX 1.4b, with one unit for each pair of terms.

A unit has the properties of its pair; each text has those of its term. The first unit of a concept also has
the data of the concept. A term that is in no rendering is paired with the preferred term of the other
language, or is alone.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from xml.etree.ElementTree import Element

import attrs

from alliance_ref.errors import FileProblem, unreadable
from alliance_ref.exchange.bitexts.tmx import FOOTER, TITLE, TmxFile, header, prop, tu
from alliance_ref.exchange.capabilities import ALL_FIELDS, NOT_IN_XML
from alliance_ref.exchange.concept_drafts import LANGS, ConceptDraft, parse_field, unused_id, with_unique_ids
from alliance_ref.exchange.glossaries.renderings_json import dumps_rendering, loads_rendering
from alliance_ref.exchange.limits import is_whole_number
from alliance_ref.exchange.xml.reading import as_file
from alliance_ref.exchange.xml.writing import xml_attribute, xml_clean, xml_text
from alliance_ref.records.glossary import GlossaryConcept, LanguageSection, Rendering, Term
from alliance_ref.records.values import Lang
from alliance_ref.text.scripts import language_of

SUPPORTED_FIELDS = ALL_FIELDS - {NOT_IN_XML}

_Pair = tuple[int | None, int | None]
"""The positions of an English and a Japanese term in their sections."""


def dumps(concepts: Iterable[GlossaryConcept]) -> str:
    """Return *concepts* as TMX, with English as the source language.

    Characters that XML does not allow are replaced by U+FFFD.

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
    written = set[tuple[Lang, int]]()
    for place, (pair, rendering) in enumerate(_pairs(concept)):
        inside = [prop("x-number", number)]
        if place == 0:
            inside = [*_notes(concept.note), *inside, *_concept_props(concept)]
        if rendering is not None:
            inside.append(prop("x-rendering", dumps_rendering(rendering, xml_clean)))
        sides = []
        for lang, index in zip(LANGS, pair, strict=True):
            if index is not None:
                term = concept.section(lang)[index]
                elements = [prop("x-place", index)]
                if (lang, index) not in written:
                    elements = [*_notes(term.note), *elements, *_term_props(term)]
                    written.add((lang, index))
                sides.append((lang, term.text, elements))
        yield tu(sides, inside, f" tuid={xml_attribute(concept.id)}")


def _pairs(concept: GlossaryConcept) -> Iterator[tuple[_Pair, Rendering | None]]:
    """Yield the units of a concept: each rendering, then each term that is in no rendering."""
    places = {
        lang: {term.text: place for place, term in reversed(list(enumerate(concept.section(lang))))}
        for lang in LANGS
    }
    seen: dict[Lang, set[int]] = {"en": set(), "ja": set()}
    for rendering in concept.renderings:
        pair = places["en"][rendering.en], places["ja"][rendering.ja]
        seen["en"].add(pair[0])
        seen["ja"].add(pair[1])
        yield pair, rendering
    preferred = {lang: _preferred(concept.section(lang)) for lang in LANGS}
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


def _concept_props(concept: GlossaryConcept) -> Iterator[str]:
    if concept.subject:
        yield prop("x-subject", concept.subject)
    for section in (concept.en, concept.ja):
        if section.definition:
            yield prop(f"x-definition-{section.lang}", section.definition)
    for passage in concept.passages:
        yield prop("x-passage", passage)
    if concept.termhood is not None:
        yield prop("x-termhood", repr(concept.termhood))


def _term_props(term: Term) -> Iterator[str]:
    yield prop("x-status", term.status)
    for name, field in _FIELDS.items():
        value = getattr(term, field)
        if value != attrs.fields_dict(Term)[field].default and field != "status":
            yield prop(name, value)


def _notes(text: str) -> list[str]:
    return [f"<note>{xml_text(text)}</note>"] if text else []


_FIELDS = {
    "x-status": "status",
    "x-reading": "reading",
    "x-transliteration": "transliteration",
    "x-valid": "valid",
    "x-reliability": "reliability",
    "x-part-of-speech": "part_of_speech",
    "x-context": "context",
    "x-source": "source",
}
"""The properties of a text, and the fields of a term to which they belong."""


@attrs.define
class _Unit:
    """The parts of a concept that have been read so far, with its terms by position."""

    draft: ConceptDraft
    terms: dict[Lang, dict[int, Term]] = attrs.Factory(lambda: {"en": {}, "ja": {}})

    def concept(self, notices: list[FileProblem]) -> GlossaryConcept | None:
        if not any(self.terms.values()):
            return None
        for lang in LANGS:
            self.draft.terms[lang] = [term for _, term in sorted(self.terms[lang].items())]
        return self.draft.build(notices=notices)


def loads(content: str | bytes, *, notices: list[FileProblem] | None = None) -> tuple[GlossaryConcept, ...]:
    """Return the concepts of a TMX file: those that `dumps` wrote, else one for each unit.

    In a memory from another program, the id of a concept is the ``tuid`` of the unit or its number from 1,
    and other properties go into the notes, as in ``x-client: A``.

    Args:
        content: The content of the file.
        notices: Receives renderings of terms that are not in their concept.

    Raises:
        UnreadableFile: The content is not a TMX file, or no unit in it has a text in English or Japanese.
    """
    file = TmxFile(as_file(content, title=TITLE))
    found: dict[str, _Unit] = {}
    notices = [] if notices is None else notices
    any_own, number = False, 0
    for number, element in enumerate(file, 1):
        props = dict(file.props(element))
        own = props.get("x-number") if "alliance_ref" in file.header.get("creationtool", "") else None
        key = f"={own}" if own else str(number)
        any_own |= own is not None
        draft = ConceptDraft((element.get("tuid") or "").strip())
        _read_unit(found.setdefault(key, _Unit(draft)), file, element, own=own is not None)
    taken = {unit.draft.id for unit in found.values()}
    for key, unit in found.items():
        unit.draft.id = unit.draft.id or unused_id(key, taken)
    concepts = tuple(filter(None, (unit.concept(notices) for unit in found.values())))
    if number and not concepts:
        raise unreadable(TITLE, FileProblem("no-languages", {"count": number}))
    return concepts if any_own else with_unique_ids(concepts)


def _read_unit(unit: _Unit, file: TmxFile, element: Element, *, own: bool) -> None:
    draft = unit.draft
    draft.notes += file.notes(element)
    for name, text in file.props(element):
        _read_prop(draft, name, text, own=own)
    for code, variant, text in file.variants(element):
        if not text.strip():
            continue
        lang = language_of(code)
        if lang is None:
            draft.notes.append(f"{code}: {text}")
            continue
        terms = unit.terms[lang]
        props = dict(file.props(variant))
        position = props.pop("x-place", "") if own else ""
        place = int(position) if is_whole_number(position) else len(terms)
        if place in terms:
            continue
        term = Term(text if own else " ".join(text.split()), lang, "admitted" if place else "preferred")
        terms[place] = _filled(term, file.notes(variant), props)


def _read_prop(draft: ConceptDraft, name: str, text: str, *, own: bool) -> None:
    if name == "x-subject":
        draft.subjects = [text]
    elif name == "x-definition-en":
        draft.definitions["en"] = [text]
    elif name == "x-definition-ja":
        draft.definitions["ja"] = [text]
    elif name == "x-passage":
        draft.passages.append(text)
    elif name == "x-termhood" and own:
        with suppress(ValueError):
            draft.termhood = float(text)
    elif name == "x-rendering" and own:
        with suppress(ValueError):
            draft.renderings.append(loads_rendering(text))
    elif name != "x-number":
        draft.notes.append(f"{name}: {text}")


def _filled(term: Term, notes: list[str], props: dict[str, str]) -> Term:
    """Return the term with the fields in *props*; properties that no field accepts become notes."""
    try:
        fields = {_FIELDS[name]: parse_field(_FIELDS[name], value) for name, value in props.items()}
        return attrs.evolve(term, note="\n".join(notes), **fields)
    except (KeyError, ValueError):
        pass  # find out which of the properties is not accepted
    for name, value in props.items():
        try:
            field = _FIELDS[name]
            term = attrs.evolve(term, **{field: parse_field(field, value)})
        except (KeyError, ValueError):
            notes.append(f"{name}: {value}")
    return attrs.evolve(term, note="\n".join(notes))
