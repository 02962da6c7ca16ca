"""Keys under which spellings meet, and dates in words."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_ref import align, entry, label
from alliance_ref.qa import check_units
from alliance_ref.records import PartialDate, TranslationUnit
from alliance_ref.text.calendar import format_with_era, parse_date, wareki
from alliance_ref.text.dates_in_text import dates_in, english_dates, japanese_dates
from alliance_ref.text.folding import name_key
from alliance_ref.text.keys import is_kana, reading_key
from alliance_ref.text.localization import format_date, format_list, format_number


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


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("19 February 2005", "2005-02-19"),
        ("19th of Feb., 2005", "2005-02-19"),
        ("February 19, 2005", "2005-02-19"),
        ("Feb. 2005", "2005-02"),
        ("Sept. 1, 2004", "2004-09-01"),
        (" MAY  2006 ", "2006-05"),
        ("2005-02-19", "2005-02-19"),
        ("2005/2/9", "2005-02-09"),
        ("2005", "2005"),
        ("2005年2月19日", "2005-02-19"),
        ("２００５年２月", "2005-02"),
        ("二〇〇五年二月十九日", "2005-02-19"),
        ("千九百六十年一月十九日", "1960-01-19"),
        ("2005年（平成17年）2月19日", "2005-02-19"),
        ("平成17年2月19日", "2005-02-19"),
        ("平成 １７ 年", "2005"),
        ("平成十七年二月十九日", "2005-02-19"),
        ("H17.2.19", "2005-02-19"),
        ("S35", "1960"),
        ("令和元年", "2019"),
        ("昭和64年1月7日", "1989-01-07"),
        ("平成31年4月30日", "2019-04-30"),
        ("明治45年7月30日", "1912-07-30"),
        ("大正15年12月25日", "1926-12-25"),
        ("昭和元年12月25日", "1926-12-25"),
        ("昭和64年", "1989"),
        ("平成17年（2005年）2月19日", "2005-02-19"),
        ("平成17（2005）年2月", "2005-02"),
        ("1989年（昭和64年）", "1989"),
        ("1989年（平成元年）", "1989"),
        ("2005年（土）2月19日", "2005-02-19"),
        ("平成元年1月8日", "1989-01-08"),
        ("明治6年1月1日", "1873-01-01"),
    ],
)
def test_dates_are_read_as_people_write_them(text: str, date: str) -> None:
    assert str(parse_date(text)) == date


@pytest.mark.parametrize(
    "text",
    ["", "soon", "30 February 2005", "2005-13", "17年2月", "平成32年", "平成元年1月7日", "昭和64年1月9日",
     "昭和64年1月8日", "平成31年5月1日", "令和元年4月30日", "大正元年7月29日", "大正15年12月26日",
     "平成十十年", "平成十七八年", "二〇十年", "元元年", "2005年（平成16年）2月19日", "平成17年（2006年）",
     "平成17（2006）年",
     "2019年（昭和94年）", "1989年（昭和64年）2月",
     "明治5年", "平成0年", "0年", "2005年2月30日", "19 Foo 2005", "Z17.2.19"],
)  # fmt: skip
def test_what_is_no_date_is_said_to_be_none(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date") as caught:
        parse_date(text)
    assert repr(text) in str(caught.value)


@given(st.dates(datetime.date(1873, 1, 1), datetime.date(2100, 12, 31)), st.integers(1, 3))
def test_every_way_to_write_a_date_is_read_back(day: datetime.date, given_parts: int) -> None:
    date = PartialDate(day.year, *(day.month, day.day)[: given_parts - 1])
    for text in (
        format_date(date, "en"),
        format_date(date, "ja"),
        wareki(date),
        format_with_era(date),
        str(date),
    ):
        assert parse_date(text) == date


def test_lists_and_numbers_are_written_as_the_language_does() -> None:
    assert format_list(["land", "sea", "air"], "en") == "land, sea, and air"
    assert format_list(["陸", "海", "空"], "ja") == "陸、海、空"
    assert format_list([], "en") == ""
    assert format_number(1234567.5, "en") == format_number(1234567.5, "ja") == "1,234,567.5"


def test_a_year_that_the_bracket_gives_otherwise_is_named() -> None:
    with pytest.raises(ValueError, match="the year in parentheses is 2004, the year before it is 2005"):
        parse_date("2005年（平成16年）2月19日")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("1951年9月8日（土曜日）", "1951-09-08"),
        ("1951年9月8日(土)", "1951-09-08"),
        ("土曜日、1951年9月8日", "1951-09-08"),
        ("昭和26年9月8日土曜", "1951-09-08"),
        ("Saturday, September 8, 1951", "1951-09-08"),
        ("Sat., 8 Sept. 1951", "1951-09-08"),
        ("September 8, 1951 (Saturday)", "1951-09-08"),
        ("1951年9月8日 午後5時", "1951-09-08"),
        ("1951年9月8日（土）17時30分", "1951-09-08"),
        ("September 8, 1951, 5:30 p.m.", "1951-09-08"),
        ("8 September 1951 at 5 p.m. PST", "1951-09-08"),
        ("1951-09-08T17:30:00Z", "1951-09-08"),
        ("西暦1951年9月8日", "1951-09-08"),
        ("二千年", "2000"),
        ("二千七年一月九日", "2007-01-09"),
        ("昭和弐拾六年九月八日", "1951-09-08"),
        ("昭和廿六年", "1951"),
        ("昭26年9月8日", "1951-09-08"),
        ("令3.7.18", "2021-07-18"),
        ("September 8, Showa 26", "1951-09-08"),
        ("8 September Shōwa 26", "1951-09-08"),
        ("September Showa 26", "1951-09"),
        ("1951・9・8", "1951-09-08"),
        ("昭和26・9・8", "1951-09-08"),
        ("\ufeff1951年\u200d9月8日\u2069", "1951-09-08"),
        ("1951年9⽉8⽇", "1951-09-08"),
    ],
)
def test_dates_are_read_with_weekdays_times_and_old_numerals(text: str, date: str) -> None:
    assert str(parse_date(text)) == date


@pytest.mark.parametrize(
    "text",
    ["Saturday", "Saturday, September 1951", "1951年9月（土）", "5:30 p.m.", "1951 17:30", "千年"],
)
def test_a_weekday_or_a_time_alone_makes_no_date(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date"):
        parse_date(text)


@pytest.mark.parametrize(
    ("text", "found", "date"),
    [
        ("協定は昭26年9月8日に署名", "昭26年9月8日", "1951-09-08"),
        ("協定はS26.9.8に署名", "S26.9.8", "1951-09-08"),
        ("協定は昭和26/9/8に署名", "昭和26/9/8", "1951-09-08"),
        ("協定は1951・9・8に署名", "1951・9・8", "1951-09-08"),
        ("協定は1951年\u200b9月8日に署名", "1951年\u200b9月8日", "1951-09-08"),
        ("協定は昭和弐拾六年九月八日に署名", "昭和弐拾六年九月八日", "1951-09-08"),
        ("On September 8, Showa 26, it was signed", "September 8, Showa 26", "1951-09-08"),
        ("On Saturday, Sept. 8, 1951, it was signed", "Sept. 8, 1951", "1951-09-08"),
        ("\u200eOn September\u00ad 8, 1951 it was signed", "September\u00ad 8, 1951", "1951-09-08"),
    ],
)
def test_dates_in_text_have_the_offsets_of_the_text_as_given(text: str, found: str, date: str) -> None:
    assert [(text[start:end], str(day)) for start, end, day in dates_in(text)] == [(found, date)]
    one_language = (
        english_dates(text) if text.lstrip("\u200e").isascii() or "\u00ad" in text else japanese_dates(text)
    )
    assert [(text[one.start : one.end], str(one.date())) for one in one_language] == [(found, date)]


@pytest.mark.parametrize(
    "date",
    [
        "昭26年9月8日",
        "S26.9.8",
        "昭和26.9.8",
        "昭和26/9/8",
        "1951・9・8",
        "1951年9月8日（土）",
        "昭和廿六年九月八日",
    ],
)
def test_checks_read_the_same_dates(date: str) -> None:
    unit = TranslationUnit(
        "The treaty was signed on Saturday, September 8, 1951.", f"条約は{date}に署名された。"
    )
    assert [found.code for found in check_units([unit])] == []
    wrong = TranslationUnit("The treaty was signed on September 9, 1951.", f"条約は{date}に署名された。")
    assert [found.code for found in check_units([wrong])] != []


@pytest.mark.parametrize("lang", ["fr", "JA", "", None])
def test_every_function_refuses_a_third_language(lang: str) -> None:
    futenma = entry("futenma")
    unit = align(["Talks go on."], ["協議は続く。"]).units[0]
    for call in (
        lambda: futenma.label(lang),  # type: ignore[arg-type]
        lambda: futenma.preferred(lang),  # type: ignore[arg-type]
        lambda: unit.text(lang),  # type: ignore[arg-type]
        lambda: label("entry-kind", "place", lang),  # type: ignore[arg-type]
    ):
        with pytest.raises(ValueError, match="expected 'en', 'ja'"):
            call()


@pytest.mark.parametrize("number", [True, False, "1", None])
def test_a_truth_value_is_not_a_number(number: object) -> None:
    with pytest.raises(TypeError):
        format_number(number, "en")  # type: ignore[arg-type]
