"""Warm starts: the first call after `load(warm=True)` does no more work than later calls, in any process."""

import subprocess
import sys
import threading
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

import pytest

import alliance_ref as ar

TEXTS = (
    "On 29 October 2005 the ministers named Camp Zama and discussed the SOFA.",
    "2005年10月29日、普天間飛行場の移設について防衛庁長官と協議した。",
)
COUNT = """
import cProfile, pstats, sys
import alliance_ref as ar
text = sys.argv[1]
ref = ar.load(warm=True)
modules = set(sys.modules)
def calls():
    profile = cProfile.Profile()
    profile.enable()
    ar.annotate(text)
    profile.disable()
    return pstats.Stats(profile).total_calls
print(calls(), calls(), len(set(sys.modules) - modules))
"""


@pytest.mark.parametrize("text", TEXTS)
def test_the_first_call_does_the_work_of_later_calls(text: str) -> None:
    done = subprocess.run([sys.executable, "-c", COUNT, text], capture_output=True, text=True, check=True)
    first, later, imported = map(int, done.stdout.split())
    assert first <= 1.2 * later
    assert imported == 0


def test_warming_returns_the_reference() -> None:
    assert ar.load(warm=True) is ar.load()
    own = ar.load().with_entries()
    assert own.warm() is own


def test_threads_share_a_warm_reference() -> None:
    ref = ar.load(warm=True)
    expected = [[item.entry.id for item in ref.annotate(text)] for text in TEXTS]
    found: list[list[list[str]]] = []

    def annotate() -> None:
        found.append([[item.entry.id for item in ref.annotate(text)] for text in TEXTS])

    threads = [threading.Thread(target=annotate) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4


def entries_in(text: str) -> list[str]:
    return [item.entry.id for item in ar.annotate(text)]


@pytest.mark.parametrize("method", ["spawn", "fork"])
def test_a_process_pool_warms_its_workers(method: str) -> None:
    try:
        context = get_context(method)
    except ValueError:
        pytest.skip(f"no {method} on this system")
    warm = partial(ar.load, warm=True)
    with ProcessPoolExecutor(1, mp_context=context, initializer=warm) as pool:
        assert list(pool.map(entries_in, TEXTS)) == [entries_in(text) for text in TEXTS]
