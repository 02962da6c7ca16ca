"""Read the text layer of PDF files: columns, running heads, wrapped and hyphenated lines, vertical writing.

pypdfium2 (BSD-3-Clause or Apache-2.0, extra ``documents``) returns each character with its box, in the order
of the file. The characters are grouped into lines, the lines of a page are ordered by columns (`pdf_layout`),
and lines are joined into paragraphs. Running heads and page numbers are set aside. CJK radicals, which many
PDF files contain in place of kanji, become kanji.

Sizes and gaps are in points, or in ems, the size of the characters of a line.
"""

import re
import threading
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Any

import attrs

from alliance_ref.errors import FileProblem, MissingExtra, unreadable
from alliance_ref.exchange.documents.blocks import BlockList, InlineText
from alliance_ref.exchange.documents.pdf_layout import Line, lines_of, ordered
from alliance_ref.exchange.limits import MAX_PAGES, check_size
from alliance_ref.records.editions import SetAsideKind
from alliance_ref.records.files import FileEdition
from alliance_ref.text.kanji_variants import RADICALS
from alliance_ref.text.scripts import JAPANESE, PUNCTUATION

TITLE = "PDF"

_LOCK = threading.Lock()
"""PDFium must not be called from two threads at once."""

_HYPHENS = "\x02\ufffe\u00ad"
"""What PDFium returns for a hyphen at the end of a line."""

_MIN_READABLE = 0.9
"""Least share of characters of a text layer that are characters and not unmapped glyphs."""

_EDGE_LINES = 2
"""Number of lines at the top and the bottom of a page that may be running heads."""

_MIN_REPEATS = 3
"""Least number of pages on which a running head occurs; in shorter files, every page."""

_HEADING_SIZE = 1.15
"""Least ratio of the size of a heading to that of the text."""

_MAX_HEADING = 120
"""Most characters of a heading."""

_PARAGRAPH_GAP = 1.45
"""Ratio of the distance of two lines to the usual one from which a paragraph ends between them."""

_MIN_INDENT = 0.7
"""Least indent of the first line of a paragraph, in ems."""

_FULL_LINE_SLACK = 1.6
"""How far before the right edge a full line may end, in ems."""

_UNMAPPED = re.compile("[\x00-\x01\x03-\x08\x0e-\x1f\ufffd\ue000-\uf8ff]")
_PAGE_NUMBER = re.compile(
    r"\W{0,3}(?:(?:page|p\.)\s*)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:/|of)\s*\d{1,4})?\s*(?:ページ|頁)?\W{0,3}$",
    re.IGNORECASE,
)
_ITEM = re.compile(
    r"(?:[•●○■◆◇▪‣・※*–—]|\(?\d{1,2}[.)](?=\s)|[（(][0-9０-９一二三四五六七八九十ア-ンa-z]{1,2}[）)]"
    r"|[①-⑳]|第[0-9０-９一二三四五六七八九十]+条)\s*"
)
_DIGITS = re.compile(r"\d+")
_JAPANESE_END = re.compile(f"[{JAPANESE}{PUNCTUATION}]$")
_SENTENCE_END = re.compile(r"[。．.!?！？:：][」』）)”\"’]*$")
_HYPHENATED = re.compile(r"([A-Za-z]{2,})-$")
_COMPOUND = re.compile(r"[A-Za-z]{2,}-[a-z]{2,}")
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}


def read(data: bytes, file: str) -> FileEdition:
    """Return the edition of a PDF.

    Raises:
        MissingExtra: pypdfium2 is not installed.
        UnreadableFile: The file is damaged, protected by a password, or has no text layer.
    """
    check_size(len(data), title=TITLE)
    with _LOCK:
        pages, title = _pages(data)
    blocks = BlockList()
    if not any(pages):
        raise unreadable(TITLE, FileProblem("no-text-layer", {"pages": len(pages)}))
    text = "".join(line.text for page in pages for line in page)
    if len(_UNMAPPED.findall(text)) > (1 - _MIN_READABLE) * len(text):
        raise unreadable(TITLE, FileProblem("unmapped-fonts"))
    _add_blocks(pages, blocks)
    edition = blocks.edition(file, "pdf", title=title)
    if not edition.blocks:
        raise unreadable(TITLE, FileProblem("no-text-layer", {"pages": len(pages)}))
    return edition


@cache
def _pdfium() -> Any:
    try:
        import pypdfium2
        import pypdfium2.raw
    except ImportError:
        raise MissingExtra("documents", "pypdfium2") from None
    return pypdfium2


def _pages(data: bytes) -> tuple[list[list[Line]], str]:
    """Return the lines of each page in reading order, and the title of the document."""
    pdfium = _pdfium()
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise unreadable(TITLE, FileProblem("password")) from None
        raise unreadable(
            TITLE, FileProblem("not-a-document", {"kind": TITLE, "detail": str(error)})
        ) from None
    try:
        if len(document) > MAX_PAGES:
            raise unreadable(
                TITLE, FileProblem("too-many-pages", {"pages": len(document), "limit": MAX_PAGES})
            )
        pages = [
            ordered(lines_of(_characters(document, number), number + 1)) for number in range(len(document))
        ]
        title = document.get_metadata_value("Title") or ""
        return pages, " ".join(title.split())
    finally:
        document.close()


def _characters(document: Any, number: int) -> list[tuple[str, float, float, float, float]]:
    """Return the characters of a page with their boxes: left, bottom, right, top."""
    import ctypes

    raw = _pdfium().raw
    try:
        page = document[number]
    except _pdfium().PdfiumError:
        return []
    found = []
    text = page.get_textpage()
    try:
        box = raw.FS_RECTF()
        for index in range(text.count_chars()):
            character = _folded(raw.FPDFText_GetUnicode(text, index))
            if character and raw.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box)):
                found.append((character, box.left, box.bottom, box.right, box.top))
    finally:
        text.close()
        page.close()
    return found


def _folded(code: int) -> str:
    """Return the character of a code, with a radical as the kanji and a ligature as letters."""
    if code in (0, 0x0A, 0x0D):
        return ""
    if chr(code) in _HYPHENS:
        return "-"
    return _LIGATURES.get(code) or RADICALS.get(code) or chr(code)


# From lines to blocks


def _add_blocks(pages: Sequence[Sequence[Line]], blocks: BlockList) -> None:
    heads = _running_heads(pages)
    body = _body_size(pages)
    compounds = Counter(_COMPOUND.findall(" ".join(line.text for page in pages for line in page)))
    writer = _Paragraphs(blocks, body, compounds)
    for number, page in enumerate(pages, 1):
        if not page:
            writer.flush()
            blocks.set_aside("image", f"page {number}", page=number)
        gap = _usual_gap(page)
        edges = {id(line) for line in _edges(page)}
        for line in page:
            kind = _edge_kind(line, heads) if id(line) in edges else None
            if kind is not None:
                blocks.set_aside(kind, line.text.strip(), page=number)
            else:
                writer.add(line, gap)
    writer.flush()


def _edges(page: Sequence[Line]) -> list[Line]:
    """Return the lines at the top and the bottom of a page."""
    by_height = sorted(page, key=lambda line: -line.top)
    return [*by_height[:_EDGE_LINES], *by_height[-_EDGE_LINES:]]


def _pattern(line: Line) -> str:
    return _DIGITS.sub("#", "".join(line.text.split()))


def _running_heads(pages: Sequence[Sequence[Line]]) -> frozenset[str]:
    """Return the patterns of the lines that occur at the edges of many pages; digits are ignored."""
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update({_pattern(line) for line in _edges(page)})
    filled = sum(1 for page in pages if page)
    needed = max(2, min(_MIN_REPEATS, filled))
    return frozenset(pattern for pattern, count in counts.items() if count >= needed)


def _edge_kind(line: Line, heads: frozenset[str]) -> SetAsideKind | None:
    """Return why a line at the edge of a page is set aside, or ``None`` if it is text."""
    if _PAGE_NUMBER.match(line.text.strip()) and any(char.isalnum() for char in line.text):
        return "page-number"
    return "page-header" if _pattern(line) in heads else None


def _body_size(pages: Sequence[Sequence[Line]]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _usual_gap(page: Sequence[Line]) -> float:
    """Return the median distance of a line to the next in its column, in points."""
    gaps = sorted(
        one.top - other.top
        for one, other in pairwise(page)
        if one.column == other.column and 0 < one.top - other.top < 4 * one.size
    )
    return gaps[len(gaps) // 2] if gaps else 0.0


@attrs.define
class _Paragraphs:
    """Joins lines into paragraphs and adds them to the blocks."""

    blocks: BlockList
    body: float
    compounds: Counter[str]
    lines: list[Line] = attrs.Factory(list)

    def add(self, line: Line, gap: float) -> None:
        """Add the next line; *gap* is the usual distance of lines on its page."""
        if self.lines and self._begins(self.lines[-1], line, gap):
            self.flush()
        self.lines.append(line)

    def _begins(self, before: Line, line: Line, gap: float) -> bool:
        """Return whether a paragraph ends between two lines."""
        em = line.size
        if self._is_large(before) and self._is_large(line) and before.size == em:
            return before.column != line.column or before.top - line.top > 2 * em
        if abs(before.size - em) > 0.1 * max(before.size, em) or _ITEM.match(line.text.lstrip()):
            return True
        is_full = self._is_full(before, line)
        first = self.lines[0]
        is_hanging = bool(_ITEM.match(first.text.lstrip())) and line.left > first.left + 0.1 * em
        is_indented = (
            not is_hanging
            and line.left - line.column[0] >= _MIN_INDENT * em
            and line.left - before.left > 0.3 * em
        )
        if before.column != line.column or before.page != line.page:
            return not is_full or bool(_SENTENCE_END.search(before.text.rstrip())) or is_indented
        if gap and before.top - line.top > _PARAGRAPH_GAP * max(gap, em):
            return True
        return not is_full or is_indented

    def _is_large(self, line: Line) -> bool:
        return line.size >= _HEADING_SIZE * self.body

    def _is_full(self, before: Line, line: Line) -> bool:
        """Return whether the beginning of *line* would not have fitted at the end of *before*."""
        room = before.column[1] - before.right
        if _HYPHENATED.search(before.text.rstrip()) and line.text[:1].islower():
            return True
        if _JAPANESE_END.search(before.text.rstrip()):
            return room <= _FULL_LINE_SLACK * before.size
        word = line.text.split(maxsplit=1)[0] if line.text.strip() else ""
        width = line.right - line.left
        return room <= max(1.0, (len(word) + 1) * width / max(1, len(line.text)) * 1.25)

    def flush(self) -> None:
        """Add the lines so far as one block."""
        lines, self.lines = self.lines, []
        if not lines:
            return
        inline = InlineText()
        for before, line in pairwise([*lines, None]):
            assert before is not None
            done = 0
            for start, end, reading in sorted(before.readings):
                if start >= done:
                    inline.add(before.text[done:start])
                    inline.add(before.text[start:end], reading=reading)
                    done = end
            rest = before.text[done:]
            inline.add(rest if line is None else self._joinable(rest, line.text))
        is_heading = (
            self._is_large(max(lines, key=lambda line: line.size))
            and sum(len(line.text) for line in lines) <= _MAX_HEADING
        )
        first = lines[0]
        if is_heading and not _SENTENCE_END.search(lines[-1].text.rstrip(":： ")):
            self.blocks.add(inline, "heading", page=first.page)
        else:
            self.blocks.add(
                inline, "list-item" if _ITEM.match(first.text.lstrip()) else "paragraph", page=first.page
            )

    def _joinable(self, text: str, following: str) -> str:
        """Return a line so that the next can follow it: without a hyphen, or with a line end."""
        text = text.rstrip()
        hyphenated = _HYPHENATED.search(text)
        if hyphenated is None:
            return text + "\n"
        word = re.match("[a-z]{2,}", following.lstrip())
        if word is None or self.compounds[f"{hyphenated[1]}-{word.group()}"] > 0:
            return text
        return text[:-1]
