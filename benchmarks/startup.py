"""How long a program waits for its first answer, side by side with pycountry, and for its first other calls.

Builds the wheel, installs it with pycountry into an environment of its own and times whole processes in turn,
so that a drift of the machine affects both. Quote the ratio, not the times. First calls are measured in CPU
time after ``ar.load()``, with the shipped data and with three times the data (`benchmarks/enlarge_data.py`).
"""

import json
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
FIRST_CALLS = {
    "lookup": ("ref.lookup('ふてんま')", ""),
    "annotate, English": ("ref.annotate('The talks about Futenma ended in 2005.')", "at most 60 ms"),
    "annotate, Japanese": ("ref.annotate('普天間飛行場の移設について協議した。')", "at most 60 ms"),
    "check_translation": (
        "ar.check_translation('The alliance changed.', '同盟は変わった。')",
        "at most 150 ms",
    ),
    "concordance": ("ref.concordance('deterrence')", "at most 30 ms"),
}
PEER = "import pycountry; pycountry.countries.lookup('Japan')"


WARM_RUNS = 9
WARM_TEXTS = {
    "annotate, English": "On 29 October 2005 the ministers named Camp Zama and discussed the SOFA.",
    "annotate, Japanese": "2005年10月29日、普天間飛行場の移設について防衛庁長官と協議した。",
}
WARM = """
import json, statistics, time, alliance_ref as ar
def spent(call):
    start = time.process_time()
    call()
    return 1000 * (time.process_time() - start)
warm = spent(lambda: ar.load(warm=True))
annotate = lambda: ar.annotate({text!r})
first = spent(annotate)
print(json.dumps([warm, first, statistics.median(spent(annotate) for _ in range(50))]))
"""


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

    print(f"first calls of a process after load(), CPU time, median of {RUNS}")
    first_calls(python)
    print(f"annotate after load(warm=True), CPU time, median of {WARM_RUNS}")
    warm_calls(python)
    compiled = Path(run([python, "-c", "import alliance_ref as ar; print(ar.__path__[0])"]).stdout.strip())
    enlarge(python, compiled / "data" / "compiled")
    print("the same with three times the data")
    first_calls(python)


def first_calls(python: str) -> None:
    """Print the CPU time of the first call of each function in a process."""
    for name, (call, target) in FIRST_CALLS.items():
        code = (
            "import time, alliance_ref as ar; ref = ar.load(); start = time.process_time(); "
            f"{call}; print(1000 * (time.process_time() - start))"
        )
        times = [float(run([python, "-c", code]).stdout) for _ in range(RUNS)]
        asked = f"(asked: {target})" if target else ""
        print(f"  {name:<20} {statistics.median(times):6.1f} ms  {asked}")


def warm_calls(python: str) -> None:
    """Print the CPU time of the first and of later annotations after ``load(warm=True)``."""
    for name, text in WARM_TEXTS.items():
        runs = [json.loads(run([python, "-c", WARM.format(text=text)]).stdout) for _ in range(WARM_RUNS)]
        warm, first, later = (statistics.median(column) for column in zip(*runs, strict=True))
        print(
            f"  {name:<20} {first:6.2f} ms, later {later:.2f} ms, ratio {first / later:.2f} (asked: at most"
            f" 2); load(warm=True) {warm:.0f} ms"
        )


def enlarge(python: str, compiled: Path) -> None:
    """Replace the compiled data of the installed package by three times the data."""
    shutil.rmtree(compiled)
    run([python, str(ROOT / "benchmarks" / "enlarge_data.py"), str(compiled), "3"])


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
