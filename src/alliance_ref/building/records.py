"""What the stages hand on to each other: compact, mergeable, picklable."""

from typing import TYPE_CHECKING

import attrs

from alliance_ref.building.japanese_side import JapaneseType
from alliance_ref.records import TranslationUnit
from alliance_ref.records.values import PartialDate

if TYPE_CHECKING:
    from array import array

_MOST_PAIRS = 2_500_000
MOST_PLACES = 20


@attrs.define
class Counts:
    """How often words occur, alone and together, in units; of one chunk or of all.

    `english` and `japanese` count units by key, `together` by the numbers of both keys. `words` has a type
    for each Japanese key, ``None`` for compounds.
    """

    units: int = 0
    english: dict[str, int] = attrs.field(factory=dict)
    japanese: dict[str, int] = attrs.field(factory=dict)
    words: dict[str, JapaneseType | None] = attrs.field(factory=dict)
    spellings: dict[str, str] = attrs.field(factory=dict)
    together: dict[int, int] = attrs.field(factory=dict)
    wholes: dict[str, int] = attrs.field(factory=dict)

    def add(self, other: "Counts") -> None:
        """Adds the counts of the chunk that follows."""
        self.units += other.units
        for mine, theirs in (
            (self.english, other.english),
            (self.japanese, other.japanese),
            (self.wholes, other.wholes),
        ):
            for key, count in theirs.items():
                mine[key] = mine.get(key, 0) + count
        for key, word in other.words.items():
            self.words.setdefault(key, word)
        for key, spelling in other.spellings.items():
            self.spellings.setdefault(key, spelling)
        together = self.together
        if together:
            get = together.get
            for pair, count in other.together.items():
                together[pair] = get(pair, 0) + count
        else:
            together.update(other.together)
        least = 1
        while len(self.together) > _MOST_PAIRS:
            self.together = {pair: count for pair, count in self.together.items() if count > least}
            least += 1


@attrs.frozen
class Observed:
    """One chunk of units as its words and places, and what was counted in it."""

    units: tuple[TranslationUnit, ...]
    english_words: tuple[str, ...]
    japanese_words: tuple[JapaneseType, ...]
    english: "array[int]"
    english_starts: "array[int]"
    english_ends: "array[int]"
    runs: "array[int]"
    run_ends: "array[int]"
    japanese: "array[int]"
    japanese_starts: "array[int]"
    japanese_ends: "array[int]"
    bounds: "array[int]"
    bound_ends: "array[int]"
    counts: Counts


@attrs.frozen
class Model:
    """What was learnt: how likely words stand for each other, and in how many units each occurs.

    `scores` has a row for each Japanese key: the English keys it may stand for. `known` are the keys of both
    languages that were known beforehand: words of which it is rarer that they stand for something unexpected.
    """

    units: int
    scores: dict[str, dict[str, float]]
    english: dict[str, int]
    japanese: dict[str, int]
    known: frozenset[str] = frozenset()
    wholes: frozenset[str] = frozenset()
    best: dict[str, str] = attrs.field(factory=dict)


Place = tuple[str, int, int, int]
"""Where a pair stands: the unit's document and number, where the English begins, where the Japanese."""


@attrs.define
class Evidence:
    """What speaks for one pair: in how many units, how good together, where, in which documents."""

    count: int = 0
    quality: float = 0.0
    places: list[Place] = attrs.field(factory=list)
    documents: dict[str, int] = attrs.field(factory=dict)

    def add(self, other: "Evidence") -> None:
        """Adds what a later chunk has."""
        self.count += other.count
        self.quality += other.quality
        self.places += other.places[: MOST_PLACES - len(self.places)]
        for name, count in other.documents.items():
            self.documents[name] = self.documents.get(name, 0) + count


@attrs.frozen
class Paired:
    """The pairs of one chunk, by their terms as they stand and the form of the Japanese one.

    `english` says how often terms occur that are wanted in any case, `abbreviations` which long forms were
    given with which short ones, `dates` when the documents were written that have a date.
    """

    pairs: dict[tuple[str, str, str], Evidence]
    english: dict[str, int]
    abbreviations: dict[tuple[str, str], int] = attrs.field(factory=dict)
    dates: dict[str, PartialDate] = attrs.field(factory=dict)
