"""The answer to a query."""

from typing import Literal

import attrs

from alliance_ref.records.entries import Entry, Name

Reason = Literal[
    "exact", "abbreviation", "variant", "reading", "romaji", "okurigana", "inflected", "prefix", "fuzzy"
]


@attrs.frozen(repr=False)
class Match:
    """An entry that answers a query: by which of its names, why, and how well.

    `reason` is ``exact`` (the name letter for letter), ``abbreviation`` (one of its abbreviations),
    ``variant`` (the same name in another spelling: case, width, spaces, hyphens, marks, old kanji),
    ``reading`` (by its kana), ``romaji`` (by its romanization, in any system), ``okurigana`` (with fewer or
    more kana behind its kanji), ``inflected`` (a plural, a British spelling, 再編された for 再編), ``fuzzy``
    (with typing errors) or ``prefix`` (it only begins so). `score` (0 to 1) falls with each step from the
    name as it is written.

    >>> import alliance_ref as ar
    >>> for query in ("ふてんま", "Hutenma", "Futemna"):
    ...     match = ar.lookup(query)[0]
    ...     print(match.entry.id, match.name, match.reason, match.score)
    futenma 普天間 reading 0.82
    futenma 普天間 romaji 0.74
    futenma Futenma fuzzy 0.4
    """

    entry: Entry
    name: Name
    score: float
    reason: Reason

    def __repr__(self) -> str:
        return f"<Match {self.entry.id} {self.score} {self.reason} {self.name.text!r}>"
