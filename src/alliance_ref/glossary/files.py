"""Reading glossaries and translation memories from files."""

import os
from collections.abc import Iterator
from pathlib import Path

from alliance_ref.errors import UnknownFormat
from alliance_ref.exchange.formats import FORMATS, find_format
from alliance_ref.glossary.model import Glossary
from alliance_ref.records import GlossaryConcept, TranslationUnit


def read_concepts(path: str | os.PathLike[str], format: str | None = None) -> tuple[GlossaryConcept, ...]:  # noqa: A002
    """The concepts of a file, also where two of them have one id."""
    path = Path(path)
    chosen = find_format(path.suffix, format)
    if chosen.reader is None:
        raise UnknownFormat(path.suffix, tuple(s for item in FORMATS if item.loads for s in item.suffixes))
    content = path.read_bytes()
    return chosen.reader(content if chosen.binary else content.decode(chosen.encoding))


def read_glossary(path: str | os.PathLike[str], format: str | None = None) -> Glossary:  # noqa: A002
    """The glossary in a file."""
    return Glossary(read_concepts(path, format))


def read_units(path: str | os.PathLike[str]) -> Iterator[TranslationUnit]:
    """The units of a bitext of two columns."""
    with open(path, encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines):
            en, _, ja = line.rstrip("\n").partition("\t")
            yield TranslationUnit(en, ja, Path(path).name, number)
