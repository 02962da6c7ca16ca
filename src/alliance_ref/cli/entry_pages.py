"""The pages that ``show`` prints: of an entry, a topic or a passage."""

from collections.abc import Iterator

from alliance_ref.cli.i18n import _, current_language, join_items, value_label
from alliance_ref.cli.layout import beside, indented, terminal_columns, unit_lines, width, wrap
from alliance_ref.records import (
    Bilingual,
    Concept,
    Document,
    Entry,
    Event,
    Lang,
    Name,
    Organization,
    PartialDate,
    Passage,
    Period,
    Person,
    Place,
    Topic,
)
from alliance_ref.records.values import LANGS
from alliance_ref.reference import Reference
from alliance_ref.text.calendar import format_with_era
from alliance_ref.text.localization import format_date


def entry_page(entry: Entry, reference: Reference, lang: str) -> Iterator[str]:
    """Yield the lines of an entry: names, text, facts, sources."""
    columns = terminal_columns()
    langs = [one for one in LANGS if lang in (one, "both")]
    yield f"{entry.id} ({value_label('entry-kind', entry.kind)})"
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


def _facts(entry: Entry, reference: Reference) -> Iterator[str]:
    """Yield the facts of a record, one per line, in the current language."""

    def names(*ids: str | None) -> str:
        # Names may have commas in them.
        between = "、" if current_language() == "ja" else "; "
        return between.join(reference.entry(one).label(current_language()) for one in ids if one is not None)

    if isinstance(entry, Document):
        facts = [
            (_("date: {text}"), _day(entry.issued)),
            (_("place: {text}"), names(entry.place)),
            (_("by: {text}"), names(*entry.authors)),
            (_("issued by: {text}"), names(entry.publisher)),
            (_("parties: {text}"), names(*entry.parties)),
            (_("in force: {text}"), _period(entry.in_force)),
            *(
                (f"{value_label('relation', relation.kind)}: {{text}}", names(relation.target))
                for relation in entry.relations
            ),
            *((f"{figure.value:,g} {figure.unit}: {{text}}", _side(figure.of)) for figure in entry.figures),
            *(("{text}", url) for url in entry.urls),
        ]
    elif isinstance(entry, Person):
        facts = [(_("life: {text}"), _period(entry.life))]
        facts += [(f"{_period(held.period)}  {{text}}", _side(held.office)) for held in entry.tenures]
    elif isinstance(entry, Organization):
        facts = [
            (_("part of: {text}"), names(entry.parent)),
            (_("seat: {text}"), names(entry.seat)),
            (_("existed: {text}"), _period(entry.period)),
            (_("before it: {text}"), names(entry.predecessor)),
            (_("after it: {text}"), names(entry.successor)),
        ]
    elif isinstance(entry, Place):
        point = entry.coordinates
        facts = [
            (_("lies in: {text}"), names(entry.within, entry.country)),
            (_("coordinates: {text}"), f"{point.latitude}, {point.longitude}" if point else ""),
        ]
    elif isinstance(entry, Event):
        facts = [
            (_("date: {text}"), _day(entry.date) if entry.date else _period(entry.period)),
            (_("place: {text}"), names(entry.place)),
            (_("with: {text}"), names(*entry.participants)),
            (_("result: {text}"), names(*entry.results)),
        ]
    elif isinstance(entry, Concept):
        facts = [
            (_("subject field: {text}"), entry.subject_field),
            (_("broader: {text}"), names(*entry.broader)),
            (_("narrower: {text}"), names(*entry.narrower)),
            (_("related: {text}"), names(*entry.related)),
        ]
    else:
        facts = []
    facts.append((_("see also: {text}"), names(*entry.see_also)))
    yield from (pattern.format(text=text) for pattern, text in facts if text)


def _side(text: Bilingual) -> str:
    return text.ja if current_language() == "ja" else text.en


def _day(date: PartialDate) -> str:
    return format_with_era(date) if current_language() == "ja" else format_date(date, "en")


def _period(period: Period) -> str:
    """Return a period as text; empty if neither end is known."""
    if period.start is None and period.end is None:
        return ""
    ends = [_day(end) if end else "" for end in (period.start, period.end)]
    return ("～" if current_language() == "ja" else " – ").join(ends).strip()


def topic_page(topic: Topic, lang: str) -> Iterator[str]:
    """Yield the lines of a topic: the question, each passage, the conclusion."""
    columns = terminal_columns()
    kind, outcome = value_label("topic-kind", topic.kind), value_label("topic-outcome", topic.outcome)
    yield f"{topic.id} ({kind}: {outcome})"
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
    yield f"{head} {'─' * max(0, columns - width(head) - 1)}"
    for unit in passage.units:
        yield from unit_lines(unit, lang, columns)
    for correction in passage.corrections:
        correct = correction.should_be.ja if lang == "ja" else correction.should_be.en
        reason = correction.reason.ja if lang == "ja" else correction.reason.en
        text = f"「{correction.says}」" if correction.lang == "ja" else f"“{correction.says}”"
        yield from wrap(f"! {text} → {correct}", columns)
        yield from indented(reason, columns)
