"""Concepts: definitions of the terms of the field."""

from collections.abc import Iterator
from typing import ClassVar

import attrs

from alliance_ref.records.entries import Entry, EntryKind
from alliance_ref.records.values import Bilingual, filled


@attrs.frozen(repr=False)
class Concept(Entry):
    """A concept of the field, with a short definition and its relations.

    >>> import alliance_ref as ar
    >>> concept = ar.entry("burden-sharing")
    >>> concept.label("ja"), concept.subject_field, concept.narrower
    ('負担の分担', 'alliance politics', ('cost-sharing',))
    >>> concept.definition.ja
    '共同の行動に伴う費用や危険を同盟国の間で分け合うこと。孫崎の論説では特に危険の分担を指す。'
    """

    kind: ClassVar[EntryKind] = "concept"

    subject_field: str = attrs.field(validator=filled, kw_only=True)
    definition: Bilingual = attrs.field(kw_only=True)
    broader: tuple[str, ...] = attrs.field(default=(), kw_only=True)
    narrower: tuple[str, ...] = attrs.field(default=(), kw_only=True)
    related: tuple[str, ...] = attrs.field(default=(), kw_only=True)

    def shown(self) -> Iterator[tuple[str, str]]:
        """Yield the definition too."""
        yield self.definition.en, self.definition.ja
        yield from super().shown()
