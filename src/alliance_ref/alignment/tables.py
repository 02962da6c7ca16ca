"""Tables of an alignment that a person can correct: an Excel workbook and an HTML page.

A table has one row for each unit and, at the end, one for each crossing (`decisions` reads it back):

    kind      confidence  status     en             ja            segments
    1-1       0.98        aligned    It rained.     雨が降った。   1 | 1
    1-0       0.91        aligned    The end.       [unaligned]   2 |
    crossing  0.97        aligned    Hello.         こんにちは。    3 | 4
"""

from collections.abc import Iterable, Iterator, Sequence

from alliance_ref.html import alignment_page, alignment_row
from alliance_ref.records import AlignedUnit, Gap, Segment

COLUMNS = ("kind", "confidence", "status", "en", "ja", "segments")
CROSSING = "crossing"
"""The kind of a row with two segments that are not in the order of the others."""

_WIDTHS = {"en": 60, "ja": 45}

_LOW_CONFIDENCE = 0.7
"""Units below this confidence are highlighted; about half of them are correct on the development bitexts."""

_NOTE = (
    "To correct this alignment, edit the cells: move text from cell to cell, or write confirmed as status."
    " Save the page as a complete web page, and pass it with --fixed."
)

Crossings = Iterable[tuple[int, int, float, str]]
"""The English and the Japanese segment of each crossing, its confidence and its status."""

_Side = list[str] | str
"""The texts of the segments of a side, or a gap such as ``[unaligned]``."""

_Row = tuple[str, float, str, _Side, _Side, str]


def excel_table(
    units: Sequence[AlignedUnit], beads: Sequence[tuple[Sequence[int], Sequence[int]]], crossings: Crossings
) -> bytes:
    """Return an alignment as a workbook.

    Raises:
        MissingExtra: openpyxl is not installed.
        UnwritableData: A unit has more than the 32,767 characters that Excel allows in a cell.
    """
    from alliance_ref.exchange.tables.excel import sheet_bytes

    rows = [
        (kind, f"{confidence:.4f}", status, _cell(en), _cell(ja), segments)
        for kind, confidence, status, en, ja, segments in _rows(units, beads, crossings)
    ]
    return sheet_bytes("alignment", COLUMNS, rows, _WIDTHS, wrap=True)


def html_page(
    units: Sequence[AlignedUnit], beads: Sequence[tuple[Sequence[int], Sequence[int]]], crossings: Crossings
) -> str:
    """Return an alignment as an HTML page; gaps are gray and units of low confidence are highlighted.

    >>> from alliance_ref.alignment import align
    >>> "A &amp; B." in align(["A & B."], ["AとB。"]).to_html()
    True
    """
    crossings = list(crossings)
    gaps = sum(isinstance(unit.en, Gap) or isinstance(unit.ja, Gap) for unit in units)
    summary = f"{len(units) - gaps} units with both sides, {gaps} with one"
    if crossings:
        summary += f", {len(crossings)} out of order"
    rows = (alignment_row(*row, style=_style(row)) for row in _rows(units, beads, crossings))
    return alignment_page((summary, _NOTE), rows)


def _rows(
    units: Sequence[AlignedUnit], beads: Sequence[tuple[Sequence[int], Sequence[int]]], crossings: Crossings
) -> Iterator[_Row]:
    texts_en: dict[int, str] = {}
    texts_ja: dict[int, str] = {}
    for unit, (en, ja) in zip(units, beads, strict=True):
        sides = _side(unit.en), _side(unit.ja)
        texts_en.update(zip(en, sides[0], strict=False))
        texts_ja.update(zip(ja, sides[1], strict=False))
        confidence = 1.0 if unit.confidence is None else unit.confidence
        yield unit.kind, confidence, unit.status, *sides, f"{_range(en)} | {_range(ja)}".strip()
    for i, j, confidence, status in crossings:
        yield CROSSING, confidence, status, [texts_en[i]], [texts_ja[j]], f"{i + 1} | {j + 1}"


def _side(side: tuple[Segment, ...] | Gap) -> _Side:
    return f"[{side.reason}]" if isinstance(side, Gap) else [segment.text for segment in side]


def _cell(side: _Side) -> str:
    return side if isinstance(side, str) else "\n".join(side)


def _range(indices: Sequence[int]) -> str:
    if len(indices) < 2:
        return "".join(str(index + 1) for index in indices)
    return f"{indices[0] + 1}-{indices[-1] + 1}"


def _style(row: _Row) -> str:
    kind, confidence, _, en, ja, _ = row
    if isinstance(en, str) or isinstance(ja, str):
        return "gap"
    return "weak" if confidence < _LOW_CONFIDENCE or kind == CROSSING else "sure"
