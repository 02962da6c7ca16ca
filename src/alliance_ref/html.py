"""Generate HTML: tables for notebooks, links and marks in text, ruby, and whole pages.

All other modules pass text and receive markup; they never write tags themselves (except the writers of
Sphinx). Functions escape every argument that is text. Arguments named `html` are markup already.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape

MAX_ROWS = 50
"""Maximum number of rows that a notebook shows of a long table."""

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ALIGN_LEFT = ' style="text-align: left"'

_PAGE = """<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8"><meta name="generator" content="alliance_ref">
<title>{title}</title>
{style}</head>
<body>
{body}
</body>
</html>
"""
_ALIGNMENT_STYLE = """<style>
body { font-family: sans-serif; margin: 2em auto; max-width: 75em; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #ccc; padding: .4em .6em; text-align: left; vertical-align: top; }
td.text { width: 45%; }
tr.gap td { color: #666; background: #f4f4f4; }
tr.weak td { background: #fff3d6; }
p.note { color: #555; }
</style>
"""


def printable(text: str) -> str:
    r"""Return *text* with U+FFFD in place of the characters that HTML forbids.

    >>> printable("a\x00b")
    'a\ufffdb'
    """
    return _FORBIDDEN.sub("\ufffd", text)


def escaped(text: str) -> str:
    """Return *text* as markup, with forbidden characters replaced.

    >>> escaped("A & B")
    'A &amp; B'
    """
    return escape(printable(text))


def page(body: str, title: str, lang: str, style: str = "") -> str:
    """Return a complete HTML document around *body*, which is markup."""
    return _PAGE.format(lang=lang, title=escaped(title), body=body, style=style)


# Pieces of running text


def ruby(text: str, reading: str, brackets: tuple[str, str] = ("（", "）")) -> str:
    """Return *text* with its *reading* above it; browsers without ruby show the brackets.

    >>> ruby("港", "みなと", ("(", ")"))
    '<ruby>港<rp>(</rp><rt>みなと</rt><rp>)</rp></ruby>'
    """
    before, after = brackets
    return f"<ruby>{escaped(text)}<rp>{before}</rp><rt>{escaped(reading)}</rt><rp>{after}</rp></ruby>"


def name_link(text: str, *, href: str, lang: str, title: str = "", reading: str | None = None) -> str:
    """Return a link around a name in *lang*.

    Args:
        text: The name as it appears in the text.
        href: The target.
        lang: The language of the name.
        title: Text shown on hovering, for example the name in the other language.
        reading: The reading to show as ruby, if any.

    >>> name_link("Zama", href="#camp-zama", lang="en", title="座間")
    '<a href="#camp-zama" lang="en" title="座間">Zama</a>'
    """
    shown = ruby(text, reading) if reading else escaped(text)
    titled = f' title="{escaped(title)}"' if title else ""
    return f'<a href="{escaped(href)}" lang="{lang}"{titled}>{shown}</a>'


def name_tags(entry_id: str, *, href: str | None, lang: str, title: str = "") -> tuple[str, str]:
    """Return the tags to put around a name in a page: a link, or a ``span`` if *href* is ``None``.

    >>> name_tags("camp-zama", href=None, lang="en", title="座間")
    ('<span lang="en" title="座間" data-entry="camp-zama">', '</span>')
    """
    name, target = ("span", "") if href is None else ("a", f' href="{escaped(href)}"')
    titled = f' title="{escaped(title)}"' if title else ""
    return f'<{name}{target} lang="{lang}"{titled} data-entry="{escaped(entry_id)}">', f"</{name}>"


def entry_list(entries: Iterable[tuple[str, str, str]]) -> str:
    """Return a list of entries, given as id, English name and Japanese name; links lead to the ids."""
    items = (
        f'<dt id="{escaped(entry_id)}" lang="en">{escaped(en)}</dt><dd lang="ja">{escaped(ja)}</dd>\n'
        for entry_id, en, ja in entries
    )
    return f'<dl class="entries">\n{"".join(items)}</dl>'


def annotated_text(text: str, links: Iterable[tuple[int, int, str]]) -> str:
    """Return *text* with some spans replaced by markup; of nested spans, the outermost.

    Args:
        text: The text, not escaped.
        links: The start and end of each span and its markup.
    """
    parts = []
    done = 0
    for start, end, html in sorted(links, key=lambda link: (link[0], -link[1])):
        if start >= done:
            parts += [escaped(text[done:start]), html]
            done = end
    parts.append(escaped(text[done:]))
    return f'<div class="annotated" style="white-space: pre-wrap">{"".join(parts)}</div>'


def highlight(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return *text* with ``<mark>`` around *spans*, which are in order and do not overlap.

    >>> highlight("a < b", ((0, 1),))
    '<mark>a</mark> &lt; b'
    """
    parts = []
    done = 0
    for start, end in spans:
        parts.append(f"{escaped(text[done:start])}<mark>{escaped(text[start:end])}</mark>")
        done = end
    return "".join(parts) + escaped(text[done:])


def lang_span(text: str, lang: str) -> str:
    """Return text marked as being in *lang*.

    >>> lang_span("同盟", "ja")
    '<span lang="ja">同盟</span>'
    """
    return f'<span lang="{lang}">{escaped(text)}</span>'


# Parts of pages made with Sphinx


def jump_links(places: Iterable[tuple[str, str]]) -> str:
    """Return a line of links to places on the same page, given as (id, text).

    >>> jump_links([("letter-41", "A")])
    '<nav class="alliance-jumps"><a href="#letter-41">A</a></nav>'
    """
    links = " ".join(f'<a href="#{escaped(node_id)}">{escaped(text)}</a>' for node_id, text in places)
    return f'<nav class="alliance-jumps">{links}</nav>'


def permalink(node_id: str) -> str:
    """Return the link of a heading to itself."""
    return f'<a class="headerlink" href="#{escaped(node_id)}">¶</a>'


def contents(summary: str, places: Iterable[tuple[str, str]]) -> str:
    """Return a table of contents that opens on a click, with links to *places*, given as (id, text)."""
    links = jump_links(places)
    return f'<details class="alliance-contents"><summary>{escaped(summary)}</summary>{links}</details>'


def name_search_form(hint: str) -> str:
    """Return the form of the name search with *hint* as the label of its field; a script fills the list."""
    return (
        '<div class="alliance-name-search">'
        f'<label for="alliance-query">{escaped(hint)}</label>'
        '<input id="alliance-query" type="search" autocomplete="off" spellcheck="false">'
        '<ul id="alliance-found" aria-live="polite"></ul>'
        "</div>"
    )


# Tables


def cell(text: str, lang: str | None = None, **attributes: str) -> str:
    """Return a table cell with *text*, keeping its line breaks.

    >>> cell("a < b"), cell("同盟", "ja", style="color: red")
    ('<td>a &lt; b</td>', '<td lang="ja" style="color: red">同盟</td>')
    """
    return html_cell(escaped(text).replace("\n", "<br>"), lang, **attributes)


def html_cell(html: str, lang: str | None = None, **attributes: str) -> str:
    """Return a table cell with markup in it."""
    given = {"lang": lang, **attributes}
    written = "".join(f' {name}="{escape(value)}"' for name, value in given.items() if value)
    return f"<td{written}>{html}</td>"


def table(head: Sequence[str], rows: Iterable[str], *, more: int = 0) -> str:
    """Return a table with column titles.

    Args:
        head: The titles of the columns.
        rows: The cells of each row, as markup.
        more: How many rows were left out; the table ends with a note if there are any.
    """
    heads = "".join(f'<th scope="col"{_ALIGN_LEFT}>{escaped(title)}</th>' for title in head)
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    if more:
        body += f'<tr><td colspan="{len(head)}">and {more:,} more</td></tr>'
    titles = f"<thead><tr>{heads}</tr></thead>" if head else ""
    return f"<table>{titles}<tbody>{body}</tbody></table>"


def shortened_table(head: Sequence[str], rows: Sequence[str]) -> str:
    """Return a table of the first `MAX_ROWS` rows that notes how many were left out."""
    return table(head, rows[:MAX_ROWS], more=max(0, len(rows) - MAX_ROWS))


def bilingual_table(title: str, pairs: Iterable[tuple[str | None, str | None]]) -> str:
    """Return a table with English on the left and Japanese on the right; ``None`` is an empty cell.

    >>> bilingual_table("x", [("yes", "はい")]).count("<td lang=")
    2
    """
    head = f'<tr><th{_ALIGN_LEFT}>English</th><th lang="ja"{_ALIGN_LEFT}>日本語</th></tr>'
    return _captioned(title, [head, *(_row((en, "en"), (ja, "ja")) for en, ja in pairs)])


def monolingual_table(title: str, rows: Iterable[Sequence[str]], lang: str) -> str:
    """Return a table whose cells are all in one language."""
    return _captioned(title, (_row(*((text, lang) for text in row)) for row in rows))


def _row(*cells: tuple[str | None, str]) -> str:
    shown = (
        html_cell("") if text is None else cell(text, lang, style="text-align: left") for text, lang in cells
    )
    return f"<tr>{''.join(shown)}</tr>"


def _captioned(title: str, rows: Iterable[str]) -> str:
    caption = f"<caption{_ALIGN_LEFT}>{escaped(title)}</caption>"
    return f'<table class="alliance-ref">{caption}<tbody>{"".join(rows)}</tbody></table>'


def concordance_table(head: str, rows: Iterable[str]) -> str:
    """Return the table of a concordance.

    Args:
        head: The title of the first column; the others have none.
        rows: The five cells of each row, as markup.
    """
    body = "\n".join(f"<tr>{row}</tr>" for row in rows)
    heads = f"<th>{escaped(head)}</th>" + 4 * "<th></th>"
    return (
        f'<table class="concordance">\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>'
    )


def text_table_page(table: str, title: str, lang: str) -> str:
    """Return a page with a table of long texts side by side.

    Args:
        table: The table, from `table`.
        title: The title of the page.
        lang: The language of the page.
    """
    return page(table, title, lang, _ALIGNMENT_STYLE)


def alignment_page(notes: Iterable[str], rows: Iterable[str]) -> str:
    """Return a page that shows an alignment with the two texts side by side.

    Args:
        notes: The paragraphs above the table.
        rows: The rows, from `alignment_row`.
    """
    titles = ("Kind", "English", "日本語", "Confidence", "Status", "Segments")
    head = "".join(f"<th>{title}</th>" for title in titles)
    above = "\n".join(f'<p class="note">{escaped(note)}</p>' for note in notes)
    body = "\n".join(rows)
    content = f"{above}\n<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"
    return page(content, "Alignment", "en", _ALIGNMENT_STYLE)


def alignment_row(
    kind: str,
    confidence: float,
    status: str,
    en: Sequence[str] | str,
    ja: Sequence[str] | str,
    segments: str,
    *,
    style: str,
) -> str:
    """Return one row of an alignment page; its texts and its status can be edited in a browser.

    Args:
        kind: The kind of the bead, for example ``"2-1"``.
        confidence: From 0 to 1.
        status: The status of the unit.
        en: The English segments, or a gap as one string.
        ja: The Japanese segments, likewise.
        segments: The numbers of the segments.
        style: ``"sure"``, ``"weak"`` or ``"gap"``.
    """
    sides = _side(en, "en") + _side(ja, "ja")
    others = cell(f"{confidence:.0%}") + cell(status, contenteditable="true") + cell(segments)
    return f'<tr class="{style}">{cell(kind)}{sides}{others}</tr>'


def _side(side: Sequence[str] | str, lang: str) -> str:
    shown = escaped(side) if isinstance(side, str) else "<br>".join(map(escaped, side))
    language = None if isinstance(side, str) else lang
    return html_cell(shown, language, **{"class": "text", "contenteditable": "true"})


# Reviews of glossaries

_REVIEW_HEAD = """<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
{css}</style>
"""
_REVIEW = """<header>
<h1>{title}</h1>
<div class="bar"><span id="counts" role="status"></span><span id="saved" role="status"></span>
<button type="button" class="save">{save}<kbd>S</kbd></button>
<label>{filter} <select id="filter">{choices}</select></label>
<label>{search} <input id="search" type="search" autocomplete="off" spellcheck="false"></label></div>
<p id="not-kept" class="warning" hidden>{not_kept}</p>
</header>
<p class="help">{help}</p>
<main>
{rows}
</main>
<template id="correction"><form class="correction" autocomplete="off">
<label>{english}<input name="en" lang="en" required></label>
<label>{japanese}<input name="ja" lang="ja" required></label>
<label>{reading}<input name="reading" lang="ja"></label>
<div class="buttons"><button>{apply}<kbd>Enter</kbd></button>
<button type="button" class="cancel">{cancel}<kbd>Esc</kbd></button></div></form></template>
<script>
{js}</script>"""
_REVIEW_FILTERS = ("all", "undecided", "accept", "correct", "reject")


def review_page(
    title: str, rows: Iterable[str], words: Mapping[str, str], *, lang: str, key: str, css: str, js: str
) -> str:
    """Return a page on which a person accepts, rejects and corrects pairs of terms.

    Args:
        title: The title.
        rows: The pairs, from `review_row`.
        words: The texts of the page, in *lang*.
        lang: The language of the page.
        key: The name under which the browser keeps the decisions.
        css: The style sheet.
        js: The script.
    """
    choices = "".join(f'<option value="{name}">{escaped(words[name])}</option>' for name in _REVIEW_FILTERS)
    shown = {name: escaped(text) for name, text in words.items()}
    shown |= {"title": escaped(title), "choices": choices, "rows": "\n".join(rows), "js": js}
    body = _REVIEW.format(**shown)
    made = page(body, title, lang, _REVIEW_HEAD.format(css=css))
    values = f'data-key="{escaped(key)}" data-words="{escaped(json.dumps(dict(words), ensure_ascii=False))}"'
    return made.replace("<body>", f"<body {values}>", 1)


def review_row(
    pair: Mapping[str, str], facts: Sequence[str], evidence: Sequence[str], words: Mapping[str, str]
) -> str:
    """Return one pair of a review page.

    Args:
        pair: The terms ``en`` and ``ja``, the ``reading``, the ``id`` of the concept and its ``status``.
        facts: What is known about the pair, such as its frequency.
        evidence: The places, from `review_place`; those after the third are folded.
        words: The texts of the page.
    """
    first, more = evidence[:_OPEN_PLACES], evidence[_OPEN_PLACES:]
    places = f'<ul class="evidence">{"".join(first)}</ul>' if first else ""
    if more:
        summary = f"<summary>+{len(more)}</summary>"
        places += f'<details>{summary}<ul class="evidence">{"".join(more)}</ul></details>'
    buttons = "".join(
        f'<button type="button" class="{name}">{escaped(words["do_" + name])}<kbd>{letter}</kbd></button>'
        for name, letter in (("accept", "A"), ("reject", "R"), ("correct", "C"), ("undo", "U"))
    )
    terms = "".join(
        f'<span class="{lang}" lang="{lang}"><span class="was"></span> <span class="now"></span></span>'
        for lang in ("en", "ja")
    )
    name = escaped(f"{pair['en']} = {pair['ja']}")
    return (
        f'<article class="pair" tabindex="0" aria-label="{name}"'
        f' data-pair="{escaped(json.dumps(dict(pair), ensure_ascii=False))}">'
        f"<h2>{terms}</h2>"
        f'<p class="facts"><span class="state"></span> <span class="reading" lang="ja"></span>'
        f" {escaped(' · '.join(facts))}</p>{places}"
        f'<div class="buttons">{buttons}</div></article>'
    )


_OPEN_PLACES = 3
"""Number of places of a pair that a review page shows at once."""


def review_place(place: str, en: str = "", ja: str = "") -> str:
    """Return one place of a pair, with the two sentences as markup if they are known."""
    texts = f'<p lang="en">{en}</p><p lang="ja">{ja}</p>' if en or ja else ""
    return f'<li>{texts}<p class="place">{escaped(place)}</p></li>'


# Charts

_BAR, _BAR_GAP, _LABEL, _CHART = 18, 6, 150, 400
"""Height of a bar and the space after it, width of the labels and of the longest bar, in pixels."""


def bar_chart(title: str, rows: Sequence[tuple[str, float, str]]) -> str:
    """Return a horizontal bar chart as SVG without scripts or external resources.

    Args:
        title: The title of the chart, or ``""``.
        rows: The label, value and note of each bar.

    >>> bar_chart("", [("2005", 2.0, "4"), ("2006", 1.0, "2")]).count("<rect")
    2
    """
    longest = max((value for _, value, _ in rows), default=0.0)
    top = _BAR + _BAR_GAP if title else 0
    shapes = [f'<text x="0" y="{_BAR - 4}" font-weight="bold">{escaped(title)}</text>'] if title else []
    for place, (label, value, note) in enumerate(rows):
        y = top + place * (_BAR + _BAR_GAP)
        width = value / longest * _CHART if longest else 0.0
        shapes += [
            f'<text x="{_LABEL - 8}" y="{y + _BAR - 4}" text-anchor="end">{escaped(label)}</text>',
            f'<rect x="{_LABEL}" y="{y}" width="{width:.1f}" height="{_BAR}" fill="#4878a8"/>',
            f'<text x="{_LABEL + width + 6:.1f}" y="{y + _BAR - 4}">{value:,.1f} ({escaped(note)})</text>',
        ]
    height = top + len(rows) * (_BAR + _BAR_GAP)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_LABEL + _CHART + 150} {height}"'
        ' font-family="sans-serif" font-size="13" fill="currentColor" role="img"'
        f' aria-label="{escaped(title)}">{"".join(shapes)}</svg>'
    )
