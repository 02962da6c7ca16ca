"""The stages of a build: observe, learn, pair, assemble.

Each is a function of its arguments alone and hands on records that can be pickled, so that chunks
may be observed and paired anywhere, in any order, as long as their results are taken in the order
of the chunks.

Two passes over the units are needed: what words go together shows only after all were counted. The first pass
keeps words as numbers, so that the second need not read the texts again.
"""

import math
from collections import Counter
from collections.abc import Callable, Sequence

from alliance_ref.extraction.association import either, priors, shrunk
from alliance_ref.extraction.background import Knowledge, Seed
from alliance_ref.extraction.concepts import assemble
from alliance_ref.extraction.english_words import (
    EnglishType,
    abbreviations_in,
    english_type,
    read_english,
    runs_of,
)
from alliance_ref.extraction.japanese_words import (
    CONTENT,
    JapaneseType,
    compounds,
    foreign,
    read_lines,
    starts_of,
    type_of_line,
)
from alliance_ref.extraction.phrase_pairs import pairs_of
from alliance_ref.extraction.records import (
    MOST_PLACES,
    Counts,
    Evidence,
    Met,
    Model,
    Observed,
    Paired,
    narrow,
)
from alliance_ref.extraction.word_alignment import units_of
from alliance_ref.extraction.word_tables import tables
from alliance_ref.records import TranslationUnit

__all__ = ["assemble", "learn", "observe", "pair"]

_LEAST_SCORE, _LEAST_SHARE, _LONGEST_ROW = 0.07, 0.25, 12
_COUNTED = frozenset("nvlwad")


class _Numbers(dict[str, int]):
    """Numbers for strings in the order in which they are first asked for; what is new is told."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        super().__init__()
        self._tell = tell

    def __missing__(self, key: str) -> int:
        number = self[key] = len(self)
        self._tell(key)
        return number


def observe(units: Sequence[TranslationUnit], knowledge: Knowledge) -> Observed:
    """One chunk of *units* as words and places, and what is to be counted in it."""
    english: list[int] = []
    english_starts: list[int] = []
    english_ends: list[int] = []
    japanese: list[int] = []
    japanese_starts: list[int] = []
    japanese_ends: list[int] = []
    runs: list[int] = []
    run_ends: list[int] = []
    bounds: list[int] = []
    bound_ends: list[int] = []
    english_met: list[int] = []
    english_met_ends: list[int] = []
    japanese_met: list[int] = []
    japanese_met_ends: list[int] = []
    english_places: dict[str, int] = {}
    japanese_places: dict[str, int] = {}
    wholes: set[str] = set()
    spellings: dict[str, str] = {}
    words: dict[str, JapaneseType | None] = {}

    types: list[EnglishType] = []
    english_keys: list[int] = []

    def new_english(word: str) -> None:
        kind = english_type(word)
        types.append(kind)
        counted = kind.key and not kind.is_number
        english_keys.append(english_places.setdefault(kind.key, len(english_places)) if counted else -1)
        if kind.key:
            spellings.setdefault(kind.key, word.lower())

    kinds: list[JapaneseType] = []
    japanese_keys: list[int] = []
    japanese_codes: list[str] = []

    def new_japanese(line: str) -> None:
        kind = type_of_line(line)
        kinds.append(kind)
        japanese_codes.append(kind.code)
        counted = kind.key and kind.kind in _COUNTED
        japanese_keys.append(japanese_places.setdefault(kind.key, len(japanese_places)) if counted else -1)
        if kind.kind in CONTENT:
            words.setdefault(kind.key, kind)

    english_numbers, japanese_numbers = _Numbers(new_english), _Numbers(new_japanese)
    inner = bool(knowledge.seeds)
    for unit in units:
        tokens, starts, codes = read_english(unit.en)
        ids = [english_numbers[word] for word in tokens]
        english.extend(ids)
        english_starts.extend(starts)
        english_ends.append(len(english))
        runs.extend(runs_of(codes))
        run_ends.append(len(runs))
        keys = dict.fromkeys([english_keys[i] for i in ids])
        keys.pop(-1, None)
        if inner:
            for _first, _last, key in seeds_in([types[i] for i in ids], knowledge):
                keys[english_places.setdefault(key, len(english_places))] = None
        english_met.extend(keys)
        english_met_ends.append(len(english_met))

        text = unit.ja
        lines = read_lines(text)
        numbers = [japanese_numbers[line] for line in lines]
        surfaces = [kinds[i][0] for i in numbers]
        starts = starts_of(surfaces, text)
        japanese.extend(numbers)
        japanese_starts.extend(starts)
        japanese_ends.append(len(japanese))
        items = dict.fromkeys([japanese_keys[i] for i in numbers])
        items.pop(-1, None)
        found = compounds("".join([japanese_codes[i] for i in numbers]), surfaces, starts, text)
        for first, last in found:
            bounds.append(first)
            bounds.append(last)
            if last - first == 1:
                wholes.add(surfaces[first])
                continue
            wholes.add(text[starts[first] : starts[last - 1] + len(surfaces[last - 1])])
            for key in compound_keys(surfaces, first, last, inner=inner):
                items[japanese_places.setdefault(key, len(japanese_places))] = None
                if key not in words:
                    words[key] = foreign(key)
        bound_ends.append(len(bounds))
        japanese_met.extend(items)
        japanese_met_ends.append(len(japanese_met))
    counts = Counts(
        len(units),
        Met(_counted(english_places, english_met), narrow(english_met), narrow(english_met_ends)),
        Met(_counted(japanese_places, japanese_met), narrow(japanese_met), narrow(japanese_met_ends)),
        words,
        spellings,
        wholes,
    )
    return Observed(
        tuple(units), tuple(english_numbers), tuple(kinds),
        narrow(english), narrow(english_starts), narrow(english_ends), narrow(runs), narrow(run_ends),
        narrow(japanese), narrow(japanese_starts), narrow(japanese_ends), narrow(bounds), narrow(bound_ends),
        counts,
    )  # fmt: skip


def _counted(places: dict[str, int], numbers: list[int]) -> dict[str, int]:
    """How often each key's number stands in *numbers*."""
    counts = Counter(numbers)
    return {key: counts[number] for key, number in places.items()}


def seeds_in(types: Sequence[EnglishType], knowledge: Knowledge) -> list[tuple[int, int, str]]:
    """Where the terms wanted stand among English words, and their keys.

    Where a longer term of a concept stands, a shorter one in it is no term of its own: *Zama* in *Camp Zama*.
    """
    found: list[tuple[int, int, Seed]] = []
    for place, kind in enumerate(types):
        for seed in knowledge.seeds.get(kind.term_key, ()):
            size = len(seed.words)
            here = types[place : place + size]
            if tuple([one.term_key for one in here]) == seed.words and (
                not seed.is_plural or here[-1].spelling == seed.last
            ):
                found.append((place, place + size, seed))
    return [
        (first, last, seed.key)
        for first, last, seed in found
        if not seed.concept
        or not any(
            start <= first and last <= end and last - first < end - start and other.concept == seed.concept
            for start, end, other in found
        )
    ]


def compound_keys(words: Sequence[str], first: int, last: int, *, inner: bool) -> list[str]:
    """The compound from *first* to *last* as a key, with *inner* the shorter ones in it as well."""
    surfaces = words[first:last]
    size = len(surfaces)
    keys = []
    if inner:
        for start in range(size - 1):
            keys += ["".join(surfaces[start:end]) for end in range(start + 2, min(start + 4, size + 1))]
        if size > 3:
            keys.append("".join(surfaces))
        return keys
    if size < 6:
        keys.append("".join(surfaces))
    # A word of several foreign parts may be one name.
    if size > 2:
        for start in range(size - 1):
            both = surfaces[start] + surfaces[start + 1]
            if foreign(both) is not None:
                keys.append(both)
    return keys


def learn(counts: Counts, knowledge: Knowledge) -> Model:
    """What the counts and the knowledge say together."""
    english, japanese, total = counts.english, counts.japanese, max(counts.units, 1)
    english_keys, japanese_keys = list(english), list(japanese)
    units_with = [(n_e, _LEAST_SCORE * 0.999 * math.sqrt(n_e + 1.0)) for n_e in english.values()]
    scores: dict[str, dict[str, float]] = {}
    for number, row in counts.meetings():
        j = japanese_keys[number]
        n_j = japanese[j]
        share, root = n_j / total, math.sqrt(n_j + 1.0)
        learnt = {}
        for e, count in row.items():
            if count > 1:
                n_e, least = units_with[e]
                # Most are far from the least score, which is quicker told without a root for each.
                if count - 0.5 - n_e * share > least * root:
                    score = shrunk(count - n_e * n_j / total, n_e, n_j)
                    if score >= _LEAST_SCORE:
                        learnt[english_keys[e]] = score
        if learnt:
            scores[j] = learnt
    known = {key for key in english if any(lexicon.knows(key) for lexicon in knowledge.lexicons)}
    for lexicon in knowledge.lexicons:
        known.update(lexicon.renderings(counts.words))
    for j, before in priors(counts.words, english, counts.spellings, knowledge).items():
        learnt = scores.setdefault(j, {})
        for key, prior in before.items():
            learnt[key] = either(learnt.get(key, 0.0), prior)
            seed = "+" + counts.spellings.get(key, key)
            if seed in english:
                learnt[seed] = either(learnt.get(seed, 0.0), prior)
    scores = {j: _best(row) for j, row in scores.items()}
    return Model(total, scores, english, japanese, frozenset(known), frozenset(counts.wholes), _clear(scores))


def _best(row: dict[str, float]) -> dict[str, float]:
    """The entries of a row that are worth a look, the best first."""
    ranked = sorted(row.items(), key=_by_score)
    least = max(_LEAST_SHARE * ranked[0][1], _LEAST_SCORE)
    seeds = [item for item in ranked if item[0][0] == "+"]
    others = [item for item in ranked if item[0][0] != "+" and item[1] >= least]
    return dict(others[:_LONGEST_ROW] + seeds)


def _clear(scores: dict[str, dict[str, float]]) -> dict[str, str]:
    """The words that stand for one English word far more likely than for any other."""
    clear: dict[str, str] = {}
    for j, row in scores.items():
        ranked = [item for item in row.items() if item[0][0] != "+"]
        if ranked and ranked[0][1] >= 0.6 and (len(ranked) == 1 or ranked[1][1] <= 0.45 * ranked[0][1]):
            clear[j] = ranked[0][0]
    return clear


def _by_score(item: tuple[str, float]) -> tuple[float, str]:
    return -item[1], item[0]


def pair(observed: Observed, model: Model, knowledge: Knowledge) -> Paired:
    """The pairs of one chunk."""
    occurs: Counter[str] = Counter()
    paired = Paired({}, {})
    pairs, dates = paired.pairs, paired.dates
    abbreviations: Counter[tuple[str, str]] = Counter()
    for unit, one in zip(observed.units, units_of(observed, tables(observed, model)), strict=True):
        wanted = seeds_in(one.types(), knowledge) if knowledge.seeds else []
        for first, last, _key in wanted:
            occurs[one.english_text(first, last)] += 1
        document, number = unit.document, unit.number
        if unit.date is not None:
            dates.setdefault(document, unit.date)
        if "(" in unit.en:
            abbreviations.update(abbreviations_in(unit.en))
        for key, (quality, start_e, start_j) in pairs_of(one, wanted, model, knowledge).items():
            evidence = pairs.get(key)
            if evidence is None:
                pairs[key] = Evidence(1, quality, [(document, number, start_e, start_j)], {document: 1})
                continue
            evidence.count += 1
            evidence.quality += quality
            if len(evidence.places) < MOST_PLACES:
                evidence.places.append((document, number, start_e, start_j))
            evidence.documents[document] = evidence.documents.get(document, 0) + 1
    paired.english.update(occurs)
    paired.abbreviations.update(abbreviations)
    return paired
