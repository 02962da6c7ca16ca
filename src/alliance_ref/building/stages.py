"""The stages of a build: observe, learn, pair, assemble.

Each is a function of its arguments alone and hands on records that can be pickled, so that chunks may be observed
and paired anywhere, in any order, as long as their results are taken in the order of the chunks.

Two passes over the units are needed: what words go together shows only after all were counted. The first pass
keeps words as numbers, so that the second need not read the texts again.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b

from alliance_ref.building.assembling import assemble
from alliance_ref.building.association import either, priors, shrunk
from alliance_ref.building.english_side import TOKENS, english_type, runs_of
from alliance_ref.building.japanese_side import CONTENT, JapaneseType, compounds, foreign, japanese_words
from alliance_ref.building.knowledge import Knowledge
from alliance_ref.building.pairing import Unit, pairs_of
from alliance_ref.building.records import Counts, Evidence, Model, Observed, Paired
from alliance_ref.records import TranslationUnit

__all__ = ["assemble", "learn", "observe", "pair"]

_LEAST_SCORE, _LEAST_SHARE, _LONGEST_ROW = 0.07, 0.15, 12
_MOST_PLACES = 20
_COUNTED = frozenset("nvlwad")


@lru_cache(maxsize=1 << 18)
def _id(key: str) -> int:
    """A number for a key that is the same in every process."""
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=5).digest(), "big")


def observe(units: Sequence[TranslationUnit], knowledge: Knowledge) -> Observed:
    """One chunk of *units* as words and places, and what is to be counted in it."""
    english_ids: dict[str, int] = {}
    japanese_ids: dict[int, int] = {}
    japanese_types: list[JapaneseType] = []
    english, english_starts, english_ends = array("I"), array("I"), array("I")
    japanese, japanese_starts, japanese_ends = array("I"), array("I"), array("I")
    runs, run_ends, bounds, bound_ends = array("I"), array("I"), array("I"), array("I")
    english_count: Counter[str] = Counter()
    japanese_count: Counter[str] = Counter()
    together: Counter[int] = Counter()
    wholes: list[str] = []
    spellings: dict[str, str] = {}
    words: dict[str, JapaneseType | None] = {}
    seeds = knowledge.seeds
    for unit in units:
        at = 0
        types = []
        gaps = []
        keys = set()
        for gap, word in TOKENS.findall(unit.en):
            at += len(gap)
            english_starts.append(at)
            at += len(word)
            gaps.append(gap)
            number = english_ids.get(word)
            if number is None:
                number = english_ids[word] = len(english_ids)
            english.append(number)
            kind = english_type(word)
            types.append(kind)
            key = kind[0]
            if key and key[0] != "#":
                keys.add(key)
                if key not in spellings:
                    spellings[key] = word.lower()
        english_ends.append(len(english))
        for first, last in runs_of(types, gaps):
            runs.append(first)
            runs.append(last)
        run_ends.append(len(runs))
        if seeds:
            for first, last, key in seeds_in(types, knowledge):
                keys.add(key)
        read, starts = japanese_words(unit.ja)
        items = set()
        for kind in read:
            identity = id(kind)
            number = japanese_ids.get(identity)
            if number is None:
                number = japanese_ids[identity] = len(japanese_types)
                japanese_types.append(kind)
                if kind[2] in CONTENT:
                    words.setdefault(kind[1], kind)
            japanese.append(number)
            if kind[2] in _COUNTED:
                items.add(kind[1])
        japanese_starts.extend(starts)
        japanese_ends.append(len(japanese))
        for first, last in compounds(read, starts, unit.ja):
            bounds.append(first)
            bounds.append(last)
            if last - first == 1:
                wholes.append(read[first][0])
            else:
                tail = last - 1
                wholes.append(unit.ja[starts[first] : starts[tail] + len(read[tail][0])])
                for key in compound_keys(read, first, last, inner=bool(seeds)):
                    items.add(key)
                    if key not in words:
                        words[key] = foreign(key)
        bound_ends.append(len(bounds))
        english_count.update(keys)
        japanese_count.update(items)
        low = [_id(item) for item in items]
        for key in keys:
            high = _id(key) << 40
            together.update([high | number for number in low])
    counts = Counts(
        len(units),
        dict(english_count),
        dict(japanese_count),
        words,
        spellings,
        dict(together),
        dict(Counter(wholes)),
    )
    return Observed(
        tuple(units), tuple(english_ids), tuple(japanese_types), english, english_starts, english_ends, runs,
        run_ends, japanese, japanese_starts, japanese_ends, bounds, bound_ends, counts,
    )  # fmt: skip


def seeds_in(types: Sequence[object], knowledge: Knowledge) -> list[tuple[int, int, str]]:
    """Where the terms wanted stand among English words, and their keys."""
    found = []
    for place, kind in enumerate(types):
        for seed in knowledge.seeds.get(kind.term_key, ()):
            size = len(seed.words)
            here = types[place : place + size]
            if tuple([one.term_key for one in here]) == seed.words and (
                not seed.is_plural or here[-1].spelling == seed.last
            ):
                found.append((place, place + size, seed.key))
    return found


def compound_keys(read: Sequence[JapaneseType], first: int, last: int, *, inner: bool) -> list[str]:
    """The compound from *first* to *last* as a key, with *inner* the shorter ones in it as well."""
    surfaces = [kind.surface for kind in read[first:last]]
    size = len(surfaces)
    keys = []
    if inner:
        for start in range(size - 1):
            for end in range(start + 2, min(start + 4, size + 1)):
                keys.append("".join(surfaces[start:end]))
        if size > 3:
            keys.append("".join(surfaces))
        return keys
    if size < 6:
        keys.append("".join(surfaces))
    # A word of several foreign parts may be one name.
    if size > 2:
        for start in range(size - 1):
            pair_ = surfaces[start] + surfaces[start + 1]
            if foreign(pair_) is not None:
                keys.append(pair_)
    return keys


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
    known = {key for key in english if any(lexicon.knows(key) for lexicon in knowledge.lexicons)}
    for lexicon in knowledge.lexicons:
        known.update(lexicon.renderings(counts.words))
    for j, row in priors(counts.words, english, counts.spellings, knowledge).items():
        learnt = scores.setdefault(j, {})
        for e, prior in row.items():
            learnt[e] = either(learnt.get(e, 0.0), prior)
            seed = "+" + counts.spellings.get(e, e)
            if seed in english:
                learnt[seed] = either(learnt.get(seed, 0.0), prior)
    scores = {j: _best(row) for j, row in scores.items()}
    return Model(total, scores, english, japanese, frozenset(known), frozenset(counts.wholes))


def _best(row: dict[str, float]) -> dict[str, float]:
    """The entries of a row that are worth a look, the best first."""
    ranked = sorted(row.items(), key=_by_score)
    least = max(_LEAST_SHARE * ranked[0][1], _LEAST_SCORE)
    seeds = [item for item in ranked if item[0][0] == "+"]
    others = [item for item in ranked if item[0][0] != "+" and item[1] >= least]
    return dict(others[:_LONGEST_ROW] + seeds)


def _by_score(item: tuple[str, float]) -> tuple[float, str]:
    return -item[1], item[0]


def pair(observed: Observed, model: Model, knowledge: Knowledge) -> Paired:
    """The pairs of one chunk."""
    types = [english_type(word) for word in observed.english_words]
    kinds = observed.japanese_words
    rows = [model.scores.get(kind.key) if kind.kind in CONTENT else None for kind in kinds]
    pairs: dict[tuple[str, str, str], Evidence] = {}
    occurs: Counter[str] = Counter()
    e_at = j_at = r_at = b_at = 0
    for number, unit in enumerate(observed.units):
        e_end, j_end = observed.english_ends[number], observed.japanese_ends[number]
        r_end, b_end = observed.run_ends[number], observed.bound_ends[number]
        j_ids = observed.japanese[j_at:j_end]
        flat_r, flat_b = observed.runs[r_at:r_end].tolist(), observed.bounds[b_at:b_end].tolist()
        one = Unit(
            unit.en,
            unit.ja,
            [types[i] for i in observed.english[e_at:e_end]],
            observed.english_starts[e_at:e_end].tolist(),
            [kinds[i] for i in j_ids],
            observed.japanese_starts[j_at:j_end].tolist(),
            [rows[i] for i in j_ids],
            list(zip(flat_r[::2], flat_r[1::2], strict=True)),
            list(zip(flat_b[::2], flat_b[1::2], strict=True)),
        )
        e_at, j_at, r_at, b_at = e_end, j_end, r_end, b_end
        wanted = seeds_in(one.english, knowledge) if knowledge.seeds else []
        best: dict[tuple[str, str, str], tuple[float, int, int]] = {}
        for key, found in pairs_of(one, wanted, model, knowledge):
            known = best.get(key)
            if known is None or known[0] < found[0]:
                best[key] = found
        for first, last, _key in wanted:
            occurs[one.english_text(first, last)] += 1
        document = unit.document
        for key, (quality, start_e, start_j) in best.items():
            evidence = pairs.get(key)
            if evidence is None:
                evidence = pairs[key] = Evidence()
            evidence.count += 1
            evidence.quality += quality
            if len(evidence.places) < _MOST_PLACES:
                evidence.places.append((number, start_e, start_j))
            evidence.documents[document] = evidence.documents.get(document, 0) + 1
    return Paired(observed.units, pairs, dict(occurs))
