"""What comes in and goes out beside the result: files or standard input, progress on standard error."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alliance_ref.errors import UnreadableCopy
from alliance_ref.progress import Progress

_BACKSLASHED = {
    code: f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
    for code in (
        *range(0x20),
        *range(0x7F, 0xA0),
        0x2028,
        0x2029,
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    )
}
"""Characters that move a terminal's cursor, change its colours or turn the direction of writing."""

_DELAY = 2.0  # seconds before a bar is worth showing
_INTERVAL = 0.1  # seconds between two states of it


def plain(text: str) -> str:
    r"""*text* on one line, with what commands a terminal written out: a file may be called anything.

    >>> print(plain("\x1b[31mred"))
    \x1b[31mred
    """
    return text.translate(_BACKSLASHED)


def given_file(file: str) -> bytes | Path:
    """The file of an argument, or the bytes of standard input for ``-``."""
    if file == "-":
        if sys.stdin is None:
            raise UnreadableCopy("-", "stdin")
        return sys.stdin.buffer.read()
    if not file:
        raise UnreadableCopy("FILE", "empty-name")
    return Path(file)


@contextmanager
def progress_bar(title: str, unit: str = "") -> Iterator[Progress | None]:
    """What to tell of progress: a bar on standard error once work takes long, if that is a terminal.

    It shows the time left, and with a *unit* such as "units" how many a second are done. As long as it is
    told a total of 0, which means that nobody knows it yet, it shows how many are done and no bar.
    Without the package tqdm, which the extra ``[cli]`` brings, there is no bar.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    try:
        from tqdm import tqdm
    except ImportError:
        yield None
        return
    rate = "{rate_fmt} " if unit else ""
    shapes = {
        False: f"{{desc}} {{n_fmt}} {rate}",
        True: f"{{desc}} {{percentage:3.0f}}% |{{bar}}| {rate}{{remaining}}",
    }
    with tqdm(
        desc=title,
        delay=_DELAY,
        leave=False,
        mininterval=_INTERVAL,
        unit=f" {unit}",
        bar_format=shapes[False],
    ) as bar:

        def report(done: int, total: int) -> None:
            bar.total = total or None
            bar.bar_format = shapes[total > 0]
            bar.update(done - bar.n)

        yield report
