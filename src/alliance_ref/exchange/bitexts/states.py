"""The states of translation units, with the names of XLIFF 2: initial, translated, reviewed, final."""

from typing import Literal, get_args

State = Literal["initial", "translated", "reviewed", "final"]
"""How far the translation of a unit is; each state includes the ones before it."""

_RANKS: dict[str, int] = {name: rank for rank, name in enumerate(get_args(State))}


def reaches(state: str, least: State) -> bool:
    """Return whether a unit in *state* has at least the state *least*; no state counts as translated.

    >>> reaches("final", "reviewed"), reaches("", "translated"), reaches("initial", "translated")
    (True, True, False)
    """
    return _RANKS[state or "translated"] >= _RANKS[least]
