"""Sentences and tokens: places that hold, nothing lost, whatever the text."""

import concurrent.futures
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliance_ref.text.japanese.tagging import tokenize
from alliance_ref.text.sentence_splitting import sentences
from strategies import anything, mixed

ENGLISH = [
    "The U.S. and Japan met.|U.S. officials spoke.",
    "He visited the U.S.|The talks went on.",
    "Mr. Ono met Gen. J. T. Conway at 9 a.m. today.|They agreed.",
    "Araki of Tokyo Electric Power Co. spoke first.",
    "He left Tokyo Electric Power Co.|The council met.",
    "“It works,” he said.|“Does it?” she asked.|“Yes!”|Nobody laughed.",
    'He said, "We will."|Then he left.',
    "It cost $10.27 billion, i.e. more than planned.",
    "The plan (see Fig. 3) is old.|It is from 1997.",
    "Who knows?|Nobody.|Really!",
    "It is No. 1 of five.|No.|Not yet.",
    "One line\nthat wraps.\n\n|A new paragraph without a stop\n\n|Next.",
    "The points are:\n|• first\n|• second\n|(1) third",
    "It ended… and began again.|That was all.",
    "Is it new?|It is.",
    "He left at 5 p.m. Tuesday for Tokyo.|It rained.",
    "Lockheed Martin Corp. Chief Executive Stevens spoke.|He left.",
    "It has three parts: 1. Move the base.|2. Build another.",
    "Well . . . perhaps.|Yes.",
    "They met in Jan. 2005.|The talks resumed in Feb.|The end came soon.",
    "It ended in 1945.|The next year was calm.",
    "It was built in the year\n1998 and paid\n5.|That was all.",
    "It ended . . .",
]
JAPANESE = [
    "会議が開かれた。|合意した。",
    "「合意する。」と述べた。|会議は終わった。",
    "（詳しくは別紙を見よ。）|次に進む。",
    "これでよいのか！？|よい。",
    "（1）基地。|（2）訓練。",
    "前文\n\n|第一条",
    "一行が\n次の行に続く。|終わり。",
    "売上はYahoo!ニュースが3．5％である。|以上。",
    "「閉じない。|次の文。",
    "「彼は来る。必ず来る。」|会議は続いた。",
    "日本国政府は協議した｡|半角も同じ｡",
    "｢合意する｡｣と述べた｡|以上｡",
    "防衛費は対前年比\n1.2%増である。|以上。",
    "1. 目的\n|2. 範囲\n|・項目\n|・項目二",
]


@pytest.mark.parametrize("marked", ENGLISH)
def test_english_is_cut_where_sentences_end(marked: str) -> None:
    text = marked.replace("\n|", "\n").replace("|", " ")
    assert [s.text for s in sentences(text, lang="en")] == [part.strip() for part in marked.split("|")]


@pytest.mark.parametrize("marked", JAPANESE)
def test_japanese_is_cut_where_sentences_end(marked: str) -> None:
    text = marked.replace("|", "")
    assert [s.text for s in sentences(text, lang="ja")] == [part.strip() for part in marked.split("|")]


RULES = [
    line.split("\t")
    for line in (Path(__file__).parents[1] / "benchmarks" / "tables" / "sentence_rules.tsv")
    .read_text(encoding="utf-8")
    .splitlines()[1:]
]


@pytest.mark.parametrize(("lang", "rule", "marked"), RULES, ids=[rule for _, rule, _ in RULES])
def test_every_rule_holds_for_its_example(lang: str, rule: str, marked: str) -> None:
    marked = marked.replace("\\n", "\n")
    text = re.sub(r"(?<=\S)\|", " " if lang == "en" else "", marked).replace("|", "")
    found = [sentence.text for sentence in sentences(text, lang=lang)]  # type: ignore[arg-type]
    assert found == [part.strip() for part in marked.split("|")], rule


@pytest.mark.parametrize("opening", "「『（［〈《【〔｛＜≪｢﹁﹃〝〖«“")
def test_marks_inside_any_pair_of_brackets_end_nothing(opening: str) -> None:
    pairs = "「」『』（）［］〈〉《》【】〔〕｛｝＜＞≪≫｢｣﹁﹂﹃﹄〝〟〖〗«»“”"
    closing = pairs[pairs.index(opening) + 1]
    assert len(sentences(f"{opening}合意した。閉会した。{closing}と述べた。", lang="ja")) == 1
    assert len(sentences(f"{opening}合意した。閉会した。", lang="ja")) == 2
    assert len(sentences(f"{opening}合意した。\n\n閉会した。{closing}", lang="ja")) == 2


@given(st.one_of(anything, mixed), st.sampled_from(("en", "ja")))
@settings(max_examples=150)
def test_sentences_cover_everything_but_white_space(text: str, lang: str) -> None:
    at = 0
    for segment in sentences(text, lang=lang):  # type: ignore[arg-type]
        assert text[segment.start : segment.end] == segment.text
        assert segment.text.strip() == segment.text != ""
        assert not text[at : segment.start].strip()
        at = segment.end
    assert not text[at:].strip()


@pytest.mark.parametrize(
    "text",
    [
        "." * 30_000 + "a",
        "1. a " * 8_000,
        "a\n- " * 10_000,
        "「" * 30_000,
        " " * 30_000 + "a",
        ". " * 20_000 + "A",
        "「。" * 20_000,
        '「"' * 20_000,
        "」" * 30_000,
        "1) A " * 8_000,
        "p.m. A " * 8_000,
        "".join(f"{n % 99 + 1}) A " for n in range(8_000)),
        "と？と" * 10_000,
        "\n\n" * 20_000 + "a",
    ],
)
def test_long_runs_of_signs_take_no_longer_than_they_should(text: str) -> None:
    for lang in ("en", "ja"):
        assert sentences(text, lang=lang)  # quadratic, these take minutes


def test_a_row_of_voicing_marks_is_cut_like_any_long_line() -> None:
    text = "か" + "\u3099" * 100_000
    assert tokenize(text)[-1].end == len(text)


def test_another_language_is_refused() -> None:
    with pytest.raises(ValueError, match="expected 'en', 'ja'"):
        sentences("Bonjour.", lang="fr")  # type: ignore[arg-type]


@given(st.one_of(anything, mixed))
@settings(max_examples=150)
def test_tokens_cover_everything_but_white_space_and_controls(text: str) -> None:
    at = 0
    for token in tokenize(text):
        assert text[token.start : token.end] == token.text
        assert at <= token.start
        between = text[at : token.start]
        assert all(c.isspace() or ord(c) < 0xA0 for c in between)
        at = token.end
    assert all(c.isspace() or ord(c) < 0xA0 for c in text[at:])


def test_half_width_kana_are_read_as_full_and_keep_their_places() -> None:
    [gas, particle, defence] = tokenize("ｶﾞｽの防衛")
    assert (gas.text, gas.start, gas.end, gas.surface, gas.source_word) == ("ｶﾞｽ", 0, 3, "ガス", "gas")
    assert (particle.start, defence.start, defence.reading) == (3, 4, "ボウエイ")


def test_what_unidic_adds_to_a_lemma_is_parted_from_it() -> None:
    tokens = tokenize("私はトランプとミサイルを見た")
    assert [t.lemma for t in tokens] == ["私", "は", "トランプ", "と", "ミサイル", "を", "見る", "た"]
    assert [t.source_word for t in tokens if t.source_word] == ["trump", "missile"]


def test_tokens_say_how_they_inflect_and_whether_they_are_known() -> None:
    verb = tokenize("協議した")[1]
    assert verb.pos[:1] == ("動詞",)
    assert verb.conjugation[1] == "連用形-一般"
    assert not tokenize("Qwzxv")[0].known
    assert str(verb) == "し"


def test_text_behind_a_nul_is_not_lost() -> None:
    assert [t.text for t in tokenize("防衛\x00庁")] == ["防衛", "庁"]


def test_a_separate_voicing_mark_belongs_to_its_kana() -> None:
    [token] = tokenize("か\u3099")
    assert (token.start, token.end, token.surface) == (0, 2, "が")


def test_a_line_longer_than_mecab_bears_is_read_whole() -> None:
    text = "日米同盟は重要である" * 95_000
    tokens = tokenize(text)
    assert len(text) > 900_000
    assert tokens[-1].end == len(text)
    assert sum(token.end - token.start for token in tokens) == len(text)


def test_eight_threads_get_what_one_gets() -> None:
    texts = [f"第{n}回の日米安全保障協議委員会が東京で開かれた。" * 5 for n in range(200)]
    alone = [tokenize(text) for text in texts]
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        assert list(pool.map(tokenize, texts)) == alone
