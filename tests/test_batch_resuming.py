"""An interrupted job continues from its checkpoints, with the same result."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from alliance_ref.batch.checkpoint import WorkFolder
from alliance_ref.batch.pipeline import run
from alliance_ref.batch.workers import SerialExecutor
from alliance_ref.errors import (
    CheckpointInUse,
    CheckpointMismatch,
    DamagedCheckpoint,
    NotACheckpoint,
    UnfinishedCheckpoint,
)
from alliance_ref.records import TranslationUnit
from small_stages import STAGES, some_units

UNITS = 95
CHUNK = 10


def built(folder: Path | None, units: int = UNITS, *, knowledge: str = "known", **options: int) -> str:
    return run(
        STAGES,
        some_units(units),
        knowledge,
        executor=SerialExecutor(),
        work_folder=folder,
        chunk=CHUNK,
        options=options,
    )


@pytest.fixture(scope="module")
def expected() -> str:
    return built(None)


def stopped_after(folder: Path, units: int) -> None:
    """Run a job that is interrupted after a number of units."""

    def interrupted() -> Iterator[TranslationUnit]:
        for unit in some_units(UNITS):
            if unit.number == units:
                raise KeyboardInterrupt
            yield unit

    with pytest.raises(KeyboardInterrupt):
        run(STAGES, interrupted(), "known", executor=SerialExecutor(), work_folder=folder, chunk=CHUNK)


@pytest.fixture
def observed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list to which the first number of each observed chunk is added."""
    seen: list[int] = []

    def observe_chunk(observe: object, knowledge: str, payload: bytes) -> bytes:
        from alliance_ref.batch import serialization as packing

        seen.append(packing.unpack_units(payload)[0].number)
        return original(observe, knowledge, payload)  # type: ignore[arg-type]

    from alliance_ref.batch import pipeline as passes

    original = passes.observe_chunk
    monkeypatch.setattr(passes, "observe_chunk", observe_chunk)
    return seen


def test_finished_chunks_do_not_run_again(tmp_path: Path, expected: str, observed: list[int]) -> None:
    stopped_after(tmp_path / "work", 54)
    assert observed == [0, 10, 20, 30, 40]
    observed.clear()
    assert built(tmp_path / "work") == expected
    assert observed == [50, 60, 70, 80, 90]
    observed.clear()
    assert built(tmp_path / "work") == expected
    assert observed == []


@pytest.mark.parametrize("damage", ["cut short", "changed", "emptied", "its head changed", "removed"])
@pytest.mark.parametrize("name", ["observed-000003", "paired-000003"])
def test_a_damaged_file_is_detected_and_its_chunk_runs_again(
    name: str, damage: str, tmp_path: Path, expected: str, observed: list[int]
) -> None:
    assert built(tmp_path) == expected
    observed.clear()
    file = tmp_path / name
    sound = file.read_bytes()
    if damage == "cut short":
        file.write_bytes(sound[:-5])
    elif damage == "changed":
        file.write_bytes(sound[:-5] + bytes([sound[-5] ^ 1]) + sound[-4:])
    elif damage == "emptied":
        file.write_bytes(b"")
    elif damage == "its head changed":
        file.write_bytes(b"x" + sound)
    else:
        file.unlink()
    assert built(tmp_path) == expected
    assert file.read_bytes() == sound
    assert observed == ([30] if name.startswith("observed") else [])


def test_damaged_observations_are_detected_in_the_first_pass(tmp_path: Path, expected: str) -> None:
    """The observations are read in the second pass only, but must be checked in the first."""
    built(tmp_path)
    file = tmp_path / "observed-000003"
    sound = file.read_bytes()
    middle = sound.index(b"\n") + 3
    file.write_bytes(sound[:middle] + bytes([sound[middle] ^ 1]) + sound[middle + 1 :])
    for paired in tmp_path.glob("paired-*"):
        paired.unlink()
    assert built(tmp_path) == expected
    assert file.read_bytes() == sound


def test_damage_during_a_run_is_an_error_with_the_file_name(tmp_path: Path, expected: str) -> None:
    def break_it(done: int, total: int) -> None:
        if done == 57:  # all are observed, none is paired
            (tmp_path / "observed-000009").write_bytes(b"")

    with pytest.raises(DamagedCheckpoint, match="observed-000009: was damaged"):
        run(
            STAGES, some_units(UNITS), "known", executor=SerialExecutor(), work_folder=tmp_path,
            chunk=CHUNK, progress=break_it,
        )  # fmt: skip
    assert built(tmp_path) == expected


def changed(place: int) -> Iterator[TranslationUnit]:
    for unit in some_units(UNITS):
        yield unit if unit.number != place else TranslationUnit("other", "別", "memory.tmx", place)


@pytest.mark.parametrize("place", [0, 31, UNITS - 1])
def test_other_units_are_an_error(place: int, tmp_path: Path) -> None:
    built(tmp_path)
    with pytest.raises(CheckpointMismatch, match=f"the input differs at observed-00000{place // CHUNK} "):
        run(STAGES, changed(place), "known", executor=SerialExecutor(), work_folder=tmp_path, chunk=CHUNK)


@pytest.mark.parametrize("units", [UNITS + 1, UNITS - 1, UNITS - 5, UNITS - 20, 0])
def test_more_units_or_fewer_are_an_error(units: int, tmp_path: Path) -> None:
    built(tmp_path)
    with pytest.raises(CheckpointMismatch, match=r"the input (differs at|ends before) observed-00000"):
        built(tmp_path, units)


def test_other_options_are_an_error_with_the_name_of_the_option(tmp_path: Path) -> None:
    built(tmp_path, least=1)
    with pytest.raises(CheckpointMismatch, match="least was 1, is 2; use the same input and options"):
        built(tmp_path, least=2)
    with pytest.raises(CheckpointMismatch, match="further was None, is 2"):
        built(tmp_path, least=1, further=2)
    with pytest.raises(CheckpointMismatch, match="least was 1, is None"):
        built(tmp_path)


def test_checkpoints_are_kept_if_resume_is_false(tmp_path: Path, observed: list[int]) -> None:
    stopped_after(tmp_path, 54)
    observed.clear()
    with pytest.raises(UnfinishedCheckpoint, match="resume it, or name another folder"):
        run(
            STAGES,
            some_units(UNITS),
            "known",
            executor=SerialExecutor(),
            work_folder=tmp_path,
            resume=False,
            chunk=CHUNK,
        )
    assert observed == []
    run(
        STAGES,
        some_units(UNITS),
        "known",
        executor=SerialExecutor(),
        work_folder=tmp_path / "new",
        resume=False,
        chunk=CHUNK,
    )


def test_a_folder_of_other_files_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("ten years")
    with pytest.raises(NotACheckpoint, match="contains files that are not checkpoints"):
        built(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.doc"]
    (tmp_path / "manifest.json").write_text("[]")
    with pytest.raises(NotACheckpoint):
        built(tmp_path)


def test_a_folder_killed_before_its_manifest_was_in_place_is_used(tmp_path: Path, expected: str) -> None:
    (tmp_path / "lock").touch()
    (tmp_path / "manifest.json.part").write_text("{")
    assert built(tmp_path) == expected


def test_two_processes_cannot_use_one_folder(tmp_path: Path) -> None:
    with WorkFolder(tmp_path, {}), pytest.raises(CheckpointInUse, match="another process is working"):
        WorkFolder(tmp_path, {})
    with WorkFolder(tmp_path, {}):
        pass


def test_a_temporary_folder_is_deleted() -> None:
    with WorkFolder(None, {}) as folder:
        path = folder.path
        assert path.is_dir()
    assert not path.exists()


def test_files_are_written_atomically(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with WorkFolder(tmp_path, {}) as folder:
        folder.write("observed-000000", "input", b"a", b"b")
        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space left"):
            folder.write("observed-000001", "input", b"c")
        assert folder.read("observed-000000", "input", 1) == b"b"
        assert folder.read("observed-000001", "input", 0) is None
        assert folder.names("observed-") == {"observed-000000"}
        assert folder.read("observed-000000", "input", 2) is None


# Killed at any moment

SCRIPT = """
import os, signal, sys, threading
from pathlib import Path
from alliance_ref.batch.pipeline import run
from alliance_ref.batch.workers import WorkerProcesses
from alliance_ref.records import TranslationUnit
from small_stages import STAGES, some_units

def slow():
    for unit in some_units(95):
        if unit.number % 10 == 0:
            unit = TranslationUnit("WAIT 0.02", unit.ja, unit.document, unit.number)
        yield unit

def die(done, total):
    global steps
    steps -= 1
    if steps == 0:
        threading.Timer(float(delay), os.kill, (os.getpid(), signal.SIGKILL)).start()

folder, result, steps, delay = sys.argv[1:]
steps = int(steps)
with WorkerProcesses(2) as workers:
    text = run(STAGES, slow(), "known", executor=workers, work_folder=folder, chunk=10, progress=die)
Path(result).write_text(text, encoding="utf-8")
"""


def test_a_job_killed_at_random_moments_ends_in_the_same_bytes(tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", SCRIPT]
    subprocess.run(
        [*command, tmp_path / "whole", tmp_path / "expected", "0", "0"], check=True, env=environment
    )
    expected = (tmp_path / "expected").read_bytes()
    work = tmp_path / "work"
    chance = random.Random(6)
    kills = 0
    while True:
        # So many chunks further, and somewhere on the way to the next one.
        steps = len(list(work.glob("*-0*"))) + chance.randint(2, 6)
        delay = chance.uniform(0, 0.01)
        arguments = [str(work), str(tmp_path / "result"), str(steps), str(delay)]
        done = subprocess.run([*command, *arguments], env=environment, check=False)
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL
        kills += 1
    assert kills >= 2
    assert (tmp_path / "result").read_bytes() == expected
