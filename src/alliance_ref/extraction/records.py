"""What the stages hand on to each other: compact, mergeable, picklable."""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

import attrs

from alliance_ref.extraction.japanese_words import JapaneseType
from alliance_ref.records import TranslationUnit
from alliance_ref.records.values import PartialDate

_MOST_PAIRS = 2_500_000
_MOST_NUMBERS = 12_000_000
"""Words of units that are kept at once: some 200,000 units."""

MOST_PLACES = 20


def _none() -> "array[int]":
    return array("I")


def narrow(numbers: list[int]) -> "array[int]":
    """*numbers* in two bytes each if they are small enough: half as much to compress.

    >>> narrow([1, 2]).typecode, narrow([70_000]).typecode
    ('H', 'I')
    """
    return array("H" if max(numbers, default=0) < 1 << 16 else "I", numbers)


def _rows(words: Iterable[JapaneseType | None]) -> list[tuple[str, ...] | None]:
    """Types as plain tuples, which are pickled in half the time."""
    return [None if word is None else tuple(word) for word in words]


def _types(rows: Iterable[tuple[str, ...] | None]) -> Iterator[JapaneseType | None]:
    make = JapaneseType._make
    return (None if row is None else make(row) for row in rows)


@attrs.define
class Met:
    """The words of one language that units have: the numbers of their keys, unit by unit.

    A key's number is its place in `counts`, which says in how many units it stands. `ends` say where in
    `numbers` each unit ends.
    """

    counts: dict[str, int] = attrs.field(factory=dict)
    numbers: "array[int]" = attrs.field(factory=_none)
    ends: "array[int]" = attrs.field(factory=_none)

    def add(self, other: "Met", places: dict[str, int]) -> None:
        """Adds the units that follow; *places* has the numbers of all keys so far."""
        mine = self.counts
        numbers: list[int] = []
        for key, count in other.counts.items():
            if key in mine:
                mine[key] += count
                numbers.append(places[key])
            else:
                numbers.append(len(mine))
                places[key] = len(mine)
                mine[key] = count
        first = len(self.numbers)
        self.numbers.extend([numbers[number] for number in other.numbers])
        self.ends.extend([first + end for end in other.ends])

    def rows(self, often: bytearray) -> Iterator[list[int]]:
        """The numbers of each unit, as far as *often* has 1 at their place."""
        first = 0
        numbers = self.numbers
        for end in self.ends:
            yield [number for number in numbers[first:end] if often[number]]
            first = end

    def forget_units(self) -> None:
        """Keep the counts only."""
        self.numbers, self.ends = _none(), _none()


@attrs.define
class Counts:
    """How often words occur, and in which units; of one chunk or of all.

    `words` has a type for each Japanese key, ``None`` for compounds. `together` says how often words met in
    units that are no longer kept, by their numbers, the Japanese in front; `wholes` are the compounds.
    """

    units: int = 0
    english_met: Met = attrs.field(factory=Met)
    japanese_met: Met = attrs.field(factory=Met)
    words: dict[str, JapaneseType | None] = attrs.field(factory=dict)
    spellings: dict[str, str] = attrs.field(factory=dict)
    wholes: set[str] = attrs.field(factory=set)
    together: dict[int, dict[int, int]] = attrs.field(factory=dict)
    _english_places: dict[str, int] = attrs.field(factory=dict, repr=False)
    _japanese_places: dict[str, int] = attrs.field(factory=dict, repr=False)

    @property
    def english(self) -> dict[str, int]:
        """In how many units an English key stands."""
        return self.english_met.counts

    @property
    def japanese(self) -> dict[str, int]:
        """In how many units a Japanese key stands."""
        return self.japanese_met.counts

    def __getstate__(self) -> tuple[object, ...]:
        """For pickling: types as plain tuples."""
        others = [getattr(self, name) for name in _OTHER_COUNTS]
        return list(self.words), _rows(self.words.values()), others

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        keys, rows, others = state
        self.words = dict(zip(keys, _types(rows), strict=True))
        for name, value in zip(_OTHER_COUNTS, others, strict=True):
            setattr(self, name, value)

    def add(self, other: "Counts") -> None:
        """Adds the counts of the chunk that follows."""
        self.units += other.units
        self.english_met.add(other.english_met, self._english_places)
        self.japanese_met.add(other.japanese_met, self._japanese_places)
        for key, word in other.words.items():
            self.words.setdefault(key, word)
        for key, spelling in other.spellings.items():
            self.spellings.setdefault(key, spelling)
        self.wholes |= other.wholes
        if len(self.english_met.numbers) + len(self.japanese_met.numbers) > _MOST_NUMBERS:
            self._fold()

    def meetings(self) -> Iterator[tuple[int, dict[int, int]]]:
        """Each Japanese number with the English ones it meets, and in how many units.

        Words that stand in one unit only are left out.
        """
        often_e, often_j = (
            bytearray([count > 1 for count in met.counts.values()])
            for met in (self.english_met, self.japanese_met)
        )
        beside: dict[int, list[list[int]]] = {}
        for english, japanese in zip(
            self.english_met.rows(often_e), self.japanese_met.rows(often_j), strict=True
        ):
            for number in japanese:
                if number in beside:
                    beside[number].append(english)
                else:
                    beside[number] = [english]
        for number, rows in beside.items():
            row: dict[int, int] = Counter(chain.from_iterable(rows))
            for english_number, count in self.together.get(number, {}).items():
                row[english_number] = row.get(english_number, 0) + count
            yield number, row
        for number, row in self.together.items():
            if number not in beside:
                yield number, row

    def _fold(self) -> None:
        """Count who met in the units so far, and forget the units."""
        together = {}
        for number, row in self.meetings():
            kept = {english: count for english, count in row.items() if count > 1}
            if kept:
                together[number] = kept
        least = 2
        while sum(map(len, together.values())) > _MOST_PAIRS:
            together = {
                number: {english: count for english, count in row.items() if count > least}
                for number, row in together.items()
            }
            least += 1
        self.together = together
        self.english_met.forget_units()
        self.japanese_met.forget_units()


_OTHER_COUNTS = [field.name for field in attrs.fields(Counts) if field.name != "words"]


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

    def __getstate__(self) -> tuple[object, ...]:
        """For pickling: units and types as plain tuples."""
        units = [(unit.en, unit.ja, unit.document, unit.number, unit.date) for unit in self.units]
        others = [getattr(self, name) for name in _OTHER_FIELDS]
        return units, _rows(self.japanese_words), others

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        units, rows, others = state
        put = object.__setattr__
        put(self, "units", tuple([TranslationUnit(*unit) for unit in units]))
        put(self, "japanese_words", tuple(_types(rows)))
        for name, value in zip(_OTHER_FIELDS, others, strict=True):
            put(self, name, value)


_OTHER_FIELDS = [
    field.name for field in attrs.fields(Observed) if field.name not in ("units", "japanese_words")
]


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

    def __getstate__(self) -> tuple[object, ...]:
        """For pickling: most pairs stand in one unit, which says all of their evidence."""
        rows = [
            (key, found.quality, found.places[0])
            if found.count == 1 == len(found.places)
            else (key, found.count, found.quality, found.places, found.documents)
            for key, found in self.pairs.items()
        ]
        return rows, self.english, self.abbreviations, self.dates

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        rows, *others = state
        pairs = {
            row[0]: Evidence(1, row[1], [row[2]], {row[2][0]: 1}) if len(row) == 3 else Evidence(*row[1:])
            for row in rows
        }
        for name, value in zip(("pairs", "english", "abbreviations", "dates"), (pairs, *others), strict=True):
            object.__setattr__(self, name, value)
