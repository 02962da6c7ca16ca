"""Concepts reduced to the fields that a format supports: the expected results of round trips."""

import re
from collections.abc import Collection
from typing import Any

import attrs

from alliance_ref.records import GlossaryConcept, LanguageSection, Term
from alliance_ref.records.values import Period

_OF_TERMS: dict[str, dict[str, Any]] = {
    "reading": {"reading": None},
    "transliteration": {"transliteration": None},
    "validity": {"valid": Period()},
    "reliability": {"reliability": None},
    "part of speech": {"part_of_speech": ""},
    "context": {"context": ""},
    "term note": {"note": ""},
    "source": {"source": ""},
}
_OF_CONCEPTS: dict[str, dict[str, Any]] = {
    "subject": {"subject": ""},
    "concept note": {"note": ""},
    "rendering": {"renderings": ()},
    "passage": {"passages": ()},
    "termhood": {"termhood": None},
}


def blanked(concept: GlossaryConcept, holds: Collection[str]) -> GlossaryConcept | None:
    """Return *concept* with only the supported fields, or ``None`` if the format leaves it out."""
    sections = (concept.en, concept.ja)
    sides = [section.terms if "status" in holds else section.usable for section in sections]
    if not any(sides) or ("concept with one language" not in holds and not all(sides)):
        return None
    changes: dict[str, Any] = {}
    for field, empty in _OF_CONCEPTS.items():
        if field not in holds:
            changes |= empty
    blank = attrs.evolve(concept, **changes)
    en, ja = _section(concept.en, holds), _section(concept.ja, holds)
    renderings = tuple(
        attrs.evolve(rendering, attestations=rendering.attestations if "attestation" in holds else ())
        for rendering in blank.renderings
        if rendering.en in {term.text for term in en} and rendering.ja in {term.text for term in ja}
    )
    return attrs.evolve(blank, en=en, ja=ja, renderings=renderings)


def _section(section: LanguageSection, holds: Collection[str]) -> LanguageSection:
    changes: dict[str, Any] = {}
    for field, empty in _OF_TERMS.items():
        if field not in holds:
            changes |= empty
    terms = section.terms
    if "status" not in holds:
        terms = section.usable
        # The preferred term comes first, and all others are admitted.
        first = sorted(terms, key=lambda term: term is not section.preferred)
        terms = tuple(
            attrs.evolve(term, status="admitted" if place else "preferred")
            for place, term in enumerate(first)
        )
    if "further terms" not in holds and terms and section.preferred is not None:
        terms = (next(term for term in terms if term.text == section.preferred.text),)
    blank: tuple[Term, ...] = tuple(attrs.evolve(term, **changes) for term in terms)
    return attrs.evolve(section, terms=blank, definition=section.definition if "definition" in holds else "")


def on_one_line(concept: GlossaryConcept) -> GlossaryConcept:
    """Return *concept* with each run of white space as one space, for formats with one value per line."""

    def flat(value: Any) -> Any:
        if isinstance(value, str):
            return re.sub(r"\s+", " ", " ".join(value.split()))
        if isinstance(value, tuple):
            return tuple(flat(item) for item in value)
        if attrs.has(type(value)):
            fields = attrs.fields(type(value))
            return attrs.evolve(value, **{f.name: flat(getattr(value, f.name)) for f in fields})
        return value

    result = flat(concept)
    assert isinstance(result, GlossaryConcept)
    return result


def without_termhood(concepts: tuple[GlossaryConcept, ...]) -> tuple[GlossaryConcept, ...]:
    """Return *concepts* as a format round-trips them that supports all other fields."""
    return tuple(attrs.evolve(concept, termhood=None) for concept in concepts)
