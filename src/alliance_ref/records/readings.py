"""Readings that people decided, where the dictionary knows none or another one."""

import attrs

from alliance_ref.records.values import Source, filled, nfc


@attrs.frozen
class DecidedReading:
    """How a word is read in the names of the reference, whatever the dictionary says.

    `readings` are in kana; the first is the usual one.
    """

    text: str = attrs.field(converter=nfc, validator=filled)
    readings: tuple[str, ...] = attrs.field(validator=attrs.validators.min_len(1))
    sources: tuple[Source, ...] = attrs.field(validator=attrs.validators.min_len(1))
