"""A small job whose stages only count, for tests of the batch package.

It is a separate module because worker processes import it by name. Units whose English begins with a word
in capitals cause trouble: DIE ends the process that observes them, WAIT waits, RAISE raises. ``WAIT 1 path``
first creates a file that has the number of the process in its name. ``DIE path`` does so only if there is no
file at that path, and creates one.
"""

import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs

from alliance_ref.batch.pipeline import Stages
from alliance_ref.records import TranslationUnit


@attrs.define
class Counts:
    words: dict[str, int] = attrs.field(factory=dict)

    def add(self, other: "Counts") -> None:
        for word, count in other.words.items():
            self.words[word] = self.words.get(word, 0) + count

    def to_parts(self) -> list[Any]:
        return [self.words]

    @classmethod
    def from_parts(cls, parts: list[Any]) -> "Counts":
        (words,) = parts
        if set(map(type, words.values())) != {int}:
            raise ValueError("not counts")
        return cls(words)


@attrs.frozen
class Words:
    words: list[list[str]]

    def to_parts(self) -> list[Any]:
        return self.words

    @classmethod
    def from_parts(cls, parts: list[Any]) -> "Words":
        if not all(type(row) is list and set(map(type, row)) == {str} for row in parts):
            raise ValueError("not words")
        return cls(parts)


def observe(units: Sequence[TranslationUnit], knowledge: str) -> tuple[Words, Counts]:
    words = []
    for unit in units:
        trouble, _, rest = unit.en.partition(" ")
        if trouble == "DIE" and not (rest and Path(rest).exists()):
            if rest:
                Path(rest).touch()
            assert "pytest" not in sys.modules, "this process is not a worker"
            os.kill(os.getpid(), signal.SIGKILL)
        elif trouble == "WAIT":
            seconds, _, mark = rest.partition(" ")
            if mark:
                Path(f"{mark}-{os.getpid()}").touch()
            time.sleep(float(seconds))
        elif trouble == "RAISE":
            raise ValueError(rest)
        words.append([*unit.en.split(), unit.ja[:2]])
    return Words(words), Counts(dict(Counter(word for unit in words for word in unit)))


def learn(counts: Counts, knowledge: str) -> dict[str, int]:
    return dict(sorted(counts.words.items(), key=lambda item: (-item[1], item[0])))


def pair(observed: Words, model: dict[str, int], knowledge: str) -> Words:
    return Words([[max(words, key=lambda word: (-model[word], word)) for words in observed.words if words]])


def assemble(paired: Iterable[Words], model: dict[str, int], knowledge: str) -> str:
    words = (word for chunk in paired for row in chunk.words for word in row)
    return f"{knowledge} {len(model)}\n" + "".join(f"{word}\n" for word in words)


STAGES: Stages[str, Words, Counts, dict[str, int], Words, str] = Stages(
    Words, Counts, Words, observe, learn, pair, assemble
)


def some_units(number: int) -> Iterator[TranslationUnit]:
    """Yield a number of different units."""
    for place in range(number):
        yield TranslationUnit(f"base {place} of {place % 7}", f"基地{place % 11}", "memory.tmx", place)
