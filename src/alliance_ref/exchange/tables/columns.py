"""Glossaries as CSV and TSV: the table of `tables`, quoted as RFC 4180 says, with commas or with tabs.

The standard library's csv module does both. What spreadsheets would run as a formula has an apostrophe in
front (see `cells`), which the readers take away.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from alliance_ref.errors import unreadable
from alliance_ref.exchange.tables import glossary_table as tables
from alliance_ref.exchange.tables.cells import neutralised, restored
from alliance_ref.records.glossary import GlossaryConcept

HOLDS = tables.HOLDS

_TITLES = {",": "CSV", "\t": "TSV"}


def dumps_csv(concepts: Iterable[GlossaryConcept]) -> str:
    """Rows under a header, parted by commas, each ended by CR LF."""
    return _dumps(concepts, ",")


def dumps_tsv(concepts: Iterable[GlossaryConcept]) -> str:
    """Rows under a header, parted by tabs, each ended by CR LF.

    A cell with a tab or a line end in it is quoted as in CSV, which is what spreadsheets write and read.
    """
    return _dumps(concepts, "\t")


def loads_csv(text: str, *, columns: Sequence[str] = ()) -> tuple[GlossaryConcept, ...]:
    """The concepts in a CSV file, this library's or another's.

    Args:
        text: The file; where its header has no comma but semicolons, these part the cells.
        columns: What the columns are if there is no header, such as ``("en", "ja")``.

    Raises:
        UnreadableFile: if no column holds English or Japanese, or cells hold what they should not.
    """
    first = text.split("\n", 1)[0]
    delimiter = ";" if "," not in first and ";" in first else ","
    return tables.read_table(_rows(text, delimiter), title=_TITLES[","], columns=columns)


def loads_tsv(text: str, *, columns: Sequence[str] = ()) -> tuple[GlossaryConcept, ...]:
    """The concepts in a TSV file, this library's or another's, as in :func:`loads_csv`."""
    return tables.read_table(_rows(text, "\t"), title=_TITLES["\t"], columns=columns)


def _dumps(concepts: Iterable[GlossaryConcept], delimiter: str) -> str:
    header, rows = tables.table(concepts)
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([neutralised(cell) for cell in row] for row in (header, *rows))
    return text.getvalue()


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    lines = io.StringIO(text.removeprefix("\ufeff"), newline="")
    for number, cells in numbered_rows(lines, delimiter):
        yield number, [restored(cell) for cell in cells]


def numbered_rows(lines: Iterable[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a table in *lines*, each with the number of the line it ends in.

    Raises:
        UnreadableFile: if a quotation mark has no partner, or a cell is longer than the csv module reads.
    """
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            reason = (
                f"{error}; a cell with a quotation mark, a line end or the separator in it must be quoted"
            )
            title = _TITLES.get(delimiter, "CSV")
            raise unreadable(title, (f"line {reader.line_num}", reason)) from None
        yield reader.line_num, cells
