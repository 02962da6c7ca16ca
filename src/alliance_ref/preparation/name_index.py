"""The index of the name search that runs in a browser: on the site and on the offline lookup page."""

import json
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from alliance_ref.text.romanization import romanize

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alliance_ref.records import Name

NAME_SEARCH_SCRIPT = Path(__file__).with_name("static") / "name-search.js"
"""The script that searches the index; it normalizes a query as `fold` does."""

_BETWEEN = re.compile(r"[\s\-‐‑–—'’ʼ・･.,、。()（）「」『』\"“”/]+")
_MARKS = re.compile(r"[\u0300-\u036f]")
_LONG = (("ou", "o"), ("oo", "o"), ("uu", "u"), ("oh", "o"))


def fold(text: str) -> str:
    """Return *text* as it is in the index.

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
    """Return a folded romanized name with short vowels, so that Ōno, Oono and Ohno are equal.

    >>> without_long_vowels("oono"), without_long_vowels("ohno")
    ('ono', 'ono')
    """
    for long, short in _LONG:
        folded = folded.replace(long, short)
    return folded


def search_keys(names: "Iterable[Name]") -> list[str]:
    """Return the keys of names: their text, reading and romanizations, normalized.

    >>> import alliance_ref as ar
    >>> search_keys([ar.Name("大野", "ja", reading="おおの")])
    ['ono', 'おおの', '大野']
    """
    keys = set()
    for name in names:
        texts = [name.text, name.reading, name.romanization]
        if name.reading:
            texts += [romanize(name.reading), romanize(name.reading, system="kunrei")]
        for text in filter(None, texts):
            folded = fold(text)
            keys.add(folded)
            if folded.isascii():
                keys.add(without_long_vowels(folded))
    return sorted(filter(None, keys))


def as_script(value: object) -> str:
    r"""Return *value* as JSON that can be part of a ``<script>`` element.

    >>> as_script("</script>")
    '"<\\/script>"'
    """
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
