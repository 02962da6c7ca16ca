"""Short forms: what stands for a long name once a text has given it.

*Marine Corps Air Station Futenma* is *the air station* from then on, and 防衛庁 is 同庁. What is accepted is
the head of a rendering that stands alone: with an article before it in English, with no noun joined to it in
Japanese. So 支援 stands for 接受国支援, but 受入国支援, where something else was meant, does not.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from alliance_ref.records.glossary import Term
from alliance_ref.text.japanese import words

_DETERMINERS = "the|this|that|these|those|its|their|his|her|our|such|both|said|each|all|any|new|a|an"
_JOINED = re.compile(r"[\u3005\u3400-\u9fff\u30a1-\u30fc]")
_BEFORE = frozenset("同本当両各新現旧米日我")
_DERIVED = re.compile("([A-Za-z]{5,}?)(?:ication|ation|ment|ance|ence|ia|a)")
_HEAD_LETTERS = 4  # of an English head that is no word like "act" or "area"
_THIS = re.compile("これ[らをにはがもで]|それ[らをにはがもで]")
_PERSONS = {
    "en": re.compile(r"\b(?:he|his|him|she|her|who|whose)\b", re.IGNORECASE),
    "ja": re.compile("氏|彼"),
}


def stands_short(terms: Iterable[Term], text: str) -> bool:
    """Whether a short form of one of the *terms* stands in *text*, which is in their language.

    >>> stands_short([Term("Marine Corps Air Station Futenma", "en")], "Work on the air station began.")
    True
    >>> support = [Term("接受国支援", "ja")]
    >>> stands_short(support, "支援は続く。"), stands_short(support, "受入国支援は続く。")
    (True, False)
    """
    return any(
        any(_alone(head, text) for head in _japanese_heads(term.text))
        if term.lang == "ja"
        else _english_head(term.text, text)
        for term in terms
    )


def stands_derived(terms: Iterable[Term], text: str) -> bool:
    """Whether an English text says it with another word of the family: *consulting* for *consultation*.

    >>> stands_derived([Term("ratification", "en")], "Both ratify the treaty.")
    True
    """
    return any(
        term.lang == "en" and (stem := _stem(term.text)) and re.search(rf"\b{stem}", text, re.IGNORECASE)
        for term in terms
    )


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    """The beginning that a family of words shares, empty where too little is left to tell."""
    found = _DERIVED.fullmatch(word)
    return re.escape(found[1]) if found else ""


def is_meant_by_pronoun(text: str, lang: str) -> bool:
    """Whether a Japanese text has a pronoun for a thing; English has one in every other sentence."""
    return lang == "ja" and _THIS.search(text) is not None


def is_person_spoken_of(text: str, lang: str) -> bool:
    """Whether a text speaks of a person who was named before."""
    return _PERSONS[lang].search(text) is not None


def _english_head(term: str, text: str) -> bool:
    return any(
        re.search(rf"\b(?:{_DETERMINERS})\s+(?:[\w-]+\s+)?{re.escape(word)}s?\b", text, re.IGNORECASE)
        for word in re.findall(r"[A-Za-z]+", term)
        if len(word) >= _HEAD_LETTERS
    )


def _alone(head: str, text: str) -> bool:
    at = text.find(head)
    while at >= 0:
        before = text[at - 1] if at else ""
        if before in _BEFORE or not _JOINED.match(before):
            return True
        at = text.find(head, at + 1)
    return False


@lru_cache(maxsize=4096)
def _japanese_heads(term: str) -> tuple[str, ...]:
    """The ends of a term, of whole tokens and two characters or more, and 同 with the last one."""
    surfaces = [surface for surface, _ in words(term)]
    ends = ["".join(surfaces[place:]) for place in range(1, len(surfaces))]
    last = [f"同{term[-1]}"] if _JOINED.match(term[-1]) else []
    return (*(end for end in ends if len(end) > 1), *last)
