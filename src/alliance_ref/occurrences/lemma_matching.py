"""Find the words of a query in a text in any of their forms, without an index."""

import re
from collections.abc import Sequence
from functools import lru_cache

from alliance_ref.records.values import Lang
from alliance_ref.text.folding import name_key
from alliance_ref.text.japanese.tagging import tokenize
from alliance_ref.text.lemmas import WORD, english_lemma
from alliance_ref.text.scripts import JAPANESE

_JAPANESE = re.compile(f"[{JAPANESE}]")

Lemmas = tuple[tuple[str, int, int], ...]
"""The lemma of each word of a text, with its start and end."""


def lemma_spans(query: str, text: str, lang: Lang) -> list[tuple[int, int]]:
    """Return the start and end of each place in *text* that has the words of *query* in any form.

    >>> lemma_spans("agree", "They agreed, and he agrees.", "en")
    [(5, 11), (20, 26)]
    >>> lemma_spans("述べる", "大臣が述べた。", "ja")
    [(3, 5)]
    """
    if lang == "en" and _JAPANESE.search(query):
        return []
    sought = [lemma for lemma, _, _ in _lemmas(query, lang)]
    if not sought:
        return []
    return _spans(sought, _lemmas(text, lang))


def _spans(sought: Sequence[str], words: Lemmas) -> list[tuple[int, int]]:
    found, at = [], 0
    while at <= len(words) - len(sought):
        window = words[at : at + len(sought)]
        if [lemma for lemma, _, _ in window] == sought:
            found.append((window[0][1], window[-1][2]))
            at += len(sought)
        else:
            at += 1
    return found


@lru_cache(maxsize=20_000)
def _lemmas(text: str, lang: Lang) -> Lemmas:
    if lang == "en":
        return tuple(
            (english_lemma(found.group()), found.start(), found.end()) for found in WORD.finditer(text)
        )
    return tuple((name_key(token.lemma) or token.lemma, token.start, token.end) for token in tokenize(text))
