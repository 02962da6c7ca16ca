"""The pages that ``show`` prints: of an entry, a topic or a passage."""

from collections.abc import Iterator

from alliance_ref.cli.i18n import _, current_language, join_items, value_label
from alliance_ref.cli.layout import beside, indented, styled, terminal_columns, unit_lines, wrap
from alliance_ref.facts import entry_facts
from alliance_ref.records import (
    Bilingual,
    Concept,
    Entry,
    Event,
    Lang,
    Name,
    Passage,
    Topic,
)
from alliance_ref.records.values import LANGS
from alliance_ref.reference import Reference
from alliance_ref.text.cell_width import width


def entry_page(entry: Entry, reference: Reference, lang: str) -> Iterator[str]:
    """Yield the lines of an entry: names, text, facts, sources."""
    columns = terminal_columns()
    langs = [one for one in LANGS if lang in (one, "both")]
    yield f"{styled(entry.id, 'bold')} ({value_label('entry-kind', entry.kind)})"
    for one in langs:
        names = entry.names_in(one)
        for name in names:
            yield from indented(f"{one}  {_name(name)}", columns)
    for text in _texts(entry, langs):
        yield from indented(text, columns)
    for fact in _facts(entry, reference):
        yield from indented(fact, columns)
    for source in entry.sources:
        mark = "" if source.mark == "verified" else f" [{value_label('mark', source.mark)}]"
        ja = lang == "ja" or (lang == "both" and current_language() == "ja")
        title = source.title.ja if ja else source.title.en
        note = f" – {source.note}" if source.note else ""
        yield from indented(_("source: {text}").format(text=f"{title}{mark}{note}"), columns)


_ONE_PER_LINE = ("relations", "tenures", "figures", "urls")


def _facts(entry: Entry, reference: Reference) -> Iterator[str]:
    """Yield the facts of an entry as lines in the language of the command line."""
    lang = current_language()
    templates = _templates()
    if isinstance(entry, Event):
        templates["period"] = templates["date"]
    lines: list[tuple[str, list[str]]] = []
    for fact in entry_facts(entry, lang):
        for value in fact.values:
            text = value.text if value.entry_id is None else reference.entry(value.entry_id).label(lang)
            template = templates.get(fact.field, "{text}")
            if value.detail:
                template = value.detail + ("  {text}" if fact.field == "tenures" else ": {text}")
            if lines and lines[-1][0] == template and fact.field not in _ONE_PER_LINE:
                lines[-1][1].append(text)
            else:
                lines.append((template, [text]))
    separator = "、" if lang == "ja" else "; "  # names may contain commas
    yield from (template.format(text=separator.join(texts)) for template, texts in lines)


def _templates() -> dict[str, str]:
    """Return the line of each field, in the language of the command line."""
    return {
        "issued": _("date: {text}"),
        "date": _("date: {text}"),
        "place": _("place: {text}"),
        "authors": _("by: {text}"),
        "publisher": _("issued by: {text}"),
        "parties": _("parties: {text}"),
        "in-force": _("in force: {text}"),
        "life": _("life: {text}"),
        "parent": _("part of: {text}"),
        "seat": _("seat: {text}"),
        "period": _("existed: {text}"),
        "predecessor": _("before it: {text}"),
        "successor": _("after it: {text}"),
        "within": _("lies in: {text}"),
        "country": _("lies in: {text}"),
        "coordinates": _("coordinates: {text}"),
        "participants": _("with: {text}"),
        "results": _("result: {text}"),
        "subject": _("subject field: {text}"),
        "broader": _("broader: {text}"),
        "narrower": _("narrower: {text}"),
        "related": _("related: {text}"),
        "see-also": _("see also: {text}"),
    }


def topic_page(topic: Topic, lang: str) -> Iterator[str]:
    """Yield the lines of a topic: the question, each passage, the conclusion."""
    columns = terminal_columns()
    kind, outcome = value_label("topic-kind", topic.kind), value_label("topic-outcome", topic.outcome)
    yield f"{styled(topic.id, 'bold')} ({kind}: {outcome})"
    for text in (topic.title, topic.question):
        yield from _both(text, lang, columns)
    for side in topic.sides:
        head = f"{side.passage} {value_label('topic-role', side.role)}"
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
            None if name.status in ("preferred", "admitted") else value_label("name-status", name.status),
            str(name.valid) if str(name.valid) != "/" else None,
        )
        if detail
    ]
    return f"{name.text} ({join_items(details)})" if details else name.text


def _texts(entry: Entry, langs: list[Lang]) -> Iterator[str]:
    text = entry.definition if isinstance(entry, Concept) else entry.summary
    if text is not None:
        yield from (text.en if one == "en" else text.ja for one in langs)


def passage_page(passage: Passage, lang: str) -> Iterator[str]:
    """Yield the lines of a passage, unit by unit, and its corrections."""
    columns = terminal_columns()
    head = passage.id
    if passage.heading is not None:
        en, ja = passage.heading.en, passage.heading.ja
        head += f" {en if lang == 'en' else ja if lang == 'ja' else f'{en} / {ja}'}"
    yield f"{styled(head, 'bold')} {'─' * max(0, columns - width(head) - 1)}"
    for unit in passage.units:
        yield from unit_lines(unit, lang, columns)
    for correction in passage.corrections:
        correct = correction.should_be.ja if lang == "ja" else correction.should_be.en
        reason = correction.reason.ja if lang == "ja" else correction.reason.en
        text = f"「{correction.says}」" if correction.lang == "ja" else f"“{correction.says}”"
        yield from wrap(f"! {text} → {correct}", columns)
        yield from indented(reason, columns)
