"""Output files of commands: never an input, written completely or not at all, not of other programs."""

import os
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

from alliance_ref.cli.i18n import _
from alliance_ref.cli.io import UsageError, print_written
from alliance_ref.exchange.formats import GLOSSARY_FORMATS, UNIT_FORMATS, Format, suffix_of
from alliance_ref.records import AlignedUnit, GlossaryConcept, LanguageSection, Segment, Term

_MARK = b"alliance_ref"
_HEAD = 4096  # bytes of an existing file that are compared
_MIN_PREFIX = 4  # characters that all files of a format have in common, if it can be recognized by them
_PAGES = (".html", ".htm", ".svg")


def check_output(path: str, inputs: Iterable[str], *, force: bool) -> None:
    """Report an output file that must not be written.

    An existing file is overwritten only with ``--force``, or if it looks like a file that this library wrote
    in the same format.

    Raises:
        UsageError: if *path* is one of the input files, or a file of another program.
    """
    target = Path(path)
    for name in inputs:
        if name != "-" and target.exists() and Path(name).exists() and target.samefile(name):
            raise UsageError(_("{path} is an input file; name another output file").format(path=path))
    if force or not target.is_file() or target.stat().st_size == 0 or _is_own(target):
        return
    message = _("{path} exists and was not written by alliance-ref; use --force to overwrite it")
    raise UsageError(message.format(path=path))


def write_text(path: str, content: str) -> None:
    """Write a text file completely or not at all, and report it."""
    write_bytes(path, content.encode("utf-8"))


def write_bytes(path: str, content: bytes) -> None:
    """Write a file completely or not at all, and report it."""
    from alliance_ref.glossary.write import replace_file  # loads all of the glossary

    replace_file(Path(path), content)
    print_written(path)


def _is_own(path: Path) -> bool:
    """Return whether a file has the beginning of files that this library writes with the same suffix."""
    head = path.read_bytes()[:_HEAD]
    suffix = suffix_of(path).lower()
    if suffix in _PAGES:
        return _MARK in head
    formats = [item for item in (*GLOSSARY_FORMATS, *UNIT_FORMATS) if item.writer and suffix in item.suffixes]
    return any(_has_form(item, head, path) for item in formats)


def _has_form(item: Format, head: bytes, path: Path) -> bool:
    if not item.encoding:  # an archive
        return _has_members(item, path)
    samples = [_sample(item, number) for number in (1, 2)]
    prefix = os.path.commonprefix(samples)  # noqa: RUF071 (they are texts)
    prefix = prefix[: prefix.rfind("\n") + 1] or prefix  # what follows in the last line depends on the data
    if len(prefix) >= _MIN_PREFIX:
        return head.decode(item.encoding, "replace").startswith(prefix)
    # Lines without a header, such as OmegaT's: as many columns as in ours.
    columns = {line.count("\t") for line in "".join(samples).splitlines()}
    lines = head.decode(item.encoding, "replace").splitlines()
    if len(head) == _HEAD:
        lines.pop()  # it may be cut
    lines = [line for line in lines if not line.startswith("#")]
    return bool(lines) and all(line.count("\t") in columns for line in lines)


def _has_members(item: Format, path: Path) -> bool:
    """Return whether an archive has files of the same kinds as an archive that is written."""
    if not zipfile.is_zipfile(path):
        return False
    suffixes = {"xlsx": (".xml", ".rels"), "stardict": (".ifo",)}.get(item.id, ())
    with zipfile.ZipFile(path) as archive:
        return any(name.endswith(suffixes) for name in archive.namelist())


def _sample(item: Format, number: int) -> str:
    """Return the content of a small file of a format."""
    writer: Callable[..., object] | None = item.writer
    assert writer is not None
    word = "xy"[number - 1] * number
    if item in GLOSSARY_FORMATS:
        sections = (LanguageSection("en", (Term(word, "en"),)), LanguageSection("ja", (Term(word, "ja"),)))
        written = writer([GlossaryConcept(word, *sections)])
    else:
        sides = (Segment(word, "en", 0, number),), (Segment(word, "ja", 0, number),)
        written = writer([AlignedUnit(*sides)], tool_version=str(number))
    assert isinstance(written, str)
    return written
