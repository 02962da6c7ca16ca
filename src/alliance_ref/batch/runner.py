"""Running the same task over many chunks on any executor, in order, in bounded memory, whoever dies.

An executor is asked for nothing but ``submit``, and its futures for ``result``, the oldest first. So many
chunks are under way at once and no more: an endless iterator is never read far ahead. Chunks are cut before
anybody knows who will work on them, and results come out in the order of the chunks; so what is made of them
does not depend on the executor.

Whatever a task itself raises comes back as a value and is raised here, once. Any other error of a future
therefore tells of the executor: a worker died, a connection was lost. Then the chunk runs again.

What all chunks have in common (what is known, later the model) is large, and sent once to each worker. A
call carries its digest only. A worker on this machine reads the file with that name; one elsewhere answers
that it does not have it, and the call is made again with the content.
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

from alliance_ref.batch.gc_pause import not_collecting
from alliance_ref.batch.serialization import digest
from alliance_ref.batch.workers import (
    GrowingExecutor,
    SerialExecutor,
    WorkerProcesses,
    portable,
    processors,
)
from alliance_ref.errors import ChunkFailed, ExecutorUnusable, NoWorkers

T = TypeVar("T")
Task = Callable[[Any, bytes], bytes]
"""Makes a result of what all chunks have in common and of one chunk; importable by its name."""

ATTEMPTS = 3
_ELSEWHERE = 64  # chunks under way on an executor whose size is not known
_SMALL = 50_000  # bytes that may go with every call
_KEPT = 2  # contents a worker keeps: that of the pass before may still be asked for


def in_chunks(items: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    """The *items* in order, *size* at a time; the last chunk may be smaller.

    >>> list(in_chunks("abcde", 2))
    [('a', 'b'), ('c', 'd'), ('e',)]
    """
    if size < 1:
        raise ValueError(f"size is {size}, must be 1 or more")
    rest = iter(items)
    while chunk := tuple(islice(rest, size)):
        yield chunk


@attrs.frozen
class Job:
    """One chunk to work on: its `payload`, and a `label` that names its units in messages."""

    payload: bytes
    label: str


@attrs.frozen
class Ready:
    """The result of a chunk that was worked on before."""

    result: bytes


@attrs.frozen
class Common:
    """What all chunks of a pass have in common: pickled in a file, and the digest of that."""

    digest: str
    path: Path
    small: bytes | None = None  # the content itself if it is small enough to go with every call

    @classmethod
    def of(cls, content: bytes, path: Path) -> "Common":
        """The pickled *content*, which is in the file *path*."""
        return cls(digest(content), path, content if len(content) <= _SMALL else None)


# The outcomes of a call.
@attrs.frozen
class _Done:
    result: bytes


@attrs.frozen
class _Raised:
    error: Exception
    trace: str


@attrs.frozen
class _Wanting:
    """The worker does not have what the chunks have in common."""


@attrs.frozen
class _WorkerTrace(Exception):
    """Where in the worker an error was raised: the cause of the error raised here."""

    trace: str

    def __str__(self) -> str:
        return f"in a worker:\n{self.trace}"


_held: "OrderedDict[str, Any]" = OrderedDict()
_lock = threading.Lock()


def hold(name: str, value: object) -> None:
    """Keep what chunks have in common for calls in this process."""
    with _lock:
        _held[name] = value
        _held.move_to_end(name)
        while len(_held) > _KEPT:
            _held.popitem(last=False)


def let_go() -> None:
    """Forget what was held in this process."""
    with _lock:
        _held.clear()


def perform(
    task: Task, name: str, path: str | None, content: bytes | None, payload: bytes, attempt: int
) -> "_Done | _Raised | _Wanting":
    """Run *task* on *payload* in a worker.

    Args:
        task: The task.
        name: The digest of what all chunks have in common.
        path: The file it is in, for a worker on this machine.
        content: The thing itself, packed, for one elsewhere that did not have it.
        payload: The chunk.
        attempt: How often the chunk was lost. An executor that remembers calls (Dask) must not take a
            further attempt for the one that failed.
    """
    with _lock:
        held = name in _held
        common = _held.get(name)
    if not held:
        if content is None and path is not None:
            content = Path(path).read_bytes()
        if content is None:
            return _Wanting()
        if digest(content) != name:
            raise OSError(f"{path}: is not what it was")
        with not_collecting():
            common = pickle.loads(content)  # noqa: S301  # the caller made what has this digest
        hold(name, common)
    try:
        return _Done(task(common, payload))
    except Exception as error:  # noqa: BLE001  # it is raised again where somebody waits for it
        return _Raised(portable(error), traceback.format_exc())


@attrs.define(eq=False)
class _Running:
    job: Job
    future: "Future[_Done | _Raised | _Wanting] | None" = None
    lost: int = 0


@attrs.define(eq=False)
class _Pass:
    """One pass over all chunks: what is done to each, what they have in common, what is under way."""

    task: Task
    common: Common
    waiting: "deque[_Running | Ready]" = attrs.field(factory=deque)


class Runner:
    """Runs tasks over chunks on one executor, or on what has to take its place.

    A foreign pool of processes that is broken (:class:`~concurrent.futures.BrokenExecutor`) stays so for
    good: the chunks under way and all further ones run in worker processes of our own, with a
    ``RuntimeWarning``. Where no process can be started, they run in this process, likewise with a warning.
    An executor that refuses work for another reason, such as a closed Dask client, raises
    :class:`ExecutorUnusable`. A chunk whose worker is lost three times raises :class:`ChunkFailed`.
    """

    def __init__(self, executor: Executor | None, *, patience: int, window: int | None = None) -> None:
        """A runner on *executor*.

        Args:
            executor: Any executor; it is not shut down. ``None`` starts worker processes when there are
                more than *patience* chunks.
            patience: How many chunks to wait.
            window: How many chunks are under way at once. Twice the processors and one more if left out,
                64 on an executor that is neither of this library nor of the standard one.
        """
        # Not at the head of this module, which workers import too: multiprocessing is large.
        from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

        if window is not None and window < 1:
            raise ValueError(f"window is {window}, must be 1 or more")
        self._executor: Executor = GrowingExecutor(patience) if executor is None else executor
        self._own = executor is None
        self._here = isinstance(
            self._executor,
            SerialExecutor | GrowingExecutor | WorkerProcesses | ThreadPoolExecutor | ProcessPoolExecutor,
        )
        if isinstance(executor, SerialExecutor):
            self._window = 1
        else:
            self._window = window or (2 * processors() + 1 if self._here else _ELSEWHERE)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        let_go()
        if self._own:
            self._executor.__exit__(kind, value, trace)

    def settle(self) -> None:
        """There will be no more chunks in a pass than there were: start no worker processes for so few."""
        if isinstance(self._executor, GrowingExecutor):
            self._executor.settle()

    def in_order(self, task: Task, common: Common, jobs: Iterable[Job | Ready]) -> Iterator[bytes]:
        """The results of *task* for *jobs*, in their order; what is ready passes through.

        Raises:
            ChunkFailed: if the worker of one chunk is lost three times.
            ExecutorUnusable: if the executor takes no work.
            Exception: what *task* itself raises.
        """
        work = _Pass(task, common)
        waiting = work.waiting
        try:
            for job in jobs:
                if isinstance(job, Ready):
                    waiting.append(job)
                else:
                    running = _Running(job)
                    waiting.append(running)
                    self._launch(work, running)
                while len(waiting) >= self._window or (waiting and isinstance(waiting[0], Ready)):
                    yield self._oldest(work)
            while waiting:
                yield self._oldest(work)
        finally:
            for item in waiting:
                if isinstance(item, _Running):
                    _cancel(item.future)

    def _oldest(self, work: _Pass) -> bytes:
        """The result of the oldest chunk under way, waited for."""
        oldest = work.waiting[0]
        while isinstance(oldest, _Running):
            assert oldest.future is not None
            try:
                outcome = oldest.future.result()
            except Exception as error:  # noqa: BLE001  # of the executor: see the head of this module
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
        """Run a chunk again whose worker was lost."""
        if isinstance(error, NoWorkers):
            self._replace(work, SerialExecutor(), f"{error}; the work is done in this process")
            return
        running.lost += 1
        if running.lost >= ATTEMPTS:
            raise ChunkFailed(running.job.label, running.lost, _said(error)) from error
        self._launch(work, running)

    def _send_content(self, work: _Pass) -> None:
        """Call again, with what all chunks have in common, where a worker did not have it.

        Not with every chunk that wants it, since a worker that got it once serves the others too.
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
                # Dask warns of large arguments. This one is sent once to each worker.
                warnings.filterwarnings("ignore", "Sending large graph", UserWarning)
                running.future = self._executor.submit(
                    perform, work.task, common.digest, path, content, payload, lost
                )
        except BrokenExecutor as error:
            why = f"the executor is broken ({_said(error)}); worker processes take its place"
            self._replace(work, WorkerProcesses(), why)
        except Exception as error:
            raise ExecutorUnusable(_said(error)) from error

    def _replace(self, work: _Pass, executor: Executor, why: str) -> None:
        """Go on with another executor: all that is under way is launched there again."""
        warnings.warn(why, RuntimeWarning, stacklevel=2)
        if self._own:
            self._executor.shutdown()
        self._executor, self._own, self._here = executor, True, True
        for item in work.waiting:
            if isinstance(item, _Running):
                # Which of them broke a pool cannot be known; of our workers only one can be to blame.
                item.lost = 0
                self._launch(work, item)


def _said(error: BaseException) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())


def _wants(future: "Future[Any] | None") -> bool:
    """Whether a call has come back for want of what all chunks have in common."""
    try:
        return future is not None and isinstance(future.result(0), _Wanting)
    except Exception:  # noqa: BLE001  # not done yet, or lost: both are seen to in its turn
        return False


def _cancel(future: "Future[Any] | None") -> None:
    cancel = getattr(future, "cancel", None)
    if cancel is not None:
        cancel()
