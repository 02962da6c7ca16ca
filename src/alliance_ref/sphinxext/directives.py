"""The directives for documents, passages, concordances, the timeline, topics and the name search."""

from collections.abc import Iterator
from typing import ClassVar, cast

from docutils import nodes
from docutils.parsers.rst import directives

from alliance_ref.html import contents
from alliance_ref.records import Document, Entry, EntryKind, Gap, Lang, Passage, Topic
from alliance_ref.sphinxext.base import (
    AllianceDirective,
    day_option,
    ids_option,
    kinds_option,
    lang_option,
)
from alliance_ref.sphinxext.entries import Page, entry_block
from alliance_ref.sphinxext.labels import passage_text
from alliance_ref.sphinxext.lists import EntriesDirective
from alliance_ref.sphinxext.nodes import lang_inline, on_screen, paragraph
from alliance_ref.sphinxext.passages import passage_block
from alliance_ref.sphinxext.search import search_form
from alliance_ref.sphinxext.timeline_svg import timeline_picture
from alliance_ref.text.localization import label


def passage_node_id(passage_id: str) -> str:
    """Return the id of a passage on a page, which is the fragment of its permanent address.

    >>> passage_node_id("magosaki-2006#8")
    'magosaki-2006-8'
    """
    return passage_id.replace("#", "-")


class PassageDirective(AllianceDirective):
    """Show passages, English and Japanese side by side."""

    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar = {
        "lang": lang_option,
        "no-furigana": directives.flag,
        "no-target": directives.flag,
    }

    def build_nodes(self) -> Iterator[nodes.Node]:
        """Yield one block per passage."""
        page = self.page
        for passage_id in self.arguments[0].split():
            passage = page.reference.passage(passage_id)
            langs: tuple[Lang, ...] = (self.options["lang"],) if "lang" in self.options else ("en", "ja")
            block = passage_block(passage, page, langs=langs, readings="no-furigana" not in self.options)
            yield from self._targeted(passage, block, page)

    def _targeted(self, passage: Passage, block: nodes.container, page: Page) -> Iterator[nodes.Node]:
        if "no-target" not in self.options:
            _give_address(self, passage, block, rank=1)
        block.insert(0, paragraph(page.passage_link(passage.id), classes=("alliance-passage-head",)))
        yield block


def _give_address(
    directive: AllianceDirective, passage: Passage, block: nodes.container, *, rank: int
) -> str:
    """Register *block* as the target of the passage and return its node id."""
    node_id = passage_node_id(passage.id)
    if node_id in directive.state.document.ids:
        return node_id
    block["ids"] = [node_id]
    directive.state.document.note_explicit_target(block)
    title = passage_text(directive.page.reference, passage.id, directive.page.lang)
    directive.domain.note_object("passage", passage.id, node_id, title, rank=rank)
    return node_id


def _under_number(
    directive: AllianceDirective, passage: Passage, block: nodes.container, page: Page
) -> nodes.container:
    """Return a passage of a document with its number as a permanent link."""
    node_id = _give_address(directive, passage, block, rank=0)
    title = lang_inline(_place_in_document(passage, page), page.lang)
    head = nodes.reference("", "", title, refid=node_id, classes=["alliance-permalink"])
    block.insert(0, paragraph(head, classes=("alliance-passage-head",)))
    return block


def _place_in_document(passage: Passage, page: Page) -> str:
    heading = "" if passage.heading is None else f" {page.localized(passage.heading)}"
    return f"¶{passage.number}{heading}"


class DocumentDirective(EntriesDirective):
    """Show the facts of a document and all its passages side by side."""

    required_arguments = 1
    option_spec: ClassVar = {}

    def build_nodes(self) -> Iterator[nodes.Node]:
        """Yield the facts of the document, then its passages."""
        page = self.page
        document: Document = page.reference.document(self.arguments[0])
        yield from self._noted(document, page)
        target = nodes.target("", "", ids=[document.id])
        self.state.document.note_explicit_target(target)
        yield target
        yield nodes.container("", *entry_block(document, page, ()), classes=["alliance-entry-block"])
        for line in document.front:
            sides = []
            for lang in page.langs:
                side = line.ja if lang == "ja" else line.en
                shown: nodes.Node = (
                    nodes.Text(f"[{label('gap-reason', side.reason, page.lang)}]")
                    if isinstance(side, Gap)
                    else lang_inline(side, lang)
                )
                sides.append(paragraph(shown, classes=("alliance-side", f"language-{lang}")))
            yield nodes.container("", *sides, classes=["alliance-unit", "alliance-front"])
        blocks = [_under_number(self, one, passage_block(one, page), page) for one in document.passages]
        if len(blocks) > 1:
            places = [
                (block["ids"][0], _place_in_document(passage, page))
                for block, passage in zip(blocks, document.passages, strict=True)
                if block["ids"]
            ]
            summary = page.ui_string("contents") + page.aside(str(len(blocks)))
            yield on_screen(contents(summary, places))
        yield from blocks


class ConcordanceDirective(AllianceDirective):
    """Show each occurrence of a word or an entry in the passages with its translation."""

    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar = {
        "lang": lang_option,
        "width": directives.nonnegative_int,
        "sort": lambda argument: directives.choice(argument, ("right", "left", "position")),
        "documents": ids_option,
        "entry": directives.flag,
    }

    def build_nodes(self) -> Iterator[nodes.Node]:
        """Yield a table with one row per occurrence."""
        page = self.page
        query: str | Entry = self.arguments[0]
        if "entry" in self.options:
            query = page.reference.entry(self.arguments[0])
        lines = page.reference.concordance(
            query,
            lang=self.options.get("lang"),
            width=self.options.get("width", 40),
            sort=self.options.get("sort", "right"),
            documents=self.options.get("documents") or None,
        )
        body = nodes.tbody()
        for line in lines:
            other: Lang = "ja" if line.lang == "en" else "en"
            beside: nodes.Node = (
                nodes.Text(f"[{label('gap-reason', line.other.reason, page.lang)}]")
                if isinstance(line.other, Gap)
                else lang_inline(line.other, other)
            )
            place = page.passage_link(line.passage) if line.passage else nodes.Text(line.document)
            hit = nodes.strong("", "", lang_inline(line.hit, line.lang), classes=["alliance-hit"])
            context = paragraph(lang_inline(line.left, line.lang), hit, lang_inline(line.right, line.lang))
            cells = [paragraph(place), context, paragraph(beside)]
            body += nodes.row("", *(nodes.entry("", cell) for cell in cells))
        columns = [nodes.colspec(colwidth=width) for width in (20, 45, 35)]
        group = nodes.tgroup("", *columns, body, cols=3)
        yield nodes.table("", group, classes=["alliance-concordance"])


class TimelineDirective(AllianceDirective):
    """Show the timeline: a picture (HTML only) and a list, earliest first."""

    option_spec: ClassVar = {
        "from": day_option,
        "to": day_option,
        "kinds": kinds_option,
        "no-picture": directives.flag,
        "no-list": directives.flag,
    }

    def build_nodes(self) -> Iterator[nodes.Node]:
        """Yield the picture for HTML, and the list."""
        page = self.page
        start, end = self.options.get("from"), self.options.get("to")
        kinds = cast("tuple[EntryKind, ...]", self.options.get("kinds", ()))
        items = page.reference.timeline(start=start, end=end, kinds=kinds or None, lang=page.lang)
        if "no-picture" not in self.options and items:
            yield on_screen(timeline_picture(items, page.lang))
        if "no-list" in self.options:
            return
        listed = nodes.definition_list(classes=["alliance-timeline"])
        for item in items:
            shown = page.entry_link(item.entry.id, page.localized(item.what))
            listed += nodes.definition_list_item(
                "",
                nodes.term("", page.localized(item.when), translatable=False),
                nodes.definition("", paragraph(shown)),
            )
        yield listed


class TopicsDirective(AllianceDirective):
    """Show the topics that are followed through the documents, with their outcome."""

    option_spec: ClassVar = {"kind": lambda argument: directives.choice(argument, ("agenda", "comparison"))}

    def build_nodes(self) -> Iterator[nodes.Node]:
        """Yield one section per topic."""
        page = self.page
        for topic in page.reference.topics(kinds=self.options.get("kind")):
            node_id = f"topic-{topic.id}"
            title = nodes.title(
                "", "", lang_inline(page.localized(topic.title), page.lang), translatable=False
            )
            section = nodes.section("", title, ids=[node_id], names=[node_id])
            self.state.document.note_explicit_target(section)
            section += list(_topic(topic, page))
            yield section


def _topic(topic: Topic, page: Page) -> Iterator[nodes.Node]:
    for lang in page.langs:
        text = topic.question.ja if lang == "ja" else topic.question.en
        yield paragraph(lang_inline(text, lang), classes=("alliance-question",))
    sides = nodes.definition_list(classes=["alliance-sides"])
    for side in topic.sides:
        role = label("topic-role", side.role, page.lang)
        head = nodes.term("", f"{role} · ", page.passage_link(side.passage), translatable=False)
        body = nodes.definition()
        for lang in page.langs:
            body += paragraph(lang_inline(side.says.ja if lang == "ja" else side.says.en, lang))
        sides += nodes.definition_list_item("", head, body)
    yield sides
    outcome = label("topic-outcome", topic.outcome, page.lang)
    for lang in page.langs:
        text = topic.finding.ja if lang == "ja" else topic.finding.en
        mark = [nodes.strong("", f"{outcome} ", translatable=False)] if lang == page.lang else []
        yield paragraph(*mark, lang_inline(text, lang), classes=("alliance-outcome",))


class NameSearchDirective(AllianceDirective):
    """Show a search field for all names in kanji, kana, romaji or English."""

    def build_nodes(self) -> Iterator[nodes.Node]:
        """Yield the search field, for HTML only."""
        yield on_screen(search_form(self.page.lang))
