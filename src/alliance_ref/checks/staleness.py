"""Check for data that looks stale: endings and plans that time has overtaken.

The data covers the alliance up to the date of its edition. Three things in an entry show that it was not
updated: a body, an office or a law that has a successor and no end; and a summary that speaks of a year of
the past as if it were still to come, for example:

    summary.en = "Air wing that is to move to Iwakuni by 2014."
"""

import re
from collections.abc import Iterator

from alliance_ref.checks.codes import CODES
from alliance_ref.records import Concept, Document, Entry, Finding, Organization, Person
from alliance_ref.reference import Reference

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_PLANS = (
    re.compile(
        r"\b(?:will|shall|(?:is|are|was|were) (?:(?:due|planned|expected|scheduled) )?to|plans to|due)\b"
        r"[^.;]*?\b(?:by|in|from|until) (?:the end of |early |late )?"
        rf"(?:[A-Z][a-z]+ )?(?:\d+, )?(?:FY ?)?{_YEAR}"
    ),
    re.compile(
        rf"{_YEAR}年[^。]*?(?:まで|以降)[^。]*(?:予定(?:である|だ|。)|計画である|見込みである|こととされた。)"
    ),
)
"""Sentences that announce something for a year, in English and Japanese."""

_OVERTAKEN = re.compile(
    r"\b(?:completed|took place|was replaced|did so|instead|postponed|failed|ended|came)\b"
    r"|完了|実現|延期|廃止|終了|実際には"
)
"""Words that say what came of an announcement; a text with one of them is up to date."""


def check_staleness(reference: Reference) -> Iterator[Finding]:
    """Yield the findings on entries that look older than the edition of the data."""
    edition = re.match(r"(?:19|20)\d\d", reference.edition)
    organizations = reference.entries(kinds="organization")
    for organization in organizations:
        yield from _organization(organization, organizations)
    yield from _laws(reference.documents())
    yield from _tenures(reference.entries(kinds="person"))
    if edition:
        for entry in reference.entries():
            yield from _plans(entry, int(edition[0]))


def _organization(organization: Entry, organizations: tuple[Entry, ...]) -> Iterator[Finding]:
    assert isinstance(organization, Organization)
    if organization.period.end is not None:
        return
    later = [
        other.id
        for other in organizations
        if isinstance(other, Organization) and other.predecessor == organization.id
    ]
    successor = organization.successor or next(iter(later), None)
    if successor is not None:
        yield CODES["W205"].finding(organization.id, "succeeded", id=successor)


def _laws(documents: tuple[Document, ...]) -> Iterator[Finding]:
    by_id = {document.id: document for document in documents}
    for document in documents:
        for relation in document.relations:
            replaced = by_id[relation.target]
            if (
                relation.kind == "replaces"
                and replaced.in_force.start is not None
                and replaced.in_force.end is None
            ):
                yield CODES["W205"].finding(replaced.id, "succeeded", id=document.id)


def _tenures(persons: tuple[Entry, ...]) -> Iterator[Finding]:
    """Yield the open tenures of offices that another person has taken up later."""
    tenures = [
        (person.id, tenure) for person in persons if isinstance(person, Person) for tenure in person.tenures
    ]
    for person_id, tenure in tenures:
        start = tenure.period.start
        if start is None or tenure.period.end is not None:
            continue
        for other_id, other in tenures:
            if (
                other_id != person_id
                and (other.office, other.organization) == (tenure.office, tenure.organization)
                and other.period.start is not None
                and other.period.start.earliest() > start.latest()
            ):
                yield CODES["W205"].finding(person_id, "open-tenure", office=tenure.office, id=other_id)
                break


def _plans(entry: Entry, edition: int) -> Iterator[Finding]:
    text = entry.definition if isinstance(entry, Concept) else entry.summary
    if text is None:
        return
    for pattern, said in zip(_PLANS, (text.en, text.ja), strict=True):
        found = pattern.search(said)
        if found and int(found["year"]) <= edition and not _OVERTAKEN.search(said):
            yield CODES["W205"].finding(entry.id, "past-plan", words=found[0], year=found["year"])
