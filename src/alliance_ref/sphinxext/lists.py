"""The directives that list a glossary or entries, grouped by letter or subject field."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import ClassVar, Literal, TypeVar, cast

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes

from alliance_ref import html
from alliance_ref.facts import period_text
from alliance_ref.preparation.name_index import fold
from alliance_ref.records import Concept, Entry, EntryKind, GlossaryConcept, Lang, Term
from alliance_ref.records.values import Period
from alliance_ref.sphinxext.base import (
    AllianceDirective,
    by_option,
    ids_option,
    kinds_option,
    lang_option,
    list_option,
    status_option,
)
from alliance_ref.sphinxext.config import glossary_file, glossary_of
from alliance_ref.sphinxext.entries import Page, entry_block, entry_title
from alliance_ref.sphinxext.labels import entry_text
from alliance_ref.sphinxext.nodes import lang_inline, on_screen, paragraph
from alliance_ref.sphinxext.ui_strings import KINDS, subject_heading
from alliance_ref.text.folding import name_key
from alliance_ref.text.keys import gojuon_key
from alliance_ref.text.localization import label

_ROWS = "あかさたなはまやらわ"


def concept_item(
    concept: GlossaryConcept, page: Page, node_id: str, order: Lang
) -> nodes.definition_list_item:
    """Return the item of a concept: preferred terms as the head, other terms and definitions below.

    The term by which the list is ordered comes first.
    """
    heads: list[nodes.Node] = []
    for lang in page.langs if order == page.lang else reversed(page.langs):
        term = concept.section(lang).preferred
        if term is not None:
            if heads:
                heads.append(nodes.Text(" — "))
            heads += shown_term(term)
    head = nodes.term("", "", *heads, ids=[node_id], translatable=False)
    body = nodes.definition()
    further = _further(concept, page)
    if further:
        body += paragraph(*further, classes=("alliance-further",))
    for lang in page.langs:
        text = concept.section(lang).definition
        if text:
            body += paragraph(lang_inline(text, lang), classes=("alliance-definition",))
    return nodes.definition_list_item("", head, body)


def shown_term(term: Term) -> list[nodes.Node]:
    """Return a term, followed by its reading unless the term is written in kana."""
    shown: list[nodes.Node] = [lang_inline(term.text, term.lang)]
    if term.reading and fold(term.reading) != fold(term.text):
        shown.append(lang_inline(f"（{term.reading}）", "ja", "alliance-reading"))
    return shown


def _further(concept: GlossaryConcept, page: Page) -> list[nodes.Node]:
    parts: list[nodes.Node] = []
    for lang in page.langs:
        section = concept.section(lang)
        for term in section:
            told = term.status in ("preferred", "admitted")
            notes = [] if told else [label("name-status", term.status, page.lang)]
            notes += [period_text(term.valid, page.lang)] if term.valid != Period() else []
            if term == section.preferred and not notes:
                continue
            if parts:
                parts.append(nodes.Text(page.mark))
            parts += shown_term(term)
            if notes:
                parts.append(nodes.Text(page.aside(("、" if page.lang == "ja" else ", ").join(notes))))
    return parts


def index_entries(concept: GlossaryConcept, node_id: str) -> list[tuple[str, str, str, str, str | None]]:
    """Return the index entries for the terms of a concept, Japanese ones under their row of kana."""
    entries: list[tuple[str, str, str, str, str | None]] = []
    sections: tuple[tuple[Lang, tuple[Term, ...]], ...] = (("en", concept.en.terms), ("ja", concept.ja.terms))
    for lang, terms in sections:
        for term in terms:
            # A semicolon parts an entry of the index from its sub-entry.
            text = term.text.replace(";", ",")
            heading = kana_row(term.reading) if lang == "ja" and term.reading else None
            entries.append(("single", text, node_id, "", heading))
    return entries


def kana_row(reading: str) -> str | None:
    """Return the row of the kana table that contains a reading.

    >>> kana_row("がいむしょう"), kana_row("にほん"), kana_row("")
    ('か', 'な', None)
    """
    key = gojuon_key(reading)[0]
    first = key[:1]
    if not first or not "ぁ" <= first <= "ん":
        return None
    return max((row for row in _ROWS if row <= first), default=None) or "あ"


T = TypeVar("T", Entry, GlossaryConcept)
By = Literal["letter", "subject"]


class GlossaryDirective(AllianceDirective):
    """Show a bilingual glossary: that of the reference, or that of a file.

    Its terms can be cited with ``:alliance:term:``. Every term of a file should be cited.
    """

    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar = {
        "kinds": kinds_option,
        "subject": directives.unchanged_required,
        "ids": ids_option,
        "order": lang_option,
        "status": status_option,
        "by": by_option,
    }

    def build_nodes(self) -> Iterator[nodes.Node]:
        """Yield a definition list, or one per letter or field with its heading."""
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
        by: By | None = self.options.get("by")
        if by is None:
            yield self._list(concepts, page, order)
            return
        groups = _grouped(concepts, by, order, page.lang, _initial_of_concept, lambda one: one.subject)
        yield from self.sections((name, head, [self._list(some, page, order)]) for name, head, some in groups)

    def _list(self, concepts: Iterable[GlossaryConcept], page: Page, order: Lang) -> nodes.definition_list:
        items = nodes.definition_list(classes=["glossary", "alliance-glossary", f"order-{order}"])
        for concept in concepts:
            node_id = f"term-{concept.id}"
            if node_id in self.state.document.ids:
                node_id = nodes.make_id(f"{node_id}-{self.env.new_serialno('alliance-term')}")
            item = concept_item(concept, page, node_id, order)
            head = cast("nodes.term", item[0])
            self.state.document.note_explicit_target(head)
            head.insert(0, addnodes.index(entries=index_entries(concept, node_id)))
            rank = (not self.arguments) * 4 + (self.options.get("by") == "subject") * 2 + (order != page.lang)
            self.domain.note_concept(concept, node_id, rank=rank, to_use=bool(self.arguments))
            for term in concept.ja:
                if term.reading:
                    self.domain.note_reading(term.text, term.reading)
            items += item
        return items

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


class EntriesDirective(AllianceDirective):
    """Show entries by kind or id, each with all of its data."""

    option_spec: ClassVar = {
        "kinds": kinds_option,
        "ids": ids_option,
        "subjects": list_option,
        "order": lang_option,
        "by": by_option,
    }

    def build_nodes(self) -> Iterator[nodes.Node]:
        """Yield one section per letter, row of the kana table or field, with its entries."""
        page = self.page
        order: Lang = self.options.get("order", page.lang)
        entries: list[Entry] = [page.reference.entry(one) for one in self.options.get("ids", ())]
        for kind in self.options.get("kinds", ()):
            entries += page.reference.entries(kinds=cast("EntryKind", kind))
        if not entries:
            raise ValueError("say which entries, with :kinds: or :ids:")
        subjects = self.options.get("subjects")
        if subjects is not None:
            missing = set(subjects).difference(map(_subject, entries))
            if missing:
                raise ValueError(f"no entry is of the field {', '.join(sorted(missing))}")
            entries = [entry for entry in entries if _subject(entry) in subjects]
        entries.sort(key=lambda one: _place(one, order))
        passages = _passages_by_entry(page)
        groups = _grouped(entries, self.options.get("by", "letter"), order, page.lang, _initial, _subject)
        yield from self.sections(
            (name, head, [node for one in some for node in self._entry(one, page, passages.get(one.id, ()))])
            for name, head, some in groups
        )

    def _entry(self, entry: Entry, page: Page, passages: Iterable[str]) -> Iterator[nodes.Node]:
        yield from self._noted(entry, page)
        yield from self._head(entry, page)
        yield nodes.container("", *entry_block(entry, page, passages), classes=["alliance-entry-block"])

    def _noted(self, entry: Entry, page: Page) -> Iterator[nodes.Node]:
        """Yield the index node of an entry and register the entry in the domain."""
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
        permalink = on_screen(html.permalink(entry.id))
        head = nodes.rubric("", "", *entry_title(entry, page), permalink, ids=[entry.id], translatable=False)
        head["heading-level"] = 3
        self.state.document.note_explicit_target(head)
        yield head


def _grouped(
    items: Iterable[T],
    by: By,
    order: Lang,
    lang: Lang,
    initial: "Callable[[T, Lang], str]",
    subject: "Callable[[T], str]",
) -> Iterator[tuple[str, str, list[T]]]:
    """Yield groups of items by letter or subject field: a section id, a heading, and the items in order.

    Letters are in the order of the items. Fields with the most items come first, kinds of entries last.
    """
    groups: dict[str, list[T]] = {}
    for item in items:
        groups.setdefault(initial(item, order) if by == "letter" else subject(item), []).append(item)
    if by == "letter":
        yield from ((f"letter-{ord(head[0]):x}", head, some) for head, some in groups.items())
        return
    for name, some in sorted(groups.items(), key=lambda group: (group[0] in KINDS, -len(group[1]), group[0])):
        yield f"field-{nodes.make_id(name)}", subject_heading(name, lang), some


def _subject(entry: Entry) -> str:
    return entry.subject_field if isinstance(entry, Concept) else entry.kind


def _place(entry: Entry, order: Lang) -> tuple[object, ...]:
    name = entry.preferred(order)
    if name is None:
        return (True, entry.label(order), entry.id)
    return (False, gojuon_key(name.reading or name.text) if order == "ja" else name_key(name.text), entry.id)


def _initial(entry: Entry, order: Lang) -> str:
    name = entry.preferred(order)
    return "—" if name is None else _letter(name.text, name.reading, order)


def _initial_of_concept(concept: GlossaryConcept, order: Lang) -> str:
    term = concept.section(order).preferred
    return "—" if term is None else _letter(term.text, term.reading, order)


def _letter(text: str, reading: str | None, order: Lang) -> str:
    """Return the heading of the group of a name."""
    if order == "ja":
        return kana_row(reading or "") or "—"
    first = name_key(text)[:1].upper()
    return first if first.isalpha() else "0–9"


def _passages_by_entry(page: Page) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for document in page.reference.documents():
        for passage in document.passages:
            for mention in passage.mentions:
                found.setdefault(mention, []).append(passage.id)
    return found
