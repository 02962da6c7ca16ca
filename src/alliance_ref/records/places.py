"""Places: countries, regions, cities, bases, islands."""

from typing import ClassVar

import attrs

from alliance_ref.records.entries import Entry, EntryKind
from alliance_ref.records.values import filled


def _between(low: float, high: float) -> "attrs._ValidatorType[float]":
    def check(_instance: object, attribute: "attrs.Attribute[float]", value: float) -> None:
        if not low <= value <= high:
            raise ValueError(f"{attribute.name} is {value}, must be between {low} and {high}")

    return check


@attrs.frozen
class Coordinates:
    """A point on the earth in decimal degrees (WGS 84), north and east positive.

    >>> import alliance_ref as ar
    >>> point = ar.entry("futenma").coordinates
    >>> point.latitude, point.longitude
    (26.27, 127.76)
    """

    latitude: float = attrs.field(validator=_between(-90.0, 90.0))
    longitude: float = attrs.field(validator=_between(-180.0, 180.0))


@attrs.frozen(repr=False)
class Place(Entry):
    """A place: a country, region, city, base or island group.

    `country` is the id of a place, left out where that is the very thing disputed.

    >>> import alliance_ref as ar
    >>> base = ar.entry("camp-zama")
    >>> base.type, base.within, base.country
    ('base', 'kanagawa', 'japan')
    """

    kind: ClassVar[EntryKind] = "place"

    type: str = attrs.field(validator=filled, kw_only=True)
    country: str | None = attrs.field(default=None, kw_only=True)
    within: str | None = attrs.field(default=None, kw_only=True)
    coordinates: Coordinates | None = attrs.field(default=None, kw_only=True)
