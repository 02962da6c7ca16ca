"""Executors: one that runs calls in this process, and one that runs them in worker processes.

`WorkerProcesses` is the process pool of the standard library, started with the ``spawn`` method, with three
additions: a pool that broke because a worker died can be replaced; workers can be ended at once; and a worker
ends when the process that started it ends, even if that was killed.
"""

import ast
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import connection, current_process, parent_process
from multiprocessing.context import SpawnContext, SpawnProcess
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, ParamSpec, TypeVar

from alliance_ref.errors import InvalidValue, NoWorkers, WorkerDied
from alliance_ref.messages import N_, message_text

P = ParamSpec("P")
T = TypeVar("T")

MAX_DEFAULT_WORKERS = 8
"""Default maximum of worker processes; the parent process cannot keep more of them busy."""

_START_ATTEMPTS = 3
"""Attempts to start a pool of workers."""

_POLL_SECONDS = 0.2
"""Interval at which a worker looks for its parent process, if it cannot wait for it."""


def processors() -> int:
    """Return the number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class SerialExecutor(Executor):
    """An executor that runs each call at once in this process and thread.

    Pass it as `executor=` if no other process may be started.

    >>> import alliance_ref as ar
    >>> ar.SerialExecutor().submit(max, 2, 3).result()
    3
    """

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """Run a call and return a completed future."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001  # result() raises it in the caller
            future.set_exception(error)
        return future


class _Context(SpawnContext):
    """The ``spawn`` method of starting processes, with a list of the processes."""

    def __init__(self) -> None:
        super().__init__()
        self.processes: list[SpawnProcess] = []

    def Process(self, *args: Any, **kwargs: Any) -> SpawnProcess:  # type: ignore[override]  # noqa: N802
        """Create a process and list it."""
        process = SpawnProcess(*args, **kwargs)
        self.processes.append(process)
        return process


class WorkerProcesses(Executor):
    """An executor that runs calls in worker processes, which it starts at the first call.

    If a worker dies, all calls in progress fail with ``BrokenProcessPool``, as in any pool of the standard
    library. A job then calls `restart` and repeats them. Like any pool that uses the ``spawn`` method, it
    imports the main module of the program in each worker, so a script needs a main part that is guarded by
    ``if __name__ == "__main__":``.

    >>> import alliance_ref as ar
    >>> with ar.batch.workers.WorkerProcesses(1) as workers:
    ...     workers.submit(max, 2, 3).result()
    3
    """

    def __init__(self, workers: int | None = None) -> None:
        """Create an executor with a number of *workers* (default: the processors, up to 8)."""
        if workers is not None and workers < 1:
            raise InvalidValue("too-small", name="workers", value=workers, least=1)
        self._workers = workers or min(processors(), MAX_DEFAULT_WORKERS)
        self._lock = threading.RLock()
        self._pool: ProcessPoolExecutor | None = None
        self._context = _Context()
        self._closed = False
        self._calls = 0
        self._count_lock = threading.Lock()  # callbacks count while another thread waits with the other lock

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """Submit a call and return its future.

        Raises:
            NoWorkers: No worker process can be started.
            BrokenProcessPool: A worker died.
            RuntimeError: The executor was shut down.
        """
        with self._lock:
            if self._closed:
                raise RuntimeError("cannot schedule new futures after shutdown")
            pool = self._pool or self._start()
            with _interrupts_blocked():
                future = pool.submit(fn, *args, **kwargs)
            with self._count_lock:
                self._calls += 1
        future.add_done_callback(self._count_down)
        return future

    def _count_down(self, future: "Future[Any]") -> None:
        with self._count_lock:
            self._calls -= 1

    def release(self) -> None:
        """End the workers if all calls are done; the next call starts new ones. This frees their memory."""
        with self._lock:
            if self._pool is not None and self._calls == 0:
                self._pool.shutdown()
                self._pool = None

    def restart(self) -> WorkerDied:
        """End the workers at once; the next call starts new ones. Return how a worker had died."""
        with self._lock:
            processes = self._context.processes
            before = [process.exitcode for process in processes]
            self._end()
            # The pool ends the other workers with SIGTERM, and this method with SIGKILL. The pool reaps them
            # in another thread, so a status may not be known before.
            after = [process.exitcode for process in processes]
        statuses = [status for status in (*before, *after) if status not in (None, 0, -signal.SIGTERM)]
        return WorkerDied(next((status for status in statuses if status), -signal.SIGKILL))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Accept no more calls, and end the workers when the submitted calls are done.

        Args:
            wait: Return only when all workers have exited.
            cancel_futures: Cancel the calls that have not started.
        """
        with self._lock:
            self._closed = True
            if self._pool is not None:
                self._pool.shutdown(wait, cancel_futures=cancel_futures)

    def kill(self) -> None:
        """Accept no more calls, and end the workers at once."""
        with self._lock:
            self._closed = True
            self._end()

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.shutdown()
        else:
            self.kill()

    def _start(self) -> ProcessPoolExecutor:
        """Start a pool, and wait until one of its workers answers."""
        if not _main_part_is_guarded():
            raise NoWorkers(
                message_text('the script has no main part guarded by `if __name__ == "__main__":`')
            )
        cause = ""
        for _attempt in range(_START_ATTEMPTS):
            self._context = _Context()
            pool = ProcessPoolExecutor(self._workers, self._context, _initialize, (os.getpid(),))
            try:
                with _interrupts_blocked():
                    answer = pool.submit(os.getpid)
                answer.result()
            except BrokenExecutor:
                pool.shutdown()
                statuses = [process.exitcode for process in self._context.processes]
                template = N_("{program} ended at its start (exit status {status})")
                cause = message_text(template, program=sys.executable, status=statuses[0])
            except (OSError, RuntimeError, AssertionError) as error:  # for example in a daemonic process
                pool.shutdown(wait=False)
                raise NoWorkers(" ".join(str(error).split())) from error
            except BaseException:
                self._pool = pool
                self._end()
                raise
            else:
                self._pool = pool
                return pool
        raise NoWorkers(cause)

    def _end(self) -> None:
        for process in self._context.processes:
            if process.pid is not None:
                process.kill()
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


@contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Block SIGINT in this thread; a process started here inherits that, and `_initialize` ignores it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _initialize(parent: int) -> None:
    """Prepare a worker process: the parent decides when it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGINT,))
    end_with_parent(parent)


_watched: set[int] = set()


def end_with_parent(parent: int) -> None:
    """End this process when the process *parent* ends, if that has started this process.

    Neither the process pool of the standard library nor that of loky ends its workers if the parent is
    killed.
    """
    if parent in (*_watched, os.getpid()):
        return
    _watched.add(parent)
    started_by = parent_process()
    sentinel = None
    if started_by is not None and started_by.pid == parent:
        with suppress(ValueError, AttributeError):
            sentinel = started_by.sentinel
    if sentinel is None and (os.name != "posix" or os.getppid() != parent):
        return  # a worker of another machine or of a server, which others manage

    def watch() -> None:
        if sentinel is not None:
            connection.wait([sentinel])
        else:
            while os.getppid() == parent:
                time.sleep(_POLL_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, name="alliance_ref watch", daemon=True).start()


def _main_part_is_guarded() -> bool:
    """Return whether a worker can import the main module without running the current statement again."""
    main = sys.modules.get("__main__")
    file = getattr(main, "__file__", None)
    if file is None or current_process().name != "MainProcess":
        return True
    line = None
    frame: FrameType | None = sys._current_frames().get(threading.main_thread().ident or 0)  # noqa: SLF001
    while frame is not None:
        if frame.f_globals is vars(main) and frame.f_code.co_name == "<module>":
            line = frame.f_lineno
        frame = frame.f_back
    try:
        statements = ast.parse(Path(file).read_bytes()).body
    except (OSError, SyntaxError, ValueError):
        return True
    for statement in statements:
        if line is not None and statement.lineno <= line <= (statement.end_lineno or line):
            return isinstance(statement, ast.If) and "__name__" in ast.unparse(statement.test)
    return True
