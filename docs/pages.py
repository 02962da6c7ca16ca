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
    "person": "Persons | 人物",
    "organization": "Bodies | 組織",
    "place": "Places | 地名・施設",
    "event": "Events | 出来事",
}
CONCEPTS = {
    "alliance-and-treaty": (
        "Concepts: the alliance and the treaty | 概念：同盟と条約",
        (
            "alliance",
            "alliance coordination",
            "alliance politics",
            "alliance theory",
            "treaty",
            "law",
            "policy principle",
        ),
    ),
    "strategy-and-threats": (
        "Concepts: strategy, threats and deterrence | 概念：戦略・脅威・抑止",
        (
            "strategy",
            "threats",
            "deterrence",
            "contingency",
            "cyber",
            "economic security",
            "military capability",
            "force development",
            "space",
        ),
    ),
    "cooperation-and-operations": (
        "Concepts: defense cooperation and operations | 概念：防衛協力と運用",
        (
            "defense cooperation",
            "operations",
            "exercises",
            "logistics",
            "overseas activities of the SDF",
            "command",
            "units",
            "intelligence",
            "information",
        ),
    ),
    "realignment-and-bases": (
        "Concepts: realignment and bases | 概念：再編と基地",
        ("realignment", "bases", "noise and training", "airspace"),
    ),
    "equipment-and-missile-defense": (
        "Concepts: equipment and missile defense | 概念：装備とミサイル防衛",
        ("missile defense", "aircraft", "ships", "ground and air-defense equipment", "equipment"),
    ),
    "budget-and-procurement": (
        "Concepts: budget, costs and procurement | 概念：予算・経費・調達",
        ("budget", "cost sharing", "procurement"),
    ),
    "politics-and-history": (
        "Concepts: world politics, diplomacy and history | 概念：国際政治・外交・歴史",
        ("world politics", "diplomacy", "history", "geography", "economy", "offices", "document type"),
    ),
}
"""The pages of concepts, each with its subject fields, every field on one page."""

_ORDER_ONLY = "---\nnosearch: true\n---\n\n"
"""At the head of pages that say once more what another page says, so that a search finds that one."""


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
    yield "documents/index.md", f"{_title('Documents | 文書')}```{{toctree}}\n:maxdepth: 1\n\n{listed}\n```\n"
    if without:
        ids = " ".join(without)
        yield (
            "documents/others.md",
            (
                f"{_title('Documents without passages | 段落を収めていない文書')}"
                f"```{{alliance:entries}}\n:ids: {ids}\n```\n"
            ),
        )
    for kind, title in KINDS.items():
        yield f"{kind}s.md", f"{_title(title)}```{{alliance:entries}}\n:kinds: {kind}\n```\n"
    yield from _concepts()
    glossaries = {
        "en": "Glossary in English order | 用語集（英語順）",
        "ja": "Glossary in the order of the kana | 用語集（五十音順）",
    }
    for lang, title in glossaries.items():
        yield (
            f"glossary-{lang}.md",
            f"{_ORDER_ONLY}{_title(title)}```{{alliance:glossary}}\n:order: {lang}\n:by: letter\n```\n",
        )
    title = "Glossary by subject | 用語集（分野別）"
    yield "glossary-subjects.md", f"{_title(title)}```{{alliance:glossary}}\n:by: subject\n```\n"
    yield (
        "timeline.md",
        (
            f"{_title('Timeline | 年表')}"
            f"{_title('As a picture | 図', 2)}```{{alliance:timeline}}\n:no-list:\n```\n\n"
            f"{_title('As a list, with links | 一覧（リンク付き）', 2)}"
            "```{alliance:timeline}\n:no-picture:\n```\n"
        ),
    )
    yield (
        "topics.md",
        (
            f"{_title('From agenda to outcome | 議題から結果まで')}"
            f"{_title('Items of an agenda | 議題', 2)}```{{alliance:topics}}\n:kind: agenda\n```\n\n"
            f"{_title('Then and now | 比較', 2)}```{{alliance:topics}}\n:kind: comparison\n```\n"
        ),
    )
    yield "names.md", f"{_title('Find a name | 名称検索')}```{{alliance:name-search}}\n```\n"


def _concepts() -> Iterator[tuple[str, str]]:
    placed = [field for _, fields in CONCEPTS.values() for field in fields]
    held = {entry.subject_field for entry in ar.entries(kinds="concept")}
    if len(placed) != len(set(placed)) or held != set(placed):
        raise ValueError(f"CONCEPTS in docs/pages.py: {', '.join(sorted(held.symmetric_difference(placed)))}")
    for name, (title, fields) in CONCEPTS.items():
        options = f":kinds: concept\n:subjects: {', '.join(fields)}\n:by: subject"
        yield f"concepts/{name}.md", f"{_title(title)}```{{alliance:entries}}\n{options}\n```\n"
    listed = "\n".join(CONCEPTS)
    yield "concepts/index.md", f"{_title('Concepts | 概念')}```{{toctree}}\n:maxdepth: 2\n\n{listed}\n```\n"


def _title(text: str, level: int = 1) -> str:
    return f"{'#' * level} {{alliance:either}}`{text}`\n\n"
