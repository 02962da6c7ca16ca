"""The forward–backward algorithm over all tilings of two texts with beads and gaps.

A path through the grid of segments is a sequence of beads, English gaps and Japanese gaps. Gaps are affine:
opening one has a cost and each further segment a small one, so a lost block costs little more than a lost
line. At the ends of the texts opening a gap is nearly free, since extracts begin and end anywhere. The sums
over all paths (forward and backward, as probabilities scaled row by row) give the posterior probability of
each bead.

How often a text is cut, merged and moved differs from text to text, so the probabilities of gaps and merged
segments are estimated from the document: the sums are computed with the probabilities below, and once more
with those that the first result suggests (`estimate_priors`).

The result is not the single most probable path but the tiling with the highest expected number of correct
segments. The probability that decides is the confidence that is reported.

The probabilities below were set by hand on the development bitexts, one setting for all sets; no script
refits them. ``python benchmarks/alignment.py`` measures the effect of a change.
"""

import math
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Protocol

import attrs

from alliance_ref.progress import Meter

BEAD_PRIORS = {
    (1, 1): 0.80,
    (1, 2): 0.05,
    (2, 1): 0.05,
    (1, 3): 0.005,
    (3, 1): 0.005,
    (2, 2): 0.005,
    (1, 4): 0.001,
    (4, 1): 0.001,
}
"""Prior probability of each kind of bead, by its numbers of English and Japanese segments."""

MAX_SPAN = max(max(kind) for kind in BEAD_PRIORS)
"""Most segments on one side of a bead."""

_P_OPEN_GAP = 0.02
_P_OPEN_GAP_AT_END = 0.3
"""Probability of opening a gap, inside the texts and at the beginning or end of one of them.

The first is a prior: it is estimated for each document and side, see `estimate_priors`.
"""

_P_EXTEND_GAP = 0.8
"""Probability that a gap continues with the next segment."""

_P_SWITCH_GAP = 0.25
"""Prior of the probability that an English gap is followed by a Japanese one."""

_PRIOR_BEADS = 30.0
_PRIOR_MERGES = 50.0
_PRIOR_GAP_RUNS = 10.0
"""Weights of the priors of a document's own probabilities: of opening a gap and of merged segments, in beads,
and of switching gaps, in runs of English gaps. Set by hand on long_bsd and the older development bitexts."""

_MIN_MERGE_FACTOR, _MAX_MERGE_FACTOR = 0.25, 4.0
"""Limits of a document's own probability of merged segments, relative to `BEAD_PRIORS`."""

_MIN_LOG_ODDS = -1.5
"""Beads below this log-odds, prior included, are not considered."""

_MAX_LOG_ODDS = 60.0
"""Upper limit of a bead's log-odds, so that products of weights do not overflow."""

_MIN_PROBABILITY = 1e-4
"""Posterior beads below this probability are dropped."""

_MIN_FIRST_PROBABILITY = 1e-6
"""Beads below this probability, computed with the general priors, are not considered again."""


@attrs.frozen
class CandidateBead:
    """*a* English segments from *i* with *b* Japanese ones from *j*, and the posterior probability."""

    i: int
    a: int
    j: int
    b: int
    probability: float


@attrs.frozen
class Priors:
    """The probabilities of gaps and merged segments in a document.

    Attributes:
        open_en: The probability of opening an English gap after a bead.
        open_ja: The probability of opening a Japanese gap after a bead.
        switch: The probability that an English gap is followed by a Japanese one.
        merges: For each kind of merged segments, its probability relative to `BEAD_PRIORS`.
    """

    open_en: float = _P_OPEN_GAP
    open_ja: float = _P_OPEN_GAP
    switch: float = _P_SWITCH_GAP
    merges: Mapping[tuple[int, int], float] = attrs.field(factory=dict)


class Scores(Protocol):
    """Log-likelihood ratios of spans: translation against coincidence."""

    def row(self, i: int, a: int, b: int, low: int, high: int, needed: float) -> Iterable[tuple[int, float]]:
        """Yield first Japanese segments from ``range(low, high)`` with the score of the span.

        The span has *a* English segments from *i* and *b* Japanese ones. Spans that cannot exceed *needed*
        may be left out.
        """


@attrs.frozen
class BeadStarts:
    """The beads that start at one grid line, packed into arrays: a long text has millions of them.

    `codes` hold the grid point and the numbers of segments, `weights` the weight of each bead.
    """

    codes: array = attrs.field(factory=lambda: array("q"))  # type: ignore[type-arg]
    weights: array = attrs.field(factory=lambda: array("d"))  # type: ignore[type-arg]

    def add(self, j: int, a: int, b: int, weight: float) -> None:
        """Add a bead of *a* and *b* segments that starts at grid point *j*."""
        self.codes.append(j << 6 | a << 3 | b)
        self.weights.append(weight)

    def scaled(self, factors: Sequence[float]) -> "BeadStarts":
        """Return the same beads with their weights multiplied by the factor of their kind.

        Args:
            factors: The factor of each kind, at the index ``a << 3 | b``.
        """
        pairs = zip(self.codes, self.weights, strict=True)
        return BeadStarts(self.codes, array("d", [weight * factors[code & 63] for code, weight in pairs]))

    def __iter__(self) -> Iterator[tuple[int, int, int, float]]:
        for code, weight in zip(self.codes, self.weights, strict=True):
            yield code >> 6, code >> 3 & 7, code & 7, weight


def posteriors(
    rows: int, columns: int, band: Sequence[tuple[int, int]], scores: Scores, meter: Meter
) -> list[CandidateBead]:
    """Return the posterior probability of every bead that is not negligible.

    Args:
        rows: The number of English segments.
        columns: The number of Japanese segments.
        band: For each of the ``rows + 1`` grid lines, the first and last grid point to visit.
        scores: The scores of spans.
        meter: Counts the grid lines.
    """
    starts: list[BeadStarts] = []
    for i in meter.over(range(rows + 1)):
        low, high = band[i]
        line = BeadStarts()
        for (a, b), prior in BEAD_PRIORS.items():
            if i + a > rows:
                continue
            end_low, end_high = band[i + a]
            first, last = max(low, end_low - b), min(high, end_high - b)
            if first <= last:
                bonus = math.log(prior)
                for j, value in scores.row(i, a, b, first, last + 1, _MIN_LOG_ODDS - bonus):
                    line.add(j, a, b, math.exp(min(value + bonus, _MAX_LOG_ODDS)))
        starts.append(line)
    general, likely = _posteriors(rows, columns, band, starts, Priors(), _MIN_FIRST_PROBABILITY)
    del starts
    priors = estimate_priors(rows, columns, general)
    del general
    factors = [priors.merges.get((kind >> 3, kind & 7), 1.0) for kind in range(64)]
    likely = [line.scaled(factors) for line in likely]
    beads, _ = _posteriors(rows, columns, band, likely, priors, _MIN_PROBABILITY)
    return beads


def estimate_priors(rows: int, columns: int, beads: Sequence[CandidateBead]) -> Priors:
    """Return the probabilities of gaps and merged segments that the posterior *beads* suggest.

    Each is a relative frequency, shrunk to the general prior. The number of gaps that open is estimated from
    the increases of the gap posteriors, the number of switches from the best tiling.
    """
    gap_en, gap_ja = gap_posteriors(rows, columns, beads)
    counts: dict[tuple[int, int], float] = dict.fromkeys(BEAD_PRIORS, 0.0)
    for bead in beads:
        counts[bead.a, bead.b] += bead.probability
    total = sum(counts.values())
    merges: dict[tuple[int, int], float] = {}
    for kinds in ([kind for kind in BEAD_PRIORS if kind[side] == 1 < kind[1 - side]] for side in (0, 1)):
        prior = sum(BEAD_PRIORS[kind] for kind in kinds)
        share = (sum(counts[kind] for kind in kinds) + _PRIOR_MERGES * prior) / (total + _PRIOR_MERGES)
        factor = max(_MIN_MERGE_FACTOR, min(_MAX_MERGE_FACTOR, share / prior))
        merges.update(dict.fromkeys(kinds, factor))
    runs, switches = _count_switches(best_tiling(rows, columns, beads))
    opened = _PRIOR_BEADS * _P_OPEN_GAP
    return Priors(
        (_increases(gap_en) + opened) / (total + _PRIOR_BEADS),
        (_increases(gap_ja) + opened) / (total + _PRIOR_BEADS),
        (switches + _PRIOR_GAP_RUNS * _P_SWITCH_GAP) / (runs + _PRIOR_GAP_RUNS),
        merges,
    )


def _increases(values: Sequence[float]) -> float:
    return sum(max(0.0, after - before) for before, after in pairwise(values))


def _count_switches(tiling: Sequence[CandidateBead]) -> tuple[int, int]:
    """Return the number of runs of English gaps between two beads, and how many touch a Japanese gap."""
    runs = switches = 0
    for before, after in pairwise(tiling):
        if after.i > before.i + before.a:
            runs += 1
            switches += after.j > before.j + before.b
    return runs, switches


def _posteriors(
    rows: int,
    columns: int,
    band: Sequence[tuple[int, int]],
    starts: Sequence[BeadStarts],
    priors: Priors,
    least: float,
) -> tuple[list[CandidateBead], list[BeadStarts]]:
    """Return the beads with a posterior probability above *least*, once as beads and once as weights."""
    forward, scales = _forward(rows, columns, band, starts, priors)
    return _backward(rows, columns, band, starts, forward, scales, priors, least)


def _forward(
    rows: int,
    columns: int,
    band: Sequence[tuple[int, int]],
    starts: Sequence[BeadStarts],
    priors: Priors,
) -> tuple[list[Sequence[float]], list[float]]:
    """Return the weight of all paths to each grid point, scaled to a maximum of 1 per row, and the scales."""
    # Weights of the paths whose last step is a bead (m), an English gap (x), a Japanese gap (y), any of them
    # (t).
    matched = {0: [0.0] * (band[0][1] - band[0][0] + 1)}
    matched[0][0] = 1.0
    above_m: list[float] = []
    above_x: list[float] = []
    total: list[Sequence[float]] = []
    scales: list[float] = []
    open_en_at_end = max(priors.open_en, _P_OPEN_GAP_AT_END)
    for i in range(rows + 1):
        low, high = band[i]
        width = high - low + 1
        m = matched.pop(i, None) or [0.0] * width
        x, t = [0.0] * width, [0.0] * width
        if i:
            above_low, above_high = band[i - 1]
            for j in range(max(low, above_low), min(high, above_high) + 1):
                opening = open_en_at_end if j in (0, columns) else priors.open_en
                x[j - low] = opening * above_m[j - above_low] + _P_EXTEND_GAP * above_x[j - above_low]
        opening = _open_ja(i, rows, priors)
        switching = max(opening, priors.switch)
        last_m = last_x = last_y = 0.0
        for k in range(width):
            last_y = opening * last_m + switching * last_x + _P_EXTEND_GAP * last_y
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
                    matched[end] = [0.0] * (band[end][1] - band[end][0] + 1)
                matched[end][j + b - band[end][0]] += source * weight
        above_m, above_x = m, x
        total.append(array("d", t))
        scales.append(scale)
    return total, scales


def _open_ja(row: int, rows: int, priors: Priors) -> float:
    """Return the probability of opening a Japanese gap on grid line *row*."""
    return max(priors.open_ja, _P_OPEN_GAP_AT_END) if row in (0, rows) else priors.open_ja


def _backward(
    rows: int,
    columns: int,
    band: Sequence[tuple[int, int]],
    starts: Sequence[BeadStarts],
    forward: Sequence[Sequence[float]],
    scales: Sequence[float],
    priors: Priors,
    least: float,
) -> tuple[list[CandidateBead], list[BeadStarts]]:
    """Return the posterior beads, by combining the forward weights with those of all continuations."""
    end = forward[rows][columns - band[rows][0]]
    if end <= 0.0:
        return [], [BeadStarts() for _ in starts]
    beads: list[CandidateBead] = []
    likely: list[BeadStarts] = []
    open_en_at_end = max(priors.open_en, _P_OPEN_GAP_AT_END)
    after: dict[int, list[float]] = {}  # weight of all continuations after a bead
    below_x: list[float] = []
    for i in range(rows, -1, -1):
        low, high = band[i]
        width = high - low + 1
        m, x = [0.0] * width, [0.0] * width
        if i == rows:
            m[columns - low] = 1.0
        # Dividing by the scales between two rows keeps forward times backward equal at every cut.
        steps = [1.0]
        for row in range(i + 1, min(i + MAX_SPAN + 1, rows + 1)):
            steps.append(steps[-1] / scales[row])
        line = BeadStarts()
        for j, a, b, weight in starts[i]:
            far = i + a
            value = weight * steps[a] * after[far][j + b - band[far][0]]
            m[j - low] += value
            probability = forward[i][j - low] * value / end
            if probability > least:
                beads.append(CandidateBead(i, a, j, b, min(probability, 1.0)))
                line.add(j, a, b, weight)
        likely.append(line)
        open_ja = _open_ja(i, rows, priors)
        switch = max(open_ja, priors.switch)
        below_low, below_high = band[i + 1] if i < rows else (0, -1)
        right = 0.0
        for j in range(high, low - 1, -1):
            k = j - low
            down = below_x[j - below_low] * steps[1] if below_low <= j <= below_high else 0.0
            start = m[k]
            m[k] = start + (open_en_at_end if j in (0, columns) else priors.open_en) * down + open_ja * right
            x[k] = start + _P_EXTEND_GAP * down + switch * right
            right = start + _P_EXTEND_GAP * right
        after[i] = m
        after.pop(i + MAX_SPAN + 1, None)
        below_x = x
    return beads, likely[::-1]


def best_tiling(rows: int, columns: int, beads: Sequence[CandidateBead]) -> list[CandidateBead]:
    """Return the beads, in order and without overlap, with the highest expected number of correct segments.

    A segment of a bead is correct with the probability of the bead, any other segment with the probability
    that it is in a gap. The optimum is a heaviest chain, found in O(n log n) for n beads.
    """
    gap_en, gap_ja = gap_posteriors(rows, columns, beads)
    before_en, before_ja = list(accumulate(gap_en, initial=0.0)), list(accumulate(gap_ja, initial=0.0))
    values = []
    for bead in beads:
        lost = before_en[bead.i + bead.a] - before_en[bead.i] + before_ja[bead.j + bead.b] - before_ja[bead.j]
        values.append(bead.probability * (bead.a + bead.b) - lost)
    boxes = [
        (bead.i, bead.i + bead.a, bead.j, bead.j + bead.b, value)
        for bead, value in zip(beads, values, strict=True)
    ]
    return [beads[index] for index in heaviest_chain(boxes, columns)]


def gap_posteriors(
    rows: int, columns: int, beads: Sequence[CandidateBead]
) -> tuple[list[float], list[float]]:
    """Return the probability of each English and each Japanese segment that it is in a gap."""
    gap_en, gap_ja = [1.0] * rows, [1.0] * columns
    for bead in beads:
        for i in range(bead.i, bead.i + bead.a):
            gap_en[i] -= bead.probability
        for j in range(bead.j, bead.j + bead.b):
            gap_ja[j] -= bead.probability
    return [max(p, 0.0) for p in gap_en], [max(p, 0.0) for p in gap_ja]


def heaviest_chain(boxes: Sequence[tuple[int, int, int, int, float]], columns: int) -> list[int]:
    """Return the indices of the heaviest sequence of boxes that increases on both axes.

    A box is (i, end of i, j, end of j, value); boxes without a positive value are ignored.

    >>> heaviest_chain([(0, 1, 0, 1, 2.0), (1, 2, 0, 1, 3.0), (1, 2, 1, 2, 2.0)], 2)
    [0, 2]
    """
    order = sorted((index for index, box in enumerate(boxes) if box[4] > 0), key=lambda n: boxes[n][0])
    # A Fenwick tree over columns: the heaviest chain that ends at or before a column.
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
