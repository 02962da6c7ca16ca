"""Terminal layout: wrapped columns and tables, with widths of East Asian characters.

A full-width character takes two cells. English breaks between words; Japanese breaks anywhere except
before a closing and after an opening mark (禁則).
"""

import re
import shutil
from collections.abc import Iterable, Sequence

from alliance_ref.records.passages import AlignedUnit
from alliance_ref.records.values import Gap
from alliance_ref.text.cell_width import width

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
    """Return the width of the terminal, limited to 60 to 160 cells."""
    return min(160, max(60, shutil.get_terminal_size((100, 24)).columns))


def beside(cells: Sequence[str], widths: Sequence[int], rule: str = " │ ") -> list[str]:
    """Return the lines of cells side by side, each wrapped into its column."""
    columns = [wrap(cell, cell_width) for cell, cell_width in zip(cells, widths, strict=True)]
    height = max(map(len, columns))
    rows = [[column[at] if at < len(column) else "" for column in columns] for at in range(height)]
    return [
        rule.join(pad(cell, cell_width) for cell, cell_width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def table(rows: Iterable[Sequence[str]], columns: int) -> list[str]:
    """Return the lines of a table; the last two columns share the remaining width."""
    rows = list(rows)
    if not rows:
        return []
    widths = [max(width(row[at]) for row in rows) for at in range(len(rows[0]))]
    room = columns - sum(widths[:-2]) - 2 * (len(widths) - 1)
    if len(widths) > 1 and widths[-2] + widths[-1] > room:
        smaller = (
            min(widths[-2], room // 2) if widths[-2] <= widths[-1] else max(room // 2, room - widths[-1])
        )
        widths[-2:] = [max(8, smaller), max(8, room - smaller)]
    return [line for row in rows for line in beside(row, widths, rule="  ")]


def unit_lines(unit: AlignedUnit, lang: str, columns: int) -> list[str]:
    """Return the lines of an aligned unit: both sides, or one of them."""
    en = str(unit.en) if isinstance(unit.en, Gap) else unit.text("en")
    ja = str(unit.ja) if isinstance(unit.ja, Gap) else unit.text("ja")
    if lang != "both":
        return wrap(en if lang == "en" else ja, columns)
    half = (columns - 3) // 2
    return beside((en, ja), (half, half))
