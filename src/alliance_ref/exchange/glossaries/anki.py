"""Glossaries as a file that Anki imports: one note a row, front, back, reading, definitions, tags.

Lines that begin with ``#`` tell Anki what is in the file, so that its import window needs no setting: cells
are parted by tabs, hold no HTML, which columns there are, which of them holds the tags and which the note's
lasting id (so a second import changes notes and does not double them). Every cell is quoted, and so may begin
with ``#`` or hold a line end. Anki takes two notes with one front for duplicates: concepts with the same
English term make one note, their Japanese terms parted by `` / ``.

A note needs both sides; the subject is a tag, with ``_`` for white space.
"""

import csv
import io
from collections.abc import Iterable

from alliance_ref.errors import unreadable
from alliance_ref.exchange.capabilities import NOT_IN_XML
from alliance_ref.exchange.tables.columns import numbered_rows
from alliance_ref.exchange.tables.glossary_table import free_id
from alliance_ref.records.glossary import GlossaryConcept, LanguageSection, Term

HOLDS = frozenset({"id", "reading", "definition", "white space", NOT_IN_XML})

_TITLE = "Anki notes"
_COLUMNS = ("English", "日本語", "読み", "Definition", "定義", "Tags", "ID")
_SIDES = " / "


def dumps(concepts: Iterable[GlossaryConcept]) -> str:
    """Header lines for Anki, then a note for each English term."""
    notes: dict[str, list[str]] = {}
    for concept in concepts:
        en, ja = concept.en.preferred, concept.ja.preferred
        if en is None or ja is None:
            continue
        note = [
            en.text,
            ja.text,
            ja.reading or "",
            concept.en.definition,
            concept.ja.definition,
            "_".join(concept.subject.split()),
            concept.id,
        ]
        if en.text in notes:
            notes[en.text] = _one(notes[en.text], note)
        else:
            notes[en.text] = note
    text = io.StringIO(newline="")
    names = "\t".join(_COLUMNS)
    text.write(f"#separator:tab\n#html:false\n#columns:{names}\n#tags column:6\n#guid column:7\n")
    csv.writer(text, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(notes.values())
    return text.getvalue()


def _one(first: list[str], second: list[str]) -> list[str]:
    """Two notes with one front as one: the id is that of the first, tags stand beside each other."""
    sides = [_SIDES.join(dict.fromkeys(filter(None, (first[at], second[at])))) for at in range(1, 5)]
    tags = dict.fromkeys((*first[5].split(), *second[5].split()))
    return [first[0], *sides, " ".join(tags), first[6]]


def loads(text: str) -> tuple[GlossaryConcept, ...]:
    """The concepts in notes that :func:`dumps` wrote or that Anki exported with the same columns in front.

    Raises:
        UnreadableFile: if a note has no front or no back.
    """
    lines = io.StringIO(text.removeprefix("\ufeff"), newline="")
    head = 0
    for line in text.removeprefix("\ufeff").split("\n"):
        if not line.startswith("#"):
            break
        head += 1
        lines.readline()
    concepts: list[GlossaryConcept] = []
    problems: list[tuple[str, str]] = []
    taken: set[str] = set()
    for number, cells in numbered_rows(lines, "\t"):
        if not any(cells):
            continue
        en, ja, reading, definition, definition_ja, _, concept_id = [*cells, *[""] * 7][:7]
        try:
            concepts.append(
                GlossaryConcept(
                    concept_id or free_id((en, ja), taken),
                    LanguageSection("en", (Term(en, "en"),), definition),
                    LanguageSection("ja", (Term(ja, "ja", reading=reading or None),), definition_ja),
                )
            )
        except ValueError as error:
            problems.append((f"line {head + number}", str(error)))
    if problems:
        raise unreadable(_TITLE, *problems)
    return tuple(concepts)
