"""Glossaries: concepts with their terms in both languages, to sort and to write to a file."""

import os
from collections.abc import Iterator

import attrs

from alliance_ref.glossary.writing import write_concepts
from alliance_ref.keys import gojuon_key, name_key
from alliance_ref.records.exports import ExportReport
from alliance_ref.records.glossary import GlossaryConcept


@attrs.frozen
class Glossary:
    """Concepts with their terms in both languages. Immutable.

    >>> import alliance_ref as ar
    >>> glossary = ar.reference_glossary()
    >>> glossary.find("futenma").ja[0].text
    '普天間飛行場'
    """

    concepts: tuple[GlossaryConcept, ...]

    def __len__(self) -> int:
        return len(self.concepts)

    def __iter__(self) -> Iterator[GlossaryConcept]:
        return iter(self.concepts)

    def find(self, concept_id: str) -> GlossaryConcept:
        """The concept of this id.

        Raises:
            KeyError: if the glossary has none.
        """
        for concept in self.concepts:
            if concept.id == concept_id:
                return concept
        raise KeyError(concept_id)

    def by_english(self) -> "Glossary":
        """The same glossary in the order of its English terms."""
        return Glossary(tuple(sorted(self.concepts, key=_english)))

    def by_reading(self) -> "Glossary":
        """The same glossary in the order of its Japanese readings (五十音順)."""
        return Glossary(tuple(sorted(self.concepts, key=_japanese)))

    def to_file(self, path: str | os.PathLike[str], format: str | None = None) -> ExportReport:  # noqa: A002
        """Write the glossary to *path*; the report names what the format could not hold.

        Args:
            path: Where to; its suffix names the format if *format* is left out.
            format: The short name of a format, such as ``csv``.

        Raises:
            UnknownFormat: for another suffix or name.
            Unwritable: if the format has no way to write what stands in the glossary.
            MissingExtra: if the format needs a package that is not installed.
            OSError: if the file cannot be written; what was there before is then as it was.
        """
        return write_concepts(self.concepts, path, format)


def _english(concept: GlossaryConcept) -> tuple[object, ...]:
    term = concept.en.preferred
    return term is None, name_key(term.text) if term else "", concept.id


def _japanese(concept: GlossaryConcept) -> tuple[object, ...]:
    term = concept.ja.preferred
    return term is None, gojuon_key(term.reading or term.text) if term else "", concept.id
