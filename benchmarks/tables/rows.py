"""Rows of the tables: what is declared of them, what was measured, and how both are written."""

import statistics
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias


class Missing(NamedTuple):
    """Nothing was measured, for want of this: a package, a folder, an option."""

    what: str


Values: TypeAlias = Sequence[float] | Missing
Measured: TypeAlias = Iterator[tuple[str, Values]]


class Row(NamedTuple):
    """One line: what, beside whom, what the figure is, and what was asked of it."""

    what: str
    peer: str
    figure: str
    asked: float | None = None
    at_most: bool = False

    def spread(self, values: Values) -> str:
        """The line with the least, the middle and the greatest of *values*; the middle decides."""
        cells: tuple[str, ...]
        if isinstance(values, Missing):
            cells = ("–", "–", "–", *self.judged(values))
        elif len(values) == 1:
            cells = ("", rounded(values[0]), "", *self.judged(values[0]))
        else:
            ends = min(values), statistics.median(values), max(values)
            cells = (*map(rounded, ends), *self.judged(ends[1]))
        return line(self.what, self.peer, self.figure, *cells)

    def judged(self, value: float | Missing) -> tuple[str, str]:
        """What was asked, and whether *value* reaches it."""
        return judged(value, self.asked, at_most=self.at_most)


HEAD = ("what", "peer", "figure", "least", "middle", "greatest", "asked", "reached")


def spread_table(rows: Mapping[str, Row], values: Mapping[str, Values]) -> str:
    """The table of all *rows*; one that has no values says that nothing measured it."""
    return table(HEAD, (row.spread(values.get(key, Missing("?"))) for key, row in rows.items()))


def judged(value: float | Missing, asked: float | None, *, at_most: bool = False) -> tuple[str, str]:
    """What was asked, and ✓ or ✗; where nothing was measured, what was missing."""
    limit = "" if asked is None else f"{'≤' if at_most else '≥'}\N{NO-BREAK SPACE}{asked:,g}"
    if isinstance(value, Missing):
        return limit, f"– `{value.what}`"
    if asked is None:
        return "", ""
    return limit, "✓" if (value <= asked if at_most else value >= asked) else "✗"


def rounded(value: float) -> str:
    """Three figures that count."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def percent(value: float | Missing) -> str:
    """One decimal, or a dash."""
    return "–" if isinstance(value, Missing) else f"{value:.1f}"


def line(*cells: str) -> str:
    """A line of a Markdown table."""
    return f"| {' | '.join(cells)} |"


def table(head: Sequence[str], lines: Iterable[str]) -> str:
    """A Markdown table."""
    return "\n".join([line(*head), "|" + "---|" * len(head), *lines])


def announced(values: Measured, say: Callable[[str], None]) -> dict[str, Values]:
    """All that *values* yields; each is said as soon as it is there, since a page takes minutes."""
    found: dict[str, Values] = {}
    for key, measured in values:
        found[key] = measured
        shown = (
            f"not measured: {measured.what}"
            if isinstance(measured, Missing)
            else " ".join(map(rounded, measured))
        )
        say(f"{key}: {shown}")
    return found
