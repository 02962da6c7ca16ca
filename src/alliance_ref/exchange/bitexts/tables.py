"""Aligned units out of tables and JSON lines, a row at a time, so that a file may be of any size."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from alliance_ref.errors import UnreadableFile
from alliance_ref.exchange.tables.cells import restored
from alliance_ref.exchange.tables.columns import numbered_rows
from alliance_ref.exchange.tables.glossary_table import header_names
from alliance_ref.records.bitexts import TranslationUnit
from alliance_ref.records.values import PartialDate

_SIDES = 2
_MORE = ("document", "number", "date", "kind")


def read_csv_units(
    lines: Iterable[str], *, where: str, skipped: Counter[str] | None = None
) -> Iterator[TranslationUnit]:
    """The rows of a CSV file as units; see :func:`read_tsv_units`."""
    return _read(lines, ",", "CSV", where, skipped)


def read_tsv_units(
    lines: Iterable[str], *, where: str, skipped: Counter[str] | None = None
) -> Iterator[TranslationUnit]:
    """The rows of a TSV file as units.

    The header names a column for each language (``en``, ``ja``, or as others call them); ``document``,
    ``number`` and ``date`` are taken where there are such columns. A file without a header that has two
    columns holds English and Japanese, if its first row does.

    Args:
        lines: The lines of the file, with their line ends.
        where: What units without a document call theirs, and errors the file.
        skipped: Counts what is left out, if given: rows with a ``gap``, rows with one side ``empty``.

    Raises:
        UnreadableFile: if no columns hold the languages, or a row is broken.
    """
    return _read(lines, "\t", "TSV", where, skipped)


def _read(
    lines: Iterable[str], delimiter: str, title: str, where: str, skipped: Counter[str] | None
) -> Iterator[TranslationUnit]:
    left_out: Counter[str] = Counter() if skipped is None else skipped
    try:
        places: dict[str, int] | None = None
        count = 0
        for number, row in numbered_rows(lines, delimiter):
            cells = [restored(cell) for cell in row]
            if not any(cells):
                continue
            if places is None:
                places, has_header = _places(cells, title, where)
                if has_header:
                    continue
            unit = _unit(cells, places, where, count, (title, number))
            if unit is None:
                left_out["gap" if _value(cells, places, "kind").find("0") >= 0 else "empty"] += 1
                continue
            count += 1
            yield unit
    except UnreadableFile as error:
        raise UnreadableFile(where, title, error.problems) from None


def _places(cells: Sequence[str], title: str, where: str) -> tuple[dict[str, int], bool]:
    """Where each column stands, and whether the row given is a header."""
    names = {name: place for place, name in header_names(cells).items()}
    if {"en", "ja"} <= names.keys():
        more = {cell.strip().casefold(): place for place, cell in enumerate(cells)}
        found = {name: names[name] for name in ("en", "ja")}
        return found | {name: more[name] for name in _MORE if name in more}, True
    if len(cells) == 2 and cells[0].isascii() and not cells[1].isascii():
        return {"en": 0, "ja": 1}, False
    message = f"no columns for English and Japanese in {', '.join(map(repr, cells[:6]))}"
    raise UnreadableFile(where, title, (("line 1", message),))


def _value(cells: Sequence[str], places: dict[str, int], name: str) -> str:
    place = places.get(name)
    return cells[place].strip() if place is not None and place < len(cells) else ""


def _unit(
    cells: Sequence[str], places: dict[str, int], where: str, count: int, at: tuple[str, int]
) -> TranslationUnit | None:
    en, ja = _value(cells, places, "en"), _value(cells, places, "ja")
    if not en or not ja or ("kind" in places and "0" in _value(cells, places, "kind").split("-")):
        return None
    if len(places) == _SIDES:
        return TranslationUnit(en, ja, where, count)
    document, number, date = (_value(cells, places, name) for name in ("document", "number", "date"))
    try:
        return TranslationUnit(
            en,
            ja,
            document or where,
            int(number) if number else count,
            PartialDate.parse(date) if date else None,
        )
    except ValueError as error:
        raise UnreadableFile(where, at[0], ((f"line {at[1]}", str(error)),)) from None


def read_json_lines(
    lines: Iterable[str], *, where: str, skipped: Counter[str] | None = None
) -> Iterator[TranslationUnit]:
    """Units out of JSON lines: an object a line with ``en`` and ``ja``.

    ``document``, ``number`` and ``date`` are taken where they stand there. The languages may also stand in an
    object ``translation``, as in the data sets of machine translation.

    Args:
        lines: The lines of the file.
        where: What units without a document call theirs, and errors the file.
        skipped: Counts lines with one side ``empty``, if given.

    Raises:
        UnreadableFile: where a line is no such object.
    """
    left_out: Counter[str] = Counter() if skipped is None else skipped
    count = 0
    for number, line in enumerate(lines, 1):
        if not line.strip("\ufeff \t\r\n"):
            continue
        try:
            item = json.loads(line.removeprefix("\ufeff"))
            unit = _from_json(item, where, count)
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            reason = f"{error.args[0]!r} is missing" if isinstance(error, KeyError) else str(error)
            raise UnreadableFile(where, "JSON lines", ((f"line {number}", reason),)) from None
        if not unit.en.strip() or not unit.ja.strip():
            left_out["empty"] += 1
            continue
        count += 1
        yield unit


def _from_json(item: object, where: str, count: int) -> TranslationUnit:
    if not isinstance(item, dict):
        raise TypeError("must be an object with en and ja")
    texts = item.get("translation", item)
    if not isinstance(texts, dict) or not all(isinstance(texts[lang], str) for lang in ("en", "ja")):
        raise TypeError("en and ja must be text")
    date, document, number = item.get("date"), item.get("document", where), item.get("number", count)
    if not isinstance(document, str) or not isinstance(number, int):
        raise TypeError("document must be text and number a whole number")
    return TranslationUnit(
        texts["en"], texts["ja"], document, number, PartialDate.parse(str(date)) if date else None
    )
