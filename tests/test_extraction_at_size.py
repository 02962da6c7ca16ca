"""Builds in several chunks: the same glossary with any executor and after an interruption."""

from collections.abc import Iterator
from concurrent.futures import Executor
from functools import partial
from pathlib import Path

import pytest

import alliance_ref as ar
from alliance_ref.batch.pipeline import Stages, run
from alliance_ref.batch.workers import SerialExecutor, WorkerProcesses
from alliance_ref.errors import CheckpointMismatch
from alliance_ref.exchange.glossaries.json_text import dumps
from alliance_ref.extraction.association import learn
from alliance_ref.extraction.build import build_glossary, make_background
from alliance_ref.extraction.concepts import assemble
from alliance_ref.extraction.inputs import translation_units
from alliance_ref.extraction.records import Counts
from alliance_ref.extraction.stages import observe, pair
from alliance_ref.records import TranslationUnit

UNITS = 120
CHUNK = 25


@pytest.fixture(scope="module")
def units() -> list[TranslationUnit]:
    passages = (passage for document in ar.documents() for passage in document.passages)
    found = list(translation_units(passages))[:UNITS]
    assert len(found) == UNITS
    return found


def built(units: Iterator[TranslationUnit], executor: Executor, folder: Path | None = None) -> str:
    stages = Stages(observe, Counts, learn, pair, partial(assemble, min_frequency=1))
    background = make_background(["alliance"])
    return dumps(run(stages, units, background, executor=executor, work_folder=folder, chunk=CHUNK).concepts)


@pytest.fixture(scope="module")
def expected(units: list[TranslationUnit]) -> str:
    return built(iter(units), SerialExecutor())


def test_worker_processes_build_the_same_bytes(units: list[TranslationUnit], expected: str) -> None:
    """Workers iterate over sets in different orders, since Python salts the hashes of strings."""
    with WorkerProcesses(2) as workers:
        assert built(iter(units), workers) == expected


def test_an_interrupted_build_ends_in_the_same_bytes(
    units: list[TranslationUnit], expected: str, tmp_path: Path
) -> None:
    def stopped() -> Iterator[TranslationUnit]:
        yield from units[: 3 * CHUNK + 5]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        built(stopped(), SerialExecutor(), tmp_path)
    assert len(list(tmp_path.glob("observed-*"))) == 3
    assert built(iter(units), SerialExecutor(), tmp_path) == expected
    assert built(iter(units), SerialExecutor(), tmp_path) == expected, "from the pairs of the first run"


def test_a_finished_folder_allows_another_minimum_frequency_but_not_another_seed(
    units: list[TranslationUnit], tmp_path: Path
) -> None:
    whole = build_glossary(units, executor=SerialExecutor(), work_folder=tmp_path)
    frequent = build_glossary(units, executor=SerialExecutor(), work_folder=tmp_path, min_frequency=3)
    assert 0 < len(frequent) < len(whole)
    assert frequent == build_glossary(units, executor=SerialExecutor(), min_frequency=3)
    with pytest.raises(CheckpointMismatch, match="seed was"):
        build_glossary(units, executor=SerialExecutor(), work_folder=tmp_path, seed=["alliance"])
    with pytest.raises(CheckpointMismatch, match="the input differs"):
        build_glossary(units[1:], executor=SerialExecutor(), work_folder=tmp_path)


def test_progress_of_a_build_ends_with_all_units(units: list[TranslationUnit]) -> None:
    calls: list[tuple[int, int]] = []
    build_glossary(units, progress=lambda done, total: calls.append((done, total)))
    assert calls[-1] == (UNITS, UNITS)
