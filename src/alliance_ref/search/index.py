"""The index of names: from normalized keys to the places of names.

An index holds places (the entry and the position of the name in it), not records. It can therefore be built
once, stored next to the data, and searched without building a record. A key is stored in a table only if it
differs from the keys of the tables before it.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from alliance_ref.records.entries import Entry
from alliance_ref.records.values import Lang
from alliance_ref.text.english_spellings import spelling_variants
from alliance_ref.text.folding import name_key
from alliance_ref.text.keys import english_key, okurigana_key, reading_key, romaji_key

Index = Mapping[str, Any]
"""The `ids` of the entries, and one mapping per table from keys to codes of places (see `place_of`)."""

TABLES = ("names", "readings", "romaji", "english", "okurigana", "forms")

_MAX_NAMES = 1 << 8
"""Maximum number of names of one entry: a code of a place is ``entry number * _MAX_NAMES + position``."""


def build_index(
    names: Iterable[tuple[str, int, Lang, str, str | None, str | None]],
    *,
    forms: Callable[[str, Lang, str], Iterable[str]] | None = None,
) -> Index:
    """Return the index of names given as (entry id, position, language, text, reading, romanization).

    Args:
        names: The names.
        forms: Returns the inflected forms of a name, given its text, its language and its entry id (default:
            those of Japanese verbs and adjectives).
    """
    from alliance_ref.text.inflection import forms_of
    from alliance_ref.text.romanization import romanize  # needed to build an index, not to use one

    ids: dict[str, int] = {}
    tables: dict[str, dict[str, list[int]]] = {table: {} for table in TABLES}

    def add(table: str, key: str, code: int) -> None:
        places = tables[table].setdefault(key, [])
        if key and code not in places:
            places.append(code)

    for entry_id, place, lang, text, reading, romanization in names:
        if place >= _MAX_NAMES:
            from alliance_ref.errors import InvalidValue

            raise InvalidValue("too-many-names", entry=entry_id, limit=_MAX_NAMES)
        code = ids.setdefault(entry_id, len(ids)) * _MAX_NAMES + place
        key = name_key(text)
        add("names", key, code)
        for form in forms_of(text, lang) if forms is None else forms(text, lang, entry_id):
            add("forms", name_key(form), code)
        if lang == "en":
            if (english := english_key(text)).replace(" ", "") != key:
                add("english", english, code)
            for variant in spelling_variants(text):
                add("english", english_key(variant), code)
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
    """Return the index of entries given as plain data with their ids."""
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
    """Return the index of entries given as records."""
    return build_index(
        (entry.id, place, name.lang, name.text, name.reading, name.romanization)
        for entry in entries
        for place, name in enumerate(entry.names)
    )


def place_of(index: Index, code: int) -> tuple[str, int]:
    """Return the id of the entry and the position of the name in it."""
    return index["ids"][code // _MAX_NAMES], code % _MAX_NAMES
