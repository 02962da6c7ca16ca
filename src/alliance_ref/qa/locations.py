"""Where findings stand in what was given: a line and a column of a file, or a unit of a memory.

Lines end at a line feed, a carriage return or both, as editors count them; columns are code points, from 1.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence

import attrs

from alliance_ref.qa.units import CheckedUnit
from alliance_ref.records.findings import TranslationFinding
from alliance_ref.records.values import Lang

_LINE_END = re.compile(r"\r\n|\r|\n")


@attrs.frozen
class Place:
    """Where a finding stands: its file, and the line there, or the unit if a line says nothing.

    `excerpt` is the line, or the side of the unit, and ``excerpt[start:end]`` what is found in it. `lines`
    is the first line, its column, the last line and the column behind the end; ``None`` in a memory.
    """

    file: str
    excerpt: str
    start: int
    end: int
    lines: tuple[int, int, int, int] | None = None


class Files:
    """The two texts that were checked, by the names of their files."""

    def __init__(self, names: Mapping[Lang, str], texts: Mapping[Lang, str]) -> None:
        self.names = names
        self.texts = texts
        self._starts = {
            lang: [0, *(found.end() for found in _LINE_END.finditer(text))] for lang, text in texts.items()
        }

    def place(self, finding: TranslationFinding) -> Place:
        """Where a finding stands."""
        text, starts = self.texts[finding.lang], self._starts[finding.lang]
        first = bisect_right(starts, finding.start) - 1
        last = max(first, bisect_right(starts, max(finding.start, finding.end - 1)) - 1)
        line_end = _LINE_END.search(text, starts[first])
        excerpt = text[starts[first] : line_end.start() if line_end else len(text)]
        start = finding.start - starts[first]
        lines = (first + 1, start + 1, last + 1, finding.end - starts[last] + 1)
        end = min(len(excerpt), finding.end - starts[first])
        return Place(self.names[finding.lang], excerpt, start, end, lines)


class Memory:
    """The units that were checked, and the file that they come from."""

    def __init__(self, name: str, units: Sequence[CheckedUnit]) -> None:
        self.name = name
        self._units = units

    def place(self, finding: TranslationFinding) -> Place:
        """Where a finding stands."""
        text = self._units[finding.unit].text(finding.lang)
        return Place(self.name, text, finding.start, finding.end)


Origin = Files | Memory
"""What was checked, to find places in."""
