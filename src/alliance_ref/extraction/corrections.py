"""Apply the decisions of a person to a glossary that was built from units.

The approved concepts come first, as they are written. They take over the evidence that the build found for
their pairs, and replace the renderings that the build found for their English terms. Rejected pairs are left
out. Applying the same decisions to the same build again gives the same glossary.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import attrs

from alliance_ref.exchange.concept_drafts import unused_id
from alliance_ref.extraction.concepts import kana_reading
from alliance_ref.extraction.records import MAX_PLACES
from alliance_ref.glossary.concepts import (
    contradict,
    pair_key,
    rejection,
    term_key,
    with_preferred,
    without_pairs,
)
from alliance_ref.glossary.decisions import Decisions, usable_pairs
from alliance_ref.glossary.glossary import Glossary
from alliance_ref.records.glossary import (
    GlossaryConcept,
    LanguageSection,
    PairAttestation,
    Rendering,
    Term,
    Use,
)
from alliance_ref.records.values import LANGS, PartialDate
from alliance_ref.text.romanization import romanize

PairKey = tuple[str, str]


def corrected(built: Glossary, decisions: Decisions) -> Glossary:
    """Return the glossary *built* with the decisions of a person applied."""
    if not decisions:
        return built
    approved = decisions.terms()
    keys = {pair_key(*pair) for concept in approved for pair in usable_pairs(concept)}
    is_refused = rejection(pair for pair in decisions.rejected if pair_key(pair.en, pair.ja) not in keys)
    evidence = _Evidence(built)
    found = [left for concept in built if (left := without_pairs(concept, is_refused)) is not None]
    replacement = _Replacement(found)
    complete = [item.is_complete for item in decisions.approved]
    kept = [
        replacement.take(evidence.added_to(concept), is_complete=is_complete)
        for concept, is_complete in zip(approved, complete, strict=True)
    ]
    taken = {concept.id for concept in kept}
    rest = []
    for concept in replacement.left():
        rest.append(
            attrs.evolve(concept, id=unused_id(concept.id, taken)) if concept.id in taken else concept
        )
        taken.add(rest[-1].id)
    return Glossary((*kept, *rest), decisions.rejected)


class _Evidence:
    """The evidence of a build for each pair, in any spelling."""

    def __init__(self, built: Iterable[GlossaryConcept]) -> None:
        self._renderings: defaultdict[PairKey, list[Rendering]] = defaultdict(list)
        for concept in built:
            for rendering in concept.renderings:
                self._renderings[pair_key(rendering.en, rendering.ja)].append(rendering)

    def added_to(self, concept: GlossaryConcept) -> GlossaryConcept:
        """Return an approved concept with the places of its pairs, and with readings that it lacks."""
        written = {(item.en, item.ja): item for item in concept.renderings}
        usable = [(en.text, ja.text) for en in concept.en.usable for ja in concept.ja.usable]
        pairs = dict.fromkeys(pair for pair in usable_pairs(concept) if all(pair))
        pairs |= dict.fromkeys(pair for pair in usable if pair_key(*pair) in self._renderings)
        renderings = []
        for pair in pairs:
            found = self._renderings.get(pair_key(*pair))
            if found:
                renderings.append(_joined(*pair, found))
            else:
                renderings.append(written.get(pair) or Rendering(*pair))
        passages = dict.fromkeys(concept.passages)
        passages |= dict.fromkeys(
            place.passage for item in renderings for place in item.attestations if "#" in place.passage
        )
        return attrs.evolve(
            concept,
            ja=attrs.evolve(concept.ja, terms=tuple(map(_with_reading, concept.ja))),
            renderings=tuple(renderings),
            passages=tuple(passages),
            termhood=None,
        )


def _with_reading(term: Term) -> Term:
    """Return a term with a reading, as the terms of a build have one."""
    kana = term.reading or kana_reading(term.text)
    if kana is None:
        return term
    return attrs.evolve(term, reading=kana, transliteration=term.transliteration or romanize(kana))


def _joined(en: str, ja: str, found: Sequence[Rendering]) -> Rendering:
    """Return a pair that a person approved, with the evidence of all its spellings and without a score."""
    uses: dict[tuple[str, PartialDate | None], int] = {}
    places: dict[PairAttestation, None] = {}
    for rendering in found:
        for use in rendering.uses:
            uses[use.document, use.date] = uses.get((use.document, use.date), 0) + use.count
        places |= dict.fromkeys(rendering.attestations)
    return Rendering(
        en,
        ja,
        None,
        sum(rendering.count for rendering in found),
        tuple(places)[:MAX_PLACES],
        tuple(Use(document, count, date) for (document, date), count in uses.items()),
    )


class _Replacement:
    """The concepts of a build while approved concepts replace their renderings."""

    def __init__(self, concepts: Sequence[GlossaryConcept]) -> None:
        self._concepts: dict[int, GlossaryConcept] = dict(enumerate(concepts))
        self._ids: Mapping[str, int] = {concept.id: place for place, concept in enumerate(concepts)}
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        for place, concept in enumerate(concepts):
            for key in dict.fromkeys(term_key(term.text, "en") for term in concept.en):
                self._places[key].append(place)

    def left(self) -> tuple[GlossaryConcept, ...]:
        """Return what is left of the concepts."""
        return tuple(self._concepts.values())

    def take(self, approved: GlossaryConcept, *, is_complete: bool) -> GlossaryConcept:
        """Take the renderings of the English terms of *approved*; add them to it unless it is complete."""
        english = {term_key(term.text, "en") for term in approved.en.usable}
        places = dict.fromkeys(place for key in english for place in self._places.get(key, ()))
        same = self._ids.get(approved.id)
        for place in sorted(places):
            concept = self._concepts.get(place)
            if concept is None:
                continue
            taken, left = _divided(concept, english)
            if not is_complete:
                approved = _extended(approved, taken)
            if place == same and not contradict(approved, concept):
                left = None
            self._put(place, left)
        return approved

    def _put(self, place: int, left: GlossaryConcept | None) -> None:
        if left is None:
            del self._concepts[place]
        else:
            self._concepts[place] = left


def _divided(concept: GlossaryConcept, english: set[str]) -> tuple[GlossaryConcept, GlossaryConcept | None]:
    """Return a concept with its renderings of some English terms, and with the others, if there are any."""

    def is_taken(en: str, _ja: str) -> bool:
        return term_key(en, "en") in english

    taken = without_pairs(concept, lambda en, ja: not is_taken(en, ja))
    return taken or concept, without_pairs(concept, is_taken)


def _extended(approved: GlossaryConcept, found: GlossaryConcept) -> GlossaryConcept:
    """Return an approved concept with the renderings that the build found, after its own."""
    known = {pair_key(item.en, item.ja) for item in approved.renderings}
    renderings = [item for item in found.renderings if pair_key(item.en, item.ja) not in known]
    en, ja = (
        _with_terms(approved.section(lang), found.section(lang), {getattr(item, lang) for item in renderings})
        for lang in LANGS
    )
    return attrs.evolve(approved, en=en, ja=ja, renderings=(*approved.renderings, *renderings))


def _with_terms(section: LanguageSection, found: LanguageSection, texts: set[str]) -> LanguageSection:
    known = {term.text for term in section}
    added = [
        attrs.evolve(term, status="admitted" if term.status == "preferred" else term.status)
        for term in found
        if term.text in texts - known or (term.status == "abbreviation" and term.text not in known)
    ]
    return with_preferred(attrs.evolve(section, terms=(*section.terms, *added)))
