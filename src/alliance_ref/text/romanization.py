"""Romanize kana: modified and traditional Hepburn, Kunrei-shiki and Nihon-shiki.

A reading defines how a word sounds. How a person or place is written in Latin letters is often different
(Ohno, Konoye); that is data, which these rules cannot derive.

Sources: ALA-LC romanization table for Japanese (modified Hepburn); Cabinet notification No. 1 of 1954
(Kunrei); ISO 3602:1989 (Kunrei, and Nihon-shiki as its strict form).
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, get_args

from alliance_ref.arguments import check_choice, check_text
from alliance_ref.text.scripts import TO_HIRAGANA

System = Literal["hepburn", "traditional", "kunrei", "nihon"]
LongVowels = Literal["macron", "omit", "oh", "double"]

_ROWS = {
    "": "あいうえお", "k": "かきくけこ", "s": "さしすせそ", "t": "たちつてと", "n": "なにぬねの",
    "h": "はひふへほ", "m": "まみむめも", "y": "や ゆ よ", "r": "らりるれろ", "w": "わゐ ゑを",
    "g": "がぎぐげご", "z": "ざじずぜぞ", "d": "だぢづでど", "b": "ばびぶべぼ", "p": "ぱぴぷぺぽ",
}  # fmt: skip
_NIHON = {
    kana: row + vowel
    for row, line in _ROWS.items()
    for kana, vowel in zip(line, "aiueo", strict=True)
    if kana != " "
}
_NIHON |= {"ゔ": "vu", "ん": "n"}
_KUNREI = {**_NIHON, "ぢ": "zi", "づ": "zu", "を": "o", "ゐ": "i", "ゑ": "e"}
_HEPBURN = {**_KUNREI, "し": "shi", "ち": "chi", "つ": "tsu", "ふ": "fu", "じ": "ji", "ぢ": "ji"}
_TABLES = {"hepburn": _HEPBURN, "traditional": _HEPBURN, "kunrei": _KUNREI, "nihon": _NIHON}

_HEPBURN_SYSTEMS = ("hepburn", "traditional")

_SMALL_VOWELS = dict(zip("ぁぃぅぇぉ", "aiueo", strict=True))
_SMALL_Y = dict(zip("ゃゅょ", "auo", strict=True))
_ALONE = _SMALL_VOWELS | {kana: f"y{vowel}" for kana, vowel in _SMALL_Y.items()}
_ALONE |= {"ゎ": "wa", "ゕ": "ka", "ゖ": "ke"}
_ALONE |= {"ヷ": "va", "ヸ": "vi", "ヹ": "ve", "ヺ": "vo"}
_PALATAL = {"sh": "sy", "ch": "ty", "j": "zy"}
"""Consonants of シェ, チェ and ジェ in Kunrei and Nihon-shiki, which have no rule for them."""
_FOREIGN = {
    "て": "t", "で": "d", "と": "t", "ど": "d", "つ": "ts", "ふ": "f", "ゔ": "v", "う": "w",
    "し": "sh", "じ": "j", "ち": "ch", "く": "kw", "ぐ": "gw", "す": "s", "ず": "z",
}  # fmt: skip
_REPEATED = re.compile("(?<=[\u3041-\u3096])[ゝゞ]+")
_MACRONS = {"hepburn": "āīūēō", "traditional": "āīūēō", "kunrei": "âîûêô", "nihon": "âîûêô"}
_PARTICLES = {"は": "wa", "へ": "e", "を": "o"}
_LONG = re.compile("([aiueo])(ー+)|(o)(?:\x00[uo])|(u)(?:\x00u)|(a)(?:\x00a)|(e)(?:\x00e)")


_LETTERS = {
    "えー": "a", "えい": "a", "びー": "b", "しー": "c", "でぃー": "d", "いー": "e", "えふ": "f", "じー": "g",
    "えいち": "h", "えっち": "h", "あい": "i", "じぇー": "j", "じぇい": "j", "けー": "k", "けい": "k",
    "える": "l", "えむ": "m", "えぬ": "n", "おー": "o", "ぴー": "p", "きゅー": "q", "あーる": "r",
    "えす": "s", "てぃー": "t", "ゆー": "u", "ぶい": "v", "ゔぃー": "v", "だぶりゅー": "w",
    "えっくす": "x", "わい": "y", "ぜっと": "z",
}  # fmt: skip


def romanize(
    reading: str, *, system: System = "hepburn", long_vowels: LongVowels = "macron", particles: bool = False
) -> str:
    """Return kana in Latin letters, in lower case; spaces between words are kept.

    Args:
        reading: Hiragana or katakana; other characters are kept.
        system: ``hepburn`` (modified: n before b, m, p), ``traditional`` (Hepburn with m before b, m, p and
            without apostrophes; with ``long_vowels="omit"``, as in passports), ``kunrei`` or ``nihon``.
        long_vowels: ``macron`` (ō; a circumflex in Kunrei and Nihon-shiki), ``omit`` (o), ``oh`` (oh for a
            long o, the other vowels plain: as in passports) or ``double`` (ou, as written).
        particles: Whether は, へ and を between spaces are particles: wa, e, o.

    Raises:
        InvalidValue: if *system* or *long_vowels* is unknown.
        InvalidType: if *reading* is not text.

    おう within a word is a long o, so 思う (おもう) and 子牛 (こうし, calf) come out wrong, as with any rule
    that sees only kana; a space between the parts of a word separates them.

    >>> import alliance_ref as ar
    >>> ar.romanize("おおの よしのり")
    'ōno yoshinori'
    >>> ar.romanize("おおの", long_vowels="oh"), ar.romanize("おおの", long_vowels="omit")
    ('ohno', 'ono')
    >>> ar.romanize("しんじゅく"), ar.romanize("しんじゅく", system="kunrei")
    ('shinjuku', 'sinzyuku')
    >>> ar.romanize("はんい"), ar.romanize("いっち")
    ("han'i", 'itchi')
    >>> ar.romanize("しんぶん", system="traditional"), ar.romanize("ほんま", system="traditional")
    ('shimbun', 'homma')
    """
    check_text(reading, "the reading")
    check_choice(system, "system", get_args(System))
    check_choice(long_vowels, "long_vowels", get_args(LongVowels))
    kana = _hiragana(reading)
    return "".join(
        _PARTICLES[part] if particles and part in _PARTICLES else _word(part, system, long_vowels)
        for part in re.split(r"(\s+)", kana)
    )


def romanize_name(reading: str, *, system: System = "hepburn", long_vowels: LongVowels = "macron") -> str:
    """Return the kana of a name in Latin letters, each word capitalized, in the order given.

    Spaces separate words; の between spaces is not capitalized. Arguments and errors are those of `romanize`.
    How people write their own names is in the data, not in these rules.

    >>> import alliance_ref as ar
    >>> ar.text.romanize_name("おおの よしのり"), ar.text.romanize_name("おおの よしのり", long_vowels="oh")
    ('Ōno Yoshinori', 'Ohno Yoshinori')
    >>> ar.text.romanize_name("おのの いもこ"), ar.text.romanize_name("おの の いもこ")
    ('Onono Imoko', 'Ono no Imoko')
    """
    parts = re.split(r"(\s+)", romanize(reading, system=system, long_vowels=long_vowels))
    return "".join(part if part == "no" else part[:1].upper() + part[1:] for part in parts)


def _hiragana(reading: str) -> str:
    """Return *reading* in hiragana, with iteration marks (いすゞ) written out."""
    kana = unicodedata.normalize("NFKC", reading).translate(TO_HIRAGANA)
    return _REPEATED.sub(lambda found: "".join(_repeated(kana[found.start() - 1], found.group())), kana)


def _repeated(kana: str, marks: str) -> Iterator[str]:
    """Yield the kana for each iteration mark after *kana*: the same kana, voiced or not."""
    plain = unicodedata.normalize("NFD", kana)[0]
    voiced = unicodedata.normalize("NFC", plain + "\u3099")
    for mark in marks:
        yield voiced if mark == "ゞ" else plain


@lru_cache(maxsize=1 << 14)
def _word(kana: str, system: System, long_vowels: LongVowels) -> str:
    morae: list[str] = []
    at = 0
    while at < len(kana):
        mora, size = _mora(kana[at : at + 2], system)
        if kana[at] == "ん":
            mora = "ん"  # not yet n, which may be in the text itself
        elif kana[at] in "あいうえお" and size == 1 and morae:
            mora = f"\x00{mora}"  # marked: it may lengthen the vowel before it
        morae.append(mora)
        at += size
    return _lengthened(_joined(morae, system), system, long_vowels)


@lru_cache(maxsize=1 << 14)
def _mora(kana: str, system: System) -> tuple[str, int]:
    """Return the first mora of one or two kana, and its length in kana."""
    table = _TABLES[system]
    first, second = kana[0], kana[1:]
    plain = table.get(first, first)
    stem = plain[:-1]
    if second and second in _SMALL_Y and plain.endswith("i") and stem:
        glide = "" if system in _HEPBURN_SYSTEMS and stem in ("sh", "ch", "j") else "y"
        return stem + glide + _SMALL_Y[second], 2
    if second and second in _SMALL_Y and first in "てでふゔ":
        return _FOREIGN[first] + "y" + _SMALL_Y[second], 2
    if second and second in _SMALL_VOWELS and first in _FOREIGN:
        consonant = _FOREIGN[first]
        if system not in _HEPBURN_SYSTEMS:
            consonant = _PALATAL.get(consonant, consonant)
        return consonant + _SMALL_VOWELS[second], 2
    if second == "ぇ" and plain.endswith("i"):
        return f"{stem}ye", 2
    if second == "ゎ" and first in "くぐ":
        return f"{stem}wa", 2
    return _ALONE.get(first, plain), 1


def _joined(morae: list[str], system: System) -> str:
    """Join morae: っ doubles the next consonant; an apostrophe separates ん from a vowel or y."""
    text = ""
    for place, mora in enumerate(morae):
        following = morae[place + 1].lstrip("\x00") if place + 1 < len(morae) else ""
        if mora == "っ":
            text += _doubled(following)
        elif mora == "ん":
            text += _syllabic_n(following[:1], system)
        else:
            text += mora
    return text


def _syllabic_n(following: str, system: System) -> str:
    """Return the letters for ん before a letter."""
    if system == "traditional":
        return "m" if following in ("b", "m", "p") else "n"
    return "n'" if following in tuple("aiueoy") else "n"


def _doubled(following: str) -> str:
    """Return the letter for っ before a mora: its first consonant, or nothing."""
    first = following[:1]
    if not (first.isascii() and first.isalpha()) or first in "aiueon":
        return ""
    return "t" if following.startswith("ch") else first


def _lengthened(text: str, system: System, long_vowels: LongVowels) -> str:
    def long(found: re.Match[str]) -> str:
        vowel: str = next(filter(None, (found[group] for group in (1, 3, 4, 5, 6))))
        written = found.group()[-1] if found[1] is None else vowel
        if long_vowels == "macron":
            return _MACRONS[system]["aiueo".index(vowel)]
        if long_vowels == "double":
            return vowel + written
        return "oh" if long_vowels == "oh" and vowel == "o" else vowel

    return _LONG.sub(long, text).replace("\x00", "").replace("ー", "")


def may_be_written(reading: str, romanization: str) -> bool:
    """Return whether *romanization* is *reading* in modified Hepburn, with any division into words.

    Where kana are ambiguous (おう within or between parts of a word, は as a particle), both forms are
    accepted. Names of letters in kana (エスシーシー) may be written as the letters.

    >>> may_be_written("ひかくさんげんそく", "Hikaku San Gensoku"), may_be_written("おおの", "Ono")
    (True, False)
    """
    wanted = re.sub(r"[\s:\-'’·・.,/()（）]", "", unicodedata.normalize("NFC", romanization)).casefold()
    kana = re.sub(r"[\s・]", "", _hiragana(reading))
    # For each number of kana, the romanizations of them that *wanted* begins with.
    prefixes: list[set[str]] = [set() for _ in range(len(kana) + 1)]
    prefixes[0] = {""}
    for at in range(len(kana)):
        # The last vowel may still be lengthened.
        begun = {prefix for prefix in prefixes[at] if wanted.startswith(prefix[:-1])}
        if begun:
            for size, letters in _next(kana, at):
                prefixes[at + size] |= {longer for prefix in begun for longer in _extended(prefix, letters)}
    return wanted in prefixes[-1]


def _next(kana: str, at: int) -> Iterator[tuple[int, str]]:
    """Yield the lengths and romanizations of the kana at an offset."""
    if kana[at] == "っ":
        yield 1, _doubled(_mora(kana[at + 1 : at + 3], "hepburn")[0] if kana[at + 1 :] else "")
        return
    mora, size = _mora(kana[at : at + 2], "hepburn")
    yield size, mora
    if size == 1 and mora and kana[at] in _PARTICLES:
        yield 1, _PARTICLES[kana[at]]
    for length in range(2, 6):
        letter = _LETTERS.get(kana[at : at + length])
        if letter and len(kana) >= at + length:
            yield length, letter


def _extended(prefix: str, letters: str) -> Iterator[str]:
    """Yield *prefix* with the next letters, as a sound of their own or as the length of the vowel before."""
    if letters == "ー":
        yield prefix
        yield prefix[:-1] + _macron(prefix[-1:])
        return
    yield prefix + letters
    if letters in tuple("aiueo") and (prefix[-1:] == letters or (prefix[-1:] == "o" and letters == "u")):
        yield prefix[:-1] + _macron(prefix[-1])


def _macron(vowel: str) -> str:
    return _MACRONS["hepburn"]["aiueo".index(vowel)] if vowel and vowel in "aiueo" else vowel
