"""The reference: one object that joins the data with the functions that search it.

A reference is immutable: adding documents returns a new reference that shares everything with the old one.
Indexes are built on first use, in the same way in every thread, so no lock is needed.
"""

import datetime
import os
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib import import_module
from os import PathLike
from typing import TYPE_CHECKING, Literal, TypeVar, overload

from alliance_ref.arguments import check_choices, check_text, day_or_none, wrong_type
from alliance_ref.codec.store import KINDS, Store, read_compiled
from alliance_ref.records.results import Results

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from alliance_ref.annotation.annotator import AnnotatedText, EntryDesignation
    from alliance_ref.annotation.links import Link
    from alliance_ref.annotation.selection import Exclude, Selection
    from alliance_ref.matcher.phrase_matcher import Overlap, PhraseMatcher
    from alliance_ref.occurrences.concordance import Concordance, Sort
    from alliance_ref.occurrences.patterns import MatchKind
    from alliance_ref.occurrences.timeline import Timeline
    from alliance_ref.records import (
        Attestation,
        Concept,
        DecidedReading,
        Document,
        Edition,
        EditionPassage,
        Entry,
        EntryKind,
        Event,
        GlossaryConcept,
        Lang,
        Match,
        Name,
        OfficeHolder,
        Organization,
        Passage,
        Person,
        Place,
        Topic,
        TopicKind,
        Translation,
    )
    from alliance_ref.search.name_search import EntrySearch, IndexedNames

T = TypeVar("T")


def document_order(document: "Document") -> tuple[str, str]:
    """Return the sort key of documents: the earliest first, undated ones last, then by id."""
    return str(document.issued or "~"), document.id


_CERTAIN_REASONS = ("exact", "abbreviation", "variant", "inflected")
"""Reasons for which a match is the entry that was named, not one that resembles it."""

_SENTENCES = (
    "On February 19, 2005, the Defense Agency (JDA) and the Minister for Foreign Affairs discussed the SOFA.",
    "2005年（平成17年）2月19日、防衛庁長官と外務大臣は3回にわたり地位協定について協議した。",
)
"""Texts with names, dates and ambiguous names in both languages, for `Reference.warm`."""

_WARM_RUNS = 10
"""How often `Reference.warm` runs each function."""

_MAX_ID = 100
"""Maximum length of an id that is compared with the known ids for suggestions."""

_DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data")


class Reference:
    """The entries, documents and topics, with methods to search them.

    A reference is immutable and safe to share between threads. Get one with `alliance_ref.load`.

    >>> import alliance_ref as ar
    >>> ref = ar.load()
    >>> ref.entry("futenma").label("ja")
    '普天間飛行場'
    >>> "futenma" in ref, ref["futenma"].kind, ref.get("atlantis")
    (True, 'place', None)
    >>> sum(entry.kind == "place" for entry in ref) == len(ref.entries(kinds="place"))
    True
    """

    __slots__ = ("_matcher", "_own", "_readings", "_search", "_store", "_topics")

    def __init__(
        self,
        store: Store,
        own: "Mapping[str, Entry] | None" = None,
        topics: "Iterable[Topic]" = (),
        readings: "Iterable[DecidedReading]" = (),
    ) -> None:
        self._store = store
        self._own: dict[str, Entry] = dict(own or {})
        self._topics = tuple(topics)
        self._readings = tuple(readings)
        self._search: EntrySearch | None = None
        self._matcher: PhraseMatcher[EntryDesignation] | None = None

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle the data; the shipped reference is pickled by name and loaded where it arrives."""
        if _shipped_store.cache_info().currsize and self._store is _shipped_store():
            return _shipped_with, (self._own, self._topics, self._readings)
        return Reference, (self._store, self._own, self._topics, self._readings)

    @property
    def edition(self) -> str:
        """The edition of the data, for example ``2026.11``.

        >>> import alliance_ref as ar
        >>> ar.load().edition == ar.DATA_EDITION
        True
        """
        return self._store.edition

    def __contains__(self, item: object) -> bool:
        """Return whether *item* is the id of an entry, or an entry of this reference."""
        from alliance_ref.records.entries import Entry

        if isinstance(item, Entry):
            return self.get(item.id) == item
        return isinstance(item, str) and (item in self._own or item in self._store)

    def __iter__(self) -> "Iterator[Entry]":
        """Iterate over all entries, in the order of the data."""
        return map(self.entry, self._ids())

    def __getitem__(self, entry_id: str) -> "Entry":
        """Return the entry with this id, as `entry` does."""
        return self.entry(entry_id)

    def __len__(self) -> int:
        return sum(1 for _ in self._ids())

    def __repr__(self) -> str:
        return f"<Reference {self.edition}: {len(self)} entries, {len(self.documents())} documents>"

    def _ids(self, kinds: "Iterable[str] | None" = None) -> Iterator[str]:
        for entry_id in self._store:
            if entry_id not in self._own and (kinds is None or self._store.kind(entry_id) in kinds):
                yield entry_id
        for entry_id, entry in self._own.items():
            if kinds is None or entry.kind in kinds:
                yield entry_id

    def entry(self, entry_id: str) -> "Entry":
        """Return the entry with this id.

        Raises:
            UnknownEntry: if there is none; the error lists similar ids.

        >>> import alliance_ref as ar
        >>> ar.load().entry("koizumi-junichiro").kind
        'person'
        """
        check_text(entry_id, "the id")
        own = self._own.get(entry_id)
        if own is not None:
            return own
        if entry_id in self._store:
            return self._store.entry(entry_id)
        from alliance_ref.errors import UnknownEntry

        raise UnknownEntry(entry_id, self._nearest(entry_id, self._ids()))

    @overload
    def get(self, entry_id: str) -> "Entry | None": ...
    @overload
    def get(self, entry_id: str, default: T) -> "Entry | T": ...
    def get(self, entry_id: str, default: "T | None" = None) -> "Entry | T | None":
        """Return the entry with this id, or *default* if there is none.

        >>> import alliance_ref as ar
        >>> ref = ar.load()
        >>> ref.get("futenma") == ref["futenma"], ref.get("atlantis")
        (True, None)
        """
        check_text(entry_id, "the id")
        return self.entry(entry_id) if entry_id in self else default

    @overload
    def entries(self, *, kinds: Literal["person"]) -> "tuple[Person, ...]": ...
    @overload
    def entries(self, *, kinds: Literal["organization"]) -> "tuple[Organization, ...]": ...
    @overload
    def entries(self, *, kinds: Literal["place"]) -> "tuple[Place, ...]": ...
    @overload
    def entries(self, *, kinds: Literal["event"]) -> "tuple[Event, ...]": ...
    @overload
    def entries(self, *, kinds: Literal["concept"]) -> "tuple[Concept, ...]": ...
    @overload
    def entries(self, *, kinds: Literal["document"]) -> "tuple[Document, ...]": ...
    @overload
    def entries(self, *, kinds: "EntryKind | Iterable[EntryKind] | None" = None) -> "tuple[Entry, ...]": ...
    def entries(self, *, kinds: "EntryKind | Iterable[EntryKind] | None" = None) -> "tuple[Entry, ...]":
        """Return all entries, or those of one or several kinds, in the order of the data.

        Args:
            kinds: ``document``, ``person``, ``organization``, ``place``, ``event``, ``concept``, or several.

        Raises:
            InvalidValue: for any other kind.

        >>> import alliance_ref as ar
        >>> "futenma" in [place.id for place in ar.load().entries(kinds="place")]
        True
        >>> len(ar.load().entries(kinds=("place", "person"))) > 100
        True
        """
        return Results(self.entry(entry_id) for entry_id in self._ids(_kinds(kinds)))

    def document(self, document_id: str) -> "Document":
        """Return the document with this id and its passages.

        Raises:
            UnknownDocument: if there is none; the error lists similar ids.

        >>> import alliance_ref as ar
        >>> len(ar.load().document("halloran-2005").passages)
        19
        """
        from alliance_ref.records.documents import Document

        check_text(document_id, "the id")
        if document_id in self:
            entry = self.entry(document_id)
            if isinstance(entry, Document):
                return entry
        from alliance_ref.errors import UnknownDocument

        raise UnknownDocument(document_id, self._nearest(document_id, self._ids(("document",))))

    def documents(self) -> "tuple[Document, ...]":
        """Return all documents, the earliest first.

        >>> import alliance_ref as ar
        >>> ar.load().documents()[0].id
        'treaty-1951'
        """
        return Results(sorted(self.entries(kinds="document"), key=document_order))

    def passage(self, passage_id: str) -> "Passage":
        """Return the passage with this id, for example ``magosaki-2006#8``.

        Raises:
            UnknownDocument: if there is no such document.
            UnknownPassage: if the document does not have such a passage.

        >>> import alliance_ref as ar
        >>> ar.load().passage("magosaki-2006#8").number
        8
        """
        check_text(passage_id, "the id")
        document_id, _, number = passage_id.partition("#")
        document = self.document(document_id)
        if number.isascii() and number.isdigit() and len(number) < 10:
            return document.passage(int(number))
        from alliance_ref.errors import UnknownPassage

        raise UnknownPassage(passage_id, tuple(passage.number for passage in document.passages))

    def lookup(
        self,
        query: str,
        *,
        lang: "Lang | None" = None,
        kinds: "EntryKind | Iterable[EntryKind] | None" = None,
        as_of: datetime.date | str | None = None,
        limit: int = 10,
    ) -> "tuple[Match, ...]":
        """Return the entries that *query* names, best first.

        A query is a name in either language, in kanji, kana or Latin letters. Case, width, spaces, hyphens,
        periods and accents on Latin letters are ignored.

        Args:
            query: The name to look for.
            lang: Only names in this language.
            kinds: Only entries of this kind or these kinds.
            as_of: Only names in use on this day: a date, or text such as ``2005-04-14``.
            limit: Maximum number of matches.

        Returns:
            One `Match` for each entry, with the name that matched, the reason, and a score from 0 to 1: 1.0
            for the exact name, 0.97 for an abbreviation, 0.9 for another spelling, 0.85 for its kana, 0.8 for
            a romanization, 0.75 with other okurigana, 0.7 for an inflected form. Up to 0.09 is subtracted if
            the name is not the preferred one. Typing errors are allowed only if nothing else matches, with a
            score of at most 0.5.

        Raises:
            InvalidValue: if the query is empty, or an option has an unknown value.
            InvalidType: if the query is not text, or *as_of* is not a day.

        >>> import alliance_ref as ar
        >>> [match.entry.id for match in ar.load().lookup("ふてんま")]
        ['futenma']
        """
        accept = None if kinds is None else _accept(kinds)
        return Results(self._searcher().matches(query, lang=lang, as_of=as_of, limit=limit, accept=accept))

    def translate(
        self, query: "str | Entry", *, to: "Lang", as_of: datetime.date | str | None = None
    ) -> "Translation":
        """Return the names in one language for a name in the other, best first: by status, then by date.

        Args:
            query: A name in any spelling that `lookup` finds, or an entry.
            to: The language to translate into.
            as_of: The day on which names must be in use, in both languages: a date, or text such as
                ``2005-04-14``.

        Returns:
            The `Translation` with the usable names. If there are none, it has a gap with the reason:
            ``not-held`` if no entry has the name, or no name was in use on that day; ``not-translated`` if
            the entry has no name in that language.

        Raises:
            InvalidValue: if the query is empty, or the language is neither ``en`` nor ``ja``.

        >>> import alliance_ref as ar
        >>> str(ar.load().translate("防衛庁", to="en", as_of="2005-04-14"))
        'Japan Defense Agency'
        >>> print(ar.load().translate("宇宙人", to="en").gap)
        [not-held]
        """
        from alliance_ref.records import Entry, Equivalent, Translation
        from alliance_ref.search.equivalents import equivalents

        found, gap = equivalents(self._searcher(), query, to=to, as_of=as_of)
        asked = query.label("en") if isinstance(query, Entry) else query
        return Translation(asked, to, tuple(Equivalent(entry, name) for entry, name, _ in found), gap)

    def suggest(
        self,
        prefix: str,
        *,
        lang: "Lang | None" = None,
        kinds: "EntryKind | Iterable[EntryKind] | None" = None,
        limit: int = 10,
    ) -> "tuple[Match, ...]":
        """Return the entries with a name, reading or romanization that begins with *prefix*, for completion.

        Args:
            prefix: The first characters of a name, in kanji, kana or Latin letters.
            lang: Only names in this language.
            kinds: Only entries of this kind or these kinds.
            limit: Maximum number of matches.

        Raises:
            InvalidValue: if the prefix is empty, or an option has an unknown value.

        >>> import alliance_ref as ar
        >>> "futenma" in [match.entry.id for match in ar.load().suggest("ふて")]
        True
        """
        from alliance_ref.records.matches import Match

        found = self._searcher().suggest(prefix, lang=lang, limit=limit, accept=_accept(kinds))
        return Results([Match(*one) for one in found])

    def _searcher(self) -> "EntrySearch":
        if self._search is None:
            from alliance_ref.search.name_search import EntrySearch, indexed_entries

            added = [indexed_entries(self._own.values())] if self._own else []
            self._search = EntrySearch([self._shipped_names(), *added])
        return self._search

    def _shipped_names(self) -> "IndexedNames[Entry, Name]":
        """Return the index of the store, without the entries that added documents replace."""
        from alliance_ref.search.index import index_of_plain
        from alliance_ref.search.name_search import IndexedNames
        from alliance_ref.search.strategies import IndexSearch

        store, own = self._store, self._own
        index = store.index
        if index is None:
            index = index_of_plain((entry_id, store.plain(entry_id)) for entry_id in store)

        def resolve(entry_id: str, place: int) -> "tuple[Entry, Name] | None":
            if entry_id in own:
                return None
            entry = store.entry(entry_id)
            return entry, entry.names[place]

        return IndexedNames(IndexSearch(index), resolve)

    def annotate(
        self,
        text: str,
        *,
        lang: "Lang | None" = None,
        kinds: "EntryKind | Iterable[EntryKind] | None" = None,
        exclude: "Exclude | None" = None,
        abbreviations: bool = True,
        min_length: int = 1,
        first_only: bool = False,
        overlap: "Overlap" = "longest",
        boundaries: bool = True,
        as_of: datetime.date | str | None = None,
    ) -> "AnnotatedText":
        """Return every name of the reference in running text, with offsets into *text* as given.

        If several entries have the same name, all are kept, the most likely first: by *as_of* or the nearest
        date in the text, then by the other names in the text.

        Args:
            text: English, Japanese or both mixed.
            lang: Only names in this language.
            kinds: Only entries of this kind or these kinds.
            exclude: The id of an entry to leave out, several ids, or a function that returns true for an
                entry to leave out. A name in the longer name of such an entry is left out too.
            abbreviations: Whether to include names that are abbreviations, such as "JDA" and 普天間.
            min_length: The minimum number of characters of a name in the text.
            first_only: Whether to return only the first name of each entry.
            overlap: ``longest`` returns the leftmost and longest names, ``all`` nested names too.
            boundaries: Whether a Japanese name must begin and end at a token boundary and not be part of
                another name, for example 防衛 in 防衛大学校. An English name is never found inside a word.
            as_of: The day that the text is about: a date, or text such as ``2005-04-14``. By default, the
                dates in the text are used.

        Returns:
            The `AnnotatedText`, a tuple of `Annotation` that can be shown as HTML.

        Raises:
            InvalidType: if the text is not text, or *as_of* is not a day.
            InvalidValue: if an option has an unknown value.
            UnknownEntry: if no entry has an id in *exclude*.

        >>> import alliance_ref as ar
        >>> [(item.text, item.entry.id) for item in ar.load().annotate("普天間 and Camp Zama")]
        [('普天間', 'futenma'), ('Camp Zama', 'camp-zama')]
        >>> text = "Camp Zama is in Japan. Zama is a city in Kanagawa."
        >>> [item.text for item in ar.load().annotate(text, kinds="place", exclude="japan", first_only=True)]
        ['Camp Zama', 'Kanagawa']
        """
        from alliance_ref.annotation.annotator import annotate

        selected = self._selection(kinds, exclude, abbreviations, min_length, first_only)
        return annotate(
            self._name_matcher(),
            text,
            lang=lang,
            overlap=overlap,
            boundaries=boundaries,
            as_of=as_of,
            selection=selected,
        )

    def annotate_html(
        self,
        page: str,
        *,
        link: "Link | None" = None,
        lang: "Lang | None" = None,
        kinds: "EntryKind | Iterable[EntryKind] | None" = None,
        exclude: "Exclude | None" = None,
        abbreviations: bool = True,
        min_length: int = 1,
        first_only: bool = False,
        as_of: datetime.date | str | None = None,
    ) -> str:
        """Return an HTML page with links around the names in its text; everything else stays as it is.

        Text in links, buttons, code, scripts, styles and the head of the page is not annotated. A page that
        was annotated before is not annotated twice.

        Args:
            page: A page or a part of one.
            link: The target of a link: a template with ``{id}``, and optionally ``{kind}`` and ``{lang}``, or
                a function that returns the target of an `Annotation`, or ``None`` for no link. Without
                *link*, names have a ``span`` whose title is the name in the other language.
            lang: Only names in this language.
            kinds: Only entries of this kind or these kinds.
            exclude: The id of an entry to leave out, several ids, or a function that returns true for an
                entry to leave out.
            abbreviations: Whether to include names that are abbreviations.
            min_length: The minimum number of characters of a name in the text.
            first_only: Whether to mark only the first name of each entry.
            as_of: The day that the page is about: a date, or text such as ``2005-04-14``. By default, the
                dates in the page are used.

        Raises:
            InvalidType: if the page is not text, or an option has the wrong type.
            InvalidValue: if an option has an unknown value, or a template has no ``{id}``.
            UnknownEntry: if no entry has an id in *exclude*.

        >>> import alliance_ref as ar
        >>> page = '<p>Camp <a href="x.html">Zama</a>, Kadena <code>Zama</code></p>'
        >>> print(ar.load().annotate_html(page, link="/{id}"))  # doctest: +NORMALIZE_WHITESPACE
        <p>Camp <a href="x.html">Zama</a>,
        <a href="/kadena" lang="en" title="嘉手納飛行場" data-entry="kadena">Kadena</a> <code>Zama</code></p>
        """
        from alliance_ref.annotation.annotator import annotate_html

        selected = self._selection(kinds, exclude, abbreviations, min_length, first_only)
        return annotate_html(
            self._name_matcher(), page, link=link, lang=lang, as_of=as_of, selection=selected
        )

    def annotations_in_html(
        self,
        page: str,
        *,
        lang: "Lang | None" = None,
        kinds: "EntryKind | Iterable[EntryKind] | None" = None,
        exclude: "Exclude | None" = None,
        abbreviations: bool = True,
        min_length: int = 1,
        first_only: bool = False,
        as_of: datetime.date | str | None = None,
    ) -> "AnnotatedText":
        """Return the names in the text of an HTML page, with offsets into the page.

        The options are those of `annotate_html`. The `text` of an annotation is ``page[start:end]``, with any
        tags and character references in it.

        >>> import alliance_ref as ar
        >>> page = "<p><b>Camp</b> Zama</p>"
        >>> found = ar.load().annotations_in_html(page)[0]
        >>> found.text, found.entry.id
        ('Camp</b> Zama', 'camp-zama')
        """
        from alliance_ref.annotation.annotator import AnnotatedText, annotate_page

        selected = self._selection(kinds, exclude, abbreviations, min_length, first_only)
        found = annotate_page(self._name_matcher(), page, lang=lang, as_of=as_of, selection=selected)
        return AnnotatedText(page, [item for item, _ in found])

    def _selection(
        self,
        kinds: "EntryKind | Iterable[EntryKind] | None",
        exclude: "Exclude | None",
        abbreviations: bool,
        min_length: int,
        first_only: bool,
    ) -> "Selection":
        """Return the selection of annotations that the options of `annotate` describe."""
        from alliance_ref.annotation.selection import selection

        return selection(
            _kinds(kinds),
            exclude,
            abbreviations=abbreviations,
            min_length=min_length,
            first_only=first_only,
            check_id=self.entry,
        )

    def _name_matcher(self) -> "PhraseMatcher[EntryDesignation]":
        if self._matcher is None:
            from alliance_ref.annotation.annotator import entry_designation

            self._matcher = self.matcher_of(lambda reference: entry_designation(reference, self.entry))
        return self._matcher

    def matcher_of(self, value: "Callable[[str], T | None]") -> "PhraseMatcher[T]":
        """Return a phrase matcher of all names; compiled data has its patterns, so that no entry is decoded.

        Args:
            value: Returns the value of a match for a reference from
                `alliance_ref.annotation.annotator.designation_references`, or ``None`` to ignore the name.
        """
        from alliance_ref.matcher.precompiled import precompiled_matcher

        table = None if self._own else self._store.table("patterns")
        if table is not None:
            return precompiled_matcher(table, value)
        from alliance_ref.annotation.annotator import designation_references
        from alliance_ref.matcher.phrase_matcher import PhraseMatcher

        names = designation_references(self.entries())
        valued = ((text, lang, value(reference)) for text, lang, reference in names)
        return PhraseMatcher.from_names((text, lang, one) for text, lang, one in valued if one is not None)

    def concordance(
        self,
        query: "str | Entry",
        *,
        lang: "Lang | None" = None,
        match: "MatchKind" = "exact",
        width: int = 40,
        sort: "Sort" = "right",
        documents: "Iterable[str | Document | Edition] | None" = None,
    ) -> "Concordance":
        """Return every occurrence of a phrase or entry in the passages, in context, with its translation.

        A phrase is also found inside longer Japanese words, an entry only by its names.

        Args:
            query: A word or phrase, or an entry.
            lang: Only hits in this language.
            match: ``exact`` for a phrase as written, in any spelling with the same key; ``lemma`` for its
                words in any form (agree also finds agreed); ``regex`` for a regular expression. English
                lemmas are those of simplemma (extra ``corpus``), or stems.
            width: Maximum width of the context on each side, in terminal cells.
            sort: By the words to the ``right`` or to the ``left`` of the hit, or by ``position``.
            documents: Documents, their ids, and editions to search (default: all documents).

        Raises:
            InvalidValue: if the query is empty, or an option has an unknown value.
            InvalidType: if the query is neither text nor an entry.

        >>> import alliance_ref as ar
        >>> {line.lang for line in ar.load().concordance("抑止力", lang="ja")}
        {'ja'}
        """
        from alliance_ref.occurrences.concordance import (
            concordance,
            concordance_of_passages,
            passages_of,
            sought_names,
        )

        named: list[Entry] = []
        if isinstance(query, str) and query.strip() and match != "regex":
            named = [match.entry for match in self.lookup(query) if match.reason in _CERTAIN_REASONS]
        if isinstance(documents, str):
            raise wrong_type("documents", "several documents or ids", documents)
        if documents is not None:
            given = [self.document(item) if isinstance(item, str) else item for item in documents]
            return concordance(given, query, entries=named, lang=lang, match=match, width=width, sort=sort)
        if match == "exact" or not isinstance(query, str):
            passages = self._passages_with(sought_names(query))
        else:
            passages = passages_of(self.documents())
        return concordance_of_passages(
            passages, query, entries=named, lang=lang, match=match, width=width, sort=sort
        )

    def _passages_with(
        self, names: "Iterable[tuple[str, Lang, object]]"
    ) -> "Iterable[tuple[str, Iterable[Passage | EditionPassage]]]":
        """Return the documents and their passages that may have one of *names*; only these are decoded."""
        from alliance_ref.matcher.phrase_matcher import patterns_by_key
        from alliance_ref.occurrences.concordance import passages_of

        table = None if self._own else self._store.table("passage-keys")
        if table is None:
            return passages_of(self.documents())
        keys = tuple(patterns_by_key(names))
        found: dict[str, list[int]] = {}
        for document_id, number, key in table:
            if any(one in key for one in keys):
                found.setdefault(document_id, []).append(number)
        return ((document_id, self._store.passages(document_id, found[document_id])) for document_id in found)

    def topics(self, *, kinds: "TopicKind | Iterable[TopicKind] | None" = None) -> "tuple[Topic, ...]":
        """Return the topics: questions followed through the documents.

        Args:
            kinds: ``agenda`` (raised in 2005, with the later documents that settled it) or ``comparison``
                (one aspect of two documents side by side); both by default.

        Raises:
            InvalidValue: for any other kind.

        >>> import alliance_ref as ar
        >>> len(ar.load().topics(kinds="agenda"))
        7
        """
        wanted = None if kinds is None else check_choices(kinds, "kinds", ("agenda", "comparison"))
        return Results(topic for topic in self._all_topics() if wanted is None or topic.kind in wanted)

    def _all_topics(self) -> "tuple[Topic, ...]":
        return (*self._store.topics(), *self._topics)

    def topic(self, topic_id: str) -> "Topic":
        """Return the topic with this id.

        Raises:
            UnknownTopic: if there is none; the error lists similar ids.

        >>> import alliance_ref as ar
        >>> ar.load().topic("scope").title.ja
        '協力の範囲'
        """
        check_text(topic_id, "the id")
        for topic in self._all_topics():
            if topic.id == topic_id:
                return topic
        from alliance_ref.errors import UnknownTopic

        raise UnknownTopic(topic_id, self._nearest(topic_id, [topic.id for topic in self._all_topics()]))

    def timeline(
        self,
        *,
        start: datetime.date | str | None = None,
        end: datetime.date | str | None = None,
        kinds: "EntryKind | Iterable[EntryKind] | None" = None,
        lang: "Lang" = "en",
    ) -> "Timeline":
        """Return the dated events and documents, the earliest first, each date as precise as it is known.

        Args:
            start: The first day: a date, or text such as ``2005-01-01``. A date known only to the month or
                year is included if it may be on or after this day.
            end: The last day, likewise.
            kinds: One or several of ``event``, ``document`` (issued, in force, ended), ``organization``
                (founded, dissolved) and ``person`` (took office, left office). By default events and
                documents, except documents that result from an event of the same day.
            lang: The language in which an item is printed.

        Returns:
            The `Timeline`, a tuple of `TimelineItem` that can be shown as HTML.

        Raises:
            InvalidValue: if *end* is before *start*, or a kind or the language is unknown.
            InvalidType: if *start* or *end* is not a day.

        >>> import alliance_ref as ar
        >>> print(ar.load().timeline(start="2005-02-19", end="2005-02-19", lang="ja")[-1].when.ja)
        2005年（平成17年）2月19日
        """
        from alliance_ref.occurrences import timeline

        first, last, wanted = timeline.check_options(start, end, kinds, lang)
        entries = (self.entry(entry_id) for entry_id in self._ids(wanted))
        return timeline.timeline(entries, start=first, end=last, kinds=wanted, lang=lang)

    def office_holders(
        self, office: str, *, as_of: datetime.date | str | None = None
    ) -> "tuple[OfficeHolder, ...]":
        """Return the persons who held an office, in order of time.

        Args:
            office: The name of the office in either language. If an entry has this name, its other names
                count too.
            as_of: Only holders on this day: a date, or text such as ``2005-04-14``. On a day of change, both
                holders are returned.

        Raises:
            InvalidValue: if the name is empty.

        >>> import alliance_ref as ar
        >>> [holder.person.id for holder in ar.load().office_holders("外務大臣", as_of="2005-04-14")]
        ['machimura-nobutaka']
        """
        from alliance_ref.occurrences.timeline import office_holders

        check_text(office, "the office")
        day = day_or_none(as_of)
        names = [office]
        if office.strip():
            for match in self.lookup(office, kinds="concept"):
                if match.reason in _CERTAIN_REASONS:
                    names += [name.text for name in match.entry.names]
        return Results(office_holders(self.entries(kinds="person"), names, as_of=day))

    def attestations(self, entry_id: str) -> "tuple[Attestation, ...]":
        """Return where the passages use a name of an entry, in either language, with offsets.

        Raises:
            UnknownEntry: if no entry has this id.

        >>> import alliance_ref as ar
        >>> found = ar.load().attestations("far-east")
        >>> {item.lang for item in found} == {"en", "ja"}
        True
        """
        from alliance_ref.occurrences.concordance import attestations

        return Results(attestations(self.entry(entry_id), self.documents()))

    def decided_readings(self, *, parts: bool = False) -> "dict[str, tuple[str, ...]]":
        """Return the words whose reading was decided by hand, with their readings, the usual one first.

        Args:
            parts: Whether to include the parts of names that are read so only in these names: 順子 is
                よりこ in 川口順子, and otherwise じゅんこ.

        >>> import alliance_ref as ar
        >>> ar.load().decided_readings()["日本"]
        ('にほん', 'にっぽん')
        """
        decided = (*self._store.readings(), *self._readings)
        return {item.text: item.readings for item in decided if parts or not item.part}

    def read_copy(self, copy: str | bytes | PathLike[str]) -> "Edition":
        """Recognize, repair, verify and align a copy of one of the documents.

        The document is recognized by its paragraphs, not by the name of the file. Each paragraph is verified
        against its fingerprint, and its sentences are aligned if the copy has both languages. Lost quotation
        marks are restored; the author's own mistakes are kept and listed as corrections.

        Args:
            copy: A path, the bytes of a file, or a text of several lines. Bytes may be UTF-8, UTF-16, CP932,
                EUC-JP, ISO-2022-JP or Windows-1252.

        Raises:
            InputNotFound: if the file does not exist.
            UnreadableCopy: if it does not contain text.
            UnrecognizedCopy: if it is not a copy of any of the documents.

        >>> import attrs
        >>> import alliance_ref as ar
        >>> text = "“Talks go on,” he said."
        >>> prints = ar.records.Fingerprints(ar.fingerprint(text), ar.records.Gap("not-translated"))
        >>> passage = ar.Passage("talks-2011#1", 1, (), fingerprint=prints)
        >>> mine = attrs.evolve(ar.document("roadmap-2006"), id="talks-2011", front=(), passages=(passage,))
        >>> ref = ar.load().with_documents(mine)
        >>> edition = ref.read_copy(b"?Talks go on,? he said.")
        >>> edition.passages[0].en.status, edition.encoding, len(edition.repairs)
        ('verified', 'utf-8', 2)
        """
        from alliance_ref.editions.read_copy import read_copy

        return read_copy(copy, self.documents())

    def with_documents(self, *documents: "Document") -> "Reference":
        """Return a new reference with these documents added; a document with a known id replaces the old one.

        Raises:
            InvalidType: if one of them is not a `Document`.
            InvalidValue: if another kind of entry, or a topic, has the id of one of them.

        >>> import attrs
        >>> import alliance_ref as ar
        >>> ref = ar.load()
        >>> mine = attrs.evolve(ref.document("roadmap-2006"), id="my-notes")
        >>> ref.with_documents(mine).document("my-notes").id
        'my-notes'
        >>> "my-notes" in ref
        False
        """
        from alliance_ref.records.documents import Document

        for item in documents:
            if not isinstance(item, Document):
                raise wrong_type("a document", "a Document", item)
        return self._with(documents)

    def with_entries(self, *entries: "Entry") -> "Reference":
        """Return a new reference with these entries added; they are found, annotated and translated too.

        An entry replaces the one with the same id if both are of the same kind.

        Raises:
            InvalidType: if one of them is not an `Entry`.
            InvalidValue: if another kind of entry, or a topic, has the id of one of them.
            InvalidData: if one of them refers to an entry that does not exist; the error lists all cases.

        >>> import alliance_ref as ar
        >>> source = ar.records.Source("own", ar.records.Bilingual("Own notes", "自分の記録"))
        >>> names = (ar.Name("Harbor Park", "en"), ar.Name("港公園", "ja", reading="みなと こうえん"))
        >>> park = ar.records.Place("harbor-park", names, sources=(source,), type="site", within="okinawa")
        >>> ref = ar.load().with_entries(park)
        >>> ref.lookup("みなとこうえん")[0].entry.id, str(ref.translate("Harbor Park", to="ja"))
        ('harbor-park', '港公園')
        >>> [item.entry.id for item in ref.annotate("普天間から港公園へ")]
        ['futenma', 'harbor-park']
        """
        from alliance_ref.codec.integrity import reference_problems
        from alliance_ref.records.entries import Entry

        for item in entries:
            if not isinstance(item, Entry):
                raise wrong_type("an entry", "an Entry", item)
        extended = self._with(entries)
        problems = reference_problems(((item.id, "$", item) for item in entries), extended.kinds_by_id())
        if problems:
            from alliance_ref.errors import InvalidData

            raise InvalidData(tuple(problems))
        return extended

    def with_glossary(self, glossary: "Iterable[GlossaryConcept]") -> "Reference":
        """Return a new reference with the concepts of a glossary added as entries.

        Each becomes a `Concept` with the terms as names. Its id is that of the concept, or is made from the
        English term if that is not an id, or is already the id of an entry. A concept without a definition
        has the preferred term in its place.

        Args:
            glossary: A `Glossary`, for example from `read_glossary`, or its concepts.

        Raises:
            InvalidType: if one of them is not a `GlossaryConcept`.

        >>> import alliance_ref as ar
        >>> Term, Section = ar.records.Term, ar.records.LanguageSection
        >>> en = Section("en", (Term("tide gate", "en"),))
        >>> ja = Section("ja", (Term("潮門", "ja", reading="しおもん"),))
        >>> ref = ar.load().with_glossary([ar.GlossaryConcept("1", en, ja)])
        >>> str(ref.translate("潮門", to="en")), ref.lookup("しおもん")[0].entry.id
        ('tide gate', 'tide-gate')
        """
        from alliance_ref.records.concepts import concept_of_glossary
        from alliance_ref.records.glossary import GlossaryConcept

        added: dict[str, Entry] = {}
        taken = {*self._ids(), *(topic.id for topic in self._all_topics())}
        for item in glossary:
            if not isinstance(item, GlossaryConcept):
                raise wrong_type("a concept of the glossary", "a GlossaryConcept", item)
            entry = concept_of_glossary(item, taken)
            added[entry.id] = entry
            taken.add(entry.id)
        return self._with(added.values())

    def _with(self, entries: "Iterable[Entry]") -> "Reference":
        """Return this reference with *entries* added; an id must not be that of another kind of entry."""
        added = {item.id: item for item in entries}
        topics = {topic.id for topic in self._all_topics()}
        for entry_id, item in added.items():
            known = "topic" if entry_id in topics else self._kind(entry_id)
            if known not in (None, item.kind):
                from alliance_ref.errors import InvalidValue

                raise InvalidValue("used-id", id=entry_id, kind=known)
        return Reference(self._store, {**self._own, **added}, self._topics, self._readings)

    def with_folder(self, directory: str | PathLike[str]) -> "Reference":
        """Return a new reference with the entries, topics and readings of a folder of data files added.

        The files may mention the entries of this reference.

        Args:
            directory: A folder of TOML files with the layout of the library's own data.

        Raises:
            InvalidData: if the files have mistakes, or use an id of this reference; the error lists all.
            InvalidValue: if the path is empty.
            InvalidType: if *directory* is not a path.

        >>> import tempfile
        >>> from pathlib import Path
        >>> import alliance_ref as ar
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     _ = Path(folder, "meta.toml").write_text(
        ...         '''
        ...         edition = "mine-1"
        ...         schema = 1
        ...         '''
        ...     )
        ...     _ = Path(folder, "places.toml").write_text(
        ...         '''
        ...         [[place]]
        ...         id = "harbor-park"
        ...         names = [{ en = "Harbor Park" }, { ja = "港公園" }]
        ...         sources = [{ id = "own", title = { en = "Own notes", ja = "自分の記録" } }]
        ...         type = "site"
        ...         within = "okinawa"
        ...         ''',
        ...         encoding="utf-8",
        ...     )
        ...     ref = ar.load().with_folder(folder)
        >>> str(ref.translate("港公園", to="en"))
        'Harbor Park'
        """
        from alliance_ref.codec.toml_files import Known, read_data

        passages = {passage.id for document in self.documents() for passage in document.passages}
        topics = tuple(topic.id for topic in self._all_topics())
        store = read_data(_folder(directory), known=Known(self.kinds_by_id(), passages, topics))
        added = {entry_id: store.entry(entry_id) for entry_id in store}
        return Reference(
            self._store,
            {**self._own, **added},
            (*self._topics, *store.topics()),
            (*self._readings, *store.readings()),
        )

    def warm(self) -> "Reference":
        """Build everything that is otherwise built on first use, and return this reference.

        After that, the first request of a service takes as long as later ones. Call it before the server
        forks its workers, so that they share the memory. It takes one to two seconds.

        >>> import alliance_ref as ar
        >>> ref = ar.load(warm=True)
        >>> ref is ar.load()
        True
        """
        names = [name.text for entry in self for name in entry.names]
        self.annotate("\n".join(names))  # parses the patterns of all names
        # The interpreter adapts code that has run several times.
        for _ in range(_WARM_RUNS):
            for text in _SENTENCES:
                self.annotate(text)
                self.annotate_html(text)
            for name in ("no such name", "ふてんま", "日米同盟"):
                self.lookup(name)
                self.translate(name, to="en")
            self.suggest("日本")
        # The functions of the package are imported on first use; each imports the module of all of them.
        package = import_module(__package__)
        for shortcut in ("annotate", "annotate_html", "lookup", "suggest", "translate"):
            getattr(package, shortcut)
        return self

    def kinds_by_id(self) -> dict[str, str]:
        """Return the kind of every entry by its id, without decoding the entries.

        >>> import alliance_ref as ar
        >>> ar.load().kinds_by_id()["futenma"]
        'place'
        """
        return {entry_id: str(self._kind(entry_id)) for entry_id in self._ids()}

    def _kind(self, entry_id: str) -> str | None:
        """Return the kind of an entry without decoding it; ``None`` for an unknown id."""
        if entry_id in self._own:
            return self._own[entry_id].kind
        return self._store.kind(entry_id) if entry_id in self._store else None

    def _nearest(self, wanted: str, ids: Iterable[str]) -> tuple[str, ...]:
        from difflib import get_close_matches

        # Long text is slow to compare and resembles no id.
        return tuple(get_close_matches(wanted[:_MAX_ID], list(ids), n=3, cutoff=0.6))


def _kinds(kinds: "EntryKind | Iterable[EntryKind] | None") -> "tuple[str, ...] | None":
    """Return the kinds of entries in *kinds*, which may be one or several; ``None`` for all."""
    return None if kinds is None else check_choices(kinds, "kinds", KINDS)


def _accept(kinds: "EntryKind | Iterable[EntryKind] | None") -> "Callable[[Entry], bool] | None":
    """Return the condition that an entry is of one of these kinds; ``None`` for any entry."""
    if kinds is None:
        return None
    wanted = _kinds(kinds) or ()
    return lambda entry: entry.kind in wanted


def load(directory: str | PathLike[str] | None = None, *, warm: bool = False) -> Reference:
    """Return the shipped reference, or the one in a folder of data files.

    The shipped reference is loaded once and shared.

    Args:
        directory: A folder of TOML files with the layout of the library's own data. To add a folder to the
            shipped reference, use ``ar.load().with_folder(...)``.
        warm: Whether to build everything now that is otherwise built on first use, see `Reference.warm`.

    Raises:
        InvalidData: if the files have mistakes; the error lists all of them.
        InvalidValue: if the path is empty.
        InvalidType: if *directory* is not a path.

    >>> import alliance_ref as ar
    >>> ar.load() is ar.load()
    True
    """
    if directory is None:
        reference = _shipped()
    else:
        from alliance_ref.codec.toml_files import read_data

        reference = Reference(read_data(_folder(directory)))
    return reference.warm() if warm else reference


def _folder(directory: str | PathLike[str]) -> "Path":
    """Return the path of a folder.

    Raises:
        InvalidValue: if the path is empty.
        InvalidType: if *directory* is not a path.
    """
    if not isinstance(directory, str | PathLike):
        raise wrong_type("directory", "the path of a folder", directory)
    if not os.fspath(directory):
        from alliance_ref.errors import InvalidValue

        raise InvalidValue("empty-directory")
    from pathlib import Path

    return Path(directory)


@lru_cache(maxsize=1)
def _shipped() -> Reference:
    return Reference(_shipped_store())


@lru_cache(maxsize=1)
def _shipped_store() -> Store:
    compiled = read_compiled(os.path.join(_DATA, "compiled"))
    if compiled is not None:
        return compiled
    from pathlib import Path

    from alliance_ref.codec.toml_files import read_data

    return read_data(Path(_DATA))


def _shipped_with(
    own: "Mapping[str, Entry]", topics: "tuple[Topic, ...]", readings: "tuple[DecidedReading, ...]"
) -> Reference:
    """Return the shipped reference with added data, if any."""
    return Reference(_shipped_store(), own, topics, readings) if own or topics or readings else _shipped()
