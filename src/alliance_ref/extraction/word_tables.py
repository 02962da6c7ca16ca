"""Tables with the properties of the distinct words of a chunk, and its units as rows of words.

Each property is looked up once per distinct word and stored under the number of the word.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from alliance_ref.extraction.association import shrunk_cosine
from alliance_ref.extraction.english_words import EnglishWord, english_word
from alliance_ref.extraction.japanese_words import CONTENT_CLASSES, JapaneseWord
from alliance_ref.extraction.records import Model, ObservedChunk

MAX_RARE = 4
"""A word that occurs in at most this many units is rare: it may be paired without a known translation."""

_VERB_WEIGHT, _KNOWN_WEIGHT = 0.6, 0.6
"""Weights of rare verbs and adjectives, and of rare words in a word list, for an unexpected translation."""

Rarity = tuple[bool, float, tuple[float, ...]]
"""Properties of a rare word.

Whether it is a proper or foreign word, its weight for an unexpected translation, and the probability of its
co-occurrence with an English word that occurs in 0, 1, … units.
"""

Content = tuple[Mapping[str, float], str, float, Rarity | None]
"""Properties of a content word.

The scores of its translations, its clear translation (or an empty string) and the score of that, and its
rarity.
"""


class Tables(NamedTuple):
    """Properties of the words of a chunk, by their numbers in it.

    Attributes:
        english: The English words.
        keys: Their keys.
        lengths: Their lengths, without the ending of a genitive.
        functions: Whether each is a function word.
        japanese: The Japanese words.
        kinds: Their classes.
        widths: Their lengths.
        content: The properties of content words; ``None`` for other words.
        rare: The number of units of each rare English key, and whether it is in a word list.
    """

    english: list[EnglishWord]
    keys: list[str]
    lengths: list[int]
    functions: list[bool]
    japanese: Sequence[JapaneseWord]
    kinds: list[str]
    widths: list[int]
    content: list[Content | None]
    rare: dict[str, tuple[int, bool]]


def tables(observed: ObservedChunk, model: Model) -> Tables:
    """Return the tables of one chunk."""
    english = [english_word(word) for word in observed.english_words]
    counts, known = model.english, model.known
    keys = [kind.key for kind in english]
    rare: dict[str, tuple[int, bool]] = {}
    for key in keys:
        if key and key[0] != "#":
            count = counts.get(key, 1)
            if count <= MAX_RARE:
                rare[key] = count, key in known
    scores, clear, japanese = model.scores, model.clear, model.japanese
    content: list[Content | None] = []
    words = observed.japanese_words
    for word in words:
        key, kind = word.key, word.kind
        row = scores.get(key) if kind in CONTENT_CLASSES else None
        if row is None:
            content.append(None)
            continue
        best = clear.get(key, "")
        count = japanese.get(key, 1)
        rarity: Rarity | None = None
        if count <= MAX_RARE and kind in "nvlwa":
            weight = (_VERB_WEIGHT if kind in "wa" else 1.0) * (_KNOWN_WEIGHT if key in known else 1.0)
            rarity = ("P" in word.flags or word.sound != "", weight, _CHANCES[count])
        content.append((row, best, row[best] if best else 0.0, rarity))
    return Tables(
        english,
        keys,
        [_length(kind.text) for kind in english],
        [kind.is_function for kind in english],
        words,
        [word.kind for word in words],
        [len(word.surface) for word in words],
        content,
        rare,
    )


def _length(word: str) -> int:
    """Return the length of an English word without the ending of a genitive."""
    size = len(word)
    return size - 2 if size > 2 and word[-2:] in ("'s", "’s") else size


# The score of one co-occurrence, by the numbers of units of the Japanese and of the English word.
_CHANCES = [
    tuple([shrunk_cosine(1, english, japanese) for english in range(MAX_RARE + 1)])
    for japanese in range(MAX_RARE + 1)
]


class Unit(NamedTuple):
    """One unit as rows of words.

    Attributes:
        en: The English text.
        ja: The Japanese text.
        table: The tables of the chunk.
        english: The numbers of the English words.
        english_starts: Their start offsets.
        keys: Their keys.
        japanese: The numbers of the Japanese words.
        japanese_starts: Their start offsets.
        content: The places and properties of the Japanese content words.
        runs: First and last word of the English runs that a term may fill.
        bounds: First and last word of the Japanese compounds.
    """

    en: str
    ja: str
    table: Tables
    english: list[int]
    english_starts: list[int]
    keys: list[str]
    japanese: list[int]
    japanese_starts: list[int]
    content: list[tuple[int, Content]]
    runs: list[tuple[int, int]]
    bounds: list[tuple[int, int]]

    def types(self, first: int = 0, last: int | None = None) -> list[EnglishWord]:
        """Return the English words from *first* to *last*."""
        types = self.table.english
        return [types[i] for i in self.english[first:last]]

    def english_text(self, first: int, last: int) -> str:
        """Return the text of the English words from *first* to *last*, without the ending of a genitive."""
        end = self.english_starts[last - 1] + self.table.lengths[self.english[last - 1]]
        return self.en[self.english_starts[first] : end]

    def japanese_text(self, first: int, last: int) -> str:
        """Return the text of the Japanese words from *first* to *last*."""
        end = self.japanese_starts[last - 1] + self.table.widths[self.japanese[last - 1]]
        return self.ja[self.japanese_starts[first] : end]


def units_of(observed: ObservedChunk, table: Tables) -> Iterator[Unit]:
    """Yield the units of a chunk as rows of words."""
    keys, content = table.keys, table.content
    english, japanese = observed.english.tolist(), observed.japanese.tolist()
    english_starts, japanese_starts = observed.english_starts.tolist(), observed.japanese_starts.tolist()
    runs = list(zip(observed.runs[::2], observed.runs[1::2], strict=True))
    bounds = list(zip(observed.bounds[::2], observed.bounds[1::2], strict=True))
    e_at = j_at = r_at = b_at = 0
    for unit, e_end, j_end, r_end, b_end in zip(
        observed.units,
        observed.english_ends,
        observed.japanese_ends,
        observed.run_ends,
        observed.bound_ends,
        strict=True,
    ):
        e_ids, j_ids = english[e_at:e_end], japanese[j_at:j_end]
        yield Unit(
            unit.en,
            unit.ja,
            table,
            e_ids,
            english_starts[e_at:e_end],
            [keys[i] for i in e_ids],
            j_ids,
            japanese_starts[j_at:j_end],
            [(first, value) for first, i in enumerate(j_ids) if (value := content[i]) is not None],
            runs[r_at // 2 : r_end // 2],
            bounds[b_at // 2 : b_end // 2],
        )
        e_at, j_at, r_at, b_at = e_end, j_end, r_end, b_end
