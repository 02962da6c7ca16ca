"""The Japanese room: parts of speech, readings, furigana; right from threads and processes."""

import concurrent.futures
import multiprocessing
import pickle
import re
from pathlib import Path

import attrs
import pytest
import unidic_lite
from hypothesis import given, settings
from hypothesis import strategies as st

from alliance_ref.reference import load
from alliance_ref.text.japanese.normalization import with_current_kanji
from alliance_ref.text.japanese.pos import universal
from alliance_ref.text.japanese.readings import furigana, reading, to_bracketed, to_ruby_html
from alliance_ref.text.japanese.tagging import tokenize, words
from alliance_ref.text.kanji_variants import CURRENT_FORMS, current_kanji
from strategies import anything, mixed

DECIDED = {"日本": ("にほん", "にっぽん"), "施政の下": ("しせいのもと",)}


@pytest.mark.parametrize(
    "tagged",
    [
        "日本/PROPN は/ADP 同盟/NOUN 国/NOUN だ/AUX",
        "協議/VERB し/AUX た/AUX",
        "協議/NOUN を/ADP し/VERB た/AUX",
        "再編/VERB さ/AUX れる/AUX",
        "進め/VERB て/SCONJ いる/AUX",
        "人/NOUN が/ADP いる/VERB",
        "近代/NOUN 化/NOUN する/AUX",
        "安全/ADJ な/AUX 所/NOUN",
        "安全/NOUN を/ADP 守る/VERB",
        "高く/ADJ ない/AUX",
        "時間/NOUN が/ADP ない/ADJ",
        "三/NUM 人/NOUN",
        "この/DET 本/NOUN",
        "それ/PRON も/ADP",
        "しかし/CCONJ 、/PUNCT",
        "行く/VERB か/PART 。/PUNCT",
        "とても/ADV 静か/ADJ",
        "はい/INTJ",
    ],
)
def test_universal_parts_of_speech_say_what_a_word_is_here(tagged: str) -> None:
    pairs = [pair.rsplit("/", 1) for pair in tagged.split()]
    found = tokenize("".join(text for text, _ in pairs))
    assert [[token.text, token.upos] for token in found] == pairs


def test_every_part_of_speech_of_the_dictionary_has_a_universal_one() -> None:
    lines = Path(unidic_lite.DICDIR, "left-id.def").read_text(encoding="utf-8").splitlines()
    known = {tuple(part for part in line.split(" ")[1].split(",")[:4] if part != "*") for line in lines}
    without = {pos[0] for pos in known if universal(pos) == "X"}
    assert len(known) > 50
    assert without <= {"BOS/EOS", "空白"}


def test_a_token_is_an_ordinary_frozen_record() -> None:
    [token] = tokenize("防衛")
    made = attrs.evolve(token)
    assert type(token) is type(made)
    assert token == made
    assert hash(token) == hash(made)
    assert pickle.loads(pickle.dumps(token)) == token
    assert "lemma='防衛'" in repr(token)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        token.lemma = "x"  # type: ignore[misc]


@given(st.one_of(anything, mixed))
@settings(max_examples=100)
def test_words_are_the_tokens_without_their_places(text: str) -> None:
    assert [(token.surface, token.lemma) for token in tokenize(text)] == [
        (surface, word.lemma) for surface, word in words(text)
    ]


@pytest.mark.parametrize(
    ("text", "bracketed"),
    [
        ("引き渡し", "引（ひ）き渡（わた）し"),
        ("取り組む", "取（と）り組（く）む"),
        ("食べ物", "食（た）べ物（もの）"),
        ("明日は大人だ", "明日（あす）は大人（おとな）だ"),
        ("お土産", "お土産（みやげ）"),
        ("日々", "日々（ひび）"),
        ("霞が関", "霞（かすみ）が関（せき）"),
        ("関ヶ原", "関ヶ原（せきがはら）"),
        ("聞き手", "聞（き）き手（て）"),
        ("ミサイル防衛", "ミサイル防衛（ぼうえい）"),
        ("ﾐｻｲﾙ防衛", "ﾐｻｲﾙ防衛（ぼうえい）"),
        ("F-15とNATO", "F-15とNATO"),
        ("ひらがなとカタカナ", "ひらがなとカタカナ"),
        ("日本の施政の下", "日本（にほん）の施政（しせい）の下（もと）"),
        ("普天間\u3000飛行場\n", "普天間（ふてんま）\u3000飛行（ひこう）場（じょう）\n"),
        ("か\u3099と鬮\x00鬮", None),
        ("", ""),
    ],
)
def test_readings_stand_over_the_kanji_alone(text: str, bracketed: str | None) -> None:
    if bracketed is not None:
        assert to_bracketed(text, DECIDED) == bracketed
    assert "".join(span.text for span in furigana(text, DECIDED)) == text


@pytest.mark.parametrize(
    ("text", "kana"),
    [
        ("日本とNATOの協議", "にほんとNATOのきょうぎ"),
        ("12月のＦ１５", "12がつのＦ１５"),
        ("ミサイル、ｶﾞｽ。", "みさいる、がす。"),
        ("日本\ud800 は", "にほん\ud800 は"),
        ("ヴェトナム", "ゔぇとなむ"),
    ],
)
def test_a_reading_is_hiragana_and_keeps_the_rest(text: str, kana: str) -> None:
    assert reading(text, DECIDED) == kana


def test_a_decided_reading_holds_for_whole_words_only() -> None:
    assert reading("要", {"要": ("かなめ",)}) == "かなめ"
    assert reading("要求", {"要": ("かなめ",)}) == "ようきゅう"
    assert reading("日本", {"日本": ()}) == "にっぽん"


def test_ruby_is_escaped() -> None:
    html = to_ruby_html("<b>引き渡し</b>\x00\ud800")
    assert html == (
        "&lt;b&gt;<ruby>引<rp>(</rp><rt>ひ</rt><rp>)</rp></ruby>き"
        "<ruby>渡<rp>(</rp><rt>わた</rt><rp>)</rp></ruby>し&lt;/b&gt;\ufffd\ufffd"
    )
    html.encode()


sentences = st.lists(
    st.sampled_from(
        [
            "引き渡し",
            "日本",
            "協議",
            "の",
            "を",
            "ｶﾞｽ",
            "か\u3099",
            " ",
            "\u3000",
            "A4",
            "。",
            "\n",
            "取り組む",
        ]
    )
).map("".join)


@given(st.one_of(anything, mixed, sentences))
@settings(max_examples=200)
def test_spans_tile_the_text_and_their_kana_are_its_reading(text: str) -> None:
    spans = furigana(text, DECIDED)
    at = 0
    for span in spans:
        assert span.start == at < span.end
        assert text[span.start : span.end] == span.text
        at = span.end
    assert at == len(text)
    assert "".join(span.kana for span in spans) == reading(text, DECIDED)
    assert re.sub(r"（[ぁ-ゖー]+）", "", to_bracketed(text, DECIDED)) == re.sub(r"（[ぁ-ゖー]+）", "", text)


def test_a_very_long_line_is_read_whole() -> None:
    text = "日本の基地の引き渡しに取り組む" * 4_000
    spans = furigana(text, DECIDED)
    assert spans[-1].end == len(text)
    assert reading(text, DECIDED) == "にほんのきちのひきわたしにとりくむ" * 4_000


TEXTS = [f"第{n}回の日米安全保障協議委員会が、日本の引き渡しの取り組みを協議した。" * 3 for n in range(150)]


def test_eight_threads_read_what_one_reads() -> None:
    alone = [to_bracketed(text) for text in TEXTS]
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        assert list(pool.map(to_bracketed, TEXTS)) == alone


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_a_process_pool_reads_what_one_process_reads(method: str) -> None:
    if method not in multiprocessing.get_all_start_methods():
        pytest.skip(f"no {method} here")
    alone = [tokenize(text) for text in TEXTS[:20]]  # the tagger is made before the processes are
    context = multiprocessing.get_context(method)
    with concurrent.futures.ProcessPoolExecutor(2, mp_context=context) as pool:
        assert list(pool.map(tokenize, TEXTS[:20])) == alone


@pytest.mark.parametrize(
    ("text", "kana"),
    [
        ("⼭⼝県の⾃衛隊", "やまぐちけんのじえいたい"),
        ("⺠間の⻑期計画", "みんかんのちょうきけいかく"),
        ("國會と經濟", "こっかいとけいざい"),
        ("沖繩縣廳", "おきなわけんちょう"),
        ("廣島の戰爭", "ひろしまのせんそう"),
        ("逗\U000e0100子市", "ずしし"),
        ("防\u200b衛\ufeff省", "ぼうえいしょう"),
        ("小淵と檜山", "おぶちとひやま"),
    ],
)
def test_other_forms_of_kanji_are_read_as_the_current_ones(text: str, kana: str) -> None:
    assert reading(text) == kana


@given(st.text(st.sampled_from("⽇⽶⻑官防衞廳眞內日\u200b\ufe00ｶﾞ\u3099、。12")))
@settings(max_examples=100)
def test_offsets_are_those_of_the_text_as_given(text: str) -> None:
    tokens = tokenize(text)
    assert all(text[token.start : token.end] == token.text for token in tokens)
    assert "".join(token.text for token in tokens) == text
    assert "".join(span.text for span in furigana(text)) == text


@pytest.mark.parametrize(
    ("text", "kana"),
    [
        ("中国人と沖縄人", "ちゅうごくじんとおきなわじん"),
        ("民間人や韓国人", "みんかんじんやかんこくじん"),
        ("三人の管理人", "さんにんのかんりにん"),
        ("有限会社と航空会社", "ゆうげんがいしゃとこうくうがいしゃ"),
        ("会社は同会社だ", "かいしゃはどうかいしゃだ"),
        ("お父さんと母", "おとうさんとはは"),
        ("姉さんとお兄様", "ねえさんとおにいさま"),
        ("この協定の下に", "このきょうていのもとに"),
        ("国連の下で", "こくれんのもとで"),
        ("机の下で橋の下に", "つくえのしたではしのしたに"),
        ("羽田発の便", "はねだはつのびん"),
        ("北谷町と読谷村", "ちゃたんちょうとよみたんそん"),
        ("町と村", "まちとむら"),
        ("同盟の要だ", "どうめいのかなめだ"),
        ("検討の要がある", "けんとうのようがある"),
    ],
)
def test_words_are_read_by_their_neighbors(text: str, kana: str) -> None:
    assert reading(text) == kana


@pytest.mark.parametrize(
    ("text", "kana"),
    [
        ("東海道", "とうかいどう"),
        ("羽田首相", "はたしゅしょう"),
        ("主要国", "しゅようこく"),
        ("直の連絡", "じかのれんらく"),
        ("6本", "6ぽん"),
        ("川口順子外相", "かわぐちよりこがいしょう"),
        ("築城基地", "ついききち"),
        ("日本の仮訳", "にほんのかりやく"),
    ],
)
def test_a_shipped_decided_reading_applies_to_its_word_alone(text: str, kana: str) -> None:
    assert reading(text, load().decided_readings()) == kana


def test_parts_of_names_are_decided_for_the_check_of_names_only() -> None:
    assert "順子" not in load().decided_readings()
    assert load().decided_readings(parts=True)["順子"][0] == "よりこ"


FORMS = {
    chr(code): current_kanji(chr(code))
    for code in (*CURRENT_FORMS, *range(0x2E80, 0x2FD6), *range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20))
    if current_kanji(chr(code)) != chr(code)
}
"""Every character of the tables of lookup that has a current form."""


@given(st.lists(st.sampled_from(sorted(FORMS)), min_size=1, max_size=8).map("".join))
@settings(max_examples=200)
def test_every_other_form_is_tokenized_as_its_current_form(text: str) -> None:
    current = with_current_kanji(text)
    assert len(current) == len(text)
    assert with_current_kanji(current) == current
    found, wanted = tokenize(text), tokenize(current)
    assert [(token.start, token.end) for token in found] == [(token.start, token.end) for token in wanted]
    assert [token.reading for token in found] == [token.reading for token in wanted]
    assert reading(text) == reading(current) or not all(token.reading for token in wanted)


def test_most_other_forms_have_a_current_form_in_the_dictionary_of_the_tagger() -> None:
    kept = [old for old, new in FORMS.items() if with_current_kanji(old) != new]
    assert len(FORMS) > 1000
    assert len(kept) < 30


@given(st.lists(st.sampled_from("\u200b\u200e\u2060\ufeff\ufe00\u034f"), min_size=5, max_size=5))
def test_invisible_characters_do_not_change_a_reading(marks: list[str]) -> None:
    text = "".join(kanji + mark for kanji, mark in zip("嘉手納基地", marks, strict=True))
    assert reading(text) == reading("嘉手納基地") == "かでなきち"
