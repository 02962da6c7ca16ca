"""Events, with their dates, places and participants."""

from collections.abc import Iterator
from typing import ClassVar

import attrs

from alliance_ref.records.entries import Entry, EntryKind
from alliance_ref.records.validation import typed
from alliance_ref.records.values import PartialDate, Period, partial_date


@attrs.frozen(repr=False, field_transformer=typed)
class Event(Entry):
    """An event on a date or over a period.

    >>> import alliance_ref as ar
    >>> meeting = ar.load().entry("scc-2005-10")
    >>> str(meeting.date), meeting.place, meeting.results
    ('2005-10-29', 'pentagon', ('atara-2005',))
    """

    kind: ClassVar[EntryKind] = "event"

    date: PartialDate | None = attrs.field(
        default=None, kw_only=True, converter=attrs.converters.optional(partial_date)
    )
    period: Period = attrs.field(default=Period(), kw_only=True)
    place: str | None = attrs.field(default=None, kw_only=True)
    participants: tuple[str, ...] = attrs.field(default=(), kw_only=True)
    results: tuple[str, ...] = attrs.field(default=(), kw_only=True)

    def shown(self) -> Iterator[tuple[str, str]]:
        """Yield the date or period too."""
        yield from super().shown()
        when = str(self.date or self.period)
        yield when, when
