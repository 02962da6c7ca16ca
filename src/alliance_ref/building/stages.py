"""The stages of a build: observe, learn, pair, assemble. Pure, picklable, deterministic."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b

from alliance_ref.building.association import either, priors, shrunk
from alliance_ref.building.english_side import TOKENS, english_type, runs_of
from alliance_ref.building.japanese_side import CONTENT, JapaneseType, compounds, foreign, japanese_words, zones
from alliance_ref.building.knowledge import Knowledge
from alliance_ref.building.pairing import link, stretches
from alliance_ref.building.records import Counts, Evidence, Model, Observed, Paired
from alliance_ref.records import TranslationUnit


@lru_cache(maxsize=1 << 18)
def _id(key: str) -> int:
    """A number for a key that is the same in every process."""
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=5).digest(), "big")


def observe(units: Sequence[TranslationUnit], knowledge: Knowledge) -> Observed:
    """Reads one chunk of units."""
    english_ids: dict[str, int] = {}
    japanese_ids: dict[JapaneseType, int] = {}
    english, english_starts, english_ends = array("I"), array("I"), array("I")
    japanese, japanese_starts, japanese_ends = array("I"), array("I"), array("I")
    english_count: Counter[str] = Counter()
    japanese_count: Counter[str] = Counter()
    together: Counter[int] = Counter()
    spellings: dict[str, str] = {}
    words: dict[str, JapaneseType | None] = {}
    seeds = knowledge.seeds
    for unit in units:
        # English
        at = 0
        types = []
        keys = set()
        for gap, word in TOKENS.findall(unit.en):
            at += len(gap)
            english_starts.append(at)
            at += len(word)
            english.append(english_ids.setdefault(word, len(english_ids)))
            kind = english_type(word)
            types.append(kind)
            if kind.key:
                keys.add(kind.key)
                if kind.key not in spellings:
                    spellings[kind.key] = word.lower()
        english_ends.append(len(english))
        if seeds:
            for place, kind in enumerate(types):
                for seed in seeds.get(kind.term_key, ()):
                    size = len(seed.words)
                    if size == 1 or tuple(t.term_key for t in types[place : place + size]) == seed.words:
                        keys.add("+" + " ".join(seed.words))
        # Japanese
        read, starts = japanese_words(unit.ja)
        items = set()
        for kind in read:
            japanese.append(japanese_ids.setdefault(kind, len(japanese_ids)))
            if kind.kind in CONTENT:
                items.add(kind.key)
                if kind.key not in words:
                    words[kind.key] = kind
        japanese_starts.extend(starts)
        japanese_ends.append(len(japanese))
        for first, last in compounds(read, starts, unit.ja):
            for key in compound_keys(read, first, last):
                items.add(key)
                if key not in words:
                    words[key] = foreign(key)
        english_count.update(keys)
        japanese_count.update(items)
        low = [_id(item) for item in items]
        for key in keys:
            high = _id(key) << 40
            together.update([high | number for number in low])
    counts = Counts(len(units), dict(english_count), dict(japanese_count), words, spellings, dict(together))
    return Observed(
        tuple(units), tuple(english_ids), tuple(japanese_ids), english, english_starts, english_ends,
        japanese, japanese_starts, japanese_ends, counts,
    )  # fmt: skip


def compound_keys(read: Sequence[JapaneseType], first: int, last: int) -> list[str]:
    """The compound from *first* to *last* and the shorter ones in it, as keys."""
    if last - first < 2:
        return []
    surfaces = [kind.surface for kind in read[first:last]]
    size = len(surfaces)
    keys = []
    for start in range(size - 1):
        for end in range(start + 2, min(start + 4, size + 1)):
            keys.append("".join(surfaces[start:end]))
    if size > 3:
        keys.append("".join(surfaces))
    return keys


_LEAST_SCORE = 0.04


def learn(counts: Counts, knowledge: Knowledge) -> Model:
    """What the counts and the knowledge say together."""
    english, japanese, total = counts.english, counts.japanese, max(counts.units, 1)
    english_of = {_id(key): key for key in english}
    japanese_of = {_id(key): key for key in japanese}
    low = (1 << 40) - 1
    scores: dict[str, dict[str, float]] = {}
    for pair, count in counts.together.items():
        if count < 2:
            continue
        e = english_of[pair >> 40]
        j = japanese_of[pair & low]
        n_e, n_j = english[e], japanese[j]
        score = shrunk(count - n_e * n_j / total, n_e, n_j)
        if score >= _LEAST_SCORE:
            scores.setdefault(j, {})[e] = score
    known_words = {key for key in english if any(lexicon.knows(key) for lexicon in knowledge.lexicons)}
    for lexicon in knowledge.lexicons:
        known_words.update(lexicon.renderings(counts.words))
    for j, row in priors(counts.words, english, counts.spellings, knowledge).items():
        known = scores.setdefault(j, {})
        for e, prior in row.items():
            known[e] = either(known.get(e, 0.0), prior)
            seed = "+" + counts.spellings.get(e, e)
            if seed in english:
                known[seed] = either(known.get(seed, 0.0), prior)
    return Model(total, scores, english, japanese, frozenset(known_words))


_LONGEST = 6
_MOST_PLACES = 20


def pair(observed: Observed, model: Model, knowledge: Knowledge) -> Paired:
    """Pairs the terms of one chunk."""
    rows = [model.scores.get(kind.key, {}) if kind.kind in CONTENT else None for kind in observed.japanese_words]
    types = [english_type(word) for word in observed.english_words]
    pairs: dict[tuple[str, str, str], Evidence] = {}
    english_count: Counter[str] = Counter()
    e_at = j_at = 0
    names = knowledge.names
    for number, unit in enumerate(observed.units):
        e_end, j_end = observed.english_ends[number], observed.japanese_ends[number]
        e_ids, e_starts = observed.english[e_at:e_end], observed.english_starts[e_at:e_end]
        j_ids, j_starts = observed.japanese[j_at:j_end], observed.japanese_starts[j_at:j_end]
        e_at, j_at = e_end, j_end
        english = [types[i] for i in e_ids]
        japanese = [observed.japanese_words[i] for i in j_ids]
        words = [observed.english_words[i] for i in e_ids]
        text_e, text_j = unit.en, unit.ja
        ends = [start + len(word) for start, word in zip(e_starts, words)]
        gaps = [text_e[a:b] for a, b in zip([0, *ends], e_starts)]
        runs = runs_of(english, gaps)
        comps = compounds(japanese, j_starts, text_j)
        items = [(p, p + 1, row, japanese[p].key) for p, i in enumerate(j_ids) if (row := rows[i]) is not None]
        for first, last in comps:
            size = last - first
            if size > 1:
                for a in range(first, last - 1):
                    for b in range(a + 2, min(a + 4, last + 1)):
                        key = text_j[j_starts[a]:j_starts[b - 1] + len(japanese[b - 1].surface)]
                        if key in model.scores:
                            items.append((a, b, model.scores[key], key))
                if size > 3:
                    key = text_j[j_starts[first]:j_starts[last - 1] + len(japanese[last - 1].surface)]
                    if key in model.scores:
                        items.append((first, last, model.scores[key], key))
        wanted = []
        for place, kind in enumerate(english):
            for seed in knowledge.seeds.get(kind.term_key, ()):
                size = len(seed.words)
                if tuple(t.term_key for t in english[place:place + size]) == seed.words:
                    wanted.append((place, place + size, "+" + " ".join(seed.words)))
        links = link(english, japanese, runs, comps, items, model)
        owner, strength, linked = links.owner, links.strength, links.words
        spans = [
            (a, b)
            for first, last in runs
            for a in range(first, last)
            if not english[a].is_function
            for b in range(a + 1, min(a + _LONGEST, last) + 1)
            if not english[b - 1].is_function and ((a in linked and b - 1 in linked) or (a, b) == (first, last))
        ]
        seeded = {(a, b): key for a, b, key in wanted}
        spans += [span for span in seeded if span not in spans]
        results = {}
        for item in stretches(english, japanese, runs, comps, zones(japanese, comps), links, spans):
            results[item[:4]] = item[4]
        paired = {(a, b) for a, b, _first, _last in results}
        for a, b in seeded:
            if (a, b) not in paired:
                # Nothing links to it: the free compound nearest to its place, if any.
                where = (a + b) / 2 / len(english)
                free = [
                    (abs((first + last) / 2 / len(japanese) - where), first, last)
                    for first, last in comps
                    if all(strength[j] < 0.35 for j in range(first, last))
                ]
                if free:
                    away, first, last = min(free)
                    results[(a, b, first, last)] = 0.15 * (1.0 - away)
        for (a, b), key in seeded.items():
            for first, last, row, _k in items:
                direct = row.get(key, 0.0)
                if direct > 0.1:
                    outside = sum(strength[j] for j in range(first, last) if owner[j] >= 0 and not a <= owner[j] < b)
                    missing = [e for e in range(a, b) if e in linked and not first <= linked[e][0] < last]
                    direct *= (1.0 - 0.8 * outside / (last - first)) * (1.0 - 0.6 * len(missing) / (b - a))
                    where = (a, b, first, last)
                    results[where] = either(results.get(where, 0.0) * 0.5, direct)
        spotted = set()
        for a, b in spans:
            spotted.add((a, b))
        english_count.update({text_e[e_starts[a]:ends[b - 1]] for a, b in spotted})
        once: dict[tuple[str, str, str], tuple[float, int, int]] = {}
        for (a, b, first, last), quality in results.items():
            surface_e = text_e[e_starts[a]:ends[b - 1]]
            tail = japanese[last - 1]
            surface_j = text_j[j_starts[first]:j_starts[last - 1] + len(tail.surface)]
            mark = ""
            if last - first == 1 and tail.kind in "wa":
                mark = tail.lemma
            elif tail.kind == "v" and last < len(japanese) and "D" in japanese[last].flags:
                mark = "する"
            elif "J" in tail.flags and last < len(japanese) and "N" in japanese[last].flags:
                mark = "に"
            if surface_j in names and english_key_of(english, a, b) in names[surface_j]:
                quality = either(quality, 0.9)
            here = (surface_e, surface_j, mark)
            known = once.get(here)
            if known is None or known[0] < quality:
                once[here] = (quality, e_starts[a], j_starts[first])
        for here, (quality, start_e, start_j) in once.items():
            evidence = pairs.get(here)
            if evidence is None:
                evidence = pairs[here] = Evidence()
            evidence.count += 1
            evidence.quality += quality
            evidence.best = max(evidence.best, quality)
            if len(evidence.places) < _MOST_PLACES:
                evidence.places.append((number, start_e, start_j))
            evidence.documents[unit.document] = evidence.documents.get(unit.document, 0) + 1
    return Paired(observed.units, pairs, dict(english_count))


def english_key_of(english, a, b):
    return " ".join(kind.term_key for kind in english[a:b])
