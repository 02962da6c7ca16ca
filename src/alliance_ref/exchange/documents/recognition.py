"""Recognize the format of a document by its content, and read it.

The content decides, since a suffix may be missing or wrong: a web page saved as ``.txt`` is HTML, and a
password-protected ``.docx`` is not a zip archive. Text formats without a mark of their own are recognized by
their suffix.
"""

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, cast

import attrs

from alliance_ref.errors import FileProblem, InputNotFound, UnreadableFile
from alliance_ref.exchange.formats import Format
from alliance_ref.exchange.limits import MAX_WHOLE, check_size
from alliance_ref.records.files import FileEdition

if TYPE_CHECKING:
    from collections.abc import Callable

DOCUMENT_FORMATS = (Format("text", "plain text", (".txt", ".text"), "documents.plain", "read", ""),)
"""The formats of documents. A reader takes the bytes of a file and its name for errors."""

_BY_ID = {item.id: item for item in DOCUMENT_FORMATS}


def read_file(path: str | PathLike[str]) -> FileEdition:
    """Return the edition of a file.

    Args:
        path: The path of the file.

    Raises:
        InputNotFound: There is no such file.
        UnknownFormat: The file is of a kind that is not read.
        UnreadableFile: The file is damaged, protected by a password, or has no text.
        UnreadableCopy: A text file is empty or not text.
        MissingExtra: The format needs the extra ``documents``.
    """
    file = Path(path)
    data = _content(file)
    return read_content(data, file.name)


def read_content(data: bytes, name: str) -> FileEdition:
    """Return the edition of a file with this content and name; see `read_file`."""
    found = _BY_ID[recognized(data, name)]
    read = cast("Callable[[bytes, str], FileEdition]", found.reader)
    try:
        return read(data, name)
    except UnreadableFile as error:
        raise attrs.evolve(error, where=name) from None


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_WHOLE + 1)
    except FileNotFoundError:
        raise InputNotFound(str(path)) from None
    except (OSError, ValueError) as error:
        detail = getattr(error, "strerror", None) or str(error)
        raise UnreadableFile(str(path), "document", (FileProblem("system", {"detail": detail}),)) from None
    try:
        check_size(len(data), title="document")
    except UnreadableFile as error:
        raise attrs.evolve(error, where=str(path)) from None
    return data


def recognized(data: bytes, name: str) -> str:
    """Return the id of the format of a file.

    Raises:
        UnknownFormat: The suffix belongs to no format, and the content is not text.
        UnreadableFile: The file is of a kind that is not read.
    """
    suffix = Path(name).suffix.lower()
    return next((item.id for item in DOCUMENT_FORMATS if suffix in item.suffixes), "text")
