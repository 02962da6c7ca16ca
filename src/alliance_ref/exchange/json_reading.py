"""Read JSON strictly: no repeated keys, no very long integers, no halves of surrogate pairs."""

import json
import re
from typing import Any

from alliance_ref.errors import FileProblem, unreadable

MAX_DIGITS = 4_300
"""Maximum number of digits of an integer, the limit of Python."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTEXT = 20  # characters before half of a surrogate pair that an error quotes


def read_json(text: str, *, title: str) -> Any:
    """Return the value in a JSON text.

    Raises:
        UnreadableFile: The text is not JSON, nests too deep, has an object with the same key twice, an
            integer of more than `MAX_DIGITS` digits, or half of a surrogate pair.

    >>> read_json('{"en": "base"}', title="JSON")
    {'en': 'base'}
    """
    try:
        data = json.loads(text, object_pairs_hook=_unique_keys, parse_int=_integer)
    except json.JSONDecodeError as error:
        problem = FileProblem("not-json", {"detail": error.msg}, line=error.lineno, column=error.colno)
    except RecursionError:
        problem = FileProblem("nested-too-deep")
    except _Rejected as error:
        problem = error.problem
    else:
        # A text without escapes was decoded from bytes, so it has no surrogates.
        found = _first_surrogate(data) if "\\u" in text or _SURROGATE.search(text) else None
        if found is None:
            return data
        problem = FileProblem("surrogate", {"text": found})
    raise unreadable(title, problem)


class _Rejected(Exception):
    """Leaves the parser with a problem."""

    def __init__(self, problem: FileProblem) -> None:
        super().__init__(problem)
        self.problem = problem


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen = set[str]()
        repeated = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise _Rejected(FileProblem("repeated-key", {"key": repeated}))
    return found


def _integer(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise _Rejected(FileProblem("long-integer", {"limit": MAX_DIGITS}))
    return int(digits)


def _first_surrogate(data: Any) -> str | None:
    """Return the context of the first half of a surrogate pair in the texts of *data*."""
    rest = [data]
    while rest:
        value = rest.pop()
        if isinstance(value, dict):
            rest += [*value.keys(), *value.values()]
        elif isinstance(value, list):
            rest += value
        elif isinstance(value, str) and (found := _SURROGATE.search(value)):
            return value[max(0, found.start() - _CONTEXT) : found.end()]
    return None
