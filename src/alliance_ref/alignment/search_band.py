"""The search band: which cells of the grid of segments are considered.

Comparing every segment with every other is feasible for a page, not for a book. In a long document the rare
features (a name or number that occurs once or twice on each side) give enough reliable pairs. Their heaviest
chain is found in O(n log n), and only the rectangles between consecutive pairs of it, with a margin, are
searched. Without reliable pairs the band is as wide as the uncertainty, up to a limit.

The constants were set by hand on the development bitexts and on long texts made from them; no script refits
them. ``python benchmarks/alignment.py`` measures the effect of a change.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from alliance_ref.alignment.forward_backward import heaviest_chain

Band = list[tuple[int, int]]
"""First and last grid point to visit, for each grid line."""

_FULL_SEARCH_CELLS = 400
"""Grids of up to this many cells are searched completely."""

_MARGIN = 4
"""Segments searched on every side of the rectangles between the pairs of the chain."""

_MIN_RARE, _MAX_RARE = 12, 60
"""Limits of the number of pairs of segments that one link may point to and still be rare."""

_RARE_PER_SEGMENTS = 20
"""Between these limits, a link is rare if it points to one pair per this many segments."""

_MIN_PAIR_WEIGHT = 1.6
"""Least weight of a pair of the chain, in units of the largest weight that one link can have."""

_MAX_RECTANGLE_CELLS = 40_000
"""In larger rectangles between two pairs of the chain, only a diagonal strip is searched."""


def full_band(rows: int, columns: int) -> Band:
    """Return the band of the whole grid."""
    return [(0, columns)] * (rows + 1)


def find_band(rows: int, columns: int, pairs: Mapping[tuple[int, int], float]) -> Band:
    """Return the band along the heaviest chain of *pairs* of segments, each with its weight."""
    if rows * columns <= _FULL_SEARCH_CELLS:
        return full_band(rows, columns)
    places = [place for place, weight in pairs.items() if weight > 0]
    boxes = [(i, i + 1, j, j + 1, pairs[i, j]) for i, j in places]
    anchors = [places[index] for index in heaviest_chain(boxes, columns)]
    lows, highs = [columns] * (rows + 1), [0] * (rows + 1)
    corners = [(0, 0), *anchors, (rows, columns)]
    for place, (i, j) in enumerate(corners[1:], start=1):
        i0, j0 = corners[place - 1]
        height, width = i - i0, j - j0
        for row in range(i0, i + 1):
            if height * width > _MAX_RECTANGLE_CELLS:
                reach = _MAX_RECTANGLE_CELLS // (2 * height) + 1
                middle = j0 + width * (row - i0) // height
                low, high = max(j0, middle - reach), min(j, middle + reach)
            else:
                low, high = j0, j
            lows[row] = min(lows[row], low)
            highs[row] = max(highs[row], high)
    band = []
    for row in range(rows + 1):
        near = slice(max(0, row - _MARGIN), row + _MARGIN + 1)
        band.append((max(0, min(lows[near]) - _MARGIN), min(columns, max(highs[near]) + _MARGIN)))
    return band


def rare_pairs(
    groups: Iterable[tuple[Sequence[int], Sequence[int]]], rows: int, columns: int
) -> dict[tuple[int, int], float]:
    """Return the pairs of segments that rare links point to, with their weights.

    A true pair usually continues on its diagonal, a coincidence does not: neighbors on the diagonal support a
    pair, and pairs without enough support are left out.

    Args:
        groups: For each link, the segments with its English and those with its Japanese feature.
        rows: The number of English segments.
        columns: The number of Japanese segments.
    """
    if rows * columns <= _FULL_SEARCH_CELLS:
        return {}
    shorter = min(rows, columns)
    most = min(_MAX_RARE, max(_MIN_RARE, shorter // _RARE_PER_SEGMENTS))
    weights: dict[tuple[int, int], float] = defaultdict(float)
    for in_english, in_japanese in groups:
        if len(in_english) * len(in_japanese) <= most:
            weight = math.log(shorter / max(len(in_english), len(in_japanese)))
            for i in in_english:
                for j in in_japanese:
                    weights[i, j] += weight
    least = _MIN_PAIR_WEIGHT * math.log(shorter)
    supported = {}
    weight_of = weights.get
    for (i, j), weight in weights.items():
        near = weight_of((i - 1, j - 1), 0.0) + weight_of((i + 1, j + 1), 0.0)
        near += weight_of((i - 2, j - 2), 0.0) + weight_of((i + 2, j + 2), 0.0)
        if (together := weight + near / 2) > least:
            supported[i, j] = together - least
    return supported
