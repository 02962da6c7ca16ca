"""What is asked about the words of a chunk again and again, found once for each and kept under its number."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from alliance_ref.extraction.association import shrunk
from alliance_ref.extraction.english_words import EnglishType, english_type
from alliance_ref.extraction.japanese_words import CONTENT, JapaneseType
from alliance_ref.extraction.records import Model, Observed

RARE = 4

Rarity = tuple[bool, float, tuple[float, ...]]
"""Of a rare word: whether it is proper or foreign, how usual that it stands for something new, and how likely
it goes with an English word that stands in 0, 1, ... units."""

Content = tuple[Mapping[str, float], str, float, Rarity | None]
"""Of a word of content: what it may stand for; what it clearly stands for, if anything, and how sure that is;
and if it is rare."""


class Tables(NamedTuple):
    """Values of the words of a chunk, by their numbers in it.

    `lengths` are those of the English words without a genitive's ending, `functions` says which are function
    words. `kinds` are the classes of the Japanese words, `widths` their lengths; `content` has what
    those of content may stand for, ``None`` for the others.
    `rare` has the rare English keys: in how many units each stands, and whether it was known beforehand.
    """

    english: list[EnglishType]
    keys: list[str]
    lengths: list[int]
    functions: list[bool]
    japanese: Sequence[JapaneseType]
    kinds: list[str]
    widths: list[int]
    content: list[Content | None]
    rare: dict[str, tuple[int, bool]]


def tables(observed: Observed, model: Model) -> Tables:
    """The tables of one chunk."""
    english = [english_type(word) for word in observed.english_words]
    counts, known = model.english, model.known
    keys = [kind.key for kind in english]
    rare: dict[str, tuple[int, bool]] = {}
    for key in keys:
        if key and key[0] != "#":
            count = counts.get(key, 1)
            if count <= RARE:
                rare[key] = count, key in known
    scores, bests, japanese = model.scores, model.best, model.japanese
    content: list[Content | None] = []
    words = observed.japanese_words
    for word in words:
        key, kind = word.key, word.kind
        row = scores.get(key) if kind in CONTENT else None
        if row is None:
            content.append(None)
            continue
        best = bests.get(key, "")
        count = japanese.get(key, 1)
        rarity: Rarity | None = None
        if count <= RARE and kind in "nvlwa":
            usual = (0.6 if kind in "wa" else 1.0) * (0.6 if key in known else 1.0)
            rarity = ("P" in word.flags or word.sound != "", usual, _CHANCES[count])
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
    """The length of an English word without a genitive's ending."""
    size = len(word)
    return size - 2 if size > 2 and word[-2:] in ("'s", "’s") else size


_CHANCES = [
    tuple([shrunk(1, english, japanese) for english in range(RARE + 1)]) for japanese in range(RARE + 1)
]
