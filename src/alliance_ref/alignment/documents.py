"""Aligning whole texts: paragraphs first, then sentences, neither ruling the other.

A paragraph that was matched wrongly must not lock its sentences in. So the paragraphs are aligned, and
what comes out is not a partition but evidence: sentences of paragraphs that probably belong together are
a little more likely to be a pair, sentences of others a little less. A sentence with a clear counterpart
elsewhere goes there all the same.
"""

import math
import re
from collections.abc import Callable, Sequence

import attrs

from alliance_ref.alignment.aligner import align, steps
from alliance_ref.alignment.lexicon import Lexicon
from alliance_ref.alignment.result import Alignment
from alliance_ref.alignment.sentence_vectors import Fits, Scorer
from alliance_ref.progress import Progress
from alliance_ref.records import Lang, Segment
from alliance_ref.text.english import english_sentences
from alliance_ref.text.japanese import japanese_sentences

_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_BREAK = 0.7
_DOUBT = 0.1


def align_documents(
    en_text: str,
    ja_text: str,
    *,
    lexicon: Lexicon | None = None,
    scorer: Scorer | None = None,
    progress: Progress | None = None,
) -> Alignment:
    r"""The alignment of two texts, sentence by sentence.

    Args:
        en_text: The English text; each line that is not blank is a paragraph.
        ja_text: The Japanese text, likewise.
        lexicon: As for :func:`align`.
        scorer: As for :func:`align`.
        progress: As for :func:`align`.

    Raises:
        WrongLanguage: The texts are swapped, or both in one language.

    The segments of the units hold their places in the texts as given.

    >>> import alliance_ref as ar
    >>> alignment = ar.align_documents("It rained.\n\nThe end.", "雨が降った。\n\n終わり。")
    >>> [(unit.kind, unit.text("ja")) for unit in alignment]
    [('1-1', '雨が降った。'), ('1-1', '終わり。')]
    """
    en_paragraphs = _paragraphs(en_text, "en")
    ja_paragraphs = _paragraphs(ja_text, "ja")
    english, en_homes = _sentences(en_paragraphs, english_sentences)
    japanese, ja_homes = _sentences(ja_paragraphs, japanese_sentences)
    if len(en_paragraphs) < 2 and len(ja_paragraphs) < 2:
        return align(english, japanese, lexicon=lexicon, scorer=scorer, progress=progress)
    first = steps(len(en_paragraphs), len(ja_paragraphs), scorer)
    then = steps(len(english), len(japanese), scorer)

    def report(before: int) -> Progress | None:
        return None if progress is None else lambda done, _: progress(before + done, first + then)

    paragraphs = align(en_paragraphs, ja_paragraphs, lexicon=lexicon, scorer=scorer, progress=report(0))
    homes = _Homes(en_homes, ja_homes, _together(paragraphs), scorer)
    return align(english, japanese, lexicon=lexicon, scorer=homes, progress=report(first))


def _paragraphs(text: str, lang: Lang) -> list[Segment]:
    found = []
    for match in _LINE.finditer(text):
        if line := match.group().strip():
            start = match.end() - len(match.group().lstrip())
            found.append(Segment(line, lang, start, start + len(line)))
    return found


def _sentences(
    paragraphs: Sequence[Segment], cut: Callable[[str], tuple[Segment, ...]]
) -> tuple[list[Segment], list[int]]:
    segments, homes = [], []
    for number, paragraph in enumerate(paragraphs):
        for sentence in cut(paragraph.text):
            start = paragraph.start + sentence.start
            segments.append(attrs.evolve(sentence, start=start, end=paragraph.start + sentence.end))
            homes.append(number)
    return segments, homes


def _together(paragraphs: Alignment) -> dict[tuple[int, int], float]:
    """How probably two paragraphs belong together, for the pairs that the alignment joined."""
    return {
        (i, j): 1.0 if unit.confidence is None else unit.confidence
        for unit, (en, ja) in zip(paragraphs.units, paragraphs.beads, strict=True)
        for i in en
        for j in ja
    }


@attrs.frozen
class _Homes:
    """Evidence from the paragraphs that sentences stand in, added to that of another scorer if any."""

    en_homes: Sequence[int]
    ja_homes: Sequence[int]
    together: dict[tuple[int, int], float]
    scorer: Scorer | None

    def fits(self, en: Sequence[str], ja: Sequence[str], tick: Callable[[int], None]) -> "_HomeFits":
        if self.scorer is None:
            return _HomeFits(self, None)
        return _HomeFits(self, self.scorer.fits(en, ja, tick))


@attrs.frozen
class _HomeFits:
    homes: _Homes
    inner: Fits | None

    def row(self, i: int, a: int, b: int, low: int, high: int) -> list[float]:
        homes = self.homes
        first, last = homes.en_homes[i], homes.en_homes[i + a - 1]
        values = []
        for j in range(low, high):
            left, right = homes.ja_homes[j], homes.ja_homes[j + b - 1]
            probability = (
                homes.together.get((first, left), 0.0) + homes.together.get((last, right), 0.0)
            ) / 2
            values.append(
                1.0 + math.log(_DOUBT + (1 - _DOUBT) * probability) - _BREAK * (last - first + right - left)
            )
        if self.inner is not None:
            inner = self.inner.row(i, a, b, low, high)
            return [x + y for x, y in zip(values, inner, strict=True)]
        return values
