"""Glossaries as a Markdown table for people to read and correct.

The table has one row for each concept, with its preferred terms; deprecated and erroneous terms are left out.
Markup characters have a backslash before
them, a line end is ``<br>``, and other characters that would end a line are numeric entities, so the table
can be read back.
"""

import re
from collections.abc import Iterable

from alliance_ref.errors import FileProblem, invalid, unreadable
from alliance_ref.exchange.capabilities import NOT_IN_XML
from alliance_ref.exchange.concept_drafts import free_id
from alliance_ref.exchange.usable_terms import usable_concepts
from alliance_ref.records.glossary import GlossaryConcept, LanguageSection, Term

SUPPORTED_FIELDS = frozenset(
    {"id", "concept with one language", "reading", "definition", "passage", "white space", NOT_IN_XML}
)

_HEADER = ("English", "日本語", "読み", "Definition", "定義", "Passages", "ID")
_TITLE = "Markdown table"
_MARKUP = re.compile(r"([\\`*_\[\]<>|#&~])")
_BREAKS = re.compile("^ | $|[\t\r\v\f\x1c-\x1f\x85\u2028\u2029]")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])|&#(\d{1,4});|<br>")
_PASSAGE = re.compile(r"((?:\\.|[^\\])+?)(?:, |\Z)", re.DOTALL)
_CELL = re.compile(r"((?:\\.|[^|\\])*)\|", re.DOTALL)


def dumps(concepts: Iterable[GlossaryConcept]) -> str:
    """Return *concepts* as a table of preferred terms, readings and definitions."""
    lines = [f"| {' | '.join(_HEADER)} |", "|" + "---|" * len(_HEADER)]
    for concept in usable_concepts(concepts):
        en, ja = concept.en.preferred, concept.ja.preferred
        cells = (
            en.text if en else "",
            ja.text if ja else "",
            (ja.reading if ja else None) or "",
            concept.en.definition,
            concept.ja.definition,
        )
        passages = ", ".join(_cell(passage).replace(",", r"\,") for passage in concept.passages)
        lines.append("| " + " | ".join((*map(_cell, cells), passages, _cell(concept.id))) + " |")
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    marked = _MARKUP.sub(r"\\\1", text)
    return _BREAKS.sub(lambda found: f"&#{ord(found[0])};", marked).replace("\n", "<br>")


def loads(text: str) -> tuple[GlossaryConcept, ...]:
    """Return the concepts in the first table of *text* with the columns that `dumps` writes.

    Raises:
        UnreadableFile: There is no such table, or a row has too many or too few cells.

    >>> import alliance_ref as ar
    >>> text = dumps(ar.reference_glossary().concepts[:3])
    >>> [concept.id for concept in loads(text)] == [c.id for c in ar.reference_glossary().concepts[:3]]
    True
    """
    lines = text.removeprefix("\ufeff").split("\n")
    start = next((at for at, line in enumerate(lines) if _names(line) == list(_HEADER)), None)
    if start is None:
        values = {"columns": _HEADER, "found": tuple(map(repr, _names(lines[0])))}
        raise unreadable(_TITLE, FileProblem("no-table", values))
    concepts: list[GlossaryConcept] = []
    problems: list[FileProblem] = []
    taken: set[str] = set()
    for number, line in enumerate(lines[start + 2 :], start + 3):
        if not line.strip().startswith("|"):
            break
        cells = [cell.strip(" ") for cell in _CELL.findall(line.strip().removeprefix("|"))]
        try:
            concepts.append(_concept(cells, taken))
        except ValueError as error:
            problems.append(FileProblem.from_error(error, line=number))
    if problems:
        raise unreadable(_TITLE, *problems)
    return tuple(concepts)


def _names(line: str) -> list[str]:
    return [name.strip() for name in line.strip().removeprefix("|").removesuffix("|").split("|")]


def _concept(cells: list[str], taken: set[str]) -> GlossaryConcept:
    if len(cells) != len(_HEADER):
        raise invalid("cell-count", count=len(cells), expected=len(_HEADER))
    en, ja, reading, definition, definition_ja, concept_id = map(_text, (*cells[:5], cells[6]))
    return GlossaryConcept(
        concept_id or free_id((en, ja), taken),
        LanguageSection("en", (Term(en, "en"),) if en else (), definition),
        LanguageSection("ja", (Term(ja, "ja", reading=reading or None),) if ja else (), definition_ja),
        passages=tuple(_text(found) for found in _PASSAGE.findall(cells[5])),
    )


def _text(cell: str) -> str:
    return _ESCAPE.sub(_character, cell)


def _character(found: re.Match[str]) -> str:
    if found[1]:
        return found[1]
    return chr(int(found[2])) if found[2] else "\n"
