"""Numbers as keys: what both languages write in their own way meets in one value.

*two hundred*, *200*, 二百 and ２００ are all ``#200``; *1.5 million* and 150万 are ``#1500000``; *July* and
7月 share ``#m7``; 平成18年 is ``#2006`` beside the ``#18`` that it shows. A number is the surest clue
there is between two languages that share no letter, so it is worth reading carefully; a year of an era,
a month and an ordinal are numbers too.
"""

import re
from collections.abc import Iterable

_EN_SMALL = {
    word: value
    for value, words in enumerate(
        "zero|one once first|two twice second|three third|four fourth|five fifth|six sixth|seven seventh|"
        "eight eighth|nine ninth|ten tenth|eleven eleventh|twelve twelfth|thirteen thirteenth|"
        "fourteen fourteenth|fifteen fifteenth|sixteen sixteenth|seventeen seventeenth|"
        "eighteen eighteenth|nineteen nineteenth|twenty twentieth".split("|")
    )
    for word in words.split()
}
_EN_TENS = dict(
    zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True)
)
_EN_SCALES = {
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "m": 10**6,
    "mn": 10**6,
    "bn": 10**9,
    "k": 1000,
}
_MONTHS = {
    name: number
    for number, names in enumerate(
        "january jan|february feb|march|april apr|may|june jun|july jul|august aug|september sept sep|"
        "october oct|november nov|december dec".split("|"),
        start=1,
    )
    for name in names.split()
}
_EN_NUMBER = re.compile(
    r"(?P<digits>\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:st|nd|rd|th|s)?(?:[ -]?(?P<scale>hundred|thousand|"
    r"million|billion|trillion|mn?|bn|k)\b)?"
    r"|\b(?P<month>" + "|".join(_MONTHS) + r")\b\.?"
    r"|\b(?P<words>(?:" + "|".join([*_EN_TENS, *_EN_SMALL, *list(_EN_SCALES)[:5]]) + r")"
    r"(?:(?:[ -]| and )(?:" + "|".join([*_EN_TENS, *_EN_SMALL, *list(_EN_SCALES)[:5]]) + r"))*)\b",
    re.IGNORECASE,
)

# Most sentences hold no number, which these two tell ten times faster.
_HAS_DIGIT = re.compile(r"[0-9]")
_NUMBER_WORDS = frozenset([*_EN_TENS, *_EN_SMALL, *list(_EN_SCALES)[:5], *_MONTHS])

_KANJI_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "壱": 1, "弐": 2, "参": 3}
_KANJI_SMALL = {"十": 10, "百": 100, "千": 1000}
_KANJI_BIG = {"万": 10**4, "億": 10**8, "兆": 10**12}
_TO_ASCII = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
_JA_NUMBER = re.compile(
    r"(?P<era>明治|大正|昭和|平成|令和)(?P<year>元|[0-9]+|[一二三四五六七八九十]+)年"
    r"|(?P<number>(?:[0-9]+(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?(?:[十百千万億兆](?:[0-9一二三四五六七八九十百千万億]|,(?=[0-9]))*)?"
    r"|[〇一二三四五六七八九十百千万億兆]+)(?P<month>月(?!間|曜))?"
)
_ERA_START = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
# Words with a kanji numeral in them that count nothing.
_NOT_NUMERALS = re.compile(
    r"一[般部方種層緒応番定切致体連旦同貫環式端帯]|[統唯単均第万]一|十分|万全"
    r"|千葉|三菱|九州|四国|百貨|八百屋|世紀"
)


def _plain(value: float) -> str:
    return f"#{value:.10g}"


def may_state_number(text: str, words: Iterable[str]) -> bool:
    """Whether it is worth looking for numbers in English *text*, whose *words* are known."""
    return _HAS_DIGIT.search(text) is not None or not _NUMBER_WORDS.isdisjoint(map(str.lower, words))


def english_numbers(text: str) -> set[str]:
    """The keys of the numbers in English *text*; months give a key of their own.

    >>> sorted(english_numbers("On July 11, 2006 two hundred of the 1.5 million left."))
    ['#11', '#1500000', '#200', '#2006', '#m7']
    """
    keys = set()
    for match in _EN_NUMBER.finditer(text):
        if match["digits"]:
            value = float(match["digits"].replace(",", ""))
            scale = (match["scale"] or "").lower()
            keys.add(_plain(value * _EN_SCALES[scale] if scale else value))
        elif match["month"]:
            word = match["month"]
            if word.lower() not in ("may", "march") or (word[0].isupper() and match.start() > 0):
                keys.add(f"#m{_MONTHS[word.lower()]}")
        else:
            keys.add(_plain(spelled_out(match["words"].lower())))
    return keys


def spelled_out(words: str) -> float:
    """The value of English number words in lower case: two hundred and five."""
    total = current = 0
    for word in re.split(r"[ -]", words):
        if word in _EN_TENS:
            current += _EN_TENS[word]
        elif word in _EN_SMALL:
            current += _EN_SMALL[word]
        elif word == "hundred":
            current = (current or 1) * 100
        elif word in _EN_SCALES:
            total += (current or 1) * _EN_SCALES[word]
            current = 0
    return total + current


def japanese_numbers(text: str) -> set[str]:
    """The keys of the numbers in Japanese *text*: figures, kanji numerals, months, years of an era.

    >>> sorted(japanese_numbers("平成18年７月十一日、150万人のうち二百人"))
    ['#11', '#1500000', '#18', '#200', '#2006', '#7', '#m7']
    """
    text = _NOT_NUMERALS.sub(" ", text.translate(_TO_ASCII))
    keys = set()
    for match in _JA_NUMBER.finditer(text):
        if match["era"]:
            year = 1 if match["year"] == "元" else kanji_value(match["year"])
            keys |= {_plain(year), _plain(_ERA_START[match["era"]] + year)}
            continue
        value = kanji_value(match["number"])
        keys.add(_plain(value))
        if match["month"] and 1 <= value <= 12:
            keys.add(f"#m{value:.0f}")
    return keys


def kanji_value(number: str) -> float:
    """The value of figures and kanji numerals, mixed as Japanese mixes them: 1億2千万, 三十五, 二〇〇六."""
    number = number.replace(",", "")
    if number[0] in _KANJI_DIGITS and len(number) > 1 and all(c in _KANJI_DIGITS for c in number):
        return float("".join(str(_KANJI_DIGITS[c]) for c in number))
    total = section = current = 0.0
    digits = ""
    for char in number:
        if (char.isdigit() and char not in _KANJI_DIGITS) or char == ".":
            digits += char
            continue
        if digits:
            current, digits = _decimal(digits), ""
        if char in _KANJI_DIGITS:
            current = float(_KANJI_DIGITS[char])
        elif char in _KANJI_SMALL:
            section += (current or 1) * _KANJI_SMALL[char]
            current = 0.0
        elif char in _KANJI_BIG:
            total += ((section + current) or 1) * _KANJI_BIG[char]
            section = current = 0.0
    if digits:
        current = _decimal(digits)
    return total + section + current


def _decimal(digits: str) -> float:
    whole, _, rest = digits.partition(".")
    return float(f"{whole or 0}.{rest.replace('.', '') or 0}")
