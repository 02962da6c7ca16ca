"""Scores of spans: how much more likely two spans are a translation than a coincidence.

A span is a run of up to four adjacent segments on one side. Its score is the sum of three log-likelihood
ratios: the features of the segments (`FeatureEvidence`), their lengths (`LengthModel`) and, if there is one,
a scorer such as sentence vectors. `SpanScores` adds them up.

Every feature that could have a counterpart votes, in both directions. If feature *k* has a counterpart in
the other segment, its vote is ``log(p / q)``, otherwise ``log((1 - p) / (1 - q))``: *p* is the probability
that a translation keeps this feature, *q* the probability that *k* has a counterpart in an arbitrary segment
of this document (counted, with a small prior). A rare name therefore outweighs ten common words, a missing
number counts against a pair, and a word that is everywhere has no weight, without any stop list.

*p* is estimated for each feature, from a prior for its link type. A counterpart counts only within the search
window of the segment, and only as far as it is not expected there by chance: ``1 - (1 - q) ** width``. A
counterpart of a common word is in nearly every window of a long text and shows nothing; that of a rare name
shows that the name was kept. A counterpart elsewhere in the document has no effect, so the estimate does not
depend on the length of the document (see `_estimate_kept`). Votes are not independent, and each pair of
features votes twice; `VOTE_WEIGHT` corrects both.

Matches are bit masks with one bit per feature, so that a merged span is credited with the features that its
second segment matches and the first does not.

The numbers of these models were set by hand on the development bitexts, one setting for all sets; no script
refits them. ``python benchmarks/alignment.py`` measures the effect of a change. Doubling or halving most of
them changes the mean strict F1 by less than 0.3.
"""

import math
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from typing import TypeVar

import attrs

from alliance_ref.alignment.features import (
    EnglishFeatures,
    JapaneseFeatures,
    JapaneseKey,
    Links,
    LinkType,
    expected_link_type,
    shared_link_type,
)
from alliance_ref.alignment.forward_backward import MAX_SPAN
from alliance_ref.alignment.lengths import MAX_LENGTH_SCORE, LengthModel, prefix_sums
from alliance_ref.alignment.lexicon import Lexicon
from alliance_ref.alignment.search_band import Band
from alliance_ref.alignment.sentence_vectors import Fits

_Key = TypeVar("_Key", bound=Hashable)

P_KEPT = {
    LinkType.NUMBER: 0.75,
    LinkType.STRING: 0.75,
    LinkType.SOURCE: 0.75,
    LinkType.SOUND: 0.60,
    LinkType.WORD: 0.40,
    LinkType.MARK: 0.65,
}
"""Prior of *p*: P(a feature of one side of a true pair has a counterpart on the other).

Between the relative frequencies in the gold pairs of the development bitexts for features with and without a
counterpart in their document; set by hand.
"""

_PRIOR_PLACES = 3.0
"""Weight of the prior of *p*, in occurrences of the feature; set by hand on long_bsd and the older sets."""

_PRIOR_CHANCE = 0.06
_PRIOR_CHANCE_MARK = 0.15
"""Prior of *q* for words and for punctuation marks, set by hand on the development bitexts."""

_PRIOR_SEGMENTS = 12.0
"""Weight of the prior of *q*, in segments; it matters in documents of a few dozen segments only."""

VOTE_WEIGHT = 0.35
"""Exponent of the feature likelihoods, for votes that are dependent and cast from both sides.

Set by hand on long_bsd and the older development bitexts.
"""

_MAX_CACHED_MASKS = 1 << 12
"""Cached sums of votes per side. Spans are scored row by row, so older entries are not needed again."""


_MAX_CACHED_LINES = 1 << 9
"""Lines of masks per side that are kept, for the same reason."""


class Votes:
    """The votes of the features of one side, per segment.

    Attributes:
        base: The sum of the votes of a segment if none of its features has a counterpart.
        gains: For each feature of a segment, how much a counterpart adds to that sum.
    """

    def __init__(self, size: int) -> None:
        """Create the votes of *size* segments without features."""
        self.base = [0.0] * size
        self.gains: list[list[float]] = [[] for _ in range(size)]
        self._cache: dict[tuple[int, int], float] = {}

    def add(self, places: Sequence[int], p_kept: float, chance: float) -> tuple[float, list[int]]:
        """Add a feature of the segments *places*; return its gain and its number in each of them."""
        miss = math.log((1 - p_kept) / (1 - chance))
        gain = math.log(p_kept / chance) - miss
        bits = []
        for place in places:
            self.base[place] += miss
            bits.append(len(self.gains[place]))
            self.gains[place].append(gain)
        return gain, bits

    def total_gain(self, place: int, mask: int) -> float:
        """Return the sum of the gains of the features of segment *place* whose bits are in *mask*."""
        if not mask:
            return 0.0
        total = self._cache.get((place, mask))
        if total is None:
            gains, rest, total = self.gains[place], mask, 0.0
            while rest:
                low = rest & -rest
                total += gains[low.bit_length() - 1]
                rest ^= low
            if len(self._cache) >= _MAX_CACHED_MASKS:
                self._cache.clear()
            self._cache[place, mask] = total
        return total


class _Masks:
    """For each segment and each one in its window, the bits of the features that have a counterpart there.

    A long text has millions of masks. They are made when they are needed, from the places of the
    counterparts, and only the last ones are kept.
    """

    def __init__(self, windows: Sequence[tuple[int, int]]) -> None:
        """Create the masks of segments without counterparts, each with its window on the other side."""
        self._windows = windows
        self._places: list[list[Sequence[int]]] = [[] for _ in windows]
        self._runs = [array("i") for _ in windows]
        self._lines: dict[int, list[int]] = {}

    def add(self, segment: int, bit: int, places: Sequence[int], first: int, last: int) -> None:
        """Add the number of a feature of a segment; its counterparts are ``places[first:last]``."""
        self._places[segment].append(places)
        self._runs[segment].extend((bit, first, last))

    def line(self, segment: int) -> list[int]:
        """Return the masks of a segment, for each segment of its window."""
        masks = self._lines.get(segment)
        if masks is None:
            low, high = self._windows[segment]
            masks = [0] * (high - low)
            runs = iter(self._runs[segment])
            for places, bit, first, last in zip(self._places[segment], runs, runs, runs, strict=True):
                mask = 1 << bit
                for place in places[first:last]:
                    masks[place - low] |= mask
            if len(self._lines) >= _MAX_CACHED_LINES:
                self._lines.clear()
            self._lines[segment] = masks
        return masks


class FeatureEvidence:
    """Log-likelihood ratios of spans by their features, within a search band."""

    def __init__(
        self,
        english_places: Mapping[str, list[int]],
        japanese_places: Mapping[JapaneseKey, list[int]],
        links: Links,
        lexicons: Sequence[Lexicon],
        band: Band,
        lengths: LengthModel,
    ) -> None:
        """Count the votes of all features.

        Args:
            english_places: The segments in which each English key occurs.
            japanese_places: The segments in which each Japanese feature occurs.
            links: The links between the two.
            lexicons: The lexicons; an English word that they contain votes even if it has no link.
            band: The search band: first and last grid point of each grid line.
            lengths: The lengths of the segments.
        """
        size_en, size_ja = len(band) - 1, band[-1][1]
        self._english, self._japanese = Votes(size_en), Votes(size_ja)
        self._dilution_en, self._dilution_ja = _dilutions(lengths.sums_en), _dilutions(lengths.sums_ja)
        # A merged span extends over as many further grid lines as it has English segments.
        reach = [
            (band[max(0, row - MAX_SPAN + 1)][0], band[min(size_en, row + MAX_SPAN)][1])
            for row in range(size_en)
        ]
        self._lows = [low for low, _ in reach]
        self._gains = [array("d", bytes(8 * (high - low))) for low, high in reach]
        rows_of = _rows_of_columns(reach, size_ja)
        self._first_rows = [first for first, _ in rows_of]
        self._masks_en, self._masks_ja = _Masks(reach), _Masks(rows_of)
        self._count_english_votes(english_places, japanese_places, links, lexicons, reach)
        self._count_japanese_votes(english_places, japanese_places, links, rows_of)
        self._sums_en = prefix_sums(self._english.base)
        self._sums_ja = prefix_sums(self._japanese.base)

    def _count_english_votes(
        self,
        english_places: Mapping[str, list[int]],
        japanese_places: Mapping[JapaneseKey, list[int]],
        links: Links,
        lexicons: Sequence[Lexicon],
        reach: Sequence[tuple[int, int]],
    ) -> None:
        linked: dict[str, dict[JapaneseKey, LinkType]] = defaultdict(dict)
        for ja_key, found in links.items():
            for en_key, link_type in found.items():
                linked[en_key][ja_key] = link_type
        size_ja = len(self._japanese.base)
        for en_key, places in english_places.items():
            if en_key in linked:
                link_type = min(linked[en_key].values())
            elif en_key[0] in "#~":
                link_type = shared_link_type(en_key)
            elif any(lexicon.knows(en_key) for lexicon in lexicons):
                link_type = LinkType.WORD
            else:
                continue
            columns = sorted(
                {j for ja_key in linked.get(en_key, ()) for j in japanese_places.get(ja_key, ())}
            )
            chance = _chance(link_type, len(columns), size_ja)
            windows = [reach[i] for i in places]
            counterparts = [_within(columns, window) for window in windows]
            p_kept = _estimate_kept(P_KEPT[link_type], chance, windows, counterparts)
            if chance >= p_kept:
                continue
            gain, bits = self._english.add(places, p_kept, chance)
            for i, bit, (first, last) in zip(places, bits, counterparts, strict=True):
                if first == last:
                    continue
                low, gains = self._lows[i], self._gains[i]
                for j in columns[first:last]:
                    gains[j - low] += gain
                self._masks_en.add(i, bit, columns, first, last)

    def _count_japanese_votes(
        self,
        english_places: Mapping[str, list[int]],
        japanese_places: Mapping[JapaneseKey, list[int]],
        links: Links,
        rows_of: Sequence[tuple[int, int]],
    ) -> None:
        size_en, lows = len(self._lows), self._lows
        for ja_key, places in japanese_places.items():
            if ja_key not in links:
                continue
            found = links[ja_key]
            rows = sorted({i for en_key in found for i in english_places[en_key]})
            link_type = min(found.values()) if found else expected_link_type(ja_key)
            chance = _chance(link_type, len(rows), size_en)
            windows = [rows_of[j] for j in places]
            counterparts = [_within(rows, window) for window in windows]
            p_kept = _estimate_kept(P_KEPT[link_type], chance, windows, counterparts)
            if chance >= p_kept:
                continue
            gain, bits = self._japanese.add(places, p_kept, chance)
            for j, bit, (first, last) in zip(places, bits, counterparts, strict=True):
                if first == last:
                    continue
                for i in rows[first:last]:
                    k = j - lows[i]
                    if 0 <= k < len(self._gains[i]):
                        self._gains[i][k] += gain
                self._masks_ja.add(j, bit, rows, first, last)

    def upper_bounds(self, i: int, a: int, b: int, low: int, high: int) -> list[float]:
        """Return an upper bound of `span` for each first Japanese segment in ``range(low, high)``.

        The bound adds up the gains of all pairs of segments, including features that several pairs share. It
        takes one pass and rules out most spans.
        """
        base_en = self._sums_en[i + a] - self._sums_en[i]
        rows = []
        for row in range(i, i + a):
            first = low - self._lows[row]
            rows.append(self._gains[row][first : first + high - low + b - 1])
        sums: Sequence[float] = rows[0] if a == 1 else [sum(column) for column in zip(*rows, strict=True)]
        if b > 1:
            sums = [sum(run) for run in zip(*(sums[k:] for k in range(b)), strict=False)]
        ja = self._sums_ja
        return [
            VOTE_WEIGHT * (base_en + gains + after - before)
            for gains, before, after in zip(sums, ja[low:high], ja[low + b : high + b], strict=True)
        ]

    def span(self, i: int, a: int, j: int, b: int) -> float:
        """Return the log-likelihood ratio of *a* English segments from *i* and *b* Japanese ones from *j*.

        In merged segments a feature finds a counterpart by chance more easily, so its gain is reduced; see
        `_dilutions`.
        """
        if a == b == 1:
            gain = self._gains[i][j - self._lows[i]]
            return VOTE_WEIGHT * (self._english.base[i] + self._japanese.base[j] + gain)
        total = self._sums_en[i + a] - self._sums_en[i] + self._sums_ja[j + b] - self._sums_ja[j]
        dilution = self._dilution_ja[b][j]
        for row in range(i, i + a):
            low, union = self._lows[row], 0
            for mask in self._masks_en.line(row)[j - low : j + b - low]:
                union |= mask
            if union:
                total += self._english.total_gain(row, union) - dilution * union.bit_count()
        dilution = self._dilution_en[a][i]
        for column in range(j, j + b):
            first, union = self._first_rows[column], 0
            for mask in self._masks_ja.line(column)[i - first : i + a - first]:
                union |= mask
            if union:
                total += self._japanese.total_gain(column, union) - dilution * union.bit_count()
        return VOTE_WEIGHT * total


def english_places(segments: Iterable[EnglishFeatures]) -> dict[str, list[int]]:
    """Return the indices of the segments in which each English key occurs."""
    return _places(features.keys for features in segments)


def japanese_places(segments: Iterable[JapaneseFeatures]) -> dict[JapaneseKey, list[int]]:
    """Return the indices of the segments in which each Japanese feature occurs."""
    return _places(chain(features.words, features.phrases, features.shared) for features in segments)


def _places(segments: Iterable[Iterable[_Key]]) -> dict[_Key, list[int]]:
    places: dict[_Key, list[int]] = {}
    for place, keys in enumerate(segments):
        for key in keys:
            places.setdefault(key, []).append(place)
    return places


def _dilutions(sums: Sequence[float]) -> dict[int, list[float]]:
    """Return how much more easily a feature occurs by chance in merged segments than in the longest of them.

    The vocabulary of a text is taken to grow with the square root of its length. The values are logarithms,
    for each number of segments and each first segment. The square root was chosen on extracts of the Rust
    book with merged segments, which are used for nothing else.
    """
    roots = [math.sqrt(after - before) + 1e-6 for before, after in pairwise(sums)]
    dilutions = {1: [0.0] * len(roots)}
    for size in range(2, MAX_SPAN + 1):
        runs = zip(*(roots[k:] for k in range(size)), strict=False)
        dilutions[size] = [math.log(sum(run) / max(run)) for run in runs]
    return dilutions


def _chance(link_type: LinkType, found: int, size: int) -> float:
    """Return the probability that a feature has a counterpart in an arbitrary one of *size* segments."""
    prior = _PRIOR_CHANCE_MARK if link_type is LinkType.MARK else _PRIOR_CHANCE
    return (found + prior * _PRIOR_SEGMENTS) / (size + _PRIOR_SEGMENTS)


def _within(places: Sequence[int], window: tuple[int, int]) -> tuple[int, int]:
    """Return the range of the indices of *places*, which are in order, that are in *window*."""
    low, high = window
    first = bisect_left(places, low)
    return first, bisect_left(places, high, first)


def _estimate_kept(
    prior: float,
    chance: float,
    windows: Sequence[tuple[int, int]],
    counterparts: Sequence[tuple[int, int]],
) -> float:
    """Return the estimated probability that a translation keeps a feature.

    An occurrence with a counterpart in its window was kept with the probability ``p / (p + (1 - p) * c)``,
    where *c* is the probability that the window has a counterpart by chance; an occurrence without one was
    not kept. The result is the mean over all occurrences, shrunk to *prior* (one step of the EM algorithm).

    Args:
        prior: The probability for features of this link type.
        chance: The probability that an arbitrary segment has a counterpart.
        windows: The range of segments that are compared with each occurrence of the feature.
        counterparts: The range of the counterparts in each window, empty if there is none.
    """
    kept = prior * _PRIOR_PLACES
    for (low, high), (first, last) in zip(windows, counterparts, strict=True):
        if first < last:
            by_chance = 1 - (1 - chance) ** (high - low)
            kept += prior / (prior + (1 - prior) * by_chance)
    return kept / (len(windows) + _PRIOR_PLACES)


def _rows_of_columns(band: Sequence[tuple[int, int]], columns: int) -> list[tuple[int, int]]:
    """Return the range of rows that reach each column."""
    first, last = [len(band)] * columns, [0] * columns
    for row, (low, high) in enumerate(band):
        for column in range(low, high):
            first[column] = min(first[column], row)
            last[column] = row + 1
    return list(zip(first, last, strict=True))


@attrs.frozen
class SpanScores:
    """The sum of all evidence; spans whose upper bound is too low are skipped."""

    features: FeatureEvidence
    lengths: LengthModel
    scorer: Fits | None

    def row(self, i: int, a: int, b: int, low: int, high: int, needed: float) -> Iterator[tuple[int, float]]:
        """Yield first Japanese segments from ``range(low, high)`` with the score of the span.

        The span has *a* English segments from *i* and *b* Japanese ones. Spans that cannot exceed *needed*
        are left out.
        """
        bounds = self.features.upper_bounds(i, a, b, low, high)
        if self.scorer is not None:
            others = self.scorer.row(i, a, b, low, high)
            bounds = [bound + other for bound, other in zip(bounds, others, strict=True)]
        needed -= MAX_LENGTH_SCORE
        is_single = a == b == 1
        for j, bound in enumerate(bounds, start=low):
            if bound > needed:
                # The bound of two single segments is their score.
                value = bound if is_single else self.features.span(i, a, j, b)
                if self.scorer is not None and not is_single:
                    value += others[j - low]
                if value > needed:
                    yield j, value + self.lengths.span(i, a, j, b)
