"""Building a glossary at size: units a second on one core and on two, and memory.

    python benchmarks/scale.py [UNITS] [--million] [--frame]

With --frame the stages do next to nothing: what is measured is the reading, sending and keeping of the units.

The units are those of the bitexts beside the project, again and again, each time with other numbers and other
names, so that hardly two are the same. Sizes and executors are measured in turn,
each in a process of its own; resident memory is that of the process and its workers together, sampled.
"""

import argparse
import json
import os
import random
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import alliance_ref as ar
from alliance_ref.batch.pipeline import run
from alliance_ref.batch.workers import SerialExecutor, WorkerProcesses
from alliance_ref.extraction.build import build_glossary
from alliance_ref.records import TranslationUnit

if TYPE_CHECKING:
    from concurrent.futures import Executor

SHARED = Path(__file__).resolve().parents[2] / "shared" / "bitext"
sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
_NUMBER = re.compile(r"\d+")
_NAME = re.compile(r"\b[A-Z][a-z]{3,}\b")
_SYLLABLES = tuple(
    zip("ka mo ri ta sen do ban ko na tsu".split(), "カ モ リ タ セン ド バン コ ナ ツ".split(), strict=True)
)


def pairs() -> list[tuple[str, str]]:
    """The pairs of the bitexts: the Rust book, and what stands one to one elsewhere."""
    found = []
    for line in (SHARED / "terms" / "rust_pairs.jsonl").read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        found.append((item["en"], item["ja"]))
    for name in ("11_ntrex", "nat_pydocs", "tanaka_gap30"):
        for line in (SHARED / "dev" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            found += [
                (item["en"][en[0]], item["ja"][ja[0]])
                for en, ja in item["gold"]
                if len(en) == 1 and len(ja) == 1
            ]
    return found


def names() -> list[tuple[str, str]]:
    """Four hundred names that nobody bears, in English and in katakana."""
    return [
        ("".join(one for one, _ in syllables).capitalize(), "".join(two for _, two in syllables))
        for syllables in islice(product(_SYLLABLES, repeat=3), 400)
    ]


def varied(count: int, known: list[tuple[str, str]] | None = None) -> Iterator[TranslationUnit]:
    """So many units: those of the bitexts, or those *known*, again and again, with other numbers and names.

    The numbers and Latin names that both sides have are swapped for others, and each unit speaks of two
    people more. The vocabulary is that of a field, not of a million inventors: 400 names, numbers of at most
    four figures.
    """
    chance = random.Random(1)  # noqa: S311
    known, people = known or pairs(), names()
    for number in range(count):
        en, ja = known[number % len(known)]
        if number >= len(known):
            for figure in sorted(set(_NUMBER.findall(en)) & set(_NUMBER.findall(ja))):
                other = str(chance.randrange(10 ** min(len(figure), 4)))
                en, ja = en.replace(figure, other), ja.replace(figure, other)
            for name in sorted(set(_NAME.findall(en)) & set(_NAME.findall(ja))):
                other = chance.choice(people)[0]
                en, ja = en.replace(name, other), ja.replace(name, other)
            (one, ichi), (two, ni) = chance.sample(people, 2)
            en, ja = f"{en} ({one} and {two})", f"{ja}（{ichi}と{ni}）"
        yield TranslationUnit(en, ja, f"memory-{number // 5000}.tmx", number % 5000)


def resident(pid: int) -> int:
    """Resident bytes of a process and its children, pages that several share counted once for each."""
    total = 0
    for process in [pid, *children(pid)]:
        try:
            status = Path(f"/proc/{process}/status").read_text()
        except OSError:
            continue
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        total += int(found[1]) * 1024 if found else 0
    return total


def children(pid: int) -> list[int]:
    """The processes that a process started."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(child) for child in task.read_text().split()]
        except OSError:
            continue
    return found


def made(units: int, executor: "Executor", *, frame: bool) -> int:
    """Build, and say how many concepts there are (of the frame, words)."""
    if frame:
        from small_stages import STAGES

        return run(STAGES, varied(units), "", executor=executor).count("\n")
    return len(build_glossary(varied(units), executor=executor))


def measured(units: int, workers: int, *, frame: bool) -> None:
    """Build in this process, and print what it took as JSON."""
    executor: Executor = SerialExecutor() if workers == 1 else WorkerProcesses(workers)
    peak = 0
    done = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.1):
            peak = max(peak, resident(os.getpid()))

    list(varied(1))  # reading the files is not measured
    ar.tokenize("始めに")
    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    began, cpu = time.perf_counter(), time.process_time()
    with executor:
        executor.submit(ar.tokenize, "始めに").result()
        concepts = made(units, executor, frame=frame)
    took = time.perf_counter() - began
    parent = time.process_time() - cpu
    done.set()
    watcher.join()
    print(json.dumps(Turn(took, parent, peak, concepts)._asdict()))


class Turn(NamedTuple):
    """One build: wall-clock seconds, CPU seconds of the calling process, peak bytes, concepts."""

    seconds: float
    parent: float
    peak: int
    concepts: int


def turn(units: int, workers: int, *, frame: bool = False) -> Turn:
    """Build in a process of its own."""
    command = [sys.executable, __file__, str(units), "--workers", str(workers)]
    command += ["--frame"] * frame
    return Turn(**json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout))


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("units", type=int, nargs="?", default=20_000)
    parser.add_argument("--rounds", type=int, default=2, help="each is measured so often, in turn")
    parser.add_argument("--million", action="store_true", help="1,000,000 units on two processes as well")
    parser.add_argument("--frame", action="store_true", help="stages that do next to nothing")
    parser.add_argument("--workers", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.workers:
        measured(options.units, options.workers, frame=options.frame)
        return
    if not SHARED.is_dir():
        print("scale: left out, no bitexts in ../shared/bitext")
        return

    print("units      processes  units/s  peak MB  concepts  parent's CPU s")
    best: dict[int, float] = {}
    plan = [(options.units, workers) for _ in range(options.rounds) for workers in (1, 2)]
    for units, workers in plan + [(1_000_000, 2)] * options.million:
        got = turn(units, workers, frame=options.frame)
        rate = units / got.seconds
        if units == options.units:
            best[workers] = max(best.get(workers, 0), rate)
        print(
            f"{units:9,}  {workers:9}  {rate:7,.0f}  {got.peak / 1e6:7,.0f}  {got.concepts:8,}"
            f"  {got.parent:6.1f}",
            flush=True,
        )
    print(f"two processes / one: {best[2] / best[1]:.2f} (asked: 1.8); one: {best[1]:,.0f} (asked: 3,000)")


if __name__ == "__main__":
    main()
