"""Full-text search that finds Japanese: the words of the library's own Japanese room as search terms.

Sphinx cuts Japanese with a small model that knows few compounds, and the browser, which has no dictionary,
cuts a query at spaces. Here both sides agree by construction: the index holds UniDic's words, and the query
is cut in the browser into the longest words that the index holds.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import sphinx.search
from sphinx.search.en import SearchEnglish

from alliance_ref.text.japanese import words
from alliance_ref.text.scripts import HIRAGANA, JAPANESE

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

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
        """The words of a text in one or both languages."""
        return list(_words(input))

    def stem(self, word: str) -> str:
        """The stem of an English word; Japanese has none here."""
        return _stem(self, word) if word.isascii() else word.lower()

    def word_filter(self, word: str) -> bool:
        """Whether a word is worth finding: no stop word, no one or two hiragana."""
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


def use_search(app: "Sphinx", config: "Config") -> None:
    """Put the two languages in the place of Sphinx's, for this project only.

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
