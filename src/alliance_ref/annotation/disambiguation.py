"""Which of several entries a name means in its place: told by dates and by what else the text names."""

import datetime
import re
from bisect import bisect_left
from collections.abc import Collection, Iterator
from typing import get_args

import attrs

from alliance_ref.records.documents import Document
from alliance_ref.records.entries import Entry, Name, NameStatus
from alliance_ref.records.events import Event
from alliance_ref.records.organizations import Organization
from alliance_ref.records.values import PartialDate, Period

NEAR = 200
"""How many characters off a date may stand that says who held an office."""

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_DIGITS = dict(zip(map(ord, "０１２３４５６７８９〇一二三四五六七八九"), "01234567890123456789", strict=True))
_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_DATE = re.compile(
    r"(?:(?P<era>明治|大正|昭和|平成|令和)(?P<of_era>元|\d{1,2})|(?P<western>\d{4}))年"
    r"(?:(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})日)?)?"
    r"|(?:\b(?P<day>\d{1,2})\s+)?\b(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s+"
    r"(?:(?P<day2>\d{1,2}),\s*)?(?P<year>\d{4})\b"
    r"|\b(?P<alone>1[89]\d\d|20\d\d)\b",
)
# Years are quick to find, and the rest of a date stands near them.
# (With one set of characters to begin with, which is what `re` finds fastest.)
_YEAR = re.compile(
    r"[0-9０-９〇一二三四五六七八九元](?:(?<!元)[0-9０-９〇一二三四五六七八九]{3}|(?<=[0-9０-９元])年|(?<=[0-9０-９])[0-9０-９]年)"
)
_BEFORE, _BEHIND = 22, 8
_STANDINGS = get_args(NameStatus)


def dates_in(text: str) -> Iterator[tuple[int, int, PartialDate]]:
    """The dates that *text* speaks of, with their places.

    >>> [str(date) for _, _, date in dates_in("On 14 April 2005, and in 1960; 平成18年7月11日、一九五一年")]
    ['2005-04-14', '1960', '2006-07-11', '1951']
    """
    done = 0
    for hint in _YEAR.finditer(text):
        if hint.start() < done:
            continue
        first = max(done, hint.start() - _BEFORE)
        around = text[first : hint.end() + _BEHIND].translate(_DIGITS)
        found = _DATE.search(around)
        while found and first + found.end() <= hint.start():
            found = _DATE.search(around, found.end())
        if not found:
            continue
        done = first + found.end()
        parts = found.groupdict()
        if parts["era"]:
            count = 1 if parts["of_era"] == "元" else int(parts["of_era"])
            year = _ERAS[parts["era"]] + count
        else:
            year = int(parts["western"] or parts["year"] or parts["alone"])
        month = int(parts["m"] or 0) or None
        if parts["month"]:
            month = _MONTHS.index(parts["month"].lower()) + 1
        day = int(parts["d"] or parts["day"] or parts["day2"] or 0) or None
        try:
            yield first + found.start(), done, PartialDate(year, month, day)
        except ValueError:  # the 31st of April
            continue


@attrs.frozen
class Context:
    """What the ranking of entries is told by: dates with their places, or one day, and ids of entries."""

    dates: tuple[tuple[int, int, PartialDate], ...]
    as_of: PartialDate | None
    named: Collection[str]

    @classmethod
    def of(cls, text: str, as_of: datetime.date | None, named: Collection[str]) -> "Context":
        """The context that *text* gives; *named* are ids of entries that it certainly names."""
        if as_of is not None:
            return cls((), PartialDate(as_of.year, as_of.month, as_of.day), named)
        return cls(tuple(dates_in(text)), None, named)

    def near(self, start: int, end: int) -> tuple[PartialDate | None, int]:
        """The date nearest to a place, and how far off it is."""
        if self.as_of is not None or not self.dates:
            return self.as_of, 0
        at = bisect_left(self.dates, start, key=lambda item: item[0])
        around = self.dates[max(0, at - 1) : at + 1]
        first, last, date = min(around, key=lambda item: max(start - item[1], item[0] - end))
        return date, max(start - last, first - end, 0)

    def score(self, entry: Entry, name: Name, date: PartialDate | None) -> float:
        """How well an entry fits: higher is better, 0 where nothing is known for or against it."""
        score = 1.0 if entry.id in self.named else 0.0
        score += 0.5 * any(other in self.named for other in entry.see_also)
        if date is not None:
            score += 2 * _fit(name.valid, date) + _fit_of_entry(entry, date)
        return score


def standing(name: Name) -> int:
    """Where the name's status stands among the statuses, 0 for preferred."""
    return _STANDINGS.index(name.status)


def overlaps(period: Period, date: PartialDate) -> bool:
    """Whether the date, as precisely as it is known, may lie in the period."""
    return (period.start is None or period.start.earliest() <= date.latest()) and (
        period.end is None or date.earliest() <= period.end.latest()
    )


def is_dated(entry: Entry, name: Name) -> bool:
    """Whether a date may say something for or against an entry, called so."""
    if name.valid != Period() or isinstance(entry, Document):
        return True
    if isinstance(entry, Event):
        return entry.date is not None or entry.period != Period()
    return isinstance(entry, Organization) and entry.period != Period()


def _fit(period: Period, date: PartialDate) -> float:
    if period == Period():
        return 0.0
    return 1.0 if overlaps(period, date) else -1.0


def _fit_of_entry(entry: Entry, date: PartialDate) -> float:
    if isinstance(entry, Document):
        if entry.issued.year == date.year:
            return 2.0
        return _fit(Period(entry.issued, entry.in_force.end), date)
    if isinstance(entry, Event):
        if entry.date is not None:
            return 2.0 if overlaps(Period(entry.date, entry.date), date) else -0.5
        return _fit(entry.period, date)
    if isinstance(entry, Organization):
        return _fit(entry.period, date)
    return 0.0
