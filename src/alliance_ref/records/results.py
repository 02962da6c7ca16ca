"""How results are shown: several as a table or one per line, one as a small table.

Tables are built only if a notebook asks for them, so that a lookup does not load what they need.
"""

from typing import Any, SupportsIndex, TypeVar, overload

T_co = TypeVar("T_co", covariant=True)


class Shown:
    """The base of records that a notebook shows as a table of their fields."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        from alliance_ref.records.tables import record_table

        return record_table(self)


class Results(tuple[T_co, ...]):
    """Several results: a tuple that a notebook shows as a table, and that prints one result per line.

    >>> import alliance_ref as ar
    >>> found = ar.lookup("普天間")
    >>> isinstance(found, tuple), found._repr_html_()[:7]
    (True, '<table>')
    >>> print(found)
    futenma  Marine Corps Air Station Futenma / 普天間飛行場  (abbreviation 0.94: 普天間)
    """

    __slots__ = ()

    @overload
    def __getitem__(self, index: SupportsIndex, /) -> T_co: ...
    @overload
    def __getitem__(self, index: slice, /) -> "Results[T_co]": ...
    def __getitem__(self, index: SupportsIndex | slice, /) -> "T_co | Results[T_co]":
        """Return an item; a slice of results can be shown too."""
        found: Any = super().__getitem__(index)
        return Results(found) if isinstance(index, slice) else found

    def __str__(self) -> str:
        return "\n".join(map(str, self)) if self else "(no results)"

    def _repr_html_(self) -> str:
        from alliance_ref.records.tables import results_table

        return results_table(self)
