"""Serialization of values for workers and for the work folder.

Units are serialized as JSON, because equal units must be equal bytes: their digest decides whether a
checkpoint belongs to them. (A pickle depends on which strings are the same object.) The results of the stages
are pickled and compressed. A pickle read from a folder could call any function, so the reader accepts only
records of this library and plain containers.
"""

import array
import builtins
import hashlib
import io
import json
import pickle
import zlib
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Iterable
from importlib import import_module
from typing import Any

from alliance_ref.records.passages import TranslationUnit
from alliance_ref.records.values import PartialDate

_PLAIN: dict[tuple[str, str], object] = {
    (kind.__module__, kind.__name__): kind for kind in (Counter, OrderedDict, defaultdict, deque, array.array)
} | {
    ("builtins", name): getattr(builtins, name)
    for name in ("bytearray", "complex", "dict", "frozenset", "int", "list", "range", "set", "str", "tuple")
}
_PLAIN["array", "_array_reconstructor"] = array._array_reconstructor  # type: ignore[attr-defined]  # noqa: SLF001


def digest(*parts: bytes) -> str:
    """Return a name for the *parts* that no other sequence of parts has.

    >>> digest(b"ab", b"c") == digest(b"a", b"bc")
    False
    """
    total = hashlib.blake2b(digest_size=20)
    for part in parts:
        total.update(len(part).to_bytes(8, "big"))
        total.update(part)
    return total.hexdigest()


def pack_units(units: Iterable[TranslationUnit]) -> bytes:
    """Return *units* as JSON; equal units are equal bytes."""
    rows = [
        (unit.en, unit.ja, unit.document, unit.number, None if unit.date is None else str(unit.date))
        for unit in units
    ]
    # Lone surrogates, from files read in a wrong encoding, are escaped and preserved.
    return json.dumps(rows, separators=(",", ":")).encode("ascii")


def unpack_units(data: bytes) -> tuple[TranslationUnit, ...]:
    """Return the units that `pack_units` serialized.

    >>> unpack_units(pack_units([TranslationUnit("base", "基地", "a.tmx", 3)]))
    (TranslationUnit(en='base', ja='基地', document='a.tmx', number=3, date=None),)
    """
    return tuple(
        TranslationUnit(en, ja, document, number, None if date is None else PartialDate.parse(date))
        for en, ja, document, number, date in json.loads(data)
    )


def pack(value: object) -> bytes:
    """Return a value of the stages as bytes."""
    return zlib.compress(pickle.dumps(value, protocol=5), 1)


def unpack(data: bytes, package: str = "alliance_ref") -> Any:
    """Return the value that `pack` serialized.

    Raises:
        pickle.UnpicklingError: It contains anything but plain containers and classes of *package*.
    """
    return _Unpickler(io.BytesIO(zlib.decompress(data)), package).load()


class _Unpickler(pickle.Unpickler):
    """An unpickler that accepts only the classes of one package and plain containers."""

    def __init__(self, file: io.BytesIO, package: str) -> None:
        super().__init__(file)
        self._package = package

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _PLAIN:
            return _PLAIN[module, name]
        if root(module) == self._package and "." not in name:
            found = getattr(import_module(module), name, None)
            if isinstance(found, type) and root(found.__module__) == self._package:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is not allowed in a checkpoint")


def root(module: str) -> str:
    """Return the top-level package of a module.

    >>> root("alliance_ref.records.passages")
    'alliance_ref'
    """
    return module.partition(".")[0]
