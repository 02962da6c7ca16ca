"""Looking up names: which entries a query names, and by which of their names.

The index maps keys to places of names, not to records, so that it can be made once, stored beside the
data, and searched without building a record that nobody asked for.
"""

import datetime
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args

from alliance_ref.keys import is_kana, name_key, reading_key
from alliance_ref.records.entries import Entry, EntryKind, Name
from alliance_ref.records.matches import Match, Reason
from alliance_ref.records.values import Lang

Places = list[list[Any]]
"""Where a name stands: the entry's id and the place of the name among its names."""

Index = Mapping[str, Mapping[str, Places]]
"""Keys of names, of readings and of romanizations, each to the places that have it."""

SCORES: dict[Reason, float] = {"exact": 1.0, "variant": 0.9, "reading": 0.8, "romaji": 0.7}
"""How near each reason is to the name as it is written."""

STANDING = {
    "preferred": 0.0,
    "admitted": 0.02,
    "abbreviation": 0.03,
    "deprecated": 0.06,
    "erroneous": 0.09,
}
"""What is taken off the score for the standing of the name that matched."""


def build_index(names: Iterable[tuple[str, int, str, str | None, str | None]]) -> Index:
    """The index of names given as (entry id, place, text, reading, romanization)."""
    index: dict[str, dict[str, Places]] = {"names": {}, "readings": {}, "romaji": {}}
    for entry_id, place, text, reading, romanization in names:
        keys = [("names", name_key(text))]
        if reading:
            keys.append(("readings", reading_key(reading)))
        if romanization:
            keys.append(("romaji", name_key(romanization)))
        for table, key in keys:
            index[table].setdefault(key, []).append([entry_id, place])
    return index


def index_of_plain(entries: Iterable[tuple[str, Mapping[str, Any]]]) -> Index:
    """The index of entries as plain data."""
    return build_index(
        (entry_id, place, name.get("en") or name["ja"], name.get("reading"), name.get("romanization"))
        for entry_id, data in entries
        for place, name in enumerate(data["names"])
    )


def index_of_entries(entries: Iterable[Entry]) -> Index:
    """The index of entries as records."""
    return build_index(
        (entry.id, place, name.text, name.reading, name.romanization)
        for entry in entries
        for place, name in enumerate(entry.names)
    )


def check_options(
    query: object,
    *,
    lang: object,
    kinds: object,
    as_of: object,
    limit: int,
) -> datetime.date | None:
    """Refuse what can only be a mistake; gives back *as_of* as a day."""
    if not isinstance(query, str):
        raise TypeError(f"the query must be text, not {type(query).__name__}")
    if not query.strip():
        raise ValueError("the query is empty")
    if lang not in (None, "en", "ja"):
        raise ValueError(f"lang is {lang!r}, must be 'en' or 'ja'")
    if isinstance(kinds, str) or (kinds is not None and not isinstance(kinds, Iterable)):
        raise TypeError("kinds must be a collection of kinds, such as ('place',)")
    if limit < 0:
        raise ValueError(f"limit is {limit}, must be 0 or more")
    if isinstance(as_of, datetime.datetime):
        return as_of.date()
    if as_of is None or isinstance(as_of, datetime.date):
        return as_of
    raise TypeError(f"as_of must be a datetime.date, not {type(as_of).__name__}")


def candidates(index: Index, query: str) -> Iterator[tuple[str, int, str]]:
    """Every name that *query* may mean, as (entry id, place of the name, table of the index)."""
    key = name_key(query)
    tables = [("names", key)]
    tables.append(("readings", reading_key(query)) if is_kana(query) else ("romaji", key))
    for table, wanted in tables:
        for entry_id, place in index[table].get(wanted, ()):
            yield entry_id, place, table


def reason_of(table: str, name: Name, query: str) -> Reason:
    """Why a name found in *table* answers *query*."""
    if table == "readings":
        return "reading"
    if table == "romaji":
        return "romaji"
    return "exact" if name.text == unicodedata.normalize("NFC", query.strip()) else "variant"


def ranked(
    found: Iterable[tuple[Entry, Name, Reason]],
    *,
    lang: Lang | None,
    kinds: Iterable[EntryKind] | None,
    as_of: datetime.date | None,
    limit: int,
) -> tuple[Match, ...]:
    """The best match of each entry, best first, at most *limit*."""
    wanted = None if kinds is None else frozenset(kinds)
    if wanted is not None and (unknown := wanted - set(get_args(EntryKind))):
        raise ValueError(f"no kind {min(unknown)!r}; kinds are {', '.join(get_args(EntryKind))}")
    best: dict[str, Match] = {}
    for entry, name, reason in found:
        if (
            (lang is not None and name.lang != lang)
            or (wanted is not None and entry.kind not in wanted)
            or (as_of is not None and not name.valid.covers(as_of))
        ):
            continue
        match = Match(entry, name, round(SCORES[reason] - STANDING[name.status], 2), reason)
        if entry.id not in best or best[entry.id].score < match.score:
            best[entry.id] = match
    return tuple(sorted(best.values(), key=lambda match: (-match.score, match.entry.id))[:limit])
