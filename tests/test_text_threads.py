"""Threads share one tagger: results as in one thread, and one memory map of the dictionary."""

import multiprocessing
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import alliance_ref as ar

TEXTS = tuple(
    f"日米安全保障協議委員会は第{number}回の会合で普天間飛行場の移設を協議した。" for number in range(200)
)


def analyzed(texts: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [tuple(token.lemma for token in ar.tokenize(text)) for text in texts]


def test_eight_threads_return_what_one_returns() -> None:
    expected = analyzed(TEXTS)
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(analyzed, [TEXTS] * 16)) == [expected] * 16


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="/proc is on Linux only")
def test_short_lived_threads_leave_one_map_of_the_dictionary() -> None:
    for number in range(100):
        thread = threading.Thread(target=ar.tokenize, args=(f"第{number}回",))
        thread.start()
        thread.join()
    maps = Path("/proc/self/maps").read_text(encoding="utf-8", errors="replace").splitlines()
    assert sum(line.endswith("/sys.dic") for line in maps) == 1


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="this system cannot fork")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_process_forked_while_threads_work_can_analyze() -> None:
    ended = threading.Event()

    def work() -> None:
        while not ended.is_set():
            analyzed(TEXTS[:20])

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(10):
            process = multiprocessing.get_context("fork").Process(target=analyzed, args=(TEXTS[:5],))
            process.start()
            process.join(20)
            assert process.exitcode == 0
    finally:
        ended.set()
        for thread in threads:
            thread.join()
