"""Aggregation of the pairs of all chunks, by term and across spellings.

Most pairs of a large translation memory are weak and occur once, and few of these are correct. If there are
more pairs than fit in memory, the weakest are dropped first; pairs of seed terms are kept.
"""

from collections.abc import Iterable

import attrs

from alliance_ref.extraction.agreement import TermUnits, english_group
from alliance_ref.extraction.background import Background, SeedTerm
from alliance_ref.extraction.inputs import document_of
from alliance_ref.extraction.records import MAX_PLACES, PairedChunk, PairEvidence, Place
from alliance_ref.records.values import PartialDate
from alliance_ref.text.keys import okurigana_key

VERBAL_ENDINGS = ("する", "に")
"""Words after a noun that may be part of a rendering: *implement* is 実装する."""

_MAX_PAIRS = 300_000
"""Pairs that are kept in memory."""

_MIN_DROPPED_QUALITY, _DROPPED_QUALITY_STEP = 0.3, 0.1
"""Pairs that occur once are dropped below this quality, which rises until the others fit."""

TermPair = tuple[str, str]
"""An English and a Japanese term as written."""


@attrs.define
class Pair:
    """The evidence for an English and a Japanese term, in all spellings.

    Attributes:
        english: The number of units with each English spelling.
        japanese: The number of units with each Japanese spelling.
        forms: The number of units with each dictionary form of the Japanese term.
        count: The number of units.
        quality: The sum of the qualities in these units.
        evidence: The Japanese text and the evidence of each pair of spellings.
    """

    english: dict[str, int] = attrs.field(factory=dict)
    japanese: dict[str, int] = attrs.field(factory=dict)
    forms: dict[str, int] = attrs.field(factory=dict)
    count: int = 0
    quality: float = 0.0
    evidence: dict[TermPair, list[tuple[str, PairEvidence]]] = attrs.field(factory=dict)

    def count_of(self, spelling: TermPair) -> int:
        """Return the number of units with one pair of spellings."""
        return sum(evidence.count for _text, evidence in self.evidence[spelling])

    def places(self, spelling: TermPair) -> list[tuple[str, Place]]:
        """Return the first places of one pair of spellings, with the Japanese text there."""
        return [(text, place) for text, evidence in self.evidence[spelling] for place in evidence.places][
            :MAX_PLACES
        ]

    def uses(self, spelling: TermPair) -> dict[str, int]:
        """Return the number of units of each document with one pair of spellings."""
        found: dict[str, int] = {}
        for _text, evidence in self.evidence[spelling]:
            for name, count in evidence.documents.items():
                document = document_of(name)
                found[document] = found.get(document, 0) + count
        return found


@attrs.define
class PairTable:
    """The pairs of all chunks.

    Attributes:
        pairs: The pairs, by the keys of the English and of the Japanese term.
        occurrences: The number of occurrences of each seed term.
        dates: The dates of documents.
        abbreviations: The abbreviations of each English term, with counts.
        terms: The units that contain each English term.
    """

    pairs: dict[str, dict[str, Pair]] = attrs.field(factory=dict)
    occurrences: dict[str, int] = attrs.field(factory=dict)
    dates: dict[str, PartialDate] = attrs.field(factory=dict)
    abbreviations: dict[str, dict[str, int]] = attrs.field(factory=dict)
    terms: dict[str, TermUnits] = attrs.field(factory=dict)


def seed_group(seed: SeedTerm) -> str:
    """Return the key of a seed term; a term in the plural has a separate key."""
    return english_group(seed.text) + ("+" if seed.is_plural else "")


def aggregate(chunks: Iterable[PairedChunk], background: Background) -> PairTable:
    """Return the evidence of all chunks, in the order of the chunks."""
    table = PairTable()
    groups = _Groups(background)
    evidence: dict[tuple[str, str, str], PairEvidence] = {}
    for chunk in chunks:
        _add_counts(table, chunk, groups)
        for key, found in chunk.pairs.items():
            known = evidence.get(key)
            if known is None:
                evidence[key] = found
            else:
                known.add(found)
        if len(evidence) > _MAX_PAIRS:
            evidence = _without_weakest(evidence, groups)
            left = {groups[english] for english, _japanese, _form in evidence}
            table.terms = {key: found for key, found in table.terms.items() if key in left}
    _add_pairs(table, evidence, groups)
    return table


class _Groups(dict[str, str]):
    """The keys of English terms as written, computed on first use."""

    def __init__(self, background: Background) -> None:
        super().__init__()
        seeds = [seed for found in background.seeds.values() for seed in found]
        self.seeds = {seed_group(seed) for seed in seeds}
        self._plurals = {seed.text.lower(): seed_group(seed) for seed in seeds if seed.is_plural}

    def __missing__(self, text: str) -> str:
        key = self[text] = self._plurals.get(text.lower()) or english_group(text)
        return key


def _add_counts(table: PairTable, chunk: PairedChunk, groups: _Groups) -> None:
    """Add the occurrences, dates and abbreviations of a chunk."""
    for text, count in chunk.english.items():
        key = groups[text]
        table.occurrences[key] = table.occurrences.get(key, 0) + count
    for key, found in chunk.terms.items():
        if key in table.terms:
            table.terms[key].add(found)
        else:
            table.terms[key] = found
    for name, date in chunk.dates.items():
        table.dates.setdefault(document_of(name), date)
    for (long, short), count in chunk.abbreviations.items():
        known = table.abbreviations.setdefault(groups[long], {})
        known[short] = known.get(short, 0) + count


def _without_weakest(
    evidence: dict[tuple[str, str, str], PairEvidence], groups: _Groups
) -> dict[tuple[str, str, str], PairEvidence]:
    """Return the evidence that fits in memory."""
    least = _MIN_DROPPED_QUALITY
    while len(evidence) > _MAX_PAIRS and least < 1.0:
        evidence = {
            key: found
            for key, found in evidence.items()
            if found.count > 1 or found.quality >= least or (groups.seeds and groups[key[0]] in groups.seeds)
        }
        groups.clear()
        least += _DROPPED_QUALITY_STEP
    return evidence


def _add_pairs(table: PairTable, evidence: dict[tuple[str, str, str], PairEvidence], groups: _Groups) -> None:
    """Add the pairs, with all spellings of two terms as one pair."""
    for (english, japanese, form), found in evidence.items():
        shown = form if form and form not in VERBAL_ENDINGS else japanese
        row = table.pairs.setdefault(groups[english], {})
        pair = row.setdefault(okurigana_key(shown) or shown, Pair())
        pair.english[english] = pair.english.get(english, 0) + found.count
        pair.japanese[shown] = pair.japanese.get(shown, 0) + found.count
        if form:
            pair.forms[form] = pair.forms.get(form, 0) + found.count
        pair.count += found.count
        pair.quality += found.quality
        pair.evidence.setdefault((english, shown), []).append((japanese, found))
