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


_PARAGRAPH = re.compile(
    r"(?:\r\n|[\n\r\x0b\x0c\x85\u2028\u2029])"
    r"(?=[^\S\r\n]*[\r\n\x0b\x0c\x85\u2028\u2029]"  # a blank line
    r"|[^\S\r\n]*(?:[•・●○■□◆◇*‣–—-]\s|[（(]?[0-9０-９]{1,3}[）).．]\s?|[①-⑳]|[一二三四五六七八九十]+、)"
    r"|\u3000|[ \t]{2,})"
)


def segments_of(text: str, lang: Lang, breaks: Iterable[Break]) -> tuple[Segment, ...]:
    """The stretches of *text* between the breaks, without the white space round them.

    Nothing but white space is left out.
    """
    ends = {found.offset for found in breaks} | {found.start() for found in _PARAGRAPH.finditer(text)}
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
