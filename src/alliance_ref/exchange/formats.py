"""The registries of formats: glossary formats and formats of aligned units.

A format names a module of this package and functions in it; the module is imported when the format is first
used. A glossary module has ``SUPPORTED_FIELDS`` (see `capabilities`), ``dumps(concepts)`` and, if the format
can be read, ``loads(content)``. A unit module has a reader of open files that yields units, and may have a
writer.
"""

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import PurePath
from typing import IO, TYPE_CHECKING, Any, BinaryIO, cast

import attrs

from alliance_ref.errors import UnknownFormat

if TYPE_CHECKING:
    import os


@attrs.frozen
class Format:
    """A file format.

    Attributes:
        id: The short name, for ``format=``.
        title: The name for people.
        suffixes: The suffixes of its files.
        module: The module, relative to `alliance_ref.exchange`.
        reads: The name of the function that reads the format; empty if it can only be written.
        writes: The name of the function that writes it; empty if it can only be read.
        fields: The name of the constant with the supported fields of a glossary format.
        encoding: The encoding of written text; empty for a format of bytes.
        bytes_input: Whether the reader takes bytes, as those of XML do, which find out the encoding.
        options: The keyword arguments that the reader accepts: ``columns``, ``notices``, ``rejected`` (which
            the writer accepts too), ``ja_first`` (only the writer) and, for units, ``min_state``.
    """

    id: str
    title: str
    suffixes: tuple[str, ...]
    module: str
    reads: str = "loads"
    writes: str = "dumps"
    fields: str = "SUPPORTED_FIELDS"
    encoding: str = "utf-8"
    bytes_input: bool = False
    options: tuple[str, ...] = ()

    @property
    def reader(self) -> Callable[..., Any] | None:
        """The function that reads the format, if there is one."""
        return cast("Callable[..., Any]", self._load(self.reads)) if self.reads else None

    @property
    def writer(self) -> Callable[..., Any] | None:
        """The function that writes the format, if there is one."""
        return cast("Callable[..., Any]", self._load(self.writes)) if self.writes else None

    @property
    def supported_fields(self) -> frozenset[str]:
        """The fields of a glossary that the format represents."""
        return cast("frozenset[str]", self._load(self.fields))

    def _load(self, name: str) -> object:
        return getattr(import_module(f"alliance_ref.exchange.{self.module}"), name)


_TABLE_OPTIONS = ("columns", "notices")

GLOSSARY_FORMATS = (
    Format("anki", "Anki notes", (".anki.txt",), "glossaries.anki", options=("notices",)),
    Format(
        "csv",
        "CSV (RFC 4180)",
        (".csv",),
        "tables.delimited",
        "loads_csv",
        "dumps_csv",
        encoding="utf-8-sig",
        options=_TABLE_OPTIONS,
    ),
    Format("json", "JSON", (".json",), "glossaries.json_text", options=("rejected",)),
    Format("markdown", "Markdown table", (".md",), "glossaries.markdown"),
    Format(
        "multiterm",
        "MultiTerm XML",
        (".mtf",),
        "glossaries.multiterm",
        encoding="utf-16",
        bytes_input=True,
        options=("notices",),
    ),
    Format(
        "omegat",
        "OmegaT glossary",
        (".txt", ".utf8", ".tab"),
        "glossaries.omegat",
        options=("notices", "ja_first"),
    ),
    Format("rst", "reStructuredText glossary", (".rst",), "glossaries.restructured"),
    Format(
        "skos",
        "SKOS (Turtle)",
        (".ttl",),
        "glossaries.skos",
        "loads_turtle",
        "dumps_turtle",
        bytes_input=True,
        options=("notices",),
    ),
    Format(
        "skos-jsonld",
        "SKOS (JSON-LD)",
        (".jsonld",),
        "glossaries.skos",
        "loads_jsonld",
        "dumps_jsonld",
        bytes_input=True,
        options=("notices",),
    ),
    Format(
        "skos-ntriples",
        "SKOS (N-Triples)",
        (".nt",),
        "glossaries.skos",
        "loads_ntriples",
        "dumps_ntriples",
        bytes_input=True,
        options=("notices",),
    ),
    Format(
        "skos-rdfxml",
        "SKOS (RDF/XML)",
        (".rdf",),
        "glossaries.skos",
        "loads_rdfxml",
        "dumps_rdfxml",
        bytes_input=True,
        options=("notices",),
    ),
    Format("stardict", "StarDict dictionary (zip)", (".zip",), "glossaries.stardict", "", encoding=""),
    Format("tbx", "TBX-Basic 3 (DCA)", (".tbx",), "glossaries.tbx", bytes_input=True, options=("notices",)),
    Format(
        "tbx-dct",
        "TBX-Basic 3 (DCT)",
        (".tbx",),
        "glossaries.tbx",
        writes="dumps_dct",
        bytes_input=True,
        options=("notices",),
    ),
    Format(
        "tbx2",
        "TBX-Basic 2",
        (".tbx2",),
        "glossaries.tbx",
        writes="dumps_v2",
        bytes_input=True,
        options=("notices",),
    ),
    Format("tmx", "TMX 1.4b", (".tmx",), "glossaries.tmx", bytes_input=True, options=("notices",)),
    Format(
        "tsv",
        "TSV with a header",
        (".tsv",),
        "tables.delimited",
        "loads_tsv",
        "dumps_tsv",
        options=_TABLE_OPTIONS,
    ),
    Format("utx", "UTX 1.20", (".utx",), "glossaries.utx", encoding="utf-8-sig"),
    Format(
        "xlsx",
        "Excel workbook",
        (".xlsx",),
        "tables.excel",
        encoding="",
        bytes_input=True,
        options=_TABLE_OPTIONS,
    ),
)
"""The formats of glossaries. The first format with a suffix is the default for that suffix."""

_STATES = ("min_state",)

UNIT_FORMATS = (
    Format("csv", "CSV", (".csv",), "bitexts.tables", "read_csv_units", "", options=_TABLE_OPTIONS),
    Format("jsonl", "JSON lines", (".jsonl", ".ndjson"), "bitexts.tables", "read_json_lines", ""),
    Format("parquet", "Parquet", (".parquet",), "bitexts.parquet", "read_opened", "", bytes_input=True),
    Format(
        "po", "gettext PO", (".po", ".pot"), "bitexts.po", "read_units", "", bytes_input=True, options=_STATES
    ),
    Format("qt-ts", "Qt TS", (".ts",), "bitexts.qt_ts", "read_units", "", bytes_input=True, options=_STATES),
    Format("tmx", "TMX 1.4b", (".tmx",), "bitexts.tmx", "read_opened", "dumps_units", bytes_input=True),
    Format(
        "tsv",
        "TSV",
        (".tsv", ".txt"),
        "bitexts.tables",
        "read_tsv_units",
        "dumps_tsv",
        options=_TABLE_OPTIONS,
    ),
    Format(
        "xlsx",
        "Excel workbook",
        (".xlsx",),
        "bitexts.tables",
        "read_excel_units",
        "",
        bytes_input=True,
        options=_TABLE_OPTIONS,
    ),
    Format(
        "xliff",
        "XLIFF 1.2",
        (".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff"),
        "bitexts.xliff",
        "read_units",
        "dumps_units",
        bytes_input=True,
        options=_STATES,
    ),
    Format(
        "xliff2",
        "XLIFF 2.0",
        (".xliff2",),
        "bitexts.xliff",
        "read_units",
        "dumps_units_2",
        bytes_input=True,
        options=_STATES,
    ),
)
"""The formats of aligned units.

A reader takes an open file (of bytes if `bytes_input`), its name for documents and errors (``where=``) and a
counter of units that it leaves out (``skipped=``). A writer takes aligned units and the version of the
library (``tool_version=``).
"""


def known_suffixes(formats: Sequence[Format]) -> tuple[str, ...]:
    """Return the suffixes of *formats*, in their order."""
    return tuple(dict.fromkeys(suffix for item in formats for suffix in item.suffixes))


def suffix_of(path: "str | os.PathLike[str]", formats: Sequence[Format] = GLOSSARY_FORMATS) -> str:
    """Return the longest suffix of a file name that belongs to a format, else its last suffix.

    >>> suffix_of("terms.anki.txt"), suffix_of("v1.2.csv")
    ('.anki.txt', '.csv')
    """
    suffixes = [suffix.lower() for suffix in PurePath(path).suffixes]
    known = known_suffixes(formats)
    return next(
        (found for at in range(len(suffixes)) if (found := "".join(suffixes[at:])) in known),
        PurePath(path).suffix,
    )


def find_format(suffix: str, name: str | None = None, formats: Sequence[Format] = GLOSSARY_FORMATS) -> Format:
    """Return the format with this *name*, or, without a name, the first one with this *suffix*.

    Raises:
        UnknownFormat: No format has this name or suffix.

    >>> find_format(".TBX").title, find_format(".tmx", "csv", UNIT_FORMATS).title
    ('TBX-Basic 3 (DCA)', 'CSV')
    """
    if name is not None:
        found = next((item for item in formats if item.id == name), None)
        known = tuple(item.id for item in formats)
    else:
        found = next((item for item in formats if suffix.lower() in item.suffixes), None)
        known = known_suffixes(formats)
    if found is None:
        raise UnknownFormat(suffix if name is None else name, known)
    return found


XML_SUFFIXES = (".xml",)
"""Suffixes that do not name a format; the first element of the file does."""

_ROOTS = {"tbx": "tbx", "martif": "tbx", "tmx": "tmx", "mtf": "multiterm", "RDF": "skos-rdfxml"}
"""The formats of glossaries by the name of their first element."""


def glossary_format_of_xml(file: IO[bytes], path: "str | os.PathLike[str]") -> str:
    """Return the id of the format of an XML file by its first element.

    Raises:
        UnreadableFile: The file is not XML.
        UnknownFormat: No format has this first element.
    """
    from alliance_ref.errors import UnreadableFile
    from alliance_ref.exchange.xml.reading import root_name

    try:
        name = root_name(cast("BinaryIO", file))
    except UnreadableFile as error:
        raise attrs.evolve(error, where=str(path)) from None
    if name not in _ROOTS:
        raise UnknownFormat(f"<{name}>", tuple(f"<{root}>" for root in _ROOTS))
    return _ROOTS[name]
