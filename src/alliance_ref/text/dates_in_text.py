"""Find the dates in running text. Annotation, alignment and translation checks use this one reader.

`dates_in` returns dates that name a year, in text of either language. `english_dates` and `japanese_dates`
also return days of a month without a year, ranges of days, and months, as translation checks need them.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from alliance_ref.records.values import PartialDate
from alliance_ref.text.calendar import (
    ENGLISH_DAY,
    ENGLISH_ERAS,
    ERAS,
    JAPANESE_DATE,
    MONTH_NAME,
    MONTH_NUMBERS,
    NUMERIC_DATE,
    SMALL_NUMBER,
    NotADate,
    date_parts,
    english_era,
    fields_of,
    valid_date,
)
from alliance_ref.text.folding import INVISIBLE
from alliance_ref.text.scripts import TO_ASCII_DIGITS

_TO_DAY = r"(?:\s*(?:[-–—/]|and|to)\s*(?P<{name}>\d{{1,2}})(?:st|nd|rd|th)?)?"
_START, _END = "(?<![0-9A-Za-z])", "(?![0-9A-Za-z])"  # like \b, but kana and kanji are not part of a word
_ENGLISH = (
    rf"{_START}(?:(?i:(?P<day_en1>{ENGLISH_DAY}){_TO_DAY.format(name='to_en1')}\s+(?:of\s+)?"
    rf"(?P<month_en1>{MONTH_NAME})(?:,?\s+(?:(?P<year_en1>\d{{4}}){_END}|{english_era('en1')}))?"
    rf"|(?P<month_en2>{MONTH_NAME})\s+(?P<day_en2>{ENGLISH_DAY})\b{_TO_DAY.format(name='to_en2')}"
    rf"(?![\d%])(?:,?\s+(?:(?P<year_en2>\d{{4}}){_END}|{english_era('en2')}))?"
    rf"|(?P<month_en3>{MONTH_NAME})(?:,?\s+(?:of\s+)?(?:(?P<year_en3>\d{{4}}){_END}|{english_era('en3')}))?)"
    rf"|{english_era('en')}"
    r"|(?<![\d/])(?P<month_us>\d{1,2})/(?P<day_us>\d{1,2})/(?P<year_us>\d{4})(?![\d/]))"
)
_MONTH_AND_DAY = (
    rf"(?<![\d一二三四五六七八九十])(?P<month_only>{SMALL_NUMBER})\s?月"
    rf"\s?(?P<day_only>{SMALL_NUMBER})\s?日(?!間)"
)
_ENGLISH_DATE = rf"{_ENGLISH}|{NUMERIC_DATE}"
_JAPANESE_DATE = rf"{NUMERIC_DATE}|{JAPANESE_DATE}|{_MONTH_AND_DAY}"
_YEAR_ALONE = r"\b(?P<year_bare>1[89]\d\d|20\d\d)\b"
_compiled = cache(re.compile)
"""Compiles a pattern of dates when it is first used, which takes several milliseconds."""


# Years are fast to find, and the other parts of a date are near them. The pattern begins with a single
# character class, which is the fastest kind for `re` to search.
_YEAR = re.compile(
    r"[0-9０-９〇一二三四五六七八九十元](?:(?<![元十])[0-9０-９〇一二三四五六七八九]{3}|年"
    r"|(?<=[0-9０-９])[-./．／－・][0-9０-９]{1,2}[-./．／－・][0-9０-９])"
)
_YEAR_OR_ERA = re.compile(rf"{_YEAR.pattern}|{ENGLISH_ERAS}")
_ERA_NAMES = tuple(name for era in ERAS for name in (era.romaji, era.romaji.replace("o", "ō")))
_JAPANESE_YEAR = re.compile(r"[0-9０-９〇一二三四五六七八九十元]+\s?(?:[（(][^（）()\n]{0,20})?[）)]?\s?年")
_NUMERIC_HINT = re.compile("[0-9０-９][-./．／－・][0-9０-９]{1,2}[-./．／－・][0-9０-９]")
_MONTH_HINTS = tuple(sorted({name[:3] for name in MONTH_NUMBERS}))
# Code points before and after a year that the parts of its date fill at most.
_AROUND_JAPANESE = 8, 26
_AROUND_ENGLISH = 22, 8

_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_TO_DATE_CHARACTERS = TO_ASCII_DIGITS | {ord("⽇"): "日", ord("⽉"): "月"}

_LEAP_YEAR = 2000
_LONGEST_MONTH = 31

_AMBIGUOUS = frozenset(("may", "march", "mar", "jun", "dec", "sep", "jan"))
"""Names and abbreviations of months that are also words or parts of names."""

_BEFORE_MONTH = re.compile(
    r"\b(?:in|of|since|by|from|to|until|last|this|early|late|mid)[\s-]+$", re.IGNORECASE
)


class DateInText(NamedTuple):
    """A date in a text, with its offsets.

    `days` has two numbers for a range of days. `era_count` is the year as counted in `era`, the Japanese or
    romanized name of an era.
    """

    start: int
    end: int
    year: int | None
    month: int | None
    days: tuple[int, ...] = ()
    era_count: int | None = None
    era: str = ""

    def date(self) -> PartialDate | None:
        """Return the date with the precision that it has, or ``None`` if it names no year."""
        if self.year is None:
            return None
        return PartialDate(self.year, self.month, self.days[0] if len(self.days) == 1 else None)


def _visible(text: str) -> tuple[str, list[int] | None]:
    """Return *text* without invisible characters, and the original offsets; ``None`` if there are none."""
    if text.isascii() or not _INVISIBLE.search(text):
        return text, None
    places = [at for at, character in enumerate(text) if not _INVISIBLE.match(character)]
    return "".join(text[at] for at in places), [*places, len(text)]


def _in_given_text(mention: DateInText, places: list[int] | None) -> DateInText:
    """Return a date with its offsets in the text as given."""
    if places is None:
        return mention
    return mention._replace(start=places[mention.start], end=places[mention.end - 1] + 1)


def dates_in(text: str) -> Iterator[tuple[int, int, PartialDate]]:
    """Yield the dates in *text* that name a year, each with its start and end.

    >>> [str(date) for _, _, date in dates_in("On 14 April 2005, and in 1960; 平成18年7月11日、一九五一年")]
    ['2005-04-14', '1960', '2006-07-11', '1951']
    >>> {str(date) for _, _, date in dates_in("H17.4.14 平成十七年四月十四日 2005-04-14")}
    {'2005-04-14'}
    """
    done = 0
    text, places = _visible(text)
    hints = _YEAR_OR_ERA if any(name in text for name in _ERA_NAMES) else _YEAR
    for hint in hints.finditer(text):
        if hint.end() <= done:
            continue
        is_japanese = _JAPANESE_YEAR.match(text, hint.start()) is not None
        before, after = _AROUND_JAPANESE if is_japanese else _AROUND_ENGLISH
        pattern = _compiled(f"{_JAPANESE_DATE if is_japanese else _ENGLISH_DATE}|{_YEAR_ALONE}")
        first = max(done, hint.start() - before)
        around = text[first : hint.end() + after]
        for found in pattern.finditer(around if around.isascii() else around.translate(_TO_DATE_CHARACTERS)):
            if first + found.end() <= hint.start() or first + found.start() >= hint.end():
                continue
            mention = _date_in_text(found, first)
            if mention is not None and (date := mention.date()) is not None:
                done = mention.end
                given = _in_given_text(mention, places)
                yield given.start, given.end, date
                break


def english_dates(text: str) -> Iterator[DateInText]:
    """Yield the dates in English *text*, with or without a year.

    >>> [(date.month, date.days, date.year) for date in english_dates("in May, July 11-12, 2006, 4/14/2005")]
    [(5, (), None), (7, (11, 12), 2006), (4, (14,), 2005)]
    """
    text, places = _visible(text)
    if not has_numeric_date(text):
        lower = text.lower()
        if not any(name in lower for name in _MONTH_HINTS):
            return
    for found in _compiled(_ENGLISH_DATE).finditer(text):
        mention = _date_in_text(found, 0)
        if mention is not None and not _is_other_word(text, found):
            yield _in_given_text(mention, places)


def japanese_dates(text: str) -> Iterator[DateInText]:
    """Yield the dates in Japanese *text* that name a year or a day of a month.

    >>> [(date.year, date.month, date.days) for date in japanese_dates("平成十七年四月十四日と７月11日")]
    [(2005, 4, (14,)), (None, 7, (11,))]
    """
    text, places = _visible(text)
    if not ("年" in text or "月" in text or "⽉" in text or _NUMERIC_HINT.search(text)):
        return
    for found in _compiled(_JAPANESE_DATE).finditer(text.translate(_TO_DATE_CHARACTERS)):
        mention = _date_in_text(found, 0)
        if mention is not None:
            yield _in_given_text(mention, places)


def has_numeric_date(text: str) -> bool:
    """Return whether *text* may contain a date such as 2005-04-14 or Heisei 17."""
    return _NUMERIC_HINT.search(text) is not None or any(name in text for name in _ERA_NAMES)


def without_dates(text: str, dates: Iterable[DateInText]) -> str:
    """Return *text* with spaces in place of *dates*, so that all offsets stay the same.

    >>> without_dates("2005年4月に5人", japanese_dates("2005年4月に5人"))
    '       に5人'
    """
    parts = []
    at = 0
    for date in dates:
        parts += [text[at : date.start], " " * (date.end - date.start)]
        at = date.end
    return "".join([*parts, text[at:]])


def _is_other_word(text: str, found: re.Match[str]) -> bool:
    """Return whether a month without a day and year is rather another word, such as *may* or *March*."""
    month = found["month_en3"]
    if month is None or found["year_en3"] or found["era_en3"] or month.rstrip(".").lower() not in _AMBIGUOUS:
        return False
    return not (month[0].isupper() and _BEFORE_MONTH.search(text, max(0, found.start() - 9), found.start()))


def _date_in_text(found: re.Match[str], offset: int) -> DateInText | None:
    """Return the date of a match, or ``None`` if its numbers make no date."""
    fields = fields_of(found)
    try:
        parts = date_parts(fields)
        # Without a year, 29 February is valid.
        valid_date(parts if parts.year is not None else parts._replace(year=_LEAP_YEAR))
    except NotADate:
        return None
    days = tuple(day for day in (parts.day, int(fields.get("to", 0))) if day)
    if max(days, default=0) > _LONGEST_MONTH:
        return None
    start, end = offset + found.start(), offset + found.end()
    return DateInText(start, end, parts.year, parts.month, days, parts.era_count, fields.get("era", ""))
