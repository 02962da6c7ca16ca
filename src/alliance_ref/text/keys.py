"""Keys for comparison: of readings, English names, romanized names and okurigana.

Text is stored as it is and folded only for comparison. There is one key for each purpose; all build on
`name_key`, which is in `alliance_ref.text.folding`.

Patterns are strings that `re` compiles at their first use, since most programs need few of them.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from alliance_ref.text.english_spellings import ABBREVIATED_WORDS, BRITISH_SPELLINGS, word_with_digits
from alliance_ref.text.folding import name_key, without_latin_marks
from alliance_ref.text.scripts import TO_HIRAGANA


@lru_cache(maxsize=4096)
def reading_key(text: str) -> str:
    """Return the key of a reading: that of `name_key` with katakana as hiragana.

    >>> import alliance_ref as ar
    >>> ar.text.reading_key("ﾌﾃﾝﾏ ヒコウジョウ")
    'ふてんまひこうじょう'
    """
    return name_key(text).translate(TO_HIRAGANA)


_ENGLISH_WORD = r"[a-z0-9&]+"


@lru_cache(maxsize=4096)
def english_key(text: str) -> str:
    """Return the key of an English name: its words in full, in American spelling and in the singular.

    Ordinals are in digits. The key is empty for text without Latin letters.

    >>> import alliance_ref as ar
    >>> [ar.text.english_key(name) for name in ("Defence Programmes", "Japan's policies")]
    ['defense program', 'japan policy']
    >>> ar.text.english_key("Dept. of Defense"), ar.text.english_key("Seventh Fleet")
    ('department of defense', '7th fleet')
    """
    folded = without_latin_marks(unicodedata.normalize("NFKC", text).casefold())
    folded = re.sub(r"['’](?:s\b)?|(?<=\w)\.(?=\w)|(?<=\w)[-‐‑](?=\w)", "", folded)
    return " ".join(map(_stem, re.findall(_ENGLISH_WORD, folded)))


@lru_cache(maxsize=1 << 14)
def _stem(word: str) -> str:
    return _until_stable(_singular, word)


def _singular(word: str) -> str:
    if word in ABBREVIATED_WORDS:
        return ABBREVIATED_WORDS[word]
    word = word_with_digits(word)
    for british, american in BRITISH_SPELLINGS:
        word = word.replace(british, american)
    if len(word) < 4 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    return word.removesuffix("s")


# One spelling for each sound in all systems of romanization; longer ones first.
_SOUNDS = (
    ("sya", "sha"), ("syu", "shu"), ("syo", "sho"), ("tya", "cha"), ("tyu", "chu"), ("tyo", "cho"),
    ("zya", "ja"), ("zyu", "ju"), ("zyo", "jo"), ("jya", "ja"), ("jyu", "ju"), ("jyo", "jo"),
    ("cch", "tch"), ("tti", "tchi"), ("ttu", "ttsu"), ("ssi", "sshi"), ("zzi", "jji"), ("dzu", "zu"),
)  # fmt: skip
_SYLLABLES = r"(?<![stck])h?(?:si|ti|tu|hu|zi|di|du|wo)"
_SYLLABLE = {"si": "shi", "ti": "chi", "tu": "tsu", "hu": "fu", "zi": "ji", "di": "ji", "du": "zu", "wo": "o"}
_LONG_VOWEL = r"o(?:h(?![aiueoy])|[uo])+|uu+|aa+|ee+|ii+"


@lru_cache(maxsize=4096)
def romaji_key(text: str) -> str:
    """Return the key of a romanized reading, the same in every system and for every way to write long vowels.

    >>> import alliance_ref as ar
    >>> {ar.text.romaji_key(name) for name in ("Ōno", "Ono", "Ohno", "Oono", "Ouno")}
    {'ono'}
    >>> ar.text.romaji_key("Shimbashi") == ar.text.romaji_key("sinbasi"), ar.text.romaji_key("Jun'ichirō")
    (True, 'junichiro')
    """
    return _until_stable(_one_spelling, re.sub(r"[^a-z]", "", name_key(text)))


def _one_spelling(key: str) -> str:
    for other, sound in _SOUNDS:
        key = key.replace(other, sound)
    key = re.sub(_SYLLABLES, lambda found: _SYLLABLE.get(found.group(), found.group()), key)
    key = re.sub("m(?=[bmp])", "n", key)
    return re.sub(_LONG_VOWEL, lambda found: found.group()[0], key)


def _until_stable(fold_once: Callable[[str], str], key: str) -> str:
    """Return *key* after repeated folding, when it no longer changes."""
    while (folded := fold_once(key)) != key:
        key = folded
    return key


_OKURIGANA = (
    r"(?<=[\u3400-\u9fff\u3005])[いえきぎけげしせちつてねびべみめりれるわら]{1,2}(?=[\u3400-\u9fff]|$)"
)


@lru_cache(maxsize=4096)
def okurigana_key(text: str) -> str:
    """Return the key of a Japanese word, the same with more or fewer of its okurigana.

    >>> import alliance_ref as ar
    >>> {ar.text.okurigana_key(word) for word in ("引渡し", "引き渡し", "引渡")}
    {'引渡'}
    """
    return _until_stable(lambda key: re.sub(_OKURIGANA, "", key), name_key(text))


_SMALL = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ", "ー")


def gojuon_key(reading: str) -> tuple[str, str]:
    """Return the sort key of a reading in the order of Japanese dictionaries (五十音順).

    Voicing marks, small kana and the long-vowel mark count only between readings that are otherwise equal.

    >>> sorted(["かんこく", "がいむしょう", "かいぐん"], key=gojuon_key)
    ['かいぐん', 'がいむしょう', 'かんこく']
    """
    folded = reading_key(reading)
    plain = "".join(c for c in unicodedata.normalize("NFD", folded) if c not in "\u3099\u309a")
    return plain.translate(_SMALL), folded


@lru_cache(maxsize=4096)
def is_kana(text: str) -> bool:
    """Return whether *text* consists of kana, spaces and middle dots only.

    >>> is_kana("ふてんま"), is_kana("普天間")
    (True, False)
    """
    folded = reading_key(text)
    return bool(folded) and all("\u3041" <= c <= "\u309e" or c == "ー" for c in folded)
