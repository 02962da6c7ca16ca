"""Evidence of all chunks by pair of terms, in whatever spelling a term stands.

What is weak and seen once is most of what a large memory gives, and little of it is right. When there is more
than memory should hold, the weakest goes first; terms that are wanted in any case stay.
"""

from collections.abc import Iterable

import attrs

from alliance_ref.extraction.background import Knowledge, Seed
from alliance_ref.extraction.inputs import document_of
from alliance_ref.extraction.records import MOST_PLACES, Evidence, Paired, Place
from alliance_ref.records.values import PartialDate
from alliance_ref.text.keys import english_key, okurigana_key

ADDED = ("する", "に")
"""What may stand behind a noun and be part of the rendering: implement is 実装する."""

_MOST_PAIRS = 300_000

Both = tuple[str, str]
"""An English and a Japanese term as they stand."""


@attrs.define
class Pair:
    """All that was found of one English term and one Japanese one, in whatever spelling."""

    english: dict[str, int] = attrs.field(factory=dict)
    japanese: dict[str, int] = attrs.field(factory=dict)
    forms: dict[str, int] = attrs.field(factory=dict)
    count: int = 0
    quality: float = 0.0
    evidence: dict[Both, list[tuple[str, Evidence]]] = attrs.field(factory=dict)

    def of(self, both: Both) -> int:
        """How often it stands in one spelling."""
        return sum(evidence.count for _text, evidence in self.evidence[both])

    def places(self, both: Both) -> list[tuple[str, Place]]:
        """The first places of one spelling, with the Japanese that stands there."""
        return [(text, place) for text, evidence in self.evidence[both] for place in evidence.places][
            :MOST_PLACES
        ]

    def uses(self, both: Both) -> dict[str, int]:
        """How often each document has it in one spelling."""
        found: dict[str, int] = {}
        for _text, evidence in self.evidence[both]:
            for name, count in evidence.documents.items():
                document = document_of(name)
                found[document] = found.get(document, 0) + count
        return found


@attrs.define
class Table:
    """What all chunks say: the pairs by their keys, and what stands beside them."""

    pairs: dict[str, dict[str, Pair]] = attrs.field(factory=dict)
    occurs: dict[str, int] = attrs.field(factory=dict)
    dates: dict[str, PartialDate] = attrs.field(factory=dict)
    abbreviations: dict[str, dict[str, int]] = attrs.field(factory=dict)


def english_group(text: str) -> str:
    """The key under which an English term's spellings meet."""
    return english_key(text).replace(" ", "") or text.casefold()


def seed_group(seed: Seed) -> str:
    """The key of a term that is wanted; one given in the plural has a key of its own."""
    return english_group(seed.text) + ("+" if seed.is_plural else "")


def collect(chunks: Iterable[Paired], knowledge: Knowledge) -> Table:
    """The evidence of all chunks, taken in their order."""
    table = Table()
    groups: dict[str, str] = {}
    seeds = [seed for found in knowledge.seeds.values() for seed in found]
    plurals = {seed.text.lower(): seed_group(seed) for seed in seeds if seed.is_plural}
    wanted = {seed_group(seed) for seed in seeds}

    def group(text: str) -> str:
        key = groups.get(text)
        if key is None:
            key = groups[text] = plurals.get(text.lower()) or english_group(text)
        return key

    raw: dict[tuple[str, str, str], Evidence] = {}
    for chunk in chunks:
        for text, count in chunk.english.items():
            key = group(text)
            table.occurs[key] = table.occurs.get(key, 0) + count
        for name, date in chunk.dates.items():
            table.dates.setdefault(document_of(name), date)
        for (long, short), count in chunk.abbreviations.items():
            known = table.abbreviations.setdefault(group(long), {})
            known[short] = known.get(short, 0) + count
        for where, evidence in chunk.pairs.items():
            mine = raw.get(where)
            if mine is None:
                raw[where] = evidence
            else:
                mine.add(evidence)
        least = 0.3
        while len(raw) > _MOST_PAIRS and least < 1.0:
            raw = {
                where: evidence
                for where, evidence in raw.items()
                if evidence.count > 1 or evidence.quality >= least or (wanted and group(where[0]) in wanted)
            }
            groups.clear()
            least += 0.1
    for (english, japanese, form), evidence in raw.items():
        shown = form if form and form not in ADDED else japanese
        row = table.pairs.setdefault(group(english), {})
        pair = row.setdefault(okurigana_key(shown) or shown, Pair())
        pair.english[english] = pair.english.get(english, 0) + evidence.count
        pair.japanese[shown] = pair.japanese.get(shown, 0) + evidence.count
        if form:
            pair.forms[form] = pair.forms.get(form, 0) + evidence.count
        pair.count += evidence.count
        pair.quality += evidence.quality
        pair.evidence.setdefault((english, shown), []).append((japanese, evidence))
    return table
