"""From the pairs of all chunks to concepts: which rendering holds, which terms belong together, how sure it is."""

from __future__ import annotations

import re
from collections.abc import Iterable

import attrs

from alliance_ref.building.association import either, shrunk
from alliance_ref.building.knowledge import Knowledge, Seed
from alliance_ref.building.records import Model, Paired
from alliance_ref.building.units import document_of
from alliance_ref.glossary.model import Glossary
from alliance_ref.japanese import reading
from alliance_ref.keys import english_key, okurigana_key
from alliance_ref.records import (
    GlossaryConcept,
    LanguageSection,
    Occurrence,
    PairAttestation,
    Rendering,
    Term,
    Use,
)
from alliance_ref.records.values import PartialDate
from alliance_ref.romanization import romanize

_MOST_PLACES = 20
_MOST_RENDERINGS = 4
_LEAST_VALUE = 0.2
_ADDED = ("する", "に")
_KANA = re.compile(r"[\u3041-\u3096\u309d\u309e\u30a1-\u30fc\u30fd\u30fe ]+")


@attrs.define
class _Pair:
    """All that was found of one English term and one Japanese one, in whatever spelling."""

    english: dict[str, int] = attrs.field(factory=dict)
    japanese: dict[str, int] = attrs.field(factory=dict)
    marks: dict[str, int] = attrs.field(factory=dict)
    count: int = 0
    quality: float = 0.0
    places: dict[tuple[str, str], list[PairAttestation]] = attrs.field(factory=dict)
    counts: dict[tuple[str, str], int] = attrs.field(factory=dict)
    documents: dict[tuple[str, str], dict[str, int]] = attrs.field(factory=dict)


def english_group(text: str) -> str:
    """The key under which an English term's spellings meet."""
    return english_key(text).replace(" ", "")


def seed_group(seed: Seed) -> str:
    """The key of a term that is wanted; one given in the plural has a key of its own."""
    return english_group(seed.text) + ("+" if seed.is_plural else "")


def collect(
    chunks: Iterable[Paired], knowledge: Knowledge
) -> tuple[dict[str, dict[str, _Pair]], dict[str, int], dict[str, PartialDate]]:
    """All pairs by English and Japanese key, how often each English term occurs, and the documents' dates."""
    table: dict[str, dict[str, _Pair]] = {}
    occurs: dict[str, int] = {}
    dates: dict[str, PartialDate] = {}
    groups: dict[str, str] = {}
    plurals = {
        seed.text.lower(): seed_group(seed)
        for found in knowledge.seeds.values()
        for seed in found
        if seed.is_plural
    }

    def group(text: str) -> str:
        key = groups.get(text)
        if key is None:
            key = groups[text] = plurals.get(text.lower()) or english_group(text)
        return key

    for chunk in chunks:
        for text, count in chunk.english.items():
            key = group(text)
            occurs[key] = occurs.get(key, 0) + count
        for unit in chunk.units:
            if unit.date is not None:
                dates.setdefault(document_of(unit.document), unit.date)
        for (english, japanese, mark), evidence in chunk.pairs.items():
            lemma = mark if mark not in _ADDED else ""
            other = lemma or okurigana_key(japanese) or japanese
            pair = table.setdefault(group(english), {}).setdefault(other, _Pair())
            shown = lemma or japanese
            pair.english[english] = pair.english.get(english, 0) + evidence.count
            pair.japanese[shown] = pair.japanese.get(shown, 0) + evidence.count
            if mark:
                pair.marks[mark] = pair.marks.get(mark, 0) + evidence.count
            pair.count += evidence.count
            pair.quality += evidence.quality
            both = (english, shown)
            pair.counts[both] = pair.counts.get(both, 0) + evidence.count
            documents = pair.documents.setdefault(both, {})
            for name, count in evidence.documents.items():
                name = document_of(name)
                documents[name] = documents.get(name, 0) + count
            places = pair.places.setdefault(both, [])
            for number, start_e, start_j in evidence.places[: _MOST_PLACES - len(places)]:
                unit = chunk.units[number]
                places.append(
                    PairAttestation(
                        unit.document,
                        unit.number,
                        Occurrence(start_e, start_e + len(english), english),
                        Occurrence(start_j, start_j + len(japanese), japanese),
                    )
                )
    return table, occurs, dates


def assemble(
    chunks: Iterable[Paired], model: Model, knowledge: Knowledge, *, min_frequency: int = 1
) -> Glossary:
    """The glossary of all that was paired, the surest and most frequent concepts in front."""
    table, occurs, dates = collect(chunks, knowledge)
    seeds = {seed_group(seed): seed.text for found in knowledge.seeds.values() for seed in found}
    values = _values(table, occurs, model, seeds)
    beaten = _beaten(table, values, seeds)
    chosen: list[tuple[float, str, list[tuple[float, _Pair]]]] = []
    for english, row in table.items():
        wanted = english in seeds
        worth = values[english]
        ranked = _longest_first(sorted(row, key=lambda key: (-worth[key], key)), row, worth)
        if not wanted:
            ranked = [key for key in ranked[:3] if (english, key) not in beaten and _is_term(row[key], key)]
        if not ranked:
            continue
        top = worth[ranked[0]]
        if not wanted and (top < _LEAST_VALUE or not _is_english_term(row[ranked[0]])):
            continue
        kept = [
            (worth[key], row[key])
            for place, key in enumerate(ranked)
            if (place == 0 or (worth[key] >= 0.4 * top and not _overlaps(key, ranked[:place])))
            and (wanted or row[key].count >= min_frequency)
        ][:_MOST_RENDERINGS]
        if kept:
            chosen.append((_rank(kept[0]), english, kept))
    chosen.sort(key=lambda item: (-item[0], item[1]))
    ids: dict[str, int] = {}
    concepts = [
        _concept(kept, seeds.get(english), ids, dates, occurs.get(english, 1), model)
        for _rank_, english, kept in chosen
    ]
    return Glossary(tuple(concepts))


def _values(
    table: dict[str, dict[str, _Pair]], occurs: dict[str, int], model: Model, seeds: dict[str, str]
) -> dict[str, dict[str, float]]:
    """What each pair is worth beside the others of its English term."""
    values: dict[str, dict[str, float]] = {}
    for english, row in table.items():
        n_e = occurs.get(english) or max(pair.count for pair in row.values())
        worth = values[english] = {}
        for japanese, pair in row.items():
            value = _value(pair, n_e, model)
            if japanese == english and seeds.get(english, "").islower():
                value *= 0.1  # left as it is in English, as the names in program code are
            if english.endswith("ing") and any(mark not in _ADDED for mark in pair.marks):
                value *= 0.6  # a noun, for which a verb is the second choice
            worth[japanese] = value
    return values


def _value(pair: _Pair, n_e: int, model: Model) -> float:
    n_j = max([pair.count, *(model.japanese.get(text, 0) for text in pair.japanese)])
    alone = 1.0 if pair.marks or any(text in model.wholes for text in pair.japanese) else 0.85
    return alone * pair.quality / ((max(n_e, pair.count) + 0.2) * (n_j + 0.2)) ** 0.5


def _beaten(
    table: dict[str, dict[str, _Pair]], values: dict[str, dict[str, float]], seeds: dict[str, str]
) -> set[tuple[str, str]]:
    """Pairs of which the Japanese stands for another English term, such as one that holds this one or is in it.

    ニューヨーク is *New York* and neither *York* nor *New York residents*.
    """
    by_japanese: dict[str, list[str]] = {}
    for english, row in table.items():
        for japanese in row:
            by_japanese.setdefault(japanese, []).append(english)
    beaten = set()
    for japanese, terms in by_japanese.items():
        if len(terms) == 1:
            continue
        best = max(values[english][japanese] for english in terms)
        for english in terms:
            if english in seeds:
                continue
            value = values[english][japanese]
            if value < 0.6 * best:
                beaten.add((english, japanese))
                continue
            for other in terms:
                if other == english:
                    continue
                theirs = values[other][japanese]
                if (english in other and theirs >= 0.75 * value) or (
                    other in english and value < 0.75 * theirs
                ):
                    beaten.add((english, japanese))
                    break
                if (
                    other in english
                    and theirs > value
                    and table[other][japanese].count >= table[english][japanese].count
                ):
                    beaten.add((english, japanese))
                    break
    return beaten


def _longest_first(ranked: list[str], row: dict[str, _Pair], values: dict[str, float]) -> list[str]:
    """The same keys, a longer one before the shorter one in it if it stands there nearly as often."""
    if not ranked:
        return ranked
    best = ranked[0]
    for key in ranked[1:6]:
        if (
            best in key
            and row[key].count >= (0.8 if row[best].count < 4 else 0.9) * row[best].count
            and values[key] >= 0.93 * values[best]
        ):
            best = key
    return [best, *(key for key in ranked if key != best)]


def _overlaps(key: str, others: list[str]) -> bool:
    return any(key in other or other in key for other in others)


def _is_term(pair: _Pair, key: str) -> bool:
    text = _most(pair.japanese)
    return (
        key not in pair.marks
        and not re.fullmatch(r"[ぁ-ゟー]*|[0-9０-９〇一二三四五六七八九十百千万億兆]+.?|.", text)
        and not re.fullmatch(r"[a-z_0-9]+", text)
    )


def _is_english_term(pair: _Pair) -> bool:
    text = _most(pair.english)
    return (
        not re.fullmatch(r"\w", text)
        and not text.isdigit()
        and not (" " not in text and text.islower() and text.endswith("ly"))
    )


def _rank(item: tuple[float, _Pair]) -> float:
    value, pair = item
    text = _most(pair.english)
    words = text.count(" ") + text.count("-") + 1
    proper = text[:1].isupper()
    if text.casefold() == _most(pair.japanese).casefold():
        value *= 0.4  # true, but nobody needs to look it up
    return value * (1.0 + 0.25 * min(pair.count, 8) ** 0.5) * (1.0 + 0.15 * min(words, 4) + 0.1 * proper)


def _most(counts: dict[str, int]) -> str:
    return min(counts, key=lambda text: (-counts[text], text))


def _concept(
    kept: list[tuple[float, _Pair]],
    seed: str | None,
    ids: dict[str, int],
    dates: dict[str, PartialDate],
    occurs: int,
    model: Model,
) -> GlossaryConcept:
    english: dict[str, float] = {}
    japanese: dict[str, float] = {}
    renderings: list[Rendering] = []
    passages: dict[str, None] = {}
    least = 0.99
    for _value_, pair in kept:
        n_j = max([pair.count, *(model.japanese.get(text, 0) for text in pair.japanese)])
        score = min(least, either(0.8 * pair.quality / pair.count, 0.8 * shrunk(pair.count, occurs, n_j)))
        least = score
        spellings: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for both in pair.counts:
            shown = (seed or _in_sentence(both[0], pair.english), _shown(both[1], pair, seed))
            spellings.setdefault(shown, []).append(both)
        for (e, j), forms in sorted(
            spellings.items(), key=lambda item: (-sum(pair.counts[f] for f in item[1]), item[0])
        ):
            english[e] = max(english.get(e, 0.0), score)
            japanese[j] = max(japanese.get(j, 0.0), score)
            places = [place for form in forms for place in pair.places[form]][:_MOST_PLACES]
            uses: dict[str, int] = {}
            for form in forms:
                for name, count in pair.documents[form].items():
                    uses[name] = uses.get(name, 0) + count
            renderings.append(
                Rendering(
                    e, j, round(score, 3), sum(pair.counts[form] for form in forms), tuple(places),
                    tuple(Use(name, count, dates.get(name)) for name, count in uses.items()),
                )
            )  # fmt: skip
            passages.update(dict.fromkeys(place.passage for place in places if "#" in place.passage))
    return GlossaryConcept(
        _slug(next(iter(english)), ids),
        LanguageSection(
            "en",
            tuple(_term(text, "en", score, place) for place, (text, score) in enumerate(english.items())),
        ),
        LanguageSection(
            "ja",
            tuple(_term(text, "ja", score, place) for place, (text, score) in enumerate(japanese.items())),
        ),
        renderings=tuple(renderings),
        passages=tuple(passages),
    )


def _in_sentence(text: str, counts: dict[str, int]) -> str:
    """How a term is written within a sentence: in the spelling of lower case where there is one."""
    lower = text[:1].lower() + text[1:]
    return lower if counts.get(lower, 0) >= 0.3 * counts[text] else text


def _shown(text: str, pair: _Pair, seed: str | None) -> str:
    if seed and not seed.endswith("ing"):
        for mark in _ADDED:
            if pair.marks.get(mark, 0) >= 0.7 * pair.count:
                return text + mark
    return text


def _term(text: str, lang: str, score: float, place: int) -> Term:
    status = "preferred" if place == 0 else "admitted"
    if lang == "en":
        return Term(text, "en", status, reliability=round(score, 3))
    kana = reading(text)
    plain = _KANA.fullmatch(kana) is not None
    return Term(
        text, "ja", status, reading=kana if plain else None,
        transliteration=romanize(kana) if plain else None, reliability=round(score, 3),
    )  # fmt: skip


def _slug(text: str, ids: dict[str, int]) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", english_key(text)).strip("-") or "term"
    ids[slug] = number = ids.get(slug, 0) + 1
    return slug if number == 1 else f"{slug}-{number}"
