"""Cells of tables: several values in one cell, and text that a spreadsheet must not take for a formula.

A spreadsheet that opens a table runs a cell that begins with ``=``, ``+``, ``-`` or ``@`` as a formula, and a
tab, carriage return or line feed in front of one does not stop it; nor do the full-width forms of the four in
a Japanese or Chinese installation. So an apostrophe is put in front of such a cell, which is how spreadsheets
themselves mark text (OWASP, "CSV Injection"), and taken away when the cell is read. A cell that begins with
apostrophes and one of these characters gets one more, so that reading gives back exactly what was written.
"""

import re
from collections.abc import Iterable

_FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t\r\n]")
_NEUTRALISED = re.compile(r"'+[=+\-@＝＋－＠\t\r\n]")
_SPLIT = re.compile(r"((?:\\.|[^|])*)(?:\||\Z)", re.DOTALL)


def neutralised(text: str) -> str:
    """*text* so that no spreadsheet runs it.

    >>> neutralised("=1+1"), neutralised("alliance")
    ("'=1+1", 'alliance')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def restored(cell: str) -> str:
    """What :func:`neutralised` was given.

    >>> restored("'=1+1"), restored("'tis")
    ('=1+1', "'tis")
    """
    return cell[1:] if cell.startswith("'") and _NEUTRALISED.match(cell) else cell


def joined(values: Iterable[str]) -> str:
    r"""Several values in one cell, parted by `` | ``; a bar or backslash inside one has a backslash in front.

    >>> print(joined(["x#1", "a|b"]))
    x#1 | a\|b
    """
    return " | ".join(re.sub(r"([\\|])", r"\\\1", value) for value in values)


def split(cell: str) -> tuple[str, ...]:
    r"""The values that :func:`joined` put in one cell; white space around a bar is optional.

    >>> split(r"x#1 | a\|b")
    ('x#1', 'a|b')
    """
    if not cell:
        return ()
    parts = [found.group(1) for found in _SPLIT.finditer(cell)]
    if not re.search(r"(?<!\\)(?:\\\\)*\|\Z", cell):
        parts.pop()  # the empty match at the very end
    last = len(parts) - 1
    values = [
        part[int(at > 0 and part[:1] == " ") : len(part) - int(at < last and part[-1:] == " ")]
        for at, part in enumerate(parts)
    ]
    return tuple(re.sub(r"\\(.)", r"\1", value, flags=re.DOTALL) for value in values)
