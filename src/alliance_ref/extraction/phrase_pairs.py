"""Extraction of phrase pairs from one unit.

A Japanese compound determines where a term begins and ends, and the word alignment determines which English
words it translates. For these English words, the Japanese span is chosen that contains all their links and as
few other links as possible. Seed terms are processed in the other direction, from the given English words.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from alliance_ref.extraction.association import noisy_or
from alliance_ref.extraction.background import Background
from alliance_ref.extraction.records import Model
from alliance_ref.extraction.word_alignment import Item, Links, link
from alliance_ref.extraction.word_tables import Unit

# Set by hand on the development half of benchmarks/glossary_terms; no script refits them.
_BLOCKING_LINK = 0.35
"""A Japanese word with a stronger link to other words is not added to a span."""

_MAX_ENGLISH_WORDS = 7
"""Longest English term."""

_P_KNOWN_NAME = 0.9
"""Probability of a pair of names in the reference."""

_UNLINKED_SEED_SCORE = 0.15
"""Quality of the compound nearest to a seed term that no other evidence pairs."""

_MIN_SEED_SCORE = 0.1
"""Minimum score of a Japanese word for a seed term as a whole."""

Found = tuple[int, int, int, int, float]
"""A span of English words, the span of Japanese words that translates it, and the quality of the pair."""

Key = tuple[str, str, str]
"""An English and a Japanese term as written, and the dictionary form of the Japanese term if it differs."""


def pairs_of(
    unit: Unit, seeds: Sequence[tuple[int, int, str]], model: Model, background: Background
) -> dict[Key, tuple[float, int, int]]:
    """Return the pairs of one unit, each with its best quality and the start offsets there.

    *seeds* are the spans of seed terms, with their keys.
    """
    compounds = _known_compounds(unit, model, inner=bool(seeds))
    links = link(unit, compounds)
    areas = _areas(unit)
    found = stretches(unit, areas, links, _spans(unit, areas, links))
    seeded: set[tuple[int, int]] = set()
    if seeds:
        results = {(first, last, a, b): quality for first, last, a, b, quality in found}
        results.update(_seed_pairs(unit, areas, links, seeds, compounds))
        found = [(*where, quality) for where, quality in results.items()]
        seeded = {(first, last) for first, last, _key in seeds}
    best: dict[Key, tuple[float, int, int]] = {}
    names_of = background.names.get
    en, ja, english, japanese = unit.en, unit.ja, unit.english, unit.japanese
    starts_e, starts_j = unit.english_starts, unit.japanese_starts
    lengths, widths = unit.table.lengths, unit.table.widths
    for first, last, a, b, agreed in found:
        quality = agreed
        start_e, start_j = starts_e[first], starts_j[a]
        text = ja[start_j : starts_j[b - 1] + widths[japanese[b - 1]]]
        known = names_of(text)
        if known is not None and " ".join([kind.term_key for kind in unit.types(first, last)]) in known:
            quality = noisy_or(agreed, _P_KNOWN_NAME)
        key = (
            en[start_e : starts_e[last - 1] + lengths[english[last - 1]]],
            text,
            _form(unit, a, b) if seeded and (first, last) in seeded else "",
        )
        if key not in best or best[key][0] < quality:
            best[key] = quality, start_e, start_j
    return best


def _areas(unit: Unit) -> list[tuple[int, int]]:
    """Return the compounds of a unit, those with の or な between them joined.

    If there is nothing to join, the result is ``unit.bounds`` itself.
    """
    bounds, japanese, types = unit.bounds, unit.japanese, unit.table.japanese
    areas: list[tuple[int, int]] = []
    before = -2
    for bound in bounds:
        first, last = bound
        if first == before + 1 and types[japanese[before]].surface in _JOINING_PARTICLES:
            areas[-1] = areas[-1][0], last
        else:
            areas.append(bound)
        before = last
    return areas if len(areas) < len(bounds) else bounds


_JOINING_PARTICLES = frozenset("のな")


def _known_compounds(unit: Unit, model: Model, *, inner: bool) -> list[Item]:
    """Return the compounds of the unit that the model contains; with *inner*, also those inside others."""
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
    """Return the areas of more than one compound."""
    single = set(bounds)
    return [area for area in areas if area not in single]


def _spans(unit: Unit, areas: list[tuple[int, int]], links: Links) -> Iterable[tuple[int, int]]:
    """Return the spans of English words that are linked with the compounds and areas.

    For each run, these are the tightest span with all links and that span with the words around it that may
    belong to it. Words outside all runs are function words, which are not terms.
    """
    bounds = unit.bounds
    spans: dict[tuple[int, int], None] = {}
    heads = {place: linked[0] for place, linked in links.words.items()}
    joined = [] if areas is bounds else _joined(areas, bounds)
    for first, last in [*bounds, *joined] if joined else bounds:
        for number, tight in _linked_spans(links, first, last).items():
            wide = _widened(unit, tight, unit.runs[number], heads, (first, last))
            if wide != tight and wide[1] - wide[0] <= _MAX_ENGLISH_WORDS:
                spans[wide] = None
            if tight[1] - tight[0] <= _MAX_ENGLISH_WORDS:
                spans[tight] = None
    return spans


def _linked_spans(links: Links, first: int, last: int) -> dict[int, tuple[int, int]]:
    """Return, for each run, the tightest span of the English words that are linked with a Japanese span."""
    owner, run = links.owner, links.run
    by_run: dict[int, tuple[int, int]] = {}
    for place in owner[first:last]:
        if place >= 0 and (number := run[place]) >= 0:
            if number in by_run:
                low, high = by_run[number]
                by_run[number] = min(place, low), max(place + 1, high)
            else:
                by_run[number] = place, place + 1
    return by_run


def _widened(
    unit: Unit,
    span: tuple[int, int],
    run: tuple[int, int],
    heads: Mapping[int, int],
    japanese: tuple[int, int],
) -> tuple[int, int]:
    """Return *span* with the adjacent words of its run that may belong to the same term.

    These are unlinked words and words that are linked with the same Japanese span. *heads* has the first
    Japanese word of each linked English word.
    """
    (low, high), (start, end), (first, last) = span, run, japanese
    while low > start and (low - 1 not in heads or first <= heads[low - 1] < last):
        low -= 1
    while high < end and (high not in heads or first <= heads[high] < last):
        high += 1
    if (low, high) == span:
        return span
    english, is_function = unit.english, unit.table.functions
    while is_function[english[low]]:
        low += 1
    while is_function[english[high - 1]]:
        high -= 1
    return low, high


def _seed_pairs(
    unit: Unit,
    areas: list[tuple[int, int]],
    links: Links,
    seeds: Sequence[tuple[int, int, str]],
    compounds: Sequence[Item],
) -> Iterator[tuple[tuple[int, int, int, int], float]]:
    """Yield the Japanese spans that may translate seed terms, with their qualities."""
    results = {
        (first, last, a, b): quality
        for first, last, a, b, quality in stretches(
            unit, areas, links, dict.fromkeys((f, e) for f, e, _ in seeds)
        )
    }
    paired = {where[:2] for where in results}
    owner, strength, words = links.owner, links.strength, links.words
    singles: list[Item] = [(j, j + 1, value[0]) for j, value in unit.content]
    for first, last, key in seeds:
        if (first, last) not in paired:
            # No link: take the unlinked compound nearest to its relative position, if any.
            where = (first + last) / 2 / len(unit.english)
            free = [
                (abs((a + b) / 2 / len(unit.japanese) - where), a, b)
                for a, b in unit.bounds
                if all(strength[j] < _BLOCKING_LINK for j in range(a, b))
            ]
            if free:
                away, a, b = min(free)
                results[first, last, a, b] = _UNLINKED_SEED_SCORE * (1.0 - away)
        for a, b, row in (*singles, *compounds):
            direct = row.get(key, 0.0)
            if direct > _MIN_SEED_SCORE:
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
                results[here] = noisy_or(results.get(here, 0.0) * 0.5, direct)
    yield from results.items()


def _form(unit: Unit, first: int, last: int) -> str:
    """Return the form under which a Japanese term of a seed term is listed.

    It is the dictionary form of a verb or adjective, する or に if it follows the noun, or an empty string.
    """
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


def stretches(  # noqa: C901  # exempt until the phrase model is replaced
    unit: Unit,
    areas: list[tuple[int, int]],
    links: Links,
    spans: Iterable[tuple[int, int]],
) -> list[Found]:
    """Return the Japanese spans that may translate each span of English words."""
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
            # The most frequent case: one word that is linked to a whole compound and nothing else.
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
        # The area that contains most of the links of the span.
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
        while left > start and strength[left - 1] < _BLOCKING_LINK:
            left -= 1
        while right < end and strength[right] < _BLOCKING_LINK:
            right += 1
        tries = [(low, high)] if right == high else [(low, high), (low, right)]
        if left < low:
            tries = [(left, high), *tries] if right == high else [(left, high), (left, right), *tries]
        if free_e:
            # Unlinked words may be translated by the unlinked compound before or after the span.
            further: set[tuple[int, int]] = set()
            at = left - 2
            if left == start and at >= begin:
                outer = bounds[compound[at]][0] if compound[at] >= 0 else at
                if max(strength[outer : at + 1]) < _BLOCKING_LINK:
                    further |= {(outer, high), (outer, right)}
            at = right + 1
            if right == end and at < stop:
                outer = bounds[compound[at]][1] if compound[at] >= 0 else at + 1
                if max(strength[at:outer]) < _BLOCKING_LINK:
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
                    shape *= 0.4  # a number is not split, or separated from its counter
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
    """Return the factor for a span that does not fill its run: lower next to an unlinked word."""
    edge = 1.0
    if run >= 0:
        start, end = runs[run]
        if first > start and keys[first - 1]:
            edge = 0.97 if first - 1 in words else 0.88
        if last < end and keys[last]:
            edge *= 0.97 if last in words else 0.88
    return edge
