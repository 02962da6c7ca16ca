"""Executors: in this process, in worker processes, and one that starts workers when there is enough work.

The process pool of the standard library is only used if the caller passes one. Started with ``fork``, it is
unsafe together with threads; started otherwise, it runs the caller's script again in every worker, which
fails unless the script has a guarded main part; and if one worker dies, the whole pool is lost. A worker here
is a plain Python process that answers calls through two pipes. It can be started from any script, notebook or
thread, and it is replaced if it dies.
"""

import os
import pickle
import queue
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import suppress
from types import TracebackType
from typing import IO, Any, ParamSpec, TypeVar

import attrs

from alliance_ref.errors import InvalidValue, NoWorkers, WorkerDied
from alliance_ref.messages import N_, message_text

P = ParamSpec("P")
T = TypeVar("T")

MAX_DEFAULT_WORKERS = 8
"""Default maximum of worker processes; the parent process cannot keep more of them busy."""

_LENGTH = struct.Struct(">Q")
_READY = b"ready"
_EXIT_SECONDS = 10.0
"""Seconds that a worker may take to exit."""


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


@attrs.define(eq=False)
class _Call:
    future: "Future[Any]"
    message: bytes


class WorkerProcesses(Executor):
    """An executor that runs calls in worker processes, in the order of submission.

    Processes are started on demand. If one dies, its call fails with `WorkerDied`, and a new process takes
    the next call. As with any process pool, functions and arguments are pickled; the caller's script is not
    run again.

    >>> import alliance_ref as ar
    >>> with ar.batch.workers.WorkerProcesses(1) as workers:
    ...     workers.submit(max, 2, 3).result()
    3
    """

    def __init__(self, workers: int | None = None) -> None:
        """Create an executor with a maximum number of *workers* (default: the processors, up to 8)."""
        if workers is not None and workers < 1:
            raise InvalidValue("too-small", name="workers", value=workers, least=1)
        self._limit = workers or min(processors(), MAX_DEFAULT_WORKERS)
        self._calls: queue.SimpleQueue[_Call | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._processes: set[subprocess.Popen[bytes]] = set()
        self._closed = self._killed = False

    @property
    def workers(self) -> int:
        """The maximum number of processes.

        >>> import alliance_ref as ar
        >>> ar.batch.workers.WorkerProcesses(3).workers
        3
        """
        return self._limit

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """Submit a call and return its future.

        Raises:
            RuntimeError: The executor was shut down.
        """
        message = pickle.dumps((fn, args, kwargs), protocol=5)
        with self._lock:
            if self._closed:
                raise RuntimeError("cannot schedule new futures after shutdown")
            future: Future[T] = Future()
            self._calls.put(_Call(future, message))
            if len(self._threads) < self._limit:
                # Daemon threads do not prevent the interpreter from exiting without a shutdown.
                thread = threading.Thread(target=self._serve, name="alliance_ref worker", daemon=True)
                self._threads.append(thread)
                thread.start()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Accept no more calls, and end the workers when the submitted calls are done.

        Args:
            wait: Return only when all workers have exited.
            cancel_futures: Cancel the calls that have not started.
        """
        with self._lock:
            if not self._closed:
                self._closed = True
                if cancel_futures:
                    self._cancel_waiting()
                for _ in self._threads:
                    self._calls.put(None)
        if wait:
            for thread in self._threads:
                thread.join()

    def kill(self) -> None:
        """End the workers at once."""
        with self._lock:
            self._closed = self._killed = True
            self._cancel_waiting()
            for process in self._processes:
                process.kill()
            for _ in self._threads:
                self._calls.put(None)
        for thread in self._threads:
            thread.join()

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.shutdown()
        else:
            self.kill()

    def _cancel_waiting(self) -> None:
        while True:
            try:
                call = self._calls.get_nowait()
            except queue.Empty:
                return
            if call is not None:
                call.future.cancel()

    def _serve(self) -> None:
        """Pass calls to one worker, one after the other; run by one thread per worker."""
        process: subprocess.Popen[bytes] | None = None
        while (call := self._calls.get()) is not None:
            if not call.future.set_running_or_notify_cancel():
                continue
            try:
                if process is None:
                    process = self._start()
                answer = _call(process, call.message)
            except NoWorkers as error:
                call.future.set_exception(error)
                continue
            except (OSError, EOFError):
                assert process is not None
                call.future.set_exception(WorkerDied(self._end(process, kill=True)))
                process = None
                continue
            try:
                good, value = pickle.loads(answer)  # noqa: S301  # written by our own worker
            except Exception as error:  # noqa: BLE001  # a class of the caller that cannot be unpickled
                good, value = False, error
            if good:
                call.future.set_result(value)
            else:
                call.future.set_exception(value)
        if process is not None:
            self._end(process)

    def _start(self) -> "subprocess.Popen[bytes]":
        if not sys.executable:
            raise NoWorkers(message_text("the path of the Python interpreter is not known"))
        path = [entry or os.getcwd() for entry in sys.path]
        # A keyboard interrupt reaches all processes; the parent decides when a worker ends.
        code = (
            "import signal, sys; signal.signal(signal.SIGINT, signal.SIG_IGN);"
            f" sys.path[:] = {path!r}; from {__name__} import answer_calls; answer_calls()"
        )
        try:
            process = subprocess.Popen(  # noqa: S603  # our own interpreter
                [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
        except OSError as error:
            raise NoWorkers(str(error)) from None
        with self._lock:
            self._processes.add(process)
            if self._killed:
                process.kill()
        try:
            assert process.stdout is not None
            if _receive(process.stdout) == _READY:
                return process
        except EOFError:
            pass
        status = self._end(process, kill=True)
        template = N_("{program} ended at its start (exit status {status})")
        raise NoWorkers(message_text(template, program=sys.executable, status=status))

    def _end(self, process: "subprocess.Popen[bytes]", *, kill: bool = False) -> int:
        assert process.stdin is not None
        assert process.stdout is not None
        with suppress(OSError):  # it may have exited already
            process.stdin.close()
        try:
            status = process.wait(1.0 if kill else _EXIT_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            status = process.wait()
        process.stdout.close()
        with self._lock:
            self._processes.discard(process)
        return status


def _call(process: "subprocess.Popen[bytes]", message: bytes) -> bytes:
    assert process.stdin is not None
    assert process.stdout is not None
    _send(process.stdin, message)
    return _receive(process.stdout)


def _send(stream: IO[bytes], message: bytes) -> None:
    stream.write(_LENGTH.pack(len(message)))
    stream.write(message)
    stream.flush()


def _receive(stream: IO[bytes]) -> bytes:
    return _exactly(stream, _LENGTH.unpack(_exactly(stream, _LENGTH.size))[0])


def _exactly(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data


def answer_calls() -> None:
    """Answer calls from standard input until it is closed; this is the main loop of a worker process.

    Output of called code goes to standard error, so it does not mix with the answers.
    """
    calls, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    try:
        os.dup2(2, 1)
    except OSError:
        os.dup2(nothing, 1)
    _send(answers, _READY)
    try:
        while True:
            _send(answers, _answer(_receive(calls)))
    except EOFError:
        return
    except OSError:
        os._exit(1)  # the parent has exited; flushing the buffer would fail


def _answer(message: bytes) -> bytes:
    try:
        function, args, kwargs = pickle.loads(message)  # noqa: S301  # written by our own parent process
        return pickle.dumps((True, function(*args, **kwargs)), protocol=5)
    except Exception as error:  # noqa: BLE001  # raised in the caller
        return pickle.dumps((False, portable(error)), protocol=5)


def portable(error: Exception) -> Exception:
    """Return *error* if it can be pickled, otherwise a RuntimeError with the same text."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301  # pickled here
    except Exception:  # noqa: BLE001  # any error of a class that cannot be pickled
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


class GrowingExecutor(Executor):
    """An executor that runs the first calls in this process and later ones in worker processes.

    A small job is done before a process could have started, and the size of the job need not be known.
    """

    def __init__(self, patience: int, workers: int | None = None) -> None:
        """Create an executor that starts *workers* (see `WorkerProcesses`) after *patience* calls."""
        self._patience = patience
        self._few = SerialExecutor()
        self._many = WorkerProcesses(workers)

    def settle(self) -> None:
        """Start no workers if there are none yet: the rest of the job is small."""
        if self._patience > 0:
            self._patience = sys.maxsize

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """Submit a call and return its future, which is completed for the first calls."""
        if self._patience > 0 or self._many.workers == 1:
            self._patience -= 1
            return self._few.submit(fn, *args, **kwargs)
        return self._many.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the workers, if any."""
        self._many.shutdown(wait, cancel_futures=cancel_futures)

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._many.__exit__(kind, value, trace)
