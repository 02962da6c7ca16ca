"""Decode passages: units with both languages on adjacent lines, and fingerprints as one string.

This module is separate from `decoding` because a lookup decodes names but no passages.
"""

import base64
import binascii
import struct
from collections.abc import Mapping
from typing import Any

from alliance_ref.arguments import invalid_value
from alliance_ref.codec.decoding import BAD, Decoder, register
from alliance_ref.records.passages import AlignedUnit, Fingerprint, Passage, Segment
from alliance_ref.records.values import Gap

FINGERPRINT_VERSION = "f1"


def fingerprint_text(fingerprint: Fingerprint) -> str:
    """Return a fingerprint as text for the data files: six fields joined by periods."""
    sketch = struct.pack(f">{len(fingerprint.sketch)}I", *fingerprint.sketch)
    fields = (
        FINGERPRINT_VERSION,
        str(fingerprint.length),
        f"{fingerprint.head:08x}",
        fingerprint.digest,
        str(fingerprint.runs),
        base64.b64encode(sketch).decode("ascii"),
    )
    return ".".join(fields)


def parse_fingerprint(text: str) -> Fingerprint:
    """Return the fingerprint that `fingerprint_text` wrote as *text*.

    Raises:
        InvalidValue: for any other text.
    """
    try:
        version, length, head, digest, runs, sketch = text.split(".")
        packed = base64.b64decode(sketch, validate=True)
        hashes = struct.unpack(f">{len(packed) // 4}I", packed)
        if version != FINGERPRINT_VERSION:
            raise ValueError(version)
        return Fingerprint(int(length), int(head, 16), digest, int(runs), hashes)
    except (ValueError, struct.error, binascii.Error):
        raise invalid_value("fingerprint") from None


def _fingerprint(decoder: Decoder, data: object, path: str) -> Any:
    if not isinstance(data, str):
        return decoder.fail(path, "must be a fingerprint, or a gap such as {{ gap = 'lost' }}")
    try:
        return parse_fingerprint(data)
    except ValueError as error:
        return decoder.reject(path, error)


def _passage(decoder: Decoder, data: object, path: str) -> Any:
    """Decode a table; the offsets of the segments are those in the joined text of the units."""
    if not isinstance(data, Mapping):
        return decoder.fail(path, "must be a table")
    rest = {key: value for key, value in data.items() if key != "units"}
    units = _units(decoder, data.get("units"), f"{path}.units")
    return decoder.table(Passage, rest, path, given={"units": units})


def _units(decoder: Decoder, data: object, path: str) -> Any:
    if not isinstance(data, list) or not data:
        return decoder.fail(path, "required: at least one unit with 'en' and 'ja'")
    ends = {"en": 0, "ja": 0}
    units = []
    for at, item in enumerate(data):
        here = f"{path}[{at}]"
        if not isinstance(item, Mapping):
            units.append(decoder.fail(here, "must be a table"))
            continue
        decoder.check_keys(item, ("en", "ja", "status", "confidence"), here)
        sides = {lang: _side(decoder, item, lang, f"{here}.{lang}", ends) for lang in ("en", "ja")}
        extra = {key: item[key] for key in ("status", "confidence") if key in item}
        units.append(decoder.build(AlignedUnit, {**sides, **extra}, here))
    return BAD if any(unit is BAD for unit in units) else tuple(units)


def _side(decoder: Decoder, item: Mapping[str, object], lang: str, path: str, ends: dict[str, int]) -> Any:
    if lang not in item:
        return decoder.fail(path, "required field missing")
    value = item[lang]
    if isinstance(value, Mapping):
        return decoder.decode(str | Gap, value, path)
    texts = value if isinstance(value, list) else [value]
    if not texts:
        return decoder.fail(path, "must be a sentence, a list of sentences, or a gap")
    segments = []
    for text in texts:
        if not isinstance(text, str) or not text.strip():
            return decoder.fail(path, "must be a sentence, a list of sentences, or a gap")
        # The sentences of one language are joined, in English with spaces.
        start = ends[lang] + (1 if lang == "en" and ends[lang] else 0)
        ends[lang] = start + len(text)
        segments.append(
            decoder.build(Segment, {"text": text, "lang": lang, "start": start, "end": ends[lang]}, path)
        )
    return BAD if any(segment is BAD for segment in segments) else tuple(segments)


register(Fingerprint, _fingerprint)
register(Passage, _passage)
