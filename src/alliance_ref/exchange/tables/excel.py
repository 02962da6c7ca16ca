"""Glossaries as an Excel workbook with one sheet of text cells (see `glossary_table`).

openpyxl (extra ``exchange``) reads and writes the workbook: other programs put many things into one, from
furigana inside cells to dates. Every cell is written as a string with Excel's mark for text, so nothing in it
is run, even after an edit, and no apostrophe is needed. Characters that XML does not allow are written as
Excel writes them (``_x0007_``).

Before a workbook is opened, its table of contents must show that it unpacks to a reasonable size. Python
unpacks no more of a file than the table of contents announces, so an archive with wrong sizes ends in an
error. Formulas are read as the value that Excel last computed.
"""

import datetime
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, cast

from alliance_ref.errors import FileProblem, UnwritableData, unreadable
from alliance_ref.exchange import limits
from alliance_ref.exchange.tables.glossary_table import SUPPORTED_FIELDS, read_table, table
from alliance_ref.exchange.tables.headers import has_both_languages
from alliance_ref.records.glossary import GlossaryConcept

if TYPE_CHECKING:
    import types

__all__ = ["SUPPORTED_FIELDS", "check_archive", "dumps", "loads"]

_TITLE = "Excel workbook"
_SHEET = "glossary"
_MAX_CELL = 32_767  # characters that Excel allows in a cell
_WIDTHS = {"en": 40, "ja": 30, "definition en": 60, "definition ja": 60}
_DEFAULT_WIDTH = 16
_NOT_IN_CELL = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_CODE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CREATED = datetime.datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed date, so equal glossaries give equal bytes
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
_ARCHIVE_ERRORS = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
)


def dumps(concepts: Iterable[GlossaryConcept]) -> bytes:
    """Return *concepts* as a workbook; equal concepts give equal bytes.

    Raises:
        MissingExtra: openpyxl is not installed.
        UnwritableData: A cell would have more than the 32,767 characters that Excel allows.
    """
    excel = _openpyxl()
    header, rows = table(concepts)
    for text in (text for row in rows for text in row if len(text) > _MAX_CELL):
        values = {"length": len(text), "limit": _MAX_CELL, "text": text}
        raise UnwritableData("<bytes>", _TITLE, "cell-too-long", values)
    book = excel.Workbook(write_only=True)
    sheet = book.create_sheet(_SHEET)
    sheet.freeze_panes = "A2"
    for place, name in enumerate(header, 1):
        letter = excel.utils.get_column_letter(place)
        sheet.column_dimensions[letter].width = _WIDTHS.get(name, _DEFAULT_WIDTH)
    for row in (header, *rows):
        sheet.append([_cell(excel, sheet, text) for text in row])
    book.properties.created = book.properties.modified = _CREATED
    written = io.BytesIO()
    book.save(written)
    return _without_times(written.getvalue())


def _cell(excel: Any, sheet: Any, text: str) -> object:
    if not text:
        return None
    cell = excel.cell.WriteOnlyCell(sheet, _NOT_IN_CELL.sub(lambda found: f"_x{ord(found[0]):04X}_", text))
    cell.data_type = "s"
    cell.quotePrefix = True
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


def loads(data: bytes, *, columns: Sequence[str] = ()) -> tuple[GlossaryConcept, ...]:
    """Return the concepts in the first sheet of a workbook that has a column for each language.

    Args:
        data: The workbook.
        columns: The columns of a table without a header, for example, ``("en", "ja")``; then the first sheet
            is read.

    Raises:
        MissingExtra: openpyxl is not installed.
        UnreadableFile: The data is not a workbook, is too large when unpacked, or has no sheet with a
            glossary.
    """
    check_archive(data)
    excel = _openpyxl()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about features of Excel that do not concern cells
            book = excel.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            sheets = [list(_rows(sheet)) for sheet in book.worksheets]
    except Exception as error:  # noqa: BLE001 - openpyxl raises any error in a damaged part
        detail = f"{type(error).__name__}: {error}"
        raise unreadable(_TITLE, FileProblem("not-a-workbook", {"detail": detail})) from None
    chosen = next((rows for rows in sheets if rows and (columns or has_both_languages(rows[0][1]))), None)
    if chosen is None:
        chosen = next(filter(None, sheets), [])
    return read_table(chosen, title=_TITLE, columns=columns)


def check_archive(data: bytes) -> None:
    """Check that *data* is a zip archive that can be unpacked safely.

    The archive must not be too large when unpacked, and its XML files must not have a document type:
    spreadsheets never have one, and entities could make the XML grow without bound.

    Raises:
        UnreadableFile: The archive is damaged or unsafe.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            problem = _archive_problem(archive, len(data))
    except _ARCHIVE_ERRORS as error:
        problem = FileProblem("not-an-archive", {"detail": str(error)})
    if problem is not None:
        raise unreadable(_TITLE, problem)


def _archive_problem(archive: zipfile.ZipFile, packed: int) -> FileProblem | None:
    files = archive.infolist()
    size = sum(file.file_size for file in files)
    if len(files) > limits.MAX_ARCHIVE_FILES:
        return FileProblem("too-many-files", {"count": len(files), "limit": limits.MAX_ARCHIVE_FILES})
    if size > limits.MAX_UNPACKED:
        return FileProblem("unpacks-too-large", {"size": size, "limit": limits.MAX_UNPACKED})
    if size > limits.MIN_RATIO_SIZE and size > limits.MAX_RATIO * packed:
        return FileProblem("compression-ratio", {"packed": packed, "size": size})
    for file in files:
        if file.filename.endswith((".xml", ".rels")):
            with archive.open(file) as part:
                head = part.read(4096).replace(b"\0", b"")
            if any(declaration in head for declaration in _DECLARATIONS):
                return FileProblem("document-type", {"file": file.filename})
    return None


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    sheet.reset_dimensions()  # the size that a file declares may be wrong
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        cells = [_text(value) for value in row]
        if any(cells):
            yield number, cells


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


def _openpyxl() -> "types.ModuleType":
    try:
        import openpyxl
        import openpyxl.cell
        import openpyxl.utils
    except ImportError:
        from alliance_ref.errors import MissingExtra

        raise MissingExtra("exchange", "openpyxl") from None
    return cast("types.ModuleType", openpyxl)
