"""An interrupted job continues from its checkpoint, with the same result."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from alliance_ref.batch import pipeline
from alliance_ref.batch.checkpoint import Checkpoint
from alliance_ref.batch.pipeline import run
from alliance_ref.batch.serialization import digest, pack_parts, unpack_units
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


def built(file: Path | None, units: int = UNITS, *, knowledge: str = "known", **options: int) -> str:
    return run(
        STAGES,
        some_units(units),
        knowledge,
        executor=SerialExecutor(),
        checkpoint=file,
        chunk=CHUNK,
        options=options,
    )


@pytest.fixture(scope="module")
def expected() -> str:
    return built(None)


def stopped_after(file: Path, units: int) -> None:
    """Run a job that is interrupted after a number of units."""

    def interrupted() -> Iterator[TranslationUnit]:
        for unit in some_units(UNITS):
            if unit.number == units:
                raise KeyboardInterrupt
            yield unit

    with pytest.raises(KeyboardInterrupt):
        run(STAGES, interrupted(), "known", executor=SerialExecutor(), checkpoint=file, chunk=CHUNK)


@pytest.fixture
def observed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list to which the first number of each observed chunk is added."""
    seen: list[int] = []

    def observe_chunk(observe: object, knowledge: str, payload: bytes) -> object:
        seen.append(unpack_units(payload)[0].number)
        return original(observe, knowledge, payload)  # type: ignore[arg-type]

    original = pipeline.observe_chunk
    monkeypatch.setattr(pipeline, "observe_chunk", observe_chunk)
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


def change(file: Path, sql: str, *values: object) -> None:
    with closing(sqlite3.connect(file)) as db, db:
        db.execute(sql, values)


def results(file: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as db:
        return db.execute("SELECT * FROM results ORDER BY stage, chunk").fetchall()


@pytest.mark.parametrize("damage", ["cut short", "changed", "emptied", "forged", "not bytes", "removed"])
@pytest.mark.parametrize("stage", ["observed", "counts", "paired"])
def test_a_damaged_result_is_detected_and_its_chunk_runs_again(
    stage: str, damage: str, tmp_path: Path, expected: str, observed: list[int]
) -> None:
    file = tmp_path / "work"
    assert built(file) == expected
    observed.clear()
    sound = results(file)
    [content] = [row[-1] for row in sound if row[:2] == (stage, 3)]
    assert isinstance(content, bytes)
    forged = pack_parts([5])
    update = "UPDATE results SET content = ? WHERE stage = ? AND chunk = 3"
    if damage == "cut short":
        change(file, update, content[:-5], stage)
    elif damage == "changed":
        change(file, update, content[:-5] + bytes([content[-5] ^ 1]) + content[-4:], stage)
    elif damage == "emptied":
        change(file, update, b"", stage)
    elif damage == "forged":
        sql = "UPDATE results SET content = ?, digest = ? WHERE stage = ? AND chunk = 3"
        change(file, sql, forged, digest(forged), stage)
    elif damage == "not bytes":
        change(file, update, "text", stage)
    else:
        change(file, "DELETE FROM results WHERE stage = ? AND chunk = 3", stage)
    assert built(file) == expected
    assert results(file) == sound
    assert observed == ([] if stage == "paired" else [30])


def test_damaged_observations_are_detected_in_the_first_pass(tmp_path: Path, expected: str) -> None:
    """The observations are used in the second pass only, but must be checked in the first."""
    file = tmp_path / "work"
    built(file)
    sound = results(file)
    change(file, "UPDATE results SET content = x'00' WHERE stage = 'observed' AND chunk = 3")
    change(file, "DELETE FROM results WHERE stage = 'paired'")
    assert built(file) == expected
    assert results(file) == sound


@pytest.mark.parametrize("size", [100, 600, 4096, 5000, 9000])
def test_a_file_that_is_cut_short_is_an_error_with_its_name(size: int, tmp_path: Path) -> None:
    file = tmp_path / "work"
    built(file)
    assert file.stat().st_size > size
    file.write_bytes(file.read_bytes()[:size])
    with pytest.raises((DamagedCheckpoint, NotACheckpoint), match="work: "):
        built(file)


@pytest.mark.parametrize("seed", range(8))
def test_damage_anywhere_in_the_file_never_changes_the_result(
    seed: int, tmp_path: Path, expected: str
) -> None:
    file = tmp_path / "work"
    built(file)
    chance = random.Random(seed)
    data = bytearray(file.read_bytes())
    for _ in range(chance.choice([1, 20, 300])):
        data[chance.randrange(len(data))] ^= chance.randrange(1, 256)
    file.write_bytes(data)
    with suppress(DamagedCheckpoint, NotACheckpoint, CheckpointMismatch, OSError):
        assert built(file) == expected


def changed(place: int) -> Iterator[TranslationUnit]:
    for unit in some_units(UNITS):
        yield unit if unit.number != place else TranslationUnit("other", "別", "memory.tmx", place)


@pytest.mark.parametrize("place", [0, 31, UNITS - 1])
def test_other_units_are_an_error(place: int, tmp_path: Path) -> None:
    file = tmp_path / "work"
    built(file)
    with pytest.raises(CheckpointMismatch, match=f"the input differs at chunk {place // CHUNK} "):
        run(STAGES, changed(place), "known", executor=SerialExecutor(), checkpoint=file, chunk=CHUNK)


@pytest.mark.parametrize("units", [UNITS + 1, UNITS - 1, UNITS - 5, UNITS - 20, 0])
def test_more_units_or_fewer_are_an_error(units: int, tmp_path: Path) -> None:
    built(tmp_path / "work")
    with pytest.raises(CheckpointMismatch, match=r"the input (differs at|ends before) chunk \d"):
        built(tmp_path / "work", units)


def test_other_options_are_an_error_with_the_name_of_the_option(tmp_path: Path) -> None:
    file = tmp_path / "work"
    built(file, least=1)
    with pytest.raises(CheckpointMismatch, match="least was 1, is 2; use the same input and options"):
        built(file, least=2)
    with pytest.raises(CheckpointMismatch, match="further was None, is 2"):
        built(file, least=1, further=2)
    with pytest.raises(CheckpointMismatch, match="least was 1, is None"):
        built(file)


def test_results_are_kept_if_resume_is_false(tmp_path: Path, observed: list[int]) -> None:
    stopped_after(tmp_path / "work", 54)
    before = (tmp_path / "work").read_bytes()
    observed.clear()

    def start(name: str) -> None:
        file = tmp_path / name
        run(
            STAGES, some_units(UNITS), "known", executor=SerialExecutor(), checkpoint=file, resume=False,
            chunk=CHUNK,
        )  # fmt: skip

    with pytest.raises(UnfinishedCheckpoint, match="resume it, or name another file"):
        start("work")
    assert observed == []
    assert (tmp_path / "work").read_bytes() == before
    start("new")


def test_a_file_of_another_kind_is_rejected_and_unchanged(tmp_path: Path) -> None:
    for name, content in (("thesis.doc", b"ten years " * 900), ("short", b"x")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(NotACheckpoint, match="not a checkpoint of this version"):
            built(tmp_path / name)
        assert (tmp_path / name).read_bytes() == content
    with pytest.raises(NotACheckpoint):
        built(tmp_path)
    change(tmp_path / "other.sqlite", "CREATE TABLE accounts (name TEXT)")
    with pytest.raises(NotACheckpoint):
        built(tmp_path / "other.sqlite")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other.sqlite", "short", "thesis.doc"]


def test_a_file_of_a_process_that_was_killed_before_it_wrote_is_used(tmp_path: Path, expected: str) -> None:
    (tmp_path / "work").touch()
    assert built(tmp_path / "work") == expected


def test_a_symbolic_link_is_not_followed(tmp_path: Path) -> None:
    if not hasattr(os, "symlink"):
        pytest.skip("no symbolic links")
    for target in (tmp_path / "absent", tmp_path / "present"):
        link = tmp_path / "work"
        link.symlink_to(target)
        with pytest.raises(NotACheckpoint):
            built(link)
        assert not (tmp_path / "absent").exists()
        link.unlink()
        (tmp_path / "present").touch()
    assert (tmp_path / "present").read_bytes() == b""


@pytest.mark.skipif(sys.platform == "win32", reason="files have no mode there")
def test_a_checkpoint_can_be_read_by_its_owner_only(tmp_path: Path) -> None:
    built(tmp_path / "work")
    assert (tmp_path / "work").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["work"], "it is one file"


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TRIGGER t AFTER INSERT ON results BEGIN DELETE FROM options; END",
        "CREATE VIEW v AS SELECT 1",
        "CREATE TABLE more (x)",
        "ALTER TABLE options ADD COLUMN x DEFAULT 1",
        "DELETE FROM options",
        "UPDATE options SET content = '[]'",
        "UPDATE options SET content = x'ff'",
        "UPDATE options SET content = 5",
    ],
)
def test_a_crafted_database_is_rejected(sql: str, tmp_path: Path) -> None:
    stopped_after(tmp_path / "work", 54)
    change(tmp_path / "work", sql)
    with pytest.raises(NotACheckpoint):
        built(tmp_path / "work")


def test_a_row_above_the_limit_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "work"
    built(file)
    change(file, "UPDATE results SET content = zeroblob(3000000) WHERE stage = 'counts'")
    monkeypatch.setattr("alliance_ref.batch.checkpoint.MAX_RESULT_BYTES", 1_000_000)
    with pytest.raises(DamagedCheckpoint):
        built(file)


def test_long_or_deep_options_are_rejected(tmp_path: Path) -> None:
    for content in (json.dumps({"x": "y" * 200_000}), "[" * 90_000):
        file = tmp_path / "work"
        built(file)
        change(file, "UPDATE options SET content = ?", content)
        with pytest.raises(NotACheckpoint):
            built(file)
        file.unlink()


def test_two_jobs_cannot_use_one_checkpoint(tmp_path: Path) -> None:
    file = tmp_path / "work"
    other = (
        "import sys; from alliance_ref.batch.checkpoint import Checkpoint;"
        "from alliance_ref.errors import CheckpointInUse\n"
        "try: Checkpoint(sys.argv[1], {})\n"
        "except CheckpointInUse: print('in use')"
    )

    def in_another_process() -> str:
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
        command = [sys.executable, "-c", other, str(file)]
        return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout

    with Checkpoint(file, {}):
        with pytest.raises(CheckpointInUse, match="another job uses this checkpoint"):
            Checkpoint(file, {})
        assert in_another_process() == "in use\n", "the attempt in this process did not release the lock"
    assert in_another_process() == ""
    with Checkpoint(file, {}):
        pass


def test_a_temporary_checkpoint_is_deleted(
    tmp_path: Path, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    seen: list[Path] = []
    run(
        STAGES, some_units(UNITS), "known", executor=SerialExecutor(), chunk=CHUNK,
        progress=lambda *_: seen.extend(tmp_path.glob("alliance_ref-*/checkpoint")),
    )  # fmt: skip
    assert seen
    assert list(tmp_path.iterdir()) == []


# A disk that is full or cannot be written


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no tmpfs on this system")
@pytest.mark.parametrize("lasting", [True, False])
def test_a_full_disk_is_an_error_and_the_job_continues_when_there_is_space(
    lasting: bool, tmp_path: Path, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", str(disk)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("a file system cannot be mounted")
    try:
        if not lasting:
            monkeypatch.setattr("tempfile.tempdir", str(disk))
        filler = disk / "filler"
        filler.write_bytes(b"x" * (108_000 if lasting else 122_000))
        with pytest.raises(OSError, match="No space left on device") as raised:
            built(disk / "work" if lasting else None)
        assert raised.value.filename.startswith(str(disk))
        filler.unlink()
        assert built(disk / "work" if lasting else None) == expected
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.skipif(sys.platform == "win32", reason="files have no mode there")
def test_a_checkpoint_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="absent"):
        built(tmp_path / "absent" / "work")
    disk = tmp_path / "disk"
    disk.mkdir()
    if os.geteuid():
        stopped_after(disk / "work", 54)
        disk.chmod(0o500)
        (disk / "work").chmod(0o400)
    else:
        mount = ["mount", "-t", "tmpfs", "tmpfs", str(disk)]
        if subprocess.run(mount, check=False, capture_output=True).returncode:
            pytest.skip("a file system cannot be mounted")
        stopped_after(disk / "work", 54)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    try:
        for name in ("work", "new"):
            with pytest.raises(OSError, match=r"Permission denied|Read-only") as raised:
                built(disk / name)
            assert raised.value.filename == str(disk / name)
    finally:
        if os.geteuid():
            disk.chmod(0o700)
        else:
            subprocess.run(["umount", str(disk)], check=True)


# Killed at any moment

SCRIPT = """
import os, signal, sys, threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from alliance_ref.batch.pipeline import run
from alliance_ref.batch.workers import SerialExecutor, WorkerProcesses
from alliance_ref.records import TranslationUnit
from small_stages import STAGES, some_units

def slow():
    for unit in some_units(95):
        if unit.number % 10 == 0:
            unit = TranslationUnit(f"WAIT {wait}", unit.ja, unit.document, unit.number)
        yield unit

def loky():
    import loky
    return loky.ProcessPoolExecutor(2)

def dask():
    from distributed import Client
    client = Client(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None)
    client.run(sys.path.insert, 0, TESTS)
    return client.get_executor()

ENGINES = {
    "serial": SerialExecutor,
    "workers": lambda: WorkerProcesses(2),
    "process pool": lambda: ProcessPoolExecutor(2, mp_context=get_context("spawn")),
    "loky": loky,
    "dask": dask,
}

def die(done, total):
    global steps
    steps -= 1
    if steps == 0:
        threading.Timer(float(delay), os.kill, (os.getpid(), getattr(signal, kind))).start()

if __name__ == "__main__":
    engine, file, result, steps, delay, kind, wait = sys.argv[1:]
    steps = int(steps)
    with ENGINES[engine]() as executor:
        text = run(STAGES, slow(), "known", executor=executor, checkpoint=file, chunk=10, progress=die)
    Path(result).write_text(text, encoding="utf-8")
"""


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    script = tmp_path_factory.mktemp("script") / "script.py"
    tests = str(Path(__file__).parent)
    script.write_text(SCRIPT.replace("TESTS", repr(tests)), encoding="utf-8")
    return [sys.executable, "-W", "ignore", str(script)]


ENVIRONMENT = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUTF8": "1"}


def engines(*names: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("engine", names)


def skip_without(engine: str) -> None:
    if engine in ("loky", "dask"):
        pytest.importorskip({"loky": "loky", "dask": "distributed"}[engine])


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
@engines("serial", "workers", "process pool", "loky", "dask")
def test_a_job_killed_at_random_moments_ends_in_the_same_bytes(
    engine: str, command: list[str], tmp_path: Path
) -> None:
    skip_without(engine)
    whole = ["serial", str(tmp_path / "whole"), str(tmp_path / "expected"), "0", "0", "SIGKILL", "0.02"]
    subprocess.run([*command, *whole], check=True, env=ENVIRONMENT)
    work, result = tmp_path / "work", tmp_path / "result"
    chance = random.Random(engine)
    kills = done_before = 0
    while True:
        steps = done_before + chance.randint(2, 6)
        delay = chance.uniform(0, 0.01)
        arguments = [engine, str(work), str(result), str(steps), str(delay), "SIGKILL", "0.02"]
        done = subprocess.run([*command, *arguments], env=ENVIRONMENT, check=False)
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL
        kills += 1
        done_before = steps
    assert kills >= 2
    assert result.read_bytes() == (tmp_path / "expected").read_bytes()


needs_proc = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="/proc is on Linux only")


def descendants(pid: int) -> set[int]:
    """Return the processes that a process started, and those that they started."""
    found: set[int] = set()
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            found |= {child} | descendants(child)
    return found


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(
    not Path("/proc/self/task").is_dir(), reason="processes are listed in /proc on Linux only"
)
@pytest.mark.parametrize("kind", ["SIGKILL", "SIGINT"])
@engines("workers", "process pool", "loky")
def test_no_worker_outlives_a_job_that_is_killed_or_interrupted(
    engine: str, kind: str, command: list[str], tmp_path: Path
) -> None:
    """Each chunk takes 30 seconds: nothing ends because its work is done."""
    skip_without(engine)
    if kind == "SIGINT" and engine != "workers":
        pytest.skip("how another pool is interrupted is decided by that pool")
    wait = f"30 {tmp_path / 'mark'}"
    arguments = [engine, str(tmp_path / "work"), str(tmp_path / "result"), "0", "0", kind, wait]
    with subprocess.Popen(
        [*command, *arguments], env=ENVIRONMENT, start_new_session=True, stderr=subprocess.PIPE, text=True
    ) as process:
        deadline = time.monotonic() + 30
        while len(list(tmp_path.glob("mark-*"))) < 2:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        started = descendants(process.pid)
        assert len(started) >= 3, "two workers and the resource tracker"
        os.killpg(process.pid, signal.SIGINT) if kind == "SIGINT" else process.kill()
        interrupted = time.monotonic()
        while process.poll() is None or any(map(alive, started)):
            assert time.monotonic() - interrupted < (1.5 if kind == "SIGINT" else 3)
            time.sleep(0.02)
        assert process.stderr is not None
        errors = process.stderr.read()
    if kind == "SIGINT":
        assert errors.count("Traceback") == 1, "workers report nothing"
        assert "KeyboardInterrupt" in errors


@pytest.mark.skipif(
    not Path("/proc/self/task").is_dir(), reason="processes are listed in /proc on Linux only"
)
@engines("workers", "process pool", "loky")
def test_workers_killed_at_random_moments_do_not_change_the_result(
    engine: str, command: list[str], tmp_path: Path
) -> None:
    skip_without(engine)
    chance = random.Random(engine)
    expected = None
    for attempt in range(4):
        result = tmp_path / f"result {attempt}"
        arguments = [engine, str(tmp_path / f"work {attempt}"), str(result), "0", "0", "SIGKILL", "0.05"]
        with subprocess.Popen([*command, *arguments], env=ENVIRONMENT) as process:
            if attempt:
                time.sleep(0.6 + chance.uniform(0, 1.2))
                workers = sorted(descendants(process.pid))
                if process.poll() is None and workers:
                    os.kill(chance.choice(workers), signal.SIGKILL)
            assert process.wait(60) == 0
        expected = expected or result.read_bytes()
        assert result.read_bytes() == expected
