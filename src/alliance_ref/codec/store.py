"""The plain data of a reference, decoded entry by entry on demand.

A program that looks up one place should not decode two thousand entries. The store keeps the plain data (the
compiled data of the wheel, or the TOML files) and builds each record on first use. If two threads build the
same record, both get the first one stored.
"""

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from alliance_ref.codec.decoding import BAD, Decoder
from alliance_ref.records.entries import Entry

if TYPE_CHECKING:
    from alliance_ref.records.passages import Passage
    from alliance_ref.records.tokens import DecidedReading
    from alliance_ref.records.topics import Topic

SCHEMA_VERSION = 1
"""Version of the shape of the data files."""

KINDS: dict[str, tuple[str, str]] = {
    "document": ("alliance_ref.records.documents", "Document"),
    "person": ("alliance_ref.records.people", "Person"),
    "organization": ("alliance_ref.records.organizations", "Organization"),
    "place": ("alliance_ref.records.places", "Place"),
    "event": ("alliance_ref.records.events", "Event"),
    "concept": ("alliance_ref.records.concepts", "Concept"),
}
"""The record class of each kind of entry."""

Plain = dict[str, Any]
"""A table of plain data: what a TOML table or a JSON object holds."""


def decode_entry(decoder: Decoder, kind: str, data: Mapping[str, Any], path: str) -> Any:
    """Return the entry of *kind* in *data*, or `BAD`."""
    module, name = KINDS[kind]
    if kind == "document":
        import_module("alliance_ref.codec.passages")
        data = {**data, "passages": _numbered(data.get("id"), data.get("passages", []))}
    return decoder.table(getattr(import_module(module), name), data, path)


EXTRAS: dict[str, tuple[str, str]] = {
    "topics": ("alliance_ref.records.topics", "Topic"),
    "readings": ("alliance_ref.records.tokens", "DecidedReading"),
}
"""The record classes of the data other than entries; each has its own file."""


def decode_extra(decoder: Decoder, name: str, data: object, path: str) -> Any:
    """Return the record of the extra *name* in *data*, or `BAD`."""
    module, record = EXTRAS[name]
    return decoder.decode(getattr(import_module(module), record), data, path)


def _numbered(document_id: object, passages: object) -> object:
    """Return passages with their ids, which consist of the id of the document and the number."""
    if not isinstance(passages, list):
        return passages
    return [
        {"id": f"{document_id}#{item.get('number')}", **item} if isinstance(item, Mapping) else item
        for item in passages
    ]


class Store:
    """The plain data of all entries by id, and the records built from it so far.

    Args:
        edition: The edition of the data.
        kinds: The kind of each entry by its id, in the order of the data.
        plain: Returns the data of an entry, for a document optionally with its passages.
        sources: The registered sources that the data may cite.
        extras: Returns the data of one of the `EXTRAS`, such as the topics.
        index: The compiled index of names, if there is one.
        tables: Returns a compiled table by name, if the data is compiled.
    """

    def __init__(
        self,
        *,
        edition: str,
        kinds: Mapping[str, str],
        plain: Callable[[str, bool], Plain],
        sources: Mapping[str, Plain],
        extras: Callable[[str], list[Plain]],
        index: Mapping[str, Any] | None = None,
        tables: Callable[[str], Any] | None = None,
    ) -> None:
        self.edition = edition
        self.index = index
        self._tables = tables
        self._kinds = kinds
        self._plain = plain
        self.sources = sources
        self.plain_extras = extras
        self._built: dict[str, Entry] = {}
        self._extras: dict[str, tuple[Any, ...]] = {}

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle the plain data; records are built again after loading."""
        entries = {entry_id: self._plain(entry_id, True) for entry_id in self._kinds}
        extras = {name: self.plain_extras(name) for name in EXTRAS}
        return _of_plain, (self.edition, dict(self._kinds), entries, dict(self.sources), extras, self.index)

    def __contains__(self, entry_id: object) -> bool:
        return entry_id in self._kinds

    def __iter__(self) -> Iterator[str]:
        return iter(self._kinds)

    def kind(self, entry_id: str) -> str:
        """Return the kind of an entry."""
        return self._kinds[entry_id]

    def plain(self, entry_id: str) -> Plain:
        """Return the plain data of an entry, for a document possibly without its passages."""
        return self._plain(entry_id, False)

    def entry(self, entry_id: str) -> Entry:
        """Return the record of an entry; raise `KeyError` if there is none."""
        built = self._built.get(entry_id)
        if built is not None:
            return built
        decoder = Decoder(self.sources)
        entry = decode_entry(decoder, self._kinds[entry_id], self._plain(entry_id, True), "$")
        if entry is BAD:
            raise bad_data(entry_id, decoder.problems)
        return self._built.setdefault(entry_id, entry)  # all threads get the first one

    def passages(self, document_id: str, numbers: Sequence[int]) -> "tuple[Passage, ...]":
        """Return passages of a document by their positions, without decoding the others."""
        if document_id in self._built:
            built: Any = self._built[document_id]
            return tuple(built.passages[number] for number in numbers)
        passage = import_module("alliance_ref.records.passages").Passage
        import_module("alliance_ref.codec.passages")
        plain = _numbered(document_id, self._plain(document_id, True)["passages"])
        assert isinstance(plain, list)
        decoder = Decoder(self.sources)
        found = tuple(decoder.decode(passage, plain[number], f"$.passages[{number}]") for number in numbers)
        if decoder.problems:
            raise bad_data(document_id, decoder.problems)
        return found

    def table(self, name: str) -> Any:
        """Return a compiled table, such as ``patterns``; ``None`` if the data is not compiled."""
        return None if self._tables is None else self._tables(name)

    def topics(self) -> "tuple[Topic, ...]":
        """Return all topics, in the order of the data."""
        return self._extra("topics")

    def readings(self) -> "tuple[DecidedReading, ...]":
        """Return all decided readings."""
        return self._extra("readings")

    def _extra(self, name: str) -> tuple[Any, ...]:
        if name not in self._extras:
            decoder = Decoder(self.sources)
            found = [
                decode_extra(decoder, name, data, f"$[{at}]")
                for at, data in enumerate(self.plain_extras(name))
            ]
            if decoder.problems:
                raise bad_data(f"{name}.toml", decoder.problems)
            self._extras.setdefault(name, tuple(found))
        return self._extras[name]


def _of_plain(
    edition: str,
    kinds: Mapping[str, str],
    whole: Mapping[str, Plain],
    sources: Mapping[str, Plain],
    extras: Mapping[str, list[Plain]],
    index: Mapping[str, Any] | None,
) -> Store:
    """Return a store of plain data, which is neither copied nor changed."""
    return Store(
        edition=edition,
        kinds=kinds,
        plain=lambda entry_id, _whole: whole[entry_id],
        sources=sources,
        extras=lambda name: extras[name],
        index=index,
    )


def bad_data(file: str, problems: list[tuple[str, str]]) -> Exception:
    """Return the error with the *problems* of one *file*."""
    from alliance_ref.errors import InvalidData, Problem

    return InvalidData(tuple(Problem(file, path, message) for path, message in problems))


def read_compiled(directory: str) -> Store | None:
    """Return the store that `compiling.write_compiled` wrote into *directory*.

    Return ``None`` if there is none, or if its input files have changed since, as in a checkout.
    """
    try:
        head = _json(f"{directory}/head.json")
    except FileNotFoundError:
        return None
    if head["schema"] != SCHEMA_VERSION or not _is_fresh(directory, head["made_from"]):
        return None
    entries: dict[str, tuple[str, int, int]] = head["entries"]
    with open(f"{directory}/entries.jsonl", "rb") as file:
        lines = file.read()

    def plain(entry_id: str, whole: bool) -> Plain:
        kind, start, end = entries[entry_id]
        data: Plain = json.loads(lines[start:end])
        if whole and kind == "document":
            data["passages"] = _json(f"{directory}/{entry_id}.passages.json")
        return data

    return Store(
        edition=head["edition"],
        kinds={entry_id: place[0] for entry_id, place in entries.items()},
        plain=plain,
        sources={},  # the compiled data contains every cited source in full
        extras=lambda name: list(_json(f"{directory}/{name}.json")),
        index=head["index"],
        tables=lambda name: _json(f"{directory}/{name}.json"),
    )


def _json(path: str) -> Any:
    with open(path, "rb") as file:
        return json.loads(file.read())


def _is_fresh(directory: str, made_from: Mapping[str, list[int]] | None) -> bool:
    """Return whether the input files of the compiled data are unchanged."""
    if made_from is None:
        return True
    try:
        return all(stamp(f"{directory}/{name}") == then for name, then in made_from.items())
    except FileNotFoundError:
        return False


def stamp(path: str) -> list[int]:
    """Return the size and modification time of a file."""
    status = os.stat(path)
    return [status.st_size, status.st_mtime_ns]
