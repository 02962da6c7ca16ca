"""Rows and cells of delimited text: quoting, several values in one cell, and protection against formulas.

A spreadsheet that opens a table runs a cell that begins with ``=``, ``+``, ``-`` or ``@`` as a formula, even
after a tab, carriage return or line feed; a Japanese or Chinese installation also runs the full-width forms.
The writers therefore put an apostrophe before such a cell, which marks text in spreadsheets (OWASP, "CSV
Injection"), and the readers remove it. A cell that already begins with apostrophes and one of these
characters gets one more, so reading returns exactly the text that was written.
"""

import csv
import re
from collections.abc import Iterable, Iterator

from alliance_ref.errors import FileProblem, unreadable

_FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t\r\n]")
_ESCAPED_FORMULA = re.compile(r"'+[=+\-@＝＋－＠\t\r\n]")
_VALUE = re.compile(r"((?:\\.|[^|])*)(?:\||\Z)", re.DOTALL)


def escape_formula(text: str) -> str:
    """Return *text* in a form that no spreadsheet runs as a formula.

    >>> escape_formula("=1+1"), escape_formula("alliance")
    ("'=1+1", 'alliance')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unescape_formula(cell: str) -> str:
    """Return the text that `escape_formula` wrote as *cell*.

    >>> unescape_formula("'=1+1"), unescape_formula("'tis")
    ('=1+1', "'tis")
    """
    return cell[1:] if cell.startswith("'") and _ESCAPED_FORMULA.match(cell) else cell


def join_values(values: Iterable[str]) -> str:
    r"""Return several values as one cell, separated by `` | ``, with bars and backslashes escaped.

    >>> print(join_values(["x#1", "a|b"]))
    x#1 | a\|b
    """
    return " | ".join(re.sub(r"([\\|])", r"\\\1", value) for value in values)


def split_values(cell: str) -> tuple[str, ...]:
    r"""Return the values that `join_values` wrote as one cell; white space around a bar is optional.

    >>> split_values(r"x#1 | a\|b")
    ('x#1', 'a|b')
    """
    if not cell:
        return ()
    parts = [found.group(1) for found in _VALUE.finditer(cell)]
    if not re.search(r"(?<!\\)(?:\\\\)*\|\Z", cell):
        parts.pop()  # the empty match at the very end
    last = len(parts) - 1
    values = [
        part[int(at > 0 and part[:1] == " ") : len(part) - int(at < last and part[-1:] == " ")]
        for at, part in enumerate(parts)
    ]
    return tuple(re.sub(r"\\(.)", r"\1", value, flags=re.DOTALL) for value in values)


def numbered_rows(lines: Iterable[str], delimiter: str, *, title: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of delimited text, each with the number of the line in which it ends.

    Args:
        lines: The lines of the text, with their line ends.
        delimiter: The character between two cells.
        title: The name of the format, for errors.

    Raises:
        UnreadableFile: A quotation mark is not closed, or a cell is longer than the csv module reads.
    """
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problem = FileProblem("csv-syntax", {"detail": str(error)}, line=reader.line_num)
            raise unreadable(title, problem) from None
        yield reader.line_num, cells
