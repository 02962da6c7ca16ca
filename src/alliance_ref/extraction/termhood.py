"""Termhood: how far an English term and its rendering differ from ordinary words.

The score of a pair says whether its two sides translate each other; *part* and 部分 do, and nobody looks them
up. Termhood is the estimated probability that a terminologist would list the pair. It is a logistic function
of properties that do not depend on the subject: whether the words are in the general word list, whether they
are names, how often the word is part of longer terms, how evenly it is spread over the units, and how
consistently it is rendered.
"""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable
from typing import NamedTuple

from alliance_ref.alignment.lexicon import general_words
from alliance_ref.extraction.background import terminology
from alliance_ref.extraction.english_words import TOKENS, EnglishWord, english_word
from alliance_ref.text.scripts import KATAKANA


class Features(NamedTuple):
    """The properties of a pair from which its termhood is estimated, each from 0 to 1.

    Attributes:
        is_everyday: All words are in the general word list.
        is_listed: A word is in the list of terms.
        is_compound: The English term has several words.
        is_name: It has a capital letter within the sentence.
        is_inflected: It is one word in -ed, -ing or -ly.
        is_foreign: The Japanese term is in katakana or Latin letters.
        is_long: The Japanese term has four characters or more.
        in_compounds: The English term is part of longer terms, relative to its own frequency.
        spread: It occurs in a large share of the units.
        repeated: It occurs in several units.
        consistency: The share of its units with one of its renderings.
    """

    is_everyday: float
    is_listed: float
    is_compound: float
    is_name: float
    is_inflected: float
    is_foreign: float
    is_long: float
    in_compounds: float
    spread: float
    repeated: float
    consistency: float


WEIGHTS = Features(-1.6, 0.4, 1.2, 1.2, -1.5, 0.6, 0.4, 0.8, -0.5, 0.3, 1.2)
INTERCEPT = 0.2
"""Weights of the properties."""

MIN_TERMHOOD = 0.2
"""Minimum termhood in a glossary of terms only."""

_FULL_SPREAD = 0.05
"""Share of the units from which a word counts as spread over the whole text."""

_FULL_REPETITION = 8
"""Number of units from which a term counts as repeated."""

_FOREIGN = re.compile(f"[{KATAKANA}A-Za-z0-9・.+#_ -]+")
_MONTHS = frozenset(
    "january february march april may june july august september october november december".split()
)
_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_IDENTICAL = re.compile(r"[\s・_-]")


def words_of(text: str) -> list[EnglishWord]:
    """Return the words of an English term."""
    return [english_word(word) for _, word in TOKENS.findall(text) if word]


def count_parts(terms: Iterable[str]) -> Counter[str]:
    """Return the number of *terms* of several words that contain each word.

    >>> count_parts(["armed forces", "Special Forces", "force"])["force"]
    2
    """
    parts: Counter[str] = Counter()
    for term in terms:
        keys = {word.term_key for word in words_of(term) if not word.is_function}
        if len(keys) > 1:
            parts.update(keys)
    return parts


def features(
    en: str, ja: str, *, count: int, units: int, parts: Counter[str], consistency: float
) -> Features:
    """Return the properties of a pair.

    Args:
        en: The English term.
        ja: Its rendering.
        count: The number of units with the English term.
        units: The number of all units.
        parts: The number of longer terms that contain each word.
        consistency: The share of the units with the English term that contain one of its renderings.
    """
    words = [word for word in words_of(en) if not word.is_function]
    general, listed = general_words(), terminology()
    alone = len(words) == 1
    lower = en.islower()
    return Features(
        all(general.knows(word.key) for word in words),
        any(listed.knows(word.key) for word in words),
        not alone,
        not lower,
        alone and lower and en.endswith(("ed", "ing", "ly")),
        _FOREIGN.fullmatch(ja) is not None,
        len(ja) >= 4,
        min(parts[words[0].term_key] / max(count, 1), 1.0) if alone else 0.0,
        min(count / units / _FULL_SPREAD, 1.0) if units else 0.0,
        min(count / _FULL_REPETITION, 1.0),
        consistency,
    )


def termhood(found: Features) -> float:
    """Return the termhood of a pair with these properties."""
    total = INTERCEPT + sum(weight * value for weight, value in zip(WEIGHTS, found, strict=True))
    return 1.0 / (1.0 + math.exp(-total))


def is_quantity(en: str) -> bool:
    """Return whether a term is a number, a date, or a number with what it counts.

    >>> [is_quantity(text) for text in ("12,500 dollars", "May 3", "two ships", "Article 9")]
    [True, True, True, False]
    """
    words = words_of(en)
    if not words:
        return True
    if all(word.is_number or _is_date_word(word.spelling) for word in words):
        return len(words) > 1 or words[0].spelling != "may"
    return words[0].is_number and not any(word.is_capital and not word.is_number for word in words)


def _is_date_word(spelling: str) -> bool:
    return spelling in _MONTHS or spelling in _WEEKDAYS


def is_identical(en: Collection[str], ja: Collection[str]) -> bool:
    """Return whether a rendering is the English term itself: JSON and JSON.

    >>> is_identical(["JSON"], ["JSON"]), is_identical(["JSON"], ["JSON形式"])
    (True, False)
    """
    return any(
        _IDENTICAL.sub("", one).casefold() == _IDENTICAL.sub("", other).casefold()
        for one in en
        for other in ja
    )
