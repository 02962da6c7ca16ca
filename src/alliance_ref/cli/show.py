"""The commands that look into the reference: documents, show, lookup, timeline, topics."""

import argparse
import json
from collections.abc import Iterable

from alliance_ref.cli.entry_pages import entry_page, passage_page, topic_page
from alliance_ref.cli.i18n import _, called, spoken
from alliance_ref.cli.layout import beside, table, terminal_columns, width
from alliance_ref.records.documents import Document
from alliance_ref.records.matches import Match
from alliance_ref.records.values import Lang
from alliance_ref.reference import load

_LANGS: tuple[Lang, Lang] = ("en", "ja")


def documents(_options: argparse.Namespace) -> int:
    """List the documents: id, date, number of passages, title in both languages."""
    rows = [
        (
            document.id,
            str(document.issued),
            str(len(document.passages) or "–"),
            document.label("en"),
            document.label("ja"),
        )
        for document in load().documents()
    ]
    _print(table([(_("id"), _("issued"), _("passages"), "English", "日本語"), *rows], terminal_columns()))
    return 0


def show(options: argparse.Namespace) -> int:
    """Show a document, a passage, a topic or any other entry."""
    reference = load()
    if options.id not in reference and options.id in {topic.id for topic in reference.topics()}:
        _print(topic_page(reference.topic(options.id), options.lang))
        return 0
    if "#" in options.id:
        _print(passage_page(reference.passage(options.id), options.lang))
        return 0
    entry = reference.entry(options.id)
    _print(entry_page(entry, reference, options.lang))
    if isinstance(entry, Document):
        for passage in entry.passages:
            _print(["", *passage_page(passage, options.lang)])
    return 0


def timeline(options: argparse.Namespace) -> int:
    """Print what is dated, the earliest first."""
    columns = terminal_columns()
    lang = options.lang or spoken()
    items = load().timeline(start=options.start, end=options.end, kinds=options.kind, lang=lang)
    ja = lang == "ja"
    rows = [(item.when.ja if ja else item.when.en, item.what.ja if ja else item.what.en) for item in items]
    room = max((width(when) for when, _ in rows), default=0)
    for when, what in rows:
        _print(beside((when, what), (room, columns - room - 2), rule="  "))
    return 0


def topics(_options: argparse.Namespace) -> int:
    """List the topics: id, outcome, title in both languages."""
    rows = [
        (
            topic.id,
            called("topic-kind", topic.kind),
            called("topic-outcome", topic.outcome),
            topic.title.en,
            topic.title.ja,
        )
        for topic in load().topics()
    ]
    _print(table([(_("id"), _("kind"), _("outcome"), "English", "日本語"), *rows], terminal_columns()))
    return 0


def lookup(options: argparse.Namespace) -> int:
    """Print the entries that a query names; status 1 if there is none."""
    matches = load().lookup(
        options.query, lang=options.lang, kinds=options.kind, as_of=options.as_of, limit=options.limit
    )
    if options.json:
        print(json.dumps([_match(match) for match in matches], ensure_ascii=False, indent=2))
    elif matches:
        _print(
            table(
                [
                    (
                        match.entry.id,
                        called("entry-kind", match.entry.kind),
                        f"{match.score:.2f} {called('match-reason', match.reason)}",
                        match.entry.label("en"),
                        match.entry.label("ja"),
                    )
                    for match in matches
                ],
                terminal_columns(),
            )
        )
    else:
        print(_("nothing is called {query} here").format(query=repr(options.query)))
    return 0 if matches else 1


def _match(match: Match) -> dict[str, object]:
    entry = match.entry
    return {
        "id": entry.id,
        "kind": entry.kind,
        "en": entry.label("en"),
        "ja": entry.label("ja"),
        "score": match.score,
        "reason": match.reason,
        "matched": {"text": match.name.text, "lang": match.name.lang, "status": match.name.status},
        "names": [
            {"text": name.text, "lang": name.lang, "status": name.status, "reading": name.reading}
            for name in entry.names
        ],
    }


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)
