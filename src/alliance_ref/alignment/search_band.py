"""The corridor: which places of the grid are worth a look.

Comparing everything with everything is right for a page and hopeless for a book. In a long document the
rare keys alone (a name, a number that occurs once or twice on either side) give enough sure pairs to walk
along: the heaviest chain of them is found in ``n log n``, and only the rectangles between two of them, with
a margin, are looked at closely. Where there is nothing sure for long, the corridor is as wide as the doubt.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from alliance_ref.alignment.forward_backward import heaviest_chain

Corridor = list[tuple[int, int]]

_SMALL = 400  # cells; up to here everything is compared with everything
_MARGIN = 4  # segments on every side of where the chain leads
_RARE_AT_LEAST, _RARE = 12, 60  # places that a link may point to and still lead anywhere
_LEAST = 1.6  # evidence of a pair, in units of the largest that one link gives
_LARGEST_RECTANGLE = 40_000


def whole(rows: int, columns: int) -> Corridor:
    """The corridor that leaves nothing out: for each grid line the first and last grid point."""
    return [(0, columns)] * (rows + 1)


def find_corridor(rows: int, columns: int, pairs: Mapping[tuple[int, int], float]) -> Corridor:
    """The corridor along the heaviest chain of *pairs*, each with its weight of evidence."""
    if rows * columns <= _SMALL:
        return whole(rows, columns)
    places = [place for place, weight in pairs.items() if weight > 0]
    boxes = [(i, i + 1, j, j + 1, pairs[i, j]) for i, j in places]
    anchors = [places[index] for index in heaviest_chain(boxes, columns)]
    lows, highs = [columns] * (rows + 1), [0] * (rows + 1)
    corners = [(0, 0), *((i, j) for i, j in anchors), (rows, columns)]
    for place, (i, j) in enumerate(corners[1:], start=1):
        i0, j0 = corners[place - 1]
        height, width = i - i0, j - j0
        for row in range(i0, i + 1):
            if height * width > _LARGEST_RECTANGLE:
                # Nothing sure for very long: a band round the diagonal instead of all of it.
                reach = _LARGEST_RECTANGLE // (2 * height) + 1
                middle = j0 + width * (row - i0) // height
                low, high = max(j0, middle - reach), min(j, middle + reach)
            else:
                low, high = j0, j
            lows[row] = min(lows[row], low)
            highs[row] = max(highs[row], high)
    corridor = []
    for row in range(rows + 1):
        near = slice(max(0, row - _MARGIN), row + _MARGIN + 1)
        corridor.append((max(0, min(lows[near]) - _MARGIN), min(columns, max(highs[near]) + _MARGIN)))
    return corridor


def rare_pairs(
    groups: Iterable[tuple[Sequence[int], Sequence[int]]], rows: int, columns: int
) -> dict[tuple[int, int], float]:
    """The pairs that linked keys point to, with their weight, from the places of each link's two keys.

    A link whose keys occur often points everywhere and is left out.
    """
    if rows * columns <= _SMALL:
        return {}
    shorter = min(rows, columns)
    rare = min(_RARE, max(_RARE_AT_LEAST, shorter // 20))
    weights: dict[tuple[int, int], float] = defaultdict(float)
    for in_english, in_japanese in groups:
        if len(in_english) * len(in_japanese) <= rare:
            weight = math.log(shorter / max(len(in_english), len(in_japanese)))
            for i in in_english:
                for j in in_japanese:
                    weights[i, j] += weight
    # A coincidence stands alone, a translation goes on: a pair counts with its neighbours on the diagonal.
    least = _LEAST * math.log(shorter)
    supported = {}
    known = weights.get
    for (i, j), weight in weights.items():
        near = known((i - 1, j - 1), 0.0) + known((i + 1, j + 1), 0.0)
        near += known((i - 2, j - 2), 0.0) + known((i + 2, j + 2), 0.0)
        if (together := weight + near / 2) > least:
            supported[i, j] = together - least
    return supported
