"""The stages of a build that run on chunks of units: observe and pair.

A build reads the units twice. `observe` splits the texts of a chunk into words and counts them;
`association.learn` combines the counts of all chunks into a model; `pair` extracts the pairs of a chunk;
`concepts.assemble` makes the glossary. Each stage is a pure function whose results can be serialized, so
chunks can be processed anywhere and in any order, as long as the results are combined in the order of the
chunks.

`observe` stores words as numbers, so that `pair` need not read the texts again.
"""

from collections import Counter
from collections.abc import Callable, Sequence

from alliance_ref.extraction.agreement import TermIndex
from alliance_ref.extraction.background import Background, SeedTerm
from alliance_ref.extraction.english_words import (
    EnglishWord,
    abbreviations_in,
    english_tokens,
    english_word,
    term_runs,
)
from alliance_ref.extraction.japanese_words import (
    ADJECTIVE,
    ADVERB,
    CONTENT_CLASSES,
    LATIN,
    NOUN,
    VERB,
    VERBAL,
    JapaneseWord,
    dictionary_lines,
    find_compounds,
    japanese_word_of_line,
    katakana_word,
    word_starts,
)
from alliance_ref.extraction.phrase_pairs import pairs_of
from alliance_ref.extraction.records import (
    MAX_PLACES,
    Cooccurrence,
    Counts,
    Model,
    ObservedChunk,
    PairedChunk,
    PairEvidence,
    narrow,
)
from alliance_ref.extraction.word_tables import tables, units_of
from alliance_ref.records import TranslationUnit

_COUNTED_CLASSES = frozenset((NOUN, VERBAL, LATIN, VERB, ADJECTIVE, ADVERB))
"""Classes of Japanese words whose co-occurrences are counted."""

_MAX_COMPOUND_WORDS = 5
"""Longest compound that is counted as a whole."""

_INNER_COMPOUND_WORDS = 3
"""Longest compound inside another one that is counted for seed terms."""


def observe(units: Sequence[TranslationUnit], background: Background) -> tuple[ObservedChunk, Counts]:
    """Return one chunk of *units* as words and offsets, and the counts of its words."""
    english, japanese = _EnglishChunk(background), _JapaneseChunk(inner=bool(background.seeds))
    for unit in units:
        english.add(unit.en)
        japanese.add(unit.ja)
    counts = Counts(
        len(units),
        english.cooccurrence(),
        japanese.cooccurrence(),
        japanese.types_by_key,
        english.spellings,
        japanese.compounds,
    )
    observed = ObservedChunk(
        units=tuple(units),
        english_words=tuple(english.numbers),
        japanese_words=tuple(japanese.types),
        english=narrow(english.words),
        english_starts=narrow(english.starts),
        english_ends=narrow(english.ends),
        runs=narrow(english.spans),
        run_ends=narrow(english.span_ends),
        japanese=narrow(japanese.words),
        japanese_starts=narrow(japanese.starts),
        japanese_ends=narrow(japanese.ends),
        bounds=narrow(japanese.spans),
        bound_ends=narrow(japanese.span_ends),
    )
    return observed, counts


class _Numbering(dict[str, int]):
    """Numbers of strings, in the order of the first request; *on_new* is called with each new string."""

    def __init__(self, on_new: Callable[[str], None]) -> None:
        super().__init__()
        self._on_new = on_new

    def __missing__(self, key: str) -> int:
        number = self[key] = len(self)
        self._on_new(key)
        return number


class _Chunk:
    """One language of a chunk, as columns of numbers.

    Attributes:
        numbers: The numbers of the distinct words.
        words: The numbers of the words of all units; `ends` has the end of each unit.
        starts: Where each word begins in the text of its unit.
        spans: First and last word of the spans that a term may fill; `span_ends` has the end of each unit.
        keys: The numbers of the keys that occur in each unit; `key_ends` has the end of each unit.
        key_numbers: The number of each key.
        word_keys: The number of the key of each distinct word, -1 if it is not counted.
    """

    def __init__(self) -> None:
        self.numbers = _Numbering(self._add_word)
        self.words: list[int] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.spans: list[int] = []
        self.span_ends: list[int] = []
        self.keys: list[int] = []
        self.key_ends: list[int] = []
        self.key_numbers: dict[str, int] = {}
        self.word_keys: list[int] = []

    def _add_word(self, word: str) -> None:
        raise NotImplementedError

    def _key_number(self, key: str) -> int:
        return self.key_numbers.setdefault(key, len(self.key_numbers))

    def _end_unit(self, keys: dict[int, None]) -> None:
        keys.pop(-1, None)
        self.keys.extend(keys)
        self.key_ends.append(len(self.keys))
        self.ends.append(len(self.words))
        self.span_ends.append(len(self.spans))

    def cooccurrence(self) -> Cooccurrence:
        """Return the keys of the units."""
        counts = Counter(self.keys)
        units = {key: counts[number] for key, number in self.key_numbers.items()}
        return Cooccurrence(units, narrow(self.keys), narrow(self.key_ends))


class _EnglishChunk(_Chunk):
    def __init__(self, background: Background) -> None:
        super().__init__()
        self._background = background
        self.types: list[EnglishWord] = []
        self.spellings: dict[str, str] = {}

    def _add_word(self, word: str) -> None:
        analyzed = english_word(word)
        self.types.append(analyzed)
        counted = analyzed.key and not analyzed.is_number
        self.word_keys.append(self._key_number(analyzed.key) if counted else -1)
        if analyzed.key:
            self.spellings.setdefault(analyzed.key, word.lower())

    def add(self, text: str) -> None:
        """Add the English text of a unit."""
        tokens, starts, codes = english_tokens(text)
        numbers = [self.numbers[token] for token in tokens]
        self.words.extend(numbers)
        self.starts.extend(starts)
        self.spans.extend(term_runs(codes))
        keys = dict.fromkeys([self.word_keys[number] for number in numbers])
        if self._background.seeds:
            for _first, _last, key in find_seeds([self.types[i] for i in numbers], self._background):
                keys[self._key_number(key)] = None
        self._end_unit(keys)


class _JapaneseChunk(_Chunk):
    def __init__(self, *, inner: bool) -> None:
        super().__init__()
        self._inner = inner
        self.types: list[JapaneseWord] = []
        self.codes: list[str] = []
        self.types_by_key: dict[str, JapaneseWord | None] = {}
        self.compounds: set[str] = set()

    def _add_word(self, line: str) -> None:
        word = japanese_word_of_line(line)
        self.types.append(word)
        self.codes.append(word.code)
        counted = word.key and word.kind in _COUNTED_CLASSES
        self.word_keys.append(self._key_number(word.key) if counted else -1)
        if word.kind in CONTENT_CLASSES:
            self.types_by_key.setdefault(word.key, word)

    def add(self, text: str) -> None:
        """Add the Japanese text of a unit."""
        numbers = [self.numbers[line] for line in dictionary_lines(text)]
        surfaces = [self.types[number].surface for number in numbers]
        starts = word_starts(surfaces, text)
        self.words.extend(numbers)
        self.starts.extend(starts)
        keys = dict.fromkeys([self.word_keys[number] for number in numbers])
        codes = "".join([self.codes[number] for number in numbers])
        for first, last in find_compounds(codes, surfaces, starts, text):
            self.spans.append(first)
            self.spans.append(last)
            if last - first == 1:
                self.compounds.add(surfaces[first])
                continue
            self.compounds.add(text[starts[first] : starts[last - 1] + len(surfaces[last - 1])])
            for key in _compound_keys(surfaces[first:last], inner=self._inner):
                keys[self._key_number(key)] = None
                if key not in self.types_by_key:
                    self.types_by_key[key] = katakana_word(key)
        self._end_unit(keys)


def _compound_keys(surfaces: Sequence[str], *, inner: bool) -> list[str]:
    """Return the keys under which a compound is counted; with *inner*, also those of shorter ones in it."""
    size = len(surfaces)
    keys = []
    if inner:
        for start in range(size - 1):
            longest = min(start + _INNER_COMPOUND_WORDS, size)
            keys += ["".join(surfaces[start:end]) for end in range(start + 2, longest + 1)]
        if size > _INNER_COMPOUND_WORDS:
            keys.append("".join(surfaces))
        return keys
    if size <= _MAX_COMPOUND_WORDS:
        keys.append("".join(surfaces))
    # UniDic may split one foreign name into several katakana words.
    if size > 2:
        for start in range(size - 1):
            both = surfaces[start] + surfaces[start + 1]
            if katakana_word(both) is not None:
                keys.append(both)
    return keys


def find_seeds(words: Sequence[EnglishWord], background: Background) -> list[tuple[int, int, str]]:
    """Return the spans of seed terms among English words, with their keys.

    A term inside a longer term of the same concept is not an occurrence of its own: *Zama* in *Camp Zama*.
    """
    found: list[tuple[int, int, SeedTerm]] = []
    for place, word in enumerate(words):
        for seed in background.seeds.get(word.term_key, ()):
            size = len(seed.words)
            here = words[place : place + size]
            if tuple([one.term_key for one in here]) == seed.words and (
                not seed.is_plural or here[-1].spelling == seed.last
            ):
                found.append((place, place + size, seed))
    return [
        (first, last, seed.key)
        for first, last, seed in found
        if not seed.concept
        or not any(
            start <= first and last <= end and last - first < end - start and other.concept == seed.concept
            for start, end, other in found
        )
    ]


def pair(observed: ObservedChunk, model: Model, background: Background) -> PairedChunk:
    """Return the pairs of one chunk."""
    occurrences: Counter[str] = Counter()
    abbreviations: Counter[tuple[str, str]] = Counter()
    paired = PairedChunk({}, {})
    pairs, dates = paired.pairs, paired.dates
    table = tables(observed, model)
    for unit, words in zip(observed.units, units_of(observed, table), strict=True):
        seeds = find_seeds(words.types(), background) if background.seeds else []
        for first, last, _key in seeds:
            occurrences[words.english_text(first, last)] += 1
        document, number = unit.document, unit.number
        if unit.date is not None:
            dates.setdefault(document, unit.date)
        if "(" in unit.en:
            abbreviations.update(abbreviations_in(unit.en))
        for key, (quality, start_e, start_j) in pairs_of(words, seeds, model, background).items():
            evidence = pairs.get(key)
            if evidence is None:
                pairs[key] = PairEvidence(1, quality, [(document, number, start_e, start_j)], {document: 1})
                continue
            evidence.count += 1
            evidence.quality += quality
            if len(evidence.places) < MAX_PLACES:
                evidence.places.append((document, number, start_e, start_j))
            evidence.documents[document] = evidence.documents.get(document, 0) + 1
    index = TermIndex((english, japanese) for english, japanese, _form in pairs)
    term_keys = [word.term_key for word in table.english]
    at = 0
    for unit, end in zip(observed.units, observed.english_ends, strict=True):
        index.count([term_keys[i] for i in observed.english[at:end]], unit.ja)
        at = end
    paired.terms.update(index.found)
    paired.english.update(occurrences)
    paired.abbreviations.update(abbreviations)
    return paired
