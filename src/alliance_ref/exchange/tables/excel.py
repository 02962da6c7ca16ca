"""Glossaries as an Excel workbook with one sheet: the table of `tables` in cells that are text.

openpyxl (extra ``exchange``) reads and writes the workbook: what other programs put into one, from furigana
inside cells to dates, is more than a little code should try to follow. Every cell is written as a string with
Excel's mark for text, so that nothing in it is run, now or when somebody edits it; no apostrophe is needed
then. Characters that XML cannot hold are written as Excel writes them (``_x0007_``).

Before a workbook is opened, its table of contents must show that it unpacks to something reasonable (see
`archives`). Of a formula in a workbook of others the value is read that Excel last computed.
"""

import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, cast

from alliance_ref.errors import unreadable
from alliance_ref.exchange.tables import glossary_table as tables
from alliance_ref.exchange.tables.archives import check_archive
from alliance_ref.records.glossary import GlossaryConcept

if TYPE_CHECKING:
    import types

HOLDS = tables.HOLDS

_TITLE = "Excel workbook"
_SHEET = "glossary"
_LONGEST = 32_767
_NOT_XML = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_CODE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_WIDE = {"en": 40, "ja": 30, "definition en": 60, "definition ja": 60}


def dumps(concepts: Iterable[GlossaryConcept]) -> bytes:
    """The workbook.

    Raises:
        MissingExtra: if openpyxl is not installed.
        ValueError: if a cell would hold more than the 32,767 characters that Excel allows.
    """
    excel = _openpyxl()
    header, rows = tables.table(concepts)
    for text in (text for row in rows for text in row if len(text) > _LONGEST):
        raise ValueError(
            f"a cell would have {len(text):,} characters, Excel allows {_LONGEST:,}: {text[:40]!r}"
        )
    book = excel.Workbook(write_only=True)
    sheet = book.create_sheet(_SHEET)
    sheet.freeze_panes = "A2"
    for place, name in enumerate(header, 1):
        sheet.column_dimensions[excel.utils.get_column_letter(place)].width = _WIDE.get(name, 16)
    for row in (header, *rows):
        sheet.append([_cell(excel, sheet, text) for text in row])
    book.properties.created = book.properties.modified = datetime.datetime(2000, 1, 1)  # noqa: DTZ001
    written = io.BytesIO()
    book.save(written)
    return _undated(written.getvalue())


def _cell(excel: Any, sheet: Any, text: str) -> object:
    if not text:
        return None
    cell = excel.cell.WriteOnlyCell(sheet, _NOT_XML.sub(_coded, text))
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


def _coded(found: re.Match[str]) -> str:
    return f"_x{ord(found[0]):04X}_"


def _undated(data: bytes) -> bytes:
    """The archive without the time at which it was made, so that the same glossary gives the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", part)
            new.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def loads(data: bytes, *, columns: Sequence[str] = ()) -> tuple[GlossaryConcept, ...]:
    """The concepts in the first sheet of a workbook that has a column for each language.

    Args:
        data: The workbook.
        columns: What the columns are if there is no header, such as ``("en", "ja")``; the first sheet is
            read then.

    Raises:
        MissingExtra: if openpyxl is not installed.
        UnreadableFile: if it is no workbook or a dangerous one, or no sheet of it is a glossary.
    """
    check_archive(data, title=_TITLE)
    excel = _openpyxl()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of features of Excel that have nothing to do with its cells
            book = excel.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            sheets = [list(_rows(sheet)) for sheet in book.worksheets]
    except Exception as error:  # noqa: BLE001 - openpyxl raises whatever a broken part makes it stumble over
        raise unreadable(_TITLE, ("", f"is no sound workbook: {type(error).__name__}: {error}")) from None
    chosen = next((rows for rows in sheets if rows and (columns or tables.languages_found(rows[0][1]))), None)
    if chosen is None:
        chosen = next(filter(None, sheets), [])
    return tables.read_table(chosen, title=_TITLE, columns=columns)


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    sheet.reset_dimensions()  # what a file says of its size need not be true
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        cells = [_text(value) for value in row]
        if any(cells):
            yield number, cells


def _text(value: object) -> str:
    """What a person sees in a cell, as text."""
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


def _openpyxl() -> "types.ModuleType":
    try:
        import openpyxl
        import openpyxl.cell
        import openpyxl.utils
    except ImportError:
        from alliance_ref.errors import MissingExtra

        raise MissingExtra("exchange", "openpyxl") from None
    return cast("types.ModuleType", openpyxl)
