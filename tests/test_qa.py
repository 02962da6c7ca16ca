"""Translation checks: each check finds its mistakes and has no false alarm on similar text."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import alliance_ref as ar
from alliance_ref.qa import RULES
from alliance_ref.text.english_quantities import english_quantities
from alliance_ref.text.japanese_quantities import japanese_quantities

DAY = date(2005, 4, 14)
Finding = ar.records.TranslationFinding


def codes(en: str, ja: str, *, as_of: date | None = None, source: ar.records.Lang = "en") -> list[str]:
    unit = ar.TranslationUnit(en, ja)
    return [finding.code for finding in ar.check_units([unit], as_of=as_of, source=source)]


def only(en: str, ja: str, *, as_of: date | None = None, source: ar.records.Lang = "en") -> Finding:
    (finding,) = ar.check_units([ar.TranslationUnit(en, ja)], as_of=as_of, source=source)
    return finding


EN_TEXT = """The Defense Agency sent two ships in April. They left for Guam on the third.

The Director-General of the Defense Agency spoke of Futenma. The Defense Agency will decide in July.
The costs come to 1.2 billion yen."""
JA_TEXT = """防衛庁は4月、艦艇2隻を派遣した。三日、グアムに向けて出港した。

防衛庁長官は普天間飛行場について語った。防衛省は7月に決定する。
費用は12億円になる。"""


def test_the_ministry_instead_of_the_agency_is_found() -> None:
    (finding,) = ar.check_translation(EN_TEXT, JA_TEXT, as_of=DAY)
    assert (finding.code, finding.level, finding.expected) == ("T202", "error", ("防衛庁",))
    assert JA_TEXT[finding.start : finding.end] == finding.text == "防衛省"
    assert JA_TEXT[finding.end :].startswith("は7月に決定する。")


def test_the_right_text_has_no_finding() -> None:
    assert ar.check_translation(EN_TEXT, JA_TEXT.replace("防衛省", "防衛庁"), as_of=DAY) == ()


def test_lists_of_sentences_are_aligned_and_checked_too() -> None:
    en, ja = EN_TEXT.split(". "), [line for line in JA_TEXT.replace("。", "。\n").split("\n") if line]
    (finding,) = ar.check_translation(en, ja, as_of=DAY)
    assert finding.text == "防衛省"


def test_a_dropped_sentence_is_untranslated_at_its_place_in_the_text() -> None:
    ja = JA_TEXT.replace("防衛省", "防衛庁").replace("三日、グアムに向けて出港した。", "")
    (finding,) = ar.check_translation(EN_TEXT, ja, as_of=DAY)
    assert finding.code == "T501"
    assert EN_TEXT[finding.start : finding.end] == "They left for Guam on the third."


def test_offsets_count_code_points_of_the_text_as_given() -> None:
    en = "😀 The Defense Agency decided.\r\n\r\nIt cost 5 yen."
    ja = "😀 ﾎﾞｳ防衛省が決めた。\r\n\r\n費用は６円だった。"
    found = {finding.text: finding for finding in ar.check_translation(en, ja, as_of=DAY)}
    assert ja[found["防衛省"].start : found["防衛省"].end] == "防衛省"
    assert ja[found["６"].start : found["６"].end] == "６"


class TestTerms:
    def test_a_term_without_rendering_reports_the_expected_terms(self) -> None:
        finding = only("Deterrence matters.", "それは重要である。")
        assert (finding.code, finding.lang, finding.text) == ("T101", "en", "Deterrence")
        assert finding.concept == "deterrence"
        assert finding.expected[0].startswith("抑止")

    def test_the_other_direction_works_alike(self) -> None:
        finding = only("It matters.", "抑止力は重要である。", source="ja")
        assert (finding.code, finding.lang, finding.text) == ("T101", "ja", "抑止力")
        assert "deterrence" in finding.expected

    @pytest.mark.parametrize(
        ("en", "ja"),
        [
            ("Missile defence systems", "ミサイル防衛システム"),  # British spelling
            ("the aircraft carriers' crews", "空母の乗員"),  # plural, possessive
            ("U.S.-Japan alliance", "日米同盟"),
            ("The SDF left.", "自衛隊は去った。"),  # abbreviation
            ("The Self-Defense Forces left.", "自衞隊は去った。"),  # old kanji
            ("SACO decided.", "ＳＡＣＯが決めた。"),  # width
            ("Both ratify it; ratification is near.", "両国は批准する。批准は近い。"),
            ("Japan and the United States agreed.", "日米は合意した。"),
            ("American and Japanese officials met.", "日米の当局者が会談した。"),
        ],
    )
    def test_variants_and_inflections_are_renderings(self, en: str, ja: str) -> None:
        assert codes(en, ja, as_of=DAY) == []

    def test_a_rendering_in_a_neighboring_unit_counts_if_that_unit_does_not_need_it(self) -> None:
        units = [
            ar.TranslationUnit("They met again.", "両者は抑止力について"),
            ar.TranslationUnit("They spoke of deterrence.", "再び会談した。"),
        ]
        assert ar.check_units(units) == ()
        units[0] = ar.TranslationUnit("They spoke of deterrence.", "両者は抑止力について")
        assert [finding.code for finding in ar.check_units(units)] == ["T101"]

    def test_a_short_form_counts_after_the_first_mention(self) -> None:
        first = ar.TranslationUnit("The Japan Defense Agency agreed.", "防衛庁は同意した。")
        then = ar.TranslationUnit("The Japan Defense Agency then paid.", "その後、同庁が支払った。")
        assert ar.check_units([first, then], as_of=DAY) == ()
        assert [finding.code for finding in ar.check_units([then], as_of=DAY)] == ["T101"]

    def test_a_rendering_of_any_possible_concept_is_enough(self) -> None:
        # 大野 is one of several persons; the Guidelines are those of 1978 or of 1997.
        assert codes("The Guidelines of 1978", "1978年の指針") == []

    def test_a_wrong_name_for_a_name_is_one_finding_in_the_translation(self) -> None:
        finding = only("The Joint Staff Office decided.", "統合幕僚会議が決定した。", as_of=date(2010, 1, 1))
        assert finding.lang == "ja"
        assert finding.text == "統合幕僚会議"
        assert "統合幕僚監部" in finding.expected

    def test_a_name_without_a_source_is_a_warning(self) -> None:
        finding = only("He went on to the next port.", "彼は次に厚木飛行場へ向かった。")
        assert (finding.code, finding.level) == ("T102", "warning")

    def test_a_custom_glossary_replaces_the_reference(self) -> None:
        concept = ar.GlossaryConcept(
            "owner",
            ar.records.LanguageSection("en", (ar.records.Term("ownership", "en"),)),
            ar.records.LanguageSection(
                "ja",
                (
                    ar.records.Term("所有権", "ja"),
                    ar.records.Term("オーナーシップ", "ja", status="deprecated"),
                ),
            ),
        )
        glossary = ar.Glossary((concept,))
        unit = ar.TranslationUnit("Ownership moves; the Defense Agency stays.", "オーナーシップは移る。")
        (finding,) = ar.check_units([unit], glossary)
        assert (finding.code, finding.text, finding.expected) == ("T201", "オーナーシップ", ("所有権",))


class TestStanding:
    def test_an_erroneous_term_is_found_with_the_correct_one(self) -> None:
        finding = only("Host nation support grew.", "接遇国支援は増えた。")
        assert (finding.code, finding.reason, finding.expected[0]) == ("T201", "erroneous", "接受国支援")

    def test_a_deprecated_term_of_a_concept_that_the_source_does_not_name_is_ignored(self) -> None:
        assert "T201" not in codes(
            "The change of government surprised many.", "政権交代は多くの人を驚かせた。"
        )
        assert "T201" in codes("They wanted regime change.", "彼らは政権交代を望んだ。")

    def test_a_later_text_may_mention_the_agency(self) -> None:
        assert codes("The Defense Agency decided.", "防衛庁が決めた。", as_of=date(2010, 1, 1)) == []

    def test_the_agency_instead_of_the_ministry_is_out_of_date_in_a_later_text(self) -> None:
        finding = only("The Ministry of Defense decided.", "防衛庁が決めた。", as_of=date(2010, 1, 1))
        assert (finding.code, finding.reason, finding.expected) == ("T202", "no-longer", ("防衛省",))

    def test_without_as_of_the_nearest_date_decides(self) -> None:
        finding = only("In 2005 the Defense Agency agreed.", "2005年、防衛省は同意した。")
        assert (finding.code, finding.expected) == ("T202", ("防衛庁",))
        assert codes("In 2010 the Ministry of Defense agreed.", "2010年、防衛省は同意した。") == []

    def test_a_sentence_about_the_change_of_name_has_no_finding(self) -> None:
        en = "The Defense Agency became the Ministry of Defense in January 2007."
        assert codes(en, "防衛庁は2007年1月に防衛省となった。", as_of=date(2006, 12, 15)) == []

    def test_successive_names_of_one_concept_are_distinguished(self) -> None:
        finding = only("U.S. Pacific Command agreed.", "インド太平洋軍は同意した。", as_of=DAY)
        assert finding.code == "T202"
        assert "太平洋軍" in finding.expected

    def test_a_part_of_another_name_is_not_out_of_date(self) -> None:
        assert codes("The Port Guard came.", "港湾保安庁が来た。", as_of=DAY) == []


class TestDivergence:
    FIRST = ar.TranslationUnit("Their common values matter.", "共有する価値観は重要である。")

    def test_two_renderings_of_one_term_are_found_at_the_second(self) -> None:
        then = ar.TranslationUnit("These common values last.", "共通の価値は続く。")
        (finding,) = ar.check_units([self.FIRST, then])
        assert (finding.code, finding.unit, finding.text) == ("T301", 1, "共通の価値")
        assert finding.found == ("共有する価値観",)

    def test_units_of_another_document_are_another_text(self) -> None:
        then = ar.TranslationUnit("These common values last.", "共通の価値は続く。", "another")
        assert ar.check_units([self.FIRST, then]) == ()

    def test_a_source_that_varies_may_be_followed(self) -> None:
        then = ar.TranslationUnit("These shared values last.", "共通の価値は続く。")
        assert ar.check_units([self.FIRST, then]) == ()


class TestNumbers:
    @pytest.mark.parametrize(
        ("en", "ja"),
        [
            ("5,000 personnel", "要員５千人"),
            ("1.2 billion yen", "12億円"),
            ("$10.27 billion", "102億7,000万ドル"),
            ("1.1 trillion yen", "1兆1000億円"),
            ("20 to 30 million people", "2000万～3000万人"),
            ("thirty-five percent", "35％"),
            ("30 percent of it", "その3割"),
            ("half of the troops", "部隊の50パーセント"),
            ("two-thirds of them", "その3分の2"),
            ("one third stayed", "三分の一は残った"),
            ("a dozen ships", "12隻の艦艇"),
            ("both governments", "両政府"),
            ("a bilateral meeting", "2国間の会合"),
            ("two hundred and fifty", "二百五十"),
            ("Article V", "第5条"),
            ("World War II", "第二次世界大戦"),
            ("the 21st century", "二十一世紀"),
            ("in the 1990s", "90年代に"),
            ("two decades ago", "20年前"),
            ("It was one of many.", "それは一般的であった。"),
            ("at 5 p.m.", "17時に"),
            ("The runway is 6 feet longer.", "滑走路は1.8メートル長い。"),
            ("tens of thousands left", "数万人が去った"),
            ("on September 11", "9.11テロの日に"),
            ("1,600 m long", "長さ1600m"),
            ("some 2.5m people", "約250万人"),
            ("a 50-50 split", "折半"),
            ("Three of the seven F-15s", "7機のF15のうち3機"),
            ("the 3rd Marine Division", "第3海兵師団"),
            ("cut by a tenth", "1割減"),
            ("Some 20-odd ships", "二十数隻の艦艇"),
        ],
    )
    def test_numbers_are_compared_by_value(self, en: str, ja: str) -> None:
        assert [code for code in codes(en, ja) if code in ("T401", "T402")] == []

    @pytest.mark.parametrize(
        ("en", "ja", "text"),
        [
            ("1.2 billion yen", "12万円", "12万"),
            ("5,000 left", "5万人が去った", "5万"),
            ("35 percent", "53％", "53"),
            ("two-thirds", "3分の1", "3分の1"),
            ("two ships left", "三隻が去った", "三"),
            ("Article V", "第6条", "6"),
            ("a trilateral meeting", "二国間の会合", "二"),
        ],
    )
    def test_a_different_number_is_found_at_its_offsets(self, en: str, ja: str, text: str) -> None:
        finding = only(en, ja)
        assert (finding.code, finding.lang, finding.text) == ("T401", "ja", text)
        assert finding.reason == "number-differs"

    def test_the_same_sum_in_another_currency_is_found(self) -> None:
        finding = only("It cost $6.09 billion.", "費用は60.9億円であった。")
        assert (finding.code, finding.reason, finding.text) == ("T401", "currency-differs", "60.9億")
        assert codes("It cost $6.09 billion.", "費用は60.9億ドルであった。") == []
        assert codes("It cost 5,000 yen ($40).", "費用は5千円（40ドル）であった。") == []

    def test_an_omitted_number_is_found_in_the_source(self) -> None:
        finding = only("About 8,000 people left.", "多くの人が去った。")
        assert (finding.lang, finding.text, finding.reason) == ("en", "8,000", "number-missing")

    @pytest.mark.parametrize(
        ("en", "ja"),
        [
            ("on 11 July 2006", "平成18年7月11日"),
            ("on July 11, 2006", "二〇〇六年七月十一日"),
            ("in fiscal year 2005", "平成17年度"),
            ("fiscal years 2005 to 2009", "平成17年度から21年度"),
            ("in April 1989", "平成元年4月"),
            ("from 2004 to 2006", "2004～2006年"),
            ("2004-06", "2004年から06年"),
        ],
    )
    def test_a_date_with_an_era_equals_the_western_date(self, en: str, ja: str) -> None:
        assert codes(en, ja) == []

    @pytest.mark.parametrize(
        "ja",
        [
            "平成17年7月11日",
            "平成18年6月11日",
            "平成18年7月12日",
            "2005年7月11日",
            "昭和六十年四月十四日",
            "H17.4.14",
        ],
    )
    def test_a_wrong_date_is_one_finding(self, ja: str) -> None:
        finding = only("on 11 July 2006", ja)
        assert finding.code == "T402"
        assert finding.text == ja

    @pytest.mark.parametrize("en", ["on April 14, 2005", "on 14 April 2005", "on 4/14/2005", "on 2005-04-14"])
    @pytest.mark.parametrize(
        "ja",
        [
            "平成17年4月14日",
            "平成十七年四月十四日",
            "二〇〇五年四月十四日",
            "H17.4.14",
            "平成17.4.14",
            "２００５年４月１４日",
            "2005-04-14",
        ],
    )
    def test_a_date_agrees_in_every_notation(self, en: str, ja: str) -> None:
        assert codes(en, ja) == []

    def test_the_same_year_refers_to_an_earlier_year(self) -> None:
        first = ar.TranslationUnit("It began in 2004.", "2004年に始まった。")
        then = ar.TranslationUnit("In July 2004 it ended.", "同年7月に終わった。")
        assert ar.check_units([first, then]) == ()
        assert [finding.code for finding in ar.check_units([then])] == ["T402"]

    def test_every_figure_has_its_offsets(self) -> None:
        en, ja = "On 3 May 2005, F-15s (1.5 million) flew.", "平成17年５月三日、150万のＦ15が飛んだ。"
        for figures, text in ((english_quantities(en), en), (japanese_quantities(ja), ja)):
            assert len(figures) == 5
            assert all(text[figure.start : figure.end].strip() for figure in figures)


class TestWholeness:
    def test_an_empty_side_is_untranslated_or_added(self) -> None:
        assert codes("They left.", "") == ["T501"]
        assert codes("", "去った。") == ["T502"]
        assert codes("", "去った。", source="ja") == ["T501"]

    def test_a_deliberate_gap_has_no_finding(self) -> None:
        segment = ar.records.Segment("They left.", "en", 0, 10)
        assert ar.check_units([ar.records.AlignedUnit((segment,), ar.records.Gap("omitted"))]) == ()
        (finding,) = ar.check_units([ar.records.AlignedUnit((segment,), ar.records.Gap("not-translated"))])
        assert finding.code == "T501"

    def test_a_copy_of_the_source_is_untranslated(self) -> None:
        text = "The troops were sent home in the autumn."
        finding = only(text, text)
        assert (finding.code, finding.reason, finding.text) == ("T503", "same", text)

    def test_english_left_in_the_japanese_is_found_and_a_gloss_in_brackets_is_not(self) -> None:
        en = "They were to use every means they had at once."
        assert only(en, "彼らはuse every means they hadこととなった。").code == "T503"
        assert codes(en, "彼らは（use every means they had）あらゆる手段を使うこととなった。") == []

    def test_names_and_code_may_stay_as_they_are(self) -> None:
        assert codes("Run `make the whole thing` now.", "`make the whole thing`を実行する。") == []
        assert codes("ABC-12 Ltd", "ABC-12 Ltd") == []

    def test_japanese_left_in_the_english_is_found(self) -> None:
        finding = only("They を決めた today.", "彼らは今日を決めた。", source="ja")
        assert (finding.code, finding.lang) == ("T503", "en")

    def test_a_translation_that_is_far_too_short_is_a_warning(self) -> None:
        en = "The two of them talked for a long while about what was to be done and who should do it. " * 3
        assert codes(en, "話し合った。") == ["T504"]


def test_passages_and_documents_are_checked_by_their_ids() -> None:
    document = ar.document("halloran-2005")
    day = document.issued.earliest() if document.issued else None
    found = ar.check_units([document], as_of=day)
    assert all(finding.where.startswith("halloran-2005#") for finding in found)
    assert ar.check_units(document.passages[:1], as_of=day) == ()


def test_the_day_may_be_written() -> None:
    texts = ("The Defense Agency agreed.", "防衛省は同意した。")
    assert [finding.code for finding in ar.check_translation(*texts, as_of="2005-04-14")] == ["T202"]
    assert ar.check_translation(*texts, as_of="2005-04-14") == ar.check_translation(
        *texts, as_of=date(2005, 4, 14)
    )


def test_invalid_arguments_raise_typed_errors() -> None:
    with pytest.raises(TypeError, match="two texts or two lists"):
        ar.check_translation("They left.", ["去った。"])
    with pytest.raises(TypeError, match="not str"):
        ar.check_units(["They left."])  # type: ignore[list-item]
    with pytest.raises(TypeError, match=r"datetime\.date"):
        ar.check_units([], as_of=2005)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="write a date as"):
        ar.check_units([], as_of="2005")
    with pytest.raises(ValueError, match="'fr'"):
        ar.check_units([], source="fr")  # type: ignore[arg-type]
    with pytest.raises(ar.errors.WrongLanguage):
        ar.check_translation("防衛庁は同意した。" * 5, "The Defense Agency agreed. " * 5)


def test_every_reason_has_a_message_in_both_languages() -> None:
    blank = re.compile(r"\{(\w+)\}")
    for rule in RULES.values():
        assert rule.messages
        for reason, message in rule.messages.items():
            assert message.en != message.ja, reason
            assert set(blank.findall(message.en)) == set(blank.findall(message.ja)), reason


def test_a_message_is_available_in_japanese() -> None:
    finding = only("Host nation support grew.", "接遇国支援は増えた。")
    assert ar.finding_message(finding, "ja").startswith("「接遇国支援」は誤り。")
    assert ar.finding_message(finding) == finding.message
    assert str(finding).startswith("T201 unit 1 [ja 0:5]: ")


def test_codes_are_in_order_and_explained_in_both_languages() -> None:
    assert list(RULES) == sorted(RULES)
    for rule in RULES.values():
        assert rule.meaning.en != rule.meaning.ja
        assert rule.help is not None
        assert rule.help.en.endswith(".")
        assert rule.help.ja.endswith("。")


def test_the_manual_has_the_codes_as_they_are() -> None:
    manual = (Path(__file__).parents[1] / "docs" / "checking-translations.md").read_text(encoding="utf-8")
    rows = [f"| `{rule.code}` | {rule.level} | {rule.meaning.en} |" for rule in RULES.values()]
    assert "\n".join(rows) in manual


PIECES = st.sampled_from(
    "The Defense Agency|防衛省|防衛庁は|2005年|平成17年|九| two |half|1,000| million|億|万|% |(|「|」|'|`|http://"
    "|May |３日|I|\ud800|が|ｶﾞ|日米|Futenma|大野|\n|\u3000|，|/|-|～|’s |FY|割|分の|〇|千|.|。| |\0|Ⅴ|①".split(
        "|"
    )
)
TEXTS = st.lists(PIECES | st.text(max_size=4), max_size=12).map("".join)


@settings(max_examples=150)
@given(TEXTS, TEXTS, st.sampled_from(["en", "ja"]), st.sampled_from([None, DAY]))
def test_any_two_texts_can_be_checked_and_findings_have_valid_offsets(
    en: str, ja: str, source: ar.records.Lang, as_of: date | None
) -> None:
    unit = ar.TranslationUnit(en, ja)
    for finding in ar.check_units([unit], as_of=as_of, source=source):
        side = unit.en if finding.lang == "en" else unit.ja
        assert side[finding.start : finding.end] == finding.text != ""
        assert finding.message
        assert finding.code in RULES


@given(TEXTS)
def test_a_text_agrees_with_itself_in_numbers(text: str) -> None:
    for read in (english_quantities, japanese_quantities):
        assert read(text) == read(text)
        for figure in read(text):
            assert 0 <= figure.start < figure.end <= len(text)
            assert figure.agrees(figure)
