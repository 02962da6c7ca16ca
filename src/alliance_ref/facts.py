"""The facts of an entry as text, for the command line and for Sphinx.

A fact has the name of a field and its values. Labels and layout belong to the caller.
"""

from collections.abc import Iterable, Iterator

import attrs

from alliance_ref.records import (
    Concept,
    Document,
    Entry,
    Event,
    Lang,
    Organization,
    PartialDate,
    Period,
    Person,
    Place,
)
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
    yield "issued", [FactValue(day_text(document.issued, lang))]
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
