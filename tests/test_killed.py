"""A process killed at any moment of a build or an export leaves complete files; the build continues."""

import os
import random
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

import alliance_ref as ar
from alliance_ref.batch import pipeline

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")

POINTS = 50
"""Random moments at which a process is killed."""

UNITS = [
    ar.TranslationUnit(
        f"The {kind} base {number} is closed.", f"{name}基地{number}は閉鎖される。", number=number
    )
    for number in range(40)
    for kind, name in (("air", "航空"), ("naval", "海軍"), ("army", "陸軍"))
]


def build(checkpoint: Path) -> ar.Glossary:
    """Build a glossary from small chunks, so there are many moments between two writes."""
    return ar.build_glossary(UNITS, executor=ar.SerialExecutor(), checkpoint=checkpoint)


def killed_after(seconds: float, work: Callable[[], object]) -> bool:
    """Run *work* in a forked process and kill it after *seconds*; return whether it was still at work."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # about threads that are not at work
        child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1] == signal.SIGKILL


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "CHUNK", 5)


@pytest.mark.usefixtures("small_chunks")
def test_a_build_killed_at_random_moments_continues_to_the_same_glossary(tmp_path: Path) -> None:
    build(tmp_path / "first")  # loads the dictionary
    start = time.monotonic()
    expected = build(tmp_path / "whole").concepts
    duration = time.monotonic() - start
    chance = random.Random(1)
    killed = 0
    for number in range(POINTS):
        checkpoint = tmp_path / f"{number}.checkpoint"
        killed += killed_after(chance.uniform(0, duration), partial(build, checkpoint))
        if number % 5 == 0:  # and again while it continues
            killed += killed_after(chance.uniform(0, duration), partial(build, checkpoint))
        assert build(checkpoint).concepts == expected
    assert killed > POINTS / 3


@pytest.mark.parametrize("suffix", [".tbx", ".xlsx"])
def test_an_export_killed_at_random_moments_leaves_the_old_file_or_the_new_one(
    suffix: str, tmp_path: Path
) -> None:
    glossary = build(tmp_path / "checkpoint")
    first = ar.Glossary(glossary.concepts[:1])
    path = tmp_path / f"terms{suffix}"
    first.to_file(path)
    before = path.read_bytes()
    start = time.monotonic()
    glossary.to_file(path)
    duration = time.monotonic() - start
    chance = random.Random(suffix)
    killed = 0
    ids = [[concept.id for concept in one] for one in (first, glossary)]

    def export() -> None:
        while True:
            glossary.to_file(path)

    for _ in range(POINTS // 2):
        path.write_bytes(before)
        killed += killed_after(chance.uniform(0, 2 * duration) + 0.001, export)
        found = [concept.id for concept in ar.read_glossary(path, notices=[])]
        assert found in ids
    assert killed == POINTS // 2
    glossary.to_file(path)
    assert [concept.id for concept in ar.read_glossary(path, notices=[])] == ids[1]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can mount a file system")
@pytest.mark.parametrize("options", ["size=64k", "ro"])
def test_an_export_to_a_full_or_read_only_disk_leaves_the_old_file(options: str, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("a file system cannot be mounted")
    try:
        path = disk / "terms.csv"
        ar.Glossary(ar.reference_glossary().concepts[:3]).to_file(path)
        before = path.read_bytes()
        if options == "ro":
            subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        with pytest.raises(OSError, match=r"No space left|Read-only") as raised:
            ar.reference_glossary().to_file(path)
        assert str(path) in str(raised.value)
        assert path.read_bytes() == before
        assert [one.name for one in disk.iterdir()] == ["terms.csv"]
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_two_processes_that_write_one_file_leave_the_file_of_one(tmp_path: Path) -> None:
    concepts = ar.reference_glossary().concepts
    glossaries = [ar.Glossary(concepts[:20]), ar.Glossary(concepts[20:60])]
    path = tmp_path / "terms.json"
    code = (
        "import sys, alliance_ref as ar\n"
        "glossary = ar.read_glossary(sys.argv[1])\n"
        "for _ in range(40): glossary.to_file(sys.argv[2])"
    )
    processes = []
    for number, glossary in enumerate(glossaries):
        source = tmp_path / f"source{number}.json"
        glossary.to_file(source)
        processes.append(subprocess.Popen([sys.executable, "-c", code, str(source), str(path)]))
    possible = [glossary.concepts for glossary in glossaries]
    seen = 0
    while any(process.poll() is None for process in processes):
        if path.exists():
            assert ar.read_glossary(path).concepts in possible
            seen += 1
    assert [process.returncode for process in processes] == [0, 0]
    assert seen
    assert ar.read_glossary(path).concepts in possible
