"""Errors of readers: every problem has a reason, values and a place, and renders in any language."""

import pickle
from pathlib import Path

import pytest

import alliance_ref as ar
from alliance_ref.errors import FileProblem, UnreadableFile
from alliance_ref.exchange.tables import delimited

SOURCE = Path(ar.__file__).parent


def test_every_reason_is_used_by_a_reader() -> None:
    text = "".join(
        path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py") if path.name != "errors.py"
    )
    reasons = {reason for reason in FileProblem.MESSAGES if not reason.startswith("at")}
    unused = {reason for reason in reasons if f'"{reason}"' not in text}
    assert not unused


def test_a_problem_states_its_place_before_its_message() -> None:
    assert str(FileProblem("empty-file")) == "the file is empty"
    assert str(FileProblem("entities", line=3, column=7)).startswith("line 3, column 7: the file declares")
    assert str(FileProblem("no-term", row=4, path="'x'")) == "row 4, 'x': no term in either language"


def test_a_problem_is_rendered_in_another_language_with_its_place() -> None:
    japanese = {
        "{where}: cannot be read as {format}: {problem}": "{where}: {format}として読めません: {problem}",
        "{place}: {problem}": "{place}: {problem}",
        "line {line}": "{line}行目",
        ", ": "、",
        "the file is empty": "ファイルが空です",
    }
    error = UnreadableFile("a.csv", "CSV", (FileProblem("empty-file", line=2, path="x"),))
    assert (
        error.message().text(lambda text: japanese[text])
        == "a.csv: CSVとして読めません: 2行目、x: ファイルが空です"
    )


def test_an_error_with_many_problems_lists_twenty_and_the_number_of_the_rest() -> None:
    with pytest.raises(UnreadableFile) as caught:
        delimited.loads_csv("en,ja,note\n" + ",,good\n" * 300)
    lines = str(caught.value).splitlines()
    assert len(caught.value.problems) == 300
    assert lines[0] == "<text>: cannot be read as CSV, 300 problems"
    assert (len(lines), lines[-1]) == (22, "and 280 more")


def test_an_error_survives_pickling() -> None:
    error = UnreadableFile("a.csv", "CSV", (FileProblem("not-a-number", {"value": "x"}, row=2),))
    assert str(pickle.loads(pickle.dumps(error))) == str(error)
