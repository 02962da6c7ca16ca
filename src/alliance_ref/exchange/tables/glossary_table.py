"""Glossaries as rows under a header: the common part of CSV, TSV and Excel.

A row contains one term of each language, since that is what people and programs expect of a bilingual table.
A concept with more terms has several rows with the same id. Where one language has fewer terms, the row
repeats its preferred term, with an empty status, so that no row is half empty. The first row contains the
data of the concept itself. A row with a count is a rendering: its two terms translate each other in the
corpus.

The reader goes by the names in the header, in any order (see `headers`). It adds a column with an unknown
name to the note of the concept, together with the name.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args

import attrs

from alliance_ref.errors import FileProblem, invalid, unreadable
from alliance_ref.exchange.capabilities import ALL_FIELDS
from alliance_ref.exchange.concept_drafts import LANGS, ConceptDraft, append_new, parse_period
from alliance_ref.exchange.tables.cells import join_values, split_values
from alliance_ref.exchange.tables.headers import ALWAYS, COLUMNS, NEUTRAL, has_both_languages, header_names
from alliance_ref.records.entries import NameStatus
from alliance_ref.records.glossary import GlossaryConcept, LanguageSection, Rendering, Term, Use
from alliance_ref.records.values import Lang, PartialDate, Period
from alliance_ref.text.scripts import KANA, KANJI, KANJI_SUPPLEMENT

SUPPORTED_FIELDS = ALL_FIELDS - {"attestation"}

_USE = re.compile(r"(?P<document>.*) ×(?P<count>\d+)(?: @(?P<date>\S+))?", re.DOTALL)
_JAPANESE = re.compile(f"[{KANA}{KANJI}{KANJI_SUPPLEMENT}]")
_DIRECTION_ROWS = 200  # rows that decide whether a table of "source" and "target" begins with Japanese
_QUOTED_COLUMNS = 8  # columns of a header that an error quotes

Row = dict[str, str]
Cells = Sequence[str]


def table(concepts: Iterable[GlossaryConcept]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return the header and the rows of *concepts*, without columns that are empty in all rows."""
    rows = [row for concept in concepts for row in _rows(concept)]
    filled = set(ALWAYS).union(*({name for name, cell in row.items() if cell} for row in rows))
    header = tuple(name for name in COLUMNS if name in filled)
    return header, [tuple(row.get(name, "") for name in header) for row in rows]


def _rows(concept: GlossaryConcept) -> list[Row]:
    count = max(len(concept.en), len(concept.ja))
    pairs = [(_term_at(concept.en, place), _term_at(concept.ja, place)) for place in range(count)]
    rows = [_pair(*pair) for pair in pairs]
    rows[0] |= {
        "subject": concept.subject,
        "definition en": concept.en.definition,
        "definition ja": concept.ja.definition,
        "note": concept.note,
        "passages": join_values(concept.passages),
    }
    # A rendering goes into the row of its terms if that keeps the order of renderings, else into a new row.
    place = 0
    for rendering in concept.renderings:
        while place < count and (rows[place]["en"], rows[place]["ja"]) != (rendering.en, rendering.ja):
            place += 1
        if place >= count:
            rows.append({"en": rendering.en, "ja": rendering.ja})
        rows[min(place, len(rows) - 1)] |= _evidence(rendering)
        place += 1
    for row in rows:
        row["id"] = concept.id
    return rows


def _term_at(section: LanguageSection, place: int) -> tuple[Term | None, bool]:
    """Return the term at *place*, or else the preferred term, and whether it is a repetition."""
    return (section[place], False) if place < len(section) else (section.preferred, True)


def _pair(en: tuple[Term | None, bool], ja: tuple[Term | None, bool]) -> Row:
    row = {"en": "", "ja": ""}
    for lang, (term, repeated) in (("en", en), ("ja", ja)):
        if term is None:
            continue
        row[lang] = term.text
        row["reading"] = row.get("reading", "") or term.reading or ""
        if repeated:
            continue
        row["romanization" if lang == "ja" else "en romanization"] = term.transliteration or ""
        row[f"{lang} status"] = term.status
        row[f"{lang} valid"] = "" if term.valid == Period() else str(term.valid)
        row[f"{lang} reliability"] = "" if term.reliability is None else repr(term.reliability)
        row[f"{lang} part of speech"] = term.part_of_speech
        row[f"{lang} context"] = term.context
        row[f"{lang} note"] = term.note
        row[f"{lang} source"] = term.source
    return row


def _evidence(rendering: Rendering) -> Row:
    uses = (f"{use.document} ×{use.count}{f' @{use.date}' if use.date else ''}" for use in rendering.uses)
    return {
        "score": "" if rendering.score is None else repr(rendering.score),
        "count": str(rendering.count),
        "uses": join_values(uses),
    }


def read_table(
    rows: Iterable[tuple[int, Cells]], *, title: str, columns: Sequence[str] = ()
) -> tuple[GlossaryConcept, ...]:
    """Return the concepts in numbered *rows*, of which the first is the header unless *columns* is given.

    Args:
        rows: The rows, each with the number that errors report.
        title: The name of the format, for errors.
        columns: The columns of a table without a header, in their order, by the names in `headers`.

    Raises:
        UnreadableFile: The table has problems; the error lists all of them.
    """
    numbered = iter((number, cells) for number, cells in rows if any(cell.strip() for cell in cells))
    header = tuple(columns)
    if not header:
        _, first = next(numbered, (0, ()))
        header = tuple(first)
    if not header:
        raise unreadable(title, FileProblem("no-rows"))
    if not has_both_languages(header):
        raise unreadable(
            title, FileProblem("no-columns", {"columns": tuple(map(repr, header[:_QUOTED_COLUMNS]))})
        )
    names = header_names(header)
    rest = list(numbered)
    if _is_reversed(header, names, rest):
        other = {"en": "ja", "ja": "en"}
        names = {place: other.get(name, name) for place, name in names.items()}
    return _TableReader(header, names, "en status" in names.values(), title).read(rest)


def _is_reversed(header: Cells, names: Mapping[int, str], rows: Sequence[tuple[int, Cells]]) -> bool:
    """Return whether a table of "source" and "target" goes from Japanese to English."""
    places = {name: place for place, name in names.items()}
    if not {header[places[lang]].strip().casefold() for lang in LANGS} <= NEUTRAL:
        return False
    japanese = {
        lang: sum(
            bool(_JAPANESE.search(cells[places[lang]]))
            for _, cells in rows[:_DIRECTION_ROWS]
            if len(cells) > places[lang]
        )
        for lang in LANGS
    }
    return japanese["en"] > japanese["ja"]


@attrs.define
class _TableReader:
    """One pass over a table. Cells are stripped unless the table has the columns that this library writes."""

    header: Cells
    names: Mapping[int, str]
    own: bool
    title: str
    problems: list[FileProblem] = attrs.Factory(list)
    drafts: dict[object, ConceptDraft] = attrs.Factory(dict)

    def read(self, rows: Iterable[tuple[int, Cells]]) -> tuple[GlossaryConcept, ...]:
        for number, cells in rows:
            self._row(number, cells)
        concepts = []
        taken = {draft.id for draft in self.drafts.values() if draft.id}
        for draft in self.drafts.values():
            if any(draft.terms.values()):
                draft.subjects = ["\n".join(draft.subjects)]
                try:
                    concepts.append(draft.build(taken))
                except ValueError as error:
                    self.problems.append(FileProblem.from_error(error, path=draft.id))
        if self.problems:
            raise unreadable(self.title, *self.problems)
        return tuple(concepts)

    def _row(self, number: int, cells: Cells) -> None:
        row, notes = self._named(cells)
        if not row.get("en", "").strip() and not row.get("ja", "").strip():
            if any(cell.strip() for cell in row.values()) or notes:
                self.problems.append(FileProblem("no-term", row=number))
            return
        draft = self._draft(row)
        for lang in LANGS:
            self._term(draft, lang, row, number)
            append_new(draft.definitions[lang], row.get(f"definition {lang}", ""))
        append_new(draft.subjects, row.get("subject", ""))
        append_new(draft.notes, row.get("note", ""))
        append_new(draft.notes, "\n".join(notes))
        draft.passages += split_values(row.get("passages", ""))
        if row.get("count", "").strip():
            self._rendering(draft, row, number)

    def _named(self, cells: Cells) -> tuple[Row, list[str]]:
        row, notes = {}, []
        for place, cell in enumerate(cells):
            if place in self.names:
                row[self.names[place]] = cell if self.own else cell.strip()
            elif cell.strip():
                label = self.header[place].strip() if place < len(self.header) else ""
                notes.append(f"{label}: {cell.strip()}" if label else cell.strip())
        return row, notes

    def _draft(self, row: Row) -> ConceptDraft:
        """Return the concept with the id of the row, or, without an id, with its subject and English term."""
        key: object = row.get("id", "")
        if not key:
            key = (row.get("subject", ""), row.get("en") or row.get("ja"))
        return self.drafts.setdefault(key, ConceptDraft(row.get("id", "")))

    def _term(self, draft: ConceptDraft, lang: Lang, row: Row, number: int) -> None:
        text = row.get(lang, "")
        if not text.strip():
            return
        reading = (row.get("reading") or None) if lang == "ja" else None
        terms = draft.terms[lang]
        status = row.get(f"{lang} status", "").strip()
        if draft.has_term(lang, text, reading) and not status:
            return
        try:
            fields: dict[str, Any] = {
                "status": _status(status) or ("admitted" if terms else "preferred"),
                "reading": reading,
                "transliteration": row.get("romanization" if lang == "ja" else "en romanization") or None,
                "valid": parse_period(row.get(f"{lang} valid", "")),
                "reliability": _number(row.get(f"{lang} reliability", "")),
                "part_of_speech": row.get(f"{lang} part of speech", ""),
                **{name: row.get(f"{lang} {name}", "") for name in ("context", "note", "source")},
            }
            terms.append(Term(text, lang, **fields))
        except ValueError as error:
            self.problems.append(FileProblem.from_error(error, row=number, path=repr(text)))

    def _rendering(self, draft: ConceptDraft, row: Row, number: int) -> None:
        try:
            uses = tuple(_use(cell) for cell in split_values(row.get("uses", "")))
            score, count = _number(row.get("score", "")), _whole_number(row["count"])
            draft.renderings.append(Rendering(row["en"], row["ja"], score, count, uses=uses))
        except ValueError as error:
            self.problems.append(FileProblem.from_error(error, row=number))


def _status(text: str) -> str:
    if text and text not in get_args(NameStatus):
        raise invalid("unknown-status", status=text, choices=get_args(NameStatus))
    return text


def _number(text: str) -> float | None:
    if not text.strip():
        return None
    try:
        return float(text)
    except ValueError:
        raise invalid("not-a-number", value=text) from None


def _whole_number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise invalid("not-a-number", value=text) from None


def _use(text: str) -> Use:
    found = _USE.fullmatch(text)
    if found is None:
        raise invalid("invalid-use", value=text)
    date = found["date"]
    return Use(found["document"], _whole_number(found["count"]), PartialDate.parse(date) if date else None)
