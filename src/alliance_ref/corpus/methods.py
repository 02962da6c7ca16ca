"""The searches of a corpus, shared by a corpus and its view together with the reference."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from alliance_ref.arguments import wrong_type
from alliance_ref.corpus.analysis import analyze
from alliance_ref.corpus.counts import CountBy, Counts, counts
from alliance_ref.corpus.filters import Day, Filters
from alliance_ref.corpus.search import CorpusConcordance, Located, Search, concordance
from alliance_ref.corpus.store import Store
from alliance_ref.errors import InvalidValue
from alliance_ref.occurrences.concordance import Sort
from alliance_ref.occurrences.patterns import MatchKind
from alliance_ref.records import Attestation, Entry
from alliance_ref.records.values import LANGS, Lang
from alliance_ref.reference import Reference, load

if TYPE_CHECKING:
    from alliance_ref.glossary import Glossary


class CorpusSearch:
    """The searches that a corpus, and a corpus together with the reference, have."""

    @property
    def _stores(self) -> Sequence[Store]:
        raise NotImplementedError

    @property
    def _entries(self) -> Reference:
        return load()

    def concordance(
        self,
        query: str | Entry | None = None,
        *,
        en: str | None = None,
        ja: str | None = None,
        without_en: str | None = None,
        without_ja: str | None = None,
        match: MatchKind = "lemma",
        lang: Lang | None = None,
        start: Day | None = None,
        end: Day | None = None,
        documents: str | Iterable[str] | None = None,
        types: str | Iterable[str] | None = None,
        where: Mapping[str, str] | None = None,
        glossary: "Glossary | None" = None,
        width: int = 40,
        sort: Sort = "position",
        limit: int | None = 50,
        offset: int = 0,
    ) -> CorpusConcordance:
        """Return the hits of a query in context (KWIC), each with the other side of its unit.

        An entry is found by all of its names that were in use at the date of the document. Words are found by
        their lemma: agree also finds agreed. A Japanese word may be written in kana, in Latin letters, with
        old kanji or other okurigana; if the corpus does not have it as a word, it is found inside words.
        English lemmas are those of simplemma, or stems (see `Corpus`).

        Args:
            query: A word or phrase, or an entry.
            en: Instead of *query*: what the English side must have.
            ja: What the Japanese side must have. With both, the hits in English are listed, and those in
                Japanese are highlighted.
            without_en: What the English side must not have.
            without_ja: What the Japanese side must not have, for example the usual translation of a word.
            match: ``lemma``; ``exact`` for the form as written, in Japanese also inside words, ignoring case,
                width and old kanji; or ``regex`` for a regular expression of Python, which reads all units.
            lang: Only hits in this language.
            start: Only documents that may be of this day or later: ``2005``, ``2005-04`` or ``2005-04-14``.
            end: Only documents that may be of this day or earlier, likewise.
            documents: Only documents with these ids.
            types: Only documents of these types.
            where: Only documents whose fields have these values, for example ``{"ministry": "MOFA"}``.
            glossary: A glossary whose translations of the query are highlighted, besides those of the
                reference.
            width: Maximum width of the context on each side, in terminal cells.
            sort: By ``position``, in the order in which the documents were added; or by the words to the
                ``right`` or ``left``. The latter needs all hits and is limited to 20,000 units.
            limit: Maximum number of lines; ``None`` for all.
            offset: Number of lines to skip.

        Returns:
            The lines; `total` is the number of units with a hit in the whole corpus.

        Raises:
            InvalidValue: if the query is empty, or an option has an unknown value.
            CorpusLimit: if too many hits are to be sorted.

        >>> import alliance_ref as ar
        >>> corpus = ar.Corpus(":memory:")
        >>> units = [("They share the burden.", "負担を分かち合う。"), ("A heavy burden.", "重荷。")]
        >>> corpus.add_units(units)
        ('units',)
        >>> print(corpus.concordance(en="burden", without_ja="負担"))
        units#1  They share the burden. A heavy [burden].
                                                重荷。
        """
        search = Search(
            query,
            en,
            ja,
            without_en,
            without_ja,
            match,
            lang,
            Filters.checked(start, end, documents, types, where),
        )
        return concordance(
            self._stores,
            search,
            self._entries,
            glossary=glossary,
            width=width,
            sort=sort,
            limit=limit,
            offset=offset,
        )

    def counts(
        self,
        query: str | Entry | Iterable[str | Entry],
        *,
        by: CountBy = "year",
        match: MatchKind = "lemma",
        lang: Lang | None = None,
        start: Day | None = None,
        end: Day | None = None,
        documents: str | Iterable[str] | None = None,
        types: str | Iterable[str] | None = None,
        where: Mapping[str, str] | None = None,
    ) -> Counts:
        """Return how often a query occurs, by year, month, document or type of document.

        All documents of a group count, also those without an occurrence, so that the frequency per million
        words (normalized frequency) can be compared between groups.

        Args:
            query: A word or phrase, an entry, or several of them, whose occurrences are added.
            by: ``year``, ``month``, ``document`` or ``type``. Documents without such a date have the key
                ``""``.
            match: See `concordance`.
            lang: Only occurrences in this language (default: the language of the query).
            start: Only documents that may be of this day or later.
            end: Only documents that may be of this day or earlier.
            documents: Only documents with these ids.
            types: Only documents of these types.
            where: Only documents whose fields have these values.

        Raises:
            InvalidValue: if a query is empty, or an option has an unknown value.

        >>> import alliance_ref as ar
        >>> corpus = ar.Corpus(":memory:")
        >>> corpus.add(ar.document("guidelines-1978"))
        >>> corpus.add(ar.document("guidelines-1997"))
        >>> [(row.key, row.hits > 0) for row in corpus.counts("抑止")]
        [('1978', True), ('1997', True)]
        """
        queries = (query,) if isinstance(query, str | Entry) else tuple(query)
        if not queries:
            raise InvalidValue("empty-query")
        filters = Filters.checked(start, end, documents, types, where)
        searches = [Search(item, match=match, lang=lang, filters=filters) for item in queries]
        return counts(self._stores, searches, by)

    def attestations(self, entry: str | Entry) -> tuple[Attestation, ...]:
        """Return where the documents use a name of an entry, in either language, with offsets.

        Args:
            entry: An entry or its id.

        Raises:
            UnknownEntry: if the reference has no entry with this id.

        >>> import alliance_ref as ar
        >>> corpus = ar.Corpus(":memory:")
        >>> corpus.add_units([("Futenma was returned.", "普天間は返還された。")], id="notes")
        ('notes',)
        >>> [(found.passage, found.lang, found.text) for found in corpus.attestations("futenma")]
        [('notes#1', 'en', 'Futenma'), ('notes#1', 'ja', '普天間')]
        """
        if isinstance(entry, str):
            entry = self._entries.entry(entry)
        if not isinstance(entry, Entry):
            raise wrong_type("the entry", "an entry or its id", entry)
        found = []
        for store in self._stores:
            located, ids = Located(store, Search(entry)), store.ids()
            for unit in located.units():
                passage = f"{ids[unit.document]}#{unit.passage}"
                for lang in LANGS:
                    for start, end in located.places(unit, lang):
                        text = unit.text(lang)[start:end]
                        found.append(Attestation(passage, unit.place, lang, start, end, text))
        return tuple(found)


class CorpusWithReference(CorpusSearch):
    """A corpus together with the passages of the reference, searched as one corpus.

    >>> import alliance_ref as ar
    >>> corpus = ar.Corpus(":memory:")
    >>> corpus.add_units([("The Far East changed.", "極東は変わった。")], id="notes")
    ('notes',)
    >>> {line.document for line in corpus.reference.concordance("極東", end="1960")} >= {"treaty-1960"}
    True
    """

    def __init__(self, corpus: CorpusSearch, reference: Reference) -> None:
        self._corpus = corpus
        self._reference = reference

    @property
    def _stores(self) -> Sequence[Store]:
        lemmas = self._corpus._stores[0].lemmas  # noqa: SLF001 (of the same class)
        return (*self._corpus._stores, _reference_store(self._reference, lemmas))  # noqa: SLF001

    @property
    def _entries(self) -> Reference:
        return self._reference


@lru_cache(maxsize=2)
def _reference_store(reference: Reference, lemmas: str) -> Store:
    """Return the passages of a reference as a store in memory."""
    store = Store(":memory:", lemmas="simplemma" if lemmas == "simplemma" else "stem")
    with store.writing():
        for document in reference.documents():
            texts = [(unit.text("en"), unit.text("ja")) for item in document.passages for unit in item.units]
            if texts:
                source = "; ".join(item.title.en for item in document.sources)
                store.add(document, analyze(texts, document.issued, reference), source=source)
    return store
