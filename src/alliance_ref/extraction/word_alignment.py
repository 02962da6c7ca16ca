"""Words of one unit that stand for each other.

Words are linked one by one, the surest first, and a word that is linked is no longer free. So what is sure
explains itself away, and the rest has only each other to go with: that is how a term that occurs
once is found. A Japanese compound may link as a whole where it was seen often enough.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from alliance_ref.extraction.english_words import EnglishType
from alliance_ref.extraction.records import Observed
from alliance_ref.extraction.word_tables import Content, Tables

_LEAST, _STRONG = 0.05, 0.4
_WEIGHT_OF_PLACE, _WEIGHT_OF_PLACE_ALONE = 0.25, 0.5
_WHOLE = 0.88
_NEAR, _BESIDE = 0.15, 1.8
_FILLED = 0.4
_PART = 0.3
"""How sure a further word of a name must be, as a share of the first."""
_SHARED = 0.2
"""How sure it must be that a second English word has the same Japanese one."""


class Unit(NamedTuple):
    """One unit as words and places: what the first pass kept of it, and the values of its words.

    `english` and `japanese` have the numbers of the words in `table`, `keys` the keys of the English ones,
    `content` the Japanese ones that may stand for something.
    """

    en: str
    ja: str
    table: Tables
    english: list[int]
    english_starts: list[int]
    keys: list[str]
    japanese: list[int]
    japanese_starts: list[int]
    content: list[tuple[int, Content]]
    runs: list[tuple[int, int]]
    bounds: list[tuple[int, int]]

    def types(self, first: int = 0, last: int | None = None) -> list[EnglishType]:
        """The types of the English words from *first* to *last*."""
        types = self.table.english
        return [types[i] for i in self.english[first:last]]

    def english_text(self, first: int, last: int) -> str:
        """The English words from *first* to *last* as they stand, without a genitive's ending."""
        end = self.english_starts[last - 1] + self.table.lengths[self.english[last - 1]]
        return self.en[self.english_starts[first] : end]

    def japanese_text(self, first: int, last: int) -> str:
        """The Japanese words from *first* to *last* as they stand."""
        end = self.japanese_starts[last - 1] + self.table.widths[self.japanese[last - 1]]
        return self.ja[self.japanese_starts[first] : end]


def units_of(observed: Observed, table: Tables) -> Iterator[Unit]:
    """The units of a chunk, as words with the values that *table* has for them."""
    keys, content = table.keys, table.content
    english, japanese = observed.english.tolist(), observed.japanese.tolist()
    english_starts, japanese_starts = observed.english_starts.tolist(), observed.japanese_starts.tolist()
    runs = list(zip(observed.runs[::2], observed.runs[1::2], strict=True))
    bounds = list(zip(observed.bounds[::2], observed.bounds[1::2], strict=True))
    e_at = j_at = r_at = b_at = 0
    for unit, e_end, j_end, r_end, b_end in zip(
        observed.units,
        observed.english_ends,
        observed.japanese_ends,
        observed.run_ends,
        observed.bound_ends,
        strict=True,
    ):
        e_ids, j_ids = english[e_at:e_end], japanese[j_at:j_end]
        yield Unit(
            unit.en,
            unit.ja,
            table,
            e_ids,
            english_starts[e_at:e_end],
            [keys[i] for i in e_ids],
            j_ids,
            japanese_starts[j_at:j_end],
            [(first, value) for first, i in enumerate(j_ids) if (value := content[i]) is not None],
            runs[r_at // 2 : r_end // 2],
            bounds[b_at // 2 : b_end // 2],
        )
        e_at, j_at, r_at, b_at = e_end, j_end, r_end, b_end


class Links(NamedTuple):
    """Which words of a unit stand for each other.

    `words` has the Japanese words of each English one that is linked, in order, and `sure` how sure that is,
    0 for the others; `owner` has for each Japanese word the English one, -1 for none, `strength` how sure
    that is. `compound` has the number of the compound that a Japanese word stands in, `run` that of the run
    of an English one; -1 for none.
    """

    words: dict[int, list[int]]
    sure: list[float]
    owner: list[int]
    strength: list[float]
    compound: list[int]
    run: list[int]


Item = tuple[int, int, Mapping[str, float]]
"""A Japanese compound: its first word, the one behind its last, what it may stand for."""


def link(unit: Unit, wholes: list[Item]) -> Links:
    """The links of one unit, found greedily from the surest on."""
    keys, content, bounds, rare_words = unit.keys, unit.content, unit.bounds, unit.table.rare
    size_e, size_j = len(keys), len(unit.japanese)
    owner = [-1] * size_j
    strength = [0.0] * size_j
    words: dict[int, list[int]] = {}
    sure = [0.0] * size_e
    compound = _numbers(bounds, size_j)
    run = _numbers(unit.runs, size_e)
    links = Links(words, sure, owner, strength, compound, run)
    places: dict[str, list[int]] = {}
    for place, key in enumerate(keys):
        if key:
            if key in places:
                places[key].append(place)
            else:
                places[key] = [place]
    places_of = places.get

    # What is clear by itself comes first and need not be weighed.
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

    # How likely each pair is, under one number for both places: *step* leads to the next of both sides.
    single: dict[int, float] = {}
    scale_e, scale_j = 1.0 / (size_e or 1), 0.5 / (size_j or 1)
    bits = size_j.bit_length()
    wide = 1 << bits
    least = [0.0] * size_e
    for place in words:
        least[place] = _PART * sure[place]
    here_keys = places.keys()
    rare = [key for key in places if key in rare_words]
    for first, (row, _best, _score, rarity) in content:
        if owner[first] >= 0:
            continue
        where = (2 * first + 1) * scale_j
        for e in row.keys() & here_keys:
            score = row[e]
            for place in places[e]:
                if score >= least[place]:  # else linked, and this is no part of the same word
                    away = place * scale_e - where
                    single[place * wide + first] = -score * (
                        1.0 - _WEIGHT_OF_PLACE * (away if away > 0 else -away)
                    )
        if rarity is not None and rare:
            proper, usual, chances = rarity
            for e in rare:
                if e not in row:
                    count, known = rare_words[e]
                    score = chances[count] * (0.6 * usual if known else usual)
                    for place in places[e]:
                        if place not in words:
                            like = (
                                1.2 if unit.table.english[unit.english[place]].is_capital == proper else 0.6
                            )
                            away = abs(place * scale_e - where)
                            single[place * wide + first] = (
                                -score * like * (1.0 - _WEIGHT_OF_PLACE_ALONE * away)
                            )
    whole: list[tuple[float, int, int]] = []
    near = single
    for first, last, row in wholes:
        if max(owner[first:last]) >= 0:
            continue
        where = (first + last) * scale_j
        for e in row.keys() & places.keys():
            score = row[e] * _WHOLE
            for place in places[e]:
                away = abs(place * scale_e - where)
                whole.append((-score * (1.0 - _WEIGHT_OF_PLACE * away), place * wide + first, last - first))
    if whole:
        near = single.copy()
        near.update([(code, score) for score, code, _size in whole])

    # Words beside each other in both languages support each other: they tell which *party* is the Green one.
    strong: list[tuple[float, int, int]] = []
    faint: list[tuple[float, int, int]] = []
    step = wide + 1
    for code, alone in single.items():
        score = alone
        if code + step in near:
            score += _NEAR * (near[code + step] + near.get(code - step, 0.0))
        elif code - step in near:
            score += _NEAR * near[code - step]
        if score <= -_STRONG:
            strong.append((score, code, 1))
        elif score <= -_LEAST / _BESIDE:
            faint.append((score, code, 1))
    for alone, code, size in whole:
        score = alone + _NEAR * (near.get(code + wide + size, 0.0) + near.get(code - step, 0.0))
        if score <= -_LEAST / _BESIDE:
            (strong if score <= -_STRONG else faint).append((score, code, size))
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

    # What is weak counts more beside what is strong: the words of a compound stand beside each other twice.
    weak = []
    for alone, code, size in faint:
        place, first = code >> bits, code & mask
        score = alone
        other = owner[first]
        if other < 0:
            number = compound[first]
            if place in words:
                if number < 0 or number != compound[words[place][0]]:
                    continue  # no part of the same name
            elif number >= 0:
                start, end = bounds[number]
                if end - start > size:
                    last = first + size
                    if (first > start and (o := owner[first - 1]) >= 0 and -2 <= o - place <= 2) or (
                        last < end and (o := owner[last]) >= 0 and -2 <= o - place <= 2
                    ):
                        score *= _BESIDE
        elif score > -_SHARED or place in words or not -2 <= other - place <= 2:
            continue
        if score <= -_LEAST:
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


def _numbers(stretches: list[tuple[int, int]], size: int) -> list[int]:
    """For each of *size* words the number of the stretch it stands in, -1 for none."""
    numbers = [-1] * size
    for number, (first, last) in enumerate(stretches):
        numbers[first] = number
        for place in range(first + 1, last):
            numbers[place] = number
    return numbers


def _accept(links: Links, score: float, place: int, first: int, last: int) -> None:
    """Link an English word to Japanese ones, if they are free or it is a further part of what has them."""
    words, sure, owner, strength, compound, _run = links
    mine = words.get(place)
    if owner[first] < 0 and (last - first == 1 or max(owner[first:last]) < 0):
        if mine is None:
            words[place] = list(range(first, last))
            sure[place] = score
        elif (
            score >= _PART * sure[place]
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
    elif mine is None and score >= _SHARED:
        # Two English words beside each other may stand for one Japanese word.
        other = owner[first]
        if -2 <= other - place <= 2 and (last - first == 1 or owner[first:last] == [other] * (last - first)):
            words[place] = list(range(first, last))
            sure[place] = score


def _fill(unit: Unit, links: Links) -> None:
    """Links a free word beside a linked one, in both languages: it belongs to the same name."""
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
                sure[e] = strength[j] = _FILLED
                owner[j] = e
                queue.append(e)
