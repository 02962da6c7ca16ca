r"""Patterns that were computed when the data was compiled, so that a process need not compute them again.

The compiled table has the keys of all names in order, for each key the number of the longest other key that
it begins with (what `PhraseMatcher` searches by), and one text with the patterns of the key:

    "camp"    -1    "en\t0\tcamp-zama#2\tCamp"
    "camps"    0    "en\t1\tcamp-zama#2\tCamp"

The columns of a pattern are its language, whether it is inflected, a reference to its value and its text.
Patterns are parsed, and their values loaded, only for the keys that occur in a text.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from alliance_ref.matcher.phrase_matcher import Pattern, PhraseMatcher, longest_prefixes

if TYPE_CHECKING:
    from alliance_ref.records.values import Lang

T = TypeVar("T")

_EMPTY = ""


def compile_patterns(patterns: Mapping[str, Sequence[Pattern[str]]]) -> dict[str, list[Any]]:
    """Return the compiled table of patterns whose values are references to the objects that they name.

    Raises:
        ValueError: if a name has a tab or a line break.
    """
    keys = sorted(patterns)
    rows = []
    for key in keys:
        lines = []
        for pattern in patterns[key]:
            columns = (pattern.lang, str(int(pattern.inflected)), pattern.value, pattern.text)
            line = "\t".join(columns)
            if line.count("\t") != len(columns) - 1 or len(line.splitlines()) != 1:
                raise ValueError(f"a tab or line break in the name {pattern.text!r}")
            lines.append(line)
        rows.append("\n".join(lines))
    return {"keys": keys, "prefixes": longest_prefixes(keys), "rows": rows}


def precompiled_matcher(table: Mapping[str, list[Any]], value: Callable[[str], T | None]) -> PhraseMatcher[T]:
    """Return a phrase matcher of a compiled table.

    Args:
        table: A table from `compile_patterns`.
        value: Returns the value for a reference, or ``None`` to ignore the name.
    """
    patterns = _PrecompiledPatterns(dict(zip(table["keys"], table["rows"], strict=True)), value)
    return PhraseMatcher(patterns, keys=table["keys"], prefixes=table["prefixes"])


class _PrecompiledPatterns(Mapping[str, tuple[Pattern[T], ...]], Generic[T]):
    """The patterns of each key, parsed on first use."""

    def __init__(self, rows: Mapping[str, str], value: Callable[[str], T | None]) -> None:
        self._rows = rows
        self._value = value
        self._parsed: dict[str, tuple[Pattern[T], ...]] = {}

    def __getitem__(self, key: str) -> tuple[Pattern[T], ...]:
        if key not in self._parsed:
            self._parsed[key] = tuple(self._parse(self._rows[key]))
        return self._parsed[key]

    def __contains__(self, key: object) -> bool:
        return key in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def _parse(self, row: str) -> Iterator[Pattern[T]]:
        for line in row.split("\n") if row != _EMPTY else ():
            lang, inflected, reference, text = line.split("\t")
            value = self._value(reference)
            if value is not None:
                yield Pattern(value, cast("Lang", lang), text, inflected == "1")
