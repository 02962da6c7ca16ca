"""Reports of findings with their locations: as text with excerpts, and as lines of JSON."""

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from alliance_ref.qa.units import CheckedUnit
from alliance_ref.records.findings import TranslationFinding
from alliance_ref.records.values import Lang
from alliance_ref.text.cell_width import first_cells, last_cells, width
from alliance_ref.text.localization import label

_LINE_END = re.compile(r"\r\n|\r|\n")


@attrs.frozen
class Location:
    """The location of a finding: a line and column of a file, or a unit of a translation memory.

    `excerpt` is the line, or the side of the unit; the finding is ``excerpt[start:end]``. `lines` has the
    first line, its column, the last line and the column after the end, or is ``None`` in a memory. Lines and
    columns count from 1, columns in code points.
    """

    file: str
    excerpt: str
    start: int
    end: int
    lines: tuple[int, int, int, int] | None = None


class FileOrigin:
    """Two text files. Lines end at a line feed, a carriage return or both."""

    def __init__(self, names: Mapping[Lang, str], texts: Mapping[Lang, str]) -> None:
        self.names = names
        self.texts = texts
        self._starts = {
            lang: [0, *(found.end() for found in _LINE_END.finditer(text))] for lang, text in texts.items()
        }

    def locate(self, finding: TranslationFinding) -> Location:
        """Return the location of a finding."""
        text, starts = self.texts[finding.lang], self._starts[finding.lang]
        first = bisect_right(starts, finding.start) - 1
        last = max(first, bisect_right(starts, max(finding.start, finding.end - 1)) - 1)
        line_end = _LINE_END.search(text, starts[first])
        excerpt = text[starts[first] : line_end.start() if line_end else len(text)]
        start = finding.start - starts[first]
        lines = (first + 1, start + 1, last + 1, finding.end - starts[last] + 1)
        end = min(len(excerpt), finding.end - starts[first])
        return Location(self.names[finding.lang], excerpt, start, end, lines)


class MemoryOrigin:
    """A file of units, such as a translation memory."""

    def __init__(self, name: str, units: Sequence[CheckedUnit]) -> None:
        self.name = name
        self._units = units

    def locate(self, finding: TranslationFinding) -> Location:
        """Return the location of a finding."""
        text = self._units[finding.unit].text(finding.lang)
        return Location(self.name, text, finding.start, finding.end)


Origin = FileOrigin | MemoryOrigin
"""The input of a check, which locates the findings."""


_CUT = "…"


def text_lines(
    findings: Iterable[TranslationFinding], origin: Origin, *, lang: Lang = "en", columns: int = 100
) -> Iterator[str]:
    """Yield the findings as text: location, code and message, and an excerpt with carets.

    Args:
        findings: The findings of `check_translation` or `check_units`.
        origin: The input of the check.
        lang: The language of the report.
        columns: The width in terminal cells; a full-width character takes two.
    """
    for finding in findings:
        place = origin.locate(finding)
        where = f"{place.file}:{place.lines[0]}:{place.lines[1]}" if place.lines else _of_unit(place, finding)
        level = label("level", finding.level, lang)
        yield f"{where}: {finding.code} {level}: {finding.message_in(lang)}"
        yield from _excerpt(place, columns - 4)


def _of_unit(place: Location, finding: TranslationFinding) -> str:
    where = finding.where
    return (
        f"{where} [{finding.lang}]"
        if where.startswith(place.file)
        else f"{place.file}: {where} [{finding.lang}]"
    )


def _excerpt(place: Location, columns: int) -> Iterator[str]:
    """Yield the line and the carets; a long line is cut on both sides."""
    before, text, after = (
        _printable(part)
        for part in (
            place.excerpt[: place.start],
            place.excerpt[place.start : place.end],
            place.excerpt[place.end :],
        )
    )
    marked = first_cells(text, columns // 2)
    room = columns - width(marked)
    shown_before = last_cells(before, max(room // 2, room - width(after)) - 1)
    if shown_before != before:
        shown_before = _CUT + shown_before
    rest = text[len(marked) :] + after
    shown_after = first_cells(rest, room - width(shown_before) - 1)
    if shown_after != rest:
        shown_after += _CUT
    yield f"    {shown_before}{marked}{shown_after}".rstrip()
    yield f"    {' ' * width(shown_before)}{'^' * max(1, width(marked))}"


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else " " for character in text)


def json_lines(findings: Iterable[TranslationFinding], origin: Origin, *, lang: Lang = "en") -> Iterator[str]:
    """Yield the findings as JSON, one object per line.

    The keys are ``code``, ``level``, ``message``, ``file``, ``line`` and ``column`` (from 1; ``null`` in a
    memory), ``unit`` (from 1), ``where``, ``lang``, ``start`` and ``end`` (code points, from 0), ``text``,
    ``concept``, ``expected``, ``found`` and ``reason``.
    """
    for finding in findings:
        place = origin.locate(finding)
        yield json.dumps(
            {
                "code": finding.code,
                "level": finding.level,
                "message": finding.message_in(lang),
                "file": place.file,
                "line": place.lines[0] if place.lines else None,
                "column": place.lines[1] if place.lines else None,
                "unit": finding.unit + 1,
                "where": finding.where,
                "lang": finding.lang,
                "start": finding.start,
                "end": finding.end,
                "text": finding.text,
                "concept": finding.concept,
                "expected": list(finding.expected),
                "found": list(finding.found),
                "reason": finding.reason,
            },
            ensure_ascii=False,
        )
