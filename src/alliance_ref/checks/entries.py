"""Check entries: links, both languages, sources, and the dates of documents and offices."""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from alliance_ref.checks.codes import CODES
from alliance_ref.codec.integrity import links
from alliance_ref.records import Concept, Document, Entry, Finding, Person, Source, Tenure
from alliance_ref.records.values import LANGS
from alliance_ref.reference import Reference

_UNREAD_SOURCE = "research-notes"
"""The id of the source that is cited for facts that were not read in any source."""

_HANDOVER = datetime.timedelta(days=31)
"""Longest overlap of two tenures of one office that counts as a handover."""

_BACKWARD = frozenset(("cites", "follows", "implements", "replaces", "discusses", "reworks"))


def check_entries(reference: Reference) -> Iterator[Finding]:
    """Yield the findings on isolated entries, missing names and texts, and unsupported marks."""
    linked = _linked_ids(reference)
    for entry in reference.entries():
        if entry.id not in linked:
            yield CODES["E103"].finding(entry.id)
        for lang in LANGS:
            if not entry.names_in(lang):
                yield CODES["E401"].finding(entry.id, lang)
        if (entry.definition if isinstance(entry, Concept) else entry.summary) is None:
            yield CODES["E401"].finding(entry.id, "summary")
        for source in _sources(entry):
            if source.id == _UNREAD_SOURCE and source.mark == "verified":
                yield CODES["E402"].finding(entry.id)


def _linked_ids(reference: Reference) -> set[str]:
    """Return the ids of the entries that refer to another entry, or that another one refers to."""
    linked: set[str] = set()
    for entry in reference.entries():
        targets = {target for _, target, _ in links(entry)} - {entry.id}
        linked |= targets
        if targets:
            linked.add(entry.id)
    for topic in reference.topics():
        linked.update(topic.mentions)
    return linked


def _sources(entry: Entry) -> Iterator[Source]:
    yield from entry.sources
    for name in entry.names:
        yield from name.sources
    for figure in entry.figures if isinstance(entry, Document) else ():
        yield from figure.sources


def check_dates(reference: Reference) -> Iterator[Finding]:
    """Yield the findings on the dates of documents and offices."""
    for document in reference.documents():
        yield from _document(document, reference)
    persons = reference.entries(kinds="person")
    for person in persons:
        yield from _person(person)
    yield from _offices(persons)


def _document(document: Document, reference: Reference) -> Iterator[Finding]:
    if document.issued is None:
        return
    for relation in document.relations:
        if relation.kind in _BACKWARD:
            other = reference.document(relation.target)
            if other.issued is not None and other.issued.earliest() > document.issued.latest():
                yield CODES["E201"].finding(
                    document.id, relation=relation.kind, id=other.id, date=str(other.issued)
                )
    start = document.in_force.start
    if start is not None and start.latest() < document.issued.earliest():
        yield CODES["E202"].finding(document.id, start=str(start), date=str(document.issued))


def _person(person: Person) -> Iterator[Finding]:
    birth, death = person.life.start, person.life.end
    for tenure in person.tenures:
        start, end = tenure.period.start, tenure.period.end
        if birth is not None and start is not None and start.latest() < birth.earliest():
            values = {"office": tenure.office, "start": str(start), "birth": str(birth)}
            yield CODES["E203"].finding(person.id, "before-birth", **values)
        if death is not None and end is not None and end.earliest() > death.latest():
            values = {"office": tenure.office, "end": str(end), "death": str(death)}
            yield CODES["E203"].finding(person.id, "after-death", **values)


def _offices(persons: tuple[Person, ...]) -> Iterator[Finding]:
    """Yield the offices whose consecutive holders overlap for longer than a handover."""
    held: dict[tuple[str, str | None], list[tuple[Person, Tenure]]] = defaultdict(list)
    for person in persons:
        for tenure in person.tenures:
            if tenure.period.start is not None and tenure.period.end is not None:
                held[tenure.office.en, tenure.organization].append((person, tenure))
    for holders in held.values():
        holders.sort(key=lambda holder: str(holder[1].period.start))
        for (first, earlier), (second, later) in pairwise(holders):
            assert earlier.period.end is not None
            assert later.period.start is not None
            if (
                later.period.start.latest() + _HANDOVER < earlier.period.end.earliest()
                and first is not second
            ):
                yield CODES["W204"].finding(
                    first.id,
                    office=earlier.office,
                    end=str(earlier.period.end),
                    id=second.id,
                    start=str(later.period.start),
                )
