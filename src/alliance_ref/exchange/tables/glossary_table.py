"""Glossaries as rows under a header: what CSV, TSV and Excel have in common.

A row holds a term of each language, since that is what people and programs expect of a two-language table. A
concept with more terms has more rows with the same id; where one language has fewer terms, its preferred term
is said again, its status left empty, so that no row is half a pair. What belongs to the concept stands in its
first row. A row with a count is a rendering: its two terms have been found in each other's place.

The reader goes by the names in the header, in any order, and knows those that others use (English, 日本語,
source, target …). A column that it does not know goes into the note of the concept, under its name.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import get_args

import attrs

from alliance_ref.errors import unreadable
from alliance_ref.exchange.capabilities import ALL
from alliance_ref.exchange.tables.cells import joined, split
from alliance_ref.records.entries import NameStatus
from alliance_ref.records.glossary import GlossaryConcept, LanguageSection, Rendering, Term, Use
from alliance_ref.records.values import Lang, PartialDate, Period

HOLDS = ALL - {"attestation"}

COLUMNS: dict[str, str] = {
    "en": "English term",
    "ja": "Japanese term",
    "reading": "reading of the Japanese term, in kana",
    "romanization": "the Japanese term in Latin letters",
    "subject": "subject field of the concept",
    "definition en": "definition in English",
    "definition ja": "definition in Japanese",
    "en status": "preferred, admitted, abbreviation, deprecated, erroneous; empty: said in a row above",
    "ja status": "the same for the Japanese term",
    "en valid": "when the English term was in use: 1954-07-01/2007-01-08, an end may be missing",
    "ja valid": "the same for the Japanese term",
    "en reliability": "0 to 1, empty where a person wrote the term",
    "ja reliability": "the same for the Japanese term",
    "en part of speech": "as in Universal Dependencies, in lower case",
    "ja part of speech": "the same for the Japanese term",
    "en context": "a sentence with the English term",
    "ja context": "a sentence with the Japanese term",
    "en note": "note on the English term",
    "ja note": "note on the Japanese term",
    "en source": "where the English term or its context was found",
    "ja source": "the same for the Japanese term",
    "en romanization": "transliteration of the English term, hardly ever filled",
    "score": "how likely it is that the two terms of the row render each other, 0 to 1",
    "count": "in how many units they do; filled in every row that is a rendering",
    "uses": "in which documents, parted by |: document ×count @date",
    "passages": "ids of the passages that speak of the concept, parted by |",
    "note": "note on the concept",
    "id": "id of the concept; rows with one id belong together",
}
"""Every column by its name, with what it holds."""

ALWAYS = ("en", "ja", "reading", "romanization", "subject", "en status", "ja status", "id")
"""The columns that a table has even if all their cells are empty."""

_OTHER_NAMES = {
    "en": "eng english 英語 英 英訳 英語名 en-us en-gb term:en english_term source src source_term 原語",
    "ja": "jp jpn japanese 日本語 和 和訳 和名 ja-jp term:ja japanese_term target tgt target_term 訳語",
    "reading": "よみ 読み 読み方 ふりがな フリガナ yomi kana かな furigana ja_reading",
    "romanization": "romaji ローマ字 transliteration ja_romanization",
    "subject": "分野 domain field category subject_field 主題",
    "definition en": "english_definition en_definition definition",
    "definition ja": "定義 語義 説明 japanese_definition ja_definition",
    "note": "notes comment comments remark remarks 備考 注 注記 メモ コメント",
    "id": "concept_id conceptid",
    "en part of speech": "pos part_of_speech 品詞",
    "ja status": "status term_status",
    "passages": "passage",
}
_KNOWN = {name: name for name in COLUMNS} | {
    other.replace("_", " "): name for name, others in _OTHER_NAMES.items() for other in others.split()
}
_NEUTRAL = {"source", "src", "source term", "target", "tgt", "target term"}
_USE = re.compile(r"(?P<document>.*) ×(?P<count>\d+)(?: @(?P<date>\S+))?", re.DOTALL)
_JAPANESE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")

Row = dict[str, str]
Cells = Sequence[str]


def table(concepts: Iterable[GlossaryConcept]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The header and the rows of *concepts*; a column in which nothing stands is left out."""
    rows = [row for concept in concepts for row in _rows(concept)]
    filled = set(ALWAYS).union(*({name for name, cell in row.items() if cell} for row in rows))
    header = tuple(name for name in COLUMNS if name in filled)
    return header, [tuple(row.get(name, "") for name in header) for row in rows]


def _rows(concept: GlossaryConcept) -> list[Row]:
    count = max(len(concept.en), len(concept.ja))
    pairs = [(_at(concept.en, place), _at(concept.ja, place)) for place in range(count)]
    rows = [_pair(*pair) for pair in pairs]
    rows[0] |= {
        "subject": concept.subject,
        "definition en": concept.en.definition,
        "definition ja": concept.ja.definition,
        "note": concept.note,
        "passages": joined(concept.passages),
    }
    # Renderings stand beside their terms as long as that keeps their order, the others in rows of their own.
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


def _at(section: LanguageSection, place: int) -> tuple[Term | None, bool]:
    """The term at *place*, or else the preferred one, and whether it is said again."""
    return (section[place], False) if place < len(section) else (section.preferred, True)


def _pair(en: tuple[Term | None, bool], ja: tuple[Term | None, bool]) -> Row:
    row = {"en": "", "ja": ""}
    for lang, (term, again) in (("en", en), ("ja", ja)):
        if term is None:
            continue
        row[lang] = term.text
        row["reading"] = row.get("reading", "") or term.reading or ""
        if again:
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
        "uses": joined(uses),
    }


def header_names(cells: Cells) -> dict[int, str]:
    """Which cells of a header are columns known here, and by which name."""
    names: dict[int, str] = {}
    for place, cell in enumerate(cells):
        name = _KNOWN.get(" ".join(cell.replace("_", " ").split()).casefold())
        if name is not None and name not in names.values():
            names[place] = name
    return names


def languages_found(cells: Cells) -> bool:
    """Whether a header names a column for each language."""
    return {"en", "ja"} <= set(header_names(cells).values())


def read_table(
    rows: Iterable[tuple[int, Cells]], *, title: str, columns: Sequence[str] = ()
) -> tuple[GlossaryConcept, ...]:
    """The concepts in numbered *rows*, the first of which is the header unless *columns* names the columns.

    Args:
        rows: Each with the number that errors call it by.
        title: What errors call the format.
        columns: Names as in :data:`COLUMNS`, in the order in which a table without a header has them.

    Raises:
        UnreadableFile: with everything that is wrong in the table.
    """
    numbered = iter((number, cells) for number, cells in rows if any(cell.strip() for cell in cells))
    header = tuple(columns)
    if not header:
        _, first = next(numbered, (0, ()))
        header = tuple(first)
    names = header_names(header)
    if not {"en", "ja"} <= set(names.values()):
        found = ", ".join(repr(cell) for cell in header[:8]) or "nothing"
        raise unreadable(
            title,
            (
                "",
                f"no columns for English and Japanese in the header, which has {found}; if the table has no"
                " header, say what its columns are: columns=('en', 'ja')",
            ),
        )
    given = list(numbered)
    if _swapped(header, names, given):
        other = {"en": "ja", "ja": "en"}
        names = {place: other.get(name, name) for place, name in names.items()}
    return _Reading(header, names, "en status" in names.values(), title).read(given)


def _swapped(header: Cells, names: Mapping[int, str], rows: Sequence[tuple[int, Cells]]) -> bool:
    """Whether a table of "source" and "target" goes from Japanese to English."""
    places = {name: place for place, name in names.items()}
    if not {header[places["en"]].strip().casefold(), header[places["ja"]].strip().casefold()} <= _NEUTRAL:
        return False
    japanese = {
        lang: sum(
            bool(_JAPANESE.search(cells[places[lang]]))
            for _, cells in rows[:200]
            if len(cells) > places[lang]
        )
        for lang in ("en", "ja")
    }
    return japanese["en"] > japanese["ja"]


@attrs.define
class _Draft:
    """A concept while its rows are read."""

    id: str
    terms: dict[Lang, list[Term]] = attrs.Factory(lambda: {"en": [], "ja": []})
    texts: dict[str, str] = attrs.Factory(dict)
    renderings: list[Rendering] = attrs.Factory(list)
    passages: tuple[str, ...] = ()


@attrs.define
class _Reading:
    """One pass over a table. Of a table of ours, cells are taken as they are; others' are stripped."""

    header: Cells
    names: Mapping[int, str]
    ours: bool
    title: str
    problems: list[tuple[str, str]] = attrs.Factory(list)
    drafts: dict[object, _Draft] = attrs.Factory(dict)

    def read(self, rows: Iterable[tuple[int, Cells]]) -> tuple[GlossaryConcept, ...]:
        for number, cells in rows:
            self._row(number, cells)
        concepts = []
        taken = {draft.id for draft in self.drafts.values() if draft.id}
        for draft in self.drafts.values():
            if not draft.id:
                draft.id = free_id([term.text for lang in draft.terms for term in draft.terms[lang]], taken)
            if any(draft.terms.values()):
                try:
                    concepts.append(_concept(draft))
                except ValueError as error:
                    self.problems.append((f"concept {draft.id}", str(error)))
        if self.problems:
            raise unreadable(self.title, *self.problems)
        return tuple(concepts)

    def _row(self, number: int, cells: Cells) -> None:
        row, notes = self._named(cells)
        if not row.get("en", "").strip() and not row.get("ja", "").strip():
            if any(cell.strip() for cell in row.values()) or notes:
                self.problems.append((f"row {number}", "has no term in either language"))
            return
        draft = self._draft(row)
        for lang in get_args(Lang):
            self._term(draft, lang, row, number)
        for name in ("subject", "definition en", "definition ja", "note"):
            _add(draft.texts, name, row.get(name, ""))
        _add(draft.texts, "note", "\n".join(notes))
        draft.passages += split(row.get("passages", ""))
        if row.get("count", "").strip():
            self._rendering(draft, row, number)

    def _named(self, cells: Cells) -> tuple[Row, list[str]]:
        row, notes = {}, []
        for place, cell in enumerate(cells):
            if place in self.names:
                row[self.names[place]] = cell if self.ours else cell.strip()
            elif cell.strip():
                label = self.header[place].strip() if place < len(self.header) else ""
                notes.append(f"{label}: {cell.strip()}" if label else cell.strip())
        return row, notes

    def _draft(self, row: Row) -> _Draft:
        """The concept of a row: that of its id, or without one that of its subject and English term."""
        key: object = row.get("id", "")
        if not key:
            key = (row.get("subject", ""), row.get("en") or row.get("ja"))
        return self.drafts.setdefault(key, _Draft(row.get("id", "")))

    def _term(self, draft: _Draft, lang: Lang, row: Row, number: int) -> None:
        text = row.get(lang, "")
        if not text.strip():
            return
        reading = (row.get("reading") or None) if lang == "ja" else None
        terms = draft.terms[lang]
        status = row.get(f"{lang} status", "").strip()
        known = any(term.text == text and reading in (None, term.reading) for term in terms)
        if known and not status:
            return
        name = "romanization" if lang == "ja" else "en romanization"
        given: dict[str, Callable[[], object]] = {
            "status": lambda: _status(status) or ("admitted" if terms else "preferred"),
            "reading": lambda: reading,
            "transliteration": lambda: row.get(name) or None,
            "valid": lambda: _period(row.get(f"{lang} valid", "")),
            "reliability": lambda: _number(row.get(f"{lang} reliability", "")),
            "part_of_speech": lambda: row.get(f"{lang} part of speech", ""),
            "context": lambda: row.get(f"{lang} context", ""),
            "note": lambda: row.get(f"{lang} note", ""),
            "source": lambda: row.get(f"{lang} source", ""),
        }
        try:
            terms.append(Term(text, lang, **{field: make() for field, make in given.items()}))  # type: ignore[arg-type]
        except ValueError as error:
            self.problems.append((f"row {number}, {text!r}", str(error)))

    def _rendering(self, draft: _Draft, row: Row, number: int) -> None:
        try:
            uses = tuple(_use(cell) for cell in split(row.get("uses", "")))
            draft.renderings.append(
                Rendering(row["en"], row["ja"], _number(row.get("score", "")), int(row["count"]), uses=uses)
            )
        except ValueError as error:
            self.problems.append((f"row {number}", str(error)))


def _concept(draft: _Draft) -> GlossaryConcept:
    sections = {
        lang: LanguageSection(lang, tuple(draft.terms[lang]), draft.texts.get(f"definition {lang}", ""))
        for lang in draft.terms
    }
    return GlossaryConcept(
        draft.id,
        **sections,
        subject=draft.texts.get("subject", ""),
        note=draft.texts.get("note", ""),
        renderings=tuple(draft.renderings),
        passages=draft.passages,
    )


def _add(texts: dict[str, str], name: str, text: str) -> None:
    """Put *text* behind what is there, unless it is the same."""
    if text and texts.get(name) != text:
        texts[name] = f"{texts[name]}\n{text}" if name in texts else text


def _status(text: str) -> str:
    if text and text not in get_args(NameStatus):
        raise ValueError(f"status is {text!r}, must be one of {', '.join(get_args(NameStatus))}")
    return text


def _period(text: str) -> Period:
    if not text.strip():
        return Period()
    ends = text.strip().split("/")
    if len(ends) != 2:
        raise ValueError(f"{text!r} is no period: write 1954-07-01/2007-01-08")
    start, end = (PartialDate.parse(end) if end else None for end in ends)
    return Period(start, end)


def _number(text: str) -> float | None:
    if not text.strip():
        return None
    try:
        return float(text)
    except ValueError:
        raise ValueError(f"{text!r} is no number") from None


def _use(text: str) -> Use:
    found = _USE.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no use: write the document, ×count, and @date if it is known")
    date = found["date"]
    return Use(found["document"], int(found["count"]), PartialDate.parse(date) if date else None)


def free_id(texts: Iterable[str], taken: set[str]) -> str:
    """An id for a concept that has none, made of its first term that has letters, and now taken."""
    slugs: Iterator[str] = (re.sub(r"[\W_]+", "-", text.casefold()).strip("-") for text in texts)
    slug = next(filter(None, slugs), "concept")
    found, number = slug, 1
    while found in taken:
        number += 1
        found = f"{slug}-{number}"
    taken.add(found)
    return found


def described() -> list[tuple[str, str, str]]:
    """Each column, what it holds, and the other names a reader knows it by, for the documentation."""
    others: dict[str, list[str]] = {}
    for other, name in _KNOWN.items():
        if other != name:
            others.setdefault(name, []).append(other)
    return [(name, text, ", ".join(others.get(name, ()))) for name, text in COLUMNS.items()]
