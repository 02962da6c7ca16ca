"""Tables of records for notebooks: one row per record, or one row per field of a single record."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs

from alliance_ref.html import MAX_ROWS, cell, table
from alliance_ref.records.values import Bilingual, Gap

_JAPANESE = re.compile("[\u3041-\u30ff\u3400-\u9fff]")
_LEFT = "text-align: left"
_MAX_CELL = 200
"""Maximum number of characters of a cell that lists several values."""

Cell = tuple[str, str]
"""The title of a column and the text of a cell."""


def record_table(record: object) -> str:
    """Return a record as an HTML table with one row per field."""
    rows = [cell(title, style=_LEFT) + _cell(text) for title, text in record_cells(record) if text]
    return table((), rows)


def results_table(results: Sequence[object]) -> str:
    """Return results as an HTML table with one row per result; columns without any value are left out."""
    if not results:
        return table((), [cell("no results", style=_LEFT)])
    shown = [record_cells(item) for item in results[:MAX_ROWS]]
    titles = list(dict.fromkeys(title for row in shown for title, text in row if text))
    rows = ["".join(_cell(dict(row).get(title, "")) for title in titles) for row in shown]
    return table(titles, rows, more=len(results) - len(shown))


def record_cells(record: Any) -> list[Cell]:
    """Return the fields of a record as cells; bilingual fields and entries have one cell per language.

    >>> import alliance_ref as ar
    >>> record_cells(ar.records.Segment("協議", "ja", 0, 2))
    [('text', '協議'), ('lang', 'ja'), ('start', '0'), ('end', '2')]
    """
    if _is_entry(record):
        return [*_entry_cells("", record), ("kind", record.kind)]
    if not attrs.has(type(record)):
        return [("", str(record))]
    fields = (field for field in attrs.fields(type(record)) if field.repr and not field.name.startswith("_"))
    return [found for field in fields for found in _value_cells(field.name, getattr(record, field.name))]


def _is_entry(value: object) -> bool:
    """Return whether *value* is an `Entry`, whose module imports this one."""
    return hasattr(value, "names_in")


def _entry_cells(title: str, entry: Any) -> Iterator[Cell]:
    yield (title or "id"), entry.id
    yield "English", entry.label("en")
    yield "日本語", entry.label("ja")


def _value_cells(title: str, value: Any) -> Iterable[Cell]:
    title = title.replace("_", " ")
    if _is_entry(value):
        return _entry_cells(title, value)
    if isinstance(value, Bilingual):
        return (title, value.en), (f"{title} (ja)", value.ja)
    return ((title, _text(value)),)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.3g}"
    if isinstance(value, tuple):
        joined = ", ".join(filter(None, map(_text, value)))
        return joined if len(joined) <= _MAX_CELL else f"{joined[:_MAX_CELL]}…"
    if _is_entry(value):
        return str(value.id)
    if isinstance(value, Gap):
        return f"— {value.reason}"
    return str(value)


def _cell(text: str) -> str:
    return cell(text, "ja" if _JAPANESE.search(text) else None, style=_LEFT)
