"""How many of the first pairs of a glossary are right, by the verdicts of a reader.

    python benchmarks/glossary_precision.py

The glossary is built anew from the texts of glossary_terms/units.py; its pairs are the first renderings of
the first concepts. A verdict goes with the two sides of a pair, letter for letter, so a later build has pairs
that nobody has judged: they are listed, and the precision is given of the judged ones, and of all with the
others taken as wrong and as right. What the verdicts mean: glossary_terms/README.md.
"""

import argparse
import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeAlias

from glossary_terms.units import BITEXTS, shipped_units

RECORD = Path(__file__).resolve().parent / "glossary_terms" / "first200.tsv"
RIGHT = ("right", "no-term")
NOT_RIGHT = ("boundary", "wrong")

Pair: TypeAlias = tuple[str, str]


def read_verdicts(path: Path = RECORD) -> dict[Pair, str]:
    """The verdict of each judged pair.

    Raises:
        ValueError: if a line has no verdict that counts, or a pair has two.
    """
    verdicts: dict[Pair, str] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE), 2):
            pair, verdict = (row["en"], row["ja"]), row["verdict"]
            if verdict not in RIGHT + NOT_RIGHT:
                raise ValueError(
                    f"{path.name}:{line}: verdict {verdict!r} is none of {', '.join(RIGHT + NOT_RIGHT)}"
                )
            if verdicts.setdefault(pair, verdict) != verdict:
                raise ValueError(f"{path.name}:{line}: {' / '.join(pair)} has another verdict above")
    return verdicts


def first_pairs(count: int) -> list[Pair]:
    """The first rendering of each of the first concepts that `build_glossary` makes of the shipped texts."""
    import alliance_ref as ar

    units = [ar.TranslationUnit(unit.en, unit.ja, unit.document, unit.number) for unit in shipped_units()]
    firsts = (
        rendering for concept in ar.build_glossary(units).concepts for rendering in concept.renderings[:1]
    )
    return [(rendering.en, rendering.ja) for rendering in islice(firsts, count)]


class Precision(NamedTuple):
    """Of so many pairs, how many have which verdict."""

    pairs: int
    judged: Counter[str]

    @property
    def known(self) -> int:
        """How many have a verdict."""
        return self.judged.total()

    @property
    def right(self) -> int:
        """How many of them are right."""
        return sum(self.judged[verdict] for verdict in RIGHT)


def counted(pairs: Sequence[Pair], verdicts: Mapping[Pair, str]) -> Precision:
    """The verdicts on *pairs*."""
    return Precision(len(pairs), Counter(verdicts[pair] for pair in pairs if pair in verdicts))


def report(pairs: Sequence[Pair], verdicts: Mapping[Pair, str]) -> str:
    """The figures in lines, then the pairs that are not right and those not judged."""
    of = counted(pairs, verdicts)
    unknown = of.pairs - of.known
    lines = [
        f"first {of.pairs} pairs, {of.known} judged: "
        + ", ".join(f"{of.judged[verdict]} {verdict}" for verdict in RIGHT + NOT_RIGHT),
        f"precision of the judged: {share(of.right, of.known)} (without no-term:"
        f" {share(of.judged['right'], of.known)})",
    ]
    if unknown:
        all_right = share(of.right + unknown, of.pairs)
        lines.append(f"precision of all: at least {share(of.right, of.pairs)}, at most {all_right}")
    lines += [
        f"  {number}  {verdict}: {' / '.join(pair)}"
        for number, pair in enumerate(pairs, 1)
        if (verdict := verdicts.get(pair, "not judged")) not in RIGHT
    ]
    return "\n".join(lines)


def share(part: int, whole: int) -> str:
    """A percentage with one decimal."""
    return f"{100 * part / whole:.1f} %" if whole else "no figure"


def main() -> None:
    """Prints the report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--first", type=int, default=200, metavar="N", help="how many pairs (200)")
    options = parser.parse_args()
    if not (BITEXTS / "dev").is_dir():
        print(f"glossary_precision: left out, no bitexts in {BITEXTS}")
        return
    print(report(first_pairs(options.first), read_verdicts()))


if __name__ == "__main__":
    main()
