"""Terminal layout: wrapped columns and tables, with widths of East Asian characters.

A full-width character takes two cells. English breaks between words; Japanese breaks anywhere except
before a closing and after an opening mark (禁則).
"""

import os
import re
import shutil
import sys
from collections.abc import Iterable, Sequence
from typing import Literal

from alliance_ref.records.passages import AlignedUnit
from alliance_ref.records.values import Gap
from alliance_ref.text.cell_width import width

Style = Literal["bold", "id"]
_STYLES: dict[Style, str] = {"bold": "1", "id": "36"}

_MIN_ROOM = 40
"""Least width of the last two columns of a table next to the others."""

_NOT_FIRST = "、。，．,.・：；:;？！?!」』）)］]】〉》”’ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々％%"
_NOT_LAST = "「『（([［【〈《“‘"
_PIECES = re.compile(
    r"\s+|[^\s\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uffe6]+|."
)


def wrap(text: str, columns: int) -> list[str]:
    """Return *text* in lines of at most *columns* cells; at least one line, which may be empty.

    >>> wrap("「日米同盟」は重要である。", 12)
    ['「日米同盟」', 'は重要であ', 'る。']
    """
    lines: list[str] = []
    line = ""
    for piece in _pieces(text, columns):
        if line and width(line) + width(piece.rstrip()) > columns:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece if line else piece.lstrip()
    lines.append(line.rstrip())
    return lines


def indented(text: str, columns: int, indent: int = 2) -> list[str]:
    """Return *text* in lines of at most *columns* cells that begin with *indent* spaces."""
    return [" " * indent + line for line in wrap(text, columns - indent)]


def _pieces(text: str, columns: int) -> list[str]:
    """Return *text* split where a line may break, no piece wider than *columns*."""
    pieces: list[str] = []
    for found in _PIECES.finditer(text):
        piece = found.group()
        stays = pieces and not piece.isspace() and (piece[0] in _NOT_FIRST or pieces[-1][-1:] in _NOT_LAST)
        if pieces and stays and not pieces[-1].isspace() and width(pieces[-1] + piece) <= columns:
            pieces[-1] += piece
        else:
            pieces += _cut(piece, columns)
    return pieces


def _cut(word: str, columns: int) -> list[str]:
    """Return a word in parts of at most *columns* cells."""
    parts = [""]
    for character in word:
        if parts[-1] and width(parts[-1]) + width(character) > columns:
            parts.append("")
        parts[-1] += character
    return parts


def pad(text: str, columns: int) -> str:
    """Return *text* padded with spaces to *columns* cells."""
    return text + " " * max(0, columns - width(text))


def terminal_columns() -> int:
    """Return the width of the terminal, at least 40 cells; 100 if the output is not a terminal."""
    return max(40, shutil.get_terminal_size((100, 24)).columns)


def has_color() -> bool:
    """Return whether the output may have colors: a terminal, unless ``NO_COLOR`` is set.

    ``FORCE_COLOR`` asks for colors in any output.
    """
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    if os.environ.get("TERM") == "dumb" or (os.name == "nt" and "WT_SESSION" not in os.environ):
        return False
    return sys.stdout is not None and sys.stdout.isatty()


def styled(text: str, style: Style) -> str:
    """Return *text* in bold or in the color of ids, if the output has colors."""
    return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if text and has_color() else text


def beside(cells: Sequence[str], widths: Sequence[int], rule: str = " │ ") -> list[str]:
    """Return the lines of cells side by side, each wrapped into its column."""
    columns = [wrap(cell, cell_width) for cell, cell_width in zip(cells, widths, strict=True)]
    height = max(map(len, columns))
    rows = [[column[at] if at < len(column) else "" for column in columns] for at in range(height)]
    return [
        rule.join(pad(cell, cell_width) for cell, cell_width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def table(
    rows: Iterable[Sequence[str]], columns: int, *, head: Sequence[str] = (), id_column: int | None = None
) -> list[str]:
    """Return the lines of a table; the last two columns share the remaining width.

    If they have less room than their longest words, they are below the other columns.

    Args:
        rows: The cells of each row.
        columns: The width of the terminal.
        head: The titles of the columns.
        id_column: The column with ids, which have their own color.
    """
    rows = list(rows)
    if not rows:
        return []
    every = [head, *rows] if head else rows
    widths = [max(width(row[at]) for row in every) for at in range(len(rows[0]))]
    room = columns - sum(widths[:-2]) - 2 * (len(widths) - 1)
    if len(widths) > 1 and widths[-2] + widths[-1] > room:
        needed = [max(_longest_word(row[at]) for row in every) for at in (-2, -1)]
        if sum(needed) > room or room < _MIN_ROOM:
            titles = [styled(line, "bold") for line in _stacked(head, columns, None)] if head else []
            return titles + [line for row in rows for line in _stacked(row, columns, id_column)]
        smaller = (
            min(widths[-2], room // 2) if widths[-2] <= widths[-1] else max(room // 2, room - widths[-1])
        )
        smaller = min(max(smaller, needed[0]), room - needed[1])
        widths[-2:] = [smaller, room - smaller]
    lines = [styled(line, "bold") for line in beside(head, widths, rule="  ")] if head else []
    for row in rows:
        lines += _with_id(beside(row, widths, rule="  "), row, id_column)
    return lines


def _stacked(row: Sequence[str], columns: int, id_column: int | None) -> list[str]:
    """Return a row with its last two cells below the others."""
    first = wrap("  ".join(cell for cell in row[:-2] if cell) or row[-2], columns)
    rest = row[-2:] if len(row) > 2 else row[-1:]
    return [*_with_id(first, row, id_column), *(line for cell in rest for line in indented(cell, columns))]


def _with_id(lines: list[str], row: Sequence[str], id_column: int | None) -> list[str]:
    """Return the lines of a row with its id in the color of ids."""
    if id_column is None or not has_color():
        return lines
    before, found, after = lines[0].partition(row[id_column])
    return [before + styled(found, "id") + after, *lines[1:]]


def _longest_word(text: str) -> int:
    """Return the width of the longest part of *text* that a line must not break."""
    return max((width(piece.strip()) for piece in _pieces(text, len(text) * 2 + 1)), default=0)


def unit_lines(unit: AlignedUnit, lang: str, columns: int) -> list[str]:
    """Return the lines of an aligned unit: both sides, or one of them."""
    en = str(unit.en) if isinstance(unit.en, Gap) else unit.text("en")
    ja = str(unit.ja) if isinstance(unit.ja, Gap) else unit.text("ja")
    if lang != "both":
        return wrap(en if lang == "en" else ja, columns)
    half = (columns - 3) // 2
    return beside((en, ja), (half, half))
