"""Glossaries as rows under a header: the common part of CSV, TSV and Excel.

A row contains one term of each language, since that is what people and programs expect of a bilingual table.
A concept with more terms has several rows with the same id. Where one language has fewer terms, the row
repeats its preferred term, with an empty status, so that no row is half empty. The first row contains the
data of the concept itself. A row with a count is a rendering: its two terms translate each other in the
corpus.

The reader goes by the names in the header, in any order (see `headers` and `layout`). It adds a column with
an unknown name to the note of the concept, together with the name.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import attrs

from alliance_ref.errors import FileProblem, invalid, unreadable
from alliance_ref.exchange.capabilities import ALL_FIELDS
from alliance_ref.exchange.concept_drafts import (
    LANGS,
    ConceptDraft,
    append_new,
    parse_field,
    parse_number,
    parse_whole_number,
)
from alliance_ref.exchange.tables.cells import join_values, split_values
from alliance_ref.exchange.tables.headers import ALWAYS, COLUMNS
from alliance_ref.exchange.tables.layout import MAX_TITLE_ROWS, SAMPLE_ROWS, Cells, Row, find_layout, pivoted
from alliance_ref.exchange.term_statuses import is_yes, parse_status
from alliance_ref.records.glossary import GlossaryConcept, LanguageSection, Rendering, Term, Use
from alliance_ref.records.values import Lang, PartialDate, Period

if TYPE_CHECKING:
    from alliance_ref.records.entries import NameStatus

SUPPORTED_FIELDS = ALL_FIELDS - {"attestation"}

_USE = re.compile(r"(?P<document>.*) ×(?P<count>\d+)(?: @(?P<date>\S+))?", re.DOTALL)


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
        "termhood": "" if concept.termhood is None else repr(concept.termhood),
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
    rows: Iterable[tuple[int, Cells]],
    *,
    title: str,
    columns: Sequence[str] = (),
    notices: list[FileProblem] | None = None,
) -> tuple[GlossaryConcept, ...]:
    """Return the concepts in numbered *rows* (see `layout` for the headers that are recognized).

    A row without a term is left out. A value that its field does not accept goes into the note of the term;
    an unknown status makes the term admitted. Each of these is reported in *notices*.

    Args:
        rows: The rows, each with the number that errors report.
        title: The name of the format, for errors.
        columns: The columns of a table without a header, in their order, by the names in `headers`.
        notices: Receives what was left out or read differently.

    Raises:
        UnreadableFile: The table has no columns for the two languages, or no row with a term.
    """
    notices = [] if notices is None else notices
    filled = [(number, cells) for number, cells in rows if any(cell.strip() for cell in cells)]
    layout = find_layout(
        filled[: SAMPLE_ROWS + MAX_TITLE_ROWS], title=title, columns=columns, notices=notices
    )
    rest = filled[layout.first :]
    reader = _TableReader(layout.own, title, notices)
    if layout.by_row is not None:
        return reader.read((number, row, []) for number, row in pivoted(rest, layout, notices))
    return reader.read((number, *layout.row(cells)) for number, cells in rest)


@attrs.define
class _TableReader:
    """One pass over a table; `own` if the table was written by this library."""

    own: bool
    title: str
    notices: list[FileProblem]
    drafts: dict[object, ConceptDraft] = attrs.Factory(dict)
    seen: set[object] = attrs.Factory(set)
    pairs: set[object] = attrs.Factory(set)

    def read(self, rows: Iterable[tuple[int, Row, list[str]]]) -> tuple[GlossaryConcept, ...]:
        read = 0
        for number, row, notes in rows:
            read += self._row(number, row, notes)
        if self.notices and not read:
            raise unreadable(self.title, *self.notices)
        taken = {draft.id for draft in self.drafts.values() if draft.id}
        concepts, problems = [], []
        for draft in self.drafts.values():
            draft.subjects = ["\n".join(draft.subjects)]
            try:
                concepts.append(draft.build(taken))
            except ValueError as error:
                problems.append(FileProblem.from_error(error, path=draft.id))
        if problems:
            raise unreadable(self.title, *problems)
        return tuple(concepts)

    def _row(self, number: int, row: Row, notes: list[str]) -> bool:
        """Add a row; return whether it has a term."""
        if "other" in row:
            self.notices.append(FileProblem("other-language", {"language": row["code"]}, row=number))
            return False
        if not row.get("en", "").strip() and not row.get("ja", "").strip():
            if any(cell.strip() for cell in row.values()) or notes:
                self.notices.append(FileProblem("no-term", row=number))
            return False
        key, draft = self._draft(row)
        pair = key, row.get("en", ""), row.get("ja", ""), row.get("reading", "")
        if not self.own and pair in self.pairs and not row.get("count", "").strip():
            self.notices.append(FileProblem("repeated-row", {"en": pair[1], "ja": pair[2]}, row=number))
        self.pairs.add(pair)
        for lang in LANGS:
            self._add_terms(key, draft, lang, row, number)
            append_new(draft.definitions[lang], row.get(f"definition {lang}", ""))
        append_new(draft.subjects, row.get("subject", ""))
        append_new(draft.notes, row.get("note", ""))
        if definition := row.get("definition", ""):
            append_new(draft.notes, f"definition: {definition}")
        append_new(draft.notes, "\n".join(notes))
        draft.passages += split_values(row.get("passages", ""))
        if termhood := row.get("termhood", "").strip():
            self._termhood(draft, termhood, number)
        if row.get("count", "").strip():
            self._rendering(draft, row, number)
        return True

    def _termhood(self, draft: ConceptDraft, text: str, number: int) -> None:
        """Add the termhood of a concept; text that is not a number from 0 to 1 becomes a note."""
        value = _number_or_none(text)
        if value is not None and 0.0 <= value <= 1.0:
            draft.termhood = value
            return
        self.notices.append(FileProblem("invalid-value", {"detail": f"termhood: {text}"}, row=number))
        append_new(draft.notes, f"termhood: {text}")

    def _draft(self, row: Row) -> tuple[object, ConceptDraft]:
        """Return the concept with the id of the row, or, without an id, with its subject and English term."""
        key: object = row.get("id", "")
        if not key:
            key = (row.get("subject", ""), row.get("en") or row.get("ja"))
        return key, self.drafts.setdefault(key, ConceptDraft(row.get("id", "")))

    def _add_terms(self, key: object, draft: ConceptDraft, lang: Lang, row: Row, number: int) -> None:
        """Add the term of a language and the synonyms in further columns of that language."""
        name, count = str(lang), 1
        while name in row:
            if row[name].strip():
                self._term(key, draft, lang, _TermCells(name, row), number)
            count += 1
            name = f"{lang}#{count}"

    def _term(self, key: object, draft: ConceptDraft, lang: Lang, cells: "_TermCells", number: int) -> None:
        status = cells.status()
        mark = (key, lang, cells.text)
        if (*mark, cells.reading) in self.seen and not (self.own and status):
            return
        self.seen |= {(*mark, cells.reading), (*mark, None)}
        terms = draft.terms[lang]
        known = parse_status(status) if status else None
        notes = [cells.get("note")] if cells.get("note") else []
        if status and known is None:
            self.notices.append(FileProblem("unknown-status", {"status": status}, row=number))
            notes.append(f"status: {status}")
        default: NameStatus = "admitted" if terms or status else "preferred"
        term = Term(
            cells.text,
            lang,
            known or default,
            part_of_speech=cells.get("part of speech"),
            context=cells.get("context"),
            source=cells.get("source"),
        )
        for field, label, value in cells.checked_values():
            try:
                term = attrs.evolve(term, **{field: parse_field(field, value)})
            except ValueError as error:
                problem = FileProblem.from_error(error, row=number, path=repr(cells.text))
                self.notices.append(problem)
                notes.append(f"{label}: {value}")
        terms.append(attrs.evolve(term, note="\n".join(notes)))

    def _rendering(self, draft: ConceptDraft, row: Row, number: int) -> None:
        try:
            uses = tuple(_use(cell) for cell in split_values(row.get("uses", "")))
            score, count = _number(row.get("score", "")), parse_whole_number(row["count"])
            draft.renderings.append(Rendering(row["en"], row["ja"], score, count, uses=uses))
        except ValueError as error:
            self.notices.append(FileProblem.from_error(error, row=number))


def _number_or_none(text: str) -> float | None:
    try:
        return parse_number(text)
    except ValueError:
        return None


@attrs.frozen
class _TermCells:
    """The cells of one term in a row: those whose names begin with `name` (``ja``, ``ja#2``)."""

    name: str
    row: Row

    @property
    def text(self) -> str:
        return self.row[self.name]

    @property
    def reading(self) -> str | None:
        """The reading of the row, which belongs to its first Japanese term."""
        return (self.row.get("reading") or None) if self.name == "ja" else None

    def get(self, field: str) -> str:
        return self.row.get(f"{self.name} {field}", "")

    def status(self) -> str:
        """Return the status in words; a column or flag that forbids the term decides."""
        flags = self.row.get("flags", "") if self.name.startswith("ja") else ""
        if is_yes(self.get("forbidden")) or re.search("forbidden", flags + self.get("info"), re.IGNORECASE):
            return "forbidden"
        return self.get("status").strip()

    def checked_values(self) -> Iterator[tuple[str, str, str]]:
        """Yield the values that a term may reject: the field, the label for a note, and the text."""
        lang = self.name
        romanization = "romanization" if lang == "ja" else f"{lang} romanization"
        for field, label, text in (
            ("reading", "reading", self.reading or ""),
            ("transliteration", "transliteration", self.row.get(romanization, "")),
            ("valid", "valid", self.get("valid")),
            ("reliability", "reliability", self.get("reliability")),
        ):
            if text:
                yield field, label, text


def _number(text: str) -> float | None:
    return parse_number(text) if text.strip() else None


def _use(text: str) -> Use:
    found = _USE.fullmatch(text)
    if found is None:
        raise invalid("invalid-use", value=text)
    date = found["date"]
    return Use(
        found["document"], parse_whole_number(found["count"]), PartialDate.parse(date) if date else None
    )
