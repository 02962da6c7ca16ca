"""Reports of findings with their locations: text with excerpts, annotations of GitHub, and lines of JSON."""

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

import attrs

from alliance_ref.qa.rules import RULES
from alliance_ref.qa.units import CheckedUnit, other_language
from alliance_ref.records.files import BLOCK_SEPARATOR, FileEdition
from alliance_ref.records.findings import TranslationFinding
from alliance_ref.records.values import Lang
from alliance_ref.text.cell_width import first_cells, last_cells, width
from alliance_ref.text.localization import label

_LINE_END = re.compile(r"\r\n|\r|\n")


@attrs.frozen
class Location:
    """The location of a finding: a line and column of a file, or a unit of a translation memory.

    `text` is the text there, from `offset` in the file or side. `excerpt` is the line, or the side of the
    unit; the place is ``excerpt[start:end]``. `lines` has the first line, its column, the last line and the
    column after the end, or is ``None`` in a memory or document. Lines and columns count from 1, columns in
    code points. `paragraph` is the number of the paragraph of a document, from 1.
    """

    file: str
    text: str
    offset: int
    excerpt: str
    start: int
    end: int
    lines: tuple[int, int, int, int] | None = None
    paragraph: int | None = None

    def shown(self, lang: Lang = "en") -> str:
        """Return the file, with the line and column or the paragraph if there are any."""
        if self.paragraph is not None:
            return f"{self.file}: {_PARAGRAPH[lang].format(self.paragraph)}"
        return f"{self.file}:{self.lines[0]}:{self.lines[1]}" if self.lines else self.file


_PARAGRAPH: dict[Lang, str] = {"en": "paragraph {}", "ja": "第{}段落"}


class Origin:
    """The input of a check, which locates the findings."""

    def locate(self, finding: TranslationFinding) -> Location:
        """Return the location of a finding."""
        return self._place(finding.unit, finding.lang, finding.start, finding.end)

    def locate_other(self, finding: TranslationFinding) -> Location | None:
        """Return the location of a finding on the other side, or ``None`` if that side is empty."""
        if finding.other_start == finding.other_end:
            return None
        other = other_language(finding.lang)
        return self._place(finding.unit, other, finding.other_start, finding.other_end)

    def _place(self, unit: int, lang: Lang, begin: int, stop: int) -> Location:
        raise NotImplementedError


class FileOrigin(Origin):
    """Two text files. Lines end at a line feed, a carriage return or both."""

    def __init__(self, names: Mapping[Lang, str], texts: Mapping[Lang, str]) -> None:
        self.names = names
        self.texts = texts
        self._starts = {
            lang: [0, *(found.end() for found in _LINE_END.finditer(text))] for lang, text in texts.items()
        }

    def _place(self, unit: int, lang: Lang, begin: int, stop: int) -> Location:
        text, starts = self.texts[lang], self._starts[lang]
        first = bisect_right(starts, begin) - 1
        last = max(first, bisect_right(starts, max(begin, stop - 1)) - 1)
        line_end = _LINE_END.search(text, starts[first])
        excerpt = text[starts[first] : line_end.start() if line_end else len(text)]
        start = begin - starts[first]
        lines = (first + 1, start + 1, last + 1, stop - starts[last] + 1)
        end = min(len(excerpt), stop - starts[first])
        return Location(self.names[lang], text[begin:stop], begin, excerpt, start, end, lines)


class DocumentOrigin(Origin):
    """Two documents that were read as blocks, for example Word files. A block is a paragraph."""

    def __init__(self, names: Mapping[Lang, str], editions: Mapping[Lang, FileEdition]) -> None:
        self.names = names
        self.editions = editions
        self._starts = {
            lang: [0, *accumulate(len(block.text) + len(BLOCK_SEPARATOR) for block in edition.blocks)]
            for lang, edition in editions.items()
        }

    def _place(self, unit: int, lang: Lang, begin: int, stop: int) -> Location:
        number = bisect_right(self._starts[lang], begin) - 1
        block, first = self.editions[lang].blocks[number], self._starts[lang][number]
        text = self.editions[lang].text[begin:stop]
        end = min(len(block.text), stop - first)
        return Location(self.names[lang], text, begin, block.text, begin - first, end, paragraph=number + 1)


class MemoryOrigin(Origin):
    """One or several files of units, such as translation memories.

    Args:
        name: The file, or the file of each unit.
        units: The units in order.
    """

    def __init__(self, name: str | Sequence[str], units: Sequence[CheckedUnit]) -> None:
        self._names = [name] * len(units) if isinstance(name, str) else name
        self._units = units

    def _place(self, unit: int, lang: Lang, begin: int, stop: int) -> Location:
        text = self._units[unit].given(lang)
        return Location(self._names[unit], text[begin:stop], begin, text, begin, stop)


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
        where = place.shown(lang) if place.lines or place.paragraph else _of_unit(place, finding)
        level = label("level", finding.level, lang)
        yield f"{where}: {finding.code} {level}: {finding.message_in(lang)}"
        yield from _excerpt(place, columns - 4)
        other = origin.locate_other(finding)
        if other is not None:
            yield f"    {_other_side(finding, other, columns - 4, lang)}"


def _of_unit(place: Location, finding: TranslationFinding) -> str:
    where = finding.where
    return (
        f"{where} [{finding.lang}]"
        if where.startswith(place.file)
        else f"{place.file}: {where} [{finding.lang}]"
    )


def _other_side(finding: TranslationFinding, place: Location, columns: int, lang: Lang) -> str:
    """Return the location of the other side and the beginning of its text, on one line."""
    is_file = place.lines or place.paragraph
    where = place.shown(lang) if is_file else f"[{other_language(finding.lang)}]"
    text = f"{where}: {_printable(place.text)}"
    shown = first_cells(text, columns - 1)
    return text if shown == text else shown + _CUT


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


def github_lines(
    findings: Iterable[TranslationFinding], origin: Origin, *, lang: Lang = "en"
) -> Iterator[str]:
    """Yield the findings as annotations of GitHub Actions, which appear next to the changed lines.

    Source: GitHub, Workflow commands for GitHub Actions, 2024.
    """
    for finding in findings:
        place = origin.locate(finding)
        values = {"file": place.file}
        message = finding.message_in(lang)
        if place.lines:
            line, column, end_line, end_column = place.lines
            values |= {"line": str(line), "endLine": str(end_line)}
            if line == end_line:
                values |= {"col": str(column), "endColumn": str(end_column)}
        elif place.paragraph:
            message = f"{place.shown(lang)}: {message}"
        else:
            message = f"{_of_unit(place, finding)}: {message}"
        values["title"] = f"{finding.code} {RULES[finding.code].name}"
        other = origin.locate_other(finding)
        if other is not None and (other.lines or other.paragraph):
            message += f" ({other.shown(lang)})"
        listed = ",".join(f"{key}={_escaped(value, ':,')}" for key, value in values.items())
        yield f"::{finding.level} {listed}::{_escaped(message)}"


def _escaped(text: str, more: str = "") -> str:
    """Return *text* with line ends, percent signs and the characters *more* in percent encoding."""
    for character in f"%\r\n{more}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def json_lines(findings: Iterable[TranslationFinding], origin: Origin, *, lang: Lang = "en") -> Iterator[str]:
    """Yield the findings as JSON, one object per line.

    The keys are ``code``, ``level``, ``message``, ``file``, ``line`` and ``column`` (from 1; ``null`` in a
    memory or document), ``paragraph`` (from 1, in a document), ``unit`` (from 1), ``where``, ``lang``,
    ``start`` and ``end`` (code points, from 0), ``text``, ``concept``, ``expected``, ``found``, ``reason``,
    ``messages`` (in both languages) and ``other``: the location on the other side with ``file``, ``line``,
    ``column``, ``paragraph``, ``lang``, ``start``, ``end`` and ``text``, or ``null``.
    """
    for finding in findings:
        place, other = origin.locate(finding), origin.locate_other(finding)
        yield json.dumps(
            {
                "code": finding.code,
                "level": finding.level,
                "message": finding.message_in(lang),
                "file": place.file,
                "line": place.lines[0] if place.lines else None,
                "column": place.lines[1] if place.lines else None,
                "paragraph": place.paragraph,
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
                "messages": {"en": finding.messages.en, "ja": finding.messages.ja},
                "other": None
                if other is None
                else {
                    "file": other.file,
                    "line": other.lines[0] if other.lines else None,
                    "column": other.lines[1] if other.lines else None,
                    "paragraph": other.paragraph,
                    "lang": other_language(finding.lang),
                    "start": finding.other_start,
                    "end": finding.other_end,
                    "text": other.text,
                },
            },
            ensure_ascii=False,
        )
