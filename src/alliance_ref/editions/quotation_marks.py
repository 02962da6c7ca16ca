"""Which question marks were quotation marks?

Text that went through an encoding without curly quotation marks has ``?`` in their place. Where such
a sign stands tells them apart: no question mark follows a space and precedes a word, none stands between
two letters, and the one that closes a quotation pairs with one that opened it. A sign that could be
either is left alone.
"""

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import NamedTuple

_SIGN = "[?\ufffd]"
_SIGNS = re.compile(_SIGN)
_OPENS = re.compile(rf"(?:(?<=^)|(?<=[\s(\[—–「『（]))(?:{_SIGN})(?=[\w$£¥.…])")
_APOSTROPHE = re.compile(rf"(?<=[A-Za-z]){_SIGN}(?=(?:s|t|re|ve|ll|d|m)\b)")
_CLOSES = re.compile(rf"(?<=[\w.,;:!?…%)\]”’\ufffd]){_SIGN}(?=$|[\s.,;:!?)\]—–」』）])")
_WINDOWS = {
    "\x91": ("‘", "'"),
    "\x92": ("’", "'"),
    "\x93": ("“", '"'),
    "\x94": ("”", '"'),
}
"""C1 controls that are Windows-1252 quotation marks read as Latin-1."""


class Mark(NamedTuple):
    """A sign to mend: where it stands, and what to read instead."""

    offset: int
    before: str
    after: str


def lost_quotes(text: str, *, curly: bool = True) -> tuple[Mark, ...]:
    """The quotation marks and apostrophes of one paragraph that were lost, in order.

    Args:
        text: One paragraph.
        curly: Whether to put back curly marks or straight ones.

    >>> [(m.offset, m.after) for m in lost_quotes("He said ?yes.? Why?")]
    [(8, '“'), (13, '”')]
    """
    opening, closing, apostrophe = ("“", "”", "’") if curly else ('"', '"', "'")
    marks = [
        Mark(at, sign, _WINDOWS[sign][0 if curly else 1]) for at, sign in enumerate(text) if sign in _WINDOWS
    ]
    if not _SIGNS.search(text):
        return tuple(marks)
    taken = {found.start() for found in _APOSTROPHE.finditer(text)}
    marks += [Mark(at, text[at], apostrophe) for at in taken]
    opens = [found.start() for found in _OPENS.finditer(text)]
    closes = [found.start() for found in _CLOSES.finditer(text) if found.start() not in taken]
    for start, limit in pairwise([*opens, len(text)]):
        marks.append(Mark(start, text[start], opening))
        end = _closing(text, closes[bisect_right(closes, start) : bisect_left(closes, limit)])
        if end is not None:
            marks.append(Mark(end, text[end], closing))
    return tuple(sorted(marks))


def _closing(text: str, candidates: list[int]) -> int | None:
    """Which of the signs behind an opening mark closes it: one behind a stop, else the first."""
    sure = [at for at in candidates if text[at - 1] in ".,!?…;\ufffd"]
    return next(iter(sure or candidates), None)
