"""Memories as people have them: bare quotation marks, semicolons, one broken file among many."""

from collections import Counter
from pathlib import Path

import pytest

import alliance_ref as ar
from alliance_ref.cli import main

QUOTED = [
    ('"Yes," he said.', "「はい」と言った。"),
    ('He said "no".', "「いいえ」と言った。"),
    ('"The alliance is old.', "「同盟は古い。"),
    ('The treaty" is new.', "条約」は新しい。"),
    ('"Talks" go on.', "「協議」が続く。"),
]


def read(path: Path) -> tuple[list[tuple[str, str]], list[str]]:
    notices: list[ar.errors.FileProblem] = []
    units = list(ar.read_units(path, notices=notices))
    return [(unit.en, unit.ja) for unit in units], [notice.reason for notice in notices]


@pytest.mark.parametrize("header", ["en\tja\n", ""])
def test_a_table_with_tabs_keeps_bare_quotation_marks(tmp_path: Path, header: str) -> None:
    path = tmp_path / "m.tsv"
    plain = [("Plain text.", "普通の文。")]
    rows = [*plain, *QUOTED, *plain]
    path.write_text(header + "".join(f"{en}\t{ja}\n" for en, ja in rows), encoding="utf-8")
    units, notices = read(path)
    assert units == rows
    assert "literal-quotes" in notices


def test_a_table_of_nothing_but_bare_quotation_marks_is_read(tmp_path: Path) -> None:
    path = tmp_path / "m.tsv"
    path.write_text("en\tja\n" + "".join(f'"A" {n}\t「甲」{n}\n' for n in range(500)), encoding="utf-8")
    units, _ = read(path)
    assert len(units) == 500
    assert units[7] == ('"A" 7', "「甲」7")


def test_a_quoted_cell_with_a_line_end_is_still_one_cell(tmp_path: Path) -> None:
    path = tmp_path / "m.tsv"
    path.write_text('en\tja\n"Two\nlines ""here"""\t"二\n行"\nOne.\t一。\n', encoding="utf-8")
    assert read(path) == ([('Two\nlines "here"', "二\n行"), ("One.", "一。")], [])


@pytest.mark.parametrize("header", ["en;ja\n", "source;target\n", "Segment A;Segment B\n", ""])
def test_units_may_be_separated_by_semicolons(tmp_path: Path, header: str) -> None:
    path = tmp_path / "m.csv"
    rows = [
        ("First, the alliance, then the treaty.", "まず同盟、次に条約。"),
        ("Yes, sir.", "はい。"),
        ("No.", "いいえ。"),
    ]
    path.write_text(header + "".join(f"{en};{ja}\n" for en, ja in rows), encoding="utf-8")
    units, _ = read(path)
    assert units[-3:] == rows
    assert len(units) <= 4


def test_one_broken_file_among_many_is_left_out_and_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "memories"
    folder.mkdir()
    (folder / "a.tsv").write_text("en\tja\nThe alliance.\t同盟。\n", encoding="utf-8")
    (folder / "b.tmx").write_text("<tmx><body><tu>", encoding="utf-8")
    (folder / "c.jsonl").write_text('{"en": "The treaty.", "ja": "条約。"}\nnot JSON\n', encoding="utf-8")
    (folder / "d.xlsx").write_bytes(b"PK no workbook")
    (folder / "e.csv").write_bytes(b"en,ja\nThe base.,\xff\xfe\x00\x01\n")
    (folder / "f.jsonl").write_text('{"en": "The base.", "ja": "基地。"}\n', encoding="utf-8")
    skipped: Counter[str] = Counter()
    notices: list[ar.errors.FileProblem] = []
    units = list(ar.read_units(folder, skipped=skipped, notices=notices))
    assert [unit.en for unit in units] == ["The alliance.", "The treaty.", "The base."]
    assert skipped["unreadable file"] == 4
    assert [notice.path.rpartition("/")[2] for notice in notices] == ["b.tmx", "c.jsonl", "d.xlsx", "e.csv"]
    assert main(["--lang", "en", "glossary", "--from", str(folder), "--to", str(tmp_path / "g.json")]) == 0
    assert capsys.readouterr().err.count("is left out") == 4
    for name in ("b.tmx", "c.jsonl", "d.xlsx", "e.csv"):
        with pytest.raises(ar.errors.UnreadableFile):
            list(ar.read_units(folder / name))
    with pytest.raises(ar.errors.UnreadableFile):
        list(ar.read_units([folder / "b.tmx", folder / "d.xlsx"], notices=[]))
