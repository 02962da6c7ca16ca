"""Compile the TOML data to JSON, with the index of names.

TOML is the source of truth. Parsing and checking it takes longer than any query, so the build does it once.
The compiled data of a wheel is final. That of a checkout contains the stamps of its input files and is
ignored after one of them has changed.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from alliance_ref.annotation.annotator import designation_references
from alliance_ref.codec.store import EXTRAS, SCHEMA_VERSION, Plain, Store, stamp
from alliance_ref.codec.toml_files import data_files, read_data
from alliance_ref.matcher.phrase_matcher import patterns_by_key
from alliance_ref.matcher.precompiled import compile_patterns
from alliance_ref.records.values import LANGS
from alliance_ref.reference import document_order
from alliance_ref.search.index import index_of_plain
from alliance_ref.text.folding import name_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alliance_ref.records.documents import Document

_INPUT_MODULES = (
    "annotation/annotator.py",
    "codec/*.py",
    "compiling.py",
    "matcher/*.py",
    "search/index.py",
    "text/english_spellings.py",
    "text/folding.py",
    "text/inflection.py",
    "text/kanji_variants.py",
    "text/keys.py",
    "text/numerals.py",
    "text/romanization.py",
    "text/scripts.py",
    "text/spelling_rules.py",
)
"""Modules that determine the compiled data, besides the data files."""


def write_compiled(data: Path, folder: Path, *, package: Path | None = None) -> list[Path]:
    """Compile the data files under *data* into *folder* and return the paths of the files written.

    Args:
        data: The folder of TOML files.
        folder: The output folder; it is created if missing.
        package: The source folder of the package, for compiled data in a checkout.

    Raises:
        InvalidData: with every problem of the data files.
    """
    folder.mkdir(parents=True, exist_ok=True)  # first: a new folder changes the time of its parent
    made_from = None if package is None else _stamps(data, folder, package)
    return write_store(read_data(data), folder, made_from=made_from)


def write_store(store: Store, folder: Path, *, made_from: dict[str, list[int]] | None = None) -> list[Path]:
    """Compile *store* into *folder* and return the paths of the files written.

    Args:
        store: The data.
        folder: The output folder; it is created if missing.
        made_from: The stamps of the files that the data was read from, for compiled data in a checkout.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, content in _files(store, made_from).items():
        path = folder / name
        path.write_bytes(content)
        written.append(path)
    return written


def _files(store: Store, made_from: dict[str, list[int]] | None) -> dict[str, bytes]:
    """Return the names and contents of the files: a head, the entries as lines, passages per document."""
    files: dict[str, bytes] = {}
    places: dict[str, tuple[str, int, int]] = {}
    lines = bytearray()
    for entry_id in store:
        plain = _with_sources(store.plain(entry_id), store.sources)
        if store.kind(entry_id) == "document":
            files[f"{entry_id}.passages.json"] = _json(plain.pop("passages", []))
        line = _json(plain)
        places[entry_id] = (store.kind(entry_id), len(lines), len(lines) + len(line))
        lines += line + b"\n"
    for name in EXTRAS:
        files[f"{name}.json"] = _json(_with_sources(store.plain_extras(name), store.sources))
    files["entries.jsonl"] = bytes(lines)
    files["patterns.json"] = _json(_patterns(store))
    files["passage-keys.json"] = _json(_passage_keys(store))
    files["head.json"] = _json(
        {
            "schema": SCHEMA_VERSION,
            "edition": store.edition,
            "made_from": made_from,
            "entries": places,
            "index": index_of_plain((entry_id, store.plain(entry_id)) for entry_id in store),
        }
    )
    return files


def _patterns(store: Store) -> dict[str, list[Any]]:
    """Return the table of all names for the phrase matcher."""
    names = designation_references(map(store.entry, store))
    return compile_patterns(patterns_by_key(names))


def _passage_keys(store: Store) -> list[tuple[str, int, str]]:
    """Return the document, position and key of each passage, so that a concordance need not decode all."""
    documents = (store.entry(entry_id) for entry_id in store if store.kind(entry_id) == "document")
    return [
        (document.id, number, "\n".join(name_key(passage.text(lang)) for lang in LANGS))
        for document in sorted(cast("Iterator[Document]", documents), key=document_order)
        for number, passage in enumerate(document.passages)
    ]


def _json(content: object) -> bytes:
    # Dates are the only values of TOML that JSON lacks; they are written as text.
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), default=str).encode()


def _with_sources(value: Any, sources: Mapping[str, Plain]) -> Any:
    """Return plain data with every cited source in full, so that an entry can be decoded alone."""
    if isinstance(value, list):
        return [_with_sources(item, sources) for item in value]
    if not isinstance(value, dict):
        return value
    whole = {key: _with_sources(item, sources) for key, item in value.items()}
    for at, cited in enumerate(whole.get("sources", ())):
        given = {"id": cited} if isinstance(cited, str) else cited
        whole["sources"][at] = {**sources.get(given["id"], {}), **given}
    return whole


def _stamps(data: Path, folder: Path, package: Path) -> dict[str, list[int]]:
    paths = [*data_files(data), *(path for shape in _INPUT_MODULES for path in package.glob(shape))]
    # The stamp of a folder changes if a file is added or removed.
    paths += [path for path in (data, data / "concepts", data / "documents") if path.is_dir()]
    return {os.path.relpath(path, folder): stamp(str(path)) for path in paths}
