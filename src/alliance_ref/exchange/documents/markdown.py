"""Read Markdown: markdown-it (MIT, extra ``documents``) makes HTML of it, with the number of each line.

Headings, lists, tables and ruby in HTML are read as from a web page. YAML or TOML at the beginning is set
aside.
"""

import re
from functools import cache
from typing import TYPE_CHECKING

from alliance_ref.errors import MissingExtra
from alliance_ref.exchange.documents.blocks import BlockList
from alliance_ref.exchange.documents.html import PageReader, fragment
from alliance_ref.exchange.documents.plain import decoded
from alliance_ref.records.files import FileEdition

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_FRONT_MATTER = re.compile(r"\ufeff?(---|\+\+\+)[ \t]*\r?\n.*?\n\1[ \t]*(?:\r?\n|$)", re.DOTALL)


def read(data: bytes, file: str) -> FileEdition:
    """Return the edition of a Markdown file.

    Raises:
        MissingExtra: markdown-it or Resiliparse is not installed.
        UnreadableCopy: The file is not text.
    """
    blocks = BlockList()
    text, encoding = decoded(data, file, blocks)
    front = _FRONT_MATTER.match(text)
    if front is not None:
        blocks.set_aside("metadata", front.group().strip(), line=1)
        text = "\n" * front.group().count("\n") + text[front.end() :]
    markdown = _markdown()
    tokens = markdown.parse(text)
    for token in tokens:
        if token.map is not None and token.nesting >= 0:
            token.attrSet("data-line", str(token.map[0] + 1))
    PageReader(blocks).read(fragment(markdown.renderer.render(tokens, markdown.options, {})))
    return blocks.edition(file, "markdown", encoding=encoding)


@cache
def _markdown() -> "MarkdownIt":
    try:
        from markdown_it import MarkdownIt
    except ImportError:
        raise MissingExtra("documents", "markdown-it-py") from None
    return MarkdownIt("commonmark", {"html": True}).enable("table")
