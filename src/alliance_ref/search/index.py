"""The index of names: from every key under which a name may be asked for to where the name stands.

It maps keys to places, not to records, so that it can be made once, stored beside the data, and searched
without building a record that nobody asked for. A key stands in a table only where it tells more than the
tables before it: most names have the same key under all of them.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from alliance_ref.records.entries import Entry
from alliance_ref.text.keys import english_key, name_key, okurigana_key, reading_key, romaji_key

Index = Mapping[str, Any]
"""``ids`` of entries, and for each table its keys, each with codes of places (see :func:`place_of`)."""

TABLES = ("names", "readings", "romaji", "english", "okurigana")

_NAMES_AT_MOST = 1 << 8


def build_index(names: Iterable[tuple[str, int, str, str, str | None, str | None]]) -> Index:
    """The index of names given as (entry id, place, language, text, reading, romanization)."""
    from alliance_ref.text.romanization import romanize  # for making an index, not for using one

    ids: dict[str, int] = {}
    tables: dict[str, dict[str, list[int]]] = {table: {} for table in TABLES}

    def add(table: str, key: str, code: int) -> None:
        places = tables[table].setdefault(key, [])
        if key and code not in places:
            places.append(code)

    for entry_id, place, lang, text, reading, romanization in names:
        if place >= _NAMES_AT_MOST:
            raise ValueError(f"{entry_id} has more than {_NAMES_AT_MOST} names")
        code = ids.setdefault(entry_id, len(ids)) * _NAMES_AT_MOST + place
        key = name_key(text)
        add("names", key, code)
        if lang == "en":
            if (english := english_key(text)).replace(" ", "") != key:
                add("english", english, code)
            continue
        if (stem := okurigana_key(text)) != key:
            add("okurigana", stem, code)
        if reading:
            add("readings", reading_key(reading), code)
            add("romaji", romaji_key(romanize(reading)), code)
        if romanization:
            add("romaji", romaji_key(romanization), code)
    return {"ids": list(ids), **tables}


def index_of_plain(entries: Iterable[tuple[str, Mapping[str, Any]]]) -> Index:
    """The index of entries as plain data."""
    return build_index(
        (
            entry_id,
            place,
            "en" if "en" in name else "ja",
            name.get("en") or name["ja"],
            name.get("reading"),
            name.get("romanization"),
        )
        for entry_id, data in entries
        for place, name in enumerate(data["names"])
    )


def index_of_entries(entries: Iterable[Entry]) -> Index:
    """The index of entries as records."""
    return build_index(
        (entry.id, place, name.lang, name.text, name.reading, name.romanization)
        for entry in entries
        for place, name in enumerate(entry.names)
    )


def place_of(index: Index, code: int) -> tuple[str, int]:
    """The entry's id, and the place of the name among its names."""
    return index["ids"][code // _NAMES_AT_MOST], code % _NAMES_AT_MOST
