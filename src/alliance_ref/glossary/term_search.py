"""Finding terms of a glossary: by name, and in running text.

The searcher and the spotter of the finding room know of names only, so they serve here as they are; what they
find is told in concepts and terms. A glossary is often made only to be written to a file, and its indexes
take seconds for a hundred thousand concepts, so each is made when first needed. It is made the same way in
every thread, so no lock is needed.
"""

import datetime
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import get_args

from alliance_ref.annotation.annotator import check_annotating
from alliance_ref.annotation.disambiguation import Context, overlaps
from alliance_ref.arguments import day_or_none
from alliance_ref.glossary.results import (
    AnnotatedTerms,
    TermAnnotation,
    TermEquivalent,
    TermMatch,
    TermTranslation,
)
from alliance_ref.matcher.phrase_matcher import Known, Overlap, Spotter
from alliance_ref.records.annotations import AnnotationKind
from alliance_ref.records.entries import NameStatus
from alliance_ref.records.glossary import GlossaryConcept, Term
from alliance_ref.records.matches import Reason
from alliance_ref.records.values import Gap, Lang, PartialDate, Period
from alliance_ref.search.index import build_index
from alliance_ref.search.name_search import SCORES, STANDING, Hit, Searcher, check_options
from alliance_ref.text.keys import name_key

Named = tuple[GlossaryConcept, Term]
"""A term and its concept."""

_KINDS: tuple[AnnotationKind, ...] = get_args(AnnotationKind)
_STATUSES: tuple[NameStatus, ...] = get_args(NameStatus)
_PROPER = frozenset(("person", "place", "organization"))
_NEAR = 0.1
_LOOSE = 0.03


class Finder:
    """Ways to find the terms of some concepts."""

    __slots__ = ("_by_id", "_concepts", "_named", "_searcher", "_spotter")

    def __init__(self, concepts: Sequence[GlossaryConcept]) -> None:
        """A finder of the terms of *concepts*."""
        self._concepts = concepts
        self._by_id: Mapping[str, GlossaryConcept] | None = None
        self._named: Sequence[Named] | None = None
        self._searcher: Searcher | None = None
        self._spotter: Spotter[Named] | None = None

    def __reduce__(self) -> tuple[type["Finder"], tuple[Sequence[GlossaryConcept]]]:
        return Finder, (self._concepts,)  # what can be made again need not travel

    @property
    def by_id(self) -> Mapping[str, GlossaryConcept]:
        """The concepts by their ids."""
        if self._by_id is None:
            self._by_id = {concept.id: concept for concept in self._concepts}
        return self._by_id

    def _terms(self) -> Sequence[Named]:
        if self._named is None:
            self._named = [(concept, term) for concept in self._concepts for term in terms_of(concept)]
        return self._named

    def _search(self) -> Searcher:
        if self._searcher is None:
            # To the searcher every term is an entry of its own, called by its number.
            self._searcher = Searcher(
                build_index(
                    (str(number), 0, term.lang, term.text, term.reading, term.transliteration)
                    for number, (_, term) in enumerate(self._terms())
                )
            )
        return self._searcher

    @property
    def spotter(self) -> Spotter[Named]:
        """What finds the terms in running text."""
        if self._spotter is None:
            self._spotter = Spotter((named[1].text, named[1].lang, named) for named in self._terms())
        return self._spotter

    def lookup(
        self, query: str, *, lang: Lang | None, as_of: datetime.date | str | None, limit: int
    ) -> tuple[TermMatch, ...]:
        """Concepts that *query* names, best first."""
        day = check_options(query, lang=lang, kinds=None, as_of=as_of, limit=limit)
        searcher = self._search()
        for way in (Searcher.direct, Searcher.renumbered, Searcher.inflected, Searcher.fuzzy):
            hits = list(way(searcher, query))
            if hits:
                return self._ranked(hits, query, lang, day, limit)
        return ()

    def suggest(self, prefix: str, *, lang: Lang | None, limit: int) -> tuple[TermMatch, ...]:
        """Concepts with a term that begins with *prefix*."""
        check_options(prefix, lang=lang, kinds=None, as_of=None, limit=limit)
        return self._ranked(self._search().beginning(prefix), prefix, lang, None, limit)

    def _ranked(
        self, hits: Iterable[Hit], query: str, lang: Lang | None, as_of: datetime.date | None, limit: int
    ) -> tuple[TermMatch, ...]:
        text = unicodedata.normalize("NFC", query.strip())
        named = self._terms()
        best: dict[str, tuple[TermMatch, int]] = {}
        for number, _, reason, score in hits:
            concept, term = named[int(number)]
            if lang not in (None, term.lang) or (as_of is not None and not term.valid.covers(as_of)):
                continue
            match = _match(concept, term, text, reason, score)
            known = best.get(concept.id)
            if known is None or known[0].score < match.score:
                best[concept.id] = match, _count(concept, term)
        order = sorted(best.values(), key=lambda item: (-item[0].score, -item[1], item[0].concept.id))
        return tuple(match for match, _ in order[:limit])

    def translate(
        self, query: str | GlossaryConcept, *, to: Lang, as_of: datetime.date | str | None
    ) -> TermTranslation:
        """The terms for *query* in the language *to*."""
        if to not in ("en", "ja"):
            raise ValueError(f"to is {to!r}, must be 'en' or 'ja'")
        day = day_or_none(as_of)
        sure: list[tuple[GlossaryConcept, Term | None]]
        if isinstance(query, GlossaryConcept):
            asked, sure = query.id, [(query, None)]
        else:
            asked = query
            matches = self.lookup(query, lang=None, as_of=day, limit=10)
            # A guess at what was meant is no ground for a translation.
            if not matches or matches[0].reason == "fuzzy":
                return TermTranslation(asked, to, (), Gap("not-held", self._why_unknown(query, day)))
            sure = [
                (match.concept, match.term) for match in matches if match.score >= matches[0].score - _NEAR
            ]
        found = [item for concept, term in sure for item in _equivalents(concept, term, to, day)]
        if found:
            return TermTranslation(asked, to, tuple(found))
        concept = sure[0][0]
        if not concept.section(to).terms:
            why = Gap("not-translated", f"{concept.id} has no term in this language")
        else:
            why = Gap("not-held", f"no term of {concept.id} was in use on {day}")
        return TermTranslation(asked, to, (), why)

    def _why_unknown(self, query: str, as_of: datetime.date | None) -> str:
        other = self.lookup(query, lang=None, as_of=None, limit=1)
        if other and other[0].reason == "fuzzy":
            return f"nothing is called {query!r} here; did you mean {other[0].term.text!r}?"
        if other and as_of is not None:
            term = other[0].term
            return f"{term.text} was not in use on {as_of}, but in {term.valid}"
        return f"nothing is called {query!r} here"

    def annotate(
        self,
        text: str,
        *,
        lang: Lang | None,
        overlap: Overlap,
        boundaries: bool,
        as_of: datetime.date | str | None,
    ) -> AnnotatedTerms:
        """The terms in *text*, in order."""
        day = check_annotating(text, lang, overlap, as_of)
        places = self.spotter.places(
            text, lang=lang, overlap=overlap, boundaries=boundaries, compounds=boundaries
        )
        context: Context | None = None
        several: dict[str, list[_Choice]] = {}
        ranked: dict[tuple[str, PartialDate | None], _Share | None] = {}
        found = []
        for start, end, shown, called in places:
            choices = several.get(shown)
            if choices is None:
                choices = several[shown] = list(_choices(shown, called))
            date = None
            if len(choices) > 1:
                if context is None:
                    context = Context.of(text, day, ())
                date = context.near(start, end)[0]
            asked = shown, date
            if asked not in ranked:
                ranked[asked] = _share(choices, date)
            share = ranked[asked]
            if share is not None:
                found.append(TermAnnotation(start, end, shown, *share))
        return AnnotatedTerms(text, found)


def terms_of(concept: GlossaryConcept) -> tuple[Term, ...]:
    """All terms of a concept, the English ones first."""
    return (*concept.en.terms, *concept.ja.terms)


def _match(concept: GlossaryConcept, term: Term, text: str, reason: Reason, score: float) -> TermMatch:
    """A hit, with what the term itself says of how good it is."""
    if reason == "variant" and term.text == text:
        reason = "abbreviation" if term.status == "abbreviation" else "exact"
        score = SCORES[reason]
    elif reason == "romaji" and term.transliteration and name_key(term.transliteration) != name_key(text):
        score -= _LOOSE
    return TermMatch(concept, term, round(score - STANDING[term.status], 2), reason)


def _count(concept: GlossaryConcept, term: Term) -> int:
    """In how many units a term is rendered."""
    return sum(
        rendering.count
        for rendering in concept.renderings
        if (rendering.en if term.lang == "en" else rendering.ja) == term.text
    )


def _equivalents(
    concept: GlossaryConcept, asked: Term | None, to: Lang, as_of: datetime.date | None
) -> list[TermEquivalent]:
    """The terms to use: by standing, then by how often they render what was asked; like for like."""
    counts: dict[str, int] = {}
    for rendering in concept.renderings:
        text, other = (rendering.en, rendering.ja) if to == "en" else (rendering.ja, rendering.en)
        if asked is None or asked.lang == to or other == asked.text:
            counts[text] = counts.get(text, 0) + rendering.count
    usable = [
        TermEquivalent(concept, term, counts.get(term.text, 0))
        for term in concept.section(to)
        if term.status != "erroneous" and (as_of is None or term.valid.covers(as_of))
    ]
    abbreviated = asked is not None and asked.status == "abbreviation"

    def order(item: TermEquivalent) -> tuple[int, int]:
        if abbreviated and item.term.status == "abbreviation":
            return -1, -item.count
        return _STATUSES.index(item.term.status), -item.count

    return sorted(usable, key=order)


_Choice = tuple[Known[Named], AnnotationKind]
_Share = tuple[Lang, tuple[GlossaryConcept, ...], tuple[Term, ...], AnnotationKind]


def _choices(shown: str, called: Iterable[Known[Named]]) -> Iterator[_Choice]:
    """The terms that may be meant, and how each is written."""
    for known in called:
        concept, term = known.value
        if concept.subject in _PROPER and shown[0].islower() and term.text[0].isupper():
            continue  # rice is no secretary of state
        kind: AnnotationKind = "variant"
        if known.inflected:
            kind = "inflected"
        elif term.status == "abbreviation":
            kind = "abbreviation"
        elif unicodedata.normalize("NFC", shown) == term.text:
            kind = "exact"
        yield known, kind


def _share(choices: Iterable[_Choice], date: PartialDate | None) -> _Share | None:
    """What *choices* come to beside a date: the concepts, the likeliest first."""

    def order(choice: _Choice) -> tuple[int, int, int, int]:
        (concept, term), kind = choice[0].value, choice[1]
        fit = 0 if date is None or term.valid == Period() else -1 if overlaps(term.valid, date) else 1
        return fit, _KINDS.index(kind), _STATUSES.index(term.status), -_count(concept, term)

    best: dict[str, _Choice] = {}
    for choice in sorted(choices, key=order):
        best.setdefault(choice[0].value[0].id, choice)
    if not best:
        return None
    chosen = list(best.values())
    concepts, terms = zip(*(known.value for known, _ in chosen), strict=True)
    return chosen[0][0].lang, concepts, terms, chosen[0][1]
