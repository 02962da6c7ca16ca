"""Progress of long work: steps counted over several stages, reported a hundred times at most."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

Progress = Callable[[int, int], None]
"""Called with the steps done and the steps there are, now and then and once at the end."""


class Meter:
    """Counts steps up to *total*; *report* hears of every hundredth part.

    >>> heard = []
    >>> for _ in Meter(2, lambda done, total: heard.append((done, total))).over("ab"): pass
    >>> heard
    [(1, 2), (2, 2)]
    """

    def __init__(self, total: int, report: Progress | None) -> None:
        """A meter at zero; without *report* it counts for nobody."""
        self._total = total
        self._report = report
        self._done = 0
        self._next = 0.0

    def tick(self, steps: int = 1) -> None:
        """So many steps more are done."""
        self._done += steps
        if self._report is not None and self._done >= self._next:
            self._next = min(self._done + self._total / 100, self._total)
            self._report(self._done, self._total)

    def over(self, items: Iterable[T]) -> Iterator[T]:
        """The *items*, one step each, counted when the next one is asked for."""
        for item in items:
            yield item
            self.tick()
