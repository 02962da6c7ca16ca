"""What callers give: checked in one place, so that the same mistake is said in the same words everywhere."""

import datetime

_LANGS = ("en", "ja")
_MOST = 60


def quoted(value: object) -> str:
    """*value* as Python writes it, a long one by its beginning and its length.

    >>> quoted("x"), quoted("x" * 1000)
    ("'x'", "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…' (1,000 characters)")
    """
    if isinstance(value, str) and len(value) > _MOST:
        return f"{value[:_MOST] + '…'!r} ({len(value):,} characters)"
    said = repr(value)
    return said if len(said) <= 2 * _MOST else f"{said[:_MOST]}…"


def check_text(value: object, what: str = "the text") -> None:
    """Refuse what is no text.

    Raises:
        TypeError: with *what* it is that must be text.
    """
    if not isinstance(value, str):
        raise TypeError(f"{what} must be text, not {type(value).__name__}")


def check_number(value: object, name: str) -> None:
    """Refuse what is no whole number, or less than nothing.

    Raises:
        TypeError: for something else than an `int`.
        ValueError: for a negative number.
    """
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{name} must be a whole number, not {type(value).__name__}")
    if value < 0:
        raise ValueError(f"{name} is {value}, must be 0 or more")


def check_lang(lang: object, name: str = "lang") -> None:
    """Refuse what is neither of the two languages.

    Raises:
        ValueError: for anything else than ``"en"`` and ``"ja"``.
    """
    if lang not in _LANGS:
        raise ValueError(f"{name} is {quoted(lang)}, must be 'en' or 'ja'")


def day_of(value: object, name: str = "as_of") -> datetime.date:
    """The day that was meant: a date, the date of a time of day, or one written as 2005-04-14.

    Raises:
        ValueError: for text that is no such day.
        TypeError: for anything else.

    >>> day_of("2005-04-14")
    datetime.date(2005, 4, 14)
    """
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    if not isinstance(value, str):
        raise TypeError(
            f"{name} must be a datetime.date or a day written as '2005-04-14', not {type(value).__name__}"
        )
    try:
        if value[4:5] == value[7:8] == "-":  # no week, no day of the year
            return datetime.date.fromisoformat(value)
    except ValueError:
        pass
    raise ValueError(f"{name} is {quoted(value)}: write a day as 2005-04-14")


def day_or_none(value: object, name: str = "as_of") -> datetime.date | None:
    """As :func:`day_of`; ``None`` stays so."""
    return None if value is None else day_of(value, name)
