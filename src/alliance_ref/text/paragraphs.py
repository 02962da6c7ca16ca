"""Paragraphs of plain text: one line each, or hard-wrapped lines between blank lines.

A text is hard-wrapped if most of its lines are as long as the width allows: the first word of the next line
would not have fitted. Such lines are joined. A shorter line ends its paragraph, so headings and the last
lines of paragraphs without a blank line stay apart.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

import attrs

from alliance_ref.records.values import Lang

Paragraphs = Literal["auto", "line", "blank-line"]

_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]*(?:\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]|$)")
_FIRST_WORD = re.compile(r"\S+")

_MIN_WIDTH, _MAX_WIDTH = 30, 120
"""Widths of hard-wrapped text, in columns; a full-width character has two."""

_MIN_FULL_LINES = 3
"""Full lines that show that a text is wrapped."""

_MIN_FULL_SHARE = 0.5
"""Least share of full lines among the lines that are followed by another without a blank line."""

_SLACK = {"en": 0, "ja": 4}
"""Columns that may be free in a full line; Japanese lines end early before punctuation."""


@attrs.frozen
class Paragraph:
    """A paragraph with the offset of each of its characters in the text."""

    text: str
    offsets: Sequence[int]


@attrs.frozen
class _Line:
    start: int
    text: str

    @property
    def columns(self) -> int:
        return _columns(self.text)


def find_paragraphs(text: str, lang: Lang, mode: Paragraphs = "auto") -> list[Paragraph]:
    r"""Return the paragraphs of *text*.

    Args:
        text: The text.
        lang: Its language; wrapped lines are joined with a space in English.
        mode: ``line`` (each line is a paragraph), ``blank-line`` (blank lines separate paragraphs) or
            ``auto`` (lines are joined if the text is hard-wrapped).

    >>> [paragraph.text for paragraph in find_paragraphs("One\ntwo.\n\nThree.", "en", "blank-line")]
    ['One two.', 'Three.']
    """
    blocks = list(_blocks(text))
    if mode == "auto":
        width = _wrapped_width(blocks, lang)
        groups = [group for block in blocks for group in _split_block(block, lang, width)]
    elif mode == "line":
        groups = [[line] for block in blocks for line in block]
    else:
        groups = blocks
    return [_join(group, lang) for group in groups]


def _blocks(text: str) -> Iterator[list[_Line]]:
    """Yield the runs of lines that are not blank, stripped."""
    block: list[_Line] = []
    for match in _LINE.finditer(text):
        line = match.group()
        if stripped := line.strip():
            block.append(_Line(match.start() + len(line) - len(line.lstrip()), stripped))
        elif block:
            yield block
            block = []
    if block:
        yield block


def _columns(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def _is_full(line: _Line, following: _Line, lang: Lang, width: int) -> bool:
    """Return whether the beginning of the *following* line would not have fitted at the end of *line*."""
    if lang == "ja":
        return line.columns + _SLACK[lang] >= width
    word = _FIRST_WORD.match(following.text)
    return line.columns + 1 + (len(word.group()) if word else 0) > width - _SLACK[lang]


def _wrapped_width(blocks: Sequence[Sequence[_Line]], lang: Lang) -> int:
    """Return the width at which a text is hard-wrapped, or 0 if it is not."""
    width = max((line.columns for block in blocks for line in block), default=0)
    if not _MIN_WIDTH <= width <= _MAX_WIDTH:
        return 0
    pairs = [pair for block in blocks for pair in pairwise(block)]
    full = sum(_is_full(*pair, lang, width) for pair in pairs)
    return width if full >= _MIN_FULL_LINES and full >= _MIN_FULL_SHARE * len(pairs) else 0


def _split_block(block: Sequence[_Line], lang: Lang, width: int) -> Iterator[list[_Line]]:
    """Yield the paragraphs of a block: single lines if *width* is 0, else runs of full lines."""
    group: list[_Line] = []
    for place, line in enumerate(block):
        group.append(line)
        if place + 1 == len(block) or not width or not _is_full(line, block[place + 1], lang, width):
            yield group
            group = []


def _join(lines: Sequence[_Line], lang: Lang) -> Paragraph:
    parts: list[str] = []
    offsets: list[int] = []
    for line in lines:
        if parts and lang == "en":
            parts.append(" ")
            offsets.append(line.start - 1)
        parts.append(line.text)
        offsets.extend(range(line.start, line.start + len(line.text)))
    return Paragraph("".join(parts), offsets)
