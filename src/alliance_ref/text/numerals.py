"""Parse numbers: English number words, kanji numerals, and digits mixed with kanji."""

import re
from fractions import Fraction

_UNITS = (
    "zero|one once first|two twice second|three third|four fourth|five fifth|six sixth|seven seventh|"
    "eight eighth|nine ninth|ten tenth|eleven eleventh|twelve twelfth|thirteen thirteenth|"
    "fourteen fourteenth|fifteen fifteenth|sixteen sixteenth|seventeen seventeenth|"
    "eighteen eighteenth|nineteen nineteenth|twenty twentieth"
)
SMALL_NUMBERS = {word: value for value, words in enumerate(_UNITS.split("|")) for word in words.split()}
"""English words for 0 to 20, cardinal and ordinal."""

TENS = dict(
    zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True)
)
"""English words for the tens."""

SCALE_WORDS = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
"""English words for powers of ten."""

SCALES = {**SCALE_WORDS, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12, "k": 1000}
"""The same with the abbreviations that are written after digits."""

KANJI_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "壱": 1, "弐": 2, "参": 3}
"""The digits in kanji, with those of official documents."""

KANJI_SMALL_SCALES = {"十": 10, "百": 100, "千": 1000}
KANJI_BIG_SCALES = {"万": 10**4, "億": 10**8, "兆": 10**12, "京": 10**16}
KANJI_SCALES = KANJI_SMALL_SCALES | KANJI_BIG_SCALES
"""Powers of ten in kanji; those below 万 multiply only the digit before them."""

KANJI_NUMERAL = "[〇零一二三四五六七八九十百千壱弐参拾廿卅]"
"""A character class of the kanji in numbers below 10,000."""

MAX_NUMBER = 10**300
"""Larger numbers are read as this one: they do not fit a float, and conversion of their digits is slow."""

_MAX_DIGITS = 300

_PLAIN = str.maketrans(
    {"壱": "一", "弐": "二", "参": "三", "拾": "十", "廿": "二十", "卅": "三十", "零": "〇"}
)
"""Numerals of official and old documents, written as the usual ones."""

_DIGIT = "[一二三四五六七八九]"
_WELL_FORMED = re.compile(
    f"[〇零一二三四五六七八九]+|(?:{_DIGIT}?千)?(?:{_DIGIT}?百)?(?:{_DIGIT}?十)?{_DIGIT}?"
)
"""Digits in their places, or each power of ten at most once, the greatest first."""


def kanji_number(text: str) -> int | None:
    """Return the value of a kanji numeral below 10,000, or ``None`` if it is malformed.

    >>> kanji_number("十七"), kanji_number("二〇〇五"), kanji_number("千九百六十"), kanji_number("十十")
    (17, 2005, 1960, None)
    >>> kanji_number("拾八"), kanji_number("廿七")
    (18, 27)
    """
    text = text.translate(_PLAIN)
    return int(number_value(text)) if text and _WELL_FORMED.fullmatch(text) else None


def number_value(text: str) -> float:
    """Return the value of ASCII digits and kanji numerals, alone or mixed.

    >>> number_value("1億2千万"), number_value("三十五"), number_value("二〇〇六"), number_value("1,500")
    (120000000.0, 35.0, 2006.0, 1500.0)
    """
    return float(min(exact_value(text), Fraction(MAX_NUMBER)))


def exact_value(text: str) -> Fraction:
    """Return the exact value of ASCII digits and kanji numerals, alone or mixed.

    >>> exact_value("3.14"), exact_value("1京")
    (Fraction(157, 50), Fraction(10000000000000000, 1))
    """
    text = text.replace(",", "")
    if text[0] in KANJI_DIGITS and len(text) > 1 and all(c in KANJI_DIGITS for c in text):
        return Fraction(_decimal("".join(str(KANJI_DIGITS[c]) for c in text)))
    total: Fraction | int = 0
    section: Fraction | int = 0
    current: Fraction | int = 0
    digits = ""
    for char in text:
        if (char.isdigit() and char not in KANJI_DIGITS) or char == ".":
            digits += char
            continue
        if digits:
            current, digits = _decimal(digits), ""
        if char in KANJI_DIGITS:
            current = KANJI_DIGITS[char]
        elif char in KANJI_SMALL_SCALES:
            section += (current or 1) * KANJI_SMALL_SCALES[char]
            current = 0
        elif char in KANJI_BIG_SCALES:
            total += ((section + current) or 1) * KANJI_BIG_SCALES[char]
            section = current = 0
    if digits:
        current = _decimal(digits)
    return Fraction(total + section + current)


def _decimal(digits: str) -> Fraction | int:
    whole, _, fraction = digits.partition(".")
    if len(whole) > _MAX_DIGITS:
        whole = whole.lstrip("0")
        if len(whole) > _MAX_DIGITS:
            return MAX_NUMBER
    if not fraction and whole.isascii() and whole.isdigit():
        return int(whole)
    return Fraction(f"{whole or 0}.{fraction.replace('.', '')[:_MAX_DIGITS] or 0}")


def words_value(words: str) -> float:
    """Return the value of English number words in lower case.

    >>> words_value("two hundred and five"), words_value("thirty-first")
    (205, 31)
    """
    total = current = 0
    for word in re.split(r"[ -]", words):
        if word in TENS:
            current += TENS[word]
        elif word in SMALL_NUMBERS:
            current += SMALL_NUMBERS[word]
        elif word == "hundred":
            current = (current or 1) * 100
        elif word in SCALES:
            total += (current or 1) * SCALES[word]
            current = 0
    return total + current
