"""Read a folder of TOML data files and check it as a whole.

    meta.toml            edition = "2026.11", schema = 1
    sources.toml         [[source]]: id, title, url
    people.toml, organizations.toml, places.toml, events.toml
    topics.toml          [[topic]]: questions followed through the documents
    readings.toml        [[reading]]: readings decided by hand
    concepts/<field>.toml
    documents/<id>.toml  one document per file, with its passages

All problems of all files are reported at once.
"""

import tomllib
from collections import Counter
from collections.abc import Container, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from alliance_ref.codec.decoding import BAD, Decoder
from alliance_ref.codec.integrity import USED_TWICE, reference_problems, topic_problems
from alliance_ref.codec.store import EXTRAS, SCHEMA_VERSION, Plain, Store, decode_entry, decode_extra
from alliance_ref.errors import InvalidData, Problem
from alliance_ref.messages import N_, message_text
from alliance_ref.records.documents import Document
from alliance_ref.records.values import Source

if TYPE_CHECKING:
    from alliance_ref.records.entries import Entry

_TABLES = {
    "people.toml": "person",
    "organizations.toml": "organization",
    "places.toml": "place",
    "events.toml": "event",
}


_USED_BY_BASE = N_("id {id!r} is used in the reference that this folder extends")


def data_files(directory: Path) -> list[Path]:
    """Return the data files of a folder in a fixed order."""
    found = (path for path in directory.rglob("*") if path.suffix.lower() == ".toml" and path.is_file())
    return sorted(found, key=lambda path: (len(path.relative_to(directory).parts), path))


@attrs.frozen
class Known:
    """What the files of a folder may mention besides their own entries: those of the reference they extend.

    Attributes:
        kinds: The kind of each entry by its id.
        passages: The ids of the passages.
        topics: The ids of the topics.
    """

    kinds: Mapping[str, str] = {}
    passages: Container[str] = frozenset()
    topics: Container[str] = frozenset()


def read_data(directory: Path, *, known: Known = Known()) -> Store:
    """Return the checked store of all data files under *directory*.

    Args:
        directory: The folder.
        known: What the files may mention besides their own entries, and whose ids they may not use.

    Raises:
        InvalidData: with every problem of every file.
    """
    if not directory.is_dir():
        raise InvalidData((Problem(str(directory), "$", message_text("no such folder")),))
    problems: list[Problem] = []
    by_name = {
        path.relative_to(directory).as_posix(): _parse(path, directory, problems)
        for path in data_files(directory)
    }
    whole = not problems
    meta = _meta(by_name.pop("meta.toml", {}), problems)
    sources = _sources(by_name.pop("sources.toml", {}), problems)

    extras = {name: _extra(name, by_name.pop(f"{name}.toml", {}), problems) for name in EXTRAS}

    found: list[tuple[str, str, str, Plain]] = []
    for file, table in by_name.items():
        found += _entries_of(file, table, problems)
    plain: dict[str, tuple[str, Plain]] = {}
    records: list[tuple[str, str, Entry]] = []
    ids = Counter(str(data["id"]) for _, _, _, data in found if "id" in data)
    for file, path, kind, data in found:
        decoder = Decoder(sources)
        entry = decode_entry(decoder, kind, data, path)
        problems += [Problem(file, at, message) for at, message in decoder.problems]
        if ids[str(data.get("id"))] > 1:
            problems.append(Problem(file, f"{path}.id", message_text(USED_TWICE, id=data["id"]), "E101"))
        elif entry is not BAD:
            plain[entry.id] = (kind, data)
            records.append((file, path, entry))
    problems += [
        Problem(file, f"{path}.id", message_text(_USED_BY_BASE, id=data["id"]), "E101")
        for file, path, _, data in found
        if str(data.get("id")) in known.kinds or str(data.get("id")) in known.topics
    ]
    kinds = {**known.kinds, **{str(data.get("id")): kind for _, _, kind, data in found}}
    if whole:  # otherwise the entries of an unreadable file would seem to be missing
        problems += reference_problems(records, kinds)
    built = {name: _built(name, data, sources, problems) for name, data in extras.items()}
    if whole:
        own = {p.id for _, _, e in records if isinstance(e, Document) for p in e.passages}
        problems += topic_problems(built["topics"], kinds, own, known.passages)
        problems += [
            Problem("topics.toml", f"{path}.id", message_text(_USED_BY_BASE, id=topic.id), "E101")
            for path, topic in built["topics"]
            if topic.id in known.topics
        ]
    if problems:
        raise InvalidData(tuple(sorted(problems, key=lambda p: p.file)))
    return Store(
        edition=meta,
        kinds={entry_id: kind for entry_id, (kind, _) in plain.items()},
        plain=lambda entry_id, _whole: plain[entry_id][1],
        sources=sources,
        extras=extras.__getitem__,
    )


def _extra(name: str, table: Plain, problems: list[Problem]) -> list[Any]:
    """Return the tables of a file such as ``topics.toml``, which contains ``[[topic]]``."""
    key = name.removesuffix("s")
    _check_keys(table, (key,), f"{name}.toml", problems)
    return _as_list(table.get(key, []))


def _built(
    name: str, tables: list[Any], sources: dict[str, Plain], problems: list[Problem]
) -> list[tuple[str, Any]]:
    """Return the valid records of such a file, each with its path."""
    decoder = Decoder(sources)
    places = [f"$.{name.removesuffix('s')}[{at}]" for at in range(len(tables))]
    records = [decode_extra(decoder, name, data, path) for path, data in zip(places, tables, strict=True)]
    problems += [Problem(f"{name}.toml", path, message) for path, message in decoder.problems]
    return [(path, record) for path, record in zip(places, records, strict=True) if record is not BAD]


def load_document(path: Path | str, *, sources: dict[str, Plain] | None = None) -> Document:
    """Read a document from a TOML file, for use with `Reference.with_documents`.

    Its sources may be complete tables with ``id``, ``title`` and ``url``.

    Args:
        path: The file.
        sources: Registered sources that the document may cite by id.

    Raises:
        InvalidData: with every problem of the file.

    >>> import tempfile
    >>> from pathlib import Path
    >>> import alliance_ref as ar
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "harbour-2011.toml")
    ...     _ = path.write_text(
    ...         '''
    ...         id = "harbour-2011"
    ...         names = [{ en = "The Harbour" }, { ja = "港", reading = "みなと" }]
    ...         sources = [{ id = "own", title = { en = "Own notes", ja = "自分の記録" } }]
    ...         type = "newspaper-article"
    ...         issued = "2011-05-06"
    ...         ''',
    ...         encoding="utf-8",
    ...     )
    ...     document = ar.load_document(path)
    >>> ar.load().with_documents(document).lookup("みなと")[0].entry.id
    'harbour-2011'
    """
    path = Path(path)
    problems: list[Problem] = []
    table = _parse(path, path.parent, problems)
    if not problems:
        decoder = Decoder(sources or {})
        entry = decode_entry(decoder, "document", table, "$")
        if entry is not BAD and not decoder.problems:
            assert isinstance(entry, Document)
            return entry
        problems += [Problem(path.name, at, message) for at, message in decoder.problems]
    raise InvalidData(tuple(problems))


def _parse(path: Path, directory: Path, problems: list[Problem]) -> Plain:
    file = path.relative_to(directory).as_posix()
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        problems.append(Problem(file, "$", message_text(error.strerror or N_("cannot be read"))))
    except UnicodeDecodeError as error:
        problems.append(Problem(file, "$", message_text("not UTF-8 at byte {place}", place=error.start)))
    except (ValueError, RecursionError) as error:
        problems.append(Problem(file, "$", message_text("not TOML: {reason}", reason=error)))
    return {}


def _meta(table: Plain, problems: list[Problem]) -> str:
    _check_keys(table, ("edition", "schema"), "meta.toml", problems)
    edition, schema = table.get("edition"), table.get("schema")
    if not isinstance(edition, str):
        message = message_text("required: the edition of the data, as text")
        problems.append(Problem("meta.toml", "$.edition", message))
    if schema != SCHEMA_VERSION:
        message = message_text(
            "is {given!r}; this library reads {wanted}", given=schema, wanted=SCHEMA_VERSION
        )
        problems.append(Problem("meta.toml", "$.schema", message))
    return str(edition)


def _sources(table: Plain, problems: list[Problem]) -> dict[str, Plain]:
    _check_keys(table, ("source",), "sources.toml", problems)
    found: dict[str, Plain] = {}
    for at, data in enumerate(_as_list(table.get("source", []))):
        path = f"$.source[{at}]"
        decoder = Decoder({})
        # A registered source must be complete, like an inline one.
        whole = {"title": None, **data} if isinstance(data, dict) else 0
        source = decoder.decode(Source, whole, path)
        if source is not BAD:
            if source.id in found:
                decoder.fail(f"{path}.id", USED_TWICE, id=source.id)
            found[source.id] = data
        problems += [Problem("sources.toml", where, message) for where, message in decoder.problems]
    return found


def _check_keys(table: Plain, known: tuple[str, ...], file: str, problems: list[Problem]) -> None:
    decoder = Decoder({})
    decoder.check_keys(table, known, "$")
    problems += [Problem(file, where, message) for where, message in decoder.problems]


def _entries_of(file: str, table: Plain, problems: list[Problem]) -> list[tuple[str, str, str, Plain]]:
    """Return the entries of one file as (file, path in the file, kind, data)."""
    folder = file.rpartition("/")[0]
    if folder == "documents":
        stem = Path(file).stem
        if table.get("id", stem) != stem:
            message = message_text("must be {name!r}, the name of the file", name=stem)
            problems.append(Problem(file, "$.id", message))
        return [(file, "$", "document", table)]
    kind = "concept" if folder == "concepts" else _TABLES.get(file)
    if kind is None:
        message = message_text(
            "no data file has this name; expected one of {choices}", choices=tuple(_TABLES)
        )
        problems.append(Problem(file, "$", message))
        return []
    message = message_text("unknown key; this file contains [[{name}]]", name=kind)
    problems += [Problem(file, f"$.{key}", message) for key in table if key != kind]
    return [
        (file, f"$.{kind}[{at}]", kind, data if isinstance(data, dict) else {})
        for at, data in enumerate(_as_list(table.get(kind, [])))
    ]


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
