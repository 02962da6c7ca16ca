"""Check references: every id in the data must be that of an entry of the right kind."""

from collections.abc import Container, Iterable, Iterator, Mapping
from difflib import get_close_matches

from alliance_ref.errors import Problem
from alliance_ref.messages import N_, message_text
from alliance_ref.records import Concept, Document, Entry, Event, Organization, Person, Place, Topic

USED_TWICE = N_("id {id!r} is used more than once")

Link = tuple[str, str, str | None]
"""The path of a reference, the id, and the required kind (``None``: any)."""


def reference_problems(records: Iterable[tuple[str, str, Entry]], kinds: Mapping[str, str]) -> list[Problem]:
    """Return the invalid references of entries, given as (file, path in the file, entry).

    *kinds* has the kind of every id, including those of entries that cannot be decoded.
    """
    problems = []
    for file, path, entry in records:
        for where, target, kind in links(entry):
            here = f"{path}.{where}"
            if target not in kinds:
                near = get_close_matches(target, kinds, n=1)
                message = message_text("no entry {id!r}", id=target)
                if near:
                    message = message_text("no entry {id!r}; did you mean {name!r}?", id=target, name=near[0])
                problems.append(Problem(file, here, message, "E102"))
            elif kind is not None and kinds[target] != kind:
                template = N_("{id!r} is of the kind {kind}, not {wanted}")
                message = message_text(template, id=target, kind=kinds[target], wanted=kind)
                problems.append(Problem(file, here, message, "E102"))
    return problems


def topic_problems(
    topics: Iterable[tuple[str, Topic]],
    kinds: Mapping[str, str],
    passages: Container[str],
    known_passages: Container[str] = frozenset(),
) -> list[Problem]:
    """Return the duplicate ids and invalid references of topics, given with their paths.

    Args:
        topics: The topics with their paths.
        kinds: The kind of every id.
        passages: The ids of the passages of the same folder.
        known_passages: The ids of the passages of the reference that the folder extends.
    """
    problems = []
    seen: set[str] = set()
    for path, topic in topics:
        wrong = []
        if topic.id in kinds or topic.id in seen:
            wrong.append((f"{path}.id", message_text(USED_TWICE, id=topic.id), "E101"))
        seen.add(topic.id)
        for at, mention in enumerate(topic.mentions):
            if mention not in kinds:
                message = message_text("no entry {id!r}", id=mention)
                wrong.append((f"{path}.mentions[{at}]", message, "E102"))
        for at, side in enumerate(topic.sides):
            if side.passage not in passages and side.passage not in known_passages:
                message = message_text("no passage {id!r}", id=side.passage)
                wrong.append((f"{path}.sides[{at}].passage", message, "E102"))
        problems += [Problem("topics.toml", *item) for item in wrong]
    return problems


def links(entry: Entry) -> Iterator[Link]:
    """Yield every reference of *entry*."""
    yield from _all("see_also", entry.see_also, None)
    if isinstance(entry, Person):
        for at, tenure in enumerate(entry.tenures):
            yield from _one(f"tenures[{at}].organization", tenure.organization, "organization")
    elif isinstance(entry, Organization):
        for name in ("parent", "predecessor", "successor"):
            yield from _one(name, getattr(entry, name), "organization")
        yield from _one("seat", entry.seat, "place")
    elif isinstance(entry, Place):
        yield from _one("country", entry.country, "place")
        yield from _one("within", entry.within, "place")
    elif isinstance(entry, Event):
        yield from _one("place", entry.place, "place")
        yield from _all("participants", entry.participants, None)
        yield from _all("results", entry.results, "document")
    elif isinstance(entry, Concept):
        for name in ("broader", "narrower", "related"):
            yield from _all(name, getattr(entry, name), "concept")
    elif isinstance(entry, Document):
        yield from _document_links(entry)


def _document_links(document: Document) -> Iterator[Link]:
    yield from _all("authors", document.authors, None)
    yield from _one("publisher", document.publisher, "organization")
    yield from _one("place", document.place, "place")
    yield from _all("parties", document.parties, None)
    for at, relation in enumerate(document.relations):
        yield f"relations[{at}].target", relation.target, "document"
    for at, passage in enumerate(document.passages):
        here = f"passages[{at}]"
        yield from _all(f"{here}.mentions", passage.mentions, None)
        yield from _all(f"{here}.homographs", passage.homographs, None)
        for number, quotation in enumerate(passage.quotations):
            yield from _one(f"{here}.quotations[{number}].cites", quotation.cites, "document")


def _one(where: str, target: str | None, kind: str | None) -> Iterator[Link]:
    if target is not None:
        yield where, target, kind


def _all(where: str, targets: Iterable[str], kind: str | None) -> Iterator[Link]:
    for at, target in enumerate(targets):
        yield f"{where}[{at}]", target, kind
