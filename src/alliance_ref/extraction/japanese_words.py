"""Japanese words with their classes, and the compounds that a term may fill."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from alliance_ref.text.japanese.tagging import Word, word_lines, word_of_line
from alliance_ref.text.numerals import KANJI_DIGITS
from alliance_ref.text.scripts import KATAKANA

NOUN, VERBAL, NUMBER, PREFIX, SUFFIX, LATIN, JOINER, VERB, ADJECTIVE, ADVERB, OTHER = "nv#psl・wado"
"""Classes of words, as one letter each."""

COMPOUND_CLASSES = frozenset((NOUN, VERBAL, NUMBER, PREFIX, SUFFIX, LATIN, JOINER))
"""Classes of words that may be part of a compound."""

CONTENT_CLASSES = frozenset((NOUN, VERBAL, LATIN, VERB, ADJECTIVE, ADVERB, NUMBER, PREFIX, SUFFIX))
"""Classes of words that may have a translation."""

_LATIN = re.compile(r"[A-Za-zＡ-Ｚａ-ｚÀ-ÖØ-öø-ɏ]")
_FOREIGN = re.compile(f"[{KATAKANA}A-Za-zＡ-Ｚａ-ｚÀ-ɏ0-9０-９]")
_DIGITS = re.compile(r"[0-9０-９]+")
# Nouns with little meaning of their own, which are not part of a compound.
_EMPTY_NOUNS = frozenset(
    """事 為 訳 方 筈 内 間 上 下 中 前 後 際 場合 積もり 儘 通り 侭 他 程 位 頃 等 回 以上 以下 以外
    以降 以前 以来 一方 今回 今後 現在 当時 最近 昨日 今日 明日 昨年 今年 来年 同日
    同月 同年 同氏 同様 同時 後者 前者
    其れ 此れ 一つ 二つ 自身 自分 自体 皆 全て 何 誰 多く 殆ど 更 又 共 互い""".split()
)  # fmt: skip
# Nouns that may end a compound but are not terms.
_TAIL_NOUNS = frozenset("物 者 時 所 点 度 もの とき".split())
# Prefixes that do not begin a term, and suffixes that do not end one.
_EDGE_PREFIXES = frozenset("同 約 各 毎 当 本 今 昨 翌 来 もう お 御 ご 全 計 ほぼ".split())
# Words after which a verbal stem before them is a noun.
_AFTER_NOUNS = frozenset("を が は も や する".split())
_EDGE_SUFFIXES = frozenset(
    "氏 さん 様 君 殿 ちゃん ら たち 達 など 等 ごと 毎 ずつ 中 前 後 間 内 上 下 頃 ごろ 目"
    " 以上 以下 だらけ ども".split()
)
_NUMERALS = {kanji: str(digit) for kanji, digit in KANJI_DIGITS.items()} | {"十": "10", "ゼロ": "0"}
_TO_ASCII = str.maketrans("０１２３４５６７８９", "0123456789")


class JapaneseWord(NamedTuple):
    """A Japanese word form and its properties.

    Attributes:
        surface: The word as written.
        key: The key under which it is counted.
        kind: Its class.
        source: The foreign word from which UniDic derives it.
        sound: Its katakana, if it may be a foreign word or a name.
        lemma: Its UniDic lemma.
        flags: Letters for properties: P proper noun, J adjectival noun, R stem of a verb, D する, F foreign,
            C counter, N に, G の.
        code: The letter by which `find_compounds` decides how it may be part of a compound.
    """

    surface: str
    key: str
    kind: str
    source: str = ""
    sound: str = ""
    lemma: str = ""
    flags: str = ""
    code: str = OTHER


# Verbs that have a grammatical function and hardly a translation.
_LIGHT_VERBS = frozenset(
    "為る 居る 有る 成る 出来る 行く 来る 見る 置く 仕舞う 得る 下さる 頂く 御座る".split()
)

# The class of a word by its part of speech, if nothing else decides.
_CLASS_OF_POS = {
    "形状詞": NOUN,
    "接頭辞": PREFIX,
    "動詞": VERB,
    "形容詞": ADJECTIVE,
    "副詞": ADVERB,
}


def _word_class(surface: str, word: Word) -> str:
    head = word.pos[0] if word.pos else ""
    second = word.pos[1] if len(word.pos) > 1 else ""
    if _LATIN.match(surface):
        return LATIN
    if surface in "・＝":
        return JOINER
    if head == "名詞":
        return _noun_class(surface, word, second)
    if head == "接尾辞":
        return SUFFIX if second in ("名詞的", "形状詞的") else OTHER
    if head == "記号":
        return NOUN if surface.isalpha() else OTHER
    if (head == "形状詞" and second == "助動詞語幹") or (
        head == "動詞" and second == "非自立可能" and word.lemma in _LIGHT_VERBS
    ):
        return OTHER
    return _CLASS_OF_POS.get(head, OTHER)


def _noun_class(surface: str, word: Word, second: str) -> str:
    if second == "数詞" or _DIGITS.fullmatch(surface):
        return NUMBER
    if second == "助動詞語幹" or word.lemma in _EMPTY_NOUNS:
        return OTHER
    if surface in _TAIL_NOUNS:
        return SUFFIX
    return VERBAL if any("サ変" in level for level in word.pos) else NOUN


def japanese_word(surface: str, word: Word) -> JapaneseWord:
    """Return the properties of one word."""
    kind = _word_class(surface, word)
    sound = ""
    if kind in (NOUN, VERBAL):
        if _KATAKANA.fullmatch(surface):
            sound = surface
        elif "固有名詞" in word.pos:
            sound = word.reading
    key = _key(surface, word, kind)
    flags = _flags(surface, word, kind)
    code = _code(surface, kind, flags)
    return JapaneseWord(surface, key, kind, word.source_word.lower(), sound, word.lemma, flags, code)


def _key(surface: str, word: Word, kind: str) -> str:
    if kind in (VERB, ADJECTIVE):
        return word.lemma
    if kind == LATIN:
        return surface.lower().translate(_WIDE)
    if kind == NUMBER:
        digits = surface.translate(_TO_ASCII)
        return "#" + (digits if digits.isdigit() else _NUMERALS.get(surface, surface))
    return surface


def _flags(surface: str, word: Word, kind: str) -> str:
    """Return the letters of the properties that hold; see `JapaneseWord`."""
    properties = (
        ("P", "固有名詞" in word.pos),
        ("J", any("形状詞" in level for level in word.pos)),
        ("R", kind == VERB and bool(word.conjugation) and word.conjugation[-1].startswith("連用形")),
        ("D", word.lemma == "為る"),
        ("F", kind in (LATIN, NUMBER) or _KATAKANA.fullmatch(surface) is not None),
        ("C", any("助数詞" in level for level in word.pos)),
        ("N", surface == "に"),
        ("G", surface == "の"),
    )
    return "".join(letter for letter, holds in properties if holds)


def _code(surface: str, kind: str, flags: str) -> str:
    """Return the letter of a word in the pattern of compounds: the class, or its role at an edge."""
    if kind == PREFIX:
        return "q" if surface in _EDGE_PREFIXES else "p"
    if kind == SUFFIX:
        return "e" if surface in _EDGE_SUFFIXES else "s"
    if kind in COMPOUND_CLASSES:
        return kind
    if "R" in flags:
        return "r"
    if surface == "の":
        return "G"
    if surface == "な":
        return "N"
    return "A" if surface in _AFTER_NOUNS else "o"


# A compound in the codes of its words: nouns, numbers, Latin words and stems of verbs before a noun, with
# affixes and middle dots inside; q (a prefix that does not begin a term) only before a noun.
_COMPOUND = re.compile(
    r"(?:[nv#lp]|r(?=[nvs]))(?:[nv#slp・]|(?<=[nvs])r(?=[AGnvs])|r(?=[nvs])|q(?=[nv]))*(?<![p・])"
)

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_KATAKANA = re.compile(f"[{KATAKANA}]{{2,}}")


@lru_cache(maxsize=1 << 17)
def japanese_word_of_line(line: str) -> JapaneseWord:
    """Return the word of a line of `dictionary_lines`."""
    if line == _MIDDLE_DOT.surface:
        return _MIDDLE_DOT
    return japanese_word(*word_of_line(line))


_MIDDLE_DOT = JapaneseWord("・", "・", JOINER, "", "", "・", "", JOINER)


def dictionary_lines(text: str) -> list[str]:
    """Return the words of *text*, each as a line of the dictionary.

    UniDic may take a whole unknown name with middle dots as one word; it is split at the dots.
    """
    lines = word_lines(text)
    if "・" in text:
        lines = [part for line in lines for part in _split_at_dots(line)]
    return lines


def _split_at_dots(line: str) -> list[str]:
    surface, tab, features = line.partition("\t")
    if "・" not in surface or surface == "・":
        return [line]
    return [part if part == "・" else part + tab + features for part in re.split("(・)", surface) if part]


def word_starts(surfaces: Sequence[str], text: str) -> list[int]:
    """Return the start offset of each word of *text*."""
    starts = [0, *accumulate(map(len, surfaces))]
    if starts.pop() == len(text):
        return starts
    starts = []
    at = 0
    for surface in surfaces:
        found = text.find(surface, at)
        # The tagger normalizes half-width kana and separate voicing marks.
        at = found if found >= 0 else at
        starts.append(at)
        at += len(surface)
    return starts


def katakana_word(compound: str) -> JapaneseWord | None:
    """Return a compound in katakana as one word; ``None`` for other compounds.

    UniDic may split a foreign word that it does not know.
    """
    return (
        JapaneseWord(compound, compound, NOUN, "", compound, compound, "F", NOUN)
        if _KATAKANA.fullmatch(compound)
        else None
    )


def find_compounds(
    codes: str, surfaces: Sequence[str], starts: Sequence[int], text: str
) -> list[tuple[int, int]]:
    """Return the longest runs of words that may be one compound, without affixes that are not part of a term.

    A space ends a compound, unless a word next to it is foreign: ジョージ ブッシュ, JSON 形式.

    Args:
        codes: The codes of the words (`JapaneseWord.code`).
        surfaces: The words as written.
        starts: The start offset of each word.
        text: The text.

    >>> text = "約二百人の在日米軍兵士らが引き渡された。"
    >>> words = [japanese_word_of_line(line) for line in dictionary_lines(text)]
    >>> surfaces = [word.surface for word in words]
    >>> starts = word_starts(surfaces, text)
    >>> codes = "".join(word.code for word in words)
    >>> ["".join(surfaces[first:last]) for first, last in find_compounds(codes, surfaces, starts, text)]
    ['二百人', '在日米軍兵士']
    """
    if " " not in text and "\u3000" not in text:
        return [found.span() for found in _COMPOUND.finditer(codes)]
    found = []
    first = 0
    size = len(surfaces)
    for place in range(1, size + 1):
        if place < size:
            gap = starts[place] - starts[place - 1] - len(surfaces[place - 1])
            if not gap or (
                gap == 1
                and text[starts[place] - 1] in " \u3000"
                and codes[place] in "nvl#"
                and (_is_foreign(surfaces[place - 1]) or _is_foreign(surfaces[place]))
            ):
                continue
        found += [match.span() for match in _COMPOUND.finditer(codes, first, place)]
        first = place
    return found


def _is_foreign(surface: str) -> bool:
    return _FOREIGN.match(surface) is not None
