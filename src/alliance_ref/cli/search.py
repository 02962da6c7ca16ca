"""The commands that search: lookup, translate, suggest, annotate, concordance."""

import argparse
import datetime
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alliance_ref.arguments import day_or_none
from alliance_ref.cli.i18n import _, current_language, join_items, translate_message, value_label
from alliance_ref.cli.input_files import (
    glossary_files,
    own_glossary,
    queried,
    searched_corpus,
    units_of_files,
)
from alliance_ref.cli.io import UsageError, input_file, print_json, print_lines
from alliance_ref.cli.layout import table, terminal_columns, wrap
from alliance_ref.cli.output import check_output, write_bytes, write_text
from alliance_ref.errors import UnknownFormat
from alliance_ref.facts import day_text, names_on_day
from alliance_ref.html import page
from alliance_ref.records.matches import Match
from alliance_ref.records.values import PartialDate
from alliance_ref.reference import load
from alliance_ref.search.equivalents import GUESSES
from alliance_ref.text.encodings import load_copy
from alliance_ref.text.japanese.tagging import tokenize
from alliance_ref.text.scripts import KANA, KANJI

if TYPE_CHECKING:
    from alliance_ref.annotation.annotator import AnnotatedText
    from alliance_ref.glossary import Glossary
    from alliance_ref.occurrences.concordance import Concordance
    from alliance_ref.records import Lang

_JAPANESE = re.compile(f"[{KANA}{KANJI}]")
_HTML = (".html", ".htm")
_PAGE_START = 1024
"""Characters of standard input that are searched for the beginning of an HTML page."""


def lookup(options: argparse.Namespace) -> int:
    """Print the entries that match a query; return 1 if there is none."""
    glossary = own_glossary(options)
    if glossary is not None:
        return _lookup_terms(glossary, options)
    matches = load().lookup(
        options.query, lang=options.lang, kinds=options.kind, as_of=options.as_of, limit=options.limit
    )
    if options.json:
        print_json(matches)
    elif matches:
        if matches[0].reason in GUESSES:
            print(_near_heading(options.query, matches[0]))
        rows = [
            (
                match.entry.id,
                value_label("entry-kind", match.entry.kind),
                f"{match.score:.2f} {value_label('match-reason', match.reason)}",
                match.entry.label("en"),
                match.entry.label("ja"),
            )
            for match in matches
        ]
        print_lines(table(rows, terminal_columns(), id_column=0))
    else:
        print_lines(_not_found(options.query, day_or_none(options.as_of)))
    return 0 if matches else 1


def _lookup_terms(glossary: "Glossary", options: argparse.Namespace) -> int:
    """Print the concepts of a glossary that match a query; return 1 if there is none."""
    matches = glossary.lookup(options.query, lang=options.lang, as_of=options.as_of, limit=options.limit)
    if options.json:
        print_json(matches)
    elif matches:
        rows = [
            (
                match.concept.id,
                f"{match.score:.2f} {value_label('match-reason', match.reason)}",
                *(
                    ", ".join(term.text for term in section.usable)
                    for section in (match.concept.en, match.concept.ja)
                ),
            )
            for match in matches
        ]
        print_lines(table(rows, terminal_columns(), id_column=0))
    else:
        print(_("no concept has the term {query!r}").format(query=options.query))
    return 0 if matches else 1


def _near_heading(query: str, match: Match) -> str:
    """Return the line above matches that do not answer the query."""
    if match.reason == "part":
        return _("no entry has the name {query!r}; names that contain it:").format(query=query)
    heading = _("no entry has the name {query!r}; similar names, not necessarily of the same thing:")
    return heading.format(query=query)


def _not_found(query: str, day: datetime.date | None) -> Iterator[str]:
    """Yield why a lookup found nothing: the period of the name, or how often the passages have the words."""
    reference = load()
    found = reference.lookup(query) if day is not None else ()
    if day is not None and found and found[0].reason not in GUESSES:
        yield from _period_lines(found[0], day)
        return
    yield _("no entry has the name {query!r}").format(query=query)
    counts = {word: len(reference.concordance(word)) for word in _words(query)}
    shown = [f"{word} {count}" for word, count in counts.items() if count]
    if shown:
        yield _("occurrences in the passages: {counts}").format(counts=join_items(shown))


def _period_lines(match: Match, day: datetime.date) -> Iterator[str]:
    """Yield when a name was in use, and the name of the body on the day."""
    lang = current_language()
    name, start, end = match.name.text, match.name.valid.start, match.name.valid.end
    if start is not None and end is not None:
        period = _("{name} was in use from {start} to {end}")
    else:
        period = (
            _("{name} is in use from {start}") if start is not None else _("{name} was in use until {end}")
        )
    yield period.format(name=name, start=start and day_text(start, lang), end=end and day_text(end, lang))
    body, names = names_on_day(match.entry, day, load().entry)
    if names:
        on_day = day_text(PartialDate(day.year, day.month, day.day), lang)
        texts = join_items([one.text for one in names])
        yield _("on {day}, the name was {names} ({id})").format(day=on_day, names=texts, id=body.id)


def _words(query: str) -> list[str]:
    """Return the query and its words, at most six, to be counted in the passages."""
    words = re.findall(r"[^\W\d_]{4,}", query) if query.isascii() else _japanese_words(query)
    return list(dict.fromkeys((query.strip(), *words)))[:6]


def _japanese_words(query: str) -> list[str]:
    return [token.surface for token in tokenize(query) if token.upos in ("NOUN", "PROPN", "VERB", "ADJ")]


def translate(options: argparse.Namespace) -> int:
    """Print the names in the other language; return 1 if there is none."""
    target: Lang = options.to or ("en" if _JAPANESE.search(options.query) else "ja")
    found = load().translate(options.query, to=target, as_of=options.as_of)
    if options.json:
        print_json(found)
        return 0 if found else 1
    for item in found:
        details = [item.entry.id, value_label("name-status", item.name.status)]
        if item.name.reading:
            details.append(item.name.reading)
        print_lines(wrap(f"{item.name.text}  ({join_items(details)})", terminal_columns()))
    if found.gap is not None:
        print(f"[{value_label('gap-reason', found.gap.reason)}] {translate_message(found.gap.note)}")
    return 0 if found else 1


def suggest(options: argparse.Namespace) -> int:
    """Print the names that begin with a prefix, one per line; return 1 if there is none."""
    matches = load().suggest(options.prefix, lang=options.lang, kinds=options.kind, limit=options.limit)
    if options.json:
        print_json(matches)
    else:
        print_lines(table([(match.name.text, match.entry.id) for match in matches], terminal_columns()))
    return 0 if matches else 1


def annotate(options: argparse.Namespace) -> int:
    """Print the names of the reference in a text or page, or write it as HTML with links."""
    _check_annotate_options(options)
    if options.to is not None:
        check_output(options.to, (options.file,), force=options.force)
    glossary = own_glossary(options)
    given = input_file(options.file)
    text, encoding, _name = load_copy(given)
    if glossary is not None:
        return _annotate_terms(glossary, text, options)
    if _is_page(options.file, text):
        return _annotate_page(options, text, encoding or "utf-8")
    found = load().annotate(text, overlap="all" if options.all else "longest", **_selection(options))
    if options.to is not None:
        names = "" if options.link else found.entries_html()
        body = found.to_html(ruby=options.ruby, link=options.link) + names
        _write(options.to, body, _("Names in {file}").format(file=options.file))
    else:
        _print_annotations(found, json=options.json)
    return 0


def _annotate_terms(glossary: "Glossary", text: str, options: argparse.Namespace) -> int:
    """Print the terms of a glossary in a text, or write the text as HTML."""
    for option in ("kind", "exclude", "no_abbreviations", "first_only", "link"):
        if getattr(options, option):
            name = f"--{option.replace('_', '-')}"
            raise UsageError(_("{option} cannot be used with --glossary or --from").format(option=name))
    found = glossary.annotate(
        text, lang=options.lang, overlap="all" if options.all else "longest", as_of=options.as_of
    )
    if options.to is not None:
        _write(options.to, found.to_html(ruby=options.ruby), _("Names in {file}").format(file=options.file))
    elif options.json:
        print_json(found)
    else:
        rows = [
            (
                str(item.start),
                " ".join(item.text.split()),
                ", ".join(
                    term.text for term in item.concept.section("ja" if item.lang == "en" else "en").usable
                ),
            )
            for item in found
        ]
        print_lines(table(rows, terminal_columns()))
    return 0


def _check_annotate_options(options: argparse.Namespace) -> None:
    if options.ruby and options.to is None:
        raise UsageError(_("--ruby requires --to FILE, since only HTML can show readings"))
    if options.link is not None and options.to is None:
        raise UsageError(_("--link requires --to FILE, since only HTML has links"))
    if options.json and options.to is not None:
        raise UsageError(_("--json and --to cannot be combined: one prints, the other writes HTML"))
    _check_suffix(options.to)


def _is_page(file: str, text: str) -> bool:
    """Return whether the input is an HTML page: by its suffix, or by how standard input begins."""
    if file != "-":
        return Path(file).suffix.lower() in (*_HTML, ".xhtml")
    return text[:_PAGE_START].lstrip().lower().startswith(("<!doctype html", "<html"))


def _selection(options: argparse.Namespace) -> dict[str, Any]:
    """Return the options of `Reference.annotate` and `Reference.annotate_html` that select names."""
    return {
        "lang": options.lang,
        "kinds": options.kind,
        "exclude": options.exclude or None,
        "abbreviations": not options.no_abbreviations,
        "min_length": options.min_length,
        "first_only": options.first_only,
        "as_of": options.as_of,
    }


def _annotate_page(options: argparse.Namespace, page: str, encoding: str) -> int:
    """Print the names in an HTML page, or write the page with links, in its own encoding."""
    if options.ruby or options.all:
        option = "--ruby" if options.ruby else "--all"
        raise UsageError(_("{option} cannot be used with an HTML page").format(option=option))
    if options.to is None:
        found = load().annotations_in_html(page, **_selection(options))
        _print_annotations(found, json=options.json)
        return 0
    marked = load().annotate_html(page, link=options.link, **_selection(options))
    # A page in another encoding than UTF-8 says so itself; it has characters that are not in the encoding as
    # references.
    write_bytes(options.to, marked.encode(encoding, "xmlcharrefreplace"))
    return 0


def _print_annotations(found: "AnnotatedText", *, json: bool) -> None:
    if json:
        print_json(found)
        return
    rows = [
        (
            str(item.start),
            " ".join(item.text.split()),
            " ".join(entry.id for entry in item.entries),
            value_label("match-reason", item.kind),
        )
        for item in found
    ]
    print_lines(table(rows, terminal_columns()))


def concordance(options: argparse.Namespace) -> int:
    """Print each occurrence of a word with its translation; return 1 if there is none."""
    is_corpus = options.corpus is not None or options.sources is not None or bool(options.glossary)
    found = _corpus_concordance(options) if is_corpus else _passage_concordance(options)
    if options.to is not None:
        title = _("Concordance of {query}").format(query=options.query)
        _write(options.to, found.to_html(lang=current_language()), title)
    elif options.json:
        print_json(found)
    elif found:
        print(found)
    else:
        none = _("no unit contains {query!r}") if is_corpus else _("no passage contains {query!r}")
        print(none.format(query=options.query))
    return 0 if found else 1


def _passage_concordance(options: argparse.Namespace) -> "Concordance":
    """Return each occurrence of a word in the passages of the reference."""
    _check_output(options, [])
    query = queried(options)
    documents = [load().document(document) for document in options.document] or None
    if options.since or options.until:
        raise UsageError(_("--since and --until require --corpus FILE"))
    match = {} if options.match is None else {"match": options.match}
    return load().concordance(
        query, lang=options.lang, width=options.width, sort=options.sort, documents=documents, **match
    )


def _corpus_concordance(options: argparse.Namespace) -> "Concordance":
    """Return each occurrence of a word in a corpus, in memories, or in the passages and a glossary."""
    if options.corpus is None:
        for option in ("to", "document"):
            if getattr(options, option):
                raise UsageError(
                    _("{option} cannot be used with --glossary or --from").format(option=f"--{option}")
                )
    _check_output(options, [options.corpus] if options.corpus else [])
    glossary = glossary_files(options.glossary) if options.glossary else None
    query = queried(options)
    units = None if options.sources is None else units_of_files(options.sources, options)
    with searched_corpus(options.corpus, units) as corpus:
        return corpus.concordance(
            query,
            match=options.match or "lemma",
            lang=options.lang,
            width=options.width,
            sort=options.sort,
            start=options.since,
            end=options.until,
            documents=options.document or None,
            glossary=glossary,
            limit=None,
        )


def _check_output(options: argparse.Namespace, inputs: list[str]) -> None:
    """Raise an error if the HTML table cannot be written to the file of ``--to``."""
    _check_suffix(options.to)
    if options.to is not None:
        check_output(options.to, inputs, force=options.force)


def _check_suffix(path: str | None) -> None:
    """Raise an error if an output file has another suffix than HTML."""
    if path is not None and Path(path).suffix.lower() not in _HTML:
        raise UnknownFormat(Path(path).suffix, _HTML)


def _write(path: str, body: str, title: str) -> None:
    write_text(path, page(body, title, current_language()))
