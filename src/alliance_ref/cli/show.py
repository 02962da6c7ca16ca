"""The commands that show the reference: documents, show, timeline, topics, who."""

import argparse
import sys

from alliance_ref.cli.entry_pages import entry_page, passage_page, topic_page
from alliance_ref.cli.i18n import _, current_language, join_items, value_label
from alliance_ref.cli.io import print_json, print_lines
from alliance_ref.cli.layout import beside, table, terminal_columns
from alliance_ref.records import Document, Entry, Passage, Topic
from alliance_ref.reference import Reference, load
from alliance_ref.text.cell_width import width


def documents(options: argparse.Namespace) -> int:
    """List the documents: id, date, number of passages, title in both languages."""
    found = load().documents()
    if options.json:
        print_json(found)
        return 0
    rows = [
        (
            document.id,
            str(document.issued or "–"),
            str(len(document.passages) or "–"),
            document.label("en"),
            document.label("ja"),
        )
        for document in found
    ]
    head = (_("id"), _("issued"), _("passages"), "English", "日本語")
    print_lines(table(rows, terminal_columns(), head=head, id_column=0))
    return 0


def show(options: argparse.Namespace) -> int:
    """Show a document, a passage, a topic or any other entry."""
    reference = load()
    shown = _shown(options.id, reference)
    if options.json:
        print_json(shown)
    elif isinstance(shown, Topic):
        print_lines(topic_page(shown, options.lang))
    elif isinstance(shown, Passage):
        print_lines(passage_page(shown, options.lang))
    else:
        print_lines(entry_page(shown, reference, options.lang))
        for passage in shown.passages if isinstance(shown, Document) else ():
            print_lines(["", *passage_page(passage, options.lang)])
    return 0


def _shown(wanted: str, reference: Reference) -> Entry | Passage | Topic:
    """Return what has the id *wanted*, or else the entry with this name."""
    if wanted not in reference and wanted in {topic.id for topic in reference.topics()}:
        return reference.topic(wanted)
    if "#" in wanted:
        return reference.passage(wanted)
    if wanted in reference or not wanted.strip():
        return reference.entry(wanted)
    certain = [match for match in reference.lookup(wanted) if match.reason not in ("fuzzy", "part")]
    if not certain:
        return reference.entry(wanted)  # raises the error, with similar ids
    if others := [match.entry.id for match in certain[1:]]:
        print(_("also: {ids}").format(ids=join_items(others)), file=sys.stderr)
    return certain[0].entry


def who(options: argparse.Namespace) -> int:
    """Print who held an office, earliest first; return 1 if no holder is known."""
    holders = load().office_holders(options.office, as_of=options.as_of)
    if options.json:
        print_json(holders)
        return 0 if holders else 1
    rows = [
        (
            holder.person.id,
            str(holder.tenure.period),
            holder.tenure.office.ja if current_language() == "ja" else holder.tenure.office.en,
            holder.person.label("en"),
            holder.person.label("ja"),
        )
        for holder in holders
    ]
    if rows:
        print_lines(table(rows, terminal_columns(), id_column=0))
    else:
        print(_("no holder of the office {office!r} is known").format(office=options.office))
    return 0 if rows else 1


def timeline(options: argparse.Namespace) -> int:
    """Print dated entries, earliest first."""
    columns = terminal_columns()
    lang = options.lang or current_language()
    items = load().timeline(start=options.start, end=options.end, kinds=options.kind, lang=lang)
    if options.json:
        print_json(items)
        return 0
    ja = lang == "ja"
    rows = [(item.when.ja if ja else item.when.en, item.what.ja if ja else item.what.en) for item in items]
    dates = max((width(when) for when, _ in rows), default=0)
    for when, what in rows:
        print_lines(beside((when, what), (dates, columns - dates - 2), rule="  "))
    return 0


def topics(options: argparse.Namespace) -> int:
    """List the topics: id, kind, outcome, title in both languages."""
    found = load().topics()
    if options.json:
        print_json(found)
        return 0
    rows = [
        (
            topic.id,
            value_label("topic-kind", topic.kind),
            value_label("topic-outcome", topic.outcome),
            topic.title.en,
            topic.title.ja,
        )
        for topic in found
    ]
    head = (_("id"), _("kind"), _("outcome"), "English", "日本語")
    print_lines(table(rows, terminal_columns(), head=head, id_column=0))
    return 0
