"""Read glossaries and aligned units from files of any supported format."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import IO, Any

import attrs

from alliance_ref.errors import FileProblem, InputNotFound, InvalidValue, UnknownFormat, UnreadableFile
from alliance_ref.exchange.formats import (
    GLOSSARY_FORMATS,
    UNIT_FORMATS,
    Format,
    find_format,
    known_suffixes,
    suffix_of,
)
from alliance_ref.exchange.limits import check_size
from alliance_ref.glossary.glossary import Glossary
from alliance_ref.records.glossary import GlossaryConcept
from alliance_ref.records.passages import TranslationUnit
from alliance_ref.text.encodings import MAX_SAMPLE, decode_file, detect_encoding

_TABLE_FORMATS = ("csv", "tsv", "xlsx")

FilePath = str | os.PathLike[str]


def read_glossary(
    path: FilePath,
    format: str | None = None,  # noqa: A002
    *,
    columns: Sequence[str] = (),
) -> Glossary:
    """Read a glossary from a file.

    Args:
        path: The file.
        format: The short name of a format, for example ``csv`` (default: the format of the suffix).
        columns: The columns of a CSV, TSV or Excel table without a header, for example ``("en", "ja")``.

    Raises:
        UnknownFormat: if the suffix or the name is unknown, or the format cannot be read.
        UnreadableFile: if the content does not follow the format, or the file is too large; the error lists
            all problems.
        MissingExtra: if the format needs a package that is not installed.
        InputNotFound: if the file does not exist.

    >>> import alliance_ref as ar
    >>> import tempfile, alliance_ref as ar
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     report = ar.reference_glossary().to_file(f"{folder}/terms.csv")
    ...     len(ar.read_glossary(f"{folder}/terms.csv")) == report.concepts
    True
    """
    return Glossary(read_concepts(path, format, columns=columns))


def read_concepts(
    path: FilePath,
    format: str | None = None,  # noqa: A002
    *,
    columns: Sequence[str] = (),
) -> tuple[GlossaryConcept, ...]:
    """Return the concepts of a file as they are, even if two have the same id; see `read_glossary`."""
    path = Path(path)
    chosen = find_format(suffix_of(path), format)
    reader = chosen.reader
    if reader is None:
        raise UnknownFormat(chosen.id, tuple(item.id for item in GLOSSARY_FORMATS if item.reads))
    options: dict[str, object] = {}
    if columns:
        if chosen.id not in _TABLE_FORMATS:
            raise InvalidValue("columns", formats=_TABLE_FORMATS, format=chosen.id)
        options["columns"] = columns
    try:
        concepts: tuple[GlossaryConcept, ...] = reader(_content(path, chosen), **options)
    except UnreadableFile as error:
        raise attrs.evolve(error, where=str(path)) from None
    return concepts


def _content(path: Path, chosen: Format) -> str | bytes:
    with _opened(path) as file:
        check_size(os.fstat(file.fileno()).st_size, title=chosen.title)
        data: bytes = file.read()
    if chosen.bytes_input:
        return data
    return decode_file(data, where=str(path), format_title=chosen.title)


def _opened(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except FileNotFoundError:
        raise InputNotFound(str(path)) from None


def read_units(
    path: FilePath | Iterable[FilePath],
    *,
    format: str | None = None,  # noqa: A002
    skipped: Counter[str] | None = None,
) -> Iterator[TranslationUnit]:
    r"""Yield the aligned units of one or several files or folders.

    Supported are translation memories (TMX), tables with a column for each language (TSV, CSV), gettext PO,
    JSON lines with ``en`` and ``ja``, and Parquet. Files may be of any size. If a file does not name the
    document of a unit, the name of the file is used, and the number of the unit in it.

    Args:
        path: A file, a folder, or several of them. In a folder, all files with a known suffix are read, in
            the order of their names.
        format: The short name of a format, for example ``po`` (default: the format of the suffix).
        skipped: If given, counts the units that are left out by reason: ``fuzzy``, ``gap``, ``empty`` …

    Raises:
        UnknownFormat: if the suffix or the name is unknown.
        InputNotFound: if a file does not exist, or a folder has no file that can be read.
        UnreadableFile: if a file does not follow its format; the units before the problem have been yielded.

    >>> from pathlib import Path
    >>> import alliance_ref as ar
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "a.tsv").write_text("en\tja\nAlliance.\t同盟。\n", encoding="utf-8")
    ...     [(unit.ja, unit.document) for unit in ar.read_units(folder)]
    [('同盟。', 'a.tsv')]
    """
    paths = [path] if isinstance(path, str | os.PathLike) else list(path)
    # All names are checked first: a wrong one must not be an error after hours of reading.
    files = list(chain.from_iterable(_files(Path(given), format) for given in paths))
    return chain.from_iterable(_units(file, chosen, skipped) for file, chosen in files)


def _files(path: Path, name: str | None) -> list[tuple[Path, Format]]:
    if not path.is_dir():
        if not path.exists():
            raise InputNotFound(str(path))
        return [(path, find_format(path.suffix, name, UNIT_FORMATS))]
    known = set(known_suffixes(UNIT_FORMATS))
    if name is not None:
        known = set(find_format("", name, UNIT_FORMATS).suffixes)
    found = sorted(file for file in path.iterdir() if file.suffix.lower() in known and file.is_file())
    if not found:
        raise InputNotFound(f"{path}/*{{{','.join(sorted(known))}}}")
    return [(file, find_format(file.suffix, name, UNIT_FORMATS)) for file in found]


def _units(path: Path, chosen: Format, skipped: Counter[str] | None) -> Iterator[TranslationUnit]:
    try:
        with _lines(path, chosen) as file:
            assert chosen.reader is not None
            yield from chosen.reader(file, where=path.name, skipped=skipped)
    except UnreadableFile as error:
        raise attrs.evolve(error, where=str(path)) from None
    except UnicodeDecodeError as error:
        values = {"byte": error.object[error.start], "offset": error.start, "encoding": error.encoding}
        raise UnreadableFile(str(path), chosen.title, (FileProblem("bad-byte", values),)) from None


def _lines(path: Path, chosen: Format) -> IO[Any]:
    file = _opened(path)
    if chosen.bytes_input:
        return file
    with file:
        sample = file.read(MAX_SAMPLE)
    encoding = detect_encoding(
        sample, where=str(path), format_title=chosen.title, whole=len(sample) < MAX_SAMPLE
    )
    return path.open(encoding=encoding, newline="")
