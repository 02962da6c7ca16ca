"""The records that the stages pass on to each other: compact, mergeable and serializable.

The results of a chunk are stored as parts: arrays of numbers and plain JSON values (`to_parts`). A checkpoint
may come from another party, so `from_parts` checks types and offsets and raises a ValueError or TypeError for
parts that do not belong together.
"""

import math
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Any

import attrs

from alliance_ref.batch.serialization import unit_rows, units_of_rows
from alliance_ref.extraction.agreement import TermUnits
from alliance_ref.extraction.japanese_words import JapaneseWord
from alliance_ref.records import TranslationUnit
from alliance_ref.records.values import PartialDate

_MAX_COOCCURRENCES = 2_500_000
"""Counts of co-occurring words that are kept at once; the rarest are dropped first."""

MAX_NUMBERS = 12_000_000
"""Words of units that are kept at once, in about 200,000 units."""

MAX_PLACES = 20
"""Places that are kept for one pair."""


def _empty_column() -> "array[int]":
    return array("I")


def narrow(numbers: list[int]) -> "array[int]":
    """Return *numbers* as an array, in two bytes each if all are small enough.

    >>> narrow([1, 2]).typecode, narrow([70_000]).typecode
    ('H', 'I')
    """
    return array("H" if max(numbers, default=0) < 1 << 16 else "I", numbers)


def _check(condition: bool) -> None:
    if not condition:
        raise ValueError("the parts do not belong together")


def _checked_dict(value: object, kind: type) -> dict[str, Any]:
    """Return *value* if it is a dictionary with values of one *kind* (JSON has no keys but strings)."""
    _check(isinstance(value, dict))
    _check_items(list(value.values()), kind)  # type: ignore[attr-defined]  # checked
    return value  # type: ignore[return-value]  # checked


def _check_items(values: object, kind: type) -> None:
    """Check that *values* is a list of values of one *kind*."""
    _check(isinstance(values, list) and set(map(type, values)) <= {kind})


def _check_columns(numbers: "array[int]", ends: "array[int]", limit: int, *, units: int) -> None:
    """Check that all *numbers* are below *limit*, and that *ends* has the end of each of the *units*."""
    _check(isinstance(numbers, array) and isinstance(ends, array) and len(ends) == units)
    _check(max(numbers, default=-1) < limit)
    _check(list(ends) == sorted(ends) and (ends[-1] if ends else 0) == len(numbers))


def _japanese_word(row: Any) -> JapaneseWord:
    _check(type(row) is list and set(map(type, row)) == {str})
    return JapaneseWord._make(row)


@attrs.define
class Cooccurrence:
    """The keys of one language in each unit, from which co-occurrences are counted.

    Attributes:
        counts: The number of units that contain each key; the number of a key is its place in this
        dictionary.
        numbers: The numbers of the keys of all units.
        ends: The end of each unit in `numbers`.
    """

    counts: dict[str, int] = attrs.field(factory=dict)
    numbers: "array[int]" = attrs.field(factory=_empty_column)
    ends: "array[int]" = attrs.field(factory=_empty_column)

    def add(self, other: "Cooccurrence", places: dict[str, int]) -> None:
        """Add the units of the next chunk; *places* has the numbers of all keys so far."""
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

    def to_parts(self) -> list[Any]:
        """Return the parts from which `from_parts` creates equal records."""
        return [self.counts, self.numbers, self.ends]

    @classmethod
    def from_parts(cls, parts: Sequence[Any], units: int) -> "Cooccurrence":
        """Return the record for the keys of a number of *units*."""
        counts, numbers, ends = parts
        _check_columns(numbers, ends, len(_checked_dict(counts, int)), units=units)
        return cls(counts, numbers, ends)

    def rows(self, selected: bytearray) -> Iterator[list[int]]:
        """Yield the numbers of each unit, if *selected* has 1 at their place."""
        first = 0
        numbers = self.numbers
        for end in self.ends:
            yield [number for number in numbers[first:end] if selected[number]]
            first = end

    def drop_units(self) -> None:
        """Drop the units and keep the counts."""
        self.numbers, self.ends = _empty_column(), _empty_column()


@attrs.define
class Counts:
    """The counts of words in one chunk or in all chunks.

    Attributes:
        units: The number of units.
        english_keys: The English keys of each unit.
        japanese_keys: The Japanese keys of each unit.
        words: The word of each Japanese key; ``None`` for compounds.
        spellings: A spelling of each English key.
        compounds: The Japanese compounds.
        folded: Co-occurrences in units that are no longer kept: English numbers with counts, by Japanese
        number.
    """

    units: int = 0
    english_keys: Cooccurrence = attrs.field(factory=Cooccurrence)
    japanese_keys: Cooccurrence = attrs.field(factory=Cooccurrence)
    words: dict[str, JapaneseWord | None] = attrs.field(factory=dict)
    spellings: dict[str, str] = attrs.field(factory=dict)
    compounds: set[str] = attrs.field(factory=set)
    folded: dict[int, dict[int, int]] = attrs.field(factory=dict)
    _english_places: dict[str, int] = attrs.field(factory=dict, repr=False)
    _japanese_places: dict[str, int] = attrs.field(factory=dict, repr=False)

    @property
    def english(self) -> dict[str, int]:
        """The number of units that contain each English key."""
        return self.english_keys.counts

    @property
    def japanese(self) -> dict[str, int]:
        """The number of units that contain each Japanese key."""
        return self.japanese_keys.counts

    def to_parts(self) -> list[Any]:
        """Return the parts from which `from_parts` creates equal counts of one chunk."""
        return [
            self.units,
            *self.english_keys.to_parts(),
            *self.japanese_keys.to_parts(),
            self.words,
            self.spellings,
            sorted(self.compounds),
        ]

    @classmethod
    def from_parts(cls, parts: Sequence[Any]) -> "Counts":
        """Return the counts of one chunk."""
        units, *columns, words, spellings, compounds = parts
        _check(type(units) is int and isinstance(words, dict))
        _check_items(compounds, str)
        return cls(
            units,
            Cooccurrence.from_parts(columns[:3], units),
            Cooccurrence.from_parts(columns[3:], units),
            {key: None if row is None else _japanese_word(row) for key, row in words.items()},
            _checked_dict(spellings, str),
            set(compounds),
        )

    def add(self, other: "Counts") -> None:
        """Add the counts of the next chunk."""
        self.units += other.units
        self.english_keys.add(other.english_keys, self._english_places)
        self.japanese_keys.add(other.japanese_keys, self._japanese_places)
        for key, word in other.words.items():
            self.words.setdefault(key, word)
        for key, spelling in other.spellings.items():
            self.spellings.setdefault(key, spelling)
        self.compounds |= other.compounds
        if len(self.english_keys.numbers) + len(self.japanese_keys.numbers) > MAX_NUMBERS:
            self._fold()

    def cooccurrences(self) -> Iterator[tuple[int, dict[int, int]]]:
        """Yield each Japanese number with the counts of the English numbers in the same units.

        Words that occur in one unit only are left out.
        """
        repeated_e, repeated_j = (
            bytearray([count > 1 for count in keys.counts.values()])
            for keys in (self.english_keys, self.japanese_keys)
        )
        english_rows: dict[int, list[array[int]]] = {}
        for selected, japanese in zip(
            self.english_keys.rows(repeated_e), self.japanese_keys.rows(repeated_j), strict=True
        ):
            english = narrow(selected)  # a list of numbers needs ten times the memory
            for number in japanese:
                if number in english_rows:
                    english_rows[number].append(english)
                else:
                    english_rows[number] = [english]
        for number, rows in english_rows.items():
            row: dict[int, int] = Counter(chain.from_iterable(rows))
            for english_number, count in self.folded.get(number, {}).items():
                row[english_number] = row.get(english_number, 0) + count
            yield number, row
        for number, row in self.folded.items():
            if number not in english_rows:
                yield number, row

    def _fold(self) -> None:
        """Count the co-occurrences in the units so far, and drop the units."""
        folded = {}
        for number, row in self.cooccurrences():
            kept = {english: count for english, count in row.items() if count > 1}
            if kept:
                folded[number] = kept
        least = 2
        while sum(map(len, folded.values())) > _MAX_COOCCURRENCES:
            folded = {
                number: {english: count for english, count in row.items() if count > least}
                for number, row in folded.items()
            }
            least += 1
        self.folded = folded
        self.english_keys.drop_units()
        self.japanese_keys.drop_units()


@attrs.frozen
class ObservedChunk:
    """One chunk of units as words and offsets.

    Attributes:
        units: The units.
        english_words: The distinct English words.
        japanese_words: The distinct Japanese words.
        english: The numbers of the English words of all units; `english_ends` has the end of each unit.
        english_starts: The start offset of each English word.
        runs: First and last word of the runs that a term may fill; `run_ends` has the end of each unit.
        japanese: The numbers of the Japanese words of all units; `japanese_ends` has the end of each unit.
        japanese_starts: The start offset of each Japanese word.
        bounds: First and last word of the compounds; `bound_ends` has the end of each unit.
    """

    units: tuple[TranslationUnit, ...]
    english_words: tuple[str, ...]
    japanese_words: tuple[JapaneseWord, ...]
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

    def to_parts(self) -> list[Any]:
        """Return the parts from which `from_parts` creates an equal chunk."""
        columns = [getattr(self, name) for name in _COLUMNS]
        return [unit_rows(self.units), self.english_words, self.japanese_words, *columns]

    @classmethod
    def from_parts(cls, parts: Sequence[Any]) -> "ObservedChunk":
        """Return a chunk."""
        rows, english_words, japanese_words, *columns = parts
        units = units_of_rows(rows)
        _check_items(english_words, str)
        words = tuple(map(_japanese_word, japanese_words))
        chunk = cls(units, tuple(english_words), words, *columns)
        _check_columns(chunk.english, chunk.english_ends, len(english_words), units=len(units))
        _check_columns(chunk.japanese, chunk.japanese_ends, len(words), units=len(units))
        _check(len(chunk.english_starts) == len(chunk.english))
        _check(len(chunk.japanese_starts) == len(chunk.japanese))
        _check_columns(chunk.runs, chunk.run_ends, len(chunk.english) + 1, units=len(units))
        _check_columns(chunk.bounds, chunk.bound_ends, len(chunk.japanese) + 1, units=len(units))
        return chunk


_COLUMNS = [
    field.name
    for field in attrs.fields(ObservedChunk)
    if field.name not in ("units", "english_words", "japanese_words")
]


@attrs.frozen
class Model:
    """The translation model of words that a build learns from all chunks.

    Attributes:
        units: The number of units.
        scores: For each Japanese key, the English keys that may translate it, with their scores.
        english: The number of units that contain each English key.
        japanese: The number of units that contain each Japanese key.
        known: Keys of both languages that are in a word list; an unexpected translation of them is less
        likely.
        compounds: The Japanese compounds.
        clear: The English key of Japanese keys with one clear translation.
    """

    units: int
    scores: dict[str, dict[str, float]]
    english: dict[str, int]
    japanese: dict[str, int]
    known: frozenset[str] = frozenset()
    compounds: frozenset[str] = frozenset()
    clear: dict[str, str] = attrs.field(factory=dict)


Place = tuple[str, int, int, int]
"""The place of a pair: document and number of the unit, start offsets of the English and Japanese terms."""


@attrs.define
class PairEvidence:
    """The evidence for one pair of terms.

    Attributes:
        count: The number of units.
        quality: The sum of its qualities in these units.
        places: Its first places.
        documents: The number of units in each document.
    """

    count: int = 0
    quality: float = 0.0
    places: list[Place] = attrs.field(factory=list)
    documents: dict[str, int] = attrs.field(factory=dict)

    def add(self, other: "PairEvidence") -> None:
        """Add the evidence of a later chunk."""
        self.count += other.count
        self.quality += other.quality
        self.places += other.places[: MAX_PLACES - len(self.places)]
        for name, count in other.documents.items():
            self.documents[name] = self.documents.get(name, 0) + count


@attrs.frozen
class PairedChunk:
    """The pairs of one chunk.

    Attributes:
        pairs: The evidence of each pair, by the two terms as written and the dictionary form of the Japanese
        one.
        english: The number of occurrences of each seed term.
        abbreviations: The number of units that introduce an abbreviation, by long and short form.
        dates: The dates of documents.
        terms: The units that contain the English term of each pair, by its key.
    """

    pairs: dict[tuple[str, str, str], PairEvidence]
    english: dict[str, int]
    abbreviations: dict[tuple[str, str], int] = attrs.field(factory=dict)
    dates: dict[str, PartialDate] = attrs.field(factory=dict)
    terms: dict[str, TermUnits] = attrs.field(factory=dict)

    def to_parts(self) -> list[Any]:
        """Return the parts from which `from_parts` creates an equal record.

        The pairs are columns, as are the places of all pairs. The documents of a pair are those of its
        places, unless it has more units than places.
        """
        english, japanese, forms = zip(*self.pairs, strict=True) if self.pairs else ((), (), ())
        found = list(self.pairs.values())
        names: dict[str, int] = {}
        rows = [
            (names.setdefault(document, len(names)), number, start_e, start_j)
            for pair in found
            for document, number, start_e, start_j in pair.places
        ]
        documents, numbers, starts_e, starts_j = (
            map(list, zip(*rows, strict=True)) if rows else ([], [], [], [])
        )
        return [
            english,
            japanese,
            forms,
            array("d", [pair.quality for pair in found]),
            narrow([pair.count for pair in found]),
            list(names),
            narrow(documents),
            numbers,
            narrow(starts_e),
            narrow(starts_j),
            [pair.documents for pair in found if pair.count > MAX_PLACES],
            self.english,
            [(*forms, count) for forms, count in self.abbreviations.items()],
            {name: str(date) for name, date in self.dates.items()},
            list(self.terms),
            narrow([found.units for found in self.terms.values()]),
            [found.with_japanese for found in self.terms.values()],
        ]

    @classmethod
    def from_parts(cls, parts: Sequence[Any]) -> "PairedChunk":
        """Return the pairs of a chunk."""
        english, japanese, forms, qualities, counts, names, *rest = parts
        documents, numbers, starts_e, starts_j, many, occurrences, abbreviations, dates, *terms = rest
        for column in (english, japanese, forms, names):
            _check_items(column, str)
        _check_items(numbers, int)
        _check(
            all(isinstance(column, array) for column in (qualities, counts, documents, starts_e, starts_j))
        )
        _check(all(map(math.isfinite, qualities)) and min(counts, default=1) > 0)
        flat = zip([names[number] for number in documents], numbers, starts_e, starts_j, strict=True)
        others = iter(many)
        pairs: dict[tuple[str, str, str], PairEvidence] = {}
        keys = zip(english, japanese, forms, strict=True)
        for key, quality, count in zip(keys, qualities, counts, strict=True):
            places = list(islice(flat, min(count, MAX_PLACES)))
            _check(len(places) == min(count, MAX_PLACES))
            if count > MAX_PLACES:
                held = _checked_dict(next(others, None), int)
            else:
                held = {}
                for place in places:
                    held[place[0]] = held.get(place[0], 0) + 1
            pairs[key] = PairEvidence(count, quality, places, held)
        shortened = {(long, short): count for long, short, count in abbreviations}
        _check_items(list(chain.from_iterable(shortened)), str)
        _check_items(list(shortened.values()), int)
        return cls(
            pairs,
            _checked_dict(occurrences, int),
            shortened,
            {name: PartialDate.parse(date) for name, date in dates.items()},
            _terms(*terms),
        )


def _terms(keys: list[str], units: "array[int]", counts: list[dict[str, int]]) -> dict[str, TermUnits]:
    _check_items(keys, str)
    _check(isinstance(units, array))
    return {
        key: TermUnits(number, _checked_dict(found, int))
        for key, number, found in zip(keys, units, counts, strict=True)
    }
