"""Japanese family names without a given name: distinguish them from parts of other words.

Such a family name ends where another script or a title begins. If it is surrounded by more characters of its
own script, it is part of another word (市町村, カレーライス).
"""

import re

from alliance_ref.text.scripts import KANJI, KATAKANA

_FAMILY_NAME = re.compile(f"[{KANJI}]{{1,3}}|[{KATAKANA}]+")
_KANJI = re.compile(f"[{KANJI}]")
_KATAKANA = re.compile(r"[\u30a1-\u30fc]")
_BEFORE_A_NAME = frozenset("前元故同米両")
_AFTER_A_NAME = re.compile(
    "氏|外相|外務|防衛|国務|国防|長官|大臣|首相|総理|官房|内閣|大統領|副|議員|議長|知事|市長|司令官|大使|次官|"
    "代表|幹事長|会長|教授|両|政権|会談|懇談会|論文|報告|案|委員|元|前|訪"
)


def may_be_family_name(shown: str) -> bool:
    """Return whether *shown* can be a family name: up to three kanji, or katakana."""
    return _FAMILY_NAME.fullmatch(shown) is not None


def is_titled(text: str, end: int) -> bool:
    """Return whether a title, or another word that may follow a name, begins at *end*.

    >>> is_titled("町村外相", 2), is_titled("町村合併", 2)
    (True, False)
    """
    return _AFTER_A_NAME.match(text, end) is not None


def is_part_of_more(text: str, start: int, end: int) -> bool:
    """Return whether ``text[start:end]`` continues in its own script and no title follows.

    >>> is_part_of_more("市町村", 1, 3), is_part_of_more("町村外相", 0, 2)
    (True, False)
    """
    same = _KANJI if _KANJI.match(text, start) else _KATAKANA
    if start > 0 and same.match(text, start - 1) and text[start - 1] not in _BEFORE_A_NAME:
        return True
    return same.match(text, end) is not None and not is_titled(text, end)
