"""Results of looking up and translating a query."""

from collections.abc import Iterator
from typing import Literal

import attrs

from alliance_ref.records.entries import Entry, Name
from alliance_ref.records.results import Shown
from alliance_ref.records.validation import typed
from alliance_ref.records.values import Gap, Lang

Reason = Literal[
    "exact",
    "abbreviation",
    "variant",
    "reading",
    "romaji",
    "okurigana",
    "inflected",
    "prefix",
    "part",
    "fuzzy",
]


@attrs.frozen(repr=False, field_transformer=typed)
class Match(Shown):
    """An entry that matches a query, with the name, the kind of match and the score.

    `reason` is ``exact``, ``abbreviation``, ``variant`` (another spelling: case, width, spaces, hyphens,
    diacritics, numerals, old kanji), ``reading`` (kana), ``romaji`` (any romanization system), ``okurigana``
    (fewer or more kana after the kanji), ``inflected`` (a plural, a British spelling, 再編された for 再編),
    ``part`` (the name contains the query), ``fuzzy`` (typing errors) or ``prefix``. `score` (0 to 1) is lower
    the more the query differs from the name.

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

    def __str__(self) -> str:
        names = f"{self.entry.label('en')} / {self.entry.label('ja')}"
        return f"{self.entry.id}  {names}  ({self.reason} {self.score}: {self.name.text})"

    def __repr__(self) -> str:
        return f"<Match {self.entry.id} {self.score} {self.reason} {self.name.text!r}>"


@attrs.frozen(field_transformer=typed)
class Equivalent(Shown):
    """A name in the target language, with its entry.

    >>> import alliance_ref as ar
    >>> for equivalent in ar.translate("普天間", to="en"):
    ...     print(equivalent, equivalent.entry.id, equivalent.name.status)
    Futenma futenma abbreviation
    MCAS Futenma futenma abbreviation
    Marine Corps Air Station Futenma futenma preferred
    Futenma Air Station futenma admitted
    Futenma U.S. base futenma admitted
    """

    entry: Entry
    name: Name

    def __str__(self) -> str:
        return self.name.text


@attrs.frozen(repr=False, field_transformer=typed)
class Translation:
    """The equivalents of a query in the target language, best first, or a gap.

    `query` is the query and `to` the target language. Several entries may have the same name; each
    equivalent has its entry.

    >>> import alliance_ref as ar
    >>> found = ar.translate("Defense Agency", to="ja", as_of="2005-04-14")
    >>> str(found), len(found), found.equivalents[0].name.reading
    ('防衛庁', 1, 'ぼうえいちょう')
    """

    query: str
    to: Lang
    equivalents: tuple[Equivalent, ...]
    gap: Gap | None = None

    def __iter__(self) -> Iterator[Equivalent]:
        return iter(self.equivalents)

    def __len__(self) -> int:
        return len(self.equivalents)

    def __bool__(self) -> bool:
        return bool(self.equivalents)

    def __str__(self) -> str:
        return str(self.equivalents[0]) if self.equivalents else str(self.gap)

    def __repr__(self) -> str:
        names = ", ".join(map(repr, map(str, self.equivalents))) or str(self.gap)
        return f"<Translation {self.query!r} to {self.to}: {names}>"

    def _repr_html_(self) -> str:
        from alliance_ref.records.tables import record_table, results_table

        return results_table(self.equivalents) if self.equivalents else record_table(self)
