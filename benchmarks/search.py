"""Looking names up beside peers, in one run: exact, fuzzy, and how long each takes for one query.

    python benchmarks/search.py

Every line is a ratio of medians of runs taken in turn, so that a drift of the machine touches both sides.
"""

import importlib
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import alliance_ref as ar

sys.path.insert(0, str(Path(__file__).parent))
import wordnet

RUNS = 7
EXACT = ("普天間", "ふてんま", "Defense Agency", "Koizumi", "防衛大綱", "Camp Zama", "UN", "抑止力")
TYPED = ("Futemna", "Rumsfled", "deterence", "Yokosuca", "balistic missile defense", "Koizumu")
PLACES = ("Japan", "France", "Germany", "United States", "Korea, Republic of", "China", "JP", "840")
TYPED_PLACES = ("Jpan", "Frnace", "Germny", "Untied States", "Chnia", "Koera")
JAPANESE = ("普天間", "防衛", "抑止力", "同盟", "会議", "再編", "条約", "基地")


def seconds(call: Callable[[str], object], queries: tuple[str, ...], least: float = 0.05) -> float:
    """Seconds for one query, over so many rounds that the clock can tell."""
    rounds = 0
    start = time.perf_counter()
    while time.perf_counter() - start < least:
        for query in queries:
            call(query)
        rounds += 1
    return (time.perf_counter() - start) / (rounds * len(queries))


def beside(
    what: str,
    ours: Callable[[str], object],
    our_queries: tuple[str, ...],
    peer: Callable[[str], object],
    queries: tuple[str, ...],
    asked: str,
) -> None:
    """Print one line: both times, and how often the peer's goes into ours."""
    ours(our_queries[0])
    peer(queries[0])
    pairs = [(seconds(ours, our_queries), seconds(peer, queries)) for _ in range(RUNS)]
    mine, theirs = (statistics.median(column) * 1e6 for column in zip(*pairs, strict=True))
    ratio = statistics.median(other / one for one, other in pairs)
    print(f"  {what:<34} {mine:9.1f} µs {theirs:11.1f} µs   {ratio:8.2f} ×   (asked: {asked})")


def main() -> None:
    """Print the table."""
    reference = ar.load()
    names = [name.text for entry in reference.entries() for name in entry.names]
    print(
        f"looking up among {len(names)} names: ours, the peer's time for a query, the peer's time over ours"
    )
    import pycountry

    beside(
        "exact, pycountry.lookup", reference.lookup, EXACT, pycountry.countries.lookup, PLACES, "at least 0.1"
    )
    beside(
        "fuzzy, pycountry.search_fuzzy",
        reference.lookup,
        TYPED,
        lambda query: _quiet(pycountry.countries.search_fuzzy, query),
        TYPED_PLACES,
        "at least 10",
    )
    try:
        process = importlib.import_module("rapidfuzz.process")
    except ImportError:
        print("  rapidfuzz: left out, not installed")
    else:
        beside(
            "fuzzy, rapidfuzz extractOne",
            reference.lookup,
            TYPED,
            lambda query: process.extractOne(query, names),
            TYPED,
            "at least 0.2",
        )
    try:
        jamdict = importlib.import_module("jamdict").Jamdict()
        jamdict.lookup("普天間")
    except Exception as error:  # noqa: BLE001 - whatever keeps the peer away
        print(f"  jamdict: left out, {type(error).__name__}")
    else:
        beside("exact, jamdict.lookup", reference.lookup, EXACT, jamdict.lookup, JAPANESE, "at least 1000")
    with TemporaryDirectory() as folder:
        try:
            words = wordnet.words(Path(folder))
        except ImportError:
            print("  wn: left out, not installed")
        else:
            beside("exact, wn.words", reference.lookup, EXACT, words, EXACT, "at least 20")


def _quiet(call: Callable[[str], object], query: str) -> object:
    try:
        return call(query)
    except LookupError:
        return None


if __name__ == "__main__":
    main()
