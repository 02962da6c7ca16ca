"""Input and output besides the result: files, standard input, progress on standard error."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from alliance_ref.cli.i18n import _
from alliance_ref.errors import UnreadableCopy
from alliance_ref.progress import Progress

_ESCAPES = {
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
"""Characters that move the cursor of a terminal, change its colors or the direction of writing."""

_DELAY = 2.0
"""Seconds before a progress bar is shown."""

_INTERVAL = 0.1
"""Seconds between two updates of a progress bar."""


class UsageError(Exception):
    """The options cannot be used together; the text is in the language of the command line."""


def escape_controls(text: str) -> str:
    r"""Return *text* on one line with control characters escaped; file names may contain them.

    >>> print(escape_controls("\x1b[31mred"))
    \x1b[31mred
    """
    return text.translate(_ESCAPES)


def print_lines(lines: Iterable[str]) -> None:
    """Print each of *lines*."""
    for line in lines:
        print(line)


def print_written(path: str) -> None:
    """Report that a file was written."""
    print(escape_controls(_("written to {path}").format(path=path)))


def input_file(file: str) -> bytes | Path:
    """Return the path of an argument, or the bytes of standard input for ``-``."""
    if file == "-":
        if sys.stdin is None:
            raise UnreadableCopy("-", "stdin")
        return sys.stdin.buffer.read()
    if not file:
        raise UnreadableCopy("FILE", "empty-name")
    return Path(file)


@contextmanager
def progress_bar(title: str, unit: str = "") -> Iterator[Progress | None]:
    """Yield a function that shows progress on standard error, or ``None`` if that is not a terminal.

    The bar shows the remaining time and, with a *unit* such as "units", the rate. While the total is 0
    (unknown), only the count is shown. The bar needs the package tqdm (extra ``[cli]``).
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


def print_json(value: object) -> None:
    """Print a record, a result or a list of them in the JSON form of `alliance_ref.to_dict`."""
    from alliance_ref.codec.json_form import to_json

    print(to_json(value, indent=2))
