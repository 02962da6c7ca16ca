"""The reference: the one object that joins the data with the ways to find things in it.

It never changes: documents of one's own go into a new reference that shares everything with the old
one. What it builds on first use it builds the same way in every thread, so it needs no lock.
"""

import datetime
import os
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from os import PathLike
from typing import TYPE_CHECKING, Literal, cast, overload

from alliance_ref.codec.store import Store, read_compiled

if TYPE_CHECKING:
    from alliance_ref.finding.lookup import Index
    from alliance_ref.records import (
        Concept,
        Document,
        Edition,
        Entry,
        EntryKind,
        Event,
        Lang,
        Match,
        Organization,
        Passage,
        Person,
        Place,
    )

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

    __slots__ = ("_index", "_own", "_store")

    def __init__(self, store: Store, own: "Mapping[str, Document] | None" = None) -> None:
        self._store = store
        self._own: dict[str, Document] = dict(own or {})
        self._index: tuple[Index, Index] | None = None

    @property
    def edition(self) -> str:
        """The edition of the data, such as ``2026.11``."""
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
            raise ValueError(f"kind is {kind!r}, must be one of {', '.join(KINDS)}")
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
        as_of: datetime.date | None = None,
        limit: int = 10,
    ) -> "tuple[Match, ...]":
        """Entries that *query* names, best first.

        A query is a name in either language, in kanji, kana or Latin letters. Case, width, spaces,
        hyphens, full stops and marks on Latin letters do not matter.

        Args:
            query: The name to look for.
            lang: Only names of this language.
            kinds: Only entries of these kinds.
            as_of: Only names in use on this day.
            limit: At most so many matches.

        Returns:
            One :class:`Match` for each entry, with the name that
            matched, the reason and a score from 0 to 1: 1.0 for the name letter for letter, 0.9 for
            another spelling of it, 0.8 for its kana, 0.7 for its romanization, less up to 0.09
            where the name is not the preferred one.

        Raises:
            ValueError: for an empty query, or an option that nothing can match.
            TypeError: for a query that is no text, or an *as_of* that is no day.

        >>> import alliance_ref as ar
        >>> [match.entry.id for match in ar.load().lookup("ふてんま")]
        ['futenma']
        """
        from alliance_ref.finding.lookup import candidates, check_options, ranked, reason_of

        as_of = check_options(query, lang=lang, kinds=kinds, as_of=as_of, limit=limit)
        shipped, own = self._indexes()
        hits = [hit for hit in candidates(shipped, query) if hit[0] not in self._own]
        found = []
        for entry_id, place, table in [*hits, *candidates(own, query)]:
            entry = self.entry(entry_id)
            name = entry.names[place]
            found.append((entry, name, reason_of(table, name, query)))
        return ranked(found, lang=lang, kinds=kinds, as_of=as_of, limit=limit)

    def _indexes(self) -> "tuple[Index, Index]":
        """The index of what is shipped and that of documents of one's own."""
        if self._index is None:
            from alliance_ref.finding.lookup import index_of_entries, index_of_plain

            shipped = cast("Index | None", self._store.index)
            if shipped is None:
                shipped = index_of_plain((id_, self._store.plain(id_)) for id_ in self._store)
            self._index = (shipped, index_of_entries(self._own.values()))
        return self._index

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
            CopyNotFound: if there is no such file.
            UnreadableCopy: if it holds no text.
            UnrecognizedCopy: if it is a copy of none of the documents.

        >>> import alliance_ref as ar
        >>> edition = ar.load().read_copy("article.txt")  # doctest: +SKIP
        >>> edition.counts("ja")  # doctest: +SKIP
        {'lost': 11, 'verified': 1}
        """
        from alliance_ref.editions.reading import read_copy

        return read_copy(copy, self.documents())

    def with_documents(self, *documents: "Document") -> "Reference":
        """A new reference that holds these documents too; one with a known id takes its place.

        >>> import attrs
        >>> import alliance_ref as ar
        >>> ref = ar.load()
        >>> mine = attrs.evolve(ref.document("roadmap-2006"), id="my-notes")
        >>> ref.with_documents(mine).document("my-notes").id
        'my-notes'
        >>> "my-notes" in ref
        False
        """
        return Reference(self._store, {**self._own, **{item.id: item for item in documents}})

    def _nearest(self, wanted: str, ids: Iterable[str]) -> tuple[str, ...]:
        from difflib import get_close_matches

        return tuple(get_close_matches(str(wanted), list(ids), n=3, cutoff=0.6))


def load(directory: str | PathLike[str] | None = None) -> Reference:
    """The reference that the library ships, or the one that a folder of data files describes.

    The shipped one is loaded once and shared.

    Args:
        directory: A folder of TOML files laid out as the library's own data.

    Raises:
        BadData: if the folder's files have mistakes, with all of them.

    >>> import alliance_ref as ar
    >>> ar.load() is ar.load()
    True
    """
    if directory is None:
        return _shipped()
    from pathlib import Path

    from alliance_ref.codec.toml_files import read_data

    return Reference(read_data(Path(directory)))


@lru_cache(maxsize=1)
def _shipped() -> Reference:
    compiled = read_compiled(os.path.join(_DATA, "compiled"))
    return Reference(compiled) if compiled is not None else load(_DATA)
