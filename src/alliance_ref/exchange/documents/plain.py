"""Read plain text: each paragraph is a block, and hard-wrapped lines are joined."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from alliance_ref.exchange.documents.blocks import BlockList, language_in
from alliance_ref.records.files import FileEdition
from alliance_ref.records.values import Lang
from alliance_ref.text.encodings import check_is_text, decode
from alliance_ref.text.paragraphs import find_paragraphs

_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]*(?:\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]|$)")
_BROKEN = re.compile(r"[\udc80-\udcff]")


def decoded(data: bytes, file: str, blocks: BlockList) -> tuple[str, str]:
    """Return the text and encoding of *data*; broken bytes become U+FFFD and are reported.

    Raises:
        UnreadableCopy: The data is not text.
    """
    text, encoding = decode(data, file)
    for found in _BROKEN.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        blocks.set_aside("undecodable", f"0x{ord(found.group()) - 0xDC00:02x}", line=line)
    return _BROKEN.sub("\ufffd", text), encoding


def read(data: bytes, file: str) -> FileEdition:
    """Return the edition of a text file.

    Raises:
        UnreadableCopy: The file is empty or not text.
    """
    blocks = BlockList()
    text, encoding = decoded(data, file, blocks)
    return _edition(text, file, blocks, encoding)


def read_text(text: str, *, file: str = "<text>") -> FileEdition:
    r"""Return the edition of *text*.

    Raises:
        UnreadableCopy: The text is empty or not text.

    >>> [block.text for block in read_text("Talks go on.\n\n協議は続く。").blocks]
    ['Talks go on.', '協議は続く。']
    """
    check_is_text(text, file)
    return _edition(text, file, BlockList(), "")


def _edition(text: str, file: str, blocks: BlockList, encoding: str) -> FileEdition:
    starts = [found.start() for found in _LINE.finditer(text)]
    for lang, begin, end in _stretches(text):
        for paragraph in find_paragraphs(text[begin:end], lang):
            line = bisect_right(starts, begin + paragraph.offsets[0])
            blocks.add(paragraph.text, line=line)
    return blocks.edition(file, "text", encoding=encoding)


def _stretches(text: str) -> Iterator[tuple[Lang, int, int]]:
    """Yield the parts of *text* in one language, which are runs of lines; each is unwrapped on its own."""
    current: Lang | None = None
    begin = 0
    for found in _LINE.finditer(text):
        lang = language_in(found.group())
        if lang not in ("en", "ja") or lang == current:
            continue
        if current is not None and _is_short(found.group()):
            continue
        if current is not None:
            yield current, begin, found.start()
            begin = found.start()
        current = "ja" if lang == "ja" else "en"
    yield current or "en", begin, len(text)


def _is_short(line: str) -> bool:
    """Return whether a line may be part of a paragraph in the other language, such as a wrapped name."""
    return len(line.split()) < 3 and len(line.strip()) < 20
