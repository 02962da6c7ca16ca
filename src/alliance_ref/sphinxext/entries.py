"""Blocks that show an entry: its names, text, facts, and the passages that mention it."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

import attrs
from docutils import nodes
from sphinx import addnodes

from alliance_ref.facts import FactValue, entry_facts, period_text
from alliance_ref.records import (
    Bilingual,
    Concept,
    Entry,
    Lang,
    Period,
    Source,
)
from alliance_ref.reference import Reference
from alliance_ref.sphinxext.labels import entry_text, passage_text
from alliance_ref.sphinxext.nodes import Ruby, lang_inline, paragraph, romaji
from alliance_ref.sphinxext.ui_strings import UI_STRINGS, subject_label
from alliance_ref.text.localization import label

LANGS: tuple[Lang, Lang] = ("en", "ja")


@attrs.frozen
class Page:
    """The page that a block is built for: its name, language and reference."""

    docname: str
    lang: Lang
    reference: Reference

    @property
    def decided_readings(self) -> Mapping[str, tuple[str, ...]]:
        """The decided readings of the reference."""
        return _decided_readings(self.reference)

    @property
    def langs(self) -> tuple[Lang, Lang]:
        """Both languages, that of the page first."""
        return LANGS if self.lang == "en" else ("ja", "en")

    @property
    def mark(self) -> str:
        """The separator of inline lists."""
        return "、" if self.lang == "ja" else "; "

    def aside(self, text: str) -> str:
        """Return *text* in parentheses, with a space before them in English."""
        return f"（{text}）" if self.lang == "ja" else f" ({text})"

    def ui_string(self, name: str) -> str:
        """Return a user-interface string in the language of the page."""
        return self.localized(UI_STRINGS[name])

    def localized(self, text: Bilingual) -> str:
        """Return *text* in the language of the page."""
        return text.ja if self.lang == "ja" else text.en

    def entry_link(self, entry_id: str, text: str | None = None, lang: Lang | None = None) -> nodes.Node:
        """Return a link to an entry (default text: its name in the language of the page)."""
        lang = lang or self.lang
        if text is None:
            text = entry_text(self.reference.entry(entry_id), lang)
        return self.entry_link_around(entry_id, [nodes.Text(text)], lang)

    def entry_link_around(self, entry_id: str, content: Iterable[nodes.Node], lang: Lang) -> nodes.Node:
        """Return a link to an entry around *content*, which is in *lang*."""
        shown = lang_inline("", lang, "alliance-entry", f"entry--{entry_id}")
        shown += list(content)
        return self._link("entry", entry_id, shown)

    def passage_link(self, passage_id: str) -> nodes.Node:
        """Return a link to a passage, labeled with its document and place."""
        return self._link(
            "passage", passage_id, lang_inline(passage_text(self.reference, passage_id, self.lang), self.lang)
        )

    def _link(self, kind: str, target: str, shown: nodes.Node) -> nodes.Node:
        return addnodes.pending_xref(
            "",
            shown,
            refdomain="alliance",
            reftype=kind,
            reftarget=target,
            refexplicit=True,
            refwarn=False,
            refdoc=self.docname,
        )

    def entry_links(self, ids: Iterable[str | None]) -> list[nodes.Node]:
        """Return links to entries with separators between them."""
        links = [self.entry_link(one) for one in ids if one is not None]
        return _joined(links, self.mark)


@lru_cache(maxsize=4)
def _decided_readings(reference: Reference) -> Mapping[str, tuple[str, ...]]:
    return reference.decided_readings()


def _joined(items: list[nodes.Node], mark: str) -> list[nodes.Node]:
    joined: list[nodes.Node] = []
    for item in items:
        if joined:
            joined.append(nodes.Text(mark))
        joined.append(item)
    return joined


def ruby(text: str, reading: str, *classes: str) -> nodes.Node:
    """Return Japanese text with its reading as ruby."""
    return Ruby("", text, reading=reading, classes=["language-ja", *classes])


def entry_title(entry: Entry, page: Page) -> list[nodes.Node]:
    """Return the preferred names in both languages, that of the page first."""
    names: list[nodes.Node] = [
        lang_inline(name.text, lang) for lang in page.langs if (name := entry.preferred(lang)) is not None
    ]
    return _joined(names, " — ")


def entry_block(entry: Entry, page: Page, passages: Iterable[str]) -> list[nodes.Node]:
    """Return the nodes that show all data of an entry."""
    names = _names(entry, page)
    blocks: list[nodes.Node] = [names] if names.children else []
    text = entry.definition if isinstance(entry, Concept) else entry.summary
    if text is not None:
        blocks += [
            paragraph(lang_inline(text.ja if lang == "ja" else text.en, lang), classes=("alliance-summary",))
            for lang in page.langs
        ]
    facts = [*_facts(entry, page), *_ends(entry, page, tuple(passages))]
    if facts:
        fields = nodes.field_list(classes=["alliance-facts"])
        for word, body in facts:
            name = nodes.field_name("", page.ui_string(word), translatable=False)
            fields += nodes.field("", name, nodes.field_body("", paragraph(*body)))
        blocks.append(fields)
    return blocks


def _names(entry: Entry, page: Page) -> nodes.Node:
    """Return a list of the names with reading, romanization and validity, preferred names first."""
    items = nodes.bullet_list(classes=["alliance-names"])
    for lang in page.langs:
        for name in entry.names_in(lang):
            line = paragraph(lang_inline(name.text, lang, "alliance-name"))
            notes: list[nodes.Node] = []
            if name.reading and name.reading != name.text:
                notes.append(lang_inline(name.reading, "ja"))
            if name.romanization:
                notes.append(romaji(name.romanization))
            if name.valid != Period():
                notes.append(nodes.Text(period_text(name.valid, page.lang)))
            # That a name is one of several, the list says; that it is not to be used, it does not.
            if name.status not in ("preferred", "admitted"):
                notes.append(nodes.Text(label("name-status", name.status, page.lang)))
            if notes:
                line += nodes.inline(
                    "", "", nodes.Text("  "), *_joined(notes, " · "), classes=["alliance-name-notes"]
                )
            elif name == entry.preferred(page.lang):
                continue  # the heading says it
            items += nodes.list_item("", line)
    return items


_NOT_LISTED = ("figures", "urls")


def _facts(entry: Entry, page: Page) -> Iterator[tuple[str, list[nodes.Node]]]:
    """Yield each fact of an entry as a field name and the nodes of its body."""
    for fact in entry_facts(entry, page.lang):
        if fact.field not in _NOT_LISTED:
            yield fact.field, _flat([_fact_value(fact.field, value, page) for value in fact.values], page)


def _fact_value(field: str, value: FactValue, page: Page) -> list[nodes.Node]:
    if value.entry_id is not None:
        kind = [nodes.Text(f"{value.detail} ")] if value.detail else []
        return [*kind, page.entry_link(value.entry_id)]
    if field == "subject":
        return [lang_inline(*subject_label(value.text, page.lang))]
    return [nodes.Text(value.text + (page.aside(value.detail) if value.detail else ""))]


def _ends(entry: Entry, page: Page, passages: tuple[str, ...]) -> Iterator[tuple[str, list[nodes.Node]]]:
    if passages:
        yield "passages", _joined([page.passage_link(one) for one in passages], page.mark)
    yield "sources", _flat([_source(source, page) for source in entry.sources], page)


def _source(source: Source, page: Page) -> list[nodes.Node]:
    title = lang_inline(page.localized(source.title), page.lang)
    shown: nodes.Node = title
    if source.url:
        shown = nodes.reference("", "", title, refuri=source.url, internal=False)
    parts = [shown]
    if source.mark != "verified":
        parts.append(nodes.Text(f" [{label('mark', source.mark, page.lang)}]"))
    return parts


def _flat(items: list[list[nodes.Node]], page: Page) -> list[nodes.Node]:
    joined: list[nodes.Node] = []
    for item in items:
        if joined:
            joined.append(nodes.Text(page.mark))
        joined += item
    return joined
