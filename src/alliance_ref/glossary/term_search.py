"""Search in a glossary: by term, and in running text.

The search, translation and annotation of `Reference` are generic; this module adapts them to concepts and
terms. Many glossaries are only written to a file, and the indexes of 100,000 concepts take seconds, so each
index is built on first use. It is built in the same way in every thread, so no lock is needed.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from alliance_ref.annotation.annotator import Designation, annotate_names
from alliance_ref.annotation.disambiguation import Context, period_fit
from alliance_ref.annotation.other_meanings import PROPER_KINDS
from alliance_ref.glossary.results import (
    AnnotatedTerms,
    TermAnnotation,
    TermEquivalent,
    TermMatch,
    TermTranslation,
)
from alliance_ref.matcher.phrase_matcher import Overlap, PhraseMatcher
from alliance_ref.messages import N_
from alliance_ref.records.glossary import UNUSABLE, GlossaryConcept, Term
from alliance_ref.records.values import Lang, PartialDate, Period
from alliance_ref.search.equivalents import equivalents
from alliance_ref.search.index import build_index
from alliance_ref.search.name_search import IndexedNames, NameSearch
from alliance_ref.search.strategies import IndexSearch
from alliance_ref.text.inflection import forms_of


class TermSearch(NameSearch[GlossaryConcept, Term]):
    """Search for concepts by their terms."""

    NOTES: ClassVar[Mapping[str, str]] = {
        "unknown": N_("no concept has the term {query!r}"),
        "similar": N_("no concept has the term {query!r}; did you mean {nearest!r}?"),
        "other-period": N_("{name} was not in use on {day}, but in {period}"),
        "not-translated": N_("{id} has no term in this language"),
        "not-in-use": N_("no term of {id} was in use on {day}"),
    }

    EXCLUDED: ClassVar[frozenset[str]] = UNUSABLE

    __slots__ = ("_by_id", "_concepts", "_indexes", "_matcher")

    def __init__(self, concepts: Sequence[GlossaryConcept]) -> None:
        """Search the terms of *concepts*."""
        self._concepts = concepts
        self._by_id: Mapping[str, GlossaryConcept] | None = None
        self._indexes: Sequence[IndexedNames[GlossaryConcept, Term]] = ()
        self._matcher: PhraseMatcher[TermDesignation] | None = None

    def __reduce__(self) -> tuple[type["TermSearch"], tuple[Sequence[GlossaryConcept]]]:
        return TermSearch, (self._concepts,)  # the indexes are rebuilt where they are needed

    @property
    def by_id(self) -> Mapping[str, GlossaryConcept]:
        """The concepts by id."""
        if self._by_id is None:
            self._by_id = {concept.id: concept for concept in self._concepts}
        return self._by_id

    def indexes(self) -> Sequence[IndexedNames[GlossaryConcept, Term]]:
        """Return the index of all terms."""
        if not self._indexes:
            named = [(concept, term) for concept in self._concepts for term in concept.terms]
            # A concept may have more terms than an index allows, so each term is indexed as an entry.
            names = (
                (str(number), 0, term.lang, term.text, term.reading, term.transliteration)
                for number, (_, term) in enumerate(named)
            )
            index = build_index(names, forms=lambda _, __, number: inflected_forms(*named[int(number)]))
            self._indexes = (IndexedNames(IndexSearch(index), lambda number, _: named[int(number)]),)
        return self._indexes

    @property
    def matcher(self) -> "PhraseMatcher[TermDesignation]":
        """The phrase matcher of all terms."""
        if self._matcher is None:
            names = (
                (term.text, term.lang, TermDesignation(concept, term))
                for concept in self._concepts
                for term in concept.terms
            )
            self._matcher = PhraseMatcher.from_names(
                names, forms=lambda _, __, known: inflected_forms(known.item, known.name)
            )
        return self._matcher

    def names_in(self, item: GlossaryConcept, lang: Lang) -> Sequence[Term]:
        """Return the terms of a concept in one language."""
        return item.section(lang).terms

    def romanization(self, name: Term) -> str | None:
        """Return the transliteration recorded for a term."""
        return name.transliteration

    def frequency(self, item: GlossaryConcept, name: Term) -> int:
        """Return in how many units a term is translated."""
        return _frequency(item, name)

    def rendering_counts(self, item: GlossaryConcept, name: Term | None, to: Lang) -> Mapping[str, int]:
        """Return in how many units each term in the language *to* translates a term."""
        counts: dict[str, int] = {}
        for rendering in item.renderings:
            text, other = (rendering.en, rendering.ja) if to == "en" else (rendering.ja, rendering.en)
            if name is None or name.lang == to or other == name.text:
                counts[text] = counts.get(text, 0) + rendering.count
        return counts

    def matches(
        self, query: str, *, lang: Lang | None, as_of: datetime.date | str | None, limit: int
    ) -> tuple[TermMatch, ...]:
        """Return the concepts that *query* names, best first."""
        return tuple(TermMatch(*one) for one in self.lookup(query, lang=lang, as_of=as_of, limit=limit))

    def completions(self, prefix: str, *, lang: Lang | None, limit: int) -> tuple[TermMatch, ...]:
        """Return the concepts with a term that begins with *prefix*, best first."""
        return tuple(TermMatch(*one) for one in self.suggest(prefix, lang=lang, limit=limit))

    def translate(
        self, query: str | GlossaryConcept, *, to: Lang, as_of: datetime.date | str | None
    ) -> TermTranslation:
        """Return the terms for *query* in the language *to*."""
        found, gap = equivalents(self, query, to=to, as_of=as_of)
        asked = query.id if isinstance(query, GlossaryConcept) else query
        return TermTranslation(asked, to, tuple(TermEquivalent(*one) for one in found), gap)

    def annotate(
        self,
        text: str,
        *,
        lang: Lang | None,
        overlap: Overlap,
        boundaries: bool,
        as_of: datetime.date | str | None,
    ) -> AnnotatedTerms:
        """Return the terms in *text*, in order."""
        found = annotate_names(
            self.matcher,
            text,
            TermAnnotation,
            lang=lang,
            overlap=overlap,
            boundaries=boundaries,
            as_of=as_of,
        )
        return AnnotatedTerms(text, found)


def inflected_forms(concept: GlossaryConcept, term: Term) -> Iterable[str]:
    """Return the inflected forms of a term of *concept*, if it is a verb or an adjective.

    >>> from alliance_ref.records import LanguageSection
    >>> reduce = Term("reduce", "en")
    >>> ja = LanguageSection("ja", (Term("削減する", "ja"),))
    >>> concept = GlossaryConcept("1", en=LanguageSection("en", (reduce,)), ja=ja)
    >>> list(inflected_forms(concept, reduce))
    ['reduces', 'reduced', 'reducing']
    """
    others = concept.section("ja" if term.lang == "en" else "en")
    return forms_of(term.text, term.lang, [other.text for other in others], term.part_of_speech)


class TermDesignation(Designation[GlossaryConcept, Term]):
    """A concept and one of its terms."""

    __slots__ = ()

    @property
    def key(self) -> str:
        """The concept and the term: the date may decide between terms of one concept."""
        return f"{self.item.id}\n{self.name.text}\n{self.name.valid}"

    @property
    def is_dated(self) -> bool:
        """Whether the term was in use in a limited period."""
        return self.name.valid != Period()

    @property
    def frequency(self) -> int:
        """In how many units the term is translated."""
        return _frequency(self.item, self.name)

    def may_be_written(self, shown: str) -> bool:
        """Return whether *shown* has the capital of a proper name: "rice" is not Secretary Rice."""
        proper = self.item.subject in PROPER_KINDS and self.name.text[0].isupper()
        return not (proper and shown[0].islower())

    def relevance(self, context: Context, date: PartialDate | None) -> float:
        """Return whether the term was in use on the date."""
        return 0.0 if date is None else period_fit(self.name.valid, date)


def _frequency(concept: GlossaryConcept, term: Term) -> int:
    return sum(
        rendering.count
        for rendering in concept.renderings
        if (rendering.en if term.lang == "en" else rendering.ja) == term.text
    )
