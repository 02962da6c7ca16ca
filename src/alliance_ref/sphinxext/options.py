"""What the options of directives may be; a wrong one is an error that says what is right."""

import datetime
from typing import get_args

from docutils.parsers.rst import directives

from alliance_ref.records import NameStatus

_KINDS = ("document", "person", "organization", "place", "event", "concept")


def kinds_option(argument: str | None) -> tuple[str, ...]:
    """Kinds of entries."""
    kinds = tuple((argument or "").split())
    for kind in kinds:
        if kind not in _KINDS:
            raise ValueError(f"{kind!r} is no kind; kinds are {', '.join(_KINDS)}")
    return kinds


def day_option(argument: str | None) -> datetime.date:
    """A day."""
    try:
        return datetime.date.fromisoformat((argument or "").strip())
    except ValueError:
        raise ValueError(f"{argument!r} is no day such as 2005-04-14") from None


def lang_option(argument: str | None) -> str:
    """A language."""
    return str(directives.choice(argument or "", ("en", "ja")))


def status_option(argument: str | None) -> str:
    """The status of a term."""
    status = (argument or "").strip()
    if status not in get_args(NameStatus):
        raise ValueError(f"{status!r} is no status; they are {', '.join(get_args(NameStatus))}")
    return status


def ids_option(argument: str | None) -> tuple[str, ...]:
    """Ids, parted by spaces."""
    return tuple((argument or "").split())


def by_option(argument: str | None) -> str:
    """What a list is parted by."""
    return str(directives.choice(argument or "", ("letter", "subject")))


def list_option(argument: str | None) -> tuple[str, ...]:
    """Texts, parted by commas."""
    return tuple(filter(None, (text.strip() for text in (argument or "").split(","))))
