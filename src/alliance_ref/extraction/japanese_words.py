"""Japanese text for the builder: UniDic's words with their classes, and the compounds they make."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from alliance_ref.text.japanese.tagging import Word, word_lines, word_of_line

NOUN, VERBAL, NUMBER, PREFIX, SUFFIX, LATIN, JOINER, VERB, ADJECTIVE, ADVERB, ADNOMINAL, OTHER = (
    "nv#psl・wad同o"
)
"""Classes of words; those of ``COMPOUND`` may stand in a compound."""

COMPOUND = frozenset("nv#psl・")
CONTENT = frozenset("nvlwad#ps")

_LATIN = re.compile(r"[A-Za-zＡ-Ｚａ-ｚÀ-ÖØ-öø-ɏ]")
_FOREIGN = re.compile(r"[ァ-ヴーA-Za-zＡ-Ｚａ-ｚÀ-ɏ0-9０-９]")
_DIGITS = re.compile(r"[0-9０-９]+")
# Nouns that mean nothing by themselves and end or break a compound.
_EMPTY_NOUNS = frozenset(
    """事 為 訳 方 筈 内 間 上 下 中 前 後 際 場合 積もり 儘 通り 侭 他 程 位 頃 等 回 以上 以下 以外
    以降 以前 以来 一方 今回 今後 現在 当時 最近 昨日 今日 明日 昨年 今年 来年 同日
    同月 同年 同氏 同様 同時 後者 前者
    其れ 此れ 一つ 二つ 自身 自分 自体 皆 全て 何 誰 多く 殆ど 更 又 共 互い""".split()
)  # fmt: skip
# Nouns that end a compound but are no term by themselves.
_TAIL_NOUNS = frozenset("物 者 時 所 点 度 もの とき".split())
_EDGE_PREFIXES = frozenset("同 約 各 毎 当 本 今 昨 翌 来 もう お 御 ご 全 計 ほぼ".split())
_AFTER_NOUNS = frozenset("を が は も や する".split())
_EDGE_SUFFIXES = frozenset(
    "氏 さん 様 君 殿 ちゃん ら たち 達 など 等 ごと 毎 ずつ 中 前 後 間 内 上 下 頃 ごろ 目"
    " 以上 以下 だらけ ども".split()
)
_NUMERALS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"十": "10", "ゼロ": "0"}
_TO_ASCII = str.maketrans("０１２３４５６７８９", "0123456789")


class JapaneseType(NamedTuple):
    """What a word as it stands is to the builder: its surface, the key it is counted under, its class.

    `source` is the foreign word it comes from, `sound` its katakana if it may be a foreign name or word.
    """

    surface: str
    key: str
    kind: str
    source: str = ""
    sound: str = ""
    lemma: str = ""
    flags: str = ""
    code: str = "o"
    """One letter that tells how it may stand in a compound, for the pattern that finds them."""


def _kind(surface: str, word: Word) -> str:
    pos = word.pos
    head = pos[0] if pos else ""
    second = pos[1] if len(pos) > 1 else ""
    if _LATIN.match(surface):
        return LATIN
    if surface in "・＝":
        return JOINER
    if head == "名詞":
        if second == "数詞" or _DIGITS.fullmatch(surface):
            return NUMBER
        if second == "助動詞語幹" or word.lemma in _EMPTY_NOUNS:
            return OTHER
        if surface in _TAIL_NOUNS:
            return SUFFIX
        return VERBAL if any("サ変" in level for level in pos) else NOUN
    if head == "形状詞":
        return OTHER if second == "助動詞語幹" else NOUN
    if head == "接頭辞":
        return PREFIX
    if head == "接尾辞":
        return SUFFIX if second == "名詞的" or second == "形状詞的" else OTHER
    if head == "動詞":
        return OTHER if second == "非自立可能" and word.lemma in _LIGHT_VERBS else VERB
    if head == "形容詞":
        return ADJECTIVE
    if head == "副詞":
        return ADVERB
    if head == "記号" and surface.isalpha():
        return NOUN
    return OTHER


_LIGHT_VERBS = frozenset(
    "為る 居る 有る 成る 出来る 行く 来る 見る 置く 仕舞う 得る 下さる 頂く 御座る".split()
)


def japanese_type(surface: str, word: Word) -> JapaneseType:
    """The type of one word."""
    kind = _kind(surface, word)
    key = surface
    if kind in (VERB, ADJECTIVE):
        key = word.lemma
    elif kind == LATIN:
        key = surface.lower().translate(_WIDE)
    elif kind == NUMBER:
        digits = surface.translate(_TO_ASCII)
        key = "#" + (digits if digits.isdigit() else _NUMERALS.get(surface, surface))
    sound = ""
    if kind in (NOUN, VERBAL):
        if _KATAKANA.fullmatch(surface):
            sound = surface
        elif "固有名詞" in word.pos:
            sound = word.reading
    flags = ""
    if "固有名詞" in word.pos:
        flags += "P"
    if any("形状詞" in level for level in word.pos):
        flags += "J"
    if kind == VERB and word.conjugation and word.conjugation[-1].startswith("連用形"):
        flags += "R"
    if word.lemma == "為る":
        flags += "D"
    if kind in (LATIN, NUMBER) or _KATAKANA.fullmatch(surface):
        flags += "F"
    if any("助数詞" in level for level in word.pos):
        flags += "C"
    if surface == "に":
        flags += "N"
    if surface == "の":
        flags += "G"
    return JapaneseType(
        surface, key, kind, word.source_word.lower(), sound, word.lemma, flags, _code(surface, kind, flags)
    )


def _code(surface: str, kind: str, flags: str) -> str:
    if kind == PREFIX:
        return "q" if surface in _EDGE_PREFIXES else "p"
    if kind == SUFFIX:
        return "e" if surface in _EDGE_SUFFIXES else "s"
    if kind in COMPOUND:
        return kind
    if "R" in flags:
        return "r"
    if surface == "の":
        return "G"
    if surface == "な":
        return "N"
    return "A" if surface in _AFTER_NOUNS else "o"


_COMPOUND = re.compile(
    r"(?:[nv#lp]|r(?=[nvs]))(?:[nv#slp・]|(?<=[nvs])r(?=[AGnvs])|r(?=[nvs])|q(?=[nv]))*(?<![p・])"
)


_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_KATAKANA = re.compile(r"[ァ-ヴー]{2,}")


@lru_cache(maxsize=1 << 17)
def type_of_line(line: str) -> JapaneseType:
    """The type of the word that a line of :func:`read_lines` stands for."""
    if line in _MADE:
        return _MADE[line]
    return japanese_type(*word_of_line(line))


_MADE = {"・": JapaneseType("・", "・", JOINER, "", "", "・", "", JOINER)}


def read_lines(text: str) -> list[str]:
    """The words of *text*, a line of the dictionary's each.

    A word that it does not know may be a whole name with its middle dots: its parts stand for it.
    """
    lines = word_lines(text)
    if "・" in text:
        lines = [part for line in lines for part in _parts(line)]
    return lines


def _parts(line: str) -> list[str]:
    surface, tab, features = line.partition("\t")
    if "・" not in surface or surface == "・":
        return [line]
    return [part if part == "・" else part + tab + features for part in re.split("(・)", surface) if part]


def starts_of(surfaces: Sequence[str], text: str) -> list[int]:
    """Where each word of *text* begins; it ends where its surface does."""
    starts = [0, *accumulate(map(len, surfaces))]
    if starts.pop() == len(text):
        return starts
    starts = []
    at = 0
    for surface in surfaces:
        found = text.find(surface, at)
        # Half-width kana and separate voicing marks are read as other characters than stand there.
        at = found if found >= 0 else at
        starts.append(at)
        at += len(surface)
    return starts


def foreign(compound: str) -> JapaneseType | None:
    """The type of a compound all in katakana, which may be one foreign word that UniDic took for several."""
    return (
        JapaneseType(compound, compound, NOUN, "", compound, compound, "F", NOUN)
        if _KATAKANA.fullmatch(compound)
        else None
    )


def compounds(codes: str, surfaces: Sequence[str], starts: Sequence[int], text: str) -> list[tuple[int, int]]:
    """The longest runs of words that may be one compound, without what only stands at its edges.

    *codes* are those of the words' types. A space parts no two words of which one is
    foreign: ジョージ ブッシュ, JSON 形式.

    >>> text = "約二百人の在日米軍兵士らが引き渡された。"
    >>> types = [type_of_line(line) for line in read_lines(text)]
    >>> surfaces = [kind.surface for kind in types]
    >>> starts = starts_of(surfaces, text)
    >>> codes = "".join(kind.code for kind in types)
    >>> ["".join(surfaces[first:last]) for first, last in compounds(codes, surfaces, starts, text)]
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
