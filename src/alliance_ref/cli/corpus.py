"""The commands about corpora: add, list and remove documents, search and count."""

import argparse
from pathlib import Path

from alliance_ref.cli.i18n import _, current_language
from alliance_ref.cli.input_files import glossary_files
from alliance_ref.cli.io import UsageError, print_json, print_lines
from alliance_ref.cli.layout import table, terminal_columns
from alliance_ref.cli.output import check_output, write_text
from alliance_ref.corpus import Corpus
from alliance_ref.corpus.counts import Counts
from alliance_ref.html import page
from alliance_ref.reference import load


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
    with _existing(options.corpus) as corpus:
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
    with _existing(options.corpus, read_only=False) as corpus:
        for document in options.documents:
            corpus.remove(document)
    return 0


def info(options: argparse.Namespace) -> int:
    """Print the size of a corpus and how it was indexed."""
    with _existing(options.corpus) as corpus:
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
    query = load().entry(options.query) if options.entry else options.query
    choices = {
        "by": options.by,
        "match": options.match or "lemma",
        "lang": options.lang,
        "start": options.since,
        "end": options.until,
    }
    if options.corpus is None:
        with Corpus(":memory:") as corpus:
            found = corpus.reference.counts(query, **choices)
    else:
        with _existing(options.corpus) as corpus:
            found = corpus.counts(query, **choices)
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


def corpus_concordance(options: argparse.Namespace) -> int:
    """Print each occurrence of a word in a corpus with its translation; return 1 if there is none."""
    if options.to is not None:
        check_output(options.to, [options.corpus], force=options.force)
    query = load().entry(options.query) if options.entry else options.query
    with _existing(options.corpus) as corpus:
        found = corpus.concordance(
            query,
            match=options.match or "lemma",
            lang=options.lang,
            width=options.width,
            sort=options.sort,
            start=options.since,
            end=options.until,
            documents=options.document or None,
            glossary=glossary_files(options.glossary) if options.glossary else None,
            limit=None,
        )
    if options.to is not None:
        title = _("Concordance of {query}").format(query=options.query)
        write_text(options.to, page(found.to_html(lang=current_language()), title, current_language()))
    elif options.json:
        print_json(found)
    elif found:
        print(found)
    else:
        print(_("no unit contains {query!r}").format(query=options.query))
    return 0 if found else 1


def _existing(path: str, *, read_only: bool = True) -> Corpus:
    """Return an existing corpus; a missing file is an error, not a new corpus."""
    if not Path(path).is_file():
        raise UsageError(_("{path} is not a file; add documents with: corpus add").format(path=path))
    return Corpus(path, read_only=read_only)
