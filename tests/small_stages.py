"""A small job whose stages only count, for tests of the batch package.

It stands in a module of its own because worker processes import it by name. Units whose English begins with
a word in capitals make trouble: DIE ends the process that observes them, WAIT takes its time, RAISE raises.
``DIE path`` does so only as long as there is no file at that path, and makes one.
"""

import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import attrs

from alliance_ref.batch.pipeline import Stages
from alliance_ref.records import TranslationUnit


@attrs.define
class Counts:
    words: dict[str, int] = attrs.field(factory=dict)

    def add(self, other: "Counts") -> None:
        for word, count in other.words.items():
            self.words[word] = self.words.get(word, 0) + count


@attrs.frozen
class Observed:
    words: list[list[str]]
    counts: Counts | None


def observe(units: Sequence[TranslationUnit], knowledge: str) -> Observed:
    words = []
    for unit in units:
        trouble, _, rest = unit.en.partition(" ")
        if trouble == "DIE" and not (rest and Path(rest).exists()):
            if rest:
                Path(rest).touch()
            assert "pytest" not in sys.modules, "this is no worker"
            os.kill(os.getpid(), signal.SIGKILL)
        elif trouble == "WAIT":
            time.sleep(float(rest))
        elif trouble == "RAISE":
            raise ValueError(rest)
        words.append([*unit.en.split(), unit.ja[:2]])
    return Observed(words, Counts(dict(Counter(word for unit in words for word in unit))))


def learn(counts: Counts, knowledge: str) -> dict[str, int]:
    return dict(sorted(counts.words.items(), key=lambda item: (-item[1], item[0])))


def pair(observed: Observed, model: dict[str, int], knowledge: str) -> list[str]:
    return [max(words, key=lambda word: (-model[word], word)) for words in observed.words if words]


def assemble(paired: Iterable[list[str]], model: dict[str, int], knowledge: str) -> str:
    return f"{knowledge} {len(model)}\n" + "".join(f"{word}\n" for words in paired for word in words)


STAGES: Stages[str, Observed, Counts, dict[str, int], list[str], str] = Stages(
    observe, Counts, learn, pair, assemble
)


def some_units(number: int) -> Iterator[TranslationUnit]:
    """Yield a number of different units."""
    for place in range(number):
        yield TranslationUnit(f"base {place} of {place % 7}", f"基地{place % 11}", "memory.tmx", place)
