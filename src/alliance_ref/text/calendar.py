"""Eras and months, and dates as single values: parse a date, write it by Japanese era.

The grammar below is shared with `alliance_ref.text.dates_in_text`, which finds dates in running text.

The era table begins in 1873, when Japan adopted the solar calendar: before that year, months of Japanese and
Western dates differ. Babel cannot be used here; it ignores ``ja_JP@calendar=japanese`` without a warning.
"""

import datetime
import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from alliance_ref.arguments import check_text
from alliance_ref.errors import InvalidType, InvalidValue
from alliance_ref.records.values import PartialDate
from alliance_ref.text.folding import INVISIBLE
from alliance_ref.text.numerals import KANJI_NUMERAL, kanji_number

MONTHS = tuple(
    "January February March April May June July August September October November December".split()
)
"""English names of the months; the first three letters are the abbreviation."""

MONTH_NUMBERS = {
    name: number
    for number, month in enumerate(MONTHS, start=1)
    for name in (month.casefold(), month[:3].casefold(), *(("sept",) if month == "September" else ()))
}
"""Numbers of the months by name and abbreviation in lower case."""


class Era(NamedTuple):
    """A Japanese era with its first day in the solar calendar and the Western year of its first year."""

    name: str
    romaji: str
    letter: str
    start: datetime.date
    first_year: int
    began_at_midnight: bool
    """Whether the day before `start` is the last day of the era before; else `start` belongs to both eras."""


ERAS = (
    Era("令和", "Reiwa", "R", datetime.date(2019, 5, 1), 2019, True),
    Era("平成", "Heisei", "H", datetime.date(1989, 1, 8), 1989, True),
    Era("昭和", "Showa", "S", datetime.date(1926, 12, 25), 1926, False),
    Era("大正", "Taisho", "T", datetime.date(1912, 7, 30), 1912, False),
    Era("明治", "Meiji", "M", datetime.date(1873, 1, 1), 1868, False),
)
"""The eras since 1873, the latest first."""

ERA_OF = {
    name.casefold(): era
    for era in ERAS
    for name in (era.name, era.name[0], era.romaji, era.romaji.replace("o", "ō"), era.letter)
}
"""Eras by name, first kanji, romanized name and letter in lower case."""

# The grammar of dates: texts of patterns. A group is named after the field that it holds (era, count, year,
# month, day, before, bracket), with a suffix for the form. `count` is the year counted in the era.
SMALL_NUMBER = rf"(?:\d{{1,2}}|{KANJI_NUMERAL}{{1,3}})"
_FOUR_DIGITS = rf"(?:\d{{4}}|[〇零一二三四五六七八九]{{4}}|[一二]?千{KANJI_NUMERAL}{{1,6}})"
_ERA_NAME = "|".join(era.name for era in ERAS)
_ERA_LETTER = rf"(?<![A-Za-z0-9.])[{''.join(era.letter for era in ERAS)}]\.?(?=\d)"
_ERA_KANJI = rf"(?<![\u4e00-\u9fff])[{''.join(era.name[0] for era in ERAS)}](?=\d{{1,2}}[年./・-])"
_ERA = rf"{_ERA_NAME}|{_ERA_LETTER}|{_ERA_KANJI}"
_ERA_COUNT = rf"(?P<era_ja>{_ERA})\s?(?P<count_ja>元|{SMALL_NUMBER})"
JAPANESE_DATE = (
    rf"(?:{_ERA_COUNT}|(?:西暦\s?)?(?<![\d〇一二三四五六七八九])(?P<year_ja>{_FOUR_DIGITS}))"
    r"(?:\((?P<before>[^()\n]{0,20})\))?\s?年(?!代)(?:\((?P<bracket>[^()\n]{0,20})\))?"
    rf"(?:\s?(?P<month_ja>{SMALL_NUMBER})\s?月(?!間|曜|面)(?:\s?(?P<day_ja>{SMALL_NUMBER})\s?日(?!間))?)?"
)
NUMERIC_DATE = (
    r"(?<![\d.])(?P<year_iso>\d{4})(?P<mark_iso>[-/.・])(?P<month_iso>\d{1,2})(?P=mark_iso)(?P<day_iso>\d{1,2})"
    r"(?![\d.]*\d)"
    rf"|(?P<era_dotted>{_ERA})(?P<count_dotted>元|\d{{1,2}})(?P<mark_dotted>[-/.・])"
    r"(?P<month_dotted>\d{1,2})(?P=mark_dotted)(?P<day_dotted>\d{1,2})(?![\d.]*\d)"
)
MONTH_NAME = rf"(?:{'|'.join(sorted(MONTH_NUMBERS, key=len, reverse=True))})\b\.?"
ENGLISH_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
ENGLISH_ERAS = "|".join(era.romaji.replace("o", "[oō]") for era in ERAS)


def english_era(form: str) -> str:
    """Return the pattern of a year such as Heisei 17; *form* is the suffix of its groups."""
    return rf"(?P<era_{form}>{ENGLISH_ERAS})\s+(?P<count_{form}>\d{{1,2}})\b"


# The patterns below are strings that `re` compiles at their first use, since most programs parse no dates.
_WEEKDAYS = "MON TUES? WED(?:NES)? THU(?:R|RS)? FRI SAT(?:UR)? SUN".split()
_WEEKDAY_KANJI = "[月火水木金土日]"
_WEEKDAY = rf"(?:(?:{'|'.join(_WEEKDAYS)})(?:DAY)?\.?|{_WEEKDAY_KANJI}曜日?)"
_WEEKDAY_BEFORE = rf"\(?{_WEEKDAY}\)?[,、\s]\s*(?=[\d\w])"
_WEEKDAY_AFTER = rf"[,、]?\s*(?:\({_WEEKDAY}\)|(?<=[\d日])\({_WEEKDAY_KANJI}\)|(?<![A-Z]){_WEEKDAY})$"
_ENGLISH_TIME = (
    r"\d{1,2}(?::\d\d(?::\d\d)?(?:\s*[AP]\.?M\.?)?|(?:\.\d\d)?\s*[AP]\.?M\.?)(?:\s*\(?[A-Z]{3,4}\)?)?"
)
_ISO_TIME = r"\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[-+]\d\d:?\d\d)?"
_JAPANESE_TIME = (
    rf"(?:午前|午後|朝|夜|未明)?(?:{SMALL_NUMBER}時(?:{SMALL_NUMBER}分(?:{SMALL_NUMBER}秒)?|半)?|正午|\d{{1,2}}:\d\d)"
    r"(?:ごろ|頃|すぎ|過ぎ)?"
)
_TIME_AFTER = (
    rf"(?:[,、]?\s*(?:AT\s+)?(?:(?<!\d)(?:{_ISO_TIME}|{_ENGLISH_TIME})|T{_ISO_TIME}|{_JAPANESE_TIME}))$"
)

_WHOLE_ENGLISH = (
    rf"(?:(?P<day>{ENGLISH_DAY})\s+(?:of\s+)?)?(?P<month>{MONTH_NAME}),?\s+(?P<year>\d{{4}})",
    rf"(?P<month>{MONTH_NAME})\s+(?P<day>{ENGLISH_DAY}),?\s+(?P<year>\d{{4}})",
    rf"(?:(?P<day>{ENGLISH_DAY})\s+(?:of\s+)?)?(?P<month>{MONTH_NAME}),?\s+{english_era('en1')}",
    rf"(?P<month>{MONTH_NAME})\s+(?P<day>{ENGLISH_DAY}),?\s+{english_era('en2')}",
    english_era("en"),
    r"(?P<year>\d{4})(?:[-/.・](?P<month>\d{1,2})(?:[-/.・](?P<day>\d{1,2}))?)?",
)
_WHOLE_JAPANESE = (
    JAPANESE_DATE,
    rf"(?:西暦)?(?P<year>[一二]千)年(?:(?P<month>{SMALL_NUMBER})月(?:(?P<day>{SMALL_NUMBER})日)?)?",
    rf"(?P<era>{_ERA})(?P<count>{SMALL_NUMBER})"
    r"(?:[-/.・](?P<month>\d{1,2})(?:[-/.・](?P<day>\d{1,2}))?)?",
)
_YEAR_IN_BRACKET = rf"(?:{_ERA_COUNT}|(?:西暦)?(?P<year_ja>\d{{4}}))年?"
_SOLAR_CALENDAR = ERAS[-1].start


class DateParts(NamedTuple):
    """The numbers of a written date; `era_count` is the year as counted in its era."""

    year: int | None
    month: int | None
    day: int | None
    era_count: int | None = None


class NotADate(Exception):
    """The numbers of a written date make no date; `args` are those of `InvalidValue`, except the text."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values


def parse_date(text: str) -> PartialDate:
    """Return the date written in *text*, with the precision that it has there.

    Accepts English dates (19 February 2005; February 19, 2005; Feb. 2005; Heisei 17), ISO dates (2005-02-19)
    and Japanese dates, Western or by era, with digits of any width or kanji (2005年2月19日, 平成17年2月19日,
    H17.2.19, 平17年2月19日, 平成十七年二月十九日, 令和元年). A year in parentheses, as in
    2005年（平成17年）2月, must be the same year; any other text in parentheses is ignored. A day may have a
    weekday before or after it and a time after it, which are ignored.

    Raises:
        InvalidValue: if *text* is not a date, no calendar has the day, the day is not in the era, the year in
            parentheses differs, or the year of an era is before 1873.
        InvalidType: if *text* is not text.

    >>> import alliance_ref as ar
    >>> ar.parse_date("Feb. 2005"), ar.parse_date("平成十七年二月十九日")
    (PartialDate(year=2005, month=2, day=None), PartialDate(year=2005, month=2, day=19))
    """
    check_text(text, "the date")
    folded = " ".join(unicodedata.normalize("NFKC", re.sub(f"[{INVISIBLE}]+", "", text)).upper().split())
    date = _parsed(folded, text)
    if date is not None:
        return date
    before = re.match(_WEEKDAY_BEFORE, folded)
    bare = folded[before.end() :] if before else folded
    date = _parsed(re.sub(_WEEKDAY_AFTER, "", re.sub(_TIME_AFTER, "", bare)), text)
    if date is None or date.day is None:
        raise InvalidValue("date", value=text)
    return date


def _parsed(folded: str, text: str) -> PartialDate | None:
    """Return the date written in *folded*, without weekday and time; *text* is for the errors."""
    solid = folded.replace(" ", "")
    for patterns, given in ((_WHOLE_ENGLISH, folded), (_WHOLE_JAPANESE, solid)):
        for pattern in patterns:
            found = re.fullmatch(pattern, given, re.IGNORECASE)
            if found:
                try:
                    return valid_date(date_parts(fields_of(found)))
                except NotADate as error:
                    raise InvalidValue(error.reason, value=text, **error.values) from None
    return None


def fields_of(found: re.Match[str]) -> dict[str, str]:
    """Return the fields of a match of this grammar that are there."""
    return {name.partition("_")[0]: text for name, text in found.groupdict().items() if text}


def date_parts(fields: Mapping[str, str]) -> DateParts:
    """Return the numbers of a date from its fields.

    Raises:
        NotADate: if a number is malformed, the day is not in its era, or the year in parentheses differs.
    """
    month_name = fields.get("month", "").rstrip(".").casefold()
    month = MONTH_NUMBERS.get(month_name) or _number(fields.get("month"))
    day = _number(fields.get("day", "").rstrip("stndrhSTNDRH") or None)
    era = ERA_OF.get(fields.get("era", "").rstrip(".").casefold())
    if era is None:
        parts = DateParts(_number(fields.get("year")), month, day)
    else:
        count = _number(fields.get("count")) or 0
        parts = DateParts(era.first_year + count - 1, month, day, count)
        if count < 1 or not _is_in_era(valid_date(parts), era):
            raise NotADate("era-day", era=era.name)
    for bracket in (fields.get("before", ""), fields.get("bracket", "")):
        found = re.fullmatch(_YEAR_IN_BRACKET, bracket) if bracket else None
        if found is not None:
            month_and_day = {name: text for name, text in fields.items() if name in ("month", "day")}
            other = date_parts({**month_and_day, **fields_of(found)})
            if other.year != parts.year:
                raise NotADate("bracket-year", other=other.year, year=parts.year)
    return parts


def valid_date(parts: DateParts) -> PartialDate:
    """Return the date with these numbers.

    Raises:
        NotADate: if no calendar has the day.
    """
    try:
        return PartialDate(parts.year or 0, parts.month, parts.day)
    except ValueError:
        raise NotADate("calendar-day") from None


def _number(text: str | None) -> int | None:
    """Return the value of digits or kanji numerals; 元 is the first year of an era."""
    if text is None:
        return None
    if text == "元":
        return 1
    if text.isascii():
        return int(text)
    number = kanji_number(text)
    if number is None:
        raise NotADate("date")
    return number


def _is_in_era(date: PartialDate, era: Era) -> bool:
    """Return whether a date, with its precision, may be in an era."""
    place = ERAS.index(era)
    end = datetime.date.max
    if place:
        following = ERAS[place - 1]
        end = following.start - datetime.timedelta(days=following.began_at_midnight)
    return date.latest() >= era.start and date.earliest() <= end


def wareki(date: PartialDate | datetime.date) -> str:
    """Return a date by Japanese era, with the precision of *date*; the first year of an era is 元年.

    A year or month in which an era changed is written with the later era.

    Raises:
        InvalidValue: if the date is before 1873.
        InvalidType: if *date* is not a date.

    >>> import datetime
    >>> import alliance_ref as ar
    >>> ar.text.wareki(ar.records.PartialDate(2005, 4, 14)), ar.text.wareki(datetime.date(1989, 1, 8))
    ('平成17年4月14日', '平成元年1月8日')
    """
    date = partial_date(date)
    era = next((era for era in ERAS if date.latest() >= era.start), None)
    if era is None:
        raise InvalidValue("before-solar-calendar", value=str(date))
    year = date.year - era.first_year + 1
    return f"{era.name}{'元' if year == 1 else year}年{_month_and_day(date)}"


def format_with_era(date: PartialDate | datetime.date) -> str:
    """Return a date in Japanese, followed by the year of the era in parentheses.

    A date before 1873 is written without an era.

    Raises:
        InvalidType: if *date* is not a date.

    >>> import alliance_ref as ar
    >>> [ar.text.format_with_era(ar.parse_date(text)) for text in ("2005-02-19", "1996-04", "1854-03-31")]
    ['2005年（平成17年）2月19日', '1996年（平成8年）4月', '1854年3月31日']
    """
    date = partial_date(date)
    era = f"（{wareki(date).partition('年')[0]}年）" if date.latest() >= _SOLAR_CALENDAR else ""
    return f"{date.year}年{era}{_month_and_day(date)}"


def _month_and_day(date: PartialDate) -> str:
    return (f"{date.month}月" if date.month else "") + (f"{date.day}日" if date.day else "")


def partial_date(date: object) -> PartialDate:
    """Return *date* as a `PartialDate`.

    Raises:
        InvalidType: if it is not a date.
    """
    if isinstance(date, datetime.date):
        return PartialDate(date.year, date.month, date.day)
    if not isinstance(date, PartialDate):
        expected = "a PartialDate or a datetime.date"
        raise InvalidType("type", name="the date", expected=expected, type=type(date).__name__)
    return date
