"""A token of Japanese text."""

import attrs


@attrs.frozen
class Token:
    """A word of Japanese text as UniDic cuts it, with its place in the text as given.

    `text` is ``given[start:end]``; `surface` the same as the dictionary saw it (half-width kana made
    full). `lemma` is cleaned of UniDic's additions, and what UniDic says of a loanword's source stands
    in `source_word` (``トランプ-trump`` gives lemma ``トランプ`` and source word ``trump``). `reading` is
    how the word is read and `pronunciation` how it sounds, both in katakana, empty for symbols and for
    words that the dictionary does not know. `pos` has UniDic's levels, those that are filled.
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

    def __str__(self) -> str:
        return self.text
