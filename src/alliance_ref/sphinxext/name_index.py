"""The search over names: an index that a page carries in a script, and the field to type in.

A page opened from a disk may not fetch other files, so the index is a script that sets a variable. The names
are folded here once, and the query in the browser in the same few steps (``fold`` in ``alliance.js``): width,
case, marks on Latin letters, katakana as hiragana, and what stands between words.
"""

import json
import re
import unicodedata
from html import escape
from typing import TYPE_CHECKING

from alliance_ref.records.values import Lang
from alliance_ref.sphinxext.ui_strings import WORDS
from alliance_ref.text.localization import label
from alliance_ref.text.romanization import romanize

if TYPE_CHECKING:
    from collections.abc import Mapping

    from alliance_ref.reference import Reference

_BETWEEN = re.compile(r"[\s\-‐‑–—'’ʼ・･.,、。()（）「」『』\"“”/]+")
_MARKS = re.compile(r"[\u0300-\u036f]")
_LONG = (("ou", "o"), ("oo", "o"), ("uu", "u"), ("oh", "o"))


def fold(text: str) -> str:
    """*text* as the index has it.

    >>> fold("フテンマ"), fold("Ōno"), fold("U.S. Forces, Japan")
    ('ふてんま', 'ono', 'usforcesjapan')
    """
    wide = unicodedata.normalize("NFKC", text).lower()
    latin = "".join(
        _MARKS.sub("", unicodedata.normalize("NFD", c)) if c < "\u0250" or "ḁ" <= c <= "ỿ" else c
        for c in wide
    )
    kana = "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in latin)
    return _BETWEEN.sub("", _MARKS.sub("", kana))


def without_long_vowels(folded: str) -> str:
    """A folded name in Latin letters with its long vowels short, so that Ōno, Oono and Ohno meet.

    >>> without_long_vowels("oono"), without_long_vowels("ohno")
    ('ono', 'ono')
    """
    for long, short in _LONG:
        folded = folded.replace(long, short)
    return folded


def names_script(reference: "Reference", addresses: "Mapping[str, str]") -> str:
    """The index as a script: for each entry its names, its kind, its address and the keys that find it.

    Args:
        reference: The entries.
        addresses: Where each entry stands, from the top of the site; entries that stand nowhere are left out.
    """
    rows = []
    for entry in reference.entries():
        if entry.id not in addresses:
            continue
        keys: dict[str, None] = {}
        for name in entry.names:
            texts = [name.text, name.reading, name.romanization]
            texts.append(romanize(name.reading) if name.reading else None)
            for text in filter(None, texts):
                folded = fold(text)
                keys[folded] = None
                if folded.isascii():
                    keys[without_long_vowels(folded)] = None
        sides = [entry.preferred(lang) for lang in ("en", "ja")]
        en, ja = (name.text if name else "" for name in sides)
        reading = sides[1].reading if sides[1] and sides[1].reading else ""
        rows.append([entry.id, en, ja, reading, entry.kind, addresses[entry.id], *sorted(filter(None, keys))])
    data = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    return f"window.allianceNames = {data};\n"


def search_form(lang: Lang) -> str:
    """The field and the list of what it finds, as HTML."""

    def word(name: str) -> str:
        return escape(WORDS[name].ja if lang == "ja" else WORDS[name].en)

    kinds = {kind: label("entry-kind", kind, lang) for kind in _KINDS}
    return (
        f'<div class="alliance-name-search" data-kinds="{escape(json.dumps(kinds, ensure_ascii=False))}">'
        f'<label for="alliance-query">{word("arrow-keys")}</label>'
        '<input id="alliance-query" type="search" autocomplete="off" spellcheck="false">'
        f'<ul id="alliance-found" aria-live="polite" data-none="{word("no-match")}"></ul>'
        "</div>"
    )


_KINDS = ("document", "person", "organization", "place", "event", "concept")
