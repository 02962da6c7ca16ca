"""Organizations: governments, agencies, commands, units, committees and companies."""

from typing import ClassVar, Literal

import attrs

from alliance_ref.records.entries import Entry, EntryKind
from alliance_ref.records.validation import typed
from alliance_ref.records.values import Period, one_of

OrganizationType = Literal[
    "academy",
    "advisory-council",
    "agency",
    "armed-forces",
    "association",
    "bank",
    "broadcaster",
    "bureau",
    "cabinet",
    "command",
    "committee",
    "company",
    "council",
    "court",
    "department",
    "embassy",
    "foundation",
    "government",
    "headquarters",
    "international-organization",
    "labor-union",
    "legislature",
    "local-government",
    "ministry",
    "news-agency",
    "newspaper",
    "office",
    "political-party",
    "publisher",
    "secretariat",
    "service",
    "staff",
    "think-tank",
    "unit",
    "university",
]


@attrs.frozen(repr=False, field_transformer=typed)
class Organization(Entry):
    """A government, agency, command, unit, committee, company or newspaper.

    >>> import alliance_ref as ar
    >>> agency = ar.entry("jda")
    >>> agency.type, str(agency.period), agency.successor
    ('agency', '1954-07-01/2007-01-08', 'mod-japan')
    """

    kind: ClassVar[EntryKind] = "organization"

    type: OrganizationType = attrs.field(validator=one_of(OrganizationType), kw_only=True)
    parent: str | None = attrs.field(default=None, kw_only=True)
    seat: str | None = attrs.field(default=None, kw_only=True)
    period: Period = attrs.field(default=Period(), kw_only=True)
    predecessor: str | None = attrs.field(default=None, kw_only=True)
    successor: str | None = attrs.field(default=None, kw_only=True)
