"""Serialization of units and stage results as JSON and raw arrays: reading it cannot run code.

Units are plain JSON, because equal units must be equal bytes: their digest decides whether a checkpoint
belongs to them. A stage result is a list of parts. Arrays of numbers are stored as they are in memory; all
other parts are one JSON document in front of them. The whole is compressed.
"""

import hashlib
import json
import struct
import sys
import zlib
from array import array
from collections.abc import Iterable, Sequence
from typing import Any, Protocol, Self, TypeVar

from alliance_ref.errors import InvalidValue
from alliance_ref.records.passages import TranslationUnit
from alliance_ref.records.values import PartialDate

MAX_RESULT_BYTES = 1 << 29
"""Maximum size of one stage result before compression: a thousand times that of an ordinary chunk."""

_LENGTH = struct.Struct("<Q")
_ITEM_BYTES = {"H": 2, "I": 4, "d": 8}
"""The kinds of arrays that are accepted, with the bytes of one item."""


class Serializable(Protocol):
    """A stage result that can be written as a list of arrays and plain JSON values."""

    def to_parts(self) -> list[Any]:
        """Return the parts: arrays of kind ``H``, ``I`` or ``d``, and JSON values."""

    @classmethod
    def from_parts(cls, parts: list[Any], /) -> Self:
        """Return the result that `to_parts` returned; raise a ValueError or TypeError for other parts."""


S = TypeVar("S", bound=Serializable)


def digest(*parts: bytes) -> str:
    """Return a name for the *parts* that no other sequence of parts has.

    >>> digest(b"ab", b"c") == digest(b"a", b"bc")
    False
    """
    total = hashlib.blake2b(digest_size=20)
    for part in parts:
        total.update(_LENGTH.pack(len(part)))
        total.update(part)
    return total.hexdigest()


Row = tuple[str, str, str, int, str | None]
"""A unit as JSON values: English, Japanese, document, number, date."""


def unit_rows(units: Iterable[TranslationUnit]) -> list[Row]:
    """Return *units* as JSON values."""
    return [
        (unit.en, unit.ja, unit.document, unit.number, None if unit.date is None else str(unit.date))
        for unit in units
    ]


def units_of_rows(rows: Iterable[Row]) -> tuple[TranslationUnit, ...]:
    """Return the units that `unit_rows` returned as JSON values."""
    return tuple(
        [
            TranslationUnit(en, ja, document, number, None if date is None else PartialDate.parse(date))
            for en, ja, document, number, date in rows
        ]
    )


def pack_units(units: Iterable[TranslationUnit]) -> bytes:
    """Return *units* as JSON; equal units are equal bytes."""
    # Lone surrogates, from files read in a wrong encoding, are escaped and preserved.
    return json.dumps(unit_rows(units), separators=(",", ":")).encode("ascii")


def unpack_units(data: bytes) -> tuple[TranslationUnit, ...]:
    """Return the units that `pack_units` serialized.

    >>> unit = TranslationUnit("base", "基地", "a.tmx", 3)
    >>> unpack_units(pack_units([unit])) == (unit,)
    True
    """
    return units_of_rows(json.loads(data))


def pack(value: Serializable) -> bytes:
    """Return a stage result as bytes."""
    return pack_parts(value.to_parts())


def unpack(kind: type[S], data: bytes) -> S:
    """Return the stage result of a *kind* that `pack` serialized.

    Raises:
        ValueError: *data* is not such a result, or is larger than the limit.
    """
    try:
        return kind.from_parts(unpack_parts(data))
    except (TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError) as error:
        raise ValueError(f"{type(error).__name__}: {error}") from None


def pack_parts(parts: Sequence[object]) -> bytes:
    """Return arrays and JSON values as bytes.

    Raises:
        InvalidValue: They are larger than `MAX_RESULT_BYTES`.

    >>> unpack_parts(pack_parts([array("H", [1, 2]), {"base": ["基地"]}]))
    [array('H', [1, 2]), {'base': ['基地']}]
    """
    columns = [part for part in parts if isinstance(part, array)]
    kinds = [f"{part.typecode}{len(part)}" if isinstance(part, array) else "" for part in parts]
    plain = [None if kind else part for kind, part in zip(kinds, parts, strict=True)]
    head = json.dumps([kinds, plain], ensure_ascii=False, separators=(",", ":"))
    head_bytes = head.encode("utf-8", "surrogatepass")
    content = b"".join([_LENGTH.pack(len(head_bytes)), head_bytes, *map(_little_endian, columns)])
    if len(content) > MAX_RESULT_BYTES:
        raise InvalidValue("chunk-too-large", size=len(content) / 1e6, limit=MAX_RESULT_BYTES / 1e6)
    return zlib.compress(content, 1)


def unpack_parts(data: bytes) -> list[Any]:
    """Return the parts that `pack_parts` serialized; raise a ValueError for other data."""
    stream = zlib.decompressobj()
    try:
        content = memoryview(stream.decompress(data, MAX_RESULT_BYTES))
    except zlib.error as error:
        raise ValueError(str(error)) from None
    if not stream.eof:
        raise ValueError("truncated or larger than the limit")
    if len(content) < _LENGTH.size:
        raise ValueError("no length")
    end = _LENGTH.size + _LENGTH.unpack(content[: _LENGTH.size])[0]
    kinds, parts = json.loads(bytes(content[_LENGTH.size : end]).decode("utf-8", "surrogatepass"))
    for place, kind in enumerate(kinds):
        if kind:
            column: array[Any] = array(kind[0])
            start, end = end, end + int(kind[1:]) * _ITEM_BYTES[kind[0]]
            if not start <= end <= len(content):
                raise ValueError("an array is cut off")
            column.frombytes(content[start:end])
            parts[place] = column if sys.byteorder == "little" else _swapped(column)
    if end != len(content):
        raise ValueError("data after the last array")
    return list(parts)


def _little_endian(column: "array[Any]") -> bytes:
    return (column if sys.byteorder == "little" else _swapped(column)).tobytes()


def _swapped(column: "array[Any]") -> "array[Any]":
    swapped = column[:]
    swapped.byteswap()
    return swapped
