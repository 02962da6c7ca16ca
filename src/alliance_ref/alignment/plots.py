"""Pictures of an alignment for the eye: a page side by side and a dot plot.

Both are whole documents without script or outside resources, so that they can be mailed and kept. All
text is escaped; characters that XML forbids are shown as the replacement character.
"""

from typing import TYPE_CHECKING

from alliance_ref.html import alignment_page, alignment_row
from alliance_ref.records import AlignedUnit, Gap, Segment

if TYPE_CHECKING:
    from alliance_ref.alignment.result import Alignment

_WEAK = 0.7
_LARGEST_PLOT = 900.0


def html_page(alignment: "Alignment") -> str:
    """The units in order as an HTML page; gaps are grey, units of low confidence marked.

    >>> from alliance_ref.alignment import align
    >>> "A &amp; B." in html_page(align(["A & B."], ["AとB。"]))
    True
    """
    pairs, gaps = len(alignment.pairs), len(alignment.gaps)
    summary = f"{pairs} units with both sides, {gaps} with one"
    if alignment.crossings:
        summary += f", {len(alignment.crossings)} out of order"
    return alignment_page(summary, map(_row, alignment.units))


def _row(unit: AlignedUnit) -> str:
    gap = isinstance(unit.en, Gap) or isinstance(unit.ja, Gap)
    confidence = 1.0 if unit.confidence is None else unit.confidence
    style = "gap" if gap else "weak" if confidence < _WEAK else "sure"
    return alignment_row(unit.kind, _texts(unit.en), _texts(unit.ja), confidence, style=style)


def _texts(side: tuple[Segment, ...] | Gap) -> list[str] | str:
    return side.reason if isinstance(side, Gap) else [segment.text for segment in side]


def dot_plot(alignment: "Alignment") -> str:
    """The alignment as a picture: the surer a unit, the darker its box; gaps are marks on the edges.

    >>> from alliance_ref.alignment import align
    >>> dot_plot(align(["Yes."], ["はい。"])).count("<rect")
    2
    """
    rows = sum(len(en) for en, _ in alignment.beads)
    columns = sum(len(ja) for _, ja in alignment.beads)
    step = max(0.05, min(16.0, _LARGEST_PLOT / max(rows, columns, 1)))
    width, height = columns * step, rows * step
    shapes = [f'<rect width="{width:.2f}" height="{height:.2f}" fill="#fff" stroke="#999"/>']
    for unit, (en, ja) in zip(alignment.units, alignment.beads, strict=True):
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
        f'<circle cx="{(crossing.ja + 0.5) * step:.2f}" cy="{(crossing.en + 0.5) * step:.2f}"'
        f' r="{step / 3:.2f}" fill="none" stroke="#a40000"/>'
        for crossing in alignment.crossings
    ]
    body = "\n".join(shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width + 20:.0f}" height="{height + 20:.0f}"'
        f' viewBox="-10 -10 {width + 20:.2f} {height + 20:.2f}" role="img">\n'
        f"<title>Alignment of {rows} English and {columns} Japanese segments</title>\n{body}\n</svg>\n"
    )


def _mark(x: float, y: float, width: float, height: float) -> str:
    return f'<path d="M{x:.2f} {y:.2f}h{width:.2f}v{height:.2f}h{-width:.2f}z" fill="#c17d11"/>'


def _range(indices: tuple[int, ...]) -> str:
    return str(indices[0] + 1) if len(indices) == 1 else f"{indices[0] + 1}–{indices[-1] + 1}"
