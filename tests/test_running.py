"""Builds on any executor: in order, in bounded memory, the same whoever works and whoever dies."""

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

from alliance_ref.batch.gc_pause import not_collecting
from alliance_ref.batch.pipeline import pair_chunk, run
from alliance_ref.batch.runner import Common, Job, Ready, Runner, in_chunks
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
def test_units_come_through_packing(
    en: str, ja: str, document: str, number: int, date: PartialDate | None
) -> None:
    unit = TranslationUnit(en, ja, document, number, date)
    assert unpack_units(pack_units([unit])) == (unit,)


def test_equal_units_are_equal_bytes_whichever_objects_hold_them() -> None:
    name = "a.tmx"
    shared = [TranslationUnit("a", "あ", name), TranslationUnit("b", "い", name)]
    apart = [TranslationUnit("a", "あ", name), TranslationUnit("b", "い", "".join(["a", ".tmx"]))]
    assert pack_units(shared) == pack_units(apart)


@pytest.mark.parametrize("function", [os.system, eval, os.path.join, subprocess.Popen])
def test_a_pickle_that_would_call_something_is_refused(function: Callable[..., object]) -> None:
    class Evil:
        def __reduce__(self) -> tuple[object, ...]:
            return function, ("true",)

    with pytest.raises(pickle.UnpicklingError, match="does not belong into a work folder"):
        unpack(pack(Evil()))


def test_a_function_of_this_library_is_refused_too() -> None:
    with pytest.raises(pickle.UnpicklingError):
        unpack(pack(reversed_payload))
    with pytest.raises(pickle.UnpicklingError):
        unpack(pack(digest))


def test_records_and_containers_come_through_packing() -> None:
    from array import array
    from collections import Counter

    value = [TranslationUnit("a", "あ"), {"a": {1, 2}}, array("I", [1]), Counter("aab"), frozenset("x"), b"y"]
    assert unpack(pack(value)) == value


# Executors of our own


def test_the_serial_executor_works_at_once_and_keeps_errors_for_the_future() -> None:
    executor = SerialExecutor()
    assert executor.submit(max, 1, 2).done()
    with pytest.raises(ZeroDivisionError):
        executor.submit(divmod, 1, 0).result()


def test_worker_processes_answer_in_their_own_process() -> None:
    with WorkerProcesses(2) as workers:
        found = {future.result() for future in [workers.submit(os.getpid) for _ in range(20)]}
    assert os.getpid() not in found
    assert 1 <= len(found) <= 2


def test_what_a_worker_prints_does_not_reach_its_answers(capfd: pytest.CaptureFixture[str]) -> None:
    with WorkerProcesses(1) as workers:
        assert workers.submit(print, "hello").result() is None
        assert workers.submit(max, 1, 2).result() == 2
    assert "hello" in capfd.readouterr().err


def test_a_worker_that_dies_fails_its_call_alone() -> None:
    with WorkerProcesses(1) as workers:
        dying, living = workers.submit(os._exit, 7), workers.submit(max, 1, 2)
        with pytest.raises(WorkerDied, match="exit status 7"):
            dying.result()
        assert living.result() == 2


def test_a_signal_is_called_by_its_name() -> None:
    assert "SIGKILL; the system may have run out of memory" in str(WorkerDied(-9))
    assert "signal 63" in str(WorkerDied(-63))


def test_an_error_comes_back_from_a_worker_as_it_is() -> None:
    with WorkerProcesses(1) as workers, pytest.raises(ZeroDivisionError):
        workers.submit(divmod, 1, 0).result()


def test_an_error_that_cannot_be_pickled_is_told_in_words() -> None:
    class Local(Exception):
        pass

    assert str(portable(Local("lost"))) == "Local: lost"


def test_an_answer_that_cannot_be_pickled_is_an_error_not_a_hang() -> None:
    with WorkerProcesses(1) as workers:
        with pytest.raises((TypeError, AttributeError, pickle.PicklingError)):
            workers.submit(threading.Lock).result(20)
        assert workers.submit(max, 1, 2).result() == 2


def test_workers_take_no_work_after_shutdown_and_end_what_they_have() -> None:
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


def test_a_number_of_workers_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="workers is 0"):
        WorkerProcesses(0)


def test_a_python_that_does_not_start_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
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


# Order, and no reading ahead


class FromBehind(Executor):
    """Keeps calls and runs them only when a result is asked for, the youngest first."""

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
def test_results_come_in_the_order_of_the_chunks_and_nothing_is_asked_but_submit_and_result(
    window: int, expected: str
) -> None:
    executor = FromBehind()
    assert built(executor, window=window) == expected
    assert executor.most <= window


def test_an_endless_iterator_is_not_read_far_ahead(common: Common) -> None:
    read = 0

    def endless() -> Iterator[Job | Ready]:
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


def test_what_is_ready_passes_through_in_its_place(common: Common) -> None:
    jobs: list[Job | Ready] = [Ready(b"0"), Job(b"1", ""), Ready(b"2"), Ready(b"3"), Job(b"4", "")]
    with Runner(SerialExecutor(), patience=0) as runner:
        results = list(runner.in_order(reversed_payload, common, jobs))
    assert results == [b"0", b"known:1", b"2", b"3", b"known:4"]


def test_a_window_below_one_is_refused() -> None:
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
def test_the_result_is_the_same_whatever_runs_it(executor: Callable[[], Executor], expected: str) -> None:
    with executor() as pool:
        assert built(pool) == expected


def test_without_an_executor_much_work_goes_to_worker_processes(
    expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[WorkerProcesses] = []
    start = WorkerProcesses._start

    def counted(workers: WorkerProcesses) -> "subprocess.Popen[bytes]":
        started.append(workers)
        return start(workers)

    monkeypatch.setattr(WorkerProcesses, "_start", counted)
    monkeypatch.setattr("alliance_ref.batch.workers.processors", lambda: 2)
    assert built(None) == expected
    assert started
    started.clear()
    assert built(None, units=5 * CHUNK)
    assert not started


def test_units_that_have_a_length_are_spread_from_the_first(
    expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[int] = []

    def runner(executor: None, *, patience: int, window: None) -> Runner:
        heard.append(patience)
        return Runner(SerialExecutor(), patience=patience)

    monkeypatch.setattr("alliance_ref.batch.pipeline.Runner", runner)
    assert run(STAGES, list(some_units(UNITS)), "known", chunk=CHUNK) == expected
    assert run(STAGES, list(some_units(CHUNK)), "known", chunk=CHUNK)
    assert heard == [0, 8]


def test_the_collector_of_cycles_is_left_as_it_was(expected: str) -> None:
    before = gc.get_threshold()
    during = []
    assert built(SerialExecutor(), progress=lambda *_: during.append(gc.get_threshold()[0])) == expected
    assert set(during) == {100 * before[0]}
    assert gc.get_threshold() == before


def test_no_units_are_no_trouble() -> None:
    assert run(STAGES, [], "known") == "known 0\n"


# Workers elsewhere: no disk in common


class Elsewhere(Executor):
    """Two worker processes that cannot see this machine's files, like those of another machine."""

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


def test_workers_elsewhere_are_sent_the_model_once_and_not_with_every_chunk(
    expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("alliance_ref.batch.runner._SMALL", 0)
    with Elsewhere() as executor:
        assert run(STAGES, some_units(UNITS), "known", executor=executor, chunk=2, window=8) == expected
    assert 2 <= executor.contents < UNITS / 2, "there are as many calls as units: two to a chunk, two passes"


def test_what_is_small_goes_with_every_chunk_to_workers_elsewhere(expected: str) -> None:
    with Elsewhere() as executor:
        assert built(executor, window=8) == expected
    assert executor.contents == 2 * UNITS / CHUNK


# Errors, and workers that die


def with_trouble(trouble: str) -> Iterator[TranslationUnit]:
    for unit in some_units(UNITS):
        if unit.number == 57:
            yield TranslationUnit(trouble, unit.ja, unit.document, unit.number)
        else:
            yield unit


def died_once(tmp_path: Path, name: str) -> Iterator[TranslationUnit]:
    return with_trouble(f"DIE {tmp_path / name}")


def test_an_error_of_the_work_itself_is_raised_once_as_it_is() -> None:
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


def test_a_chunk_that_takes_every_worker_down_is_named() -> None:
    with (
        WorkerProcesses(2) as executor,
        pytest.raises(ChunkFailed, match="no worker finished them in 3 attempts") as raised,
    ):
        run(STAGES, with_trouble("DIE"), "known", executor=executor, chunk=CHUNK)
    assert raised.value.chunk == "units from (memory.tmx, unit 50) to (memory.tmx, unit 59)"
    assert "SIGKILL" in raised.value.cause


def test_where_no_process_can_be_started_the_work_is_done_here_with_a_warning(
    expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    monkeypatch.setattr("alliance_ref.batch.workers.processors", lambda: 2)
    with pytest.warns(RuntimeWarning, match="the work is done in this process"):
        assert built(None) == expected


def test_an_executor_that_was_shut_down_is_named() -> None:
    pool = ThreadPoolExecutor(1)
    pool.shutdown()
    with pytest.raises(ExecutorUnusable, match=r"after shutdown.*call again with a new one"):
        built(pool)


def test_an_executor_that_breaks_halfway_is_replaced(expected: str) -> None:
    class Breaks(ThreadPoolExecutor):
        left = 30

        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
            self.left -= 1
            if self.left < 0:
                raise BrokenExecutor("pulled the plug")
            return super().submit(fn, *args, **kwargs)

    with Breaks(2) as pool, pytest.warns(RuntimeWarning, match="pulled the plug"):
        assert built(pool) == expected


def test_an_interrupt_cancels_what_waits(tmp_path: Path) -> None:
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


def test_progress_is_units_done_and_its_total_0_until_it_is_known() -> None:
    heard: list[tuple[int, int]] = []
    built(SerialExecutor(), progress=lambda done, total: heard.append((done, total)))
    done = [step for step, _ in heard]
    assert done == sorted(done)
    assert heard[-1] == (UNITS, UNITS)
    assert {total for _, total in heard[: UNITS // CHUNK]} == {0}
    assert {total for _, total in heard[UNITS // CHUNK :]} == {UNITS}


def test_progress_knows_the_total_of_units_that_have_a_length() -> None:
    heard: list[tuple[int, int]] = []
    units = list(some_units(UNITS))
    run(STAGES, units, "", executor=SerialExecutor(), chunk=CHUNK, progress=lambda *step: heard.append(step))
    assert {total for _, total in heard} == {UNITS}


def test_no_cycles_are_looked_for_while_a_chunk_is_worked_on() -> None:
    seen = []

    def pair(observed: Any, model: None, knowledge: None) -> Any:
        seen.append(gc.isenabled())
        return observed

    assert unpack(pair_chunk(pair, (None, None), pack(["paired"]))) == ["paired"]
    assert seen == [False]
    assert gc.isenabled()


def test_threads_that_overlap_leave_the_collector_on() -> None:
    first_is_in, second_is_in = threading.Event(), threading.Event()
    off: list[bool] = []

    def first() -> None:
        with not_collecting():
            first_is_in.set()
            second_is_in.wait(10)

    def second() -> None:
        first_is_in.wait(10)
        with not_collecting():
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
        with not_collecting():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
