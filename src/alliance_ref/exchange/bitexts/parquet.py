"""Read translation units from Parquet files (extra ``scale``).

pyarrow reads the format because it is the reference implementation and needs no other package: fastparquet
needs pandas and numpy, and polars and duckdb are complete engines. A file of any size is read a few thousand
rows at a time, and only the columns that are needed.
"""

import datetime
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from alliance_ref.errors import AllianceRefError, FileProblem, InvalidColumn, MissingExtra, UnreadableFile
from alliance_ref.records.passages import TranslationUnit
from alliance_ref.records.values import PartialDate

_TITLE = "Parquet"
_BUFFER = 1 << 20  # bytes of a column chunk read at a time

ROWS_PER_BATCH = 2000
"""The number of rows that are read at a time."""


def _parquet() -> Any:
    """Return the package that reads the format.

    Raises:
        MissingExtra: pyarrow is not installed.
    """
    try:
        import pyarrow.parquet
    except ImportError:
        raise MissingExtra("scale", "pyarrow") from None
    return pyarrow.parquet


def read_units(
    path: str | os.PathLike[str], *, en: str = "", ja: str = "", document: str = "document"
) -> Iterator[TranslationUnit]:
    """Yield the rows of a Parquet file as units; rows are read when they are needed.

    A row without text on one side becomes a unit with an empty side. `number` is the row, from 0. `date`
    comes from a column ``date``, if there is one, with dates or text such as ``2005-10``.

    Args:
        path: The file.
        en: The column of the English text (default: ``en``, or the field ``en`` of a column ``translation``).
            Write a field of a column with a dot: ``translation.en``.
        ja: The column of the Japanese text, likewise.
        document: The column with the document of a row; without it, the document is the file name.

    Raises:
        MissingExtra: The package pyarrow is not installed.
        UnreadableFile: The file is not a Parquet file.
        InvalidColumn: The file has no such column, or the column does not contain text.
        OSError: The file cannot be read.
    """
    _parquet()  # raises before the file is opened if pyarrow is missing
    with Path(path).open("rb") as stream:
        yield from _opened_units(stream, os.fspath(path), en, ja, document)


def read_opened(
    file: IO[bytes], *, where: str, skipped: Counter[str] | None = None
) -> Iterator[TranslationUnit]:
    """Yield the units of an open file; count rows with an empty side in *skipped*."""
    for unit in _opened_units(file, where, "", "", "document"):
        if unit.en.strip() and unit.ja.strip():
            yield unit
        elif skipped is not None:
            skipped["empty"] += 1


def _opened_units(
    stream: IO[bytes], where: str, en: str, ja: str, document: str
) -> Iterator[TranslationUnit]:
    try:
        with _parquet().ParquetFile(stream, buffer_size=_BUFFER, pre_buffer=False) as file:
            yield from _units(file, where, en, ja, document)
    except AllianceRefError:
        raise
    except _errors() as error:
        detail = next(iter(str(error).splitlines()), type(error).__name__)
        raise UnreadableFile(where, _TITLE, (FileProblem("not-parquet", {"detail": detail}),)) from None


def _errors() -> tuple[type[Exception], ...]:
    """Return the errors that pyarrow raises for damaged files, when it opens them and while it reads them."""
    import pyarrow

    return (pyarrow.ArrowException, ValueError, OSError, MemoryError, OverflowError, LookupError)


def _units(file: Any, where: str, en: str, ja: str, document: str) -> Iterator[TranslationUnit]:
    leaves = _leaves(file)
    sides = [_side(leaves, where, given, lang) for given, lang in ((en, "en"), (ja, "ja"))]
    further = [name if name in leaves else None for name in (document, "date")]
    wanted = list(dict.fromkeys(filter(None, (*sides, *further))))
    name, row = Path(where).name, 0
    for batch in file.iter_batches(batch_size=ROWS_PER_BATCH, columns=wanted, use_threads=False):
        columns = [_column(batch, column) if column else None for column in (*sides, *further)]
        english, japanese, documents, dates = columns
        for place in range(batch.num_rows):
            yield TranslationUnit(
                (english and english[place]) or "",
                (japanese and japanese[place]) or "",
                str((documents and documents[place]) or name),
                row,
                _date(dates and dates[place]),
            )
            row += 1


def _leaves(file: Any) -> dict[str, bool]:
    """Return the columns of a file by path, and whether they contain text."""
    schema = file.schema
    columns = (schema.column(number) for number in range(len(schema)))
    return {column.path: str(column.logical_type) in ("String", "Enum") for column in columns}


def _side(leaves: dict[str, bool], where: str, given: str, lang: str) -> str:
    column = given or (lang if lang in leaves else f"translation.{lang}")
    if column not in leaves:
        raise InvalidColumn(where, given or lang, "missing", tuple(leaves))
    if not leaves[column]:
        raise InvalidColumn(where, column, "not-text", tuple(leaves))
    return column


def _column(batch: Any, path: str) -> list[Any]:
    column, *fields = path.split(".") if path not in batch.schema.names else [path]
    values: list[Any] = batch.column(column).to_pylist()
    for field in fields:
        values = [None if value is None else value[field] for value in values]
    return values


def _date(value: object) -> PartialDate | None:
    if isinstance(value, datetime.date):
        return PartialDate(value.year, value.month, value.day)
    if isinstance(value, str):
        try:
            return PartialDate.parse(value)
        except ValueError:
            return None
    return None
