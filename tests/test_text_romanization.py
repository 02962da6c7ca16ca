"""Romanization, held against lists of its own."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from alliance_ref.text.romanization import LongVowels, System, may_be_written, romanize, romanize_name

HEPBURN = """
あ a い i う u え e お o  か ka き ki く ku け ke こ ko  さ sa し shi す su せ se そ so
た ta ち chi つ tsu て te と to  な na に ni ぬ nu ね ne の no  は ha ひ hi ふ fu へ he ほ ho
ま ma み mi む mu め me も mo  や ya ゆ yu よ yo  ら ra り ri る ru れ re ろ ro  わ wa を o ん n
が ga ぎ gi ぐ gu げ ge ご go  ざ za じ ji ず zu ぜ ze ぞ zo  だ da ぢ ji づ zu で de ど do
ば ba び bi ぶ bu べ be ぼ bo  ぱ pa ぴ pi ぷ pu ぺ pe ぽ po
きゃ kya きゅ kyu きょ kyo  しゃ sha しゅ shu しょ sho  ちゃ cha ちゅ chu ちょ cho
にゃ nya にゅ nyu にょ nyo  ひゃ hya ひゅ hyu ひょ hyo  みゃ mya みゅ myu みょ myo
りゃ rya りゅ ryu りょ ryo
ぎゃ gya ぎゅ gyu ぎょ gyo  じゃ ja じゅ ju じょ jo  ぢゃ ja ぢゅ ju ぢょ jo
びゃ bya びゅ byu びょ byo  ぴゃ pya ぴゅ pyu ぴょ pyo
ティ ti ディ di トゥ tu ドゥ du テュ tyu デュ dyu  ファ fa フィ fi フェ fe フォ fo フュ fyu
ヴ vu ヴァ va ヴィ vi ヴェ ve ヴォ vo ヴュ vyu  ウィ wi ウェ we ウォ wo  チェ che シェ she ジェ je イェ ye
ツァ tsa ツィ tsi ツェ tse ツォ tso  クァ kwa クィ kwi クェ kwe クォ kwo グァ gwa くゎ kwa
スィ si ズィ zi ニェ nye
ヷ va ヺ vo ゐ i ゑ e
"""
KUNREI = """
し si ち ti つ tu ふ hu じ zi ぢ zi づ zu を o しゃ sya しゅ syu しょ syo ちゃ tya ちゅ tyu ちょ tyo
じゃ zya じゅ zyu じょ zyo ぢゃ zya ぢゅ zyu ぢょ zyo シェ sye チェ tye ジェ zye ぎゃ gya わ wa
"""
NIHON = (
    "し si ち ti つ tu ふ hu じ zi ぢ di づ du を wo ぢゃ dya ぢゅ dyu ぢょ dyo くゎ kwa ゐ wi ゑ we しゃ sya"
)


def pairs(table: str) -> list[tuple[str, str]]:
    words = table.split()
    return list(zip(words[::2], words[1::2], strict=True))


@pytest.mark.parametrize(
    ("system", "kana", "latin"),
    [
        (system, kana, latin)
        for system, table in (("hepburn", HEPBURN), ("kunrei", KUNREI), ("nihon", NIHON))
        for kana, latin in pairs(table)
    ],
)
def test_every_syllable_is_written_as_its_table_says(system: System, kana: str, latin: str) -> None:
    katakana = "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in kana)
    assert romanize(kana, system=system) == romanize(katakana, system=system) == latin


@pytest.mark.parametrize(
    ("kana", "latin"),
    [
        ("いっち", "itchi"),
        ("まっちゃ", "matcha"),
        ("ざっし", "zasshi"),
        ("にっぽん", "nippon"),
        ("ベッド", "beddo"),
        ("あっ", "a"),
        ("はんい", "han'i"),
        ("しんよう", "shin'yō"),
        ("しんぶん", "shinbun"),
        ("こんにゃく", "konnyaku"),
        ("とうきょう", "tōkyō"),
        ("おおさか", "ōsaka"),
        ("くうぐん", "kūgun"),
        ("おかあさん", "okāsan"),
        ("おねえさん", "onēsan"),
        ("せんせい", "sensei"),
        ("おにいさん", "oniisan"),
        ("サーバー", "sābā"),
        ("ティー", "tī"),
        ("こ うし", "ko ushi"),
        ("いすゞ", "isuzu"),
        ("みすヾ", "misuzu"),
        ("いすヾ", "isuzu"),
        ("ちゝ", "chichi"),
        ("ｶﾞｽ", "gasu"),
        ("か\u3099す", "gasu"),
        ("Onai 5", "Onai 5"),
        ("", ""),
        ("ー", ""),
    ],
)
def test_words_are_written_in_modified_hepburn(kana: str, latin: str) -> None:
    assert romanize(kana) == latin


@pytest.mark.parametrize(
    ("long_vowels", "ono", "tokyo", "server", "airforce"),
    [
        ("macron", "ōno", "tōkyō", "sābā", "kūgun"),
        ("omit", "ono", "tokyo", "saba", "kugun"),
        ("oh", "ohno", "tohkyoh", "saba", "kugun"),
        ("double", "oono", "toukyou", "saabaa", "kuugun"),
    ],
)
def test_long_vowels_are_written_in_four_ways(
    long_vowels: LongVowels, ono: str, tokyo: str, server: str, airforce: str
) -> None:
    kana = ("おおの", "とうきょう", "サーバー", "くうぐん")
    assert [romanize(k, long_vowels=long_vowels) for k in kana] == [ono, tokyo, server, airforce]


def test_the_other_systems_take_a_circumflex() -> None:
    assert romanize("とうきょう", system="kunrei") == romanize("とうきょう", system="nihon") == "tôkyô"
    assert romanize("まっちゃ", system="kunrei") == "mattya"


def test_particles_are_written_as_they_sound_if_asked() -> None:
    assert romanize("わたし は うみ へ ほん を", particles=True) == "watashi wa umi e hon o"
    assert romanize("はは は") == "haha ha"


def test_a_name_has_a_capital_on_each_word() -> None:
    assert romanize_name("こいずみ じゅんいちろう") == "Koizumi Jun'ichirō"
    assert romanize_name("おおの よしのり", system="kunrei", long_vowels="omit") == "Ono Yosinori"
    assert romanize_name("おの の いもこ") == "Ono no Imoko"


def test_an_unknown_system_is_refused() -> None:
    with pytest.raises(ValueError, match="expected 'hepburn', 'traditional', 'kunrei', 'nihon'"):
        romanize("あ", system="wade")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="macron"):
        romanize("あ", long_vowels="long")  # type: ignore[arg-type]


kana = st.text(
    st.sampled_from([chr(c) for c in (*range(0x3041, 0x3097), *range(0x30A1, 0x30FB), 0x30FC)]), max_size=12
)


@given(kana)
@settings(max_examples=300)
@example("っあ")
@example("おうう")
@example("んー")
@example("あーあ")
def test_what_is_written_by_rule_may_be_written(reading: str) -> None:
    assert may_be_written(reading, romanize(reading))
    assert may_be_written(reading, romanize_name(reading))


@given(st.lists(st.sampled_from(pairs(HEPBURN)), max_size=8))
def test_syllables_apart_are_their_table_entries(syllables: list[tuple[str, str]]) -> None:
    assert romanize(" ".join(k for k, _ in syllables)) == " ".join(latin for _, latin in syllables)


@given(kana)
def test_nothing_is_left_of_the_kana(reading: str) -> None:
    for system in ("hepburn", "kunrei", "nihon"):
        assert re.fullmatch("[a-zāīūēōâîûêô']*", romanize(reading, system=system))


@pytest.mark.parametrize(
    ("reading", "latin", "right"),
    [
        ("エスシーシー", "SCC", True),
        ("ピーエーシースリー", "PAC surī", True),
        ("エスシーシー", "SCD", False),
        ("こうし", "ko-ushi", True),
        ("こうし", "kōshi", True),
        ("こうし", "koshi", False),
        ("ひがしはこなた", "higashi wa konata", True),
        ("おおの", "Ono", False),
        ("", "", True),
        ("", "a", False),
    ],
)
def test_what_kana_leave_open_may_be_written_either_way(reading: str, latin: str, right: bool) -> None:
    assert may_be_written(reading, latin) is right


@pytest.mark.parametrize(
    ("kana", "latin"),
    [
        ("しんぶん", "shimbun"),
        ("ほんま", "homma"),
        ("さんぽ", "sampo"),
        ("なんば", "namba"),
        ("ほんだ", "honda"),
        ("じゅんいち", "junichi"),
        ("はっちょう", "hatcho"),
        ("しんや", "shinya"),
        ("おおの", "ono"),
    ],
)
def test_the_traditional_system_is_that_of_passports(kana: str, latin: str) -> None:
    assert romanize(kana, system="traditional", long_vowels="omit") == latin


def test_the_traditional_system_has_macrons_by_default() -> None:
    assert romanize("しんばし とうきょう", system="traditional") == "shimbashi tōkyō"
    assert romanize_name("ぐんま", system="traditional") == "Gumma"
