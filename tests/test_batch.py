"""Jobs on any executor: in order, in bounded memory, with the same result despite lost workers."""

import gc
import os
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_ref.batch.gc_pause import gc_paused
from alliance_ref.batch.pipeline import pair_chunk, run
from alliance_ref.batch.runner import CachedResult, Common, Job, Runner, in_chunks
from alliance_ref.batch.serialization import digest, pack, pack_units, unpack, unpack_units
from alliance_ref.batch.workers import GrowingExecutor, SerialExecutor, WorkerProcesses, portable
from alliance_ref.errors import ChunkFailed, ExecutorUnusable, NoWorkers, WorkerDied
from alliance_ref.records import PartialDate, TranslationUnit
from small_stages import STAGES, some_units

UNITS = 230
CHUNK = 10


def built(executor: Executor | None, units: int = UNITS, **options: Any) -> str:
    return run(STAGES, some_units(units), "known", executor=executor, chunk=CHUNK, **options)


@pytest.fixture(scope="module")
def expected() -> str:
    return built(SerialExecutor())


@pytest.fixture
def common(tmp_path: Path) -> Common:
    path = tmp_path / "common"
    path.write_bytes(content := pickle.dumps("known"))
    return Common(digest(content), path)


def reversed_payload(common: str, payload: bytes) -> bytes:
    return common.encode() + b":" + payload[::-1]


# Chunks


@given(st.lists(st.integers()), st.integers(1, 9))
def test_chunks_joined_are_the_items(items: list[int], size: int) -> None:
    chunks = list(in_chunks(items, size))
    assert [item for chunk in chunks for item in chunk] == items
    assert all(len(chunk) == size for chunk in chunks[:-1])


def test_a_chunk_has_at_least_one_item() -> None:
    with pytest.raises(ValueError, match="size is 0"):
        list(in_chunks([1], 0))


# Packing


@given(st.text(), st.text(), st.text(), st.integers(0, 10**9), st.none() | st.just(PartialDate(2005, 10)))
def test_units_survive_packing(
    en: str, ja: str, document: str, number: int, date: PartialDate | None
) -> None:
    unit = TranslationUnit(en, ja, document, number, date)
    assert unpack_units(pack_units([unit])) == (unit,)


def test_equal_units_are_equal_bytes() -> None:
    name = "a.tmx"
    shared = [TranslationUnit("a", "あ", name), TranslationUnit("b", "い", name)]
    apart = [TranslationUnit("a", "あ", name), TranslationUnit("b", "い", "".join(["a", ".tmx"]))]
    assert pack_units(shared) == pack_units(apart)


@pytest.mark.parametrize("function", [os.system, eval, os.path.join, subprocess.Popen])
def test_a_pickle_that_calls_a_function_is_rejected(function: Callable[..., object]) -> None:
    class Evil:
        def __reduce__(self) -> tuple[object, ...]:
            return function, ("true",)

    with pytest.raises(pickle.UnpicklingError, match="is not allowed in a checkpoint"):
        unpack(pack(Evil()))


def test_a_function_of_this_library_is_rejected() -> None:
    with pytest.raises(pickle.UnpicklingError):
        unpack(pack(reversed_payload))
    with pytest.raises(pickle.UnpicklingError):
        unpack(pack(digest))


def test_records_and_containers_survive_packing() -> None:
    from array import array
    from collections import Counter

    value = [TranslationUnit("a", "あ"), {"a": {1, 2}}, array("I", [1]), Counter("aab"), frozenset("x"), b"y"]
    assert unpack(pack(value)) == value


# Executors


def test_the_serial_executor_runs_calls_at_once_and_raises_errors_in_result() -> None:
    executor = SerialExecutor()
    assert executor.submit(max, 1, 2).done()
    with pytest.raises(ZeroDivisionError):
        executor.submit(divmod, 1, 0).result()


def test_worker_processes_run_calls_in_other_processes() -> None:
    with WorkerProcesses(2) as workers:
        found = {future.result() for future in [workers.submit(os.getpid) for _ in range(20)]}
    assert os.getpid() not in found
    assert 1 <= len(found) <= 2


def test_output_of_a_worker_does_not_mix_with_its_answers(capfd: pytest.CaptureFixture[str]) -> None:
    with WorkerProcesses(1) as workers:
        assert workers.submit(print, "hello").result() is None
        assert workers.submit(max, 1, 2).result() == 2
    assert "hello" in capfd.readouterr().err


def test_a_worker_that_dies_fails_only_its_call() -> None:
    with WorkerProcesses(1) as workers:
        dying, living = workers.submit(os._exit, 7), workers.submit(max, 1, 2)
        with pytest.raises(WorkerDied, match="exit status 7"):
            dying.result()
        assert living.result() == 2


def test_a_signal_is_reported_by_its_name() -> None:
    assert "SIGKILL; the system may have run out of memory" in str(WorkerDied(-9))
    assert "signal 63" in str(WorkerDied(-63))


def test_an_error_of_a_worker_is_raised_unchanged() -> None:
    with WorkerProcesses(1) as workers, pytest.raises(ZeroDivisionError):
        workers.submit(divmod, 1, 0).result()


def test_an_error_that_cannot_be_pickled_is_raised_as_text() -> None:
    class Local(Exception):
        pass

    assert str(portable(Local("lost"))) == "Local: lost"


def test_a_result_that_cannot_be_pickled_is_an_error() -> None:
    with WorkerProcesses(1) as workers:
        with pytest.raises((TypeError, AttributeError, pickle.PicklingError)):
            workers.submit(threading.Lock).result(20)
        assert workers.submit(max, 1, 2).result() == 2


def test_shutdown_rejects_new_calls_and_finishes_submitted_ones() -> None:
    workers = WorkerProcesses(1)
    future = workers.submit(time.sleep, 0.2)
    waiting = workers.submit(max, 1, 2)
    workers.shutdown(cancel_futures=True)
    assert future.done()
    assert waiting.cancelled()
    with pytest.raises(RuntimeError, match="after shutdown"):
        workers.submit(max, 1, 2)


def test_an_interrupt_ends_workers_at_once() -> None:
    began = time.monotonic()
    workers = WorkerProcesses(1)
    workers.submit(os.getpid).result()
    future = workers.submit(time.sleep, 60)
    workers.submit(max, 1, 2)
    with pytest.raises(KeyboardInterrupt), workers:
        raise KeyboardInterrupt
    assert time.monotonic() - began < 30
    assert future.cancelled() or isinstance(future.exception(), WorkerDied)


def test_a_number_of_workers_below_one_is_rejected() -> None:
    with pytest.raises(ValueError, match="workers is 0"):
        WorkerProcesses(0)


def test_an_interpreter_that_does_not_start_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    for path, reason in (
        ("", "not known"),
        ("/nowhere/python", "No such file"),
        ("/bin/false", "at its start"),
    ):
        monkeypatch.setattr(sys, "executable", path)
        with WorkerProcesses(1) as workers, pytest.raises(NoWorkers, match=reason):
            workers.submit(max, 1, 2).result()


def test_the_first_calls_start_no_process() -> None:
    with GrowingExecutor(2, 2) as executor:
        pids = [executor.submit(os.getpid).result() for _ in range(3)]
    assert pids[:2] == [os.getpid()] * 2
    assert pids[2] != os.getpid()


def test_a_script_without_a_guarded_main_part_can_start_workers(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "from alliance_ref.batch.workers import WorkerProcesses\n"
        "print('once')\n"
        "with WorkerProcesses(2) as workers:\n"
        "    print(workers.submit(max, 1, 2).result())\n"
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["once", "2"]


# Order and reading ahead


class FromBehind(Executor):
    """An executor that runs calls only when a result is requested, the last first."""

    def __init__(self) -> None:
        self.calls: list[Callable[[], object]] = []
        self.most = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        self.calls.append(lambda: future.set_result(fn(*args, **kwargs)))
        self.most = max(self.most, len(self.calls))
        executor = self

        class Asked:
            """A future that can do nothing but tell its result."""

            def result(self, timeout: float | None = None) -> object:
                while executor.calls:
                    executor.calls.pop()()
                return future.result(timeout)

        return cast("Future[Any]", Asked())


@pytest.mark.parametrize("window", [1, 2, 7, 1000])
def test_results_are_in_the_order_of_the_chunks_with_submit_and_result_only(
    window: int, expected: str
) -> None:
    executor = FromBehind()
    assert built(executor, window=window) == expected
    assert executor.most <= window


def test_an_endless_iterator_is_not_read_far_ahead(common: Common) -> None:
    read = 0

    def endless() -> Iterator[Job | CachedResult]:
        nonlocal read
        while True:
            read += 1
            yield Job(b"%d" % read, "")

    with ThreadPoolExecutor(2) as pool, Runner(pool, patience=0, window=5) as runner:
        results = runner.in_order(reversed_payload, common, endless())
        for number in range(1, 30):
            assert next(results) == b"known:" + b"%d"[:0] + str(number).encode()[::-1]
            assert read <= number + 5
        results.close()  # type: ignore[attr-defined]


def test_cached_results_are_returned_in_order(common: Common) -> None:
    jobs: list[Job | CachedResult] = [
        CachedResult(b"0"),
        Job(b"1", ""),
        CachedResult(b"2"),
        CachedResult(b"3"),
        Job(b"4", ""),
    ]
    with Runner(SerialExecutor(), patience=0) as runner:
        results = list(runner.in_order(reversed_payload, common, jobs))
    assert results == [b"0", b"known:1", b"2", b"3", b"known:4"]


def test_a_window_below_one_is_rejected() -> None:
    with pytest.raises(ValueError, match="window is 0"):
        Runner(None, patience=0, window=0)


# The same result on every executor


@pytest.mark.parametrize(
    "executor",
    [
        lambda: WorkerProcesses(2),
        lambda: ThreadPoolExecutor(3),
        lambda: ProcessPoolExecutor(2, mp_context=get_context("spawn")),
        lambda: GrowingExecutor(3, 2),
    ],
    ids=["workers", "threads", "process pool", "growing"],
)
def test_the_result_does_not_depend_on_the_executor(executor: Callable[[], Executor], expected: str) -> None:
    with executor() as pool:
        assert built(pool) == expected


def test_without_an_executor_a_large_job_uses_worker_processes(
    expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[object] = []
    start_process = subprocess.Popen

    def counted(command: list[str], **options: Any) -> "subprocess.Popen[bytes]":
        started.append(command)
        return start_process(command, **options)

    monkeypatch.setattr(subprocess, "Popen", counted)
    monkeypatch.setattr("alliance_ref.batch.workers.processors", lambda: 2)
    assert built(None) == expected
    assert started
    started.clear()
    assert built(None, units=5 * CHUNK)
    assert not started


def test_a_large_sized_input_uses_worker_processes_from_the_first_chunk(
    expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []

    def runner(executor: None, *, patience: int, window: None) -> Runner:
        calls.append(patience)
        return Runner(SerialExecutor(), patience=patience)

    monkeypatch.setattr("alliance_ref.batch.pipeline.Runner", runner)
    assert run(STAGES, list(some_units(UNITS)), "known", chunk=CHUNK) == expected
    assert run(STAGES, list(some_units(CHUNK)), "known", chunk=CHUNK)
    assert calls == [0, 8]


def test_the_garbage_collector_is_restored(expected: str) -> None:
    before = gc.get_threshold()
    during = []
    assert built(SerialExecutor(), progress=lambda *_: during.append(gc.get_threshold()[0])) == expected
    assert set(during) == {100 * before[0]}
    assert gc.get_threshold() == before


def test_a_job_without_units_is_empty() -> None:
    assert run(STAGES, [], "known") == "known 0\n"


# Workers on other machines, without a shared disk


class Elsewhere(Executor):
    """Two worker processes without access to the files of this machine."""

    def __init__(self) -> None:
        self.workers = WorkerProcesses(2)
        self.contents = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        _, _, path, content, *_ = args
        assert path is None
        self.contents += content is not None
        return self.workers.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self.workers.shutdown(wait, cancel_futures=cancel_futures)


def test_a_remote_worker_receives_the_context_once(expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alliance_ref.batch.runner.SMALL_CONTEXT", 0)
    with Elsewhere() as executor:
        assert run(STAGES, some_units(UNITS), "known", executor=executor, chunk=2, window=8) == expected
    assert 2 <= executor.contents < UNITS / 2, "there are as many calls as units: two to a chunk, two passes"


def test_a_small_context_is_sent_with_every_chunk_to_remote_workers(expected: str) -> None:
    with Elsewhere() as executor:
        assert built(executor, window=8) == expected
    assert executor.contents == 2 * UNITS / CHUNK


# Errors and lost workers


def with_trouble(trouble: str) -> Iterator[TranslationUnit]:
    for unit in some_units(UNITS):
        if unit.number == 57:
            yield TranslationUnit(trouble, unit.ja, unit.document, unit.number)
        else:
            yield unit


def died_once(tmp_path: Path, name: str) -> Iterator[TranslationUnit]:
    return with_trouble(f"DIE {tmp_path / name}")


def test_an_error_of_a_task_is_raised_once_and_unchanged() -> None:
    for executor in (SerialExecutor(), WorkerProcesses(2)):
        with executor, pytest.raises(ValueError, match=r"^no such base$") as raised:
            run(STAGES, with_trouble("RAISE no such base"), "known", executor=executor, chunk=CHUNK)
        assert "in observe" in str(raised.value.__cause__)


@pytest.mark.parametrize("kind", ["workers", "process pool", "own"])
def test_the_chunk_of_a_worker_that_died_runs_again_and_the_result_is_the_same(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = tmp_path / "died"
    mark.touch()
    expected = run(STAGES, died_once(tmp_path, "died"), "known", executor=SerialExecutor(), chunk=CHUNK)
    mark.unlink()
    monkeypatch.setattr("alliance_ref.batch.workers.processors", lambda: 2)
    executor: Executor | None = None
    if kind == "workers":
        executor = WorkerProcesses(2)
    elif kind == "process pool":
        executor = ProcessPoolExecutor(2, mp_context=get_context("spawn"))
    units = list(died_once(tmp_path, "died"))
    if kind == "process pool":
        with pytest.warns(RuntimeWarning, match="broken .*worker processes take its place"):
            assert run(STAGES, units, "known", executor=executor, chunk=CHUNK) == expected
    else:
        assert run(STAGES, units, "known", executor=executor, chunk=CHUNK) == expected
    assert mark.exists()
    if executor is not None:
        executor.shutdown()


def test_a_chunk_that_kills_every_worker_is_reported() -> None:
    with (
        WorkerProcesses(2) as executor,
        pytest.raises(ChunkFailed, match="no worker finished them in 3 attempts") as raised,
    ):
        run(STAGES, with_trouble("DIE"), "known", executor=executor, chunk=CHUNK)
    assert raised.value.chunk == "units from (memory.tmx, unit 50) to (memory.tmx, unit 59)"
    assert "SIGKILL" in raised.value.cause


def test_without_processes_the_job_runs_here_with_a_warning(
    expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    monkeypatch.setattr("alliance_ref.batch.workers.processors", lambda: 2)
    with pytest.warns(RuntimeWarning, match="the work is done in this process"):
        assert built(None) == expected


def test_an_executor_that_was_shut_down_is_reported() -> None:
    pool = ThreadPoolExecutor(1)
    pool.shutdown()
    with pytest.raises(ExecutorUnusable, match=r"after shutdown.*call again with a new one"):
        built(pool)


def test_an_executor_that_breaks_is_replaced(expected: str) -> None:
    class Breaks(ThreadPoolExecutor):
        left = 30

        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
            self.left -= 1
            if self.left < 0:
                raise BrokenExecutor("pulled the plug")
            return super().submit(fn, *args, **kwargs)

    with Breaks(2) as pool, pytest.warns(RuntimeWarning, match="pulled the plug"):
        assert built(pool) == expected


def test_an_interrupt_cancels_waiting_chunks(tmp_path: Path) -> None:
    def interrupted() -> Iterator[TranslationUnit]:
        for unit in some_units(10**9):
            if unit.number == 100:
                raise KeyboardInterrupt
            yield TranslationUnit("WAIT 0.05", "待つ", "memory.tmx", unit.number)

    class Remembers(ThreadPoolExecutor):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
            futures.append(super().submit(fn, *args, **kwargs))
            return futures[-1]

    futures: list[Future[Any]] = []
    with Remembers(1) as pool, pytest.raises(KeyboardInterrupt):
        run(STAGES, interrupted(), "known", executor=pool, chunk=CHUNK, window=50)
    assert any(future.cancelled() for future in futures)


# Progress


def test_progress_has_the_total_0_until_it_is_known() -> None:
    calls: list[tuple[int, int]] = []
    built(SerialExecutor(), progress=lambda done, total: calls.append((done, total)))
    done = [step for step, _ in calls]
    assert done == sorted(done)
    assert calls[-1] == (UNITS, UNITS)
    assert {total for _, total in calls[: UNITS // CHUNK]} == {0}
    assert {total for _, total in calls[UNITS // CHUNK :]} == {UNITS}


def test_progress_has_the_total_of_a_sized_input() -> None:
    calls: list[tuple[int, int]] = []
    units = list(some_units(UNITS))
    run(STAGES, units, "", executor=SerialExecutor(), chunk=CHUNK, progress=lambda *step: calls.append(step))
    assert {total for _, total in calls} == {UNITS}


def test_the_collector_is_paused_while_a_chunk_runs() -> None:
    seen = []

    def pair(observed: Any, model: None, knowledge: None) -> Any:
        seen.append(gc.isenabled())
        return observed

    assert unpack(pair_chunk(pair, (None, None), pack(["paired"]))) == ["paired"]
    assert seen == [False]
    assert gc.isenabled()


def test_overlapping_pauses_restore_the_collector() -> None:
    first_is_in, second_is_in = threading.Event(), threading.Event()
    off: list[bool] = []

    def first() -> None:
        with gc_paused():
            first_is_in.set()
            second_is_in.wait(10)

    def second() -> None:
        first_is_in.wait(10)
        with gc_paused():
            second_is_in.set()
            one.join(10)
            off.append(not gc.isenabled())

    one, two = threading.Thread(target=first), threading.Thread(target=second)
    one.start()
    two.start()
    two.join(20)
    assert off == [True]
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with gc_paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
