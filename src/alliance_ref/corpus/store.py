"""Documents and units in the SQLite file of a corpus: adding, removing, reading and correcting them."""

import json
import os
import sqlite3
import threading
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import attrs

from alliance_ref.codec.json_form import from_json, to_json
from alliance_ref.corpus.analysis import Analysis
from alliance_ref.corpus.schema import MAX_TEXT, connect
from alliance_ref.corpus.vocabulary import Vocabulary, classes_of, indexed_characters
from alliance_ref.errors import CorpusLimit, UnknownCorpusDocument, UnusableCorpus
from alliance_ref.records import AlignedUnit, Document, Gap, Passage, Segment
from alliance_ref.records.values import LANGS, Lang
from alliance_ref.text.lemmas import LEMMA_SOURCES, LemmaSource, default_source

INDEX_VERSION = "1"
"""Version of the keys and words in a file; `Corpus.rebuild` brings an older file up to date."""


class StoredUnit(NamedTuple):
    """A row of the table ``units``."""

    number: int
    document: int
    passage: int
    place: int
    en: str
    ja: str
    sides: str
    mentions: str

    def text(self, lang: Lang) -> str:
        """Return the text of one side."""
        return self.en if lang == "en" else self.ja


UNIT_COLUMNS = "number, document, passage, place, en, ja, sides, mentions"


class Store:
    """The file of a corpus. All access is serialized by a lock, so a store can be shared by threads."""

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        read_only: bool = False,
        immutable: bool = False,
        lemmas: LemmaSource | None = None,
    ) -> None:
        self.path = os.fspath(path)
        self.read_only = read_only or immutable
        self.immutable = immutable
        self.lock = threading.RLock()
        self.connection = connect(self.path, read_only=self.read_only, immutable=immutable)
        self._vocabulary: Vocabulary | None = None
        self._vocabulary_words = -1
        self._numbers: dict[int, str] | None = None
        self._version = -1
        try:
            if not self.read_only:
                self._write_info(lemmas or default_source())
            self.info = dict(self.query("SELECT key, value FROM info"))
        except BaseException:
            self.connection.close()
            raise
        source = self.info.get("lemmas", "")
        self.lemmas: LemmaSource = "simplemma" if source == "simplemma" else "stem"

    def _write_info(self, lemmas: LemmaSource) -> None:
        values = {"lemmas": lemmas, **index_versions()}
        with self.writing():
            if not self.query("SELECT 1 FROM info LIMIT 1"):
                assert lemmas in LEMMA_SOURCES
                self.connection.executemany("INSERT INTO info VALUES (?, ?)", values.items())

    @property
    def outdated(self) -> bool:
        """Whether the file was indexed with other versions of the dictionary or of the keys."""
        return any(self.info.get(key) != value for key, value in index_versions().items())

    # Access

    def query(self, sql: str, values: Sequence[object] | Mapping[str, object] = ()) -> list[Any]:
        """Return the rows of a query.

        Raises:
            UnusableCorpus: The file is damaged, or another program keeps it locked.
        """
        with self.lock, self._errors():
            return self.connection.execute(sql, values).fetchall()

    def rows(self, sql: str, values: Sequence[object] = (), size: int = 1000) -> Iterator[Any]:
        """Yield the rows of a query; they are read when they are needed."""
        with self.lock, self._errors():
            cursor = self.connection.execute(sql, values)
        try:
            while True:
                with self.lock, self._errors():
                    found = cursor.fetchmany(size)
                if not found:
                    return
                yield from found
        finally:
            cursor.close()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.ProgrammingError:
            raise UnusableCorpus(self.path, "closed", "") from None
        except sqlite3.DataError as error:
            raise CorpusLimit("text", MAX_TEXT) from error
        except sqlite3.DatabaseError as error:
            locked = "locked" in str(error) or "full" in str(error) or "unable to open" in str(error)
            raise UnusableCorpus(self.path, "unopened" if locked else "damaged", str(error)) from None

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Write in one transaction: everything is written or nothing.

        Raises:
            UnusableCorpus: The corpus was opened for reading only, or cannot be written.
        """
        if self.read_only:
            raise UnusableCorpus(self.path, "read-only", "")
        with self.lock, self._errors():
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._vocabulary = None
                self._numbers = None
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise
            self.connection.execute("COMMIT")
            self._numbers = None

    def vocabulary(self) -> Vocabulary:
        """Return the words of the corpus; call this within `writing`."""
        # Another process may have added words since.
        (count,) = self.connection.execute("SELECT count(*) FROM words").fetchone()
        if self._vocabulary is None or count != self._vocabulary_words:
            self._vocabulary = Vocabulary(self.connection, self.lemmas)
        return self._vocabulary

    def close(self) -> None:
        """Close the file."""
        with self.lock:
            self.connection.close()

    # Documents

    def ids(self) -> dict[int, str]:
        """Return the id of each document by its number."""
        with self.lock:
            version = self.query("PRAGMA data_version")[0][0]
            if self._numbers is None or version != self._version:
                self._numbers = dict(self.query("SELECT number, id FROM documents"))
                self._version = version
            return self._numbers

    def number(self, document_id: str) -> int:
        """Return the number of a document.

        Raises:
            UnknownCorpusDocument: if there is none.
        """
        rows = self.query("SELECT number FROM documents WHERE id=?", (document_id,))
        if rows:
            return int(rows[0][0])
        from difflib import get_close_matches

        near = get_close_matches(document_id[:100], list(self.ids().values()), n=3, cutoff=0.6)
        raise UnknownCorpusDocument(document_id, tuple(near))

    def add(
        self,
        document: Document,
        analyses: Sequence[Analysis],
        *,
        source: str = "",
        fields: Mapping[str, str] | None = None,
        file: str = "",
        checksum: str = "",
    ) -> None:
        """Add an analyzed document in the open transaction; it replaces one with the same id."""
        units = [unit for passage in document.passages for unit in passage.units]
        known = self.connection.execute("SELECT number FROM documents WHERE id=?", (document.id,)).fetchone()
        if known is not None:
            self.remove(known[0])
        number = known[0] if known is not None else self._next_number("documents")
        first = self._next_number("units")
        en_words, ja_words = self._add_units(number, first, document.passages, analyses)
        issued = document.issued
        self.connection.execute(
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                number,
                document.id,
                _record(document),
                *(_title(document, lang) for lang in LANGS),
                None if issued is None else str(issued),
                None if issued is None else issued.earliest().isoformat(),
                None if issued is None else issued.latest().isoformat(),
                document.type,
                source,
                json.dumps(dict(fields or {}), ensure_ascii=False),
                file,
                checksum,
                first,
                len(units),
                en_words,
                ja_words,
            ),
        )

    def _next_number(self, table: str) -> int:
        (last,) = self.connection.execute(f"SELECT coalesce(max(number), 0) FROM {table}").fetchone()  # noqa: S608
        return int(last) + 1

    def _add_units(
        self, document: int, first: int, passages: Iterable[Passage], analyses: Sequence[Analysis]
    ) -> tuple[int, int]:
        """Add the units of a document and return the numbers of its English and Japanese words."""
        vocabulary = self.vocabulary()
        units: list[tuple[object, ...]] = []
        index: list[tuple[object, ...]] = []
        counts = [0, 0]
        position = 0
        for passage in passages:
            for place, unit in enumerate(passage.units):
                analysis = analyses[position]
                number = first + position
                position += 1
                en = vocabulary.english(analysis.en_words)
                ja = vocabulary.japanese(analysis.ja_words)
                text = unit.text("ja")
                key = None if analysis.ja_key == text else analysis.ja_key
                words = ["".join([word[0] for word in side]) for side in (en, ja)]
                found = [
                    (vocabulary.entry(item.entry), LANGS.index(item.lang), item.start, item.end)
                    for item in analysis.mentions
                ]
                mentions = ",".join(str(value) for item in found for value in item)
                place_of = number, document, passage.number, place
                units.append((*place_of, unit.text("en"), text, key, _sides(unit), *words, mentions))
                index.append(
                    (
                        number,
                        indexed_characters(analysis.ja_key),
                        " ".join([word[2] for word in ja]),
                        " ".join([word[1] for word in en]),
                        " ".join([str(item[0]) for item in found]),
                    )
                )
                counts[0] += len(en)
                counts[1] += sum(word[3] for word in ja)
        vocabulary.save()
        execute = self.connection.executemany
        execute("INSERT INTO units VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", units)
        execute("INSERT INTO search (rowid, ja_char, ja, en, entry) VALUES (?, ?, ?, ?, ?)", index)
        (self._vocabulary_words,) = self.connection.execute("SELECT count(*) FROM words").fetchone()
        return counts[0], counts[1]

    def remove(self, number: int) -> None:
        """Remove a document in the open transaction."""
        units = self.unit_range(number)
        rows = self.connection.execute(
            "SELECT number, coalesce(ja_key, ja), en_words, ja_words, mentions FROM units"
            " WHERE number BETWEEN ? AND ?",
            units,
        ).fetchall()
        deleted = []
        for unit, key, en_words, ja_words, mentions in rows:
            en = classes_of(self.connection, "en", "form_class", en_words)
            ja = classes_of(self.connection, "ja", "lemma", ja_words)
            entries = [str(item[0]) for item in self.mentions(mentions)]
            deleted.append((unit, indexed_characters(key), *map(" ".join, (ja, en, entries))))
        self.connection.executemany(
            "INSERT INTO search (search, rowid, ja_char, ja, en, entry) VALUES ('delete', ?, ?, ?, ?, ?)",
            deleted,
        )
        self.connection.execute("DELETE FROM units WHERE number BETWEEN ? AND ?", units)
        self.connection.execute("DELETE FROM documents WHERE number=?", (number,))

    def document(self, document_id: str) -> Document:
        """Return a document with its units and the mentions that were found in it."""
        number = self.number(document_id)
        ((packed,),) = self.query("SELECT record FROM documents WHERE number=?", (number,))
        document = self._decoded(packed)
        passages: dict[int, list[AlignedUnit]] = {}
        rows = list(self.units_of(number))
        for row in rows:
            passages.setdefault(row.passage, []).append(self.aligned(row))
        names = self.entry_names()
        found: dict[int, list[str]] = {}
        for row in rows:
            found.setdefault(row.passage, []).extend(names[item[0]] for item in self.mentions(row.mentions))
        return attrs.evolve(
            document,
            passages=tuple(
                attrs.evolve(
                    passage,
                    units=tuple(passages.get(passage.number, ())),
                    mentions=tuple(dict.fromkeys((*passage.mentions, *found.get(passage.number, ())))),
                )
                for passage in document.passages
            ),
        )

    def _decoded(self, packed: object) -> Document:
        try:
            if not isinstance(packed, bytes):
                raise ValueError("no record")
            unpacker = zlib.decompressobj()
            text = unpacker.decompress(packed, MAX_TEXT)
            if unpacker.unconsumed_tail:
                raise ValueError("too long")
            record = from_json(text)
        except (ValueError, zlib.error) as error:
            raise UnusableCorpus(self.path, "damaged", str(error)) from None
        if not isinstance(record, Document):
            raise UnusableCorpus(self.path, "damaged", type(record).__name__)
        return record

    def unit_range(self, number: int) -> tuple[int, int]:
        """Return the first and last number of the units of a document."""
        ((first, count),) = self.query("SELECT first_unit, units FROM documents WHERE number=?", (number,))
        return first, first + count - 1

    def entry_names(self) -> dict[int, str]:
        """Return the id of each entry that is mentioned, by its number."""
        return dict(self.query("SELECT number, text FROM classes WHERE kind='entry'"))

    def mentions(self, stored: str) -> list[tuple[int, int, int, int]]:
        """Return the stored mentions of a unit: the number of the entry, the language, start and end.

        Raises:
            UnusableCorpus: They are damaged.
        """
        try:
            values = [int(value) for value in stored.split(",")] if stored else []
            return list(zip(*(values[place::4] for place in range(4)), strict=True))
        except (ValueError, TypeError) as error:
            raise UnusableCorpus(self.path, "damaged", str(error)) from None

    def units_of(self, number: int) -> Iterator[StoredUnit]:
        """Yield the stored units of a document."""
        query = f"SELECT {UNIT_COLUMNS} FROM units WHERE number BETWEEN ? AND ? ORDER BY number"  # noqa: S608
        return map(StoredUnit._make, self.rows(query, self.unit_range(number)))

    def aligned(self, row: StoredUnit) -> AlignedUnit:
        """Return a stored unit as a record.

        Raises:
            UnusableCorpus: The row is damaged.
        """
        try:
            en, ja, status, confidence = json.loads(row.sides)
            sides = (_side(en, row.en, "en"), _side(ja, row.ja, "ja"))
            return AlignedUnit(*sides, status, confidence)
        except (ValueError, TypeError, KeyError, IndexError) as error:
            raise UnusableCorpus(self.path, "damaged", str(error)) from None


def index_versions() -> dict[str, str]:
    """Return the versions on which the words of a corpus depend."""
    from importlib.metadata import version

    import alliance_ref as ar

    return {
        "index": INDEX_VERSION,
        "tokenizer": "MeCab",
        "dictionary": f"unidic-lite {version('unidic-lite')}",
        "data": ar.DATA_EDITION,
    }


def _record(document: Document) -> bytes:
    bare = attrs.evolve(document, passages=tuple(attrs.evolve(item, units=()) for item in document.passages))
    text = to_json(bare).encode("utf-8")
    if len(text) > MAX_TEXT:
        raise CorpusLimit("text", MAX_TEXT)
    return zlib.compress(text)


def _title(document: Document, lang: Lang) -> str:
    name = document.preferred(lang)
    return "" if name is None else name.text


def _sides(unit: AlignedUnit) -> str:
    """Return what a unit has besides its texts: the lengths and offsets of its segments, or a gap."""
    sides: list[object] = []
    for side in (unit.en, unit.ja):
        if isinstance(side, Gap):
            sides.append({"gap": side.reason, "note": side.note} if side.note else {"gap": side.reason})
        else:
            sides.append([[len(part.text), part.start, part.end] for part in side])
    return json.dumps([*sides, unit.status, unit.confidence], ensure_ascii=False, separators=(",", ":"))


def _side(data: Any, text: str, lang: Lang) -> tuple[Segment, ...] | Gap:
    if isinstance(data, dict):
        return Gap(data["gap"], data.get("note", ""))
    segments, at = [], 0
    for length, start, end in data:
        segments.append(Segment(text[at : at + length], lang, start, end))
        at += length + (lang == "en")
    return tuple(segments)
