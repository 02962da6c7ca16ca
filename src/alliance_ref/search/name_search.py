"""Search by name, used by both `Reference` (entries and names) and `Glossary` (concepts and terms).

`NameSearch` is generic over the object that is found and over its names. It runs the search strategies on one
or several indexes, scores the names that match and ranks the objects. A subclass tells it where the indexes
are and how its objects differ: `EntrySearch` is here, `TermSearch` in `alliance_ref.glossary.term_search`.
"""

import datetime
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import ClassVar, Generic, NamedTuple, Protocol, TypeVar

from alliance_ref.arguments import check_lang, check_number, check_text, day_of
from alliance_ref.messages import N_
from alliance_ref.records.entries import Entry, Name, NameStatus
from alliance_ref.records.matches import Match, Reason
from alliance_ref.records.values import Lang, Period
from alliance_ref.search.index import index_of_entries
from alliance_ref.search.strategies import (
    CHECKED,
    LONG_VOWEL_PENALTY,
    SCORES,
    STRATEGIES,
    Hit,
    IndexSearch,
    fits,
)
from alliance_ref.text.folding import name_key

STATUS_PENALTIES: dict[NameStatus, float] = {
    "preferred": 0.0,
    "admitted": 0.02,
    "abbreviation": 0.03,
    "deprecated": 0.06,
    "erroneous": 0.09,
}
"""Subtracted from the score for the status of the name that matched; smaller than the steps of `SCORES`."""


class Identified(Protocol):
    """An object that can be found by its names."""

    @property
    def id(self) -> str:
        """The id of the object."""


class Designation(Protocol):
    """A name of an object in one language: `Name` and `Term` are such."""

    @property
    def text(self) -> str:
        """The name as written."""

    @property
    def lang(self) -> Lang:
        """The language of the name."""

    @property
    def status(self) -> NameStatus:
        """The administrative status of the name."""

    @property
    def valid(self) -> Period:
        """When the name was in use."""


T = TypeVar("T", bound=Identified)
N = TypeVar("N", bound=Designation)


class FoundName(NamedTuple, Generic[T, N]):
    """An object that matches a query, with the name that matched."""

    item: T
    name: N
    score: float
    reason: Reason


class IndexedNames(NamedTuple, Generic[T, N]):
    """An index, and the function that returns the object and the name at a place (``None`` to skip it)."""

    search: IndexSearch
    resolve: Callable[[str, int], tuple[T, N] | None]


def check_query(
    query: object, *, lang: object, as_of: object = None, limit: object = 0
) -> datetime.date | None:
    """Check the arguments of a search and return *as_of* as a date.

    Raises:
        InvalidType: if an argument has the wrong type.
        InvalidValue: if the query is empty, or an option has an unusable value.
    """
    if not isinstance(query, str):
        check_text(query, "the query")
    elif not query or query.isspace():
        from alliance_ref.errors import InvalidValue

        raise InvalidValue("empty-query")
    if lang is not None:
        check_lang(lang)
    if type(limit) is not int or limit < 0:
        check_number(limit, "limit")
    return None if as_of is None else day_of(as_of)


class NameSearch(ABC, Generic[T, N]):
    """Search for objects by their names."""

    NOTES: ClassVar[Mapping[str, str]]
    """Templates of the notes that explain a missing translation, by reason."""

    EXCLUDED: ClassVar[frozenset[str]] = frozenset(("erroneous",))
    """Statuses of names that are no translation."""

    SHORT_ABBREVIATIONS_FIRST: ClassVar[bool] = False
    """Whether a translation lists the shortest abbreviation first: ライス before ライス国務長官."""

    BEST_MATCH_DECIDES: ClassVar[bool] = False
    """Whether the best match alone decides if a query is an abbreviation; by default, each match does."""

    @abstractmethod
    def indexes(self) -> Sequence[IndexedNames[T, N]]:
        """Return the indexes to search, which are built on first use."""

    @abstractmethod
    def names_in(self, item: T, lang: Lang) -> Sequence[N]:
        """Return the names of *item* in one language, in order."""

    @abstractmethod
    def romanization(self, name: N) -> str | None:
        """Return the recorded romanization of a name."""

    def is_person(self, item: T) -> bool:
        """Return whether a query may have a title next to the name of *item*."""
        return False

    def frequency(self, item: T, name: N) -> int:
        """Return how often a name is used; the more frequent object of the same score comes first."""
        return 0

    def rendering_counts(self, item: T, name: N | None, to: Lang) -> Mapping[str, int]:
        """Return how often each name in the language *to* translates *name*, or any name if ``None``."""
        return {}

    def lookup(
        self,
        query: str,
        *,
        lang: Lang | None = None,
        as_of: datetime.date | str | None = None,
        limit: int = 10,
        accept: Callable[[T], bool] | None = None,
    ) -> list[FoundName[T, N]]:
        """Return the objects that *query* names, best first.

        Args:
            query: The name to look for.
            lang: Only names in this language.
            as_of: Only names in use on this day.
            limit: Maximum number of results.
            accept: Only objects for which this returns true.
        """
        day = check_query(query, lang=lang, as_of=as_of, limit=limit)
        for strategy in STRATEGIES:
            hits = self._hits(strategy, query)
            if strategy is IndexSearch.without_title:
                hits = [hit for hit in hits if self.is_person(hit[0])]
            if hits:
                return self._ranked(hits, query, lang, day, accept)[:limit]
        return []

    def suggest(
        self,
        prefix: str,
        *,
        lang: Lang | None = None,
        limit: int = 10,
        accept: Callable[[T], bool] | None = None,
    ) -> list[FoundName[T, N]]:
        """Return the objects with a name that begins with *prefix*, best first."""
        check_query(prefix, lang=lang, limit=limit)
        return self._ranked(self._hits(IndexSearch.by_prefix, prefix), prefix, lang, None, accept)[:limit]

    def _hits(
        self, strategy: Callable[[IndexSearch, str], Iterable[Hit]], query: str
    ) -> list[tuple[T, N, Reason, float]]:
        check = strategy in CHECKED
        return [
            (*found, reason, score)
            for names in self.indexes()
            for item_id, place, reason, score in strategy(names.search, query)
            if (found := names.resolve(item_id, place)) is not None
            and not (check and not fits(strategy, query, found[1].text))
        ]

    def _ranked(
        self,
        hits: Iterable[tuple[T, N, Reason, float]],
        query: str,
        lang: Lang | None,
        as_of: datetime.date | None,
        accept: Callable[[T], bool] | None,
    ) -> list[FoundName[T, N]]:
        """Return the best match of each object, best first."""
        text = unicodedata.normalize("NFC", query.strip())
        best: dict[str, FoundName[T, N]] = {}
        for item, name, reason, score in hits:
            if (
                (lang is not None and name.lang != lang)
                or (accept is not None and not accept(item))
                or (as_of is not None and not name.valid.covers(as_of))
            ):
                continue
            cause, total = reason, score
            if reason == "variant" and name.text == text:
                cause = "abbreviation" if name.status == "abbreviation" else "exact"
                total = SCORES[cause]
            elif reason == "romaji" and (own := self.romanization(name)) and name_key(own) != name_key(query):
                total -= LONG_VOWEL_PENALTY
            if reason != "part":  # ranked by length alone
                total = round(total - STATUS_PENALTIES[name.status], 2)
            known = best.get(item.id)
            if known is None or known.score < total:
                best[item.id] = FoundName(item, name, total, cause)
        found = list(best.values())
        if len(found) > 1:
            found.sort(key=lambda one: (-one.score, -self.frequency(one.item, one.name), one.item.id))
        return found


class EntrySearch(NameSearch[Entry, Name]):
    """Search for entries by their names.

    >>> import alliance_ref as ar
    >>> search = EntrySearch([indexed_entries([ar.entry("futenma")])])
    >>> [(found.item.id, found.reason) for found in search.lookup("ふてんま")]
    [('futenma', 'reading')]
    """

    NOTES: ClassVar[Mapping[str, str]] = {
        "unknown": N_("no entry has the name {query!r}"),
        "similar": N_("no entry has the name {query!r}; did you mean {nearest!r}?"),
        "other-period": N_("{name} was not in use on {day}, but in {period}"),
        "not-translated": N_("{id} has no name in this language"),
        "not-in-use": N_("no name of {id} was in use on {day}"),
    }
    SHORT_ABBREVIATIONS_FIRST = True
    BEST_MATCH_DECIDES = True

    def __init__(self, indexes: Sequence[IndexedNames[Entry, Name]]) -> None:
        """Search *indexes*."""
        self._indexes = indexes

    def matches(
        self,
        query: str,
        *,
        lang: Lang | None,
        as_of: datetime.date | str | None,
        limit: int,
        accept: Callable[[Entry], bool] | None,
    ) -> tuple[Match, ...]:
        """Return the entries that *query* names, best first."""
        found = self.lookup(query, lang=lang, as_of=as_of, limit=limit, accept=accept)
        return tuple([Match(*one) for one in found])

    def indexes(self) -> Sequence[IndexedNames[Entry, Name]]:
        """Return the indexes to search."""
        return self._indexes

    def names_in(self, item: Entry, lang: Lang) -> Sequence[Name]:
        """Return the names of an entry in one language."""
        return item.names_in(lang)

    def romanization(self, name: Name) -> str | None:
        """Return the romanization recorded for a name."""
        return name.romanization

    def is_person(self, item: Entry) -> bool:
        """Return whether an entry is a person."""
        return item.kind == "person"


def indexed_entries(entries: Iterable[Entry]) -> IndexedNames[Entry, Name]:
    """Return the index of *entries*."""
    by_id = {entry.id: entry for entry in entries}

    def resolve(entry_id: str, place: int) -> tuple[Entry, Name]:
        return by_id[entry_id], by_id[entry_id].names[place]

    return IndexedNames(IndexSearch(index_of_entries(by_id.values())), resolve)
