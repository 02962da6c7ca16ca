"""Are the dates possible, and in order?"""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from alliance_ref.checks.codes import finding
from alliance_ref.records import Document, Finding, Person, Tenure
from alliance_ref.reference import Reference

_HANDOVER = datetime.timedelta(days=31)
_BACKWARD = frozenset(("cites", "follows", "implements", "replaces", "discusses", "reworks"))


def check_dates(reference: Reference) -> Iterator[Finding]:
    """Findings on documents and offices."""
    for document in reference.documents():
        yield from _document(document, reference)
    persons = reference.entries(kind="person")
    for person in persons:
        yield from _person(person)
    yield from _offices(persons)


def _document(document: Document, reference: Reference) -> Iterator[Finding]:
    for relation in document.relations:
        if relation.kind in _BACKWARD:
            other = reference.document(relation.target)
            if other.issued.earliest() > document.issued.latest():
                yield finding(
                    "E201",
                    document.id,
                    "{relation} {id}, which was issued later ({date})",
                    relation=relation.kind,
                    id=other.id,
                    date=other.issued,
                )
    start = document.in_force.start
    if start is not None and start.latest() < document.issued.earliest():
        template = "in force from {start}, issued {date}"
        yield finding("E202", document.id, template, start=start, date=document.issued)


def _person(person: Person) -> Iterator[Finding]:
    birth, death = person.life.start, person.life.end
    for tenure in person.tenures:
        start, end = tenure.period.start, tenure.period.end
        if birth is not None and start is not None and start.latest() < birth.earliest():
            template = "{office} from {start}, born {birth}"
            yield finding("E203", person.id, template, office=tenure.office.en, start=start, birth=birth)
        if death is not None and end is not None and end.earliest() > death.latest():
            template = "{office} until {end}, died {death}"
            yield finding("E203", person.id, template, office=tenure.office.en, end=end, death=death)


def _offices(persons: tuple[Person, ...]) -> Iterator[Finding]:
    """Offices with one holder at a time: those of a body that anybody follows anybody in."""
    held: dict[tuple[str, str | None], list[tuple[Person, Tenure]]] = defaultdict(list)
    for person in persons:
        for tenure in person.tenures:
            if tenure.period.start is not None and tenure.period.end is not None:
                held[tenure.office.en, tenure.organization].append((person, tenure))
    for (office, _), holders in held.items():
        holders.sort(key=lambda holder: str(holder[1].period.start))
        for (first, earlier), (second, later) in pairwise(holders):
            assert earlier.period.end is not None
            assert later.period.start is not None
            if (
                later.period.start.latest() + _HANDOVER < earlier.period.end.earliest()
                and first is not second
            ):
                yield finding(
                    "W204",
                    first.id,
                    "{office} until {end}, {id} from {start}",
                    office=office,
                    end=earlier.period.end,
                    id=second.id,
                    start=later.period.start,
                )
