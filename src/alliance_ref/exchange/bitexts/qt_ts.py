"""Read translations from Qt Linguist files (``.ts``).

An ``unfinished`` translation is in the state initial, any other one translated; ``obsolete`` and ``vanished``
messages are left out. A message with a plural becomes one unit, with its last form.
"""

from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element

from alliance_ref.errors import FileProblem, unreadable
from alliance_ref.exchange.bitexts.languages import Sides, is_other, other_languages
from alliance_ref.exchange.bitexts.states import State, reaches
from alliance_ref.exchange.limits import MAX_DEPTH, MAX_UNIT
from alliance_ref.exchange.xml.reading import PIECE_SIZE, read_events, too_deep
from alliance_ref.records import TranslationUnit

TITLE = "Qt TS"


def read_units(
    file: BinaryIO,
    *,
    where: str,
    skipped: Counter[str] | None = None,
    min_state: State = "translated",
) -> Iterator[TranslationUnit]:
    """Yield the translated messages of a Qt TS file as units, in order.

    Args:
        file: The open file.
        where: The document of the units.
        skipped: Counts the messages that are left out: ``untranslated``, ``initial``, ``obsolete``.
        min_state: The least state of a unit.

    Raises:
        UnreadableFile: The file is not Qt TS, or not in English and Japanese.

    >>> import io
    >>> text = '<TS language="ja"><context><message><source>base</source><translation>基地</translation>'
    >>> file = io.BytesIO(f"{text}</message></context></TS>".encode())
    >>> [unit.ja for unit in read_units(file, where="a.ts")]
    ['基地']
    """
    left_out: Counter[str] = Counter() if skipped is None else skipped
    sides = Sides(TITLE, left_out)
    tags, number, depth, size = ("", ""), 0, 0, 0
    for events in read_events(file, title=TITLE):
        size += PIECE_SIZE
        if size > MAX_UNIT:
            raise unreadable(TITLE, FileProblem("no-unit", {"limit": MAX_UNIT // 2**20}))
        for event, element in events:
            if event == "start":
                depth += 1
                if depth > MAX_DEPTH:
                    raise too_deep(TITLE)
                if depth == 1:
                    tags = _languages(element)
                continue
            depth -= 1
            if element.tag != "message":
                continue
            size = 0
            source, target, state = _message(element)
            element.clear()
            if state == "obsolete":
                left_out["obsolete"] += 1
            elif not target.strip():
                left_out["untranslated"] += 1
            elif source.strip() and (texts := sides.assign(source, target, *tags)):
                if reaches(state, min_state):
                    yield TranslationUnit(*texts, where, number, state=state)
                    number += 1
                else:
                    left_out[state] += 1
    sides.check()


def _languages(root: Element) -> tuple[str, str]:
    if root.tag != "TS":
        raise unreadable(TITLE, FileProblem("wrong-root", {"element": root.tag, "expected": "TS"}))
    source, target = root.get("sourcelanguage") or "en", root.get("language") or ""
    if is_other(source) or is_other(target):
        raise other_languages(TITLE, source, target)
    return source, target


def _message(message: Element) -> tuple[str, str, str]:
    source = target = ""
    state = "translated"
    for child in message:
        if child.tag == "source":
            source = _text(child)
        elif child.tag == "translation":
            forms = [form for form in child if form.tag == "numerusform"]
            target = _text(forms[-1] if forms else child)
            kind = child.get("type", "")
            state = "obsolete" if kind in ("obsolete", "vanished") else "initial" if kind else "translated"
    return source, target, state


def _text(element: Element) -> str:
    """Return the text of an element; ``byte`` is a character that XML may not contain."""
    texts = [element.text or ""]
    for child in element:
        if child.tag == "byte":
            texts.append(_byte(child.get("value", "")))
        elif child.tag == "lengthvariant":
            return _text(child)
        texts.append(child.tail or "")
    return "".join(texts)


def _byte(value: str) -> str:
    """Return the character with a number such as ``x1b`` or ``27``."""
    try:
        return chr(int(value[1:], 16) if value[:1] in "xX" else int(value))
    except (ValueError, OverflowError):
        return "\ufffd"
