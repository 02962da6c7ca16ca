"""Glossaries as columns: CSV with a header for spreadsheets, TSV without one as OmegaT reads it."""

import csv
import io
from collections.abc import Iterable

from alliance_ref.records.glossary import GlossaryConcept, LanguageSection

HEADER = (
    "id",
    "subject",
    "en",
    "ja",
    "reading",
    "romanization",
    "en other",
    "ja other",
    "definition en",
    "definition ja",
    "passages",
)


CSV_HOLDS = frozenset(
    {
        "id", "subject", "definition", "concept with one language", "further terms", "status", "reading",
        "transliteration", "passage",
    }
)  # fmt: skip
TSV_HOLDS = frozenset({"id", "reading", "definition"})


def dumps_csv(concepts: Iterable[GlossaryConcept]) -> str:
    """One row a concept under a header, quoted as RFC 4180 says; several values are parted by ``|``."""
    rows = [HEADER, *(_row(concept) for concept in concepts)]
    return _joined(rows, delimiter=",")


def dumps_tsv(concepts: Iterable[GlossaryConcept]) -> str:
    """One line a pair of terms, English, Japanese, comment: what OmegaT takes as a glossary file.

    Each English term that is not marked wrong stands with the preferred Japanese one.
    """
    rows = []
    for concept in concepts:
        ja = concept.ja.preferred
        for term in concept.en if ja else ():
            if ja and term.status not in ("deprecated", "erroneous"):
                comment = "; ".join(filter(None, (ja.reading, concept.ja.definition, concept.id)))
                rows.append((term.text, ja.text, comment))
    return "".join("\t".join(" ".join(cell.split()) for cell in row) + "\n" for row in rows)


def _row(concept: GlossaryConcept) -> tuple[str, ...]:
    en, ja = concept.en.preferred, concept.ja.preferred
    return (
        concept.id,
        concept.subject,
        en.text if en else "",
        ja.text if ja else "",
        (ja.reading if ja else None) or "",
        (ja.transliteration if ja else None) or "",
        _others(concept.en),
        _others(concept.ja),
        concept.en.definition,
        concept.ja.definition,
        " | ".join(concept.passages),
    )


def _others(section: LanguageSection) -> str:
    return " | ".join(
        term.text if term.status == "admitted" else f"{term.text} ({term.status})"
        for term in section
        if term is not section.preferred
    )


def _joined(rows: Iterable[tuple[str, ...]], *, delimiter: str) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return text.getvalue()
