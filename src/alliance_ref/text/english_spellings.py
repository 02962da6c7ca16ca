"""Spellings of English names: British and American, ordinals, abbreviations and "City of".

"Seventh Fleet" = "7th Fleet"    "III MEF" = "3rd MEF"    "Department of State" = "Dept. of State"
"""

import re
from collections.abc import Iterator
from itertools import product

BRITISH_SPELLINGS = (
    ("defence", "defense"),
    ("offence", "offense"),
    ("programme", "program"),
    ("centre", "center"),
    ("theatre", "theater"),
    ("isation", "ization"),
    ("ising", "izing"),
    ("ised", "ized"),
    ("labour", "labor"),
    ("neighbour", "neighbor"),
    ("harbour", "harbor"),
)
"""Parts of words in British and American spelling."""

ABBREVIATED_WORDS = {
    "dept": "department",
    "govt": "government",
    "gov't": "government",
    "intl": "international",
    "int'l": "international",
    "natl": "national",
    "nat'l": "national",
    "assn": "association",
}
"""Abbreviations of words in names, without the full stop."""

_UNITS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
    " fifteenth sixteenth seventeenth eighteenth nineteenth"
).split()
_TENS = "twent thirt fort fift sixt sevent eight ninet".split()
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_ROMAN_UNIT = r"(?P<roman>[IVX]+) (?=Corps|Marine|MEF|Army|Amphibious)"
_ORDINAL = r"(?ai)\b(?P<digits>\d{1,3})(?:st|nd|rd|th|d)\b"
_MAX_ORDINAL = 5
_TOWN = r"(?P<name>.+) (?P<kind>City|Town|Village)"


def _ordinal_words() -> dict[str, int]:
    words = {word: number for number, word in enumerate(_UNITS, start=1)}
    for tens, stem in enumerate(_TENS, start=2):
        words[f"{stem}ieth"] = tens * 10
        for unit, word in enumerate(_UNITS[:9], start=1):
            words[f"{stem}y-{word}"] = tens * 10 + unit
            words[f"{stem}y {word}"] = words[f"{stem}y{word}"] = tens * 10 + unit
    return words


_ORDINALS = _ordinal_words()


def ordinal(number: int) -> str:
    """Return an ordinal in digits.

    >>> [ordinal(number) for number in (1, 3, 12, 31)]
    ['1st', '3rd', '12th', '31st']
    """
    suffix = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def with_digits(text: str) -> str:
    """Return English *text* with its ordinals in digits.

    >>> with_digits("the Thirty-First MEU and the 3d Marine Division")
    'the 31st MEU and the 3rd Marine Division'
    """
    words = "|".join(sorted(_ORDINALS, key=len, reverse=True))
    text = re.sub(rf"(?ai)\b(?:{words})\b", lambda found: ordinal(_ORDINALS[found.group().casefold()]), text)
    return re.sub(_ORDINAL, lambda found: ordinal(int(found["digits"])), text)


def word_with_digits(word: str) -> str:
    """Return one English word in lower case; an ordinal is in digits.

    >>> word_with_digits("seventh"), word_with_digits("3d"), word_with_digits("thirtyfirst")
    ('7th', '3rd', '31st')
    """
    if word[0].isdigit() and word[-1] == "d" and word[:-1].isdecimal() and len(word) <= _MAX_ORDINAL:
        return ordinal(int(word[:-1]))
    number = _ORDINALS.get(word)
    return word if number is None else ordinal(number)


def spelling_variants(name: str) -> Iterator[str]:
    """Yield other spellings of an English name.

    >>> list(spelling_variants("Seventh Fleet"))
    ['7th Fleet']
    >>> list(spelling_variants("Department of State")), list(spelling_variants("Zama City"))
    (['Dept of State'], ['City of Zama'])
    """
    known = {name}
    for ordinals, abbreviate in product((_as_given, with_digits, _with_words, _with_third), (False, True)):
        variant = ordinals(_roman_as_ordinal(name) if ordinals is not _as_given else name)
        variant = _abbreviated(variant) if abbreviate else variant
        if variant not in known:
            known.add(variant)
            yield variant
    if town := re.fullmatch(_TOWN, name):
        yield f"{town['kind']} of {town['name']}"


def _as_given(name: str) -> str:
    return name


def _with_words(name: str) -> str:
    def word(found: re.Match[str]) -> str:
        words = next((word for word, number in _ORDINALS.items() if number == int(found["digits"])), None)
        return found.group() if words is None else words.title()

    return re.sub(_ORDINAL, word, name)


def _with_third(name: str) -> str:
    return re.sub(r"(?<=[23])(?:nd|rd)\b", "d", with_digits(name))  # as the Marine Corps writes it: 3d, 2d


def _roman_as_ordinal(name: str) -> str:
    found = re.match(_ROMAN_UNIT, name)
    if found is None or found["roman"] not in _ROMAN:
        return name
    return f"{ordinal(_ROMAN.index(found['roman']) + 1)} {name[found.end() :]}"


def _abbreviated(name: str) -> str:
    for short, word in ABBREVIATED_WORDS.items():
        if "'" not in short:
            name = re.sub(rf"\b{word.capitalize()}\b", short.capitalize(), name)
    return name
