"""How consistently the units render a term: in how many units it occurs, and in how many with each rendering.

The units of a chunk are searched for all English terms of the pairs that were extracted there, so that units
are counted as well in which a term is rendered in another way or not at all. A translator's check asks for a
rendering wherever the term occurs; a pair that its own units often contradict cannot be asked for.
"""

from collections.abc import Iterable, Sequence

import attrs

from alliance_ref.extraction.english_words import TOKENS, english_word
from alliance_ref.text.keys import english_key


def english_group(text: str) -> str:
    """Return the key that all spellings of an English term share."""
    return english_key(text).replace(" ", "") or text.casefold()


@attrs.define
class TermUnits:
    """The units that contain an English term.

    Attributes:
        units: Their number.
        with_japanese: The number of them that contain each Japanese term.
    """

    units: int = 0
    with_japanese: dict[str, int] = attrs.field(factory=dict)

    def add(self, other: "TermUnits") -> None:
        """Add the units of a later chunk."""
        self.units += other.units
        mine = self.with_japanese
        for text, count in other.with_japanese.items():
            mine[text] = mine.get(text, 0) + count

    def share(self, renderings: Iterable[str]) -> float:
        """Return the share of the units with one of the *renderings*.

        Only the counts of single renderings are known; they are taken as independent of each other.

        >>> TermUnits(4, {"協定": 2, "合意": 2}).share(["協定", "合意"])
        0.75
        """
        if not self.units:
            return 1.0
        without = 1.0
        for text in sorted(set(renderings)):
            without *= 1.0 - self.with_japanese.get(text, 0) / self.units
        return 1.0 - without


class TermIndex:
    """The English terms of the pairs of a chunk, to be found in its units.

    >>> index = TermIndex([("armed forces", "軍隊"), ("force", "部隊")])
    >>> index.count(["arm", "armed", "force"], "軍隊の部隊。")
    >>> {term: (found.units, found.with_japanese) for term, found in index.found.items()}
    {'armedforce': (1, {'軍隊': 1}), 'force': (1, {'部隊': 1})}
    """

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.found: dict[str, TermUnits] = {}
        self._renderings: dict[str, dict[str, None]] = {}
        self._terms: dict[str, dict[tuple[str, ...], str]] = {}
        self._sizes: dict[str, set[int]] = {}
        seen: dict[str, str] = {}
        for english, japanese in pairs:
            group = seen.get(english)
            if group is None:
                group = seen[english] = english_group(english)
                words = tuple([english_word(word).term_key for _, word in TOKENS.findall(english) if word])
                if not words:
                    continue
                self._terms.setdefault(words[0], {})[words] = group
                self._sizes.setdefault(words[0], set()).add(len(words))
            self._renderings.setdefault(group, {})[japanese] = None

    def count(self, words: Sequence[str], japanese: str) -> None:
        """Count the terms of one unit.

        Args:
            words: The words of its English text, in the singular (`EnglishWord.term_key`).
            japanese: Its Japanese text.
        """
        groups: dict[str, None] = {}
        sizes, terms = self._sizes, self._terms
        for place, word in enumerate(words):
            if word in sizes:
                known = terms[word]
                for size in sizes[word]:
                    group = known.get(tuple(words[place : place + size]))
                    if group is not None:
                        groups[group] = None
        for group in groups:
            found = self.found.get(group)
            if found is None:
                found = self.found[group] = TermUnits()
            found.units += 1
            counts = found.with_japanese
            for text in self._renderings[group]:
                if text in japanese:
                    counts[text] = counts.get(text, 0) + 1
