"""Rows of thousands of one character or word take time in proportion: told by counting, not by the clock."""

from collections.abc import Iterator, Mapping

import pytest

from alliance_ref.matcher.boundaries import LineTokens
from alliance_ref.text import romanization
from alliance_ref.text.japanese import furigana, readings, tokenize
from alliance_ref.text.japanese.tagging import pieces

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


def test_marks_of_repetition_are_written_out_in_one_go(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    repeated = romanization._repeated

    def counted(kana: str, marks: str) -> Iterator[str]:
        asked.append(len(marks))
        return repeated(kana, marks)

    monkeypatch.setattr(romanization, "_repeated", counted)
    assert romanization.romanize("か" + "ゝ" * LONG) == "ka" * (LONG + 1)
    assert asked == [LONG]
    assert romanization.romanize("いすゞ かゞゝ ゝか") == "isuzu kagaka ゝka"


def test_what_needs_no_reading_is_joined_once(monkeypatch: pytest.MonkeyPatch) -> None:
    folded: list[int] = []
    hiragana = readings._hiragana

    def counted(text: str) -> str:
        folded.append(len(text))
        return hiragana(text)

    monkeypatch.setattr(readings, "_hiragana", counted)
    text = "か" + "ゝ" * LONG
    assert [span.text for span in furigana(text)] == [text]
    assert sum(folded) <= 2 * len(text)
