"""Merge two glossaries into one and report their conflicts.

An empty field of one glossary is filled from the other. If both have different values, the value of the first
is kept and a conflict is reported. Counts for one document are not added, since the same file may be in both
glossaries: the uses in a document of one date count once, with the higher count.
"""

from collections.abc import Iterable, Sequence
from typing import TypeVar

import attrs

from alliance_ref.glossary.concepts import counterparts, periods_overlap
from alliance_ref.records.glossary import GlossaryConcept, LanguageSection, Rendering, Term, Use
from alliance_ref.records.values import Lang, PartialDate, Period
from alliance_ref.text.keys import reading_key, romaji_key

T = TypeVar("T")


@attrs.frozen
class MergeConflict:
    """A field of a concept in which two glossaries differ.

    `field` is ``subject``, ``definition``, ``status``, ``validity``, ``transliteration``, ``part of speech``
    or ``context``: the merged glossary has the value `kept`, not the value `given`. It may also be
    ``preferred`` (both have a preferred term: the second becomes admitted), ``reading`` (both are kept as
    terms) or ``id`` (two concepts with the same id have no common term: the second gets a new id, `kept`).
    `lang` and `term` are the section or term that has the field, if any.

    >>> import alliance_ref as ar
    >>> ours = ar.reference_glossary().subset(["camp-zama"])
    >>> (conflict,) = ours.conflicts(ours.with_status("camp-zama", "座間", "deprecated"))
    >>> conflict.field, conflict.term, conflict.kept, conflict.given
    ('status', '座間', 'abbreviation', 'deprecated')
    """

    concept: str
    field: str
    kept: str
    given: str
    lang: Lang | None = None
    term: str = ""

    def __str__(self) -> str:
        of = f" of {self.term}" if self.term else f" ({self.lang})" if self.lang else ""
        return f"{self.concept}: {self.field}{of}: {self.kept!r} kept, {self.given!r} given"


@attrs.frozen
class Merged:
    """The merged concepts of two glossaries, and their conflicts."""

    concepts: tuple[GlossaryConcept, ...]
    conflicts: tuple[MergeConflict, ...]


def merged(ours: Sequence[GlossaryConcept], theirs: Sequence[GlossaryConcept]) -> Merged:
    """Merge two glossaries: the concepts of *ours* in order, then those that only *theirs* has."""
    same = counterparts(ours, theirs, by_id_alone=False)
    concepts = list(ours)
    ids = {concept.id for concept in ours}
    # A new id must not be one that theirs uses later.
    taken = ids | {concept.id for concept in theirs}
    conflicts: list[MergeConflict] = []
    for place, concept in enumerate(theirs):
        if place in same:
            merger = _Merger(concepts[same[place]], conflicts)
            concepts[same[place]] = merger.with_concept(concept)
        elif concept.id in ids:
            new = next(
                name for number in range(2, len(taken) + 3) if (name := f"{concept.id}-{number}") not in taken
            )
            taken.add(new)
            ids.add(new)
            conflicts.append(MergeConflict(concept.id, "id", new, concept.id))
            concepts.append(attrs.evolve(concept, id=new))
        else:
            ids.add(concept.id)
            concepts.append(concept)
    return Merged(tuple(concepts), tuple(conflicts))


class _Merger:
    """Merges another concept into a concept."""

    def __init__(self, ours: GlossaryConcept, conflicts: list[MergeConflict]) -> None:
        self._ours = ours
        self._conflicts = conflicts

    def with_concept(self, theirs: GlossaryConcept) -> GlossaryConcept:
        ours = self._ours
        if ours == theirs:
            return ours
        return GlossaryConcept(
            ours.id,
            self._section(ours.en, theirs.en),
            self._section(ours.ja, theirs.ja),
            subject=self._one("subject", ours.subject, theirs.subject),
            note=_both(ours.note, theirs.note, "\n"),
            renderings=_renderings(ours.renderings, theirs.renderings),
            passages=_union(ours.passages, theirs.passages),
            termhood=theirs.termhood if ours.termhood is None else ours.termhood,
        )

    def _conflict(self, field: str, kept: object, given: object, of: Term | Lang | None) -> None:
        term = of if isinstance(of, Term) else None
        lang = of.lang if isinstance(of, Term) else of
        self._conflicts.append(
            MergeConflict(self._ours.id, field, str(kept), str(given), lang, term.text if term else "")
        )

    def _one(self, field: str, ours: T, theirs: T, of: Term | Lang | None = None) -> T:
        """Return the common or only value; if the values differ, return ours and add a conflict."""
        if not ours or ours == theirs:
            return theirs
        if theirs:
            self._conflict(field, ours, theirs, of)
        return ours

    def _section(self, ours: LanguageSection, theirs: LanguageSection) -> LanguageSection:
        terms = list(ours.terms)
        for term in theirs:
            place = _place(term, terms)
            if place is not None:
                terms[place] = self._term(terms[place], term)
                continue
            for known in ours.terms:
                if known.text == term.text and periods_overlap(known.valid, term.valid):
                    self._conflict("reading", known.reading, term.reading, term)
            rival = next((other for other in ours.terms if _rivals(other, term)), None)
            if rival is not None:
                self._conflict("preferred", rival.text, term.text, ours.lang)
                term = attrs.evolve(term, status="admitted")  # noqa: PLW2901 - the one that goes in
            terms.append(term)
        definition = self._one("definition", ours.definition, theirs.definition, ours.lang)
        return LanguageSection(ours.lang, tuple(terms), definition)

    def _term(self, ours: Term, theirs: Term) -> Term:
        if ours == theirs:
            return ours
        if ours.status != theirs.status:
            self._conflict("status", ours.status, theirs.status, ours)
        valid = ours.valid
        if valid == Period():
            valid = theirs.valid
        elif theirs.valid not in (Period(), valid):
            self._conflict("validity", valid, theirs.valid, ours)
        return attrs.evolve(
            ours,
            reading=_more_detailed(ours.reading, theirs.reading),
            transliteration=self._transliteration(ours, theirs),
            valid=valid,
            reliability=_higher_score(ours.reliability, theirs.reliability),
            part_of_speech=self._one("part of speech", ours.part_of_speech, theirs.part_of_speech, ours),
            context=self._one("context", ours.context, theirs.context, ours),
            note=_both(ours.note, theirs.note, "\n"),
            source=_both(ours.source, theirs.source, "; "),
        )

    def _transliteration(self, ours: Term, theirs: Term) -> str | None:
        one, other = ours.transliteration, theirs.transliteration
        if one and other and romaji_key(one) != romaji_key(other):
            self._conflict("transliteration", one, other, ours)
            return one
        return _more_detailed(one, other)


def _more_detailed(one: str | None, other: str | None) -> str | None:
    """Return the more detailed of two spellings: with spaces between words, with more capitals."""
    given = [text for text in (one, other) if text]
    return max(given, key=lambda text: (len(text), sum(map(str.isupper, text)), text), default=None)


def _place(term: Term, terms: Sequence[Term]) -> int | None:
    """Return the position of the same term: same text and reading, in use at the same time."""
    alike = [
        place
        for place, other in enumerate(terms)
        if other.text == term.text
        and periods_overlap(other.valid, term.valid)
        and (not other.reading or not term.reading or reading_key(other.reading) == reading_key(term.reading))
    ]
    if not alike:
        return None
    return min(alike, key=lambda place: (terms[place] != term, terms[place].valid != term.valid, place))


def _rivals(ours: Term, theirs: Term) -> bool:
    """Return whether both terms are preferred on a common day."""
    if ours.status != "preferred" or theirs.status != "preferred":
        return False
    return periods_overlap(ours.valid, theirs.valid)


def _higher_score(one: float | None, other: float | None) -> float | None:
    """Return the higher score, or ``None`` if a person confirmed one of them."""
    return None if one is None or other is None else max(one, other)


def _both(one: str, other: str, between: str) -> str:
    """Merge two texts that are lists with a separator."""
    return between.join(_union(*(filter(None, text.split(between)) for text in (one, other))))


def _union(one: Iterable[T], other: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def _renderings(ours: Sequence[Rendering], theirs: Sequence[Rendering]) -> tuple[Rendering, ...]:
    joint: dict[tuple[str, str], Rendering] = {}
    for rendering in (*ours, *theirs):
        pair = rendering.en, rendering.ja
        known = joint.get(pair)
        joint[pair] = rendering if known is None else _rendering(known, rendering)
    return tuple(joint.values())


def _rendering(ours: Rendering, theirs: Rendering) -> Rendering:
    if ours == theirs:
        return ours
    uses: dict[tuple[str, PartialDate | None], int] = {}
    for use in (*ours.uses, *theirs.uses):
        key = use.document, use.date
        uses[key] = max(use.count, uses.get(key, 0))
    # Counts without a document may be of the same places, so the higher one is used.
    unplaced = max(max(0, item.count - sum(use.count for use in item.uses)) for item in (ours, theirs))
    return Rendering(
        ours.en,
        ours.ja,
        _higher_score(ours.score, theirs.score),
        sum(uses.values()) + unplaced,
        _union(ours.attestations, theirs.attestations),
        tuple(Use(document, count, date) for (document, date), count in uses.items()),
    )
