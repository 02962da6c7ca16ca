"""Joining two glossaries into one that says what both say, and telling where they disagree.

What one leaves open the other fills. What both have and say differently stays as the first one has it and is
reported. Counts are never added for one document twice: the same file may be in both glossaries, so the uses
in a document of one date count once, as often as the one that saw more of it says.
"""

from collections.abc import Iterable, Sequence
from typing import TypeVar

import attrs

from alliance_ref.glossary.concept_matching import counterparts
from alliance_ref.glossary.term_status import meet
from alliance_ref.records.glossary import GlossaryConcept, LanguageSection, Rendering, Term, Use
from alliance_ref.records.values import Lang, PartialDate, Period
from alliance_ref.text.keys import reading_key, romaji_key

T = TypeVar("T")


@attrs.frozen
class MergeConflict:
    """Something two glossaries say differently of one concept.

    `field` is what it is about: ``subject``, ``definition``, ``status``, ``validity``, ``transliteration``,
    ``part of speech`` or ``context``, where what is `kept` stands in the merged glossary and what was `given`
    does not; ``preferred`` (both prefer a term: the second is admitted), ``reading`` (both stand there as
    terms) or ``id`` (two concepts of one id with no term in common: the second has a new id, `kept`).
    `lang` and `term` say which section or term, where it is one's.

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
    """The concepts of two glossaries as one, and what they disagree on."""

    concepts: tuple[GlossaryConcept, ...]
    conflicts: tuple[MergeConflict, ...]


def merged(ours: Sequence[GlossaryConcept], theirs: Sequence[GlossaryConcept]) -> Merged:
    """Two glossaries as one: the concepts of *ours* in their order, then those only *theirs* has."""
    same = counterparts(ours, theirs, by_id_alone=False)
    concepts = list(ours)
    ids = {concept.id for concept in ours}
    # An id that theirs uses later must not be given away before.
    taken = ids | {concept.id for concept in theirs}
    conflicts: list[MergeConflict] = []
    for place, concept in enumerate(theirs):
        if place in same:
            joint = _Joint(concepts[same[place]], conflicts)
            concepts[same[place]] = joint.with_concept(concept)
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


class _Joint:
    """One concept that takes in what another says of it."""

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
        )

    def _conflict(self, field: str, kept: object, given: object, of: Term | Lang | None) -> None:
        term = of if isinstance(of, Term) else None
        lang = of.lang if isinstance(of, Term) else of
        self._conflicts.append(
            MergeConflict(self._ours.id, field, str(kept), str(given), lang, term.text if term else "")
        )

    def _one(self, field: str, ours: T, theirs: T, of: Term | Lang | None = None) -> T:
        """The value that both share or one of them has; ours, and a conflict, where they differ."""
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
                if known.text == term.text and meet(known.valid, term.valid):
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
            reading=_fuller(ours.reading, theirs.reading),
            transliteration=self._transliteration(ours, theirs),
            valid=valid,
            reliability=_surer(ours.reliability, theirs.reliability),
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
        return _fuller(one, other)


def _fuller(one: str | None, other: str | None) -> str | None:
    """Of two spellings of one sound that which says more: where words part, which begin with a capital."""
    given = [text for text in (one, other) if text]
    return max(given, key=lambda text: (len(text), sum(map(str.isupper, text)), text), default=None)


def _place(term: Term, terms: Sequence[Term]) -> int | None:
    """Where *terms* have this term: the same text, read alike, not in use at quite another time."""
    alike = [
        place
        for place, other in enumerate(terms)
        if other.text == term.text
        and meet(other.valid, term.valid)
        and (not other.reading or not term.reading or reading_key(other.reading) == reading_key(term.reading))
    ]
    if not alike:
        return None
    return min(alike, key=lambda place: (terms[place] != term, terms[place].valid != term.valid, place))


def _rivals(ours: Term, theirs: Term) -> bool:
    """Whether both are preferred for some day."""
    if ours.status != "preferred" or theirs.status != "preferred":
        return False
    return meet(ours.valid, theirs.valid)


def _surer(one: float | None, other: float | None) -> float | None:
    """The higher figure; none where a person vouches."""
    return None if one is None or other is None else max(one, other)


def _both(one: str, other: str, between: str) -> str:
    """Two texts that are lists of parts, as one list."""
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
    # What is counted and not told of which document may be the same places: the larger figure holds for both.
    unplaced = max(max(0, item.count - sum(use.count for use in item.uses)) for item in (ours, theirs))
    return Rendering(
        ours.en,
        ours.ja,
        _surer(ours.score, theirs.score),
        sum(uses.values()) + unplaced,
        _union(ours.attestations, theirs.attestations),
        tuple(Use(document, count, date) for (document, date), count in uses.items()),
    )
