"""Pausing the cyclic garbage collector while a job creates millions of objects without cycles.

Objects without cycles are freed by reference counting. The collector runs each time a number of objects has
been created and scans all of them, which takes a fifth of the time of extracting pairs. Workers of any kind
start with the default settings, so the tasks themselves pause the collector, for one or two seconds each.
Between tasks, cycles of other code are collected, for example those of a reader of units.
"""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_pauses = 0
_was_enabled = False


@contextmanager
def gc_paused() -> Iterator[None]:
    """Disable the collector until the last of all overlapping pauses, in any thread, ends.

    >>> with gc_paused(), gc_paused():
    ...     gc.isenabled()
    False
    >>> gc.isenabled()
    True
    """
    global _pauses, _was_enabled  # noqa: PLW0603  # the collector belongs to the process too
    with _lock:
        if not _pauses:
            _was_enabled = gc.isenabled()
            gc.disable()
        _pauses += 1
    try:
        yield
    finally:
        with _lock:
            _pauses -= 1
            if not _pauses and _was_enabled:
                gc.enable()


@contextmanager
def gc_rarely() -> Iterator[None]:
    """Run the collector a hundred times less often, since the reader of the units may create cycles."""
    before = gc.get_threshold()
    gc.set_threshold(100 * before[0], *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
