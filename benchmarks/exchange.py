"""How fast a translation memory is read, beside bare ``iterparse`` over the same file, and in what memory."""

import io
import statistics
import time
import tracemalloc
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from typing import BinaryIO, cast

from alliance_ref.exchange.bitexts import tmx
from alliance_ref.records import PartialDate, TranslationUnit

UNITS = 20_000
TIMES = 7


def main() -> None:
    """Print the figures."""
    data = memory(UNITS)
    times = measure(data, TIMES)
    print(f"TMX of {UNITS:,} units, {len(data) / 1e6:.1f} MB, {TIMES} runs in turn:")
    for name, found in times.items():
        print(f"  {name:21} least {min(found):.3f} s, median {statistics.median(found):.3f} s")
    for name in ("bare iterparse", "iterparse with clear"):
        least = min(times["read_units"]) / min(times[name])
        median = statistics.median(times["read_units"]) / statistics.median(times[name])
        print(f"  read_units / {name}: least {least:.2f}, median {median:.2f} (to reach: 1.5)")
    for count in (UNITS, 5 * UNITS):
        print(f"  memory for {count:,} units: {peak(count) / 1e6:.1f} MB at most")


def memory(count: int) -> bytes:
    """A TMX file of *count* units."""
    return "".join(tmx.pieces(units(count))).encode()


def measure(data: bytes, turns: int) -> dict[str, list[float]]:
    """CPU seconds of each way to read *data*, turn after turn."""
    times: dict[str, list[float]] = {"bare iterparse": [], "iterparse with clear": [], "read_units": []}
    calls: tuple[Callable[[bytes], int], ...] = (bare, cleared, ours)
    for _ in range(turns):
        for name, call in zip(times, calls, strict=True):
            start = time.process_time()
            call(data)
            times[name].append(time.process_time() - start)
    return times


def units(count: int) -> Iterator[TranslationUnit]:
    """Units of the length of news sentences, *count* of them."""
    for number in range(count):
        yield TranslationUnit(
            f"The two governments agreed in round {number} that the talks on bases would go on for a year.",
            f"両政府は第{number}回の会合で、基地に関する協議を1年間続けることで合意した。",
            f"minutes-{number // 100}",
            number % 100,
            PartialDate(2005, 10, number % 28 + 1),
        )


def bare(data: bytes) -> int:
    """Nothing but the events of the ends of elements."""
    return sum(1 for _ in ET.iterparse(io.BytesIO(data)))  # noqa: S314


def cleared(data: bytes) -> int:
    """The same with each unit thrown away, as one has to do it with large files."""
    count = 0
    for _, element in ET.iterparse(io.BytesIO(data)):  # noqa: S314
        if element.tag == "tu":
            element.clear()
            count += 1
    return count


def ours(data: bytes) -> int:
    """Every pair of the file."""
    return sum(1 for _ in tmx.read_units(io.BytesIO(data)))


class Endless(io.RawIOBase):
    """A TMX file that is made while it is read."""

    def __init__(self, count: int) -> None:
        self._pieces = tmx.pieces(units(count))
        self._left = b""

    def readinto(self, buffer: object) -> int:
        """The next bytes."""
        view = cast("memoryview", buffer)
        if not self._left:
            self._left = next(self._pieces, "").encode()
        size = min(len(view), len(self._left))
        view[:size], self._left = self._left[:size], self._left[size:]
        return size


def peak(count: int) -> int:
    """The most memory that reading a file of *count* units takes, in bytes."""
    tracemalloc.start()
    for _ in tmx.read_units(cast("BinaryIO", Endless(count))):
        pass
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


if __name__ == "__main__":
    main()
