"""Translation units from Parquet files: the extra ``[scale]``.

pyarrow reads the format because it is the reference implementation and needs no other package; of the others
fastparquet brings pandas and numpy, polars and duckdb are engines of their own. A file is read a few
thousand rows at a time and only the columns asked for, whatever its size.
"""

import datetime
import os
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import IO, Any

import attrs

from alliance_ref.errors import AllianceRefError, MissingExtra, UnreadableCopy
from alliance_ref.records.bitexts import TranslationUnit
from alliance_ref.records.values import PartialDate

_ROWS = 2000  # read at a time
_BUFFER = 1 << 20  # bytes of a column chunk read at a time


@attrs.frozen
class InvalidColumn(AllianceRefError, ValueError):
    """A Parquet file lacks a column of text; `columns` are those it has.

    >>> import alliance_ref as ar
    >>> print(ar.exchange.bitexts.parquet.InvalidColumn("memory.parquet", "en", "is not there", ("source", "target")))
    memory.parquet: column 'en' is not there; the file has source, target
    """

    where: str
    column: str
    problem: str
    columns: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.where}: column {self.column!r} {self.problem}; the file has {', '.join(self.columns)}"


@cache
def _parquet() -> Any:
    """The package that reads the format.

    Raises:
        MissingExtra: if pyarrow is not installed.
    """
    try:
        import pyarrow.parquet
    except ImportError:
        raise MissingExtra("scale", "pyarrow") from None
    return pyarrow.parquet


def read_units(
    path: str | os.PathLike[str], *, en: str = "", ja: str = "", document: str = "document"
) -> Iterator[TranslationUnit]:
    """The rows of a Parquet file as units, read while they are asked for.

    A row without text on one side is a unit with an empty side. `number` is the row, from 0; `date` is that
    of a column ``date`` if there is one, of dates or of text such as ``2005-10``.

    Args:
        path: The file.
        en: The column of the English text; ``en``, or the field ``en`` of a column ``translation``, if left
            out. A field of a column is written with a dot: ``translation.en``.
        ja: The column of the Japanese text, likewise.
        document: The column that says which document a row is from; without it, the file's name stands there.

    Raises:
        MissingExtra: The package pyarrow is not installed.
        UnreadableCopy: The file is no Parquet file.
        InvalidColumn: It has no such column, or one that holds no text.
        OSError: if it cannot be read.
    """
    _parquet()  # what is missing is told before a file is opened
    with Path(path).open("rb") as stream:
        yield from _opened_units(stream, os.fspath(path), en, ja, document)


def read_opened(
    file: IO[bytes], *, where: str, skipped: Counter[str] | None = None
) -> Iterator[TranslationUnit]:
    """The units of an open file, as :func:`read_units` reads them; rows with an empty side are counted."""
    for unit in _opened_units(file, where, "", "", "document"):
        if unit.en.strip() and unit.ja.strip():
            yield unit
        elif skipped is not None:
            skipped["empty"] += 1


def _opened_units(
    stream: IO[bytes], where: str, en: str, ja: str, document: str
) -> Iterator[TranslationUnit]:
    try:
        file = _parquet().ParquetFile(stream, buffer_size=_BUFFER, pre_buffer=False)
    except ValueError as error:
        reason = str(error).splitlines()[0]
        raise UnreadableCopy(where, "parquet", reason) from None
    with file:
        yield from _units(file, where, en, ja, document)


def _units(file: Any, where: str, en: str, ja: str, document: str) -> Iterator[TranslationUnit]:
    leaves = _leaves(file)
    sides = [_side(leaves, where, given, lang) for given, lang in ((en, "en"), (ja, "ja"))]
    further = [name if name in leaves else None for name in (document, "date")]
    wanted = list(dict.fromkeys(filter(None, (*sides, *further))))
    name, row = Path(where).name, 0
    for batch in file.iter_batches(batch_size=_ROWS, columns=wanted, use_threads=False):
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
    """The columns of a file by their paths, and whether they hold text."""
    schema = file.schema
    columns = (schema.column(number) for number in range(len(schema)))
    return {column.path: str(column.logical_type) in ("String", "Enum") for column in columns}


def _side(leaves: dict[str, bool], where: str, given: str, lang: str) -> str:
    column = given or (lang if lang in leaves else f"translation.{lang}")
    if column not in leaves:
        raise InvalidColumn(where, given or lang, "is not there", tuple(leaves))
    if not leaves[column]:
        raise InvalidColumn(where, column, "holds no text", tuple(leaves))
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
