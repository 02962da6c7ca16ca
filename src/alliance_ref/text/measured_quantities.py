"""Find the numbers of a text that have a unit of measure."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

import attrs

from alliance_ref.records.values import Lang
from alliance_ref.text.measures import Measure, measure_named, measures_at
from alliance_ref.text.quantities import Quantity


@attrs.frozen
class Measured:
    """A number with its possible measures: `end` is the end of the unit, `figure` the quantity."""

    start: int
    end: int
    amount: Fraction
    measures: tuple[Measure, ...]
    figure: Quantity | None = None

    def converts_to(self, other: "Measured") -> bool:
        """Return whether both are about the same in one of their measures."""
        return any(
            one.converts_to(self.amount, another, other.amount)
            for one in self.measures
            for another in other.measures
        )


_ONE = re.compile(
    r"\b(?P<half>half )?an? (?P<unit>hour|minute|second|day|week|month|year|decade|century|mile"
    r"|kilomet(?:er|re)|ton)\b",
    re.IGNORECASE | re.ASCII,
)
_MEASURED_GAP = {"en": re.compile(r"(?:,? (?:and )?)"), "ja": re.compile(r"[と、]?")}


def measured(text: str, figures: Sequence[Quantity], lang: Lang) -> tuple[Measured, ...]:
    """Return the numbers of a text that have a unit of measure, and their sums: 1 hour and 30 minutes.

    >>> from alliance_ref.text.english_quantities import english_quantities
    >>> text = "It took 1 hour and 30 minutes."
    >>> [int(one.amount) for one in measured(text, english_quantities(text), "en")]
    [1, 30, 90]
    """
    found = [one for figure in figures if (one := _measured(text, figure, lang)) is not None]
    if lang == "en":
        for match in _ONE.finditer(text):
            amount = Fraction(1, 2) if match["half"] else Fraction(1)
            unit = match["unit"].lower().replace("metre", "meter")
            found.append(Measured(*match.span(), amount, (measure_named(unit),)))
    return (*found, *_sums(text, found, lang))


def _measured(text: str, figure: Quantity, lang: Lang) -> Measured | None:
    if not figure.counted and figure.kind == "number" and not figure.firm:
        return None
    amount = min(figure.values)
    if figure.unit:
        return Measured(figure.start, figure.end, amount, (measure_named(figure.unit),), figure)
    if lang == "ja" and figure.kind == "day" and text[figure.end - 1] == "日":
        return Measured(figure.start, figure.end, amount, (measure_named("day"),), figure)
    measures, end = measures_at(text, figure.start, figure.end, lang)
    return Measured(figure.start, end, amount, measures, figure) if measures else None


def _sums(text: str, found: Sequence[Measured], lang: Lang) -> Iterator[Measured]:
    """Yield the sums of adjacent measures of one dimension, in the smaller unit."""
    for one, another in pairwise(found):
        large, small = one.measures[0], another.measures[0]
        if (
            large.dimension == small.dimension
            and large.factor > small.factor
            and another.start - one.end >= 0
            and _MEASURED_GAP[lang].fullmatch(text, one.end, another.start)
        ):
            amount = one.amount * large.factor / small.factor + another.amount
            yield Measured(one.start, another.end, amount, (small,))
