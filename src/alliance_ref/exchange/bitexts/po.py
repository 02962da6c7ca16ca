"""Translations out of gettext PO files, read line by line.

Babel could read them, but as a whole, without what is obsolete or where a mistake stands, and only the
calendar uses Babel here; the format takes a hundred lines. A PO file says once, in the header, which language
its translations are in; if that is English, the two sides change places.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

import attrs

from alliance_ref.errors import UnreadableFile
from alliance_ref.records.bitexts import TranslationUnit

_TITLE = "gettext PO"
_KEYWORD = re.compile(r"(msgctxt|msgid|msgid_plural|msgstr)(?:\[(\d+)\])?\s*(\".*\")")
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|([0-7]{1,3})|(.))")
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_LANGUAGE = re.compile(r"^Language:[ \t]*(\w+)", re.MULTILINE)


def read_units(
    lines: Iterable[str], *, where: str, skipped: Counter[str] | None = None
) -> Iterator[TranslationUnit]:
    """The translated messages of a PO file as units, in order.

    A message with a plural gives one unit for the singular and, where the translation has a form of its own
    or the English differs, one for the plural. Messages with different contexts are different units.

    Args:
        lines: The lines of the file.
        where: What the units call their document, and errors the file.
        skipped: Counts what is left out, if given: ``fuzzy``, ``obsolete`` and ``untranslated`` messages.

    Raises:
        UnreadableFile: where a line is none of a PO file.
    """
    left_out: Counter[str] = Counter() if skipped is None else skipped
    swap = False
    number = 0
    for message in _messages(lines, where):
        if message.obsolete:
            left_out["obsolete"] += 1
        elif not message.texts.get("msgid"):
            language = _LANGUAGE.search(message.texts.get("msgstr[0]", ""))
            swap = language is not None and language[1].lower().startswith("en")
        elif message.fuzzy:
            left_out["fuzzy"] += 1
        else:
            pairs = list(message.pairs())
            if not pairs:
                left_out["untranslated"] += 1
            for source, target in pairs:
                en, ja = (target, source) if swap else (source, target)
                yield TranslationUnit(en, ja, where, number)
                number += 1


@attrs.define
class _Message:
    texts: dict[str, str] = attrs.Factory(dict)
    fuzzy: bool = False
    obsolete: bool = False

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Each text with its translation, where it has one."""
        single, plural = self.texts["msgid"], self.texts.get("msgid_plural")
        forms = [text for key, text in sorted(self.texts.items()) if key.startswith("msgstr[")]
        if forms and forms[0].strip():
            yield single, forms[0]
        if plural and plural != single and forms and forms[-1].strip():
            yield plural, forms[-1]


def _messages(lines: Iterable[str], where: str) -> Iterator[_Message]:
    message = _Message()
    key = ""
    for number, given in enumerate(lines, 1):
        line = given.strip().removeprefix("\ufeff")
        obsolete = line.startswith("#~")
        if obsolete:
            line = line.removeprefix("#~").strip()
        if not line or line.startswith(("#", "|")):
            flags = line.startswith("#,") and "fuzzy" in line
            if "msgstr[0]" in message.texts and (flags or line.startswith("#") or not line):
                yield message
                message, key = _Message(), ""
            message.fuzzy |= flags
            continue
        found = _KEYWORD.fullmatch(line)
        if found is not None:
            name = f"msgstr[{found[2] or 0}]" if found[1] == "msgstr" else found[1]
            # A new message begins where the last one has its translation already.
            if name in ("msgctxt", "msgid") and "msgstr[0]" in message.texts:
                yield message
                message = _Message()
            key = name
            message.texts[key] = _text(found[3])
            message.obsolete |= obsolete
        elif key and len(line) > 1 and line.startswith('"') and line.endswith('"'):
            message.texts[key] += _text(line)
        else:
            raise UnreadableFile(where, _TITLE, ((f"line {number}", f"no part of a PO file: {line[:40]!r}"),))
    if "msgid" in message.texts:
        yield message


def _text(quoted: str) -> str:
    text = quoted[1:-1]
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(found: re.Match[str]) -> str:
    if found[1]:
        return chr(int(found[1], 16))
    return chr(int(found[2], 8)) if found[2] else _PLAIN.get(found[3], found[3])
