"""Blocks that show a passage: its sentences side by side, its gaps, its margin notes."""

import re
from collections.abc import Collection, Iterator

from docutils import nodes

from alliance_ref.records import AlignedUnit, Correction, Entry, Gap, Lang, Passage, Quotation
from alliance_ref.sphinxext.entries import LANGS, Page, ruby
from alliance_ref.sphinxext.nodes import lang_inline, paragraph
from alliance_ref.text.folding import name_key
from alliance_ref.text.japanese.readings import Decided, furigana
from alliance_ref.text.localization import label

_COUNTED = re.compile(
    r"[0-9０-９A-Za-zＡ-Ｚａ-ｚ]"
)  # what furigana leaves as it is, but a name's reading spells out


def passage_block(
    passage: Passage, page: Page, *, langs: Collection[Lang] = LANGS, readings: bool = True
) -> nodes.container:
    """Return a passage unit by unit, with links on the names of its mentions.

    With *readings*, the Japanese has furigana, which the reader can hide.
    """
    block = nodes.container(
        classes=["alliance-passage", *(f"only-{lang}" for lang in langs if len(langs) == 1)]
    )
    for unit in passage.units:
        row = nodes.container(classes=["alliance-unit"])
        for lang in page.langs:
            if lang in langs:
                row += _side(unit, lang, passage, page, readings=readings)
        block += row
    notes = [
        *(_quotation(one, page) for one in passage.quotations),
        *(_correction(one, page) for one in passage.corrections),
    ]
    if notes:
        block += nodes.container("", *notes, classes=["alliance-margin"])
    return block


def _side(unit: AlignedUnit, lang: Lang, passage: Passage, page: Page, *, readings: bool) -> nodes.paragraph:
    side = unit.en if lang == "en" else unit.ja
    if isinstance(side, Gap):
        reason = label("gap-reason", side.reason, page.lang)
        return paragraph(nodes.Text(f"[{reason}]"), classes=("alliance-gap",))
    text = unit.text(lang)
    decided = page.decided_readings if readings and lang == "ja" else None
    parts: list[nodes.Node] = []
    done = 0
    for annotation in page.reference.annotate(text, lang=lang):
        named = next((entry.id for entry in annotation.entries if entry.id in passage.mentions), None)
        if named is None or annotation.start < done:
            continue
        parts += _text(text[done : annotation.start], decided)
        name = _name(page.reference.entry(named), annotation.text, lang, decided)
        parts.append(page.entry_link_around(named, name, lang))
        done = annotation.end
    parts += _text(text[done:], decided)
    return paragraph(*parts, classes=(f"language-{lang}", "alliance-side"))


def _name(entry: Entry, text: str, lang: Lang, decided: Decided | None) -> Iterator[nodes.Node]:
    """Yield a name in a text; its own reading takes precedence over that of `furigana`."""
    reading = next(
        (name.reading for name in entry.names_in(lang) if name.text == text and name.reading), None
    )
    if (
        decided is None
        or reading is None
        or _COUNTED.search(text)
        or _furigana_key(text, decided) == name_key(reading)
    ):
        yield from _text(text, decided)
    else:
        yield ruby(text, reading.replace(" ", ""))


def _furigana_key(text: str, decided: Decided) -> str:
    """Return the reading of a text that `furigana` gives, as a key."""
    return name_key("".join(span.reading or span.text for span in furigana(text, decided)))


def _text(text: str, decided: Decided | None) -> Iterator[nodes.Node]:
    """Yield *text*, with furigana if there are *decided* readings."""
    if not text:
        return
    if decided is None:
        yield nodes.Text(text)
        return
    for span in furigana(text, decided):
        if span.reading is None:
            yield nodes.Text(span.text)
        else:
            yield ruby(span.text, span.reading)


def _quotation(quotation: Quotation, page: Page) -> nodes.paragraph:
    told: list[nodes.Node] = [nodes.Text(label("fidelity", quotation.fidelity, page.lang))]
    if quotation.cites is not None:
        told += [nodes.Text(page.mark), page.entry_link(quotation.cites)]
    if quotation.locator:
        lang: Lang = "en" if quotation.locator.isascii() else "ja"
        told += [nodes.Text(page.mark), lang_inline(quotation.locator, lang)]
    before, after = page.aside("\n").split("\n")
    return paragraph(
        nodes.strong("", page.ui_string("quotation"), translatable=False),
        nodes.Text(" "),
        lang_inline(quotation.text, quotation.lang),
        nodes.Text(before),
        *told,
        nodes.Text(after),
        *([nodes.Text(f" {page.localized(quotation.note)}")] if quotation.note is not None else []),
        classes=("alliance-quotation",),
    )


def _correction(correction: Correction, page: Page) -> nodes.paragraph:
    return paragraph(
        nodes.strong("", page.ui_string("correction"), translatable=False),
        nodes.Text(" "),
        lang_inline(correction.says, correction.lang),
        nodes.Text(" → "),
        lang_inline(page.localized(correction.should_be), page.lang),
        nodes.Text(f" {page.localized(correction.reason)}"),
        classes=("alliance-correction",),
    )
