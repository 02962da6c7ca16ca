"""What is known before the first unit is read: words, names, and the seed.

General words and names come in one form, English keys for a Japanese word; so does any further lexicon. A
kanji says something by itself: where 防 stands in the Japanese of *defend*, *prevent* and *guard*, an unknown
word with it more likely means one of them. That is counted here, from the words and names that are known.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources

import attrs

from alliance_ref.alignment.lexicon import STOP_WORDS, Lexicon, WordList, general_words
from alliance_ref.records import GlossaryConcept
from alliance_ref.text.keys import english_key
from alliance_ref.text.stemming import english_words, word_key

_KANJI = ("\u3400", "\u9fff")


def is_kanji(character: str) -> bool:
    """Whether a character is a kanji."""
    return _KANJI[0] <= character <= _KANJI[1]


@attrs.frozen
class Seed:
    """A term that is wanted in any case: how it is written, and the keys of its words in the singular.

    A term given in the plural is meant in the plural only: *generics* is another term than *generic*.
    `concept` is the id of the concept whose term it is, if it came with a glossary.
    """

    text: str
    words: tuple[str, ...]
    last: str
    concept: str = ""

    @property
    def is_plural(self) -> bool:
        """Whether its last word stands in the plural."""
        return self.last != self.words[-1]

    @property
    def key(self) -> str:
        """The key under which its occurrences are counted."""
        return "+" + " ".join((*self.words[:-1], self.last))


def _shipped_lexicons() -> tuple[Lexicon, ...]:
    return general_words(), terminology()


@attrs.frozen
class Knowledge:
    """What is known beforehand; picklable, and the same for all stages of one build.

    `names` has known pairs: for a Japanese name its English ones, as :func:`english_key` has them. `lexicons`
    answer for single words. `seeds` are the terms wanted, by the first of their words; `concepts` those of a
    glossary that was given, by the groups of their English terms.
    """

    lexicons: tuple[Lexicon, ...] = attrs.field(factory=_shipped_lexicons)
    names: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    concepts: Mapping[str, GlossaryConcept] = attrs.field(factory=dict)
    seeds: Mapping[str, tuple[Seed, ...]] = attrs.field(factory=dict)

    def renderings(self, word: str, lemma: str) -> dict[str, float]:
        """English keys that a Japanese word may stand for, with how much that says (0 to 1)."""
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
                                found.setdefault(part, 0.6)
        return found


@cache
def terminology() -> WordList:
    """The builder's own list of words and terms, read once."""
    return WordList(_terminology_pairs())


def _terminology_pairs() -> list[tuple[str, str]]:
    pairs = []
    file = resources.files("alliance_ref.extraction").joinpath("words.txt")
    for line in file.read_text(encoding="utf-8").splitlines():
        english, colon, japanese = line.partition(":")
        if colon and not line.startswith("#"):
            pairs += [(e.strip(), j) for e in english.split(",") for j in japanese.split()]
    return pairs


@cache
def shipped_names() -> Mapping[str, tuple[str, ...]]:
    """The names of the shipped reference and the terms of the list, Japanese to English."""
    from alliance_ref.reference import load

    names: dict[str, dict[str, None]] = {}
    for entry in load().entries():
        if entry.kind == "document":
            continue
        english = [english_key(name.text) for name in entry.names_in("en") if name.status != "erroneous"]
        for name in entry.names_in("ja"):
            if name.status != "erroneous":
                names.setdefault(name.text, {}).update(dict.fromkeys(filter(None, english)))
    for text, japanese in _terminology_pairs():
        names.setdefault(japanese, {})[english_key(text)] = None
    return {name: tuple(keys) for name, keys in names.items()}


@cache
def shipped_meanings() -> Mapping[str, dict[str, float]]:
    """What the kanji mean in the words and names that are shipped."""
    pairs: list[tuple[str, list[str]]] = []
    for words in (general_words(), terminology()):
        pairs += [
            (japanese, [key for phrase in keys for key in phrase.split() if key not in STOP_WORDS])
            for japanese, keys in words.items()
        ]
    pairs += [
        (japanese, list(dict.fromkeys(key for name in names for key in name_keys(name))))
        for japanese, names in shipped_names().items()
    ]
    return kanji_meanings(pairs)


def kanji_meanings(pairs: Iterable[tuple[str, Sequence[str]]]) -> dict[str, dict[str, float]]:
    """For each kanji the English keys it goes with in *pairs*, with the share of its words that have them."""
    counts: dict[str, dict[str, int]] = {}
    totals: dict[str, int] = {}
    for word, keys in pairs:
        for character in dict.fromkeys(filter(is_kanji, word)):
            totals[character] = totals.get(character, 0) + 1
            row = counts.setdefault(character, {})
            for key in keys:
                row[key] = row.get(key, 0) + 1
    return {
        character: {key: count / (totals[character] + 2.0) for key, count in row.items()}
        for character, row in counts.items()
    }


def name_keys(english: str) -> list[str]:
    """The keys of the words of an English name, without those that say nothing."""
    return [key for word in english_words(english) if (key := word_key(word)) and key not in STOP_WORDS]
