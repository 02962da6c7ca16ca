"""The commands that look into the reference: documents, show, lookup, glossary."""

import argparse
import json
from collections.abc import Iterable, Iterator

from alliance_ref.calendar import format_date
from alliance_ref.cli.layout import indented, table, terminal_columns, unit_lines, wrap
from alliance_ref.glossary import reference_glossary
from alliance_ref.records import Concept, Entry, Name, Person
from alliance_ref.records.documents import Document
from alliance_ref.records.matches import Match
from alliance_ref.records.passages import Passage
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
    _print(table([("id", "issued", "passages", "English", "日本語"), *rows], terminal_columns()))
    return 0


def show(options: argparse.Namespace) -> int:
    """Show a document, a passage or any other entry."""
    reference = load()
    if "#" in options.id:
        _print(_passage(reference.passage(options.id), options.lang))
        return 0
    entry = reference.entry(options.id)
    _print(_entry(entry, options.lang))
    if isinstance(entry, Document):
        for passage in entry.passages:
            _print(["", *_passage(passage, options.lang)])
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
                        match.entry.kind,
                        f"{match.score:.2f} {match.reason}",
                        match.entry.label("en"),
                        match.entry.label("ja"),
                    )
                    for match in matches
                ],
                terminal_columns(),
            )
        )
    else:
        print(f"nothing is called {options.query!r} here")
    return 0 if matches else 1


def glossary(options: argparse.Namespace) -> int:
    """Write the glossary of the reference to a file and say where."""
    made = reference_glossary()
    path = made.to_file(options.to)
    print(f"{len(made)} concepts written to {path}")
    return 0


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


def _entry(entry: Entry, lang: str) -> Iterator[str]:
    columns = terminal_columns()
    langs = [one for one in _LANGS if lang in (one, "both")]
    yield f"{entry.id} ({entry.kind})"
    for one in langs:
        names = entry.names_in(one)
        for name in names:
            yield from indented(f"{one}  {_name(name)}", columns)
    for text in _texts(entry, langs):
        yield from indented(text, columns)
    if isinstance(entry, Document):
        yield "  " + " / ".join(format_date(entry.issued, one) for one in langs)
    if isinstance(entry, Person):
        for tenure in entry.tenures:
            office = " / ".join(tenure.office.en if one == "en" else tenure.office.ja for one in langs)
            yield from indented(f"{tenure.period}  {office}", columns)
    for source in entry.sources:
        mark = "" if source.mark == "verified" else f" [{source.mark}]"
        title = source.title.ja if lang == "ja" else source.title.en
        note = f" – {source.note}" if source.note else ""
        yield from indented(f"source: {title}{mark}{note}", columns)


def _name(name: Name) -> str:
    details = [
        detail
        for detail in (
            name.reading,
            name.romanization,
            None if name.status in ("preferred", "admitted") else name.status,
            str(name.valid) if str(name.valid) != "/" else None,
        )
        if detail
    ]
    return f"{name.text} ({', '.join(details)})" if details else name.text


def _texts(entry: Entry, langs: list[Lang]) -> Iterator[str]:
    text = entry.definition if isinstance(entry, Concept) else entry.summary
    if text is not None:
        yield from (text.en if one == "en" else text.ja for one in langs)


def _passage(passage: Passage, lang: str) -> Iterator[str]:
    columns = terminal_columns()
    yield f"{passage.id} {'─' * max(0, columns - len(passage.id) - 1)}"
    for unit in passage.units:
        yield from unit_lines(unit, lang, columns)
    for correction in passage.corrections:
        right = correction.should_be.ja if lang == "ja" else correction.should_be.en
        reason = correction.reason.ja if lang == "ja" else correction.reason.en
        says = f"「{correction.says}」" if correction.lang == "ja" else f"“{correction.says}”"
        yield from wrap(f"! {says} → {right}", columns)
        yield from indented(reason, columns)


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)
