"""Dates in words, in either language and by Japanese eras; lists and numbers. The only room that uses Babel.

Babel takes ``ja_JP@calendar=japanese`` without a word and gives the Western year, so eras have a table of
their own. It begins in 1873, with the solar calendar: before that, a Japanese date and a Western one do
not share their months.
"""

import datetime
import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal

from alliance_ref.arguments import check_lang, check_text
from alliance_ref.errors import quoted
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

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = rf"(?P<month>{'|'.join(f'{name}|{name[:3]}' for name in _MONTHS)}|sept)\.?"
_ENGLISH = (
    re.compile(rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?{_MONTH},?\s+(?P<year>\d{{4}})"),
    re.compile(rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})"),
)
_ISO = re.compile(r"(?P<year>\d{4})(?:[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?)?")
_LETTERS = dict(zip("rhstm", (era for _, era in _ERAS), strict=True))
_ERA = rf"(?P<era>{'|'.join(era for _, era in _ERAS)}|[rhstm]\.?(?=\d))"
_JAPANESE = (
    re.compile(
        rf"(?:{_ERA}(?P<year>\d{{1,2}})|(?P<western>\d{{4}}))"
        r"(?:\((?P<before>[^()]*)\))?年(?:\((?P<bracket>[^()]*)\))?"
        r"(?:(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?)?"
    ),
    re.compile(rf"{_ERA}(?P<year>\d{{1,2}})(?:[-/.](?P<month>\d{{1,2}})(?:[-/.](?P<day>\d{{1,2}}))?)?"),
)
_KANJI_DIGITS = {**dict(zip("〇一二三四五六七八九", range(10), strict=True)), "零": 0, "元": 1}
_YEAR_IN_BRACKET = re.compile(rf"(?:{_ERA}(?P<year>\d{{1,2}})|(?:西暦)?(?P<western>\d{{4}}))年?")
_KANJI_NUMBER = re.compile("[〇零一二三四五六七八九十百千元]+")
# Digits in their places, or each power of ten once, the greatest first.
_DIGIT = "[一二三四五六七八九]"
_WELL_FORMED = re.compile(
    f"元|[〇零一二三四五六七八九]+|(?:{_DIGIT}?千)?(?:{_DIGIT}?百)?(?:{_DIGIT}?十)?{_DIGIT}?"
)
_POWERS = {"十": 10, "百": 100, "千": 1000}


def parse_date(text: str) -> PartialDate:
    """The date that is written in *text*, as precise as it is there.

    Read are English (19 February 2005; February 19, 2005; Feb. 2005), ISO (2005-02-19) and Japanese dates,
    Western or by era, with digits of any width or kanji (2005年2月19日, 平成17年2月19日, H17.2.19,
    平成十七年二月十九日, 令和元年). A bracket at the year, as in 2005年（平成17年）2月, must not
    say another year; what else it says is passed over.

    Raises:
        ValueError: for anything else, a day that no calendar has, a day outside the era it is given in, a
            year that the bracket at it gives otherwise, and an era before 1873, when Japan took the
            solar calendar.
        TypeError: for what is no text.

    >>> import alliance_ref as ar
    >>> ar.parse_date("Feb. 2005"), ar.parse_date("平成十七年二月十九日")
    (PartialDate(year=2005, month=2, day=None), PartialDate(year=2005, month=2, day=19))
    """
    check_text(text, "the date")
    folded = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    solid = _KANJI_NUMBER.sub(lambda found: _in_figures(found.group()), folded.replace(" ", ""))
    for pattern, given in (
        *((pattern, folded) for pattern in (*_ENGLISH, _ISO)),
        *((pattern, solid) for pattern in _JAPANESE),
    ):
        found = pattern.fullmatch(given)
        if found:
            return _date(found, text)
    raise ValueError(f"{quoted(text)} is no date: write 19 February 2005, 2005-02-19 or 平成17年2月19日")


def _date(found: re.Match[str], text: str) -> PartialDate:
    """The date of a text from the parts that were found in it."""
    parts = found.groupdict()
    month = parts["month"]
    if month is not None and not month.isdigit():
        month = next(place for place, name in enumerate(_MONTHS, 1) if name.startswith(month[:3]))
    rest = [None if part is None else int(part) for part in (month, parts["day"])]
    try:
        date = _in_year(parts, rest)
        for said in filter(None, (parts.get("before"), parts.get("bracket"))):
            bracket = _YEAR_IN_BRACKET.fullmatch(said)
            if bracket is None:
                continue
            beside = _in_year(bracket.groupdict(), rest)
            if beside.year != date.year:
                raise ValueError(f"the bracket says {beside.year}, the year before it is {date.year}")
    except ValueError as error:
        raise ValueError(f"{quoted(text)} is no date: {error}") from None
    return date


def _in_year(parts: dict[str, str | None], rest: list[int | None]) -> PartialDate:
    """The date of a year, Western or of an era, with month and day."""
    era = parts.get("era")
    year = int(parts["year"] or parts["western"] or 0)
    if era is None:
        return PartialDate(year, *rest)
    era = _LETTERS.get(era[0], era)
    first = next(start.year for start, name in _ERAS if name == era) if era != "明治" else 1868
    date = PartialDate(first + year - 1, *rest)
    if year < 1 or not _is_in(date, era):
        raise ValueError(f"{era} had no such day in the solar calendar")
    return date


def _is_in(date: PartialDate, era: str) -> bool:
    """Whether a date may lie in an era.

    The days on which 大正 and 昭和 began lie in the era before too; 平成 and 令和 began at midnight.
    """
    place = next(place for place, (_, name) in enumerate(_ERAS) if name == era)
    ends = datetime.date.max
    if place:
        start, following = _ERAS[place - 1]
        ends = start - datetime.timedelta(days=following in ("平成", "令和"))
    return date.latest() >= _ERAS[place][0] and date.earliest() <= ends


def _in_figures(kanji: str) -> str:
    """A number below ten thousand in figures: 十七, 二〇〇五, 千九百六十; 元 is the first.

    What is no number, such as 十十, stays as it is.
    """
    if len(kanji) > len("九千九百九十九") or not _WELL_FORMED.fullmatch(kanji):
        return kanji
    if not any(character in _POWERS for character in kanji):
        return "".join(str(_KANJI_DIGITS[character]) for character in kanji)
    total = digit = 0
    for character in kanji:
        if character in _POWERS:
            total += (digit or 1) * _POWERS[character]
            digit = 0
        else:
            digit = _KANJI_DIGITS[character]
    return str(total + digit)


def format_list(items: Iterable[str], lang: Lang) -> str:
    """*items* as a list in running text.

    >>> import alliance_ref as ar
    >>> ar.text.format_list(["land", "sea", "air"], "en"), ar.text.format_list(["陸", "海", "空"], "ja")
    ('land, sea, and air', '陸、海、空')
    """
    check_lang(lang)
    if isinstance(items, str):
        raise TypeError("items must be a collection of texts, not one text")
    from babel.lists import format_list as babel_format

    return babel_format([*items], locale=lang)


def format_number(number: float | Decimal, lang: Lang) -> str:
    """A number with its digits in groups.

    >>> from decimal import Decimal
    >>> import alliance_ref as ar
    >>> ar.text.format_number(10270000000, "en"), ar.text.format_number(Decimal("2.50"), "ja")
    ('10,270,000,000', '2.5')
    """
    check_lang(lang)
    if not isinstance(number, int | float | Decimal):
        raise TypeError(f"number must be a number, not {type(number).__name__}")
    from babel.numbers import format_decimal

    return format_decimal(number, locale=lang, decimal_quantization=False)


def format_date(date: PartialDate | datetime.date, lang: Lang) -> str:
    """A date in words, as precise as it is.

    >>> import alliance_ref as ar
    >>> ar.format_date(ar.records.PartialDate(2005, 10), "en"), ar.format_date(ar.records.PartialDate(2006, 7, 11), "ja")
    ('October 2005', '2006年7月11日')
    """
    check_lang(lang)
    date = _partial(date)
    from babel.dates import format_date as babel_format

    given = 1 + (date.month is not None) + (date.day is not None)
    return babel_format(date.earliest(), _PATTERNS[lang][given - 1], locale=lang)


def wareki(date: PartialDate | datetime.date) -> str:
    """A date by Japanese era, as precise as it is; the first year of an era is 元年.

    A year or month in which an era changed is given by the era in which it ended.

    Raises:
        ValueError: for a date before 1873.

    >>> import datetime
    >>> import alliance_ref as ar
    >>> ar.text.wareki(ar.records.PartialDate(2005, 4, 14)), ar.text.wareki(datetime.date(1989, 1, 8))
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


def format_with_era(date: PartialDate | datetime.date) -> str:
    """A date in Japanese with the year of the era in brackets, as precise as it is.

    >>> import alliance_ref as ar
    >>> ar.text.format_with_era(ar.records.PartialDate(2005, 2, 19)), ar.text.format_with_era(ar.records.PartialDate(1996, 4))
    ('2005年（平成17年）2月19日', '1996年（平成8年）4月')
    """
    year, _, rest = format_date(date, "ja").partition("年")
    era = wareki(date).partition("年")[0]
    return f"{year}年（{era}年）{rest}"


def _partial(date: PartialDate | datetime.date) -> PartialDate:
    if isinstance(date, datetime.date):
        return PartialDate(date.year, date.month, date.day)
    if not isinstance(date, PartialDate):
        raise TypeError(f"the date must be a PartialDate or a datetime.date, not {type(date).__name__}")
    return date
