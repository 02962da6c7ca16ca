"""How fast a glossary is built, beside the time to cut the same Japanese into words, and the memory it takes.

python benchmarks/building.py            # the shipped passages, and the Rust book where it is at hand
"""

import json
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import alliance_ref as ar
from alliance_ref.building.units import translation_units
from alliance_ref.japanese import words

RUST = Path(__file__).resolve().parents[2] / "shared" / "bitext" / "terms" / "rust_pairs.jsonl"


def main() -> None:
    """Prints a line for each bitext."""
    measure("shipped passages", list(translation_units(ar.load().documents())))
    if RUST.is_file():
        pairs = map(json.loads, RUST.read_text("utf-8").splitlines())
        measure(
            "Rust book",
            [ar.TranslationUnit(pair["en"], pair["ja"], "rust", n) for n, pair in enumerate(pairs)],
        )


def measure(name: str, units: Sequence[ar.TranslationUnit]) -> None:
    """Builds a glossary of *units* and prints how long it took."""
    for unit in units:
        words(unit.ja)
    start = time.process_time()
    for unit in units:
        words(unit.ja)
    peer = time.process_time() - start
    start = time.process_time()
    glossary = ar.build_glossary(units)
    ours = time.process_time() - start
    size = sum(len(unit.ja) for unit in units) / len(units)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1 << 20 if sys.platform == "darwin" else 1 << 10
    )
    print(
        f"{name}: {len(units)} units of {size:.0f} characters, {len(glossary)} concepts,"
        f" {len(units) / ours:,.0f} units a second, {ours / peer:.1f} x the time to cut the"
        " Japanese into words,"
        f" {peak:.0f} MB"
    )


if __name__ == "__main__":
    main()
