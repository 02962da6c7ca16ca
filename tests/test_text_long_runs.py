"""Runs of thousands of one character or word take linear time, measured by counts where possible."""

import time
from collections.abc import Callable, Iterator, Mapping

import pytest

from alliance_ref.matcher.boundaries import LineTokens
from alliance_ref.text.japanese.readings import furigana, reading
from alliance_ref.text.japanese.tagging import pieces, tokenize
from alliance_ref.text.romanization import romanize

LONG = 20_000
MOST = 1_001
"""Most characters of one sort that MeCab may be given in a row: a thousand and a voicing mark."""


@pytest.mark.parametrize(
    "sort", ["a", "Ａ", "ア", "ｶﾞ", "カ\u3099", "я", "ا", "ไทั", "😀", "1", "!", "々", "ゝ", "\ud800"]
)
@pytest.mark.parametrize(("before", "behind"), [("", ""), ("日本の", "です。"), ("a, b ", " c")])
def test_a_row_of_one_sort_goes_to_mecab_in_pieces(sort: str, before: str, behind: str) -> None:
    text = before + sort * LONG + behind
    found = list(pieces(text))
    assert "".join(text[start:end] for start, end in found) == text
    assert max(end - start for start, end in found) <= MOST + len(before)
    assert len(found) <= len(text) / 900


@pytest.mark.parametrize("row", ["カ\u3099", "ｶﾞ"])
def test_no_piece_begins_with_a_voicing_mark(row: str) -> None:
    text = f"日{row * LONG}"
    assert not {text[start] for start, _ in pieces(text)} & set("\u3099\u309a\uff9e\uff9f")


@pytest.mark.parametrize(
    "sentence",
    [
        "日本国と米国との間の相互協力。",
        "ミサイル、レーダー、",
        "The two governments agreed, ",
        "1,234 5,678 ",
        "a" * 900 + "1" * 900,
    ],
)
def test_ordinary_text_is_cut_no_finer_than_before(sentence: str) -> None:
    text = (sentence * 1_500)[:19_000]
    assert list(pieces(text)) == [(0, len(text))]


def test_tokens_of_a_row_have_their_places() -> None:
    text = "日本の" + "a" * LONG
    tokens = tokenize(text)
    assert [token.text for token in tokens[:2]] == ["日本", "の"]
    assert "".join(token.text for token in tokens) == text
    assert all(text[token.start : token.end] == token.text for token in tokens)


class Counted(Mapping[int, tuple[int, str, bool]]):
    """Tokens that count how often they are looked at."""

    def __init__(self, tokens: dict[int, tuple[int, str, bool]]) -> None:
        self.tokens = tokens
        self.looks = 0

    def __getitem__(self, at: int) -> tuple[int, str, bool]:
        self.looks += 1
        return self.tokens[at]

    def __iter__(self) -> Iterator[int]:
        return iter(self.tokens)

    def __len__(self) -> int:
        return len(self.tokens)


@pytest.mark.parametrize(("last", "end"), [("省", 2 * LONG + 1), ("が", 0)])
def test_each_token_is_looked_at_once_for_the_name_of_a_body(last: str, end: int) -> None:
    tokens = {at: (at + 2, "基地", True) for at in range(0, 2 * LONG, 2)}
    tokens[2 * LONG] = 2 * LONG + 1, last, last == "省"
    counted = Counted(tokens)
    line = LineTokens(counted, {})
    assert {line.organization_end(at) for at in tokens} == {end}
    assert counted.looks <= 2 * len(tokens)


def seconds(function: Callable[[str], object], size: int) -> float:
    """The least processor time for a text of about *size* marks, each time another so that no cache helps."""
    times = []
    for extra in range(3):
        text = "か" + "ゝ" * (size + extra)
        start = time.process_time()
        function(text)
        times.append(time.process_time() - start)
    return min(times)


@pytest.mark.parametrize("function", [romanize, furigana, reading])
def test_a_long_row_of_iteration_marks_takes_linear_time(function: Callable[[str], object]) -> None:
    function("か")  # loads the dictionary
    # Eight times the text takes about 8 times as long if the time is linear, 64 times if it is quadratic.
    assert seconds(function, 8 * LONG) < 24 * max(seconds(function, LONG), 0.001)


def test_iteration_marks_are_written_out() -> None:
    assert romanize("か" + "ゝ" * LONG) == "ka" * (LONG + 1)
    assert romanize("いすゞ かゞゝ ゝか") == "isuzu kagaka ゝka"


def test_text_without_kanji_is_one_span() -> None:
    text = "か" + "ゝ" * LONG
    assert [span.text for span in furigana(text)] == [text]
