"""Reduce the numbers of a text to keys that English and Japanese share.

*two hundred*, *200*, 二百 and ２００ have the key ``#200``; *1.5 million* and 150万 have ``#1500000``;
*July* and 7月 have ``#m7``; 平成18年 has ``#2006`` and ``#18``. Numbers are strong evidence of a translation
between two languages that share no letters: the aligner uses these keys as features.
"""

import re
from collections.abc import Iterable

from alliance_ref.text.calendar import MONTH_NUMBERS
from alliance_ref.text.dates_in_text import (
    DateInText,
    english_dates,
    has_numeric_date,
    japanese_dates,
    without_dates,
)
from alliance_ref.text.numerals import (
    MAX_NUMBER,
    SCALE_WORDS,
    SCALES,
    SMALL_NUMBERS,
    TENS,
    number_value,
    words_value,
)
from alliance_ref.text.scripts import TO_ASCII_DIGITS

_NUMBER_WORD = "|".join([*TENS, *SMALL_NUMBERS, *SCALE_WORDS])
_ENGLISH = re.compile(
    r"(?P<digits>\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:st|nd|rd|th|s)?(?:[ -]?(?P<scale>hundred|thousand|"
    r"million|billion|trillion|mn?|bn|k)\b)?"
    rf"|\b(?P<month>{'|'.join(sorted(MONTH_NUMBERS, key=len, reverse=True))})\b\.?"
    rf"|\b(?P<words>(?:{_NUMBER_WORD})(?:(?:[ -]| and )(?:{_NUMBER_WORD}))*)\b",
    re.IGNORECASE | re.ASCII,  # without ASCII, s also matches ſ, which the tables do not have
)
_JAPANESE = re.compile(
    r"(?P<number>(?:[0-9]+(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
    r"(?:[十百千万億兆](?:[0-9一二三四五六七八九十百千万億]|,(?=[0-9]))*)?"
    r"|[〇一二三四五六七八九十百千万億兆]+)(?P<month>月(?!間|曜))?"
)
_NOT_NUMERALS = re.compile(
    r"一[般部方種層緒応番定切致体連旦同貫環式端帯]|[統唯単均第万]一|十分|万全"
    r"|千葉|三菱|九州|四国|百貨|八百屋|世紀"
)
"""Japanese words that are written with a numeral and do not count anything."""

_HAS_DIGIT = re.compile(r"[0-9]")
_NUMBER_WORDS = frozenset([*TENS, *SMALL_NUMBERS, *SCALE_WORDS, *MONTH_NUMBERS])


def may_contain_number(text: str, words: Iterable[str]) -> bool:
    """Return whether English *text*, which has these *words*, may contain a number.

    Most sentences have none, and this check is ten times faster than `english_numbers`.
    """
    return _HAS_DIGIT.search(text) is not None or not _NUMBER_WORDS.isdisjoint(map(str.lower, words))


def english_numbers(text: str) -> set[str]:
    """Return the keys of the numbers in English *text*; a month has a key of its own kind.

    >>> sorted(english_numbers("On July 11, 2006 two hundred of the 1.5 million left."))
    ['#11', '#1500000', '#200', '#2006', '#m7']
    >>> sorted(english_numbers("since 2005-04-14"))
    ['#14', '#2005', '#m4']
    """
    keys = set()
    if has_numeric_date(text):
        dates = tuple(english_dates(text))
        keys = _date_keys(dates)
        text = without_dates(text, dates)
    for match in _ENGLISH.finditer(text):
        if match["digits"]:
            value = float(match["digits"].replace(",", ""))
            scale = (match["scale"] or "").lower()
            keys.add(_key(value * SCALES[scale] if scale else value))
        elif match["month"]:
            word = match["month"]
            if word.lower() not in ("may", "march") or (word[0].isupper() and match.start() > 0):
                keys.add(f"#m{MONTH_NUMBERS[word.lower()]}")
        else:
            keys.add(_key(words_value(match["words"].lower())))
    return keys


def japanese_numbers(text: str) -> set[str]:
    """Return the keys of the numbers in Japanese *text*: digits, kanji numerals, months, years of an era.

    >>> sorted(japanese_numbers("平成18年７月十一日、150万人のうち二百人"))
    ['#11', '#1500000', '#18', '#200', '#2006', '#7', '#m7']
    """
    text = _NOT_NUMERALS.sub(" ", text.translate(TO_ASCII_DIGITS))
    keys = set()
    if dates := tuple(japanese_dates(text)):
        keys = _date_keys(dates) | {_key(date.month) for date in dates if date.month}
        text = without_dates(text, dates)
    for match in _JAPANESE.finditer(text):
        value = number_value(match["number"])
        keys.add(_key(value))
        if match["month"] and 1 <= value <= 12:
            keys.add(f"#m{value:.0f}")
    return keys


def _date_keys(dates: Iterable[DateInText]) -> set[str]:
    keys = set()
    for date in dates:
        keys |= {_key(number) for number in (date.year, date.era_count, *date.days) if number is not None}
        if date.month:
            keys.add(f"#m{date.month}")
    return keys


def _key(value: float) -> str:
    return f"#{min(value, MAX_NUMBER):.10g}"
