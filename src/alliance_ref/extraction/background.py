"""Background of a build, known before the first unit is read: word lists, names, and the seed.

Word lists and names have one form, English keys for a Japanese word; so does any further lexicon. Kanji are
evidence too: if 防 is in the Japanese for *defend*, *prevent* and *guard*, an unknown word with 防 probably
means something similar. `kanji_associations` counts this in the known words and names.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import attrs

from alliance_ref.alignment.lexicon import STOP_WORDS, Lexicon, WordList, general_words, read_word_list
from alliance_ref.records import GlossaryConcept
from alliance_ref.text.keys import english_key
from alliance_ref.text.stemming import english_words, word_key

_KANJI = ("\u3400", "\u9fff")

_WORD_OF_PHRASE_WEIGHT = 0.6
"""Weight of one word of a translation of several words, relative to a translation of one word."""

_KANJI_PRIOR_WORDS = 2.0
"""Words added to the denominator of a kanji's shares, so that a rare kanji is weak evidence."""


def is_kanji(character: str) -> bool:
    """Return whether a character is a kanji."""
    return _KANJI[0] <= character <= _KANJI[1]


@attrs.frozen
class SeedTerm:
    """An English term whose rendering is requested.

    A term in the plural matches only the plural: *generics* is another term than *generic*.

    Attributes:
        text: The term as given.
        words: The keys of its words, in the singular.
        last: The last word as given.
        concept: The id of its concept, if the seed is a glossary.
    """

    text: str
    words: tuple[str, ...]
    last: str
    concept: str = ""

    @property
    def is_plural(self) -> bool:
        """Whether the last word is in the plural."""
        return self.last != self.words[-1]

    @property
    def key(self) -> str:
        """The key under which the occurrences of the term are counted."""
        return "+" + " ".join((*self.words[:-1], self.last))


def _shipped_lexicons() -> tuple[Lexicon, ...]:
    return general_words(), terminology()


@attrs.frozen
class Background:
    """Background of a build; it can be pickled and is the same for all stages.

    Attributes:
        lexicons: Translations of single words.
        names: English names, as `english_key` writes them, for a Japanese name.
        concepts: The concepts of a seed glossary, by the keys of their English terms.
        seeds: The seed terms, by the first of their words.
    """

    lexicons: tuple[Lexicon, ...] = attrs.field(factory=_shipped_lexicons)
    names: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    concepts: Mapping[str, GlossaryConcept] = attrs.field(factory=dict)
    seeds: Mapping[str, tuple[SeedTerm, ...]] = attrs.field(factory=dict)

    def renderings(self, word: str, lemma: str) -> dict[str, float]:
        """Return English keys that may translate a Japanese word, with their weights (0 to 1)."""
        found: dict[str, float] = {}
        for lexicon in self.lexicons:
            for keys in lexicon.renderings((word, lemma)).values():
                for key in keys:
                    parts = key.split(" ")
                    if len(parts) == 1:
                        found[key] = 1.0
                    else:
                        for part in parts:
                            if part not in STOP_WORDS:
                                found.setdefault(part, _WORD_OF_PHRASE_WEIGHT)
        return found


@cache
def terminology() -> WordList:
    """Return the shipped list of terms."""
    return WordList(read_word_list("alliance_ref.extraction"))


@cache
def shipped_names() -> Mapping[str, tuple[str, ...]]:
    """Return the names of the shipped reference and the terms of the list, from Japanese to English."""
    from alliance_ref.reference import load

    names: dict[str, dict[str, None]] = {}
    for entry in load().entries():
        if entry.kind == "document":
            continue
        english = [english_key(name.text) for name in entry.names_in("en") if name.status != "erroneous"]
        for name in entry.names_in("ja"):
            if name.status != "erroneous":
                names.setdefault(name.text, {}).update(dict.fromkeys(filter(None, english)))
    for text, japanese in read_word_list("alliance_ref.extraction"):
        names.setdefault(japanese, {})[english_key(text)] = None
    return {name: tuple(keys) for name, keys in names.items()}


@cache
def kanji_associations() -> Mapping[str, Mapping[str, float]]:
    """Return the English keys that go with each kanji in the shipped words and names, with their shares."""
    pairs: list[tuple[str, list[str]]] = []
    for words in (general_words(), terminology()):
        pairs += [
            (japanese, [key for phrase in keys for key in phrase.split() if key not in STOP_WORDS])
            for japanese, keys in words.items()
        ]
    pairs += [
        (japanese, list(dict.fromkeys(key for name in names for key in _name_keys(name))))
        for japanese, names in shipped_names().items()
    ]
    return count_kanji(pairs)


def count_kanji(pairs: Iterable[tuple[str, Sequence[str]]]) -> dict[str, dict[str, float]]:
    """Return, for each kanji, the share of its words in *pairs* that have an English key.

    >>> count_kanji([("防衛", ["defend"]), ("防止", ["prevent"])])["防"]
    {'defend': 0.25, 'prevent': 0.25}
    """
    counts: dict[str, dict[str, int]] = {}
    totals: dict[str, int] = {}
    for word, keys in pairs:
        for character in dict.fromkeys(filter(is_kanji, word)):
            totals[character] = totals.get(character, 0) + 1
            row = counts.setdefault(character, {})
            for key in keys:
                row[key] = row.get(key, 0) + 1
    return {
        character: {key: count / (totals[character] + _KANJI_PRIOR_WORDS) for key, count in row.items()}
        for character, row in counts.items()
    }


def _name_keys(english: str) -> list[str]:
    """Return the keys of the words of an English name, without stop words."""
    return [key for word in english_words(english) if (key := word_key(word)) and key not in STOP_WORDS]
