"""Read the XML parts of a zip archive safely; DOCX and ODT are such archives.

Only the parts that a reader asks for are unpacked, and only if they are of reasonable size. Python unpacks no
more of a part than the table of contents announces. Entities are rejected by `exchange.xml`.
"""

import io
import zipfile
from types import TracebackType
from typing import Self
from xml.etree.ElementTree import Element

from alliance_ref.errors import FileProblem, unreadable
from alliance_ref.exchange import limits
from alliance_ref.exchange.archives import ARCHIVE_ERRORS, ratio_problem
from alliance_ref.exchange.xml.reading import read_tree

_ENCRYPTED = 1  # the bit in the flags of a file in an archive


class Archive:
    """A zip archive of XML parts, as a context manager."""

    def __init__(self, data: bytes, title: str) -> None:
        self.title = title
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except ARCHIVE_ERRORS as error:
            raise unreadable(title, FileProblem("not-an-archive", {"detail": str(error)})) from None
        self._names = {name.lstrip("/").replace("\\", "/"): name for name in self._archive.namelist()}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._archive.close()

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def read(self, name: str) -> bytes:
        """Return the content of a part.

        Raises:
            UnreadableFile: The part is missing, damaged, encrypted or too large.
        """
        if name not in self._names:
            detail = f"{name} is missing"
            raise unreadable(
                self.title, FileProblem("not-a-document", {"kind": self.title, "detail": detail})
            )
        info = self._archive.getinfo(self._names[name])
        if info.flag_bits & _ENCRYPTED:
            raise unreadable(self.title, FileProblem("password"))
        if info.file_size > limits.MAX_DOCUMENT_PART:
            values = {"part": name, "size": info.file_size, "limit": limits.MAX_DOCUMENT_PART}
            raise unreadable(self.title, FileProblem("part-too-large", values))
        if problem := ratio_problem(info.file_size, info.compress_size):
            raise unreadable(self.title, problem)
        try:
            return self._archive.read(info)
        except ARCHIVE_ERRORS as error:
            values = {"kind": self.title, "detail": f"{name}: {error}"}
            raise unreadable(self.title, FileProblem("not-a-document", values)) from None

    def tree(self, name: str) -> Element:
        """Return the root element of a part; see `read`."""
        return read_tree(self.read(name), title=self.title)
