"""Cards that explain a name on hover, focus or touch, without a server.

Each entry that a page names has one card at the end of that page; a script shows it (``alliance.js``). Where
scripts do not run the names are links like any others. Other builders than HTML have no cards.
"""

from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from alliance_ref.records import Concept, Entry
from alliance_ref.sphinxext.config import page_language, reference_of
from alliance_ref.sphinxext.entries import Page
from alliance_ref.sphinxext.nodes import ON_SCREEN, Card, lang_inline, paragraph, romaji
from alliance_ref.text.localization import label

PREFIX = "entry--"
CARDS = "alliance-cards"


class CardTransform(SphinxPostTransform):
    """Add to a page the cards of the entries that it names."""

    default_priority = 900
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Append the cards of the named entries in the order of their ids."""
        reference = reference_of(self.config)
        classes: set[str] = set()
        for node in self.document.findall(nodes.inline):
            classes.update(node.get("classes", ()))
        named = {name.removeprefix(PREFIX) for name in classes if name.startswith(PREFIX)}
        page = Page(self.env.docname, page_language(self.config), reference)
        cards = [entry_card(reference.entry(one), page) for one in sorted(named) if one in reference]
        if cards:
            self.document += nodes.container("", *cards, classes=[CARDS])


class RemoveScreenOnly(SphinxPostTransform):
    """Remove nodes that need a browser from e-books and XML."""

    default_priority = 910
    builders = ("epub", "xml", "pseudoxml")

    def run(self, **_: Any) -> None:
        """Remove cards, pictures and forms; the text next to them has the same content."""
        for node in [*self.document.findall(nodes.raw), *self.document.findall(nodes.container)]:
            if {ON_SCREEN, CARDS} & set(node["classes"]):
                node.parent.remove(node)


def entry_card(entry: Entry, page: Page) -> Card:
    """Return the card of an entry: its names, kind and summary."""
    names = [
        paragraph(lang_inline(name.text, lang), classes=("alliance-card-name",))
        for lang in page.langs
        if (name := entry.preferred(lang)) is not None
    ]
    japanese = entry.preferred("ja")
    facts = paragraph(
        nodes.Text(label("entry-kind", entry.kind, page.lang)), classes=("alliance-card-facts",)
    )
    if japanese is not None:
        if japanese.reading:
            facts += [nodes.Text(" · "), lang_inline(japanese.reading, "ja")]
        if japanese.romanization:
            facts += [nodes.Text(" · "), romaji(japanese.romanization)]
    text = entry.definition if isinstance(entry, Concept) else entry.summary
    body = [paragraph(lang_inline(page.localized(text), page.lang))] if text is not None else []
    return Card("", "", *names, facts, *body, card=f"card--{entry.id}")
