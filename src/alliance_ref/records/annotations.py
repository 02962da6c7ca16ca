"""Results of searching running text: annotations and concordance lines."""

from typing import Literal

import attrs

from alliance_ref.records.entries import Entry, Name
from alliance_ref.records.results import Shown
from alliance_ref.records.validation import typed
from alliance_ref.records.values import Gap, Lang

AnnotationKind = Literal["exact", "variant", "abbreviation", "inflected"]


@attrs.frozen(repr=False, field_transformer=typed)
class Annotation(Shown):
    """A name of the reference in a text, with the entries that it may refer to.

    `text` is ``given[start:end]``, and `lang` the language of the name. `entries` are the entries with this
    name, most likely first, and `names` the name of each. `kind` is how the first one is written: ``exact``,
    ``abbreviation``, ``variant`` (another spelling: case, width, spaces, hyphens, diacritics, old kanji) or
    ``inflected`` (a plural, a British spelling).

    >>> import alliance_ref as ar
    >>> found = ar.annotate("在日米軍のキャンプ座間")[-1]
    >>> found.text, found.start, found.kind, found.entry.label("en")
    ('キャンプ座間', 5, 'exact', 'Camp Zama')
    """

    start: int
    end: int
    text: str
    lang: Lang
    entries: tuple[Entry, ...]
    names: tuple[Name, ...]
    kind: AnnotationKind

    @property
    def entry(self) -> Entry:
        """The most likely entry.

        >>> import alliance_ref as ar
        >>> found = ar.annotate("SOFA was signed in 1960.")[0]
        >>> found.entry.id, [entry.id for entry in found.entries]
        ('sofa-1960', ['sofa-1960', 'sofa-term'])
        """
        return self.entries[0]

    @property
    def name(self) -> Name:
        """The name of the most likely entry."""
        return self.names[0]

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        entries = " | ".join(entry.id for entry in self.entries)
        return f"<Annotation {self.start}:{self.end} {self.text!r} {self.kind} {entries}>"


@attrs.frozen(repr=False, field_transformer=typed)
class ConcordanceLine(Shown):
    """A hit in its context, with the other side of its aligned unit.

    `left` and `right` are the context in the passage, up to the width requested. `start` and `end` are the
    offsets in the side of the unit, ``unit.text(lang)[start:end]``; `unit` is the number of the unit in the
    passage, from 0. `passage` is ``None`` for a paragraph of a copy that is not in the document. `other` is
    the text of the other side, or a gap, and `equivalents` are the offsets of names of the same entry in it.
    `entry` is the entry that was searched for, or ``None`` for a search by text.

    >>> import alliance_ref as ar
    >>> line = ar.concordance("極東", lang="ja", documents=["treaty-1960"])[0]
    >>> line.passage, line.hit, line.right[:6]
    ('treaty-1960#5', '極東', 'における国際')
    >>> [line.other[start:end] for start, end in line.equivalents]
    ['Far East']
    """

    document: str
    passage: str | None
    unit: int
    lang: Lang
    left: str
    hit: str
    right: str
    start: int
    end: int
    entry: Entry | None
    other: str | Gap
    equivalents: tuple[tuple[int, int], ...] = ()

    def __str__(self) -> str:
        return f"{self.left}{self.hit}{self.right}"

    def __repr__(self) -> str:
        return f"<ConcordanceLine {self.passage or self.document} {self.lang} {self.hit!r}>"
