"""Read glossaries and aligned units from files of any supported format."""

import os
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import IO, Any, get_args

import attrs

from alliance_ref.arguments import check_choice
from alliance_ref.errors import (
    DuplicateConcept,
    FileProblem,
    InputNotFound,
    InvalidValue,
    PartlyRead,
    UnknownFormat,
    UnreadableFile,
)
from alliance_ref.exchange.bitexts.states import State
from alliance_ref.exchange.formats import (
    GLOSSARY_FORMATS,
    UNIT_FORMATS,
    XML_SUFFIXES,
    Format,
    find_format,
    glossary_format_of_xml,
    known_suffixes,
    suffix_of,
)
from alliance_ref.exchange.limits import check_size
from alliance_ref.glossary.glossary import Glossary
from alliance_ref.records.glossary import GlossaryConcept, RejectedPair
from alliance_ref.records.passages import TranslationUnit
from alliance_ref.text.encodings import MAX_SAMPLE, decode_file, detect_encoding

FilePath = str | os.PathLike[str]


def read_glossary(
    path: FilePath,
    format: str | None = None,  # noqa: A002
    *,
    columns: Sequence[str] = (),
    notices: list[FileProblem] | None = None,
) -> Glossary:
    r"""Read a glossary from a file.

    What a file contains beyond what is read, for example an unknown status or a damaged line, is reported as
    a `PartlyRead` warning, or in *notices* if you pass a list.

    Args:
        path: The file.
        format: The short name of a format, for example ``csv`` (default: the format of the suffix; the first
            element decides for ``.xml``).
        columns: The columns of a CSV, TSV or Excel table without a header, for example ``("en", "ja")``.
        notices: Receives what was left out or read differently than written; there is no warning then.

    Raises:
        UnknownFormat: if the suffix or the name is unknown, or the format cannot be read.
        UnreadableFile: if the content does not follow the format, or the file is too large; the error lists
            all problems.
        MissingExtra: if the format needs a package that is not installed.
        InputNotFound: if the file does not exist.

    >>> import alliance_ref as ar
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "terms.csv")
    ...     _ = path.write_text("English (US),日本語訳,ja_Status\nbase,基地,green\n", encoding="utf-8")
    ...     notices = []
    ...     glossary = ar.read_glossary(path, notices=notices)
    >>> glossary.concepts[0].ja[0].status, str(notices[0])
    ('admitted', "row 2: the status 'green' is not known; the term is read as admitted")
    """
    rejected: list[RejectedPair] = []
    concepts = read_concepts(path, format, columns=columns, notices=notices, rejected=rejected)
    try:
        return Glossary(concepts, rejected)
    except DuplicateConcept as error:
        raise attrs.evolve(error, where=str(path)) from None


def read_concepts(
    path: FilePath,
    format: str | None = None,  # noqa: A002
    *,
    columns: Sequence[str] = (),
    notices: list[FileProblem] | None = None,
    rejected: list[RejectedPair] | None = None,
) -> tuple[GlossaryConcept, ...]:
    """Return the concepts of a file as they are, even if two have the same id; see `read_glossary`.

    The pairs that a person rejected are added to *rejected*, if given.
    """
    path = Path(path)
    chosen = glossary_format(path, format)
    reader = chosen.reader
    if reader is None:
        raise UnknownFormat(chosen.id, tuple(item.id for item in GLOSSARY_FORMATS if item.reads))
    found: list[FileProblem] = []
    options = _options(chosen, GLOSSARY_FORMATS, columns=tuple(columns), notices=found, rejected=rejected)
    try:
        concepts: tuple[GlossaryConcept, ...] = reader(file_content(path, chosen), **options)
    except UnreadableFile as error:
        raise attrs.evolve(error, where=str(path)) from None
    report_notices(found, notices, path, chosen)
    return concepts


def glossary_format(path: Path, name: str | None) -> Format:
    """Return the format with this name, else that of the suffix, else that of the content if it is XML.

    Raises:
        UnknownFormat: if the name, the suffix or the first element belongs to no format.
    """
    suffix = suffix_of(path)
    if name is None and suffix.lower() in XML_SUFFIXES:
        with _opened(path) as file:
            name = glossary_format_of_xml(file, path)
    return find_format(suffix, name)


def _options(chosen: Format, formats: Sequence[Format], **options: object) -> dict[str, object]:
    """Return the options that the reader of a format accepts.

    Raises:
        InvalidValue: An option is given that the format does not accept.
    """
    if options["columns"] and "columns" not in chosen.options:
        accepting = tuple(item.id for item in formats if "columns" in item.options)
        raise InvalidValue("columns", formats=accepting, format=chosen.id)
    return {name: value for name, value in options.items() if name in chosen.options}


def report_notices(
    found: list[FileProblem], notices: list[FileProblem] | None, path: Path, chosen: Format, level: int = 4
) -> None:
    """Add the notices of a file to the list of the caller, or issue them as a warning."""
    if notices is not None:
        notices += found
    elif found:
        warnings.warn(PartlyRead(str(path), chosen.title, tuple(found)), stacklevel=level)


def file_content(path: Path, chosen: Format) -> str | bytes:
    """Return the content of a file as its reader takes it: text, or bytes for formats of bytes."""
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
    columns: Sequence[str] = (),
    min_state: State = "translated",
    skipped: Counter[str] | None = None,
    notices: list[FileProblem] | None = None,
) -> Iterator[TranslationUnit]:
    r"""Yield the aligned units of one or several files or folders.

    Supported are translation memories (TMX), files of translation editors (XLIFF, SDLXLIFF, MQXLIFF, MXLIFF),
    tables with a column for each language (TSV, CSV, Excel), gettext PO, Qt TS, JSON lines with ``en`` and
    ``ja``, and Parquet. TMX, tables and JSON lines may be of any size. If a file does not name the document
    of a unit, the name of the file is used, and the number of the unit in it.

    Args:
        path: A file, a folder, or several of them. In a folder, all files with a known suffix except ``.txt``
            are read, in the order of their names.
        format: The short name of a format, for example ``po`` (default: the format of the suffix).
        columns: The columns of a table without a header, for example ``("en", "ja")``.
        min_state: The least state of a unit: ``initial``, ``translated``, ``reviewed`` or ``final``, as in
            XLIFF 2. Units in an earlier state are left out; a unit without a state counts as translated.
        skipped: If given, counts the units that are left out by reason: ``fuzzy``, ``gap``, ``empty`` …
        notices: Receives what was read differently than written; otherwise there is a `PartlyRead` warning.

    Raises:
        UnknownFormat: if the suffix or the name is unknown.
        InputNotFound: if a file does not exist, or a folder has no file that can be read.
        UnreadableFile: if the file does not follow its format, or is in other languages; the units before
            the problem have been yielded. One of several files is left out instead, and reported.

    >>> from pathlib import Path
    >>> import alliance_ref as ar
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "a.tsv").write_text("en\tja\nAlliance.\t同盟。\n", encoding="utf-8")
    ...     [(unit.ja, unit.document) for unit in ar.read_units(folder)]
    [('同盟。', 'a.tsv')]
    """
    check_choice(min_state, "min_state", get_args(State))
    paths = [path] if isinstance(path, str | os.PathLike) else list(path)
    # All names are checked first: a wrong one must not be an error after hours of reading.
    files = list(chain.from_iterable(_files(Path(given), format) for given in paths))
    options = [
        _options(chosen, UNIT_FORMATS, columns=tuple(columns), min_state=min_state, notices=[])
        for _, chosen in files
    ]
    sources = [(*file, option) for file, option in zip(files, options, strict=True)]
    return _all_units(sources, skipped, notices)


def _all_units(
    sources: Sequence[tuple[Path, Format, dict[str, object]]],
    skipped: Counter[str] | None,
    notices: list[FileProblem] | None,
) -> Iterator[TranslationUnit]:
    """Yield the units of all files; one of several that cannot be read is left out and reported."""
    unreadable: list[UnreadableFile] = []
    for path, chosen, options in sources:
        try:
            yield from _units(path, chosen, skipped, notices, options)
        except UnreadableFile as error:
            unreadable.append(error)
            if len(unreadable) == len(sources):
                raise
            problem = FileProblem("unreadable-file", {"problem": error.problems[0].message()}, path=str(path))
            report_notices([problem], notices, path, chosen, 2)
            if skipped is not None:
                skipped["unreadable file"] += 1


def _files(path: Path, name: str | None) -> list[tuple[Path, Format]]:
    if not path.is_dir():
        if not path.exists():
            raise InputNotFound(str(path))
        return [(path, find_format(suffix_of(path, UNIT_FORMATS), name, UNIT_FORMATS))]
    known = set(known_suffixes(UNIT_FORMATS)) - {".txt"}
    if name is not None:
        known = set(find_format("", name, UNIT_FORMATS).suffixes)
    found = sorted(file for file in path.iterdir() if file.suffix.lower() in known and file.is_file())
    if not found:
        raise InputNotFound(f"{path}/*{{{','.join(sorted(known))}}}")
    return [(file, find_format(file.suffix, name, UNIT_FORMATS)) for file in found]


def _units(
    path: Path,
    chosen: Format,
    skipped: Counter[str] | None,
    notices: list[FileProblem] | None,
    options: dict[str, object],
) -> Iterator[TranslationUnit]:
    found: list[FileProblem] = []
    if "notices" in options:
        options = {**options, "notices": found}
    try:
        with _lines(path, chosen) as file:
            assert chosen.reader is not None
            yield from chosen.reader(file, where=path.name, skipped=skipped, **options)
    except UnreadableFile as error:
        raise attrs.evolve(error, where=str(path)) from None
    except UnicodeDecodeError as error:
        values = {"byte": error.object[error.start], "offset": error.start, "encoding": error.encoding}
        raise UnreadableFile(str(path), chosen.title, (FileProblem("bad-byte", values),)) from None
    report_notices(found, notices, path, chosen, 2)


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
