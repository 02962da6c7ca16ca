"""Progress of long operations: steps counted over several stages, reported at most a hundred times."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

Progress = Callable[[int, int], None]
"""A callback that receives the number of completed steps and the total, repeatedly and once at the end."""


class Meter:
    """A counter of steps that reports every hundredth of the total.

    >>> calls = []
    >>> for _ in Meter(2, lambda done, total: calls.append((done, total))).over("ab"): pass
    >>> calls
    [(1, 2), (2, 2)]
    """

    def __init__(self, total: int, report: Progress | None) -> None:
        """Create a meter at zero of *total* steps that calls *report*, if there is one."""
        self._total = total
        self._report = report
        self._done = 0
        self._next = 0.0

    def tick(self, steps: int = 1) -> None:
        """Count *steps* more steps as completed."""
        self._done += steps
        if self._report is not None and self._done >= self._next:
            self._next = min(self._done + self._total / 100, self._total)
            self._report(self._done, self._total)

    def over(self, items: Iterable[T]) -> Iterator[T]:
        """Yield *items* and count one step for each when the next one is requested."""
        for item in items:
            yield item
            self.tick()
