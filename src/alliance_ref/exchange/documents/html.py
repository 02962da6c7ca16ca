"""Read the main text of web pages, and Markdown by way of HTML.

Resiliparse (Apache-2.0, extra ``documents``) parses the page as a browser does and decides which parts are
the main content. Extractors write the readings of furigana into the text, 普天間(ふてんま), and drop
languages. So this reader marks each piece of text with one private character before the extraction. The
marks that remain show which pieces are main content. The rest is set aside.

Scripts and style sheets are not text and are not reported.
"""

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from alliance_ref.errors import MissingExtra
from alliance_ref.exchange.documents.blocks import BlockList, InlineText
from alliance_ref.exchange.documents.plain import decoded
from alliance_ref.exchange.limits import MAX_DEPTH, check_size
from alliance_ref.records.editions import SetAsideKind
from alliance_ref.records.files import BlockKind, FileEdition
from alliance_ref.text.scripts import language_of

if TYPE_CHECKING:
    import types

TITLE = "HTML"

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption"
    " figure footer form header hgroup hr html legend li main menu nav ol p pre search section summary table"
    " tbody td tfoot th thead tr ul".split()
)
_NOT_TEXT = frozenset(
    "script style head template svg canvas object embed iframe audio video map rp source".split()
)
_CONTROLS = frozenset("button select textarea input option datalist meter progress".split())
_NAVIGATION = frozenset("nav footer aside".split())
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SENTENCE = re.compile(r"[。．.!?！？][」』）)”\"]?\s*$")
_FIRST_MARK = 0xF0000
_LAST_MARK = 0x10FFFD
_MARK = re.compile("[\U000f0000-\U0010fffd]")

_MIN_KEPT = 0.1
"""Least share of the text that the main content has; less means that it was not recognized."""

_MIN_PHRASE = {"en": 20, "ja": 8}
"""Least number of characters in another language, inside a paragraph, that become a block of their own."""


def read(data: bytes, file: str) -> FileEdition:
    """Return the edition of a web page.

    Raises:
        MissingExtra: Resiliparse is not installed.
        UnreadableCopy: The file is not text.
    """
    check_size(len(data), title=TITLE)
    blocks = BlockList()
    text, encoding = decoded(data, file, blocks)
    tree = _resiliparse().parse.html.HTMLTree.parse(text.lstrip("\ufeff"))
    kept = _main_content(text, tree)
    reader = PageReader(blocks, kept)
    reader.read(tree.body)
    return blocks.edition(file, "html", title=" ".join((tree.title or "").split()), encoding=encoding)


@cache
def _resiliparse() -> "types.ModuleType":
    try:
        import resiliparse.extract.html2text
        import resiliparse.parse.html
    except ImportError:
        raise MissingExtra("documents", "resiliparse") from None
    return resiliparse


def fragment(html: str) -> Any:
    """Return the body of markup from another format."""
    return _resiliparse().parse.html.HTMLTree.parse(f"<body>{html}</body>").body


def _main_content(text: str, tree: Any) -> frozenset[int] | None:
    """Return the numbers of the pieces of text in the main content; ``None`` if it is not recognized."""
    if _MARK.search(text):
        text = _MARK.sub("\ufffd", text)
    marked = _resiliparse().parse.html.HTMLTree.parse(text.lstrip("\ufeff"))
    sizes = []
    sentences = set()
    for number, node in enumerate(_text_nodes(marked.body)):
        if number > _LAST_MARK - _FIRST_MARK:
            return None
        sizes.append(len(node.value.strip()))
        if _SENTENCE.search(node.value) and _is_in_main(node):
            sentences.add(number)
        node.value = chr(_FIRST_MARK + number) + node.value
    extract = _resiliparse().extract.html2text.extract_plain_text
    shown = extract(marked, main_content=True, alt_texts=False, skip_elements=["rt", "rp"], comments=True)
    kept = frozenset(ord(mark) - _FIRST_MARK for mark in _MARK.findall(shown)) | sentences
    if sum(sizes[one] for one in kept) < _MIN_KEPT * sum(sizes):
        return None
    return kept


def _is_in_main(node: Any) -> bool:
    """Return whether a piece of text is in the element for the main content, outside links and navigation.

    The extractor drops short lists at the end of a page; their sentences are main content.
    """
    parent = node.parent_node
    while parent is not None and parent.node_type == 1:
        tag = parent.tag.lower()
        if tag in _NAVIGATION or tag in ("a", "form", "header", "script", "style", "noscript"):
            return False
        if tag in ("main", "article"):
            return True
        parent = parent.parent_node
    return False


def _text_nodes(root: Any) -> Any:
    """Yield the nodes of text below *root* in their order."""
    node = root.first_child if root is not None else None
    while node is not None:
        if node.node_type == 3:
            yield node
        following = node.first_child or node.next_sibling
        while following is None:
            node = node.parent_node
            if node is None or node == root:
                return
            following = node.next_sibling
        node = following


class PageReader:
    """Walks the elements of a page and adds its blocks.

    Args:
        blocks: Receives the blocks.
        kept: The numbers of the pieces of text that are main content (default: all outside navigation).
    """

    def __init__(self, blocks: BlockList, kept: frozenset[int] | None = None) -> None:
        self.blocks = blocks
        self.kept = kept
        self.number = 0
        self.inline = InlineText()
        self.pieces: list[tuple[bool, int]] = []
        self.kind: BlockKind = "paragraph"
        self.level: int | None = None
        self.line: int | None = None
        self.declared = ""
        self.outside = 0
        self.after_break = False

    def read(self, body: Any) -> None:
        """Add the blocks of the body of a page."""
        if body is not None:
            self.declared = _declared(body.parent_node) or _declared(body)
            self._children(body, 0)
            self._flush()

    def _children(self, element: Any, depth: int) -> None:
        node = element.first_child
        while node is not None:
            if node.node_type == 3:
                self._text(node.value)
            elif node.node_type == 1:
                self._element(node, node.tag.lower(), depth + 1)
            node = node.next_sibling

    def _text(self, text: str) -> None:
        kept = self.kept is None or self.number in self.kept
        self.number += 1
        if text.strip():
            self.after_break = False
            self.pieces.append((kept and not self.outside, len(text.strip())))
        self.inline.add(text)

    def _element(self, element: Any, tag: str, depth: int) -> None:
        if tag in _NOT_TEXT:
            self._skip(element)
        elif tag == "br":
            self._break()
        elif tag == "img":
            self._aside("image", element.getattr("alt") or "")
        elif tag == "ruby":
            self._ruby(element)
        elif tag == "noscript" or _is_hidden(element):
            self._aside("hidden", element.text)
            self._skip(element)
        elif tag in _CONTROLS:
            self._aside("furniture", element.text)
            self._skip(element)
        elif depth > MAX_DEPTH:
            self._text(element.text)
            self._skip(element)
        elif tag in _BLOCKS or tag in _HEADINGS:
            self._block(element, tag, depth)
        else:
            self._phrase(element, depth)

    def _skip(self, element: Any) -> None:
        """Count the pieces of text in an element that is not read."""
        self.number += sum(1 for _ in _text_nodes(element))

    def _aside(self, kind: SetAsideKind, text: str) -> None:
        if text := " ".join(text.split()):
            self.blocks.set_aside(kind, text, line=self.line)

    def _block(self, element: Any, tag: str, depth: int) -> None:
        self._flush()
        before = self.kind, self.level, self.declared, self.line
        self.kind, self.level = self._kind(tag)
        self.declared = _declared(element) or self.declared
        line = element.getattr("data-line") or ""
        self.line = int(line) if line.isdigit() else self.line
        is_outside = self.kept is None and (tag in _NAVIGATION or element.getattr("role") == "navigation")
        self.outside += is_outside
        self._children(element, depth)
        self._flush()
        self.outside -= is_outside
        self.kind, self.level, self.declared, self.line = before

    def _kind(self, tag: str) -> tuple[BlockKind, int | None]:
        if tag in _HEADINGS:
            return "heading", _HEADINGS[tag]
        if tag in ("li", "td", "th"):
            return ("list-item" if tag == "li" else "table-cell"), None
        return (self.kind, None) if self.kind in ("list-item", "table-cell") else ("paragraph", None)

    def _phrase(self, element: Any, depth: int) -> None:
        """Read an inline element; a long phrase in the other language becomes a block."""
        declared = _declared(element)
        lang = language_of(declared) if declared else None
        is_other = lang is not None and lang != (language_of(self.declared) if self.declared else None)
        if is_other and lang is not None and len(element.text) >= _MIN_PHRASE[lang]:
            self._flush()
            before, self.declared = self.declared, declared
            self._children(element, depth)
            self._flush()
            self.declared = before
        else:
            self._children(element, depth)

    def _break(self) -> None:
        if self.after_break or self.inline.ends_sentence:
            self._flush()
        else:
            self.inline.add("\n")
        self.after_break = True

    def _ruby(self, ruby: Any) -> None:
        bases: list[str] = []
        readings: list[str] = []
        for part, text in self._ruby_parts(ruby):
            if part == "base" and readings:
                self._add_ruby(bases, readings)
                bases, readings = [], []
            (bases if part == "base" else readings).append(text)
        self._add_ruby(bases, readings)

    def _ruby_parts(self, ruby: Any) -> list[tuple[str, str]]:
        """Return the bases and readings in a ruby element in their order."""
        parts = []
        node = ruby.first_child
        while node is not None:
            tag = node.tag.lower() if node.node_type == 1 else ""
            if node.node_type == 3:
                kept = self.kept is None or self.number in self.kept
                self.number += 1
                text = " ".join(node.value.split())
                if text:
                    self.pieces.append((kept and not self.outside, len(text)))
                    parts.append(("base", text))
            elif tag == "rt":
                self._skip(node)
                parts.append(("reading", " ".join(node.text.split())))
            elif tag in _NOT_TEXT:
                self._skip(node)
            elif tag:
                parts += self._ruby_parts(node)
            node = node.next_sibling
        return parts

    def _add_ruby(self, bases: list[str], readings: list[str]) -> None:
        self.after_break = False
        if len(bases) == len(readings):
            for base, reading in zip(bases, readings, strict=True):
                self.inline.add(base, reading=reading)
        else:
            self.inline.add("".join(bases), reading="".join(readings))

    def _flush(self) -> None:
        """Add the text so far as a block if most of it is main content; else set it aside."""
        pieces, self.pieces = self.pieces, []
        kept = sum(size for is_kept, size in pieces if is_kept)
        if 2 * kept >= sum(size for _, size in pieces):
            self.blocks.add(self.inline, self.kind, declared=self.declared, level=self.level, line=self.line)
        elif text := self.inline.finish()[0]:
            self.blocks.set_aside("furniture", text, line=self.line)


def _declared(element: Any) -> str:
    if element is None or element.node_type != 1:
        return ""
    return (element.getattr("lang") or element.getattr("xml:lang") or "").strip()


def _is_hidden(element: Any) -> bool:
    return element.hasattr("hidden") or bool(_HIDDEN_STYLE.search(element.getattr("style") or ""))
