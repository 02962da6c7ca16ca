"""The two passes of a job over its units, on any executor, with a checkpoint after every chunk.

The first pass reads the units chunk by chunk and observes them; the second pairs the observed chunks, with
the model that was learned from the counts of all chunks. The result does not depend on the number of
processors: all chunks have the same size, and their results are combined in their order.

The result of a chunk is written to the checkpoint at once. Memory holds the counts, the model and the chunks
in progress, independent of the number of units.
"""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Sized
from concurrent.futures import Executor
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any, Generic, Protocol, Self, TypeVar

import attrs

from alliance_ref.batch.checkpoint import Checkpoint
from alliance_ref.batch.collector import collected_rarely
from alliance_ref.batch.runner import CachedResult, Job, Runner, SharedContext, in_chunks
from alliance_ref.batch.serialization import Serializable, digest, pack, pack_units, unpack, unpack_units
from alliance_ref.batch.workers import SerialExecutor, processors
from alliance_ref.errors import DamagedCheckpoint
from alliance_ref.progress import Progress
from alliance_ref.records.passages import TranslationUnit

CHUNK = 1000
"""Units in a chunk. Another size may change the last decimals of scores."""

MAX_SERIAL_CHUNKS = 8
"""Chunks of a job that runs in this process by default; it takes about as long as starting workers."""

_FIRST_PASS_SHARE = 0.6
"""Share of the first pass in the total time, for progress."""

_MANY_CHUNKS = 100
"""Chunks from which it is worthwhile to end the workers while a model is learned, and to start them again."""

_OBSERVED, _COUNTS, _PAIRED = "observed", "counts", "paired"
"""Names of the results of a chunk in the checkpoint."""

_START = digest(b"alliance_ref")


class Addable(Serializable, Protocol):
    """Counts of a chunk, to which the counts of the next chunk can be added."""

    def add(self, other: Self, /) -> None:
        """Add the counts of the next chunk."""


K = TypeVar("K")
O = TypeVar("O", bound=Serializable)  # noqa: E741
C = TypeVar("C", bound=Addable)
M = TypeVar("M")
P = TypeVar("P", bound=Serializable)
R = TypeVar("R")


@attrs.frozen
class Stages(Generic[K, O, C, M, P, R]):
    """The stages of a job: pure functions that workers can import by name.

    Attributes:
        observed: The class of the observations of a chunk.
        counts: The class of the counts of a chunk; without arguments, it creates empty counts.
        paired: The class of the pairs of a chunk.
        observe: Returns the observations of a chunk of units, and their counts.
        learn: Returns the model that results from the counts of all chunks.
        pair: Returns the pairs of an observed chunk.
        assemble: Returns the result of the job.
    """

    observed: type[O]
    counts: type[C]
    paired: type[P]
    observe: Callable[[Sequence[TranslationUnit], K], tuple[O, C]]
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
    checkpoint: str | os.PathLike[str] | None = None,
    resume: bool = True,
    options: Mapping[str, str | int] | None = None,
    expected: int | None = None,
    chunk: int | None = None,
) -> R:
    """Run *stages* over *units* and return the result of the last stage.

    Args:
        stages: The stages.
        units: The units; read once, in order, and only as far ahead as needed.
        knowledge: The shared context of all stages; it is pickled for the workers.
        executor: The executor that runs the chunks; see `Runner`. By default, this process for up to eight
            chunks, and worker processes for more.
        window: Maximum number of chunks in progress; see `Runner`.
        progress: Called after each chunk with the units done and the total, which is 0 while it is unknown.
            A unit counts in part when it is observed and in full when it is paired.
        checkpoint: The file of the checkpoint; by default a temporary file.
        resume: Whether *checkpoint* may contain results already.
        options: Values on which the result depends in addition to the units; a checkpoint is only used for
            the same options.
        expected: The approximate number of units, if known.
        chunk: Units in a chunk; `CHUNK` by default.

    Raises:
        CheckpointMismatch: *checkpoint* contains results of other units or options.
        UnfinishedCheckpoint: *checkpoint* contains results, and *resume* is false.
        ChunkFailed: Every worker that ran one of the chunks died.
        ExecutorUnusable: *executor* does not accept work.
    """
    if expected is None:
        expected = len(units) if isinstance(units, Sized) else 0
    size = CHUNK if chunk is None else chunk
    chunks = in_chunks(units, size)
    if executor is None:
        first = tuple(islice(chunks, MAX_SERIAL_CHUNKS + 1))
        if len(first) <= MAX_SERIAL_CHUNKS or processors() == 1:
            executor = SerialExecutor()
        chunks = chain(first, chunks)
        del first
    all_options = {**(options or {}), "units in a chunk": size}
    with (
        collected_rarely(),
        tempfile.TemporaryDirectory(prefix="alliance_ref-") as folder,
        Checkpoint(
            checkpoint if checkpoint is not None else Path(folder, "checkpoint"),
            all_options,
            resume=resume,
            temporary=checkpoint is None,
        ) as file,
        Runner(executor, window=window) as runner,
    ):
        work = _Work(stages, knowledge, file, Path(folder), runner, _Report(progress, expected))
        model, input_name, read = work.first(chunks)
        return stages.assemble(work.second(model, input_name, read), model, knowledge)


@attrs.define
class _Report:
    progress: Progress | None
    total: int
    observed: int = 0
    paired: int = 0

    def add(self, *, observed: int = 0, paired: int = 0) -> None:
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
    checkpoint: Checkpoint
    folder: Path
    runner: Runner
    report: _Report

    def first(self, chunks: Iterable[Sequence[TranslationUnit]]) -> tuple[M, str, list[_Chunk]]:
        """Run the first pass; return the model, the name of the whole input, and the chunks."""
        read: list[_Chunk] = []

        def jobs() -> Iterator[Job | CachedResult]:
            name = _START
            for number, units in enumerate(chunks):
                payload = pack_units(units)
                name = digest(name.encode(), payload)
                read.append(_Chunk(name, len(units), _label(units)))
                counts = self._earlier(self.stages.counts, _COUNTS, number, name)
                # The second pass needs the observations, and the units are not available then.
                if counts is None or self._earlier(self.stages.observed, _OBSERVED, number, name) is None:
                    yield Job(payload, read[-1].label)
                else:
                    yield CachedResult(counts)

        total = self.stages.counts()
        context = SharedContext.write(self.folder / "knowledge", self.knowledge)
        task = partial(observe_chunk, self.stages.observe)
        for number, result in enumerate(self.runner.in_order(task, context, jobs())):
            counts = result
            if isinstance(result, tuple):
                observed, packed = result
                self.checkpoint.write(number, read[number].name, {_OBSERVED: observed, _COUNTS: packed})
                counts = unpack(self.stages.counts, packed)
            total.add(counts)
            self.report.add(observed=read[number].size)
        self.checkpoint.check_end(_OBSERVED, len(read))
        self.report.total = sum(chunk.size for chunk in read)
        if len(read) >= _MANY_CHUNKS:
            self.runner.release_workers()
        return self.stages.learn(total, self.knowledge), read[-1].name if read else _START, read

    def second(self, model: M, input_name: str, chunks: Sequence[_Chunk]) -> Iterator[P]:
        """Run the second pass; yield the pairs of all chunks, in order."""

        def jobs() -> Iterator[Job | CachedResult]:
            for number, chunk in enumerate(chunks):
                paired = self._earlier(self.stages.paired, _PAIRED, number, input_name)
                if paired is not None:
                    yield CachedResult(paired)
                    continue
                observed = self.checkpoint.read(_OBSERVED, number, chunk.name)
                if observed is None:
                    raise DamagedCheckpoint(self.checkpoint.path)
                yield Job(observed, chunk.label)

        context = SharedContext.write(self.folder / "model", (model, self.knowledge))
        task = partial(pair_chunk, self.stages.pair, self.stages.observed)
        for number, result in enumerate(self.runner.in_order(task, context, jobs())):
            paired = result
            if isinstance(result, bytes):
                if not self.checkpoint.temporary:
                    self.checkpoint.write(number, input_name, {_PAIRED: result})
                paired = unpack(self.stages.paired, result)
            self.report.add(paired=chunks[number].size)
            yield paired
        self.runner.release_workers()

    def _earlier(self, kind: type[Any], stage: str, number: int, source: str) -> Any:
        """Return a result of an earlier run, or ``None`` if there is none or it is damaged."""
        content = None if self.checkpoint.temporary else self.checkpoint.read(stage, number, source)
        try:
            return None if content is None else unpack(kind, content)
        except ValueError:
            return None


def observe_chunk(
    observe: Callable[[Sequence[TranslationUnit], K], tuple[O, C]], knowledge: K, payload: bytes
) -> tuple[bytes, bytes]:
    """Run the first pass on packed units; return the packed observations and counts."""
    observed, counts = observe(unpack_units(payload), knowledge)
    return pack(observed), pack(counts)


def pair_chunk(
    pair: Callable[[O, M, K], P], observed: type[O], context: tuple[M, K], payload: bytes
) -> bytes:
    """Run the second pass on packed observations; return the packed pairs."""
    return pack(pair(unpack(observed, payload), *context))


def _label(units: Sequence[TranslationUnit]) -> str:
    first, last = (f"{unit.document or 'input'}, unit {unit.number}" for unit in (units[0], units[-1]))
    return f"units from ({first}) to ({last})"
