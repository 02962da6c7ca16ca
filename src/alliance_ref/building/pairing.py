"""Pairs within one unit: which words link, and which stretches of both sides stand for each other.

Words are linked one by one, the surest first, and a word that is linked is no longer free. So what is sure
explains itself away, and the rest has only each other to go with: that is how a term that occurs once is found.
A Japanese compound may link as a whole where it was seen often enough. Then for each run of English words the
stretch of a compound is sought that holds all their links and no one else's.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from alliance_ref.building.association import shrunk
from alliance_ref.building.english_side import EnglishType
from alliance_ref.building.japanese_side import JapaneseType

_NONE: dict[str, float] = {}
_RARE = 4


class Found(NamedTuple):
    """A stretch of English words beside one of Japanese words, and how sure that is."""

    first: int
    last: int
    japanese_first: int
    japanese_last: int
    quality: float


class Side(NamedTuple):
    """What pairing needs to know of one unit."""

    english: list[EnglishType]
    japanese: list[JapaneseType]
    runs: list[tuple[int, int]]
    compounds: list[tuple[int, int]]
    seeds: list[tuple[int, int, str]]


def link(side: Side, scores, english_df, japanese_df, items):
    """Links: for each English word its Japanese words, for each Japanese word its English one, and how sure."""
    english, japanese = side.english, side.japanese
    places: dict[str, list[int]] = {}
    for place, kind in enumerate(english):
        if kind.key:
            places.setdefault(kind.key, []).append(place)
    keys = places.keys()
    long_e, long_j = max(len(english), 1), max(len(japanese), 1)
    candidates = []
    rare_e = [(key, english_df.get(key, 1)) for key in keys if key[0] not in "+#" and english_df.get(key, 1) <= _RARE]
    for first, last, row, key in items:
        common = row.keys() & keys
        where = (first + last) / 2 / long_j
        for e in common:
            score = row[e]
            for place in places[e]:
                candidates.append((score * (1.0 - 0.25 * abs(place / long_e - where)), place, first, last))
        n_j = japanese_df.get(key, 1)
        if n_j <= _RARE and last - first == 1 and japanese[first].kind in "nvlwa":
            proper = "P" in japanese[first].flags or japanese[first].sound != ""
            for e, n_e in rare_e:
                if e not in common:
                    score = shrunk(1, n_e, n_j)
                    for place in places[e]:
                        like = 1.2 if english[place].is_capital == proper else 0.6
                        candidates.append((score * like * (1.0 - 0.5 * abs(place / long_e - where)), place, first, last))
    candidates.sort(key=lambda c: (-c[0], c[1], c[2], c[3]))
    owner = [-1] * len(japanese)
    strength = [0.0] * len(japanese)
    links: dict[int, list[int]] = {}
    best: dict[int, float] = {}
    compound_of = {}
    for number, (first, last) in enumerate(side.compounds):
        for place in range(first, last):
            compound_of[place] = number
    for score, place, first, last in candidates:
        if score < 0.05:
            break
        mine = links.get(place)
        taken = [j for j in range(first, last) if owner[j] >= 0]
        if not taken:
            if mine is None:
                links[place] = list(range(first, last))
                best[place] = score
            elif (
                score >= 0.3 * best[place]
                and (first == mine[-1] + 1 or last == mine[0])
                and compound_of.get(first, -1) == compound_of.get(mine[0], -2)
            ):
                mine.extend(range(first, last))
                mine.sort()
            else:
                continue
            for j in range(first, last):
                owner[j] = place
                strength[j] = score
        elif mine is None and len(taken) == last - first:
            other = owner[taken[0]]
            if abs(other - place) <= 2 and all(owner[j] == other for j in taken) and score >= 0.2:
                links[place] = list(range(first, last))
                best[place] = score
    return links, best, owner, strength


_FREE_ENGLISH, _FREE_NOUN, _FREE_AFFIX = 0.25, 0.3, 0.55


def stretches(side: Side, links, best, owner, strength, spans: Iterable[tuple[int, int]]) -> list[Found]:
    """For each span of English words the stretches of one Japanese compound that it may stand for."""
    english, japanese = side.english, side.japanese
    bounds: dict[int, tuple[int, int]] = {}
    for first, last in side.compounds:
        for place in range(first, last):
            bounds[place] = (first, last)
    found: list[Found] = []
    for first, last in spans:
        linked = [place for place in range(first, last) if place in links]
        if not linked:
            continue
        # The compound that holds most of what the span links to.
        mass: dict[tuple[int, int], float] = {}
        for place in linked:
            for j in links[place]:
                bound = bounds.get(j, (j, j + 1))
                mass[bound] = mass.get(bound, 0.0) + best[place] / len(links[place])
        bound = max(mass, key=lambda b: (mass[b], -b[0]))
        inside = [j for place in linked for j in links[place] if bound[0] <= j < bound[1]]
        low, high = min(inside), max(inside) + 1
        left, right = low, high
        while left > bound[0] and owner[left - 1] < 0:
            left -= 1
        while right < bound[1] and owner[right] < 0:
            right += 1
        content = [place for place in range(first, last) if english[place].key]
        covered = 0.0
        crossing = 0.0
        for place in content:
            if place in links:
                if all(low <= j < high for j in links[place]):
                    covered += 0.4 + 0.6 * best[place]
                else:
                    crossing += best[place]
            else:
                covered += _FREE_ENGLISH
        part_e = covered / (len(content) + crossing)
        edge = 1.0
        for outer in (first - 1, last):
            if 0 <= outer < len(english) and any(a <= outer < b for a, b in side.runs) and english[outer].key and any(a <= outer < b and a <= first < b for a, b in side.runs):
                edge *= 0.97 if outer in links else 0.88
        tried = set()
        for a, b in ((low, high), (left, right), (left, high), (low, right)):
            if (a, b) in tried:
                continue
            tried.add((a, b))
            covered = 0.0
            crossing = 0.0
            size = b - a
            for j in range(a, b):
                if owner[j] < 0:
                    kind = japanese[j].kind
                    covered += _FREE_AFFIX if kind in "ps・" else _FREE_NOUN
                elif first <= owner[j] < last:
                    covered += 0.4 + 0.6 * strength[j]
                else:
                    crossing += strength[j]
            part_j = covered / (size + crossing)
            shape = edge
            if a > bound[0]:
                shape *= 0.96 if owner[a - 1] >= 0 else (0.6 if japanese[a - 1].kind == "p" else 0.85)
            if b < bound[1]:
                shape *= 0.96 if owner[b] >= 0 else (0.6 if japanese[b].kind == "s" else 0.85)
            quality = part_e * part_j * shape
            if quality >= 0.12:
                found.append(Found(first, last, a, b, quality))
    return found
