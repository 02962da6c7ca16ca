"""Recognize the format of a document by its content, and read it.

The content decides, since a suffix may be missing or wrong: a web page saved as ``.txt`` is HTML, and a
password-protected ``.docx`` is not a zip archive. Text formats without a mark of their own are recognized by
their suffix.
"""

import io
import re
import zipfile
import zlib
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, cast

import attrs

from alliance_ref.errors import FileProblem, InputNotFound, UnknownFormat, UnreadableFile
from alliance_ref.exchange.formats import Format, known_suffixes
from alliance_ref.exchange.limits import MAX_WHOLE, check_size
from alliance_ref.records.files import FileEdition

if TYPE_CHECKING:
    from collections.abc import Callable

DOCUMENT_FORMATS = (
    Format("text", "plain text", (".txt", ".text"), "documents.plain", "read", ""),
    Format("markdown", "Markdown", (".md", ".markdown"), "documents.markdown", "read", ""),
    Format("html", "HTML", (".html", ".htm", ".xhtml"), "documents.html", "read", ""),
    Format("docx", "Word document", (".docx", ".docm", ".dotx"), "documents.docx", "read", ""),
    Format("odt", "OpenDocument text", (".odt", ".ott"), "documents.odt", "read", ""),
    Format("pdf", "PDF", (".pdf",), "documents.pdf", "read", ""),
    Format("srt", "SubRip subtitles", (".srt",), "documents.subtitles", "read_srt", ""),
    Format("vtt", "WebVTT subtitles", (".vtt",), "documents.subtitles", "read_vtt", ""),
)
"""The formats of documents. A reader takes the bytes of a file and its name for errors."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_PDF = re.compile(rb"%PDF-\d")
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_OTHER_KINDS = frozenset(
    ".doc .rtf .xls .xlsx .ppt .pptx .epub .csv .tsv .tmx .xlf .xliff .po .json .xml .tex .zip .png"
    " .jpg".split()
)
"""Suffixes of files whose content may be text, but not the text of a document."""

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
        edition = read(data, name)
    except UnreadableFile as error:
        raise attrs.evolve(error, where=name) from None
    if not edition.blocks:
        raise UnreadableFile(name, found.title, (FileProblem("no-text"),))
    return edition


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
        UnknownFormat: The file is of a kind that is not read.
        UnreadableFile: The file is of an old kind, or protected by a password.
    """
    suffix = Path(name).suffix.lower()
    by_suffix = next((item.id for item in DOCUMENT_FORMATS if suffix in item.suffixes), None)
    if data.startswith(_OLE):
        raise UnreadableFile(name, "Word document", (FileProblem(_ole_reason(data)),))
    if data.lstrip()[:5] == b"{\\rtf":
        raise UnreadableFile(name, "Word document", (FileProblem("rtf"),))
    if data.startswith(_ZIP):
        found = _of_archive(data)
        if found is None:
            raise UnknownFormat(suffix or "zip", known_suffixes(DOCUMENT_FORMATS))
        return found
    if _PDF.search(data[:1024]):
        return "pdf"
    if data.lstrip(b"\xef\xbb\xbf").startswith(b"WEBVTT"):
        return "vtt"
    if by_suffix in ("docx", "odt", "pdf"):
        values = {"kind": _BY_ID[by_suffix].title, "detail": _describe(data)}
        raise UnreadableFile(name, _BY_ID[by_suffix].title, (FileProblem("not-a-document", values),))
    if by_suffix in ("text", None) and _HTML.match(data[:4096].replace(b"\0", b"")):
        return "html"
    if by_suffix is None and suffix in _OTHER_KINDS:
        raise UnknownFormat(suffix, known_suffixes(DOCUMENT_FORMATS))
    return by_suffix or "text"


def _ole_reason(data: bytes) -> str:
    """Return why a file of the older container format of Microsoft is not read."""
    is_encrypted = "EncryptedPackage".encode("utf-16-le") in data
    return "password" if is_encrypted else "old-word"


def _of_archive(data: bytes) -> str | None:
    """Return the format of a zip archive, or ``None`` if it is another kind of file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = frozenset(name.lstrip("/").replace("\\", "/") for name in archive.namelist())
            kind = archive.read("mimetype")[:100] if archive.NameToInfo.get("mimetype") else b""
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError):
        return "docx"  # its reader reports what is damaged
    if kind.startswith(b"application/vnd.oasis.opendocument.text"):
        return "odt"
    is_word = any(name.startswith("word/") and name.endswith(".xml") for name in names)
    return "docx" if is_word else None


def _describe(data: bytes) -> str:
    return "the file is empty" if not data else f"it begins with {data[:8]!r}"
