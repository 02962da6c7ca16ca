"""The single rules of the translation checks: a wrong version has the code, and the right one no finding."""

import pytest

import alliance_ref as ar


def codes(en: str, ja: str, *, source: ar.records.Lang = "en", **options: object) -> list[str]:
    chosen = ar.CheckOptions(**options)  # type: ignore[arg-type]
    unit = ar.TranslationUnit(en, ja)
    return [found.code for found in ar.check_units([unit], source=source, options=chosen)]


@pytest.mark.parametrize(
    ("code", "en", "right", "wrong"),
    [
        ("T401", "Support rose to 30 percent.", "支持率は30％に上昇した。", "支持率は3％に上昇した。"),
        ("T401", "It was added in Python 3.10.", "Python 3.10 で追加された。", "Python 3.1 で追加された。"),
        ("T401", "The rate was 75.2 percent.", "率は七十五点二％だった。", "率は七十五点三％だった。"),
        ("T401", "It holds 1.5 million tons.", "百五十万トンある。", "百六十万トンある。"),
        ("T401", "He is in his sixties.", "彼は60代である。", "彼は70代である。"),
        ("T403", "The runway is 2 km long.", "滑走路は長さ2キロである。", "滑走路は長さ2メートルである。"),
        ("T403", "It is 3 cubic meters.", "3立方メートルである。", "3平方メートルである。"),
        ("T403", "Wait 5 minutes.", "5分待つ。", "5時間待つ。"),
        ("T404", "They met on Wednesday.", "水曜日に会談した。", "木曜日に会談した。"),
        (
            "T404",
            "They met on Thursday, April 14, 2005.",
            "2005年4月14日（木）に会談した。",
            "2005年4月14日（水）に会談した。",
        ),
        ("T405", "12 ships and 45 planes came.", "12隻の艦艇と45機が来た。", "45隻の艦艇と12機が来た。"),
        ("T405", "It rose from 30 to 45 percent.", "30から45％に上昇した。", "45から30％に上昇した。"),
        ("T406", "The change is -7 percent.", "変化はマイナス7％である。", "変化は7％である。"),
        ("T407", "It starts at 5 p.m.", "午後5時に始まる。", "午前5時に始まる。"),
        ("T407", "It starts at 5 p.m.", "17時に始まる。", "午前5時に始まる。"),
        ("T408", "The western side is open.", "西側は開放されている。", "東側は開放されている。"),
        ("T408", "It lies to the northeast.", "北東側にある。", "南西側にある。"),
        ("T409", "Do not enter.", "入らないでください。", "入ってください。"),
        ("T409", "The gate will not be closed.", "門は閉じられない。", "門は作られる。"),
        ("T601", "Copied %d files.", "%d個のファイルをコピーした。", "個のファイルをコピーした。"),
        ("T601", "Hello, {name}.", "{name}さん、こんにちは。", "{namae}さん、こんにちは。"),
        ("T602", "Press <b>Save</b> now.", "<b>保存</b>を押す。", "<b>保存を押す。"),
        (
            "T603",
            "See https://example.org/a.",
            "https://example.org/a を参照。",
            "https://example.org/b を参照。",
        ),
        ("T604", "Edit `package.json`.", "`package.json` を編集する。", "パッケージを編集する。"),
        ("T604", "Use --force here.", "--force を使う。", "-f を使う。"),
        ("T701", "It left.\n", "去った。\n", "去った。"),
        ("T702", "It left.", "去った。", "去\u200bった。"),
        ("T702", "It left.", "去った。", "去\ufffdった。"),
        ("T706", "It left (late).", "去った（遅く）。", "去った（遅く。"),
        ("T707", "Is it open?", "開いているか？", "開いている。"),
        ("T708", "They opened the door.", "戸を開けた。", "戸をを開けた。"),
    ],
)
def test_an_error_is_found_and_the_right_version_is_not(code: str, en: str, right: str, wrong: str) -> None:
    assert codes(en, right) == []
    assert codes(en, wrong)[:1] == [code]


@pytest.mark.parametrize(
    ("en", "ja"),
    [
        ("It lasts 48 hours.", "2日間続く。"),
        ("It took a year and a half.", "18か月かかった。"),
        ("It took 1 hour and 30 minutes.", "90分かかった。"),
        ("It takes half an hour.", "30分かかる。"),
        ("It is two and a half times as large.", "2.5倍の大きさである。"),
        ("One and a half million people came.", "150万人が来た。"),
        ("More than 300,000 people came.", "30余万人が来た。"),
        ("Hundreds of thousands came.", "数十万人が来た。"),
        ("It cost 350 yen.", "参百五拾円かかった。"),
        ("It holds 20 quadrillion.".replace("20 quadrillion", "20,000 trillion"), "2京ある。"),
        ("The area is 100 acres.", "面積は40ヘクタールである。"),
        ("It is 50 miles away.", "80キロ離れている。"),
        ("It fell by 20 percent.", "2割減少した。"),
        ("Three in ten agreed.", "3割が賛成した。"),
        ("It is not only large but old.", "大きいだけでなく古い。"),
        ("Neither ship left.", "どちらの船も出港しなかった。"),
        ("It is not impossible.", "不可能ではない。"),
        ("You must leave.", "出なければならない。"),
        ("Few agreed.", "賛成した者は少ない。"),
        ("See <https://en.wikipedia.org/wiki/SQL>.", "<https://ja.wikipedia.org/wiki/SQL>を参照。"),
        ("The :term:`unique key` is set.", ":term:`ユニークキー` を設定する。"),
        ("Asian countries agreed.", "アジア諸国が同意した。"),
    ],
)
def test_equivalent_versions_have_no_finding(en: str, ja: str) -> None:
    assert codes(en, ja) == []


def test_another_sense_of_a_word_is_not_a_term() -> None:
    assert codes("The protocol is compressed.", "プロトコルを圧縮する。") == []


def test_code_has_no_terms_or_numbers() -> None:
    assert codes("Set `alliance_5`.", "`alliance_5` を設定する。") == []


def test_offsets_are_those_of_the_given_text_despite_removed_spaces() -> None:
    ja = "費用は 360 万円である。"
    (found,) = ar.check_units([ar.TranslationUnit("It costs 3.5 million yen.", ja)])
    assert (found.text, ja[found.start : found.end]) == ("360 万", "360 万")


def test_an_office_holder_of_another_day_is_found() -> None:
    units = [ar.TranslationUnit("Foreign Minister Aso spoke.", "麻生外務大臣が演説した。")]
    found = ar.check_units(units, as_of="2005-04-14")
    assert [(one.code, one.expected) for one in found] == [("T203", ("Nobutaka Machimura",))]
    assert ar.check_units(units, as_of="2006-04-14") == ()


def term_findings(*pairs: tuple[str, str]) -> list[tuple[str, str]]:
    units = [ar.TranslationUnit(en, ja, "report") for en, ja in pairs]
    return [(one.code, one.text) for one in ar.check_units(units)]


SHIPS = ("The Self-Defense Forces sent two ships.", "自衛隊は艦艇2隻を派遣した。")


def test_a_name_may_replace_a_pronoun_shortly_after_the_source_named_it() -> None:
    assert term_findings(SHIPS, ("They left at once.", "自衛隊は直ちに出発した。")) == []
    assert term_findings(("They left at once.", "自衛隊は直ちに出発した。")) == [("T102", "自衛隊")]
    between = [("It rained that day.", "その日は雨だった。")] * 5
    late = term_findings(SHIPS, *between, ("They left at once.", "自衛隊は直ちに出発した。"))
    assert late == [("T102", "自衛隊")]


def test_a_name_that_replaces_another_term_is_found_although_the_source_named_it() -> None:
    wrong = ("The U.S. Marine Corps left at once.", "自衛隊は直ちに出発した。")
    assert term_findings(SHIPS, wrong) == [("T101", "U.S. Marine Corps"), ("T102", "自衛隊")]


def test_an_organization_of_another_country_is_not_the_japanese_one() -> None:
    assert codes("The U.S. Treasury pays.", "米国財務省が支払う。") == []


def test_a_short_form_means_the_longer_term_before_it() -> None:
    long = (
        "The Government issued the National Defense Program Guidelines.",
        "政府は防衛計画の大綱を公表した。",
    )
    short = ("The Guidelines set the size of the Self-Defense Forces.", "大綱は自衛隊の規模を定めた。")
    assert term_findings(long, short) == []
    assert [code for code, _ in term_findings(short)] == ["T101"]


def test_a_country_in_a_longer_name_is_not_a_term() -> None:
    assert codes("They sail the South and East China Seas.", "東シナ海と南シナ海を航行する。") == []


def test_the_reference_glossary_passed_as_an_argument_is_checked_like_the_default() -> None:
    unit = ar.TranslationUnit("Protocol is a strict thing.", "儀礼は厳しいものだ。")
    assert ar.check_units([unit], ar.reference_glossary()) == ar.check_units([unit]) == ()


SENTENCES = (
    ("The ships left the port early.", "艦艇は早朝に出港した。"),
    ("Nobody was on the bridge that morning.", "その朝、艦橋には誰もいなかった。"),
    ("The crew came back late.", "乗組員は遅くに戻った。"),
    ("The captain wrote a long report about it.", "艦長はこれについて長い報告書を書いた。"),
)


@pytest.mark.parametrize("source", ["en", "ja"])
@pytest.mark.parametrize("lost", [1, 3])
def test_a_sentence_missing_inside_a_unit_is_found_at_its_place(source: ar.records.Lang, lost: int) -> None:
    en, ja = ([pair[side] for pair in SENTENCES] for side in (0, 1))
    missing = (en if source == "en" else ja)[lost]
    del (ja if source == "en" else en)[lost]
    unit = ar.TranslationUnit(" ".join(en), "".join(ja))
    found = [one for one in ar.check_units([unit], source=source) if one.code == "T501"]
    assert [one.text.strip() for one in found] == [missing]


def test_a_complete_unit_of_several_sentences_lacks_none() -> None:
    unit = ar.TranslationUnit(" ".join(en for en, _ in SENTENCES), "".join(ja for _, ja in SENTENCES))
    assert ar.check_units([unit]) == ar.check_units([unit], source="ja") == ()


def test_a_unit_in_one_language_does_not_end_the_check() -> None:
    unit = ar.TranslationUnit("The Defense Agency", "。The Defense Agency")
    assert isinstance(ar.check_units([unit], source="ja"), tuple)


@pytest.mark.parametrize(
    ("en", "ja"),
    [
        ("It will take a few days.", "２、３日かかると思う。"),
        ("Is ten thirty good?", "10時半でいいですか？"),
        ("It was half past ten.", "10時30分だった。"),
        ("It holds `5` items.", "5個の要素を持つ。"),
        ("How are you today?", "お世話になっております。"),
        ("Could I have your attention, please?", "会議を始めます。"),
        ('He said: "We will go.', "彼は「行くつもりだ。"),
        ("I have never seen such a ship.", "こんな船は初めてです。"),
        ("Yes, that will not be an issue.", "はい、大丈夫です。"),
        ("We apologize again.", "本当に申し訳ありません。"),
        ("Many are under the debris.", "多数ががれきの下にいる。"),
        ("Oh no, it is late.", "ああ、もう遅い。"),
        ("He drove along the West Side Highway.", "彼はウエストサイド・ハイウェイを走った。"),
        ("It is long.", "<ruby>長<rt>なが</rt></ruby>い。"),
        ("See the page.", "https://example.org/ja を見る。"),
        ("Write `use std;` first.", "最初に`use std`と書く。"),
    ],
)
def test_usual_differences_have_no_finding(en: str, ja: str) -> None:
    assert codes(en, ja) == []


def test_a_quotation_may_extend_over_units() -> None:
    first, last = (
        ("He said they would go.", "彼は「行くつもりだ。"),
        ("They would not wait.", "待たない」と言った。"),
    )
    assert "T706" not in [code for code, _ in term_findings(first, last)]
    assert "T706" in [code for code, _ in term_findings(first)]
    assert "T706" in [code for code, _ in term_findings(last, first)]


def test_a_lost_element_is_one_finding() -> None:
    assert codes("Press <b>Save</b> now.", "保存を押す。") == ["T602"]


def glossary_codes(terms: dict[str, str], en: str, ja: str) -> list[str]:
    concepts = [
        ar.GlossaryConcept(
            english,
            ar.records.LanguageSection("en", (ar.records.Term(english, "en"),)),
            ar.records.LanguageSection(
                "ja", tuple(ar.records.Term(one, "ja") for one in japanese.split("|"))
            ),
        )
        for english, japanese in terms.items()
    ]
    return [one.code for one in ar.check_units([ar.TranslationUnit(en, ja)], ar.Glossary(concepts))]


class TestCapitals:
    @pytest.mark.parametrize("term", ["Supported Platforms", "supported platforms"])
    @pytest.mark.parametrize(
        "en", ["The supported platforms follow.", "See Supported Platforms.", "Supported platforms follow."]
    )
    def test_a_term_is_found_in_both_cases(self, term: str, en: str) -> None:
        assert glossary_codes({term: "対応プラットフォーム"}, en, "対応する環境が続く。") == ["T101"]
        assert glossary_codes({term: "対応プラットフォーム"}, en, "対応プラットフォームが続く。") == []

    def test_a_product_name_is_not_the_common_word(self) -> None:
        assert glossary_codes({"window": "ウィンドウ"}, "It runs on Windows.", "Windowsで動く。") == []
        assert glossary_codes({"window": "ウィンドウ"}, "Open the Window.", "窓を開く。") == ["T101"]
        assert glossary_codes({"Windows": "Windows"}, "Open the windows.", "窓を開く。") == []
        assert glossary_codes({"Windows": "Windows"}, "It runs on Windows.", "窓で動く。") == ["T101"]

    def test_a_term_stays_in_latin_letters_only_if_the_glossary_allows_it(self) -> None:
        text = "Open a pull request now.", "今すぐpull requestを開く。"
        assert glossary_codes({"pull request": "プルリクエスト|pull request"}, *text) == []
        assert glossary_codes({"pull request": "プルリクエスト"}, *text) == ["T101"]


def test_one_source_with_two_translations_is_found() -> None:
    en = "The committee will meet again in the spring."
    units = [
        ar.TranslationUnit(en, "委員会は春に再び開かれる。"),
        ar.TranslationUnit(en, "委員会は春に再開する。"),
    ]
    assert [(one.code, one.unit) for one in ar.check_units(units)] == [("T302", 1)]


class TestOptions:
    def test_rules_are_disabled_and_enabled_by_code(self) -> None:
        assert codes("It cost 5 yen.", "６円かかった。", disable=["T401"]) == []
        assert codes("It is ABC.", "ＡＢＣである。") == []
        assert codes("It is ABC.", "ＡＢＣである。", width="half") == ["T703"]
        assert codes("It is ABC.", "これはABCである。", spacing="single") == ["T704", "T704"]

    def test_the_profile_of_terms_has_only_rules_on_terms(self) -> None:
        assert codes("Deterrence cost 5 yen.", "６円かかった。", profile="terms") == ["T101"]

    def test_an_unknown_code_or_profile_is_reported(self) -> None:
        with pytest.raises(ar.errors.InvalidValue):
            codes("It left.", "去った。", disable=["T999"])
        with pytest.raises(ValueError, match="profile"):
            ar.CheckOptions(profile="lenient")  # type: ignore[arg-type]

    def test_an_inline_ignore_turns_off_a_rule_for_its_unit(self) -> None:
        ignored = "６円かかった。<!-- alliance-ref: ignore T401 -->"
        assert "T401" not in codes("It cost 5 yen.", ignored)
        assert codes("It cost 5 yen.", "６円かかった。<!-- alliance-ref: ignore -->") == []
        assert "T401" in codes("It cost 5 yen.", ignored.replace("T401", "T402"))
