"""The custom nodes and how each builder writes them.

There are only two. Everything else is made of the nodes that docutils has, so that every builder, also one
that nobody thought of, gives something sensible. A class ``language-ja`` becomes ``lang="ja"`` in HTML.
"""

from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from alliance_ref.records.values import Lang


def romaji(text: str) -> nodes.inline:
    """Return romanized Japanese."""
    return nodes.inline("", text, classes=["language-ja-Latn"], support_smartquotes=False)


ON_SCREEN = "alliance-on-screen"


class Ruby(nodes.inline):
    """Text with its reading above it: a `reading` in kana."""


class Card(nodes.comment):
    """The card that opens next to a name; hidden until then.

    It is a kind of comment, so the full-text search does not find a page by the text of its cards.
    """


def lang_inline(text: str, lang: "Lang", *classes: str) -> nodes.inline:
    """Return *text*, marked as being in a language.

    It must not have the attribute ``translatable``: Sphinx takes an inline that does for a blank of its own.
    """
    return nodes.inline("", text, classes=[f"language-{lang}", *classes], support_smartquotes=False)


def on_screen(html: str) -> nodes.raw:
    """Return HTML for browsers only; e-books, which have no scripts, leave it out."""
    return nodes.raw("", html, format="html", classes=[ON_SCREEN])


def paragraph(*children: nodes.Node, classes: tuple[str, ...] = ()) -> nodes.paragraph:
    """Return a paragraph of nodes that gettext does not translate."""
    made = nodes.paragraph("", "", *children, classes=list(classes))
    made["translatable"] = False
    made["support_smartquotes"] = False
    return made


def _open_ruby(writer: Any, node: Ruby) -> None:
    writer.body.append(writer.starttag(node, "ruby", ""))


def _close_ruby(writer: Any, node: Ruby) -> None:
    reading = escape(node["reading"])
    writer.body.append(f"<rp>（</rp><rt>{reading}</rt><rp>）</rp></ruby>")


def _open_card(writer: Any, node: Card) -> None:
    writer.body.append(f'<div class="alliance-card" role="tooltip" id="{escape(node["card"])}" hidden>')


def _close_card(writer: Any, node: Card) -> None:
    writer.body.append("</div>")


def _nothing(writer: Any, node: nodes.Node) -> None:
    """The text in the node is enough."""


def _skip(writer: Any, node: nodes.Node) -> None:
    raise nodes.SkipNode


def add_nodes(app: "Sphinx") -> None:
    """Register the writers of the two nodes; only HTML shows ruby and cards."""
    plain, left_out = (_nothing, _nothing), (_skip, None)
    app.add_node(Ruby, html=(_open_ruby, _close_ruby), latex=plain, text=plain, man=plain, texinfo=plain)
    app.add_node(
        Card,
        html=(_open_card, _close_card),
        latex=left_out,
        text=left_out,
        man=left_out,
        texinfo=left_out,
    )
