"""The page of measured figures: what its lines say, and that it is the one that the command writes."""

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
table = pytest.importorskip("benchmarks.table", reason="the benchmarks are not here")


@pytest.mark.parametrize(
    ("values", "asked", "at_most", "line"),
    [
        ([3.0, 1.0, 2.0], 2.0, False, "| a | b | speed | 1 | 2 | 3 | ≥ 2 | yes |"),
        ([3.0, 1.0, 2.0], 2.1, False, "| a | b | speed | 1 | 2 | 3 | ≥ 2.1 | no |"),
        ([3.0, 1.0, 2.0], 2.0, True, "| a | b | speed | 1 | 2 | 3 | ≤ 2 | yes |"),
        ([1234.5, 0.06217, 100.4], 1000.0, True, "| a | b | speed | 0.0622 | 100 | 1,234 | ≤ 1,000 | yes |"),
    ],
)
def test_a_line_has_the_spread_and_the_middle_decides(
    values: list[float], asked: float, at_most: bool, line: str
) -> None:
    assert str(table.Row("a", "b", "speed", values, asked, at_most)) == line


def test_the_page_is_what_the_command_writes() -> None:
    page = (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    head = re.escape(table.PAGE.partition("| what")[0])
    fixed = re.sub(r"\\\{\w+\\\}", "(?s:.+?)", head)
    assert re.match(fixed, page)
    lines = [line for line in page.splitlines() if line.startswith("|")][2:]
    for peer in ("fugashi", "pycountry", "jamdict", "rapidfuzz", "flashtext", "pyahocorasick"):
        assert any(peer in line for line in lines), peer
    for line in lines:
        *_, least, middle, greatest, asked, reached = line.strip("| ").split(" | ")
        spread = [float(figure.replace(",", "")) for figure in (least, middle, greatest)]
        assert spread == sorted(spread)
        limit = float(asked[2:].replace(",", ""))
        assert reached == ("yes" if (spread[1] <= limit if asked[0] == "≤" else spread[1] >= limit) else "no")
    assert "not measured" in page
