"""Keys under which spellings meet, and dates in words."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_ref.calendar import format_date, wareki
from alliance_ref.keys import is_kana, name_key, reading_key
from alliance_ref.records import PartialDate


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("U.S.–Japan Alliance", "US Japan alliance"),
        ("Ōno Yoshinori", "ono yoshinori"),
        ("ＳＡＣＯ", "saco"),
        ("inter-operability", "Interoperability"),
        ("キャンプ・シュワブ", "ｷｬﾝﾌﾟｼｭﾜﾌﾞ"),
        ("Jun’ichirō", "Jun'ichiro"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_marks_are_taken_off_latin_letters_alone() -> None:
    assert name_key("ガス") != name_key("カス")
    assert name_key("プログラム") == "プログラム"
    assert name_key("Škoda Ōno é") == "skodaonoe"


def test_readings_meet_in_either_kana() -> None:
    assert reading_key("フテンマ") == reading_key("ふてんま") == reading_key("ﾌﾃﾝﾏ")


@pytest.mark.parametrize(
    ("text", "kana"),
    [("ふてんま", True), ("フテンマ ヒコウジョウ", True), ("普天間", False), ("", False), ("a", False)],
)
def test_kana_is_told_from_the_rest(text: str, kana: bool) -> None:
    assert is_kana(text) is kana


@given(st.text(max_size=60))
def test_a_key_is_its_own_key(text: str) -> None:
    assert reading_key(reading_key(text)) == reading_key(text)


@pytest.mark.parametrize(
    ("date", "en", "ja", "era"),
    [
        ("2005-04-14", "14 April 2005", "2005年4月14日", "平成17年4月14日"),
        ("2005-10", "October 2005", "2005年10月", "平成17年10月"),
        ("1960", "1960", "1960年", "昭和35年"),
        ("1989-01-07", "7 January 1989", "1989年1月7日", "昭和64年1月7日"),
        ("1989-01-08", "8 January 1989", "1989年1月8日", "平成元年1月8日"),
        ("2019-05-01", "1 May 2019", "2019年5月1日", "令和元年5月1日"),
        ("1912-07-30", "30 July 1912", "1912年7月30日", "大正元年7月30日"),
        ("1873-01-01", "1 January 1873", "1873年1月1日", "明治6年1月1日"),
    ],
)
def test_dates_are_written_in_both_languages_and_by_era(date: str, en: str, ja: str, era: str) -> None:
    parsed = PartialDate.parse(date)
    assert (format_date(parsed, "en"), format_date(parsed, "ja"), wareki(parsed)) == (en, ja, era)


def test_a_day_of_the_standard_library_is_a_date_too() -> None:
    assert format_date(datetime.date(2006, 7, 11), "ja") == "2006年7月11日"


def test_before_the_solar_calendar_there_is_no_answer() -> None:
    with pytest.raises(ValueError, match="before 1873"):
        wareki(PartialDate(1872))
