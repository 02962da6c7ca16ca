"""Evidence: how much more likely a pair of spans is as a translation than as a coincidence.

Every key that could have a counterpart votes, in both directions. If key *k* finds one in the other
segment, the vote is ``log(p / q)``, if not ``log((1 - p) / (1 - q))``: *p* is how often a clue of this kind
is kept by a translation (measured once, the table below), *q* how often *k* would find a counterpart in any
segment of this document (counted, with a small prior). So a rare name outweighs ten common words, a
missing number counts against a pair, and a word that is everywhere counts for nothing, without a stop
list. Votes are not independent, and each is cast twice; one exponent, fitted once, makes up for both.

Matches are kept as bit masks, one bit a key, so that a merged bead knows that the second half of a
sentence matched what the first half did not.
"""

import math
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import chain, pairwise
from typing import TypeVar

from alliance_ref.alignment.feature_links import Clue, JaKey, Links, clue_of_shared
from alliance_ref.alignment.features import EnglishTerms, JapaneseTerms
from alliance_ref.alignment.lexicon import Lexicon
from alliance_ref.alignment.sums import prefix_sums

_Key = TypeVar("_Key", bound=Hashable)

# How often a clue of each kind, present on one side of a true pair, is found on the other, if its
# counterpart stands anywhere in the document (measured on the development bitexts, rounded downward).
KEPT = {
    Clue.NUMBER: 0.85,
    Clue.STRING: 0.85,
    Clue.SOURCE: 0.85,
    Clue.SOUND: 0.70,
    Clue.WORD: 0.60,
    Clue.MARK: 0.80,
}
# The same for a key whose counterpart stands nowhere in the document: as like as not it was put otherwise.
_KEPT_UNSEEN = {Clue.NUMBER: 0.6, Clue.STRING: 0.6, Clue.SOURCE: 0.6, Clue.SOUND: 0.5, Clue.WORD: 0.25}
# The chance of a key before anything is counted, and how many segments that is worth.
_PRIOR_RATE = 0.03
_PRIOR_RATE_MARK = 0.15
_PRIOR_WEIGHT = 12.0
_KEPT_OTHERWISE = 0.5

# The exponent for votes that are neither independent nor cast once.
TRUST = 0.4
_LONGEST = 4
_REMEMBERED = 1 << 15


class Votes:
    """The votes of one side's keys: a base for each segment (nothing found), a gain for each key found."""

    def __init__(self, size: int) -> None:
        self.base = [0.0] * size
        self.gains: list[list[float]] = [[] for _ in range(size)]
        self._overlaps: dict[tuple[int, int], float] = {}

    def enter(self, places: Sequence[int], kept: float, chance: float) -> tuple[float, list[int]]:
        """Enters a key that stands in the segments *places*: its gain, and its bit in each of them."""
        miss = math.log((1 - kept) / (1 - chance))
        gain = math.log(kept / chance) - miss
        bits = []
        for place in places:
            self.base[place] += miss
            bits.append(1 << len(self.gains[place]))
            self.gains[place].append(gain)
        return gain, bits

    def worth(self, place: int, mask: int) -> float:
        """The gains of the keys in *mask*, together."""
        if not mask:
            return 0.0
        known = self._overlaps.get((place, mask))
        if known is None:
            gains, rest, known = self.gains[place], mask, 0.0
            while rest:
                low = rest & -rest
                known += gains[low.bit_length() - 1]
                rest ^= low
            if len(self._overlaps) >= _REMEMBERED:  # spans are asked for row by row: the old ones are done
                self._overlaps.clear()
            self._overlaps[place, mask] = known
        return known


class Evidence:
    """The evidence for every pair of spans of a document, within a corridor of places worth a look."""

    def __init__(
        self,
        where_en: Mapping[str, list[int]],
        where_ja: Mapping[JaKey, list[int]],
        links: Links,
        lexicons: Sequence[Lexicon],
        corridor: Sequence[tuple[int, int]],
        sizes: tuple[Sequence[float], Sequence[float]],
    ) -> None:
        """Counts the votes within *corridor*, which holds the reach of each grid line."""
        size_en, size_ja = len(corridor) - 1, corridor[-1][1]
        self.english, self.japanese = Votes(size_en), Votes(size_ja)
        self._dilution_en, self._dilution_ja = _dilutions(sizes[0]), _dilutions(sizes[1])
        # A merged bead looks back and ahead as many grid lines as it has English segments.
        reach = [
            (corridor[max(0, row - _LONGEST + 1)][0], corridor[min(size_en, row + _LONGEST)][1])
            for row in range(size_en)
        ]
        rows_of = _rows_of_columns(reach, size_ja)
        self._lows = [low for low, _ in reach]
        self._gains = [array("d", bytes(8 * (high - low))) for low, high in reach]
        self._masks_en = [[0] * (high - low) for low, high in reach]
        self._masks_ja = [[0] * (high - low) for low, high in reach]

        partners: dict[str, dict[JaKey, Clue]] = defaultdict(dict)
        for ja_key, found in links.items():
            for en_key, clue in found.items():
                partners[en_key][ja_key] = clue
        for en_key, places in where_en.items():
            if en_key in partners:
                clue = min(partners[en_key].values())
            elif en_key[0] in "#~":
                clue = clue_of_shared(en_key)
            elif any(lexicon.knows(en_key) for lexicon in lexicons):
                clue = Clue.WORD
            else:
                continue
            columns = sorted({j for ja_key in partners.get(en_key, ()) for j in where_ja.get(ja_key, ())})
            chance = _chance(clue, len(columns), size_ja)
            kept = KEPT[clue] if columns else _KEPT_UNSEEN.get(clue, _KEPT_OTHERWISE)
            if chance >= kept:
                continue
            gain, bits = self.english.enter(places, kept, chance)
            for i, bit in zip(places, bits, strict=True):
                low, high = reach[i]
                gains, masks = self._gains[i], self._masks_en[i]
                for j in columns[bisect_left(columns, low) : bisect_left(columns, high)]:
                    gains[j - low] += gain
                    masks[j - low] |= bit
        lows = self._lows
        for ja_key, places in where_ja.items():
            if ja_key not in links:
                continue
            found = links[ja_key]
            rows = sorted({i for en_key in found for i in where_en[en_key]})
            clue = min(found.values()) if found else _clue_of(ja_key)
            chance = _chance(clue, len(rows), size_en)
            kept = KEPT[clue] if found else _KEPT_UNSEEN.get(clue, _KEPT_OTHERWISE)
            if chance >= kept:
                continue
            gain, bits = self.japanese.enter(places, kept, chance)
            for j, bit in zip(places, bits, strict=True):
                low, high = rows_of[j]
                for i in rows[bisect_left(rows, low) : bisect_left(rows, high)]:
                    k = j - lows[i]
                    if 0 <= k < len(self._gains[i]):
                        self._gains[i][k] += gain
                        self._masks_ja[i][k] |= bit

        self._sums_en = prefix_sums(self.english.base)
        self._sums_ja = prefix_sums(self.japanese.base)

    def bounds(self, i: int, a: int, b: int, low: int, high: int) -> list[float]:
        """What the evidence cannot exceed, for each first Japanese segment in ``range(low, high)``.

        All gains of all pairs, those counted twice too: found in one pass, and enough to dismiss most.
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
            TRUST * (base_en + gains + after - before)
            for gains, before, after in zip(sums, ja[low:high], ja[low + b : high + b], strict=True)
        ]

    def span(self, i: int, a: int, j: int, b: int) -> float:
        """The evidence for *a* English segments from *i* and *b* Japanese ones from *j*.

        Each key found in merged segments is worth less by the :func:`_dilution` of its gain.
        """
        if a == b == 1:
            gain = self._gains[i][j - self._lows[i]]
            return TRUST * (self.english.base[i] + self.japanese.base[j] + gain)
        span = range(i, i + a)
        total = self._sums_en[i + a] - self._sums_en[i] + self._sums_ja[j + b] - self._sums_ja[j]
        dilution = self._dilution_ja[b][j]
        for row in span:
            low, union = self._lows[row], 0
            for mask in self._masks_en[row][j - low : j + b - low]:
                union |= mask
            if union:
                total += self.english.worth(row, union) - dilution * union.bit_count()
        dilution = self._dilution_en[a][i]
        for column in range(j, j + b):
            union = 0
            for row in span:
                union |= self._masks_ja[row][column - self._lows[row]]
            if union:
                total += self.japanese.worth(column, union) - dilution * union.bit_count()
        return TRUST * total


def _dilutions(sums: Sequence[float]) -> dict[int, list[float]]:
    """How much more easily a key is found by chance in merged segments than in the longest of them.

    Taken as growing with the square root of length, since a text repeats itself the more, the longer.
    For each number of segments and each first one, as a logarithm.
    """
    roots = [math.sqrt(after - before) + 1e-6 for before, after in pairwise(sums)]
    dilutions = {1: [0.0] * len(roots)}
    for size in range(2, _LONGEST + 1):
        runs = zip(*(roots[k:] for k in range(size)), strict=False)
        dilutions[size] = [math.log(sum(run) / max(run)) for run in runs]
    return dilutions


def _chance(clue: Clue, found: int, size: int) -> float:
    """How often a key would find a counterpart anywhere: counted, with a prior for small documents."""
    rate = _PRIOR_RATE_MARK if clue is Clue.MARK else _PRIOR_RATE
    return (found + rate * _PRIOR_WEIGHT) / (size + _PRIOR_WEIGHT)


def places_of_english(segments: Iterable[EnglishTerms]) -> dict[str, list[int]]:
    """In which segments each English key stands."""
    return _places(terms.keys for terms in segments)


def places_of_japanese(segments: Iterable[JapaneseTerms]) -> dict[JaKey, list[int]]:
    """In which segments each Japanese key stands."""
    return _places(chain(terms.items, terms.phrases, terms.shared) for terms in segments)


def _places(segments: Iterable[Iterable[_Key]]) -> dict[_Key, list[int]]:
    where: dict[_Key, list[int]] = {}
    for place, keys in enumerate(segments):
        for key in keys:
            where.setdefault(key, []).append(place)
    return where


def _rows_of_columns(corridor: Sequence[tuple[int, int]], columns: int) -> list[tuple[int, int]]:
    first, last = [len(corridor)] * columns, [0] * columns
    for row, (low, high) in enumerate(corridor):
        for column in range(low, high):
            first[column] = min(first[column], row)
            last[column] = row + 1
    return list(zip(first, last, strict=True))


def _clue_of(key: JaKey) -> Clue:
    if isinstance(key, str):
        return clue_of_shared(key) if key[0].isascii() else Clue.WORD
    return Clue.SOURCE if key.source else Clue.SOUND if key.sound and not key.lemma else Clue.WORD
