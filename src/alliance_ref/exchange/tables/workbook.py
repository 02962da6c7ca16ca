"""Read the sheets of an Excel workbook as rows of text, with merged cells filled down.

openpyxl (extra ``exchange``) reads the cells: other programs put many things into a workbook, from furigana
inside cells to dates. Formulas are read as the value that Excel last computed.

Before a workbook is opened, its table of contents must show that it unpacks to a reasonable size. Python
unpacks no more of a file than the table of contents announces, so an archive with wrong sizes ends in an
error. A sheet has at most as many rows and columns as Excel allows, and its cells are counted while it is
read, since openpyxl also yields the empty cells between two others.
"""

import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

import attrs

from alliance_ref.errors import FileProblem, UnreadableFile, unreadable
from alliance_ref.exchange import limits
from alliance_ref.exchange.archives import ARCHIVE_ERRORS, ratio_problem

if TYPE_CHECKING:
    import types

TITLE = "Excel workbook"

_CODE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
_PIECE = 1 << 20  # bytes of a sheet that are searched at a time
_OVERLAP = 4096  # bytes that two pieces share, so that no tag is cut
_LONG_ROW_NUMBER = re.compile(rb"<(?:\w+:)?row\b[^>]*?\br=[\"'](\d{7,})[\"']")
_LONG_COLUMN = re.compile(
    rb"<(?:\w+:)?c\b[^>]*?\br=[\"']([A-Z]{4,}|X(?:F[E-Z]|[G-Z][A-Z])|[YZ][A-Z]{2})\d+[\"']"
)
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?\bref=[\"']([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)[\"']")

Rows = list[tuple[int, list[str]]]


@attrs.frozen
class Sheet:
    """A sheet: its name and its rows that are not empty, each with its number from 1."""

    name: str
    rows: Rows


def read_sheets(data: bytes) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook in their order.

    Raises:
        MissingExtra: openpyxl is not installed.
        UnreadableFile: The data is not a workbook, or it is too large when unpacked.
    """
    check_archive(data)
    excel = openpyxl_package()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about features of Excel that do not concern cells
            book = excel.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            merged = _merged_cells(data)
            budget = _Budget()
            return tuple(
                Sheet(sheet.title, _filled_down(list(_rows(sheet, budget)), merged.get(_part(sheet), ())))
                for sheet in book.worksheets
            )
    except UnreadableFile:
        raise
    except Exception as error:  # noqa: BLE001 - openpyxl raises any error in a damaged part
        detail = f"{type(error).__name__}: {error}"
        raise unreadable(TITLE, FileProblem("not-a-workbook", {"detail": detail})) from None


def check_archive(data: bytes) -> None:
    """Check that *data* is a zip archive that can be unpacked safely.

    The archive must not be too large when unpacked, and its XML files must not have a document type:
    spreadsheets never have one, and entities could make the XML grow without bound. Sheets must have no more
    rows and columns than Excel allows.

    Raises:
        UnreadableFile: The archive is damaged or unsafe.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            problem = _archive_problem(archive, len(data)) or _sheet_problem(archive)
    except ARCHIVE_ERRORS as error:
        problem = FileProblem("not-an-archive", {"detail": str(error)})
    if problem is not None:
        raise unreadable(TITLE, problem)


def _archive_problem(archive: zipfile.ZipFile, packed: int) -> FileProblem | None:
    files = archive.infolist()
    size = sum(file.file_size for file in files)
    if len(files) > limits.MAX_ARCHIVE_FILES:
        return FileProblem("too-many-files", {"count": len(files), "limit": limits.MAX_ARCHIVE_FILES})
    if size > limits.MAX_UNPACKED:
        return FileProblem("unpacks-too-large", {"size": size, "limit": limits.MAX_UNPACKED})
    if problem := ratio_problem(size, packed):
        return problem
    for file in files:
        if file.filename.endswith((".xml", ".rels")):
            with archive.open(file) as part:
                head = part.read(4096).replace(b"\0", b"")
            if any(declaration in head for declaration in _DECLARATIONS):
                return FileProblem("document-type", {"file": file.filename})
    return None


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Yield the XML of all sheets in overlapping pieces, each with the name of its part."""
    for file in archive.infolist():
        if not re.match(r"/?xl/worksheets/[^/]+\.xml$", file.filename):
            continue
        with archive.open(file) as part:
            tail = b""
            while piece := part.read(_PIECE):
                yield file.filename.lstrip("/"), (tail + piece).replace(b"\0", b"")
                tail = piece[-_OVERLAP:]


def _sheet_problem(archive: zipfile.ZipFile) -> FileProblem | None:
    for _, piece in _sheets(archive):
        for found in _LONG_ROW_NUMBER.finditer(piece):
            if len(number := found[1].lstrip(b"0")) > 7 or int(number or b"0") > limits.MAX_SHEET_ROWS:
                values = {"row": found[1][:20].decode(), "limit": limits.MAX_SHEET_ROWS}
                return FileProblem("too-many-rows", values)
        if column := _LONG_COLUMN.search(piece):
            values = {"column": column[1][:20].decode(), "limit": limits.MAX_SHEET_COLUMNS}
            return FileProblem("too-many-columns", values)
    return None


Merged = tuple[int, int, int, int]
"""A range of merged cells: its first and last row and its first and last column, from 1."""


def _merged_cells(data: bytes) -> dict[str, tuple[Merged, ...]]:
    """Return the ranges of merged cells in each sheet, which openpyxl does not report in this mode."""
    found: dict[str, set[Merged]] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name, piece in _sheets(archive):
            for left, top, right, bottom in _MERGED.findall(piece):
                area = int(top), int(bottom), _column(left), _column(right)
                found.setdefault(name, set()).add(area)
    return {name: tuple(sorted(areas)) for name, areas in found.items()}


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - ord("A") + 1
    return number


def _part(sheet: Any) -> str:
    return str(getattr(sheet, "_worksheet_path", "")).lstrip("/")


def _filled_down(rows: Rows, merged: tuple[Merged, ...]) -> Rows:
    """Return the rows with the text of each merged range in all rows of its first column."""
    if not merged:
        return rows
    by_number = dict(rows)
    for top, bottom, left, _ in merged:
        first = by_number.get(top, [])
        text = first[left - 1] if left <= len(first) else ""
        if not text or bottom == top:
            continue
        for number in range(top + 1, min(bottom, top + limits.MAX_MERGED_ROWS) + 1):
            cells = by_number.get(number)
            if cells is None:
                continue
            cells += [""] * (left - len(cells))
            cells[left - 1] = cells[left - 1] or text
    return rows


@attrs.define
class _Budget:
    """Counts the cells of a workbook."""

    cells: int = 0

    def add(self, count: int) -> None:
        self.cells += count
        if self.cells > limits.MAX_CELLS:
            raise unreadable(TITLE, FileProblem("too-many-cells", {"limit": limits.MAX_CELLS}))


def _rows(sheet: Any, budget: _Budget) -> Iterator[tuple[int, list[str]]]:
    sheet.reset_dimensions()  # the size that a file declares may be wrong
    empty = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        budget.add(len(row))
        cells = [_text(value) for value in row]
        if any(cells):
            empty = 0
            yield number, cells
        else:
            empty += 1
            if empty > limits.MAX_EMPTY_ROWS:
                return


def _text(value: object) -> str:
    """Return the text that a person sees in a cell."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _CODE.sub(lambda found: chr(int(found[1], 16)), value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value)


def openpyxl_package() -> "types.ModuleType":
    """Return the package that reads and writes workbooks.

    Raises:
        MissingExtra: openpyxl is not installed.
    """
    try:
        import openpyxl
        import openpyxl.cell
        import openpyxl.styles
        import openpyxl.utils
        import openpyxl.worksheet.datavalidation
    except ImportError:
        from alliance_ref.errors import MissingExtra

        raise MissingExtra("exchange", "openpyxl") from None
    return cast("types.ModuleType", openpyxl)
