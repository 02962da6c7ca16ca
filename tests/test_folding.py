"""Keys of texts, and the way back from a key to the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_ref.text.folding import FoldedText, fold, name_key
from alliance_ref.text.kanji_variants import OLD_KANJI, current_kanji
from alliance_ref.text.spelling_rules import forms_in_context
from strategies import anything, mixed


@given(anything | mixed)
def test_fold_returns_the_name_key_of_every_text(text: str) -> None:
    assert fold(text).key == name_key(text) == FoldedText(text).key


@given(anything | mixed)
def test_spans_are_in_order_and_inside_the_text(text: str) -> None:
    key, starts, ends = fold(text)
    assert len(key) == len(starts) == len(ends)
    assert list(starts) == sorted(starts)
    assert all(0 <= start < end <= len(text) for start, end in zip(starts, ends, strict=True))


@given(anything | mixed)
def test_text_span_agrees_with_the_spans_of_the_characters(text: str) -> None:
    folded = FoldedText(text)
    key, starts, ends = folded.spans()
    for start in range(min(len(key), 12)):
        for end in range(start + 1, min(len(key), start + 6) + 1):
            span = folded.text_span(start, end)
            if span is None:  # the cut is inside a character that folds to several
                inside = [at for at in (start, end) if 0 < at < len(key) and starts[at - 1] == starts[at]]
                assert inside
            else:
                assert span == (starts[start], ends[end - 1])


@given(anything | mixed)
def test_key_index_is_the_inverse_of_the_spans(text: str) -> None:
    folded = FoldedText(text)
    _, starts, _ = folded.spans()
    for index in range(len(text)):
        expected = starts.index(index) if index in starts else None
        assert folded.key_index(index) == expected


@pytest.mark.parametrize(
    ("text", "breaks"),
    [
        ("ab cd", [0, 2, 4]),
        ("ﬁx", [0, 3]),  # a ligature is part of a word
        ("m²x", [0, 1, 2, 3]),  # a sign is not
        ("Ōno", [0, 3]),
        ("ЖNATO", [0, 5]),  # one word in two alphabets
        ("日米us軍", [0, 1, 2, 4, 5]),
    ],
)
def test_words_break_at_spaces_signs_and_other_scripts(text: str, breaks: list[int]) -> None:
    folded = FoldedText(text)
    assert [at for at in range(len(folded.key) + 1) if folded.is_word_break(at)] == breaks


@pytest.mark.parametrize("hyphen", list("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d\ufe63\ufe58"))
def test_every_hyphen_and_dash_is_ignored(hyphen: str) -> None:
    assert name_key(f"EA{hyphen}6B") == name_key("EA-6B")


@pytest.mark.parametrize(
    "spellings",
    [
        ["第七艦隊", "第7艦隊", "第７艦隊"],
        ["第三十一海兵遠征部隊", "第31海兵遠征部隊"],
        ["憲法九条", "憲法9条", "憲法９條"],
        ["六か国", "六カ国", "六ヵ国", "六ヶ国", "六ケ国", "六箇国", "6か国", "６ヵ国"],
        ["十二箇所", "12カ所", "一二か所"],
        ["県道百四号線", "県道104号線", "県道一〇四号線"],
        ["非核三原則", "非核3原則"],
        ["四者協議", "4者協議"],
        ["二国間", "2国間"],
        ["ヴェトナム", "ベトナム"],
        ["グァム", "グアム"],
    ],
)
def test_spellings_of_one_word_have_one_key(spellings: list[str]) -> None:
    assert len({name_key(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("三沢", "3沢"), ("千歳", "1000歳"), ("統一", "統1"), ("ティ", "テイ"), ("いつか国", "いつヶ国")],
)
def test_numerals_and_kana_in_other_words_are_kept(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("稻嶺惠一", "稲嶺恵一"),
        ("歷史", "歴史"),
        ("舊曆", "旧暦"),
        ("冨田", "富田"),
        ("⼈⺠", "人民"),
        ("⻑崎", "長崎"),
    ],
)
def test_old_forms_and_radicals_have_the_key_of_the_current_form(old: str, new: str) -> None:
    assert name_key(old) == name_key(new)


def test_a_current_form_is_never_an_old_form() -> None:
    assert all(current_kanji(kanji) == kanji for kanji in current_kanji(OLD_KANJI))
    assert len(set(OLD_KANJI)) == len(OLD_KANJI) >= 417


_SPELLINGS = st.text("第一二十百九〇0aカヵヶか箇が国所条者ヴァグィ法 ・\u3099\ufe00Ⅲ㍻", max_size=12)


@given(_SPELLINGS)
def test_replaced_spellings_keep_their_place_in_the_text(text: str) -> None:
    folded = FoldedText(text)
    key, starts, ends = folded.spans()
    assert key == folded.key == name_key(key)
    assert list(starts) == sorted(starts)
    for start in range(len(key)):
        for end in range(start + 1, len(key) + 1):
            span = folded.text_span(start, end)
            if span is not None:
                assert span == (starts[start], ends[end - 1])
    for index in range(len(text)):
        assert folded.key_index(index) == (starts.index(index) if index in starts else None)


@given(
    _SPELLINGS,
    st.sampled_from("\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u202a\u202e\u2066\u2069\u034f\ufe0f"),
    st.data(),
)
def test_an_invisible_character_never_changes_a_key(text: str, invisible: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    assert name_key(text[:at] + invisible + text[at:]) == name_key(text)


@given(_SPELLINGS.map(name_key).filter(bool), _SPELLINGS, _SPELLINGS)
def test_the_key_of_a_name_in_a_text_is_one_of_its_forms(key: str, before: str, after: str) -> None:
    known = {key} | forms_in_context(key)
    text = name_key(before), key, name_key(after)
    spans = FoldedText("".join(text))
    span = spans.key_index(len(text[0])), spans.key_index(len(text[0]) + len(key))
    if None not in span:
        assert spans.key[span[0] : span[1]] in known
