"""Rows and cells of delimited text: quoting, several values in one cell, and protection against formulas.

A spreadsheet that opens a table runs a cell that begins with ``=``, ``+``, ``-`` or ``@`` as a formula, even
after a tab, carriage return or line feed; a Japanese or Chinese installation also runs the full-width forms.
The writers therefore put an apostrophe before such a cell, which marks text in spreadsheets (OWASP, "CSV
Injection"), and the readers remove it. A spreadsheet with another list separator than the file begins a new
cell at each of these characters, so the same is done after a comma, semicolon, bar, tab and line end. Where a
text already has apostrophes before one of these characters, it gets one more, so reading returns exactly the
text that was written.
"""

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator

from alliance_ref.errors import FileProblem, unreadable

MAX_DAMAGED = 100
"""Number of lines with a misplaced quotation mark from which a file can be rejected."""

MAX_ROW_LINES = 500
"""Maximum number of lines of one row; a longer row has a quotation mark that is never closed."""

_SIGN = "[=+\\-@＝＋－＠]"
_FORMULA = re.compile(rf"\A(?='*(?:{_SIGN}|[\t\r\n]))|(?<=[,;|\t\r\n])(?='*{_SIGN})")
_ESCAPED_FORMULA = re.compile(rf"\A'(?='*(?:{_SIGN}|[\t\r\n]))|(?<=[,;|\t\r\n])'(?='*{_SIGN})")
_VALUE = re.compile(r"((?:\\.|[^|])*)(?:\||\Z)", re.DOTALL)


def escape_formula(text: str) -> str:
    """Return *text* in a form that no spreadsheet runs as a formula.

    >>> escape_formula("=1+1"), escape_formula("alliance"), escape_formula("a;=1+1")
    ("'=1+1", 'alliance', "a;'=1+1")
    """
    return _FORMULA.sub("'", text)


def unescape_formula(cell: str) -> str:
    """Return the text that `escape_formula` wrote as *cell*.

    >>> unescape_formula("'=1+1"), unescape_formula("'tis")
    ('=1+1', "'tis")
    """
    return _ESCAPED_FORMULA.sub("", cell) if "'" in cell else cell


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


def numbered_rows(
    lines: Iterable[str], delimiter: str, *, title: str, notices: list[FileProblem]
) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of delimited text, each with the number of the line in which it ends.

    If a quotation mark is out of place or never closed, the line with it is left out, and reading goes on
    with the next line. In a table with tabs, such a line is read with its marks as text if it has as many
    cells as the first row, since many programs write tabs without quoting. Both are counted in notices.

    Args:
        lines: The lines of the text, with their line ends.
        delimiter: The character between two cells.
        title: The name of the format, for errors.
        notices: Receives the notice.

    Raises:
        UnreadableFile: More than `MAX_DAMAGED` lines, and most of those read so far, have such marks.
    """
    source = _Lines(iter(lines))
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    damaged: list[FileProblem] = []
    literal: list[int] = []
    rows = width = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            if plain := _plain_cells(source.taken[0], delimiter, width):
                rows += 1
                source.give_back()
                literal.append(source.number)
                reader = csv.reader(source, delimiter=delimiter, strict=True)
                yield source.number, plain
                continue
            damaged.append(
                FileProblem("csv-syntax", {"detail": str(error)}, line=source.number - len(source.taken) + 1)
            )
            if len(damaged) > max(MAX_DAMAGED, rows):
                raise unreadable(title, *damaged) from None
            source.give_back()
            reader = csv.reader(source, delimiter=delimiter, strict=True)
            continue
        rows += 1
        # A mark that is closed lines later may be text, too.
        is_odd = len(source.taken) > 1 and len(cells) != width
        if is_odd and (plain := _plain_cells(source.taken[0], delimiter, width)):
            source.give_back()
            literal.append(source.number)
            reader = csv.reader(source, delimiter=delimiter, strict=True)
            yield source.number, plain
            continue
        width = width or len(cells)
        source.taken.clear()
        yield source.number, cells
    if damaged and not rows:
        raise unreadable(title, *damaged)
    if literal:
        notices.append(FileProblem("literal-quotes", {"count": len(literal)}, line=literal[0]))
    if damaged:
        notices.append(FileProblem("damaged-lines", {"count": len(damaged)}, line=damaged[0].line))


def _plain_cells(line: str, delimiter: str, width: int) -> list[str]:
    """Return the cells of a line whose quotation marks are text; an empty list for another line."""
    cells = line.rstrip("\r\n").split(delimiter)
    return cells if delimiter == "\t" and len(cells) == width > 1 else []


class _Lines:
    """An iterator over lines that can give back all but the first line of an unfinished row."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.taken: list[str] = []
        self.number = 0
        self._lines = lines
        self._pending: deque[str] = deque()

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._pending.popleft() if self._pending else next(self._lines)
        self.taken.append(line)
        self.number += 1
        if len(self.taken) > MAX_ROW_LINES:
            raise csv.Error(f"a cell has more than {MAX_ROW_LINES} lines")
        return line

    def give_back(self) -> None:
        self._pending.extendleft(reversed(self.taken[1:]))
        self.number -= len(self.taken) - 1
        self.taken.clear()
