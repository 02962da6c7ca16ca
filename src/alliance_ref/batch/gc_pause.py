"""Leaving the collector of garbage alone while a build makes millions of objects and no cycles.

What is no cycle goes as soon as nobody holds it. Python looks for cycles whenever so many objects more are
held, and then looks at all that it holds: a fifth of the time of putting pairs together. Workers of whatever
kind start with Python's usual settings, so the tasks themselves have to see to it. Each does so for a second
or two: between them the cycles of others are found, such as those that a reader of units makes.
"""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_under_way = 0
_was_on = False


@contextmanager
def not_collecting() -> Iterator[None]:
    """Look for no cycles until all who asked for it, in whatever thread, are done.

    >>> with not_collecting(), not_collecting():
    ...     gc.isenabled()
    False
    >>> gc.isenabled()
    True
    """
    global _under_way, _was_on  # noqa: PLW0603  # the collector is one for the process as well
    with _lock:
        if not _under_way:
            _was_on = gc.isenabled()
            gc.disable()
        _under_way += 1
    try:
        yield
    finally:
        with _lock:
            _under_way -= 1
            if not _under_way and _was_on:
                gc.enable()


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """Look for cycles a hundred times more seldom: what reads the units may make some."""
    before = gc.get_threshold()
    gc.set_threshold(100 * before[0], *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
