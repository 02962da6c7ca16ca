"""The lattice: every way to tile two texts with beads and gaps, and how probable each bead is.

A path through the grid of segments is a sequence of beads, English gaps and Japanese gaps. Opening a gap
costs once and each further line little, so a lost block costs hardly more than a lost line; at the four
ends of the texts opening is nearly free, since extracts begin and end anywhere. Sums over all paths
(forward and backward, in plain probabilities scaled row by row) give each bead its posterior probability.

What is returned is not the single best path but the tiling with the most segments expected to be right.
That is what the user wants, and the probability that decides is the confidence that is reported.
"""

import math
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

import attrs

from alliance_ref.alignment.sums import prefix_sums
from alliance_ref.progress import Meter

# Prior probabilities of the kinds of bead.
KINDS = {
    (1, 1): 0.80,
    (1, 2): 0.05,
    (2, 1): 0.05,
    (1, 3): 0.005,
    (3, 1): 0.005,
    (2, 2): 0.005,
    (1, 4): 0.001,
    (4, 1): 0.001,
}
# Gaps: to open one, the same at an end of either text, to go on, to change sides within a gap.
_OPEN = 0.02
_OPEN_AT_END = 0.3
_EXTEND = 0.8
_SWITCH = 0.08
# Beads below this log-odds are not looked at, and no bead counts for more than the surest.
_HOPELESS = -3.0
_SUREST = 60.0
_NEGLIGIBLE = 1e-4


@attrs.frozen
class Bead:
    """*a* English segments from *i* with *b* Japanese ones from *j*, and the probability of that."""

    i: int
    a: int
    j: int
    b: int
    probability: float


class Scores(Protocol):
    """What tells how much better a span is explained as a translation than as a coincidence."""

    def row(self, i: int, a: int, b: int, low: int, high: int, needed: float) -> Iterable[tuple[int, float]]:
        """First Japanese segments from ``range(low, high)``, each with a log-likelihood ratio.

        It is that of *a* English segments from *i* and *b* Japanese ones from there. Spans that cannot
        exceed *needed* may be left out.
        """


@attrs.frozen
class Starts:
    """The beads that start at one grid line, packed: a long text has millions of them.

    `codes` hold grid point and numbers of segments, `weights` the weight of each.
    """

    codes: array = attrs.field(factory=lambda: array("q"))  # type: ignore[type-arg]
    weights: array = attrs.field(factory=lambda: array("d"))  # type: ignore[type-arg]

    def add(self, j: int, a: int, b: int, weight: float) -> None:
        """Adds a bead of *a* and *b* segments that starts at grid point *j*."""
        self.codes.append(j << 6 | a << 3 | b)
        self.weights.append(weight)

    def __iter__(self) -> Iterator[tuple[int, int, int, float]]:
        for code, weight in zip(self.codes, self.weights, strict=True):
            yield code >> 6, code >> 3 & 7, code & 7, weight


def posteriors(
    rows: int, columns: int, corridor: Sequence[tuple[int, int]], scores: Scores, meter: Meter
) -> list[Bead]:
    """The probability of every bead that has any, given the *scores* of spans.

    *corridor* holds, for each of the ``rows + 1`` grid lines, the first and last grid point to visit;
    *meter* counts the lines.
    """
    starts: list[Starts] = []
    for i in meter.over(range(rows + 1)):
        low, high = corridor[i]
        line = Starts()
        for (a, b), prior in KINDS.items():
            if i + a > rows:
                continue
            end_low, end_high = corridor[i + a]
            first, last = max(low, end_low - b), min(high, end_high - b)
            if first <= last:
                bonus = math.log(prior)
                for j, value in scores.row(i, a, b, first, last + 1, _HOPELESS - bonus):
                    line.add(j, a, b, math.exp(min(value + bonus, _SUREST)))
        starts.append(line)
    forward, scales = _forward(rows, columns, corridor, starts)
    return _backward(rows, columns, corridor, starts, forward, scales)


def _forward(
    rows: int, columns: int, corridor: Sequence[tuple[int, int]], starts: Sequence[Starts]
) -> tuple[list[Sequence[float]], list[float]]:
    """The weight of all paths to each grid point, each row scaled to a largest weight of one."""
    matched = {0: [0.0] * (corridor[0][1] - corridor[0][0] + 1)}
    matched[0][0] = 1.0
    above_m: list[float] = []
    above_x: list[float] = []
    total: list[Sequence[float]] = []
    scales: list[float] = []
    for i in range(rows + 1):
        low, high = corridor[i]
        width = high - low + 1
        m = matched.pop(i, None) or [0.0] * width
        x, y, t = [0.0] * width, [0.0] * width, [0.0] * width
        if i:
            above_low, above_high = corridor[i - 1]
            for j in range(max(low, above_low), min(high, above_high) + 1):
                opening = _OPEN_AT_END if j in (0, columns) else _OPEN
                x[j - low] = opening * above_m[j - above_low] + _EXTEND * above_x[j - above_low]
        opening = _OPEN_AT_END if i in (0, rows) else _OPEN
        switching = max(opening, _SWITCH)
        last_m = last_x = last_y = 0.0
        for k in range(width):
            y[k] = last_y = opening * last_m + switching * last_x + _EXTEND * last_y
            last_m, last_x = m[k], x[k]
            t[k] = last_m + last_x + last_y
        scale = max(t) or 1.0
        m, x, t = ([value / scale for value in values] for values in (m, x, t))
        for ahead in matched.values():
            ahead[:] = [value / scale for value in ahead]
        for j, a, b, weight in starts[i]:
            if source := t[j - low]:
                end = i + a
                if end not in matched:
                    matched[end] = [0.0] * (corridor[end][1] - corridor[end][0] + 1)
                matched[end][j + b - corridor[end][0]] += source * weight
        above_m, above_x = m, x
        total.append(array("d", t))
        scales.append(scale)
    return total, scales


def _backward(
    rows: int,
    columns: int,
    corridor: Sequence[tuple[int, int]],
    starts: Sequence[Starts],
    forward: Sequence[Sequence[float]],
    scales: Sequence[float],
) -> list[Bead]:
    """The beads with their probabilities, from the weight of all ways to go on after each."""
    end = forward[rows][columns - corridor[rows][0]]
    if end <= 0.0:
        return []
    beads = []
    after: dict[int, list[float]] = {}  # weight of all ways on, when the last step was a bead
    below_x: list[float] = []
    for i in range(rows, -1, -1):
        low, high = corridor[i]
        width = high - low + 1
        m, x, y = [0.0] * width, [0.0] * width, [0.0] * width
        if i == rows:
            m[columns - low] = 1.0
        # Dividing by the scales between two rows keeps forward times backward equal at every cut.
        steps = [1.0]
        for row in range(i + 1, min(i + 5, rows + 1)):
            steps.append(steps[-1] / scales[row])
        for j, a, b, weight in starts[i]:
            far = i + a
            value = weight * steps[a] * after[far][j + b - corridor[far][0]]
            m[j - low] += value
            probability = forward[i][j - low] * value / end
            if probability > _NEGLIGIBLE:
                beads.append(Bead(i, a, j, b, min(probability, 1.0)))
        open_ja = _OPEN_AT_END if i in (0, rows) else _OPEN
        switch = max(open_ja, _SWITCH)
        below_low, below_high = corridor[i + 1] if i < rows else (0, -1)
        right = 0.0
        for j in range(high, low - 1, -1):
            k = j - low
            down = below_x[j - below_low] * steps[1] if below_low <= j <= below_high else 0.0
            start = m[k]
            m[k] = start + (_OPEN_AT_END if j in (0, columns) else _OPEN) * down + open_ja * right
            x[k] = start + _EXTEND * down + switch * right
            y[k] = right = start + _EXTEND * right
        after[i] = m
        after.pop(i + 5, None)
        below_x = x
    return beads


def best_tiling(rows: int, columns: int, beads: Sequence[Bead]) -> list[Bead]:
    """The beads, in order and without overlap, with which most segments are expected to be right.

    A segment in a bead is right with the bead's probability, a segment in none with the probability
    that it has no bead. Found as the heaviest chain, in ``n log n`` for n beads.
    """
    alone_en, alone_ja = alone(rows, columns, beads)
    before_en, before_ja = prefix_sums(alone_en), prefix_sums(alone_ja)
    values = []
    for bead in beads:
        lost = before_en[bead.i + bead.a] - before_en[bead.i] + before_ja[bead.j + bead.b] - before_ja[bead.j]
        values.append(bead.probability * (bead.a + bead.b) - lost)
    boxes = [
        (bead.i, bead.i + bead.a, bead.j, bead.j + bead.b, value)
        for bead, value in zip(beads, values, strict=True)
    ]
    return [beads[index] for index in heaviest_chain(boxes, columns)]


def alone(rows: int, columns: int, beads: Sequence[Bead]) -> tuple[list[float], list[float]]:
    """For each English and each Japanese segment the probability that it stands in no bead."""
    alone_en, alone_ja = [1.0] * rows, [1.0] * columns
    for bead in beads:
        for i in range(bead.i, bead.i + bead.a):
            alone_en[i] -= bead.probability
        for j in range(bead.j, bead.j + bead.b):
            alone_ja[j] -= bead.probability
    return [max(p, 0.0) for p in alone_en], [max(p, 0.0) for p in alone_ja]


def heaviest_chain(boxes: Sequence[tuple[int, int, int, int, float]], columns: int) -> list[int]:
    """Indices of the boxes (i, i end, j, j end, value) that follow each other on both axes and weigh most.

    >>> heaviest_chain([(0, 1, 0, 1, 2.0), (1, 2, 0, 1, 3.0), (1, 2, 1, 2, 2.0)], 2)
    [0, 2]
    """
    order = sorted((index for index, box in enumerate(boxes) if box[4] > 0), key=lambda n: boxes[n][0])
    # Fenwick tree over columns: the best chain that ends at or before a column.
    size = columns + 1
    tree: list[tuple[float, int]] = [(0.0, -1)] * (size + 1)
    best: dict[int, tuple[float, int]] = {}
    waiting = sorted(order, key=lambda n: boxes[n][1])
    entered = 0
    for index in order:
        i, _, j, _, value = boxes[index]
        while entered < len(waiting) and boxes[waiting[entered]][1] <= i:
            done = waiting[entered]
            entered += 1
            weight, place = best[done][0], boxes[done][3] + 1
            while place <= size:
                if tree[place][0] < weight:
                    tree[place] = (weight, done)
                place += place & -place
        place, found = j + 1, (0.0, -1)
        while place:
            if tree[place][0] > found[0]:
                found = tree[place]
            place -= place & -place
        best[index] = (found[0] + value, found[1])
    if not best:
        return []
    index = max(best, key=lambda n: best[n][0])
    chain = []
    while index >= 0:
        chain.append(index)
        index = best[index][1]
    return chain[::-1]
