"""Selection of the renderings of every English term.

The value of a pair is high if the Japanese term occurs in the same units as the English term and not in
others, and if the words of the two are linked well there. The best pairs of an English term become its
renderings. A Japanese term is a rendering of one English term only, unless two have nearly the same value.
"""

import math
import re
from collections import Counter

import attrs

from alliance_ref.extraction.aggregation import VERBAL_ENDINGS, Pair, PairTable, seed_group
from alliance_ref.extraction.background import Background
from alliance_ref.extraction.records import Model
from alliance_ref.extraction.termhood import (
    MIN_TERMHOOD,
    count_parts,
    features,
    is_identical,
    is_quantity,
    termhood,
)
from alliance_ref.records import GlossaryConcept
from alliance_ref.text.keys import okurigana_key

# Set by hand on the development half of benchmarks/glossary_terms, except the score; no script refits them.
_MAX_RENDERINGS = 4
"""Renderings of one concept."""

_MAX_RIVALS = 8
"""English terms that are compared for one Japanese term."""

_MAX_CANDIDATES = 3
"""Renderings that are considered for a term that is not in the seed."""

_MIN_VALUE = 0.2
"""Minimum value of the best rendering of a term that is not in the seed."""

_MIN_VALUE_SHARE = 0.4
"""Minimum value of a further rendering, as a share of the value of the best."""

_MIN_RIVAL_SHARE = 0.6
"""Minimum value of a second English term for one Japanese term, as a share of the value of the best."""

_UNTRANSLATED_FACTOR = 0.1
"""Factor of the value of a seed term that is left in English, as names in program code are."""

_VERB_FOR_NOUN_FACTOR = 0.6
"""Factor of the value of a verb for an English noun in -ing."""

_PART_FACTOR = 0.85
"""Factor of the value of a Japanese term that only occurs inside longer compounds."""

_SMOOTHING = 0.2
"""Units added to the counts in the value of a pair."""

_LONGER_SHARE, _LONGER_SHARE_REPEATED = 0.95, 0.75
"""Share of the value of a shorter English term that the longer term needs; less if it occurs repeatedly."""

_LONGER_VALUE_SHARE = 0.93
_LONGER_COUNT_SHARE, _LONGER_COUNT_SHARE_FREQUENT = 0.8, 0.9
"""Shares of the value and the count of a shorter Japanese term that a longer term needs."""

_FREQUENT = 4
"""Units from which the second share of the count applies."""

_COUNT_BONUS, _MAX_COUNT_BONUS = 0.25, 8
_WORD_BONUS, _MAX_WORDS_BONUS, _CAPITAL_BONUS = 0.15, 4, 0.1
"""Factors of the rank of a pair: the number of units and of words, a capital letter."""

_MIN_FORM_SHARE = 0.6
"""Minimum count of the form of a term to list, as a share of the most frequent form."""

# Hiragana only, a number with a counter, a single character, program code.
_NOT_A_TERM = re.compile(r"[ぁ-ゟー]*|[0-9０-９〇一二三四五六七八九十百千万億兆]+.?|.|[a-z_0-9]+")

Kept = tuple[float, str, Pair]
"""The value of a pair, the seed term (or an empty string), and the pair."""


@attrs.frozen
class Choice:
    """The pairs of one concept.

    Attributes:
        rank: Its rank.
        key: The key of its English term.
        kept: The pairs.
        seed: The concept of the seed that it continues, if any.
        consistency: The share of the units with the English term that contain one of the renderings.
        termhood: The estimated probability that a terminologist would list the term.
        is_identical: Whether the Japanese term is the English one.
    """

    rank: float
    key: str
    kept: list[Kept]
    seed: GlossaryConcept | None = None
    consistency: float = 1.0
    termhood: float = 1.0
    is_identical: bool = False


def choose(
    table: PairTable,
    model: Model,
    background: Background,
    *,
    min_frequency: int,
    terms_only: bool,
    identical: bool,
) -> list[Choice]:
    """Return the pairs of every concept, in the order of the glossary.

    Args:
        table: The pairs of all chunks.
        model: The model that was learned from the same chunks.
        background: The background of the build.
        min_frequency: Minimum number of units of a pair that is not in the seed.
        terms_only: Whether to leave out quantities, everyday words and other words with a low termhood.
        identical: Whether to keep terms that are the same in both languages.
    """
    seeds = {seed_group(seed): seed.text for found in background.seeds.values() for seed in found}
    values = _values(table, model, seeds)
    outranked = _outranked(table, values, seeds)
    choices: list[Choice] = []
    of_seed: dict[str, int] = {}
    for english, row in table.pairs.items():
        seed = seeds.get(english, "")
        value_of = values[english]
        ranked = _longest_first(sorted(row, key=lambda key: (-value_of[key], key)), row, value_of)
        concept = background.concepts.get(english)
        if concept is not None:
            ranked = _seed_renderings_first(ranked, concept, value_of)
        elif not seed:
            ranked = _acceptable(ranked, english, row, value_of, outranked)
        kept = _kept(ranked, row, value_of, seed, min_frequency)
        if not kept:
            continue
        choice = Choice(_rank(kept[0]), english, kept, concept, _consistency(english, kept, table))
        if concept is None:
            choices.append(choice)
        elif concept.id in of_seed:
            # Another English term of the same concept.
            first = choices[of_seed[concept.id]]
            choices[of_seed[concept.id]] = attrs.evolve(
                first, rank=max(first.rank, choice.rank), kept=first.kept + choice.kept
            )
        else:
            of_seed[concept.id] = len(choices)
            choices.append(choice)
    parts = count_parts(most_frequent(choice.kept[0][2].english) for choice in choices)
    choices = [_with_termhood(choice, table, model, parts) for choice in choices]
    choices = [
        choice
        for choice in choices
        if _is_seed(choice)
        or ((not terms_only or _is_term(choice)) and (identical or not choice.is_identical))
    ]
    choices.sort(key=lambda choice: (choice.is_identical and not _is_seed(choice), -choice.rank, choice.key))
    return choices


def _is_seed(choice: Choice) -> bool:
    return choice.seed is not None or choice.kept[0][1] != ""


def _is_term(choice: Choice) -> bool:
    return choice.termhood >= MIN_TERMHOOD and not is_quantity(most_frequent(choice.kept[0][2].english))


def _with_termhood(choice: Choice, table: PairTable, model: Model, parts: Counter[str]) -> Choice:
    """Return *choice* with its termhood."""
    _value, _seed, pair = choice.kept[0]
    en, ja = as_listed(pair.english), most_frequent(pair.japanese)
    term = table.terms.get(choice.key)
    found = features(
        en,
        ja,
        count=term.units if term else pair.count,
        units=model.units,
        parts=parts,
        consistency=choice.consistency,
    )
    return attrs.evolve(
        choice, termhood=termhood(found), is_identical=is_identical(pair.english, pair.japanese)
    )


def _seed_renderings_first(
    ranked: list[str], concept: GlossaryConcept, value_of: dict[str, float]
) -> list[str]:
    """Return the renderings of the concept first, then others whose value reaches the minimum."""
    known = {okurigana_key(term.text) for term in concept.ja}
    return [
        *(key for key in ranked if key in known),
        *(key for key in ranked if key not in known and value_of[key] >= _MIN_VALUE),
    ]


def _acceptable(
    ranked: list[str],
    english: str,
    row: dict[str, Pair],
    value_of: dict[str, float],
    outranked: set[tuple[str, str]],
) -> list[str]:
    """Return the renderings of a term that is not in the seed; none if the best is not good enough."""
    found = [
        key
        for key in ranked[:_MAX_CANDIDATES]
        if (english, key) not in outranked and _is_japanese_term(row[key])
    ]
    if not found or value_of[found[0]] < _MIN_VALUE or not _is_english_term(row[found[0]]):
        return []
    return found


def _kept(
    ranked: list[str], row: dict[str, Pair], value_of: dict[str, float], seed: str, min_frequency: int
) -> list[Kept]:
    """Return the pairs of the renderings to keep: the best, and others with enough value of their own."""
    kept: list[Kept] = [
        (value_of[key], seed, row[key])
        for place, key in enumerate(ranked)
        if (
            place == 0
            or (
                value_of[key] >= _MIN_VALUE_SHARE * value_of[ranked[0]] and not _overlaps(key, ranked[:place])
            )
        )
        and (seed or row[key].count >= min_frequency)
    ]
    return kept[:_MAX_RENDERINGS]


def _values(table: PairTable, model: Model, seeds: dict[str, str]) -> dict[str, dict[str, float]]:
    """Return the value of each pair, by English and Japanese key."""
    values: dict[str, dict[str, float]] = {}
    for english, row in table.pairs.items():
        n_e = table.occurrences.get(english) or max(pair.count for pair in row.values())
        value_of = values[english] = {}
        for japanese, pair in row.items():
            value = _value(pair, n_e, model)
            if japanese == english and seeds.get(english, "").islower():
                value *= _UNTRANSLATED_FACTOR
            if english.endswith("ing") and any(form not in VERBAL_ENDINGS for form in pair.forms):
                value *= _VERB_FOR_NOUN_FACTOR
            value_of[japanese] = value
    return values


def _value(pair: Pair, n_e: int, model: Model) -> float:
    """Return the value of a pair whose English term occurs in *n_e* units: a cosine of qualities."""
    alone = 1.0 if pair.forms or any(text in model.compounds for text in pair.japanese) else _PART_FACTOR
    return (
        alone
        * pair.quality
        / math.sqrt((max(n_e, pair.count) + _SMOOTHING) * (units_with(pair, model) + _SMOOTHING))
    )


def units_with(pair: Pair, model: Model) -> int:
    """Return the number of units that contain the Japanese term, as far as it was counted."""
    return max([pair.count, *(model.japanese.get(text, 0) for text in pair.japanese)])


def _outranked(
    table: PairTable, values: dict[str, dict[str, float]], seeds: dict[str, str]
) -> set[tuple[str, str]]:
    """Return pairs whose Japanese term is rather a rendering of another English term.

    For example, ニューヨーク is a rendering of *New York* and not of *York* or *New York residents*.
    """
    by_japanese: dict[str, list[str]] = {}
    for english, row in table.pairs.items():
        for japanese in row:
            by_japanese.setdefault(japanese, []).append(english)
    outranked: set[tuple[str, str]] = set()
    for japanese, terms in by_japanese.items():
        if len(terms) == 1:
            continue
        terms.sort(key=lambda term: (-values[term][japanese], term))
        best = values[terms[0]][japanese]
        rivals = [term for term in terms[:_MAX_RIVALS] if values[term][japanese] >= _MIN_RIVAL_SHARE * best]
        outranked.update((term, japanese) for term in terms[len(rivals) :])
        for english in rivals:
            for other in rivals:
                if other != english and english in other:
                    # The longer term wins if its value is nearly as high, above all if it occurs repeatedly.
                    repeated = table.pairs[other][japanese].count > 1
                    share = _LONGER_SHARE_REPEATED if repeated else _LONGER_SHARE
                    wins = values[other][japanese] >= share * values[english][japanese]
                    outranked.add((english if wins else other, japanese))
    return {pair for pair in outranked if pair[0] not in seeds}


def _longest_first(ranked: list[str], row: dict[str, Pair], values: dict[str, float]) -> list[str]:
    """Return the keys with a longer one first if it occurs nearly as often as the best one, inside it."""
    best = ranked[0]
    for key in ranked[1:6]:
        share = _LONGER_COUNT_SHARE if row[best].count < _FREQUENT else _LONGER_COUNT_SHARE_FREQUENT
        if (
            best in key
            and row[key].count >= share * row[best].count
            and values[key] >= _LONGER_VALUE_SHARE * values[best]
        ):
            best = key
    return [best, *(key for key in ranked if key != best)]


def _overlaps(key: str, others: list[str]) -> bool:
    return any(key in other or other in key for other in others)


def _is_japanese_term(pair: Pair) -> bool:
    return not any(form not in VERBAL_ENDINGS for form in pair.forms) and not _NOT_A_TERM.fullmatch(
        most_frequent(pair.japanese)
    )


def _is_english_term(pair: Pair) -> bool:
    text = most_frequent(pair.english)
    return (
        len(text) > 1
        and not text.isdigit()
        and not (text.islower() and text.endswith("ly") and text.isalpha())
    )


def _consistency(english: str, kept: list[Kept], table: PairTable) -> float:
    """Return the share of the units with an English term that contain one of its renderings."""
    term = table.terms.get(english)
    if term is None:
        return 1.0
    return term.share(text for _value, _seed, pair in kept for text in pair.japanese)


def _rank(item: Kept) -> float:
    """Return the rank of a pair: its value, with bonuses for frequency, length and a capital letter."""
    value, _seed, pair = item
    text = most_frequent(pair.english)
    words = text.count(" ") + text.count("-") + 1
    return (
        value
        * (1.0 + _COUNT_BONUS * math.sqrt(min(pair.count, _MAX_COUNT_BONUS)))
        * (1.0 + _WORD_BONUS * min(words, _MAX_WORDS_BONUS) + _CAPITAL_BONUS * text[0].isupper())
    )


def as_listed(counts: dict[str, int]) -> str:
    """Return the form of an English term to list: in lower case and singular, unless that form is rare."""
    most = max(counts.values())
    usual = [text for text, count in counts.items() if count >= _MIN_FORM_SHARE * most]
    return min(usual, key=lambda text: (text[1:] != text[1:].lower(), text[:1].isupper(), len(text), text))


def most_frequent(counts: dict[str, int]) -> str:
    """Return the most frequent text."""
    return min(counts, key=lambda text: (-counts[text], text))
