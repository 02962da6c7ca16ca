"""Glossaries: concepts with terms in both languages, to search, merge, compare and write to a file.

A glossary is an immutable value: methods that change it return a new one, and two glossaries with the same
concepts are equal. Indexes are built on first use and are not sent to other processes.
"""

import datetime
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING

import attrs

from alliance_ref.arguments import wrong_type
from alliance_ref.errors import DuplicateConcept, UnknownConcept
from alliance_ref.glossary.term_search import TermSearch
from alliance_ref.glossary.write import write_concepts
from alliance_ref.html import MAX_ROWS, cell, table
from alliance_ref.records.entries import NameStatus
from alliance_ref.records.exports import ExportReport
from alliance_ref.records.glossary import GlossaryConcept, LanguageSection, RejectedPair
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

_MAX_COMPARED_IDS = 20_000
"""Maximum number of ids that are compared with an unknown id for suggestions."""


def _as_tuple(concepts: Iterable[GlossaryConcept]) -> tuple[GlossaryConcept, ...]:
    return tuple(concepts)


def _pairs(pairs: Iterable[RejectedPair]) -> tuple[RejectedPair, ...]:
    return tuple(pairs)


def _unique_ids(_instance: object, _attribute: object, concepts: tuple[GlossaryConcept, ...]) -> None:
    if len({concept.id for concept in concepts}) < len(concepts):
        counts = Counter(concept.id for concept in concepts)
        raise DuplicateConcept(tuple(concept_id for concept_id, count in counts.items() if count > 1))


@attrs.frozen(repr=False)
class Glossary:
    """Concepts with their terms in both languages. Immutable.

    Iteration and length are those of `concepts`, which have unique ids; ``in`` accepts an id or a concept.
    `rejected` are the pairs that a person rejected: they are not part of the glossary, but a later build with
    this glossary as `previous` leaves them out, and `diff` reports them as rejected.

    Raises:
        DuplicateConcept: if two concepts have the same id.

    >>> import alliance_ref as ar
    >>> glossary = ar.reference_glossary()
    >>> glossary.find("futenma").ja[0].text
    '普天間飛行場'
    """

    concepts: tuple[GlossaryConcept, ...] = attrs.field(
        default=(), converter=_as_tuple, validator=_unique_ids
    )
    rejected: tuple[RejectedPair, ...] = attrs.field(default=(), converter=_pairs)
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
        """Return the concept with this id.

        Raises:
            UnknownConcept: if there is none; the error lists similar ids.

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
        # Comparing very many ids takes seconds, so only those with the same first letters are compared.
        ids = list(self._search.by_id)
        if len(ids) > _MAX_COMPARED_IDS:
            ids = [item for item in ids if item[:2] == str(wanted)[:2]][:_MAX_COMPARED_IDS]
        return tuple(get_close_matches(str(wanted), ids, n=3, cutoff=0.6))

    def _with(self, concepts: Iterable[GlossaryConcept]) -> "Glossary":
        return Glossary(tuple(concepts), self.rejected)

    # Search

    def lookup(
        self,
        query: str,
        *,
        lang: Lang | None = None,
        as_of: datetime.date | str | None = None,
        limit: int = 10,
    ) -> "tuple[TermMatch, ...]":
        """Return the concepts that *query* names, best first, as `Reference.lookup` does for entries.

        Args:
            query: A term in either language, in kanji, kana or Latin letters.
            lang: Only terms in this language.
            as_of: Only terms in use on this day: a date, or text such as ``2005-04-14``.
            limit: Maximum number of matches.

        Raises:
            InvalidValue: if the query is empty, or an option has an unknown value.
            InvalidType: if the query is not text, or *as_of* is not a day.

        >>> import alliance_ref as ar
        >>> ar.reference_glossary().lookup("ふてんま")
        (<TermMatch futenma 0.82 reading '普天間'>,)
        """
        return self._search.matches(query, lang=lang, as_of=as_of, limit=limit)

    def suggest(self, prefix: str, *, lang: Lang | None = None, limit: int = 10) -> "tuple[TermMatch, ...]":
        """Return the concepts with a term, reading or transliteration that begins with *prefix*.

        Raises:
            InvalidValue: if the prefix is empty, or an option has an unknown value.

        >>> import alliance_ref as ar
        >>> [match.term.text for match in ar.reference_glossary().suggest("camp za")]
        ['Camp Zama']
        """
        return self._search.completions(prefix, lang=lang, limit=limit)

    def translate(
        self, query: str | GlossaryConcept, *, to: Lang, as_of: datetime.date | str | None = None
    ) -> "TermTranslation":
        """Return the terms in one language for a term in the other, by status, then by frequency.

        Args:
            query: A term in any spelling that `lookup` finds, or a concept.
            to: The language to translate into.
            as_of: The day on which terms must be in use, in both languages: a date, or text such as
                ``2005-04-14``.

        Returns:
            The `TermTranslation` with the usable terms. If there are none, it has a gap with the reason:
            ``not-held`` if no concept has the term, or no term was in use on that day; ``not-translated`` if
            the concept has no term in that language.

        Raises:
            InvalidValue: if the query is empty, or the language is neither ``en`` nor ``ja``.

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
        """Return every term of the glossary in running text, with offsets into *text* as given.

        If several concepts have the same term, all are kept, the most likely first: by *as_of* or the nearest
        date in the text and the period in which the term was in use, then by how the term is written, its
        status and its frequency.

        Args:
            text: English, Japanese or both mixed.
            lang: Only terms in this language.
            overlap: ``longest`` returns the leftmost and longest terms, ``all`` nested terms too.
            boundaries: Whether a Japanese term must begin and end at a token boundary. An English term is
                never found inside a word.
            as_of: The day that the text is about: a date, or text such as ``2005-04-14``. By default, the
                dates in the text are used.

        Raises:
            InvalidType: if the text is not text, or *as_of* is not a day.
            InvalidValue: if an option has an unknown value.

        >>> import alliance_ref as ar
        >>> found = ar.reference_glossary().annotate("普天間 and Camp Zama")
        >>> [(item.text, item.concept.id) for item in found]
        [('普天間', 'futenma'), ('Camp Zama', 'camp-zama')]
        """
        return self._search.annotate(text, lang=lang, overlap=overlap, boundaries=boundaries, as_of=as_of)

    # Merge and compare

    def merge(self, other: "Glossary") -> "Glossary":
        """Return this glossary and another as one.

        Concepts are the same if their ids agree and at least one term does; otherwise, if a term of each
        language agrees in any spelling. Each concept has at most one counterpart. The concepts of this
        glossary come first and keep their ids and order. The other glossary fills empty fields and appends
        terms, renderings and attestations. The uses in one document of one date count once, with the higher
        count; counts of different documents are added. The higher score and reliability are kept, or none if
        a person confirmed the pair. If both glossaries have different values, this one prevails, and
        `conflicts` reports it.

        Merging a glossary with itself changes nothing. If no two concepts share a pair of terms, merging the
        same glossary twice changes nothing either; without conflicts, the order of the two glossaries affects
        only the order of the concepts.

        >>> import alliance_ref as ar
        >>> glossary = ar.reference_glossary()
        >>> glossary.merge(glossary) == glossary
        True
        """
        from alliance_ref.glossary.merge import merged

        rejected = dict.fromkeys((*self.rejected, *other.rejected))
        return Glossary(merged(self.concepts, other.concepts).concepts, rejected)

    def conflicts(self, other: "Glossary") -> "tuple[MergeConflict, ...]":
        """Return the fields in which another glossary has a different value, so that `merge` must choose.

        >>> import alliance_ref as ar
        >>> glossary = ar.reference_glossary().subset(["futenma"])
        >>> other = glossary.with_status("futenma", "普天間", "deprecated")
        >>> [str(conflict) for conflict in glossary.conflicts(other)]
        ["futenma: status of 普天間: 'abbreviation' kept, 'deprecated' given"]
        """
        from alliance_ref.glossary.merge import merged

        return merged(self.concepts, other.concepts).conflicts

    def diff(self, other: "Glossary") -> "GlossaryDiff":
        """Return the differences to *other*, the newer glossary; the order of concepts is ignored.

        Concepts are the same if their ids agree; otherwise, if a term of each language agrees. A concept that
        is gone was either rejected by a person, if its pairs are in `rejected` of the newer glossary or all
        its terms are deprecated there, or it was removed for another reason.

        >>> import alliance_ref as ar
        >>> glossary = ar.reference_glossary().subset(["futenma", "camp-zama"])
        >>> print(glossary.diff(glossary.without("camp-zama").with_status("futenma", "普天間", "deprecated")))
        - camp-zama: Camp Zama / キャンプ座間
        ~ futenma: Marine Corps Air Station Futenma / 普天間飛行場
            ja status 普天間: abbreviation → deprecated
        """
        from alliance_ref.glossary.diff import difference

        return difference(self.concepts, other.concepts, other.rejected)

    # Select

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
        """Return the concepts that meet all given conditions, complete and in order.

        Args:
            predicate: Returns true for a concept to keep.
            lang: The concept has a term in this language.
            status: The concept has a term with this status, in *lang* if given.
            subject: The subject field is this one or one of these.
            min_score: At least one rendering has this score. A rendering without a score was made by a person
                and counts as 1, as does a concept without renderings.
            min_count: The renderings occur in at least this number of units in total.

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
                and (min_score is None or _best_score(concept) >= min_score)
                and (min_count is None or frequency(concept) >= min_count)
                and (predicate is None or predicate(concept))
            )

        return self._with(tuple(filter(kept, self.concepts)))

    def subset(self, ids: Iterable[str]) -> "Glossary":
        """Return the concepts with these ids, in the order of this glossary.

        Raises:
            UnknownConcept: if an id is unknown.
            InvalidType: if *ids* is a single string instead of a collection.

        >>> import alliance_ref as ar
        >>> len(ar.reference_glossary().subset(["futenma", "camp-zama"]))
        2
        """
        if isinstance(ids, str):
            raise wrong_type("ids", "a collection of ids", ids)
        wanted = {self.find(concept_id).id for concept_id in ids}
        return self._with(tuple(concept for concept in self.concepts if concept.id in wanted))

    def occurring_in(self, texts: "Text | Iterable[Text]") -> "Glossary":
        """Return the concepts with a term in the texts, for example as a glossary for a document.

        Args:
            texts: One or several texts in either language, units, passages or documents.

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
        return self._with(tuple(concept for concept in self.concepts if concept.id in found))

    # Change

    def with_concepts(self, *concepts: GlossaryConcept) -> "Glossary":
        """Return a glossary with these concepts added; a concept with a known id replaces the old one.

        >>> import alliance_ref as ar
        >>> section = ar.records.LanguageSection("en", (ar.records.Term("host nation support", "en"),))
        >>> len(ar.Glossary().with_concepts(ar.GlossaryConcept("hns", section)))
        1
        """
        new = {concept.id: concept for concept in concepts}
        kept = [new.pop(concept.id, concept) for concept in self.concepts]
        return self._with((*kept, *new.values()))

    def without(self, *ids: str) -> "Glossary":
        """Return a glossary without the concepts with these ids.

        Raises:
            UnknownConcept: if an id is unknown.

        >>> import alliance_ref as ar
        >>> glossary = ar.reference_glossary()
        >>> "futenma" in glossary.without("futenma")
        False
        """
        gone = {self.find(concept_id).id for concept_id in ids}
        return self._with(tuple(concept for concept in self.concepts if concept.id not in gone))

    def with_status(self, concept_id: str, term: str, status: NameStatus) -> "Glossary":
        """Return a glossary in which a term has another status.

        A term that becomes preferred is moved to the front of its section. Terms that were preferred at the
        same time become admitted.

        Args:
            concept_id: The id of the concept.
            term: The text of the term, in either language.
            status: ``preferred``, ``admitted``, ``abbreviation``, ``deprecated`` or ``erroneous``.

        Raises:
            UnknownConcept: if the id is unknown.
            UnknownTerm: if the concept does not have the term.
            ValueError: if the status is unknown.

        >>> import alliance_ref as ar
        >>> glossary = ar.reference_glossary().with_status("futenma", "普天間", "preferred")
        >>> [term.text for term in glossary.find("futenma").ja if term.status == "preferred"]
        ['普天間']
        """
        from alliance_ref.glossary.concepts import with_status

        return self.with_concepts(with_status(self.find(concept_id), term, status))

    # Sort

    def by_english(self) -> "Glossary":
        """Return the glossary in the order of its English terms.

        >>> import alliance_ref as ar
        >>> glossary = ar.reference_glossary().subset(["realignment", "airfield", "deterrence"]).by_reading()
        >>> [concept.en[0].text for concept in glossary.by_english()]
        ['airfield', 'deterrence', 'realignment']
        """
        return self._with(tuple(sorted(self.concepts, key=_english)))

    def by_reading(self) -> "Glossary":
        """Return the glossary in the order of its Japanese readings (五十音順).

        >>> import alliance_ref as ar
        >>> glossary = ar.reference_glossary().subset(["realignment", "airfield", "deterrence"])
        >>> [concept.ja[0].reading for concept in glossary.by_reading()]
        ['さいへん', 'ひこうじょう', 'よくし']
        """
        return self._with(tuple(sorted(self.concepts, key=_japanese)))

    def by_frequency(self) -> "Glossary":
        """Return the glossary with the most frequent concepts first; equally frequent ones keep their order.

        >>> import alliance_ref as ar
        >>> ar.reference_glossary().subset(["camp-zama", "japan"]).by_frequency().concepts[0].id
        'japan'
        """
        return self._with(tuple(sorted(self.concepts, key=lambda concept: -frequency(concept))))

    # Report

    def statistics(self) -> "GlossaryStatistics":
        """Return the numbers of concepts, terms, pairs and attestations.

        >>> import alliance_ref as ar
        >>> print(ar.reference_glossary().subset(["futenma"]).statistics().ja)
        ja: 3 terms (preferred 1, admitted 1, abbreviations 1)
        """
        from alliance_ref.glossary.statistics import statistics

        return statistics(self.concepts)

    def coverage(self, texts: "Text | Iterable[Text]") -> "Coverage":
        """Return the share of units that have a term, and of characters that are part of a term.

        Args:
            texts: One or several texts (of one language each), units, passages or documents.

        >>> import alliance_ref as ar
        >>> print(ar.reference_glossary().coverage("普天間飛行場は広い。").ja)
        ja: a term in 100.0% of 1 units, 66.7% of 9 characters
        """
        from alliance_ref.glossary.statistics import coverage, several

        return coverage(self._search.matcher, several(texts))

    def divergences(self) -> "Divergences":
        """Return the terms with several translations, with their documents and dates, most frequent first.

        >>> import alliance_ref as ar
        >>> bool(ar.reference_glossary().divergences())
        True
        """
        from alliance_ref.glossary.statistics import divergences

        return divergences(self.concepts)

    def evidence(self, concept_id: str, texts: "Texts | None" = None) -> "Evidence":
        """Return every recorded place of the renderings of a concept, with the sentences in both languages.

        Args:
            concept_id: The id of the concept.
            texts: The source of the sentences: a reference, or several units, passages, documents or editions
                (default: the shipped reference).

        Raises:
            UnknownConcept: if the id is unknown.

        >>> import alliance_ref as ar
        >>> line = ar.reference_glossary().evidence("far-east")[0]
        >>> line.en, line.ja, "Far East" in line.sentences.en, "極東" in line.sentences.ja
        ('Far East', '極東', True, True)
        """
        from alliance_ref.glossary.evidence import evidence
        from alliance_ref.reference import load

        return evidence(self.find(concept_id), load() if texts is None else texts)

    def to_file(
        self,
        path: str | os.PathLike[str],
        format: str | None = None,  # noqa: A002
        *,
        ja_first: bool = False,
    ) -> ExportReport:
        """Write the glossary to *path* and return a report of the data that the format cannot hold.

        Args:
            path: The file.
            format: The short name of a format, for example ``csv`` (default: the format of the suffix).
            ja_first: Whether Japanese comes first, for translation into English; for OmegaT, which looks up
                the terms of the first column.

        Raises:
            UnknownFormat: if the suffix or the name is unknown.
            InvalidValue: if *ja_first* is given for a format in which no language is first.
            UnwritableData: if the format cannot represent the glossary.
            MissingExtra: if the format needs a package that is not installed.
            OSError: if the file cannot be written; an existing file is then unchanged.

        >>> import tempfile, alliance_ref as ar
        >>> glossary = ar.reference_glossary().subset(["camp-zama"])
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     report = glossary.to_file(f"{folder}/terms.tbx")
        ...     ar.read_glossary(f"{folder}/terms.tbx") == glossary, report.losses
        (True, ())
        """
        return write_concepts(self.concepts, path, format, rejected=self.rejected, ja_first=ja_first)

    def to_review(
        self,
        path: str | os.PathLike[str],
        texts: "Texts | None" = None,
        *,
        name: str = "",
        lang: Lang = "en",
    ) -> None:
        """Write a page or a table on which a person accepts, rejects and corrects the pairs.

        An HTML page works without a server, keeps the decisions in the browser and saves them as a table. A
        workbook or CSV file has a column for the decisions. `build_glossary` reads both tables with
        ``approved=`` and ``rejected=``.

        Args:
            path: The file, with the suffix ``.html``, ``.xlsx`` or ``.csv``.
            texts: The source of the sentences, as in `evidence` (default: the shipped reference).
            name: The name of the glossary in the title (default: the name of the file).
            lang: The language of the page and of the drop-down lists.

        Raises:
            UnknownFormat: if the suffix is another one.
            MissingExtra: if a workbook needs a package that is not installed.
            OSError: if the file cannot be written; an existing file is then unchanged.

        >>> import tempfile, alliance_ref as ar
        >>> units = [ar.TranslationUnit("The alliance is old.", "同盟は古い。", "memory.tmx")]
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     ar.build_glossary(units).to_review(f"{folder}/review.csv", units)
        ...     with open(f"{folder}/review.csv", encoding="utf-8-sig") as file:
        ...         table = file.read()
        >>> table.splitlines()[1].split(",")[:4]
        ['', 'alliance', '同盟', 'どうめい']
        """
        from alliance_ref.glossary.review import write_review
        from alliance_ref.reference import load

        write_review(self.concepts, path, load() if texts is None else texts, name=name, lang=lang)


def frequency(concept: GlossaryConcept) -> int:
    """Return the total number of units in which the renderings of a concept occur."""
    return sum(rendering.count for rendering in concept.renderings)


def _best_score(concept: GlossaryConcept) -> float:
    """Return the highest score of the renderings of a concept, 1 if a person made one."""
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
