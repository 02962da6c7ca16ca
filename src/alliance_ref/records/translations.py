"""What something is called in the other language."""

from collections.abc import Iterator

import attrs

from alliance_ref.records.entries import Entry, Name
from alliance_ref.records.values import Gap, Lang


@attrs.frozen
class Equivalent:
    """A name in the language asked for, and the entry that bears it.

    >>> import alliance_ref as ar
    >>> for equivalent in ar.translate("普天間", to="en"):
    ...     print(equivalent, equivalent.entry.id, equivalent.name.status)
    Futenma futenma abbreviation
    MCAS Futenma futenma abbreviation
    Marine Corps Air Station Futenma futenma preferred
    Futenma Air Station futenma admitted
    Futenma U.S. base futenma admitted
    """

    entry: Entry
    name: Name

    def __str__(self) -> str:
        return self.name.text


@attrs.frozen
class Translation:
    """The equivalents of a query in one language, best first, or the gap that stands in their place.

    `query` is what was asked, `to` the language of the answer. Several entries may be called the same:
    each equivalent says which one it names.

    >>> import alliance_ref as ar
    >>> found = ar.translate("Defense Agency", to="ja", as_of="2005-04-14")
    >>> str(found), len(found), found.equivalents[0].name.reading
    ('防衛庁', 1, 'ぼうえいちょう')
    """

    query: str
    to: Lang
    equivalents: tuple[Equivalent, ...]
    gap: Gap | None = None

    def __iter__(self) -> Iterator[Equivalent]:
        return iter(self.equivalents)

    def __len__(self) -> int:
        return len(self.equivalents)

    def __bool__(self) -> bool:
        return bool(self.equivalents)

    def __str__(self) -> str:
        return str(self.equivalents[0]) if self.equivalents else str(self.gap)
