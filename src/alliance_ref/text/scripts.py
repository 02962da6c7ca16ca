"""The characters of Japanese text and the codes of the two languages: the one table for all packages.

The constants are the inside of a character class of `re`, for example ``re.compile(f"[{KANA}]+")``. They stay
in the Basic Multilingual Plane, where `re` matches a class fastest; `KANJI_SUPPLEMENT` has the rest.
"""

from functools import lru_cache

from alliance_ref.records.values import Lang

HIRAGANA = "\u3041-\u309f"
"""Hiragana with its iteration marks and voicing marks."""

KATAKANA = "\u30a1-\u30f4\u30f7-\u30fa\u30fc"
"""Katakana that write words, with the long-vowel mark; without ヵ and ヶ, which are written between kanji."""

KANA = "\u3041-\u30ff"
"""Hiragana and katakana with all of their marks."""

HALF_WIDTH_KATAKANA = "\uff66-\uff9f"

KANJI = "\u3005-\u3007\u3400-\u9fff\uf900-\ufaff"
"""Kanji with 々, 〆 and 〇."""

KANJI_SUPPLEMENT = "\U00020000-\U0003ffff"
"""Kanji outside the Basic Multilingual Plane."""

JAPANESE = KANJI + KANA + HALF_WIDTH_KATAKANA
"""Everything that only Japanese text has, except punctuation."""

PUNCTUATION = "\u3001-\u3003\u3008-\u3011\u3014-\u301f"
"""Punctuation and brackets of Japanese text."""

FULL_WIDTH = "\uff01-\uff5e"
"""Full-width forms of ASCII characters."""

TO_HIRAGANA = {code: code - 0x60 for code in (*range(0x30A1, 0x30F7), 0x30FD, 0x30FE)}
"""For `str.translate`: katakana to hiragana."""

TO_ASCII_DIGITS = str.maketrans("０１２３４５６７８９．，％／－（）", "0123456789.,%/-()")
"""For `str.translate`: full-width digits, and the marks in numbers and dates, to ASCII."""

_LANGUAGES: dict[str, Lang] = {"en": "en", "eng": "en", "ja": "ja", "jpn": "ja", "jp": "ja"}
"""ISO 639 codes; some tools write the country code JP for the language."""


@lru_cache(maxsize=256)
def language_of(code: str) -> Lang | None:
    """Return the language of a language tag in any spelling, or ``None`` for a third language.

    >>> language_of("en-US"), language_of("JA_jp"), language_of("de")
    ('en', 'ja', None)
    """
    return _LANGUAGES.get(code.strip().lower().replace("_", "-").split("-")[0])
