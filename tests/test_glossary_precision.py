"""The verdicts on the first pairs of a glossary, and what the command says of them."""

import re
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))
precision = pytest.importorskip("glossary_precision", reason="the benchmarks are not here")

VERDICTS = {
    ("treaty", "条約"): "right",
    ("people", "人々"): "no-term",
    ("Martin", "聖マーティン"): "boundary",
    ("base", "軍"): "wrong",
}


def test_ordinary_words_count_as_right_and_boundary_errors_do_not() -> None:
    lines = precision.report(list(VERDICTS), VERDICTS).splitlines()
    assert lines == [
        "first 4 pairs, 4 judged: 1 right, 1 no-term, 1 boundary, 1 wrong",
        "precision of the judged: 50.0 % (without no-term: 25.0 %)",
        "  3  boundary: Martin / 聖マーティン",
        "  4  wrong: base / 軍",
    ]


def test_a_pair_without_a_verdict_is_listed_and_bounds_the_precision() -> None:
    lines = precision.report([("treaty", "条約"), ("Treaty", "条約")], VERDICTS).splitlines()
    assert lines == [
        "first 2 pairs, 1 judged: 1 right, 0 no-term, 0 boundary, 0 wrong",
        "precision of the judged: 100.0 % (without no-term: 100.0 %)",
        "precision of all: at least 50.0 %, at most 100.0 %",
        "  2  not judged: Treaty / 条約",
    ]


def test_a_record_with_no_judged_pair_gives_no_figure() -> None:
    assert "precision of the judged: no figure" in precision.report([("treaty", "条約")], {})


@pytest.mark.parametrize(
    ("second", "message"),
    [
        (
            "2\tpact\t協定\tmaybe\t",
            "record.tsv:3: verdict 'maybe' is none of right, no-term, boundary, wrong",
        ),
        ("2\ttreaty\t条約\twrong\t", "record.tsv:3: treaty / 条約 has another verdict above"),
    ],
)
def test_a_bad_record_is_refused_with_its_line(tmp_path: Path, second: str, message: str) -> None:
    record = tmp_path / "record.tsv"
    head = "number\ten\tja\tverdict\tnote\n1\ttreaty\t条約\tright\t\n"
    record.write_text(f"{head}{second}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(message)):
        precision.read_verdicts(record)


def test_the_figures_of_the_description_are_those_of_the_record() -> None:
    verdicts = list(precision.read_verdicts().values())
    text = (BENCHMARKS / "glossary_terms" / "README.md").read_text(encoding="utf-8")
    stated = {
        verdict: int(count)
        for verdict, count in re.findall(r"^\| `([a-z-]+)` \| .* \| (\d+) \|$", text, re.MULTILINE)
    }
    assert stated == {verdict: verdicts.count(verdict) for verdict in precision.RIGHT + precision.NOT_RIGHT}
    assert len(verdicts) == 200
