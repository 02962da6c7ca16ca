"""Decide which of several entries a name refers to, by the dates and the other names in the text.

Modules are imported inside functions here: most texts need neither dates nor the records of all kinds.
"""

import datetime
from bisect import bisect_left
from collections.abc import Collection
from typing import TYPE_CHECKING, get_args

import attrs

from alliance_ref.records.entries import Entry, Name, NameStatus
from alliance_ref.records.values import PartialDate, Period

if TYPE_CHECKING:
    from alliance_ref.records.glossary import Term

NEAR = 200
"""Maximum distance in characters from a name to the date that decides who held an office."""

_STATUSES = get_args(NameStatus)


@attrs.frozen
class Context:
    """The evidence for ranking entries: the dates in a text or one given day, and entries surely named.

    `dates` holds the start, end and date of each date in the text, in order. `as_of` replaces them if given.
    `named` holds ids of entries that the text names without ambiguity.
    """

    dates: tuple[tuple[int, int, PartialDate], ...]
    as_of: PartialDate | None
    named: Collection[str]

    @classmethod
    def of(cls, text: str, as_of: datetime.date | None, named: Collection[str]) -> "Context":
        """Return the context of *text*, whose dates are read unless *as_of* is given."""
        if as_of is not None:
            return cls((), PartialDate(as_of.year, as_of.month, as_of.day), named)
        from alliance_ref.text.dates_in_text import dates_in

        return cls(tuple(dates_in(text)), None, named)

    def near(self, start: int, end: int) -> tuple[PartialDate | None, int]:
        """Return the date nearest to a span, and its distance in characters."""
        if self.as_of is not None or not self.dates:
            return self.as_of, 0
        at = bisect_left(self.dates, start, key=lambda item: item[0])
        around = self.dates[max(0, at - 1) : at + 1]
        first, last, date = min(around, key=lambda item: max(start - item[1], item[0] - end))
        return date, max(start - last, first - end, 0)

    def score(self, entry: Entry, name: Name, date: PartialDate | None) -> float:
        """Return how well an entry fits: higher is better, 0 if nothing is known for or against it."""
        score = NAMED_WEIGHT if entry.id in self.named else 0.0
        score += RELATED_WEIGHT * any(other in self.named for other in entry.see_also)
        if date is not None:
            score += VALIDITY_WEIGHT * period_fit(name.valid, date) + _entry_fit(entry, date)
        return score


# The weights order the evidence; they are set by hand and are not probabilities.
NAMED_WEIGHT = 1.0
"""The text also names the entry by an unambiguous name."""
RELATED_WEIGHT = 0.5
"""The text names an entry that this one refers to."""
VALIDITY_WEIGHT = 2.0
"""The name was (or was not) in use on the date."""
SAME_DATE_FIT = 2.0
"""The date is the year of a document or the date of an event."""
OTHER_DATE_FIT = -0.5
"""The date is not the date of an event."""


def status_rank(name: "Name | Term") -> int:
    """Return the position of the status of a name among all statuses, 0 for preferred."""
    return _STATUSES.index(name.status)


def overlaps(period: Period, date: PartialDate) -> bool:
    """Return whether a date, as precisely as it is known, may be in a period."""
    return (period.start is None or period.start.earliest() <= date.latest()) and (
        period.end is None or date.earliest() <= period.end.latest()
    )


def is_dated(entry: Entry, name: Name) -> bool:
    """Return whether a date can be evidence for or against an entry with this name."""
    from alliance_ref.records.documents import Document
    from alliance_ref.records.events import Event
    from alliance_ref.records.organizations import Organization

    if name.valid != Period() or isinstance(entry, Document):
        return True
    if isinstance(entry, Event):
        return entry.date is not None or entry.period != Period()
    return isinstance(entry, Organization) and entry.period != Period()


def period_fit(period: Period, date: PartialDate) -> float:
    """Return 1 if a date may be in a period, -1 if not, and 0 for a period without limits."""
    if period == Period():
        return 0.0
    return 1.0 if overlaps(period, date) else -1.0


def _entry_fit(entry: Entry, date: PartialDate) -> float:
    from alliance_ref.records.documents import Document
    from alliance_ref.records.events import Event
    from alliance_ref.records.organizations import Organization

    if isinstance(entry, Document):
        if entry.issued is None:
            return 0.0
        if entry.issued.year == date.year:
            return SAME_DATE_FIT
        return period_fit(Period(entry.issued, entry.in_force.end), date)
    if isinstance(entry, Event):
        if entry.date is not None:
            return SAME_DATE_FIT if overlaps(Period(entry.date, entry.date), date) else OTHER_DATE_FIT
        return period_fit(entry.period, date)
    if isinstance(entry, Organization):
        return period_fit(entry.period, date)
    return 0.0
