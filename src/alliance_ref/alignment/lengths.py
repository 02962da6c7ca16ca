"""Lengths: how well the length of a Japanese text fits that of an English one.

Japanese needs about two characters for five English ones, plus a few for the polite or formal ending that
even a short sentence has; the scatter is log-normal and shrinks as texts grow (measured on news, manuals
and everyday sentences: see docs/alignment.md). The fit is stated against what any other text of the
document would give, so that a length that all sentences share proves nothing, and a rare one much.
"""

import math
import re
from collections.abc import Sequence

from alliance_ref.alignment.sums import prefix_sums, span_sums

# Japanese characters for one English one, and for the ending; the variance of long and of short texts.
_PER_CHARACTER = 0.40
_ENDING = 4.0
_SCATTER = 0.03
_SHORT_SCATTER = 1.0
_HALF_WIDTH = re.compile(r"[\x00-\x7f]")
_HALF_WIDTH_WEIGHT = 0.45

BEST_FIT, _WORST_FIT = 2.0, -12.0
_PRIOR_SEGMENTS, _PRIOR_VARIANCE = 5, 0.35


def japanese_length(text: str) -> float:
    """The length of Japanese *text* in full-width characters; ASCII counts for less than half.

    >>> japanese_length("同盟")
    2.0
    """
    narrow = len(_HALF_WIDTH.findall(text))
    return len(text) - narrow * (1 - _HALF_WIDTH_WEIGHT)


class Lengths:
    """The lengths of a document's segments, and how well spans of them fit each other."""

    def __init__(self, english: Sequence[str], japanese: Sequence[str], longest: int = 4) -> None:
        """Measures the segments; spans have at most *longest* of them on a side."""
        self.sums_en = prefix_sums([len(text) for text in english])
        self.sums_ja = prefix_sums([japanese_length(text) for text in japanese])
        spans = range(1, longest + 1)
        # For each number of English segments and each first one: the logarithm expected, its variance.
        self._expected = {a: [_expected(length) for length in span_sums(self.sums_en, a)] for a in spans}
        self._logs = {b: [math.log(length + _ENDING) for length in span_sums(self.sums_ja, b)] for b in spans}
        logs = self._logs[1] or [0.0]
        mean = sum(logs) / len(logs)
        self._means = {b: mean + math.log(b) for b in spans}
        # A prior of a few segments of ordinary scatter keeps tiny documents from fitting themselves.
        spread = sum((x - mean) ** 2 for x in logs)
        self._variance = (spread + _PRIOR_SEGMENTS * _PRIOR_VARIANCE) / (len(logs) + _PRIOR_SEGMENTS)

    def fit(self, i: int, a: int, j: int, b: int) -> float:
        """Log-likelihood ratio of *b* Japanese segments from *j* for *a* English ones from *i*."""
        length = self._logs[b][j]
        expected, variance = self._expected[a][i]
        off, far = length - expected, length - self._means[b]
        ratio = math.log(self._variance / variance) - off * off / variance + far * far / self._variance
        return max(_WORST_FIT, min(BEST_FIT, ratio / 2))


def _expected(length: float) -> tuple[float, float]:
    return math.log(_PER_CHARACTER * length + 2 * _ENDING), _SCATTER + _SHORT_SCATTER / (length + 5)
