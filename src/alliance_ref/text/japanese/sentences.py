"""Sentences of Japanese text: where one ends, and where a bracket keeps it open."""

import re
from collections.abc import Iterator

from alliance_ref.records.passages import Segment
from alliance_ref.text.sentence_breaks import Break, segments_of

_OPEN, _CLOSE = "「｢『（(［[【〈《｛“", "」｣』）)］]】〉》｝”"
_GOES_ON = frozenset("、､。｡，．旨" + "".join(map(chr, range(0x3041, 0x3097))))
"""What follows a closed quotation that is part of a longer sentence."""

_END = re.compile(r"[。｡！？!?．][。｡！？!?．」｣』）)］\]】〉》｝”]*")


def japanese_sentences(text: str) -> tuple[Segment, ...]:
    """The sentences of Japanese *text*, as :func:`alliance_ref.sentences` gives them."""
    return segments_of(text, "ja", _breaks(text))


def _breaks(text: str) -> Iterator[Break]:
    depths = _depths(text)
    for found in _END.finditer(text):
        mark = found.start()
        after = text[found.end() : found.end() + 1]
        if text[mark] == "．" and after.isdigit():
            continue  # 3．5
        if text[mark] in "!?" and text[max(0, mark - 1) : mark].isascii() and after.isalpha():
            continue  # Yahoo!ニュース
        if depths[mark] and found.end() < len(text):
            # Inside brackets a sentence goes on, and behind them too if a particle follows.
            closes = found.end() - mark > 1 and depths[found.end() - 1] == 0
            if not closes or after in _GOES_ON:
                continue
        yield Break(found.end())


def _depths(text: str) -> list[int]:
    """How many brackets are open behind each code point; one that is never closed does not count."""
    opened: list[int] = []
    closed_by: dict[int, int] = {}
    for at, character in enumerate(text):
        if character in _OPEN:
            opened.append(at)
        elif character in _CLOSE and opened:
            pair = _OPEN.index(text[opened[-1]])
            if _CLOSE[pair] == character:
                closed_by[opened.pop()] = at
    changes = [0] * (len(text) + 1)
    for start, end in closed_by.items():
        changes[start] += 1
        changes[end] -= 1
    depths = []
    depth = 0
    for change in changes[: len(text)]:
        depth += change
        depths.append(depth)
    return depths
