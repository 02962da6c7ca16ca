"""From the pairs of all chunks to concepts: which rendering holds, which terms belong together, how sure it is."""

from __future__ import annotations

import re
from collections.abc import Iterable

import attrs

from alliance_ref.building.association import either, shrunk
from alliance_ref.building.english_side import TOKENS, english_type
from alliance_ref.building.knowledge import Knowledge
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
_KANA = re.compile(r"[\u3041-\u3096\u309d\u309e\u30a1-\u30fc\u30fd\u30fe ]+")


@attrs.define
class _Pair:
    """All that was found of one English term and one Japanese one, in whatever spelling."""

    english: dict[str, int] = attrs.field(factory=dict)
    japanese: dict[str, int] = attrs.field(factory=dict)
    marks: dict[str, int] = attrs.field(factory=dict)
    count: int = 0
    quality: float = 0.0
    best: float = 0.0
    places: dict[tuple[str, str], list[PairAttestation]] = attrs.field(factory=dict)
    counts: dict[tuple[str, str], int] = attrs.field(factory=dict)
    documents: dict[tuple[str, str], dict[str, int]] = attrs.field(factory=dict)


def english_group(text: str) -> str:
    """The key under which an English term's spellings meet."""
    return english_key(text).replace(" ", "")


def collect(chunks: Iterable[Paired]) -> tuple[dict[str, dict[str, _Pair]], dict[str, int], dict[str, PartialDate]]:
    """All pairs by English and Japanese key, how often each English term occurs, and the documents' dates."""
    table: dict[str, dict[str, _Pair]] = {}
    occurs: dict[str, int] = {}
    dates: dict[str, PartialDate] = {}
    groups: dict[str, str] = {}

    def group(text: str) -> str:
        key = groups.get(text)
        if key is None:
            key = groups[text] = english_group(text)
        return key

    for chunk in chunks:
        for text, count in chunk.english.items():
            key = group(text)
            occurs[key] = occurs.get(key, 0) + count
        for unit in chunk.units:
            if unit.date is not None:
                dates.setdefault(document_of(unit.document), unit.date)
        for (english, japanese, mark), evidence in chunk.pairs.items():
            lemma = mark if mark and mark not in ("する", "に") else ""
            other = lemma or okurigana_key(japanese) or japanese
            pair = table.setdefault(group(english), {}).setdefault(other, _Pair())
            shown = lemma or japanese
            pair.english[english] = pair.english.get(english, 0) + evidence.count
            pair.japanese[shown] = pair.japanese.get(shown, 0) + evidence.count
            if mark and not lemma:
                pair.marks[mark] = pair.marks.get(mark, 0) + evidence.count
            pair.count += evidence.count
            pair.quality += evidence.quality
            pair.best = max(pair.best, evidence.best)
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


def assemble(chunks: Iterable[Paired], model: Model, knowledge: Knowledge, *, min_frequency: int = 1) -> Glossary:
    """The glossary of all that was paired, the surest and most frequent concepts in front."""
    table, occurs, dates = collect(chunks)
    seeds = {
        english_group(seed.text): seed.text for found in knowledge.seeds.values() for seed in found
    }
    chosen: list[tuple[float, str, list[tuple[float, str, _Pair]]]] = []
    values: dict[str, dict[str, float]] = {}
    best_of: dict[str, float] = {}
    for english, row in table.items():
        n_e = occurs.get(english, 1)
        for japanese, pair in row.items():
            value = _value(pair, n_e, model)
            if japanese == english and seeds.get(english, "").islower():
                value *= 0.3  # left as it is in English, as the names in program code are
            values.setdefault(english, {})[japanese] = value
            best_of[japanese] = max(best_of.get(japanese, 0.0), value)
    for english, row in table.items():
        wanted = english in seeds
        ranked = sorted(row, key=lambda key: (-values[english][key], key))
        if wanted:
            ranked = _longest_first(ranked, row, values[english])
        else:
            ranked = [
                key
                for key in _longest_first(ranked, row, values[english])[:3]
                if values[english][key] >= 0.85 * best_of[key] and _is_term(row[key], key)
            ]
        top = values[english][ranked[0]] if ranked else 0.0
        kept = [
            (values[english][key], key, row[key])
            for place, key in enumerate(ranked)
            if place == 0 or (values[english][key] >= 0.4 * top and not _overlaps(key, ranked[:place]))
        ][:4]
        kept = [item for item in kept if wanted or item[2].count >= min_frequency]
        if not kept or (not wanted and (kept[0][0] < 0.15 or not _is_english_term(kept[0][2]))):
            continue
        chosen.append((_rank(kept[0], english, wanted), english, kept))
    chosen.sort(key=lambda item: (-item[0], item[1]))
    ids: dict[str, int] = {}
    concepts = [_concept(kept, seeds.get(english), ids, dates, occurs.get(english, 1), model) for _rank_, english, kept in chosen]
    return Glossary(tuple(concepts))


def _value(pair: _Pair, n_e: int, model: Model) -> float:
    n_j = max([pair.count, *(model.japanese.get(text, 0) for text in pair.japanese)])
    return pair.quality / ((max(n_e, pair.count) + 0.2) * (n_j + 0.2)) ** 0.5


def _longest_first(ranked: list[str], row: dict[str, _Pair], values: dict[str, float]) -> list[str]:
    """The same keys, a longer one before the shorter one in it if it stands there nearly as often."""
    if not ranked:
        return ranked
    best = ranked[0]
    for key in ranked[1:6]:
        if best in key and row[key].count >= 0.8 * row[best].count and values[key] >= 0.93 * values[best]:
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
    return not re.fullmatch(r"\w", text) and not text.isdigit() and not (" " not in text and text.islower() and text.endswith("ly"))


def _rank(item: tuple[float, str, _Pair], english: str, wanted: bool) -> float:
    value, _key, pair = item
    text = _most(pair.english)
    words = text.count(" ") + text.count("-") + 1
    proper = text[:1].isupper()
    return value * (1.0 + 0.25 * min(pair.count, 8) ** 0.5) * (1.0 + 0.15 * min(words, 4) + 0.1 * proper)


def _most(counts: dict[str, int]) -> str:
    return min(counts, key=lambda text: (-counts[text], text))


def _concept(
    kept: list[tuple[float, str, _Pair]],
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
    for value, _key, pair in kept:
        n_j = max([pair.count, *(model.japanese.get(text, 0) for text in pair.japanese)])
        score = min(0.99, either(0.8 * pair.quality / pair.count, 0.8 * shrunk(pair.count, occurs, n_j)))
        spellings: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for both in pair.counts:
            shown = (seed or _in_sentence(both[0], pair.english), _shown(both[1], pair, seed))
            spellings.setdefault(shown, []).append(both)
        for (e, j), forms in sorted(spellings.items(), key=lambda item: (-sum(pair.counts[f] for f in item[1]), item[0])):
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
        LanguageSection("en", tuple(_term(text, "en", score, place) for place, (text, score) in enumerate(english.items()))),
        LanguageSection("ja", tuple(_term(text, "ja", score, place) for place, (text, score) in enumerate(japanese.items()))),
        renderings=tuple(renderings),
        passages=tuple(passages),
    )


def _in_sentence(text: str, counts: dict[str, int]) -> str:
    """How a term is written within a sentence: in the spelling of lower case where there is one."""
    lower = text[:1].lower() + text[1:]
    return lower if lower in counts else text


def _shown(text: str, pair: _Pair, seed: str | None) -> str:
    if seed and not seed.endswith("ing"):
        for mark, count in pair.marks.items():
            if count >= 0.7 * pair.count:
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
