"""Persons and their offices."""

from collections.abc import Iterator
from typing import ClassVar

import attrs

from alliance_ref.records.entries import Entry, EntryKind
from alliance_ref.records.validation import typed
from alliance_ref.records.values import Bilingual, Period


@attrs.frozen(field_transformer=typed)
class Tenure:
    """An office of a person: its title, organization and period.

    >>> import alliance_ref as ar
    >>> for tenure in ar.entry("aso-taro").tenures:
    ...     print(tenure.office.ja, tenure.period)
    外務大臣 2005-10-31/2007-08-27
    内閣総理大臣 2008-09-24/2009-09-16
    """

    office: Bilingual
    organization: str | None = None
    period: Period = Period()

    def __str__(self) -> str:
        return f"{self.office.en} / {self.office.ja}, {self.period}"


@attrs.frozen(repr=False, field_transformer=typed)
class Person(Entry):
    """A person, with the offices held.

    >>> import alliance_ref as ar
    >>> person = ar.entry("ohno-yoshinori")
    >>> person.label("ja"), person.preferred("ja").reading
    ('大野功統', 'おおの よしのり')
    >>> print(person.tenures[0].office.ja, person.tenures[0].period)
    防衛庁長官 2004-09-27/2005-10-31
    """

    kind: ClassVar[EntryKind] = "person"

    life: Period = attrs.field(default=Period(), kw_only=True)
    tenures: tuple[Tenure, ...] = attrs.field(default=(), kw_only=True)

    def shown(self) -> Iterator[tuple[str, str]]:
        """Yield the offices too."""
        yield from super().shown()
        for tenure in self.tenures:
            yield f"{tenure.office.en}, {tenure.period}", f"{tenure.office.ja}、{tenure.period}"
