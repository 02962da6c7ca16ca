"""The reference: the one object that joins the data with the ways to find things in it.

It never changes: documents of one's own go into a new reference that shares everything with the old
one. What it builds on first use it builds the same way in every thread, so it needs no lock.
"""

import datetime
import os
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from os import PathLike
from typing import TYPE_CHECKING, Literal, overload

from alliance_ref.arguments import check_text, day_or_none
from alliance_ref.codec.store import Store, read_compiled
from alliance_ref.errors import quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    from alliance_ref.annotation.annotator import AnnotatedText, Called
    from alliance_ref.matcher.phrase_matcher import Overlap, Spotter
    from alliance_ref.occurrences.concordance import Concordance, Sort
    from alliance_ref.occurrences.timeline import Timeline
    from alliance_ref.records import (
        Attestation,
        Concept,
        Document,
        Edition,
        Entry,
        EntryKind,
        Event,
        Lang,
        Match,
        OfficeHolder,
        Organization,
        Passage,
        Person,
        Place,
        Topic,
        TopicKind,
        Translation,
    )
    from alliance_ref.search.name_search import Hit, Searcher

_SURE = ("exact", "abbreviation", "variant", "inflected")
"""Reasons for which a match is the thing that was named, not one that looks like it."""

_ID_AT_MOST = 100

_DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data")


class Reference:
    """Everything the library knows, to be asked. Immutable, and safe to share between threads.

    Get one with :func:`alliance_ref.load`.

    >>> import alliance_ref as ar
    >>> ref = ar.load()
    >>> ref.entry("futenma").label("ja")
    '普天間飛行場'
    >>> "futenma" in ref
    True
    """

    __slots__ = ("_own", "_search", "_spotter", "_store")

    def __init__(self, store: Store, own: "Mapping[str, Document] | None" = None) -> None:
        self._store = store
        self._own: dict[str, Document] = dict(own or {})
        self._search: tuple[Searcher, Searcher | None] | None = None
        self._spotter: Spotter[Called] | None = None

    def __reduce__(self) -> tuple[object, ...]:
        """A reference is pickled as its data; the shipped one by name, and loaded where it arrives."""
        if _shipped_store.cache_info().currsize and self._store is _shipped_store():
            return _shipped_with, (self._own,)
        return Reference, (self._store, self._own)

    @property
    def edition(self) -> str:
        """The edition of the data, such as ``2026.11``.

        >>> import alliance_ref as ar
        >>> ar.load().edition == ar.DATA_EDITION
        True
        """
        return self._store.edition

    def __contains__(self, entry_id: object) -> bool:
        return entry_id in self._own or entry_id in self._store

    def __len__(self) -> int:
        return sum(1 for _ in self._ids())

    def __repr__(self) -> str:
        return f"<Reference {self.edition}: {len(self)} entries, {len(self.documents())} documents>"

    def _ids(self, kind: "EntryKind | None" = None) -> Iterator[str]:
        for entry_id in self._store:
            if entry_id not in self._own and kind in (None, self._store.kind(entry_id)):
                yield entry_id
        if kind in (None, "document"):
            yield from self._own

    def entry(self, entry_id: str) -> "Entry":
        """The entry of this id.

        Raises:
            UnknownEntry: if there is none; it names ids that look like it.

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
    def entries(self, *, kind: Literal["person"]) -> "tuple[Person, ...]": ...
    @overload
    def entries(self, *, kind: Literal["organization"]) -> "tuple[Organization, ...]": ...
    @overload
    def entries(self, *, kind: Literal["place"]) -> "tuple[Place, ...]": ...
    @overload
    def entries(self, *, kind: Literal["event"]) -> "tuple[Event, ...]": ...
    @overload
    def entries(self, *, kind: Literal["concept"]) -> "tuple[Concept, ...]": ...
    @overload
    def entries(self, *, kind: Literal["document"]) -> "tuple[Document, ...]": ...
    @overload
    def entries(self, *, kind: None = None) -> "tuple[Entry, ...]": ...
    def entries(self, *, kind: "EntryKind | None" = None) -> "tuple[Entry, ...]":
        """All entries, or those of one kind, in the order of the data.

        Args:
            kind: ``document``, ``person``, ``organization``, ``place``, ``event`` or ``concept``.

        Raises:
            ValueError: for another kind.

        >>> import alliance_ref as ar
        >>> "futenma" in [place.id for place in ar.load().entries(kind="place")]
        True
        """
        from alliance_ref.codec.store import KINDS

        if kind is not None and kind not in KINDS:
            raise ValueError(f"kind is {quoted(kind)}, must be one of {', '.join(KINDS)}")
        return tuple(self.entry(entry_id) for entry_id in self._ids(kind))

    def document(self, document_id: str) -> "Document":
        """The document of this id, with its passages.

        Raises:
            UnknownDocument: if there is none; it names ids that look like it.

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

        raise UnknownDocument(document_id, self._nearest(document_id, self._ids("document")))

    def documents(self) -> "tuple[Document, ...]":
        """All documents, the earliest first.

        >>> import alliance_ref as ar
        >>> ar.load().documents()[0].id
        'treaty-1951'
        """
        found = self.entries(kind="document")
        return tuple(sorted(found, key=lambda document: (str(document.issued), document.id)))

    def passage(self, passage_id: str) -> "Passage":
        """The passage of this id, such as ``magosaki-2006#8``.

        Raises:
            UnknownDocument: if there is no such document.
            UnknownPassage: if the document has no such passage.

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
        kinds: "Iterable[EntryKind] | None" = None,
        as_of: datetime.date | str | None = None,
        limit: int = 10,
    ) -> "tuple[Match, ...]":
        """Entries that *query* names, best first.

        A query is a name in either language, in kanji, kana or Latin letters. Case, width, spaces,
        hyphens, full stops and marks on Latin letters do not matter.

        Args:
            query: The name to look for.
            lang: Only names of this language.
            kinds: Only entries of these kinds.
            as_of: Only names in use on this day: a date, or one written as ``2005-04-14``.
            limit: At most so many matches.

        Returns:
            One :class:`Match` for each entry, with the name that matched, the reason, and a score from 0 to
            1: 1.0 for the name letter for letter, 0.97 for an abbreviation, 0.9 for another spelling, 0.85
            for its kana, 0.8 for a romanization, 0.75 with other okurigana, 0.7 for an inflected form,
            each less up to 0.09 where the name is not the preferred one. Only where nothing is found so
            are typing errors allowed for, at 0.5 or less.

        Raises:
            ValueError: for an empty query, or an option that nothing can match.
            TypeError: for a query that is no text, or an *as_of* that is no day.

        >>> import alliance_ref as ar
        >>> [match.entry.id for match in ar.load().lookup("ふてんま")]
        ['futenma']
        """
        import alliance_ref.search.name_search as search

        day = search.check_options(query, lang=lang, kinds=kinds, as_of=as_of, limit=limit)
        hits: list[tuple[Entry, Hit]] = []
        for way in search.WAYS:
            hits = self._hits(way, query)
            if way is search.Searcher.titled:
                hits = [(entry, hit) for entry, hit in hits if entry.kind == "person"]
            if hits:
                break
        return search.ranked(search.named(hits, query), lang=lang, kinds=kinds, as_of=day, limit=limit)

    def translate(
        self, query: "str | Entry", *, to: "Lang", as_of: datetime.date | str | None = None
    ) -> "Translation":
        """The names in one language of what has a name in the other: by standing and date, best first.

        Args:
            query: A name in any spelling that :meth:`lookup` finds, or an entry.
            to: The language to translate into.
            as_of: The day for which names must be in use, on both sides; a date or as ``2005-04-14``.

        Returns:
            The :class:`Translation`, with the names that serve; where there are none, with a gap that says
            why: ``not-held`` if nothing is called so here, or no name was in use on that day;
            ``not-translated`` if what is called so has no name in that language.

        Raises:
            ValueError: for an empty query, or a language that is neither ``en`` nor ``ja``.

        >>> import datetime, alliance_ref as ar
        >>> found = ar.load().translate("防衛庁", to="en", as_of=datetime.date(2005, 4, 14))
        >>> str(found)
        'Japan Defense Agency'
        >>> print(ar.load().translate("宇宙人", to="en").gap)
        [not-held]
        """
        from alliance_ref.search.equivalents import translate

        return translate(self, query, to=to, as_of=day_or_none(as_of))

    def suggest(
        self,
        prefix: str,
        *,
        lang: "Lang | None" = None,
        kinds: "Iterable[EntryKind] | None" = None,
        limit: int = 10,
    ) -> "tuple[Match, ...]":
        """Entries that have a name, a reading or a romanization that begins with *prefix*, for completion.

        Raises:
            ValueError: for an empty prefix, or an option that nothing can match.

        >>> import alliance_ref as ar
        >>> "futenma" in [match.entry.id for match in ar.load().suggest("ふて")]
        True
        """
        from alliance_ref.search.name_search import Searcher, check_options, named, ranked

        check_options(prefix, lang=lang, kinds=kinds, as_of=None, limit=limit)
        found = named(self._hits(Searcher.beginning, prefix), prefix)
        return ranked(found, lang=lang, kinds=kinds, as_of=None, limit=limit)

    def _hits(self, way: "Callable[[Searcher, str], Iterable[Hit]]", query: str) -> "list[tuple[Entry, Hit]]":
        """What a query finds one way, among what is shipped and among documents of one's own."""
        if self._search is None:
            self._search = self._searchers()
        shipped, own = self._search
        found = [(self._store.entry(hit[0]), hit) for hit in way(shipped, query) if hit[0] not in self._own]
        if own is not None:
            found += [(self._own[hit[0]], hit) for hit in way(own, query)]
        return found

    def _searchers(self) -> "tuple[Searcher, Searcher | None]":
        from alliance_ref.search.index import index_of_entries, index_of_plain
        from alliance_ref.search.name_search import Searcher

        shipped = self._store.index
        if shipped is None:
            shipped = index_of_plain((id_, self._store.plain(id_)) for id_ in self._store)
        return Searcher(shipped), Searcher(index_of_entries(self._own.values())) if self._own else None

    def annotate(
        self,
        text: str,
        *,
        lang: "Lang | None" = None,
        overlap: "Overlap" = "longest",
        boundaries: bool = True,
        as_of: datetime.date | str | None = None,
    ) -> "AnnotatedText":
        """Every name of the reference in running text, with offsets into *text* as given.

        English, Japanese or both. Where several entries are called the same all are kept, the likeliest
        first: by *as_of* or the nearest date in the text, then by what else the text names.

        Args:
            text: The text.
            lang: Names of this language only.
            overlap: ``longest`` takes the leftmost and longest names, ``all`` those inside others too.
            boundaries: Whether a Japanese name must begin and end with a token, and be no part of another
                name such as 防衛 in 防衛大学校. An English one is never found inside a word.
            as_of: The day the text speaks of, if its dates do not say; a date or as ``2005-04-14``.

        Returns:
            The :class:`AnnotatedText`, a tuple of :class:`Annotation` that can be shown as HTML.

        Raises:
            TypeError: for a text that is none, or an *as_of* that is no day.
            ValueError: for an option that does not exist.

        >>> import alliance_ref as ar
        >>> [(item.text, item.entry.id) for item in ar.load().annotate("普天間 and Camp Zama")]
        [('普天間', 'futenma'), ('Camp Zama', 'camp-zama')]
        """
        from alliance_ref.annotation.annotator import annotate, spotter_of

        if self._spotter is None:
            self._spotter = spotter_of(self.entries())
        return annotate(self._spotter, text, lang=lang, overlap=overlap, boundaries=boundaries, as_of=as_of)

    def concordance(
        self,
        query: "str | Entry",
        *,
        lang: "Lang | None" = None,
        width: int = 40,
        sort: "Sort" = "right",
        documents: "Iterable[str | Document | Edition] | None" = None,
    ) -> "Concordance":
        """Every place of a word or entry in the passages, in context, beside its translation.

        A phrase is found inside longer Japanese words too, an entry by its names only.

        Args:
            query: A word or phrase, or an entry.
            lang: Hits in this language only.
            width: How many cells of a terminal the context on each side may take.
            sort: By the words to the ``right`` or to the ``left`` of the hit, or by ``position``.
            documents: Documents, or their ids, and editions to look in; all documents if left out.

        Raises:
            ValueError: for an empty query, a negative width, or an option that does not exist.
            TypeError: for a query that is neither text nor an entry.

        >>> import alliance_ref as ar
        >>> {line.lang for line in ar.load().concordance("抑止力", lang="ja")}
        {'ja'}
        """
        from alliance_ref.occurrences.concordance import concordance

        named: list[Entry] = []
        if isinstance(query, str) and query.strip():
            named = [match.entry for match in self.lookup(query) if match.reason in _SURE]
        if isinstance(documents, str):
            raise TypeError("documents must be a collection of documents or ids, such as ['treaty-1960']")
        wanted = self.documents() if documents is None else documents
        return concordance(
            [self.document(item) if isinstance(item, str) else item for item in wanted],
            query,
            entries=named,
            lang=lang,
            width=width,
            sort=sort,
        )

    def topics(self, *, kind: "TopicKind | None" = None) -> "tuple[Topic, ...]":
        """Questions followed through the documents, all or of one kind.

        Args:
            kind: ``agenda`` (raised in 2005, and where later documents settled it) or ``comparison`` (one
                aspect of two documents side by side).

        Raises:
            ValueError: for another kind.

        >>> import alliance_ref as ar
        >>> len(ar.load().topics(kind="agenda"))
        6
        """
        if kind not in (None, "agenda", "comparison"):
            raise ValueError(f"kind is {quoted(kind)}, must be agenda or comparison")
        return tuple(topic for topic in self._store.topics() if kind in (None, topic.kind))

    def topic(self, topic_id: str) -> "Topic":
        """The topic of this id.

        Raises:
            UnknownTopic: if there is none; it names ids that look like it.

        >>> import alliance_ref as ar
        >>> ar.load().topic("scope").title.ja
        '協力の範囲'
        """
        check_text(topic_id, "the id")
        for topic in self._store.topics():
            if topic.id == topic_id:
                return topic
        from alliance_ref.errors import UnknownTopic

        raise UnknownTopic(topic_id, self._nearest(topic_id, [topic.id for topic in self._store.topics()]))

    def timeline(
        self,
        *,
        start: datetime.date | str | None = None,
        end: datetime.date | str | None = None,
        kind: "EntryKind | None" = None,
        lang: "Lang" = "en",
    ) -> "Timeline":
        """What is dated, the earliest first, each with the date as precisely as it is known.

        Args:
            start: The first day, a date or as ``2005-01-01``; what is known to the month or year only
                counts if it may lie on it.
            end: The last day, likewise.
            kind: Dates of one kind of entry: ``event``, ``document`` (issued, in force, ended),
                ``organization`` (founded, dissolved) or ``person`` (in and out of office). Without it,
                events, and documents that no event of the same day stands for.
            lang: The language in which an item is printed.

        Returns:
            The :class:`Timeline`, a tuple of :class:`TimelineItem` that can be shown as HTML.

        Raises:
            ValueError: for an end before the start, or an unknown kind or language.
            TypeError: for a start or end that is no day.

        >>> import datetime, alliance_ref as ar
        >>> day = datetime.date(2005, 2, 19)
        >>> print(ar.load().timeline(start=day, end=day, lang="ja")[-1].when.ja)
        2005年（平成17年）2月19日
        """
        from alliance_ref.occurrences import timeline

        first, last = timeline.check_options(start, end, kind, lang)
        kinds = timeline.USUAL if kind is None else (kind,)
        entries = [entry for wanted in kinds for entry in self._of_kind(wanted)]
        return timeline.timeline(entries, start=first, end=last, kinds=kinds, lang=lang)

    def office_holders(
        self, office: str, *, as_of: datetime.date | str | None = None
    ) -> "tuple[OfficeHolder, ...]":
        """Who held an office, in order of time; on one day, if *as_of* is given.

        Args:
            office: What the office is called, in either language. Where an entry has that name, its other
                names count too.
            as_of: The day, a date or as ``2005-04-14``. On a day of change both holders are given.

        Raises:
            ValueError: for an empty name.

        >>> import datetime, alliance_ref as ar
        >>> ref, day = ar.load(), datetime.date(2005, 4, 14)
        >>> [holder.person.id for holder in ref.office_holders("外務大臣", as_of=day)]
        ['machimura-nobutaka']
        """
        from alliance_ref.occurrences.timeline import office_holders

        check_text(office, "the office")
        day = day_or_none(as_of)
        names = [office]
        if office.strip():
            for match in self.lookup(office, kinds=["concept"]):
                if match.reason in _SURE:
                    names += [name.text for name in match.entry.names]
        return office_holders(self.entries(kind="person"), names, as_of=day)

    def attestations(self, entry_id: str) -> "tuple[Attestation, ...]":
        """Where the passages use a name of an entry, in either language, with places.

        Raises:
            UnknownEntry: if there is no such entry.

        >>> import alliance_ref as ar
        >>> found = ar.load().attestations("far-east")
        >>> {item.lang for item in found} == {"en", "ja"}
        True
        """
        from alliance_ref.occurrences.attestations import attestations

        return attestations(self.entry(entry_id), self.documents())

    def decided_readings(self) -> "dict[str, tuple[str, ...]]":
        """Words whose reading was decided by hand, each with its readings, the usual one first.

        >>> import alliance_ref as ar
        >>> ar.load().decided_readings()["日本"]
        ('にほん', 'にっぽん')
        """
        return {item.text: item.readings for item in self._store.readings()}

    def _of_kind(self, kind: "EntryKind") -> "Iterator[Entry]":
        return (self.entry(entry_id) for entry_id in self._ids(kind))

    def read_copy(self, copy: str | bytes | PathLike[str]) -> "Edition":
        """What a copy of one of the documents holds: repaired, verified, aligned, all accounted for.

        Which document it is a copy of is told by its paragraphs, whatever the file is called. Each
        paragraph is verified against its fingerprint and its sentences are aligned where the copy has
        both languages. Lost quotation marks are put back; the author's own mistakes are left and listed
        as corrections.

        Args:
            copy: A path, the bytes of a file, or a text of several lines. Bytes may be UTF-8, UTF-16,
                CP932, EUC-JP, ISO-2022-JP or Windows-1252.

        Raises:
            InputNotFound: if there is no such file.
            UnreadableCopy: if it holds no text.
            UnrecognizedCopy: if it is a copy of none of the documents.

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
        """A new reference that holds these documents too; one with a known id takes its place.

        Raises:
            TypeError: for what is no document.

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
                raise TypeError(f"a document must be a Document, not {type(item).__name__}")
        return Reference(self._store, {**self._own, **{item.id: item for item in documents}})

    def _nearest(self, wanted: str, ids: Iterable[str]) -> tuple[str, ...]:
        from difflib import get_close_matches

        # What is far longer than any id is like none of them, and slow to compare.
        return tuple(get_close_matches(wanted[:_ID_AT_MOST], list(ids), n=3, cutoff=0.6))


def load(directory: str | PathLike[str] | None = None) -> Reference:
    """The reference that the library ships, or the one that a folder of data files describes.

    The shipped one is loaded once and shared.

    Args:
        directory: A folder of TOML files laid out as the library's own data.

    Raises:
        InvalidData: if the folder's files have mistakes, with all of them.
        ValueError: for an empty name of a folder.
        TypeError: for what is no path.

    >>> import alliance_ref as ar
    >>> ar.load() is ar.load()
    True
    """
    if directory is None:
        return _shipped()
    if not isinstance(directory, str | PathLike):
        raise TypeError(f"directory must be the path of a folder, not {type(directory).__name__}")
    if not os.fspath(directory):
        raise ValueError("directory is empty; write '.' for the current folder")
    from pathlib import Path

    from alliance_ref.codec.toml_files import read_data

    return Reference(read_data(Path(directory)))


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


def _shipped_with(own: "Mapping[str, Document]") -> Reference:
    """The shipped reference, with documents of one's own if any."""
    return Reference(_shipped_store(), own) if own else _shipped()
