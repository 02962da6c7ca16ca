"""Readings that depend on the neighbors of a word: 外国人, 株式会社, お母さん, 条約の下で, 羽田空港.

UniDic reads each of these words without regard to its neighbors. The rules here are ours, one for each word.
"""

from collections.abc import Callable, Mapping, Sequence

from alliance_ref.text.japanese.number_phrases import PlacedWord

_PEOPLES = frozenset(
    "外国 外 異国 他国 自国 本国 母国 両国 各国 民間 社会 知識 文化 現代 地球 宇宙 西洋 東洋 西欧 "
    "東欧 欧米 南蛮 財界 政界 経済 国際 アラブ ユダヤ アジア 白 黒 黄色 異邦 邦 県 在日 日系 "
    "韓国系 アングロサクソン ラテン ゲルマン スラブ 原始 古代 近代 業界 芸能".split()
)
"""Words after which 人 is じん, in addition to the names of countries and places."""

_ENDINGS_OF_COUNTRIES = ("国", "系", "洋")

_CONCRETE = frozenset(
    "机 橋 木 床 階段 傘 地面 水面 海面 屋根 窓 足 腕 目 鼻 耳 口 顎 膝 脚 椅子 テーブル 棚 台 岩 "
    "石 山 崖 雲 空 太陽 月 星 電灯 街灯 船 車 飛行機 ベッド 布団 天井 軒 塀 壁 門 鉄橋 高架 "
    "滑走路 基地 地 土 雪 氷 水 海 桜 樹 樹木 枕 服 上着 シャツ 帽子 その これ それ 上 左 右 図 "
    "表 写真 絵 グラフ 欄 列 段".split()
)
"""Nouns before の下 that are above a place, so that 下 is した; after all others it is もと."""

_UNDER = frozenset("でに、,")
_AIRPORT = frozenset("空港 国際 沖 発 着 線 便 行き 経由 到着 出発 離陸 上空".split())

_OKINAWA = (
    "国頭村=くにがみそん 大宜味村=おおぎみそん 東村=ひがしそん 今帰仁村=なきじんそん "
    "本部町=もとぶちょう 恩納村=おんなそん 宜野座村=ぎのざそん 金武町=きんちょう 伊江村=いえそん "
    "読谷村=よみたんそん 嘉手納町=かでなちょう 北谷町=ちゃたんちょう 北中城村=きたなかぐすくそん "
    "中城村=なかぐすくそん 西原町=にしはらちょう 与那原町=よなばるちょう 南風原町=はえばるちょう "
    "渡嘉敷村=とかしきそん 座間味村=ざまみそん 粟国村=あぐにそん 渡名喜村=となきそん "
    "南大東村=みなみだいとうそん 北大東村=きただいとうそん 伊平屋村=いへやそん "
    "伊是名村=いぜなそん 久米島町=くめじまちょう 八重瀬町=やえせちょう 多良間村=たらまそん "
    "竹富町=たけとみちょう 与那国町=よなぐにちょう 勝連町=かつれんちょう 与那城町=よなしろちょう "
    "佐敷町=さしきちょう 知念村=ちねんそん 玉城村=たまぐすくそん 東風平町=こちんだちょう "
    "具志頭村=ぐしかみそん 具志川村=ぐしかわそん 仲里村=なかざとそん 城辺町=ぐすくべちょう "
    "下地町=しもじちょう 伊良部町=いらぶちょう"
)
OKINAWAN_TOWNS: Mapping[str, tuple[str, ...]] = {
    name: (kana,) for name, kana in (pair.split("=") for pair in _OKINAWA.split())
}
"""The towns and villages of Okinawa, with those before the mergers of 2002–2006: 町 is ちょう, 村 is そん."""


def reading_in_context(words: Sequence[PlacedWord], at: int) -> str | None:
    """Return the reading of a word that its neighbors decide, or ``None``."""
    rule = _RULES.get(words[at].surface)
    return None if rule is None else rule(words, at)


def _surface(words: Sequence[PlacedWord], at: int) -> str:
    return words[at].surface if 0 <= at < len(words) else ""


def _person(words: Sequence[PlacedWord], at: int) -> str | None:
    """Read 人 as じん after a country, a place or a people."""
    if at == 0 or words[at - 1].end != words[at].start:
        return None
    before = words[at - 1]
    is_place = "地名" in before.word.pos
    is_people = before.surface in _PEOPLES or (
        before.surface.endswith(_ENDINGS_OF_COUNTRIES) and before.word.pos[:1] == ("名詞",)
    )
    return "じん" if is_place or is_people else None


def _company(words: Sequence[PlacedWord], at: int) -> str | None:
    """Read 会社 as がいしゃ as the second part of a compound."""
    if at == 0 or words[at - 1].end != words[at].start:
        return None
    pos = words[at - 1].word.pos
    if words[at - 1].surface in "同各本当両他諸":
        return None
    is_noun = pos[:1] == ("名詞",) and "数詞" not in pos and "固有名詞" not in pos and "副詞可能" not in pos
    return "がいしゃ" if is_noun or pos[:2] == ("接尾辞", "名詞的") else None


def _relative(kana: str) -> Callable[[Sequence[PlacedWord], int], str | None]:
    """Return a rule for a word such as 母 before さん and 様."""

    def rule(words: Sequence[PlacedWord], at: int) -> str | None:
        return kana if _surface(words, at + 1) in ("さん", "さま", "様", "ちゃん", "ちゃま") else None

    return rule


def _under(words: Sequence[PlacedWord], at: int) -> str | None:
    """Read 下 as もと in 条約の下で, but as した in 机の下で."""
    if _surface(words, at - 1) != "の" or at < 2:
        return None
    if words[at - 2].surface in _CONCRETE:
        return "した"
    is_noun = words[at - 2].word.pos[:1] in (("名詞",), ("接尾辞",))
    return "もと" if is_noun and _surface(words, at + 1) in _UNDER else None


def _keystone(words: Sequence[PlacedWord], at: int) -> str | None:
    """Read 要 as かなめ in 同盟の要, but as よう in 検討の要がある and 要は."""
    is_after_no = _surface(words, at - 1) == "の"
    return "かなめ" if is_after_no and _surface(words, at + 1) not in ("が", "は", "も") else None


def _haneda(words: Sequence[PlacedWord], at: int) -> str | None:
    return "はねだ" if _surface(words, at + 1) in _AIRPORT else None


_RULES: Mapping[str, Callable[[Sequence[PlacedWord], int], str | None]] = {
    "人": _person,
    "会社": _company,
    "母": _relative("かあ"),
    "兄": _relative("にい"),
    "父": _relative("とう"),
    "姉": _relative("ねえ"),
    "下": _under,
    "要": _keystone,
    "羽田": _haneda,
}
