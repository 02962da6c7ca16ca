"""Decisions of a person about an alignment, read from a corrected table (see `tables`).

A row is a decision if its status is ``confirmed``, or if its texts are no longer those of the segments that
its last column names (from 1). Segments are recognized by their text, so rows may be moved, inserted and
deleted.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path

import attrs

from alliance_ref.alignment.result import Bead
from alliance_ref.alignment.tables import COLUMNS, CROSSING
from alliance_ref.errors import FileProblem, InputNotFound, UnknownFormat, UnreadableCopy, UnreadableFile
from alliance_ref.exchange.limits import check_size
from alliance_ref.exchange.tables.workbook import read_sheets
from alliance_ref.html import printable
from alliance_ref.records import Lang, Segment
from alliance_ref.text.encodings import decode

_HEADERS = {name: name for name in COLUMNS} | {
    "english": "en",
    "英語": "en",
    "japanese": "ja",
    "日本語": "ja",
}
_CONFIRMED = frozenset("confirmed ok yes y x ✓ ✔ ○ 〇 確認 確認済 確認済み".split())
_OPEN = frozenset(("", "aligned", "written"))

_GAP = re.compile(r"\[[a-z-]+\]")
_SEGMENTS = re.compile(r"(?:(\d+)(?:[-–](\d+))?)?\s*\|\s*(?:(\d+)(?:[-–](\d+))?)?")


@attrs.frozen
class _Row:
    """A row of a table of decisions: its number in the file and the text of its cells."""

    number: int
    kind: str
    status: str
    en: str
    ja: str
    segments: str


@attrs.frozen
class Decisions:
    """The decisions in a corrected table of an alignment; pass them to `align` as `fixed`.

    Attributes:
        where: The file from which they were read.
        format: The name of its format.
        rows: The rows of the table.

    >>> import tempfile
    >>> from pathlib import Path
    >>> import alliance_ref as ar
    >>> en, ja = ["It rained.", "We left."], ["雨が降った。", "出発した。"]
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "table.html")
    ...     page = ar.align(en, ja).to_html().replace(">aligned<", ">confirmed<", 1)
    ...     _ = path.write_text(page, encoding="utf-8")
    ...     decisions = ar.alignment.read_decisions(path)
    >>> [unit.status for unit in ar.align(en, ja, fixed=decisions)]
    ['confirmed', 'aligned']
    """

    where: str
    format: str
    rows: tuple[_Row, ...] = attrs.field(repr=False)

    def beads(self, en: Sequence[Segment], ja: Sequence[Segment]) -> tuple[Bead, ...]:
        """Return the decisions as beads of the indices of segments.

        Args:
            en: The English segments that are aligned.
            ja: The Japanese segments.

        Raises:
            UnreadableFile: A status is unknown, or a text is not that of segments next to each other.
        """
        sides = _Side(en, "en"), _Side(ja, "ja")
        problems: list[FileProblem] = []
        found: list[_Decision] = []
        for row in self.rows:
            try:
                found.append(_decision(row, *sides))
            except _Unusable as error:
                problems.extend(error.problems)
        if problems:
            raise UnreadableFile(self.where, self.format, tuple(problems))
        return tuple(_decided(found))


def read_decisions(path: str | Path) -> Decisions:
    """Read the decisions in a corrected table (``.xlsx``) or page (``.html``) of an alignment.

    Args:
        path: The file, first written with `Alignment.to_xlsx` or `Alignment.to_html`.

    Returns:
        The decisions, for `align` and `align_documents` (``fixed=``).

    Raises:
        UnknownFormat: The file has another suffix.
        UnreadableFile: The file does not contain such a table.
        InputNotFound: There is no such file.
        MissingExtra: The file is a workbook, and openpyxl is not installed.

    >>> import alliance_ref as ar
    >>> ar.alignment.read_decisions("table.doc")
    Traceback (most recent call last):
    ...
    alliance_ref.errors.UnknownFormat: no format for the suffix '.doc'; known suffixes: .xlsx, .html, .htm
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in (".xlsx", ".html", ".htm"):
        raise UnknownFormat(path.suffix, (".xlsx", ".html", ".htm"))
    title = "Excel workbook" if suffix == ".xlsx" else "HTML"
    try:
        data = _content(path, title)
        if suffix == ".xlsx":
            tables = [sheet.rows for sheet in read_sheets(data)]
        else:
            tables = _html_tables(decode(data, str(path))[0])
    except UnreadableFile as error:
        raise attrs.evolve(error, where=str(path)) from None
    rows = next((rows for table in tables if (rows := _read_table(table)) is not None), None)
    if rows is None:
        raise UnreadableFile(str(path), title, (FileProblem("no-alignment-table"),))
    return Decisions(str(path), title, tuple(rows))


def _content(path: Path, title: str) -> bytes:
    try:
        check_size(path.stat().st_size, title=title)
        return path.read_bytes()
    except FileNotFoundError:
        raise InputNotFound(str(path)) from None
    except IsADirectoryError:
        raise UnreadableCopy(str(path), "folder") from None


def _read_table(table: Iterable[tuple[int, Sequence[str]]]) -> list[_Row] | None:
    """Return the rows below the header of a table, or ``None`` if it has none."""
    places: dict[str, int] = {}
    rows = []
    for number, cells in table:
        if not places:
            names = [_HEADERS.get(" ".join(cell.split()).casefold(), "") for cell in cells]
            if "en" in names and "ja" in names:
                places = {name: place for place, name in enumerate(names) if name}
            continue
        values = {name: cells[place].strip() if place < len(cells) else "" for name, place in places.items()}
        row = _Row(number, *(values.get(name, "") for name in ("kind", "status", "en", "ja", "segments")))
        if row.en or row.ja:
            rows.append(row)
    return rows if places else None


class _TableReader(HTMLParser):
    """Collect the rows of the tables of a page, with their cells as text."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[tuple[int, list[str]]]] = []
        self._cell: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Start a table, a row or a cell, or a new line in a cell."""
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self._end_cell()
            rows = self.tables[-1]
            rows.append((len(rows) + 1, []))
        elif tag in ("td", "th"):
            self._end_cell()
            self._cell = []
        elif tag in ("br", "div", "p") and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """End a cell."""
        if tag in ("td", "th", "tr", "table"):
            self._end_cell()

    def handle_data(self, data: str) -> None:
        """Add text to a cell."""
        if self._cell is not None:
            self._cell.append(data)

    def _end_cell(self) -> None:
        if self._cell is not None and self.tables and self.tables[-1]:
            self.tables[-1][-1][1].append("".join(self._cell))
        self._cell = None


def _html_tables(text: str) -> list[list[tuple[int, list[str]]]]:
    reader = _TableReader()
    reader.feed(text)
    reader.close()
    return reader.tables


class _Unusable(Exception):
    """A row that cannot be used, with all its problems."""

    def __init__(self, problems: Sequence[FileProblem]) -> None:
        super().__init__(problems)
        self.problems = problems


@attrs.frozen
class _Decision:
    """The segments of a row, and whether a person decided it."""

    en: range
    ja: range
    is_decided: bool
    is_crossing: bool


class _Side:
    """The segments of one side, found by their text and their number."""

    def __init__(self, segments: Sequence[Segment], lang: Lang) -> None:
        self.lang: Lang = lang
        self.texts = [_key(segment.text) for segment in segments]
        self.last = 0
        """The segment after the last one that was found."""

    def find(self, cell: str, expected: range) -> range | None:
        """Return the run of segments that a cell contains, or ``None``.

        Of several places with this text, the *expected* one is returned, else the one next to the segments
        of the row before.
        """
        found = self._find(_key(cell), expected, expected.start if expected else self.last)
        if found is None and "\n" in cell:  # lines in another order
            lines = [line for line in cell.splitlines() if line.strip()]
            parts = [self._find(_key(line), range(0), self.last) for line in lines]
            indices = sorted(index for part in parts if part is not None for index in part)
            is_run = bool(indices) and indices == list(range(indices[0], indices[-1] + 1))
            found = range(indices[0], indices[-1] + 1) if is_run and None not in parts else None
        if found:
            self.last = found.stop
        return found

    def _find(self, key: str, expected: range, near: int) -> range | None:
        if key and key == "".join(self.texts[expected.start : expected.stop]):
            return expected
        runs = (
            self._run(start, key) for start, text in enumerate(self.texts) if text and key.startswith(text)
        )
        return min((run for run in runs if run), key=lambda run: abs(run.start - near), default=None)

    def _run(self, start: int, key: str) -> range | None:
        """Return the segments from *start* on whose texts are together *key*."""
        done = 0
        for index in range(start, len(self.texts)):
            text = self.texts[index]
            if not key.startswith(text, done):
                return None
            done += len(text)
            if done == len(key):
                return range(start, index + 1)
        return None


def _key(text: str) -> str:
    """Return *text* without what programs change when they save it: white space and forbidden characters."""
    return "".join(printable(unicodedata.normalize("NFC", text)).split())


def _decision(row: _Row, english: _Side, japanese: _Side) -> _Decision:
    """Return the segments of a row.

    Raises:
        _Unusable: The status is unknown, or a text is not found.
    """
    numbers = _SEGMENTS.fullmatch(row.segments.strip())
    expected = (
        [_numbered(numbers[1], numbers[2]), _numbered(numbers[3], numbers[4])] if numbers else [range(0)] * 2
    )
    problems = []
    status = row.status.casefold()
    if status not in _CONFIRMED and status not in _OPEN:
        problems.append(FileProblem("decision-status", {"status": row.status}, row=row.number))
    found: list[range] = []
    for side, cell, run in zip((english, japanese), (row.en, row.ja), expected, strict=True):
        segments = range(0) if not cell or _GAP.fullmatch(cell) else side.find(cell, run)
        if segments is None:
            values = {"lang": side.lang, "text": " ".join(cell.split())}
            problems.append(FileProblem("segments-not-found", values, row=row.number))
        else:
            found.append(segments)
    if problems:
        raise _Unusable(problems)
    en, ja = found
    is_changed = (list(en), list(ja)) != (list(expected[0]), list(expected[1]))
    return _Decision(en, ja, is_changed or status in _CONFIRMED, row.kind.casefold() == CROSSING)


def _numbered(first: str | None, last: str | None) -> range:
    return range(int(first) - 1, int(last or first)) if first else range(0)


def _decided(rows: Sequence[_Decision]) -> Iterator[Bead]:
    """Yield the beads that a person decided.

    A pair that shares a segment with a decision belongs to it, as the rows of merged cells do. A gap of a
    segment that is part of a decided pair restates where the segment is missing.
    """
    pairs = [row for row in rows if row.en and row.ja]
    decided = [row for row in pairs if row.is_decided]
    open_rows = [row for row in pairs if not row.is_decided and not row.is_crossing]
    en = {index for row in decided for index in row.en}
    ja = {index for row in decided for index in row.ja}
    grows = True
    while grows:
        joined = [row for row in open_rows if not (en.isdisjoint(row.en) and ja.isdisjoint(row.ja))]
        open_rows = [row for row in open_rows if en.isdisjoint(row.en) and ja.isdisjoint(row.ja)]
        en.update(index for row in joined for index in row.en)
        ja.update(index for row in joined for index in row.ja)
        decided += joined
        grows = bool(joined)
    for row in decided:
        yield tuple(row.en), tuple(row.ja)
    for row in rows:
        if row.is_decided and not (row.en and row.ja) and en.isdisjoint(row.en) and ja.isdisjoint(row.ja):
            yield tuple(row.en), tuple(row.ja)
