"""Executors of our own: in this process, in worker processes, and one that starts the other when it pays.

The standard library's process pool is not used unless the caller brings one. Started with ``fork`` it is
unsafe beside threads; started otherwise it runs the caller's script again in every worker, which ends in an
error unless the script guards its main part; and when one worker dies, all of the pool is lost. So a worker
here is a plain Python process that is told what to import and then answers calls through two pipes. It can
be started from any script, notebook or thread, dies alone, and is replaced.
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

from alliance_ref.errors import NoWorkers, WorkerDied
from alliance_ref.messages import N_, message_text

P = ParamSpec("P")
T = TypeVar("T")

MOST_WORKERS = 8
"""Worker processes started unasked, at most: the parent's own share of the work keeps no more busy."""

_LENGTH = struct.Struct(">Q")
_READY = b"ready"
_PATIENCE = 10.0  # seconds that a worker may take to end by itself


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class SerialExecutor(Executor):
    """Runs each call at once, in this process and thread: for those who want no other process.

    >>> import alliance_ref as ar
    >>> ar.SerialExecutor().submit(max, 2, 3).result()
    3
    """

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """The call's result, as a future that is done."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001  # it is the caller's, who gets it from result()
            future.set_exception(error)
        return future


@attrs.define(eq=False)
class _Call:
    future: "Future[Any]"
    message: bytes


class WorkerProcesses(Executor):
    """Runs calls in processes of their own, the first submitted first.

    A process is started when there is work for it. One that dies fails the call that it was at with
    ``WorkerDied``, and a new one takes the next call. As with every process pool, functions and
    arguments are pickled; but nothing of the caller's script is run again.

    >>> import alliance_ref as ar
    >>> with ar.batch.workers.WorkerProcesses(1) as workers:
    ...     workers.submit(max, 2, 3).result()
    3
    """

    def __init__(self, workers: int | None = None) -> None:
        """So many *workers*; as many as there are processors, 8 at most, if left out."""
        if workers is not None and workers < 1:
            raise ValueError(f"workers is {workers}, must be 1 or more")
        self._limit = workers or min(processors(), MOST_WORKERS)
        self._calls: queue.SimpleQueue[_Call | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._processes: set[subprocess.Popen[bytes]] = set()
        self._closed = self._killed = False

    @property
    def workers(self) -> int:
        """How many processes there may be.

        >>> import alliance_ref as ar
        >>> ar.batch.workers.WorkerProcesses(3).workers
        3
        """
        return self._limit

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """A future of the call.

        Raises:
            RuntimeError: after :meth:`shutdown`.
        """
        message = pickle.dumps((fn, args, kwargs), protocol=5)
        with self._lock:
            if self._closed:
                raise RuntimeError("cannot schedule new futures after shutdown")
            future: Future[T] = Future()
            self._calls.put(_Call(future, message))
            if len(self._threads) < self._limit:
                # Daemons: a forgotten shutdown must not keep the interpreter from ending.
                thread = threading.Thread(target=self._serve, name="alliance_ref worker", daemon=True)
                self._threads.append(thread)
                thread.start()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more calls, and end the workers when those taken are done.

        Args:
            wait: Come back when all has ended.
            cancel_futures: Cancel the calls that have not begun.
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
        """End the workers at once, whatever they are at."""
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
        """What one thread does: pass calls to its worker, one after the other."""
        process: subprocess.Popen[bytes] | None = None
        while (call := self._calls.get()) is not None:
            if not call.future.set_running_or_notify_cancel():
                continue
            try:
                if process is None:
                    process = self._start()
                answer = _asked(process, call.message)
            except NoWorkers as error:
                call.future.set_exception(error)
                continue
            except (OSError, EOFError):
                assert process is not None
                call.future.set_exception(WorkerDied(self._end(process, kill=True)))
                process = None
                continue
            try:
                good, value = pickle.loads(answer)  # noqa: S301  # our own worker wrote it
            except Exception as error:  # noqa: BLE001  # the caller's class, which cannot be made here
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
        # An interrupt from the keyboard reaches all processes; the parent says when a worker ends.
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
        with suppress(OSError):  # it may be gone already
            process.stdin.close()
        try:
            status = process.wait(1.0 if kill else _PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            status = process.wait()
        process.stdout.close()
        with self._lock:
            self._processes.discard(process)
        return status


def _asked(process: "subprocess.Popen[bytes]", message: bytes) -> bytes:
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
    """What a worker process does: answer calls from standard input until it is closed.

    What called code prints goes to standard error, so that it does not get between the answers.
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
        os._exit(1)  # the parent is gone; what is left in the buffer would be complained of


def _answer(message: bytes) -> bytes:
    try:
        function, args, kwargs = pickle.loads(message)  # noqa: S301  # our own parent wrote it
        return pickle.dumps((True, function(*args, **kwargs)), protocol=5)
    except Exception as error:  # noqa: BLE001  # it is the caller's
        return pickle.dumps((False, portable(error)), protocol=5)


def portable(error: Exception) -> Exception:
    """The *error* itself if it can be sent to another process, else one that can and says the same."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301  # our own
    except Exception:  # noqa: BLE001  # whatever its class does when it is copied
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


class GrowingExecutor(Executor):
    """Runs the first calls in this process, and more than those in worker processes.

    So little work is done before a process could have been started, and nobody need know beforehand how
    much there is.
    """

    def __init__(self, patience: int, workers: int | None = None) -> None:
        """Run *patience* calls here before *workers* are started (see :class:`WorkerProcesses`)."""
        self._patience = patience
        self._few = SerialExecutor()
        self._many = WorkerProcesses(workers)

    def settle(self) -> None:
        """Start no workers any more if there are none: there is less to do than would pay."""
        if self._patience > 0:
            self._patience = sys.maxsize

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """A future of the call, done already if it was one of the first."""
        if self._patience > 0 or self._many.workers == 1:
            self._patience -= 1
            return self._few.submit(fn, *args, **kwargs)
        return self._many.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the workers, if there are any."""
        self._many.shutdown(wait, cancel_futures=cancel_futures)

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._many.__exit__(kind, value, trace)
