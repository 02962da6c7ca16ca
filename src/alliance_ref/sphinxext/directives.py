"""The directives: glossary, entries, document, passage, concordance, timeline, topics, name search."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from alliance_ref.errors import AllianceRefError
from alliance_ref.keys import gojuon_key, name_key
from alliance_ref.localization import label
from alliance_ref.records import (
    Document,
    Entry,
    EntryKind,
    Gap,
    GlossaryConcept,
    Lang,
    Passage,
    Topic,
)
from alliance_ref.sphinxext.entries import Page, entry_block, entry_title
from alliance_ref.sphinxext.glossaries import concept_item, index_entries, kana_row
from alliance_ref.sphinxext.library import glossary_file, glossary_of, page_language, reference_of
from alliance_ref.sphinxext.names import search_form
from alliance_ref.sphinxext.naming import entry_text, passage_text
from alliance_ref.sphinxext.nodes import on_screen, paragraph, said
from alliance_ref.sphinxext.options import day_option, ids_option, kinds_option, lang_option, status_option
from alliance_ref.sphinxext.passages import passage_block
from alliance_ref.sphinxext.pictures import timeline_picture

if TYPE_CHECKING:
    from alliance_ref.sphinxext.domain import AllianceDomain

logger = logging.getLogger(__name__)


def passage_node_id(passage_id: str) -> str:
    """The id on a page of a passage: its permanent address is that of its page and this.

    >>> passage_node_id("magosaki-2006#8")
    'magosaki-2006-8'
    """
    return passage_id.replace("#", "-")


class _Directive(SphinxDirective):
    """What the directives share: the page they stand on, the domain, errors that say where."""

    option_spec: ClassVar[dict[str, Callable[[str], Any]] | None] = {}

    def run(self) -> list[nodes.Node]:
        """The nodes, or an error of the page in place of them."""
        try:
            return list(self.made())
        except (AllianceRefError, OSError, ValueError) as error:
            raise self.error(f"{self.name}: {error}") from None

    def made(self) -> Iterable[nodes.Node]:
        """The nodes."""
        raise NotImplementedError

    @property
    def page(self) -> Page:
        """The page."""
        return Page(self.env.docname, page_language(self.config), reference_of(self.config))

    @property
    def domain(self) -> "AllianceDomain":
        """The domain."""
        return cast("AllianceDomain", self.env.get_domain("alliance"))


class GlossaryDirective(_Directive):
    """A bilingual glossary: the reference's, or that of a file.

    Its terms can be cited with ``:alliance:term:``. Of the terms of a file each is expected to be cited.
    """

    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar = {
        "kinds": kinds_option,
        "subject": directives.unchanged_required,
        "ids": ids_option,
        "order": lang_option,
        "status": status_option,
    }

    def made(self) -> Iterator[nodes.Node]:
        """A definition list, under headings of letters or kana rows in the general index."""
        page = self.page
        order: Lang = self.options.get("order", page.lang)
        if self.arguments:
            relative, path = self.env.relfn2path(self.arguments[0])
            self.env.note_dependency(relative)
            glossary = glossary_file(Path(path))
        else:
            glossary = glossary_of(page.reference)
        ordered = glossary.by_reading() if order == "ja" else glossary.by_english()
        concepts = [concept for concept in ordered if self._wanted(concept, page)]
        missing = set(self.options.get("ids", ())).difference(concept.id for concept in concepts)
        if missing:
            raise ValueError(f"the glossary has no {', '.join(sorted(missing))}")
        items = nodes.definition_list(classes=["glossary", "alliance-glossary", f"order-{order}"])
        for concept in concepts:
            node_id = f"term-{concept.id}"
            if node_id in self.state.document.ids:
                node_id = nodes.make_id(f"{node_id}-{self.env.new_serialno('alliance-term')}")
            item = concept_item(concept, page, node_id)
            head = cast("nodes.term", item[0])
            self.state.document.note_explicit_target(head)
            head.insert(0, addnodes.index(entries=index_entries(concept, node_id)))
            rank = (not self.arguments) * 2 + (order != page.lang)
            self.domain.note_concept(concept, node_id, rank=rank, to_use=bool(self.arguments))
            for term in concept.ja:
                if term.reading:
                    self.domain.note_reading(term.text, term.reading)
            items += item
        yield items

    def _wanted(self, concept: GlossaryConcept, page: Page) -> bool:
        kinds, ids = self.options.get("kinds"), self.options.get("ids")
        kind = page.reference.entry(concept.id).kind if kinds and concept.id in page.reference else None
        status = self.options.get("status")
        statuses = {term.status for section in (concept.en, concept.ja) for term in section}
        return (
            (not kinds or kind in kinds)
            and (not ids or concept.id in ids)
            and self.options.get("subject") in (None, concept.subject)
            and (status is None or status in statuses)
        )


class EntriesDirective(_Directive):
    """The entries of one kind, or some entries by id, each with all that the reference says of it."""

    option_spec: ClassVar = {"kinds": kinds_option, "ids": ids_option, "order": lang_option}

    def made(self) -> Iterator[nodes.Node]:
        """A section a letter, or a row of the kana table, with the entries in it."""
        page = self.page
        order: Lang = self.options.get("order", page.lang)
        entries: list[Entry] = [page.reference.entry(one) for one in self.options.get("ids", ())]
        for kind in self.options.get("kinds", ()):
            entries += page.reference.entries(kind=cast("EntryKind", kind))
        if not entries:
            raise ValueError("say which entries, with :kinds: or :ids:")
        spoken_of = _passages_by_entry(page)
        heading, section = "", None
        for entry in sorted(entries, key=lambda one: _place(one, order)):
            initial = _initial(entry, order)
            if section is None or initial != heading:
                if section is not None:
                    yield section
                heading = initial
                node_id = f"letter-{ord(initial[0]):x}"
                section = nodes.section(
                    "", nodes.title("", initial, translatable=False), ids=[node_id], names=[node_id]
                )
            section += list(self._entry(entry, page, spoken_of.get(entry.id, ())))
        if section is not None:
            yield section

    def _entry(self, entry: Entry, page: Page, passages: Iterable[str]) -> Iterator[nodes.Node]:
        yield from self._noted(entry, page)
        yield from self._head(entry, page)
        yield nodes.container("", *entry_block(entry, page, passages), classes=["alliance-entry-block"])

    def _noted(self, entry: Entry, page: Page) -> Iterator[nodes.Node]:
        """The entry in the general index, the inventory and the domain."""
        texts = [
            ("single", name.text.replace(";", ","), entry.id, "main", kana_row(name.reading or ""))
            for name in entry.names
        ]
        for name in entry.names:
            if name.reading:
                self.domain.note_reading(name.text, name.reading)
        self.domain.note_object("entry", entry.id, entry.id, entry_text(entry, page.lang))
        yield addnodes.index(entries=texts)

    def _head(self, entry: Entry, page: Page) -> Iterator[nodes.Node]:
        permalink = nodes.reference("", "¶", refid=entry.id, classes=["headerlink"])
        head = nodes.rubric("", "", *entry_title(entry, page), permalink, ids=[entry.id], translatable=False)
        head["heading-level"] = 3
        self.state.document.note_explicit_target(head)
        yield head


def _place(entry: Entry, order: Lang) -> tuple[object, ...]:
    name = entry.preferred(order)
    if name is None:
        return (True, entry.label(order), entry.id)
    return (False, gojuon_key(name.reading or name.text) if order == "ja" else name_key(name.text), entry.id)


def _initial(entry: Entry, order: Lang) -> str:
    name = entry.preferred(order)
    if name is None:
        return "—"
    if order == "ja":
        return kana_row(name.reading or "") or "—"
    first = name_key(name.text)[:1].upper()
    return first if first.isalpha() else "0–9"


def _passages_by_entry(page: Page) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for document in page.reference.documents():
        for passage in document.passages:
            for mention in passage.mentions:
                found.setdefault(mention, []).append(passage.id)
    return found


class PassageDirective(_Directive):
    """A passage, or several, English and Japanese side by side."""

    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar = {
        "lang": lang_option,
        "no-furigana": directives.flag,
        "no-target": directives.flag,
    }

    def made(self) -> Iterator[nodes.Node]:
        """A block a passage."""
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


def _give_address(directive: _Directive, passage: Passage, block: nodes.container, *, rank: int) -> str:
    """Make *block* a place to cite the passage at, and give back its id there."""
    node_id = passage_node_id(passage.id)
    if node_id in directive.state.document.ids:
        return node_id
    block["ids"] = [node_id]
    directive.state.document.note_explicit_target(block)
    title = passage_text(directive.page.reference, passage.id, directive.page.lang)
    directive.domain.note_object("passage", passage.id, node_id, title, rank=rank)
    return node_id


def _under_number(
    directive: _Directive, passage: Passage, block: nodes.container, page: Page
) -> nodes.container:
    """A passage of a document under its number, which is its permanent address."""
    node_id = _give_address(directive, passage, block, rank=0)
    title = f"¶{passage.number}"
    if passage.heading is not None:
        title = f"{title} {page.of(passage.heading)}"
    head = nodes.reference("", "", said(title, page.lang), refid=node_id, classes=["alliance-permalink"])
    block.insert(0, paragraph(head, classes=("alliance-passage-head",)))
    return block


class DocumentDirective(EntriesDirective):
    """A document: what it is, and all its passages side by side."""

    required_arguments = 1
    option_spec: ClassVar = {}

    def made(self) -> Iterator[nodes.Node]:
        """The facts of the document, then its passages."""
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
                    else said(side, lang)
                )
                sides.append(paragraph(shown, classes=("alliance-side", f"language-{lang}")))
            yield nodes.container("", *sides, classes=["alliance-unit", "alliance-front"])
        for passage in document.passages:
            yield _under_number(self, passage, passage_block(passage, page), page)


class ConcordanceDirective(_Directive):
    """Every place of a word or an entry in the passages, beside the other language."""

    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar = {
        "lang": lang_option,
        "width": directives.nonnegative_int,
        "sort": lambda argument: directives.choice(argument, ("right", "left", "position")),
        "documents": ids_option,
        "entry": directives.flag,
    }

    def made(self) -> Iterator[nodes.Node]:
        """A table, a row a place."""
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
                else said(line.other, other)
            )
            place = page.passage_link(line.passage) if line.passage else nodes.Text(line.document)
            hit = nodes.strong("", "", said(line.hit, line.lang), classes=["alliance-hit"])
            context = paragraph(said(line.left, line.lang), hit, said(line.right, line.lang))
            cells = [paragraph(place), context, paragraph(beside)]
            body += nodes.row("", *(nodes.entry("", cell) for cell in cells))
        columns = [nodes.colspec(colwidth=width) for width in (20, 45, 35)]
        group = nodes.tgroup("", *columns, body, cols=3)
        yield nodes.table("", group, classes=["alliance-concordance"])


class TimelineDirective(_Directive):
    """What is dated, the earliest first: a picture where the builder can show one, and a list."""

    option_spec: ClassVar = {
        "from": day_option,
        "to": day_option,
        "kinds": kinds_option,
        "no-picture": directives.flag,
    }

    def made(self) -> Iterator[nodes.Node]:
        """The picture for HTML, and the list."""
        page = self.page
        start, end = self.options.get("from"), self.options.get("to")
        kinds = cast("tuple[EntryKind, ...]", self.options.get("kinds", ()))
        items = [
            item
            for kind in kinds or (None,)
            for item in page.reference.timeline(start=start, end=end, kind=kind, lang=page.lang)
        ]
        items.sort(key=lambda item: (item.date.earliest(), item.date.latest(), item.entry.id))
        if "no-picture" not in self.options and items:
            yield on_screen(timeline_picture(items, page.lang))
        listed = nodes.definition_list(classes=["alliance-timeline"])
        for item in items:
            shown = page.entry_link(item.entry.id, page.of(item.what))
            listed += nodes.definition_list_item(
                "",
                nodes.term("", page.of(item.when), translatable=False),
                nodes.definition("", paragraph(shown)),
            )
        yield listed


class TopicsDirective(_Directive):
    """Questions followed through the documents, from where they were raised to what came of them."""

    option_spec: ClassVar = {"kind": lambda argument: directives.choice(argument, ("agenda", "comparison"))}

    def made(self) -> Iterator[nodes.Node]:
        """A section a topic."""
        page = self.page
        for topic in page.reference.topics(kind=self.options.get("kind")):
            node_id = f"topic-{topic.id}"
            title = nodes.title("", "", said(page.of(topic.title), page.lang), translatable=False)
            section = nodes.section("", title, ids=[node_id], names=[node_id])
            self.state.document.note_explicit_target(section)
            section += list(_topic(topic, page))
            yield section


def _topic(topic: Topic, page: Page) -> Iterator[nodes.Node]:
    for lang in page.langs:
        text = topic.question.ja if lang == "ja" else topic.question.en
        yield paragraph(said(text, lang), classes=("alliance-question",))
    sides = nodes.definition_list(classes=["alliance-sides"])
    for side in topic.sides:
        role = label("topic-role", side.role, page.lang)
        head = nodes.term("", f"{role} · ", page.passage_link(side.passage), translatable=False)
        body = nodes.definition()
        for lang in page.langs:
            body += paragraph(said(side.says.ja if lang == "ja" else side.says.en, lang))
        sides += nodes.definition_list_item("", head, body)
    yield sides
    outcome = label("topic-outcome", topic.outcome, page.lang)
    for lang in page.langs:
        text = topic.finding.ja if lang == "ja" else topic.finding.en
        mark = [nodes.strong("", f"{outcome} ", translatable=False)] if lang == page.lang else []
        yield paragraph(*mark, said(text, lang), classes=("alliance-outcome",))


class NameSearchDirective(_Directive):
    """A field to search all names in: by kanji, kana, romaji and English, as one types."""

    def made(self) -> Iterator[nodes.Node]:
        """The field, for HTML only; other builders have no use for it."""
        yield on_screen(search_form(self.page.lang))
