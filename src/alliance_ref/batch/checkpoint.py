"""The checkpoint of a job: one SQLite file with the results of its chunks.

The results are on disk, not in memory, so they bound the memory of a job, and an interrupted job continues
from them. Each result is a row with its digest and the name of the input that it was made from, so a damaged
result is detected and its chunk runs again. Results are written in transactions; SQLite restores the file
after a crash.

The name of an input is a chain: the digest of chunk 7 covers chunks 0 to 7. If result 7 is intact but has
another chain, the checkpoint belongs to other input. This is an error, since the caller probably passed the
wrong file.

A checkpoint may come from another party. Therefore the file must be a regular file, not a symbolic link;
it must have exactly the tables that this module creates, so it has no triggers; and its rows have a maximum
size.
"""

import errno
import json
import os
import sqlite3
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from alliance_ref.batch.serialization import MAX_RESULT_BYTES, digest
from alliance_ref.errors import (
    CheckpointInUse,
    CheckpointMismatch,
    DamagedCheckpoint,
    NotACheckpoint,
    UnfinishedCheckpoint,
)
from alliance_ref.messages import message_text

_FORMAT = 3
"""Version of the checkpoint format."""

_TABLES = (
    "CREATE TABLE options (content TEXT NOT NULL)",
    "CREATE TABLE results (stage TEXT NOT NULL, chunk INTEGER NOT NULL, source TEXT NOT NULL,"
    " digest TEXT NOT NULL, content BLOB NOT NULL, PRIMARY KEY (stage, chunk)) WITHOUT ROWID",
)
_MAX_OPTIONS = 100_000
"""Maximum length of the options, in characters."""

_ERROR_NUMBERS = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_IOERR: errno.EIO,
    sqlite3.SQLITE_READONLY: errno.EACCES,
    sqlite3.SQLITE_PERM: errno.EACCES,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_NOMEM: errno.ENOMEM,
}
"""Operating system errors that SQLite reports with codes of its own."""


class Checkpoint:
    """A file of chunk results; it can be open once at a time."""

    def __init__(
        self,
        path: str | os.PathLike[str],
        options: Mapping[str, str | int],
        *,
        resume: bool = True,
        temporary: bool = False,
    ) -> None:
        """Open the checkpoint of a job; create the file if it does not exist.

        Args:
            path: The file.
            options: Values on which the results depend in addition to the input.
            resume: Whether the file may contain results already.
            temporary: Whether to write without waiting for the disk, since the file is deleted afterward.

        Raises:
            CheckpointMismatch: The file contains results of other options.
            UnfinishedCheckpoint: The file contains results, and *resume* is false.
            NotACheckpoint: The file is not a checkpoint.
            CheckpointInUse: The file is open, in this process or in another one.
            DamagedCheckpoint: The file is damaged.
            OSError: The file cannot be written.
        """
        self.path = os.fspath(path)
        self.temporary = temporary
        created = _create_or_check(self.path)
        with self._errors():
            uri = f"{Path(self.path).absolute().as_uri()}?mode=rw"
            self._db = sqlite3.connect(uri, uri=True, timeout=0, isolation_level=None)
        try:
            self._begin({"format": _FORMAT, **options}, created, resume=resume)
        except BaseException:
            self._db.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()

    def write(self, chunk: int, source: str, results: Mapping[str, bytes]) -> None:
        """Write the results of the stages for a *chunk*, made from the input named *source*."""
        with self._transaction():
            for stage, content in results.items():
                values = stage, chunk, source, digest(content), content
                self._db.execute("INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?)", values)

    def read(self, stage: str, chunk: int, source: str) -> bytes | None:
        """Return the result of a *stage* for a *chunk*; ``None`` if it is missing or damaged.

        Raises:
            CheckpointMismatch: The result is intact but was made from other input.
        """
        query = "SELECT source, digest, content FROM results WHERE stage = ? AND chunk = ?"
        with self._errors():
            row = self._db.execute(query, (stage, chunk)).fetchone()
        if row is None or not isinstance(row[2], bytes) or digest(row[2]) != row[1]:
            return None
        if row[0] != source:
            difference = message_text("the input differs at chunk {chunk} or before it", chunk=chunk)
            raise CheckpointMismatch(self.path, difference)
        return row[2]

    def check_end(self, stage: str, chunks: int) -> None:
        """Raise `CheckpointMismatch` if there is a result for a chunk after the first *chunks*."""
        query = "SELECT min(chunk) FROM results WHERE stage = ? AND chunk >= ?"
        with self._errors():
            (extra,) = self._db.execute(query, (stage, chunks)).fetchone()
        if extra is not None:
            difference = message_text("the input ends before chunk {chunk}", chunk=extra)
            raise CheckpointMismatch(self.path, difference)

    def _begin(self, options: Mapping[str, str | int], created: os.stat_result, *, resume: bool) -> None:
        """Lock the file, and compare its options with *options*, or store them."""
        execute = self._db.execute
        self._db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_RESULT_BYTES)
        with self._errors():
            execute("PRAGMA trusted_schema = OFF")
            execute("PRAGMA locking_mode = EXCLUSIVE")
            if self.temporary:
                execute("PRAGMA synchronous = OFF")
                execute("PRAGMA journal_mode = OFF")
            with self._transaction():
                found = os.lstat(self.path)
                tables = execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL LIMIT 9").fetchall()
                if not os.path.samestat(found, created) or (found.st_size and not tables):
                    raise NotACheckpoint(self.path)
                if not tables:
                    for table in _TABLES:
                        execute(table)
                    execute("INSERT INTO options VALUES (?)", (json.dumps(options),))
                    return
                if sorted(sql for (sql,) in tables) != sorted(_TABLES):
                    raise NotACheckpoint(self.path)
                query = "SELECT substr(content, 1, ?) FROM options LIMIT 1"
                (content,) = execute(query, (_MAX_OPTIONS,)).fetchone() or ("",)
        if not resume:
            raise UnfinishedCheckpoint(self.path)
        self._compare(options, content)

    def _compare(self, options: Mapping[str, str | int], content: object) -> None:
        """Raise an error if the stored options differ from *options*."""
        begun = None
        with suppress(ValueError, TypeError, RecursionError):
            begun = json.loads(content)  # type: ignore[arg-type]  # checked here
        if not isinstance(begun, dict):
            raise NotACheckpoint(self.path)
        for option in sorted({*options, *begun}):
            if options.get(option) != begun.get(option):
                difference = message_text(
                    "{option} was {before!r}, is {now!r}",
                    option=option,
                    before=begun.get(option),
                    now=options.get(option),
                )
                raise CheckpointMismatch(self.path, difference)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._errors():
            self._db.execute("BEGIN EXCLUSIVE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Raise errors of SQLite as errors of this library or of the operating system."""
        try:
            yield
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise CheckpointInUse(self.path) from None
            if code == sqlite3.SQLITE_NOTADB:
                raise NotACheckpoint(self.path) from None
            if code in _ERROR_NUMBERS:
                number = _ERROR_NUMBERS[code]
                raise OSError(number, os.strerror(number), self.path) from error
            raise DamagedCheckpoint(self.path) from error


def _create_or_check(path: str) -> os.stat_result:
    """Create an empty file for a checkpoint, or check the existing one; never follow a symbolic link.

    An existing file is not opened here: closing it would release the lock of a checkpoint that is open in
    this process.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0)
    with suppress(FileExistsError):
        os.close(os.open(path, flags, 0o600))
    found = os.lstat(path)
    if not stat.S_ISREG(found.st_mode):
        raise NotACheckpoint(path)
    return found
