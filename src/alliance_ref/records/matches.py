"""The answer to a query."""

from typing import Literal

import attrs

from alliance_ref.records.entries import Entry, Name

Reason = Literal["exact", "variant", "reading", "romaji"]


@attrs.frozen(repr=False)
class Match:
    """An entry that answers a query: by which of its names, why, and how well.

    `reason` is ``exact`` (the name letter for letter), ``variant`` (the same name in another spelling:
    case, width, spaces, hyphens, marks), ``reading`` (by its kana) or ``romaji`` (by its
    romanization). `score` (0 to 1) falls with each step from the name as it is written.
    """

    entry: Entry
    name: Name
    score: float
    reason: Reason

    def __repr__(self) -> str:
        return f"<Match {self.entry.id} {self.score} {self.reason} {self.name.text!r}>"
