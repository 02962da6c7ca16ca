"""Short forms, pronouns, derived words and forms of country names, which count as renderings of a term.

*Marine Corps Air Station Futenma* is *the air station* after the first mention, and 防衛庁 is 同庁. A short
form is the head of a rendering as a separate word: with a determiner in English, without a joined noun in
Japanese. So 支援 is a short form of 接受国支援, but not in 受入国支援, which is another term.

Countries also appear as adjectives, capitals and single characters: 日米 is *Japan and the United States*,
*Japanese forces* are 日本の部隊, and *Japan's fiscal year* is 年度.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from alliance_ref.records.glossary import Term
from alliance_ref.records.values import Lang
from alliance_ref.text.japanese.tagging import words
from alliance_ref.text.scripts import KANJI

_DETERMINERS = "the|this|that|these|those|its|their|his|her|our|such|both|said|each|all|any|new|a|an"
_JOINED = re.compile(f"[{KANJI}\u30a1-\u30fc]")
_BEFORE = frozenset("同本当両各新現旧米日我")
_DERIVED = re.compile("([A-Za-z]{5,}?)(?:ication|ation|ment|ance|ence|ia|a)")
_MILITARY_UNITS = "団隊群"
_COUNTED_UNIT = re.compile(f"個[{KANJI}ァ-ヶー]{{0,8}}[{_MILITARY_UNITS}]")
_MIN_HEAD_LENGTH = 4
"""Shortest English head, which excludes words such as *act*."""

_THIS = re.compile("これ[らをにはがもで]|それ[らをにはがもで]")
_PERSONS = {
    "en": re.compile(r"\b(?:he|his|him|she|her|who|whose)\b", re.IGNORECASE),
    "ja": re.compile("氏|彼"),
}


def has_short_form(terms: Iterable[Term], text: str) -> bool:
    """Return whether *text* contains a short form of one of the *terms* of its language.

    >>> has_short_form([Term("Marine Corps Air Station Futenma", "en")], "Work on the air station began.")
    True
    >>> support = [Term("接受国支援", "ja")]
    >>> has_short_form(support, "支援は続く。"), has_short_form(support, "受入国支援は続く。")
    (True, False)
    """
    return any(
        any(_is_separate_word(head, text) for head in _japanese_heads(term.text))
        if term.lang == "ja"
        else _english_head(term.text, text)
        for term in terms
    )


def has_derived_word(terms: Iterable[Term], text: str) -> bool:
    """Return whether an English text has a word with the same stem: *consulting* for *consultation*.

    >>> has_derived_word([Term("ratification", "en")], "Both ratify the treaty.")
    True
    """
    return any(
        term.lang == "en" and (stem := _stem(term.text)) and re.search(rf"\b{stem}", text, re.IGNORECASE)
        for term in terms
    )


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    """Return the stem of a derived noun as a pattern, or an empty string if it is too short."""
    found = _DERIVED.fullmatch(word)
    return re.escape(found[1]) if found else ""


def has_counted_unit(terms: Iterable[Term], text: str) -> bool:
    """Return whether a Japanese text counts military units like a term: 航空隊, 4個隊.

    The kinds of units have other names in each service: *escort divisions* are 護衛隊.

    >>> has_counted_unit([Term("航空隊", "ja")], "固定翼哨戒機4個隊")
    True
    >>> has_counted_unit([Term("旅団", "ja")], "1個空挺団")
    True
    """
    return "個" in text and any(
        term.lang == "ja" and term.text[-1] in _MILITARY_UNITS and _COUNTED_UNIT.search(text)
        for term in terms
    )


def has_main_words(terms: Iterable[Term], text: str) -> bool:
    """Return whether an English text has at least half of the words of a term, in any form.

    >>> has_main_words([Term("Japan Coast Guard", "en")], "The Coast Guard came.")
    True
    >>> has_main_words([Term("Asia", "en")], "Asian countries agreed.")
    True
    """
    return any(_has_words(term.text, text) for term in terms if term.lang == "en")


def _has_words(term: str, text: str) -> bool:
    patterns = _word_patterns(term)
    return bool(patterns) and 2 * sum(one.search(text) is not None for one in patterns) >= len(patterns)


@lru_cache(maxsize=4096)
def _word_patterns(term: str) -> tuple[re.Pattern[str], ...]:
    words = [word for word in re.findall(r"[A-Za-z]+", term) if len(word) >= _MIN_HEAD_LENGTH]
    words = [word for word in words if word not in _OF_COUNTRY] or words
    return tuple(re.compile(rf"\b{_word_stem(word)}", re.IGNORECASE) for word in words)


_OF_COUNTRY = frozenset(("Japan", "United", "States"))
"""Words of a country, which the name of an organization may leave out."""

_LONG_WORD = 8
"""Length of an English word from which derived words share only the beginning: *Democratic*, *Democrat*."""


def _word_stem(word: str) -> str:
    return word[:-2] if len(word) >= _LONG_WORD else word.removesuffix("s")


def has_pronoun(text: str, lang: str) -> bool:
    """Return whether a Japanese text has a demonstrative pronoun; in English, *it* is too frequent."""
    return lang == "ja" and _THIS.search(text) is not None


def mentions_person(text: str, lang: str) -> bool:
    """Return whether a text refers to a person by a pronoun or title."""
    return _PERSONS[lang].search(text) is not None


def _english_head(term: str, text: str) -> bool:
    return any(
        re.search(rf"\b(?:{_DETERMINERS})\s+(?:[\w-]+\s+)?{re.escape(word)}s?\b", text, re.IGNORECASE)
        for word in re.findall(r"[A-Za-z]+", term)
        if len(word) >= _MIN_HEAD_LENGTH
    )


def _is_separate_word(head: str, text: str) -> bool:
    at = text.find(head)
    while at >= 0:
        before = text[at - 1] if at else ""
        if before in _BEFORE or not _JOINED.match(before):
            return True
        at = text.find(head, at + 1)
    return False


@lru_cache(maxsize=4096)
def _japanese_heads(term: str) -> tuple[str, ...]:
    """Return the final tokens of a term (two characters or more), and 同 with its last character."""
    surfaces = [surface for surface, _ in words(term)]
    ends = ["".join(surfaces[place:]) for place in range(1, len(surfaces))]
    last = [f"同{term[-1]}"] if _JOINED.match(term[-1]) else []
    return (*(end for end in ends if len(end) > 1), *last)


# English name, Japanese name, pattern of its forms in English and in Japanese.
_COUNTRIES = (
    ("Japan", "日本", r"Japan(?:ese)?|Tokyo|domestic|home", "日|邦|我が国|わが国|国内|自国|本土"),
    ("United States", "米国", r"U\.?S\.?(?:A\.?)?|America(?:n|ns)?|Washington|United States", "米"),
    ("China", "中国", r"Chin(?:a|ese)|Beijing|PRC", "中|北京"),
    ("South Korea", "韓国", r"(?<!North )Korean?s?|Seoul|ROK", "韓|南北|朝鮮半島"),
    ("North Korea", "北朝鮮", r"(?<!South )Korean?s?|Pyongyang|DPRK", "北朝鮮|朝|南北"),
    ("Russia", "ロシア", r"Russian?s?|Moscow|Soviet", "露|ロ|ソ"),
    ("Soviet Union", "ソ連", r"Soviets?|USSR|Moscow|Russian?s?", "ソ"),
    ("United Kingdom", "英国", r"Brit(?:ain|ish)|U\.?K\.?|London|English|England", "英|イギリス"),
    ("Australia", "オーストラリア", r"Australian?s?|Canberra", "豪|オーストラリア"),
    ("France", "フランス", r"French|France|Paris", "仏|フランス"),
    ("Germany", "ドイツ", r"Germany?|Germans|Berlin", "独|ドイツ"),
    ("India", "インド", r"Indian?s?|New Delhi", "印|インド"),
    ("Taiwan", "台湾", r"Taiwan(?:ese)?|Taipei", "台"),
    ("Philippines", "フィリピン", r"Philippines?|Filipinos?|Manila", "比|フィリピン"),
    ("Iraq", "イラク", r"Iraqi?s?|Baghdad", "イラク"),
    ("Iran", "イラン", r"Iranians?|Iran|Teh[e]?ran", "イラン"),
)
_ROW_BY_NAME = {name: row for row in _COUNTRIES for name in row[:2]}


@lru_cache(maxsize=1024)
def _pattern(names: tuple[str, ...], lang: Lang) -> re.Pattern[str] | None:
    for name in names:
        if row := _ROW_BY_NAME.get(name):
            return re.compile(rf"\b(?:{row[2]})(?!\w)" if lang == "en" else row[3])
    return None


def is_country(names: Iterable[str]) -> bool:
    """Return whether one of the names of a concept is the name of a country."""
    return any(name in _ROW_BY_NAME for name in names)


def names_country(names: Iterable[str], text: str, lang: Lang) -> bool:
    """Return whether a text names the country with one of these names, in any form.

    >>> names_country(["Japan", "日本"], "日米両国", "ja")
    True
    >>> names_country(["米国"], "American troops", "en")
    True
    """
    pattern = _pattern(tuple(names), lang)
    return pattern is not None and pattern.search(text) is not None


def shares_country(japanese: str, english: str) -> bool:
    """Return whether a Japanese name begins with a country in an English text: 米軍, *American troops*."""
    return any(
        re.match(row[3], japanese) and re.search(rf"\b(?:{row[2]})(?!\w)", english) for row in _COUNTRIES
    )
