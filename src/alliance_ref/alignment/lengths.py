"""The length model: how well the length of a Japanese span fits that of an English span.

log(Japanese length + ending) is taken as normally distributed, with the mean log(ratio * English length + 2 *
ending) and a variance that shrinks as texts grow. The parameters were estimated once on the 1-1 pairs of the
development sets of news, manuals and everyday sentences, and rounded; the script was not kept.
"""

import math
import re
from collections.abc import Iterable, Sequence
from itertools import accumulate

from alliance_ref.alignment.forward_backward import MAX_SPAN

_CHARACTERS_PER_CHARACTER = 0.40
"""Full-width Japanese characters per English character."""

_ENDING = 4.0
"""Characters of the polite or formal ending that even a short sentence has."""

_VARIANCE = 0.03
_SHORT_TEXT_VARIANCE = 1.0
"""Variance of long texts, and the additional variance of short ones, divided by their length."""

_HALF_WIDTH = re.compile(r"[\x00-\x7f]")
_HALF_WIDTH_LENGTH = 0.45
"""Length of an ASCII character in Japanese text, in full-width characters."""

MAX_LENGTH_SCORE, _MIN_LENGTH_SCORE = 2.0, -12.0
"""Limits of the score: a fitting length proves little, and one wrong length must not exclude a pair."""

_PRIOR_LENGTHS, _PRIOR_LENGTH_VARIANCE = 5, 0.35
"""Weight in segments, and value, of the prior of the variance of a document's own lengths.

It keeps a tiny document from fitting itself. Set by hand.
"""


class LengthModel:
    """Log-likelihood ratios of spans by their lengths.

    The ratio compares the length of the Japanese span with the length expected for the English span, relative
    to the distribution of lengths in this document. A length that all sentences share is therefore no
    evidence, and a rare length is strong evidence.
    """

    def __init__(self, english: Sequence[str], japanese: Sequence[str]) -> None:
        """Measure the segments of a document."""
        self.sums_en = prefix_sums([len(text) for text in english])
        self.sums_ja = prefix_sums([japanese_length(text) for text in japanese])
        sizes = range(1, MAX_SPAN + 1)
        # For each number of segments and each first segment: mean and variance of the expected logarithm.
        self._expected = {a: [_expected_log(length) for length in span_sums(self.sums_en, a)] for a in sizes}
        self._logs = {b: [math.log(length + _ENDING) for length in span_sums(self.sums_ja, b)] for b in sizes}
        logs = self._logs[1] or [0.0]
        mean = sum(logs) / len(logs)
        self._means = {b: mean + math.log(b) for b in sizes}
        spread = sum((x - mean) ** 2 for x in logs)
        self._variance = (spread + _PRIOR_LENGTHS * _PRIOR_LENGTH_VARIANCE) / (len(logs) + _PRIOR_LENGTHS)

    def span(self, i: int, a: int, j: int, b: int) -> float:
        """Return the log-likelihood ratio of *a* English segments from *i* and *b* Japanese ones from *j*."""
        length = self._logs[b][j]
        expected, variance = self._expected[a][i]
        deviation, document_deviation = length - expected, length - self._means[b]
        ratio = (
            math.log(self._variance / variance)
            - deviation * deviation / variance
            + document_deviation * document_deviation / self._variance
        )
        return max(_MIN_LENGTH_SCORE, min(MAX_LENGTH_SCORE, ratio / 2))


def japanese_length(text: str) -> float:
    """Return the length of Japanese *text* in full-width characters; ASCII characters count as 0.45.

    >>> japanese_length("同盟")
    2.0
    """
    narrow = len(_HALF_WIDTH.findall(text))
    return len(text) - narrow * (1 - _HALF_WIDTH_LENGTH)


def _expected_log(length: float) -> tuple[float, float]:
    """Return the mean and variance of the logarithm of the Japanese length for an English *length*."""
    mean = math.log(_CHARACTERS_PER_CHARACTER * length + 2 * _ENDING)
    return mean, _VARIANCE + _SHORT_TEXT_VARIANCE / (length + 5)


def prefix_sums(values: Iterable[float]) -> list[float]:
    """Return the sums of the first 0, 1, 2, … values.

    >>> prefix_sums([1.0, 2.0])
    [0.0, 1.0, 3.0]
    """
    return list(accumulate(values, initial=0.0))


def span_sums(sums: Sequence[float], size: int) -> list[float]:
    """Return the totals of every run of *size* values, given their prefix *sums*.

    >>> span_sums([0.0, 1.0, 3.0, 6.0], 2)
    [3.0, 5.0]
    """
    return [after - before for before, after in zip(sums, sums[size:], strict=False)]
