"""Does every entry belong to the whole, and say where it comes from?"""

from collections.abc import Iterator

from alliance_ref.checks.codes import finding
from alliance_ref.codec.integrity import links
from alliance_ref.records import Concept, Document, Finding
from alliance_ref.reference import Reference

_UNREAD = "research-notes"
"""The id of the source that is cited for what is known but was not read anywhere."""


def check_links(reference: Reference) -> Iterator[Finding]:
    """Findings on orphans, on names and texts that lack a language, and on marks."""
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
            yield finding("E103", entry.id, "nothing points at it and it points at nothing")
        for lang, template in (("en", "has no English name"), ("ja", "has no Japanese name")):
            if not any(item.lang == lang for item in entry.names):
                yield finding("E401", entry.id, template)
        if (entry.definition if isinstance(entry, Concept) else entry.summary) is None:
            yield finding("E401", entry.id, "has no summary")
        sources = list(entry.sources)
        for item in entry.names:
            sources += item.sources
        if isinstance(entry, Document):
            for figure in entry.figures:
                sources += figure.sources
        for source in sources:
            if source.id == _UNREAD and source.mark == "verified":
                yield finding(
                    "E402", entry.id, "cites the notes as verified, without a word on where it was read"
                )
