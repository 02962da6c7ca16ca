"""How names begin, and where in the key of a text one may.

Names are told by their first word, or by their first three characters where they are not written in words:
from these a table leads to the lengths of all names that begin so, and a name is there if a stretch of such a
length is one. Where no name begins is told in bulk, so that few places are looked at one by one.
"""

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import compress, count
from operator import add
from typing import Generic, TypeVar

from alliance_ref.finding.closed import Closed
from alliance_ref.finding.levels import LATIN, TAIL

V = TypeVar("V")

_KE = "ケヵカがか"  # kana that may stand for a small ke, which depends on what is around them
_RUN = re.compile(f"{LATIN.pattern}+")
_WIDE = re.compile("[\U00010000-\U0010ffff]")

Lengths = tuple[int, ...]
"""How long the names are that may begin at a place, the longest first."""

ONE: Lengths = (1,)
"""Where nothing is known of two or three characters, only one may be a name."""


class Beginnings(Generic[V]):
    """Keys with their values, ready to be found in the key of a text.

    `names` has beside the keys what they become in a text where another kanji stands before or behind them
    (か所 in 一か所), with no values.
    """

    def __init__(self, keys: Mapping[str, Sequence[V]]) -> None:
        """Beginnings of *keys*."""
        self.names: dict[str, Sequence[V]] = dict(keys)
        for key in keys:
            for other in _beside_kanji(key):
                self.names.setdefault(other, ())
        self._take_spelled([key for key in self.names if LATIN.match(key)])
        self._take_others([key for key in self.names if key and not LATIN.match(key)])

    def _take_spelled(self, keys: Sequence[str]) -> None:
        """Take up the names that begin with a letter: by all their beginnings, as far as the letters go."""
        self.begun = set[str]()
        self.alone: dict[str, Lengths] = {}
        self.turning = set[str]()  # words behind which a name goes on with something else than a word: R&D
        for key in keys:
            run = _RUN.match(key).end()  # type: ignore[union-attr]  # it begins with a letter
            if run < len(key):
                self.turning.add(key[:run])
            else:
                self.alone[key] = (run,)
            for length in range(run, 0, -1):
                if key[:length] in self.begun:
                    break
                self.begun.add(key[:length])
        self.lengths = _LengthsOf(sorted(keys))

    def _take_others(self, keys: Sequence[str]) -> None:
        """Take up the names that begin with no letter: by their first three characters, or shorter."""
        singles = {key for key in keys if len(key) == 1}
        twos = {key for key in keys if len(key) == 2}
        heads: dict[str, set[int]] = {}
        for key in keys:
            if len(key) > 2:
                heads.setdefault(key[:3], set()).add(len(key))
        for head, lengths in heads.items():
            lengths.update(size for size, shorter in ((1, singles), (2, twos)) if head[:size] in shorter)
        self.heads: dict[str, Lengths] = {
            **{two: (2, 1) if two[0] in singles else (2,) for two in twos},
            **{head: tuple(sorted(lengths, reverse=True)) for head, lengths in heads.items()},
        }
        self.first = _one_of({key[0] for key in keys})
        self.single = _one_of(singles)
        self.pairs = frozenset(_pairs("".join({head[:2] for head in self.heads}))[0])


class _LengthsOf(dict[str, Lengths]):
    """By what names begin with: how long these are, and those that it begins with; filled in when asked for."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names

    def __missing__(self, beginning: str) -> Lengths:
        names = self._names
        found = set[int]()
        for at in range(bisect_left(names, beginning), len(names)):
            if not names[at].startswith(beginning):
                break
            found.add(len(names[at]))
        for size in range(1, len(beginning)):
            at = bisect_left(names, beginning[:size])
            if names[at] == beginning[:size]:
                found.add(size)
        lengths = self[beginning] = tuple(sorted(found, reverse=True))
        return lengths


def _beside_kanji(key: str) -> Iterator[str]:
    """What a key becomes where a kanji stands beside it."""
    if key and key[0] in _KE:
        yield f"ヶ{key[1:]}"
    if key and key[-1] in _KE:
        yield f"{key[:-1]}ヶ"
        if key[0] in _KE:
            yield f"ヶ{key[1:-1]}ヶ"


def _one_of(characters: set[str]) -> "re.Pattern[str] | None":
    return re.compile("[" + "".join(map(re.escape, sorted(characters))) + "]") if characters else None


def _pairs(text: str) -> tuple["array[int]", "array[int]"]:
    """Each two characters as one number: those at even places and those at odd ones."""
    units = _WIDE.sub("\uffff", text).encode("utf-16-le", "surrogatepass")
    even, odd = array("I"), array("I")
    even.frombytes(units[: len(units) // 4 * 4])
    odd.frombytes(units[2 : (len(units) - 2) // 4 * 4 + 2])
    return even, odd


class Reading(Generic[V]):
    """The key of a text, read for names."""

    def __init__(self, known: Beginnings[V], closed: Closed) -> None:
        """A reading of *closed* for the names *known*."""
        self._known = known
        self._closed = closed
        self.words = self._places_of_words() if known.begun else {}
        self.words.update((at, self._lengths_at(at)) for at in closed.codes)

    def places(self) -> list[int]:
        """Where in the key names may begin, in order, some of them twice."""
        places = [*self.words, *self._other_places()]
        places.sort()
        return places

    def _places_of_words(self) -> dict[int, Lengths]:
        """Where words stand with which names begin, and how long these are."""
        known, closed = self._known, self._closed
        words, begins = closed.words()
        lengths: list[Lengths | None] = list(map(known.alone.get, words))
        places = dict(zip(compress(begins, lengths), filter(None, lengths), strict=True))
        twos = list(map(add, words, words[1:]))
        begun = list(map(known.begun.__contains__, twos))
        places.update(zip(compress(begins, begun), map(known.lengths.__getitem__, compress(twos, begun)), strict=True))
        turning = map(known.turning.__contains__, words) if known.turning else ()
        numbers = [*compress(count(), turning)]
        # And the words before characters that may go on with a word and are none: policy².
        numbers += (bisect_left(begins, at) - 1 for at in closed.codes)
        for number in numbers:
            if number >= 0 and words[number] in known.begun:
                places[begins[number]] = known.lengths[words[number]]
        return places

    def _other_places(self) -> list[int]:
        key, known = self._closed.key, self._known
        if not known.first or not known.first.search(key):
            return []
        even, odd = _pairs(key)
        found = list(compress(count(0, 2), map(known.pairs.__contains__, even)))
        found += compress(count(1, 2), map(known.pairs.__contains__, odd))
        if known.single:
            found += (one.start() for one in known.single.finditer(key))
        return found

    def _lengths_at(self, at: int) -> Lengths:
        """How long the names are that may begin at one place."""
        key, known = self._closed.key, self._known
        if LATIN.match(key, at):
            return known.lengths[key[at]] if key[at] in known.begun else ()
        single = known.single and known.single.match(key, at)
        return known.heads.get(key[at : at + 3]) or known.heads.get(key[at : at + 2]) or (single and (1,)) or ()

    def ends(self, place: int) -> frozenset[int]:
        """Where in the text all names end that begin at a place of it."""
        closed = self._closed
        if closed.folded[place : place + 1] in ("", " ", TAIL):
            return frozenset()
        at = closed.at(place)
        spans = (closed.span(at, at + size) for size in self._lengths_at(at) if closed.key[at : at + size] in self._known.names)
        return frozenset(span[1] for span in spans if span)
