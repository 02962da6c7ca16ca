"""The measured pages: what their lines say, and that they are those that the command writes."""

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))
command = pytest.importorskip("table", reason="the benchmarks are not here")
rows = pytest.importorskip("tables.rows", reason="the benchmarks are not here")

PAGES = {name: (ROOT / "docs" / "benchmarks" / f"{name}.md") for name in command.PARTS}
BLOCKS = {
    "finding": ["finding conditions", "finding"],
    "alignment": [
        f"alignment {name}"
        for name in ("conditions", "summary", "sets", "gaps", "long", "confidence", "speed")
    ],
    "glossaries": [
        "glossaries conditions", "glossary accuracy", "glossary precision", "false alarms", "planted errors",
        "glossary speed",
    ],
}  # fmt: skip


def tables(page: str) -> dict[str, list[list[str]]]:
    """The lines of each block of a page, cell by cell."""
    found = re.findall(r"^% made by make bench-docs: ([\w ]+)\n(.*?)^% end\n", page, re.MULTILINE | re.DOTALL)
    return {
        name: [line.strip("|").split("|") for line in text.splitlines() if line.startswith("|")]
        for name, text in found
    }


@pytest.fixture(scope="module")
def written() -> dict[str, list[list[str]]]:
    """The lines of all blocks of all pages."""
    return {
        name: [[cell.strip() for cell in line] for line in lines]
        for path in PAGES.values()
        for name, lines in tables(path.read_text(encoding="utf-8")).items()
    }


@pytest.mark.parametrize(
    ("values", "asked", "at_most", "line"),
    [
        ([3.0, 1.0, 2.0], 2.0, False, "| a | b | speed | 1 | 2 | 3 | ≥ 2 | ✓ |"),
        ([3.0, 1.0, 2.0], 2.1, False, "| a | b | speed | 1 | 2 | 3 | ≥ 2.1 | ✗ |"),
        ([3.0, 1.0, 2.0], 2.0, True, "| a | b | speed | 1 | 2 | 3 | ≤ 2 | ✓ |"),
        ([1234.5, 0.06217, 100.4], 1000.0, True, "| a | b | speed | 0.0622 | 100 | 1,234 | ≤ 1,000 | ✓ |"),
        ([7.0], 5.0, False, "| a | b | speed |  | 7 |  | ≥ 5 | ✓ |"),
        ([7.0], None, False, "| a | b | speed |  | 7 |  |  |  |"),
        (rows.Missing("wn"), 20.0, False, "| a | b | speed | – | – | – | ≥ 20 | – `wn` |"),
    ],
)
def test_a_line_has_the_spread_and_the_middle_decides(
    values: list[float], asked: float | None, at_most: bool, line: str
) -> None:
    assert rows.Row("a", "b", "speed", asked, at_most).spread(values) == line


def test_a_page_takes_its_tables_between_the_marks_and_keeps_the_rest() -> None:
    page = "# Title\n\n% made by make bench-docs: one\n% end\n\nText.\n"
    once = command.filled(page, {"one": "| a |"})
    assert once == "# Title\n\n% made by make bench-docs: one\n\n| a |\n\n% end\n\nText.\n"
    assert command.filled(once, {"one": "| a |"}) == once
    with pytest.raises(ValueError, match="marks of the page: one; tables: other"):
        command.filled(page, {"other": "| a |"})


@pytest.mark.parametrize("name", PAGES)
def test_each_page_has_its_tables_filled(name: str) -> None:
    found = tables(PAGES[name].read_text(encoding="utf-8"))
    assert sorted(found) == sorted(BLOCKS[name])
    assert all(len(lines) > 2 for lines in found.values()), "run: make bench-docs"


@pytest.mark.parametrize(
    ("block", "module"),
    [("finding", "finding"), ("alignment speed", "alignment"), ("glossary speed", "glossaries")],
)
def test_a_table_has_the_rows_that_are_declared(
    written: dict[str, list[list[str]]], block: str, module: str
) -> None:
    declared = getattr(command, module).ROWS.values()
    assert [line[:3] for line in written[block][2:]] == [[row.what, row.peer, row.figure] for row in declared]
    for line, row in zip(written[block][2:], declared, strict=True):
        if line[4] != "–":
            assert tuple(line[6:]) == row.judged(float(line[4].replace(",", ""))), line


def test_reached_says_no_more_than_the_figure(written: dict[str, list[list[str]]]) -> None:
    """Whatever the column of the figure: what is asked and not missing is reached or not by one of them."""
    for lines in written.values():
        head, _, *body = lines
        if "reached" not in head:
            continue
        figure = next(
            head.index(name) for name in ("middle", "measured", "exact, %", "precision, %") if name in head
        )
        for line in body:
            asked, reached = line[head.index("asked")], line[head.index("reached")]
            if line[figure] == "–":
                assert re.fullmatch("– `.+`", reached), line
            elif asked:
                limit, value = float(asked[2:].replace(",", "")), float(line[figure].replace(",", ""))
                assert reached == ("✓" if (value <= limit if asked[0] == "≤" else value >= limit) else "✗"), (
                    line
                )


def test_where_there_are_no_bitexts_the_rows_say_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    alignment, glossaries = command.alignment, command.glossaries
    monkeypatch.setattr(alignment.alignment, "BITEXTS", str(tmp_path))
    monkeypatch.setattr(glossaries, "BITEXTS", tmp_path)
    assert alignment.figures_of("core") == rows.Missing("../shared/bitext")
    missing = dict.fromkeys(alignment.SETTINGS, alignment.NO_BITEXTS)
    for made in (
        alignment.summary(missing, {}),
        alignment.by_set(missing, {}),
        alignment.gaps(missing),
        alignment.long_texts(missing),
    ):
        assert "–" in made
    assert alignment.summary(missing, {}).count("– `../shared/bitext`") == 11
    assert glossaries.accuracy().count("– `../shared/bitext`") == 5
    assert "– `../shared/bitext`" in glossaries.precision()


def test_the_tables_have_no_words_in_the_cells_that_change(written: dict[str, list[list[str]]]) -> None:
    """So that a new run needs no new translation: labels stand in the first columns, and in the heads."""
    labels = {"what", "setting", "planted", "peer", "figure", "set", "code", "measured on"}
    for name, (head, _, *body) in written.items():
        columns = [at for at, label in enumerate(head) if label not in labels]
        if name.endswith("conditions"):
            columns = [1]
        for line in body:
            for at in columns:
                assert not re.search(r"[^\W\d_]", re.sub("`[^`]*`", "", line[at])), (name, line)
