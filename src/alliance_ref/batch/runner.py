"""Running a task over many chunks on any executor, in order and in bounded memory, despite lost workers.

Only ``submit`` of the executor and ``result`` of its futures are used, oldest first. The number of chunks in
progress is limited, so an endless iterator is never read far ahead. Chunks do not depend on the executor, and
results are returned in the order of the chunks, so the result does not depend on the executor either.

An exception of a task is returned as a value and raised here once. Any other error of a future is therefore
an error of the executor, such as a dead worker or a lost connection, and the chunk runs again.

The shared context of all chunks (the background, later the model) is large and is sent once to each worker. A
call has its digest only. A worker on this machine reads the file of the context; a worker elsewhere answers
that it does not have it, and the call is repeated with the content.
"""

import os
import pickle
import threading
import traceback
import warnings
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import attrs

from alliance_ref.batch.gc_pause import gc_paused
from alliance_ref.batch.serialization import digest
from alliance_ref.batch.workers import (
    GrowingExecutor,
    SerialExecutor,
    WorkerProcesses,
    portable,
    processors,
)
from alliance_ref.errors import ChunkFailed, ExecutorUnusable, InvalidValue, NoWorkers

T = TypeVar("T")
Task = Callable[[Any, bytes], bytes]
"""A function of the shared context and one chunk, importable by name."""

ATTEMPTS = 3
"""Attempts to run a chunk before it fails."""

_UNKNOWN_EXECUTOR_WINDOW = 64
"""Chunks in progress on an executor of unknown size."""

SMALL_CONTEXT = 50_000
"""Bytes of a shared context that may be sent with every call."""

_CACHED_CONTEXTS = 2
"""Shared contexts that a worker caches: calls with that of the pass before may still arrive."""


def in_chunks(items: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    """Yield *items* in order, *size* at a time; the last chunk may be smaller.

    >>> list(in_chunks("abcde", 2))
    [('a', 'b'), ('c', 'd'), ('e',)]
    """
    if size < 1:
        raise InvalidValue("too-small", name="size", value=size, least=1)
    rest = iter(items)
    while chunk := tuple(islice(rest, size)):
        yield chunk


@attrs.frozen
class Job:
    """One chunk to run: its `payload`, and a `label` for its units in messages."""

    payload: bytes
    label: str


@attrs.frozen
class CachedResult:
    """The result of a chunk that is already known."""

    result: bytes


@attrs.frozen
class Common:
    """The shared context of all chunks of a pass: pickled in a file, with its digest."""

    digest: str
    path: Path
    small: bytes | None = None  # the content, if it is small enough for every call

    @classmethod
    def of(cls, content: bytes, path: Path) -> "Common":
        """Create the shared context of the pickled *content*, which is in the file *path*."""
        return cls(digest(content), path, content if len(content) <= SMALL_CONTEXT else None)


# Outcomes of a call.
@attrs.frozen
class _Done:
    result: bytes


@attrs.frozen
class _Raised:
    error: Exception
    trace: str


@attrs.frozen
class _Wanting:
    """The worker does not have the shared context."""


@attrs.frozen
class _WorkerTrace(Exception):
    """The traceback of an error in a worker: the cause of the error raised here."""

    trace: str

    def __str__(self) -> str:
        return f"in a worker:\n{self.trace}"


_cached: "OrderedDict[str, Any]" = OrderedDict()
_lock = threading.Lock()


def cache(name: str, value: object) -> None:
    """Cache a shared context for calls in this process."""
    with _lock:
        _cached[name] = value
        _cached.move_to_end(name)
        while len(_cached) > _CACHED_CONTEXTS:
            _cached.popitem(last=False)


def evict() -> None:
    """Remove all shared contexts from the cache of this process."""
    with _lock:
        _cached.clear()


def perform(
    task: Task, name: str, path: str | None, content: bytes | None, payload: bytes, attempt: int
) -> "_Done | _Raised | _Wanting":
    """Run *task* on *payload* in a worker.

    Args:
        task: The task.
        name: The digest of the shared context.
        path: The file of the context, for a worker on this machine.
        content: The pickled context, for a worker elsewhere that does not have it.
        payload: The chunk.
        attempt: The number of failed attempts. It makes the calls different for executors that cache calls
            (Dask).
    """
    with _lock:
        cached = name in _cached
        common = _cached.get(name)
    if not cached:
        if content is None and path is not None:
            content = Path(path).read_bytes()
        if content is None:
            return _Wanting()
        if digest(content) != name:
            raise OSError(f"{path}: changed since it was written")
        with gc_paused():
            common = pickle.loads(content)  # noqa: S301  # the digest is that of the caller
        cache(name, common)
    try:
        return _Done(task(common, payload))
    except Exception as error:  # noqa: BLE001  # raised again where the result is awaited
        return _Raised(portable(error), traceback.format_exc())


@attrs.define(eq=False)
class _Running:
    job: Job
    future: "Future[_Done | _Raised | _Wanting] | None" = None
    lost: int = 0


@attrs.define(eq=False)
class _Pass:
    """One pass over all chunks: the task, the shared context, and the chunks in progress."""

    task: Task
    common: Common
    waiting: "deque[_Running | CachedResult]" = attrs.field(factory=deque)


class Runner:
    """Runs tasks over chunks on an executor, and replaces the executor if it breaks.

    If a process pool of the caller breaks (`concurrent.futures.BrokenExecutor`), all remaining chunks run in
    new worker processes, with a ``RuntimeWarning``. If no process can be started, they run in this process,
    also with a warning. An executor that rejects work for another reason, such as a closed Dask client,
    raises `ExecutorUnusable`. A chunk whose worker is lost three times raises `ChunkFailed`.
    """

    def __init__(self, executor: Executor | None, *, patience: int, window: int | None = None) -> None:
        """Create a runner on *executor*.

        Args:
            executor: Any executor; it is not shut down. ``None`` starts worker processes if there are
                more than *patience* chunks.
            patience: The number of chunks to run before worker processes are started.
            window: Maximum number of chunks in progress. By default, twice the number of processors plus one,
                or 64 for an executor that is not from this library or the standard library.
        """
        # Imported here because workers import this module too, and multiprocessing is large.
        from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

        if window is not None and window < 1:
            raise InvalidValue("too-small", name="window", value=window, least=1)
        self._executor: Executor = GrowingExecutor(patience) if executor is None else executor
        self._own = executor is None
        self._here = isinstance(
            self._executor,
            SerialExecutor | GrowingExecutor | WorkerProcesses | ThreadPoolExecutor | ProcessPoolExecutor,
        )
        if isinstance(executor, SerialExecutor):
            self._window = 1
        else:
            self._window = window or (2 * processors() + 1 if self._here else _UNKNOWN_EXECUTOR_WINDOW)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        evict()
        if self._own:
            self._executor.__exit__(kind, value, trace)

    def settle(self) -> None:
        """Start no worker processes if there are none yet: later passes do not have more chunks."""
        if isinstance(self._executor, GrowingExecutor):
            self._executor.settle()

    def in_order(self, task: Task, common: Common, jobs: Iterable[Job | CachedResult]) -> Iterator[bytes]:
        """Yield the results of *task* for *jobs*, in order; cached results are passed through.

        Raises:
            ChunkFailed: The worker of one chunk was lost three times.
            ExecutorUnusable: The executor does not accept work.
            Exception: Any error of *task*.
        """
        work = _Pass(task, common)
        waiting = work.waiting
        try:
            for job in jobs:
                if isinstance(job, CachedResult):
                    waiting.append(job)
                else:
                    running = _Running(job)
                    waiting.append(running)
                    self._launch(work, running)
                while len(waiting) >= self._window or (waiting and isinstance(waiting[0], CachedResult)):
                    yield self._oldest(work)
            while waiting:
                yield self._oldest(work)
        finally:
            for item in waiting:
                if isinstance(item, _Running):
                    _cancel(item.future)

    def _oldest(self, work: _Pass) -> bytes:
        """Wait for the oldest chunk in progress and return its result."""
        oldest = work.waiting[0]
        while isinstance(oldest, _Running):
            assert oldest.future is not None
            try:
                outcome = oldest.future.result()
            except Exception as error:  # noqa: BLE001  # an error of the executor, see above
                self._again(work, oldest, error)
                continue
            if isinstance(outcome, _Wanting):
                self._send_content(work)
            elif isinstance(outcome, _Raised):
                raise outcome.error from _WorkerTrace(outcome.trace)
            else:
                work.waiting.popleft()
                return outcome.result
        work.waiting.popleft()
        return oldest.result

    def _again(self, work: _Pass, running: _Running, error: Exception) -> None:
        """Run a chunk again after its worker was lost."""
        if isinstance(error, NoWorkers):
            self._replace(work, SerialExecutor(), f"{error}; the work is done in this process")
            return
        running.lost += 1
        if running.lost >= ATTEMPTS:
            raise ChunkFailed(running.job.label, running.lost, _in_one_line(error)) from error
        self._launch(work, running)

    def _send_content(self, work: _Pass) -> None:
        """Repeat the calls whose workers did not have the shared context, some of them with its content.

        A worker that receives the content caches it, so not every call needs it.
        """
        content = work.common.path.read_bytes()
        share = max(2, self._window // 8)
        for item in work.waiting:
            if isinstance(item, _Running) and _wants(item.future):
                self._launch(work, item, content if share > 0 else None)
                share -= 1

    def _launch(self, work: _Pass, running: _Running, content: bytes | None = None) -> None:
        common, job = work.common, running.job
        path = os.fspath(common.path) if self._here else None
        if not self._here and content is None:
            content = common.small
        payload, lost = job.payload, running.lost
        try:
            with warnings.catch_warnings():
                # Dask warns about large arguments; this one is sent once to each worker.
                warnings.filterwarnings("ignore", "Sending large graph", UserWarning)
                running.future = self._executor.submit(
                    perform, work.task, common.digest, path, content, payload, lost
                )
        except BrokenExecutor as error:
            why = f"the executor is broken ({_in_one_line(error)}); worker processes take its place"
            self._replace(work, WorkerProcesses(), why)
        except Exception as error:
            raise ExecutorUnusable(_in_one_line(error)) from error

    def _replace(self, work: _Pass, executor: Executor, why: str) -> None:
        """Continue on another executor: all chunks in progress are started there again."""
        warnings.warn(why, RuntimeWarning, stacklevel=2)
        if self._own:
            self._executor.shutdown()
        self._executor, self._own, self._here = executor, True, True
        for item in work.waiting:
            if isinstance(item, _Running):
                # It is unknown which chunk broke the pool; our own workers fail one at a time.
                item.lost = 0
                self._launch(work, item)


def _in_one_line(error: BaseException) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())


def _wants(future: "Future[Any] | None") -> bool:
    """Return whether a call returned because the worker did not have the shared context."""
    try:
        return future is not None and isinstance(future.result(0), _Wanting)
    except Exception:  # noqa: BLE001  # not done yet or lost; handled when it is the oldest
        return False


def _cancel(future: "Future[Any] | None") -> None:
    cancel = getattr(future, "cancel", None)
    if cancel is not None:
        cancel()
