"""From the pairs of all chunks to concepts: which rendering holds, what belongs together, how sure it is.

A term's rendering is the one that its units agree on: what is worth most is found where the term is and not
found where it is not, in places where the words themselves link well. One Japanese term has one English
term, unless two of them are worth nearly the same.
"""

import math
import re
from collections.abc import Iterable
from itertools import pairwise

import attrs

from alliance_ref.extraction.aggregation import ADDED, Both, Pair, Table, collect, seed_group
from alliance_ref.extraction.association import either, shrunk
from alliance_ref.extraction.background import Knowledge
from alliance_ref.extraction.records import MOST_PLACES, Model, Paired
from alliance_ref.glossary.glossary import Glossary
from alliance_ref.records import (
    GlossaryConcept,
    Lang,
    LanguageSection,
    NameStatus,
    Occurrence,
    PairAttestation,
    Rendering,
    Term,
    Use,
)
from alliance_ref.text.japanese import reading
from alliance_ref.text.keys import okurigana_key
from alliance_ref.text.romanization import romanize
from alliance_ref.text.stemming import fold_latin

_MOST_RENDERINGS = 4
_MOST_RIVALS = 8
_LEAST_VALUE = 0.2
_KANA = re.compile(r"[\u3041-\u3096\u309d\u309e\u30a1-\u30fc\u30fd\u30fe ]+")
# How much evidence pairs had and how many of them were right: 258 terms of the development half of
# benchmarks/glossary_terms, most of which occur once. Drawn a little low where the counts are small.
_MEASURED = ((0.0, 0.05), (0.2, 0.3), (0.35, 0.42), (0.45, 0.75), (0.55, 0.93), (0.8, 0.97), (1.0, 0.99))
# No terms: hiragana alone, a number and what it counts, one character, program code.
_NO_TERM = re.compile(r"[ぁ-ゟー]*|[0-9０-９〇一二三四五六七八九十百千万億兆]+.?|.|[a-z_0-9]+")

Kept = tuple[float, str, Pair]
"""What a pair is worth, the term that was wanted (or nothing), and the pair."""


@attrs.frozen
class _Choice:
    """The pairs that one concept is made of, what it ranks at, and the concept of the seed if it is one."""

    rank: float
    key: str
    kept: list[Kept]
    seed: GlossaryConcept | None = None


def assemble(
    chunks: Iterable[Paired], model: Model, knowledge: Knowledge, *, min_frequency: int = 1
) -> Glossary:
    """The glossary of all that was paired, the surest and most frequent concepts in front.

    Args:
        chunks: The pairs of all chunks, in the order of the chunks.
        model: What was learnt from the same chunks.
        knowledge: What was known beforehand.
        min_frequency: In how many units a pair must stand; terms of the seed may stand in fewer.
    """
    table = collect(chunks, knowledge)
    chosen = _choose(table, model, knowledge, min_frequency)
    used = {choice.seed.id for choice in chosen if choice.seed is not None}
    ids = dict.fromkeys(used, 1)
    return Glossary(tuple([_concept(choice, table, ids, model) for choice in chosen]))


def _choose(table: Table, model: Model, knowledge: Knowledge, min_frequency: int) -> list[_Choice]:
    """What becomes a concept, in the order of the glossary."""
    seeds = {seed_group(seed): seed.text for found in knowledge.seeds.values() for seed in found}
    values = _values(table, model, seeds)
    beaten = _beaten(table, values, seeds)
    chosen: list[_Choice] = []
    of_seed: dict[str, int] = {}
    for english, row in table.pairs.items():
        wanted = seeds.get(english, "")
        worth = values[english]
        ranked = _longest_first(sorted(row, key=lambda key: (-worth[key], key)), row, worth)
        concept = knowledge.concepts.get(english)
        if concept is not None:
            # A rendering that the seed has goes first; another one has to be as good as any.
            known = {okurigana_key(term.text) for term in concept.ja}
            ranked = [
                *(key for key in ranked if key in known),
                *(key for key in ranked if key not in known and worth[key] >= _LEAST_VALUE),
            ]
        elif not wanted:
            ranked = [
                key for key in ranked[:3] if (english, key) not in beaten and _is_japanese_term(row[key])
            ]
        if not ranked:
            continue
        top = worth[ranked[0]]
        if not wanted and (top < _LEAST_VALUE or not _is_english_term(row[ranked[0]])):
            continue
        kept: list[Kept] = [
            (worth[key], wanted, row[key])
            for place, key in enumerate(ranked)
            if (place == 0 or (worth[key] >= 0.4 * top and not _overlaps(key, ranked[:place])))
            and (wanted or row[key].count >= min_frequency)
        ][:_MOST_RENDERINGS]
        if not kept:
            continue
        choice = _Choice(_rank(kept[0]), english, kept, concept)
        if concept is not None and concept.id in of_seed:
            # Another English term of a concept that is there already.
            place = of_seed[concept.id]
            first = chosen[place]
            chosen[place] = attrs.evolve(
                first, rank=max(first.rank, choice.rank), kept=first.kept + choice.kept
            )
            continue
        if concept is not None:
            of_seed[concept.id] = len(chosen)
        chosen.append(choice)
    chosen.sort(key=lambda choice: (-choice.rank, choice.key))
    return chosen


def _values(table: Table, model: Model, seeds: dict[str, str]) -> dict[str, dict[str, float]]:
    """What each pair is worth beside the others of its English term."""
    values: dict[str, dict[str, float]] = {}
    for english, row in table.pairs.items():
        n_e = table.occurs.get(english) or max(pair.count for pair in row.values())
        worth = values[english] = {}
        for japanese, pair in row.items():
            value = _value(pair, n_e, model)
            if japanese == english and seeds.get(english, "").islower():
                value *= 0.1  # left as it is in English, as the names in program code are
            if english.endswith("ing") and any(form not in ADDED for form in pair.forms):
                value *= 0.6  # a noun, for which a verb is the second choice
            worth[japanese] = value
    return values


def _value(pair: Pair, n_e: int, model: Model) -> float:
    alone = 1.0 if pair.forms or any(text in model.wholes for text in pair.japanese) else 0.85
    return alone * pair.quality / math.sqrt((max(n_e, pair.count) + 0.2) * (_units_with(pair, model) + 0.2))


def _units_with(pair: Pair, model: Model) -> int:
    """In how many units the Japanese term stands, as far as that was counted."""
    return max([pair.count, *(model.japanese.get(text, 0) for text in pair.japanese)])


def _beaten(table: Table, values: dict[str, dict[str, float]], seeds: dict[str, str]) -> set[tuple[str, str]]:
    """Pairs of which the Japanese stands for another English term, as one that holds this one.

    ニューヨーク is *New York* and neither *York* nor *New York residents*.
    """
    by_japanese: dict[str, list[str]] = {}
    for english, row in table.pairs.items():
        for japanese in row:
            by_japanese.setdefault(japanese, []).append(english)
    beaten: set[tuple[str, str]] = set()
    for japanese, terms in by_japanese.items():
        if len(terms) == 1:
            continue
        terms.sort(key=lambda term: (-values[term][japanese], term))
        best = values[terms[0]][japanese]
        rivals = [term for term in terms[:_MOST_RIVALS] if values[term][japanese] >= 0.6 * best]
        beaten.update((term, japanese) for term in terms[len(rivals) :])
        for english in rivals:
            for other in rivals:
                if other != english and english in other:
                    # The longer term wins where it is nearly as good, most of all where it stands often.
                    share = 0.75 if table.pairs[other][japanese].count > 1 else 0.95
                    wins = values[other][japanese] >= share * values[english][japanese]
                    beaten.add((english if wins else other, japanese))
    return {pair for pair in beaten if pair[0] not in seeds}


def _longest_first(ranked: list[str], row: dict[str, Pair], values: dict[str, float]) -> list[str]:
    """The same keys, a longer one before the shorter one in it if it stands there nearly as often."""
    best = ranked[0]
    for key in ranked[1:6]:
        share = 0.8 if row[best].count < 4 else 0.9
        if best in key and row[key].count >= share * row[best].count and values[key] >= 0.93 * values[best]:
            best = key
    return [best, *(key for key in ranked if key != best)]


def _overlaps(key: str, others: list[str]) -> bool:
    return any(key in other or other in key for other in others)


def _is_japanese_term(pair: Pair) -> bool:
    return not any(form not in ADDED for form in pair.forms) and not _NO_TERM.fullmatch(_most(pair.japanese))


def _is_english_term(pair: Pair) -> bool:
    text = _most(pair.english)
    return (
        len(text) > 1
        and not text.isdigit()
        and not (text.islower() and text.endswith("ly") and text.isalpha())
    )


def _rank(item: Kept) -> float:
    """What puts safe pairs in front: what a pair is worth, how often it stands, how much of a term it is."""
    value, _seed, pair = item
    text = _most(pair.english)
    words = text.count(" ") + text.count("-") + 1
    if text.casefold() == _most(pair.japanese).casefold():
        value *= 0.4  # true, but nobody needs to look it up
    return (
        value
        * (1.0 + 0.25 * math.sqrt(min(pair.count, 8)))
        * (1.0 + 0.15 * min(words, 4) + 0.1 * text[0].isupper())
    )


def _most(counts: dict[str, int]) -> str:
    return min(counts, key=lambda text: (-counts[text], text))


def _concept(choice: _Choice, table: Table, ids: dict[str, int], model: Model) -> GlossaryConcept:
    """One concept with its terms, its renderings, and where these stand."""
    english: dict[str, float] = {}
    japanese: dict[str, float] = {}
    renderings: dict[Both, Rendering] = {}
    least = 0.99
    occurs = table.occurs.get(choice.key, 0)
    for _value, seed, pair in choice.kept:
        # The renderings stand in the order of what they are worth; none is surer than the one before it.
        least = min(least, _score(pair, occurs, model))
        score = round(least, 3)
        shown = _spellings(pair, seed)
        for (e, j), forms in shown.items():
            english[e] = max(english.get(e, 0.0), score)
            japanese[j] = max(japanese.get(j, 0.0), score)
            renderings.setdefault((e, j), _rendering(e, j, score, pair, forms, table))
    passages = dict.fromkeys(
        place.passage
        for rendering in renderings.values()
        for place in rendering.attestations
        if "#" in place.passage
    )
    short = {
        text
        for text, count in table.abbreviations.get(choice.key, {}).items()
        if text not in english and count > 0
    }
    known = choice.seed
    sections = [
        LanguageSection(
            lang,
            tuple(
                _known_term(known, text, lang) or _term(text, lang, score, place)
                for place, (text, score) in enumerate(terms.items())
            )
            + (tuple(Term(text, "en", "abbreviation") for text in sorted(short)) if lang == "en" else ()),
            known.section(lang).definition if known else "",
        )
        for lang, terms in _sides(english, japanese)
    ]
    return GlossaryConcept(
        known.id if known else _slug(next(iter(english)), ids),
        sections[0],
        sections[1],
        subject=known.subject if known else "",
        note=known.note if known else "",
        renderings=tuple(renderings.values()),
        passages=tuple(passages),
    )


def _sides(
    english: dict[str, float], japanese: dict[str, float]
) -> tuple[tuple[Lang, dict[str, float]], ...]:
    return (("en", english), ("ja", japanese))


def _score(pair: Pair, occurs: int, model: Model) -> float:
    """How likely the pair is right: by how well its words link, and by how steadily it stands."""
    together = shrunk(pair.count, max(occurs, pair.count), _units_with(pair, model))
    return _calibrated(either(0.8 * pair.quality / pair.count, 0.8 * together))


def _calibrated(evidence: float) -> float:
    """The share of pairs with so much evidence that were right, in straight lines between points.

    >>> round(_calibrated(0.3), 2), round(_calibrated(0.7), 2)
    (0.38, 0.95)
    """
    for (low, least), (high, most) in pairwise(_MEASURED):
        if evidence <= high:
            return least + (most - least) * (evidence - low) / (high - low)
    return _MEASURED[-1][1]


def _spellings(pair: Pair, seed: str) -> dict[Both, list[Both]]:
    """The terms to show, the most frequent in front, each with the spellings that it stands for."""
    by_form: dict[str, dict[str, int]] = {}
    for text, count in pair.english.items():
        by_form.setdefault(_without_ending(text), {})[text] = count
    shown: dict[Both, list[Both]] = {}
    for both in pair.evidence:
        e = seed or _as_listed(by_form[_without_ending(both[0])])
        shown.setdefault((e, _as_wanted(both[1], pair, seed)), []).append(both)
    counts = {both: sum(map(pair.of, forms)) for both, forms in shown.items()}
    return {both: shown[both] for both in sorted(shown, key=lambda both: (-counts[both], both))}


def _without_ending(text: str) -> str:
    """A term in lower case, and in the singular as far as letters tell."""
    text = text.casefold()
    if text.endswith("ies"):
        return text[:-3] + "y"
    if text.endswith(("ches", "shes", "xes", "sses")):
        return text[:-2]
    return text if text.endswith(("ss", "us", "is")) else text.removesuffix("s")


def _as_listed(counts: dict[str, int]) -> str:
    """Of the forms of one term the one to list: in lower case and singular, unless it is rare so."""
    most = max(counts.values())
    usual = [text for text, count in counts.items() if count >= 0.6 * most]
    return min(usual, key=lambda text: (text[1:] != text[1:].lower(), text[:1].isupper(), len(text), text))


def _as_wanted(text: str, pair: Pair, seed: str) -> str:
    """The Japanese for a term that is wanted: with する or に where it mostly stands so."""
    if seed and not seed.endswith("ing"):
        for form in ADDED:
            if pair.forms.get(form, 0) >= 0.7 * pair.count:
                return text + form
    return text


def _rendering(e: str, j: str, score: float, pair: Pair, forms: list[Both], table: Table) -> Rendering:
    places = []
    uses: dict[str, int] = {}
    for both in forms:
        for japanese, (document, number, start_e, start_j) in pair.places(both):
            places.append(
                PairAttestation(
                    document,
                    number,
                    Occurrence(start_e, start_e + len(both[0]), both[0]),
                    Occurrence(start_j, start_j + len(japanese), japanese),
                )
            )
        for name, count in pair.uses(both).items():
            uses[name] = uses.get(name, 0) + count
    return Rendering(
        e,
        j,
        score,
        sum(map(pair.of, forms)),
        tuple(places[:MOST_PLACES]),
        tuple(Use(name, count, table.dates.get(name)) for name, count in uses.items()),
    )


def _known_term(concept: GlossaryConcept | None, text: str, lang: Lang) -> Term | None:
    """The term as the seed has it, if it has."""
    if concept is None:
        return None
    return next((term for term in concept.section(lang) if term.text == text), None)


def _term(text: str, lang: Lang, score: float, place: int) -> Term:
    status: NameStatus = "preferred" if place == 0 else "admitted"
    if lang == "en":
        return Term(text, "en", status, reliability=score)
    kana: str | None = reading(text)
    if not _KANA.fullmatch(kana or ""):
        kana = None
    return Term(
        text,
        "ja",
        status,
        reading=kana,
        transliteration=romanize(kana) if kana else None,
        reliability=score,
    )


def _slug(text: str, ids: dict[str, int]) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", fold_latin(text).replace("'", "")).strip("-") or "term"
    while True:
        ids[slug] = number = ids.get(slug, 0) + 1
        made = slug if number == 1 else f"{slug}-{number}"
        if number == 1 or made not in ids:
            return made
