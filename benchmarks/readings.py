"""Measure the readings of 115 months, days, hours, minutes and counters.

python benchmarks/readings.py

pykakasi is measured too if it is installed. It is under the GPL, so it is in no extra of this package.
"""

from collections.abc import Callable, Iterator
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path

import alliance_ref as ar

FORMS = Path(__file__).parent / "tables" / "counter_forms.tsv"
"""Forms by kind with their readings; all readings between ``|`` are right."""


def main() -> None:
    """Print the share of right readings by kind."""
    readers = dict(all_readers())
    totals = dict.fromkeys(readers, 0)
    number = 0
    rows = [line.split("\t") for line in FORMS.read_text(encoding="utf-8").splitlines()[1:]]
    for kind, group in groupby(rows, key=lambda row: row[0]):
        pairs = [(text, kana) for _, text, kana in group]
        number += len(pairs)
        right = {
            name: sum(read(text).endswith(tuple(kana.split("|"))) for text, kana in pairs)
            for name, read in readers.items()
        }
        for name, count in right.items():
            totals[name] += count
        print(f"{kind}: " + ", ".join(f"{name} {count} of {len(pairs)}" for name, count in right.items()))
    print("all: " + ", ".join(f"{name} {count} of {number}" for name, count in totals.items()))


def all_readers() -> Iterator[tuple[str, Callable[[str], str]]]:
    """Yield the functions that are compared, by name."""
    yield "this library", ar.reading
    if find_spec("pykakasi"):
        import pykakasi

        converter = pykakasi.kakasi()  # type: ignore[no-untyped-call, unused-ignore]
        yield "pykakasi", lambda text: "".join(part["hira"] for part in converter.convert(text))


if __name__ == "__main__":
    main()
