"""The timeline as a picture: an SVG made from the data, a row an item, with its year in the margin.

The years are not to scale, since half of what is dated lies within thirty months; how much lies in which
year is shown by the length of its band. Text is text, so that it can be read aloud, found and copied.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby

import attrs

from alliance_ref.records import Lang, TimelineItem
from alliance_ref.text.calendar import MONTHS
from alliance_ref.text.cell_width import width

_LINE, _GAP, _TOP = 18, 8, 14


@attrs.frozen
class _Shape:
    """The geometry of a picture: width, positions of axis and labels, cells per line."""

    name: str
    wide: int
    axis: int
    label: int
    cells: int


_SHAPES = (_Shape("wide", 520, 122, 138, 52), _Shape("narrow", 360, 126, 138, 32))
_OPENS = r"[（「『【〈《〔［｛“‘(\[]\s*"  # ends no line
_CLOSES = (  # begins no line
    r"[）」』】〉》〕］｝”’)\]、。，．・：；？！ー～…‥々ゝゞヽヾぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ％]"
)
# A word or two in brackets; a number with its counter, a word in Latin letters, or a letter.
_UNPARTED = re.compile(
    rf"（\w{{1,3}}）{_CLOSES}*|(?:{_OPENS})*(?:\d+[年月日条号]|[A-Za-z0-9À-ɏ.,:'’&/-]+|\s+|.){_CLOSES}*",
    re.DOTALL,
)
_TITLES = {"en": "Timeline", "ja": "年表"}


def timeline_picture(items: Sequence[TimelineItem], lang: Lang) -> str:
    """Return the items as SVG in the order given, once for wide and once for narrow screens.

    >>> timeline_picture((), "en")
    ''
    """
    return "".join(_picture(items, lang, shape) for shape in _SHAPES) if items else ""


def _picture(items: Sequence[TimelineItem], lang: Lang, shape: _Shape) -> str:
    rows, at = [], _TOP
    for year, group in groupby(items, key=lambda item: item.date.year):
        top = at
        for item in group:
            lines = list(_wrapped(item.what.ja if lang == "ja" else item.what.en, lang, shape.cells))
            rows.append(_row(item, lines, at, lang, shape))
            at += len(lines) * _LINE + _GAP
        rows.append(_band(year, top, at, lang))
    height = at + _TOP
    return (
        f'<svg class="alliance-picture {shape.name}" xmlns="http://www.w3.org/2000/svg"'
        f' viewBox="0 0 {shape.wide} {height}" role="img" aria-label="{_TITLES[lang]}" lang="{lang}">'
        f'<line class="axis" x1="{shape.axis}" y1="0" x2="{shape.axis}" y2="{height}"/>{"".join(rows)}</svg>'
    )


def _band(year: int, top: int, end: int, lang: Lang) -> str:
    shown = f"{year}年" if lang == "ja" else str(year)
    return (
        f'<rect class="band" x="0" y="{top - 4}" width="3" height="{max(end - top - _GAP, 4)}"/>'
        f'<text class="year" x="8" y="{top + 10}">{shown}</text>'
    )


def _row(item: TimelineItem, lines: Iterable[str], at: int, lang: Lang, shape: _Shape) -> str:
    spans = "".join(
        f'<tspan x="{shape.label}" dy="{_LINE if number else 0}">{escape(line)}</tspan>'
        for number, line in enumerate(lines)
    )
    day = escape(_short(item, lang))
    return (
        f'<g class="{item.entry.kind} {item.moment}">'
        f'<text class="day" x="{shape.axis - 10}" y="{at + 10}" text-anchor="end">{day}</text>'
        f'<circle cx="{shape.axis}" cy="{at + 6}" r="4.5"/>'
        f'<text class="what" y="{at + 10}">{spans}</text></g>'
    )


def _short(item: TimelineItem, lang: Lang) -> str:
    """Return the month and day, as far as they are known."""
    date = item.date
    if date.month is None:
        return ""
    if lang == "ja":
        return f"{date.month}月" + (f"{date.day}日" if date.day else "")
    month = MONTHS[date.month - 1][:3]
    return f"{date.day} {month}" if date.day else month


def _wrapped(text: str, lang: Lang, cells: int) -> Iterator[str]:
    """Yield lines of at most *cells* cells: English breaks at spaces, Japanese by its line-breaking rules.

    Only text without a break, such as a word longer than a line, exceeds this width.

    >>> list(_wrapped("合意（日米安保）、ー", "ja", 6))
    ['合意', '（日米', '安', '保）、ー']
    """
    line = ""
    for piece in _UNPARTED.findall(text) if lang == "ja" else (word + " " for word in text.split()):
        if line and width((line + piece).rstrip()) > cells:
            yield line.rstrip()
            line = ""
        line += piece
    if line:
        yield line.rstrip()
