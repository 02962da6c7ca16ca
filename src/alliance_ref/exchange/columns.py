"""Glossaries as columns: CSV with a header for spreadsheets, TSV without one as OmegaT reads it."""

import csv
import io
from collections.abc import Iterable

from alliance_ref.records.entries import Name
from alliance_ref.records.glossary import GlossaryConcept

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
        for name in concept.en:
            if name.status not in ("deprecated", "erroneous"):
                comment = "; ".join(filter(None, (concept.ja[0].reading, _definition(concept), concept.id)))
                rows.append((name.text, concept.ja[0].text, comment))
    return "".join("\t".join(" ".join(cell.split()) for cell in row) + "\n" for row in rows)


def _definition(concept: GlossaryConcept) -> str:
    return concept.definition.ja if concept.definition else ""


def _row(concept: GlossaryConcept) -> tuple[str, ...]:
    definition = concept.definition
    return (
        concept.id,
        concept.subject,
        concept.en[0].text,
        concept.ja[0].text,
        concept.ja[0].reading or "",
        concept.ja[0].romanization or "",
        _others(concept.en),
        _others(concept.ja),
        definition.en if definition else "",
        definition.ja if definition else "",
        " | ".join(concept.passages),
    )


def _others(names: tuple[Name, ...]) -> str:
    return " | ".join(
        name.text if name.status == "admitted" else f"{name.text} ({name.status})" for name in names[1:]
    )


def _joined(rows: Iterable[tuple[str, ...]], *, delimiter: str) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return text.getvalue()
