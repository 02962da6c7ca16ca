"""Places: countries, regions, cities, bases, islands."""

from typing import ClassVar

import attrs

from alliance_ref.records.entries import Entry, EntryKind
from alliance_ref.records.values import filled


@attrs.frozen(repr=False)
class Place(Entry):
    """A place: a country, region, city, base or island group.

    `country` is the id of a place, left out where that is the very thing disputed.
    """

    kind: ClassVar[EntryKind] = "place"

    type: str = attrs.field(validator=filled, kw_only=True)
    country: str | None = attrs.field(default=None, kw_only=True)
    within: str | None = attrs.field(default=None, kw_only=True)
