"""Running sums, which make the total over any run of segments one subtraction."""

from collections.abc import Sequence
from itertools import accumulate


def prefix_sums(values: Sequence[float]) -> list[float]:
    """The sums of the first 0, 1, 2 … values.

    >>> prefix_sums([1.0, 2.0])
    [0.0, 1.0, 3.0]
    """
    return list(accumulate(values, initial=0.0))


def span_sums(sums: Sequence[float], size: int) -> list[float]:
    """The totals of every run of *size* values, from their running *sums*.

    >>> span_sums([0.0, 1.0, 3.0, 6.0], 2)
    [3.0, 5.0]
    """
    return [after - before for before, after in zip(sums, sums[size:], strict=False)]
