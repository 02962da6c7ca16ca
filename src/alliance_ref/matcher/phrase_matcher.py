"""Find many names in running text, in either language or both mixed.

A name is found in any spelling with the same key ("Japan-U.S.", "Japan US"). The text is folded without
changing its length and read unit by unit; a unit is a word of Latin letters or one other character. The
prefixes of all keys are in one dictionary, so most words need one lookup. All names that begin at a position
are collected first, then those that may not occur there are dropped, then the longest is chosen.
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
from alliance_ref.text.scripts import JAPANESE

T = TypeVar("T")

Overlap = Literal["longest", "all"]

_JAPANESE = re.compile(f"[{JAPANESE}]")
_MAX_CASED = 6  # a name of up to so many capitals is not found in lower case: US, SAM, SOFA
_MIN_PLURAL = 4  # a word of at least so many letters may have a plural ending
# A name may contain spaces, hyphens and periods, but not the marks between clauses, sentences, paragraphs.
_SEPARATOR = re.compile(r"[,，、。､｡:：;；()（）「」『』\"“”]|[^\W\d_]{4,}(?=[.．])|\n\s*?\n")


_POSSESSIVE = re.compile(r"['’ʼ＇]\s*[sSｓ]$")


@attrs.frozen
class Span(Generic[T]):
    """A name in a text, ``text[start:end]``, with the values of all patterns that match it."""

    start: int
    end: int
    values: tuple[T, ...]


@attrs.frozen(eq=False)
class Pattern(Generic[T]):
    """A name to find; `inflected` if its key is that of a plural or of a British or American spelling."""

    value: T
    lang: Lang
    text: str
    inflected: bool
    written: str | None  # an abbreviation must be written like this, except for periods and a plural ending

    def fits(self, text: str) -> bool:
        """Return whether *text*, which has the key of the name, is a permitted spelling of it."""
        if parting := _SEPARATOR.findall(text):
            own = unicodedata.normalize("NFKC", self.text).casefold()
            if any(unicodedata.normalize("NFKC", mark).casefold() not in own for mark in parting):
                return False
            if any(len(mark) > 1 and f"{mark.casefold()}." not in own for mark in parting):
                return False
        if self.inflected and _POSSESSIVE.search(text):
            return False  # the key of a possessive equals that of the plural; the name alone matches too
        if self.written is None:
            return True
        text = _plainly(text)
        return self.written in (text, text.removesuffix("s")) or (
            "-" in self.written and self.written.replace("-", "") == text
        )


Place = tuple[int, int, str, tuple[Pattern[T], ...]]
"""The start, end and text of a match, and the patterns that match it."""


class PhraseMatcher(Generic[T]):
    """Names to find, each with a value that is returned with its matches.

    >>> matcher = PhraseMatcher([("missile defense", "en", "md"), ("ミサイル防衛", "ja", "md")])
    >>> [(s.start, s.end, s.values) for s in matcher.spans("Missile defences、ミサイル防衛")]
    [(0, 16, ('md',)), (17, 23, ('md',))]
    """

    def __init__(self, names: Iterable[tuple[str, Lang, T]]) -> None:
        """Build a matcher of names given as (text, language, value)."""
        keys: dict[str, list[Pattern[T]]] = {}
        for text, lang, value in names:
            written = _plainly(text) if _is_in_capitals(text) else None
            for number, key in enumerate(_keys(text, lang)):
                if key:
                    keys.setdefault(key, []).append(Pattern(value, lang, text, number > 0, written))
        self._known: Beginnings[Pattern[T]] = Beginnings(keys)

    def spans(
        self, text: str, *, lang: Lang | None = None, overlap: Overlap = "longest", boundaries: bool = True
    ) -> tuple[Span[T], ...]:
        """Return the names in *text*, in order.

        Args:
            text: English, Japanese or both mixed.
            lang: Only names in this language.
            overlap: ``longest`` returns the leftmost and longest names, ``all`` nested names too.
            boundaries: Whether a Japanese name must begin and end at a token boundary. An English name always
                begins and ends with a word.
        """
        return tuple(
            Span(start, end, tuple(dict.fromkeys(known.value for known in called)))
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
        """Yield the same matches as `spans`, with the patterns.

        Args:
            text: See `spans`.
            lang: See `spans`.
            overlap: See `spans`.
            boundaries: See `spans`.
            compounds: Whether to skip matches inside the name of an organization (see
                `alliance_ref.matcher.boundaries`); only used with *boundaries*.
        """
        closed = Closed(level(text))
        reading = Reading(self._known, closed)
        edges: Edges | None = None
        if boundaries and lang != "en" and _JAPANESE.search(text):
            edges = Edges(text, closed.folded, reading.ends if compounds else None)
        mixed = ALPHABETS.search(closed.folded) is not None
        key, names, longest = closed.key, self._known.names, overlap == "longest"
        fitting: dict[str, tuple[Pattern[T], ...]] = {}
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

    def _fitting(self, piece: str, shown: str, lang: Lang | None) -> tuple[Pattern[T], ...]:
        """Return the patterns that match *shown*, found as *piece* of the key of the text."""
        if "ヶ" in (piece[0], piece[-1]):  # perhaps only because of a neighboring character
            piece = name_key(shown)
        found = self._known.names.get(piece, ())
        return tuple(known for known in found if lang in (None, known.lang) and known.fits(shown))


def _goes_on(folded: str, start: int, end: int) -> bool:
    """Return whether the word continues before *start* or after *end* in letters of another alphabet."""
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
    return 0 < len(letters) <= _MAX_CASED and all(letter.isupper() for letter in letters)


def _keys(name: str, lang: Lang) -> Iterator[str]:
    """Yield the key of a name and, in English, the keys of its other spellings and its plural."""
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
    if last[-1:].isalpha() and last[-1:].islower() and len(last) >= _MIN_PLURAL:
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
