"""Quantities: numbers and parts of dates in running text, with the values that they may have.

A quantity has several values where a text is ambiguous: *half* is 1/2 and 50 (percent), 平成18年 is 2006 and
18, five in the afternoon is 5 and 17. It is `firm` if a translation must contain it: digits are firm and
numbers of eleven and above are, but *one*, *two* and 一つ depend on the grammar. Two quantities agree if they
share a value and their kinds are compatible.
"""

from collections.abc import Set as AbstractSet
from fractions import Fraction
from typing import Literal

import attrs

Kind = Literal["number", "year", "month", "day"]

MAX_NUMBER_LENGTH = 40
"""Maximum length of a number in characters; longer runs of digits are keys or constants."""

_COMPATIBLE: dict[Kind, frozenset[Kind]] = {
    "number": frozenset(("number", "year", "day")),
    "year": frozenset(("number", "year")),
    "month": frozenset(("month",)),
    "day": frozenset(("number", "day")),
}


@attrs.frozen
class Quantity:
    """A number in a text: its offsets, its possible values, and whether a translation must contain it.

    `counted` is false for a word that implies a number without counting anything. `unit` is the unit of
    measure that is written inside the number: *a year and a half*.
    """

    start: int
    end: int
    kind: Kind
    values: frozenset[Fraction]
    firm: bool = True
    counted: bool = True
    unit: str = ""

    def agrees(self, other: "Quantity") -> bool:
        """Return whether two quantities of different texts can be the same."""
        return other.kind in _COMPATIBLE[self.kind] and not self.values.isdisjoint(other.values)

    def agrees_with_any(self, known: AbstractSet[tuple[Kind, Fraction]]) -> bool:
        """Return whether this can be the same as one of many, given as kinds and values."""
        return any((kind, value) in known for kind in _COMPATIBLE[self.kind] for value in self.values)


def values(*numbers: float | Fraction) -> frozenset[Fraction]:
    """Return numbers as exact values."""
    return frozenset(
        number if isinstance(number, Fraction) else Fraction(str(number)).limit_denominator(10**9)
        for number in numbers
    )


def version_key(written: str) -> Fraction:
    """Return a value for a version or section number, for which 3.10 differs from 3.1.

    >>> version_key("3.10") == version_key("3.1")
    False
    """
    return Fraction(_VERSION_KEYS + int("".join(f"{part:0>9}" for part in written.split("."))))


_VERSION_KEYS = 10**60
"""Added to the keys of versions, which keeps them apart from numbers."""


def years(digits: str) -> frozenset[Fraction]:
    """Return the possible values of a year of four digits, or of its last two digits.

    >>> sorted(map(int, years("96")))
    [96, 1896, 1996, 2096]
    """
    year = int(digits)
    if len(digits) > 2:
        return values(year)
    return values(year, 1800 + year, 1900 + year, 2000 + year)
