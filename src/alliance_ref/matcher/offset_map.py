"""Folded text closed up: without the gaps that a key does not have, and the way back to the text.

Names are looked for in one string that is the key of the whole text, so that a name is there if its key is,
whatever stands between its parts. Where a hit lies in the text is asked for hits alone: the text is kept as
stretches without gaps, and a place in the key is found among them by bisection.
"""

import re
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate, compress, count
from operator import add, not_
from typing import TYPE_CHECKING

from alliance_ref.matcher.folding import LATIN, TAIL, WORD, expanded, is_coded
from alliance_ref.text.keys import with_small_ke

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = re.compile(WORD)
_CODES = re.compile("([\U00100000-\U0010ffff])")


class Closed:
    """The key of a text, and where in the text each part of it stands.

    `key` ends with two spaces, which are nowhere else in it. `codes` says where characters that fold to
    several, or to part of a word that they do not belong to, begin in the key.
    """

    def __init__(self, folded: str) -> None:
        """The key of *folded*, which is made by :func:`alliance_ref.matcher.folding.level`."""
        self.folded = folded
        self.codes: list[int] = []
        self._runs: list[str] = []  # the stretches, as long as there is nothing else
        self._begins: list[int] = []  # of stretches, in the key, and where the last one ends
        self._shifts: Sequence[int] = ()  # how much further on they begin in the text
        self._solid: frozenset[int] = frozenset()  # stretches of one character that folds to several
        self.key = with_small_ke(self._of_parts() if is_coded(folded) else self._of_runs()) + "  "

    def _of_runs(self) -> str:
        """The key of text without codes, where each stretch is one gap further on than that before it."""
        self._runs = self.folded.split(" ")
        self._begins = list(accumulate(map(len, self._runs), initial=0))
        self._shifts = range(len(self._begins))
        return "".join(self._runs)

    def _of_parts(self) -> str:
        """The key of text with codes, each of which is a stretch of its own."""
        parts: list[str] = []
        shifts: list[int] = []
        solid: list[int] = []
        at = place = 0
        for piece in _CODES.split(self.folded):
            if piece < "\U00100000":
                runs = piece.split(" ")
                part = "".join(runs)
                self._begins += accumulate(map(len, runs[:-1]), initial=at)
                shifts += range(place - at, place - at + len(runs))
            elif part := expanded(piece):
                solid.append(len(self._begins))
                self.codes.append(at)
                self._begins.append(at)
                shifts.append(place - at)
            parts.append(part)
            at += len(part)
            place += len(piece)
        self._begins.append(at)
        self._shifts = [*shifts, place - at]
        self._solid = frozenset(solid)
        return "".join(parts)

    @cached_property
    def _places(self) -> list[int]:
        """Where the stretches begin in the text."""
        return list(map(add, self._begins, self._shifts))

    def words(self) -> tuple[list[str], list[int]]:
        """The words of Latin letters and digits, as they are in the key, and where they begin there."""
        if self._runs and self.folded.isascii():
            return self._words_of_ascii(self._runs)
        words: list[str] = []
        begins: list[int] = []
        for found in _WORD.finditer(self.folded):
            word = found.group()
            words.append(word if word.isascii() else expanded(word))
            begins.append(self.at(found.start()))
        return words, begins

    def _words_of_ascii(self, runs: list[str]) -> tuple[list[str], list[int]]:
        """From space to space, with a closer look where there is more than letters."""
        begins = list(compress(self._begins, runs))
        words = list(filter(None, runs))
        for at in reversed(list(compress(count(), map(not_, map(str.isalnum, words))))):
            inside = list(_WORD.finditer(words[at]))
            begins[at : at + 1] = [begins[at] + found.start() for found in inside]
            words[at : at + 1] = [found.group() for found in inside]
        return words, begins

    def at(self, place: int) -> int:
        """Where in the key the character stands that begins at *place* in the text."""
        return place - self._shifts[bisect_right(self._places, place) - 1]

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Where ``key[start:end]`` stands in the text; ``None`` if it cuts a character or ends in a word."""
        begins, shifts, folded = self._begins, self._shifts, self.folded
        number = bisect_right(begins, start) - 1
        first = start + shifts[number]
        if self._solid and number in self._solid and start > begins[number]:
            return None
        while begins[number + 1] < end:
            number += 1
        stop = end + shifts[number]
        if self._solid and number in self._solid:
            if end < begins[number + 1]:
                return None
            stop = begins[number] + shifts[number] + 1
        following = folded[stop : stop + 1]
        if following == " " or "\u024f" < following < "\U00100000":
            return first, stop
        last = stop - 1
        while following == TAIL:
            stop += 1
            following = folded[stop : stop + 1]
        if following and LATIN.match(following) and LATIN.match(folded, last):
            return None
        return first, stop
