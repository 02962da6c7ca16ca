"""Keys: how text is folded so that spellings of one name meet.

Stored text is never folded, only what is compared. There is one folding for each purpose. Marks are
taken off Latin letters alone: taking them off kana turns ガス (gas) into カス (dregs).

Patterns are strings that `re` compiles at their first use: most programs need few of them.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from alliance_ref.arguments import check_text

_DROPPED = dict.fromkeys(
    map(ord, " \t\n\r\u3000\u00a0\u200b\u00ad-‐‑‒–—―−~～・･·'’‘ʼ`´\"“”.．,、/:()（）「」『』")
)
# Marks that stand alone: compatibility would make them a space and a mark on the letter before it.
_LONE_MARKS = dict.fromkeys(
    map(
        ord,
        "\u00a8\u00af\u00b4\u00b8\u02d8\u02d9\u02da\u02db\u02dc\u02dd\u037a\u0384\u0385\u1fbd\u1fbf\u1fc0\u1fc1\u1fcd"
        "\u1fce\u1fcf\u1fdd\u1fde\u1fdf\u1fed\u1fee\u1ffd\u1ffe\u2017\u203e\u309b\u309c\ufc5e\ufc5f\ufc60\ufc61\ufc62"
        "\ufc63\ufe49\ufe4a\ufe4b\ufe4c\ufe70\ufe72\ufe74\ufe76\ufe78\ufe7a\ufe7c\ufe7e\uffe3",
    )
)
_KATAKANA_TO_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}


OLD_KANJI = (
    "壓圍醫爲壹隱榮營衞驛圓緣鹽奧應橫歐毆黃溫穩假價畫會壞懷繪擴殼覺學嶽樂勸卷寬歡觀關陷巖顏歸氣龜僞戲"
    "犧舊據擧虛峽挾敎狹鄕曉區驅勳薰徑惠揭溪經繼莖螢輕鷄藝擊縣儉劍圈檢權獻硏險顯驗嚴效廣恆鑛號國黑濟碎"
    "齋劑雜參慘棧蠶贊殘絲齒兒辭濕實舍寫釋壽收從澁獸縱肅處敍獎將燒稱證乘剩壤孃條淨狀疊讓釀囑觸寢愼晉眞"
    "盡圖粹醉隨髓數樞聲靜齊攝竊專戰淺潛纖踐錢禪雙壯搜插爭總聰莊裝騷增臟藏屬續墮體對帶滯瀧臺擇澤單擔膽"
    "團彈斷癡遲晝蟲鑄廳聽敕鎭遞鐵轉點傳黨盜燈當鬪德獨讀屆繩貳惱腦霸廢拜賣麥發髮拔蠻祕濱拂佛倂竝變邊邉"
    "辨瓣辯舖步穗寶萠豐沒飜每萬滿默彌藥譯豫餘與譽搖樣謠遙來賴亂覽龍兩獵綠壘勵禮隸靈齡戀爐勞樓錄灣彎槇"
    "嶋嶌髙槗祿絛敘稅說脫靑內戶吳產卽郞亞惡﨑淵檜曾"
)
"""Kanji as they were before 1946, or as some families still write them."""
_NEW_KANJI = (
    "圧囲医為壱隠栄営衛駅円縁塩奥応横欧殴黄温穏仮価画会壊懐絵拡殻覚学岳楽勧巻寛歓観関陥巌顔帰気亀偽戯"
    "犠旧拠挙虚峡挟教狭郷暁区駆勲薫径恵掲渓経継茎蛍軽鶏芸撃県倹剣圏検権献研険顕験厳効広恒鉱号国黒済砕"
    "斎剤雑参惨桟蚕賛残糸歯児辞湿実舎写釈寿収従渋獣縦粛処叙奨将焼称証乗剰壌嬢条浄状畳譲醸嘱触寝慎晋真"
    "尽図粋酔随髄数枢声静斉摂窃専戦浅潜繊践銭禅双壮捜挿争総聡荘装騒増臓蔵属続堕体対帯滞滝台択沢単担胆"
    "団弾断痴遅昼虫鋳庁聴勅鎮逓鉄転点伝党盗灯当闘徳独読届縄弐悩脳覇廃拝売麦発髪抜蛮秘浜払仏併並変辺辺"
    "弁弁弁舗歩穂宝萌豊没翻毎万満黙弥薬訳予余与誉揺様謡遥来頼乱覧竜両猟緑塁励礼隷霊齢恋炉労楼録湾弯槙"
    "島島高橋禄条叙税説脱青内戸呉産即郎亜悪崎渕桧曽"
)
_NEW_FOR_OLD = dict(zip(map(ord, OLD_KANJI), _NEW_KANJI, strict=True))
# A small ke or ka between kanji is one word in many spellings: 関ヶ原 関ケ原 関が原, 六か国 六カ国.
_SMALL_KE = (
    r"[ケヵカがか]"
    r"(?:(?<=[\u3400-\u9fff\u3005][ケヵカが])(?=[\u3400-\u9fff])|(?<=[一-十百数何0-9]か)(?=[国所月年条]))"
)

_MAY_BE_KE = re.compile("[ケヵカがか]")


_PERHAPS_MARKED = re.compile("[A-Za-z\u00aa-\u024f][^\\x00-\u02ff]")
"""A letter with something behind it that may be a mark; most text has none, which is quick to tell."""


def _without_latin_marks(text: str) -> str:
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFD", text)
    if not _PERHAPS_MARKED.search(decomposed):
        return unicodedata.normalize("NFC", text)
    parts = []
    latin = False
    for character in decomposed:
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
    apostrophes, full stops, slashes and brackets; old forms of kanji, and which kana stands for a small
    ke between kanji. Other kana stay what they are.

    >>> import alliance_ref as ar
    >>> ar.name_key("Ｕ.Ｓ.–Japan") == ar.name_key("US Japan")
    True
    >>> ar.name_key("Ōno"), ar.name_key("ガス")
    ('ono', 'ガス')
    """
    return with_small_ke(_folded(text))


def with_small_ke(key: str) -> str:
    """A key that is made but for the small ke in it.

    >>> with_small_ke("関が原で一か月")
    '関ヶ原で一ヶ月'
    """
    return re.sub(_SMALL_KE, "ヶ", key) if _MAY_BE_KE.search(key) else key


def _folded(text: str) -> str:
    text = unicodedata.normalize("NFC", text).translate(_LONE_MARKS)
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_DROPPED)
    folded = _without_latin_marks(unicodedata.normalize("NFKC", folded)).translate(_DROPPED)
    return folded if folded.isascii() else folded.translate(_NEW_FOR_OLD)


class Folded(NamedTuple):
    r"""A key, and where in the text it was made from each of its characters stands.

    ``key[n]`` comes from ``text[starts[n]:ends[n]]``.

    >>> import alliance_ref as ar
    >>> text = "at Ｃａｍｐ　Ｚａｍａ"
    >>> folded = ar.fold(text)
    >>> at = folded.key.index("campzama")
    >>> folded.key, text[folded.starts[at] : folded.ends[-1]]
    ('atcampzama', 'Ｃａｍｐ\u3000Ｚａｍａ')
    """

    key: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def fold(text: str) -> Folded:
    """The :func:`name_key` of *text* with the way back to *text*.

    >>> import alliance_ref as ar
    >>> folded = ar.fold("Ｕ.Ｓ. Ōno")
    >>> folded.key, folded.starts
    ('usono', (0, 2, 5, 6, 7))
    """
    check_text(text)
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    start = 0
    while start < len(text):
        end = start + 1
        while (after := _behind_dropped(text, end)) < len(text) and _joins(text[after]):
            end = after + 1
        part = _cluster_key(text[start:end])
        parts.append(part)
        starts += [start] * len(part)
        ends += [end] * len(part)
        start = end
    return Folded(with_small_ke("".join(parts)), tuple(starts), tuple(ends))


def _behind_dropped(text: str, at: int) -> int:
    """The next place that a key does not drop: a mark goes with the letter before what is dropped."""
    while at < len(text) and (ord(text[at]) in _DROPPED or ord(text[at]) in _LONE_MARKS):
        at += 1
    return at


def _joins(character: str) -> bool:
    """Whether a character goes with the one before it: a mark, or a part of a Hangul syllable."""
    return (
        unicodedata.combining(character) > 0
        or "\u1160" <= character <= "\u11ff"
        or character in "\uff9e\uff9f"
    )


@lru_cache(maxsize=1 << 14)
def _cluster_key(cluster: str) -> str:
    return _folded(cluster)


@lru_cache(maxsize=4096)
def reading_key(text: str) -> str:
    """The key of a reading: as :func:`name_key`, with katakana as hiragana.

    >>> import alliance_ref as ar
    >>> ar.text.reading_key("ﾌﾃﾝﾏ ヒコウジョウ")
    'ふてんまひこうじょう'
    """
    return name_key(text).translate(_KATAKANA_TO_HIRAGANA)


_ENGLISH_WORD = r"[a-z0-9&]+"
BRITISH_SPELLINGS = (
    ("defence", "defense"),
    ("offence", "offense"),
    ("programme", "program"),
    ("centre", "center"),
    ("theatre", "theater"),
    ("isation", "ization"),
    ("ising", "izing"),
    ("ised", "ized"),
    ("labour", "labor"),
    ("neighbour", "neighbor"),
    ("harbour", "harbor"),
)
"""Parts of words as they are spelled in Britain and in America."""


@lru_cache(maxsize=4096)
def english_key(text: str) -> str:
    """The key of an English name in American spelling, each of its words in the singular.

    Empty for text without Latin letters.

    >>> import alliance_ref as ar
    >>> [ar.text.english_key(text) for text in ("Defence Programmes", "Japan's policies", "rules of engagement")]
    ['defense program', 'japan policy', 'rule of engagement']
    """
    folded = _without_latin_marks(unicodedata.normalize("NFKC", text).casefold())
    folded = re.sub(r"['’](?:s\b)?|(?<=\w)\.(?=\w)|(?<=\w)[-‐‑](?=\w)", "", folded)
    return " ".join(map(_stem, re.findall(_ENGLISH_WORD, folded)))


@lru_cache(maxsize=1 << 14)
def _stem(word: str) -> str:
    return _until_stable(_singular, word)


def _singular(word: str) -> str:
    for british, american in BRITISH_SPELLINGS:
        word = word.replace(british, american)
    if len(word) < 4 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    return word.removesuffix("s")


# One spelling for each sound, whichever system a romanization follows; longer ones first.
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
    """The key under which romanizations of one reading meet, in any system and with any long vowels.

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
    """A key folded again and again until it is its own key."""
    while (folded := fold_once(key)) != key:
        key = folded
    return key


_OKURIGANA = (
    r"(?<=[\u3400-\u9fff\u3005])[いえきぎけげしせちつてねびべみめりれるわら]{1,2}(?=[\u3400-\u9fff]|$)"
)


@lru_cache(maxsize=4096)
def okurigana_key(text: str) -> str:
    """The key under which a word meets itself with fewer or more of its okurigana.

    >>> import alliance_ref as ar
    >>> {ar.text.okurigana_key(word) for word in ("引渡し", "引き渡し", "引渡")}
    {'引渡'}
    """
    return _until_stable(lambda key: re.sub(_OKURIGANA, "", key), name_key(text))


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


@lru_cache(maxsize=4096)
def is_kana(text: str) -> bool:
    """Whether *text* is nothing but kana, spaces and middle dots.

    >>> is_kana("ふてんま"), is_kana("普天間")
    (True, False)
    """
    folded = reading_key(text)
    return bool(folded) and all("\u3041" <= c <= "\u309e" or c == "ー" for c in folded)
