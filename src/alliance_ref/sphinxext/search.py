"""Search in the browser: the index of names, and full-text search that finds Japanese words.

The name index is a script with one row per entry and the keys of its names. For full text, Sphinx segments
Japanese with a small model that knows few compounds, and the browser, which has no dictionary, splits a query
at spaces. Here both sides agree: the index contains UniDic words, and the browser splits a query into the
longest words that the index contains.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import sphinx.search
from sphinx.search.en import SearchEnglish

from alliance_ref.html import name_search_form
from alliance_ref.preparation.name_index import as_script, search_keys
from alliance_ref.records.values import Lang
from alliance_ref.sphinxext.ui_strings import UI_STRINGS
from alliance_ref.text.japanese.tagging import words
from alliance_ref.text.localization import label
from alliance_ref.text.scripts import HIRAGANA, JAPANESE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.application import Sphinx
    from sphinx.config import Config

    from alliance_ref.reference import Reference


def names_script(reference: "Reference", addresses: "Mapping[str, str]", lang: Lang) -> str:
    """Return the index as a script: the names, kind, address and search keys of each entry, and labels.

    Args:
        reference: The entries.
        addresses: The address of each entry from the top of the site; other entries are left out.
        lang: The language of the labels.
    """
    rows = []
    for entry in reference.entries():
        if entry.id not in addresses:
            continue
        sides = [entry.preferred(lang) for lang in ("en", "ja")]
        en, ja = (name.text if name else "" for name in sides)
        reading = sides[1].reading if sides[1] and sides[1].reading else ""
        rows.append([entry.id, en, ja, reading, entry.kind, addresses[entry.id], *search_keys(entry.names)])
    labels = {
        "heading": getattr(UI_STRINGS["names"], lang),
        "kinds": {kind: label("entry-kind", kind, lang) for kind in _KINDS},
        "none": getattr(UI_STRINGS["no-match"], lang),
    }
    return f"window.allianceNames = {as_script(rows)};\nwindow.allianceLabels = {as_script(labels)};\n"


def search_form(lang: Lang) -> str:
    """Return the form of the name search as HTML."""
    return name_search_form(getattr(UI_STRINGS["arrow-keys"], lang))


_KINDS = ("document", "person", "organization", "place", "event", "concept")


_RUN = re.compile(f"[{JAPANESE}]+")
_WORD = re.compile(r"\w+")
_KANA_ONLY = re.compile(f"[{HIRAGANA}]{{1,2}}")
_SPLITTER = r"""
var splitQuery = (query) => {
  const known = new Set();
  const index = typeof Search !== "undefined" && Search._index ? Search._index : {};
  for (const part of [index.terms, index.titleterms]) {
    if (part) for (const term of part instanceof Map ? part.keys() : Object.keys(part)) known.add(term);
  }
  const japanese = /[\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uff66-\uff9f]+/g;
  // How many letters the longest word has that a page says and that begins here.
  const longest = (run, at) => {
    let end = run.length;
    while (end > at && !known.has(run.slice(at, end))) end -= 1;
    return end - at;
  };
  const cut = (run) => {
    if (/^[\u3041-\u309f\u30fc]+$/.test(run)) return [run]; // a reading: one word
    const words = [];
    for (let at = 0; at < run.length; ) {
      const length = longest(run, at);
      if (length > 1) {
        words.push(run.slice(at, at + length));
        at += length;
      } else if (/[\u3041-\u309f]/.test(run[at])) {
        at += 1; // particles and endings: the index has none of one or two letters
      } else {
        let end = at + 1;
        while (end < run.length && longest(run, end) < 2 && !/[\u3041-\u309f]/.test(run[end])) end += 1;
        const rest = run.slice(at, end);
        // What no page says is kept whole, so that nothing is found rather than pages with one letter of it.
        if ([...rest].every((letter) => known.has(letter))) words.push(...rest);
        else return [rest];
        at = end;
      }
    }
    return words;
  };
  const words = [];
  for (const piece of query.normalize("NFKC").split(/[^\p{Letter}\p{Number}_\p{Emoji_Presentation}]+/gu)) {
    let done = 0;
    for (const found of piece.matchAll(japanese)) {
      if (found.index > done) words.push(piece.slice(done, found.index));
      done = found.index + found[0].length;
      words.push(...cut(found[0]));
    }
    if (done < piece.length) words.push(piece.slice(done));
  }
  return words.filter((word) => word);
};
"""


class _Bilingual(SearchEnglish):
    """English as Sphinx searches it, and Japanese by words of UniDic, on one page."""

    js_splitter_code = _SPLITTER

    def split(self, input: str) -> list[str]:  # noqa: A002 - the name is Sphinx's
        """Return the words of a text in one or both languages."""
        return list(_words(input))

    def stem(self, word: str) -> str:
        """Return the stem of an English word; Japanese words are not stemmed."""
        return _stem(self, word) if word.isascii() else word.lower()

    def word_filter(self, word: str) -> bool:
        """Whether a word is indexed: not a stop word, and not one or two hiragana."""
        return not _KANA_ONLY.fullmatch(word) and super().word_filter(word)


class BilingualEnglish(_Bilingual):
    """For pages in English."""

    lang = "en"


class BilingualJapanese(_Bilingual):
    """For pages in Japanese."""

    lang = "ja"  # its language_name stays that of English: Sphinx names the stemmer of the browser by it


@lru_cache(maxsize=1 << 16)
def _stem(language: _Bilingual, word: str) -> str:
    return SearchEnglish.stem(language, word)


def _words(text: str) -> Iterator[str]:
    done = 0
    for run in _RUN.finditer(text):
        yield from _WORD.findall(text[done : run.start()])
        yield from (surface for surface, word in words(run.group()) if word.pos[:1] != ("空白",))
        done = run.end()
    yield from _WORD.findall(text[done:])


def install_search(app: "Sphinx", config: "Config") -> None:
    """Replace the search languages of Sphinx for this project only.

    Sphinx keeps the languages of its search in one place for all projects of a process.
    """
    ours = {"en": BilingualEnglish, "ja": BilingualJapanese}
    for lang, language in ours.items():
        if config.alliance_full_text_search:
            if lang not in _STOCK:
                _STOCK[lang] = sphinx.search.languages[lang]
            sphinx.search.languages[lang] = language
        elif lang in _STOCK:
            sphinx.search.languages[lang] = _STOCK[lang]
    app.connect("build-finished", _put_back)


def _put_back(app: "Sphinx", exception: Exception | None) -> None:
    sphinx.search.languages.update(_STOCK)


_STOCK: dict[str, Any] = {}
"""Sphinx's own, to put back when the build is done."""
