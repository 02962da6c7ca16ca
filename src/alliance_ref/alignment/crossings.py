"""Crossings: segments and blocks that the translator moved.

A tiling cannot join two segments across others, so what was moved ends up as gaps on both sides. The gaps are
compared again without regard to their order. Pairs that continue on one diagonal support each other: a block
of twenty moved sentences is found although no single pair is certain, and its segments are aligned.
"""

import math
from collections.abc import Callable, Mapping, Sequence

import attrs

from alliance_ref.alignment.result import Alignment, Bead, Crossing
from alliance_ref.records import AlignedUnit, Gap

_MAX_PAIRS = 40_000
"""Crossings are not searched if there are more pairs of an English and a Japanese gap than this."""

_MIN_SCORE = 5.0
"""Least score of a crossing or block, as log-odds; set by hand on texts with moved sentences."""

_MIN_SCORE_NEAR = 1.5
"""The same for two gaps that are close to each other: there are only a few such pairs."""

_NEAR = 2
"""Beads between two gaps that are close to each other."""

_MAX_STEP = 2
"""Segments from one pair of a block to the next; those between them are merged or have no counterpart."""

_MAX_LOG_ODDS = 40.0
"""Upper limit of the score of a crossing, so that its odds do not overflow."""

_MIN_SWAP_GAIN = 3.0
"""A 2-2 bead is split into two crossing pairs if they score so much higher than the pairs in order."""

PairScores = Callable[[Sequence[int], Sequence[int]], Mapping[tuple[int, int], float]]
"""A function that returns the positive scores of the pairs of given English and Japanese segments."""


@attrs.frozen
class _Chain:
    """Pairs of one moved block, in order, with their total score."""

    pairs: tuple[tuple[int, int], ...]
    score: float


def find_crossings(beads: Sequence[Bead], scores_of: PairScores) -> tuple[Crossing, ...]:
    """Return the pairs of gaps that are translations of each other, chosen block by block, best first.

    Args:
        beads: The beads of the alignment, gaps included.
        scores_of: Returns the scores of pairs of segments.
    """
    places_en, places_ja = _places_of_gaps(beads)
    if not places_en or not places_ja or len(places_en) * len(places_ja) > _MAX_PAIRS:
        return ()
    scores = scores_of(sorted(places_en), sorted(places_ja))
    candidates = float(max(len(places_en), len(places_ja)))
    chosen: list[Crossing] = []
    used_en: set[int] = set()
    used_ja: set[int] = set()
    remaining = dict(scores)
    while remaining:
        chain = _best_chain(remaining)
        i, j = chain.pairs[0]
        is_near = abs(places_en[i] - places_ja[j]) <= _NEAR and len(chain.pairs) == 1
        if chain.score <= (_MIN_SCORE_NEAR if is_near else _MIN_SCORE):
            remaining = {pair: s for pair, s in remaining.items() if pair not in chain.pairs}
            if chain.score <= _MIN_SCORE_NEAR:
                break
            continue
        confidence = round(_probability(chain.score, 1.0 if is_near else candidates), 4)
        for i, j in _filled(chain.pairs, places_en, places_ja):
            if i not in used_en and j not in used_ja:
                chosen.append(Crossing(i, j, confidence))
                used_en.add(i)
                used_ja.add(j)
        remaining = {
            (i, j): score for (i, j), score in remaining.items() if i not in used_en and j not in used_ja
        }
    return tuple(sorted(chosen, key=lambda crossing: (crossing.en, crossing.ja)))


def _places_of_gaps(beads: Sequence[Bead]) -> tuple[dict[int, int], dict[int, int]]:
    """Return the number of two-sided beads before each English and before each Japanese gap."""
    places_en: dict[int, int] = {}
    places_ja: dict[int, int] = {}
    passed = 0
    for en, ja in beads:
        if en and ja:
            passed += 1
        elif en:
            places_en[en[0]] = passed
        else:
            places_ja[ja[0]] = passed
    return places_en, places_ja


def _best_chain(scores: Mapping[tuple[int, int], float]) -> _Chain:
    """Return the chain of pairs with the highest total score."""
    best: dict[tuple[int, int], float] = {}
    before: dict[tuple[int, int], tuple[int, int] | None] = {}
    for i, j in sorted(scores):
        previous = [
            (best[i - a, j - b], (i - a, j - b))
            for a in range(1, _MAX_STEP + 1)
            for b in range(1, _MAX_STEP + 1)
            if (i - a, j - b) in best
        ]
        value, pair = max(previous, default=(0.0, None))
        best[i, j] = scores[i, j] + max(value, 0.0)
        before[i, j] = pair if value > 0 else None
    place: tuple[int, int] | None = max(best, key=lambda pair: best[pair])
    total = best[place] if place is not None else 0.0
    pairs = []
    while place is not None:
        pairs.append(place)
        place = before[place]
    return _Chain(tuple(reversed(pairs)), total)


def _filled(
    pairs: Sequence[tuple[int, int]], gaps_en: Mapping[int, int], gaps_ja: Mapping[int, int]
) -> list[tuple[int, int]]:
    """Return the pairs of a chain, with the pair between two that are two segments apart on both sides."""
    filled: list[tuple[int, int]] = []
    for i, j in pairs:
        if filled:
            last_en, last_ja = filled[-1]
            if i - last_en == j - last_ja == 2 and i - 1 in gaps_en and j - 1 in gaps_ja:
                filled.append((i - 1, j - 1))
        filled.append((i, j))
    return filled


def _probability(score: float, candidates: float) -> float:
    """Return the probability of a match with log-odds *score* that was chosen from so many candidates."""
    odds = math.exp(min(score, _MAX_LOG_ODDS)) / candidates
    return odds / (1.0 + odds)


def split_swaps(alignment: Alignment, scores_of: PairScores) -> Alignment:
    """Return *alignment* with each 2-2 bead that is two pairs in reverse order as a pair and two gaps.

    The pair with the higher score is kept in place; the other is found by `find_crossings`.
    """
    units: list[AlignedUnit] = []
    beads: list[Bead] = []
    for unit, (en, ja) in zip(alignment.units, alignment.beads, strict=True):
        may_be_swapped = len(en) == len(ja) == 2 and unit.status != "confirmed"
        parts = _swapped_parts(en, ja, scores_of) if may_be_swapped else None
        if parts is None or isinstance(unit.en, Gap) or isinstance(unit.ja, Gap):
            units.append(unit)
            beads.append((en, ja))
            continue
        gap = Gap("unaligned")
        for part_en, part_ja in parts:
            side_en = tuple(unit.en[i - en[0]] for i in part_en) or gap
            side_ja = tuple(unit.ja[j - ja[0]] for j in part_ja) or gap
            units.append(attrs.evolve(unit, en=side_en, ja=side_ja))
            beads.append((part_en, part_ja))
    return attrs.evolve(alignment, units=tuple(units), beads=tuple(beads))


def _swapped_parts(en: Sequence[int], ja: Sequence[int], scores_of: PairScores) -> list[Bead] | None:
    """Return a 2-2 bead as a gap, a pair and a gap, or ``None`` if its pairs are in order."""
    scores = scores_of(en, ja)
    in_order = scores.get((en[0], ja[0]), 0.0) + scores.get((en[1], ja[1]), 0.0)
    first, second = scores.get((en[0], ja[1]), 0.0), scores.get((en[1], ja[0]), 0.0)
    if min(first, second) <= 0 or first + second <= in_order + _MIN_SWAP_GAIN:
        return None
    if first > second:
        return [((), (ja[0],)), ((en[0],), (ja[1],)), ((en[1],), ())]
    return [((en[0],), ()), ((en[1],), (ja[0],)), ((), (ja[1],))]
