"""The commands that show the reference: documents, show, timeline, topics."""

import argparse

from alliance_ref.cli.entry_pages import entry_page, passage_page, topic_page
from alliance_ref.cli.i18n import _, current_language, value_label
from alliance_ref.cli.io import print_lines
from alliance_ref.cli.layout import beside, table, terminal_columns
from alliance_ref.records.documents import Document
from alliance_ref.reference import load
from alliance_ref.text.cell_width import width


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
    head = (_("id"), _("issued"), _("passages"), "English", "日本語")
    print_lines(table([head, *rows], terminal_columns()))
    return 0


def show(options: argparse.Namespace) -> int:
    """Show a document, a passage, a topic or any other entry."""
    reference = load()
    if options.id not in reference and options.id in {topic.id for topic in reference.topics()}:
        print_lines(topic_page(reference.topic(options.id), options.lang))
        return 0
    if "#" in options.id:
        print_lines(passage_page(reference.passage(options.id), options.lang))
        return 0
    entry = reference.entry(options.id)
    print_lines(entry_page(entry, reference, options.lang))
    if isinstance(entry, Document):
        for passage in entry.passages:
            print_lines(["", *passage_page(passage, options.lang)])
    return 0


def timeline(options: argparse.Namespace) -> int:
    """Print dated entries, earliest first."""
    columns = terminal_columns()
    lang = options.lang or current_language()
    items = load().timeline(start=options.start, end=options.end, kinds=options.kind, lang=lang)
    ja = lang == "ja"
    rows = [(item.when.ja if ja else item.when.en, item.what.ja if ja else item.what.en) for item in items]
    dates = max((width(when) for when, _ in rows), default=0)
    for when, what in rows:
        print_lines(beside((when, what), (dates, columns - dates - 2), rule="  "))
    return 0


def topics(_options: argparse.Namespace) -> int:
    """List the topics: id, kind, outcome, title in both languages."""
    rows = [
        (
            topic.id,
            value_label("topic-kind", topic.kind),
            value_label("topic-outcome", topic.outcome),
            topic.title.en,
            topic.title.ja,
        )
        for topic in load().topics()
    ]
    head = (_("id"), _("kind"), _("outcome"), "English", "日本語")
    print_lines(table([head, *rows], terminal_columns()))
    return 0
