"""Letters that equal ASCII letters only without regard to case, and long numbers, raise no errors."""

import re
from collections.abc import Iterator

import pytest

import alliance_ref as ar
from alliance_ref.errors import AllianceRefError, InvalidValue
from alliance_ref.records import TranslationUnit
from alliance_ref.text.calendar import MONTH_NUMBERS
from alliance_ref.text.english_spellings import spelling_variants, with_digits
from alliance_ref.text.numerals import MAX_NUMBER, SCALE_WORDS, SMALL_NUMBERS, TENS, number_value

LOOKALIKES = str.maketrans("sSkKiI", "ſſ\u212a\u212aİı")
"""Letters that a pattern without regard to case takes for those of ASCII: long s, Kelvin sign, dotted I."""

PHRASES = (
    "On August 6, 2005, at six thirty in the afternoon",
    "$6 billion, 6 k, six hundred kilometers, 15 miles, sixty kilograms, 3 sq. miles, minus six degrees",
    "Article VI, Chapter IX, Section XIII, Sixth Fleet, III Marine Expeditionary Force, the thirty-sixth",
    "dozens of, scores of, one sixth, two-thirds, half a dozen, sixfold, twice, six times, six and a half",
    "Sunday, six weeks, sixteen-sixties, in the 1960s, since late 1960, sixth century, decades",
    "his, she, this, former Prime Minister, Defense Secretary, Ministry of Foreign Affairs (MOFA), forbidden",
    "is not, never, without, unlikely, impossible, neither side, north, south, northwest, left, right",
    "six percent, 6 % increase, sixty-six, six or sixteen, six to sixteen, six-nation talks, SIX",
)
JAPANESE = "六条、60億ドル、数十、六分の一、8月6日日曜日、十六回、北、ではない"


def texts() -> Iterator[str]:
    yield from PHRASES
    words = [*SMALL_NUMBERS, *TENS, *SCALE_WORDS, *MONTH_NUMBERS]
    for first in range(0, len(words), 12):
        yield ", ".join(f"{word} 6 {word}" for word in words[first : first + 12])


@pytest.mark.parametrize("change", [str, str.upper], ids=["as written", "in capitals"])
def test_letters_that_only_look_like_ascii_raise_no_error(change: type[str]) -> None:
    for text in texts():
        hostile = change(text).translate(LOOKALIKES)
        assert re.search("[ſ\u212aİı]", hostile)
        ar.check_translation(hostile, JAPANESE)
        ar.align([hostile], [JAPANESE])
        ar.annotate(f"{hostile} 普天間")
        ar.sentences(hostile, lang="en")
        ar.lookup(hostile)
        with_digits(hostile)
        list(spelling_variants(hostile))
        for part in hostile.split(", "):
            try:
                ar.parse_date(part)
            except InvalidValue:
                continue


def test_the_pairs_of_the_report_raise_no_error() -> None:
    for en, ja in (("Article Vİ", "第六条"), ("dozenſ of", "数十"), ("one ſixth", "六分の一")):
        ar.check_translation(en, ja)
    for text in ("On Auguſt 6, 2005", "$6 bİllion", "hundred " * 160):
        ar.align([text], ["2005年8月6日"])


@pytest.mark.parametrize(
    "digits", ["9" * 400, "9" * 4301, "〇" + "九" * 5000, "0" * 5000 + "7", "1." + "3" * 5000]
)
def test_numbers_of_any_length_are_read(digits: str) -> None:
    assert 0 < number_value(digits) <= float(MAX_NUMBER)
    # English text with thousands of kanji is in the wrong language.
    english = digits if digits.isascii() else "12"
    ar.align([f"{english} bases"], [f"{digits}の基地"])
    ar.check_translation(f"{english} km of 3,{english} %", f"{digits}キロの{digits}パーセント")
    ar.check_translation(f"{english}th", f"第{digits}条、{digits}億")
    units = [TranslationUnit(f"{english} bases", f"{digits}の基地")]
    ar.build_glossary(units, executor=ar.SerialExecutor())
    ar.reading(f"{digits}本")
    for query in (digits, f"{digits}d", f"{digits}th Fleet"):
        ar.lookup(query)
        ar.translate(query, to="ja")
        with pytest.raises(AllianceRefError):
            ar.parse_date(f"{query} 2005")


def test_a_long_number_has_the_value_of_its_digits_up_to_the_limit() -> None:
    assert number_value("0" * 5000 + "7") == 7
    assert number_value("9" * 299) == float("9" * 299)
    assert number_value("9" * 301) == float(MAX_NUMBER)
    assert number_value("9" * 300 + "億") == float(MAX_NUMBER)
    assert number_value("3.14") == 3.14
