"""Glossaries as CSV and TSV, quoted according to RFC 4180, with commas or tabs (see `glossary_table`)."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from alliance_ref.exchange.tables.cells import escape_formula, numbered_rows, unescape_formula
from alliance_ref.exchange.tables.glossary_table import SUPPORTED_FIELDS, read_table, table
from alliance_ref.records.glossary import GlossaryConcept

__all__ = ["SUPPORTED_FIELDS", "dumps_csv", "dumps_tsv", "loads_csv", "loads_tsv"]


def dumps_csv(concepts: Iterable[GlossaryConcept]) -> str:
    """Return *concepts* as CSV: rows under a header, each ended by CR LF."""
    return _dumps(concepts, ",")


def dumps_tsv(concepts: Iterable[GlossaryConcept]) -> str:
    """Return *concepts* as TSV: rows under a header, each ended by CR LF.

    A cell with a tab or a line end in it is quoted as in CSV, which is what spreadsheets write and read.
    """
    return _dumps(concepts, "\t")


def loads_csv(text: str, *, columns: Sequence[str] = ()) -> tuple[GlossaryConcept, ...]:
    r"""Return the concepts in a CSV file from any program.

    Args:
        text: The content. If its first line has semicolons but no comma, semicolons separate the cells.
        columns: The columns of a table without a header, for example, ``("en", "ja")``.

    Raises:
        UnreadableFile: No column contains English or Japanese, or cells have invalid content.

    >>> [concept] = loads_csv("English,日本語,よみ\nalliance,同盟,どうめい")
    >>> concept.id, concept.en[0].text, concept.ja[0].reading
    ('alliance', 'alliance', 'どうめい')
    """
    first = text.split("\n", 1)[0]
    delimiter = ";" if "," not in first and ";" in first else ","
    return _loads(text, delimiter, "CSV", columns)


def loads_tsv(text: str, *, columns: Sequence[str] = ()) -> tuple[GlossaryConcept, ...]:
    """Return the concepts in a TSV file from any program; see `loads_csv`."""
    return _loads(text, "\t", "TSV", columns)


def _dumps(concepts: Iterable[GlossaryConcept], delimiter: str) -> str:
    header, rows = table(concepts)
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([escape_formula(cell) for cell in row] for row in (header, *rows))
    return text.getvalue()


def _loads(text: str, delimiter: str, title: str, columns: Sequence[str]) -> tuple[GlossaryConcept, ...]:
    return read_table(_rows(text, delimiter, title), title=title, columns=columns)


def _rows(text: str, delimiter: str, title: str) -> Iterator[tuple[int, list[str]]]:
    lines = io.StringIO(text.removeprefix("\ufeff"), newline="")
    for number, cells in numbered_rows(lines, delimiter, title=title):
        yield number, [unescape_formula(cell) for cell in cells]
