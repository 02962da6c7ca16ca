"""The page of finding: tokens, looking up, annotating and the first answer, beside peers.

Each figure is a ratio to a peer of the same run, ours and the peer's taken in turn, so that a drift of the
machine touches both.
"""

import importlib
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import alliance_ref as ar
import annotation
import search
import startup
import throughput
import wordnet
from tables.rows import Measured, Missing, Row, Values

PACKAGES = ("pycountry", "jamdict", "wn", "rapidfuzz", "flashtext", "pyahocorasick")
ROUNDS = 50
"""How often we are asked each query in one turn, so that the clock can tell."""

Call = Callable[[], object]

ROWS = {
    "tokens": Row("tokens, 1 MB of Japanese", "fugashi, lemma and kana", "speed", 1.0),
    "exact pycountry": Row("exact lookup", "`pycountry.lookup`", "time", 10, at_most=True),
    "exact jamdict": Row("exact lookup", "`jamdict.lookup`", "speed", 1_000),
    "exact wn": Row("exact lookup", "`wn.words`", "speed", 20),
    "fuzzy pycountry": Row("fuzzy lookup", "`pycountry.search_fuzzy`", "speed", 10),
    "fuzzy rapidfuzz": Row("fuzzy lookup", "`rapidfuzz.process.extractOne`", "time", 5, at_most=True),
    "flashtext en": Row("annotate, English", "`flashtext`", "speed", 0.75),
    "ahocorasick en": Row("annotate, English", "pyahocorasick, bare (asked of an extra)", "speed", 0.8),
    "flashtext ja": Row("annotate, Japanese", "`flashtext`", "speed", 1.2),
    "ahocorasick ja": Row("annotate, Japanese", "pyahocorasick, bare (asked of an extra)", "speed", 5),
    "cold": Row("cold process to first lookup", "`pycountry`", "time", 1.2, at_most=True),
}


def measure(runs: int, cold_runs: int) -> Measured:
    """The values of all rows."""
    yield from tokens(runs)
    yield from exact(runs)
    yield from fuzzy(runs)
    yield from annotations(runs)
    yield "cold", cold(cold_runs)


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


def tokens(runs: int) -> Measured:
    """Tokens with lemma and reading of 1 MB of Japanese in lines."""
    import fugashi
    import unidic_lite

    tagger = fugashi.Tagger(f'-r "{unidic_lite.DICDIR}/mecabrc" -d "{unidic_lite.DICDIR}"')
    lines = throughput.lines()
    yield from in_turn(
        lambda: [ar.tokenize(line) for line in lines],
        {"tokens": lambda: [throughput.read(tagger, line) for line in lines]},
        runs,
    ).items()


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


def exact(runs: int) -> Measured:
    """Looking up a name as it is written."""
    import pycountry

    ratios = queries(search.EXACT, pycountry.countries.lookup, search.PLACES, runs, 4 * ROUNDS)
    yield "exact pycountry", [1 / one for one in ratios]
    yield "exact jamdict", optional("jamdict", lambda: peer_jamdict(runs))
    yield "exact wn", optional("wn", lambda: peer_wn(runs))


def optional(name: str, measured: Callable[[], list[float]]) -> Values:
    """What was *measured*, or that the peer is not there."""
    try:
        return measured()
    except Exception:  # noqa: BLE001 - whatever keeps the peer away: not installed, or without its data
        return Missing(name)


def peer_jamdict(runs: int) -> list[float]:
    """Words of JMdict."""
    lookup = importlib.import_module("jamdict").Jamdict().lookup
    lookup("普天間")
    return queries(search.EXACT, lookup, search.JAPANESE, runs, 1)


def peer_wn(runs: int) -> list[float]:
    """Words of a word net of our own names."""
    with TemporaryDirectory() as folder:
        return queries(search.EXACT, wordnet.words(Path(folder)), search.EXACT, runs, 10)


def fuzzy(runs: int) -> Measured:
    """Looking up a name with typing errors."""
    import pycountry

    def fuzzy_search(query: str) -> object:
        try:
            return pycountry.countries.search_fuzzy(query)
        except LookupError:
            return None

    def rapidfuzz() -> list[float]:
        process = importlib.import_module("rapidfuzz.process")
        names = [name.text for entry in ar.load().entries() for name in entry.names]
        ratios = queries(search.TYPED, lambda query: process.extractOne(query, names), search.TYPED, runs, 4)
        return [1 / one for one in ratios]

    yield "fuzzy pycountry", queries(search.TYPED, fuzzy_search, search.TYPED_PLACES, runs, 2)
    yield "fuzzy rapidfuzz", optional("rapidfuzz", rapidfuzz)


def annotations(runs: int) -> Measured:
    """Finding 5,000 names in a million characters."""
    peers: dict[str, Callable[[Any, list[str], str], Call]] = {
        "flashtext": annotation.flashtext,
        "ahocorasick": annotation.ahocorasick,
    }
    for lang in annotation.LANGS:
        names, text = annotation.material(lang)
        calls: dict[str, Call] = {}
        for module, prepare in peers.items():
            try:
                calls[f"{module} {lang}"] = prepare(importlib.import_module(module), names, text)
            except ImportError:
                yield f"{module} {lang}", Missing(module)
        yield from in_turn(annotation.ours(names, lang, text), calls, runs).items()


def cold(runs: int) -> list[float]:
    """Whole processes from their start to the first answer."""
    python = startup.environment()
    for code in (startup.OURS, startup.PEER):
        startup.seconds(python, code)
    return [
        startup.seconds(python, startup.OURS) / startup.seconds(python, startup.PEER) for _ in range(runs)
    ]
