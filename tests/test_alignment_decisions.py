"""Corrected tables of alignments: what is read from them, and what is rejected."""

import io
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import openpyxl
import pytest

from alliance_ref.alignment import Alignment, Decisions, align, align_documents, read_decisions
from alliance_ref.alignment.result import Bead
from alliance_ref.cli import main
from alliance_ref.errors import InputNotFound, MissingExtra, UnknownFormat, UnreadableCopy, UnreadableFile
from alliance_ref.records import Segment
from test_alignment import EN, JA, one_to_one

Rows = list[list[str]]
Output = pytest.CaptureFixture[str]
STATUS, ENGLISH, JAPANESE = 2, 3, 4


def rows_of(alignment: Alignment) -> Rows:
    sheet = openpyxl.load_workbook(io.BytesIO(alignment.to_xlsx())).active
    assert sheet is not None
    return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]


def write_excel(path: Path, rows: Iterable[Iterable[str]]) -> Decisions:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return read_decisions(path)


def write_html(path: Path, rows: Iterable[Iterable[str]]) -> Decisions:
    def cell(text: str) -> str:
        return f"<td>{text.replace(chr(10), '<br>')}</td>"

    body = "".join(f"<tr>{''.join(map(cell, row))}</tr>" for row in rows)
    path.write_text(f"<table>{body}</table>", encoding="utf-8")
    return read_decisions(path)


@pytest.fixture(params=[write_excel, write_html])
def corrected(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[Rows], Decisions]:
    """A function that writes a corrected table and reads its decisions."""
    write = request.param
    return lambda rows: write(tmp_path / f"table.{'xlsx' if write is write_excel else 'html'}", rows)


def beads(decisions: Decisions, en: Iterable[str] = EN, ja: Iterable[str] = JA) -> tuple[Bead, ...]:
    return decisions.beads(
        [Segment(text, "en", 0, len(text)) for text in en], [Segment(text, "ja", 0, len(text)) for text in ja]
    )


def test_a_table_as_written_contains_no_decisions(tmp_path: Path) -> None:
    alignment = align(EN, (*JA[:3], *JA[4:]))
    for suffix, content in ((".xlsx", alignment.to_xlsx()), (".html", alignment.to_html().encode())):
        path = tmp_path / f"table{suffix}"
        path.write_bytes(content)
        assert beads(read_decisions(path), EN, (*JA[:3], *JA[4:])) == ()


def test_confirmed_rows_are_decisions(corrected: Callable[[Rows], Decisions]) -> None:
    rows = rows_of(align(EN, JA[:-1]))
    rows[2][STATUS] = "確認済"
    rows[-1][STATUS] = "Confirmed"
    assert beads(corrected(rows), ja=JA[:-1]) == (((1,), (1,)), ((7,), ()))


def test_moved_text_is_a_decision_in_both_of_its_rows(corrected: Callable[[Rows], Decisions]) -> None:
    rows = rows_of(align(EN, JA))
    rows[3][JAPANESE] += "\n" + rows[4][JAPANESE]
    rows[4][JAPANESE] = ""
    decisions = corrected(rows)
    assert beads(decisions) == (((2,), (2, 3)), ((3,), ()))
    alignment = align(EN, JA, fixed=decisions)
    assert alignment.beads[2:4] == (((2,), (2, 3)), ((3,), ()))
    assert [unit.status for unit in alignment.units[1:5]] == ["aligned", "confirmed", "confirmed", "aligned"]


def test_text_joined_by_a_space_or_with_its_lines_swapped_is_found(
    corrected: Callable[[Rows], Decisions],
) -> None:
    rows = rows_of(align(EN, JA))
    rows[1][ENGLISH] += f" {rows[2][ENGLISH]}"
    rows[3][JAPANESE] = f"{rows[4][JAPANESE]}\n{rows[3][JAPANESE]}"
    rows[4][JAPANESE] = rows[2][ENGLISH] = ""
    assert beads(corrected(rows)) == (((0, 1), (0,)), ((2,), (2, 3)), ((), (1,)), ((3,), ()))


def test_rows_may_be_inserted_moved_and_deleted(corrected: Callable[[Rows], Decisions]) -> None:
    rows = rows_of(align(EN, JA))
    rows[5:6] = [["", "", "", EN[4], "", ""], ["", "", "", "", JA[4], ""]]
    del rows[8]
    assert beads(corrected([rows[0], *reversed(rows[1:])])) == (((), (4,)), ((4,), ()))


def test_merged_cells_join_their_rows(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    path.write_bytes(align(EN, JA).to_xlsx())
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    sheet["E4"] = f"{JA[2]}\n{JA[3]}"
    sheet.merge_cells("E4:E5")
    book.save(path)
    assert sorted(beads(read_decisions(path))) == [((2,), (2, 3)), ((3,), (2, 3))]
    assert align(EN, JA, fixed=read_decisions(path)).beads[2] == ((2, 3), (2, 3))


def test_of_equal_segments_the_one_with_the_number_or_next_to_the_row_before_is_meant(
    corrected: Callable[[Rows], Decisions],
) -> None:
    en, ja = (EN[0], "Yes.", EN[1], "Yes.", EN[2]), (JA[0], "はい。", JA[1], "はい。", JA[2])
    rows = rows_of(align(en, ja))
    rows[4][STATUS] = "ok"
    assert beads(corrected(rows), en, ja) == (((3,), (3,)),)
    rows[4] = ["", "", "confirmed", "Yes.", "はい。", ""]
    assert beads(corrected(rows), en, ja) == (((3,), (3,)),)


def test_a_second_correction_keeps_the_decisions_of_the_first(corrected: Callable[[Rows], Decisions]) -> None:
    en = (*EN[:4], EN[6], EN[4], EN[5], EN[7])
    fixed: list[Bead] = [((1,), (1,)), ((4,), (6,)), ((5,), (4,)), ((6,), (5,)), ((7,), ())]
    first = align(en, JA, fixed=fixed)
    assert [(item.en, item.ja, item.status) for item in first.crossings] == [(4, 6, "confirmed")]
    again = align(en, JA, fixed=corrected(rows_of(first)))
    assert again.beads == first.beads
    assert [unit.status for unit in again] == [unit.status for unit in first]
    assert again.crossings == first.crossings


def test_confirming_every_row_keeps_everything(corrected: Callable[[Rows], Decisions]) -> None:
    en = (*EN[:4], EN[6], EN[4], EN[5], EN[7])
    ja = JA[1:]
    first = align(en, ja)
    assert first.gaps
    assert first.crossings
    rows = rows_of(first)
    for row in rows[1:]:
        row[STATUS] = "confirmed"
    again = align(en, ja, fixed=corrected(rows))
    assert again.beads == first.beads
    assert {(c.en, c.ja, c.status) for c in again.crossings} == {
        (c.en, c.ja, "confirmed") for c in first.crossings
    }


def test_changed_words_and_unknown_statuses_are_all_reported(corrected: Callable[[Rows], Decisions]) -> None:
    rows = rows_of(align(EN, JA))
    rows[2][ENGLISH] = "Twelve boats left."
    rows[3][JAPANESE] = f"{JA[2]}\n{JA[6]}"
    rows[4][STATUS] = "perhaps"
    with pytest.raises(UnreadableFile) as caught:
        beads(corrected(rows))
    found = [(problem.row, problem.reason) for problem in caught.value.problems]
    assert found == [(3, "segments-not-found"), (4, "segments-not-found"), (5, "decision-status")]
    assert "'Twelve boats left.'" in str(caught.value)


def test_files_that_are_no_table_are_rejected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnknownFormat):
        read_decisions(tmp_path / "table.tsv")
    with pytest.raises(InputNotFound):
        read_decisions(tmp_path / "none.xlsx")
    (tmp_path / "folder.html").mkdir()
    with pytest.raises(UnreadableCopy):
        read_decisions(tmp_path / "folder.html")
    page = tmp_path / "page.html"
    page.write_text("<p>No table</p><table><tr><td>1</td></tr></table>", encoding="utf-8")
    with pytest.raises(UnreadableFile, match=r"page\.html.*no table with a column English"):
        read_decisions(page)
    book = tmp_path / "damaged.xlsx"
    book.write_bytes(b"PK")
    with pytest.raises(UnreadableFile, match=r"damaged\.xlsx"):
        read_decisions(book)
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    with pytest.raises(MissingExtra):
        align(EN, JA).to_xlsx()


def test_a_page_saved_by_a_browser_is_read(tmp_path: Path) -> None:
    page = align(["It rained.", "We left."], ["雨が降った。", "出発した。"]).to_html()
    assert page.count("contenteditable") == 6
    # A browser wraps the lines that a person adds to a cell.
    row = '<tr class="sure"><td>1-1</td><td class="text">It rained.<div>We left.</div></td><td>雨が降った。'
    saved = re.sub(r'<tr class="sure"><td>1-1.*?雨が降った。', row, page, count=1)
    saved = saved.replace(">We left.</td>", "><br></td>", 1)
    path = tmp_path / "page.html"
    path.write_text(saved, encoding="utf-8")
    alignment = align_documents("It rained. We left.", "雨が降った。出発した。", fixed=read_decisions(path))
    assert alignment.beads == (((0, 1), (0,)), ((), (1,)))


@pytest.mark.parametrize("suffix", [".xlsx", ".html"])
def test_the_command_keeps_the_decisions_of_a_table(capsys: Output, tmp_path: Path, suffix: str) -> None:
    english, japanese, table = tmp_path / "en.txt", tmp_path / "ja.txt", tmp_path / f"table{suffix}"
    english.write_text("\n".join(EN), encoding="utf-8")
    japanese.write_text("\n".join(JA), encoding="utf-8")
    command = ["align", str(english), str(japanese)]
    assert main([*command, "--to", str(table)]) == 0
    assert main([*command, "--fixed", str(table), "--to", str(table)]) == 2
    assert "is an input file" in capsys.readouterr().err
    if suffix == ".html":
        page = table.read_text(encoding="utf-8").replace(">aligned<", ">confirmed<")
        table.write_text(page, encoding="utf-8")
    else:
        rows = rows_of(align(EN, JA))
        for row in rows[1:]:
            row[STATUS] = "confirmed"
        write_excel(table, rows)
    memory = tmp_path / "memory.tsv"
    assert main([*command, "--fixed", str(table), "--to", str(memory)]) == 0
    assert len(memory.read_text(encoding="utf-8").splitlines()) == len(EN) + 1
    assert main([*command, "--fixed", str(table), "--json"]) == 0
    assert capsys.readouterr().out.count('"confirmed"') == len(EN)


def test_thousands_of_decisions_are_kept() -> None:
    size = 4000
    en = [f"Report {number} was written in {1000 + number}." for number in range(size)]
    ja = [f"報告{number}は{1000 + number}年に書かれた。" for number in range(size)]
    assert align(en, ja, fixed=one_to_one(size)).beads == tuple(one_to_one(size))
