"""The most used calls on the shipped reference, as ``alliance_ref.lookup(...)`` and the like."""

import datetime
from os import PathLike
from typing import TYPE_CHECKING

from alliance_ref.reference import load

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alliance_ref.records.documents import Document
    from alliance_ref.records.editions import Edition
    from alliance_ref.records.entries import Entry, EntryKind
    from alliance_ref.records.matches import Match
    from alliance_ref.records.passages import Passage
    from alliance_ref.records.values import Lang


def lookup(
    query: str,
    *,
    lang: "Lang | None" = None,
    kinds: "Iterable[EntryKind] | None" = None,
    as_of: datetime.date | None = None,
    limit: int = 10,
) -> "tuple[Match, ...]":
    """Entries of the shipped reference that *query* names: :meth:`Reference.lookup`.

    >>> import alliance_ref as ar
    >>> ar.lookup("普天間")[0].entry.id
    'futenma'
    """
    return load().lookup(query, lang=lang, kinds=kinds, as_of=as_of, limit=limit)


def entry(entry_id: str) -> "Entry":
    """The entry of the shipped reference that has this id: :meth:`Reference.entry`.

    >>> import alliance_ref as ar
    >>> print(ar.entry("camp-zama"))
    Camp Zama
    """
    return load().entry(entry_id)


def entries(*, kind: "EntryKind | None" = None) -> "tuple[Entry, ...]":
    """Entries of the shipped reference, all or of one kind: :meth:`Reference.entries`.

    >>> import alliance_ref as ar
    >>> len(ar.entries(kind="person")) > 10
    True
    """
    return load().entries(kind=kind)


def document(document_id: str) -> "Document":
    """The document of the shipped reference that has this id: :meth:`Reference.document`.

    >>> import alliance_ref as ar
    >>> str(ar.document("magosaki-2006").issued)
    '2006-07-11'
    """
    return load().document(document_id)


def documents() -> "tuple[Document, ...]":
    """All documents of the shipped reference, the earliest first: :meth:`Reference.documents`.

    >>> import alliance_ref as ar
    >>> "halloran-2005" in [document.id for document in ar.documents()]
    True
    """
    return load().documents()


def passage(passage_id: str) -> "Passage":
    """The passage of the shipped reference that has this id: :meth:`Reference.passage`.

    >>> import alliance_ref as ar
    >>> ar.passage("halloran-2005#1").role
    'paragraph'
    """
    return load().passage(passage_id)


def read_copy(copy: str | bytes | PathLike[str]) -> "Edition":
    r"""The edition that a copy of a document is: :meth:`Reference.read_copy`.

    >>> import alliance_ref as ar
    >>> try:
    ...     ar.read_copy("An ode to autumn.\nNothing else.")
    ... except ar.UnrecognizedCopy as error:
    ...     print(error)
    <text>: no paragraph of this text belongs to a document of the reference
    """
    return load().read_copy(copy)
