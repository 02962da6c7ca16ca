"""Time and memory of a glossary build, relative to the time to tokenize the same Japanese.

python benchmarks/extraction.py          # the shipped passages, and the Rust book if it is in ../shared
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
from alliance_ref.text.japanese.tagging import words

RUST = Path(__file__).resolve().parents[2] / "shared" / "bitext" / "terms" / "rust_pairs.jsonl"


class Build(NamedTuple):
    """One build: its concepts, its CPU seconds, and the CPU seconds of tokenizing the Japanese."""

    concepts: int
    seconds: float
    tokenizing: float


def main() -> None:
    """Print a line for each bitext."""
    report("shipped passages", shipped())
    if RUST.is_file():
        pairs = map(json.loads, RUST.read_text("utf-8").splitlines())
        report(
            "Rust book",
            [ar.TranslationUnit(pair["en"], pair["ja"], "rust", n) for n, pair in enumerate(pairs)],
        )


def shipped() -> list[ar.TranslationUnit]:
    """Return the units of the shipped passages."""
    return list(translation_units(ar.load().documents()))


def measure(units: Sequence[ar.TranslationUnit]) -> Build:
    """Build a glossary of *units* and return its figures."""
    for unit in units:
        words(unit.ja)
    start = time.process_time()
    for unit in units:
        words(unit.ja)
    tokenizing = time.process_time() - start
    start = time.process_time()
    glossary = ar.build_glossary(units)
    return Build(len(glossary), time.process_time() - start, tokenizing)


def report(name: str, units: Sequence[ar.TranslationUnit]) -> None:
    """Print the figures of a build of *units*."""
    built = measure(units)
    size = sum(len(unit.ja) for unit in units) / len(units)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1 << 20 if sys.platform == "darwin" else 1 << 10
    )
    print(
        f"{name}: {len(units)} units of {size:.0f} characters, {built.concepts} concepts,"
        f" {len(units) / built.seconds:,.0f} units a second,"
        f" {built.seconds / built.tokenizing:.1f} x the time to tokenize the Japanese, {peak:.0f} MB"
    )


if __name__ == "__main__":
    main()
