"""All beginnings of all keys in one dictionary, and the reading of folded text with them.

Where no name begins is told in bulk, by two words or three characters at once, so that the slow walk from
unit to unit is left for the few places where one may.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import accumulate, compress, count, islice
from operator import add, not_
from typing import Generic, TypeVar

from alliance_ref.finding.levels import CODED, LATIN, UNIT, WORD, expanded, is_coded
from alliance_ref.keys import name_key

V = TypeVar("V")

_KE = "ケヵカがか"  # kana that may stand for a small ke, which depends on what is around them
_GAP = re.compile(" *")
_WORD = re.compile(WORD)
_ODD = re.compile(f"ヶ|{LATIN.pattern}")
_SHORT = [1, 2]
_BREAK = re.compile("[ \U00100000-\U0010ffff]")

Ends = list[tuple[int, Sequence[V]]]
"""Where the names end that begin at a place, the shortest first, and their values."""


class Beginnings(Generic[V]):
    """Keys with their values, ready to be found in folded text."""

    def __init__(self, keys: Mapping[str, Sequence[V]]) -> None:
        """Beginnings of *keys*."""
        self.begun: dict[str, Sequence[V]] = dict(keys)
        for key in keys:
            for length in range(len(key) - 1, 0, -1):
                if key[:length] in self.begun:
                    break
                self.begun[key[:length]] = ()
        begun = self.begun
        firsts = [key for key in begun if len(key) == 1 and not LATIN.match(key)]
        short = [key for key in begun if len(key) < 4 and not LATIN.match(key)]
        short += [key[:-1] + kana for key in short if key[-1] == "ヶ" for kana in _KE]
        # Two characters to begin with, or one and a gap, and then likewise three.
        self.pairs = {key for key in short if len(key) == 2} | {f"{first} " for first in firsts}
        self.triples = {key for key in short if len(key) == 3} | {f"{pair} " for pair in self.pairs}
        self.whole = {key for key in self.pairs if key[1] in _KE or key[1] == " " or begun.get(key)}
        self.first = re.compile("[" + "".join(map(re.escape, firsts)) + "\U00108000-\U0010fff0]")
        singles = [re.escape(first) for first in firsts if begun[first]]
        self.single = re.compile("[" + "".join(singles) + "]") if singles else None
        # How long the names are that begin with three characters, and where length is not all.
        lengths: dict[str, set[int]] = {}
        stems: dict[str, set[str]] = {}
        for key in begun:
            if begun[key] and not LATIN.match(key):
                head = key[:3]
                known = lengths.setdefault(head, {n for n in (1, 2) if n <= len(key) and begun.get(key[:n])})
                if odd := _ODD.search(key):
                    stems.setdefault(head, set()).add(key[: odd.start()])
                    for kana in _KE:  # any of which may stand in the text instead
                        if "ヶ" in head:
                            lengths.setdefault(head.replace("ヶ", kana), set()).update(known)
                            stems.setdefault(head.replace("ヶ", kana), set()).add(key[: odd.start()])
                else:
                    known.add(len(key))
        self.heads = {
            head: (sorted(known), max(map(len, (head, *stems.get(head, ())))), tuple(stems.get(head, ())))
            for head, known in lengths.items()
        }
        # Words behind which a name goes on with something else than a word: R&D.
        self.turning = {
            key[:-1] for key in begun if len(key) > 1 and LATIN.match(key[-2]) and not LATIN.match(key[-1])
        }


class Reading(Generic[V]):
    """Folded text, read for names. `starts` are the places where a name may begin."""

    def __init__(self, known: Beginnings[V], folded: str) -> None:
        """A reading of *folded* for the keys *known*."""
        self._known = known
        self._folded = folded
        self._coded = is_coded(folded)
        self._words, self._places = _words_of_ascii(folded) if folded.isascii() else _words_of(folded)
        if self._coded:
            self._words = [word if word.isprintable() else expanded(word) for word in self._words]
        begun, turning = known.begun, known.turning
        following = map(add, self._words, [*self._words[1:], ""])
        likely = zip(self._words, following, count(), strict=False)
        before_codes = self._before_codes() if self._coded else frozenset()
        self._numbers = {
            self._places[number]: number
            for word, two, number in compress(likely, map(begun.__contains__, self._words))
            if two in begun or begun[word] or word in turning or number in before_codes
        }
        self.starts = list(self._numbers)
        if known.first.search(folded):
            self.starts = sorted({*self.starts, *self._other_starts()})

    def _other_starts(self) -> list[int]:
        folded, known = self._folded, self._known
        pairs = map(add, folded, islice(folded, 1, None))
        triples, whole = known.triples, known.whole
        starts = [
            at
            for at in compress(count(), map(known.pairs.__contains__, pairs))
            if folded[at : at + 3] in triples or folded[at : at + 2] in whole
        ]
        if known.single:
            starts += [found.start() for found in known.single.finditer(folded)]
        if self._coded:
            near = {at for found in CODED.finditer(folded) for at in range(found.end() - 3, found.end())}
            starts += [at for at in near if at >= 0 and known.first.match(folded, at)]
        return starts

    def _before_codes(self) -> frozenset[int]:
        """The words before characters that may go on with a word and are none: policy²."""
        codes = CODED.finditer(self._folded)
        return frozenset(bisect_left(self._places, found.start()) - 1 for found in codes)

    def ends(self, at: int) -> Ends[V]:
        """The ends of all names that begin at a place, the shortest first."""
        number = self._numbers.get(at)
        if number is not None:
            return self._ends_in_words(number)
        folded, begun = self._folded, self._known.begun
        three = folded[at : at + 3]
        head = self._known.heads.get(three)
        if head:
            lengths, longest, stems = head
            if lengths and lengths[-1] > longest:
                longest = lengths[-1]
        elif three[1:2] in _KE or three[2:] in _KE:
            return self._ends_in_units(at)
        else:
            lengths, longest, stems = _SHORT, 3, ()
        stretch = folded[at : at + longest + 1]
        broken = _BREAK.search(stretch)
        if (broken and self._goes_on(at, stretch[: broken.start()])) or (stems and stretch.startswith(stems)):
            return self._ends_in_units(at)
        return [
            (at + length, names)
            for length in lengths
            if length <= len(stretch) and (names := begun.get(stretch[:length]))
        ]

    def _goes_on(self, at: int, stretch: str) -> bool:
        """Whether a name may go on over the break behind *stretch*; then it must be read slowly."""
        if stretch not in self._known.begun:
            return not stretch
        after = _GAP.match(self._folded, at + len(stretch)).end()  # type: ignore[union-attr]
        following = self._folded[after : after + 1]
        return following in _KE or following >= "\U00100000" or stretch + following in self._known.begun

    def _ends_in_words(self, number: int) -> Ends[V]:
        """As :meth:`ends`, from one word to the next."""
        folded, words, places, begun = self._folded, self._words, self._places, self._known.begun
        at, key = places[number], words[number]
        if key in self._known.turning or (self._coded and not self._is_plain(number)):
            return self._ends_in_units(at)
        end = at + len(key)
        names: Sequence[V] | None = begun[key]
        found: Ends[V] = []
        while True:
            if names:
                found.append((end, names))
            number += 1
            if number == len(words):
                return found
            word = words[number]
            key += word
            names = begun.get(key)
            if names is None:
                return found
            start = places[number]
            if (start > end + 1 or folded[end] != " ") and folded[end:start].strip(" "):
                return found
            end = start + len(word)
            if key in self._known.turning or (self._coded and not self._is_plain(number)):
                return self._ends_in_units(at)

    def _is_plain(self, number: int) -> bool:
        """Whether a word and what stands behind it have no codes."""
        after = number + 1
        end = self._places[after] if after < len(self._places) else None
        return CODED.search(self._folded[self._places[number] : end]) is None

    def _ends_in_units(self, at: int) -> Ends[V]:
        """As :meth:`ends`, from one unit to the next: slow, and right for any text."""
        begun, folded, coded = self._known.begun, self._folded, self._coded
        found: Ends[V] = []
        key = ""
        size = len(folded)
        while at < size:
            piece = folded[at]
            if coded or piece < "\u0250":
                unit = UNIT.match(folded, at)
                assert unit is not None
                piece, at = unit.group(), unit.end()
                if coded:
                    piece = expanded(piece)
            else:
                at += 1
            names = begun.get(key + piece)
            if names:
                found.append((at, names))
            following = folded[at : at + 1]
            if following == " ":
                at = _GAP.match(folded, at).end()  # type: ignore[union-attr]  # it matches anywhere
                following = folded[at : at + 1]
            if not following:
                break
            if key and piece and piece in _KE:
                # What a kana between kanji stands for shows only when the name goes on behind it.
                piece = name_key(key[-1] + piece + expanded(following))[1]
                names = begun.get(key + piece)
            if names is None:
                break
            key += piece
            if key + following not in begun and following not in _KE and following < "\U00100000":
                break
        return found


def _words_of(folded: str) -> tuple[list[str], list[int]]:
    """The words of folded text, and where they begin."""
    return _WORD.findall(folded), [found.start() for found in _WORD.finditer(folded)]


def _words_of_ascii(folded: str) -> tuple[list[str], list[int]]:
    """As :func:`_words_of`, from space to space, with a closer look where there is more than letters."""
    runs = folded.split(" ")
    begins = accumulate(map((1).__add__, map(len, runs)), initial=0)
    places = list(compress(begins, runs))
    words = list(filter(None, runs))
    for at in reversed(list(compress(count(), map(not_, map(str.isalnum, words))))):
        inner, inside = _words_of(words[at])
        places[at : at + 1] = [places[at] + place for place in inside]
        words[at : at + 1] = inner
    return words, places
