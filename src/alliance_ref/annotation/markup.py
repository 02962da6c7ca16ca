"""Pieces of HTML that annotations and concordances are shown with. All text is escaped."""

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from alliance_ref.html import printable
from alliance_ref.records.annotations import Annotation

if TYPE_CHECKING:
    from alliance_ref.records.values import Lang


def linked(text: str, links: Iterable[tuple[int, int, str]]) -> str:
    """*text* with HTML in the place of some stretches: of those inside others, the outermost.

    Args:
        text: The text, not yet escaped.
        links: Start, end and the HTML to stand there.
    """
    parts = []
    done = 0
    for start, end, html in sorted(links, key=lambda link: (link[0], -link[1])):
        if start >= done:
            parts.append(escape(printable(text[done:start])))
            parts.append(html)
            done = end
    parts.append(escape(printable(text[done:])))
    return f'<div class="annotated" style="white-space: pre-wrap">{"".join(parts)}</div>'


def link_to(annotation: Annotation) -> str:
    """``#`` and the id of the likeliest entry."""
    return f"#{annotation.entry.id}"


def marked_up(annotation: Annotation, *, link: str, ruby: bool) -> str:
    """An annotation as a link; its title is what the entry is called in the other language."""
    shown = escape(printable(annotation.text))
    reading = annotation.name.reading
    if ruby and reading and annotation.kind in ("exact", "variant", "abbreviation"):
        shown = f"<ruby>{shown}<rp>（</rp><rt>{escape(reading)}</rt><rp>）</rp></ruby>"
    other: Lang = "ja" if annotation.lang == "en" else "en"
    titles = [entry.preferred(other) for entry in annotation.entries]
    title = " / ".join(name.text for name in titles if name is not None)
    titled = f' title="{escape(title)}"' if title else ""
    return f'<a href="{escape(link)}" lang="{annotation.lang}"{titled}>{shown}</a>'


def highlighted(text: str, places: tuple[tuple[int, int], ...]) -> str:
    """*text* with ``<mark>`` around *places*, which are in order and apart."""
    parts = []
    done = 0
    for start, end in places:
        parts.append(
            f"{escape(printable(text[done:start]))}<mark>{escape(printable(text[start:end]))}</mark>"
        )
        done = end
    return "".join(parts) + escape(printable(text[done:]))
