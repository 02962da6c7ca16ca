"""Builds on a Dask cluster of two worker processes: the same result, also when a worker is killed."""

import os
import signal
import sys
import warnings
from collections.abc import Iterator
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

import pytest

import alliance_ref as ar
from alliance_ref.batch.pipeline import run
from alliance_ref.batch.workers import SerialExecutor
from alliance_ref.errors import ChunkFailed, ExecutorUnusable
from alliance_ref.records import TranslationUnit
from small_stages import STAGES, some_units

distributed = pytest.importorskip(
    "distributed", reason="Dask is not installed: pip install 'alliance-ref[scale]' brings it"
)
dask = pytest.importorskip("dask", reason="it comes with distributed")

# What Dask and tornado warn of when a cluster is closed is not ours to mend.
pytestmark = pytest.mark.filterwarnings("default")

UNITS = 230
CHUNK = 10


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    """A client of a cluster of two processes on this machine, without its dashboard."""
    # Dask itself tries a task again when its worker dies. Here the first death is to reach the library.
    with warnings.catch_warnings(), dask.config.set({"distributed.scheduler.allowed-failures": 0}):
        warnings.simplefilter("ignore")
        with (
            distributed.LocalCluster(
                n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
            ) as cluster,
            distributed.Client(cluster) as client,
        ):
            # The workers import this test's stages by name.
            client.run(sys.path.insert, 0, str(Path(__file__).parent))
            yield client


def built(executor: Executor, units: Iterator[TranslationUnit], **options: Any) -> str:
    return run(STAGES, units, "known", executor=executor, chunk=CHUNK, **options)


def with_trouble(trouble: str) -> Iterator[TranslationUnit]:
    for unit in some_units(UNITS):
        if unit.number == 57:
            yield TranslationUnit(trouble, unit.ja, unit.document, unit.number)
        else:
            yield unit


@pytest.fixture(scope="module")
def expected() -> str:
    return built(SerialExecutor(), some_units(UNITS))


def test_the_result_on_dask_is_the_same(client: Any, expected: str) -> None:
    assert built(client.get_executor(), some_units(UNITS)) == expected


def test_a_glossary_built_on_dask_is_the_same(client: Any) -> None:
    units = [unit for passage in ar.document("magosaki-2006").passages for unit in passage.units][:30]
    assert ar.build_glossary(units, executor=client.get_executor()) == ar.build_glossary(
        units, executor=SerialExecutor()
    )


def test_dask_workers_are_sent_a_large_model_without_a_word(
    client: Any, expected: str, monkeypatch: pytest.MonkeyPatch, recwarn: pytest.WarningsRecorder
) -> None:
    monkeypatch.setattr("alliance_ref.batch.runner.SMALL_CONTEXT", 0)
    known = os.urandom(5_300_000).hex()  # Dask warns from 10 MB
    result = run(STAGES, some_units(40), known, executor=client.get_executor(), chunk=CHUNK)
    assert result == run(STAGES, some_units(40), known, executor=SerialExecutor(), chunk=CHUNK)
    assert not [warning for warning in recwarn if "large graph" in str(warning.message)]


def test_an_error_of_the_work_comes_back_from_dask_as_it_is(client: Any) -> None:
    def units() -> Iterator[TranslationUnit]:
        yield TranslationUnit("RAISE no such base", "基地")

    with pytest.raises(ValueError, match=r"^no such base$"):
        built(client.get_executor(), units())


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_a_killed_dask_worker_changes_nothing(client: Any, tmp_path: Path) -> None:
    mark = tmp_path / "died"
    mark.touch()
    expected = built(SerialExecutor(), with_trouble(f"DIE {mark}"))
    mark.unlink()
    assert built(client.get_executor(), with_trouble(f"DIE {mark}")) == expected
    assert mark.exists(), "the worker that made it was killed at once"


def test_a_call_that_dask_cancels_is_run_again(client: Any, expected: str) -> None:
    """Dask answers the same call with the same future: a further attempt must not be the same call."""

    class Cancels:
        def __init__(self) -> None:
            self.inner = client.get_executor()
            self.cancelled = 0

        def submit(self, fn: Any, /, *args: Any) -> Any:
            future = self.inner.submit(fn, *args)
            if args[-1] == 0 and self.cancelled < 3:
                self.cancelled += 1
                future.cancel()
            return future

    executor = Cancels()
    assert run(STAGES, some_units(UNITS), "known", executor=executor, chunk=CHUNK) == expected  # type: ignore[arg-type]
    assert executor.cancelled == 3


def test_a_closed_dask_client_is_named(client: Any) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        other = distributed.Client(client.scheduler.address, set_as_default=False)
    executor = other.get_executor()
    other.close()
    with pytest.raises(ExecutorUnusable, match="call again with a new one"):
        built(executor, some_units(UNITS))


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_a_chunk_that_kills_every_dask_worker_is_named(client: Any) -> None:
    with pytest.raises(ChunkFailed, match=r"unit 50\).*3 attempts \(KilledWorker"):
        built(client.get_executor(), with_trouble("DIE"), window=1)
