"""Compile the shipped data several times over: every entry is copied under new ids and names.

    python benchmarks/enlarge_data.py FOLDER [COPIES]

FOLDER receives compiled data with COPIES times the entries (default 3), for `benchmarks/startup.py`.
Passages are copied with their text, so a concordance has as many times the hits.
"""

import sys
from pathlib import Path
from typing import Any

import alliance_ref
from alliance_ref.codec.store import Plain, Store
from alliance_ref.codec.toml_files import read_data
from alliance_ref.compiling import write_store

DATA = Path(alliance_ref.__file__).parent / "data"
LETTERS = "abcdefghij"
KANJI = "甲乙丙丁戊己庚辛壬癸"
READINGS = ("こう", "おつ", "へい", "てい", "ぼ", "き", "こう", "しん", "じん", "き")


def main() -> None:
    """Write the enlarged data."""
    folder = Path(sys.argv[1])
    copies = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    store = enlarged(read_data(DATA), copies)
    write_store(store, folder)
    print(f"{len(list(store)):,} entries in {folder}")


def enlarged(store: Store, copies: int) -> Store:
    """Return a store with the entries of *store* and *copies* - 1 copies of each."""
    plain: dict[str, Plain] = {entry_id: store.plain(entry_id) for entry_id in store}
    kinds = {entry_id: store.kind(entry_id) for entry_id in store}
    ids = frozenset(plain)
    for number in range(1, copies):
        for entry_id in ids:
            copy = renamed(plain[entry_id], ids, number)
            plain[copy["id"]] = copy
            kinds[copy["id"]] = kinds[entry_id]
    return Store(
        edition=store.edition,
        kinds=kinds,
        plain=lambda entry_id, _whole: plain[entry_id],
        sources=store.sources,
        extras=store.plain_extras,
    )


def renamed(value: Any, ids: frozenset[str], number: int) -> Any:
    """Return a copy of plain data in which ids and names are new."""
    if isinstance(value, list):
        return [renamed(item, ids, number) for item in value]
    if isinstance(value, str):
        return f"{value}-{LETTERS[number]}" if value in ids else value
    if not isinstance(value, dict):
        return value
    copy = {key: item if key == "sources" else renamed(item, ids, number) for key, item in value.items()}
    if "names" in copy:
        copy["names"] = [renamed_name(name, number) for name in copy["names"]]
    return copy


def renamed_name(name: Plain, number: int) -> Plain:
    """Return a name with another beginning, so that it has a key of its own."""
    if "en" in name:
        return {**name, "en": f"{LETTERS[number].upper()}-{name['en']}"}
    copy = {**name, "ja": f"{KANJI[number]}{name['ja']}"}
    if "reading" in copy:
        copy["reading"] = f"{READINGS[number]}{copy['reading']}"
    return copy


if __name__ == "__main__":
    main()
