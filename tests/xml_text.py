"""The effect of XML on text, for the tests: characters that it does not allow become U+FFFD."""

from typing import Any

import attrs


def replaced(text: str) -> str:
    """Return *text* with U+FFFD for characters outside production 2 (Char) of XML 1.0."""
    return "".join(character if _allowed(ord(character)) else "\ufffd" for character in text)


def _allowed(number: int) -> bool:
    return (
        number in (0x9, 0xA, 0xD)
        or 0x20 <= number <= 0xD7FF
        or 0xE000 <= number <= 0xFFFD
        or number >= 0x10000
    )


def as_xml(record: Any) -> Any:
    """Return *record* as XML round-trips it."""
    if isinstance(record, str):
        return replaced(record)
    if isinstance(record, tuple):
        return tuple(map(as_xml, record))
    if attrs.has(type(record)):
        fields = attrs.fields(type(record))
        values = {field.name: as_xml(getattr(record, field.name)) for field in fields}
        return attrs.evolve(record, **values)
    return record
