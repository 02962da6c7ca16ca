"""Folded text closed up: without the gaps that a key does not have, and the way back to the text.

Names are looked for in one string that is the key of the whole text, so that a name is there if its key is,
whatever stands between its parts. Where a hit lies in the text is asked for hits alone: the text is kept as
stretches without gaps, and a place in the key is found among them by bisection.
"""

import re
from bisect import bisect_right
from itertools import accumulate, compress, count
from operator import not_

from alliance_ref.finding.levels import LATIN, TAIL, WORD, expanded, is_coded
from alliance_ref.keys import with_small_ke

_WORD = re.compile(WORD)
_CODES = re.compile("([\U00100000-\U0010ffff])")


class Closed:
    """The key of a text, and where in the text each part of it stands.

    `key` ends with two spaces, which are nowhere else in it. `codes` says where characters that fold to
    several, or to part of a word that they do not belong to, begin in the key.
    """

    def __init__(self, folded: str) -> None:
        """The key of *folded*, which is made by :func:`alliance_ref.finding.levels.level`."""
        self.folded = folded
        self.codes: list[int] = []
        self._begins: list[int] = []  # of stretches, in the key
        self._places: list[int] = []  # of the same, in the text
        self._runs: list[str] = []  # what was taken up last
        self._solid: frozenset[int] = frozenset()  # stretches of one character that folds to several
        self.key = with_small_ke(self._closed()) + "  "

    def _closed(self) -> str:
        if not is_coded(self.folded):
            key = self._close(self.folded, 0, 0)
            self._begins.append(len(key))
            self._places.append(len(self.folded))
            return key
        parts: list[str] = []
        solid: list[int] = []
        at = place = 0
        for piece in _CODES.split(self.folded):
            if piece >= "\U00100000":
                part = expanded(piece)
                if part:
                    solid.append(len(self._begins))
                    self.codes.append(at)
                    self._begins.append(at)
                    self._places.append(place)
            else:
                part = self._close(piece, at, place)
            parts.append(part)
            at += len(part)
            place += len(piece)
        self._solid = frozenset(solid)
        self._begins.append(at)
        self._places.append(place)
        return "".join(parts)

    def _close(self, piece: str, at: int, place: int) -> str:
        """Take up a piece without codes that begins at these places in the key and in the text."""
        self._runs = runs = piece.split(" ")
        sizes = list(map(len, runs))
        self._begins += accumulate(sizes[:-1], initial=at)
        self._places += accumulate(map((1).__add__, sizes[:-1]), initial=place)
        return "".join(runs)

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
        number = bisect_right(self._places, place) - 1
        return self._begins[number] + place - self._places[number]

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Where ``key[start:end]`` stands in the text; ``None`` if that cuts a character or ends in a word."""
        begins, places, folded = self._begins, self._places, self.folded
        number = bisect_right(begins, start) - 1
        first = places[number] + start - begins[number]
        if number in self._solid and start > begins[number]:
            return None
        if begins[number + 1] < end:
            number = bisect_right(begins, end - 1) - 1
        stop = places[number] + end - begins[number]
        if self._solid and number in self._solid:
            if end < begins[number + 1]:
                return None
            stop = places[number] + 1
        following = folded[stop : stop + 1]
        if following == " ":
            return first, stop
        last = stop - 1
        while following == TAIL:
            stop += 1
            following = folded[stop : stop + 1]
        if following and LATIN.match(following) and LATIN.match(folded, last):
            return None
        return first, stop
