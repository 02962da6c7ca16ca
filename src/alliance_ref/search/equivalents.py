"""Translation of names: the names in the other language, or the reason why there is none.

Used by both `Reference.translate` and `Glossary.translate`, through their `NameSearch`.
"""

import datetime
import re
from typing import TypeVar, get_args

from alliance_ref.arguments import check_lang, day_or_none
from alliance_ref.messages import message_text
from alliance_ref.records.entries import NameStatus
from alliance_ref.records.matches import Reason
from alliance_ref.records.values import Gap, Lang
from alliance_ref.search.name_search import Designation, Identified, NameSearch

T = TypeVar("T", bound=Identified)
N = TypeVar("N", bound=Designation)

_MAX_SCORE_DIFFERENCE = 0.1
"""Only objects whose score is within this distance of the best one are translated."""

GUESSES: tuple[Reason, ...] = ("part", "fuzzy")
"""Reasons of matches that are near the query, but do not answer it."""

_LATIN = re.compile(r"[A-Za-z.&/ -]+")
"""An English abbreviation, which does not come before the Japanese name in a translation into Japanese."""

_STATUSES: tuple[NameStatus, ...] = get_args(NameStatus)


def equivalents(
    search: NameSearch[T, N], query: str | T, *, to: Lang, as_of: datetime.date | str | None = None
) -> tuple[list[tuple[T, N, int]], Gap | None]:
    """Return the names in the language *to* for a query, best first.

    Args:
        search: The names to search.
        query: A name in any spelling that a lookup finds, or an object.
        to: The language to translate into.
        as_of: The day on which names must be in use, in both languages.

    Returns:
        Objects with their names and how often each name translates the query, and ``None``; or an empty list
        and the gap that explains it.
    """
    check_lang(to, "to")
    day = day_or_none(as_of)
    sure: list[tuple[T, N | None]]
    if isinstance(query, str):
        found = search.lookup(query, as_of=day)
        # A similar or a longer name is a guess, which is not enough for a translation.
        if not found or found[0].reason in GUESSES:
            return [], Gap("not-held", _why_unknown(search, query, day))
        least = found[0].score - _MAX_SCORE_DIFFERENCE
        best = found[0].name if search.BEST_MATCH_DECIDES else None
        sure = [(one.item, best or one.name) for one in found if one.score >= least]
    else:
        sure = [(query, None)]
    usable = [one for item, name in sure for one in _usable(search, item, name, to, day)]
    if usable:
        return usable, None
    item = sure[0][0]
    if all(name.status in search.EXCLUDED for name in search.names_in(item, to)):
        return [], Gap("not-translated", message_text(search.NOTES["not-translated"], id=item.id))
    return [], Gap("not-held", message_text(search.NOTES["not-in-use"], id=item.id, day=day))


def _usable(
    search: NameSearch[T, N], item: T, asked: N | None, to: Lang, as_of: datetime.date | None
) -> list[tuple[T, N, int]]:
    """Return the names to use: by status, then by frequency; abbreviations first for an abbreviation."""
    counts = search.rendering_counts(item, asked, to)
    abbreviated = asked is not None and asked.status == "abbreviation"

    def order(name: N) -> tuple[int, int, int]:
        count = counts.get(name.text, 0)
        if abbreviated and name.status == "abbreviation" and not (to == "ja" and _LATIN.fullmatch(name.text)):
            length = len(name.text) if search.SHORT_ABBREVIATIONS_FIRST else 0
            return -1, -count, length
        return _STATUSES.index(name.status), -count, 0

    names = [
        name
        for name in search.names_in(item, to)
        if name.status not in search.EXCLUDED and (as_of is None or name.valid.covers(as_of))
    ]
    return [(item, name, counts.get(name.text, 0)) for name in sorted(names, key=order)]


def _why_unknown(search: NameSearch[T, N], query: str, as_of: datetime.date | None) -> str:
    other = search.lookup(query, limit=1)
    if other and other[0].reason in GUESSES:
        return message_text(search.NOTES["similar"], query=query, nearest=other[0].name.text)
    if other and as_of is not None:
        name = other[0].name
        note = search.NOTES["other-period"]
        return message_text(note, name=name.text, day=as_of, period=str(name.valid))
    return message_text(search.NOTES["unknown"], query=query)
