"""Tokens of Japanese text, and readings."""

from typing import Literal

import attrs

from alliance_ref.records.results import Shown
from alliance_ref.records.validation import typed
from alliance_ref.records.values import Source, at_least, filled, nfc

Upos = Literal[
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM",
    "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X",
]  # fmt: skip
"""The parts of speech of Universal Dependencies."""


@attrs.frozen(weakref_slot=False, field_transformer=typed)
class Token:
    """A word of Japanese text as segmented by UniDic, with its offsets in the text.

    `text` is ``given[start:end]``; `surface` is the same in the form that the dictionary uses (full-width
    kana). `lemma` is without UniDic's additions; the source of a loanword is in `source_word`
    (``トランプ-trump`` has the lemma ``トランプ`` and the source word ``trump``). `reading` and
    `pronunciation` are in katakana, and empty for symbols and unknown words; digits are read as a number.
    `pos` are UniDic's parts of speech, which describe the word in general, and `upos` is the part of speech
    of Universal Dependencies, which describes the word in this context.

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

    _repr_html_ = Shown._repr_html_

    def __str__(self) -> str:
        return self.text


@attrs.frozen(field_transformer=typed)
class FuriganaSpan(Shown):
    """A part of a text: kanji with their reading, or other characters without one.

    `text` is ``given[start:end]``. `reading` is in hiragana, or ``None`` for kana, digits, Latin letters,
    punctuation, and kanji that the dictionary does not know. `kana` is the reading or, without one, the
    text with its kana as hiragana.

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


@attrs.frozen(field_transformer=typed)
class DecidedReading:
    """The readings of a word in the names of the reference, which override the dictionary.

    `readings` are in kana, the most common first. A `part` has this reading only in some names of the
    reference (順子 is よりこ in 川口順子); it serves to check the readings of names, not to read texts.

    >>> import alliance_ref as ar
    >>> ar.reading("仮訳"), ar.load().decided_readings()["仮訳"]
    ('かやく', ('かりやく',))
    >>> decided = ar.records.DecidedReading("仮訳", ("かりやく",), ar.entry("alliance").sources)
    >>> decided.text, decided.readings
    ('仮訳', ('かりやく',))
    """

    text: str = attrs.field(converter=nfc, validator=filled)
    readings: tuple[str, ...] = attrs.field(validator=at_least(1))
    sources: tuple[Source, ...] = attrs.field(validator=at_least(1))
    part: bool = False
