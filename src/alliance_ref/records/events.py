"""Events: what happened, when, where and with whom."""

from collections.abc import Iterator
from typing import ClassVar

import attrs

from alliance_ref.records.entries import Entry, EntryKind
from alliance_ref.records.values import PartialDate, Period


@attrs.frozen(repr=False)
class Event(Entry):
    """Something that happened, on a day or over a period.

    >>> import alliance_ref as ar
    >>> meeting = ar.load().entry("scc-2005-10")
    >>> str(meeting.date), meeting.place, meeting.results
    ('2005-10-29', 'pentagon', ('atara-2005',))
    """

    kind: ClassVar[EntryKind] = "event"

    date: PartialDate | None = attrs.field(default=None, kw_only=True)
    period: Period = attrs.field(default=Period(), kw_only=True)
    place: str | None = attrs.field(default=None, kw_only=True)
    participants: tuple[str, ...] = attrs.field(default=(), kw_only=True)
    results: tuple[str, ...] = attrs.field(default=(), kw_only=True)

    def shown(self) -> Iterator[tuple[str, str]]:
        """Also when it happened."""
        yield from super().shown()
        when = str(self.date or self.period)
        yield when, when
