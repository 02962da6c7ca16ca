"""Small HTML tables for notebooks: English on the left, Japanese on the right, all text escaped.

A record knows what is to be shown of it and this room how, so that no record holds markup and this room no
record. It stands below the records, which fetch it only when a notebook asks for HTML.
"""

import re
from collections.abc import Iterable
from html import escape

Pair = tuple[str | None, str | None]
"""What stands in the English column and in the Japanese one; ``None`` for nothing."""

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LEFT = ' style="text-align: left"'


def printable(text: str) -> str:
    """*text* with the replacement character for what HTML forbids."""
    return _FORBIDDEN.sub("\ufffd", text)


def side_by_side(title: str, pairs: Iterable[Pair]) -> str:
    """A table of *pairs* under a *title*; line ends within a cell stay.

    >>> side_by_side("x", [("yes", "はい")]).count("<td lang=")
    2
    """
    head = f'<tr><th{_LEFT}>English</th><th lang="ja"{_LEFT}>日本語</th></tr>'
    rows = [f"<tr>{_cell(en, 'en')}{_cell(ja, 'ja')}</tr>" for en, ja in pairs]
    return _table(title, head, rows)


def listed(title: str, rows: Iterable[tuple[str, ...]], lang: str) -> str:
    """A table of *rows* of cells, all in one language."""
    return _table(title, "", [f"<tr>{''.join(_cell(text, lang) for text in row)}</tr>" for row in rows])


def _cell(text: str | None, lang: str) -> str:
    if text is None:
        return "<td></td>"
    shown = "<br>".join(escape(printable(line)) for line in text.split("\n"))
    return f'<td lang="{lang}"{_LEFT}>{shown}</td>'


def _table(title: str, head: str, rows: Iterable[str]) -> str:
    caption = f"<caption{_LEFT}>{escape(printable(title))}</caption>"
    return f'<table class="alliance-ref">{caption}<tbody>{head}{"".join(rows)}</tbody></table>'
