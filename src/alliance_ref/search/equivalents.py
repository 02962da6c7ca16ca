"""Translating names: what an entry is called in the other language, and why there may be no answer."""

import datetime
from typing import TYPE_CHECKING

from alliance_ref.arguments import check_lang
from alliance_ref.errors import quoted
from alliance_ref.records import Entry, Equivalent, Gap, Lang, Name, Translation

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Protocol

    from alliance_ref.records import EntryKind, Match

    class Lookup(Protocol):
        """What finds entries by name."""

        def lookup(
            self,
            query: str,
            *,
            lang: Lang | None = None,
            kinds: Iterable[EntryKind] | None = None,
            as_of: datetime.date | None = None,
            limit: int = 10,
        ) -> tuple[Match, ...]:
            """The entries of this name."""


_ORDER = {"preferred": 0, "admitted": 1, "abbreviation": 2, "deprecated": 3}
_NEAR = 0.1
"""Entries found this much less surely than the best one are another matter."""


def translate(
    reference: "Lookup", query: str | Entry, *, to: Lang, as_of: datetime.date | None = None
) -> Translation:
    """The equivalents of *query* in the language *to*; see :meth:`Reference.translate`."""
    check_lang(to, "to")
    if isinstance(query, Entry):
        asked, entries, abbreviated = query.label("en"), [query], False
    else:
        asked = query
        matches = reference.lookup(query, as_of=as_of)
        # A guess at what was meant is no ground for a translation.
        if not matches or matches[0].reason == "fuzzy":
            return Translation(asked, to, (), Gap("not-held", _why_unknown(reference, query, as_of)))
        sure = [match for match in matches if match.score >= matches[0].score - _NEAR]
        entries = [match.entry for match in sure]
        abbreviated = sure[0].name.status == "abbreviation"
    found = [Equivalent(entry, name) for entry in entries for name in _usable(entry, to, as_of, abbreviated)]
    if found:
        return Translation(asked, to, tuple(found))
    [entry, *_] = entries
    if not entry.names_in(to):
        return Translation(asked, to, (), Gap("not-translated", f"{entry.id} has no name in this language"))
    return Translation(asked, to, (), Gap("not-held", f"no name of {entry.id} was in use on {as_of}"))


def _usable(entry: Entry, to: Lang, as_of: datetime.date | None, abbreviated: bool) -> list[Name]:
    """The names to use, the preferred one first; an abbreviation first for one."""
    names = [name for name in entry.names_in(to, as_of=as_of) if name.status in _ORDER]

    def order(name: Name) -> tuple[int, int]:
        if abbreviated and name.status == "abbreviation":
            return -1, len(name.text)  # the plainest first: ライス before ライス国務長官
        return _ORDER[name.status], 0

    return sorted(names, key=order)


def _why_unknown(reference: "Lookup", query: str, as_of: datetime.date | None) -> str:
    other = reference.lookup(query)
    if other and other[0].reason == "fuzzy":
        return f"nothing is called {quoted(query)} here; did you mean {other[0].name.text!r}?"
    if other and as_of is not None:
        name = other[0].name
        return f"{name.text} was not in use on {as_of}, but in {name.valid}"
    return f"nothing is called {quoted(query)} here"
