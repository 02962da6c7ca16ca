"""The timeline of dated entries, and the holders of an office."""

import datetime
from collections.abc import Iterable, Iterator

from alliance_ref.arguments import check_choices, check_lang, day_or_none
from alliance_ref.html import monolingual_table
from alliance_ref.records import (
    Bilingual,
    Document,
    Entry,
    EntryKind,
    Event,
    Lang,
    Moment,
    OfficeHolder,
    Organization,
    PartialDate,
    Period,
    Person,
    TimelineItem,
)
from alliance_ref.text.calendar import format_with_era
from alliance_ref.text.folding import name_key
from alliance_ref.text.localization import format_date

DEFAULT_KINDS: tuple[EntryKind, ...] = ("event", "document")
"""The kinds of entries on a timeline by default."""

DATED_KINDS: tuple[EntryKind, ...] = ("event", "document", "organization", "person")
"""The kinds of entries that have dates."""

_SIGNED_TYPES = frozenset(("treaty", "agreement", "exchange-of-notes", "memorandum-of-understanding"))
_MOMENT_LABELS: dict[Moment, tuple[str, str]] = {
    "issued": ("issued", "発表"),
    "in-force": ("in force", "発効"),
    "ended": ("ended", "失効"),
    "founded": ("founded", "発足"),
    "dissolved": ("dissolved", "廃止"),
    "took-office": ("took office", "就任"),
    "left-office": ("left office", "退任"),
}


_Dated = tuple[PartialDate, PartialDate | None, Moment, Bilingual]


class Timeline(tuple[TimelineItem, ...]):
    """Dated items in order. A tuple that can be shown as HTML.

    >>> import alliance_ref as ar
    >>> for item in ar.timeline(kinds="organization", start="2006-03-01", end="2006-03-31", lang="ja"):
    ...     print(item)
    2006年（平成18年）3月26日　統合幕僚会議（廃止）
    2006年（平成18年）3月27日　統合幕僚監部（発足）
    """

    __slots__ = ()

    def to_html(self) -> str:
        """Return the items as an HTML table in their language: the date, the event and the id of the entry.

        >>> import alliance_ref as ar
        >>> html = ar.timeline(start="1960-01-19", end="1960-01-19", lang="ja").to_html()
        >>> "1960年（昭和35年）1月19日" in html
        True
        """
        rows = [
            (item.when.ja, item.what.ja, item.entry.id)
            if item.lang == "ja"
            else (item.when.en, item.what.en, item.entry.id)
            for item in self
        ]
        lang: Lang = self[0].lang if self else "en"
        return monolingual_table("年表" if lang == "ja" else "timeline", rows, lang)

    def _repr_html_(self) -> str:
        return self.to_html()


def timeline(
    entries: Iterable[Entry],
    *,
    start: datetime.date | None = None,
    end: datetime.date | None = None,
    kinds: Iterable[str] = DEFAULT_KINDS,
    lang: Lang = "en",
) -> Timeline:
    """Return the dated items of *entries* that may be between *start* and *end*, the earliest first."""
    wanted = frozenset(kinds)
    entries = tuple(entries)
    results = {
        (document_id, str(entry.date))
        for entry in entries
        if isinstance(entry, Event)
        for document_id in entry.results
    }
    items = []
    for entry in entries:
        if entry.kind not in wanted:
            continue
        for date, last, moment, what in _moments(entry):
            if moment == "issued" and "event" in wanted and (entry.id, str(date)) in results:
                continue  # the event of that day is listed
            if _overlaps(date, last, start, end):
                items.append(TimelineItem(date, last, _when(date, last), what, moment, entry, lang))
    return Timeline(sorted(items, key=lambda item: (item.date.earliest(), item.date.latest(), item.entry.id)))


def _moments(entry: Entry) -> Iterator[_Dated]:
    """Yield the dates of an entry: the date, the end of a period, the kind of moment, and its text."""
    label = Bilingual(entry.label("en"), entry.label("ja"))
    if isinstance(entry, Event):
        if entry.date is not None:
            yield entry.date, None, "happened", label
        elif entry.period.start is not None:
            yield entry.period.start, entry.period.end, "happened", label
    elif isinstance(entry, Document):
        yield from _moments_of_document(entry, label)
    elif isinstance(entry, Organization):
        yield from _limits(entry.period, label, "founded", "dissolved")
    elif isinstance(entry, Person):
        for tenure in entry.tenures:
            office = Bilingual(f"{label.en}, {tenure.office.en}", f"{label.ja}、{tenure.office.ja}")
            yield from _limits(tenure.period, office, "took-office", "left-office")


def _moments_of_document(document: Document, label: Bilingual) -> Iterator[_Dated]:
    issued = ("signed", "署名") if document.type in _SIGNED_TYPES else _MOMENT_LABELS["issued"]
    if document.issued is not None:
        yield document.issued, None, "issued", _labelled(label, issued)
    # A document that is in force from its day of issue is listed once.
    start = None if document.in_force.start == document.issued else document.in_force.start
    yield from _limits(Period(start, document.in_force.end), label, "in-force", "ended")


def _limits(period: Period, label: Bilingual, first: Moment, last: Moment) -> Iterator[_Dated]:
    """Yield the known limits of a period as two moments."""
    if period.start is not None:
        yield period.start, None, first, _labelled(label, _MOMENT_LABELS[first])
    if period.end is not None:
        yield period.end, None, last, _labelled(label, _MOMENT_LABELS[last])


def _labelled(label: Bilingual, words: tuple[str, str]) -> Bilingual:
    return Bilingual(f"{label.en}: {words[0]}", f"{label.ja}（{words[1]}）")


def _when(date: PartialDate, last: PartialDate | None) -> Bilingual:
    en, ja = format_date(date, "en"), format_with_era(date)
    if last is None:
        return Bilingual(en, ja)
    return Bilingual(f"{en} – {format_date(last, 'en')}", f"{ja}～{format_with_era(last)}")


def _overlaps(
    date: PartialDate, last: PartialDate | None, start: datetime.date | None, end: datetime.date | None
) -> bool:
    return (start is None or (last or date).latest() >= start) and (end is None or date.earliest() <= end)


def check_options(
    start: object, end: object, kinds: object, lang: object
) -> tuple[datetime.date | None, datetime.date | None, tuple[str, ...]]:
    """Check the arguments of a timeline and return the first day, the last day and the kinds.

    Raises:
        InvalidType: if *start* or *end* is not a day.
        InvalidValue: if *start* is after *end*, or a day, kind or language is unusable.
    """
    first, last = day_or_none(start, "start"), day_or_none(end, "end")
    if first is not None and last is not None and last < first:
        from alliance_ref.errors import InvalidValue

        raise InvalidValue("period", start=first, end=last)
    check_lang(lang)
    return first, last, DEFAULT_KINDS if kinds is None else check_choices(kinds, "kinds", DATED_KINDS)


def office_holders(
    persons: Iterable[Person], names: Iterable[str], *, as_of: datetime.date | None = None
) -> tuple[OfficeHolder, ...]:
    """Return the persons who held the office with one of these *names*, in order of time.

    Args:
        persons: The persons to search.
        names: The names of the office, in either language.
        as_of: Only holders on this day.

    Raises:
        InvalidValue: if a name is empty.
    """
    keys = {name_key(name) for name in names}
    if "" in keys:
        from alliance_ref.errors import InvalidValue

        raise InvalidValue("empty-office")
    found = [
        OfficeHolder(person, tenure)
        for person in persons
        for tenure in person.tenures
        if {name_key(tenure.office.en), name_key(tenure.office.ja)} & keys
        and (as_of is None or (tenure.period.start is not None and tenure.period.covers(as_of)))
    ]
    return tuple(sorted(found, key=lambda holder: (str(holder.tenure.period.start or ""), holder.person.id)))
