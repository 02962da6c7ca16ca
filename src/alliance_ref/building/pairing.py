"""Pairs within one unit: which words link, and which stretches of both sides stand for each other.

Words are linked one by one, the surest first, and a word that is linked is no longer free. So what is sure
explains itself away, and the rest has only each other to go with: that is how a term that occurs once is found.
A Japanese compound may link as a whole where it was seen often enough. Then for each run of English words the
stretch of a compound is sought that holds all their links and no one else's.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from alliance_ref.building.association import shrunk
from alliance_ref.building.english_side import EnglishType
from alliance_ref.building.japanese_side import JapaneseType
from alliance_ref.building.records import Model

_RARE = 4
_LEAST = 0.05
_STRONG = 0.4
_BLOCKS = 0.35
_WHOLE = 0.88
_NEAR = 0.15
_FILLED = 0.4
_WEIGHT_OF_PLACE = 0.25

Item = tuple[int, int, Mapping[str, float], str]
"""A Japanese word or compound: its first word, the one behind its last, what it may stand for, its key."""


class Links(NamedTuple):
    """Which words of a unit stand for each other.

    `words` has the Japanese words of each English one that is linked, in order, and `sure` how sure that is;
    `owner` has for each Japanese word the English one, -1 for none, `strength` how sure that is.
    """

    words: dict[int, list[int]]
    sure: dict[int, float]
    owner: list[int]
    strength: list[float]


def link(
    english: Sequence[EnglishType],
    japanese: Sequence[JapaneseType],
    runs: Sequence[tuple[int, int]],
    bounds: Sequence[tuple[int, int]],
    items: Sequence[Item],
    model: Model,
) -> Links:
    """The links of one unit, found greedily from the surest on."""
    english_units, japanese_units, known = model.english, model.japanese, model.known
    places: dict[str, list[int]] = {}
    for place, kind in enumerate(english):
        if kind.key:
            places.setdefault(kind.key, []).append(place)
    keys = places.keys()
    scale_e, scale_j = 1.0 / (len(english) or 1), 0.5 / (len(japanese) or 1)
    rare = [
        (key, count)
        for key in places
        if key[0] != "#" and (count := english_units.get(key, 1)) <= _RARE
    ]
    candidates: list[tuple[float, int, int, int]] = []
    add = candidates.append
    for first, last, row, key in items:
        where = (first + last) * scale_j
        common: Collection[str] = row.keys() & keys if row else ()
        for e in common:
            score = row[e] if last - first == 1 else _WHOLE * row[e]
            for place in places[e]:
                add((-score * (1.0 - _WEIGHT_OF_PLACE * abs(place * scale_e - where)), place, first, last))
        if rare and last - first == 1:
            count = japanese_units.get(key, 1)
            word = japanese[first]
            if count <= _RARE and word.kind in "nvlwa":
                proper = "P" in word.flags or word.sound != ""
                usual = (0.6 if word.kind in "wa" else 1.0) * (0.6 if key in known else 1.0)
                for e, n_e in rare:
                    if e not in common:
                        score = shrunk(1, n_e, count) * (0.6 * usual if e in known else usual)
                        for place in places[e]:
                            like = 1.2 if english[place].is_capital == proper else 0.6
                            add((-score * like * (1.0 - 0.5 * abs(place * scale_e - where)), place, first, last))
    # Words beside each other in both languages support each other: which of two *party* is that of *Green Party*.
    at = {(place, first): score for score, place, first, _last in candidates}
    get = at.get
    candidates = [
        (score + _NEAR * (get((place + 1, last), 0.0) + get((place - 1, first - 1), 0.0)), place, first, last)
        for score, place, first, last in candidates
    ]
    candidates.sort()
    owner = [-1] * len(japanese)
    strength = [0.0] * len(japanese)
    words: dict[int, list[int]] = {}
    sure: dict[int, float] = {}
    compound_of: dict[int, int] = {}
    for number, (first, last) in enumerate(bounds):
        for j in range(first, last):
            compound_of[j] = number
    run_of: dict[int, int] = {}
    for number, (first, last) in enumerate(runs):
        for place in range(first, last):
            run_of[place] = number

    def accept(score: float, place: int, first: int, last: int) -> None:
        mine = words.get(place)
        if owner[first] < 0 and (last - first == 1 or all(owner[j] < 0 for j in range(first + 1, last))):
            if mine is None:
                words[place] = list(range(first, last))
                sure[place] = score
            elif (
                score >= 0.3 * sure[place]
                and (first == mine[-1] + 1 or last == mine[0])
                and compound_of.get(first, -1) == compound_of.get(mine[0], -2)
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
            if abs(other - place) <= 2 and all(owner[j] == other for j in range(first, last)):
                words[place] = list(range(first, last))
                sure[place] = score

    number = 0
    for number, (score, place, first, last) in enumerate(candidates):
        if score > -_STRONG:
            break
        accept(-score, place, first, last)
    else:
        return Links(words, sure, owner, strength)
    # A free word beside a linked one, in both languages alike, belongs to the same name or compound.
    changed = True
    while changed:
        changed = False
        for place, mine in list(words.items()):
            for step, j in ((-1, mine[0] - 1), (1, mine[-1] + 1)):
                e = place + step
                if 0 <= j < len(owner) and japanese[j].kind == "・":
                    j += step
                if (
                    0 <= j < len(owner)
                    and owner[j] < 0
                    and 0 <= e < len(english)
                    and e not in words
                    and english[e].key
                    and english[e].key[0] != "#"
                    and japanese[j].kind in "nvl"
                    and compound_of.get(j, -1) == compound_of.get(mine[0], -2)
                    and run_of.get(e, -1) == run_of.get(place, -2)
                ):
                    words[e] = [j]
                    sure[e] = strength[j] = _FILLED
                    owner[j] = e
                    changed = True
    # What is weak counts more beside what is strong: the words of a compound stand beside each other twice.
    weak = []
    for score, place, first, last in candidates[number:]:
        if owner[first] >= 0 or place in words:
            weak.append((score, place, first, last))
            continue
        mine = compound_of.get(first, -1)
        near = False
        for j in (first - 1, last):
            if 0 <= j < len(owner) and owner[j] >= 0 and compound_of.get(j, -2) == mine:
                near = near or abs(owner[j] - place) <= 2
        weak.append((score * 1.8 if near else score, place, first, last))
    weak.sort()
    for score, place, first, last in weak:
        if score > -_LEAST:
            break
        accept(min(-score, 0.9), place, first, last)
    return Links(words, sure, owner, strength)


Found = tuple[int, int, int, int, float]
"""A stretch of English words, the one of Japanese words beside it, how well they agree."""


def stretches(
    english: Sequence[EnglishType],
    japanese: Sequence[JapaneseType],
    runs: Sequence[tuple[int, int]],
    bounds: Sequence[tuple[int, int]],
    areas: Sequence[tuple[int, int]],
    links: Links,
    spans: Sequence[tuple[int, int]],
) -> list[Found]:
    """For each span of English words the stretches of Japanese words that it may stand for."""
    words, sure, owner, strength = links
    compound: dict[int, tuple[int, int]] = {}
    for bound in bounds:
        for j in range(*bound):
            compound[j] = bound
    area: dict[int, tuple[int, int]] = {}
    for bound in areas:
        for j in range(*bound):
            area[j] = bound
    run_of: dict[int, tuple[int, int]] = {}
    for run in runs:
        for place in range(*run):
            run_of[place] = run
    found: list[Found] = []
    for first, last in spans:
        linked = [place for place in range(first, last) if place in words]
        if not linked:
            continue
        # The stretch of compounds that holds most of what the span links to.
        mass: dict[tuple[int, int], float] = {}
        for place in linked:
            mine = words[place]
            bound = area.get(mine[0], (mine[0], mine[0] + 1))
            mass[bound] = mass.get(bound, 0.0) + sure[place]
        bound = max(mass, key=lambda b: (mass[b], -b[0])) if len(mass) > 1 else next(iter(mass))
        inside = [j for place in linked for j in words[place] if bound[0] <= j < bound[1]]
        low, high = min(inside), max(inside) + 1
        if len(mass) > 1 or high - low > 2 * len(inside) + 3:
            pass
        content = free_e = 0
        covered_e = crossing_e = 0.0
        for place in range(first, last):
            if english[place].key:
                content += 1
                if place not in words:
                    free_e += 1
                elif low <= words[place][0] < high:
                    covered_e += 0.4 + 0.6 * sure[place]
                else:
                    crossing_e += sure[place]
        if not content:
            continue
        edge = 1.0
        run = run_of.get(first)
        if run is not None:
            for outer in (first - 1, last):
                if run[0] <= outer < run[1] and english[outer].key:
                    edge *= 0.97 if outer in words else 0.88
        start, end = compound.get(low, (low, low + 1))[0], compound.get(high - 1, (high - 1, high))[1]
        left, right = low, high
        while left > start and strength[left - 1] < _BLOCKS:
            left -= 1
        while right < end and strength[right] < _BLOCKS:
            right += 1
        tries = {(low, high), (left, right), (left, high), (low, right)}
        if free_e:
            # Words without a link may stand in the compound before or behind, which nothing else explains.
            at = left - 2
            if left == start and at >= bound[0]:
                begin = compound.get(at, (at, at + 1))[0]
                if all(strength[j] < _BLOCKS for j in range(begin, at + 1)):
                    tries |= {(begin, high), (begin, right)}
            at = right + 1
            if right == end and at < bound[1]:
                stop = compound.get(at, (at, at + 1))[1]
                if all(strength[j] < _BLOCKS for j in range(at, stop)):
                    tries |= {(low, stop), (left, stop)}
        for a, b in sorted(tries):
            if japanese[a].kind in "s・" or japanese[b - 1].kind in "p・":
                continue
            covered = crossing = 0.0
            size = free_j = 0
            affixes = 0
            for j in range(a, b):
                kind = japanese[j].kind
                mine_e = owner[j]
                if mine_e < 0:
                    if kind in "ps・o":
                        affixes += 1
                    else:
                        free_j += 1
                elif first <= mine_e < last:
                    covered += 0.4 + 0.6 * strength[j]
                else:
                    crossing += strength[j]
                size += 1
            met = min(free_e, free_j)
            credit_e = covered_e + (met * 0.6 if met else 0.0) + (free_e - met) * 0.12
            credit_j = covered + affixes * 0.6 + met * 0.65 + max(free_j - met, 0) * (0.45 if free_e else 0.3)
            part_e = credit_e / (content + crossing_e)
            part_j = credit_j / (size + crossing)
            shape = edge
            s2, e2 = compound.get(a, (a, a + 1))[0], compound.get(b - 1, (b - 1, b))[1]
            if (a > s2 and japanese[a - 1].kind == "#" and (japanese[a].kind == "#" or "C" in japanese[a].flags)) or (
                b < e2 and japanese[b - 1].kind == "#" and (japanese[b].kind in "#s" or "C" in japanese[b].flags)
            ):
                shape *= 0.4  # a number is not cut, nor parted from what it counts
            if a > s2:
                shape *= 0.96 if owner[a - 1] >= 0 else (0.6 if japanese[a - 1].kind == "p" else 0.85)
            if b < e2:
                shape *= 0.96 if owner[b] >= 0 else (0.6 if japanese[b].kind == "s" else 0.85)
            quality = part_e * part_j * shape
            if quality >= 0.1:
                found.append((first, last, a, b, quality))
    return found
