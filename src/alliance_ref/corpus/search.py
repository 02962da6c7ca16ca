"""Concordance of a corpus: find units in the full-text index, and show the hits in context."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Self, get_args

import attrs

from alliance_ref.arguments import check_choice, check_lang, check_number, check_text, wrong_type
from alliance_ref.corpus.filters import Filters
from alliance_ref.corpus.queries import Finder, Phrase, condition, language, phrases_of
from alliance_ref.corpus.store import UNIT_COLUMNS, Store, StoredUnit
from alliance_ref.errors import CorpusLimit, InvalidValue
from alliance_ref.matcher.phrase_matcher import PhraseMatcher
from alliance_ref.occurrences.concordance import Concordance, Sort, line_sort_key
from alliance_ref.occurrences.patterns import MatchKind, compiled, warn_of_pattern
from alliance_ref.records.annotations import ConcordanceLine
from alliance_ref.records.entries import Entry
from alliance_ref.records.values import LANGS, Lang
from alliance_ref.text.cell_width import first_cells, last_cells
from alliance_ref.text.folding import name_key

if TYPE_CHECKING:
    import re

    from alliance_ref.glossary import Glossary
    from alliance_ref.records import Gap
    from alliance_ref.reference import Reference

MAX_SORTED = 20_000
"""Maximum number of lines that are sorted by their context, for which all lines must be made."""

_NEIGHBORS = 3
"""Units before and after a hit that its context may come from."""

Query = str | Entry


class CorpusConcordance(Concordance):
    """The lines of a search in a corpus, and the total number of units with a hit.

    >>> import alliance_ref as ar
    >>> corpus = ar.Corpus(":memory:")
    >>> corpus.add(ar.document("treaty-1960"))
    >>> found = corpus.concordance("極東", limit=1)
    >>> len(found), found.total
    (1, 3)
    """

    total: int

    def __new__(cls, total: int, lines: Iterable[ConcordanceLine] = ()) -> Self:
        """Create the result from the number of units and the lines."""
        self = super().__new__(cls, lines)
        self.total = total
        return self

    def __getnewargs__(self) -> tuple[int, tuple[ConcordanceLine, ...]]:
        return self.total, tuple(self)


@attrs.frozen
class Search:
    """A query after validation: what to look for and in which documents."""

    query: Query | None = None
    en: str | None = None
    ja: str | None = None
    without_en: str | None = None
    without_ja: str | None = None
    match: MatchKind = "lemma"
    lang: Lang | None = None
    filters: Filters = Filters()

    def __attrs_post_init__(self) -> None:
        check_choice(self.match, "match", get_args(MatchKind))
        if self.lang is not None:
            check_lang(self.lang)
        if self.query is not None and not isinstance(self.query, str | Entry):
            raise wrong_type("the query", "text or an entry", self.query)
        if (self.query is None) == (self.en is None and self.ja is None):
            alone = self.query is None and (self.without_en or self.without_ja)
            raise InvalidValue(
                "without-alone" if alone else "no-query" if self.query is None else "two-queries"
            )
        for name in ("en", "ja", "without_en", "without_ja", "query"):
            text = getattr(self, name)
            if text is None or isinstance(text, Entry):
                continue
            check_text(text, name)
            if not (text if self.match == "regex" else name_key(text)):
                raise InvalidValue("empty-query")
            if self.match != "regex":
                warn_of_pattern(text)

    @property
    def sides(self) -> dict[Lang, tuple[str | None, str | None]]:
        """The text that each side must have, and must not have, in a query of two sides."""
        return {"en": (self.en, self.without_en), "ja": (self.ja, self.without_ja)}


class Located:
    """A search in one store: iterates over the units that have hits and returns their places."""

    def __init__(self, store: Store, search: Search) -> None:
        self.store = store
        self.search = search
        self.entry_number: int | None = None
        self.phrases: list[Phrase] = []
        self._pattern: re.Pattern[str] | None = None
        self._sides: dict[Lang, re.Pattern[str] | None] = {}
        self._excluded: dict[Lang, re.Pattern[str] | None] = {}
        self.match = ""
        query = search.query
        if isinstance(query, Entry):
            rows = store.query("SELECT number FROM classes WHERE kind='entry' AND text=?", (query.id,))
            if rows:
                self.entry_number = int(rows[0][0])
                self.match = f'entry : "{self.entry_number}"'
        elif search.match == "regex":
            if query is not None:
                self._pattern = compiled(query)
            for lang, (wanted, unwanted) in search.sides.items():
                self._sides[lang] = None if wanted is None else compiled(wanted)
                self._excluded[lang] = None if unwanted is None else compiled(unwanted)
        else:
            self._find_phrases()
        if self.match:
            self._exclude()
        self.finder = Finder(store, self.phrases)

    def _phrases(self, text: str, lang: Lang | None) -> list[Phrase]:
        return phrases_of(self.store, text, lemma=self.search.match == "lemma", lang=lang)

    def _find_phrases(self) -> None:
        search = self.search
        if isinstance(search.query, str):
            self.phrases = self._phrases(search.query, search.lang)
            self.match = condition(self.phrases)
            return
        parts = []
        for lang, (wanted, _) in search.sides.items():
            if wanted is None:
                continue
            found = self._phrases(wanted, lang)
            if not found:
                return
            parts.append(f"({condition(found)})")
            self.phrases += found
        self.match = " AND ".join(parts)

    def _exclude(self) -> None:
        if self.search.match == "regex":
            return
        for lang, (_, unwanted) in self.search.sides.items():
            if unwanted is not None and (found := self._phrases(unwanted, lang)):
                self.match = f"({self.match}) NOT ({condition(found)})"

    @property
    def is_regex(self) -> bool:
        """Whether all units are read."""
        return self.search.match == "regex" and not isinstance(self.search.query, Entry)

    def ranges(self) -> list[tuple[int, int]] | None:
        """Return the ranges of units in the documents of the search; ``None`` for all."""
        if self.search.filters.is_empty:
            return None
        where, values = self.search.filters.condition()
        return self.store.query(
            f"SELECT first_unit, first_unit + units - 1 FROM documents WHERE {where} ORDER BY first_unit",  # noqa: S608
            values,
        )

    def numbers(self) -> Iterator[int]:
        """Yield the numbers of the units that have a hit, in order."""
        if self.is_regex:
            yield from (row.number for row in self.units())
            return
        if not self.match:
            return
        rows = self.store.rows("SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid", (self.match,))
        yield from within((number for (number,) in rows), self.ranges())

    def total(self) -> int:
        """Return the number of units that have a hit."""
        if not self.match and not self.is_regex:
            return 0
        if self.is_regex or not self.search.filters.is_empty:
            return sum(1 for _ in self.numbers())
        return int(self.store.query("SELECT count(*) FROM search WHERE search MATCH ?", (self.match,))[0][0])

    def units(self) -> Iterator[StoredUnit]:
        """Yield the units that have a hit, in order."""
        if self.is_regex:
            columns = ", ".join(f"units.{name}" for name in UNIT_COLUMNS.split(", "))
            rows = self.store.rows(f"SELECT {columns} FROM units ORDER BY number")  # noqa: S608
            units = map(StoredUnit._make, rows)
            ranges = self.ranges()
            allowed = units if ranges is None else _units_within(units, ranges)
            yield from (unit for unit in allowed if self._has_pattern(unit))
            return
        numbers = self.numbers()
        while batch := list(islice(numbers, 100)):
            marks = ",".join("?" * len(batch))
            found = self.store.query(
                f"SELECT {UNIT_COLUMNS} FROM units WHERE number IN ({marks}) ORDER BY number",  # noqa: S608
                batch,
            )
            yield from map(StoredUnit._make, found)

    def _has_pattern(self, unit: StoredUnit) -> bool:
        if self._pattern is not None:
            langs = LANGS if self.search.lang is None else (self.search.lang,)
            if not any(self._pattern.search(unit.text(lang)) for lang in langs):
                return False
        for lang in LANGS:
            wanted, unwanted = self._sides.get(lang), self._excluded.get(lang)
            if wanted is not None and not wanted.search(unit.text(lang)):
                return False
            if unwanted is not None and unwanted.search(unit.text(lang)):
                return False
        return True

    def places(self, unit: StoredUnit, lang: Lang) -> list[tuple[int, int]]:
        """Return the offsets of the hits in one side of a unit."""
        if self.search.lang not in (None, lang):
            return []
        text = unit.text(lang)
        if self.entry_number is not None:
            side = LANGS.index(lang)
            mentions = self.store.mentions(unit.mentions)
            return sorted({item[2:] for item in mentions if item[0] == self.entry_number and item[1] == side})
        if self.is_regex:
            pattern = self._pattern if self._pattern is not None else self._sides.get(lang)
            found = () if pattern is None else pattern.finditer(text)
            return [match.span() for match in found if match.end() > match.start()]
        if not any(phrase.lang == lang for phrase in self.phrases):
            return []
        ((words,),) = self.store.query(f"SELECT {lang}_words FROM units WHERE number=?", (unit.number,))  # noqa: S608
        return self.finder.spans(lang, words, text)

    @property
    def hit_language(self) -> Lang | None:
        """The language whose hits are shown in a query of two sides; ``None`` for all hits."""
        if self.search.query is not None:
            return None
        return "en" if self.search.en is not None else "ja"


def within(numbers: Iterable[int], ranges: Sequence[tuple[int, int]] | None) -> Iterator[int]:
    """Yield the *numbers* that are in one of the *ranges*, which are in order."""
    if ranges is None:
        yield from numbers
        return
    starts = [first for first, _ in ranges]
    for number in numbers:
        place = bisect_right(starts, number) - 1
        if place >= 0 and number <= ranges[place][1]:
            yield number


def _units_within(units: Iterable[StoredUnit], ranges: Sequence[tuple[int, int]]) -> Iterator[StoredUnit]:
    starts = [first for first, _ in ranges]
    for unit in units:
        place = bisect_right(starts, unit.number) - 1
        if place >= 0 and unit.number <= ranges[place][1]:
            yield unit


# Lines


def concordance(
    stores: Sequence[Store],
    search: Search,
    reference: "Reference",
    *,
    glossary: "Glossary | None" = None,
    width: int = 40,
    sort: Sort = "position",
    limit: int | None = 50,
    offset: int = 0,
) -> CorpusConcordance:
    """Return the lines of a search in one or several stores.

    Raises:
        CorpusLimit: More lines are to be sorted than `MAX_SORTED`.
    """
    check_number(width, "width")
    check_number(offset, "offset")
    if limit is not None:
        check_number(limit, "limit")
    check_choice(sort, "sort", get_args(Sort))
    located = [Located(store, search) for store in stores]
    total = sum(item.total() for item in located)
    names = _equivalents(search, reference, glossary)
    lines = (line for item in located for line in _lines(item, names, width))
    end = None if limit is None else offset + limit
    if sort != "position":
        if total > MAX_SORTED:
            raise CorpusLimit("sorted", MAX_SORTED, total)
        ordered = sorted(enumerate(lines), key=lambda item: (line_sort_key(item[1], sort), item[0]))
        return CorpusConcordance(total, (line for _, line in ordered[offset:end]))
    return CorpusConcordance(total, islice(lines, offset, end))


def _lines(
    located: Located, names: Callable[[str, Lang], list[tuple[int, int]]], width: int
) -> Iterator[ConcordanceLine]:
    ids = located.store.ids()
    entry = located.search.query if isinstance(located.search.query, Entry) else None
    shown = LANGS if located.hit_language is None else (located.hit_language,)
    for unit in located.units():
        for lang in shown:
            places = located.places(unit, lang)
            if not places:
                continue
            other: Lang = "ja" if lang == "en" else "en"
            text, equivalents = _other_side(located, unit, other, names)
            before, after = _context(located.store, unit, lang, places, width)
            own = unit.text(lang)
            document = ids[unit.document]
            for start, end in places:
                yield ConcordanceLine(
                    document,
                    f"{document}#{unit.passage}",
                    unit.place,
                    lang,
                    last_cells(before + own[:start], width),
                    own[start:end],
                    first_cells(own[end:] + after, width),
                    start,
                    end,
                    entry,
                    text,
                    equivalents,
                )


def _other_side(
    located: Located, unit: StoredUnit, lang: Lang, names: Callable[[str, Lang], list[tuple[int, int]]]
) -> "tuple[str | Gap, tuple[tuple[int, int], ...]]":
    from alliance_ref.records import Gap

    text = unit.text(lang)
    if not text:
        aligned = located.store.aligned(unit)
        side = aligned.en if lang == "en" else aligned.ja
        return (side if isinstance(side, Gap) else Gap("unaligned")), ()
    if located.hit_language is not None or located.entry_number is not None:
        found = located.places(unit, lang)
        if found:
            return text, tuple(found)
    return text, tuple(names(text, lang))


def _context(
    store: Store, unit: StoredUnit, lang: Lang, places: Sequence[tuple[int, int]], width: int
) -> tuple[str, str]:
    """Return the text of the passage before and after a unit, as far as it may be shown."""
    if places[0][0] >= width and len(unit.text(lang)) - places[-1][1] >= width:
        return "", ""
    rows = store.query(
        f"SELECT number, {lang} FROM units WHERE number BETWEEN ? AND ? AND document=? AND passage=?"  # noqa: S608
        " ORDER BY number",
        (unit.number - _NEIGHBORS, unit.number + _NEIGHBORS, unit.document, unit.passage),
    )
    joint = " " if lang == "en" else ""
    before = [text for number, text in rows if number < unit.number and text]
    after = [text for number, text in rows if number > unit.number and text]
    return "".join(text + joint for text in before), "".join(joint + text for text in after)


def _equivalents(
    search: Search, reference: "Reference", glossary: "Glossary | None"
) -> Callable[[str, Lang], list[tuple[int, int]]]:
    """Return a function that finds the equivalents of the query in the other side of a unit."""
    if not isinstance(search.query, str) or search.match == "regex":
        return lambda _text, _lang: []
    query = search.query
    other: Lang = "ja" if language(query) == "en" else "en"
    names: list[tuple[str, Lang]] = []
    for item in reference.annotate(query, boundaries=False):  # unlike lookup, without typing errors
        if item.start == 0 and item.end == len(query):
            names += [(name.text, name.lang) for entry in item.entries for name in entry.names]
    if glossary is not None:
        for equivalent in glossary.translate(query, to=other):
            names.append((equivalent.term.text, other))
    if not names:
        return lambda _text, _lang: []
    matcher = PhraseMatcher.from_names((text, lang, None) for text, lang in dict.fromkeys(names))
    return lambda text, _lang: [(start, end) for start, end, _, _ in matcher.hits(text)]
