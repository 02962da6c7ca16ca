"""Recognition of segments in the other language.

Some Japanese files contain the English text too, and the other way around. Such a segment would be aligned
with its own copy, and its translation left over. A few English words in a Japanese text are normal: names,
code, titles. Only sentences are set aside: rows of words
with several function words, or copies of an English segment with at least one.
"""

import re
from collections.abc import Sequence

from alliance_ref.records import Segment
from alliance_ref.text.scripts import JAPANESE

_JAPANESE = re.compile(f"[{JAPANESE}]")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")

_MIN_LETTERS = 10
"""Letters that a side needs before its language is checked."""

_MIN_WORDS = 4
"""Words of the shortest English sentence that is set aside."""

_MIN_FUNCTION_WORDS = 2
"""Function words that make a row of English words a sentence; names and code have few."""

_FUNCTION_WORDS = frozenset(
    "a an the of to in on at by for with from as is are was were be been have has had do does did will would"
    " can could should may must not and or but if that this these those it its he she we you they i his her"
    " our your their there which who what when where how no all any than then so".split()
)


def english_among_japanese(japanese: Sequence[Segment], english: Sequence[Segment]) -> frozenset[int]:
    """Return the indices of the segments of a *japanese* text that are English sentences.

    Args:
        japanese: The Japanese text.
        english: The English text, which may contain the same sentences.

    >>> english_among_japanese([Segment("It is not the end of the war.", "ja", 0, 29)], [])
    frozenset({0})
    """
    latin = {j: segment.text for j, segment in enumerate(japanese) if not _JAPANESE.search(segment.text)}
    copies = {segment.text for segment in english} if latin else set()
    return frozenset(
        j for j, text in latin.items() if _is_sentence(text, 1 if text in copies else _MIN_FUNCTION_WORDS)
    )


def japanese_among_english(segments: Sequence[Segment]) -> frozenset[int]:
    """Return the indices of the *segments* of an English text that are Japanese."""
    return frozenset(
        index
        for index, segment in enumerate(segments)
        if not segment.text.isascii() and is_mostly_japanese([segment])
    )


def _is_sentence(text: str, least: int) -> bool:
    """Return whether *text* is a row of English words with at least *least* function words."""
    words = _WORD.findall(text)
    return len(words) >= _MIN_WORDS and sum(word.lower() in _FUNCTION_WORDS for word in words) >= least


def is_mostly_japanese(segments: Sequence[Segment]) -> bool:
    """Return whether more than half of the letters of *segments* are Japanese."""
    found = sum(len(_JAPANESE.findall(item.text)) for item in segments if not item.text.isascii())
    return found > 0 and 2 * found > sum(len(_LETTER.findall(item.text)) for item in segments)


def has_no_japanese(segments: Sequence[Segment]) -> bool:
    """Return whether *segments* are a text of some length without any Japanese letter."""
    if any(_JAPANESE.search(item.text) for item in segments):
        return False
    return sum(len(_LETTER.findall(item.text)) for item in segments) >= _MIN_LETTERS
