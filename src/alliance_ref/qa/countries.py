"""Countries: named by adjectives, capitals and single characters too, and left out where they are understood.

日米 is *Japan and the United States*, *Japanese forces* are 日本の部隊, and *Japan's fiscal year* is 年度.
So a country is answered by any of these, and one that the text has named before may go without saying.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from alliance_ref.records.values import Lang

_TABLE = (
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
_OF_NAME = {name: row for row in _TABLE for name in row[:2]}


@lru_cache(maxsize=1024)
def _pattern(names: tuple[str, ...], lang: Lang) -> re.Pattern[str] | None:
    for name in names:
        if row := _OF_NAME.get(name):
            return re.compile(rf"\b(?:{row[2]})(?!\w)" if lang == "en" else row[3])
    return None


def is_country(names: Iterable[str]) -> bool:
    """Whether one of the names of a concept is that of a country."""
    return any(name in _OF_NAME for name in names)


def speaks_of_country(names: Iterable[str], text: str, lang: Lang) -> bool:
    """Whether a text speaks of the country that has one of the names.

    >>> speaks_of_country(["Japan", "日本"], "日米両国", "ja")
    True
    >>> speaks_of_country(["米国"], "American troops", "en")
    True
    """
    pattern = _pattern(tuple(names), lang)
    return pattern is not None and pattern.search(text) is not None


def shares_country(japanese: str, english: str) -> bool:
    """Whether a Japanese name begins with a country of an English text: 米軍, *American troops*."""
    return any(re.match(row[3], japanese) and re.search(rf"\b(?:{row[2]})(?!\w)", english) for row in _TABLE)
