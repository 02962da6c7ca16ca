"""Running a task over many chunks on any executor, in order and in bounded memory, despite lost workers.

Only ``submit`` of the executor and ``result`` of its futures are used, oldest first. The number of chunks in
progress is limited, so an endless iterator is never read far ahead. Chunks do not depend on the executor, and
results are returned in the order of the chunks, so the result does not depend on the executor either.

An exception of a task is returned as a value and raised here once. Any other error of a future is therefore
an error of the executor, such as a dead worker or a lost connection, and the chunk runs again. If a process
pool breaks, all chunks in progress run again in a new pool. A chunk that was lost twice runs alone, so a
chunk that is lost three times is the one that ends the workers.

The shared context of all chunks (the background, later the model) is large and is sent once to each worker. A
call has its digest only. A worker on this machine reads the file of the context; a worker elsewhere answers
that it does not have it, and the call is repeated with the content.
"""

import hashlib
import os
import pickle
import threading
import traceback
import warnings
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from io import BufferedReader
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import attrs

from alliance_ref.batch.collector import collected_rarely
from alliance_ref.batch.workers import SerialExecutor, WorkerProcesses, end_with_parent, processors
from alliance_ref.errors import ChunkFailed, ExecutorUnusable, InvalidValue, NoWorkers

T = TypeVar("T")
Task = Callable[[Any, bytes], Any]
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

    result: Any


@attrs.frozen
class SharedContext:
    """The shared context of all chunks of a pass: pickled in a file, with its digest."""

    digest: str
    path: Path
    small: bytes | None = None  # the content, if it is small enough for every call

    @classmethod
    def write(cls, path: Path, value: object) -> "SharedContext":
        """Pickle *value* to the file *path*, and keep it for calls in this process."""
        with path.open("xb") as file:
            pickle.dump(value, file, protocol=5)
        with path.open("rb") as file:
            name = _digest(file)
        with _lock:
            _created[name] = value
        return cls(name, path, path.read_bytes() if path.stat().st_size <= SMALL_CONTEXT else None)


def _changed(path: str | os.PathLike[str]) -> OSError:
    return OSError(f"{os.fspath(path)}: was changed by another program")


def _digest(file: BufferedReader) -> str:
    return hashlib.file_digest(file, hashlib.blake2b).hexdigest()


# Outcomes of a call.
@attrs.frozen
class _Done:
    result: Any


@attrs.frozen
class _Raised:
    error: Exception
    trace: str


@attrs.frozen
class _ContextMissing:
    """The worker does not have the shared context."""


@attrs.frozen
class _WorkerTrace(Exception):
    """The traceback of an error in a worker: the cause of the error raised here."""

    trace: str

    def __str__(self) -> str:
        return f"in a worker:\n{self.trace}"


_created: dict[str, Any] = {}
"""Shared contexts that jobs of this process created, until their passes end."""

_received: "OrderedDict[str, Any]" = OrderedDict()
"""Shared contexts that this process received as a worker, the most recent last."""

_lock = threading.Lock()


def _context(name: str, path: str, content: bytes | None) -> Any:
    """Return the shared context with a digest; raise an OSError if this process cannot get it."""
    with _lock:
        if name in _created:
            return _created[name]
        if name in _received:
            return _received[name]
    # The digest comes from the caller, so only what the caller pickled is unpickled.
    if content is not None and hashlib.blake2b(content).hexdigest() == name:
        value = pickle.loads(content)  # noqa: S301
    else:
        with Path(path).open("rb") as file:
            if _digest(file) != name:
                raise _changed(path)
            file.seek(0)
            value = pickle.load(file)  # noqa: S301
    with _lock:
        _received[name] = value
        while len(_received) > _CACHED_CONTEXTS:
            _received.popitem(last=False)
    return value


def perform(
    task: Task, name: str, path: str, content: bytes | None, payload: bytes, parent: int, attempt: int
) -> "_Done | _Raised | _ContextMissing":
    """Run *task* on *payload* in a worker.

    Args:
        task: The task.
        name: The digest of the shared context.
        path: The file of the context, for a worker on this machine.
        content: The pickled context, for a worker elsewhere that does not have it.
        payload: The chunk.
        parent: The id of the process that made the call.
        attempt: The number of failed attempts. It makes the calls different for executors that cache calls
            (Dask).
    """
    end_with_parent(parent)
    with collected_rarely():
        try:
            context = _context(name, path, content)
        except OSError:
            return _ContextMissing()
        try:
            return _Done(task(context, payload))
        except Exception as error:  # noqa: BLE001  # raised again where the result is awaited
            return _Raised(portable(error), traceback.format_exc())


def portable(error: Exception) -> Exception:
    """Return *error* if it can be pickled, otherwise a RuntimeError with the same text."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301  # pickled here
    except Exception:  # noqa: BLE001  # any error of a class that cannot be pickled
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


@attrs.define(eq=False)
class _Running:
    job: Job
    future: "Future[Any] | None" = None
    lost: int = 0


@attrs.define(eq=False)
class _Pass:
    """One pass over all chunks: the task, the shared context, and the chunks in progress."""

    task: Task
    context: SharedContext
    waiting: "deque[_Running | CachedResult]" = attrs.field(factory=deque)

    def running(self) -> Iterator[_Running]:
        """Yield the chunks in progress."""
        return (item for item in self.waiting if isinstance(item, _Running))


class Runner:
    """Runs tasks over chunks on an executor, and replaces a process pool that breaks.

    If a process pool of the caller breaks (`concurrent.futures.BrokenExecutor`), all remaining chunks run in
    new worker processes, with a ``RuntimeWarning``. If no process can be started, they run in this process,
    also with a warning. An executor that rejects work for another reason, such as a closed Dask client,
    raises `ExecutorUnusable`. A chunk whose worker is lost three times raises `ChunkFailed`.
    """

    def __init__(self, executor: Executor | None, *, window: int | None = None) -> None:
        """Create a runner on *executor*.

        Args:
            executor: Any executor; it is not shut down. ``None`` starts worker processes.
            window: Maximum number of chunks in progress. By default, twice the number of processors plus one,
                or 64 for an executor that is not from this library or the standard library.
        """
        if window is not None and window < 1:
            raise InvalidValue("too-small", name="window", value=window, least=1)
        self._executor: Executor = WorkerProcesses() if executor is None else executor
        self._own = executor is None
        local = isinstance(self._executor, WorkerProcesses | ThreadPoolExecutor | ProcessPoolExecutor)
        self._window = window or (2 * processors() + 1 if local else _UNKNOWN_EXECUTOR_WINDOW)
        if isinstance(executor, SerialExecutor):
            self._window = 1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._own:
            self._executor.__exit__(kind, value, trace)

    def release_workers(self) -> None:
        """End idle worker processes to free their memory; the next chunk starts new ones."""
        if isinstance(self._executor, WorkerProcesses):
            self._executor.release()

    def in_order(
        self, task: Task, context: SharedContext, jobs: Iterable[Job | CachedResult]
    ) -> Iterator[Any]:
        """Yield the results of *task* for *jobs*, in order; cached results are passed through.

        Raises:
            ChunkFailed: The worker of one chunk was lost three times.
            ExecutorUnusable: The executor does not accept work.
            Exception: Any error of *task*.
        """
        work = _Pass(task, context)
        waiting = work.waiting
        try:
            for job in jobs:
                waiting.append(job if isinstance(job, CachedResult) else _Running(job))
                self._submit_all(work)
                while len(waiting) >= self._window or (waiting and isinstance(waiting[0], CachedResult)):
                    yield self._oldest(work)
            while waiting:
                yield self._oldest(work)
        finally:
            with _lock:
                _created.pop(context.digest, None)
            # Worker processes are ended by their owner; if a pool of Python 3.11 is ended while a call is
            # cancelled, one of its threads fails.
            if not isinstance(self._executor, WorkerProcesses):
                for item in work.running():
                    cancel = getattr(item.future, "cancel", None)
                    if cancel is not None:
                        cancel()

    def _oldest(self, work: _Pass) -> Any:
        """Wait for the oldest chunk in progress and return its result."""
        oldest = work.waiting[0]
        while isinstance(oldest, _Running):
            self._submit_all(work)
            try:
                outcome = oldest.future.result()  # type: ignore[union-attr]  # submitted just now
            except BrokenExecutor as error:
                self._restart(work, error)
            except Exception as error:  # noqa: BLE001  # an error of the executor, see above
                _lose(oldest, error)
            else:
                if isinstance(outcome, _Raised):
                    raise outcome.error from _WorkerTrace(outcome.trace)
                if isinstance(outcome, _Done):
                    work.waiting.popleft()
                    return outcome.result
                self._send_context(work)
        work.waiting.popleft()
        return oldest.result

    def _submit_all(self, work: _Pass) -> None:
        """Submit the chunks that are not submitted; a chunk that was lost twice runs alone."""
        for place, item in enumerate(list(work.waiting)):
            if isinstance(item, CachedResult):
                continue
            alone = item.lost == ATTEMPTS - 1
            if item.future is None:
                if alone and place > 0:
                    return
                self._submit(work, item)
            if alone:
                return

    def _send_context(self, work: _Pass) -> None:
        """Repeat the calls whose workers did not have the shared context, some of them with its content.

        A worker that receives the content caches it, so not every call needs it.
        """
        content = work.context.path.read_bytes()
        if hashlib.blake2b(content).hexdigest() != work.context.digest:
            raise _changed(work.context.path)
        share = max(2, self._window // 8)
        for item in work.running():
            if isinstance(_result_so_far(item.future), _ContextMissing):
                self._submit(work, item, content if share > 0 else None)
                share -= 1

    def _submit(self, work: _Pass, item: _Running, content: bytes | None = None) -> None:
        context = work.context
        path, content, parent = os.fspath(context.path), content or context.small, os.getpid()
        try:
            with warnings.catch_warnings():
                # Dask warns about large arguments; this one is sent once to each worker.
                warnings.filterwarnings("ignore", "Sending large graph", UserWarning)
                item.future = self._executor.submit(
                    perform, work.task, context.digest, path, content, item.job.payload, parent, item.lost
                )
        except BrokenExecutor as error:
            self._restart(work, error)
            self._submit(work, item)
        except NoWorkers as error:
            if any(other.lost for other in work.running()):
                raise  # the chunk that ended the workers must not run in this process
            self._replace(SerialExecutor(), f"{error}; the work is done in this process")
            self._submit(work, item)
        except Exception as error:
            raise ExecutorUnusable(_in_one_line(error)) from error

    def _restart(self, work: _Pass, error: BrokenExecutor) -> None:
        """Replace a broken process pool, and mark the chunks in progress as not submitted."""
        cause: Exception = error
        if isinstance(self._executor, WorkerProcesses):
            cause = self._executor.restart()
        else:
            why = f"the executor is broken ({_in_one_line(error)}); worker processes take its place"
            self._replace(WorkerProcesses(), why)
        for item in work.running():
            if item.future is not None and _result_so_far(item.future) is None:
                _lose(item, cause)

    def _replace(self, executor: Executor, why: str) -> None:
        warnings.warn(why, RuntimeWarning, stacklevel=2)
        if self._own:
            self._executor.shutdown()
        self._executor, self._own = executor, True


def _lose(item: _Running, error: Exception) -> None:
    """Mark a chunk as not submitted after its worker was lost."""
    item.future = None
    item.lost += 1
    if item.lost >= ATTEMPTS:
        raise ChunkFailed(item.job.label, item.lost, _in_one_line(error)) from error


def _in_one_line(error: BaseException) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())


def _result_so_far(future: "Future[Any] | None") -> Any:
    """Return the result of a call, or ``None`` if it is not done or was lost."""
    try:
        return None if future is None else future.result(0)
    except Exception:  # noqa: BLE001  # handled when the chunk is the oldest
        return None
