"""Find out how a bilingual table is laid out: its header, its direction, and a guess if it has no header.

People write a title above the header, a header in two rows (languages, then fields), a header in both
languages, or none at all. Term bases export one term in each row with a column for its language.
`find_layout` examines the first rows and returns a `Layout`, which turns each row of cells into values
by column name.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import attrs

from alliance_ref.errors import FileProblem, UnreadableFile, unreadable
from alliance_ref.exchange.concept_drafts import LANGS
from alliance_ref.exchange.tables.headers import (
    has_both_languages,
    header_names,
    is_field_name,
    is_neutral,
    row_columns,
)
from alliance_ref.text.scripts import KANA, KANJI, KANJI_SUPPLEMENT, language_of

if TYPE_CHECKING:
    from alliance_ref.records.values import Lang

SAMPLE_ROWS = 200
"""Number of rows that decide about the languages of columns without names."""

MAX_TITLE_ROWS = 10
"""Maximum number of rows above the header."""

_MIN_SHARE = 0.6
"""Minimum share of the cells of a column in the script of its language, for a guess."""

_MAX_OTHER = 0.1
"""Maximum share of cells with Japanese characters in a column that is taken for English."""

_QUOTED_COLUMNS = 8  # columns of a header that an error quotes
_JAPANESE = re.compile(f"[{KANA}{KANJI}{KANJI_SUPPLEMENT}]")
_LATIN = re.compile("[A-Za-z]")
_CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?")

Row = dict[str, str]
Cells = Sequence[str]
Numbered = tuple[int, Cells]


@attrs.frozen
class Layout:
    """The columns of a table.

    Attributes:
        names: The standard names of the columns by position (see `headers`).
        header: The header, for columns without a standard name; empty if there is none.
        first: The index of the first row below the header.
        codes: For a table without a header: the position of each text and of the code of its language.
        by_row: For a table with one term in each row: the positions of its columns.
    """

    names: Mapping[int, str]
    header: Cells = ()
    first: int = 0
    codes: tuple[tuple[int, int], ...] = ()
    by_row: Mapping[str, int] | None = None

    @property
    def own(self) -> bool:
        """Whether this library wrote the header, so that white space in the cells is part of the text."""
        return "en status" in self.names.values() and all(
            place in self.names and self.names[place] == cell for place, cell in enumerate(self.header)
        )

    def row(self, cells: Cells) -> tuple[Row, list[str]]:
        """Return the values of a row by column, and those of unknown columns as notes."""
        own = self.own
        row: Row = {}
        notes = []
        places = self._places(cells)
        for place, cell in enumerate(cells):
            if place in places:
                row[places[place]] = cell if own else cell.strip()
            elif cell.strip():
                label = self.header[place].strip() if place < len(self.header) else ""
                notes.append(f"{label}: {cell.strip()}" if label else cell.strip())
        return row, notes

    def _places(self, cells: Cells) -> Mapping[int, str]:
        if not self.codes:
            return self.names
        places: dict[int, str] = {}
        for text, code in self.codes:
            lang = language_of(cells[code]) if code < len(cells) else None
            places |= {text: lang, code: ""} if lang else {text: "other", code: "code"}
        return places


def is_header(cells: Cells) -> bool:
    """Return whether a row names columns for both languages, or for terms and their languages."""
    return has_both_languages(cells) or row_columns(cells) is not None


def find_layout(
    rows: Sequence[Numbered], *, title: str, columns: Sequence[str] = (), notices: list[FileProblem]
) -> Layout:
    """Return the layout of the table that begins with *rows*.

    Args:
        rows: The first rows that are not empty; `SAMPLE_ROWS` are enough.
        title: The name of the format, for errors.
        columns: The columns of a table without a header, in their order, by the names in `headers`.
        notices: Receives a notice if the columns are guessed.

    Raises:
        UnreadableFile: The table is empty, or no columns contain English and Japanese.
    """
    if columns:
        if not has_both_languages(columns):
            raise _no_columns(title, columns)
        return Layout(header_names(columns), tuple(columns))
    if not rows:
        raise unreadable(title, FileProblem("no-rows"))
    for at, (_, cells) in enumerate(rows[:MAX_TITLE_ROWS]):
        if (
            has_both_languages(cells)
            and not _contains_codes(cells, rows[at + 1 : at + 2])
            and not any(_is_pair(above, cells) for _, above in rows[:at])
        ):
            return _with_header(rows, at)
        if (by_row := row_columns(cells)) is not None:
            return Layout({}, cells, at + 1, by_row=by_row)
    guessed = _guess([cells for _, cells in rows[:SAMPLE_ROWS]])
    if guessed is None:
        raise _no_columns(title, rows[0][1])
    places = {name: place + 1 for place, name in guessed.names.items()}
    notices.append(FileProblem("guessed-columns", places, row=rows[0][0]))
    return guessed


def _no_columns(title: str, cells: Cells) -> UnreadableFile:
    return unreadable(
        title, FileProblem("no-columns", {"columns": tuple(map(repr, cells[:_QUOTED_COLUMNS]))})
    )


def _contains_codes(header: Cells, below: Sequence[Numbered]) -> bool:
    """Return whether the columns that a row seems to name contain codes of languages below it, too."""
    places = [place for place, name in header_names(header).items() if name in LANGS]
    if not below:
        return any(_JAPANESE.search(cell) and not is_field_name(cell) for cell in header)
    return len(header) > len(places) and all(
        place < len(cells) and _is_code(cells[place].strip()) for _, cells in below for place in places
    )


def _is_pair(cells: Cells, header: Cells) -> bool:
    """Return whether a row above a possible header is itself a row of the table."""
    places = {name: place for place, name in header_names(header).items()}
    texts = [cells[places[lang]] if places[lang] < len(cells) else "" for lang in LANGS]
    return (
        all(text.strip() for text in texts)
        and any(map(_JAPANESE.search, texts))
        and not has_both_languages(cells)
    )


def _with_header(rows: Sequence[Numbered], at: int) -> Layout:
    header, first = rows[at][1], at + 1
    below = rows[first][1] if first < len(rows) else ()
    filled = [cell for cell in below if cell.strip()]
    if filled and has_both_languages(below) and all(map(is_field_name, filled)):
        first += 1  # the header again, in the other language
    elif len(filled) > 2 and all(map(is_field_name, filled)) and not all(cell.strip() for cell in header):
        header, first = _joined(header, below), first + 1
    names = header_names(header)
    if is_neutral(header) and _is_reversed(names, [cells for _, cells in rows[first : first + SAMPLE_ROWS]]):
        other = {"en": "ja", "ja": "en"}
        names = {place: other.get(name, name) for place, name in names.items()}
    return Layout(names, header, first)


def _joined(upper: Cells, lower: Cells) -> tuple[str, ...]:
    """Return the header that two rows make together; an empty cell of the upper row repeats its left one."""
    joined, above = [], ""
    for place in range(max(len(upper), len(lower))):
        above = (upper[place].strip() if place < len(upper) else "") or above
        below = lower[place].strip() if place < len(lower) else ""
        joined.append(f"{above} {below}".strip())
    return tuple(joined)


def _is_reversed(names: Mapping[int, str], rows: Sequence[Cells]) -> bool:
    """Return whether a table of "source" and "target" goes from Japanese to English."""
    places = {name: place for place, name in names.items()}
    japanese = {
        lang: sum(bool(_JAPANESE.search(cells[places[lang]])) for cells in rows if len(cells) > places[lang])
        for lang in LANGS
    }
    return japanese["en"] > japanese["ja"]


def _guess(rows: Sequence[Cells]) -> Layout | None:
    """Return the layout of a table without a header by the script of its cells, if that is clear."""
    columns = [
        [cells[place].strip() for cells in rows if place < len(cells) and cells[place].strip()]
        for place in range(max(map(len, rows)))
    ]
    codes = [place for place, texts in enumerate(columns) if texts and all(map(_is_code, texts))]
    texts = [place for place in range(len(columns)) if place not in codes and columns[place]]
    if len(codes) >= 2 and len(texts) >= 2:
        pairs = tuple(zip(texts, codes, strict=False))[:2]
        langs = {
            lang
            for cells in rows
            for _, code in pairs
            if code < len(cells) and (lang := language_of(cells[code]))
        }
        if langs == set(LANGS):
            first = {language_of(rows[0][code]): text for text, code in pairs if code < len(rows[0])}
            names = {place: lang for lang, place in first.items() if lang is not None}
            return Layout(names, codes=pairs)
    found: dict[Lang, int] = {}
    for place in texts:
        count = len(columns[place])
        japanese = sum(bool(_JAPANESE.search(text)) for text in columns[place]) / count
        latin = sum(bool(_LATIN.search(text)) for text in columns[place]) / count
        if japanese >= _MIN_SHARE:
            found.setdefault("ja", place)
        elif latin >= _MIN_SHARE and japanese <= _MAX_OTHER:
            found.setdefault("en", place)
    return Layout({place: lang for lang, place in found.items()}) if len(found) == 2 else None


def _is_code(text: str) -> bool:
    return bool(_CODE.fullmatch(text)) and (language_of(text) is not None or text.isupper() or "-" in text)


def pivoted(
    rows: Sequence[Numbered], layout: Layout, notices: list[FileProblem]
) -> Iterator[tuple[int, Row]]:
    """Yield the rows of a table with one term in each row as rows with a column for each language."""
    assert layout.by_row is not None
    left_out = 0
    for number, cells in rows:
        value = {name: cells[place].strip() for name, place in layout.by_row.items() if place < len(cells)}
        lang = language_of(value.get("language", "")) or {"english": "en", "japanese": "ja"}.get(
            value.get("language", "").casefold()
        )
        if lang is None:
            left_out += bool(value.get("term"))
            continue
        row = {name: value[name] for name in ("id", "subject", "definition", "note") if value.get(name)}
        status = value.get("status", "")
        if not status and value.get("type", "").casefold() in ("abbreviation", "abbrev", "acronym", "略語"):
            status = "abbreviation"
        yield number, row | {lang: value.get("term", ""), f"{lang} status": status}
    if left_out:
        notices.append(FileProblem("other-language-rows", {"count": left_out}))
