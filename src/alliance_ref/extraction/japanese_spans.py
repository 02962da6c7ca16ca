"""Choice of the Japanese spans that may translate a span of English words.

The links of the English words decide between which compounds to choose and which words the span contains at
least. Unlinked words beside them may belong to it. The quality of a span is high if few words of either side
remain without a counterpart in the other, and if neither side is cut out of something longer.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from alliance_ref.extraction.word_alignment import Links
from alliance_ref.extraction.word_tables import Unit

# Set by hand on the development half of benchmarks/glossary_terms.
BLOCKING_LINK = 0.35
"""A Japanese word with a stronger link to other words is not added to a span."""

_LINK_BASE, _LINK_WEIGHT = 0.4, 0.6
"""Credit of a linked word: the base, and this share of the score of its link."""

_FREE_E_MET, _FREE_E_ALONE = 0.6, 0.12
"""Credit of an unlinked English word, with and without an unlinked Japanese word in the span."""

_FREE_J_MET, _FREE_J_ALONE, _FREE_J_SURPLUS = 0.65, 0.3, 0.45
"""Credit of an unlinked Japanese word.

With an unlinked English word; without any in the span; and if there are fewer unlinked English words.
"""

_AFFIX = 0.6
"""Credit of an unlinked prefix, suffix, middle dot or word of another class."""

_CUT_AT_LINKED, _CUT_AT_AFFIX, _CUT = 0.96, 0.6, 0.85
"""Factors of a span that is cut out of a compound: next to a linked word, to an affix, to another word."""

_CUT_NUMBER = 0.4
"""Factor of a span that splits a number or separates it from its counter."""

_BESIDE_LINKED, _BESIDE_UNLINKED = 0.97, 0.88
"""Factors of English words that do not fill their run: next to a linked and to an unlinked word."""

_MIN_QUALITY, _MIN_QUALITY_SHARE = 0.1, 0.6
"""Minimum quality of a span, and minimum share of the quality of the best span for the same English words."""

Found = tuple[int, int, int, int, float]
"""A span of English words, the span of Japanese words that translates it, and the quality of the pair."""


class _English(NamedTuple):
    """The words of an English span.

    Attributes:
        content: The number of content words.
        free: The number of unlinked ones.
        covered: The credit of those that are linked into the Japanese span.
        crossing: The scores of the links to other places.
    """

    content: int
    free: int
    covered: float
    crossing: float


class _Choice(NamedTuple):
    """A unit, its links and its areas, for the choice of Japanese spans.

    Attributes:
        unit: The unit.
        links: Its word alignment.
        areas: Its compounds, those with の or な between them joined.
        area: The number of the area of each Japanese word; -1 for none.
    """

    unit: Unit
    links: Links
    areas: list[tuple[int, int]]
    area: list[int]


def stretches(
    unit: Unit,
    areas: list[tuple[int, int]],
    links: Links,
    spans: Iterable[tuple[int, int]],
) -> list[Found]:
    """Return the Japanese spans that may translate each span of English words.

    Args:
        unit: The unit.
        areas: Its compounds, those with の or な between them joined; ``unit.bounds`` if none are.
        links: Its word alignment.
        spans: The first word of each English span, and the word after its last.
    """
    choice = _Choice(unit, links, areas, _area_numbers(unit, areas, links))
    words, keys = links.words, unit.keys
    found: list[Found] = []
    for first, last in spans:
        if last - first == 1 and first in words:
            whole = _whole_area(choice, first)
            if whole is not None:
                found += whole
                continue
        linked = [place for place in range(first, last) if place in words]
        if not linked:
            continue
        begin, stop = _main_area(choice, linked)
        if len(linked) == 1:
            inside = words[linked[0]]
        else:
            inside = [j for place in linked for j in words[place] if begin <= j < stop]
        low, high = min(inside), max(inside) + 1
        english = _english_side(keys, links, first, last, low, high)
        if english.content:
            edge = _edge(keys, words, unit.runs, links.run[first], first, last)
            tries = _candidates(choice, low, high, (begin, stop), widen=english.free > 0)
            found += _good_spans(choice, first, last, english, tries, edge)
    return found


def _area_numbers(unit: Unit, areas: list[tuple[int, int]], links: Links) -> list[int]:
    if areas is unit.bounds:
        return links.compound
    area = [-1] * len(unit.japanese)
    for number, (first, last) in enumerate(areas):
        for j in range(first, last):
            area[j] = number
    return area


def _whole_area(choice: _Choice, first: int) -> list[Found] | None:
    """Return the span of an English word that is linked to a whole area only, ``None`` for other words.

    This is the most frequent case. The list is empty if the quality is too low.
    """
    unit, links, areas, area = choice
    owner, strength = links.owner, links.strength
    mine = links.words[first]
    low, high = mine[0], mine[-1] + 1
    number = area[low]
    if number < 0 or areas[number] != (low, high) or len(mine) != high - low or not unit.keys[first]:
        return None
    covered = 0.0
    for j in mine:
        if owner[j] != first:
            return None
        covered += _LINK_BASE + _LINK_WEIGHT * strength[j]
    edge = _edge(unit.keys, links.words, unit.runs, links.run[first], first, first + 1)
    quality = (_LINK_BASE + _LINK_WEIGHT * links.sure[first]) * covered / (high - low) * edge
    return [(first, first + 1, low, high, quality)] if quality >= _MIN_QUALITY else []


def _main_area(choice: _Choice, linked: Sequence[int]) -> tuple[int, int]:
    """Return the area that contains most of the links of *linked* words, or the word if it is in none."""
    words, sure, area = choice.links.words, choice.links.sure, choice.area
    if len(linked) == 1:
        j = words[linked[0]][0]
        return choice.areas[area[j]] if area[j] >= 0 else (j, j + 1)
    mass: dict[int, float] = {}
    for place in linked:
        j = words[place][0]
        number = area[j] if area[j] >= 0 else -2 - j
        mass[number] = mass.get(number, 0.0) + sure[place]
    number = max(mass, key=lambda n: (mass[n], -n)) if len(mass) > 1 else next(iter(mass))
    return choice.areas[number] if number >= 0 else (-2 - number, -1 - number)


def _english_side(keys: Sequence[str], links: Links, first: int, last: int, low: int, high: int) -> _English:
    """Return the words of an English span whose links lead into a Japanese span, and those that do not."""
    words, sure = links.words, links.sure
    content = free = 0
    covered = crossing = 0.0
    for place in range(first, last):
        if keys[place]:
            content += 1
            if place not in words:
                free += 1
            elif low <= words[place][0] < high:
                covered += _LINK_BASE + _LINK_WEIGHT * sure[place]
            else:
                crossing += sure[place]
    return _English(content, free, covered, crossing)


def _candidates(
    choice: _Choice, low: int, high: int, area: tuple[int, int], *, widen: bool
) -> list[tuple[int, int]]:
    """Return the spans to try: the linked words, and those with the unlinked words of their compounds.

    With *widen*, an unlinked compound of the area before or after is tried as well: it may translate the
    unlinked English words.
    """
    bounds, compound, strength = choice.unit.bounds, choice.links.compound, choice.links.strength
    start = bounds[compound[low]][0] if compound[low] >= 0 else low
    end = bounds[compound[high - 1]][1] if compound[high - 1] >= 0 else high
    left, right = low, high
    while left > start and strength[left - 1] < BLOCKING_LINK:
        left -= 1
    while right < end and strength[right] < BLOCKING_LINK:
        right += 1
    tries = [(low, high)] if right == high else [(low, high), (low, right)]
    if left < low:
        tries = [(left, high), *tries] if right == high else [(left, high), (left, right), *tries]
    if not widen:
        return tries
    further: set[tuple[int, int]] = set()
    at = left - 2
    if left == start and at >= area[0]:
        outer = bounds[compound[at]][0] if compound[at] >= 0 else at
        if max(strength[outer : at + 1]) < BLOCKING_LINK:
            further |= {(outer, high), (outer, right)}
    at = right + 1
    if right == end and at < area[1]:
        outer = bounds[compound[at]][1] if compound[at] >= 0 else at + 1
        if max(strength[at:outer]) < BLOCKING_LINK:
            further |= {(low, outer), (left, outer)}
    return sorted(further.union(tries)) if further else tries


def _good_spans(
    choice: _Choice,
    first: int,
    last: int,
    english: _English,
    tries: Iterable[tuple[int, int]],
    edge: float,
) -> list[Found]:
    """Return the spans of *tries* whose quality is near that of the best."""
    japanese, kinds = choice.unit.japanese, choice.unit.table.kinds
    best = 0.0
    made: list[Found] = []
    for a, b in tries:
        if kinds[japanese[a]] in "s・" or kinds[japanese[b - 1]] in "p・":
            continue
        quality = _agreement(choice, first, last, a, b, english) * _cut(choice, a, b, edge)
        if quality >= _MIN_QUALITY:
            made.append((first, last, a, b, quality))
            if quality > best:
                best = quality
    if len(made) > 1:
        least = _MIN_QUALITY_SHARE * best
        made = [one for one in made if one[4] >= least]
    return made


def _agreement(choice: _Choice, first: int, last: int, a: int, b: int, english: _English) -> float:
    """Return how far the words of either side have a counterpart in the other, from 0 to 1."""
    owner, strength = choice.links.owner, choice.links.strength
    japanese, kinds = choice.unit.japanese, choice.unit.table.kinds
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
            covered += _LINK_BASE + _LINK_WEIGHT * strength[j]
        else:
            crossing += strength[j]
    free_e = english.free
    met = min(free_e, free_j)
    credit_e = english.covered + met * _FREE_E_MET + (free_e - met) * _FREE_E_ALONE
    alone = _FREE_J_SURPLUS if free_e else _FREE_J_ALONE
    credit_j = covered + affixes * _AFFIX + met * _FREE_J_MET + (free_j - met) * alone
    return credit_e / (english.content + english.crossing) * credit_j / (b - a + crossing)


def _cut(choice: _Choice, a: int, b: int, factor: float) -> float:
    """Return *factor*, lowered for a Japanese span that does not fill its compounds."""
    links, bounds, japanese = choice.links, choice.unit.bounds, choice.unit.japanese
    table = choice.unit.table
    number = links.compound[a]
    if number >= 0 and a > bounds[number][0]:
        kind, inner = table.kinds[japanese[a - 1]], japanese[a]
        factor *= _CUT_AT_LINKED if links.owner[a - 1] >= 0 else (_CUT_AT_AFFIX if kind == "p" else _CUT)
        if kind == "#" and (table.kinds[inner] == "#" or "C" in table.japanese[inner].flags):
            factor *= _CUT_NUMBER
    number = links.compound[b - 1]
    if number >= 0 and b < bounds[number][1]:
        kind, inner = table.kinds[japanese[b]], japanese[b - 1]
        factor *= _CUT_AT_LINKED if links.owner[b] >= 0 else (_CUT_AT_AFFIX if kind == "s" else _CUT)
        if table.kinds[inner] == "#" and (kind in "#s" or "C" in table.japanese[japanese[b]].flags):
            factor *= _CUT_NUMBER
    return factor


def _edge(
    keys: Sequence[str],
    words: Mapping[int, list[int]],
    runs: Sequence[tuple[int, int]],
    run: int,
    first: int,
    last: int,
) -> float:
    """Return the factor for a span that does not fill its run: lower next to an unlinked word."""
    edge = 1.0
    if run >= 0:
        start, end = runs[run]
        if first > start and keys[first - 1]:
            edge = _BESIDE_LINKED if first - 1 in words else _BESIDE_UNLINKED
        if last < end and keys[last]:
            edge *= _BESIDE_LINKED if last in words else _BESIDE_UNLINKED
    return edge
