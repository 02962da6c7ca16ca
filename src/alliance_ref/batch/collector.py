"""Running the cyclic garbage collector less often while a job creates millions of objects without cycles.

Objects without cycles are freed by reference counting. The collector runs each time a number of objects has
been created, which takes a fifth of the time of extracting pairs. Its threshold belongs to the process, so
all jobs of a process share one change of it: the first job to start raises it, and the last one to end
restores it.
"""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_FACTOR = 100
"""Factor by which the first threshold is raised."""

_lock = threading.Lock()
_jobs = 0
_before = _raised = gc.get_threshold()


@contextmanager
def collected_rarely() -> Iterator[None]:
    """Raise the collector's first threshold until the last of all overlapping contexts, in any thread, ends.

    >>> before = gc.get_threshold()
    >>> with collected_rarely(), collected_rarely():
    ...     gc.get_threshold()[0] == 100 * before[0]
    True
    >>> gc.get_threshold() == before
    True
    """
    global _jobs, _before, _raised  # noqa: PLW0603  # the collector belongs to the process too
    with _lock:
        if not _jobs:
            _before = gc.get_threshold()
            _raised = (_FACTOR * _before[0], *_before[1:])
            gc.set_threshold(*_raised)
        _jobs += 1
    try:
        yield
    finally:
        with _lock:
            _jobs -= 1
            # Settings that other code made in the meantime are kept.
            if not _jobs and gc.get_threshold() == _raised:
                gc.set_threshold(*_before)
