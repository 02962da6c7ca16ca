"""A token of Japanese text, and a stretch of text with its reading."""

from typing import Literal

import attrs

Upos = Literal[
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM",
    "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X",
]  # fmt: skip
"""The parts of speech of Universal Dependencies."""


@attrs.frozen(weakref_slot=False)
class Token:
    """A word of Japanese text as UniDic cuts it, with its place in the text as given.

    `text` is ``given[start:end]``; `surface` the same as the dictionary saw it (half-width kana made
    full). `lemma` is cleaned of UniDic's additions, and what UniDic says of a loanword's source stands
    in `source_word` (``トランプ-trump`` gives lemma ``トランプ`` and source word ``trump``). `reading` is
    how the word is read and `pronunciation` how it sounds, both in katakana, empty for symbols and for
    words that the dictionary does not know. `pos` has UniDic's levels, those that are filled, and `upos`
    the part of speech of Universal Dependencies: what UniDic says a word can be, and what it is here.

    >>> import alliance_ref as ar
    >>> token = ar.tokenize("トランプ大統領が引き渡した")[0]
    >>> token.text, token.lemma, token.source_word
    ('トランプ', 'トランプ', 'trump')
    >>> [(token.lemma, token.upos) for token in ar.tokenize("引き渡した")]
    [('引き渡す', 'VERB'), ('た', 'AUX')]
    """

    text: str
    start: int
    end: int
    surface: str
    lemma: str
    reading: str
    pronunciation: str
    pos: tuple[str, ...]
    conjugation: tuple[str, ...] = ()
    source_word: str = ""
    known: bool = True
    upos: Upos = "X"

    def __str__(self) -> str:
        return self.text


@attrs.frozen
class FuriganaSpan:
    """A stretch of a text: kanji with how they are read, or anything else with no reading.

    `text` is ``given[start:end]``, `reading` in hiragana, ``None`` for what needs none: kana, digits,
    Latin letters, punctuation, and kanji that the dictionary does not know. `kana` is the reading or,
    where there is none, the text with its kana as hiragana.

    >>> import alliance_ref as ar
    >>> ar.records.FuriganaSpan(0, 1, "引", "ひ", "ひ").reading
    'ひ'
    """

    start: int
    end: int
    text: str
    reading: str | None
    kana: str

    def __str__(self) -> str:
        return self.text if self.reading is None else f"{self.text}（{self.reading}）"
