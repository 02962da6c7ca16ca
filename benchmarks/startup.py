"""How long a program waits for its first answer, side by side with pycountry.

Builds the wheel, installs it with pycountry into an environment of its own and times whole processes in turn,
so that a drift of the machine touches both. Quote the ratio, not the times.
"""

import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
WORK = ROOT / "build" / "bench"
RUNS = 31
OURS = "import alliance_ref as ar; ar.lookup('普天間')"
PEER = "import pycountry; pycountry.countries.lookup('Japan')"


def main() -> None:
    """Print the figures."""
    python = environment()
    for code in (OURS, PEER, "pass"):
        seconds(python, code)
    times = [(seconds(python, OURS), seconds(python, PEER), seconds(python, "pass")) for _ in range(RUNS)]
    ours, peer, bare = (statistics.median(column) * 1000 for column in zip(*times, strict=True))
    ratio = statistics.median(one / other for one, other, _ in times)
    print(f"first answer, whole process, median of {RUNS} in turn")
    print(f"  alliance_ref  {ours:6.1f} ms   {OURS}")
    print(f"  pycountry     {peer:6.1f} ms   {PEER}")
    print(f"  bare python   {bare:6.1f} ms")
    print(f"  ratio         {ratio:6.2f}      (asked: at most 1.2)")
    own = statistics.median(import_time(python) for _ in range(RUNS))
    print(f"import alliance_ref, own time, median of {RUNS}: {own:.2f} ms (asked: under 3 ms)")
    print(
        f"peak memory of the look-up: {memory(python, OURS):.1f} MB; pycountry {memory(python, PEER):.1f} MB"
    )


def environment() -> str:
    """A python with the built wheel and pycountry."""
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    pip = ["-m", "pip", "--disable-pip-version-check", "--quiet"]
    run([sys.executable, *pip, "wheel", "--no-deps", "--wheel-dir", str(WORK), str(ROOT)])
    run([sys.executable, "-m", "venv", str(WORK / "venv")])
    python = str(WORK / "venv" / "bin" / "python")
    [wheel] = WORK.glob("alliance_ref-*.whl")
    run([python, *pip, "install", str(wheel), "pycountry"])
    return python


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a command that must succeed, without what the calling environment sets for Python."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(command, check=True, capture_output=True, text=True, env=variables, cwd=WORK)


def seconds(python: str, code: str) -> float:
    """Wall-clock seconds of a whole process."""
    start = time.perf_counter()
    run([python, "-c", code])
    return time.perf_counter() - start


def import_time(python: str) -> float:
    """Milliseconds that the package itself takes to import, without what it imports."""
    lines = run([python, "-X", "importtime", "-c", "import alliance_ref"]).stderr.splitlines()
    [line] = [line for line in lines if line.split("|")[-1].strip() == "alliance_ref"]
    return int(line.split("|")[1]) / 1000  # cumulative: it imports nothing else


def memory(python: str, code: str) -> float:
    """Peak resident memory of a process in megabytes."""
    ask = "import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    return float(run([python, "-c", f"{code}; {ask}"]).stdout)


if __name__ == "__main__":
    main()
