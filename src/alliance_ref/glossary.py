"""Glossaries: concepts with their terms in both languages, to sort and to write to a file."""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from alliance_ref.errors import UnknownFormat
from alliance_ref.exchange import columns, json_text, markdown
from alliance_ref.keys import gojuon_key, name_key
from alliance_ref.records import Concept, Entry, GlossaryConcept, Name

if TYPE_CHECKING:
    from alliance_ref.reference import Reference

_WRITERS: dict[str, Callable[[Iterable[GlossaryConcept]], str]] = {
    ".csv": columns.dumps_csv,
    ".json": json_text.dumps,
    ".md": markdown.dumps,
    ".tsv": columns.dumps_tsv,
}


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
        return Glossary(tuple(sorted(self.concepts, key=lambda item: name_key(item.en[0].text))))

    def by_reading(self) -> "Glossary":
        """The same glossary in the order of its Japanese readings (五十音順)."""
        return Glossary(
            tuple(
                sorted(
                    self.concepts,
                    key=lambda item: gojuon_key(item.ja[0].reading or item.ja[0].text),
                )
            )
        )

    def to_file(self, path: str | os.PathLike[str]) -> Path:
        """Write the glossary in the format that the suffix names, and give back the path.

        ``.csv`` has a header and every column, ``.tsv`` is what OmegaT takes as a glossary, ``.md`` is
        a table to read, ``.json`` holds everything. Text is UTF-8; CSV begins with a byte order mark,
        which spreadsheets need to see that it is.

        Raises:
            UnknownFormat: for another suffix.
            OSError: if the file cannot be written.
        """
        path = Path(path)
        writer = _WRITERS.get(path.suffix.lower())
        if writer is None:
            raise UnknownFormat(path.suffix, tuple(_WRITERS))
        encoding = "utf-8-sig" if path.suffix.lower() == ".csv" else "utf-8"
        path.write_bytes(writer(self.concepts).encode(encoding))
        return path


def reference_glossary(reference: "Reference | None" = None) -> Glossary:
    """A glossary of every entry that has names in both languages, in English order.

    Each concept lists the passages that speak of it.

    Args:
        reference: The reference to take it from; the shipped one if left out.

    >>> import alliance_ref as ar
    >>> "magosaki-2006#1" in ar.reference_glossary().find("futenma").passages
    True
    """
    if reference is None:
        from alliance_ref.reference import load

        reference = load()
    passages: dict[str, list[str]] = {}
    for document in reference.documents():
        for passage in document.passages:
            for mention in passage.mentions:
                passages.setdefault(mention, []).append(passage.id)
    concepts = (_concept(entry, tuple(passages.get(entry.id, ()))) for entry in reference.entries())
    return Glossary(tuple(filter(None, concepts))).by_english()


def _concept(entry: Entry, passages: tuple[str, ...]) -> GlossaryConcept | None:
    en, ja = _in_order(entry.names_in("en")), _in_order(entry.names_in("ja"))
    if not en or not ja:
        return None
    return GlossaryConcept(
        id=entry.id,
        subject=entry.subject_field if isinstance(entry, Concept) else entry.kind,
        en=en,
        ja=ja,
        definition=entry.definition if isinstance(entry, Concept) else entry.summary,
        passages=passages,
    )


def _in_order(names: tuple[Name, ...]) -> tuple[Name, ...]:
    """Names with the preferred ones in front, otherwise in the order of the data."""
    return tuple(sorted(names, key=lambda name: name.status != "preferred"))
