"""Glossaries and what is told of them as HTML, for notebooks. All text is escaped."""

from collections.abc import Iterable, Sequence
from html import escape

from alliance_ref.html import printable
from alliance_ref.records.glossary import GlossaryConcept, LanguageSection
from alliance_ref.records.values import Lang

ROWS_AT_MOST = 50
"""What a notebook shows of a long table."""


def cell(text: str, lang: Lang | None = None) -> str:
    """A cell of a table, its lines kept apart.

    >>> cell("a < b"), cell("同盟", "ja")
    ('<td>a &lt; b</td>', '<td lang="ja">同盟</td>')
    """
    return marked_cell(escape(printable(text)).replace("\n", "<br>"), lang)


def marked_cell(html: str, lang: Lang | None = None) -> str:
    """A cell with *html* in it."""
    return f'<td lang="{lang}">{html}</td>' if lang else f"<td>{html}</td>"


def html_table(head: Sequence[str], rows: Sequence[str], *, more: int = 0) -> str:
    """A table of rows of cells, and how many *more* there are."""
    heads = "".join(f'<th scope="col">{escape(title)}</th>' for title in head)
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    if more:
        body += f'<tr><td colspan="{len(head)}">and {more:,} more</td></tr>'
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"


def glossary_table(concepts: Sequence[GlossaryConcept]) -> str:
    """The first concepts, preferred terms in front of the others, and how many more there are."""
    rows = [
        cell(_terms(concept.en), "en")
        + cell(_terms(concept.ja), "ja")
        + cell(_reading(concept.ja), "ja")
        + cell(concept.subject)
        + cell(concept.id)
        for concept in concepts[:ROWS_AT_MOST]
    ]
    return html_table(
        ("English", "日本語", "読み", "subject", "id"), rows, more=max(0, len(concepts) - ROWS_AT_MOST)
    )


def _terms(section: LanguageSection) -> str:
    preferred = section.preferred
    others = [
        term.text if term.status == "admitted" else f"{term.text} ({term.status})"
        for term in section
        if term is not preferred
    ]
    return "\n".join([preferred.text, *others]) if preferred else ""


def _reading(section: LanguageSection) -> str:
    preferred = section.preferred
    return (preferred.reading if preferred else None) or ""


def change_table(changes: Iterable[tuple[str, str, str]]) -> str:
    """Changes as a table: sign, concept, what is different."""
    rows = [cell(sign) + cell(concept) + cell(what) for sign, concept, what in changes]
    return html_table(("", "concept", "change"), rows[:ROWS_AT_MOST], more=max(0, len(rows) - ROWS_AT_MOST))
