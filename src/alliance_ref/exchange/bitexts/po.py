"""Read translations from gettext PO files.

The header of a PO file names the language of its translations. If that is English, the two sides are swapped.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from alliance_ref.records.passages import TranslationUnit
from alliance_ref.text.po import PoMessage, po_messages

_LANGUAGE = re.compile(r"^Language:[ \t]*(\w+)", re.MULTILINE)


def read_units(
    lines: Iterable[str], *, where: str, skipped: Counter[str] | None = None
) -> Iterator[TranslationUnit]:
    """Yield the translated messages of a PO file as units, in order.

    A message with a plural gives one unit for the singular and one for the plural, unless both are the same
    text. Messages with different contexts are different units.

    Args:
        lines: The lines of the file.
        where: The document of the units, and the file that errors name.
        skipped: Counts the messages that are left out: ``fuzzy``, ``obsolete`` and ``untranslated``.

    Raises:
        UnreadableFile: if a line is not part of a PO file.

    >>> [unit] = read_units(['msgid "base"', 'msgstr "基地"'], where="a.po")
    >>> unit.en, unit.ja
    ('base', '基地')
    """
    left_out: Counter[str] = Counter() if skipped is None else skipped
    swap = False
    number = 0
    for message in po_messages(lines, where):
        if message.obsolete:
            left_out["obsolete"] += 1
        elif not message.id:
            language = _LANGUAGE.search("".join(message.translations[:1]))
            swap = language is not None and language[1].lower().startswith("en")
        elif message.fuzzy:
            left_out["fuzzy"] += 1
        else:
            pairs = list(_pairs(message))
            if not pairs:
                left_out["untranslated"] += 1
            for source, target in pairs:
                en, ja = (target, source) if swap else (source, target)
                yield TranslationUnit(en, ja, where, number)
                number += 1


def _pairs(message: PoMessage) -> Iterator[tuple[str, str]]:
    """Yield the singular and the plural of a message, each with its translation if it has one."""
    forms, plural = message.translations, message.fields.get("msgid_plural")
    if forms and forms[0].strip():
        yield message.id, forms[0]
    if plural and plural != message.id and forms and forms[-1].strip():
        yield plural, forms[-1]
