"""Places: countries, regions, cities, bases and islands."""

from typing import ClassVar, Literal

import attrs

from alliance_ref.records.entries import Entry, EntryKind
from alliance_ref.records.validation import typed
from alliance_ref.records.values import between, one_of

PlaceType = Literal[
    "airfield",
    "airport",
    "base",
    "bay",
    "building",
    "city",
    "communication-site",
    "continent",
    "country",
    "district",
    "housing",
    "island",
    "islands",
    "maneuver-area",
    "mountain",
    "ocean",
    "office",
    "peninsula",
    "port",
    "prefecture",
    "region",
    "river",
    "road",
    "sea",
    "site",
    "state",
    "strait",
    "town",
    "training-area",
    "village",
]


@attrs.frozen(field_transformer=typed)
class Coordinates:
    """A point on the earth in decimal degrees (WGS 84), north and east positive.

    >>> import alliance_ref as ar
    >>> point = ar.entry("futenma").coordinates
    >>> point.latitude, point.longitude
    (26.27, 127.76)
    """

    latitude: float = attrs.field(validator=between(-90.0, 90.0))
    longitude: float = attrs.field(validator=between(-180.0, 180.0))


@attrs.frozen(repr=False, field_transformer=typed)
class Place(Entry):
    """A place: a country, region, city, base or island group.

    `country` is the id of a place; it is left out if sovereignty is disputed.

    >>> import alliance_ref as ar
    >>> base = ar.entry("camp-zama")
    >>> base.type, base.within, base.country
    ('base', 'kanagawa', 'japan')
    """

    kind: ClassVar[EntryKind] = "place"

    type: PlaceType = attrs.field(validator=one_of(PlaceType), kw_only=True)
    country: str | None = attrs.field(default=None, kw_only=True)
    within: str | None = attrs.field(default=None, kw_only=True)
    coordinates: Coordinates | None = attrs.field(default=None, kw_only=True)
