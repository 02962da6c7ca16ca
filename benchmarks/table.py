"""The measured pages of the documentation: fills in the tables of docs/benchmarks/*.md.

    python benchmarks/table.py                          # all of them; a machine that has nothing else to do
    python benchmarks/table.py alignment --turns 1      # one page

What stands between a mark and its end is made anew, the rest of a page is written by hand. A page is written
when all of it is measured. Each takes some minutes, and nothing else should run meanwhile.
"""

import argparse
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))
from tables import alignment, finding, glossaries, machine
from tables.rows import announced, spread_table

DOCS = Path(__file__).parents[1] / "docs" / "benchmarks"
_BLOCK = re.compile(r"^(% made by make bench-docs: ([\w ]+)\n)(.*?)^(% end\n)", re.MULTILINE | re.DOTALL)

Blocks = Iterator[tuple[str, str]]


class Part(NamedTuple):
    """A page: its tables by the names of their marks, what its turns are called, the peers it names."""

    blocks: Callable[[argparse.Namespace], Blocks]
    turns: Callable[[argparse.Namespace], str]
    packages: tuple[str, ...]


def finding_blocks(options: argparse.Namespace) -> Blocks:
    """The one table of finding."""
    values = announced(finding.measure(options.turns or 7, options.cold), say)
    yield "finding", spread_table(finding.ROWS, values)


PARTS = {
    "finding": Part(
        finding_blocks, lambda options: f"{options.turns or 7}; {options.cold}", finding.PACKAGES
    ),
    "alignment": Part(
        lambda options: alignment.blocks(options.turns or 3),
        lambda options: f"{options.turns or 3}",
        alignment.PACKAGES,
    ),
    "glossaries": Part(
        lambda options: glossaries.blocks(options.turns or 3, million=options.million),
        lambda options: f"{options.turns or 3}",
        glossaries.PACKAGES,
    ),
}


def filled(page: str, blocks: Mapping[str, str]) -> str:
    """*page* with the text of each block between its mark and the end.

    Raises:
        ValueError: if the page has not the marks of all blocks, or others.
    """
    marks = [name for _, name, _, _ in _BLOCK.findall(page)]
    if sorted(marks) != sorted(blocks):
        raise ValueError(f"marks of the page: {', '.join(marks)}; tables: {', '.join(blocks)}")
    return _BLOCK.sub(lambda found: f"{found[1]}\n{blocks[found[2]]}\n\n{found[4]}", page)


def say(text: str) -> None:
    """How far it is."""
    print(text, file=sys.stderr, flush=True)


def main() -> None:
    """Measure, and write the pages."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}; all if none is named")
    parser.add_argument("--turns", type=int, help="turns of each comparison (finding 7, the others 3)")
    parser.add_argument("--cold", type=int, default=21, help="turns of cold processes (21)")
    parser.add_argument("--million", action="store_true", help="a build of 1,000,000 units as well")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    for name in options.parts or PARTS:
        part, path = PARTS[name], DOCS / f"{name}.md"
        before = machine.load()
        blocks = {}
        for mark, text in part.blocks(options):
            say(f"\n{mark}\n{text}")
            blocks[mark] = text
        blocks[f"{name} conditions"] = machine.conditions(
            part.packages, (before, machine.load()), part.turns(options)
        )
        path.write_text(filled(path.read_text(encoding="utf-8"), blocks), encoding="utf-8")


if __name__ == "__main__":
    main()
