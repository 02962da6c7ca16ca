"""Concepts of a glossary as items of a definition list."""

from docutils import nodes

from alliance_ref.facts import period_text
from alliance_ref.records import GlossaryConcept, Lang, Term
from alliance_ref.records.values import Period
from alliance_ref.sphinxext.entries import Page
from alliance_ref.sphinxext.name_index import fold
from alliance_ref.sphinxext.nodes import paragraph, said
from alliance_ref.text.keys import gojuon_key
from alliance_ref.text.localization import label

_ROWS = "あかさたなはまやらわ"


def concept_item(
    concept: GlossaryConcept, page: Page, node_id: str, order: Lang
) -> nodes.definition_list_item:
    """A concept: its terms in both languages above, further terms and definitions below.

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
            body += paragraph(said(text, lang), classes=("alliance-definition",))
    return nodes.definition_list_item("", head, body)


def shown_term(term: Term) -> list[nodes.Node]:
    """A term, its reading behind it where the term itself does not say how it is read."""
    shown: list[nodes.Node] = [said(term.text, term.lang)]
    if term.reading and fold(term.reading) != fold(term.text):
        shown.append(said(f"（{term.reading}）", "ja", "alliance-reading"))
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
    """The entries of the general index for the terms of a concept, Japanese ones under their row of kana."""
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
    """The row of the kana table in which a reading stands.

    >>> kana_row("がいむしょう"), kana_row("にほん"), kana_row("")
    ('か', 'な', None)
    """
    key = gojuon_key(reading)[0]
    first = key[:1]
    if not first or not "ぁ" <= first <= "ん":
        return None
    return max((row for row in _ROWS if row <= first), default=None) or "あ"
