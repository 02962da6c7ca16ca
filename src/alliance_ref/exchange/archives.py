"""What the readers of zip archives share: the errors of damaged archives, and the check for bombs."""

import zipfile
import zlib

from alliance_ref.errors import FileProblem
from alliance_ref.exchange import limits

ARCHIVE_ERRORS = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
"""The errors that `zipfile` raises for a damaged archive."""


def ratio_problem(size: int, packed: int) -> FileProblem | None:
    """Return the problem of content that grows from *packed* to *size* bytes when it is unpacked, if any."""
    if size > limits.MIN_RATIO_SIZE and size > limits.MAX_RATIO * packed:
        return FileProblem("compression-ratio", {"packed": packed, "size": size})
    return None
