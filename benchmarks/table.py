"""The measured table of finding, as a page of the documentation.

    python benchmarks/table.py > docs/benchmarks.md

Each line is a ratio to a peer of the same run, ours and the peer's taken in turn, so that a drift of the
machine touches both; given are the least, the middle and the greatest of the runs. A peer that is not there
is named as not measured. It takes some minutes; nothing else should run meanwhile.
"""

import argparse
import datetime
import importlib
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import alliance_ref as ar

sys.path.insert(0, str(Path(__file__).parent))
import annotating
import finding
import startup
import throughput

Call = Callable[[], object]

PAGE = """# Benchmarks of finding

Made by `make bench-docs` (`benchmarks/table.py`), not by hand. Measured on {date} on {cpu},
{cores} cores visible, {system}, Python {python}, with {peers}. The load average was {load} at the
beginning and {end_load} at the end: the further above 1, the less the figures say.

Each figure is a ratio to the peer, ours and the peer's taken in turn in one run; of {runs} turns (cold
processes: {cold}) the least, the middle and the greatest are given. Where speeds are compared, 2 means that
ours is twice as fast as the peer; where times are, that ours takes twice as long. The middle decides.

| what | peer | figure | least | middle | greatest | asked | reached |
|---|---|---|---|---|---|---|---|
{rows}

What is compared is not always the same work. Our tokens are records with offsets, parts of speech and
conjugation, the peer's are tuples of surface, lemma and kana. `annotate` gives full annotations with entries,
names and kinds, in any spelling that the key allows; flashtext and pyahocorasick give tuples for the spelling
they were given. All look for the same 5,000 names in the same million characters, without regard to the edges
of words in Japanese.

{notes}
"""

NOTES = """`wn` is not measured: its word nets come from a server of their own and from no package registry.

There is no extra `[fast]`, for which more was asked: [Finding](finding.md) says what was tried."""


ROUNDS = 50
"""How often we are asked each query in one turn, so that the clock can tell."""


class Row(NamedTuple):
    """One line: what, beside whom, what the figure is, the figures of all runs, and what was asked."""

    what: str
    peer: str
    figure: str
    values: list[float]
    asked: float
    at_most: bool = False

    def __str__(self) -> str:
        ends = min(self.values), statistics.median(self.values), max(self.values)
        sign = "≤" if self.at_most else "≥"
        reached = ends[1] <= self.asked if self.at_most else ends[1] >= self.asked
        shown = (*map(rounded, ends), f"{sign} {self.asked:,g}", "yes" if reached else "no")
        return f"| {self.what} | {self.peer} | {self.figure} | {' | '.join(shown)} |"


def rounded(value: float) -> str:
    """Three figures that count."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def main() -> None:
    """Print the page."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=7, help="turns of each comparison (7)")
    parser.add_argument("--cold", type=int, default=21, help="turns of cold processes (21)")
    options = parser.parse_args()
    load = loads()
    rows: list[Row] = []
    missing: list[str] = []
    for measure in (tokens, exact, fuzzy, annotations):
        for row in measure(options.runs):
            if isinstance(row, str):
                missing.append(row)
            else:
                rows.append(row)
                print(row, file=sys.stderr)
    rows.append(cold(options.cold))
    print(rows[-1], file=sys.stderr)
    notes = NOTES + "".join(f"\n\nNot measured here: {name}." for name in missing)
    page = PAGE.format(
        date=datetime.datetime.now(tz=datetime.UTC).date(),
        cpu=processor(),
        cores=os.cpu_count(),
        system=f"{platform.system()} {platform.machine()}",
        python=platform.python_version(),
        peers=", ".join(versions()),
        load=load,
        end_load=loads(),
        runs=options.runs,
        cold=options.cold,
        rows="\n".join(map(str, rows)),
        notes=notes,
    )
    print(page, end="")


def in_turn(ours: Call, peers: dict[str, Call], runs: int) -> dict[str, list[float]]:
    """The processor time of each peer over ours, run after run."""
    ratios: dict[str, list[float]] = {label: [] for label in peers}
    for call in (ours, *peers.values()):
        call()
    for _ in range(runs):
        mine = seconds(ours)
        for label, peer in peers.items():
            ratios[label].append(seconds(peer) / mine)
    return ratios


def seconds(call: Call) -> float:
    """Processor time of one call."""
    start = time.process_time()
    call()
    return time.process_time() - start


def tokens(runs: int) -> Iterator[Row | str]:
    """Tokens with lemma and reading of 1 MB of Japanese in lines."""
    import fugashi
    import unidic_lite

    tagger = fugashi.Tagger(f'-r "{unidic_lite.DICDIR}/mecabrc" -d "{unidic_lite.DICDIR}"')
    lines = throughput.lines()
    values = in_turn(
        lambda: [ar.tokenize(line) for line in lines],
        {"fugashi": lambda: [throughput.read(tagger, line) for line in lines]},
        runs,
    )["fugashi"]
    yield Row("tokens, 1 MB of Japanese", "fugashi, lemma and kana", "speed", values, 1.0)


def queries(
    ours: tuple[str, ...], peer: Callable[[str], object], asked: tuple[str, ...], runs: int, rounds: int
) -> list[float]:
    """The peer's time for a query over ours; a slow peer is asked in fewer *rounds*."""
    lookup = ar.load().lookup
    ratios = in_turn(
        lambda: [lookup(query) for _ in range(ROUNDS) for query in ours],
        {"peer": lambda: [peer(query) for _ in range(rounds) for query in asked]},
        runs,
    )["peer"]
    return [ratio * ROUNDS * len(ours) / (rounds * len(asked)) for ratio in ratios]


def exact(runs: int) -> Iterator[Row | str]:
    """Looking up a name as it is written."""
    import pycountry

    ratios = queries(finding.EXACT, pycountry.countries.lookup, finding.PLACES, runs, 4 * ROUNDS)
    yield Row("exact lookup", "pycountry.lookup", "time", [1 / one for one in ratios], 10, at_most=True)
    try:
        jamdict = importlib.import_module("jamdict").Jamdict()
        jamdict.lookup("普天間")
    except Exception as error:  # noqa: BLE001 - whatever keeps the peer away
        yield f"jamdict ({type(error).__name__})"
    else:
        values = queries(finding.EXACT, jamdict.lookup, finding.JAPANESE, runs, 1)
        yield Row("exact lookup", "jamdict.lookup", "speed", values, 1_000)


def fuzzy(runs: int) -> Iterator[Row | str]:
    """Looking up a name with typing errors."""
    import pycountry

    def search(query: str) -> object:
        try:
            return pycountry.countries.search_fuzzy(query)
        except LookupError:
            return None

    values = queries(finding.TYPED, search, finding.TYPED_PLACES, runs, 2)
    yield Row("fuzzy lookup", "pycountry.search_fuzzy", "speed", values, 10)
    try:
        process = importlib.import_module("rapidfuzz.process")
    except ImportError:
        yield "rapidfuzz"
        return
    names = [name.text for entry in ar.load().entries() for name in entry.names]
    values = queries(finding.TYPED, lambda query: process.extractOne(query, names), finding.TYPED, runs, 4)
    yield Row("fuzzy lookup", "rapidfuzz extractOne", "time", [1 / one for one in values], 5, at_most=True)


ASKED = {
    ("flashtext", "en"): 0.75,
    ("flashtext", "ja"): 1.2,
    ("ahocorasick", "en"): 0.8,
    ("ahocorasick", "ja"): 5.0,
}


def annotations(runs: int) -> Iterator[Row | str]:
    """Finding 5,000 names in a million characters."""
    peers: dict[str, tuple[str, Callable[[Any, list[str], str], Call]]] = {
        "flashtext": ("flashtext", annotating.flashtext),
        "ahocorasick": ("pyahocorasick, bare (asked of an extra)", annotating.ahocorasick),
    }
    for lang in annotating.LANGS:
        names, text = annotating.material(lang)
        ours = annotating.ours(names, lang, text)
        calls: dict[str, Call] = {}
        for module, (_, prepare) in peers.items():
            try:
                calls[module] = prepare(importlib.import_module(module), names, text)
            except ImportError:
                yield f"{module}, {lang}"
        what = f"annotate, {'English' if lang == 'en' else 'Japanese'}"
        for module, values in in_turn(ours, calls, runs).items():
            yield Row(what, peers[module][0], "speed", values, ASKED[module, lang])


def cold(runs: int) -> Row:
    """Whole processes from their start to the first answer."""
    python = startup.environment()
    for code in (startup.OURS, startup.PEER):
        startup.seconds(python, code)
    values = [
        startup.seconds(python, startup.OURS) / startup.seconds(python, startup.PEER) for _ in range(runs)
    ]
    return Row("cold process to first lookup", "pycountry", "time", values, 1.2, at_most=True)


def loads() -> str:
    """The load average of the last minute, where the system tells."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


def processor() -> str:
    """What the processor is called."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor() or platform.machine()


def versions() -> Iterator[str]:
    """The versions of the peers that are installed."""
    for name in ("fugashi", "unidic-lite", "pycountry", "jamdict", "rapidfuzz", "flashtext", "pyahocorasick"):
        try:
            yield f"{name} {version(name)}"
        except importlib.metadata.PackageNotFoundError:
            continue


if __name__ == "__main__":
    main()
