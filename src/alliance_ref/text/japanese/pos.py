"""Map the parts of speech of UniDic to those of Universal Dependencies.

A UniDic part of speech describes what a word can be; a universal one describes its role in the sentence.
Most UniDic parts of speech have one universal equivalent, listed in `TABLE`. Three depend on the neighbors:

- A verb or adjective that can be an auxiliary (``非自立可能``: する, いる, ない) is one after a word that
  it supports.
- A noun that can be a verb (``サ変可能``: 協議) is one before such a verb.
- A noun that can be an adjective (``形状詞可能``: 安全) is one before the copula な.

Sources: Universal Dependencies, guidelines for Japanese (UPOS from short unit words); the conversion rules of
UD Japanese GSD and BCCWJ.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

from alliance_ref.records.tokens import Upos

TABLE: dict[str, Upos] = {
    "名詞": "NOUN",
    "名詞-固有名詞": "PROPN",
    "名詞-数詞": "NUM",
    "名詞-助動詞語幹": "AUX",
    "代名詞": "PRON",
    "動詞": "VERB",
    "形容詞": "ADJ",
    "形状詞": "ADJ",
    "形状詞-助動詞語幹": "AUX",
    "連体詞": "DET",
    "副詞": "ADV",
    "接続詞": "CCONJ",
    "感動詞": "INTJ",
    "助動詞": "AUX",
    "助詞-格助詞": "ADP",
    "助詞-係助詞": "ADP",
    "助詞-副助詞": "ADP",
    "助詞-接続助詞": "SCONJ",
    "助詞-準体助詞": "SCONJ",
    "助詞-終助詞": "PART",
    "接頭辞": "NOUN",
    "接尾辞": "NOUN",
    "接尾辞-形状詞的": "PART",
    "接尾辞-形容詞的": "PART",
    "接尾辞-動詞的": "PART",
    "記号": "SYM",
    "補助記号": "PUNCT",
    "補助記号-ＡＡ": "SYM",
}
"""Universal parts of speech by the first levels of UniDic's; the longest match counts."""

_CAN_BE_AUXILIARY = "非自立可能"
_CAN_BE_VERB = frozenset(("サ変可能", "サ変形状詞可能"))
_CAN_BE_ADJECTIVE = frozenset(("形状詞可能", "サ変形状詞可能"))


class Analyzed(Protocol):
    """The properties of a word on which its universal part of speech depends."""

    @property
    def lemma(self) -> str:
        """The lemma."""

    @property
    def pos(self) -> tuple[str, ...]:
        """The levels of the UniDic part of speech."""

    @property
    def conjugation(self) -> tuple[str, ...]:
        """The UniDic conjugation type and form."""

    @property
    def upos(self) -> Upos:
        """The universal part of speech without context."""


@lru_cache(maxsize=256)
def universal(pos: tuple[str, ...]) -> Upos:
    """Return the universal part of speech of a word without context.

    >>> universal(("名詞", "固有名詞", "地名", "一般")), universal(("空白",))
    ('PROPN', 'X')
    """
    for levels in range(len(pos), 0, -1):
        found = TABLE.get("-".join(pos[:levels]))
        if found is not None:
            return found
    return "X"


def depends(pos: tuple[str, ...], conjugation: tuple[str, ...]) -> bool:
    """Return whether context may change the universal part of speech of this word or the one before."""
    return _CAN_BE_AUXILIARY in pos or conjugation == ("助動詞-ダ", "連体形-一般")


def in_context(words: Sequence[Analyzed], places: Sequence[int]) -> dict[int, Upos]:
    """Return the universal parts of speech that context changes, by index.

    *places* are the indexes of the words for which `depends` is true.
    """
    changed: dict[int, Upos] = {}
    for place in places:
        if place == 0:
            continue
        word, before = words[place], words[place - 1]
        if _CAN_BE_AUXILIARY not in word.pos:
            if not _CAN_BE_ADJECTIVE.isdisjoint(before.pos):
                changed[place - 1] = "ADJ"
            continue
        verbal = not _CAN_BE_VERB.isdisjoint(before.pos)
        if word.pos[0] == "動詞":
            if verbal and before.pos[0] == "名詞":
                changed[place - 1] = "VERB"
            if verbal or _is_te(before) or (before.pos[0] == "動詞" and _is_continuative(before)):
                changed[place] = "AUX"
        elif _is_te(before) or (before.pos[0] in ("形容詞", "助動詞") and _is_continuative(before)):
            changed[place] = "AUX"
    return changed


def _is_te(word: Analyzed) -> bool:
    return word.lemma == "て" and word.pos[-1] == "接続助詞"


def _is_continuative(word: Analyzed) -> bool:
    """Return whether a word is in the continuative form (連用形)."""
    return len(word.conjugation) > 1 and word.conjugation[1].startswith("連用形")
