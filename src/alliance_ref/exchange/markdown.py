"""Glossaries as a Markdown table, for people to read."""

import re
from collections.abc import Iterable

from alliance_ref.records.glossary import GlossaryConcept

HOLDS = frozenset({"reading", "definition", "passage"})


def dumps(concepts: Iterable[GlossaryConcept]) -> str:
    """A table of the preferred terms with reading and both definitions, one row a concept."""
    lines = ["| English | 日本語 | 読み | Definition | 定義 | Passages |", "|---|---|---|---|---|---|"]
    for concept in concepts:
        en, ja = concept.en.preferred, concept.ja.preferred
        cells = (
            en.text if en else "",
            ja.text if ja else "",
            (ja.reading if ja else None) or "",
            concept.en.definition,
            concept.ja.definition,
            ", ".join(concept.passages),
        )
        lines.append("| " + " | ".join(map(_cell, cells)) + " |")
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", " ".join(text.split()))
