"""Alignment of two texts: paragraphs first, then sentences.

The alignment of the paragraphs is used as evidence, not as a constraint: sentences of aligned paragraphs are
somewhat more likely to be a pair, and sentences of other paragraphs somewhat less. A wrongly aligned
paragraph therefore does not prevent a sentence from being aligned with a clear counterpart elsewhere.
"""

import math
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import get_args

import attrs

from alliance_ref.alignment.aligner import align, count_steps
from alliance_ref.alignment.decisions import Decisions
from alliance_ref.alignment.lexicon import Lexicon
from alliance_ref.alignment.result import Alignment, Bead
from alliance_ref.alignment.sentence_vectors import Fits, Scorer
from alliance_ref.arguments import check_choice, check_text
from alliance_ref.errors import InvalidValue
from alliance_ref.progress import Progress
from alliance_ref.records import Lang, Segment
from alliance_ref.text.encodings import load_copy
from alliance_ref.text.paragraphs import Paragraph, Paragraphs, find_paragraphs
from alliance_ref.text.sentence_splitting import english_sentences, japanese_sentences

_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_FILE_NAME = re.compile(r"[^\s。．]{1,250}\.(?:txt|md|rst|html?|xml|docx?|pdf|csv|tsv|tmx|po)", re.IGNORECASE)

# Set by hand on the development bitexts, joined into paragraphs; no script refits them.
_PARAGRAPH_BREAK_COST = 0.7
"""Cost in log-odds of a unit that spans a paragraph break, for each break."""

_P_PARAGRAPH_WRONG = 0.1
"""Probability that a pair of sentences is right although its paragraphs are not aligned."""

_PARAGRAPH_BONUS = 1.0
"""Log-odds of two sentences whose paragraphs are certainly aligned."""


def align_documents(
    en_text: str | Path,
    ja_text: str | Path,
    *,
    paragraphs: Paragraphs = "auto",
    fixed: Iterable[tuple[int, int] | Bead] | Decisions = (),
    lexicon: Lexicon | None = None,
    scorer: Scorer | None = None,
    progress: Progress | None = None,
) -> Alignment:
    r"""Align two texts sentence by sentence.

    Args:
        en_text: The English text, or the path of a file that contains it.
        ja_text: The Japanese text, in the same form.
        paragraphs: How paragraphs are separated: ``line`` (each line is one), ``blank-line``, or ``auto``,
            which joins the lines of hard-wrapped text.
        fixed: Decisions about sentences; see `align`.
        lexicon: See `align`.
        scorer: See `align`.
        progress: See `align`.

    Returns:
        The alignment. Its segments have their offsets in *en_text* and *ja_text*.

    Raises:
        WrongLanguage: The texts are swapped, or both are in one language.
        InvalidValue: A text is the name of a file, or is HTML.
        UnreadableCopy: A file cannot be read.
        UnreadableFile: A corrected table does not belong to these texts.

    >>> import alliance_ref as ar
    >>> alignment = ar.align_documents("It rained.\n\nThe end.", "雨が降った。\n\n終わり。")
    >>> [(unit.kind, unit.text("ja")) for unit in alignment]
    [('1-1', '雨が降った。'), ('1-1', '終わり。')]
    """
    check_choice(paragraphs, "paragraphs", get_args(Paragraphs))
    en_found = find_paragraphs(_text("en_text", en_text), "en", paragraphs)
    ja_found = find_paragraphs(_text("ja_text", ja_text), "ja", paragraphs)
    return align_paragraphs(
        en_found, ja_found, fixed=fixed, lexicon=lexicon, scorer=scorer, progress=progress
    )


def align_paragraphs(
    en_found: Sequence[Paragraph],
    ja_found: Sequence[Paragraph],
    *,
    fixed: Iterable[tuple[int, int] | Bead] | Decisions = (),
    lexicon: Lexicon | None = None,
    scorer: Scorer | None = None,
    progress: Progress | None = None,
) -> Alignment:
    """Align the sentences of paragraphs; see `align_documents`."""
    en_paragraphs = [_segment(paragraph, "en") for paragraph in en_found]
    ja_paragraphs = [_segment(paragraph, "ja") for paragraph in ja_found]
    english, en_numbers = _sentences(en_found, english_sentences)
    japanese, ja_numbers = _sentences(ja_found, japanese_sentences)
    if len(en_paragraphs) < 2 and len(ja_paragraphs) < 2:
        return align(english, japanese, fixed=fixed, lexicon=lexicon, scorer=scorer, progress=progress)
    first = count_steps(len(en_paragraphs), len(ja_paragraphs), scorer)
    second = count_steps(len(english), len(japanese), scorer)

    def report(before: int) -> Progress | None:
        return None if progress is None else lambda done, _: progress(before + done, first + second)

    pairs = align(en_paragraphs, ja_paragraphs, lexicon=lexicon, scorer=scorer, progress=report(0))
    prior = ParagraphPrior(en_numbers, ja_numbers, _pair_probabilities(pairs), scorer)
    return align(english, japanese, fixed=fixed, lexicon=lexicon, scorer=prior, progress=report(first))


def _text(name: str, source: str | Path) -> str:
    """Return the text of an argument, or of the file that it names if it is a `Path`."""
    if isinstance(source, Path):
        source = load_copy(source)[0]
        if _HTML.match(source):
            raise InvalidValue("html", name=name)
    else:
        check_plain_text(name, source)
    return source


def check_plain_text(name: str, text: str, file_name_reason: str = "file-name") -> None:
    """Check that an argument is plain text, not the name of a file and not HTML.

    Raises:
        InvalidValue: It is one of these.
    """
    check_text(text, name)
    if _FILE_NAME.fullmatch(text.strip()):
        raise InvalidValue(file_name_reason, name=name, value=text.strip())
    if _HTML.match(text):
        raise InvalidValue("html", name=name)


def _segment(paragraph: Paragraph, lang: Lang) -> Segment:
    return Segment(paragraph.text, lang, paragraph.offsets[0], paragraph.offsets[-1] + 1)


def _sentences(
    paragraphs: Sequence[Paragraph], split: Callable[[str], tuple[Segment, ...]]
) -> tuple[list[Segment], list[int]]:
    """Return the sentences of *paragraphs*, and the number of the paragraph of each."""
    segments, numbers = [], []
    for number, paragraph in enumerate(paragraphs):
        for sentence in split(paragraph.text):
            start, end = paragraph.offsets[sentence.start], paragraph.offsets[sentence.end - 1] + 1
            segments.append(attrs.evolve(sentence, start=start, end=end))
            numbers.append(number)
    return segments, numbers


def _pair_probabilities(paragraphs: Alignment) -> dict[tuple[int, int], float]:
    """Return the probability of each pair of aligned paragraphs."""
    return {
        (i, j): 1.0 if unit.confidence is None else unit.confidence
        for unit, (en, ja) in zip(paragraphs.units, paragraphs.beads, strict=True)
        for i in en
        for j in ja
    }


@attrs.frozen
class ParagraphPrior:
    """A scorer that adds the alignment of the paragraphs to the evidence of another scorer, if any.

    Attributes:
        en_numbers: The number of the paragraph of each English sentence.
        ja_numbers: The number of the paragraph of each Japanese sentence.
        probabilities: The probability of each pair of aligned paragraphs.
        scorer: The other scorer.
    """

    en_numbers: Sequence[int]
    ja_numbers: Sequence[int]
    probabilities: dict[tuple[int, int], float]
    scorer: Scorer | None

    def fits(self, en: Sequence[str], ja: Sequence[str], tick: Callable[[int], None]) -> "_ParagraphFits":
        """Return the scores of the spans of the document."""
        inner = None if self.scorer is None else self.scorer.fits(en, ja, tick)
        return _ParagraphFits(self, inner)


@attrs.frozen
class _ParagraphFits:
    prior: ParagraphPrior
    inner: Fits | None

    def row(self, i: int, a: int, b: int, low: int, high: int) -> list[float]:
        prior = self.prior
        en_first, en_last = prior.en_numbers[i], prior.en_numbers[i + a - 1]
        values = []
        for j in range(low, high):
            ja_first, ja_last = prior.ja_numbers[j], prior.ja_numbers[j + b - 1]
            probability = (
                prior.probabilities.get((en_first, ja_first), 0.0)
                + prior.probabilities.get((en_last, ja_last), 0.0)
            ) / 2
            breaks = en_last - en_first + ja_last - ja_first
            same = math.log(_P_PARAGRAPH_WRONG + (1 - _P_PARAGRAPH_WRONG) * probability)
            values.append(_PARAGRAPH_BONUS + same - _PARAGRAPH_BREAK_COST * breaks)
        if self.inner is not None:
            inner = self.inner.row(i, a, b, low, high)
            return [x + y for x, y in zip(values, inner, strict=True)]
        return values
