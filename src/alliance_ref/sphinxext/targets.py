"""What a role asks for: an id or a name, and after it the language and the day it is to be called by.

``futenma``, ``futenma:ja`` and ``mod:ja@2005-04-14`` are targets. Ids hold neither ``:`` nor ``@``, so the
two endings need no quoting; a name that holds one is taken whole.
"""

import datetime
import re
from typing import cast

import attrs

from alliance_ref.records.values import Lang

_TARGET = re.compile(r"(?P<id>.+?)(?::(?P<lang>en|ja))?(?:@(?P<day>\d{4}-\d\d-\d\d))?", re.DOTALL)


@attrs.frozen
class Wanted:
    """A target of a role: an id or name, the language to call it in, and the day whose names count.

    `lang` is ``None`` for the language of the page, `as_of` for whatever is preferred today.
    """

    id: str
    lang: Lang | None = None
    as_of: datetime.date | None = None

    @property
    def asks(self) -> bool:
        """Whether it asks for a language or a day."""
        return self.lang is not None or self.as_of is not None


def parse_target(text: str) -> Wanted:
    """The target that *text* spells.

    Raises:
        ValueError: for a day that no calendar has, or no id at all.

    >>> parse_target("defense-agency:ja@2005-04-14")
    Wanted(id='defense-agency', lang='ja', as_of=datetime.date(2005, 4, 14))
    >>> parse_target("magosaki-2006#8").id
    'magosaki-2006#8'
    """
    found = _TARGET.fullmatch(text.strip())
    if found is None:
        raise ValueError("the target is empty")
    day = datetime.date.fromisoformat(found["day"]) if found["day"] else None
    return Wanted(found["id"], cast("Lang | None", found["lang"]), day)
