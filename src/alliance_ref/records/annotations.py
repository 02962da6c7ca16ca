"""What is found in running text: names in their place, and words in their contexts."""

from typing import Literal

import attrs

from alliance_ref.records.entries import Entry, Name
from alliance_ref.records.values import Gap, Lang

AnnotationKind = Literal["exact", "variant", "abbreviation", "inflected"]


@attrs.frozen(repr=False)
class Annotation:
    """A name of the reference in a text, and what it may name.

    `text` is ``given[start:end]``, and `lang` the language of the name. `entries` are all that are called
    so, the likeliest first, and `names` the name of each. `kind` says how the first one is written:
    ``exact`` (letter for letter), ``abbreviation`` (one of its abbreviations), ``variant`` (in another
    spelling: case, width, spaces, hyphens, marks, old kanji) or ``inflected`` (a plural, a British spelling).

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
        """The likeliest entry.

        >>> import alliance_ref as ar
        >>> found = ar.annotate("SOFA was signed in 1960.")[0]
        >>> found.entry.id, [entry.id for entry in found.entries]
        ('sofa-1960', ['sofa-1960', 'sofa-term'])
        """
        return self.entries[0]

    @property
    def name(self) -> Name:
        """The name of the likeliest entry."""
        return self.names[0]

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        entries = " | ".join(entry.id for entry in self.entries)
        return f"<Annotation {self.start}:{self.end} {self.text!r} {self.kind} {entries}>"


@attrs.frozen(repr=False)
class ConcordanceLine:
    """A hit in its context, and the other side of the aligned unit that it stands in.

    `left` and `right` are what stands around the hit in its passage, as far as the width asked for goes.
    `start` and `end` are the hit's place in its side of the unit, ``unit.text(lang)[start:end]``; `unit` is
    the unit's number in the passage, from 0. `passage` is ``None`` for a paragraph of a copy that no document
    has. `other` is the text of the other side or the gap there, and `equivalents` where names of the same
    entry stand in it. `entry` is what the hit names, ``None`` where that was not asked.

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
