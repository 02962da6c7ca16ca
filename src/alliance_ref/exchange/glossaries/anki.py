"""Glossaries as a file of notes for Anki: front, back, reading, definitions, tags and id.

Lines that begin with ``#`` describe the file, so that Anki's import window needs no settings: the separator
is a tab, cells contain no HTML, the names of the columns, and which columns contain the tags and the
permanent id of the note (a second import then updates notes and does not duplicate them). Every cell is
quoted, so it may begin with ``#`` or contain a line end. Anki treats two notes with the same front as
duplicates. Therefore concepts with the same English term become one note, whose Japanese terms are separated
by `` / ``.

A note needs both sides; deprecated and erroneous terms are left out. The subject is a tag, with ``_`` for
white space.
"""

import csv
import io
from collections.abc import Iterable

from alliance_ref.errors import FileProblem, unreadable
from alliance_ref.exchange.capabilities import NOT_IN_XML
from alliance_ref.exchange.concept_drafts import free_id
from alliance_ref.exchange.tables.cells import numbered_rows
from alliance_ref.exchange.usable_terms import usable_concepts
from alliance_ref.records.glossary import GlossaryConcept, LanguageSection, Term

SUPPORTED_FIELDS = frozenset({"id", "reading", "definition", "white space", NOT_IN_XML})

_TITLE = "Anki notes"
_COLUMNS = ("English", "日本語", "読み", "Definition", "定義", "Tags", "ID")
_SEPARATOR = " / "  # between values of merged notes


def dumps(concepts: Iterable[GlossaryConcept]) -> str:
    """Return *concepts* as notes: header lines for Anki, then one note for each English term."""
    notes: dict[str, list[str]] = {}
    for concept in usable_concepts(concepts):
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
            notes[en.text] = _merged(notes[en.text], note)
        else:
            notes[en.text] = note
    text = io.StringIO(newline="")
    names = "\t".join(_COLUMNS)
    text.write(f"#separator:tab\n#html:false\n#columns:{names}\n#tags column:6\n#guid column:7\n")
    csv.writer(text, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(notes.values())
    return text.getvalue()


def _merged(first: list[str], second: list[str]) -> list[str]:
    """Return two notes with the same front as one note, with the id of the first and the tags of both."""
    sides = [_SEPARATOR.join(dict.fromkeys(filter(None, (first[at], second[at])))) for at in range(1, 5)]
    tags = dict.fromkeys((*first[5].split(), *second[5].split()))
    return [first[0], *sides, " ".join(tags), first[6]]


def loads(text: str, *, notices: list[FileProblem] | None = None) -> tuple[GlossaryConcept, ...]:
    """Return the concepts in notes that `dumps` wrote, or that Anki exported with the same first columns.

    Args:
        text: The content.
        notices: Receives a notice about damaged lines, which are left out.

    Raises:
        UnreadableFile: A note has no front or no back.

    >>> import alliance_ref as ar
    >>> text = dumps(ar.reference_glossary().concepts[:3])
    >>> [concept.id for concept in loads(text)] == [c.id for c in ar.reference_glossary().concepts[:3]]
    True
    """
    lines = io.StringIO(text.removeprefix("\ufeff"), newline="")
    head = 0
    for line in text.removeprefix("\ufeff").split("\n"):
        if not line.startswith("#"):
            break
        head += 1
        lines.readline()
    concepts: list[GlossaryConcept] = []
    problems: list[FileProblem] = []
    taken: set[str] = set()
    for number, cells in numbered_rows(lines, "\t", title=_TITLE, notices=[] if notices is None else notices):
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
            problems.append(FileProblem.from_error(error, line=head + number))
    if problems:
        raise unreadable(_TITLE, *problems)
    return tuple(concepts)
