"""Concepts: what the terms of the field mean."""

from collections.abc import Iterator
from typing import ClassVar

import attrs

from alliance_ref.records.entries import Entry, EntryKind
from alliance_ref.records.values import Bilingual, filled


@attrs.frozen(repr=False)
class Concept(Entry):
    """A concept of the field, with a definition of a line or two and its relations."""

    kind: ClassVar[EntryKind] = "concept"

    subject_field: str = attrs.field(validator=filled, kw_only=True)
    definition: Bilingual = attrs.field(kw_only=True)
    broader: tuple[str, ...] = attrs.field(default=(), kw_only=True)
    narrower: tuple[str, ...] = attrs.field(default=(), kw_only=True)
    related: tuple[str, ...] = attrs.field(default=(), kw_only=True)

    def shown(self) -> Iterator[tuple[str, str]]:
        """The definition too."""
        yield self.definition.en, self.definition.ja
        yield from super().shown()
