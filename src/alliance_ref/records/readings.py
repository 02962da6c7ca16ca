"""Readings that people decided, where the dictionary knows none or another one."""

import attrs

from alliance_ref.records.values import Source, filled, nfc


@attrs.frozen
class DecidedReading:
    """How a word is read in the names of the reference, whatever the dictionary says.

    `readings` are in kana; the first is the usual one.

    >>> import alliance_ref as ar
    >>> ar.reading("仮訳"), ar.load().decided_readings()["仮訳"]
    ('かやく', ('かりやく',))
    >>> decided = ar.records.DecidedReading("仮訳", ("かりやく",), ar.entry("alliance").sources)
    >>> decided.text, decided.readings
    ('仮訳', ('かりやく',))
    """

    text: str = attrs.field(converter=nfc, validator=filled)
    readings: tuple[str, ...] = attrs.field(validator=attrs.validators.min_len(1))
    sources: tuple[Source, ...] = attrs.field(validator=attrs.validators.min_len(1))
