"""Values that stand inside every other record: two-language text, dates, sources, gaps.

Text is kept verbatim in Unicode NFC. Dates keep the precision that is known, since half of what is
known of an alliance is known to the month only, and a made-up first of the month is a false fact.
"""

import datetime
import unicodedata
from typing import Literal, get_args

import attrs

from alliance_ref.arguments import day_of
from alliance_ref.errors import quoted

Lang = Literal["en", "ja"]
LANGS: tuple[Lang, Lang] = ("en", "ja")
Mark = Literal["verified", "reported", "disputed"]
GapReason = Literal["lost", "not-translated", "not-held", "omitted", "unaligned"]


def nfc(text: str) -> str:
    """*text* in Unicode NFC, otherwise as it is."""
    return unicodedata.normalize("NFC", text) if isinstance(text, str) else text


def filled(_instance: object, attribute: "attrs.Attribute[str]", value: object) -> None:
    """Validator: a string with at least one character that shows."""
    if not isinstance(value, str):
        raise TypeError(f"{attribute.name} must be text, not {type(value).__name__}")
    if not value.strip():
        raise ValueError(f"{attribute.name} is empty")


def one_of(alternatives: object) -> "attrs._ValidatorType[str]":
    """Validator: one of the strings of a ``Literal``, named in the message if not."""
    allowed = get_args(alternatives)

    def check(_instance: object, attribute: "attrs.Attribute[str]", value: str) -> None:
        if value not in allowed:
            raise ValueError(f"{attribute.name} is {quoted(value)}, must be one of {', '.join(allowed)}")

    return check


@attrs.frozen
class Bilingual:
    """The same thing said in English and in Japanese.

    >>> import alliance_ref as ar
    >>> ar.records.Bilingual("alliance", "同盟").ja
    '同盟'
    """

    en: str = attrs.field(converter=nfc, validator=filled)
    ja: str = attrs.field(converter=nfc, validator=filled)


@attrs.frozen
class Gap:
    """A typed absence: what stands where text is missing, and why it is.

    `reason` is ``lost`` (the copy lost it), ``not-translated`` (it never existed), ``not-held`` (it
    exists, but not here), ``omitted`` (left out on purpose) or ``unaligned`` (the other side has no
    counterpart).

    >>> import alliance_ref as ar
    >>> print(ar.records.Gap("lost"))
    [lost]
    """

    reason: GapReason = attrs.field(validator=one_of(GapReason))
    note: str = ""

    def __str__(self) -> str:
        return f"[{self.reason}]"


_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@attrs.frozen
class PartialDate:
    """A date as precisely as it is known: a year, a month or a day.

    >>> import alliance_ref as ar
    >>> ar.records.PartialDate.parse("2005-10").latest()
    datetime.date(2005, 10, 31)
    >>> str(ar.records.PartialDate(2006, 7, 11))
    '2006-07-11'
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __attrs_post_init__(self) -> None:
        if self.month is None:
            if self.day is not None:
                raise ValueError("a day needs a month")
            datetime.date(self.year, 1, 1)
        else:
            datetime.date(self.year, self.month, 1 if self.day is None else self.day)

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """The date written as ``2005``, ``2005-10`` or ``2005-10-29``.

        Raises:
            ValueError: for anything else, or a day that no calendar has.

        >>> import alliance_ref as ar
        >>> ar.records.PartialDate.parse("2005-10").month
        10
        """
        parts = text.split("-")
        widths = [4, 2, 2][: len(parts)]
        if len(parts) > 3 or any(
            len(part) != width or not part.isascii() or not part.isdigit()
            for part, width in zip(parts, widths, strict=True)
        ):
            raise ValueError(f"{quoted(text)} is no date: write 2005, 2005-10 or 2005-10-29")
        return cls(*map(int, parts))

    def earliest(self) -> datetime.date:
        """The first day it can mean.

        >>> import alliance_ref as ar
        >>> ar.records.PartialDate(2005, 10).earliest()
        datetime.date(2005, 10, 1)
        """
        return datetime.date(self.year, self.month or 1, self.day or 1)

    def latest(self) -> datetime.date:
        """The last day it can mean.

        >>> import alliance_ref as ar
        >>> ar.records.PartialDate(2005, 2).latest()
        datetime.date(2005, 2, 28)
        """
        if self.day is not None:
            return self.earliest()
        month = self.month or 12
        if month == 2:
            return datetime.date(self.year, 3, 1) - datetime.timedelta(days=1)
        return datetime.date(self.year, month, _DAYS[month - 1])

    def __str__(self) -> str:
        parts = [f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)


@attrs.frozen
class Period:
    """From a date to a date, both included; an end that is ``None`` is open or not known.

    >>> import datetime
    >>> import alliance_ref as ar
    >>> term = ar.records.Period(ar.records.PartialDate(2004, 9, 27), ar.records.PartialDate(2005, 10, 31))
    >>> term.covers(datetime.date(2005, 4, 14))
    True
    """

    start: PartialDate | None = None
    end: PartialDate | None = None

    def __attrs_post_init__(self) -> None:
        if self.start and self.end and self.end.latest() < self.start.earliest():
            raise ValueError(f"ends ({self.end}) before it starts ({self.start})")

    def covers(self, day: datetime.date | str) -> bool:
        """Whether *day* may lie in it, as far as its ends are known.

        Args:
            day: A date, or one written as ``2005-04-14``.

        >>> import alliance_ref as ar
        >>> agency = ar.entry("jda").period
        >>> agency.covers("2005-04-14"), agency.covers("2007-01-09")
        (True, False)
        """
        day = day_of(day, "day")
        if self.start is not None and day < self.start.earliest():
            return False
        return self.end is None or day <= self.end.latest()

    def __str__(self) -> str:
        return f"{self.start or ''}/{self.end or ''}"


@attrs.frozen
class Source:
    """Where a fact was read, and how far it is to be trusted.

    `mark` is ``verified`` (read in this source), ``reported`` (known, but not read there by those who
    wrote it down) or ``disputed`` (sources disagree). `note` says what the source is cited for.

    >>> import alliance_ref as ar
    >>> source = ar.entry("futenma").sources[0]
    >>> source.id, source.title.ja, source.mark
    ('doj06', '防衛庁『平成18年版 日本の防衛 防衛白書』英語版', 'verified')
    """

    id: str
    title: Bilingual
    url: str | None = None
    mark: Mark = attrs.field(default="verified", validator=one_of(Mark))
    note: str = ""
