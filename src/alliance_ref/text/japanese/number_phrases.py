"""Find numbers with their counters in Japanese text, and read them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Literal, NamedTuple

from alliance_ref.text.japanese.counters import COUNTERS, SUFFIXES
from alliance_ref.text.japanese.numbers import (
    Counter,
    NumberPart,
    counter_of_unidic,
    join,
    number_parts,
    spelled,
    value_of,
)
from alliance_ref.text.japanese.tagging import Word
from alliance_ref.text.scripts import KANJI, TO_ASCII_DIGITS, TO_HIRAGANA

Numbers = Literal["digits", "kana"]
"""How numbers in Arabic digits are written in a reading."""

_KANJI_DIGITS = "〇零一二三四五六七八九壱弐参"
_SCALES = "十拾百千万億兆京"
_ARABIC = r"[0-9]+(?:,[0-9]{3}(?![0-9]))*(?:\.[0-9]+)?"
_NUMBER = re.compile(
    rf"(?:{_ARABIC}|[{_KANJI_DIGITS}{_SCALES}]|(?<=[十百千万])数)+"
    r"|[何数幾][十百千万億兆]*"
)
_DIGITS = re.compile(_ARABIC)
_MAY_HAVE_NUMBER = re.compile(f"[0-9０-９{_KANJI_DIGITS}{_SCALES}何数幾]")
_HAS_KANJI = re.compile(f"[{KANJI}]")
_LONGEST_COUNTER = max(map(len, COUNTERS))
_ALSO_SURNAMES = frozenset("本条匹発次分回")
"""Counters that with a numeral before them also look like a surname or place to UniDic (三本, 二条)."""

_ALSO_NOUNS = frozenset("位期節")
"""Counters that with a numeral before them are also rare nouns (三位 さんみ, 一期 いちご, 五節 ごせち)."""

_DATE_AFTER = re.compile("[、,（(]|付|夜|朝|昼|午[前後]|未明|早朝|から|まで|発表")
"""What shows that 1日 is the first of a month, ついたち, if no month is before it."""

_DURATION_AFTER = re.compile("間|後|前|以内|ごろ|頃")
"""What shows that 十分 is ten minutes, じゅっぷん, and not enough, じゅうぶん."""

_ESTIMATE_BEFORE = re.compile(f"[{_KANJI_DIGITS}0-9]、$")
"""What is before the second number of an estimate: 二、三日 is にさんにち, with no みっか in it."""

_FRACTION = re.compile(f"の[0-9{_KANJI_DIGITS}{_SCALES}]")
_PART = Counter("ぶん")
_TENTH = Counter("ぶ")
_MULTIPLE_SYMBOLS = "%％"


class PlacedWord(NamedTuple):
    """A word of the dictionary with its offsets in the text."""

    start: int
    end: int
    surface: str
    word: Word


Piece = tuple[int, int, str | None]
"""A part of a text: start, end, and reading in hiragana or ``None``."""


def may_have_number(text: str) -> bool:
    """Return whether *text* may have a number, in digits or kanji."""
    return _MAY_HAVE_NUMBER.search(text) is not None


def number_phrases(
    text: str, words: Sequence[PlacedWord], numbers: Numbers
) -> Mapping[int, tuple[Piece, ...]]:
    """Return the numbers in *text* with what follows them, by their start: the pieces with their readings.

    Numbers in kanji are always read; those in Arabic digits only if *numbers* is ``kana``.
    """
    text = text.translate(TO_ASCII_DIGITS)
    finder = _Finder(text, words, numbers)
    found = {}
    for number in _NUMBER.finditer(text):
        pieces = tuple(finder.pieces(number))
        if pieces:
            found[number.start()] = pieces
        elif numbers == "kana":  # digits next to kanji that make no number with them
            for digits in _DIGITS.finditer(text, *number.span()):
                kana = "".join(number_parts(digits.group())[0].kana)
                found[digits.start()] = ((*digits.span(), kana),)
    return found


class _Finder:
    def __init__(self, text: str, words: Sequence[PlacedWord], numbers: Numbers) -> None:
        self.text = text
        self.numbers = numbers
        self.by_start = {word.start: word for word in words}
        self.ends = {word.end for word in words}

    def pieces(self, number: re.Match[str]) -> Iterator[Piece]:
        """Yield the pieces of a number and of its counter; nothing if the dictionary is to read them."""
        start, end = number.span()
        if start not in self.by_start:
            return
        written = number.group()
        name, counter = self._counter(end)
        if not self._is_number(start, end, end + len(name)):
            return
        if not name and (self.numbers == "digits" if written.isascii() else len(written) == 1):
            return
        parts = number_parts(written)
        end_of_counter = end + len(name)
        if counter is None:
            yield from self._number(start, parts)
            return
        whole = self._whole(written, name, counter, start, end_of_counter)
        if whole:
            yield start, end_of_counter, whole
        else:
            kana = self._joined(parts, counter, start, end_of_counter)
            yield from self._number(start, parts)
            yield end, end_of_counter, kana if _HAS_KANJI.search(name) or self.numbers == "kana" else None
        yield from self._suffix(end_of_counter, counter)

    def _counter(self, end: int) -> tuple[str, Counter | None]:
        """Return the counter after a number, as written and as a record; an empty text if there is none."""
        for size in range(_LONGEST_COUNTER, 0, -1):
            name = self.text[end : end + size]
            if name in COUNTERS and len(name) == size and self._may_end(end + size, name):
                if self.numbers == "digits" and name in _MULTIPLE_SYMBOLS:
                    continue
                return name, COUNTERS[name]
        word = self.by_start.get(end)
        if word is not None and word.word.reading and any("助数詞" in level for level in word.word.pos):
            return word.surface, counter_of_unidic(
                word.word.reading.translate(TO_HIRAGANA), *word.word.counter
            )
        return "", None

    def _may_end(self, end: int, name: str) -> bool:
        """Return whether a counter may end here: at the end of a word, or before 付 (11日付)."""
        return end in self.ends or (name in "日月" and self.text.startswith("付", end))

    def _is_number(self, start: int, end: int, end_of_counter: int) -> bool:
        """Return whether the dictionary sees a number here, and not another word with a numeral in it."""
        if self.text[start].isascii():
            return True
        if self.text[start] in "何数幾":
            return end in self.ends and end_of_counter > end
        at = start
        while at < end and (word := self.by_start.get(at)) is not None and "数詞" in word.word.pos:
            at = word.end
        if at == end:
            return True
        word = self.by_start.get(at)
        if at != start or word is None or word.end != end_of_counter:
            return False
        counter = self.text[end:end_of_counter]
        if "固有名詞" in word.word.pos:
            return counter in _ALSO_SURNAMES
        if counter in _ALSO_NOUNS:
            return not self.text.startswith("一体", end_of_counter)  # 三位一体, the Trinity
        if word.surface == "十分":
            after_hour = self.text[start - 1 : start] == "時"
            return after_hour or _DURATION_AFTER.match(self.text, end_of_counter) is not None
        return word.surface == "一日" and self._is_date(start, end_of_counter)

    def _is_date(self, start: int, end: int) -> bool:
        """Return whether 1日 is the first of a month."""
        return self.text[start - 1 : start] == "月" or _DATE_AFTER.match(self.text, end) is not None

    def _whole(self, written: str, name: str, counter: Counter, start: int, end: int) -> str:
        """Return the reading of a number with its counter if it is a word of its own (ついたち, ふたり)."""
        value = value_of(written)
        if value is None or _ESTIMATE_BEFORE.search(self.text, max(0, start - 2), start):
            return ""
        if name == "日" and value == 1:
            return "ついたち" if self._is_date(start, end) else ""
        if counter.unit == "day" and value % 10 == 4 and value > 30:  # 34日, 104日
            return "".join([*spelled(value)[:-1], "よっか"])
        return _words_of(counter).get(value, "")

    def _joined(self, parts: list[NumberPart], counter: Counter, start: int, end: int) -> str:
        """Return the counter as it is read after the number, and change the number to fit."""
        last = parts[-1].kana
        if counter is COUNTERS["分"]:
            if _FRACTION.match(self.text, end):
                counter = _PART
            elif self.text[start - 1 : start] == "割":
                counter = _TENTH
        if counter is COUNTERS["日"] and parts[-1].text == "数":
            return "じつ"
        return join(last, counter)

    def _number(self, start: int, parts: list[NumberPart]) -> Iterator[Piece]:
        """Yield the pieces of a number: its kanji, or all of it, with their reading."""
        at = start
        kana = ""
        for part in parts:
            end = at + len(part.text)
            if part.is_arabic and self.numbers == "digits":
                if kana:
                    yield start, at, kana
                    kana = ""
                yield at, end, None
                start = end
            else:
                kana += "".join(part.kana)
            at = end
        if kana:
            yield start, at, kana

    def _suffix(self, at: int, counter: Counter) -> Iterator[Piece]:
        """Yield what follows a counter: 間, 後, 付."""
        for size in (3, 2, 1):
            suffix = self.text[at : at + size]
            kana, units = SUFFIXES.get(suffix, ("", None))
            if kana and at + size in self.ends and (units is None or counter.unit in units):
                yield at, at + size, kana
                return


@cache
def _words_of(counter: Counter) -> dict[int, str]:
    """Return the whole words of a counter by number."""
    pairs = (pair.split("=") for pair in counter.words.split())
    return {int(number): kana for number, kana in pairs}
