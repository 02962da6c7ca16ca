"""Aligned units as tables and JSON lines, read row by row, so that a file may be of any size."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import IO, cast

import attrs

from alliance_ref.errors import FileProblem, UnreadableFile, invalid, unreadable
from alliance_ref.exchange.concept_drafts import parse_whole_number
from alliance_ref.exchange.json_reading import read_json
from alliance_ref.exchange.tables.cells import escape_formula
from alliance_ref.exchange.tables.delimited import text_rows
from alliance_ref.exchange.tables.layout import SAMPLE_ROWS, Layout, find_layout
from alliance_ref.exchange.term_statuses import is_yes
from alliance_ref.records import AlignedUnit, Gap, PartialDate, TranslationUnit

_OPTIONAL = ("document", "number", "date", "kind", "fuzzy")


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
    lines: Iterable[str],
    *,
    where: str,
    skipped: Counter[str] | None = None,
    columns: Sequence[str] = (),
    notices: list[FileProblem] | None = None,
) -> Iterator[TranslationUnit]:
    """Yield the rows of a CSV file as units; see `read_tsv_units`."""
    notices = [] if notices is None else notices
    rows = text_rows(lines, "", title="CSV", notices=notices)
    return _read_rows(rows, "CSV", where, skipped, columns, notices)


def read_tsv_units(
    lines: Iterable[str],
    *,
    where: str,
    skipped: Counter[str] | None = None,
    columns: Sequence[str] = (),
    notices: list[FileProblem] | None = None,
) -> Iterator[TranslationUnit]:
    r"""Yield the rows of a TSV file as units.

    The header names a column for each language (``en`` and ``ja``, or other names that are recognized);
    columns ``document``, ``number`` and ``date`` are optional. Without a header, the columns are found by
    their script.

    Args:
        lines: The lines of the file, with their line ends.
        where: The name of the file, for errors and for units without a document.
        skipped: A counter of rows that are left out: those with a ``gap``, with an ``empty`` side, marked
            ``fuzzy``, and ``damaged`` lines.
        columns: The columns of a table without a header, for example, ``("en", "ja")``.
        notices: Receives a notice if the columns are guessed or lines are damaged.

    Raises:
        UnreadableFile: No columns contain the languages, or most rows are damaged.

    >>> [unit] = read_tsv_units(["en\tja\tdate\n", "Yes.\tはい。\t2005-10\n"], where="a.tsv")
    >>> unit.ja, str(unit.date), unit.document
    ('はい。', '2005-10', 'a.tsv')
    """
    notices = [] if notices is None else notices
    rows = text_rows(lines, "\t", title="TSV", notices=notices)
    return _read_rows(rows, "TSV", where, skipped, columns, notices)


def read_excel_units(
    file: IO[bytes],
    *,
    where: str,
    skipped: Counter[str] | None = None,
    columns: Sequence[str] = (),
    notices: list[FileProblem] | None = None,
) -> Iterator[TranslationUnit]:
    """Yield the rows of the first sheet with both languages as units; see `read_tsv_units`.

    Raises:
        MissingExtra: openpyxl is not installed.
        UnreadableFile: The file is not a workbook, or no sheet has both languages.
    """
    from alliance_ref.exchange.tables.excel import glossary_rows

    notices = [] if notices is None else notices
    rows = glossary_rows(file.read(), columns=columns, notices=notices)
    yield from _read_rows(iter(rows), "Excel workbook", where, skipped, columns, notices)


def _read_rows(
    rows: Iterator[tuple[int, list[str]]],
    title: str,
    where: str,
    skipped: Counter[str] | None,
    columns: Sequence[str],
    notices: list[FileProblem],
) -> Iterator[TranslationUnit]:
    left_out: Counter[str] = Counter() if skipped is None else skipped
    count = 0
    filled = ((number, cells) for number, cells in rows if any(cell.strip() for cell in cells))
    try:
        head = list(islice(filled, SAMPLE_ROWS))
        if not head:
            return
        layout = find_layout(head, title=title, columns=columns, notices=notices)
        for number, cells in chain(head[layout.first :], filled):
            values = _values(layout, cells)
            reason = _reason_to_skip(values)
            if reason:
                left_out[reason] += 1
                continue
            try:
                unit = _unit(values, where, count)
            except ValueError as error:
                left_out["invalid"] += 1
                notices.append(FileProblem.from_error(error, line=number))
                continue
            yield unit
            count += 1
    except UnreadableFile as error:
        raise attrs.evolve(error, where=where, format=title) from None
    for notice in notices:
        if notice.reason == "damaged-lines":
            left_out["damaged"] += cast("int", notice.values["count"])


def _values(layout: Layout, cells: Sequence[str]) -> dict[str, str]:
    """Return the values of a row by column; those of `_OPTIONAL` are named by the header itself."""
    if layout.by_row is not None:
        raise unreadable("", FileProblem("no-columns", {"columns": tuple(map(repr, layout.header))}))
    row, _ = layout.row(cells)
    values = {name: text.strip() for name, text in row.items()}
    for at, name in enumerate(layout.header[: len(cells)]):
        if (plain := name.strip().casefold()) in _OPTIONAL:
            values[plain] = cells[at].strip()
    return values


def _reason_to_skip(values: Mapping[str, str]) -> str:
    if "0" in values.get("kind", "").split("-"):
        return "gap"
    if "other" in values:
        return "other language"
    if not values.get("en") or not values.get("ja"):
        return "empty"
    return "fuzzy" if is_yes(values.get("fuzzy", "")) else ""


def _unit(values: Mapping[str, str], where: str, count: int) -> TranslationUnit:
    number, date = values.get("number"), values.get("date")
    return TranslationUnit(
        values["en"],
        values["ja"],
        values.get("document") or where,
        parse_whole_number(number) if number else count,
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
            unit = _from_json(read_json(line.removeprefix("\ufeff"), title=""), where, count)
        except ValueError as error:
            problem = FileProblem.from_error(error, line=number)
            raise UnreadableFile(where, "JSON lines", (problem,)) from None
        if not unit.en.strip() or not unit.ja.strip():
            left_out["empty"] += 1
            continue
        count += 1
        yield unit


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
    if type(number) is not int or number < 0:
        raise invalid("not-strings")
    return TranslationUnit(
        texts["en"], texts["ja"], document, number, PartialDate.parse(str(date)) if date else None
    )
