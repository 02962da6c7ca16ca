"""Writes the pages made from the data: documents, kinds of entries, glossaries, timeline, topics, names.

Each is a few lines that call a directive of ``alliance_ref.sphinxext``, the same for both languages: titles
are roles, which name things in the language of the page. A page that did not change is not touched, so that
an incremental build leaves it alone.
"""

from collections.abc import Iterator
from pathlib import Path

import alliance_ref as ar

FOLDER = "alliance"
KINDS = {
    "person": "Persons",
    "organization": "Bodies",
    "place": "Places",
    "event": "Events",
    "concept": "Concepts",
}


def write_pages(docs: Path) -> None:
    """Write the pages into a folder of *docs*, and remove those that no longer belong there."""
    folder = docs / FOLDER
    wanted = {folder / name: text for name, text in _pages()}
    for path in set(folder.rglob("*.md")) - set(wanted):
        path.unlink()
    for path, text in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def _pages() -> Iterator[tuple[str, str]]:
    documents = [document.id for document in ar.documents() if document.passages]
    for document_id in documents:
        yield (
            f"documents/{document_id}.md",
            (f"# {{alliance:label}}`{document_id}`\n\n```{{alliance:document}} {document_id}\n```\n"),
        )
    without = [document.id for document in ar.documents() if not document.passages]
    listed = "\n".join([*documents, *(["others"] if without else [])])
    yield "documents/index.md", f"# Documents\n\n```{{toctree}}\n:maxdepth: 1\n\n{listed}\n```\n"
    if without:
        yield (
            "documents/others.md",
            (f"# Documents without passages\n\n```{{alliance:entries}}\n:ids: {' '.join(without)}\n```\n"),
        )
    for kind, title in KINDS.items():
        yield f"{kind}s.md", f"# {title}\n\n```{{alliance:entries}}\n:kinds: {kind}\n```\n"
    for lang, title in (("en", "Glossary in English order"), ("ja", "Glossary in the order of the kana")):
        yield f"glossary-{lang}.md", f"# {title}\n\n```{{alliance:glossary}}\n:order: {lang}\n```\n"
    yield "timeline.md", "# Timeline\n\n```{alliance:timeline}\n```\n"
    yield (
        "topics.md",
        (
            "# From agenda to outcome\n\n## Items of an agenda\n\n```{alliance:topics}\n:kind: agenda\n```\n\n"
            "## Then and now\n\n```{alliance:topics}\n:kind: comparison\n```\n"
        ),
    )
    yield "names.md", "# Find a name\n\n```{alliance:name-search}\n```\n"
