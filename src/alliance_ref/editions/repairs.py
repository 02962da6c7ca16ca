"""Repairs of characters that copying damaged.

The copy itself is not changed. A repair is a replacement at an offset; the text of a paragraph is its part of
the copy with the repairs applied.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from alliance_ref.records.editions import Repair, RepairKind
from alliance_ref.records.values import Lang
from alliance_ref.text.scripts import FULL_WIDTH, JAPANESE, PUNCTUATION

_CHARACTERS = re.compile(
    r"(?P<bom>\ufeff)|(?P<end>\r\n?|[\x0b\x0c\x85\u2028\u2029])|(?P<space>[\u00a0\u202f])"
    r"|(?P<invisible>[\u00ad\u200b\u2060])|(?P<broken>[\ud800-\udfff])|(?P<control>[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x90\x95-\x9f\ufffe\uffff])"
)
_KINDS: dict[str, tuple[RepairKind, str]] = {
    "bom": ("byte-order-mark", ""),
    "end": ("line-end", "\n"),
    "space": ("no-break-space", " "),
    "invisible": ("invisible-character", ""),
    "broken": ("undecodable", "\ufffd"),
    "control": ("control-character", ""),
}
_WRAP = re.compile(
    r"(?<![ \t\u3000])[ \t\u3000]*(?:\r\n|[\n\r\x0b\x0c\x85\u2028\u2029])"
    r"[ \t\u3000\r\n\x0b\x0c\x85\u2028\u2029]*"
)
_JAPANESE = re.compile(f"[{JAPANESE}{PUNCTUATION}{FULL_WIDTH}]")


def character_repairs(source: str) -> list[Repair]:
    """Return the repairs of single characters in the whole copy, in order."""
    return [
        Repair(kind, found.start(), found.group(), after)
        for found in _CHARACTERS.finditer(source)
        for kind, after in [_KINDS[found.lastgroup or ""]]
    ]


def wrap_repairs(source: str, start: int, end: int, lang: Lang) -> list[Repair]:
    """Return the repairs of line ends in a paragraph: a space, or nothing next to Japanese characters."""
    repairs = []
    for found in _WRAP.finditer(source, start, end):
        before, after = source[found.start() - 1], source[found.end() : found.end() + 1]
        japanese = _JAPANESE.match(before) or (after and _JAPANESE.match(after))
        hyphen = before in "-\u2010" and source[found.start() - 2 : found.start() - 1].strip()
        joint = "" if hyphen or (lang == "ja" and japanese) else " "
        repairs.append(Repair("line-end", found.start(), found.group(), joint))
    return repairs


def has_straight_quotes(source: str) -> bool:
    """Return whether the quotation marks of the copy are straight."""
    return '"' in source and not re.search("[“”‘’]", source)


def quote_repairs(source: str, start: int, end: int, *, curly: bool) -> list[Repair]:
    """Return the repairs of lost quotation marks in one paragraph."""
    return [
        Repair("quotation-mark", start + mark.offset, mark.before, mark.after)
        for mark in lost_quotes(source[start:end], curly=curly)
    ]


def repaired(source: str, start: int, end: int, repairs: Sequence[Repair]) -> str:
    """Return the copy from *start* to *end* with the *repairs* applied, which are in order."""
    parts = []
    at = start
    first, last = (bisect_left(repairs, edge, key=lambda repair: repair.offset) for edge in (start, end))
    for repair in repairs[first:last]:
        parts += [source[at : repair.offset], repair.after]
        at = repair.offset + len(repair.before)
    parts.append(source[at:end])
    return "".join(parts)


_LOST = "[?\ufffd]"
_LOST_MARKS = re.compile(_LOST)
_OPENS = re.compile(rf"(?:(?<=^)|(?<=[\s(\[—–「『（]))(?:{_LOST})(?=[\w$£¥.…])")
_APOSTROPHE = re.compile(rf"(?<=[A-Za-z]){_LOST}(?=(?:s|t|re|ve|ll|d|m)\b)")
_CLOSES = re.compile(rf"(?<=[\w.,;:!?…%)\]”’\ufffd]){_LOST}(?=$|[\s.,;:!?)\]—–」』）])")
_WINDOWS = {
    "\x91": ("‘", "'"),
    "\x92": ("’", "'"),
    "\x93": ("“", '"'),
    "\x94": ("”", '"'),
}
"""C1 controls that are Windows-1252 quotation marks decoded as Latin-1."""


class Mark(NamedTuple):
    """A lost mark: its offset, the character there, and the correct one."""

    offset: int
    before: str
    after: str


def lost_quotes(text: str, *, curly: bool = True) -> tuple[Mark, ...]:
    """Return the lost quotation marks and apostrophes of one paragraph, in order.

    Text that passed through an encoding without curly quotation marks has ``?`` in their place. A question
    mark never follows a space and precedes a word, never is between two letters, and does not pair with an
    opening mark; such signs are lost quotation marks. Ambiguous signs stay as they are.

    Args:
        text: One paragraph.
        curly: Whether to restore curly marks (default) or straight ones.

    >>> [(m.offset, m.after) for m in lost_quotes("He said ?yes.? Why?")]
    [(8, '“'), (13, '”')]
    """
    opening, closing, apostrophe = ("“", "”", "’") if curly else ('"', '"', "'")
    marks = [
        Mark(at, sign, _WINDOWS[sign][0 if curly else 1]) for at, sign in enumerate(text) if sign in _WINDOWS
    ]
    if not _LOST_MARKS.search(text):
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
    """Return the closing mark among *candidates*: the first after punctuation, otherwise the first."""
    certain = [at for at in candidates if text[at - 1] in ".,!?…;\ufffd"]
    return next(iter(certain or candidates), None)
