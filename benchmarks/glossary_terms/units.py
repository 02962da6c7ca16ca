"""The units that the terms beside this file were read in: both sides of every gold bead, in a fixed order.

    python benchmarks/glossary_terms/units.py   # document, number, English, Japanese: one line a unit

The other development bitexts are made from these four. A document that stands in two of the four is taken
from the first.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

BITEXTS = Path(__file__).resolve().parents[3] / "shared" / "bitext"
SETS = ("11_ntrex", "nat_news", "nat_pydocs", "tanaka_gap30")


class Unit(NamedTuple):
    """A passage in both languages, and its place."""

    en: str
    ja: str
    document: str
    number: int
    """Which bead of the document it is, counting from 1, beads with one side empty counted as well."""


def shipped_units(folder: Path = BITEXTS) -> Iterator[Unit]:
    """Every gold bead of the four sets that has both sides, its segments joined."""
    seen: set[str] = set()
    for name in SETS:
        documents = [
            json.loads(line) for line in (folder / "dev" / f"{name}.jsonl").read_text("utf-8").splitlines()
        ]
        for document in documents:
            if document["id"] in seen:
                continue
            seen.add(document["id"])
            for number, (en, ja) in enumerate(document["gold"], 1):
                if en and ja:
                    yield Unit(
                        " ".join(document["en"][place].strip() for place in en),
                        "".join(document["ja"][place].strip() for place in ja),
                        document["id"],
                        number,
                    )


if __name__ == "__main__":
    for unit in shipped_units():
        print(unit.document, unit.number, unit.en, unit.ja, sep="\t")
