"""The commands about corpora: add, list and remove documents, search and count."""

import argparse
from pathlib import Path

from alliance_ref.cli.i18n import _
from alliance_ref.cli.input_files import existing_corpus, queried, searched_corpus
from alliance_ref.cli.io import UsageError, print_json, print_lines
from alliance_ref.cli.layout import table, terminal_columns
from alliance_ref.cli.output import check_output, write_text
from alliance_ref.corpus import Corpus
from alliance_ref.corpus.counts import Counts


def add(options: argparse.Namespace) -> int:
    """Add folders and memories; return 1 if a file could not be read."""
    skipped = False
    with Corpus(options.corpus) as corpus:
        for name in options.files:
            if not Path(name).is_dir():
                added = corpus.add_units(name, type=options.type)
                print(_("{path}: added {count:,} documents").format(path=name, count=len(added)))
                continue
            report = corpus.add_folder(name, type=options.type)
            print(
                _("{path}: added {added:,}, replaced {replaced:,}, unchanged {unchanged:,}").format(
                    path=name,
                    added=len(report.added),
                    replaced=len(report.replaced),
                    unchanged=len(report.unchanged),
                )
            )
            for item in report.skipped:
                print(_("{path}: skipped: {reason}").format(path=item.file, reason=item.reason))
            for file in report.unpaired:
                print(_("{path}: no file in the other language").format(path=file))
            skipped = skipped or bool(report.skipped)
    return 1 if skipped else 0


def list_documents(options: argparse.Namespace) -> int:
    """Print the documents of a corpus, in the order in which they were added."""
    with existing_corpus(options.corpus) as corpus:
        documents = corpus.documents()
    if options.json:
        print_json(documents)
        return 0
    rows = [
        (item.id, str(item.issued or "–"), item.type, f"{item.units:,}", item.en or item.ja)
        for item in documents
    ]
    print_lines(table(rows, terminal_columns(), id_column=0))
    return 0


def remove(options: argparse.Namespace) -> int:
    """Remove documents from a corpus."""
    with existing_corpus(options.corpus, read_only=False) as corpus:
        for document in options.documents:
            corpus.remove(document)
    return 0


def info(options: argparse.Namespace) -> int:
    """Print the size of a corpus and how it was indexed."""
    with existing_corpus(options.corpus) as corpus:
        found = corpus.info()
    if options.json:
        print_json(found)
        return 0
    rows = [
        (_("documents"), f"{found.documents:,}"),
        (_("units"), f"{found.units:,}"),
        (_("English words"), f"{found.en_words:,}"),
        (_("Japanese words"), f"{found.ja_words:,}"),
        (_("English lemmas"), found.lemmas),
        (_("Japanese dictionary"), found.dictionary),
    ]
    print_lines(table(rows, terminal_columns()))
    if found.outdated:
        print(_("the index is older than the library; rebuild it with Corpus.rebuild()"))
    return 0


def counts(options: argparse.Namespace) -> int:
    """Print how often a word occurs by group of documents; return 1 if it does not occur."""
    if options.to is not None:
        if Path(options.to).suffix.lower() not in (".csv", ".svg"):
            raise UsageError(_("{path}: only .csv and .svg can be written").format(path=options.to))
        check_output(options.to, [options.corpus] if options.corpus else (), force=options.force)
    query = queried(options)
    with searched_corpus(options.corpus) as corpus:
        found = corpus.counts(
            query,
            by=options.by,
            match=options.match or "lemma",
            lang=options.lang,
            start=options.since,
            end=options.until,
        )
    _print_counts(found, options)
    return 0 if any(row.hits for row in found) else 1


def _print_counts(found: Counts, options: argparse.Namespace) -> None:
    if options.to is not None:
        is_table = options.to.lower().endswith(".csv")
        title = _("{query}: occurrences per million words").format(query=options.query)
        write_text(options.to, found.to_csv() if is_table else found.to_svg(title))
    elif options.json:
        print_json(found)
    else:
        head = ("", _("occurrences"), _("documents"), _("per million words"))
        rows = [
            (row.key or "–", f"{row.hits:,}", f"{row.documents:,}", f"{row.per_million:,.1f}")
            for row in found
        ]
        print_lines(table([head, *rows], terminal_columns()))
