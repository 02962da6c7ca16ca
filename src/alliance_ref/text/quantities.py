"""Figures: numbers and parts of dates in running text, as the values they may stand for.

A figure has several values where a text leaves it open: *half* is 1/2 and 50 (percent), 平成18年 is 2006 and
18, five in the afternoon is 5 and 17. It is `firm` if a translation must have it: figures are, numbers of
eleven and above are, but *one*, *two* and 一つ come and go with the grammar. Two figures agree if they share
a value and are of kinds that can be the same.
"""

from collections.abc import Set as AbstractSet
from fractions import Fraction
from typing import Literal

import attrs

Kind = Literal["number", "year", "month", "day"]

_COMPATIBLE: dict[Kind, frozenset[Kind]] = {
    "number": frozenset(("number", "year", "day")),
    "year": frozenset(("number", "year")),
    "month": frozenset(("month",)),
    "day": frozenset(("number", "day")),
}


@attrs.frozen
class Figure:
    """A number in a text: where it stands, what it may be worth, and whether it must be translated."""

    start: int
    end: int
    kind: Kind
    values: frozenset[Fraction]
    firm: bool = True
    counted: bool = True

    def agrees(self, figure: "Figure") -> bool:
        """Whether two figures of different texts can be the same."""
        return figure.kind in _COMPATIBLE[self.kind] and not self.values.isdisjoint(figure.values)

    def agrees_with_any(self, known: AbstractSet[tuple[Kind, Fraction]]) -> bool:
        """Whether it can be the same as one of many, given as kinds and values."""
        return any((kind, value) in known for kind in _COMPATIBLE[self.kind] for value in self.values)


def values(*numbers: float | Fraction) -> frozenset[Fraction]:
    """Numbers as exact values."""
    return frozenset(
        number if isinstance(number, Fraction) else Fraction(str(number)).limit_denominator(10**9)
        for number in numbers
    )


def years(digits: str) -> frozenset[Fraction]:
    """What a year of four digits, or of the last two, may be.

    >>> sorted(map(int, years("96")))
    [96, 1896, 1996, 2096]
    """
    year = int(digits)
    if len(digits) > 2:
        return values(year)
    return values(year, 1800 + year, 1900 + year, 2000 + year)
