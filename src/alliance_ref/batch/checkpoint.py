"""What a build has done so far, on disk: so that memory stays flat, and work that stops can go on.

Between the two passes over the units their analyses lie here, a file a chunk, not in memory. Every file
says in its first line which input it was made from and what its parts' digests are. So a file that was
cut short, damaged or made from something else is noticed when it is read, and its chunk is done again.
Files come into being whole: written beside, flushed to the disk in a folder that is to outlast the
process, and put in their place by one step that cannot be seen half done.

The name of an input is a chain: the digest of chunk 7 covers chunks 0 to 7. A folder whose file 7 is sound
but names another chain belongs to other input, and that is an error rather than wasted work: the caller
most likely gave the wrong folder.
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
_MANIFEST = "manifest.json"
_HEADER_LIMIT = 4096


class WorkFolder:
    """A folder of finished parts, each under a name; open in one process at a time."""

    def __init__(
        self,
        folder: str | os.PathLike[str] | None,
        options: Mapping[str, str | int],
        *,
        resume: bool = True,
    ) -> None:
        """The work done with *options* in *folder*, or in a temporary one that goes when this is closed.

        Args:
            folder: Made if it is not there.
            options: Whatever else the result depends on, beside the input.
            resume: Whether the folder may hold work already.

        Raises:
            CheckpointMismatch: The folder holds work done with other options.
            UnfinishedCheckpoint: It holds work that was not to be resumed.
            NotACheckpoint: The folder holds something, but no work.
            CheckpointInUse: Another process is working in it.
            OSError: if it cannot be written.
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
        """Whether it is there to go on from when the work stops."""
        return self._lasting

    def write(self, name: str, made_from: str, *parts: bytes) -> Path:
        """Put *parts* in the folder under *name*, with the name of what they were *made_from*."""
        header = {"from": made_from, "parts": [[len(part), digest(part)] for part in parts]}
        path = self.path / name
        self._put(path, json.dumps(header).encode() + b"\n", *parts)
        return path

    def read(self, name: str, made_from: str, part: int) -> bytes | None:
        """One part, the first is 0, of what stands under *name*; ``None`` if that is not there or not sound.

        Raises:
            CheckpointMismatch: It is sound, but was made from something else.
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
        """Put *content* in the folder as it is, for workers on this machine to read during this run."""
        path = self.path / name
        self._put(path, content)
        return path

    def names(self, prefix: str) -> set[str]:
        """The names that begin with *prefix*."""
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
        beside = path.with_name(path.name + ".part")
        with beside.open("wb") as file:
            file.writelines(parts)
            if self._lasting:
                file.flush()
                os.fsync(file.fileno())
        os.replace(beside, path)

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
    """Lock an open file for this process; the system lets go of it whenever the process ends."""
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
