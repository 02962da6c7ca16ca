"""Find many names in long texts.

The text is folded to its key (see `alliance_ref.text.folding`), so a name is found in any spelling that has
the same key: "Japan–U.S." and "Japan US". Two engines find the names in the key, with the same results:

* With the extra ``[fast]``, an Aho–Corasick automaton searches long texts.
* Otherwise, the keys of the names are a sorted list. At each place where a name may begin, bisection
  finds the last key that is not greater than the text from there on. The longest name at this place is that
  key or one of its prefixes, and each key knows the longest other key that is a prefix of it:

      keys  base, camp, camp-zama, campaign     text  …campaigns…     bisection → campaign → camp

Then the names that may not be at their place are rejected, and the leftmost and longest ones are taken. The
matcher is immutable: a result depends on the names and the text only.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from operator import itemgetter
from typing import Any, Generic, Literal, TypeVar

import attrs

from alliance_ref.matcher.boundaries import TokenBoundaries
from alliance_ref.records.values import Lang
from alliance_ref.text.english_spellings import ABBREVIATED_WORDS, BRITISH_SPELLINGS, spelling_variants
from alliance_ref.text.folding import DASHES, INVISIBLE, LATIN, FoldedText, name_key
from alliance_ref.text.scripts import JAPANESE
from alliance_ref.text.spelling_rules import NUMERALS, forms_in_context

T = TypeVar("T")

Overlap = Literal["longest", "all"]

MAX_CASE_SENSITIVE = 6
"""Longest name in capitals, in letters, that must be written in capitals: US, SAM, SOFA."""

MIN_PLURAL = 4
"""Shortest English word, in letters, that is also found with a plural ending."""

MIN_FOR_AUTOMATON = 2_000
"""Shortest key of a text, in characters, for which the automaton is built and used."""

_FIRST_OTHER = "\u2e80"  # first character after the alphabets, which are written in words
_JAPANESE = re.compile(f"[{JAPANESE}]")
# A name may continue across spaces, hyphens and dots, but not across what separates clauses or paragraphs.
_SEPARATORS = re.compile(r"[,，、。､｡:：;；()（）「」『』\"“”]|[^\W\d_]{4,}(?=[.．])|\n\s*?\n")
_NOT_WRITTEN = re.compile(f"[. {INVISIBLE}]")
_HYPHEN = re.compile(f"[{DASHES}]")
_CHANGED_EDGES = "ヶ0123456789アイエオあいえおブ"
_ABBREVIATION = re.compile(r"(?<![^\W\d_])[^\W\d_]\.[^\W\d_]$")
_POSSESSIVE = re.compile(r"['’ʼ＇]\s*[sSｓ]$")


@attrs.frozen(eq=False)
class Pattern(Generic[T]):
    """One spelling of a name to look for.

    Attributes:
        value: The value that a match returns.
        lang: The language of the name.
        text: The name as written.
        inflected: Whether the key is that of a plural or of another spelling.
    """

    value: T
    lang: Lang
    text: str
    inflected: bool = False

    def fits(self, text: str) -> bool:
        """Return whether *text*, which has the same key, is a permitted spelling of the name."""
        if separators := _SEPARATORS.findall(text):
            own = unicodedata.normalize("NFKC", self.text).casefold()
            for separator in separators:
                folded = unicodedata.normalize("NFKC", separator).casefold()
                if (
                    f"{folded}." if len(folded) > 1 else folded
                ) not in own and folded not in ABBREVIATED_WORDS:
                    return False
        if self.inflected and _POSSESSIVE.search(text):
            return False  # "bases" and "base's" have one key; the name without the ending is found too
        if not is_acronym(self.text):
            return True
        written, text = _bare(self.text), _bare(text)
        return written in (text, text.removesuffix("s")) or (
            "-" in written and written.replace("-", "") == text
        )


@attrs.frozen
class Span(Generic[T]):
    """A name in a text, ``text[start:end]``, with the values of all names that it may be."""

    start: int
    end: int
    values: tuple[T, ...]


Forms = Callable[[str, Lang, T], Iterable[str]]
"""Returns the inflected forms of a name, given its text, its language and its value."""

Hit = tuple[int, int, str, tuple[Pattern[T], ...]]
"""A name in a text: its start and end, the text between them, and the patterns that fit."""


class PhraseMatcher(Generic[T]):
    """Names to look for, each with a value that is returned where the name is found.

    >>> matcher = PhraseMatcher.from_names([("missile defense", "en", "md"), ("ミサイル防衛", "ja", "md")])
    >>> [(span.start, span.end, span.values) for span in matcher.spans("Missile defences、ミサイル防衛")]
    [(0, 16, ('md',)), (17, 23, ('md',))]
    """

    def __init__(
        self,
        patterns: Mapping[str, Sequence[Pattern[T]]],
        *,
        keys: Sequence[str] | None = None,
        prefixes: Sequence[int] | None = None,
    ) -> None:
        """Create a matcher.

        Args:
            patterns: The patterns by key, as `patterns_by_key` returns them.
            keys: The keys in order, if they are known.
            prefixes: The result of `longest_prefixes` for *keys*, if it is known.
        """
        self._patterns = patterns
        self._keys = sorted(patterns) if keys is None else keys
        self._prefixes = longest_prefixes(self._keys) if prefixes is None else prefixes
        self._max_length = max(map(len, self._keys), default=0)
        self._built_automaton: Any = None
        self._first_characters = frozenset(key[0] for key in self._keys)

    @classmethod
    def from_names(
        cls, names: Iterable[tuple[str, Lang, T]], *, forms: "Forms[T] | None" = None
    ) -> "PhraseMatcher[T]":
        """Create a matcher from names given as (text, language, value).

        Args:
            names: The names.
            forms: See `patterns_by_key`.
        """
        return cls(patterns_by_key(names, forms=forms))

    def spans(
        self, text: str, *, lang: Lang | None = None, overlap: Overlap = "longest", boundaries: bool = True
    ) -> tuple[Span[T], ...]:
        """Return the names in *text*, in order.

        Args:
            text: English, Japanese or mixed text.
            lang: The language of the names to look for (default: both).
            overlap: ``longest`` returns the leftmost and longest names, ``all`` also those inside others.
            boundaries: Whether a Japanese name must begin and end at a token. An English name must always
                begin and end at a word.
        """
        hits = self.hits(text, lang=lang, overlap=overlap, boundaries=boundaries)
        return tuple(
            Span(start, end, tuple(dict.fromkeys(pattern.value for pattern in patterns)))
            for start, end, _, patterns in hits
        )

    def hits(
        self,
        text: str,
        *,
        lang: Lang | None = None,
        overlap: Overlap = "longest",
        boundaries: bool = True,
        compounds: bool = False,
    ) -> Iterator[Hit[T]]:
        """Yield the names in *text*, in order, with the patterns that fit.

        Args:
            text: As in `spans`.
            lang: As in `spans`.
            overlap: As in `spans`.
            boundaries: As in `spans`.
            compounds: Whether to reject a name that is part of the name of an organization
                (see `alliance_ref.matcher.boundaries`); requires *boundaries*.
        """
        folded = FoldedText(text)
        tokens: TokenBoundaries | None = None
        if boundaries and lang != "en" and _JAPANESE.search(text):
            tokens = TokenBoundaries(
                text, (lambda at: self._ends_of_names_at(folded, at)) if compounds else None
            )
        keys, patterns = self._keys, self._patterns
        text_span, is_break = folded.text_span, folded.is_word_break
        longest = overlap == "longest"
        fitting: dict[str, tuple[Pattern[T], ...]] = {}
        done = 0
        for number, at, key_end in self._matches(folded.key, longest_first=longest):
            name = keys[number]
            if (
                at < done
                or (name[0] < _FIRST_OTHER and not is_break(at))
                or (name[-1] < _FIRST_OTHER and not is_break(key_end))
                or (span := text_span(at, key_end)) is None
            ):
                continue
            start, end = span
            if text[end : end + 1] == "." and _ABBREVIATION.search(text, start, end):
                end += 1  # the key has no dots, so the last one of "U.S." is not part of the span
            shown = text[start:end]
            if shown not in fitting:
                own_key = name_key(shown) if _depends_on_context(name) else name
                known = patterns.get(own_key, ())
                fitting[shown] = tuple(
                    pattern for pattern in known if lang in (None, pattern.lang) and pattern.fits(shown)
                )
            if fitting[shown] and (
                tokens is None
                or tokens.allow(
                    start,
                    end,
                    latin_start=is_latin(name[0]) and text[start] not in NUMERALS,
                    latin_end=is_latin(name[-1]) and text[end - 1] not in NUMERALS,
                )
            ):
                yield start, end, shown, fitting[shown]
                if longest:
                    done = key_end

    def _matches(self, key: str, *, longest_first: bool) -> list[tuple[int, int, int]]:
        """Return all names in the key of a text: the number of the name, its start and its end.

        They are ordered by their starts; those with the same start by their lengths.
        """
        if len(key) >= MIN_FOR_AUTOMATON and (automaton := self._automaton()) is not None:
            with suppress(UnicodeEncodeError):  # a lone surrogate, which the automaton does not accept
                found: list[tuple[int, int, int]] = automaton.find_matches_as_indexes(key, overlapping=True)
                # They are ordered by their ends, and sorting is stable.
                if longest_first:
                    found.reverse()
                found.sort(key=itemgetter(1))
                return found
        matches: list[tuple[int, int, int]] = []
        for at, character in enumerate(key):
            if character in self._first_characters:
                names = self._names_at(key, at)
                matches += names if longest_first else reversed(names)
        return matches

    def _names_at(self, key: str, at: int) -> list[tuple[int, int, int]]:
        """Return the names that begin in *key* at *at*, longest first, found by bisection."""
        number = bisect_right(self._keys, key[at : at + self._max_length]) - 1
        names = []
        while number >= 0:
            if key.startswith(self._keys[number], at):
                names.append((number, at, at + len(self._keys[number])))
            number = self._prefixes[number]
        return names

    def _automaton(self) -> Any:
        """Return an Aho–Corasick automaton for the names, or ``None`` without the extra ``[fast]``."""
        if self._built_automaton is None:
            try:
                from ahocorasick_rs import AhoCorasick

                "".join(self._keys).encode("utf-8")
            except (ImportError, UnicodeEncodeError):  # not installed, or a name with a lone surrogate
                return None
            self._built_automaton = AhoCorasick(self._keys)
        return self._built_automaton

    def _ends_of_names_at(self, folded: FoldedText, text_index: int) -> frozenset[int]:
        """Return the offsets in the text at which the names end that begin at *text_index*."""
        at = folded.key_index(text_index)
        if at is None:
            return frozenset()
        if not folded.is_word_break(at):
            return frozenset()
        ends = (end for _, _, end in self._names_at(folded.key, at) if folded.is_word_break(end))
        spans = (folded.text_span(at, end) for end in ends)
        return frozenset(span[1] for span in spans if span is not None)


def longest_prefixes(keys: Sequence[str]) -> list[int]:
    """Return for each of the sorted *keys* the index of the longest other key that it begins with, or -1."""
    prefixes = []
    open_keys: list[int] = []  # each begins with the one before it
    for number, key in enumerate(keys):
        while open_keys and not key.startswith(keys[open_keys[-1]]):
            open_keys.pop()
        prefixes.append(open_keys[-1] if open_keys else -1)
        open_keys.append(number)
    return prefixes


def is_latin(character: str) -> bool:
    """Return whether a character of a key is a Latin letter or digit."""
    return character < "\u0250" and LATIN.match(character) is not None


def _depends_on_context(key: str) -> bool:
    """Return whether an edge of a key may come from what is next to the name: か所 in 一か所 is ヶ所."""
    return not key.isascii() and (key[0] in _CHANGED_EDGES or key[-1] in _CHANGED_EDGES)


def patterns_by_key(
    names: Iterable[tuple[str, Lang, T]], *, forms: Forms[T] | None = None
) -> dict[str, list[Pattern[T]]]:
    """Return the patterns of names given as (text, language, value), by the key they are found under.

    The other forms that a key may have in a text are keys without patterns.

    Args:
        names: The names.
        forms: Returns the inflected forms of a name (default: those of Japanese verbs and adjectives).
    """
    from alliance_ref.text.inflection import forms_of  # a matcher of compiled patterns needs no inflection

    patterns: dict[str, list[Pattern[T]]] = {}
    for text, lang, value in names:
        keys = keys_of_name(text, lang)
        for number, key in enumerate(keys):
            patterns.setdefault(key, []).append(Pattern(value, lang, text, number > 0))
        if lang == "en":
            for key in {name_key(variant) for variant in spelling_variants(text)}.difference(keys):
                patterns.setdefault(key, []).append(Pattern(value, lang, text))
        inflected = forms_of(text, lang) if forms is None else forms(text, lang, value)
        for key in {name_key(form) for form in inflected}.difference(keys):
            patterns.setdefault(key, []).append(Pattern(value, lang, text, True))
    for key in list(patterns):
        for form in forms_in_context(key):
            patterns.setdefault(form, [])
    return patterns


def keys_of_name(name: str, lang: Lang) -> tuple[str, ...]:
    """Return the keys of a name: its own and, in English, those of its plural and of other spellings.

    >>> keys_of_name("Defence policy", "en")
    ('defencepolicy', 'defencepolicies', 'defensepolicies', 'defensepolicy')
    """
    key = name_key(name)
    if lang == "ja" or not key:
        return (key,) if key else ()
    keys = {key}
    for british, american in BRITISH_SPELLINGS:
        for known in tuple(keys):
            keys.add(known.replace(british, american).replace(american, british))
            keys.add(known.replace(british, american))
    last = re.split(r"[\s\-–]+", name)[-1]
    if last[-1:].isalpha() and last[-1:].islower() and len(last) >= MIN_PLURAL:
        keys |= {_plural(known) for known in tuple(keys)}
    elif is_acronym(name) and len(name) > 1:
        keys |= {f"{known}s" for known in tuple(keys)}
    return key, *sorted(keys - {key})


def _plural(key: str) -> str:
    if key.endswith("y") and key[-2] not in "aeou":
        return f"{key[:-1]}ies"
    return f"{key}es" if key.endswith(("s", "x", "ch", "sh", "z")) else f"{key}s"


def _bare(name: str) -> str:
    """Return *name* without dots, spaces and invisible characters, with one kind of hyphen."""
    return _HYPHEN.sub("-", _NOT_WRITTEN.sub("", unicodedata.normalize("NFKC", name)))


def is_acronym(name: str) -> bool:
    """Return whether *name* is short and in capitals, so that it must be written in capitals.

    >>> is_acronym("SOFA"), is_acronym("Sofa"), is_acronym("F-15")
    (True, False, True)
    """
    letters = [character for character in name if character.isalpha()]
    return 0 < len(letters) <= MAX_CASE_SENSITIVE and all(letter.isupper() for letter in letters)
