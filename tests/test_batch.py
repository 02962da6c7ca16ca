"""Jobs on any executor: in order, in bounded memory, with the same result despite lost workers."""

import gc
import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
import zlib
from array import array
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_ref.batch.collector import collected_rarely
from alliance_ref.batch.pipeline import run
from alliance_ref.batch.runner import CachedResult, Job, Runner, SharedContext, in_chunks, portable
from alliance_ref.batch.serialization import pack_parts, pack_units, unpack_parts, unpack_units
from alliance_ref.batch.workers import SerialExecutor, WorkerProcesses
from alliance_ref.errors import ChunkFailed, ExecutorUnusable, InvalidValue, NoWorkers, WorkerDied
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
def context(tmp_path: Path) -> SharedContext:
    return SharedContext.write(tmp_path / "context", "known")


def reversed_payload(context: str, payload: bytes) -> bytes:
    return context.encode() + b":" + payload[::-1]


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


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
arrays = st.lists(st.integers(0, 65_535)).map(lambda numbers: array("H", numbers)) | st.lists(
    st.integers(0, 2**32 - 1)
).map(lambda numbers: array("I", numbers))


@given(st.lists(json_values | arrays, max_size=6))
def test_arrays_and_json_values_survive_packing(parts: list[object]) -> None:
    assert unpack_parts(pack_parts(parts)) == parts
    assert pack_parts(unpack_parts(pack_parts(parts))) == pack_parts(parts)


def test_lone_surrogates_survive_packing() -> None:
    assert unpack_parts(pack_parts(["\ud800"])) == ["\ud800"]


@given(st.binary(max_size=60))
def test_other_data_is_a_value_error(data: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # any reason
        unpack_parts(data)
    with pytest.raises((ValueError, TypeError, KeyError, IndexError)):
        unpack_parts(zlib.compress(data))


@given(st.integers(0, 10**6), st.integers(1, 255))
def test_truncated_or_changed_results_are_rejected(place: int, change: int) -> None:
    parts = [array("H", range(300)), {"base": ["基地"] * 9}]
    data = bytearray(pack_parts(parts))
    place %= len(data)
    with pytest.raises(ValueError):  # noqa: PT011  # any reason
        unpack_parts(bytes(data[:place]))
    data[place] ^= change
    with suppress(ValueError):
        assert unpack_parts(bytes(data)) == parts, "a few bits of the compression are not used"


def test_a_pickle_is_not_read(tmp_path: Path) -> None:
    class Evil:
        def __reduce__(self) -> tuple[object, ...]:
            return Path.touch, (tmp_path / "called",)

    for data in (pickle.dumps(Evil()), zlib.compress(pickle.dumps(Evil()), 1)):
        with pytest.raises(ValueError):  # noqa: PT011  # any reason
            unpack_parts(data)
    assert not (tmp_path / "called").exists()


def test_a_result_that_expands_beyond_the_limit_is_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pack_parts(["a" * 1_000_000])
    monkeypatch.setattr("alliance_ref.batch.serialization.MAX_RESULT_BYTES", 10_000)
    with pytest.raises(ValueError, match="larger than the limit"):
        unpack_parts(data)
    with pytest.raises(InvalidValue, match="the results of a chunk of units have 1 MB; the limit is 0 MB"):
        pack_parts(["a" * 1_000_000])


def test_json_that_is_nested_too_deeply_is_rejected() -> None:
    head = b"[" * 100_000
    with pytest.raises((ValueError, RecursionError)):
        unpack_parts(zlib.compress(len(head).to_bytes(8, "little") + head))


# Executors


def test_the_serial_executor_runs_calls_at_once_and_raises_errors_in_result() -> None:
    executor = SerialExecutor()
    assert executor.submit(max, 1, 2).done()
    with pytest.raises(ZeroDivisionError):
        executor.submit(divmod, 1, 0).result()


def test_worker_processes_run_calls_in_other_processes() -> None:
    with WorkerProcesses(2) as workers:
        found = {future.result() for future in [workers.submit(os.getpid) for _ in range(20)]}
        assert workers.submit(print, "output does not mix with answers").result() is None
        with pytest.raises(ZeroDivisionError):
            workers.submit(divmod, 1, 0).result()
        with pytest.raises((TypeError, AttributeError, pickle.PicklingError)):
            workers.submit(threading.Lock).result(20)
        assert workers.submit(max, 1, 2).result() == 2
    assert os.getpid() not in found
    assert 1 <= len(found) <= 2


def test_after_a_worker_died_new_workers_can_be_started() -> None:
    with WorkerProcesses(2) as workers:
        with pytest.raises(BrokenProcessPool):
            workers.submit(os._exit, 7).result()
        assert workers.restart().status == 7
        assert workers.submit(max, 1, 2).result() == 2
        with pytest.raises(BrokenProcessPool):
            workers.submit(os.kill, workers.submit(os.getpid).result(), signal.SIGKILL).result()
        assert "SIGKILL; the system may have run out of memory" in str(workers.restart())


def test_idle_workers_are_released_and_busy_ones_are_not() -> None:
    with WorkerProcesses(1) as workers:
        first = workers.submit(os.getpid).result()
        busy = workers.submit(time.sleep, 0.5)
        workers.release()
        assert not busy.done()
        assert workers.submit(os.getpid).result() == first
        deadline = time.monotonic() + 10
        while workers.submit(os.getpid).result() == first:
            assert time.monotonic() < deadline
            time.sleep(0.05)  # a call is counted as done a moment after its result is available
            workers.release()


def test_a_signal_is_reported_by_its_name() -> None:
    assert "SIGKILL; the system may have run out of memory" in str(WorkerDied(-9))
    assert "signal 63" in str(WorkerDied(-63))


def test_an_error_that_cannot_be_pickled_is_raised_as_text() -> None:
    class Local(Exception):
        pass

    assert str(portable(Local("lost"))) == "Local: lost"


def test_shutdown_rejects_new_calls_and_finishes_submitted_ones() -> None:
    workers = WorkerProcesses(1)
    future = workers.submit(time.sleep, 0.2)
    waiting = [workers.submit(max, 1, 2) for _ in range(9)]
    workers.shutdown(cancel_futures=True)
    assert future.done()
    assert waiting[-1].cancelled()
    with pytest.raises(RuntimeError, match="after shutdown"):
        workers.submit(max, 1, 2)


def test_an_interrupt_ends_workers_within_a_second() -> None:
    workers = WorkerProcesses(1)
    workers.submit(os.getpid).result()
    future = workers.submit(time.sleep, 60)
    workers.submit(max, 1, 2)
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt), workers:
        raise KeyboardInterrupt
    assert time.monotonic() - began < 1
    assert future.cancelled() or isinstance(future.exception(), BrokenProcessPool)


def test_a_number_of_workers_below_one_is_rejected() -> None:
    with pytest.raises(ValueError, match="workers is 0"):
        WorkerProcesses(0)


@pytest.fixture
def no_processes() -> Iterator[None]:
    """Make every new process end at its start."""
    before = multiprocessing.spawn.get_executable()
    multiprocessing.set_executable("/bin/false")
    yield
    multiprocessing.set_executable(before)


def test_an_interpreter_that_does_not_start_is_reported(no_processes: None) -> None:
    with WorkerProcesses(1) as workers, pytest.raises(NoWorkers, match=r"at its start \(exit status 1\)"):
        workers.submit(max, 1, 2)


UNGUARDED = """
import sys
import alliance_ref as ar
from alliance_ref.batch import pipeline
pipeline.MAX_SERIAL_CHUNKS, pipeline.processors = 1, lambda: 2
print("once")
units = [("The alliance changed.", "同盟は変わった。")] * 3000
glossary = ar.build_glossary(units)
print(len(glossary))
"""


def test_a_script_without_a_guarded_main_part_works_in_one_process(tmp_path: Path) -> None:
    """Workers import the script: without a guard they would run it again."""
    script = tmp_path / "script.py"
    script.write_text(UNGUARDED, encoding="utf-8")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["once", "1"]
    assert "no main part guarded by `if __name__" in done.stderr
    assert "the work is done in this process" in done.stderr

    guarded = UNGUARDED.replace('print("once")', 'if __name__ == "__main__":\n    print("once")')
    script.write_text(
        guarded.replace("\nunits", "\n    units")
        .replace("\nglossary", "\n    glossary")
        .replace("\nprint(len", "\n    print(len"),
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)
    assert (done.stdout.split(), done.stderr) == (["once", "1"], "")


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
            """A future with no method but `result`."""

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


def test_an_endless_iterator_is_not_read_far_ahead(context: SharedContext) -> None:
    read = 0

    def endless() -> Iterator[Job | CachedResult]:
        nonlocal read
        while True:
            read += 1
            yield Job(b"%d" % read, "")

    with ThreadPoolExecutor(2) as pool, Runner(pool, window=5) as runner:
        results = runner.in_order(reversed_payload, context, endless())
        for number in range(1, 30):
            assert next(results) == b"known:" + b"%d"[:0] + str(number).encode()[::-1]
            assert read <= number + 5
        results.close()  # type: ignore[attr-defined]


def test_cached_results_are_returned_in_order(context: SharedContext) -> None:
    jobs: list[Job | CachedResult] = [
        CachedResult(b"0"),
        Job(b"1", ""),
        CachedResult(b"2"),
        CachedResult(b"3"),
        Job(b"4", ""),
    ]
    with Runner(SerialExecutor()) as runner:
        results = list(runner.in_order(reversed_payload, context, jobs))
    assert results == [b"0", b"known:1", b"2", b"3", b"known:4"]


def test_a_window_below_one_is_rejected() -> None:
    with pytest.raises(ValueError, match="window is 0"):
        Runner(None, window=0)


# The same result on every executor


def loky_executor() -> Executor:
    loky = pytest.importorskip("loky")
    executor: Executor = loky.ProcessPoolExecutor(2)
    return executor


ENGINES: dict[str, Callable[[], Executor]] = {
    "workers": lambda: WorkerProcesses(2),
    "process pool": lambda: ProcessPoolExecutor(2, mp_context=get_context("spawn")),
    "loky": loky_executor,
}


@pytest.mark.parametrize("engine", [*ENGINES, "threads"])
def test_the_result_does_not_depend_on_the_executor(engine: str, expected: str) -> None:
    with ENGINES.get(engine, lambda: ThreadPoolExecutor(3))() as pool:
        assert built(pool) == expected


def test_without_an_executor_only_a_large_job_uses_worker_processes(
    expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[int] = []

    class Counting(WorkerProcesses):
        def submit(self, *args: Any, **kwargs: Any) -> "Future[Any]":
            started.append(1)
            return super().submit(*args, **kwargs)

    monkeypatch.setattr("alliance_ref.batch.runner.WorkerProcesses", Counting)
    monkeypatch.setattr("alliance_ref.batch.pipeline.processors", lambda: 2)
    assert built(None) == expected
    assert len(started) == 2 * UNITS / CHUNK
    started.clear()
    assert built(None, units=8 * CHUNK)
    monkeypatch.setattr("alliance_ref.batch.pipeline.processors", lambda: 1)
    assert built(None) == expected
    assert not started


def test_the_garbage_collector_is_restored(expected: str) -> None:
    before = gc.get_threshold()
    during = []
    assert built(SerialExecutor(), progress=lambda *_: during.append(gc.get_threshold()[0])) == expected
    assert set(during) == {100 * before[0]}
    assert gc.get_threshold() == before


def test_builds_in_four_threads_do_not_affect_each_other(expected: str) -> None:
    before = gc.get_threshold()
    for _ in range(3):
        with ThreadPoolExecutor(4) as threads:
            results = [threads.submit(built, SerialExecutor()) for _ in range(4)]
        assert [result.result() for result in results] == [expected] * 4
        assert gc.get_threshold() == before


def test_two_threads_can_use_worker_processes_at_the_same_time(expected: str) -> None:
    def build() -> str:
        with WorkerProcesses(1) as workers:
            return built(workers)

    with ThreadPoolExecutor(2) as threads:
        results = [threads.submit(build) for _ in range(2)]
    assert [result.result() for result in results] == [expected] * 2


def test_a_job_without_units_is_empty() -> None:
    assert run(STAGES, [], "known") == "known 0\n"


# Workers on other machines, without a shared disk


class Elsewhere(Executor):
    """Two worker processes without access to the files of this machine."""

    def __init__(self) -> None:
        self.workers = WorkerProcesses(2)
        self.contents = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        task, name, _path, content, *others = args
        self.contents += content is not None
        return self.workers.submit(fn, task, name, "/nowhere", content, *others, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self.workers.shutdown(wait, cancel_futures=cancel_futures)


def test_a_remote_worker_receives_the_context_once(expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alliance_ref.batch.runner.SMALL_CONTEXT", 0)
    with Elsewhere() as executor:
        assert run(STAGES, some_units(UNITS), "known", executor=executor, chunk=2, window=8) == expected
    assert 2 <= executor.contents < UNITS / 2, "there are as many calls as units: two to a chunk, two passes"


def test_a_small_context_is_sent_with_every_chunk(expected: str) -> None:
    with Elsewhere() as executor:
        assert built(executor, window=8) == expected
    assert executor.contents == 2 * UNITS / CHUNK


def test_a_context_that_another_program_changed_is_not_unpickled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("alliance_ref.batch.runner.SMALL_CONTEXT", 0)
    context = SharedContext.write(tmp_path / "context", "known")

    class Evil:
        def __reduce__(self) -> tuple[object, ...]:
            return Path.touch, (tmp_path / "called",)

    context.path.write_bytes(pickle.dumps(Evil()))
    with WorkerProcesses(1) as workers, Runner(workers) as runner:
        results = runner.in_order(reversed_payload, context, [Job(b"1", "")])
        with pytest.raises(OSError, match="was changed by another program"):
            next(results)
    assert not (tmp_path / "called").exists()


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
    for executor in (SerialExecutor(), *(engine() for engine in ENGINES.values())):
        with executor, pytest.raises(ValueError, match=r"^no such base$") as raised:
            run(STAGES, with_trouble("RAISE no such base"), "known", executor=executor, chunk=CHUNK)
        assert "in observe" in str(raised.value.__cause__)


@pytest.mark.parametrize("engine", [*ENGINES, "default"])
def test_the_chunk_of_a_worker_that_died_runs_again_and_the_result_is_the_same(
    engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = tmp_path / "died"
    mark.touch()
    expected = run(STAGES, died_once(tmp_path, "died"), "known", executor=SerialExecutor(), chunk=CHUNK)
    mark.unlink()
    monkeypatch.setattr("alliance_ref.batch.pipeline.processors", lambda: 2)
    executor = ENGINES[engine]() if engine in ENGINES else None
    units = list(died_once(tmp_path, "died"))
    if engine in ("process pool", "loky"):
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


def test_the_chunk_that_kills_workers_is_named_although_others_are_lost_with_it() -> None:
    """A slow chunk before it is in progress each time."""

    def units() -> Iterator[TranslationUnit]:
        for unit in with_trouble("DIE"):
            yield (
                TranslationUnit("WAIT 0.1", unit.ja, unit.document, unit.number)
                if unit.number == 41
                else unit
            )

    with WorkerProcesses(3) as executor, pytest.raises(ChunkFailed) as raised:
        run(STAGES, units(), "known", executor=executor, chunk=CHUNK)
    assert raised.value.chunk == "units from (memory.tmx, unit 50) to (memory.tmx, unit 59)"


def test_without_processes_the_job_runs_here_with_a_warning(
    expected: str, monkeypatch: pytest.MonkeyPatch, no_processes: None
) -> None:
    monkeypatch.setattr("alliance_ref.batch.pipeline.processors", lambda: 2)
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


# The garbage collector


def test_overlapping_changes_of_the_collector_are_one_change() -> None:
    before = gc.get_threshold()
    first_is_in, second_is_in = threading.Event(), threading.Event()
    seen: list[int] = []

    def first() -> None:
        with collected_rarely():
            first_is_in.set()
            second_is_in.wait(10)

    def second() -> None:
        first_is_in.wait(10)
        with collected_rarely():
            second_is_in.set()
            one.join(10)
            seen.append(gc.get_threshold()[0])

    one, two = threading.Thread(target=first), threading.Thread(target=second)
    one.start()
    two.start()
    two.join(20)
    assert seen == [100 * before[0]]
    assert gc.get_threshold() == before


def test_a_threshold_set_by_other_code_is_kept() -> None:
    before = gc.get_threshold()
    try:
        with collected_rarely():
            gc.set_threshold(1234)
        assert gc.get_threshold()[0] == 1234
    finally:
        gc.set_threshold(*before)
