"""Counts of a query in a corpus: by year, month, document or type of document."""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from typing import Literal, get_args

import attrs

from alliance_ref.arguments import check_choice
from alliance_ref.corpus.filters import summaries
from alliance_ref.corpus.records import DocumentSummary
from alliance_ref.corpus.search import Located, Search
from alliance_ref.corpus.store import Store
from alliance_ref.exchange.tables.cells import escape_formula
from alliance_ref.html import bar_chart
from alliance_ref.records.results import Results
from alliance_ref.records.values import LANGS, Lang

CountBy = Literal["year", "month", "document", "type"]
UNDATED = ""
"""The key of documents without a date of the precision that is counted by."""

_MILLION = 1_000_000


@attrs.frozen
class Count:
    """The occurrences of a query in one group of documents.

    `documents` is the number of documents with an occurrence. `words` is the number of words of all documents
    of the group in the languages that were searched, and `per_million` the occurrences per million of them.

    >>> import alliance_ref as ar
    >>> corpus = ar.Corpus(":memory:")
    >>> corpus.add(ar.document("treaty-1960"))
    >>> corpus.counts("極東")[0].key
    '1960'
    """

    key: str
    hits: int
    documents: int
    words: int

    @property
    def per_million(self) -> float:
        """The occurrences per million words."""
        return self.hits / self.words * _MILLION if self.words else 0.0

    def __str__(self) -> str:
        return f"{self.key or '–'}  {self.hits:,}  {self.per_million:,.1f}"


class Counts(Results[Count]):
    """Counts, sorted by their key; documents without a date come last.

    >>> import alliance_ref as ar
    >>> corpus = ar.Corpus(":memory:")
    >>> corpus.add(ar.document("treaty-1960"))
    >>> corpus.add(ar.document("guidelines-1997"))
    >>> print(corpus.counts("極東", by="document").to_csv().splitlines()[0])
    key,hits,documents,words,per_million
    """

    __slots__ = ()

    def to_csv(self) -> str:
        """Return the table as CSV with a header."""
        output = io.StringIO()
        writer = csv.writer(output, lineterminator="\n")
        writer.writerow(("key", "hits", "documents", "words", "per_million"))
        writer.writerows(
            (escape_formula(row.key), row.hits, row.documents, row.words, f"{row.per_million:.2f}")
            for row in self
        )
        return output.getvalue()

    def to_svg(self, title: str = "") -> str:
        """Return a bar chart of the occurrences per million words.

        Args:
            title: The title of the chart.
        """
        return bar_chart(title, [(row.key or "–", row.per_million, f"{row.hits:,}") for row in self])


def counts(stores: Sequence[Store], searches: Sequence[Search], by: CountBy) -> Counts:
    """Return the occurrences of queries by groups of documents.

    Groups without an occurrence are included, so that a chart has no gaps where documents exist.
    """
    check_choice(by, "by", get_args(CountBy))
    hits, words = Counter[str](), Counter[str]()
    found = set[tuple[str, str]]()
    located = [[Located(store, search) for search in searches] for store in stores]
    phrases = [phrase for group in located for item in group for phrase in item.phrases]
    langs = _languages(searches[0], {phrase.lang for phrase in phrases})
    for store, group in zip(stores, located, strict=True):
        keys = {}
        for summary in summaries(store, searches[0].filters):
            key = keys[summary.id] = _key(summary, by)
            words[key] += sum(summary.en_words if lang == "en" else summary.ja_words for lang in langs)
        ids = store.ids()
        for item in group:
            for unit in item.units():
                places = sum(len(item.places(unit, lang)) for lang in langs)
                if places:
                    document = ids[unit.document]
                    hits[keys[document]] += places
                    found.add((keys[document], document))
    documents = Counter(key for key, _ in found)
    ordered = sorted(words, key=lambda key: (key == UNDATED, key))
    return Counts(Count(key, hits[key], documents[key], words[key]) for key in ordered)


def _languages(search: Search, found: set[Lang]) -> tuple[Lang, ...]:
    """Return the languages whose words are compared with the occurrences."""
    if search.lang is not None:
        return (search.lang,)
    if search.query is None:
        return ("en",) if search.en is not None else ("ja",)
    return tuple(lang for lang in LANGS if lang in found) or LANGS


def _key(summary: DocumentSummary, by: CountBy) -> str:
    if by == "document":
        return summary.id
    if by == "type":
        return summary.type
    date = summary.issued
    if date is None or (by == "month" and date.month is None):
        return UNDATED
    return f"{date.year:04}" if by == "year" else f"{date.year:04}-{date.month:02}"
