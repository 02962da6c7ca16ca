"""Spellings of one word that differ by more than single characters, as replacements in a key.

What these characters mean depends on their neighbors: か is a counter in 六か国, but a particle elsewhere.

    "第十一海兵連隊" → "第11海兵連隊"    "憲法九条" → "憲法9条"    "六箇国" → "6ヶ国"    "ヴァ" → "バ"

The rules look at the neighbors only, so a name in a text is replaced as the name alone is, except
at its edges: `forms_in_context` returns the forms that a name may have in a text.
"""

import re
from functools import cache

from alliance_ref.text.numerals import KANJI_DIGITS, kanji_number

NUMERALS = "〇零一二三四五六七八九十百千"
"""Kanji that become digits next to some words."""

_KANJI = "\u3005\u3400-\u9fff"
_SMALL_KE = "ケヵカがか箇"  # become ヶ between kanji or after a number
_SMALL_VOWELS = "ァィェォぁぃぇぉ"
_COUNTED = "国所月年条村町郡寺"  # what ヶ counts: 六ヶ国, 三ヶ所
_AFTER_NUMBER = f"条|号線|原則|者|国間|法|軍|大綱|[ケヵカヶがか箇][{_COUNTED}]"
"""What follows a number that is written in kanji or in digits: 憲法9条, 6者会合, 非核3原則, 6か国."""

_TRIGGERS = _SMALL_KE + NUMERALS + _SMALL_VOWELS + "ヴ"


@cache
def _replaced() -> "re.Pattern[str]":
    """Return the pattern of what is replaced; most queries have none, and compiling it takes milliseconds."""
    return re.compile(
        f"[{_SMALL_KE}{NUMERALS}{_SMALL_VOWELS}ヴ](?:"
        f"(?<=[{_KANJI}][ケヵカが])(?=[{_KANJI}])"
        f"|(?<=[0-9{NUMERALS}数何幾][ケヵカか箇])(?=[{_COUNTED}])"
        f"|(?<=[{NUMERALS}])(?<![{NUMERALS}]{{2}})(?:(?<=第.)[{NUMERALS}]*|[{NUMERALS}]*(?={_AFTER_NUMBER}))"
        f"|(?<=[クグくぐ][{_SMALL_VOWELS}])"
        "|(?<=ヴ)[ァィェォ]?"
        ")"
    )


_FULL_SIZE = str.maketrans(_SMALL_VOWELS, "アイエオあいえお")
_VU = {"ヴァ": "バ", "ヴィ": "ビ", "ヴェ": "ベ", "ヴォ": "ボ", "ヴ": "ブ"}

Replacement = tuple[int, int, str]
"""The start and end of a part of a key, and what replaces it."""


def replacements(key: str) -> list[Replacement]:
    """Return the replacements that give all spellings of a word the same key, in order.

    >>> replacements("第十一海兵連隊")
    [(1, 3, '11')]
    """
    if key.isascii() or not any(map(key.__contains__, _TRIGGERS)):
        return []
    found = []
    for match in _replaced().finditer(key):
        old = match.group()
        if old in _SMALL_KE:
            new = "ヶ"
        elif old[0] == "ヴ":
            new = _VU[old]
        elif old[0] in NUMERALS:
            new = digits_of(old)
        else:
            new = old.translate(_FULL_SIZE)
        found.append((match.start(), match.end(), new))
    return found


def replace_spellings(key: str) -> str:
    """Return *key* with its `replacements`.

    >>> replace_spellings("六箇国")
    '6ヶ国'
    """
    parts: list[str] = []
    done = 0
    for start, end, new in replacements(key):
        parts += (key[done:start], new)
        done = end
    return "".join([*parts, key[done:]])


_CHANGED_AT_START = _SMALL_KE + NUMERALS + _SMALL_VOWELS
_CHANGED_AT_END = _SMALL_KE + NUMERALS + "ヴ"
_BEFORE, _AFTER = ("", "国", "一", "第", "グ"), ("", "国", "条", "山")
"""Neighbors that change the edges of a name in all ways."""


def forms_in_context(key: str) -> set[str]:
    """Return the other forms that the key of a name may have in a text: か所 in 一か所 is ヶ所.

    >>> sorted(forms_in_context("か所")), sorted(forms_in_context("一か"))
    (['ヶ所'], ['1か', '1ヶ'])
    """
    starts = _BEFORE if key[0] in _CHANGED_AT_START else _BEFORE[:1]
    ends = _AFTER if key[-1] in _CHANGED_AT_END else _AFTER[:1]
    if len(starts) == len(ends) == 1:
        return set()
    forms = {_form_between(before, key, after) for before in starts for after in ends}
    return {form for form in forms if form} - {key}


def _form_between(before: str, key: str, after: str) -> str:
    """Return what becomes of *key* between two strings; nothing if it does not stay whole."""
    text = f"{before}{key}{after}"
    first, last = len(before), len(before) + len(key)
    form = text[first:last]
    for start, end, new in reversed(replacements(text)):
        if start < first < end or start < last < end:
            return ""
        if first <= start < last:
            form = form[: start - first] + new + form[end - first :]
    return form


def digits_of(numeral: str) -> str:
    """Return a kanji numeral in digits; a malformed one is returned as given.

    >>> digits_of("二十一"), digits_of("一〇四"), digits_of("十十")
    ('21', '104', '十十')
    """
    if all(character in KANJI_DIGITS for character in numeral):
        return "".join(str(KANJI_DIGITS[character]) for character in numeral)
    value = kanji_number(numeral)
    return numeral if value is None else str(value)
