"""Dates in words, in either language and by Japanese eras. The only room that uses Babel.

Babel takes ``ja_JP@calendar=japanese`` without a word and gives the Western year, so eras have a table of
their own. It begins in 1873, with the solar calendar: before that, a Japanese date and a Western one do
not share their months.
"""

import datetime

from alliance_ref.records.values import Lang, PartialDate

_ERAS = (
    (datetime.date(2019, 5, 1), "令和"),
    (datetime.date(1989, 1, 8), "平成"),
    (datetime.date(1926, 12, 25), "昭和"),
    (datetime.date(1912, 7, 30), "大正"),
    (datetime.date(1873, 1, 1), "明治"),
)
_PATTERNS = {
    "en": ("y", "MMMM y", "d MMMM y"),
    "ja": ("y年", "y年M月", "y年M月d日"),
}


def format_date(date: PartialDate | datetime.date, lang: Lang) -> str:
    """A date in words, as precise as it is.

    >>> format_date(PartialDate(2005, 10), "en"), format_date(PartialDate(2006, 7, 11), "ja")
    ('October 2005', '2006年7月11日')
    """
    from babel.dates import format_date as babel_format

    date = _partial(date)
    given = 1 + (date.month is not None) + (date.day is not None)
    return babel_format(date.earliest(), _PATTERNS[lang][given - 1], locale=lang)


def wareki(date: PartialDate | datetime.date) -> str:
    """A date by Japanese era, as precise as it is; the first year of an era is 元年.

    A year or month in which an era changed is given by the era in which it ended.

    Raises:
        ValueError: for a date before 1873.

    >>> wareki(PartialDate(2005, 4, 14)), wareki(datetime.date(1989, 1, 8))
    ('平成17年4月14日', '平成元年1月8日')
    """
    date = _partial(date)
    for start, era in _ERAS:
        if date.latest() >= start:
            year = date.year - start.year + 1 if era != "明治" else date.year - 1867
            parts = ["元年" if year == 1 else f"{year}年"]
            parts += [f"{date.month}月"] if date.month else []
            parts += [f"{date.day}日"] if date.day else []
            return era + "".join(parts)
    raise ValueError(f"{date} is before 1873, when Japan took the solar calendar")


def _partial(date: PartialDate | datetime.date) -> PartialDate:
    if isinstance(date, datetime.date):
        return PartialDate(date.year, date.month, date.day)
    return date
