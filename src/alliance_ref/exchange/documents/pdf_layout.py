"""Group the characters of a page into lines, and order the lines by columns.

A line is a run of characters in the order of the file that are next to each other on one baseline. Vertical
Japanese text is turned first, so that its columns become lines. A gutter is a vertical strip that hardly any
line crosses and that has lines on both sides; the lines on its left are read before those on its right, up to
the next line that spans both.
"""

import math
import re
from collections.abc import Iterable, Sequence

import attrs

from alliance_ref.text.scripts import KANA, KANJI

Character = tuple[str, float, float, float, float]
"""A character and its box: left, bottom, right, top."""

_WORD_GAP = 0.18
"""Least gap between two words on a line without a space, in ems."""

_LINE_GAP = 1.8
"""Least gap at which a line ends and another begins on the same baseline, in ems."""

_MIN_OVERLAP = 0.5
"""Least overlap of two characters of a line, as a share of the lower one."""

_MIN_COLUMN_LINES = 4
"""Least number of lines on each side of a gutter."""

_MAX_CROSSING = 0.25
"""Most lines that may cross a gutter, as a share of all lines."""

_MIN_GUTTER = 0.6
"""Least width of a gutter, in ems."""

_MAX_FURIGANA = 0.65
"""Greatest size of furigana, as a share of that of their text."""

_MAX_LINES = 2_000
"""Most lines of a page on which furigana are looked for; a drawing may have many thousands."""

_KANA_ONLY = re.compile(f"[{KANA} ]+$")
_KANJI = re.compile(f"[{KANJI}]")

_MAX_COLUMNS_DEPTH = 3
"""How often a column is divided again."""


@attrs.frozen
class Line:
    """A line of text with its box.

    `column` has the left and right edge of the text around it, `centers` the middle of each character, and
    `readings` the furigana above parts of the text.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    page: int = 0
    column: tuple[float, float] = (0.0, 0.0)
    centers: tuple[float, ...] = ()
    readings: tuple[tuple[int, int, str], ...] = ()


def lines_of(characters: Sequence[Character], page: int) -> list[Line]:
    """Return the lines of a page in the order of the file."""
    if _is_vertical(characters):
        characters = [(char, -top, left, -bottom, right) for char, left, bottom, right, top in characters]
    lines: list[Line] = []
    run: list[Character] = []
    for character in characters:
        if run and not _continues(run, character):
            lines += _line(run, page)
            run = []
        run.append(character)
    lines += _line(run, page)
    return _with_furigana(lines)


def _with_furigana(lines: Sequence[Line]) -> list[Line]:
    """Take the small kana above other lines out of the lines, and return them as readings."""
    small = [line for line in lines if _KANA_ONLY.match(line.text)] if len(lines) <= _MAX_LINES else []
    furigana = [line for line in small if any(_is_above(line, other) for other in lines)]
    taken = {id(line) for line in furigana}
    merged = _merged(line for line in lines if id(line) not in taken)
    for reading in furigana:
        place = next((n for n, line in enumerate(merged) if _is_above(reading, line)), None)
        if place is None:
            merged.append(reading)
            continue
        line = merged[place]
        under = [
            n
            for n, center in enumerate(line.centers)
            if reading.left - 0.2 * line.size <= center <= reading.right + 0.2 * line.size
            and _KANJI.match(line.text[n])
        ]
        if under:
            item = under[0], under[-1] + 1, reading.text
            merged[place] = attrs.evolve(line, readings=(*line.readings, item))
        else:
            merged.append(reading)
    return merged


def _is_above(small: Line, line: Line) -> bool:
    """Return whether a small line is directly above another one."""
    if small.size > _MAX_FURIGANA * line.size or small.right < line.left or small.left > line.right:
        return False
    return abs(small.bottom - line.top) <= 0.5 * line.size


def _is_vertical(characters: Sequence[Character]) -> bool:
    """Return whether most Japanese characters are below the one before them."""
    down = along = 0
    before: Character | None = None
    for character in characters:
        if character[0] >= "\u3000":
            if before is not None:
                height = max(character[4] - character[2], 1.0)
                dx, dy = abs(character[1] - before[1]), before[4] - character[4]
                down += dx < 0.3 * height and 0.4 * height < dy < 2.5 * height
                along += dy < 0.3 * height and dx > 0.4 * height
            before = character
        elif not character[0].isspace():
            before = None
    return down > along and down > 5


def _continues(run: Sequence[Character], character: Character) -> bool:
    _, left, bottom, _, top = character
    last = run[-1]
    height = min(top - bottom, last[4] - last[2])
    overlap = min(top, last[4]) - max(bottom, last[2])
    em = max(top - bottom, last[4] - last[2], 1.0)
    # The letters of a ligature have the same box, so a character may begin where the last one began.
    return (
        overlap >= _MIN_OVERLAP * height and left >= last[1] - 0.2 * em and left - last[3] <= _LINE_GAP * em
    )


def _line(run: Sequence[Character], page: int) -> list[Line]:
    """Return the line of a run of characters, unless it is empty."""
    solid = [one for one in run if not one[0].isspace()]
    if not solid:
        return []
    sizes = sorted(one[4] - one[2] for one in solid)
    size = sizes[len(sizes) // 2]
    shown: list[tuple[str, float]] = []
    last: Character | None = None
    for character in run:
        center = (character[1] + character[3]) / 2
        if character[0].isspace():
            shown.append((character[0] if character[0] == "\u3000" else " ", center))
            continue
        gap = last is not None and character[1] - last[3] > _WORD_GAP * size
        if gap and shown[-1][0] != " " and _is_narrow(shown[-1][0], character[0]):
            shown.append((" ", center))
        shown.append((character[0], center))
        last = character
    while shown[0][0] == " ":
        del shown[0]
    while shown[-1][0] == " ":
        del shown[-1]
    shown = _without_wide_spaces(shown)
    text = "".join(char for char, _ in shown).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    centers = tuple(center for _, center in shown) if len(text) == len(shown) else ()
    box = (
        min(one[1] for one in solid),
        min(one[2] for one in solid),
        max(one[3] for one in solid),
        max(one[4] for one in solid),
    )
    return [Line(text, *box, size, page, centers=centers)]


def _is_narrow(left: str, right: str) -> bool:
    return left[-1:] < "\u2e80" and right < "\u2e80"


def _without_wide_spaces(shown: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
    """Drop the spaces that PDFium adds between Japanese characters."""
    last = len(shown) - 1
    return [
        item
        for place, item in enumerate(shown)
        if item[0] != " "
        or not (0 < place < last and shown[place - 1][0] >= "\u3000" and shown[place + 1][0] >= "\u3000")
    ]


def _merged(lines: Iterable[Line]) -> list[Line]:
    """Join lines of one baseline that are next to each other, such as words in different fonts."""
    merged: list[Line] = []
    for line in lines:
        before = merged[-1] if merged else None
        if before is not None and _is_next_to(before, line):
            space = (
                " " if line.left - before.right > _WORD_GAP * line.size and before.text[-1] < "\u3000" else ""
            )
            merged[-1] = attrs.evolve(
                before,
                text=before.text + space + line.text,
                centers=(*before.centers, *[line.left] * len(space), *line.centers)
                if before.centers and line.centers
                else (),
                bottom=min(before.bottom, line.bottom),
                right=max(before.right, line.right),
                top=max(before.top, line.top),
                size=max(before.size, line.size),
            )
        else:
            merged.append(line)
    return merged


def _is_next_to(before: Line, line: Line) -> bool:
    overlap = min(before.top, line.top) - max(before.bottom, line.bottom)
    low = min(before.top - before.bottom, line.top - line.bottom)
    return overlap >= _MIN_OVERLAP * low and -0.3 * line.size <= line.left - before.right <= 0.8 * line.size


def ordered(lines: Sequence[Line], depth: int = 0) -> list[Line]:
    """Return the lines of a page in reading order, each with the edges of its column."""
    gutter = _gutter(lines) if depth < _MAX_COLUMNS_DEPTH else None
    if gutter is None:
        return _in_column(sorted(lines, key=lambda line: (-round(line.top, 1), line.left)))
    found: list[Line] = []
    sides: tuple[list[Line], list[Line]] = ([], [])

    def finish() -> None:
        for side in sides:
            found.extend(ordered(side, depth + 1))
            side.clear()

    spanning: list[Line] = []
    for line in sorted(lines, key=lambda line: -line.top):
        if line.right <= gutter + 1 or line.left >= gutter - 1:
            if spanning:
                found.extend(_in_column(spanning))
                spanning = []
            sides[line.left >= gutter - 1].append(line)
        else:
            finish()
            spanning.append(line)
    finish()
    found.extend(_in_column(spanning))
    return found


def _in_column(lines: Sequence[Line]) -> list[Line]:
    if not lines:
        return []
    edges = min(line.left for line in lines), max(line.right for line in lines)
    return [attrs.evolve(line, column=edges) for line in _rows(lines)]


def _rows(lines: Sequence[Line]) -> list[Line]:
    """Return lines from top to bottom; those on one baseline from left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -(line.top + line.bottom)):
        middle = (line.top + line.bottom) / 2
        if rows and middle > rows[-1][0].bottom and middle < rows[-1][0].top:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda line: line.left)]


def _gutter(lines: Sequence[Line]) -> float | None:
    """Return the middle of the best gutter, or ``None`` if the lines are in one column."""
    if len(lines) < 2 * _MIN_COLUMN_LINES:
        return None
    sizes = sorted(line.size for line in lines)
    em = sizes[len(sizes) // 2]
    best: tuple[int, float] | None = None
    for start in {math.ceil(line.right) for line in lines}:
        left = [line for line in lines if line.right <= start]
        right = [line for line in lines if line.left >= start + _MIN_GUTTER * em]
        if len(left) < _MIN_COLUMN_LINES or len(right) < _MIN_COLUMN_LINES or not _are_beside(left, right):
            continue
        crossing = len(lines) - len(left) - len(right)
        if crossing <= _MAX_CROSSING * len(lines) and (best is None or crossing < best[0]):
            best = crossing, (start + min(line.left for line in right)) / 2
    return None if best is None else best[1]


def _are_beside(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Return whether two groups of lines overlap in height by at least half of the lower one."""
    heights = [(min(line.bottom for line in side), max(line.top for line in side)) for side in (left, right)]
    overlap = min(heights[0][1], heights[1][1]) - max(heights[0][0], heights[1][0])
    return overlap >= 0.5 * min(high - low for low, high in heights)
