"""The formats of aligned units: which reads a translation memory, which writes an alignment.

A format's module is imported when it is first used. Its reader takes an open file (text or bytes, as `binary`
says), what to call it, and a counter for what it leaves out; its writer takes the units of an alignment.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import IO, Any, cast

import attrs

from alliance_ref.errors import UnknownFormat
from alliance_ref.records.bitexts import TranslationUnit
from alliance_ref.records.passages import AlignedUnit


@attrs.frozen
class UnitFormat:
    """A format: its short name, what people call it, the suffixes it goes by, and where its code is.

    `reads` and `writes` name a function as ``module:function`` in ``alliance_ref.exchange``; empty where
    there is none.
    """

    id: str
    title: str
    suffixes: tuple[str, ...]
    reads: str = ""
    writes: str = ""
    binary: bool = False

    def read(
        self, file: IO[Any], *, where: str, skipped: Counter[str] | None = None
    ) -> Iterator[TranslationUnit]:
        """The units in *file*, one after the other."""
        return cast("Iterator[TranslationUnit]", _function(self.reads)(file, where=where, skipped=skipped))

    def write(self, units: Iterable[AlignedUnit], *, tool_version: str = "1") -> str:
        """The *units* in the format, which may say by which version of the library they were written."""
        options = {"tool_version": tool_version} if self.id == "tmx" else {}
        return cast("str", _function(self.writes)(units, **options))


def _function(name: str) -> Callable[..., object]:
    module, _, function = name.partition(":")
    return cast("Callable[..., object]", getattr(import_module(f"alliance_ref.exchange.{module}"), function))


UNIT_FORMATS = (
    UnitFormat("csv", "CSV", (".csv",), "bitexts.tables:read_csv_units"),
    UnitFormat("jsonl", "JSON lines", (".jsonl", ".ndjson"), "bitexts.tables:read_json_lines"),
    UnitFormat("parquet", "Parquet", (".parquet",), "bitexts.parquet:read_opened", binary=True),
    UnitFormat("po", "gettext PO", (".po",), "bitexts.po:read_units"),
    UnitFormat(
        "tmx", "TMX 1.4b", (".tmx",), "bitexts.tmx:read_opened", "bitexts.tmx:dumps_units", binary=True
    ),
    UnitFormat("tsv", "TSV", (".tsv",), "bitexts.tables:read_tsv_units", "bitexts:dumps_tsv"),
)
"""Every format, by short name."""


def find_unit_format(suffix: str, name: str | None = None) -> UnitFormat:
    """The format of this *name*, or else of this *suffix*.

    Raises:
        UnknownFormat: if there is none.
    """
    known = [item for item in UNIT_FORMATS if (item.id == name if name else suffix.lower() in item.suffixes)]
    if not known:
        names = [item.id for item in UNIT_FORMATS] if name else [s for i in UNIT_FORMATS for s in i.suffixes]
        raise UnknownFormat(name or suffix, tuple(names))
    return known[0]
