"""Findings: what a check has to say, by code."""

from typing import Literal

import attrs

from alliance_ref.records.values import one_of

Level = Literal["error", "warning"]


@attrs.frozen
class Finding:
    """One thing a check found: its code, how grave it is, where, and what.

    `where` is the id of an entry, passage or topic, or a file and a place in it.
    """

    code: str
    level: Level = attrs.field(validator=one_of(Level))
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.code} {self.where}: {self.message}"
