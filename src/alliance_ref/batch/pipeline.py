"""The two passes of a build over its units, whoever does the work and however often it stops.

In the first pass the units are read, chunk by chunk, and observed; in the second what was observed is
paired, with the model that the counts of all chunks gave. Both are the same on one processor and on a
hundred: the chunks are of one size, their results are taken in their order, and nothing else is.

What a chunk gave goes into the work folder at once. Memory holds the counts, the model and the chunks under
way, whatever the number of units.
"""

import os
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Sized
from concurrent.futures import Executor
from functools import partial
from typing import Any, Generic, Protocol, Self, TypeVar

import attrs

from alliance_ref.batch.checkpoint import WorkFolder
from alliance_ref.batch.gc_pause import not_collecting, seldom_collecting
from alliance_ref.batch.runner import Common, Job, Ready, Runner, hold, in_chunks
from alliance_ref.batch.serialization import digest, pack, pack_units, root, unpack, unpack_units
from alliance_ref.errors import CheckpointMismatch, DamagedCheckpoint
from alliance_ref.messages import message_text
from alliance_ref.progress import Progress
from alliance_ref.records.passages import TranslationUnit

CHUNK = 1000
"""Units in a chunk. Part of the result: another size may give other scores in the last decimals."""

PATIENCE = 8
"""Chunks to wait before worker processes are started: about as long as it takes to start them."""

_FIRST_PASS = 0.6  # its share of the time, for progress
_START = digest(b"alliance_ref")


class Adds(Protocol):
    """Counts of a chunk, to which those of the next are added."""

    def add(self, other: Self, /) -> None:
        """Add the counts of the chunk that follows."""


class Counted(Protocol):
    """What was observed in a chunk: a record with a field `counts`."""

    @property
    def counts(self) -> Any:
        """The counts of this chunk."""


K = TypeVar("K")
O = TypeVar("O", bound=Counted)  # noqa: E741
C = TypeVar("C", bound=Adds)
M = TypeVar("M")
P = TypeVar("P")
R = TypeVar("R")


@attrs.frozen
class Stages(Generic[K, O, C, M, P, R]):
    """The stages of a build: functions that workers can import by name, and that depend on nothing else."""

    observe: Callable[[Sequence[TranslationUnit], K], O]
    counts: Callable[[], C]
    learn: Callable[[C, K], M]
    pair: Callable[[O, M, K], P]
    assemble: Callable[[Iterable[P], M, K], R]


def run(
    stages: Stages[K, O, C, M, P, R],
    units: Iterable[TranslationUnit],
    knowledge: K,
    *,
    executor: Executor | None = None,
    window: int | None = None,
    progress: Progress | None = None,
    work_folder: str | os.PathLike[str] | None = None,
    resume: bool = True,
    options: Mapping[str, str | int] | None = None,
    expected: int | None = None,
    chunk: int = CHUNK,
) -> R:
    """What *stages* make of *units*.

    Args:
        stages: What to do.
        units: Read once, in order, and not further ahead than there is work under way.
        knowledge: Given to all stages; pickled on its way to workers.
        executor: Who does the work; see :class:`~alliance_ref.batch.runner.Runner`.
        window: How many chunks are under way at once, likewise.
        progress: Called after each chunk with the units done and those there are, 0 while that is unknown.
            A unit counts in part when it is observed and in full when it is paired.
        work_folder: Where the work is kept, to go on from when it stops; a temporary folder if left out.
        resume: Whether *work_folder* may hold work already.
        options: What the result depends on beside the units, to tell one work from another.
        expected: How many units there will be, about, if that is known; for progress, and to know at once
            that there is much to do.
        chunk: Units in a chunk.

    Raises:
        CheckpointMismatch: *work_folder* holds the work on other units or with other options.
        UnfinishedCheckpoint: It holds work that was not to be resumed.
        ChunkFailed: A chunk takes every worker down.
        ExecutorUnusable: *executor* takes no work.
    """
    if expected is None and isinstance(units, Sized):
        expected = len(units)
    patience = 0 if expected is not None and expected > PATIENCE * chunk else PATIENCE
    with (
        seldom_collecting(),
        WorkFolder(work_folder, {**(options or {}), "units in a chunk": chunk}, resume=resume) as folder,
        Runner(executor, patience=patience, window=window) as runner,
    ):
        work = _Work(stages, knowledge, folder, runner, _Report(progress, expected or 0))
        model, input_name, chunks = work.first(in_chunks(units, chunk))
        return stages.assemble(work.second(model, input_name, chunks), model, knowledge)


@attrs.define
class _Report:
    progress: Progress | None
    total: int
    observed: int = 0
    paired: int = 0

    def tell(self, *, observed: int = 0, paired: int = 0) -> None:
        self.observed += observed
        self.paired += paired
        if self.progress is not None:
            done = _FIRST_PASS * self.observed + (1 - _FIRST_PASS) * self.paired
            self.progress(int(done), self.total)


@attrs.frozen
class _Chunk:
    """A chunk that was read: its name in the chain, how many units it has, and how to call them."""

    name: str
    size: int
    label: str


@attrs.frozen
class _Work(Generic[K, O, C, M, P, R]):
    stages: Stages[K, O, C, M, P, R]
    knowledge: K
    folder: WorkFolder
    runner: Runner
    report: _Report

    def first(self, cut: Iterable[Sequence[TranslationUnit]]) -> tuple[M, str, list[_Chunk]]:
        """Observe all chunks and learn: the model, the name of the whole input, and the chunks."""
        chunks: list[_Chunk] = []
        found: set[int] = set()

        def jobs() -> Iterator[Job | Ready]:
            name = _START
            for number, units in enumerate(cut):
                payload = pack_units(units)
                name = digest(name.encode(), payload)
                chunks.append(_Chunk(name, len(units), _label(units)))
                counts = self._kept(_observed(number), name, 1)
                # What was observed is wanted in the second pass, when the units are no longer at hand.
                if counts is None or self._kept(_observed(number), name, 0) is None:
                    yield Job(payload, chunks[-1].label)
                else:
                    found.add(number)
                    yield Ready(counts)

        total = self.stages.counts()
        package = root(self.stages.observe.__module__)
        common = self._common("knowledge", self.knowledge)
        task = partial(observe_chunk, self.stages.observe)
        for number, result in enumerate(self.runner.in_order(task, common, jobs())):
            here = chunks[number]
            if number in found:
                counts = result
            else:
                observed, counts = pickle.loads(result)  # noqa: S301  # our own task made it
                self.folder.write(_observed(number), here.name, observed, counts)
            total.add(unpack(counts, package))
            self.report.tell(observed=here.size)
        if extra := self.folder.names("observed-") - {_observed(number) for number in range(len(chunks))}:
            difference = message_text("the input ends before {name}", name=min(extra))
            raise CheckpointMismatch(str(self.folder.path), difference)
        self.runner.settle()
        self.report.total = sum(chunk.size for chunk in chunks)
        return self.stages.learn(total, self.knowledge), chunks[-1].name if chunks else _START, chunks

    def second(self, model: M, input_name: str, chunks: Sequence[_Chunk]) -> Iterator[P]:
        """Pair all chunks, in order."""
        found: set[int] = set()

        def jobs() -> Iterator[Job | Ready]:
            for number, chunk in enumerate(chunks):
                if (paired := self._kept(_paired(number), input_name, 0)) is not None:
                    found.add(number)
                    yield Ready(paired)
                    continue
                observed = self.folder.read(_observed(number), chunk.name, 0)
                if observed is None:
                    raise DamagedCheckpoint(str(self.folder.path / _observed(number)))
                yield Job(observed, chunk.label)

        common = self._common("model", (model, self.knowledge))
        task = partial(pair_chunk, self.stages.pair)
        for number, result in enumerate(self.runner.in_order(task, common, jobs())):
            if self.folder.lasting and number not in found:
                self.folder.write(_paired(number), input_name, result)
            self.report.tell(paired=chunks[number].size)
            yield unpack(result, root(self.stages.pair.__module__))

    def _kept(self, name: str, made_from: str, part: int) -> bytes | None:
        """A part of what was made in an earlier run."""
        return self.folder.read(name, made_from, part) if self.folder.lasting else None

    def _common(self, name: str, value: object) -> Common:
        content = pickle.dumps(value, protocol=5)
        common = Common.of(content, self.folder.write_plain(name, content))
        hold(common.digest, value)
        return common


def observe_chunk(
    observe: Callable[[Sequence[TranslationUnit], K], O], knowledge: K, payload: bytes
) -> bytes:
    """The task of the first pass: packed units in, what was observed and the counts out, packed apart."""
    with not_collecting():
        observed = observe(unpack_units(payload), knowledge)
        return pickle.dumps((pack(attrs.evolve(observed, counts=None)), pack(observed.counts)))  # type: ignore[misc]


def pair_chunk(pair: Callable[[O, M, K], P], common: tuple[M, K], payload: bytes) -> bytes:
    """The task of the second pass: what was observed in, its pairs out."""
    with not_collecting():
        return pack(pair(unpack(payload, root(pair.__module__)), *common))


def _label(units: Sequence[TranslationUnit]) -> str:
    first, last = (f"{unit.document or 'input'}, unit {unit.number}" for unit in (units[0], units[-1]))
    return f"units from ({first}) to ({last})"


def _observed(number: int) -> str:
    return f"observed-{number:06}"


def _paired(number: int) -> str:
    return f"paired-{number:06}"
