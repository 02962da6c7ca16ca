"""The SQLite file of a corpus: its tables, how it is opened, checked and migrated.

The units of a document have consecutive numbers. Each word of a text is stored as one character, its *code*
in the table ``words``; a text of 25 words is a string of 25 characters. The full-text index has four columns:

    ja_char  the characters of the key of the Japanese text
    ja       the numbers of the lemmas of the Japanese words
    en       the numbers of the forms of the English words
    entry    the numbers of the entries that are mentioned

The index is FTS5 without a copy of its columns (``content=''``): they follow from the stored words and keys,
which also serve to delete a text from the index, in versions of SQLite without contentless delete.

A file may come from another person. It is opened with ``trusted_schema`` off and limits on sizes, its schema
must be the schema below, to the letter, and nothing in it is ever executed or used as a path.
"""

import os
import sqlite3
import time
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

from alliance_ref.errors import UnusableCorpus

CORPUS_SCHEMA = 1
"""Version of the tables; it changes when an older version of the library cannot read the file."""

APPLICATION_ID = 0x616C6C79  # "ally"

MAX_TEXT = 50_000_000
"""Maximum size of one value in a file, in bytes."""

_BUSY = 30.0
"""Seconds to wait for another program that writes to the same file."""

OLDEST_SQLITE = (3, 40, 0)

SCHEMA = """
CREATE TABLE info (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  record BLOB NOT NULL,
  title_en TEXT NOT NULL,
  title_ja TEXT NOT NULL,
  issued TEXT,
  first_day TEXT,
  last_day TEXT,
  type TEXT NOT NULL,
  source TEXT NOT NULL,
  fields TEXT NOT NULL,
  file TEXT NOT NULL,
  checksum TEXT NOT NULL,
  first_unit INTEGER NOT NULL,
  units INTEGER NOT NULL,
  en_words INTEGER NOT NULL,
  ja_words INTEGER NOT NULL
);
CREATE INDEX documents_file ON documents (file);
CREATE TABLE units (
  number INTEGER PRIMARY KEY,
  document INTEGER NOT NULL,
  passage INTEGER NOT NULL,
  place INTEGER NOT NULL,
  en TEXT NOT NULL,
  ja TEXT NOT NULL,
  ja_key TEXT,
  sides TEXT NOT NULL,
  en_words TEXT NOT NULL,
  ja_words TEXT NOT NULL,
  mentions TEXT NOT NULL
);
CREATE TABLE classes (
  number INTEGER PRIMARY KEY,
  lang TEXT NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  UNIQUE (lang, kind, text)
);
CREATE TABLE words (
  lang TEXT NOT NULL,
  code INTEGER NOT NULL,
  form TEXT NOT NULL,
  lemma INTEGER NOT NULL,
  form_class INTEGER NOT NULL,
  reading TEXT NOT NULL,
  romaji TEXT NOT NULL,
  okurigana TEXT NOT NULL,
  pos TEXT NOT NULL,
  PRIMARY KEY (lang, code)
) WITHOUT ROWID;
CREATE INDEX words_lemma ON words (lemma);
CREATE INDEX words_form ON words (form_class);
CREATE INDEX words_reading ON words (reading);
CREATE INDEX words_romaji ON words (romaji);
CREATE INDEX words_okurigana ON words (okurigana);
CREATE TABLE corrections (
  document TEXT NOT NULL,
  en_before TEXT NOT NULL,
  ja_before TEXT NOT NULL,
  occurrence INTEGER NOT NULL,
  en TEXT NOT NULL,
  ja TEXT NOT NULL,
  PRIMARY KEY (document, en_before, ja_before, occurrence)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE search USING fts5(
  ja_char, ja, en, entry, content='', columnsize=0, tokenize='ascii'
);
CREATE VIRTUAL TABLE search_places USING fts5vocab(search, 'instance');
CREATE VIRTUAL TABLE search_terms USING fts5vocab(search, 'col');
"""

MIGRATIONS: Final[dict[int, Callable[[sqlite3.Connection], None]]] = {}
"""The functions that bring the tables of a version to the next one."""

_LIMITS: Mapping[int, int] = {
    sqlite3.SQLITE_LIMIT_LENGTH: MAX_TEXT,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 1_000_000,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}


def connect(path: str | os.PathLike[str], *, read_only: bool, immutable: bool) -> sqlite3.Connection:
    """Open the file of a corpus, create it if it does not exist, and check its schema.

    Raises:
        UnusableCorpus: The file is not a corpus, is damaged or newer than this version, or cannot be opened;
            or SQLite is too old or has no FTS5.
    """
    check_sqlite()
    where = os.fspath(path)
    memory = where == ":memory:"
    if not memory and read_only and not Path(where).is_file():
        raise UnusableCorpus(where, "missing")
    try:
        connection = _opened(where, memory=memory, read_only=read_only, immutable=immutable)
    except sqlite3.Error as error:
        raise UnusableCorpus(where, "unopened", str(error)) from None
    try:
        _prepare(connection, where, memory=memory, read_only=read_only)
    except sqlite3.DatabaseError as error:
        connection.close()
        raise _damaged(where, error) from None
    except BaseException:
        connection.close()
        raise
    return connection


def _damaged(where: str, error: sqlite3.Error) -> UnusableCorpus:
    reason = "not-a-corpus" if "not a database" in str(error) else "damaged"
    if "locked" in str(error) or "readonly" in str(error):
        reason = "unopened"
    return UnusableCorpus(where, reason, str(error))


def check_sqlite() -> None:
    """Raise an error if SQLite cannot store a corpus.

    Raises:
        UnusableCorpus: SQLite is too old or has no FTS5.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise UnusableCorpus("", "old-sqlite", sqlite3.sqlite_version)
    if not has_fts5():
        raise UnusableCorpus("", "no-fts5", sqlite3.sqlite_version)


def has_fts5() -> bool:
    """Return whether the SQLite of this Python has the full-text search FTS5."""
    connection = sqlite3.connect(":memory:")
    try:
        names = connection.execute("SELECT name FROM pragma_module_list").fetchall()
    finally:
        connection.close()
    return ("fts5",) in names


def _opened(where: str, *, memory: bool, read_only: bool, immutable: bool) -> sqlite3.Connection:
    if memory:
        name, uri = where, False
    else:
        mode = "ro" if read_only else "rwc"
        name, uri = f"{Path(where).absolute().as_uri()}?mode={mode}{'&immutable=1' * immutable}", True
    connection = sqlite3.connect(name, uri=uri, timeout=_BUSY, isolation_level=None, check_same_thread=False)
    for limit, value in _LIMITS.items():
        connection.setlimit(limit, value)
    for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "foreign_keys=OFF", "mmap_size=0"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _prepare(connection: sqlite3.Connection, where: str, *, memory: bool, read_only: bool) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    empty = not connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if empty and application == 0 and not read_only:
        _create(connection, memory=memory)
        version = CORPUS_SCHEMA
    elif application != APPLICATION_ID:
        raise UnusableCorpus(where, "not-a-corpus", "")
    if version > CORPUS_SCHEMA:
        raise UnusableCorpus(where, "newer", str(version))
    if version < CORPUS_SCHEMA:
        _migrate(connection, where, version, read_only=read_only)
    if schema_of(connection) != expected_schema():
        raise UnusableCorpus(where, "other-schema", "")
    if read_only:
        connection.execute("PRAGMA query_only=ON")
    else:
        connection.execute("PRAGMA synchronous=NORMAL")


def _create(connection: sqlite3.Connection, *, memory: bool) -> None:
    if not memory:
        _use_wal(connection)
    connection.execute("BEGIN IMMEDIATE")
    with connection:  # another process may have created it in the meantime
        if not connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
            for statement in _statements():
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version={CORPUS_SCHEMA}")


def _use_wal(connection: sqlite3.Connection) -> None:
    """Change the journal to WAL; SQLite does not wait for other programs here."""
    until = time.monotonic() + _BUSY
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return


def _migrate(connection: sqlite3.Connection, where: str, version: int, *, read_only: bool) -> None:
    if read_only:
        raise UnusableCorpus(where, "older", str(version))
    connection.execute("BEGIN IMMEDIATE")
    with connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        while version < CORPUS_SCHEMA:
            if version not in MIGRATIONS:
                raise UnusableCorpus(where, "older", str(version))
            MIGRATIONS[version](connection)
            version += 1
            connection.execute(f"PRAGMA user_version={version}")


def _statements() -> list[str]:
    return [part.strip() for part in SCHEMA.split(";\n") if part.strip()]


def schema_of(connection: sqlite3.Connection) -> list[tuple[str, ...]]:
    """Return the schema of a database as SQLite stores it."""
    rows = connection.execute("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema").fetchall()
    return sorted(rows)


@lru_cache(maxsize=1)
def expected_schema() -> list[tuple[str, ...]]:
    """Return the schema of a corpus, as the SQLite of this Python stores it."""
    connection = sqlite3.connect(":memory:")
    try:
        for statement in _statements():
            connection.execute(statement)
        return schema_of(connection)
    finally:
        connection.close()
