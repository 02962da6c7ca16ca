"""English words and their lemmas, for searching texts by word.

With the package simplemma (MIT, extra ``corpus``), the lemma of a word is its dictionary form: *agreed* →
*agree*. Without it, a stem is used: a key that most forms of a word share. On the 3,296 different English
words of the passages, the stem joins 131 groups of words with different lemmas (*plan* and *planes*, *not*
and *notes*) and separates the forms of 55 lemmas (*supply* and *supplies*).
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Literal, get_args

from alliance_ref.text.folding import name_key
from alliance_ref.text.stemming import word_key

LemmaSource = Literal["simplemma", "stem"]
LEMMA_SOURCES = get_args(LemmaSource)

WORD = re.compile(r"(?:[A-Za-z]\.){2,}|\d+(?:[.,]\d+)*|[^\W_]+(?:['’][^\W\d_]+)*")
"""A word of English text: U.S., 3.5, alliance's; hyphens separate words."""

_MAX_WORD = 60
"""Longest text, in characters, that a dictionary is asked for."""


@lru_cache(maxsize=1)
def default_source() -> LemmaSource:
    """Return ``simplemma`` if the package is installed, else ``stem``."""
    from importlib.util import find_spec

    return "simplemma" if find_spec("simplemma") else "stem"


_CAPITALS = {"US": "US", "U.S.": "US", "IT": "IT", "WHO": "WHO"}
"""Abbreviations that are other words in lower case."""


@lru_cache(maxsize=1 << 17)
def form_key(word: str) -> str:
    """Return the key of a written form: its letters in lower case, without marks, or the word itself.

    >>> form_key("Ōno’s"), form_key("U.S."), form_key("us")
    ('onos', 'US', 'us')
    """
    return _CAPITALS.get(word) or name_key(word) or word


@lru_cache(maxsize=1)
def _dictionary() -> Callable[[str], str]:
    import simplemma

    return lambda word: str(simplemma.lemmatize(word, lang="en"))


@lru_cache(maxsize=1 << 17)
def english_lemma(word: str, source: LemmaSource | None = None) -> str:
    """Return the lemma of an English word, or its stem.

    Args:
        word: One word as written.
        source: ``simplemma`` (dictionary forms) or ``stem`` (default: simplemma if it is installed).

    >>> len({english_lemma(word, "stem") for word in ("agree", "agrees", "agreed", "agreeing")})
    1
    """
    word = word.replace("’", "'").removesuffix("'s").removesuffix("'")
    if word in _CAPITALS:
        return _CAPITALS[word]
    word = word.lower()
    if (source or default_source()) == "stem":
        return _stem(word)
    return (form_key(_dictionary()(word)) if len(word) <= _MAX_WORD else "") or form_key(word)


def _stem(word: str) -> str:
    """Return `word_key` applied until it no longer changes, so that take, takes and taken have one key."""
    key = word_key(word)
    while len(key) > 2 and (shorter := word_key(key)) != key:
        key = shorter
    key = key[:-1] if len(key) > 3 and key.endswith("e") else key
    return name_key(key) or word
