"""Write concepts to a file, completely or not at all, and report what the format cannot hold."""

import os
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path

import attrs

from alliance_ref.errors import InvalidValue, UnwritableData
from alliance_ref.exchange.capabilities import losses
from alliance_ref.exchange.formats import Format, find_format, suffix_of
from alliance_ref.exchange.usable_terms import count_unusable
from alliance_ref.records.exports import ExportReport, Loss
from alliance_ref.records.glossary import GlossaryConcept, RejectedPair

_MAX_NAME = 100
"""Maximum number of characters of the file name that are repeated in the name of the temporary file."""

_CONTEXT = 20
"""Number of characters before an unwritable character that the error quotes."""


def write_concepts(
    concepts: Sequence[GlossaryConcept],
    path: str | os.PathLike[str],
    format: str | None = None,  # noqa: A002
    *,
    rejected: Sequence[RejectedPair] = (),
    ja_first: bool = False,
) -> ExportReport:
    """Write *concepts* to *path* in the format with this name (default: the format of the suffix).

    The file is written under a temporary name and renamed when it is complete.

    Raises:
        UnknownFormat: if the suffix or the name is unknown.
        UnwritableData: if the format cannot represent the concepts.
        MissingExtra: if the format needs a package that is not installed.
        OSError: if the file cannot be written.
    """
    chosen = find_format(suffix_of(path), format)
    options: dict[str, object] = {"rejected": rejected} if "rejected" in chosen.options else {}
    if ja_first:
        if "ja_first" not in chosen.options:
            raise InvalidValue("ja-first", format=chosen.title)
        options["ja_first"] = True
    replace_file(Path(path), _content(concepts, chosen, str(path), options))
    terms = sum(len(concept.terms) for concept in concepts)
    left_out = losses(concepts, chosen.supported_fields)
    if rejected and "rejected" not in options:
        left_out += (Loss("rejected pair", len(rejected)),)
    unusable = count_unusable(concepts)
    marked = unusable if "status" in chosen.supported_fields else 0
    return ExportReport(
        str(path), chosen.title, len(concepts), terms, left_out, marked, omitted=unusable - marked
    )


def _content(
    concepts: Sequence[GlossaryConcept], chosen: Format, where: str, options: Mapping[str, object]
) -> bytes:
    try:
        assert chosen.writer is not None
        written: str | bytes = chosen.writer(concepts, **options)
        return written if isinstance(written, bytes) else written.encode(chosen.encoding)
    except UnwritableData as error:
        raise attrs.evolve(error, where=where) from None
    except UnicodeEncodeError as error:
        context = error.object[max(0, error.start - _CONTEXT) : error.end]
        raise UnwritableData(where, chosen.title, "surrogate", {"text": context}) from None


def replace_file(path: Path, content: bytes) -> None:
    """Replace the content of the file *path*, or leave the file unchanged if an error occurs."""
    if path.exists() and not path.is_file():
        path.write_bytes(content)  # a device or a pipe cannot be replaced
        return
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".{target.name[:_MAX_NAME]}.{secrets.token_hex(8)}")
    try:
        # The kernel applies the umask of the process, as it does for any new file.
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    except OSError as error:
        error.filename = str(path)  # the name of the temporary file would confuse the user
        raise
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        if target.exists():
            temporary.chmod(target.stat().st_mode & 0o7777)
        temporary.replace(target)
    except OSError as error:
        error.filename = str(path)  # of a full disk, the system does not name the file
        temporary.unlink(missing_ok=True)
        raise
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
