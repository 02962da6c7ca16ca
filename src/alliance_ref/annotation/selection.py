"""Selection of annotations: which of the names that are found in a text the caller wants.

Names are selected after the longest names were chosen and with all names of the text as context, so that an
option never changes what a name means: with ``exclude="south-china-sea"``, "South China Sea" does not become
an annotation of China.
"""

from collections.abc import Callable, Container, Iterable
from typing import Any, TypeAlias

import attrs

from alliance_ref.arguments import check_number, check_text, wrong_type
from alliance_ref.records.annotations import Annotation
from alliance_ref.records.entries import Entry

Exclude: TypeAlias = str | Iterable[str] | Callable[[Entry], bool]
"""What to leave out: an id, several ids, or a function that returns true for an entry to leave out."""


@attrs.frozen
class Selection:
    """The options of `Reference.annotate` that select annotations; the default selects all."""

    kinds: Container[str] | None = None
    excluded: Callable[[Entry], bool] | None = None
    abbreviations: bool = True
    min_length: int = 1
    first_only: bool = False

    def accepts(self, designation: Any) -> bool:
        """Return whether an entry with one of its names may be annotated."""
        return (
            (self.kinds is None or designation.item.kind in self.kinds)
            and (self.abbreviations or designation.name.status != "abbreviation")
            and (self.excluded is None or not self.excluded(designation.item))
        )

    @property
    def by_designation(self) -> Callable[[Any], bool] | None:
        """The method `accepts`, or ``None`` if it accepts everything."""
        if self.kinds is None and self.abbreviations and self.excluded is None:
            return None
        return self.accepts

    def of(self, annotations: Iterable[Annotation]) -> list[Annotation]:
        """Return the annotations that are long enough and, if asked, the first of their entry."""
        seen: set[str] = set()
        selected = []
        for annotation in annotations:
            if annotation.end - annotation.start < self.min_length:
                continue
            if self.first_only and annotation.entry.id in seen:
                continue
            seen.add(annotation.entry.id)
            selected.append(annotation)
        return selected


def selection(
    kinds: Container[str] | None = None,
    exclude: Exclude | None = None,
    *,
    abbreviations: bool = True,
    min_length: int = 1,
    first_only: bool = False,
    check_id: Callable[[str], object] | None = None,
) -> Selection:
    """Return the selection with these options.

    Args:
        kinds: The accepted kinds of entries, checked by the caller.
        exclude: See `Exclude`.
        abbreviations: Whether abbreviations are accepted.
        min_length: The minimum number of characters of a name in the text.
        first_only: Whether only the first name of each entry is accepted.
        check_id: Raises an error for an id that no entry has.

    Raises:
        InvalidType: if an option has the wrong type.
        InvalidValue: if *min_length* is negative.
    """
    check_number(min_length, "min_length")
    return Selection(kinds, _excluded(exclude, check_id), bool(abbreviations), min_length, bool(first_only))


def _excluded(
    exclude: Exclude | None, check_id: Callable[[str], object] | None
) -> Callable[[Entry], bool] | None:
    if exclude is None or callable(exclude):
        return exclude
    if not isinstance(exclude, Iterable):
        raise wrong_type("exclude", "an id, several ids or a function", exclude)
    ids = frozenset((exclude,) if isinstance(exclude, str) else exclude)
    for entry_id in ids:
        check_text(entry_id, "an id in exclude")
        if check_id is not None:
            check_id(entry_id)
    return lambda entry: entry.id in ids
