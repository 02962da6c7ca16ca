"""Keys of texts, and the way back from a key to the text."""

import pytest
from hypothesis import given

from alliance_ref.text.folding import FoldedText, fold, name_key
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
