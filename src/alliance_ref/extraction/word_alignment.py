"""Word alignment within one unit.

Words are linked greedily, the most likely pair first, and a linked word is no longer available (competitive
linking). The likely links leave few candidates for the remaining words, so a term that occurs once can be
found. A Japanese compound can be linked as a whole if it was counted often enough.
"""

from bisect import bisect_left
from collections.abc import Mapping
from typing import NamedTuple

from alliance_ref.extraction.word_tables import Rarity, Unit

# Set by hand on the development half of benchmarks/glossary_terms.
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

_MAX_PLACES = 64
"""Places of a repeated English word that a Japanese word is compared with, and rare English words that it is
compared with: the nearest ones. Few units have more; the limit keeps the time for a unit nearly linear."""

_MAX_LINK, _MAX_WEAK_LINK = 0.99, 0.9
"""Upper limits of the score of a link, and of a weak link of the second round."""

_KNOWN_WEIGHT = 0.6
"""Weight of a rare English word that is in a word list, for an unexpected translation."""

_LIKE, _UNLIKE = 1.2, 0.6
"""Factors of the score of two rare words: both are names or neither is; only one is."""


_MAX_AWAY = 2
"""Maximum distance of two English words that share a Japanese word or are linked with adjacent words."""


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


Scored = tuple[float, int, int]
"""A possible link: the negative score, the code of its two places, and the number of Japanese words."""


class _Places(NamedTuple):
    """The places of a unit: where each English key occurs, and how two places become one code.

    A code is the place of the English word, shifted by `bits`, plus the place of the first Japanese word.
    Adding `step` leads to the next pair. `scale_e` and `scale_j` convert places to relative positions; the
    latter for the sum of the first place and the place after the last.
    """

    of_key: dict[str, list[int]]
    bits: int
    scale_e: float
    scale_j: float

    @property
    def wide(self) -> int:
        return 1 << self.bits

    @property
    def step(self) -> int:
        return (1 << self.bits) + 1


def link(unit: Unit, wholes: list[Item]) -> Links:
    """Return the word alignment of one unit.

    *wholes* are compounds of the unit that may be linked as a whole.
    """
    size_e, size_j = len(unit.keys), len(unit.japanese)
    compound, run = _span_numbers(unit.bounds, size_j), _span_numbers(unit.runs, size_e)
    links = Links({}, [0.0] * size_e, [-1] * size_j, [0.0] * size_j, compound, run)
    places = _places(unit)
    _link_clear(unit, links, places)
    single = _scores_of_words(unit, links, places)
    whole = _scores_of_compounds(links, wholes, places)
    strong, faint = _supported(single, whole, places)
    _link_strong(links, strong, places)
    _fill(unit, links)
    _link_weak(links, _weak(unit, links, faint, places), places)
    return links


def _places(unit: Unit) -> _Places:
    of_key: dict[str, list[int]] = {}
    for place, key in enumerate(unit.keys):
        if key:
            if key in of_key:
                of_key[key].append(place)
            else:
                of_key[key] = [place]
    size_e, size_j = len(unit.keys), len(unit.japanese)
    return _Places(of_key, size_j.bit_length(), 1.0 / (size_e or 1), 0.5 / (size_j or 1))


def _link_clear(unit: Unit, links: Links, places: _Places) -> None:
    """Link the words with a clear translation that occurs once in the unit."""
    words, sure, owner, strength, _compound, _run = links
    places_of = places.of_key.get
    clear = []
    for first, (_row, best, score, _rarity) in unit.content:
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
            sure[place] = strength[first] = -score if score > -_MAX_LINK else _MAX_LINK
            owner[first] = place


def _scores_of_words(unit: Unit, links: Links, places: _Places) -> dict[int, float]:
    """Return the negative scores of the pairs of single words, by their codes."""
    words, sure, owner, _strength, _compound, _run = links
    of_key, bits, scale_e, scale_j = places
    single: dict[int, float] = {}
    least = [0.0] * len(unit.keys)
    for place in words:
        least[place] = _MIN_PART * sure[place]
    here_keys = of_key.keys()
    rare = [key for key in of_key if key in unit.table.rare]
    rare_places = [of_key[key][0] for key in rare]
    for first, (row, _best, _score, rarity) in unit.content:
        if owner[first] >= 0:
            continue
        where = (2 * first + 1) * scale_j
        for e in row.keys() & here_keys:
            score = row[e]
            for place in _nearest(of_key[e], where / scale_e):
                if score >= least[place]:  # otherwise it is linked, and this is not part of the same word
                    away = place * scale_e - where
                    single[(place << bits) + first] = -score * (
                        1.0 - _POSITION_WEIGHT * (away if away > 0 else -away)
                    )
        if rarity is not None and rare:
            near = rare[_slice_around(rare_places, where / scale_e)]
            _add_rare(single, unit, words, places, first, row, rarity, near)
    return single


def _add_rare(
    single: dict[int, float],
    unit: Unit,
    words: Mapping[int, list[int]],
    places: _Places,
    first: int,
    row: Mapping[str, float],
    rarity: Rarity,
    rare: list[str],
) -> None:
    """Add the scores of a rare Japanese word with the rare English words that it has no known score for."""
    of_key, bits, scale_e, scale_j = places
    table, english = unit.table, unit.english
    where = (2 * first + 1) * scale_j
    proper, weight, chances = rarity
    for e in rare:
        if e in row:
            continue
        count, known = table.rare[e]
        score = chances[count] * (_KNOWN_WEIGHT * weight if known else weight)
        for place in _nearest(of_key[e], where / scale_e):
            if place not in words:
                like = _LIKE if table.english[english[place]].is_capital == proper else _UNLIKE
                away = abs(place * scale_e - where)
                single[(place << bits) + first] = -score * like * (1.0 - _POSITION_WEIGHT_RARE * away)


def _scores_of_compounds(links: Links, wholes: list[Item], places: _Places) -> list[Scored]:
    """Return the compounds without links that may be linked as a whole."""
    owner = links.owner
    of_key, bits, scale_e, scale_j = places
    whole: list[Scored] = []
    for first, last, row in wholes:
        if max(owner[first:last]) >= 0:
            continue
        where = (first + last) * scale_j
        for e in row.keys() & of_key.keys():
            score = row[e] * _COMPOUND_WEIGHT
            for place in _nearest(of_key[e], where / scale_e):
                away = abs(place * scale_e - where)
                whole.append(
                    (-score * (1.0 - _POSITION_WEIGHT * away), (place << bits) + first, last - first)
                )
    return whole


def _supported(
    single: dict[int, float], whole: list[Scored], places: _Places
) -> tuple[list[Scored], list[Scored]]:
    """Return the strong and the faint pairs, with the support of their neighbors.

    Pairs that are adjacent in both languages support each other: they decide which *party* is the Green one.
    """
    near = single
    if whole:
        near = single.copy()
        near.update([(code, score) for score, code, _size in whole])
    step, wide = places.step, places.wide
    strong: list[Scored] = []
    faint: list[Scored] = []
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
    strong.sort()
    return strong, faint


def _link_strong(links: Links, strong: list[Scored], places: _Places) -> None:
    """Link the strong pairs, the strongest first."""
    words, sure, owner, strength, compound, _run = links
    bits, mask = places.bits, places.wide - 1
    for negative, code, size in strong:
        place, first = code >> bits, code & mask
        score = -negative if negative > -_MAX_LINK else _MAX_LINK
        if place in words:
            if owner[first] < 0 and compound[first] == compound[words[place][0]]:
                _accept(links, score, place, first, first + size)
        elif size == 1 and owner[first] < 0:
            words[place] = [first]
            sure[place] = strength[first] = score
            owner[first] = place
        else:
            _accept(links, score, place, first, first + size)


def _weak(unit: Unit, links: Links, faint: list[Scored], places: _Places) -> list[Scored]:
    """Return the faint pairs that may be linked next to the strong ones, the likeliest first.

    They score more next to linked words: the words of a compound are adjacent in both languages.
    """
    words, _sure, owner, _strength, compound, _run = links
    bounds = unit.bounds
    bits, mask = places.bits, places.wide - 1
    weak: list[Scored] = []
    for alone, code, size in faint:
        place, first = code >> bits, code & mask
        score = alone
        other = owner[first]
        if other < 0:
            number = compound[first]
            if place in words:
                if number < 0 or number != compound[words[place][0]]:
                    continue  # not part of the same name
            elif number >= 0 and _is_beside_link(owner, bounds[number], first, first + size, place):
                score *= _LINKED_NEIGHBOR_FACTOR
        elif score > -_MIN_SHARED or place in words or not -_MAX_AWAY <= other - place <= _MAX_AWAY:
            continue
        if score <= -_MIN_LINK:
            weak.append((score, code, size))
    weak.sort()
    return weak


def _is_beside_link(owner: list[int], bound: tuple[int, int], first: int, last: int, place: int) -> bool:
    """Return whether a part of a compound is next to one that is linked with an English word near *place*."""
    start, end = bound
    return (
        first > start and (before := owner[first - 1]) >= 0 and -_MAX_AWAY <= before - place <= _MAX_AWAY
    ) or (last < end and (after := owner[last]) >= 0 and -_MAX_AWAY <= after - place <= _MAX_AWAY)


def _link_weak(links: Links, weak: list[Scored], places: _Places) -> None:
    """Link the weak pairs, the likeliest first."""
    words, sure, owner, strength, _compound, _run = links
    bits, mask = places.bits, places.wide - 1
    for negative, code, size in weak:
        place, first = code >> bits, code & mask
        score = -negative if negative > -_MAX_WEAK_LINK else _MAX_WEAK_LINK
        if size == 1 and owner[first] < 0 and place not in words:
            words[place] = [first]
            sure[place] = strength[first] = score
            owner[first] = place
        else:
            _accept(links, score, place, first, first + size)


def _nearest(places: list[int], where: float) -> list[int]:
    """Return at most `_MAX_PLACES` of the sorted *places*, those around *where*."""
    return places if len(places) <= _MAX_PLACES else places[_slice_around(places, where)]


def _slice_around(places: list[int], where: float) -> slice:
    """Return the slice of `_MAX_PLACES` of the sorted *places* around *where*."""
    first = min(bisect_left(places, where) - _MAX_PLACES // 2, len(places) - _MAX_PLACES)
    return slice(max(0, first), max(0, first) + _MAX_PLACES)


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
        if -_MAX_AWAY <= other - place <= _MAX_AWAY and (
            last - first == 1 or owner[first:last] == [other] * (last - first)
        ):
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
