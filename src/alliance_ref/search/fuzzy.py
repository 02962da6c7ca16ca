"""Fuzzy search: keys that are nearly the one that was typed.

Keys that share most of their pairs of letters with the query are few, found by an index of pairs; only
those are compared letter by letter, with the edit distance of Damerau (a swap of neighbours is one error).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

_ENDS = "\0"
_SHARE = 0.4
_COMPARED_AT_MOST = 60


def errors_allowed(length: int, *, spelled: bool) -> int:
    """How many errors a query of so many characters may have; fewer where characters are not letters.

    >>> [errors_allowed(length, spelled=True) for length in (3, 4, 8, 14)]
    [0, 1, 2, 3]
    """
    if spelled:
        return 0 if length < 4 else 1 if length < 8 else 2 if length < 14 else 3
    return 0 if length < 3 else 1 if length < 8 else 2


class FuzzyKeys:
    """Keys to be found by queries with typing errors.

    >>> FuzzyKeys(["futenma", "yokota", "zama"]).near("futemna", spelled=True)
    [('futenma', 1)]
    """

    def __init__(self, keys: Iterable[str]) -> None:
        """An index of *keys*."""
        self._keys = list(dict.fromkeys(keys))
        self._having: dict[tuple[str, str], list[int]] = defaultdict(list)
        for number, key in enumerate(self._keys):
            for pair in set(_pairs(key)):
                self._having[pair].append(number)

    def near(self, query: str, *, spelled: bool) -> list[tuple[str, int]]:
        """The keys within the errors allowed, each with how many, the nearest first."""
        allowed = errors_allowed(len(query), spelled=spelled)
        if not allowed:
            return []
        pairs = set(_pairs(query))
        shared = Counter(number for pair in pairs for number in self._having.get(pair, ()))
        # Each error spoils at most three pairs.
        least = max(1, min(int(_SHARE * len(pairs)), len(pairs) - 3 * allowed))
        keys = self._keys
        likely = [
            (count, number)
            for number, count in shared.items()
            if count >= least and abs(len(keys[number]) - len(query)) <= allowed
        ]
        likely.sort(reverse=True)
        found = []
        for _, number in likely[:_COMPARED_AT_MOST]:
            errors = distance(query, keys[number], allowed)
            if errors <= allowed:
                found.append((keys[number], errors))
        return sorted(found, key=lambda item: (item[1], item[0]))


def _pairs(key: str) -> Iterator[tuple[str, str]]:
    return pairwise(f"{_ENDS}{key}{_ENDS}")


def distance(one: str, other: str, most: int) -> int:
    """How many letters must be put in, left out, changed or swapped; ``most + 1`` if more than *most*.

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
