"""Spotting: where names stand in running text, in either language or both mixed.

A name is found in any spelling that its key allows ("Japan-U.S.", "Japan US"). The text is folded where it
stands and read unit by unit, a unit being a word of Latin letters or one other character. All beginnings of
all keys are in one dictionary, so most words are done with after one look. All names that begin at a place
are collected first, then those that may not stand there are dropped, and only then the longest is chosen.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Generic, Literal, TypeVar

import attrs

from alliance_ref.matcher.boundaries import Edges
from alliance_ref.matcher.folding import ALPHABETS, LATIN, TAIL, level
from alliance_ref.matcher.offset_map import Closed
from alliance_ref.matcher.prefix_index import Beginnings, Reading
from alliance_ref.records.values import Lang
from alliance_ref.text.keys import BRITISH_SPELLINGS, name_key

T = TypeVar("T")

Overlap = Literal["longest", "all"]

_JAPANESE = re.compile(r"[\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uff66-\uff9f]")
_CASED_AT_MOST = 6  # letters of a name in capitals that must not be found in lower case: US, SAM, SOFA
_PLURAL_AT_LEAST = 4  # letters of a word that may take a plural ending
# A name goes on over spaces, hyphens and dots, but not over what parts clauses, sentences and paragraphs.
_PARTING = re.compile(r"[,，、。､｡:：;；()（）「」『』\"“”]|[^\W\d_]{4,}(?=[.．])|\n\s*?\n")


_POSSESSIVE = re.compile(r"['’ʼ＇]\s*[sSｓ]$")


@attrs.frozen
class Spot(Generic[T]):
    """A name in a text: ``text[start:end]``, and everything that is called so."""

    start: int
    end: int
    called: tuple[T, ...]


@attrs.frozen(eq=False)
class Known(Generic[T]):
    """One name as it is looked for; `inflected` if its key is that of a plural or another spelling."""

    value: T
    lang: Lang
    text: str
    inflected: bool
    written: str | None  # an abbreviation, which must be written so: full stops and plural aside

    def fits(self, text: str) -> bool:
        """Whether *text*, whose key is the name's, is written as the name may be."""
        if parting := _PARTING.findall(text):
            own = unicodedata.normalize("NFKC", self.text).casefold()
            if any(unicodedata.normalize("NFKC", mark).casefold() not in own for mark in parting):
                return False
            if any(len(mark) > 1 and f"{mark.casefold()}." not in own for mark in parting):
                return False
        if self.inflected and _POSSESSIVE.search(text):
            return False  # the plural has the same key, and the name without the ending is there too
        if self.written is None:
            return True
        text = _plainly(text)
        return self.written in (text, text.removesuffix("s")) or (
            "-" in self.written and self.written.replace("-", "") == text
        )


Place = tuple[int, int, str, tuple[Known[T], ...]]
"""Start, end and text of a hit, and the names that it is."""


class Spotter(Generic[T]):
    """Names to look for, each with a value that is given back where it is found.

    >>> spotter = Spotter([("missile defense", "en", "md"), ("ミサイル防衛", "ja", "md")])
    >>> [(s.start, s.end, s.called) for s in spotter.spots("Missile defences、ミサイル防衛")]
    [(0, 16, ('md',)), (17, 23, ('md',))]
    """

    def __init__(self, names: Iterable[tuple[str, Lang, T]]) -> None:
        """A spotter of names given as (text, language, value)."""
        keys: dict[str, list[Known[T]]] = {}
        for text, lang, value in names:
            written = _plainly(text) if _is_in_capitals(text) else None
            for number, key in enumerate(_keys(text, lang)):
                if key:
                    keys.setdefault(key, []).append(Known(value, lang, text, number > 0, written))
        self._known: Beginnings[Known[T]] = Beginnings(keys)

    def spots(
        self, text: str, *, lang: Lang | None = None, overlap: Overlap = "longest", boundaries: bool = True
    ) -> tuple[Spot[T], ...]:
        """Where the names stand in *text*, in order.

        Args:
            text: English, Japanese or both.
            lang: Names of this language only.
            overlap: ``longest`` takes the leftmost and longest names, ``all`` those inside others too.
            boundaries: Whether a Japanese name must begin and end with a token of the text. An English one
                must always begin and end with a word.
        """
        return tuple(
            Spot(start, end, tuple(dict.fromkeys(known.value for known in called)))
            for start, end, _, called in self.places(text, lang=lang, overlap=overlap, boundaries=boundaries)
        )

    def places(
        self,
        text: str,
        *,
        lang: Lang | None = None,
        overlap: Overlap = "longest",
        boundaries: bool = True,
        compounds: bool = False,
    ) -> Iterator[Place[T]]:
        """As :meth:`spots`, one after the other, with the names themselves.

        Args:
            text: As there.
            lang: As there.
            overlap: As there.
            boundaries: As there.
            compounds: Whether to leave out what is part of the name of a body
                (see :mod:`alliance_ref.matcher.boundaries`); only with *boundaries*.
        """
        closed = Closed(level(text))
        reading = Reading(self._known, closed)
        edges: Edges | None = None
        if boundaries and lang != "en" and _JAPANESE.search(text):
            edges = Edges(text, closed.folded, reading.ends if compounds else None)
        mixed = ALPHABETS.search(closed.folded) is not None
        key, names, longest = closed.key, self._known.names, overlap == "longest"
        fitting: dict[str, tuple[Known[T], ...]] = {}
        done = 0
        for at, (thirds, always) in reading.places():
            if at < done:
                continue
            lengths = thirds.get(key[at + 2], always)
            for length in lengths if longest else reversed(lengths):
                piece = key[at : at + length]
                if piece not in names or not (span := closed.span(at, at + length)):
                    continue
                start, end = span
                shown = text[start:end]
                called = fitting.get(shown)
                if called is None:
                    called = fitting[shown] = self._fitting(piece, shown, lang)
                if not called or (mixed and _goes_on(closed.folded, start, end)):
                    continue
                if edges is None or edges.allow(start, end):
                    yield start, end, shown, called
                    if longest:
                        done = at + length
                        break

    def _fitting(self, piece: str, shown: str, lang: Lang | None) -> tuple[Known[T], ...]:
        """The names that *shown* may be, found as *piece* of the key of the text."""
        if "ヶ" in (piece[0], piece[-1]):  # perhaps only for what stands beside it
            piece = name_key(shown)
        found = self._known.names.get(piece, ())
        return tuple(known for known in found if lang in (None, known.lang) and known.fits(shown))


def _goes_on(folded: str, start: int, end: int) -> bool:
    """Whether a word goes on, before *start* or behind *end*, in the letters of another alphabet."""
    for at in (start, end):
        last = at - 1
        while last > 0 and folded[last] == TAIL:
            last -= 1
        before, behind = folded[max(last, 0) : at][:1], folded[at : at + 1]
        letters = [(LATIN.match(one), ALPHABETS.match(one)) for one in (before, behind)]
        if all(map(any, letters)) and any(other for _, other in letters):
            return True
    return False


def _plainly(name: str) -> str:
    return unicodedata.normalize("NFKC", name).replace(".", "").replace(" ", "")


def _is_in_capitals(name: str) -> bool:
    letters = [character for character in name if character.isalpha()]
    return 0 < len(letters) <= _CASED_AT_MOST and all(letter.isupper() for letter in letters)


def _keys(name: str, lang: Lang) -> Iterator[str]:
    """The keys of a name: as it is, and in English its other spellings and its plural."""
    key = name_key(name)
    yield key
    if lang == "ja" or not key:
        return
    keys = {key}
    for british, american in BRITISH_SPELLINGS:
        for known in tuple(keys):
            keys.add(known.replace(british, american).replace(american, british))
            keys.add(known.replace(british, american))
    last = re.split(r"[\s\-–]+", name)[-1]
    if last[-1:].isalpha() and last[-1:].islower() and len(last) >= _PLURAL_AT_LEAST:
        keys |= {plural for known in tuple(keys) for plural in _plurals(known)}
    elif _is_in_capitals(name) and len(name) > 1:
        keys |= {f"{known}s" for known in tuple(keys)}
    yield from sorted(keys - {key})


def _plurals(key: str) -> tuple[str, ...]:
    if key.endswith("y") and key[-2] not in "aeou":
        return (f"{key[:-1]}ies",)
    if key.endswith(("s", "x", "ch", "sh", "z")):
        return (f"{key}es",)
    return (f"{key}s",)
