"""Glossaries: concepts with their terms in both languages, to ask, join, compare and write to a file.

A glossary is a value. What changes it gives back another one, and two of the same concepts are equal. What it
needs to answer quickly it makes when it is first asked, and forgets when it is sent to another process.
"""

import datetime
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING

import attrs

from alliance_ref.errors import DuplicateConcept, UnknownConcept
from alliance_ref.glossary.term_search import TermSearch
from alliance_ref.glossary.write import write_concepts
from alliance_ref.html import MAX_ROWS, cell, table
from alliance_ref.records.entries import NameStatus
from alliance_ref.records.exports import ExportReport
from alliance_ref.records.glossary import GlossaryConcept, LanguageSection
from alliance_ref.records.values import Lang
from alliance_ref.text.folding import name_key
from alliance_ref.text.keys import gojuon_key

if TYPE_CHECKING:
    from alliance_ref.glossary.diff import GlossaryDiff
    from alliance_ref.glossary.evidence import Evidence, Texts
    from alliance_ref.glossary.merge import MergeConflict
    from alliance_ref.glossary.results import AnnotatedTerms, TermMatch, TermTranslation
    from alliance_ref.glossary.statistics import Coverage, Divergences, GlossaryStatistics, Text
    from alliance_ref.matcher.phrase_matcher import Overlap

_NEAREST_AMONG = 20_000


def _in_order(concepts: Iterable[GlossaryConcept]) -> tuple[GlossaryConcept, ...]:
    return tuple(concepts)


def _own_ids(_instance: object, _attribute: object, concepts: tuple[GlossaryConcept, ...]) -> None:
    if len({concept.id for concept in concepts}) < len(concepts):
        counts = Counter(concept.id for concept in concepts)
        raise DuplicateConcept(tuple(concept_id for concept_id, count in counts.items() if count > 1))


@attrs.frozen(repr=False)
class Glossary:
    """Concepts with their terms in both languages. Immutable.

    It has the length and the items of its `concepts`, each with an id of its own; ``in`` takes an id or a
    concept.

    Raises:
        DuplicateConcept: if two concepts have the same id.

    >>> import alliance_ref as ar
    >>> glossary = ar.reference_glossary()
    >>> glossary.find("futenma").ja[0].text
    '普天間飛行場'
    """

    concepts: tuple[GlossaryConcept, ...] = attrs.field(default=(), converter=_in_order, validator=_own_ids)
    _search: TermSearch = attrs.field(
        init=False, eq=False, default=attrs.Factory(lambda self: TermSearch(self.concepts), takes_self=True)
    )

    def __len__(self) -> int:
        return len(self.concepts)

    def __iter__(self) -> Iterator[GlossaryConcept]:
        return iter(self.concepts)

    def __contains__(self, item: object) -> bool:
        if isinstance(item, GlossaryConcept):
            return self._search.by_id.get(item.id) == item
        return item in self._search.by_id

    def __repr__(self) -> str:
        terms = sum(len(concept.en) + len(concept.ja) for concept in self.concepts)
        return f"<Glossary: {len(self)} concepts, {terms} terms>"

    def _repr_html_(self) -> str:
        shown = [_row(concept) for concept in self.concepts[:MAX_ROWS]]
        head = ("English", "日本語", "読み", "subject", "id")
        return table(head, shown, more=len(self.concepts) - len(shown))

    def find(self, concept_id: str) -> GlossaryConcept:
        """The concept of this id.

        Raises:
            UnknownConcept: if the glossary has none; it names ids that look like it.

        >>> import alliance_ref as ar
        >>> ar.reference_glossary().find("futema")
        Traceback (most recent call last):
        ...
        alliance_ref.errors.UnknownConcept: no concept 'futema' in this glossary; did you mean futenma?
        """
        found = self._search.by_id.get(concept_id)
        if found is None:
            raise UnknownConcept(concept_id, self._nearest(concept_id))
        return found

    def _nearest(self, wanted: object) -> tuple[str, ...]:
        # Comparing with each of very many ids takes seconds: only those that begin alike are worth it then.
        ids = list(self._search.by_id)
        if len(ids) > _NEAREST_AMONG:
            ids = [item for item in ids if item[:2] == str(wanted)[:2]][:_NEAREST_AMONG]
        return tuple(get_close_matches(str(wanted), ids, n=3, cutoff=0.6))

    # To find

    def lookup(
        self,
        query: str,
        *,
        lang: Lang | None = None,
        as_of: datetime.date | str | None = None,
        limit: int = 10,
    ) -> "tuple[TermMatch, ...]":
        """Concepts that *query* names, best first: as :meth:`Reference.lookup` finds entries.

        Args:
            query: A term in either language, in kanji, kana or Latin letters.
            lang: Only terms of this language.
            as_of: Only terms in use on this day: a date, or one written as ``2005-04-14``.
            limit: At most so many matches.

        Raises:
            ValueError: for an empty query, or an option that nothing can match.
            TypeError: for a query that is no text, or an *as_of* that is no day.

        >>> import alliance_ref as ar
        >>> ar.reference_glossary().lookup("ふてんま")
        (<TermMatch futenma 0.82 reading '普天間'>,)
        """
        return self._search.matches(query, lang=lang, as_of=as_of, limit=limit)

    def suggest(self, prefix: str, *, lang: Lang | None = None, limit: int = 10) -> "tuple[TermMatch, ...]":
        """Concepts with a term, a reading or a transliteration that begins with *prefix*, for completion.

        Raises:
            ValueError: for an empty prefix, or an option that nothing can match.

        >>> import alliance_ref as ar
        >>> [match.term.text for match in ar.reference_glossary().suggest("camp za")]
        ['Camp Zama']
        """
        return self._search.completions(prefix, lang=lang, limit=limit)

    def translate(
        self, query: str | GlossaryConcept, *, to: Lang, as_of: datetime.date | str | None = None
    ) -> "TermTranslation":
        """The terms in one language for a term in the other: by standing, then by how often they render it.

        Args:
            query: A term in any spelling that :meth:`lookup` finds, or a concept.
            to: The language to translate into.
            as_of: The day on which terms must be in use, on both sides; a date or as ``2005-04-14``.

        Returns:
            The :class:`TermTranslation`, with the terms that serve, or a gap that says why there are none:
            ``not-held`` if nothing is called so here, or no term was in use on that day; ``not-translated``
            if the concept has no term in that language.

        Raises:
            ValueError: for an empty query, or a language that is neither ``en`` nor ``ja``.

        >>> import alliance_ref as ar
        >>> print(ar.reference_glossary().translate("極東", to="en"))
        Far East
        """
        return self._search.translate(query, to=to, as_of=as_of)

    def annotate(
        self,
        text: str,
        *,
        lang: Lang | None = None,
        overlap: "Overlap" = "longest",
        boundaries: bool = True,
        as_of: datetime.date | str | None = None,
    ) -> "AnnotatedTerms":
        """Every term of the glossary in running text, with offsets into *text* as given.

        English, Japanese or both. Where several concepts have the same term all are kept, the likeliest
        first: by *as_of* or the nearest date in the text and the time their terms were in use, then by how
        the term is written, its status, and how often it is rendered.

        Args:
            text: The text.
            lang: Terms of this language only.
            overlap: ``longest`` takes the leftmost and longest terms, ``all`` those inside others too.
            boundaries: Whether a Japanese term must begin and end with a token. An English one is never
                found inside a word.
            as_of: The day the text speaks of, if its dates do not say; a date or as ``2005-04-14``.

        Raises:
            TypeError: for a text that is none, or an *as_of* that is no day.
            ValueError: for an option that does not exist.

        >>> import alliance_ref as ar
        >>> found = ar.reference_glossary().annotate("普天間 and Camp Zama")
        >>> [(item.text, item.concept.id) for item in found]
        [('普天間', 'futenma'), ('Camp Zama', 'camp-zama')]
        """
        return self._search.annotate(text, lang=lang, overlap=overlap, boundaries=boundaries, as_of=as_of)

    # To join and compare

    def merge(self, other: "Glossary") -> "Glossary":
        """This glossary and another as one.

        Concepts are the same where their ids are, and some term agrees; else where a term of each language
        agrees, whatever its spelling. Each has one counterpart at most. The concepts of this glossary come
        first and keep their ids and their order; what a concept leaves open here the other fills, and terms,
        renderings and attestations that only the other has go behind. A rendering used in a document of one
        date is counted there once, as often as the glossary that counts more says; counts of different
        documents are added. The surer score and reliability stand, none where a person vouches for it. Where
        both say something and not the same, this glossary prevails, and :meth:`conflicts` tells.

        A glossary merged with itself stays as it is. Where no two concepts share a pair of terms, so does
        one that takes in again what it has taken in; and without conflicts either may be merged into the
        other: the concepts are the same, their order is not.

        >>> import alliance_ref as ar
        >>> glossary = ar.reference_glossary()
        >>> glossary.merge(glossary) == glossary
        True
        """
        from alliance_ref.glossary.merge import merged

        return Glossary(merged(self.concepts, other.concepts).concepts)

    def conflicts(self, other: "Glossary") -> "tuple[MergeConflict, ...]":
        """Where another glossary says something else, so that :meth:`merge` has to choose.

        >>> import alliance_ref as ar
        >>> glossary = ar.reference_glossary().subset(["futenma"])
        >>> other = glossary.with_status("futenma", "普天間", "deprecated")
        >>> [str(conflict) for conflict in glossary.conflicts(other)]
        ["futenma: status of 普天間: 'abbreviation' kept, 'deprecated' given"]
        """
        from alliance_ref.glossary.merge import merged

        return merged(self.concepts, other.concepts).conflicts

    def diff(self, other: "Glossary") -> "GlossaryDiff":
        """What is different in *other*, taken as the newer glossary; the order of concepts does not count.

        A concept is the same where its id is, else where a term of each language agrees.

        >>> import alliance_ref as ar
        >>> glossary = ar.reference_glossary().subset(["futenma", "camp-zama"])
        >>> print(glossary.diff(glossary.without("camp-zama").with_status("futenma", "普天間", "deprecated")))
        - camp-zama: Camp Zama / キャンプ座間
        ~ futenma: Marine Corps Air Station Futenma / 普天間飛行場
            ja status 普天間: abbreviation → deprecated
        """
        from alliance_ref.glossary.diff import difference

        return difference(self.concepts, other.concepts)

    # To choose

    def filter(
        self,
        predicate: Callable[[GlossaryConcept], bool] | None = None,
        *,
        lang: Lang | None = None,
        status: NameStatus | None = None,
        subject: str | Iterable[str] | None = None,
        min_score: float | None = None,
        min_count: int | None = None,
    ) -> "Glossary":
        """The concepts that meet all the conditions given, each whole, in their order.

        Args:
            predicate: What is true of a concept to keep.
            lang: It has a term in this language.
            status: It has a term of this status, in *lang* if that is given.
            subject: Its subject field is this one, or one of these.
            min_score: One of its renderings is so sure. One without a score counts as sure, since a person
                made it, and so does a concept without renderings.
            min_count: Its renderings stand in so many units, all together.

        >>> import alliance_ref as ar
        >>> glossary = ar.reference_glossary()
        >>> "camp-zama" in glossary.filter(subject="place"), "camp-zama" in glossary.filter(subject="person")
        (True, False)
        """
        subjects = None if subject is None else {subject} if isinstance(subject, str) else set(subject)

        def kept(concept: GlossaryConcept) -> bool:
            terms = concept.section(lang).terms if lang is not None else concept.terms
            return (
                bool(terms)
                and (status is None or any(term.status == status for term in terms))
                and (subjects is None or concept.subject in subjects)
                and (min_score is None or _surest(concept) >= min_score)
                and (min_count is None or frequency(concept) >= min_count)
                and (predicate is None or predicate(concept))
            )

        return Glossary(tuple(filter(kept, self.concepts)))

    def subset(self, ids: Iterable[str]) -> "Glossary":
        """The concepts of these ids, in the order of this glossary.

        Raises:
            UnknownConcept: for an id that it does not have.
            TypeError: for a single id: put it in a list.

        >>> import alliance_ref as ar
        >>> len(ar.reference_glossary().subset(["futenma", "camp-zama"]))
        2
        """
        if isinstance(ids, str):
            raise TypeError(f"ids must be a collection of ids, such as [{ids!r}]")
        wanted = {self.find(concept_id).id for concept_id in ids}
        return Glossary(tuple(concept for concept in self.concepts if concept.id in wanted))

    def occurring_in(self, texts: "Text | Iterable[Text]") -> "Glossary":
        """The concepts of which a term stands in a text: a glossary to go with a document.

        Args:
            texts: Texts in either language, units of a memory, passages or documents: one or several.

        >>> import alliance_ref as ar
        >>> [concept.id for concept in ar.reference_glossary().occurring_in(["普天間からキャンプ座間へ"])]
        ['camp-zama', 'futenma']
        """
        from alliance_ref.glossary.statistics import several, sides

        found = {
            concept.id
            for item in several(texts)
            for lang, text in sides(item)
            for annotation in self.annotate(text, lang=None if isinstance(item, str) else lang)
            for concept in annotation.concepts
        }
        return Glossary(tuple(concept for concept in self.concepts if concept.id in found))

    # To change

    def with_concepts(self, *concepts: GlossaryConcept) -> "Glossary":
        """A glossary that has these concepts too; one with a known id takes the place of what it was.

        >>> import alliance_ref as ar
        >>> section = ar.records.LanguageSection("en", (ar.records.Term("host nation support", "en"),))
        >>> len(ar.Glossary().with_concepts(ar.GlossaryConcept("hns", section)))
        1
        """
        new = {concept.id: concept for concept in concepts}
        kept = [new.pop(concept.id, concept) for concept in self.concepts]
        return Glossary((*kept, *new.values()))

    def without(self, *ids: str) -> "Glossary":
        """A glossary that does not have the concepts of these ids.

        Raises:
            UnknownConcept: for an id that this one does not have.

        >>> import alliance_ref as ar
        >>> glossary = ar.reference_glossary()
        >>> "futenma" in glossary.without("futenma")
        False
        """
        gone = {self.find(concept_id).id for concept_id in ids}
        return Glossary(tuple(concept for concept in self.concepts if concept.id not in gone))

    def with_status(self, concept_id: str, term: str, status: NameStatus) -> "Glossary":
        """A glossary in which a term has another status.

        A term that becomes the preferred one goes to the front of its section, and those preferred before
        it become admitted, if they were in use at the same time.

        Args:
            concept_id: The concept.
            term: The text of the term, in either language.
            status: ``preferred``, ``admitted``, ``abbreviation``, ``deprecated`` or ``erroneous``.

        Raises:
            UnknownConcept: if there is no such concept.
            UnknownTerm: if it has no such term.
            ValueError: for another status.

        >>> import alliance_ref as ar
        >>> glossary = ar.reference_glossary().with_status("futenma", "普天間", "preferred")
        >>> [term.text for term in glossary.find("futenma").ja if term.status == "preferred"]
        ['普天間']
        """
        from alliance_ref.glossary.term_status import with_status

        return self.with_concepts(with_status(self.find(concept_id), term, status))

    # To sort

    def by_english(self) -> "Glossary":
        """The same glossary in the order of its English terms.

        >>> import alliance_ref as ar
        >>> glossary = ar.reference_glossary().subset(["realignment", "airfield", "deterrence"]).by_reading()
        >>> [concept.en[0].text for concept in glossary.by_english()]
        ['airfield', 'deterrence', 'realignment']
        """
        return Glossary(tuple(sorted(self.concepts, key=_english)))

    def by_reading(self) -> "Glossary":
        """The same glossary in the order of its Japanese readings (五十音順).

        >>> import alliance_ref as ar
        >>> glossary = ar.reference_glossary().subset(["realignment", "airfield", "deterrence"])
        >>> [concept.ja[0].reading for concept in glossary.by_reading()]
        ['さいへん', 'ひこうじょう', 'よくし']
        """
        return Glossary(tuple(sorted(self.concepts, key=_japanese)))

    def by_frequency(self) -> "Glossary":
        """The same glossary, concepts rendered in most units first; those rendered as often stay in order.

        >>> import alliance_ref as ar
        >>> ar.reference_glossary().subset(["camp-zama", "japan"]).by_frequency().concepts[0].id
        'japan'
        """
        return Glossary(tuple(sorted(self.concepts, key=lambda concept: -frequency(concept))))

    # To tell

    def statistics(self) -> "GlossaryStatistics":
        """How many concepts, terms, pairs and attestations it has.

        >>> import alliance_ref as ar
        >>> print(ar.reference_glossary().subset(["futenma"]).statistics().ja)
        ja: 3 terms (preferred 1, admitted 1, abbreviations 1)
        """
        from alliance_ref.glossary.statistics import statistics

        return statistics(self.concepts)

    def coverage(self, texts: "Text | Iterable[Text]") -> "Coverage":
        """How much of some texts its terms cover: the share of units with a term, and of characters in terms.

        Args:
            texts: Texts of one language each, units of a memory, passages or documents: one or several.

        >>> import alliance_ref as ar
        >>> print(ar.reference_glossary().coverage("普天間飛行場は広い。").ja)
        ja: a term in 100.0% of 1 units, 66.7% of 9 characters
        """
        from alliance_ref.glossary.statistics import coverage, several

        return coverage(self._search.matcher, several(texts))

    def divergences(self) -> "Divergences":
        """Terms that are rendered in several ways, with the documents and dates of each, most frequent first.

        >>> import alliance_ref as ar
        >>> bool(ar.reference_glossary().divergences())
        True
        """
        from alliance_ref.glossary.statistics import divergences

        return divergences(self.concepts)

    def evidence(self, concept_id: str, texts: "Texts | None" = None) -> "Evidence":
        """Every place kept for the renderings of a concept, with the sentences side by side.

        Args:
            concept_id: The concept.
            texts: Where the sentences are: a reference, or several units of a memory, passages, documents or
                editions. The shipped reference if left out.

        Raises:
            UnknownConcept: if there is no such concept.

        >>> import alliance_ref as ar
        >>> line = ar.reference_glossary().evidence("far-east")[0]
        >>> line.en, line.ja, "Far East" in line.sentences.en, "極東" in line.sentences.ja
        ('Far East', '極東', True, True)
        """
        from alliance_ref.glossary.evidence import evidence
        from alliance_ref.reference import load

        return evidence(self.find(concept_id), load() if texts is None else texts)

    def to_file(self, path: str | os.PathLike[str], format: str | None = None) -> ExportReport:  # noqa: A002
        """Write the glossary to *path*; the report names what the format could not hold.

        Args:
            path: Where to; its suffix names the format if *format* is left out.
            format: The short name of a format, such as ``csv``.

        Raises:
            UnknownFormat: for another suffix or name.
            UnwritableData: if the format has no way to write what stands in the glossary.
            MissingExtra: if the format needs a package that is not installed.
            OSError: if the file cannot be written; what was there before is then as it was.

        >>> import tempfile, alliance_ref as ar
        >>> glossary = ar.reference_glossary().subset(["camp-zama"])
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     report = glossary.to_file(f"{folder}/terms.tbx")
        ...     ar.read_glossary(f"{folder}/terms.tbx") == glossary, report.losses
        (True, ())
        """
        return write_concepts(self.concepts, path, format)


def frequency(concept: GlossaryConcept) -> int:
    """In how many units its renderings stand, all together."""
    return sum(rendering.count for rendering in concept.renderings)


def _surest(concept: GlossaryConcept) -> float:
    """The score of its surest rendering, 1 where a person made it."""
    scores = [rendering.score for rendering in concept.renderings]
    return max((1.0 if score is None else score for score in scores), default=1.0)


def _english(concept: GlossaryConcept) -> tuple[object, ...]:
    term = concept.en.preferred
    return term is None, name_key(term.text) if term else "", concept.id


def _japanese(concept: GlossaryConcept) -> tuple[object, ...]:
    term = concept.ja.preferred
    return term is None, gojuon_key(term.reading or term.text) if term else "", concept.id


def _row(concept: GlossaryConcept) -> str:
    preferred = concept.ja.preferred
    reading = (preferred.reading if preferred else None) or ""
    terms = cell(_terms(concept.en), "en") + cell(_terms(concept.ja), "ja")
    return terms + cell(reading, "ja") + cell(concept.subject) + cell(concept.id)


def _terms(section: LanguageSection) -> str:
    """Return the terms of a section, one per line, the preferred one first."""
    preferred = section.preferred
    others = [
        term.text if term.status == "admitted" else f"{term.text} ({term.status})"
        for term in section
        if term is not preferred
    ]
    return "\n".join([preferred.text, *others]) if preferred else ""
