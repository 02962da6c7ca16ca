"""Words of one unit that stand for each other.

Words are linked one by one, the surest first, and a word that is linked is no longer free. So what is sure
explains itself away, and the rest has only each other to go with: that is how a term that occurs
once is found. A Japanese compound may link as a whole where it was seen often enough.
"""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from alliance_ref.building.association import shrunk
from alliance_ref.building.english_side import EnglishType
from alliance_ref.building.japanese_side import JapaneseType
from alliance_ref.building.records import Model

RARE = 4
_LEAST, _STRONG = 0.05, 0.4
_WEIGHT_OF_PLACE, _WEIGHT_OF_PLACE_ALONE = 0.25, 0.5
_WHOLE = 0.88
_NEAR, _BESIDE = 0.15, 1.8
_FILLED = 0.4

_NOTHING: dict[str, float] = {}


class Unit(NamedTuple):
    """One unit as words and places: what the first pass kept of it."""

    en: str
    ja: str
    english: list[EnglishType]
    english_starts: list[int]
    japanese: list[JapaneseType]
    japanese_starts: list[int]
    rows: list[Mapping[str, float] | None]
    bests: list[str | None]
    runs: list[tuple[int, int]]
    bounds: list[tuple[int, int]]

    def english_text(self, first: int, last: int) -> str:
        """The English words from *first* to *last* as they stand, without a genitive's ending."""
        tail = last - 1
        text = self.english[tail].text
        if text[-2:] in ("'s", "’s") and len(text) > 2:
            text = text[:-2]
        end = self.english_starts[tail] + len(text)
        return self.en[self.english_starts[first] : end]

    def japanese_text(self, first: int, last: int) -> str:
        """The Japanese words from *first* to *last* as they stand."""
        tail = last - 1
        end = self.japanese_starts[tail] + len(self.japanese[tail].surface)
        return self.ja[self.japanese_starts[first] : end]


class Links(NamedTuple):
    """Which words of a unit stand for each other.

    `words` has the Japanese words of each English one that is linked, in order, and `sure` how sure that is;
    `owner` has for each Japanese word the English one, -1 for none, `strength` how sure that is.
    `compound` has the number of the compound that a Japanese word stands in, `run` that of the run
    of an English one; -1 for none.
    """

    words: dict[int, list[int]]
    sure: dict[int, float]
    owner: list[int]
    strength: list[float]
    compound: list[int]
    run: list[int]


Item = tuple[int, int, Mapping[str, float], str]
"""A Japanese compound: its first word, the one behind its last, what it may stand for, its key."""


def link(unit: Unit, wholes: list[Item], model: Model) -> Links:
    """The links of one unit, found greedily from the surest on."""
    english, japanese, rows = unit.english, unit.japanese, unit.rows
    size_e, size_j = len(english), len(japanese)
    owner = [-1] * size_j
    strength = [0.0] * size_j
    words: dict[int, list[int]] = {}
    sure: dict[int, float] = {}
    compound = [-1] * size_j
    for number, (first, last) in enumerate(unit.bounds):
        for j in range(first, last):
            compound[j] = number
    run = [-1] * size_e
    for number, (first, last) in enumerate(unit.runs):
        for place in range(first, last):
            run[place] = number
    places: dict[str, list[int]] = {}
    for place, kind in enumerate(english):
        key = kind.key
        if key:
            if key in places:
                places[key].append(place)
            else:
                places[key] = [place]
    keys = places.keys()
    scale_e, scale_j = 1.0 / (size_e or 1), 0.5 / (size_j or 1)
    english_units, japanese_units, known = model.english, model.japanese, model.known
    rare = [(key, count) for key in places if key[0] != "#" and (count := english_units.get(key, 1)) <= RARE]

    def accept(score: float, place: int, first: int, last: int) -> None:
        mine = words.get(place)
        if owner[first] < 0 and (last - first == 1 or max(owner[first:last]) < 0):
            if mine is None:
                words[place] = list(range(first, last))
                sure[place] = score
            elif (
                score >= 0.3 * sure[place]
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
        elif mine is None and score >= 0.2:
            # Two English words beside each other may stand for one Japanese word.
            other = owner[first]
            if -2 <= other - place <= 2 and (
                last - first == 1 or owner[first:last] == [other] * (last - first)
            ):
                words[place] = list(range(first, last))
                sure[place] = score

    # What is clear by itself comes first and need not be weighed.
    clear = []
    for first, (best, row) in enumerate(zip(unit.bests, rows, strict=True)):
        if best is not None and row is not None:
            here = places.get(best)
            if here is not None and len(here) == 1:
                clear.append((-row[best], here[0], first))
    clear.sort()
    for score, place, first in clear:
        mine = words.get(place)
        if mine is None:
            words[place] = [first]
            sure[place] = strength[first] = -score if score > -0.99 else 0.99
            owner[first] = place
        else:
            accept(-score, place, first, first + 1)
    candidates: list[tuple[float, int, int, int]] = []
    add = candidates.append
    for first, row in enumerate(rows):
        if row is None or owner[first] >= 0:
            continue
        where = (2 * first + 1) * scale_j
        common: Collection[str] = row.keys() & keys
        for e in common:
            score = row[e]
            for place in places[e]:
                if place in words and score < 0.3 * sure[place]:
                    continue  # linked already, and this is no part of the same word
                away = place * scale_e - where
                score_here = -score * (1.0 - _WEIGHT_OF_PLACE * (away if away > 0 else -away))
                add((score_here, place, first, first + 1))
        if rare:
            word = japanese[first]
            key = word.key
            count = japanese_units.get(key, 1)
            if count <= RARE and word.kind in "nvlwa":
                proper = "P" in word.flags or word.sound != ""
                usual = (0.6 if word.kind in "wa" else 1.0) * (0.6 if key in known else 1.0)
                for e, n_e in rare:
                    if e not in common:
                        score = shrunk(1, n_e, count) * (0.6 * usual if e in known else usual)
                        for place in places[e]:
                            if place not in words:
                                like = 1.2 if english[place].is_capital == proper else 0.6
                                away = abs(place * scale_e - where)
                                score_here = -score * like * (1.0 - _WEIGHT_OF_PLACE_ALONE * away)
                                add((score_here, place, first, first + 1))
    for first, last, row, _key in wholes:
        if max(owner[first:last]) >= 0:
            continue
        where = (first + last) * scale_j
        for e in row.keys() & keys:
            score = row[e] * _WHOLE
            for place in places[e]:
                away = abs(place * scale_e - where)
                add((-score * (1.0 - _WEIGHT_OF_PLACE * away), place, first, last))
    # Words beside each other in both languages support each other: they tell which *party* is the Green one.
    get = {(place, first): score for score, place, first, _last in candidates}.get
    candidates = [
        (score + _NEAR * (get((place + 1, last), 0.0) + get((place - 1, first - 1), 0.0)), place, first, last)
        for score, place, first, last in candidates
    ]
    candidates.sort()

    number = len(candidates)
    for at, (score, place, first, last) in enumerate(candidates):
        if score > -_STRONG:
            number = at
            break
        accept(-score if score > -0.99 else 0.99, place, first, last)
    links = Links(words, sure, owner, strength, compound, run)
    _fill(unit, links)
    # What is weak counts more beside what is strong: the words of a compound stand beside each other twice.
    weak: list[tuple[float, int, int, int]] = []
    for score, place, first, last in candidates[number:]:
        if score > -_LEAST / _BESIDE:
            break
        near = owner[first] < 0 and place not in words and _is_beside(links, place, first, last)
        weak.append((score * _BESIDE if near else score, place, first, last))
    weak.sort()
    for score, place, first, last in weak:
        if score > -_LEAST:
            break
        accept(min(-score, 0.9), place, first, last)
    return links


def _is_beside(links: Links, place: int, first: int, last: int) -> bool:
    """Whether the words beside Japanese ones in their compound are linked to words beside an English one."""
    owner, compound = links.owner, links.compound
    here = compound[first]
    return here >= 0 and any(
        0 <= j < len(owner) and compound[j] == here and owner[j] >= 0 and abs(owner[j] - place) <= 2
        for j in (first - 1, last)
    )


def _fill(unit: Unit, links: Links) -> None:
    """Links a free word beside a linked one, in both languages: it belongs to the same name."""
    words, sure, owner, strength, compound, run = links
    english, japanese = unit.english, unit.japanese
    size_e, size_j = len(english), len(japanese)
    queue = list(words)
    while queue:
        place = queue.pop()
        mine = words[place]
        here = compound[mine[0]]
        if here < 0:
            continue
        for step, beside in ((-1, mine[0] - 1), (1, mine[-1] + 1)):
            e, j = place + step, beside
            if not 0 <= e < size_e or e in words or run[e] != run[place] or run[e] < 0:
                continue
            if 0 <= j < size_j and japanese[j].kind == "・":
                j += step
            if (
                0 <= j < size_j
                and owner[j] < 0
                and compound[j] == here
                and japanese[j].kind in "nvl"
                and english[e].key
                and english[e].key[0] != "#"
            ):
                words[e] = [j]
                sure[e] = strength[j] = _FILLED
                owner[j] = e
                queue.append(e)
