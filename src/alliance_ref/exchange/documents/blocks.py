r"""Collect the blocks of a file: normalize white space, keep readings apart, and decide the language.

Readers add inline text to an `InlineText` and finished blocks to a `BlockList`. White space is collapsed as
in HTML; a line end between two Japanese characters is dropped, since Japanese has no spaces between words.

>>> inline = InlineText()
>>> inline.add("Camp\n  Zama と")
>>> inline.add("普天間", reading="ふてんま")
>>> inline.finish()
('Camp Zama と普天間', (RubyReading(start=11, end=14, reading='ふてんま'),), '')
"""

import re
import unicodedata

import attrs

from alliance_ref.errors import FileProblem, unreadable
from alliance_ref.exchange.limits import MAX_DOCUMENT_TEXT
from alliance_ref.records.editions import SetAside, SetAsideKind
from alliance_ref.records.files import BLOCK_SEPARATOR, BlockKind, FileEdition, RubyReading, TextBlock
from alliance_ref.records.values import Lang
from alliance_ref.text.scripts import FULL_WIDTH, JAPANESE, KANA, PUNCTUATION, language_of

_SPACE = " \t\r\n\x0b\x0c\x85\u2028\u2029"
_OUTER_SPACE = _SPACE + "\u3000\u00a0"
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u2060\ufeff\ud800-\udfff]"
)
_WIDE = re.compile(f"[{JAPANESE}{PUNCTUATION}{FULL_WIDTH}]")
_JAPANESE = re.compile(f"[{JAPANESE}]")
_KANA = re.compile(f"[{KANA}]")
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
_SENTENCE_END = re.compile(r"[。．.!?！？:：][\s」』）)”\"’]*$")
_LETTER = re.compile(r"[^\W\d_]")

_JAPANESE_SHARE = 1 / 3
"""Least share of Japanese characters among the letters of Japanese text."""


class InlineText:
    """The text of a block as it is collected, with the readings above its parts."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._readings: list[tuple[int, int, str]] = []

    def __bool__(self) -> bool:
        return bool(self._parts)

    @property
    def ends_sentence(self) -> bool:
        """Whether the text ends like a sentence, so that a line end after it ends a paragraph."""
        tail = next((part for part in reversed(self._parts) if part.strip(_OUTER_SPACE)), "")
        return bool(_SENTENCE_END.search(tail))

    def add(self, text: str, *, reading: str = "") -> None:
        """Add text, with the reading above it if there is one."""
        if not text:
            return
        if reading.strip():
            self._readings.append((self._length, self._length + len(text), reading))
        self._parts.append(text)
        self._length += len(text)

    def finish(self) -> tuple[str, tuple[RubyReading, ...], str]:
        """Return the text, its readings and the invisible characters that were removed; start anew."""
        raw, readings = "".join(self._parts), self._readings
        self.__init__()  # type: ignore[misc]
        return _normalized(raw, readings)


def _normalized(raw: str, readings: list[tuple[int, int, str]]) -> tuple[str, tuple[RubyReading, ...], str]:
    shown: list[str] = []
    removed: list[str] = []
    places = []
    pending = ""
    for character in raw:
        places.append(len(shown) + bool(pending and shown))
        if character in _SPACE:
            pending += character
        elif _INVISIBLE.match(character):
            removed.append(character)
        else:
            if pending and shown and not (_is_line_end(pending) and _are_wide(shown[-1], character)):
                shown.append(" ")
            places[-1] = len(shown)
            pending = ""
            shown.append(character)
    places.append(len(shown))
    text = "".join(shown)
    start = len(text) - len(text.lstrip(_OUTER_SPACE))
    stripped = text.strip(_OUTER_SPACE)

    def moved(place: int) -> int:
        inside = min(max(0, places[place] - start), len(stripped))
        return len(unicodedata.normalize("NFC", stripped[:inside]))

    kept = ((moved(left), moved(right), " ".join(reading.split())) for left, right, reading in readings)
    found = tuple(RubyReading(left, right, reading) for left, right, reading in kept if left < right)
    return unicodedata.normalize("NFC", stripped), found, "".join(removed)


def _is_line_end(space: str) -> bool:
    return any(character not in " \t" for character in space)


def _are_wide(left: str, right: str) -> bool:
    return bool(_WIDE.match(left) and _WIDE.match(right))


def language_in(text: str, declared: str = "") -> Lang | str | None:
    """Return the language of *text*, by its letters if they are clear, else as *declared*.

    Returns:
        ``"en"`` or ``"ja"``, the declared or detected code of a third language, or ``None`` if unknown.

    >>> language_in("同盟", "en"), language_in("同盟", "zh"), language_in("1952", "ja"), language_in("1952")
    ('ja', 'zh', 'ja', None)
    """
    letters = len(_LETTER.findall(text))
    known = language_of(declared) if declared else None
    if declared and known is None and not _KANA.search(text):
        return declared.lower()
    if not letters:
        return known
    if len(_HANGUL.findall(text)) > letters / 2:
        return "ko"
    return "ja" if len(_JAPANESE.findall(text)) > letters * _JAPANESE_SHARE else "en"


@attrs.define
class BlockList:
    """The blocks of a file in their order, and what was set aside."""

    _blocks: list[tuple[TextBlock, bool]] = attrs.Factory(list)
    _set_aside: list[SetAside] = attrs.Factory(list)
    _length: int = 0
    _size: int = 0

    def add(
        self,
        inline: InlineText | str,
        kind: BlockKind = "paragraph",
        *,
        declared: str = "",
        level: int | None = None,
        page: int | None = None,
        line: int | None = None,
    ) -> None:
        """Add a block unless it is empty; *declared* is the code of its language in the file, if any."""
        if isinstance(inline, str):
            text, inline = inline, InlineText()
            inline.add(text)
        text, readings, removed = inline.finish()
        if removed:
            self.set_aside("invisible-character", removed, page=page, line=line)
        if not text.strip():
            return
        lang = language_in(text, declared)
        if lang not in ("en", "ja", None):
            self.set_aside("other-language", text, page=page, line=line)
            return
        shown: Lang = "ja" if lang == "ja" else "en"
        block = TextBlock(text, shown, kind, level, page, line, readings)
        self._size += len(block.text)
        if self._size > MAX_DOCUMENT_TEXT:
            raise unreadable("document", FileProblem("too-much-text", {"limit": MAX_DOCUMENT_TEXT}))
        self._length += len(block.text) + (len(BLOCK_SEPARATOR) if self._blocks else 0)
        self._blocks.append((block, lang is not None))

    def set_aside(
        self, kind: SetAsideKind, text: str, *, page: int | None = None, line: int | None = None
    ) -> None:
        """Report content that is left out here."""
        self._set_aside.append(SetAside(kind, self._length, text, page=page, line=line))

    def edition(self, file: str, format_id: str, *, title: str = "", encoding: str = "") -> FileEdition:
        """Return the edition; a block without letters has the language of the block before it."""
        blocks = []
        lang: Lang = next((block.lang for block, known in self._blocks if known), "en")
        for block, known in self._blocks:
            lang = block.lang if known else lang
            blocks.append(block if known else attrs.evolve(block, lang=lang))
        return FileEdition(file, format_id, tuple(blocks), tuple(self._set_aside), title, encoding)
