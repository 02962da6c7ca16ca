"""Fold text to comparison keys, with a mapping from each key back to the text.

Stored text is never folded; only comparisons use keys. Two spellings of a name have the same key:

    "Ｕ.Ｓ.–Japan" → "usjapan"        "関が原" → "関ヶ原"        "髙村" → "高村"

`name_key` returns the key alone. `FoldedText` adds what a search in running text needs: the span of the text
that a part of the key comes from, and the places where a Latin word begins or ends.

Marks are removed from Latin letters only: removing them from kana would turn ガス (gas) into カス (dregs).
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from alliance_ref.arguments import check_text
from alliance_ref.text.kanji_variants import CURRENT_FORMS
from alliance_ref.text.spelling_rules import Replacement, replacements

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Characters that are not shown: byte order mark, joiners, direction marks, variation selectors.
INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff"
)
"""The inside of a character class of `re`: characters that are not shown and do not split a name."""

DASHES = "-\u02d7\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d"
"""The inside of a character class of `re`: hyphens, dashes and the minus sign."""

_DROPPED_CLASS = re.compile(
    f"[{DASHES}{INVISIBLE} \t\n\r\u3000\u00a0~～・･·'’‘ʼ`´\"“”.．,、/:()（）「」『』]"
)


class _Dropped(dict[int, "int | None"]):
    """For `str.translate`: whether a character is dropped from keys, looked up when it is first needed."""

    def __missing__(self, code: int) -> int | None:
        self[code] = known = None if _DROPPED_CLASS.match(chr(code)) else code
        return known


_DROPPED = _Dropped()
# Spacing marks: NFKC would turn them into a space and a mark on the letter before them.
_SPACING_MARKS = dict.fromkeys(
    map(
        ord,
        "\u00a8\u00af\u00b4\u00b8\u02d8\u02d9\u02da\u02db\u02dc\u02dd\u037a\u0384\u0385\u1fbd\u1fbf\u1fc0\u1fc1\u1fcd"
        "\u1fce\u1fcf\u1fdd\u1fde\u1fdf\u1fed\u1fee\u1ffd\u1ffe\u2017\u203e\u309b\u309c\ufc5e\ufc5f\ufc60\ufc61\ufc62"
        "\ufc63\ufe49\ufe4a\ufe4b\ufe4c\ufe70\ufe72\ufe74\ufe76\ufe78\ufe7a\ufe7c\ufe7e\uffe3",
    )
)

_LETTERS = "0-9a-z\u00df-\u00f6\u00f8-\u024f"
_OTHER_ALPHABETS = (
    "\u0370-\u03ff\u0400-\u052f\u0531-\u0587\u10a0-\u10ff\u1c80-\u1cbf\u1f00-\u1fff\u2c80-\u2d2f"
)
LATIN = re.compile(f"[{_LETTERS}]")
"""A Latin letter or digit of a key."""

_BEFORE_WORD = re.compile(f"[^{_LETTERS}](?=[{_LETTERS}])")
_WORD_CHARACTER = re.compile(f"[{_LETTERS}{_OTHER_ALPHABETS}]")
"""A character of a key that is part of a word written between spaces: Latin, Greek, Cyrillic and similar."""

# Folded text has one character for each character of the text, so these three stand for what cannot be folded
# to one character: a space is always dropped, and U+FDD0 and U+FDD1 are noncharacters.
_GAP, _MARK, _SEVERAL = " ", "\ufdd0", "\ufdd1"
_CLUSTER = re.compile(f"([^{_GAP}](?:{_GAP}*{_MARK})+|{_MARK}|{_SEVERAL})")
_SIGN = re.compile(f"({_SEVERAL})")
_MAX_REPLACEMENTS = 100


def _fold_cluster(text: str) -> str:
    """Return the key of *text*, which is a character with its marks, before the `spelling_rules`."""
    text = unicodedata.normalize("NFC", text).translate(_SPACING_MARKS)
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_DROPPED)
    folded = without_latin_marks(unicodedata.normalize("NFKC", folded)).translate(_DROPPED)
    return folded if folded.isascii() else folded.translate(CURRENT_FORMS)


def without_latin_marks(text: str) -> str:
    """Return *text* without the marks on its Latin letters."""
    if text.isascii():
        return text
    parts = []
    latin = False
    for character in unicodedata.normalize("NFD", text):
        if unicodedata.combining(character):
            if latin:
                continue
        else:
            latin = character.isalpha() and character < "\u0250"
        parts.append(character)
    return unicodedata.normalize("NFC", "".join(parts))


def _is_mark(character: str) -> bool:
    """Return whether *character* is a mark on the one before it, or a later part of a Hangul syllable."""
    return (
        unicodedata.combining(character) > 0
        or "\u1160" <= character <= "\u11ff"
        or character in "\uff9e\uff9f"
    )


class _FoldingTable(dict[int, str]):
    """The folded form of each character, one character long, computed when it is first needed."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        key = _fold_cluster(character)
        if _is_mark(character):
            folded = _MARK
        elif not key:
            folded = _GAP
        elif len(key) > 1 or key in (_MARK, _SEVERAL) or (LATIN.match(key) and not _is_letter(character)):
            folded = _SEVERAL
        else:
            folded = key
        self[code] = folded
        return folded


def _is_letter(character: str) -> bool:
    """Return whether *character* is a letter, mark or digit, which a sign such as ² or ㎞ is not."""
    return unicodedata.category(character)[0] in "LM" or character.isdecimal()


_table = _FoldingTable()
_ASCII = {code: _table[code] for code in range(128)}


def _fold_characters(text: str) -> str:
    """Return *text* with each character folded in its place."""
    if text.isascii():
        return text.translate(_ASCII)
    changed = {one: folded for one in set(text) if (folded := _table[ord(one)]) != one}
    if len(changed) > _MAX_REPLACEMENTS or not changed.keys().isdisjoint(changed.values()):
        return text.translate(_table)
    for one, folded in changed.items():  # faster than `str.translate` for long text that is not ASCII
        text = text.replace(one, folded)
    return text


class _Resized(NamedTuple):
    """A replacement that is not one character for one: its place in the key, its new size, its text span."""

    start: int
    end: int
    size: int
    text_start: int
    text_end: int

    @property
    def growth(self) -> int:
        """By how much it lengthens the key."""
        return self.size - (self.end - self.start)


def _moved(places: "Iterable[int]", resized: "Sequence[_Resized]") -> list[int]:
    """Return the *places* in a key after the replacements, without those inside a replacement."""
    moved = []
    grown = number = 0
    for place in places:
        while number < len(resized) and resized[number].end <= place:
            grown += resized[number].growth
            number += 1
        if number == len(resized) or resized[number].start >= place:
            moved.append(place + grown)
    return moved


class FoldedText:
    """The key of a text, with the way back to the text.

    The key is split into segments. The characters of most segments come one by one from the text; a segment
    that is *solid* comes as a whole from one or more characters (ﬁ, ㎞, a letter and its marks).

    >>> folded = FoldedText("at Ｃａｍｐ　Ｚａｍａ")
    >>> folded.key, folded.text_span(2, 10)
    ('atcampzama', (3, 12))
    """

    __slots__ = ("_key_starts", "_run_starts", "_shifts", "_solid", "key", "text")

    def __init__(self, text: str) -> None:
        """Fold *text*."""
        self.text = text
        self._key_starts: list[int] = []  # of each segment, and the length of the key
        self._shifts: Sequence[int] = ()  # of each segment: its start in the text minus its start in the key
        self._solid: dict[int, int] = {}  # the solid segments, with where they end in the text
        self._run_starts: list[int] = []  # places in the key before which the text has a break between words
        folded = _fold_characters(text)
        if _MARK in folded or _SEVERAL in folded:
            key = self._fold_with_clusters(folded)
        else:
            runs = folded.split(_GAP)
            key = "".join(runs)
            self._key_starts = list(accumulate(map(len, runs), initial=0))
            self._shifts = range(len(self._key_starts))
            self._run_starts = self._key_starts
        changes = replacements(key)
        self.key = self._replace(key, changes) if changes else key

    def _fold_with_clusters(self, folded: str) -> str:
        """Fold a text in which some characters do not fold to one character each."""
        parts: list[str] = []
        shifts: list[int] = []
        key_at = text_at = 0
        joined = False  # whether a Latin word may continue from the last piece
        clusters = _CLUSTER if _MARK in folded else _SIGN
        for number, piece in enumerate(clusters.split(folded)):
            if not piece:
                continue
            if number % 2:  # a cluster: one segment, which comes from all its characters
                cluster = self.text[text_at : text_at + len(piece)]
                key = _fold_cluster(cluster)
                in_word = _is_letter(cluster[0]) and LATIN.match(key) is not None
                runs = [key] if key else []
                if key:
                    self._solid[len(self._key_starts)] = text_at + len(piece)
                joined = joined and in_word
            else:
                runs = piece.split(_GAP)
                in_word = True
            starts = list(accumulate(map(len, runs), initial=key_at))
            key_at = starts.pop()
            self._run_starts += starts[1:] if joined and starts else starts
            if starts:
                shifts += range(text_at - starts[0], text_at - starts[0] + len(runs))
            self._key_starts += starts
            parts += runs
            text_at += len(piece)
            joined = in_word and bool(runs) and bool(runs[-1])
        self._key_starts.append(key_at)
        self._run_starts.append(key_at)
        self._shifts = [*shifts, text_at - key_at]
        return "".join(parts)

    def _replace(self, key: str, changes: list[Replacement]) -> str:
        """Return the key with the replacements, and adjust the segments if one changes the length."""
        parts: list[str] = []
        done = 0
        resized: list[_Resized] = []
        for start, end, new in changes:
            if end - start > 1 or len(new) > 1:
                span = self.text_span(start, end)
                if span is None:  # part of a character such as ㋀
                    continue
                resized.append(_Resized(start, end, len(new), *span))
            parts += (key[done:start], new)
            done = end
        if resized:
            self._resize(resized)
        return "".join([*parts, key[done:]])

    def _resize(self, resized: list[_Resized]) -> None:
        """Adjust the segments to replacements: each becomes a solid segment."""
        key_starts, shifts, solid = self._key_starts, self._shifts, self._solid
        self._run_starts = _moved(self._run_starts, resized)
        self._key_starts, self._solid = [], {}
        new_shifts: list[int] = []
        at = grown = segment = 0  # the place in the old key, by how much the key has grown, the old segment
        for change in [*resized, _Resized(key_starts[-1], key_starts[-1], 0, 0, 0)]:
            while at < change.start:  # the segments before the replacement
                end = min(key_starts[segment + 1], change.start)
                if end > at:
                    if segment in solid:
                        self._solid[len(new_shifts)] = solid[segment]
                    self._key_starts.append(at + grown)
                    new_shifts.append(shifts[segment] - grown)
                    at = end
                segment += at == key_starts[segment + 1]
            if change.size:
                self._solid[len(new_shifts)] = change.text_end
                self._key_starts.append(at + grown)
                new_shifts.append(change.text_start - at - grown)
                at = change.end
                grown += change.growth
                while segment < len(key_starts) - 2 and key_starts[segment + 1] <= at:
                    segment += 1
        self._key_starts.append(at + grown)
        self._shifts = [*new_shifts, len(self.text) - at - grown]

    def spans(self) -> "Folded":
        """Return the key with the span of the text that each of its characters comes from."""
        starts: list[int] = []
        ends: list[int] = []
        for segment, key_start in enumerate(self._key_starts[:-1]):
            size = self._key_starts[segment + 1] - key_start
            start = key_start + self._shifts[segment]
            if segment in self._solid:
                starts += [start] * size
                ends += [self._solid[segment]] * size
            else:
                starts += range(start, start + size)
                ends += range(start + 1, start + size + 1)
        return Folded(self.key, tuple(starts), tuple(ends))

    def text_span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the span of the text that ``key[start:end]`` comes from; ``None`` if it cuts a character."""
        starts = self._key_starts
        first = bisect_right(starts, start) - 1
        last = first if end <= starts[first + 1] else bisect_left(starts, end, first) - 1
        text_start = start + self._shifts[first]
        text_end = end + self._shifts[last]
        if self._solid:
            if first in self._solid and start > starts[first]:
                return None
            if last in self._solid:
                if end < starts[last + 1]:
                    return None
                text_end = self._solid[last]
        return text_start, text_end

    def key_index(self, text_index: int) -> int | None:
        """Return the place in the key of the character at *text_index*, ``None`` if the key drops it."""
        starts, shifts = self._key_starts, self._shifts
        segment = bisect_right(range(len(starts)), text_index, key=lambda at: starts[at] + shifts[at]) - 1
        if segment < 0 or segment >= len(starts) - 1:
            return None
        at = text_index - shifts[segment]
        if segment in self._solid:
            return at if at == starts[segment] else None
        return at if at < starts[segment + 1] else None

    def is_word_break(self, at: int) -> bool:
        """Return whether a Latin word may begin or end in the key before *at*."""
        starts = self._run_starts
        if starts[bisect_left(starts, at)] == at:
            return True
        key, match = self.key, _WORD_CHARACTER.match
        return not (match(key, at) and match(key, at - 1))

    def word_starts(self) -> set[int]:
        """Return the places in the key where Latin words may begin."""
        return {*self._run_starts, *(found.end() for found in _BEFORE_WORD.finditer(self.key))}


@lru_cache(maxsize=4096)
def name_key(text: str) -> str:
    """Return the key of *text*; spellings of one name have the same key.

    The key ignores width, case, marks on Latin letters, spaces, hyphens, dashes, middle dots, apostrophes,
    full stops, slashes and brackets. Old forms of kanji become the current ones, and the kana that stands for
    a small ke between kanji is always ヶ. Other kana are kept.

    >>> import alliance_ref as ar
    >>> ar.name_key("Ｕ.Ｓ.–Japan") == ar.name_key("US Japan")
    True
    >>> ar.name_key("Ōno"), ar.name_key("ガス")
    ('ono', 'ガス')
    """
    return FoldedText(text).key


class Folded(NamedTuple):
    r"""A key and the span of the text that each of its characters comes from.

    ``key[n]`` comes from ``text[starts[n]:ends[n]]``.

    >>> import alliance_ref as ar
    >>> text = "at Ｃａｍｐ　Ｚａｍａ"
    >>> folded = ar.fold(text)
    >>> at = folded.key.index("campzama")
    >>> folded.key, text[folded.starts[at] : folded.ends[-1]]
    ('atcampzama', 'Ｃａｍｐ\u3000Ｚａｍａ')
    """

    key: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def fold(text: str) -> Folded:
    """Return the `name_key` of *text* with the span of the text that each of its characters comes from.

    >>> import alliance_ref as ar
    >>> folded = ar.fold("Ｕ.Ｓ. Ōno")
    >>> folded.key, folded.starts
    ('usono', (0, 2, 5, 6, 7))
    """
    check_text(text)
    return FoldedText(text).spans()
