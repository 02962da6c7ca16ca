"""Keys: how text is folded so that spellings of one name meet.

Stored text is never folded, only what is compared. There is one folding for each purpose. Marks are
taken off Latin letters alone: taking them off kana turns ガス (gas) into カス (dregs).
"""

import unicodedata
from functools import lru_cache

_DROPPED = dict.fromkeys(map(ord, " \t\n\r\u3000\u00a0\u200b\u00ad-‐‑‒–—―−~～・･·'’‘ʼ`´.．,、/:"))
_KATAKANA_TO_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}


def _without_latin_marks(text: str) -> str:
    if text.isascii():
        return text
    parts = []
    latin = False
    for character in unicodedata.normalize("NFD", text):
        if unicodedata.combining(character):
            if latin:
                continue
        else:
            latin = character.isalpha() and character < "\u0250"
        parts.append(character)
    return unicodedata.normalize("NFC", "".join(parts))


@lru_cache(maxsize=4096)
def name_key(text: str) -> str:
    """The key under which spellings of one name meet.

    Folded away: width, case, marks on Latin letters, spaces, hyphens, dashes, middle dots,
    apostrophes, full stops and slashes. Kana stay what they are.

    >>> name_key("Ｕ.Ｓ.–Japan") == name_key("US Japan")
    True
    >>> name_key("Ōno"), name_key("ガス")
    ('ono', 'ガス')
    """
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_DROPPED)
    return _without_latin_marks(unicodedata.normalize("NFKC", folded)).translate(_DROPPED)


def reading_key(text: str) -> str:
    """The key of a reading: as :func:`name_key`, with katakana as hiragana.

    >>> reading_key("ﾌﾃﾝﾏ ヒコウジョウ")
    'ふてんまひこうじょう'
    """
    return name_key(text).translate(_KATAKANA_TO_HIRAGANA)


_SMALL = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ", "ー")


def gojuon_key(reading: str) -> tuple[str, str]:
    """The key that puts readings in the order of Japanese dictionaries (五十音順).

    Voicing marks, small kana and the long-vowel mark count only between readings that are otherwise the same.

    >>> sorted(["かんこく", "がいむしょう", "かいぐん"], key=gojuon_key)
    ['かいぐん', 'がいむしょう', 'かんこく']
    """
    folded = reading_key(reading)
    plain = "".join(c for c in unicodedata.normalize("NFD", folded) if c not in "\u3099\u309a")
    return plain.translate(_SMALL), folded


def is_kana(text: str) -> bool:
    """Whether *text* is nothing but kana, spaces and middle dots.

    >>> is_kana("ふてんま"), is_kana("普天間")
    (True, False)
    """
    folded = reading_key(text)
    return bool(folded) and all("\u3041" <= c <= "\u309e" or c == "ー" for c in folded)
