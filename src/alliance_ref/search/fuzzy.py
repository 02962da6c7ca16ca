"""Fuzzy search: find keys that differ from the query by a few typing errors.

An index of letter pairs selects the few keys that share most of their pairs with the query. Only those are
compared letter by letter, by Damerau–Levenshtein distance (swapping two neighbors is one error).

Some differences are never typing errors, because they make another name: `is_other_name` finds them.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import pairwise

from alliance_ref.text.english_spellings import word_with_digits
from alliance_ref.text.folding import name_key
from alliance_ref.text.keys import is_kana
from alliance_ref.text.numerals import SMALL_NUMBERS, TENS

_BOUNDARY = "\0"
_MIN_SHARED = 0.4
"""Minimum share of the query's letter pairs that a key must have to be compared."""
_MAX_COMPARED = 60
"""Maximum number of keys compared letter by letter, those with most shared pairs first."""
_PAIRS_PER_ERROR = 3
"""One typing error changes at most so many letter pairs."""


def errors_allowed(length: int, *, spelled: bool) -> int:
    """Return how many errors a query of *length* characters may have.

    Args:
        length: The number of characters.
        spelled: Whether the characters are letters or kana. Kanji carry more, so fewer errors are allowed.

    >>> [errors_allowed(length, spelled=True) for length in (3, 4, 8, 14)]
    [0, 1, 2, 3]
    """
    if spelled:
        return 0 if length < 4 else 1 if length < 8 else 2 if length < 14 else 3
    return 0 if length < 3 else 1 if length < 8 else 2


class FuzzyKeys:
    """An index of keys that can be queried with typing errors.

    >>> FuzzyKeys(["futenma", "yokota", "zama"]).near("futemna", spelled=True)
    [('futenma', 1)]
    """

    def __init__(self, keys: Iterable[str]) -> None:
        """Index *keys*."""
        self._keys = list(dict.fromkeys(keys))
        self._numbers_by_pair: dict[tuple[str, str], list[int]] = defaultdict(list)
        for number, key in enumerate(self._keys):
            for pair in set(_pairs(key)):
                self._numbers_by_pair[pair].append(number)

    def near(self, query: str, *, spelled: bool) -> list[tuple[str, int]]:
        """Return the keys within the allowed errors, each with its number of errors, nearest first."""
        allowed = errors_allowed(len(query), spelled=spelled)
        if not allowed:
            return []
        pairs = set(_pairs(query))
        shared = Counter(number for pair in pairs for number in self._numbers_by_pair.get(pair, ()))
        least = max(1, min(int(_MIN_SHARED * len(pairs)), len(pairs) - _PAIRS_PER_ERROR * allowed))
        keys = self._keys
        likely = [
            (count, number)
            for number, count in shared.items()
            if count >= least and abs(len(keys[number]) - len(query)) <= allowed
        ]
        likely.sort(reverse=True)
        found = []
        for _, number in likely[:_MAX_COMPARED]:
            errors = distance(query, keys[number], allowed)
            if errors <= allowed:
                found.append((keys[number], errors))
        return sorted(found, key=lambda item: (item[1], item[0]))


def _pairs(key: str) -> Iterator[tuple[str, str]]:
    return pairwise(f"{_BOUNDARY}{key}{_BOUNDARY}")


def distance(one: str, other: str, most: int) -> int:
    """Return the number of insertions, deletions, changes and swaps between two strings.

    The result is ``most + 1`` if there are more than *most*.

    >>> distance("futemna", "futenma", 2), distance("", "abc", 1)
    (1, 2)
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        current = [most + 1] * (len(other) + 1)
        current[0] = i
        # Letters farther apart cost more than *most*.
        for j in range(max(1, i - most), min(len(other), i + most) + 1):
            against = other[j - 1]
            cost = min(row[j] + 1, current[j - 1] + 1, row[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, before[j - 2] + 1)
            current[j] = cost
        if min(current) > most:
            return most + 1
        before, row = row, current
    return min(row[-1], most + 1)


_KANJI = re.compile("[\u3005\u3400-\u9fff]")
_DISTINCTIVE_KANJI = frozenset(
    "副次新旧前元現後第準亜総主各全半非不無未否反抗対脱親超過再等的性化上中内外大小高低長短両双東西南北海空陸"
    "日米中露英仏独韓朝正補代"
)
"""Kanji that change the meaning of a name wherever they are added, left out or replaced."""

_MAX_WORD = 4
"""In a row of at most so many kanji, another kanji makes another word."""

_MIN_SWAPPED = 8
"""Shortest key, in characters, in which a swap is a typing error: 会社 and 社会 are two words."""

_DISTINCTIVE_WORDS = frozenset(
    "deputy vice under assistant acting former ex new old non not no anti counter un sub pre post"
    " pro co joint north south east west northern southern eastern western".split()
)
"""Words and prefixes that change the meaning of an English name."""

_PREFIXES = (
    "deputy",
    "vice",
    "under",
    "assistant",
    "former",
    "non",
    "anti",
    "counter",
    "not",
    "new",
    "old",
    "ex",
)
_ROMAN = re.compile(r"[ivx]+")
_NUMBER_WORDS = frozenset((*SMALL_NUMBERS, *TENS))
_NEGATIONS = re.compile("ない|なかっ|ません|ず(?=$|に|、)|ぬ(?=$|、)")
_MAX_ACRONYM = 6
"""Longest query in capitals in which another letter makes another acronym."""


def is_other_name(query: str, name: str) -> bool:
    """Return whether *query* differs from *name* by more than typing errors, so that another name is meant.

    >>> is_other_name("Article VI", "Article IX"), is_other_name("国防副長官", "国防長官")
    (True, True)
    >>> is_other_name("Rumsfled", "Rumsfeld"), is_other_name("普天間飛行錠", "普天間飛行場")
    (False, False)
    """
    one, other = name_key(query), name_key(name)
    if one.isascii() != other.isascii() or is_kana(query):  # what differs is the reading
        return _is_acronym(query)
    if re.findall(r"[0-9]+", one) != re.findall(r"[0-9]+", other):
        return True
    if one.isascii() and other.isascii():
        return _differ_in_words(query, name, one, other)
    if len(_NEGATIONS.findall(query)) != len(_NEGATIONS.findall(name)):
        return True
    return not _is_swap(one, other) and _differ_in_kanji(one, other)


def _is_swap(one: str, other: str) -> bool:
    """Return whether two keys differ in the order of two neighbors, and are too long to be two words."""
    if len(one) != len(other) or len(one) < _MIN_SWAPPED:
        return False
    places = [at for at in range(len(one)) if one[at] != other[at]]
    return len(places) == 2 and places[0] + 1 == places[1] and one[places[0]] == other[places[1]]


def _differ_in_words(query: str, name: str, one: str, other: str) -> bool:
    if _is_acronym(query):
        return True
    words, others = (re.findall(r"[a-z0-9]+", text.casefold()) for text in (query, name))
    if [word for word in words if _is_distinctive(word)] != [
        word for word in others if _is_distinctive(word)
    ]:
        return True
    shorter, longer = sorted((one, other), key=len)
    return any(longer.replace(prefix, "", 1) == shorter for prefix in _PREFIXES)


def _is_acronym(query: str) -> bool:
    letters = re.sub(r"[^A-Za-z]", "", query)
    return letters.isupper() and len(letters) <= _MAX_ACRONYM


def _is_distinctive(word: str) -> bool:
    return (
        word in _DISTINCTIVE_WORDS
        or word in _NUMBER_WORDS
        or _ROMAN.fullmatch(word) is not None
        or word_with_digits(word)[0].isdigit()
    )


def _differ_in_kanji(one: str, other: str) -> bool:
    for tag, start, end, from_, to in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        changed = (one[start:end], other[from_:to])
        if tag == "equal" or not _KANJI.search("".join(changed)):
            continue
        if max(map(len, changed)) > 1 or not _DISTINCTIVE_KANJI.isdisjoint("".join(changed)):
            return True
        if min(_row(one, start, end), _row(other, from_, to)) <= _MAX_WORD:
            return True
        if tag == "replace":
            if _reading(one) != _reading(other):
                return True
        elif not all(
            _KANJI.match(text[at : at + 1]) for text, at in ((one, start - 1), (one, end)) if at >= 0
        ):
            return True  # a kanji at the end of a word makes another word: 防衛政策局長
    return False


def _row(text: str, start: int, end: int) -> int:
    """Return how many kanji are in a row around a part of a text."""
    while start > 0 and _KANJI.match(text, start - 1):
        start -= 1
    while _KANJI.match(text, end):
        end += 1
    return end - start


def _reading(text: str) -> str:
    from alliance_ref.text.japanese.readings import reading

    return reading(text)
