"""The two passes of a job over its units, on any executor, with checkpoints after every chunk.

The first pass reads the units chunk by chunk and observes them; the second pairs the observed chunks, with
the model that was learned from the counts of all chunks. The result does not depend on the number of
processors: all chunks have the same size, and their results are combined in their order.

The result of a chunk is written to the work folder at once. Memory holds the counts, the model and the chunks
in progress, independent of the number of units.
"""

import os
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Sized
from concurrent.futures import Executor
from functools import partial
from typing import Any, Generic, Protocol, Self, TypeVar

import attrs

from alliance_ref.batch.checkpoint import WorkFolder
from alliance_ref.batch.gc_pause import gc_paused, gc_rarely
from alliance_ref.batch.runner import CachedResult, Common, Job, Runner, cache, in_chunks
from alliance_ref.batch.serialization import digest, pack, pack_units, root, unpack, unpack_units
from alliance_ref.errors import CheckpointMismatch, DamagedCheckpoint
from alliance_ref.messages import message_text
from alliance_ref.progress import Progress
from alliance_ref.records.passages import TranslationUnit

CHUNK = 1000
"""Units in a chunk. Another size may change the last decimals of scores."""

PATIENCE = 8
"""Chunks to run before worker processes are started; this takes about as long as starting them."""

_FIRST_PASS_SHARE = 0.6
"""Share of the first pass in the total time, for progress."""

_START = digest(b"alliance_ref")


class Addable(Protocol):
    """Counts of a chunk, to which the counts of the next chunk can be added."""

    def add(self, other: Self, /) -> None:
        """Add the counts of the next chunk."""


class Counted(Protocol):
    """The observations of a chunk: a record with a field `counts`."""

    @property
    def counts(self) -> Any:
        """The counts of this chunk."""


K = TypeVar("K")
O = TypeVar("O", bound=Counted)  # noqa: E741
C = TypeVar("C", bound=Addable)
M = TypeVar("M")
P = TypeVar("P")
R = TypeVar("R")


@attrs.frozen
class Stages(Generic[K, O, C, M, P, R]):
    """The stages of a job: pure functions that workers can import by name."""

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
    """Run *stages* over *units* and return the result of the last stage.

    Args:
        stages: The stages.
        units: The units; read once, in order, and only as far ahead as needed.
        knowledge: The shared context of all stages; it is pickled for the workers.
        executor: The executor that runs the chunks; see `Runner`.
        window: Maximum number of chunks in progress; see `Runner`.
        progress: Called after each chunk with the units done and the total, which is 0 while it is unknown.
            A unit counts in part when it is observed and in full when it is paired.
        work_folder: The folder of the checkpoints; by default a temporary folder.
        resume: Whether *work_folder* may contain checkpoints already.
        options: Values on which the result depends in addition to the units; a checkpoint is only used for
            the same options.
        expected: The approximate number of units, if known.
        chunk: Units in a chunk.

    Raises:
        CheckpointMismatch: *work_folder* contains checkpoints of other units or options.
        UnfinishedCheckpoint: *work_folder* contains checkpoints, and *resume* is false.
        ChunkFailed: Every worker that ran one of the chunks died.
        ExecutorUnusable: *executor* does not accept work.
    """
    if expected is None and isinstance(units, Sized):
        expected = len(units)
    patience = 0 if expected is not None and expected > PATIENCE * chunk else PATIENCE
    with (
        gc_rarely(),
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
            done = _FIRST_PASS_SHARE * self.observed + (1 - _FIRST_PASS_SHARE) * self.paired
            self.progress(int(done), self.total)


@attrs.frozen
class _Chunk:
    """A chunk that was read: its name in the chain of digests, its size, and a label for messages."""

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
        """Run the first pass; return the model, the name of the whole input, and the chunks."""
        chunks: list[_Chunk] = []
        found: set[int] = set()

        def jobs() -> Iterator[Job | CachedResult]:
            name = _START
            for number, units in enumerate(cut):
                payload = pack_units(units)
                name = digest(name.encode(), payload)
                chunks.append(_Chunk(name, len(units), _label(units)))
                counts = self._kept(_observed(number), name, 1)
                # The second pass needs the observations, and the units are not available then.
                if counts is None or self._kept(_observed(number), name, 0) is None:
                    yield Job(payload, chunks[-1].label)
                else:
                    found.add(number)
                    yield CachedResult(counts)

        total = self.stages.counts()
        package = root(self.stages.observe.__module__)
        common = self._common("knowledge", self.knowledge)
        task = partial(observe_chunk, self.stages.observe)
        for number, result in enumerate(self.runner.in_order(task, common, jobs())):
            here = chunks[number]
            if number in found:
                counts = result
            else:
                observed, counts = pickle.loads(result)  # noqa: S301  # written by our own task
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
        """Run the second pass; yield the pairs of all chunks, in order."""
        found: set[int] = set()

        def jobs() -> Iterator[Job | CachedResult]:
            for number, chunk in enumerate(chunks):
                if (paired := self._kept(_paired(number), input_name, 0)) is not None:
                    found.add(number)
                    yield CachedResult(paired)
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
        """Return a part of the checkpoint of an earlier run, if there is one."""
        return self.folder.read(name, made_from, part) if self.folder.lasting else None

    def _common(self, name: str, value: object) -> Common:
        content = pickle.dumps(value, protocol=5)
        common = Common.of(content, self.folder.write_plain(name, content))
        cache(common.digest, value)
        return common


def observe_chunk(
    observe: Callable[[Sequence[TranslationUnit], K], O], knowledge: K, payload: bytes
) -> bytes:
    """Run the first pass on packed units; return the observations and the counts, packed separately."""
    with gc_paused():
        observed = observe(unpack_units(payload), knowledge)
        return pickle.dumps((pack(attrs.evolve(observed, counts=None)), pack(observed.counts)))  # type: ignore[misc]


def pair_chunk(pair: Callable[[O, M, K], P], common: tuple[M, K], payload: bytes) -> bytes:
    """Run the second pass on packed observations; return the packed pairs."""
    with gc_paused():
        return pack(pair(unpack(payload, root(pair.__module__)), *common))


def _label(units: Sequence[TranslationUnit]) -> str:
    first, last = (f"{unit.document or 'input'}, unit {unit.number}" for unit in (units[0], units[-1]))
    return f"units from ({first}) to ({last})"


def _observed(number: int) -> str:
    return f"observed-{number:06}"


def _paired(number: int) -> str:
    return f"paired-{number:06}"
