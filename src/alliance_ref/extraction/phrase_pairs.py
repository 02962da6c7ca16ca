"""Extraction of phrase pairs from one unit.

A Japanese compound determines where a term begins and ends, and the word alignment determines which English
words it translates. For these English words, the Japanese span is chosen that contains all their links and as
few other links as possible. Seed terms are processed in the other direction, from the given English words.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from alliance_ref.extraction.association import noisy_or
from alliance_ref.extraction.background import Background
from alliance_ref.extraction.japanese_spans import BLOCKING_LINK, stretches
from alliance_ref.extraction.records import Model
from alliance_ref.extraction.word_alignment import Item, Links, link
from alliance_ref.extraction.word_tables import Unit

# Set by hand on the development half of benchmarks/glossary_terms.
_MAX_ENGLISH_WORDS = 7
"""Longest English term."""

_P_KNOWN_NAME = 0.9
"""Probability of a pair of names in the reference."""

_UNLINKED_SEED_SCORE = 0.15
"""Quality of the compound nearest to a seed term that no other evidence pairs."""

_MIN_SEED_SCORE = 0.1
"""Minimum score of a Japanese word for a seed term as a whole."""

_OUTSIDE_LOSS, _MISSING_LOSS = 0.8, 0.6
"""Shares of that score that are lost if all words of the span are linked to words outside the seed term, and
if all words of the seed term are linked to words outside the span."""

_BEFORE_SUFFIX_FACTOR = 0.75
"""Factor of that score for a span that ends before a suffix of its compound."""

_OTHER_EVIDENCE_WEIGHT = 0.5
"""Weight of the quality by word alignment next to that score."""

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
                if all(strength[j] < BLOCKING_LINK for j in range(a, b))
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
                direct *= 1.0 - _OUTSIDE_LOSS * outside / (b - a)
                direct *= 1.0 - _MISSING_LOSS * missing / (last - first)
                if (
                    b < len(owner)
                    and links.compound[b] == links.compound[a] >= 0
                    and unit.table.kinds[unit.japanese[b]] == "s"
                ):
                    direct *= _BEFORE_SUFFIX_FACTOR
                here = (first, last, a, b)
                results[here] = noisy_or(results.get(here, 0.0) * _OTHER_EVIDENCE_WEIGHT, direct)
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
