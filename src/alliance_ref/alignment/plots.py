"""Visualizations of an alignment: a table for notebooks and an SVG dot plot.

The plot is a self-contained document without scripts or external resources.
"""

from collections.abc import Sequence

from alliance_ref.html import cell, shortened_table
from alliance_ref.records import AlignedUnit

_MAX_PLOT_SIZE = 900.0
_MAX_STEP, _MIN_STEP = 16.0, 0.05
"""Longest side of the plot, and size of one segment in it, in pixels."""


def html_table(units: Sequence[AlignedUnit]) -> str:
    """Return the first *units* as a table for a notebook, with the number of those left out.

    >>> from alliance_ref.alignment import align
    >>> "<td>1-0</td>" in html_table(align(["Yes.", "Rain fell."], ["はい。"]).units)
    True
    """
    rows = [
        cell(unit.kind)
        + cell(unit.text("en") or f"— {unit.en}", "en", style="text-align: left")
        + cell(unit.text("ja") or f"— {unit.ja}", "ja", style="text-align: left")
        + cell("" if unit.confidence is None else f"{unit.confidence:.0%}")
        for unit in units
    ]
    return shortened_table(("", "English", "日本語", "Confidence"), rows)


def dot_plot(
    units: Sequence[AlignedUnit],
    beads: Sequence[tuple[tuple[int, ...], tuple[int, ...]]],
    crossings: Sequence[tuple[int, int]] = (),
) -> str:
    """Return an SVG dot plot; boxes are darker with higher confidence, and gaps are marks on the edges.

    Args:
        units: The units, in order.
        beads: The indices of the segments of each unit.
        crossings: The indices of pairs of segments that are not in order, shown as circles.

    >>> from alliance_ref.alignment import align
    >>> alignment = align(["Yes."], ["はい。"])
    >>> dot_plot(alignment.units, alignment.beads).count("<rect")
    2
    """
    rows = sum(len(en) for en, _ in beads)
    columns = sum(len(ja) for _, ja in beads)
    step = max(_MIN_STEP, min(_MAX_STEP, _MAX_PLOT_SIZE / max(rows, columns, 1)))
    width, height = columns * step, rows * step
    shapes = [f'<rect width="{width:.2f}" height="{height:.2f}" fill="#fff" stroke="#999"/>']
    for unit, (en, ja) in zip(units, beads, strict=True):
        confidence = 1.0 if unit.confidence is None else unit.confidence
        if en and ja:
            label = f"{_range(en)} = {_range(ja)}, {confidence:.0%}"
            shapes.append(
                f'<rect x="{ja[0] * step:.2f}" y="{en[0] * step:.2f}" width="{len(ja) * step:.2f}"'
                f' height="{len(en) * step:.2f}" fill="#204a87"'
                f' fill-opacity="{0.15 + 0.85 * confidence:.2f}">'
                f"<title>{label}</title></rect>"
            )
        elif en:
            shapes.append(_mark(0, en[0] * step, 4, step))
        else:
            shapes.append(_mark(ja[0] * step, 0, step, 4))
    shapes += [
        f'<circle cx="{(j + 0.5) * step:.2f}" cy="{(i + 0.5) * step:.2f}"'
        f' r="{step / 3:.2f}" fill="none" stroke="#a40000"/>'
        for i, j in crossings
    ]
    body = "\n".join(shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width + 20:.0f}" height="{height + 20:.0f}"'
        f' viewBox="-10 -10 {width + 20:.2f} {height + 20:.2f}" role="img">\n'
        f"<title>Alignment of {rows} English and {columns} Japanese segments</title>\n"
        f"<desc>Written by alliance_ref</desc>\n{body}\n</svg>\n"
    )


def _mark(x: float, y: float, width: float, height: float) -> str:
    return f'<path d="M{x:.2f} {y:.2f}h{width:.2f}v{height:.2f}h{-width:.2f}z" fill="#c17d11"/>'


def _range(indices: tuple[int, ...]) -> str:
    return str(indices[0] + 1) if len(indices) == 1 else f"{indices[0] + 1}–{indices[-1] + 1}"
