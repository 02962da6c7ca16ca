"""The commands that find: translate, suggest, annotate, concordance."""

import argparse
import json
from pathlib import Path

from alliance_ref.annotation.annotator import AnnotatedText
from alliance_ref.cli.i18n import _, called, listed, spoken
from alliance_ref.cli.io import given_file, plain
from alliance_ref.cli.layout import table, terminal_columns
from alliance_ref.cli.sayings import in_language
from alliance_ref.errors import UnknownFormat
from alliance_ref.reference import load
from alliance_ref.text.encodings import load_copy

_HTML = (".html", ".htm")


def translate(options: argparse.Namespace) -> int:
    """Print what a name is called in the other language; status 1 if nothing is."""
    found = load().translate(options.query, to=options.to, as_of=options.as_of)
    for item in found:
        details = [item.entry.id, called("name-status", item.name.status)]
        if item.name.reading:
            details.append(item.name.reading)
        print(f"{item.name.text}  ({listed(details)})")
    if found.gap is not None:
        print(f"[{called('gap-reason', found.gap.reason)}] {in_language(found.gap.note)}")
    return 0 if found else 1


def suggest(options: argparse.Namespace) -> int:
    """Print names that begin so, one a line; status 1 if none does."""
    matches = load().suggest(options.prefix, lang=options.lang, limit=options.limit)
    for line in table([(match.name.text, match.entry.id) for match in matches], terminal_columns()):
        print(line)
    return 0 if matches else 1


def annotate(options: argparse.Namespace) -> int:
    """Print the names of the reference in a text, or write the text as HTML with links."""
    if options.ruby and options.to is None:
        raise ValueError(_("--ruby needs --to FILE: readings stand in HTML only"))
    if options.json and options.to is not None:
        raise ValueError(_("--json and --to exclude each other: one prints, the other writes HTML"))
    _check_suffix(options.to)
    text = load_copy(given_file(options.file))[0]
    found = load().annotate(
        text, lang=options.lang, overlap="all" if options.all else "longest", as_of=options.as_of
    )
    if options.to is not None:
        _write(options.to, found.to_html(ruby=options.ruby), _("Names in {file}").format(file=options.file))
    elif options.json:
        print(json.dumps([_annotation(found, at) for at in range(len(found))], ensure_ascii=False, indent=2))
    else:
        rows = [
            (str(item.start), item.text, " ".join(entry.id for entry in item.entries), item.kind)
            for item in found
        ]
        for line in table(rows, terminal_columns()):
            print(line)
    return 0


def _annotation(found: AnnotatedText, at: int) -> dict[str, object]:
    item = found[at]
    return {
        "start": item.start,
        "end": item.end,
        "text": item.text,
        "lang": item.lang,
        "kind": item.kind,
        "entries": [entry.id for entry in item.entries],
    }


def concordance(options: argparse.Namespace) -> int:
    """Print every place of a word in the passages, beside its translation; status 1 if there is none."""
    _check_suffix(options.to)
    reference = load()
    query = reference.entry(options.query) if options.entry else options.query
    documents = [reference.document(document) for document in options.document] or None
    found = reference.concordance(
        query, lang=options.lang, width=options.width, sort=options.sort, documents=documents
    )
    if options.to is not None:
        _write(
            options.to, found.to_html(lang=spoken()), _("Concordance of {query}").format(query=options.query)
        )
    elif found:
        print(found)
    else:
        print(_("no passage says {query}").format(query=repr(options.query)))
    return 0 if found else 1


def _check_suffix(path: str | None) -> None:
    """Refuse a file that is to hold something else than HTML."""
    if path is not None and Path(path).suffix.lower() not in _HTML:
        raise UnknownFormat(Path(path).suffix, _HTML)


def _write(path: str, body: str, title: str) -> None:
    from alliance_ref.html import page

    Path(path).write_text(page(body, title, spoken()), encoding="utf-8")
    print(plain(_("written to {path}").format(path=path)))
