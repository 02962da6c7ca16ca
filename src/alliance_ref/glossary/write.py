"""Concepts to a file: in whole or not at all, and with a report of what its format could not hold."""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

import attrs

from alliance_ref.errors import UnwritableData
from alliance_ref.exchange.capabilities import losses
from alliance_ref.exchange.formats import Format, find_format, suffix_of
from alliance_ref.records.exports import ExportReport
from alliance_ref.records.glossary import GlossaryConcept


def write_concepts(
    concepts: Sequence[GlossaryConcept],
    path: str | os.PathLike[str],
    format: str | None = None,  # noqa: A002
) -> ExportReport:
    """Write *concepts* to *path* in the format of this name, or else of its suffix.

    The file is written under another name first and takes its own when it is complete.

    Raises:
        UnknownFormat: for another suffix or name.
        UnwritableData: if the format has no way to write what stands in the concepts.
        MissingExtra: if the format needs a package that is not installed.
        OSError: if the file cannot be written.
    """
    chosen = find_format(suffix_of(path), format)
    replace_file(Path(path), _content(concepts, chosen, str(path)))
    terms = sum(len(concept.en) + len(concept.ja) for concept in concepts)
    left_out = losses(concepts, chosen.supported_fields)
    return ExportReport(str(path), chosen.title, len(concepts), terms, left_out)


def _content(concepts: Sequence[GlossaryConcept], chosen: Format, where: str) -> bytes:
    try:
        assert chosen.writer is not None
        written: str | bytes = chosen.writer(concepts)
        return written if isinstance(written, bytes) else written.encode(chosen.encoding)
    except UnwritableData as error:
        raise attrs.evolve(error, where=where) from None
    except UnicodeEncodeError as error:
        text = error.object[max(0, error.start - 20) : error.end]
        raise UnwritableData(where, chosen.title, "surrogate", {"text": text}) from None


def replace_file(path: Path, content: bytes) -> None:
    """Put *content* in the file *path* or leave it as it was."""
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        target.write_bytes(content)  # a device or a pipe has no other name to be written under
        return
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", dir=target.parent)
    except OSError as error:
        error.filename = str(path)  # not the other name, which says nothing to anybody
        raise
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
