"""Readings of numbers with counters, compared with a table, with JMdict and with UniDic."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliance_ref.text.japanese.number_phrases import Numbers
from alliance_ref.text.japanese.numbers import counter_of_unidic, join, number_katakana, spelled
from alliance_ref.text.japanese.readings import furigana, reading
from alliance_ref.text.japanese.tagging import tokenize, words
from alliance_ref.text.scripts import TO_HIRAGANA

HEADER, *ROWS = csv.reader(
    Path(__file__).with_name("counter_readings.tsv").read_text(encoding="utf-8").splitlines(), delimiter="\t"
)
NUMBERS = tuple(map(int, HEADER[1:]))
TABLE = {(number, row[0]): kana for row in ROWS for number, kana in zip(NUMBERS, row[1:], strict=True)}

OTHER_WORDS = {
    "四分": "しぶん is a share",
    "七分": "しちぶん is a share",
    "九分": "くぶ is a share",
    "十二分": "じゅうにぶん means more than enough",
    "千分": "せんぶん is a share",
    "七度": "ななたび and しちど mean seven times; of degrees, ななど",
    "四位": "しい is a court rank",
    "七節": "ななふし is an insect",
    "二十年": "はたとせ is archaic",
    "二十歳": "はたち is one word; にじゅっさい is regular",
    "２０歳": "はたち is one word; にじゅっさい is regular",
    "百歳": "ももとせ is archaic",
    "八千歳": "やちとせ is archaic",
}
"""Forms for which JMdict has only other words, or older readings, with the reason for ours."""

UNIDIC_LACKS = {
    "人": {1, 2, 4, 7, 14, 17, 24, 27},  # ひとり, ふたり; よにん, しちにん
    "月": {4, 7, 9, 14, 17, 19, 24, 27, 29},  # しがつ, しちがつ, くがつ
    "年": {4, 14, 24},  # よねん
    "分": {3, 4, 13, 14, 23, 24, 1000, 3000, 8000},  # さんぷん, よんぷん
    "匹": {1000, 3000, 8000},  # せんびき
    "発": {1000, 3000, 8000},  # せんぱつ
    "階": {3, 13, 23},  # さんがい
    "億": {1000},  # いっせんおく
    "兆": {1000},  # いっせんちょう
}
"""Numbers for which the data of UniDic has another form than our table, which is right."""

UNIDIC_HAS_OTHER_FORM = {"日", "本", "条", "%"}
"""Counters that MeCab returns in another form (か, ぽん), as part of a name, or without a reading."""


def kanji_numeral(number: int) -> str:
    """Return a number below 10,000 in kanji."""
    written = ""
    for value, scale in ((1000, "千"), (100, "百"), (10, "十")):
        count, number = divmod(number, value)
        if count:
            written += ("" if count == 1 else "一二三四五六七八九"[count - 1]) + scale
    return written + ("一二三四五六七八九"[number - 1] if number else "")


@pytest.mark.parametrize("counter", [row[0] for row in ROWS])
def test_counters_are_read_as_in_the_table_after_digits_and_kanji(counter: str) -> None:
    for number in NUMBERS:
        kana = TABLE[number, counter]
        assert reading(f"{number}{counter}", numbers="kana") == kana
        assert reading(f"約{number:,}{counter}", numbers="kana") == f"やく{kana}"
        is_other_word = f"{number}{counter}" in (
            "10分",
            "12分",
            "20歳",
            "1000億",
            "1000兆",
            "1000歳",
            "1000章",
        )
        if not is_other_word:
            after_kanji = reading(f"計{kanji_numeral(number)}{counter}", numbers="kana")
            assert after_kanji.removeprefix("けい") == kana


def test_the_table_agrees_with_jmdict_except_for_other_words() -> None:
    jamdict_data = pytest.importorskip("jamdict_data")
    import sqlite3

    known: dict[str, set[str]] = {}
    with sqlite3.connect(jamdict_data.JAMDICT_DB_PATH) as connection:
        for text, kana in connection.execute(
            "SELECT k.text, r.text FROM Kanji k JOIN Kana r ON k.idseq = r.idseq"
        ):
            known.setdefault(text, set()).add(kana.translate(TO_HIRAGANA))
    wrong = {}
    compared = 0
    for number, counter in TABLE:
        wide = str(number).translate({ord("0") + digit: chr(0xFF10 + digit) for digit in range(10)})
        for form in (wide + counter, kanji_numeral(number) + counter):
            kana = reading(form, numbers="kana")
            compared += form in known
            if form in known and kana not in known[form]:
                wrong[form] = kana
    assert compared > 240
    assert wrong.keys() == OTHER_WORDS.keys()


def test_the_table_agrees_with_unidic_except_where_its_data_ends() -> None:
    for row in ROWS:
        counter = row[0]
        surface, word = words(f"五{counter}")[-1]
        if counter in UNIDIC_HAS_OTHER_FORM or surface != counter:
            assert counter in UNIDIC_HAS_OTHER_FORM
            continue
        rules = counter_of_unidic(word.reading.translate(TO_HIRAGANA), *word.counter)
        different = set()
        for number in NUMBERS:
            parts = spelled(number)
            form = join(parts, rules)
            if "".join(parts) + form != TABLE[number, counter]:
                different.add(number)
        assert different == UNIDIC_LACKS.get(counter, set()), counter


@pytest.mark.parametrize(
    ("text", "kana"),
    [
        ("3本", "3ぼん"),
        ("30分", "30ぷん"),
        ("300匹", "300ぴき"),
        ("6百", "6ぴゃく"),
        ("3千人", "3ぜんにん"),
        ("1億2千万円", "1おく2せんまんえん"),
        ("2日と20日", "ふつかとはつか"),
        ("１４日", "じゅうよっか"),
        ("1人と２人", "ひとりとふたり"),
        ("3つ", "みっつ"),
        ("第3次", "だい3じ"),
        ("8,000人", "8,000にん"),
        ("3.5%", "3.5%"),
        ("F-15を20機", "F-15を20き"),
    ],
)
def test_digits_stay_and_the_counter_has_its_form_after_the_number(text: str, kana: str) -> None:
    assert reading(text) == kana


@pytest.mark.parametrize(
    ("text", "kana"),
    [
        ("昭和二十七年四月二十八日", "しょうわにじゅうななねんしがつにじゅうはちにち"),
        ("二〇〇九年九月九日", "にせんきゅうねんくがつここのか"),
        ("一九九六年十二月二日", "せんきゅうひゃくきゅうじゅうろくねんじゅうにがつふつか"),
        ("午後七時四十分", "ごごしちじよんじゅっぷん"),
        ("三百二十一回", "さんびゃくにじゅういっかい"),
        ("八隻と十発", "はっせきとじゅっぱつ"),
        ("四人と十四人", "よにんとじゅうよにん"),
        ("一か月、六ヶ月、十ヵ月", "いっかげつ、ろっかげつ、じゅっかげつ"),
        ("第九条第二項", "だいきゅうじょうだいにこう"),
        ("四分の三", "よんぶんのさん"),
        ("三割五分", "さんわりごぶ"),
        ("二、三日", "に、さんにち"),
        ("二三人", "にさんにん"),
        ("何本も", "なんぼんも"),
        ("何百人", "なんびゃくにん"),
        ("数か国", "すうかこく"),
        ("数日後", "すうじつご"),
        ("三年間と三年後", "さんねんかんとさんねんご"),
        ("一兆円", "いっちょうえん"),
    ],
)
def test_kanji_numerals_are_read_out(text: str, kana: str) -> None:
    assert reading(text) == kana


@pytest.mark.parametrize(
    ("text", "kana"),
    [
        ("7月1日", "7がつついたち"),
        ("1日、合意した", "ついたち、ごういした"),
        ("1日付の書簡", "ついたちづけのしょかん"),
        ("1日に3回", "1にちに3かい"),
        ("1日平均", "1にちへいきん"),
        ("11月21日付記事", "11がつ21にちづけきじ"),
    ],
)
def test_the_first_is_tsuitachi_only_as_a_date(text: str, kana: str) -> None:
    assert reading(text) == kana


@pytest.mark.parametrize(
    ("text", "kana"),
    [
        ("十分な説明", "じゅうぶんなせつめい"),
        ("九州と四国", "きゅうしゅうとしこく"),
        ("三沢と八戸", "みさわとはちのへ"),
        ("統一された一般原則", "とういつされたいっぱんげんそく"),
        ("五輪", "ごりん"),
        ("一部と一方", "いちぶといっぽう"),
    ],
)
def test_words_with_a_numeral_are_not_numbers(text: str, kana: str) -> None:
    assert reading(text) == kana


def test_numbers_in_furigana() -> None:
    spans = [(span.text, span.reading) for span in furigana("3本と二〇〇六年、2日")]
    expected = [("3", None), ("本", "ぼん"), ("と", None), ("二〇〇六", "にせんろく"), ("年", "ねん")]
    assert spans == [*expected, ("、", None), ("2日", "ふつか")]
    spelled_out = [(span.text, span.reading) for span in furigana("8,000人", numbers="kana")]
    assert spelled_out == [("8,000", "はっせん"), ("人", "にん")]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("8,000人", [("8,000", "ハッセン"), ("人", "ニン")]),
        ("３．５度", [("３．５", "サンテンゴ"), ("度", "ド")]),
        ("1,234,567.8トン", None),
        ("17.2.19", [("17", "ジュウナナ"), (".", ""), ("2", "ニ"), (".", ""), ("19", "ジュウキュウ")]),
    ],
)
def test_a_number_with_its_marks_is_one_token(text: str, tokens: list[tuple[str, str]] | None) -> None:
    found = [(token.text, token.reading) for token in tokenize(text)]
    if tokens is None:
        assert found[0][0] == "1,234,567.8"
        assert "".join(token for token, _ in found) == text
    else:
        assert found == tokens


@given(st.integers(min_value=0, max_value=10**20 - 1))
def test_numbers_of_any_size_are_read(number: int) -> None:
    assert number_katakana(str(number)) == number_katakana(f"{number:,}")
    kana = "".join(spelled(number))
    assert kana
    assert ("じゅう" in kana or "じゅっ" in kana) == any(digit != "0" for digit in str(number)[-2::-4])


def test_an_unknown_way_to_read_numbers_is_an_error() -> None:
    with pytest.raises(ValueError, match="expected 'digits', 'kana'"):
        reading("3本", numbers="words")  # type: ignore[arg-type]


phrases = st.lists(
    st.sampled_from(
        [
            *"0123456789１２一二三四五六七八九〇十百千万億兆何数幾拾参人日月年時分回本条、の第間後付つ%.,割",
            "か国",
            "ヶ月",
            "歳",
            "8,000",
        ]
    ),
    max_size=12,
).map("".join)


@given(phrases, st.sampled_from(("digits", "kana")))
@settings(max_examples=300)
def test_any_row_of_numerals_and_counters_is_read_whole(text: str, numbers: Numbers) -> None:
    spans = furigana(text, numbers=numbers)
    assert "".join(span.text for span in spans) == text
    assert [span.start for span in spans[1:]] == [span.end for span in spans[:-1]]
    assert "".join(span.kana for span in spans) == reading(text, numbers=numbers)
    if numbers == "kana":
        assert not any("0" <= character <= "9" for character in reading(text, numbers=numbers))
