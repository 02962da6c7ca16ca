"""How fast a glossary is built, beside the time to cut the same Japanese into words, and the memory it takes.

python benchmarks/building.py            # the shipped passages, and the Rust book where it is at hand
"""

import json
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import alliance_ref as ar
from alliance_ref.extraction.inputs import translation_units
from alliance_ref.text.japanese import words

RUST = Path(__file__).resolve().parents[2] / "shared" / "bitext" / "terms" / "rust_pairs.jsonl"


class Build(NamedTuple):
    """One build: its concepts, its CPU seconds, and those of cutting the Japanese into words."""

    concepts: int
    seconds: float
    cutting: float


def main() -> None:
    """Prints a line for each bitext."""
    report("shipped passages", shipped())
    if RUST.is_file():
        pairs = map(json.loads, RUST.read_text("utf-8").splitlines())
        report(
            "Rust book",
            [ar.TranslationUnit(pair["en"], pair["ja"], "rust", n) for n, pair in enumerate(pairs)],
        )


def shipped() -> list[ar.TranslationUnit]:
    """The units of the shipped passages."""
    return list(translation_units(ar.load().documents()))


def measure(units: Sequence[ar.TranslationUnit]) -> Build:
    """Builds a glossary of *units*."""
    for unit in units:
        words(unit.ja)
    start = time.process_time()
    for unit in units:
        words(unit.ja)
    cutting = time.process_time() - start
    start = time.process_time()
    glossary = ar.build_glossary(units)
    return Build(len(glossary), time.process_time() - start, cutting)


def report(name: str, units: Sequence[ar.TranslationUnit]) -> None:
    """Prints how long a build of *units* took."""
    built = measure(units)
    size = sum(len(unit.ja) for unit in units) / len(units)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1 << 20 if sys.platform == "darwin" else 1 << 10
    )
    print(
        f"{name}: {len(units)} units of {size:.0f} characters, {built.concepts} concepts,"
        f" {len(units) / built.seconds:,.0f} units a second,"
        f" {built.seconds / built.cutting:.1f} x the time to cut the Japanese into words, {peak:.0f} MB"
    )


if __name__ == "__main__":
    main()
