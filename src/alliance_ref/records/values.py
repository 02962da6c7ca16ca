"""Values that other records contain: bilingual text, dates, periods, sources and gaps.

Text is stored as given, in Unicode NFC. Dates keep the precision that is known: many are known to the month
only, and an invented first of the month would be a false fact.
"""

import datetime
import unicodedata
from typing import Any, Literal, get_args

import attrs

from alliance_ref.arguments import check_choice, check_range, check_text, day_of, invalid_value, wrong_type
from alliance_ref.records.validation import checks_type, typed

Lang = Literal["en", "ja"]
LANGS: tuple[Lang, Lang] = ("en", "ja")
Mark = Literal["verified", "reported", "disputed"]
GapReason = Literal["lost", "not-translated", "not-held", "omitted", "unaligned", "other-language"]


def nfc(text: str) -> str:
    """Return *text* in Unicode NFC; other types are left to the validators."""
    return unicodedata.normalize("NFC", text) if isinstance(text, str) else text


@checks_type
def filled(_instance: object, attribute: "attrs.Attribute[str]", value: object) -> None:
    """Validate that a field is text with at least one visible character."""
    check_text(value, attribute.name)
    assert isinstance(value, str)
    if not value.strip():
        raise invalid_value("empty", name=attribute.name)


def web_address(_instance: object, attribute: "attrs.Attribute[Any]", value: object) -> None:
    """Validate that a field is an address that begins with http:// or https://, so it can be a link."""
    check_text(value, attribute.name)
    assert isinstance(value, str)
    if not value.startswith(("https://", "http://")) or not value.isprintable() or " " in value:
        raise invalid_value("web-address", name=attribute.name, value=value)


def one_of(alternatives: object) -> "attrs._ValidatorType[str]":
    """Return a validator for the strings of a ``Literal``."""
    allowed = get_args(alternatives)

    @checks_type
    def check(_instance: object, attribute: "attrs.Attribute[str]", value: str) -> None:
        check_choice(value, attribute.name, allowed)

    return check


def between(low: float, high: float) -> "attrs._ValidatorType[float]":
    """Return a validator for numbers from *low* to *high*."""

    def check(_instance: object, attribute: "attrs.Attribute[float]", value: float) -> None:
        check_range(value, attribute.name, low, high)

    return check


def at_least(count: int) -> "attrs._ValidatorType[Any]":
    """Return a validator for sequences of *count* items or more."""

    def check(_instance: object, attribute: "attrs.Attribute[Any]", value: tuple[object, ...]) -> None:
        if len(value) < count:
            raise invalid_value("too-few", name=attribute.name, count=len(value), least=count)

    return check


@attrs.frozen(field_transformer=typed)
class Bilingual:
    """The same text in English and Japanese.

    >>> import alliance_ref as ar
    >>> ar.records.Bilingual("alliance", "同盟").ja
    '同盟'
    """

    en: str = attrs.field(converter=nfc, validator=filled)
    ja: str = attrs.field(converter=nfc, validator=filled)


@attrs.frozen(field_transformer=typed)
class Gap:
    """A typed absence: the value of a field whose text is missing, with the reason.

    `reason` is ``lost`` (the copy lost it), ``not-translated`` (it never existed), ``not-held`` (it
    exists, but the reference does not have it), ``omitted`` (left out on purpose), ``unaligned`` (the
    other side has no counterpart) or ``other-language`` (the segment is in the language of the other side).

    >>> import alliance_ref as ar
    >>> print(ar.records.Gap("lost"))
    [lost]
    """

    reason: GapReason = attrs.field(validator=one_of(GapReason))
    note: str = ""

    def __str__(self) -> str:
        return f"[{self.reason}]"


_DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@attrs.frozen(order=False, field_transformer=typed)
class PartialDate:
    """A date as precisely as it is known: a year, a month or a day.

    Dates are ordered by their first possible day; if that is the same, the less precise date comes first.
    They can be compared with a `datetime.date` by ``<``, ``<=``, ``>`` and ``>=``, but ``==`` is true only
    for equal partial dates.

    >>> import datetime
    >>> import alliance_ref as ar
    >>> ar.records.PartialDate.parse("2005-10").latest()
    datetime.date(2005, 10, 31)
    >>> str(ar.records.PartialDate(2006, 7, 11))
    '2006-07-11'
    >>> ar.records.PartialDate(2006) < ar.records.PartialDate(2006, 1) < datetime.date(2006, 1, 2)
    True
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __attrs_post_init__(self) -> None:
        if self.month is None and self.day is not None:
            raise invalid_value("day-without-month")
        try:
            # A month or day of 0 is an error, so only None is replaced.
            month, day = (1 if part is None else part for part in (self.month, self.day))
            datetime.date(self.year, month, day)
        except ValueError:
            raise invalid_value("calendar-date", value=str(self)) from None

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Return the date written as ``2005``, ``2005-10`` or ``2005-10-29``.

        Raises:
            InvalidValue: for any other text, or a date that does not exist.

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
            raise invalid_value("partial-date", value=text)
        return cls(*map(int, parts))

    def earliest(self) -> datetime.date:
        """Return the first possible day.

        >>> import alliance_ref as ar
        >>> ar.records.PartialDate(2005, 10).earliest()
        datetime.date(2005, 10, 1)
        """
        return datetime.date(self.year, self.month or 1, self.day or 1)

    def latest(self) -> datetime.date:
        """Return the last possible day.

        >>> import alliance_ref as ar
        >>> ar.records.PartialDate(2005, 2).latest()
        datetime.date(2005, 2, 28)
        """
        if self.day is not None:
            return self.earliest()
        month = self.month or 12
        if month == 2:
            return datetime.date(self.year, 3, 1) - datetime.timedelta(days=1)
        return datetime.date(self.year, month, _DAYS_IN_MONTH[month - 1])

    def __lt__(self, other: "PartialDate | datetime.date") -> bool:
        key = _order_key(other)
        return NotImplemented if key is None else self._order_key() < key

    def __le__(self, other: "PartialDate | datetime.date") -> bool:
        key = _order_key(other)
        return NotImplemented if key is None else self._order_key() <= key

    def __gt__(self, other: "PartialDate | datetime.date") -> bool:
        key = _order_key(other)
        return NotImplemented if key is None else self._order_key() > key

    def __ge__(self, other: "PartialDate | datetime.date") -> bool:
        key = _order_key(other)
        return NotImplemented if key is None else self._order_key() >= key

    def _order_key(self) -> tuple[int, int, int]:
        # 0 is before the first month or day, so the less precise of two dates comes first.
        return self.year, self.month or 0, self.day or 0

    def __str__(self) -> str:
        parts = [f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)


def _order_key(value: object) -> tuple[int, int, int] | None:
    """Return the sort key of a date, or ``None`` for anything else."""
    if isinstance(value, PartialDate):
        return value._order_key()  # noqa: SLF001 (the same module)
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.year, value.month, value.day
    return None


def partial_date(value: "PartialDate | datetime.date | str") -> PartialDate:
    """Return *value* as a partial date; ISO text is parsed.

    Raises:
        InvalidValue: for other text.
        InvalidType: for other types.

    >>> partial_date("2005-10"), partial_date(datetime.date(2005, 10, 29))
    (PartialDate(year=2005, month=10, day=None), PartialDate(year=2005, month=10, day=29))
    """
    if isinstance(value, str):
        return PartialDate.parse(value)
    if isinstance(value, datetime.date):
        return PartialDate(value.year, value.month, value.day)
    if not isinstance(value, PartialDate):
        raise wrong_type("the date", "a PartialDate, a datetime.date or ISO text", value)
    return value


@attrs.frozen(field_transformer=typed)
class Period:
    """A period from `start` to `end`, both included; ``None`` means open or unknown.

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
            raise invalid_value("period", start=str(self.start), end=str(self.end))

    def covers(self, day: datetime.date | str) -> bool:
        """Return whether *day* may be in the period, as far as its ends are known.

        Args:
            day: A date, or text such as ``2005-04-14``.

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


@attrs.frozen(field_transformer=typed)
class Source:
    """The source of a fact, and how reliable the fact is.

    `mark` is ``verified`` (read in this source), ``reported`` (known, but not read in this source by the
    authors of the data) or ``disputed`` (sources disagree). `note` explains what the source is cited for.

    >>> import alliance_ref as ar
    >>> source = ar.entry("futenma").sources[0]
    >>> source.id, source.title.ja, source.mark
    ('doj06', '防衛庁『平成18年版 日本の防衛 防衛白書』英語版', 'verified')
    """

    id: str
    title: Bilingual
    url: str | None = attrs.field(default=None, validator=attrs.validators.optional(web_address))
    mark: Mark = attrs.field(default="verified", validator=one_of(Mark))
    note: str = ""
