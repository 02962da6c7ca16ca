"""Organizations: governments, agencies, commands, units, committees and companies."""

from typing import ClassVar

import attrs

from alliance_ref.records.entries import Entry, EntryKind
from alliance_ref.records.values import Period, filled


@attrs.frozen(repr=False)
class Organization(Entry):
    """A government, agency, command, unit, committee, company or newspaper.

    >>> import alliance_ref as ar
    >>> agency = ar.entry("jda")
    >>> agency.type, str(agency.period), agency.successor
    ('agency', '1954-07-01/2007-01-08', 'mod-japan')
    """

    kind: ClassVar[EntryKind] = "organization"

    type: str = attrs.field(validator=filled, kw_only=True)
    parent: str | None = attrs.field(default=None, kw_only=True)
    seat: str | None = attrs.field(default=None, kw_only=True)
    period: Period = attrs.field(default=Period(), kw_only=True)
    predecessor: str | None = attrs.field(default=None, kw_only=True)
    successor: str | None = attrs.field(default=None, kw_only=True)
