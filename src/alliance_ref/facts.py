"""The facts of an entry as text, for the command line and for Sphinx.

A fact has the name of a field and its values. Labels and layout belong to the caller.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator

import attrs

from alliance_ref.records import (
    Concept,
    Document,
    Entry,
    Event,
    Lang,
    Name,
    Organization,
    PartialDate,
    Period,
    Person,
    Place,
)
from alliance_ref.records.values import LANGS
from alliance_ref.text.calendar import format_with_era
from alliance_ref.text.localization import format_date, label


@attrs.frozen
class FactValue:
    """One value: text, or the id of an entry; `detail` is a relation, a period or a unit."""

    text: str = ""
    entry_id: str | None = None
    detail: str = ""


@attrs.frozen
class Fact:
    """A field of an entry with its values, of which there is at least one."""

    field: str
    values: tuple[FactValue, ...]


def day_text(date: PartialDate, lang: Lang) -> str:
    """Return a date as text, in Japanese with the year of the era from 1873.

    >>> day_text(PartialDate(2005, 4, 14), "ja"), day_text(PartialDate(1854, 3, 31), "ja")
    ('2005年（平成17年）4月14日', '1854年3月31日')
    """
    return format_with_era(date) if lang == "ja" else format_date(date, "en")


def period_text(period: Period, lang: Lang) -> str:
    """Return a period as text, empty if neither end is known.

    >>> period_text(Period(PartialDate(2004), None), "en")
    '2004 –'
    """
    if period == Period():
        return ""
    ends = (day_text(end, lang) if end else "" for end in (period.start, period.end))
    return ("～" if lang == "ja" else " – ").join(ends).strip()


def names_on_day(
    entry: Entry, day: datetime.date, entry_of: Callable[[str], Entry]
) -> tuple[Entry, tuple[Name, ...]]:
    """Return the names that an entry, or the body before or after it, had on a day, and that entry.

    Args:
        entry: The entry.
        day: The day.
        entry_of: Returns the entry with an id.

    >>> import alliance_ref as ar
    >>> body, names = names_on_day(ar.entry("mod-japan"), datetime.date(2005, 4, 14), ar.entry)
    >>> body.id, [name.text for name in names]
    ('jda', ['Japan Defense Agency', '防衛庁'])
    """
    seen = {entry.id}
    while True:
        names = [name for name in entry.names if name.valid.covers(day) and name.status != "erroneous"]
        if names and _existed(entry, day):
            first = (next((name for name in names if name.lang == lang), None) for lang in LANGS)
            return entry, tuple(name for name in first if name is not None)
        other = _body_on(entry, day)
        if other is None or other in seen:
            return entry, ()
        seen.add(other)
        entry = entry_of(other)


def _existed(entry: Entry, day: datetime.date) -> bool:
    return not isinstance(entry, Organization) or entry.period.covers(day)


def _body_on(entry: Entry, day: datetime.date) -> str | None:
    """Return the id of the organization before or after one, if the day is not in its period."""
    if not isinstance(entry, Organization):
        return None
    start, end = entry.period.start, entry.period.end
    if start is not None and day < start.earliest():
        return entry.predecessor
    return entry.successor if end is not None and day > end.latest() else None


def entry_facts(entry: Entry, lang: Lang) -> Iterator[Fact]:
    """Yield the facts of an entry other than its names, text and sources.

    Args:
        entry: The entry.
        lang: The language of the values.

    >>> import alliance_ref as ar
    >>> for fact in entry_facts(ar.entry("scc-2005-10"), "ja"):
    ...     print(fact.field, [value.text or value.entry_id for value in fact.values][:2])
    date ['2005年（平成17年）10月29日']
    place ['pentagon']
    participants ['scc', 'machimura-nobutaka']
    results ['atara-2005']
    """
    for field, values in (*_fields(entry, lang), ("see-also", _entries(entry.see_also))):
        shown = tuple(value for value in values if value.text or value.entry_id)
        if shown:
            yield Fact(field, shown)


def _fields(entry: Entry, lang: Lang) -> Iterator[tuple[str, list[FactValue]]]:
    if isinstance(entry, Document):
        yield from _document(entry, lang)
    elif isinstance(entry, Person):
        yield "life", [FactValue(period_text(entry.life, lang))]
        tenures = [(held.office, period_text(held.period, lang)) for held in entry.tenures]
        yield "tenures", [FactValue(getattr(office, lang), detail=period) for office, period in tenures]
    elif isinstance(entry, Organization):
        yield "period", [FactValue(period_text(entry.period, lang))]
        for name in ("parent", "seat", "predecessor", "successor"):
            yield name, _entries([getattr(entry, name)])
    elif isinstance(entry, Place):
        yield "within", _entries([entry.within])
        yield "country", _entries([entry.country])
        point = entry.coordinates
        yield "coordinates", [FactValue(f"{point.latitude}, {point.longitude}" if point else "")]
    elif isinstance(entry, Event):
        if entry.date is not None:
            yield "date", [FactValue(day_text(entry.date, lang))]
        else:
            yield "period", [FactValue(period_text(entry.period, lang))]
        yield "place", _entries([entry.place])
        yield "participants", _entries(entry.participants)
        yield "results", _entries(entry.results)
    elif isinstance(entry, Concept):
        yield "subject", [FactValue(entry.subject_field)]
        for name in ("broader", "narrower", "related"):
            yield name, _entries(getattr(entry, name))


def _document(document: Document, lang: Lang) -> Iterator[tuple[str, list[FactValue]]]:
    yield "issued", [FactValue(day_text(document.issued, lang) if document.issued else "")]
    yield "in-force", [FactValue(period_text(document.in_force, lang))]
    yield "authors", _entries(document.authors)
    yield "publisher", _entries([document.publisher])
    yield "place", _entries([document.place])
    yield "parties", _entries(document.parties)
    relations = [(one.target, label("relation", one.kind, lang)) for one in document.relations]
    yield "relations", [FactValue(entry_id=target, detail=kind) for target, kind in relations]
    figures = [(getattr(one.of, lang), f"{one.value:,g} {one.unit}") for one in document.figures]
    yield "figures", [FactValue(text, detail=number) for text, number in figures]
    yield "urls", [FactValue(url) for url in document.urls]


def _entries(ids: Iterable[str | None]) -> list[FactValue]:
    return [FactValue(entry_id=one) for one in ids if one is not None]
