"""Read numbers in kana, and join them with the counter after them.

A number is read as a list of parts, such as に, じゅう, いち for 21. Only the last part and the beginning of
the counter change where they meet: いち + かい is いっかい, さん + ほん is さんぼん. A `Counter` states which
numbers change; UniDic has this for some counters (`counter_of_unidic`), and `counters` has a table.
"""

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from alliance_ref.text.numerals import kanji_number
from alliance_ref.text.scripts import TO_ASCII_DIGITS, TO_HIRAGANA

_DIGITS = "れい いち に さん よん ご ろく なな はち きゅう".split()
_DIGIT_BY_DIGIT = ["ぜろ", *_DIGITS[1:]]

_CODES = {
    "いち": "1", "さん": "3", "よん": "4", "ろく": "6", "なな": "7", "はち": "8", "きゅう": "9",
    "じゅう": "j", "ひゃく": "h", "びゃく": "h", "ぴゃく": "h",
    "せん": "s", "ぜん": "s", "まん": "m", "なん": "n",
}  # fmt: skip
"""The last parts of numbers that change counters, with UniDic's codes: j is 10, h 100, s 1,000, m 10,000."""

_TO_KATAKANA = {hiragana: katakana for katakana, hiragana in TO_HIRAGANA.items()}

_NO_CHANGE = ""
_BEFORE_K = "168jh"
"""The numbers that end in っ before a counter in k or h: いっかい, ろっかい, はっかい, じゅっかい."""
_BEFORE_S = "18j"
"""The numbers that end in っ before a counter in s or t: いっさつ, はっさつ, じゅっさつ; but ろくさつ."""


class Counter(NamedTuple):
    """How a counter is read after numbers; numbers are given by the code of their last part."""

    kana: str
    doubling: str = _NO_CHANGE
    """The numbers that end in っ before it."""

    short: str = ""
    """Numbers with another form before it, as pairs of code and kana: ``4よ9く``."""

    after_n: str = ""
    """Its first kana after numbers that end in ん, as pairs: ``3ぼ`` for さんぼん."""

    words: str = ""
    """Whole words by number: ``1=ひとり 2=ふたり``."""

    unit: str = ""
    """The kind of a unit of time: ``time``, ``day``, ``month`` or ``hour``; it decides what may follow."""


_SCALES = {
    "十": Counter("じゅう"),
    "百": Counter("ひゃく", "68", after_n="3びゃnびゃ"),
    "千": Counter("せん", "18", after_n="3ぜnぜ"),
    "万": Counter("まん"),
    "億": Counter("おく"),
    "兆": Counter("ちょう", _BEFORE_S),
    "京": Counter("けい", _BEFORE_K),
}
_BIG_SCALES = "万億兆京"
_POWERS = ((16, "京"), (12, "兆"), (8, "億"), (4, "万"))
_DECIMAL_POINT = Counter("てん", _BEFORE_S)
_MAX_DIGITS = 20
"""Longer numbers are read digit by digit; 京 is the greatest power in use."""

_APPROXIMATE = {"何": "なん", "数": "すう", "幾": "いく"}
_HALF_VOICED = dict(zip("はひふへほ", "ぱぴぷぺぽ", strict=True))
_PARTS = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?|[〇零一二三四五六七八九壱弐参]+|[十拾百千万億兆京]|[何数幾]")
_DIGIT_VALUES = {character: value for value, character in enumerate("〇一二三四五六七八九")}
_DIGIT_VALUES |= {"零": 0, "壱": 1, "弐": 2, "参": 3}


class NumberPart(NamedTuple):
    """A part of a written number: digits, kanji digits or a power of ten, with its reading in parts."""

    text: str
    kana: list[str]
    is_arabic: bool


def join(number: list[str], counter: Counter) -> str:
    """Return the form of *counter* after *number*, and change the last part of the number to fit.

    >>> number = ["に", "じゅう", "さん"]
    >>> join(number, Counter("ほん", "168jh", after_n="3ぼ"))
    'ぼん'
    >>> number = ["ろく"]
    >>> join(number, Counter("ほん", "168jh", after_n="3ぼ")), number
    ('ぽん', ['ろっ'])
    """
    if not number:
        return counter.kana
    code = _CODES.get(number[-1], "")
    if not code:
        return counter.kana
    if short := _pair(counter.short, code):
        number[-1] = short
        return counter.kana
    if code in counter.doubling:
        number[-1] = "じゅっ" if code == "j" else f"{number[-1][:-1]}っ"
        return _HALF_VOICED.get(counter.kana[0], counter.kana[0]) + counter.kana[1:]
    if initial := _pair(counter.after_n, code):
        return initial + counter.kana[len(initial) :]
    return counter.kana


def _pair(pairs: str, code: str) -> str:
    """Return the kana after *code* in text such as ``4よ9く``."""
    at = pairs.find(code)
    if at < 0:
        return ""
    end = at + 1
    while end < len(pairs) and pairs[end] >= "\u3041":
        end += 1
    return pairs[at + 1 : end]


def spelled(number: int) -> list[str]:
    """Return the reading of a whole number in parts.

    >>> "".join(spelled(2006)), "".join(spelled(18_300)), "".join(spelled(10_000_000))
    ('にせんろく', 'いちまんはっせんさんびゃく', 'いっせんまん')
    """
    if number == 0:
        return [_DIGITS[0]]
    parts: list[str] = []
    for power, scale in _POWERS:
        count, number = divmod(number, 10**power)
        if count:
            section = _below_10000(count)
            if section[-1] == "せん" and len(section) == 1:
                section[0] = "いっせん"
            parts += section
            parts.append(join(parts, _SCALES[scale]))
    return parts + _below_10000(number)


def _below_10000(number: int) -> list[str]:
    parts: list[str] = []
    for value, scale in ((1000, "千"), (100, "百"), (10, "十")):
        count, number = divmod(number, value)
        if count > 1:
            parts.append(_DIGITS[count])
            parts.append(join(parts, _SCALES[scale]))
        elif count:
            parts.append(_SCALES[scale].kana)
    return parts + ([_DIGITS[number]] if number else [])


def number_parts(text: str) -> list[NumberPart]:
    """Return the parts of a number in ASCII digits and kanji numerals, with their readings.

    >>> [("".join(part.kana), part.text) for part in number_parts("1億2千万")]
    [('いち', '1'), ('おく', '億'), ('に', '2'), ('せん', '千'), ('まん', '万')]
    """
    parts: list[NumberPart] = []
    for found in _PARTS.findall(text):
        if found in _APPROXIMATE:
            kana = [_APPROXIMATE[found]]
        elif found in "十拾百千万億兆京":
            scale = "十" if found == "拾" else found
            kana = [join(parts[-1].kana if parts else [], _SCALES[scale])]
        elif found[0].isascii():
            kana = _arabic(found)
        else:
            kana = _kanji_digits(found)
        parts.append(NumberPart(found, kana, found[0].isascii()))
    for part, following in pairwise(parts):
        if part.is_arabic and part.kana == ["せん"] and following.text in _BIG_SCALES:
            part.kana[0] = "いっせん"
    return parts


def _arabic(digits: str) -> list[str]:
    whole, _, fraction = digits.replace(",", "").partition(".")
    if len(whole) > _MAX_DIGITS or (len(whole) > 1 and whole[0] == "0"):
        parts = [_DIGIT_BY_DIGIT[int(digit)] for digit in whole]
    else:
        parts = spelled(int(whole))
    if fraction:
        parts.append(join(parts, _DECIMAL_POINT))
        parts += [_DIGITS[int(digit)] for digit in fraction]
    return parts


def _kanji_digits(text: str) -> list[str]:
    """Return the reading of digits in their places (二〇〇六), or of one digit after another (二三人)."""
    values = [_DIGIT_VALUES[character] for character in text]
    follows = len(values) == 2 and values[1] == values[0] + 1 and values[0] > 0
    if values[0] == 0 or follows or len(values) > _MAX_DIGITS:
        return [(_DIGITS if len(values) == 1 else _DIGIT_BY_DIGIT)[value] for value in values]
    return spelled(int("".join(map(str, values))))


def value_of(text: str) -> int | None:
    """Return the value of a whole number below 10,000 in digits or kanji, or ``None``."""
    if text.isascii():
        return int(text) if text.isdecimal() and len(text) < 5 else None
    return kanji_number(text)


@lru_cache(maxsize=4096)
def number_katakana(text: str) -> str:
    """Return the reading of a written number in katakana, as the dictionary has readings.

    >>> number_katakana("8,000"), number_katakana("3.5")
    ('ハッセン', 'サンテンゴ')
    """
    parts = number_parts(text.translate(TO_ASCII_DIGITS))
    return "".join(kana for part in parts for kana in part.kana).translate(_TO_KATAKANA)


def counter_of_unidic(kana: str, origin: str, initial: str, joining: str) -> Counter:
    """Return the counter with this reading in hiragana, from UniDic's `goshu`, `iType` and `fConType`.

    `fConType` lists the numbers with another form: ``B1S6SjShS`` means that 1, 6, 10 and 100 end in っ. If it
    is empty, the rules of `_BEFORE_K` and `_BEFORE_S` are used for words of Chinese origin. `iType` states
    whether ha, hi, fu, he, ho become pa or ba after ん.
    """
    first = kana[:1]
    after_n = ""
    if first in _HALF_VOICED and initial:
        half_voiced = _HALF_VOICED[first]
        voiced = chr(ord(first) + 1)
        after_n = (
            f"3{voiced}n{voiced}"
            if initial.endswith("混合")
            else f"3{half_voiced}4{half_voiced}n{half_voiced}"
        )
    if joining:
        doubling = "".join(code for code in "168jh" if f"{code}S" in joining)
        short = "".join(
            pair
            for code, pair in (("4W", "4よ"), ("7G", "7しち"), ("9G", "9く"))
            if code in joining.split(",", maxsplit=1)[0]
        )
        return Counter(kana, doubling, short, after_n)
    if origin != "漢":
        return Counter(kana)
    doubling = (
        _BEFORE_K if first in "かきくけこはひふへほ" else _BEFORE_S if first in "さしすせそたちつてと" else ""
    )
    return Counter(kana, doubling, after_n=after_n)
