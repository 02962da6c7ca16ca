"""What cutting into sentences has in common in both languages: lines, paragraphs, places.

A sentence ends where its language's room finds an end, and at the end of a paragraph whatever the
punctuation: at a blank line, and before a line that begins a new item (a bullet, a number in brackets,
an indent). Any other line end is a wrapped line, as copies have them, and ends nothing.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from alliance_ref.records.passages import Segment
from alliance_ref.records.values import Lang


class Break(NamedTuple):
    """An end of a sentence: the offset behind its last character."""

    offset: int


_NEWLINE = r"(?:\r\n|[\n\r\x0b\x0c\x85\u2028\u2029])"
_PARAGRAPH = re.compile(
    rf"{_NEWLINE}(?=[^\S\r\n]*[\r\n\x0b\x0c\x85\u2028\u2029]"  # a blank line
    r"|[^\S\r\n]*(?:[•●○■□◆◇▪‣]|\*\s)|\u3000|[ \t]{2,})"
    rf"|(?P<maybe>{_NEWLINE})(?=[^\S\r\n]*(?:[・–—-]"
    r"|[（(]?[0-9０-９]{1,3}[）).．](?![0-9０-９])|[①-⑳]|[一二三四五六七八九十]+、))"
)
_ITEM = re.compile(
    r"[^\S\r\n]*(?:[・–—•●○■□◆◇▪‣*-]|[（(]?[0-9０-９]{1,3}[）).．]|[①-⑳]|[一二三四五六七八九十]+、)"
)
_LINE_START = re.compile(r"[\n\r\x0b\x0c\x85\u2028\u2029]")


def segments_of(text: str, lang: Lang, breaks: Iterable[Break]) -> tuple[Segment, ...]:
    """The stretches of *text* between the breaks, without the white space round them.

    Nothing but white space is left out.
    """
    ends = {found.offset for found in breaks}
    line = 0
    for found in _PARAGRAPH.finditer(text):
        at = found.start()
        if found["maybe"] is None or _is_before_item(text, line, at):
            ends.add(at)
        line = found.end()
    segments = []
    start = 0
    for end in [*sorted(ends), len(text)]:
        stretch = text[start:end]
        inner = stretch.strip()
        if inner:
            at = start + len(stretch) - len(stretch.lstrip())
            segments.append(Segment(inner, lang, at, at + len(inner)))
        start = end
    return tuple(segments)


def _is_before_item(text: str, since: int, end: int) -> bool:
    """Whether the line that ends at *end* is such that a number or dash behind it begins an item.

    It is if it ends in punctuation or is an item itself; else the line is only wrapped there, as in
    "the year / 1998". *since* is where to begin looking for the start of the line.
    """
    if text[since:end].rstrip()[-1:] in (*".:;!?。：；！？」）)", ""):
        return True
    start = since
    for found in _LINE_START.finditer(text, since, end):
        start = found.end()
    return _ITEM.match(text, start, end) is not None
