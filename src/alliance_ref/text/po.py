"""Read gettext PO files: the catalogs of this package and the translations of other projects.

Babel can read PO files, but only as a whole, and it reports neither obsolete messages nor the line of a
mistake. A checkout of this package also reads its own messages with it, without a build step.
"""

import re
from collections.abc import Iterable, Iterator

import attrs

FORMAT = "gettext PO"
_FIELD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d+)\])?\s*(\".*)")
_STRING = re.compile(r"\"((?:[^\"\\]|\\.)*)\"\s*(?:#.*)?")
_STRAY_QUOTES = re.compile(r"\"(.*)\"")
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|([0-7]{1,3})|(.))")
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}


@attrs.define
class PoMessage:
    """A message of a PO file; `fields` has the texts of ``msgctxt``, ``msgid``, ``msgstr[0]`` and so on."""

    fields: dict[str, str] = attrs.Factory(dict)
    fuzzy: bool = False
    obsolete: bool = False

    @property
    def id(self) -> str:
        """The text to translate; empty in the header."""
        return self.fields.get("msgid", "")

    @property
    def translations(self) -> tuple[str, ...]:
        """The plural forms of the translation in order; one form for a message without a plural."""
        return tuple(text for key, text in sorted(self.fields.items()) if key.startswith("msgstr["))


def po_messages(lines: Iterable[str], where: str = "<text>") -> Iterator[PoMessage]:
    r"""Yield the messages of a PO file in order, including its header, fuzzy and obsolete messages.

    Args:
        lines: The lines of the file.
        where: How errors name the file.

    Raises:
        UnreadableFile: if a line is not part of a PO file.

    >>> [(m.id, m.translations) for m in po_messages(['msgid "base"', 'msgstr "基"', '"地"'])]
    [('base', ('基地',))]
    """
    message = PoMessage()
    fuzzy_next, key = False, ""
    for number, given in enumerate(lines, 1):
        line = given.strip().removeprefix("\ufeff")
        obsolete = line.startswith("#~")
        if obsolete:
            line = line.removeprefix("#~").strip()
        if not line or line.startswith(("#", "|")):
            if line.startswith("#,") and "fuzzy" in line:
                if message.translations:  # a flag after a translation belongs to the next message
                    fuzzy_next = True
                else:
                    message.fuzzy = True
            continue
        found = _FIELD.fullmatch(line)
        text = _unquoted(found[3] if found else line)
        if text is None or not (found or key):
            from alliance_ref.errors import FileProblem, UnreadableFile

            raise UnreadableFile(where, FORMAT, (FileProblem("not-po", {"line": line}, line=number),))
        if found is None:
            message.fields[key] += text
            continue
        key = f"msgstr[{found[2] or 0}]" if found[1] == "msgstr" else found[1]
        if key in ("msgctxt", "msgid") and message.translations:
            yield message
            message, fuzzy_next = PoMessage(fuzzy=fuzzy_next), False
        message.fields[key] = text
        message.obsolete |= obsolete
    if "msgid" in message.fields:
        yield message


def _unquoted(quoted: str) -> str | None:
    """Return the text of one or several strings on a line, or ``None`` if the line is something else.

    A comment may follow. Quotation marks without a backslash, which gettext rejects, are part of the text.
    """
    texts: list[str] = []
    place = 0
    while place < len(quoted):
        found = _STRING.match(quoted, place)
        if found is None:
            stray = _STRAY_QUOTES.fullmatch(quoted)
            texts, place = ([stray[1]], len(quoted)) if stray else ([], -1)
            break
        texts.append(found[1])
        place = found.end()
    if place < 0:
        return None
    text = "".join(texts)
    return _ESCAPE.sub(_unescaped, text) if "\\" in text else text


def _unescaped(found: re.Match[str]) -> str:
    if found[1]:
        return chr(int(found[1], 16))
    return chr(int(found[2], 8)) if found[2] else _ESCAPED.get(found[3], found[3])
