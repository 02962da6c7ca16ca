"""Glossaries as a Markdown table, for people to read."""

import re
from collections.abc import Iterable

from alliance_ref.records.glossary import GlossaryConcept


def dumps(concepts: Iterable[GlossaryConcept]) -> str:
    """A table of the preferred terms with reading and both definitions, one row a concept."""
    lines = ["| English | 日本語 | 読み | Definition | 定義 | Passages |", "|---|---|---|---|---|---|"]
    for concept in concepts:
        definition = concept.definition
        cells = (
            concept.en[0].text,
            concept.ja[0].text,
            concept.ja[0].reading or "",
            definition.en if definition else "",
            definition.ja if definition else "",
            ", ".join(concept.passages),
        )
        lines.append("| " + " | ".join(map(_cell, cells)) + " |")
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", " ".join(text.split()))
