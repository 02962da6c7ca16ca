"""Units as the checks see them: each side read once, for its terms and for its dates."""

from collections.abc import Sequence
from itertools import groupby

import attrs

from alliance_ref.annotation.disambiguation import NEAR, Context, dates_in
from alliance_ref.qa.termbook import TermBook, TermSpan
from alliance_ref.qa.units import LANGS, CheckedUnit
from alliance_ref.records.values import Lang, PartialDate


@attrs.frozen
class ReadUnit:
    """A unit with the terms of its sides: the `spans` of the longest, and all concepts that are `named`.

    `base` is where each side begins in the text of its group, all units joined.
    """

    unit: CheckedUnit
    spans: dict[Lang, tuple[TermSpan, ...]]
    named: dict[Lang, frozenset[str]]
    base: dict[Lang, int]

    @property
    def is_whole(self) -> bool:
        """Whether it has both of its sides."""
        return bool(self.unit.en.strip() and self.unit.ja.strip())


@attrs.frozen
class ReadGroup:
    """The units of one text in order, and the dates that it speaks of."""

    units: tuple[ReadUnit, ...]
    contexts: dict[Lang, Context]

    def date_near(self, item: ReadUnit, span: TermSpan, lang: Lang) -> PartialDate | None:
        """The day asked for, else the date nearest to a term, if that is near enough to speak of it."""
        base = item.base[lang]
        date, distance = self.contexts[lang].near(base + span.start, base + span.end)
        return date if distance <= NEAR else None

    def around(self, place: int) -> tuple[ReadUnit, ...]:
        """The units before and behind a unit."""
        return (*self.units[max(0, place - 1) : place], *self.units[place + 1 : place + 2])


def dates_of(unit: CheckedUnit) -> tuple[PartialDate, ...]:
    """The dates that either side speaks of."""
    return tuple(date for lang in LANGS for _, _, date in dates_in(unit.text(lang)))


def read_groups(
    units: Sequence[CheckedUnit], book: TermBook, as_of: PartialDate | None
) -> tuple[ReadGroup, ...]:
    """The units with what the glossary knows of them, one group for each text."""
    return tuple(
        _group(tuple(members), book, as_of) for _, members in groupby(units, key=lambda unit: unit.group)
    )


def _group(units: tuple[CheckedUnit, ...], book: TermBook, as_of: PartialDate | None) -> ReadGroup:
    read = []
    base: dict[Lang, int] = dict.fromkeys(LANGS, 0)
    for unit in units:
        spans = {lang: book.spans(unit.text(lang), lang, unit.homographs) for lang in LANGS}
        named = {lang: book.named(unit.text(lang), lang) for lang in LANGS}
        read.append(ReadUnit(unit, spans, named, dict(base)))
        base = {lang: base[lang] + len(unit.text(lang)) + 1 for lang in LANGS}
    contexts = {}
    for lang in LANGS:
        text = "\n".join(unit.text(lang) for unit in units)
        contexts[lang] = Context(() if as_of else tuple(dates_in(text)), as_of, ())
    return ReadGroup(tuple(read), contexts)
