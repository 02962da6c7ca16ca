"""Fuzzy search: find keys that differ from the query by a few typing errors.

An index of letter pairs selects the few keys that share most of their pairs with the query. Only those are
compared letter by letter, by Damerau–Levenshtein distance (swapping two neighbors is one error).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

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
        current = [i]
        for j, against in enumerate(other, start=1):
            cost = min(row[j] + 1, current[j - 1] + 1, row[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        if min(current) > most:
            return most + 1
        before, row = row, current
    return min(row[-1], most + 1)
