"""Mending what copying did to characters, each mend on record with its place.

Nothing is changed in place. The copy stays as it was decoded; a repair says what to read instead at an
offset, and the text of a paragraph is its stretch of the copy with the repairs in it carried out.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence

from alliance_ref.editions.quotation_marks import lost_quotes
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
    """Repairs of single characters anywhere in the copy, in order."""
    return [
        Repair(kind, found.start(), found.group(), after)
        for found in _CHARACTERS.finditer(source)
        for kind, after in [_KINDS[found.lastgroup or ""]]
    ]


def wrap_repairs(source: str, start: int, end: int, lang: Lang) -> list[Repair]:
    """Line ends inside a paragraph, each to be read as a space or, between Japanese, as nothing."""
    repairs = []
    for found in _WRAP.finditer(source, start, end):
        before, after = source[found.start() - 1], source[found.end() : found.end() + 1]
        japanese = _JAPANESE.match(before) or (after and _JAPANESE.match(after))
        hyphen = before in "-\u2010" and source[found.start() - 2 : found.start() - 1].strip()
        joint = "" if hyphen or (lang == "ja" and japanese) else " "
        repairs.append(Repair("line-end", found.start(), found.group(), joint))
    return repairs


def has_straight_quotes(source: str) -> bool:
    """Whether the copy's quotation marks, where it still has any, are straight ones."""
    return '"' in source and not re.search("[“”‘’]", source)


def quote_repairs(source: str, start: int, end: int, *, curly: bool) -> list[Repair]:
    """Lost quotation marks of one paragraph, put back curly or straight."""
    return [
        Repair("quotation-mark", start + mark.offset, mark.before, mark.after)
        for mark in lost_quotes(source[start:end], curly=curly)
    ]


def repaired(source: str, start: int, end: int, repairs: Sequence[Repair]) -> str:
    """The stretch of the copy from *start* to *end* with the *repairs* in it carried out, given in order."""
    parts = []
    at = start
    first, last = (bisect_left(repairs, edge, key=lambda repair: repair.offset) for edge in (start, end))
    for repair in repairs[first:last]:
        parts += [source[at : repair.offset], repair.after]
        at = repair.offset + len(repair.before)
    parts.append(source[at:end])
    return "".join(parts)
