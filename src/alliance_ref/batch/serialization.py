"""Values as bytes, for the way to a worker, and for a work folder.

Units travel as JSON, since the same units must always be the same bytes: their digest says whether a work
folder holds the work on them. (A pickle depends on which strings happen to be one object.) What the stages
make of them is pickled and compressed. A pickle read from a folder could name any function to call, so the
reader here builds records of this library and plain containers, and refuses everything else.
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
    """A name for these bytes that no other bytes have.

    >>> digest(b"ab", b"c") == digest(b"a", b"bc")
    False
    """
    total = hashlib.blake2b(digest_size=20)
    for part in parts:
        total.update(len(part).to_bytes(8, "big"))
        total.update(part)
    return total.hexdigest()


def pack_units(units: Iterable[TranslationUnit]) -> bytes:
    """The *units* as JSON; equal units are equal bytes."""
    rows = [
        (unit.en, unit.ja, unit.document, unit.number, None if unit.date is None else str(unit.date))
        for unit in units
    ]
    # Lone surrogates, which files in a wrong encoding bring, are escaped and come through.
    return json.dumps(rows, separators=(",", ":")).encode("ascii")


def unpack_units(data: bytes) -> tuple[TranslationUnit, ...]:
    """The units that :func:`pack_units` packed.

    >>> unpack_units(pack_units([TranslationUnit("base", "基地", "a.tmx", 3)]))
    (TranslationUnit(en='base', ja='基地', document='a.tmx', number=3, date=None),)
    """
    return tuple(
        TranslationUnit(en, ja, document, number, None if date is None else PartialDate.parse(date))
        for en, ja, document, number, date in json.loads(data)
    )


def pack(value: object) -> bytes:
    """Any value of the stages as bytes."""
    return zlib.compress(pickle.dumps(value, protocol=5), 1)


def unpack(data: bytes, package: str = "alliance_ref") -> Any:
    """What :func:`pack` packed.

    Raises:
        pickle.UnpicklingError: if it holds anything but plain containers and classes of *package*.
    """
    return _Unpickler(io.BytesIO(zlib.decompress(data)), package).load()


class _Unpickler(pickle.Unpickler):
    """Knows the classes of one package and plain containers, and no functions."""

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
        raise pickle.UnpicklingError(f"{module}.{name} does not belong into a work folder")


def root(module: str) -> str:
    """The package that a module is in, whatever its depth.

    >>> root("alliance_ref.records.passages")
    'alliance_ref'
    """
    return module.partition(".")[0]
