"""Constraints on an alignment: decisions of a person, and segments in the other language.

Two-sided decisions divide the grid of segments into blocks that are aligned independently, with the evidence
of the whole document. Segments with a one-sided decision and segments in the other language stay in their
blocks, but no bead may contain them.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import attrs

from alliance_ref.alignment.forward_backward import CandidateBead, Scores, heaviest_chain, posteriors
from alliance_ref.alignment.other_language import english_among_japanese, japanese_among_english
from alliance_ref.alignment.result import Bead
from alliance_ref.alignment.search_band import Band, find_band, full_band
from alliance_ref.errors import InvalidValue
from alliance_ref.progress import Meter
from alliance_ref.records import Segment


@attrs.frozen
class Constraints:
    """What is known before the alignment.

    Attributes:
        fixed: The beads that a person decided, in order and without overlap, on two sides or one.
        moved: Pairs that a person decided but that are not in the order of the others.
        other_en: The English segments that are Japanese text.
        other_ja: The Japanese segments that are English text.
    """

    fixed: Sequence[Bead] = ()
    moved: Sequence[tuple[int, int]] = ()
    other_en: Collection[int] = frozenset()
    other_ja: Collection[int] = frozenset()

    @property
    def blocked_en(self) -> frozenset[int]:
        """The English segments that cannot be part of a bead."""
        decided = (i for en, ja in self.fixed if not ja for i in en)
        return frozenset((*self.other_en, *decided, *(i for i, _ in self.moved)))

    @property
    def blocked_ja(self) -> frozenset[int]:
        """The Japanese segments that cannot be part of a bead."""
        decided = (j for en, ja in self.fixed if not en for j in ja)
        return frozenset((*self.other_ja, *decided, *(j for _, j in self.moved)))


def find_constraints(
    english: Sequence[Segment], japanese: Sequence[Segment], fixed: Iterable[tuple[int, int] | Bead]
) -> Constraints:
    """Return the constraints of a document with the decisions *fixed*.

    Raises:
        InvalidValue: A decision names a segment that does not exist, is not a run of segments, or contradicts
            another decision.
    """
    beads = _joined(fixed, len(english), len(japanese))
    two_sided = [bead for bead in beads if all(bead)]
    boxes = [(en[0], en[-1] + 1, ja[0], ja[-1] + 1, float(len(en) + len(ja))) for en, ja in two_sided]
    in_order = {two_sided[index] for index in heaviest_chain(boxes, len(japanese))}
    kept = tuple(bead for bead in beads if bead in in_order or not all(bead))
    moved = tuple((i, j) for en, ja in two_sided if (en, ja) not in in_order for i in en for j in ja)
    decided_en = {i for en, _ in beads for i in en}
    decided_ja = {j for _, ja in beads for j in ja}
    return Constraints(
        kept,
        moved,
        japanese_among_english(english) - decided_en,
        english_among_japanese(japanese, english) - decided_ja,
    )


def _joined(fixed: Iterable[tuple[int, int] | Bead], rows: int, columns: int) -> list[Bead]:
    """Return *fixed* as beads; pairs of indices that share a segment are one bead."""
    beads: dict[int, tuple[set[int], set[int]]] = {}
    owners: tuple[dict[int, int], dict[int, int]] = {}, {}
    for number, (en, ja) in enumerate(fixed):
        one = ({en} if isinstance(en, int) else set(en), {ja} if isinstance(ja, int) else set(ja))
        for side, size in zip(one, (rows, columns), strict=True):
            for index in side:
                if not 0 <= index < size:
                    raise InvalidValue("fixed-range", index=index, size=size)
        touched = {
            owner[index] for owner, side in zip(owners, one, strict=True) for index in side if index in owner
        }
        touching = [beads.pop(owner) for owner in sorted(touched)]
        if touching and not all(all(bead) for bead in (one, *touching)) and any(b != one for b in touching):
            raise InvalidValue("fixed-conflict", en=sorted(one[0]), ja=sorted(one[1]))
        for bead in touching:
            one[0].update(bead[0])
            one[1].update(bead[1])
        beads[number] = one
        for owner, side in zip(owners, one, strict=True):
            owner.update(dict.fromkeys(side, number))
    found = [(tuple(sorted(en)), tuple(sorted(ja))) for en, ja in beads.values() if en or ja]
    for indices in (indices for bead in found for indices in bead):
        if indices and indices[-1] - indices[0] + 1 != len(indices):
            raise InvalidValue("fixed-run", indices=list(indices))
    return sorted(found, key=lambda bead: (bead[0] or (rows,), bead[1] or (columns,)))


@attrs.frozen
class Block:
    """A part of the grid of segments between two fixed beads.

    Attributes:
        low_en: The first English segment.
        high_en: The end of the English segments.
        low_ja: The first Japanese segment.
        high_ja: The end of the Japanese segments.
        blocked_en: The English segments that cannot be part of a bead.
        blocked_ja: The Japanese segments that cannot be part of a bead.
    """

    low_en: int
    high_en: int
    low_ja: int
    high_ja: int
    blocked_en: Collection[int]
    blocked_ja: Collection[int]

    def band(self, pairs: Mapping[tuple[int, int], float]) -> Band:
        """Return the search band of the block, relative to its first segments.

        Args:
            pairs: The weights of the reliable pairs of the block.
        """
        rows, columns = self.high_en - self.low_en, self.high_ja - self.low_ja
        if not rows or not columns:
            return full_band(rows, columns)
        inside = {(i - self.low_en, j - self.low_ja): weight for (i, j), weight in pairs.items()}
        return find_band(rows, columns, inside)

    def posteriors(self, band: Band, scores: Scores, meter: Meter) -> list[CandidateBead]:
        """Return the posterior probabilities of the beads of the block."""
        rows, columns = self.high_en - self.low_en, self.high_ja - self.low_ja
        is_first = not self.low_en and not self.low_ja
        is_free = not self.blocked_en and not self.blocked_ja
        inner = scores if is_first and is_free else _BlockScores(self, scores)
        beads = posteriors(rows, columns, band, inner, meter)
        if is_first:
            return beads
        return [attrs.evolve(bead, i=bead.i + self.low_en, j=bead.j + self.low_ja) for bead in beads]


@attrs.frozen
class _BlockScores:
    """The scores of the spans of a block; spans with a blocked segment have none."""

    block: Block
    scores: Scores

    def row(self, i: int, a: int, b: int, low: int, high: int, needed: float) -> Iterator[tuple[int, float]]:
        """Yield the scores of spans, relative to the first segments of the block; see `Scores`."""
        block = self.block
        first = i + block.low_en
        if block.blocked_en and any(row in block.blocked_en for row in range(first, first + a)):
            return
        offset = block.low_ja
        for j, value in self.scores.row(first, a, b, low + offset, high + offset, needed):
            if not block.blocked_ja or not any(place in block.blocked_ja for place in range(j, j + b)):
                yield j - offset, value


def free_blocks(rows: int, columns: int, constraints: Constraints) -> list[Block]:
    """Return the blocks before, between and after the fixed two-sided beads."""
    blocks = []
    low_en = low_ja = 0
    blocked = constraints.blocked_en, constraints.blocked_ja
    for en, ja in constraints.fixed:
        if en and ja:
            blocks.append(Block(low_en, en[0], low_ja, ja[0], *blocked))
            low_en, low_ja = en[-1] + 1, ja[-1] + 1
    return [*blocks, Block(low_en, rows, low_ja, columns, *blocked)]


def block_bands(blocks: Sequence[Block], pairs: Mapping[tuple[int, int], float]) -> list[Band]:
    """Return the search bands of the blocks, each relative to its first segments.

    Args:
        blocks: The blocks, in order.
        pairs: The weights of the reliable pairs of the document.
    """
    inside: list[dict[tuple[int, int], float]] = [{} for _ in blocks]
    starts = [block.low_en for block in blocks]
    for (i, j), weight in pairs.items():
        place = bisect_right(starts, i) - 1
        block = blocks[place]
        if block.low_en <= i < block.high_en and block.low_ja <= j < block.high_ja:
            inside[place][i, j] = weight
    return [block.band(found) for block, found in zip(blocks, inside, strict=True)]


def joined_band(rows: int, columns: int, blocks: Sequence[Block], bands: Sequence[Band]) -> Band:
    """Return the search band of the document: those of its blocks, and the fixed beads between them."""
    if len(blocks) == 1:
        return bands[0]
    lows, highs = [columns] * (rows + 1), [0] * (rows + 1)
    for place, (block, band) in enumerate(zip(blocks, bands, strict=True)):
        for row, (low, high) in enumerate(band, start=block.low_en):
            lows[row] = min(lows[row], low + block.low_ja)
            highs[row] = max(highs[row], high + block.low_ja)
        if place + 1 < len(blocks):
            after = blocks[place + 1]
            for row in range(block.high_en, after.low_en + 1):
                lows[row] = min(lows[row], block.high_ja)
                highs[row] = max(highs[row], after.low_ja)
    return list(zip(lows, highs, strict=True))
