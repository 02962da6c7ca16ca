"""Pairs within one unit: which stretches of both sides stand for each other.

A Japanese compound says where a term begins and ends; the links of its words say which English
words it stands for. For these words the stretch is sought that holds all their links and no one
else's. Terms that are wanted in any case are looked for the other way round, from the English
words that were given.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from alliance_ref.extraction.association import either
from alliance_ref.extraction.background import Knowledge
from alliance_ref.extraction.records import Model
from alliance_ref.extraction.word_alignment import Item, Links, Unit, link

_BLOCKS = 0.35
_LONGEST = 7
_KNOWN = 0.9

Found = tuple[int, int, int, int, float]
"""A stretch of English words, the one of Japanese words beside it, how well they agree."""

Key = tuple[str, str, str]
"""An English and a Japanese term as they stand, and in what form the Japanese one stands there."""


def pairs_of(
    unit: Unit, wanted: Sequence[tuple[int, int, str]], model: Model, knowledge: Knowledge
) -> dict[Key, tuple[float, int, int]]:
    """The pairs of one unit, each with its quality and its places where that is best.

    *wanted* are the spans of terms given.
    """
    wholes = _wholes(unit, model, inner=bool(wanted))
    links = link(unit, wholes)
    areas = _areas(unit)
    found = stretches(unit, areas, links, _spans(unit, areas, links))
    seeded: set[tuple[int, int]] = set()
    if wanted:
        results = {(first, last, a, b): quality for first, last, a, b, quality in found}
        results.update(_wanted(unit, areas, links, wanted, wholes))
        found = [(*where, quality) for where, quality in results.items()]
        seeded = {(first, last) for first, last, _key in wanted}
    best: dict[Key, tuple[float, int, int]] = {}
    names_of = knowledge.names.get
    en, ja, english, japanese = unit.en, unit.ja, unit.english, unit.japanese
    starts_e, starts_j = unit.english_starts, unit.japanese_starts
    lengths, widths = unit.table.lengths, unit.table.widths
    for first, last, a, b, agreed in found:
        quality = agreed
        start_e, start_j = starts_e[first], starts_j[a]
        text = ja[start_j : starts_j[b - 1] + widths[japanese[b - 1]]]
        known = names_of(text)
        if known is not None and " ".join([kind.term_key for kind in unit.types(first, last)]) in known:
            quality = either(agreed, _KNOWN)
        key = (
            en[start_e : starts_e[last - 1] + lengths[english[last - 1]]],
            text,
            _form(unit, a, b) if seeded and (first, last) in seeded else "",
        )
        if key not in best or best[key][0] < quality:
            best[key] = quality, start_e, start_j
    return best


def _areas(unit: Unit) -> list[tuple[int, int]]:
    """Compounds joined by の or な into the longest stretches in which a term may lie.

    If there are none to join, these are the compounds as they are.
    """
    bounds, japanese, types = unit.bounds, unit.japanese, unit.table.japanese
    areas: list[tuple[int, int]] = []
    before = -2
    for bound in bounds:
        first, last = bound
        if first == before + 1 and types[japanese[before]].surface in _BETWEEN:
            areas[-1] = areas[-1][0], last
        else:
            areas.append(bound)
        before = last
    return areas if len(areas) < len(bounds) else bounds


_BETWEEN = frozenset("のな")


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


def _joined(areas: list[tuple[int, int]], bounds: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The areas of more than one compound."""
    single = set(bounds)
    return [area for area in areas if area not in single]


def _spans(unit: Unit, areas: list[tuple[int, int]], links: Links) -> Iterable[tuple[int, int]]:
    """The stretches of English words that the compounds, and those joined by の, link to.

    Words outside all runs are function words, which are no terms.
    """
    words, owner, run = links.words, links.owner, links.run
    bounds, runs = unit.bounds, unit.runs
    english, is_function = unit.english, unit.table.functions
    heads = {place: mine[0] for place, mine in words.items()}
    spans: dict[tuple[int, int], None] = {}
    joined = [] if areas is bounds else _joined(areas, bounds)
    for first, last in [*bounds, *joined] if joined else bounds:
        if last - first == 1:
            place = owner[first]
            if place < 0 or run[place] < 0:
                continue
            by_run = {run[place]: (place, place + 1)}
        else:
            by_run = {}
            for place in owner[first:last]:
                if place >= 0 and run[place] >= 0:
                    low, high = by_run.get(run[place], (place, place + 1))
                    by_run[run[place]] = (
                        min(place, low),
                        high if high > place else place + 1,
                    )
        for number, tight in by_run.items():
            start, end = runs[number]
            low, high = tight
            # Words that share a Japanese word with one of these, and free words beside them.
            while low > start and (low - 1 not in heads or first <= heads[low - 1] < last):
                low -= 1
            while high < end and (high not in heads or first <= heads[high] < last):
                high += 1
            if (low, high) != tight:
                while is_function[english[low]]:
                    low += 1
                while is_function[english[high - 1]]:
                    high -= 1
                if high - low <= _LONGEST:
                    spans[low, high] = None
            low, high = tight
            if high - low <= _LONGEST:
                spans[tight] = None
    return spans


def _wanted(
    unit: Unit,
    areas: list[tuple[int, int]],
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
                    and unit.table.kinds[unit.japanese[b]] == "s"
                ):
                    direct *= 0.75
                here = (first, last, a, b)
                results[here] = either(results.get(here, 0.0) * 0.5, direct)
    yield from results.items()


def _form(unit: Unit, first: int, last: int) -> str:
    """The dictionary form of a verb or adjective; する or に where a noun stands with it; else nothing."""
    types, numbers = unit.table.japanese, unit.japanese
    tail = types[numbers[last - 1]]
    after = types[numbers[last]] if last < len(numbers) else None
    if last - first == 1 and tail.kind in "wa":
        return tail.lemma
    if tail.kind == "v" and after is not None and "D" in after.flags:
        return "する"
    if "J" in tail.flags and after is not None and "N" in after.flags:
        return "に"
    return ""


def stretches(
    unit: Unit,
    areas: list[tuple[int, int]],
    links: Links,
    spans: Iterable[tuple[int, int]],
) -> list[Found]:
    """For each span of English words the stretches of Japanese words that it may stand for."""
    keys, japanese, table = unit.keys, unit.japanese, unit.table
    kinds = table.kinds
    words, sure, owner, strength, compound, run_of = links
    bounds, runs = unit.bounds, unit.runs
    if areas is bounds:
        area = compound
    else:
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
            if number >= 0 and areas[number] == (low, high) and len(mine) == high - low and keys[first]:
                covered = 0.0
                for j in mine:
                    if owner[j] != first:
                        break
                    covered += 0.4 + 0.6 * strength[j]
                else:
                    edge = _edge(keys, words, runs, run_of[first], first, last)
                    quality = (0.4 + 0.6 * sure[first]) * covered / (high - low) * edge
                    if quality >= 0.1:
                        found.append((first, last, low, high, quality))
                    continue
        linked = [place for place in range(first, last) if place in words]
        if not linked:
            continue
        # The stretch of compounds that holds most of what the span links to.
        low = words[linked[0]][0]
        number = area[low] if area[low] >= 0 else -2 - low
        if len(linked) > 1:
            mass: dict[int, float] = {}
            for place in linked:
                j = words[place][0]
                number = area[j] if area[j] >= 0 else -2 - j
                mass[number] = mass.get(number, 0.0) + sure[place]
            if len(mass) > 1:
                number = max(mass, key=lambda n: (mass[n], -n))
        begin, stop = areas[number] if number >= 0 else (-2 - number, -1 - number)
        if len(linked) == 1:
            inside = words[linked[0]]
        else:
            inside = [j for place in linked for j in words[place] if begin <= j < stop]
        low, high = min(inside), max(inside) + 1
        content = free_e = 0
        covered_e = crossing_e = 0.0
        for place in range(first, last):
            if keys[place]:
                content += 1
                if place not in words:
                    free_e += 1
                elif low <= words[place][0] < high:
                    covered_e += 0.4 + 0.6 * sure[place]
                else:
                    crossing_e += sure[place]
        if not content:
            continue
        edge = _edge(keys, words, runs, run_of[first], first, last)
        start = bounds[compound[low]][0] if compound[low] >= 0 else low
        end = bounds[compound[high - 1]][1] if compound[high - 1] >= 0 else high
        left, right = low, high
        while left > start and strength[left - 1] < _BLOCKS:
            left -= 1
        while right < end and strength[right] < _BLOCKS:
            right += 1
        tries = [(low, high)] if right == high else [(low, high), (low, right)]
        if left < low:
            tries = [(left, high), *tries] if right == high else [(left, high), (left, right), *tries]
        if free_e:
            # Words without a link may stand in the compound before or behind, which nothing else explains.
            further: set[tuple[int, int]] = set()
            at = left - 2
            if left == start and at >= begin:
                outer = bounds[compound[at]][0] if compound[at] >= 0 else at
                if max(strength[outer : at + 1]) < _BLOCKS:
                    further |= {(outer, high), (outer, right)}
            at = right + 1
            if right == end and at < stop:
                outer = bounds[compound[at]][1] if compound[at] >= 0 else at + 1
                if max(strength[at:outer]) < _BLOCKS:
                    further |= {(low, outer), (left, outer)}
            if further:
                tries = sorted(further.union(tries))
        best = 0.0
        made: list[Found] = []
        for a, b in tries:
            kind_a, kind_b = kinds[japanese[a]], kinds[japanese[b - 1]]
            if kind_a in "s・" or kind_b in "p・":
                continue
            covered = crossing = 0.0
            free_j = affixes = 0
            for j in range(a, b):
                owned = owner[j]
                if owned < 0:
                    if kinds[japanese[j]] in "ps・o":
                        affixes += 1
                    else:
                        free_j += 1
                elif first <= owned < last:
                    covered += 0.4 + 0.6 * strength[j]
                else:
                    crossing += strength[j]
            met = min(free_e, free_j)
            credit_e = covered_e + met * 0.6 + (free_e - met) * 0.12
            credit_j = covered + affixes * 0.6 + met * 0.65 + (free_j - met) * (0.45 if free_e else 0.3)
            shape = edge
            number = compound[a]
            if number >= 0 and a > bounds[number][0]:
                kind = kinds[japanese[a - 1]]
                shape *= 0.96 if owner[a - 1] >= 0 else (0.6 if kind == "p" else 0.85)
                if kind == "#" and (kind_a == "#" or "C" in table.japanese[japanese[a]].flags):
                    shape *= 0.4  # a number is not cut, nor parted from what it counts
            number = compound[b - 1]
            if number >= 0 and b < bounds[number][1]:
                kind = kinds[japanese[b]]
                shape *= 0.96 if owner[b] >= 0 else (0.6 if kind == "s" else 0.85)
                if kind_b == "#" and (kind in "#s" or "C" in table.japanese[japanese[b]].flags):
                    shape *= 0.4
            quality = credit_e / (content + crossing_e) * credit_j / (b - a + crossing) * shape
            if quality >= 0.1:
                made.append((first, last, a, b, quality))
                if quality > best:
                    best = quality
        if len(made) > 1:
            least = 0.6 * best
            made = [one for one in made if one[4] >= least]
        found += made
    return found


def _edge(
    keys: Sequence[str],
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
        if first > start and keys[first - 1]:
            edge = 0.97 if first - 1 in words else 0.88
        if last < end and keys[last]:
            edge *= 0.97 if last in words else 0.88
    return edge
