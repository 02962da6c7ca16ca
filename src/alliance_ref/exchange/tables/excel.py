"""Glossaries as an Excel workbook with one sheet of text cells (see `glossary_table`, `workbook`).

Every cell is written as a string with Excel's mark for text, so nothing in it is run, even after an edit, and
no apostrophe is needed. Characters that XML does not allow are written as Excel writes them (``_x0007_``).
"""

import datetime
import io
import re
import zipfile
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any

from alliance_ref.errors import FileProblem, UnwritableData
from alliance_ref.exchange.tables.glossary_table import SUPPORTED_FIELDS, read_table, table
from alliance_ref.exchange.tables.layout import MAX_TITLE_ROWS, is_header
from alliance_ref.exchange.tables.workbook import TITLE, Rows, check_archive, openpyxl_package, read_sheets
from alliance_ref.records.glossary import GlossaryConcept

__all__ = ["SUPPORTED_FIELDS", "check_archive", "dumps", "loads"]

_SHEET = "glossary"
_MAX_CELL = 32_767  # characters that Excel allows in a cell
_WIDTHS = {"en": 40, "ja": 30, "definition en": 60, "definition ja": 60}
_DEFAULT_WIDTH = 16
_NOT_IN_CELL = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_CREATED = datetime.datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed date, so equal glossaries give equal bytes


def dumps(concepts: Iterable[GlossaryConcept]) -> bytes:
    """Return *concepts* as a workbook; equal concepts give equal bytes.

    Raises:
        MissingExtra: openpyxl is not installed.
        UnwritableData: A cell would have more than the 32,767 characters that Excel allows.
    """
    header, rows = table(concepts)
    return sheet_bytes(_SHEET, header, rows, _WIDTHS)


def sheet_bytes(
    name: str,
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    widths: Mapping[str, int],
    *,
    wrap: bool = False,
    hidden: Container[str] = (),
    choices: Mapping[str, str] | None = None,
) -> bytes:
    """Return a workbook with one sheet of text cells; equal rows give equal bytes.

    Args:
        name: The name of the sheet.
        header: The names of the columns.
        rows: The rows below the header.
        widths: The widths of columns in characters, by name.
        wrap: Whether the lines of long cells are wrapped.
        hidden: The names of columns that are hidden at first.
        choices: The values of drop-down lists, separated by commas, by the name of the column.

    Raises:
        MissingExtra: openpyxl is not installed.
        UnwritableData: A cell would have more than the 32,767 characters that Excel allows.
    """
    excel = openpyxl_package()
    rows = list(rows)
    for text in (text for row in rows for text in row if len(text) > _MAX_CELL):
        values = {"length": len(text), "limit": _MAX_CELL, "text": text}
        raise UnwritableData("<bytes>", TITLE, "cell-too-long", values)
    book = excel.Workbook(write_only=True)
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for place, title in enumerate(header, 1):
        letter = excel.utils.get_column_letter(place)
        sheet.column_dimensions[letter].width = widths.get(title, _DEFAULT_WIDTH)
        sheet.column_dimensions[letter].hidden = title in hidden
        if choices and title in choices:
            drop_down = excel.worksheet.datavalidation.DataValidation("list", formula1=f'"{choices[title]}"')
            drop_down.add(f"{letter}2:{letter}{max(2, len(rows) + 1)}")
            sheet.data_validations.append(drop_down)
    style = excel.styles.Alignment(wrap_text=True, vertical="top") if wrap else None
    for row in (header, *rows):
        sheet.append([_cell(excel, sheet, text, style) for text in row])
    book.properties.created = book.properties.modified = _CREATED
    written = io.BytesIO()
    book.save(written)
    return _without_times(written.getvalue())


def _cell(excel: Any, sheet: Any, text: str, style: object) -> object:
    if not text:
        return None
    cell = excel.cell.WriteOnlyCell(sheet, _NOT_IN_CELL.sub(lambda found: f"_x{ord(found[0]):04X}_", text))
    cell.data_type = "s"
    cell.quotePrefix = True
    if style is not None:
        cell.alignment = style
    return cell


def _without_times(data: bytes) -> bytes:
    """Return the archive without the time of writing, so that equal glossaries give equal bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", part)
            new.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def loads(
    data: bytes, *, columns: Sequence[str] = (), notices: list[FileProblem] | None = None
) -> tuple[GlossaryConcept, ...]:
    """Return the concepts in the first sheet of a workbook that has a column for each language.

    Cells that are merged with the one above them have its text.

    Args:
        data: The workbook.
        columns: The columns of a table without a header, for example, ``("en", "ja")``; then the first sheet
            is read.
        notices: Receives what was left out or read differently, and the names of the other sheets.

    Raises:
        MissingExtra: openpyxl is not installed.
        UnreadableFile: The data is not a workbook, is too large when unpacked, or has no sheet with a
            glossary.
    """
    notices = [] if notices is None else notices
    rows = glossary_rows(data, columns=columns, notices=notices)
    return read_table(rows, title=TITLE, columns=columns, notices=notices)


def glossary_rows(data: bytes, *, columns: Sequence[str], notices: list[FileProblem]) -> Rows:
    """Return the rows of the sheet that contains the table; report the other sheets in *notices*."""
    sheets = [sheet for sheet in read_sheets(data) if sheet.rows]
    chosen = next((sheet for sheet in sheets if columns or _has_header(sheet.rows)), next(iter(sheets), None))
    if chosen is None:
        return []
    unread = tuple(sheet.name for sheet in sheets if sheet is not chosen)
    if unread:
        notices.append(FileProblem("unread-sheets", {"read": chosen.name, "sheets": unread}))
    return chosen.rows


def _has_header(rows: Rows) -> bool:
    return any(is_header(cells) for _, cells in rows[:MAX_TITLE_ROWS])
