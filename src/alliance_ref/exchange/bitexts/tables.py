"""Aligned units as tables and JSON lines, read row by row, so that a file may be of any size."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from alliance_ref.errors import FileProblem, UnreadableFile, invalid, unreadable
from alliance_ref.exchange.tables.cells import escape_formula, numbered_rows, unescape_formula
from alliance_ref.exchange.tables.headers import header_names
from alliance_ref.records import AlignedUnit, Gap, PartialDate, TranslationUnit

_OPTIONAL = ("document", "number", "date", "kind")
_QUOTED_COLUMNS = 6  # columns of a header that an error quotes


def dumps_tsv(units: Iterable[AlignedUnit], *, tool_version: str = "") -> str:
    """Return *units* as TSV with the columns kind, confidence, en and ja; a gap is ``[reason]``.

    Cells that a spreadsheet would run as a formula begin with an apostrophe. The format has no place for
    *tool_version*.
    """
    rows = [("kind", "confidence", "en", "ja")]
    for unit in units:
        confidence = "" if unit.confidence is None else f"{unit.confidence:.4f}"
        en, ja = (
            str(side) if isinstance(side, Gap) else text
            for side, text in ((unit.en, unit.text("en")), (unit.ja, unit.text("ja")))
        )
        rows.append((unit.kind, confidence, en, ja))
    return "".join("\t".join(escape_formula(" ".join(cell.split())) for cell in row) + "\n" for row in rows)


def read_csv_units(
    lines: Iterable[str], *, where: str, skipped: Counter[str] | None = None
) -> Iterator[TranslationUnit]:
    """Yield the rows of a CSV file as units; see `read_tsv_units`."""
    return _read_rows(lines, ",", "CSV", where, skipped)


def read_tsv_units(
    lines: Iterable[str], *, where: str, skipped: Counter[str] | None = None
) -> Iterator[TranslationUnit]:
    r"""Yield the rows of a TSV file as units.

    The header names a column for each language (``en`` and ``ja``, or other names that are recognized);
    columns ``document``, ``number`` and ``date`` are optional. A file with two columns and no header contains
    English and Japanese, if its first row does.

    Args:
        lines: The lines of the file, with their line ends.
        where: The name of the file, for errors and for units without a document.
        skipped: A counter of rows that are left out: those with a ``gap`` and those with an ``empty`` side.

    Raises:
        UnreadableFile: No columns contain the languages, or a row is damaged.

    >>> [unit] = read_tsv_units(["en\tja\tdate\n", "Yes.\tはい。\t2005-10\n"], where="a.tsv")
    >>> unit.ja, str(unit.date), unit.document
    ('はい。', '2005-10', 'a.tsv')
    """
    return _read_rows(lines, "\t", "TSV", where, skipped)


def _read_rows(
    lines: Iterable[str], delimiter: str, title: str, where: str, skipped: Counter[str] | None
) -> Iterator[TranslationUnit]:
    left_out: Counter[str] = Counter() if skipped is None else skipped
    columns: Mapping[str, int] | None = None
    count = 0
    try:
        for number, row in numbered_rows(lines, delimiter, title=title):
            cells = [unescape_formula(cell) for cell in row]
            if not any(cells):
                continue
            if columns is None:
                columns, is_header = _columns(cells)
                if is_header:
                    continue
            values = {name: cells[at].strip() for name, at in columns.items() if at < len(cells)}
            is_gap = "0" in values.get("kind", "").split("-")
            if is_gap or not values.get("en") or not values.get("ja"):
                left_out["gap" if is_gap else "empty"] += 1
                continue
            try:
                unit = _unit(values, where, count)
            except ValueError as error:
                raise unreadable(title, FileProblem.from_error(error, line=number)) from None
            yield unit
            count += 1
    except UnreadableFile as error:
        raise attrs.evolve(error, where=where, format=title) from None


def _columns(cells: Sequence[str]) -> tuple[Mapping[str, int], bool]:
    """Return the position of each column, and whether the row is a header."""
    names = {name: at for at, name in header_names(cells).items()}
    if {"en", "ja"} <= names.keys():
        others = {cell.strip().casefold(): at for at, cell in enumerate(cells)}
        optional = {name: others[name] for name in _OPTIONAL if name in others}
        return {"en": names["en"], "ja": names["ja"], **optional}, True
    if len(cells) == 2 and cells[0].isascii() and not cells[1].isascii():
        return {"en": 0, "ja": 1}, False
    found = tuple(map(repr, cells[:_QUOTED_COLUMNS]))
    raise unreadable("", FileProblem("no-columns", {"columns": found}, line=1))


def _unit(values: Mapping[str, str], where: str, count: int) -> TranslationUnit:
    number, date = values.get("number"), values.get("date")
    return TranslationUnit(
        values["en"],
        values["ja"],
        values.get("document") or where,
        int(number) if number else count,
        PartialDate.parse(date) if date else None,
    )


def read_json_lines(
    lines: Iterable[str], *, where: str, skipped: Counter[str] | None = None
) -> Iterator[TranslationUnit]:
    """Yield units from JSON lines: one object with ``en`` and ``ja`` on each line.

    The keys ``document``, ``number`` and ``date`` are optional. The languages may also be in an object
    ``translation``, as in the data sets of machine translation.

    Args:
        lines: The lines of the file.
        where: The name of the file, for errors and for units without a document.
        skipped: A counter of lines that are left out because a side is ``empty``.

    Raises:
        UnreadableFile: A line is not such an object.

    >>> [unit] = read_json_lines(['{"translation": {"en": "Yes.", "ja": "はい。"}}'], where="a.jsonl")
    >>> unit.en, unit.ja
    ('Yes.', 'はい。')
    """
    left_out: Counter[str] = Counter() if skipped is None else skipped
    count = 0
    for number, line in enumerate(lines, 1):
        if not line.strip("\ufeff \t\r\n"):
            continue
        try:
            unit = _from_json(_parse_json(line.removeprefix("\ufeff")), where, count)
        except ValueError as error:
            problem = FileProblem.from_error(error, line=number)
            raise UnreadableFile(where, "JSON lines", (problem,)) from None
        if not unit.en.strip() or not unit.ja.strip():
            left_out["empty"] += 1
            continue
        count += 1
        yield unit


def _parse_json(line: str) -> object:
    try:
        return json.loads(line)
    except ValueError as error:
        raise invalid("not-json", detail=str(error)) from None
    except RecursionError:
        raise invalid("nested-too-deep") from None


def _from_json(item: object, where: str, count: int) -> TranslationUnit:
    if not isinstance(item, dict):
        raise invalid("not-an-object")
    texts = item.get("translation", item)
    if not isinstance(texts, dict):
        raise invalid("not-an-object")
    for lang in ("en", "ja"):
        if lang not in texts:
            raise invalid("missing-key", key=lang)
    date, document, number = item.get("date"), item.get("document", where), item.get("number", count)
    if not all(isinstance(text, str) for text in (texts["en"], texts["ja"], document)):
        raise invalid("not-strings")
    if not isinstance(number, int):
        raise invalid("not-strings")
    return TranslationUnit(
        texts["en"], texts["ja"], document, number, PartialDate.parse(str(date)) if date else None
    )
