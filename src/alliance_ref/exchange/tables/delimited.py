"""Glossaries as CSV and TSV, quoted according to RFC 4180, with commas or tabs (see `glossary_table`)."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from alliance_ref.errors import FileProblem
from alliance_ref.exchange.tables.cells import escape_formula, numbered_rows, unescape_formula
from alliance_ref.exchange.tables.glossary_table import SUPPORTED_FIELDS, read_table, table
from alliance_ref.exchange.tables.layout import is_header
from alliance_ref.records.glossary import GlossaryConcept

__all__ = ["SUPPORTED_FIELDS", "dumps_csv", "dumps_tsv", "loads_csv", "loads_tsv", "text_rows"]

_DELIMITERS = ",;\t|"
_HEAD_LINES = 10  # lines that decide about the separator
_SEPARATOR_LINE = re.compile(r"sep=(\\t|.)\s*", re.IGNORECASE)


def dumps_csv(concepts: Iterable[GlossaryConcept]) -> str:
    """Return *concepts* as CSV: rows under a header, each ended by CR LF."""
    return _dumps(concepts, ",")


def dumps_tsv(concepts: Iterable[GlossaryConcept]) -> str:
    """Return *concepts* as TSV: rows under a header, each ended by CR LF.

    A cell with a tab or a line end in it is quoted as in CSV, which is what spreadsheets write and read.
    """
    return _dumps(concepts, "\t")


def loads_csv(
    text: str, *, columns: Sequence[str] = (), notices: list[FileProblem] | None = None
) -> tuple[GlossaryConcept, ...]:
    r"""Return the concepts in a CSV file from any program.

    The separator is that of a first line such as ``sep=;``, otherwise the one of comma, semicolon, tab and
    bar with which the header is recognized.

    Args:
        text: The content.
        columns: The columns of a table without a header, for example, ``("en", "ja")``.
        notices: Receives what was left out or read differently.

    Raises:
        UnreadableFile: No columns contain English and Japanese, or there is no row with a term.

    >>> [concept] = loads_csv("English,日本語,よみ\nalliance,同盟,どうめい")
    >>> concept.id, concept.en[0].text, concept.ja[0].reading
    ('alliance', 'alliance', 'どうめい')
    """
    return _loads(text, "", "CSV", columns, notices)


def loads_tsv(
    text: str, *, columns: Sequence[str] = (), notices: list[FileProblem] | None = None
) -> tuple[GlossaryConcept, ...]:
    """Return the concepts in a TSV file from any program; see `loads_csv`."""
    return _loads(text, "\t", "TSV", columns, notices)


def _dumps(concepts: Iterable[GlossaryConcept], delimiter: str) -> str:
    header, rows = table(concepts)
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([escape_formula(cell) for cell in row] for row in (header, *rows))
    return text.getvalue()


def _loads(
    text: str, delimiter: str, title: str, columns: Sequence[str], notices: list[FileProblem] | None
) -> tuple[GlossaryConcept, ...]:
    notices = [] if notices is None else notices
    lines = io.StringIO(text.removeprefix("\ufeff"), newline="")
    rows = text_rows(lines, delimiter, title=title, notices=notices)
    return read_table(rows, title=title, columns=columns, notices=notices)


def text_rows(
    lines: Iterable[str], delimiter: str, *, title: str, notices: list[FileProblem]
) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of delimited text, each with the number of the line in which it ends.

    Args:
        lines: The lines of the text, with their line ends.
        delimiter: The character between two cells; empty to find it out.
        title: The name of the format, for errors.
        notices: Receives a notice about lines that are left out.

    Raises:
        UnreadableFile: Most lines are damaged.
    """
    rest = iter(lines)
    head = list(islice(rest, _HEAD_LINES))
    skipped = 0
    if head and (found := _SEPARATOR_LINE.fullmatch(head[0].removeprefix("\ufeff"))):
        delimiter, skipped = found[1].replace("\\t", "\t"), 1
    all_lines = chain(head[skipped:], rest)
    delimiter = delimiter or _find_delimiter(head)
    for number, cells in numbered_rows(all_lines, delimiter, title=title, notices=notices):
        yield number + skipped, [unescape_formula(cell) for cell in cells]


def _find_delimiter(lines: Sequence[str]) -> str:
    """Return the separator with which one of the first lines is a header, else the most regular one."""
    filled = [line.removeprefix("\ufeff") for line in lines if line.strip()]
    for delimiter in _DELIMITERS:
        rows = (line.strip().split(delimiter) for line in filled)
        if any(is_header([cell.strip("\"' ") for cell in cells]) for cells in rows):
            return delimiter
    return max(_DELIMITERS, key=lambda delimiter: _regularity(filled, delimiter))


def _regularity(lines: Sequence[str], delimiter: str) -> tuple[int, int]:
    """Return in how many lines a separator makes as many cells as in most, and in how many it occurs.

    A comma occurs in sentences too, but not equally often in each.
    """
    widths: Counter[int] = Counter()
    for line in lines:
        try:
            widths.update([len(next(csv.reader([line], delimiter=delimiter), []))])
        except csv.Error:
            continue
    regular = max((count for width, count in widths.items() if width > 1), default=0)
    return regular, sum(delimiter in line for line in lines)
