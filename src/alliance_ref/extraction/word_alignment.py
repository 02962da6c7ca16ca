"""Word alignment within one unit.

Words are linked greedily, the most likely pair first, and a linked word is no longer available (competitive
linking). The likely links leave few candidates for the remaining words, so a term that occurs once can be
found. A Japanese compound can be linked as a whole if it was counted often enough.
"""

from collections.abc import Mapping
from typing import NamedTuple

from alliance_ref.extraction.word_tables import Unit

# Set by hand on the development half of benchmarks/glossary_terms; no script refits them.
_MIN_LINK, _STRONG_LINK = 0.05, 0.4
"""Minimum score of a link, and of a link of the first round."""

_POSITION_WEIGHT, _POSITION_WEIGHT_RARE = 0.25, 0.5
"""Share of a score that is lost between opposite ends of the unit; the second for rare words."""

_COMPOUND_WEIGHT = 0.88
"""Weight of the score of a compound as a whole, relative to single words."""

_NEIGHBOR_SUPPORT = 0.15
"""Share of the scores of adjacent pairs that is added to the score of a pair."""

_LINKED_NEIGHBOR_FACTOR = 1.8
"""Factor of a weak score next to linked words."""

_NEIGHBOR_SCORE = 0.4
"""Score of a link that only rests on adjacent linked words."""

_MIN_PART = 0.3
"""Minimum score of a further word of a name, as a share of the score of its first word."""

_MIN_SHARED = 0.2
"""Minimum score of a second English word for the same Japanese word."""


class Links(NamedTuple):
    """The word alignment of a unit.

    Attributes:
        words: The Japanese words of each linked English word, in order.
        sure: The score of the link of each English word; 0 for unlinked words.
        owner: The English word of each Japanese word; -1 for unlinked words.
        strength: The score of the link of each Japanese word; 0 for unlinked words.
        compound: The number of the compound of each Japanese word; -1 for none.
        run: The number of the run of each English word; -1 for none.
    """

    words: dict[int, list[int]]
    sure: list[float]
    owner: list[int]
    strength: list[float]
    compound: list[int]
    run: list[int]


Item = tuple[int, int, Mapping[str, float]]
"""A Japanese compound: its first word, the word after its last, and the scores of its translations."""


def link(unit: Unit, wholes: list[Item]) -> Links:  # noqa: C901  # exempt until the alignment model is replaced
    """Return the word alignment of one unit.

    *wholes* are compounds of the unit that may be linked as a whole.
    """
    keys, content, bounds, rare_words = unit.keys, unit.content, unit.bounds, unit.table.rare
    size_e, size_j = len(keys), len(unit.japanese)
    owner = [-1] * size_j
    strength = [0.0] * size_j
    words: dict[int, list[int]] = {}
    sure = [0.0] * size_e
    compound = _span_numbers(bounds, size_j)
    run = _span_numbers(unit.runs, size_e)
    links = Links(words, sure, owner, strength, compound, run)
    places: dict[str, list[int]] = {}
    for place, key in enumerate(keys):
        if key:
            if key in places:
                places[key].append(place)
            else:
                places[key] = [place]
    places_of = places.get

    # Words with a clear translation are linked first.
    clear = []
    for first, (_row, best, score, _rarity) in content:
        if best:
            here = places_of(best)
            if here is not None and len(here) == 1:
                clear.append((-score, here[0], first))
    clear.sort()
    for score, place, first in clear:
        if place in words:
            _accept(links, -score, place, first, first + 1)
        else:
            words[place] = [first]
            sure[place] = strength[first] = -score if score > -0.99 else 0.99
            owner[first] = place

    # The scores of the pairs of words, by one number for both places; adding *step* leads to the next pair.
    single: dict[int, float] = {}
    scale_e, scale_j = 1.0 / (size_e or 1), 0.5 / (size_j or 1)
    bits = size_j.bit_length()
    wide = 1 << bits
    least = [0.0] * size_e
    for place in words:
        least[place] = _MIN_PART * sure[place]
    here_keys = places.keys()
    rare = [key for key in places if key in rare_words]
    for first, (row, _best, _score, rarity) in content:
        if owner[first] >= 0:
            continue
        where = (2 * first + 1) * scale_j
        for e in row.keys() & here_keys:
            score = row[e]
            for place in places[e]:
                if score >= least[place]:  # otherwise it is linked, and this is not part of the same word
                    away = place * scale_e - where
                    single[place * wide + first] = -score * (
                        1.0 - _POSITION_WEIGHT * (away if away > 0 else -away)
                    )
        if rarity is not None and rare:
            proper, weight, chances = rarity
            for e in rare:
                if e not in row:
                    count, known = rare_words[e]
                    score = chances[count] * (0.6 * weight if known else weight)
                    for place in places[e]:
                        if place not in words:
                            like = (
                                1.2 if unit.table.english[unit.english[place]].is_capital == proper else 0.6
                            )
                            away = abs(place * scale_e - where)
                            single[place * wide + first] = (
                                -score * like * (1.0 - _POSITION_WEIGHT_RARE * away)
                            )
    whole: list[tuple[float, int, int]] = []
    near = single
    for first, last, row in wholes:
        if max(owner[first:last]) >= 0:
            continue
        where = (first + last) * scale_j
        for e in row.keys() & places.keys():
            score = row[e] * _COMPOUND_WEIGHT
            for place in places[e]:
                away = abs(place * scale_e - where)
                whole.append((-score * (1.0 - _POSITION_WEIGHT * away), place * wide + first, last - first))
    if whole:
        near = single.copy()
        near.update([(code, score) for score, code, _size in whole])

    # Pairs that are adjacent in both languages support each other: they decide which *party* is the Green
    # one.
    strong: list[tuple[float, int, int]] = []
    faint: list[tuple[float, int, int]] = []
    step = wide + 1
    for code, alone in single.items():
        score = alone
        if code + step in near:
            score += _NEIGHBOR_SUPPORT * (near[code + step] + near.get(code - step, 0.0))
        elif code - step in near:
            score += _NEIGHBOR_SUPPORT * near[code - step]
        if score <= -_STRONG_LINK:
            strong.append((score, code, 1))
        elif score <= -_MIN_LINK / _LINKED_NEIGHBOR_FACTOR:
            faint.append((score, code, 1))
    for alone, code, size in whole:
        score = alone + _NEIGHBOR_SUPPORT * (near.get(code + wide + size, 0.0) + near.get(code - step, 0.0))
        if score <= -_MIN_LINK / _LINKED_NEIGHBOR_FACTOR:
            (strong if score <= -_STRONG_LINK else faint).append((score, code, size))
    mask = wide - 1
    strong.sort()
    for score, code, size in strong:
        place, first = code >> bits, code & mask
        if place in words:
            if owner[first] < 0 and compound[first] == compound[words[place][0]]:
                _accept(links, -score if score > -0.99 else 0.99, place, first, first + size)
        elif size == 1 and owner[first] < 0:
            words[place] = [first]
            sure[place] = strength[first] = -score if score > -0.99 else 0.99
            owner[first] = place
        else:
            _accept(links, -score if score > -0.99 else 0.99, place, first, first + size)
    _fill(unit, links)

    # Weak pairs score more next to linked words: the words of a compound are adjacent in both languages.
    weak = []
    for alone, code, size in faint:
        place, first = code >> bits, code & mask
        score = alone
        other = owner[first]
        if other < 0:
            number = compound[first]
            if place in words:
                if number < 0 or number != compound[words[place][0]]:
                    continue  # not part of the same name
            elif number >= 0:
                start, end = bounds[number]
                if end - start > size:
                    last = first + size
                    if (first > start and (o := owner[first - 1]) >= 0 and -2 <= o - place <= 2) or (
                        last < end and (o := owner[last]) >= 0 and -2 <= o - place <= 2
                    ):
                        score *= _LINKED_NEIGHBOR_FACTOR
        elif score > -_MIN_SHARED or place in words or not -2 <= other - place <= 2:
            continue
        if score <= -_MIN_LINK:
            weak.append((score, code, size))
    weak.sort()
    for score, code, size in weak:
        place, first = code >> bits, code & mask
        if size == 1 and owner[first] < 0 and place not in words:
            words[place] = [first]
            sure[place] = strength[first] = -score if score > -0.9 else 0.9
            owner[first] = place
        else:
            _accept(links, min(-score, 0.9), place, first, first + size)
    return links


def _span_numbers(spans: list[tuple[int, int]], size: int) -> list[int]:
    """Return the number of the span of each of *size* words; -1 for none."""
    numbers = [-1] * size
    for number, (first, last) in enumerate(spans):
        numbers[first] = number
        for place in range(first + 1, last):
            numbers[place] = number
    return numbers


def _accept(links: Links, score: float, place: int, first: int, last: int) -> None:
    """Link an English word with Japanese words, if they are unlinked or belong to the same name or word."""
    words, sure, owner, strength, compound, _run = links
    mine = words.get(place)
    if owner[first] < 0 and (last - first == 1 or max(owner[first:last]) < 0):
        if mine is None:
            words[place] = list(range(first, last))
            sure[place] = score
        elif (
            score >= _MIN_PART * sure[place]
            and (first == mine[-1] + 1 or last == mine[0])
            and compound[first] >= 0
            and compound[first] == compound[mine[0]]
        ):
            mine.extend(range(first, last))
            mine.sort()
        else:
            return
        for j in range(first, last):
            owner[j] = place
            strength[j] = score
    elif mine is None and score >= _MIN_SHARED:
        # Two adjacent English words may share one Japanese word.
        other = owner[first]
        if -2 <= other - place <= 2 and (last - first == 1 or owner[first:last] == [other] * (last - first)):
            words[place] = list(range(first, last))
            sure[place] = score


def _fill(unit: Unit, links: Links) -> None:
    """Link unlinked words that are adjacent to linked words in both languages: they belong to one name."""
    words, sure, owner, strength, compound, run = links
    keys, bounds, japanese, kinds = unit.keys, unit.bounds, unit.japanese, unit.table.kinds
    size_e = len(keys)
    queue = list(words)
    while queue:
        place = queue.pop()
        mine = words[place]
        here = compound[mine[0]]
        if here < 0 or run[place] < 0:
            continue
        start, end = bounds[here]
        if end - start == len(mine):
            continue
        for step, beside in ((-1, mine[0] - 1), (1, mine[-1] + 1)):
            if not start <= beside < end:
                continue
            e = place + step
            if not 0 <= e < size_e or e in words or run[e] != run[place]:
                continue
            j = beside + step if kinds[japanese[beside]] == "・" else beside
            if (
                start <= j < end
                and owner[j] < 0
                and kinds[japanese[j]] in "nvl"
                and keys[e]
                and keys[e][0] != "#"
            ):
                words[e] = [j]
                sure[e] = strength[j] = _NEIGHBOR_SCORE
                owner[j] = e
                queue.append(e)
