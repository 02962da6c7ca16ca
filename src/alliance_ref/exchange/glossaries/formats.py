"""The formats a glossary can be written in and read from: one row each, one module each.

A format's module is imported when it is first used. It has ``HOLDS``, the fields (see ``fields``) that it
can carry, ``dumps(concepts)`` and, where the format can be read back, ``loads(given)``; what they give and
take is text, or bytes where `binary` says so.
"""

from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, Protocol, cast

import attrs

from alliance_ref.errors import UnknownFormat
from alliance_ref.records.glossary import GlossaryConcept

if TYPE_CHECKING:
    import os


class Writer(Protocol):
    """Writes concepts as text or bytes."""

    def __call__(self, concepts: Iterable[GlossaryConcept], /) -> str | bytes:
        """The *concepts* in the format."""


Reader = Callable[..., tuple[GlossaryConcept, ...]]
"""Reads concepts from text or bytes; what options it has depends on the format."""


@attrs.frozen
class Format:
    """A format: its short name, what people call it, the suffixes it goes by, and where its code is.

    `dumps` and `loads` name functions of `module` in ``alliance_ref.exchange``; `loads` is empty for a format
    that cannot be read back. `encoding` is that of text formats, empty for `binary` ones. A reader that
    `decodes` takes bytes although the format is text, and the file's name as `where`: XML says in itself how
    it is encoded.
    """

    id: str
    title: str
    suffixes: tuple[str, ...]
    module: str
    dumps: str = "dumps"
    loads: str = "loads"
    holds_name: str = "HOLDS"
    encoding: str = "utf-8"
    decodes: bool = False

    @property
    def binary(self) -> bool:
        """Whether it is written as bytes."""
        return not self.encoding

    def _named(self, name: str) -> object:
        return getattr(import_module(f"alliance_ref.exchange.{self.module}"), name)

    @property
    def holds(self) -> frozenset[str]:
        """The fields that it can carry."""
        return cast("frozenset[str]", self._named(self.holds_name))

    @property
    def writer(self) -> Writer:
        """What writes it."""
        return cast("Writer", self._named(self.dumps))

    @property
    def reader(self) -> Reader | None:
        """What reads it, if anything can."""
        return cast("Reader", self._named(self.loads)) if self.loads else None


FORMATS = (
    Format("anki", "Anki notes", (".anki.txt",), "glossaries.anki"),
    Format(
        "csv", "CSV (RFC 4180)", (".csv",), "tables.columns", "dumps_csv", "loads_csv", encoding="utf-8-sig"
    ),
    Format("json", "JSON", (".json",), "glossaries.json_text"),
    Format("markdown", "Markdown table", (".md",), "glossaries.markdown"),
    Format("omegat", "OmegaT glossary", (".txt", ".utf8", ".tab"), "glossaries.omegat"),
    Format("rst", "reStructuredText glossary", (".rst",), "glossaries.restructured"),
    Format(
        "skos", "SKOS (Turtle)", (".ttl",), "glossaries.skos", "dumps_turtle", "loads_turtle", decodes=True
    ),
    Format(
        "skos-jsonld",
        "SKOS (JSON-LD)",
        (".jsonld",),
        "glossaries.skos",
        "dumps_jsonld",
        "loads_jsonld",
        decodes=True,
    ),
    Format("stardict", "StarDict dictionary (zip)", (".zip",), "glossaries.stardict", loads="", encoding=""),
    Format("tbx", "TBX-Basic 3 (DCA)", (".tbx",), "glossaries.tbx", decodes=True),
    Format("tbx-dct", "TBX-Basic 3 (DCT)", (".tbx",), "glossaries.tbx", "dumps_dct", decodes=True),
    Format("tmx", "TMX 1.4b", (".tmx",), "glossaries.tmx", decodes=True),
    Format("tsv", "TSV with a header", (".tsv",), "tables.columns", "dumps_tsv", "loads_tsv"),
    Format("utx", "UTX 1.20", (".utx",), "glossaries.utx", encoding="utf-8-sig"),
    Format("xlsx", "Excel workbook", (".xlsx",), "tables.excel", encoding=""),
)
"""Every format, by short name. Of several with one suffix the first is meant by the suffix alone."""


def suffix_of(path: "str | os.PathLike[str]") -> str:
    """The part of a file's name that says what is in it: the longest suffix that a format has.

    >>> suffix_of("terms.anki.txt"), suffix_of("v1.2.csv")
    ('.anki.txt', '.csv')
    """
    suffixes = [suffix.lower() for suffix in PurePath(path).suffixes]
    known = {suffix for item in FORMATS for suffix in item.suffixes}
    return next(
        (found for at in range(len(suffixes)) if (found := "".join(suffixes[at:])) in known),
        PurePath(path).suffix,
    )


def find_format(suffix: str, name: str | None = None) -> Format:
    """The format of this *name*, or else the first of this *suffix*.

    Raises:
        UnknownFormat: if there is none.
    """
    if name is not None:
        found = next((item for item in FORMATS if item.id == name), None)
        if found is None:
            raise UnknownFormat(name, tuple(item.id for item in FORMATS))
        return found
    found = next((item for item in FORMATS if suffix.lower() in item.suffixes), None)
    if found is None:
        raise UnknownFormat(suffix, tuple(dict.fromkeys(s for item in FORMATS for s in item.suffixes)))
    return found
