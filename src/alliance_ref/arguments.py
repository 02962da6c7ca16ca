"""Validation of arguments, shared so that the same mistake always raises the same error.

The errors are imported where they are raised, because a successful call does not need them.
"""

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alliance_ref.errors import InvalidType, InvalidValue


def check_text(value: object, name: str = "the text") -> None:
    """Raise an error if *value* is not text.

    Raises:
        InvalidType: if *value* is not a `str`; *name* describes it in the message.
    """
    if not isinstance(value, str):
        from alliance_ref.errors import InvalidType

        raise InvalidType("text", name=name, type=type(value).__name__)


def check_number(value: object, name: str) -> None:
    """Raise an error if *value* is not a whole number of 0 or more.

    Raises:
        InvalidType: if *value* is not an `int`.
        InvalidValue: if it is negative.
    """
    if not isinstance(value, int) or isinstance(value, bool):
        from alliance_ref.errors import InvalidType

        raise InvalidType("number", name=name, type=type(value).__name__)
    if value < 0:
        from alliance_ref.errors import InvalidValue

        raise InvalidValue("negative", name=name, value=value)


def check_range(value: float, name: str, low: float, high: float) -> None:
    """Raise an error if *value* is not between *low* and *high*, inclusive.

    Raises:
        InvalidValue: if it is outside, or not a number.
    """
    if not low <= value <= high:
        from alliance_ref.errors import InvalidValue

        raise InvalidValue("range", name=name, value=value, low=low, high=high)


def check_choice(value: object, name: str, choices: Iterable[str]) -> None:
    """Raise an error if *value* is not one of *choices*.

    Raises:
        InvalidValue: if it is something else.
    """
    choices = tuple(choices)
    if value not in choices:
        from alliance_ref.errors import InvalidValue

        raise InvalidValue("choice", name=name, value=value, choices=tuple(map(repr, choices)))


def check_lang(lang: object, name: str = "lang") -> None:
    """Raise an error if *lang* is neither ``"en"`` nor ``"ja"``.

    Raises:
        InvalidValue: if it is something else.
    """
    if lang not in ("en", "ja"):
        check_choice(lang, name, ("en", "ja"))


def day_of(value: object, name: str = "as_of") -> datetime.date:
    """Return *value* as a date: a date itself, the date of a `datetime`, or text such as 2005-04-14.

    Raises:
        InvalidValue: for text that is not a date in this form.
        InvalidType: for any other type.

    >>> day_of("2005-04-14")
    datetime.date(2005, 4, 14)
    """
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    from alliance_ref.errors import InvalidType, InvalidValue

    if not isinstance(value, str):
        raise InvalidType("day", name=name, type=type(value).__name__)
    try:
        if value[4:5] == value[7:8] == "-":  # no ISO weeks or ordinal dates
            return datetime.date.fromisoformat(value)
    except ValueError:
        pass
    raise InvalidValue("day", name=name, value=value)


def day_or_none(value: object, name: str = "as_of") -> datetime.date | None:
    """Return *value* as a date, as `day_of` does, or ``None`` for ``None``."""
    return None if value is None else day_of(value, name)


def check_choices(value: object, name: str, choices: Iterable[str]) -> tuple[str, ...]:
    """Return one or several of *choices* as a tuple: *value* is a string or an iterable of strings.

    Raises:
        InvalidValue: if one of them is something else.
        InvalidType: if *value* is neither a string nor iterable.

    >>> check_choices("place", "kinds", ["place", "person"])
    ('place',)
    """
    if not isinstance(value, Iterable):
        from alliance_ref.errors import InvalidType

        raise InvalidType(
            "type", name=name, expected="a string or several strings", type=type(value).__name__
        )
    given = (value,) if isinstance(value, str) else tuple(value)
    choices = tuple(choices)
    for item in given:
        check_choice(item, name, choices)
    return given


def invalid_value(reason: str, **values: object) -> "InvalidValue":
    """Return the error for an unusable value; the errors are imported only if one is needed.

    >>> str(invalid_value("english-reading"))
    'an English name has no reading'
    """
    from alliance_ref.errors import InvalidValue

    return InvalidValue(reason, **values)


def wrong_type(name: str, expected: str, value: object) -> "InvalidType":
    """Return the error for an argument that has the wrong type.

    >>> str(wrong_type("documents", "several documents", 5))
    'documents must be several documents, not int'
    """
    from alliance_ref.errors import InvalidType

    return InvalidType("type", name=name, expected=expected, type=type(value).__name__)
