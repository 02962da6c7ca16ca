"""Persons, and the offices they held."""

from collections.abc import Iterator
from typing import ClassVar

import attrs

from alliance_ref.records.entries import Entry, EntryKind
from alliance_ref.records.values import Bilingual, Period


@attrs.frozen
class Tenure:
    """An office that a person held: what it is called, in which organization, and when."""

    office: Bilingual
    organization: str | None = None
    period: Period = Period()


@attrs.frozen(repr=False)
class Person(Entry):
    """A person, with the offices held."""

    kind: ClassVar[EntryKind] = "person"

    life: Period = attrs.field(default=Period(), kw_only=True)
    tenures: tuple[Tenure, ...] = attrs.field(default=(), kw_only=True)

    def shown(self) -> Iterator[tuple[str, str]]:
        """Also the offices held."""
        yield from super().shown()
        for tenure in self.tenures:
            yield f"{tenure.office.en}, {tenure.period}", f"{tenure.office.ja}、{tenure.period}"
