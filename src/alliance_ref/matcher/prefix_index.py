"""How names begin, and where in the key of a text one may.

Names are told by their first word, or by their first three characters where they are not written in words:
from these a table leads to the lengths of all names that begin so, and a name is there if a stretch of such a
length is one. Where no name begins is told in bulk, so that few places are looked at one by one.
"""

import re
from array import array
from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import compress, count, repeat
from typing import Generic, TypeVar

from alliance_ref.matcher.folding import LATIN, TAIL
from alliance_ref.matcher.offset_map import Closed

V = TypeVar("V")

_KE = "ケヵカがか"  # kana that may stand for a small ke, which depends on what is around them
_RUN = re.compile(f"{LATIN.pattern}+")
_WIDE = re.compile("[\U00010000-\U0010ffff]")

Lengths = tuple[int, ...]
"""How long the names are that may begin at a place, the longest first."""

Heads = tuple[Mapping[str, Lengths], Lengths]
"""How long names are that begin with two characters, by the third one, and whatever the third one is."""

_NO_THIRDS: Mapping[str, Lengths] = {}
_NONE: Heads = _NO_THIRDS, ()
_ONE: Heads = _NO_THIRDS, (1,)


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
        self.within = _Within(frozenset(keys))
        self.beyond = _Beyond(sorted(keys), self.within)

    def _take_others(self, keys: Sequence[str]) -> None:
        """Take up the names that begin with no letter: by their first two characters and their third."""
        singles = {key for key in keys if len(key) == 1}
        longer = [key for key in keys if len(key) > 1]
        begun: dict[int, tuple[dict[str, set[int]], set[int]]] = {}
        for key, pair in zip(longer, _pairs("".join([key[:2] for key in longer]))[0], strict=True):
            thirds, always = begun.setdefault(pair, ({}, set()))
            if key[0] in singles:
                always.add(1)
            (thirds.setdefault(key[2], set()) if len(key) > 2 else always).add(len(key))
        self.pairs: dict[int, Heads] = {}
        for pair, (thirds, always) in begun.items():
            self.pairs[pair] = (
                {third: _longest_first(lengths | always) for third, lengths in thirds.items()},
                _longest_first(always),
            )
        self.first = _one_of({key[0] for key in keys})
        self.single = _one_of(singles)


class _Within(dict[str, Lengths]):
    """By what names begin with: how long the names are that it begins with; filled in when asked for."""

    def __init__(self, names: Container[str]) -> None:
        self._names = names

    def __missing__(self, beginning: str) -> Lengths:
        sizes = range(1, len(beginning) + 1)
        lengths = self[beginning] = _longest_first(size for size in sizes if beginning[:size] in self._names)
        return lengths


class _Beyond(dict[str, Lengths]):
    """As :class:`_Within`, and how long all names are that begin with it."""

    def __init__(self, names: Sequence[str], within: _Within) -> None:
        self._names = names
        self._within = within

    def __missing__(self, beginning: str) -> Lengths:
        names = self._names
        found = set(self._within[beginning])
        for at in range(bisect_left(names, beginning), len(names)):
            if not names[at].startswith(beginning):
                break
            found.add(len(names[at]))
        lengths = self[beginning] = _longest_first(found)
        return lengths


def _longest_first(lengths: Iterable[int]) -> Lengths:
    return tuple(sorted(lengths, reverse=True))


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
        self._words = self._places_of_words()

    def places(self) -> Iterator[tuple[int, Heads]]:
        """Where in the key names may begin, in order, and how long those are that may."""
        known, key = self._known, self._closed.key
        if not known.first or not known.first.search(key):
            places = sorted(self._words)
            return zip(places, zip(repeat(_NO_THIRDS), map(self._words.__getitem__, places)), strict=False)
        heads: list[Heads | None] = [None] * len(key)
        for begin, pairs in enumerate(_pairs(key)):
            heads[begin : begin + 2 * len(pairs) : 2] = map(known.pairs.get, pairs)
        for found in known.single.finditer(key) if known.single else ():
            heads[found.start()] = heads[found.start()] or _ONE
        for at, lengths in self._words.items():
            heads[at] = _NO_THIRDS, lengths
        return zip(compress(count(), heads), filter(None, heads), strict=False)

    def _places_of_words(self) -> dict[int, Lengths]:
        """Where words stand with which names begin, and how long these are; told by up to three words."""
        known, closed = self._known, self._closed
        places: dict[int, Lengths] = {}
        words, begins = closed.words()
        begun, alone, turning = known.begun, known.alone, known.turning
        ahead = zip(begins, words, [*words[1:], ""], [*words[2:], "", ""], strict=False)
        for at, word, second, third in compress(ahead, map(begun.__contains__, words)):
            two = word + second
            if word in turning:
                places[at] = known.beyond[word]
            elif two in begun:
                three = two + third
                if three in begun:
                    places[at] = known.beyond[three]
                elif two in turning:
                    places[at] = known.beyond[two]
                elif lengths := known.within[two]:
                    places[at] = lengths
            elif word in alone:
                places[at] = alone[word]
        for code in closed.codes:  # a name may go on with a character that is no part of a word: policy²
            last = bisect_left(begins, code)
            for number in range(max(0, last - 2), last):
                if words[number] in known.begun:
                    places[begins[number]] = known.beyond[words[number]]
            places[code] = self._lengths_at(code)
        return places

    def _lengths_at(self, at: int) -> Lengths:
        """How long the names are that may begin at one place."""
        key, known = self._closed.key, self._known
        if LATIN.match(key, at):
            return known.beyond[key[at]] if key[at] in known.begun else ()
        single = known.single and known.single.match(key, at)
        pair = _pairs(key[at : at + 2])[0]
        thirds, always = (known.pairs.get(pair[0]) if pair else None) or (_ONE if single else _NONE)
        return thirds.get(key[at + 2 : at + 3], always)

    def ends(self, place: int) -> frozenset[int]:
        """Where in the text all names end that begin at a place of it."""
        closed = self._closed
        if closed.folded[place : place + 1] in ("", " ", TAIL):
            return frozenset()
        at = closed.at(place)
        spans = (
            closed.span(at, at + size)
            for size in self._lengths_at(at)
            if closed.key[at : at + size] in self._known.names
        )
        return frozenset(span[1] for span in spans if span)
