"""Is a zip archive safe to unpack? Asked of its table of contents, before anything is unpacked.

Python unpacks no more of a file than the table of contents says it has, so the sizes there can be relied on:
an archive that lies about them ends in an error, not in a full memory.
"""

import io
import zipfile
import zlib

from alliance_ref.errors import UnreadableFile

MOST_UNPACKED = 200_000_000
"""The most bytes that the files of an archive may have together."""

MOST_FILES = 1_000
HIGHEST_RATIO = 200
"""How many times as large as the archive its files may be; text that repeats itself comes to about 30."""

_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
)
_SMALL = 10_000_000
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")


def check_archive(data: bytes, *, where: str = "<bytes>", title: str) -> None:
    """Raise :class:`UnreadableFile` if *data* is no zip archive, or one that is not to be unpacked.

    Its XML files must not have a document type, which a spreadsheet never has and which is how XML is made to
    grow without end.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            problem = _problem(archive, len(data))
    except _BROKEN as error:
        problem = f"is no sound zip archive: {error}"
    if problem:
        raise UnreadableFile(where, title, (("", problem),))


def _problem(archive: zipfile.ZipFile, packed: int) -> str:
    files = archive.infolist()
    unpacked = sum(file.file_size for file in files)
    if len(files) > MOST_FILES:
        return f"holds {len(files):,} files, at most {MOST_FILES:,} are read"
    if unpacked > MOST_UNPACKED:
        return f"would unpack to {unpacked:,} bytes, at most {MOST_UNPACKED:,} are read"
    if unpacked > _SMALL and unpacked > HIGHEST_RATIO * packed:
        return f"would grow from {packed:,} to {unpacked:,} bytes when unpacked, as no table of terms does"
    for file in files:
        if file.filename.endswith((".xml", ".rels")):
            with archive.open(file) as part:
                head = part.read(4096).replace(b"\0", b"")
            if any(declaration in head for declaration in _DECLARATIONS):
                return f"{file.filename} has a document type, which is refused"
    return ""
