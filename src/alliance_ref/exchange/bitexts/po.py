"""Read translations from gettext PO files.

The header of a PO file names the language of its translations. If that is English, the two sides are swapped;
if it is neither English nor Japanese, the file is rejected.
"""

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from alliance_ref.exchange.bitexts.languages import Sides, is_other, other_languages
from alliance_ref.exchange.bitexts.states import State
from alliance_ref.exchange.xml.reading import is_encoding
from alliance_ref.records.passages import TranslationUnit
from alliance_ref.text.encodings import MAX_SAMPLE, detect_encoding
from alliance_ref.text.po import FORMAT, PoMessage, po_messages

_NAMES = {"japanese": "ja", "english": "en"}
_WINDOWS = dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j", "cp932"), "cp932")

_CHARSET = re.compile(rb"charset=([-\w:.]+)", re.IGNORECASE)
_FIELD = re.compile(r"^([-\w]+):[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_HEADER_BYTES = 1 << 14  # bytes in which the header names the encoding


def read_units(
    file: BinaryIO,
    *,
    where: str,
    skipped: Counter[str] | None = None,
    min_state: State = "translated",
) -> Iterator[TranslationUnit]:
    r"""Yield the translated messages of a PO file as units, in order.

    The file is decoded as its header specifies. A message with a plural gives one unit for the singular and
    one for the plural, unless both are the same text. Messages with different contexts are different units.

    Args:
        file: The open file.
        where: The document of the units, and the file that errors name.
        skipped: Counts the messages that are left out: ``fuzzy``, ``obsolete`` and ``untranslated``; if the
            header names no language, also those of an ``unknown language`` (without Japanese characters).
        min_state: The least state of a unit: ``initial`` includes fuzzy messages.

    Raises:
        UnreadableFile: if a line is not part of a PO file, the bytes are not in the encoding of the header,
            or the file is not in English and Japanese.

    >>> import io
    >>> [unit] = read_units(io.BytesIO('msgid "base"\nmsgstr "基地"'.encode()), where="a.po")
    >>> unit.en, unit.ja
    ('base', '基地')
    """
    left_out: Counter[str] = Counter() if skipped is None else skipped
    sides = Sides(FORMAT, left_out)
    tags, number = ("", ""), 0
    for message in po_messages(_lines(file, where), where):
        if message.obsolete:
            left_out["obsolete"] += 1
        elif not message.id:
            tags = _languages("".join(message.translations[:1]))
        elif message.fuzzy and min_state != "initial":
            left_out["fuzzy"] += 1
        else:
            pairs = list(_pairs(message))
            if not pairs:
                left_out["untranslated"] += 1
            for source, target in pairs:
                if texts := sides.assign(source, target, *tags):
                    state = "initial" if message.fuzzy else "translated"
                    yield TranslationUnit(*texts, where, number, state=state)
                    number += 1
    sides.check()


def _lines(file: BinaryIO, where: str) -> Iterator[str]:
    r"""Yield the lines of a file in the encoding of its header; only ``\n`` ends a line, as for gettext."""
    head = file.read(MAX_SAMPLE)
    declared = _CHARSET.search(head[:_HEADER_BYTES])
    encoding = declared[1].decode("ascii") if declared else ""
    if head.startswith(codecs.BOM_UTF8) or not is_encoding(encoding):
        encoding = detect_encoding(head, where=where, format_title=FORMAT, whole=len(head) < MAX_SAMPLE)
    file.seek(0)
    decoder = codecs.getincrementaldecoder(_WINDOWS.get(encoding.casefold(), encoding))()
    rest = ""
    for part in chain(file, [b""]):
        rest += decoder.decode(part, final=not part)
        *lines, rest = rest.split("\n")
        yield from lines
    yield rest


def _languages(header: str) -> tuple[str, str]:
    """Return the languages that a header names: that of the source and that of the translations.

    Raises:
        UnreadableFile: The header names another language.
    """
    fields = {name.casefold(): value for name, value in _FIELD.findall(header)}
    source = fields.get("x-source-language", "")
    target = fields.get("language", "") or _NAMES.get(fields.get("x-poedit-language", "").casefold(), "")
    if is_other(target) or (source and is_other(source)):
        raise other_languages(FORMAT, source, target)
    if target and not source:
        source = "ja" if target.casefold().startswith("en") else "en"
    return source, target


def _pairs(message: PoMessage) -> Iterator[tuple[str, str]]:
    """Yield the singular and the plural of a message, each with its translation if it has one."""
    forms, plural = message.translations, message.fields.get("msgid_plural")
    if forms and forms[0].strip():
        yield message.id, forms[0]
    if plural and plural != message.id and forms and forms[-1].strip():
        yield plural, forms[-1]
