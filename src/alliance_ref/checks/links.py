"""Check that every entry is linked to others, complete in both languages and sourced."""

from collections.abc import Iterator

from alliance_ref.checks.codes import CODES
from alliance_ref.codec.integrity import links
from alliance_ref.records import Concept, Document, Finding
from alliance_ref.records.values import LANGS
from alliance_ref.reference import Reference

_UNREAD_SOURCE = "research-notes"
"""The id of the source that is cited for what is known but was not read anywhere."""


def check_links(reference: Reference) -> Iterator[Finding]:
    """Yield the findings on isolated entries, missing names and texts, and unsupported marks."""
    linked: set[str] = set()
    for entry in reference.entries():
        targets = {target for _, target, _ in links(entry)} - {entry.id}
        linked |= targets
        if targets:
            linked.add(entry.id)
    for topic in reference.topics():
        linked.update(topic.mentions)
    for entry in reference.entries():
        if entry.id not in linked:
            yield CODES["E103"].finding(entry.id)
        for lang in LANGS:
            if not any(item.lang == lang for item in entry.names):
                yield CODES["E401"].finding(entry.id, lang)
        if (entry.definition if isinstance(entry, Concept) else entry.summary) is None:
            yield CODES["E401"].finding(entry.id, "summary")
        sources = list(entry.sources)
        for item in entry.names:
            sources += item.sources
        if isinstance(entry, Document):
            for figure in entry.figures:
                sources += figure.sources
        for source in sources:
            if source.id == _UNREAD_SOURCE and source.mark == "verified":
                yield CODES["E402"].finding(entry.id)
