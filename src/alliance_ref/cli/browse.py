"""The commands that look into the reference: documents, show, lookup, glossary."""

import argparse
import json
from collections.abc import Iterable, Iterator

from alliance_ref.calendar import format_date
from alliance_ref.cli.layout import beside, indented, table, terminal_columns, unit_lines, width, wrap
from alliance_ref.cli.speaking import _, called, counted, listed, spoken
from alliance_ref.glossary import reference_glossary
from alliance_ref.records import Concept, Entry, Name, Person
from alliance_ref.records.documents import Document
from alliance_ref.records.matches import Match
from alliance_ref.records.passages import Passage
from alliance_ref.records.topics import Topic
from alliance_ref.records.values import Bilingual, Lang
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
        _print(_topic(reference.topic(options.id), options.lang))
        return 0
    if "#" in options.id:
        _print(_passage(reference.passage(options.id), options.lang))
        return 0
    entry = reference.entry(options.id)
    _print(_entry(entry, options.lang))
    if isinstance(entry, Document):
        for passage in entry.passages:
            _print(["", *_passage(passage, options.lang)])
    return 0


def timeline(options: argparse.Namespace) -> int:
    """Print what is dated, the earliest first."""
    columns = terminal_columns()
    items = load().timeline(start=options.start, end=options.end, kind=options.kind, lang=options.lang)
    ja = options.lang == "ja"
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


def glossary(options: argparse.Namespace) -> int:
    """Write the glossary of the reference to a file and say where."""
    made = reference_glossary()
    path = made.to_file(options.to)
    done = counted("{} concept written to {{path}}", "{} concepts written to {{path}}", len(made))
    print(done.format(path=path))
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
    yield f"{entry.id} ({called('entry-kind', entry.kind)})"
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
        mark = "" if source.mark == "verified" else f" [{called('mark', source.mark)}]"
        ja = lang == "ja" or (lang == "both" and spoken() == "ja")
        title = source.title.ja if ja else source.title.en
        note = f" – {source.note}" if source.note else ""
        yield from indented(_("source: {text}").format(text=f"{title}{mark}{note}"), columns)


def _topic(topic: Topic, lang: str) -> Iterator[str]:
    columns = terminal_columns()
    kind, outcome = called("topic-kind", topic.kind), called("topic-outcome", topic.outcome)
    yield f"{topic.id} ({kind}: {outcome})"
    for text in (topic.title, topic.question):
        yield from _both(text, lang, columns)
    for side in topic.sides:
        head = f"{side.passage} {called('topic-role', side.role)}"
        yield f"{head} {'─' * max(0, columns - width(head) - 1)}"
        yield from _both(side.says, lang, columns)
    yield "─" * columns
    yield from _both(topic.finding, lang, columns)


def _both(text: Bilingual, lang: str, columns: int) -> list[str]:
    if lang != "both":
        return wrap(text.en if lang == "en" else text.ja, columns)
    half = (columns - 3) // 2
    return beside((text.en, text.ja), (half, half))


def _name(name: Name) -> str:
    details = [
        detail
        for detail in (
            name.reading,
            name.romanization,
            None if name.status in ("preferred", "admitted") else called("name-status", name.status),
            str(name.valid) if str(name.valid) != "/" else None,
        )
        if detail
    ]
    return f"{name.text} ({listed(details)})" if details else name.text


def _texts(entry: Entry, langs: list[Lang]) -> Iterator[str]:
    text = entry.definition if isinstance(entry, Concept) else entry.summary
    if text is not None:
        yield from (text.en if one == "en" else text.ja for one in langs)


def _passage(passage: Passage, lang: str) -> Iterator[str]:
    columns = terminal_columns()
    head = passage.id
    if passage.heading is not None:
        en, ja = passage.heading.en, passage.heading.ja
        head += f" {en if lang == 'en' else ja if lang == 'ja' else f'{en} / {ja}'}"
    yield f"{head} {'─' * max(0, columns - width(head) - 1)}"
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
