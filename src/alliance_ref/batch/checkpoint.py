"""Checkpoints on disk: they bound the memory of a job, and an interrupted job continues from them.

Between the two passes, the observations of a chunk are in a file, not in memory. The first line of every file
has the name of the input and the digests of the parts. A file that is truncated, damaged or of other input is
therefore detected when it is read, and its chunk runs again. Files are written atomically: under a temporary
name, flushed to disk in a permanent folder, and then renamed.

The name of an input is a chain: the digest of chunk 7 covers chunks 0 to 7. If file 7 is intact but has
another chain, the folder belongs to other input. This is an error, since the caller probably passed the wrong
folder.
"""

import json
import os
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from alliance_ref.batch.serialization import digest
from alliance_ref.errors import CheckpointInUse, CheckpointMismatch, NotACheckpoint, UnfinishedCheckpoint
from alliance_ref.messages import message_text

_FORMAT = 2
"""Version of the checkpoint format."""

_MANIFEST = "manifest.json"
_HEADER_LIMIT = 4096
"""Longest first line of a file, in bytes."""


class WorkFolder:
    """A folder of checkpoints, each under a name; it can be open in one process at a time."""

    def __init__(
        self,
        folder: str | os.PathLike[str] | None,
        options: Mapping[str, str | int],
        *,
        resume: bool = True,
    ) -> None:
        """Open the checkpoints of a job.

        Args:
            folder: The folder, which is created if it does not exist; ``None`` for a temporary folder, which
                is deleted on close.
            options: Values on which the result depends in addition to the input.
            resume: Whether the folder may contain checkpoints already.

        Raises:
            CheckpointMismatch: The folder contains checkpoints of other options.
            UnfinishedCheckpoint: The folder contains checkpoints, and *resume* is false.
            NotACheckpoint: The folder contains files that are not checkpoints.
            CheckpointInUse: Another process has opened the folder.
            OSError: The folder cannot be written.
        """
        self._temporary = None if folder is not None else tempfile.TemporaryDirectory(prefix="alliance_ref-")
        self._lasting = folder is not None
        self.path = Path(self._temporary.name if folder is None else folder)  # type: ignore[union-attr]
        self._lock: IO[bytes] | None = None
        if self._lasting:
            try:
                self._open({"format": _FORMAT, **options}, resume=resume)
            except BaseException:
                self._unlock()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._unlock()
        if self._temporary is not None:
            self._temporary.cleanup()

    @property
    def lasting(self) -> bool:
        """Whether the folder is permanent, so that an interrupted job can continue from it."""
        return self._lasting

    def write(self, name: str, made_from: str, *parts: bytes) -> Path:
        """Write *parts* under *name*, with the name of the input that they were *made_from*."""
        header = {"from": made_from, "parts": [[len(part), digest(part)] for part in parts]}
        path = self.path / name
        self._put(path, json.dumps(header).encode() + b"\n", *parts)
        return path

    def read(self, name: str, made_from: str, part: int) -> bytes | None:
        """Return a part (the first is 0) of the file *name*; ``None`` if it is missing or damaged.

        Raises:
            CheckpointMismatch: The file is intact but was made from other input.
        """
        found = self._header(name)
        if found is None:
            return None
        start, source, sizes = found
        try:
            size, expected = sizes[part]
            skipped = sum(size for size, _ in sizes[:part])
            with (self.path / name).open("rb") as file:
                file.seek(start + skipped)
                content = file.read(size)
        except (OSError, IndexError):
            return None
        if len(content) != size or digest(content) != expected:
            return None
        if source != made_from:
            difference = message_text("the input differs at {name} or before it", name=name)
            raise CheckpointMismatch(str(self.path), difference)
        return content

    def write_plain(self, name: str, content: bytes) -> Path:
        """Write *content* without a header, for workers on this machine in this run."""
        path = self.path / name
        self._put(path, content)
        return path

    def names(self, prefix: str) -> set[str]:
        """Return the names of files that begin with *prefix*."""
        return {path.name for path in self.path.glob(f"{prefix}*") if path.suffix != ".part"}

    def _header(self, name: str) -> tuple[int, str, list[tuple[int, str]]] | None:
        try:
            with (self.path / name).open("rb") as file:
                line = file.readline(_HEADER_LIMIT)
            header = json.loads(line)
            return len(line), str(header["from"]), [(int(size), str(sum_)) for size, sum_ in header["parts"]]
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _put(self, path: Path, *parts: bytes) -> None:
        partial = path.with_name(path.name + ".part")
        with partial.open("wb") as file:
            file.writelines(parts)
            if self._lasting:
                file.flush()
                os.fsync(file.fileno())
        os.replace(partial, path)

    def _unlock(self) -> None:
        if self._lock is not None:
            self._lock.close()

    def _open(self, options: Mapping[str, str | int], *, resume: bool) -> None:
        self.path.mkdir(parents=True, exist_ok=True)
        manifest = self.path / _MANIFEST
        if not manifest.exists() and not {item.name for item in self.path.iterdir()} <= {
            "lock",
            _MANIFEST + ".part",
        }:
            raise NotACheckpoint(str(self.path))
        self._lock = (self.path / "lock").open("ab")
        if not _locked(self._lock):
            raise CheckpointInUse(str(self.path))
        if not manifest.exists():
            self._put(manifest, json.dumps(options, indent=2, sort_keys=True).encode() + b"\n")
            return
        if not resume:
            raise UnfinishedCheckpoint(str(self.path))
        try:
            begun = json.loads(manifest.read_bytes())
        except ValueError:
            begun = None
        if not isinstance(begun, dict):
            raise NotACheckpoint(str(self.path))
        for option in sorted({*options, *begun}):
            if options.get(option) != begun.get(option):
                difference = message_text(
                    "{option} was {before!r}, is {now!r}",
                    option=option,
                    before=begun.get(option),
                    now=options.get(option),
                )
                raise CheckpointMismatch(str(self.path), difference)


def _locked(file: IO[bytes]) -> bool:
    """Lock an open file for this process and return whether it succeeded; the lock ends with the process."""
    if sys.platform == "win32":
        import msvcrt

        with suppress(OSError):
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            return True
        return False
    import fcntl

    with suppress(OSError):
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False
