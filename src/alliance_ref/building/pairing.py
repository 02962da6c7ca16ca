"""Pairs within one unit: which stretches of both sides stand for each other.

A Japanese compound says where a term begins and ends; the links of its words say which English
words it stands for. For these words the stretch is sought that holds all their links and no one
else's. Terms that are wanted in any case are looked for the other way round, from the English
words that were given.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from alliance_ref.building.association import either
from alliance_ref.building.english_side import EnglishType
from alliance_ref.building.japanese_side import zones
from alliance_ref.building.knowledge import Knowledge
from alliance_ref.building.linking import Item, Links, Unit, link
from alliance_ref.building.records import Model

_BLOCKS = 0.35
_LONGEST = 7
_KNOWN = 0.9

Found = tuple[int, int, int, int, float]
"""A stretch of English words, the one of Japanese words beside it, how well they agree."""

Key = tuple[str, str, str]
"""An English and a Japanese term as they stand, and in what form the Japanese one stands there."""


def pairs_of(
    unit: Unit,
    wanted: Sequence[tuple[int, int, str]],
    rare: Mapping[str, tuple[int, bool]],
    model: Model,
    knowledge: Knowledge,
) -> dict[Key, tuple[float, int, int]]:
    """The pairs of one unit, each with its quality and its places where it is best.

    *wanted* are the spans of terms given, *rare* is as for :func:`~alliance_ref.building.linking.link`.
    """
    wholes = _wholes(unit, model, inner=bool(wanted))
    links = link(unit, wholes, rare)
    areas = zones(unit.japanese, unit.bounds)
    found = stretches(unit, areas, links, _spans(unit, areas, links))
    english, names = unit.english, knowledge.names
    best: dict[Key, tuple[float, int, int]] = {}
    seeded: set[tuple[int, int]] = set()
    if wanted:
        results = {
            (first, last, a, b): quality
            for first, last, a, b, quality in found
            if not english[first].is_function and not english[last - 1].is_function
        }
        results.update(_wanted(unit, areas, links, wanted, wholes))
        found = [(*where, quality) for where, quality in results.items()]
        seeded = {(first, last) for first, last, _key in wanted}
    for first, last, a, b, quality in found:
        is_seed = (first, last) in seeded
        if not is_seed and (english[first].is_function or english[last - 1].is_function):
            continue
        japanese = unit.japanese_text(a, b)
        known = names.get(japanese)
        if known is not None and " ".join([kind.term_key for kind in english[first:last]]) in known:
            quality = either(quality, _KNOWN)
        key = unit.english_text(first, last), japanese, _form(unit, a, b) if is_seed else ""
        before = best.get(key)
        if before is None or before[0] < quality:
            best[key] = quality, unit.english_starts[first], unit.japanese_starts[a]
    return best


def _wholes(unit: Unit, model: Model, *, inner: bool) -> list[Item]:
    """The compounds of the unit that were seen before, with *inner* those within others too."""
    scores = model.scores
    found: list[Item] = []
    for first, last in unit.bounds:
        size = last - first
        if size < 2:
            continue
        row = scores.get(unit.japanese_text(first, last))
        if row is not None:
            found.append((first, last, row))
        if size > 2:
            for a in range(first, last - 1):
                for b in range(a + 2, min(a + 4, last + 1) if inner else a + 3):
                    if (a, b) != (first, last):
                        row = scores.get(unit.japanese_text(a, b))
                        if row is not None:
                            found.append((a, b, row))
    return found


def _spans(unit: Unit, areas: Sequence[tuple[int, int]], links: Links) -> list[tuple[int, int]]:
    """The stretches of English words that the compounds, and those joined by の, link to."""
    words, owner, run = links.words, links.owner, links.run
    english = unit.english
    spans: dict[tuple[int, int], None] = {}
    joined = [area for area in areas if area not in unit.bounds]
    for first, last in [*unit.bounds, *joined]:
        by_run: dict[int, list[int]] = {}
        for j in range(first, last):
            place = owner[j]
            if place >= 0:
                by_run.setdefault(run[place], []).append(place)
        for number, linked in by_run.items():
            if number < 0:
                for place in linked:
                    spans[place, place + 1] = None
                continue
            start, end = unit.runs[number]
            low, high = min(linked), max(linked) + 1
            # Words that share a Japanese word with one of these, and free words beside them.
            while (
                low > start
                and (low - 1 not in words or first <= words[low - 1][0] < last)
                and low - 1 >= start
            ):
                low -= 1
            while high < end and (high not in words or first <= words[high][0] < last):
                high += 1
            while low < high and english[low].is_function:
                low += 1
            while high > low and english[high - 1].is_function:
                high -= 1
            if high - low <= _LONGEST:
                spans[low, high] = None
            tight = (min(linked), max(linked) + 1)
            if tight[1] - tight[0] <= _LONGEST:
                spans[tight] = None
    return list(spans)


def _wanted(
    unit: Unit,
    areas: Sequence[tuple[int, int]],
    links: Links,
    wanted: Sequence[tuple[int, int, str]],
    wholes: Sequence[Item],
) -> Iterator[tuple[tuple[int, int, int, int], float]]:
    """What stands for the terms that are wanted."""
    results = {
        (first, last, a, b): quality
        for first, last, a, b, quality in stretches(
            unit, areas, links, dict.fromkeys((f, e) for f, e, _ in wanted)
        )
    }
    paired = {where[:2] for where in results}
    owner, strength, words = links.owner, links.strength, links.words
    singles: list[Item] = [(j, j + 1, value[0]) for j, value in unit.content]
    for first, last, key in wanted:
        if (first, last) not in paired:
            # Nothing links to it: the free compound nearest to its place, if any.
            where = (first + last) / 2 / len(unit.english)
            free = [
                (abs((a + b) / 2 / len(unit.japanese) - where), a, b)
                for a, b in unit.bounds
                if all(strength[j] < _BLOCKS for j in range(a, b))
            ]
            if free:
                away, a, b = min(free)
                results[first, last, a, b] = 0.15 * (1.0 - away)
        for a, b, row in (*singles, *wholes):
            direct = row.get(key, 0.0)
            if direct > 0.1:
                outside = sum(
                    strength[j] for j in range(a, b) if owner[j] >= 0 and not first <= owner[j] < last
                )
                missing = sum(1 for e in range(first, last) if e in words and not a <= words[e][0] < b)
                direct *= (1.0 - 0.8 * outside / (b - a)) * (1.0 - 0.6 * missing / (last - first))
                if (
                    b < len(owner)
                    and links.compound[b] == links.compound[a] >= 0
                    and unit.japanese[b].kind == "s"
                ):
                    direct *= 0.75
                here = (first, last, a, b)
                results[here] = either(results.get(here, 0.0) * 0.5, direct)
    yield from results.items()


def _form(unit: Unit, first: int, last: int) -> str:
    """The dictionary form of a verb or adjective; する or に where a noun stands with it; else nothing."""
    tail = unit.japanese[last - 1]
    after = unit.japanese[last] if last < len(unit.japanese) else None
    if last - first == 1 and tail.kind in "wa":
        return tail.lemma
    if tail.kind == "v" and after is not None and "D" in after.flags:
        return "する"
    if "J" in tail.flags and after is not None and "N" in after.flags:
        return "に"
    return ""


def stretches(
    unit: Unit,
    areas: Sequence[tuple[int, int]],
    links: Links,
    spans: Iterable[tuple[int, int]],
) -> list[Found]:
    """For each span of English words the stretches of Japanese words that it may stand for."""
    english, japanese = unit.english, unit.japanese
    words, sure, owner, strength, compound, run_of = links
    bounds, runs = unit.bounds, unit.runs
    area = [-1] * len(japanese)
    for number, (first, last) in enumerate(areas):
        for j in range(first, last):
            area[j] = number
    found: list[Found] = []
    for first, last in spans:
        if last - first == 1 and first in words:
            # Most spans: one word that is linked to the whole of a compound, and to nothing else.
            mine = words[first]
            low, high = mine[0], mine[-1] + 1
            number = area[low]
            if number >= 0 and areas[number] == (low, high) and english[first].key:
                covered = 0.0
                for j in mine:
                    if owner[j] == first:
                        covered += 0.4 + 0.6 * strength[j]
                    else:
                        break
                else:
                    if len(mine) == high - low:
                        edge = _edge(english, words, runs, run_of[first], first, last)
                        quality = (0.4 + 0.6 * sure[first]) * covered / (high - low) * edge
                        if quality >= 0.1:
                            found.append((first, last, low, high, quality))
                        continue
        linked = [place for place in range(first, last) if place in words]
        if not linked:
            continue
        # The stretch of compounds that holds most of what the span links to.
        mass: dict[int, float] = {}
        for place in linked:
            j = words[place][0]
            number = area[j] if area[j] >= 0 else -2 - j
            mass[number] = mass.get(number, 0.0) + sure[place]
        number = max(mass, key=lambda n: (mass[n], -n)) if len(mass) > 1 else next(iter(mass))
        begin, stop = areas[number] if number >= 0 else (-2 - number, -1 - number)
        inside = [j for place in linked for j in words[place] if begin <= j < stop]
        low, high = min(inside), max(inside) + 1
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
        edge = _edge(english, words, runs, run_of[first], first, last)
        start = bounds[compound[low]][0] if compound[low] >= 0 else low
        end = bounds[compound[high - 1]][1] if compound[high - 1] >= 0 else high
        left, right = low, high
        while left > start and strength[left - 1] < _BLOCKS:
            left -= 1
        while right < end and strength[right] < _BLOCKS:
            right += 1
        tries = {(low, high), (left, right), (left, high), (low, right)}
        if free_e:
            # Words without a link may stand in the compound before or behind, which nothing else explains.
            at = left - 2
            if left == start and at >= begin:
                outer = bounds[compound[at]][0] if compound[at] >= 0 else at
                if all(strength[j] < _BLOCKS for j in range(outer, at + 1)):
                    tries |= {(outer, high), (outer, right)}
            at = right + 1
            if right == end and at < stop:
                outer = bounds[compound[at]][1] if compound[at] >= 0 else at + 1
                if all(strength[j] < _BLOCKS for j in range(at, outer)):
                    tries |= {(low, outer), (left, outer)}
        best = 0.0
        made: list[Found] = []
        for a, b in sorted(tries):
            if japanese[a].kind in "s・" or japanese[b - 1].kind in "p・":
                continue
            covered = crossing = 0.0
            free_j = affixes = 0
            for j in range(a, b):
                owned = owner[j]
                if owned < 0:
                    if japanese[j].kind in "ps・o":
                        affixes += 1
                    else:
                        free_j += 1
                elif first <= owned < last:
                    covered += 0.4 + 0.6 * strength[j]
                else:
                    crossing += strength[j]
            met = min(free_j, free_e)
            credit_e = covered_e + met * 0.6 + (free_e - met) * 0.12
            credit_j = covered + affixes * 0.6 + met * 0.65 + (free_j - met) * (0.45 if free_e else 0.3)
            shape = edge
            before = bounds[compound[a]][0] if compound[a] >= 0 else a
            behind = bounds[compound[b - 1]][1] if compound[b - 1] >= 0 else b
            if a > before:
                shape *= 0.96 if owner[a - 1] >= 0 else (0.6 if japanese[a - 1].kind == "p" else 0.85)
                if japanese[a - 1].kind == "#" and (japanese[a].kind == "#" or "C" in japanese[a].flags):
                    shape *= 0.4  # a number is not cut, nor parted from what it counts
            if b < behind:
                shape *= 0.96 if owner[b] >= 0 else (0.6 if japanese[b].kind == "s" else 0.85)
                if japanese[b - 1].kind == "#" and (japanese[b].kind in "#s" or "C" in japanese[b].flags):
                    shape *= 0.4
            quality = credit_e / (content + crossing_e) * credit_j / (b - a + crossing) * shape
            if quality >= 0.1:
                made.append((first, last, a, b, quality))
                if quality > best:
                    best = quality
        found += [one for one in made if one[4] >= 0.6 * best]
    return found


def _edge(
    english: Sequence[EnglishType],
    words: Mapping[int, list[int]],
    runs: Sequence[tuple[int, int]],
    run: int,
    first: int,
    last: int,
) -> float:
    """What a span loses that does not fill its run: little beside a linked word, more beside a free one."""
    edge = 1.0
    if run >= 0:
        start, end = runs[run]
        if first > start and english[first - 1].key:
            edge = 0.97 if first - 1 in words else 0.88
        if last < end and english[last].key:
            edge *= 0.97 if last in words else 0.88
    return edge
