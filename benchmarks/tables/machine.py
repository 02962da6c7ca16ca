"""Where and when a page was measured."""

import datetime
import os
import platform
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import alliance_ref as ar
from tables.rows import line


def conditions(packages: Iterable[str], loads: tuple[str, str], turns: str) -> str:
    """A table of the machine, the versions of this library and *packages*, the load and the turns."""
    lines = [
        line("measured on", f"{datetime.datetime.now(tz=datetime.UTC).date()}"),
        "|---|---|",
        line("processor", f"`{processor()}`"),
        line("cores visible", f"{os.cpu_count()}"),
        line("system", f"`{platform.system()} {platform.machine()}`, `Python {platform.python_version()}`"),
        line("versions", ", ".join(f"`{one}`" for one in versions(packages))),
        line("load average, first and last", " → ".join(loads)),
        line("turns", turns),
    ]
    return "\n".join(lines)


def load() -> str:
    """The load average of the last minute, where the system tells."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "–"


def processor() -> str:
    """What the processor is called."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor() or platform.machine()


def versions(packages: Iterable[str]) -> Iterator[str]:
    """The version of this library, and those of the *packages* that are installed."""
    yield f"alliance-ref {ar.__version__}"
    for name in ("fugashi", "unidic-lite", *packages):
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            continue
