"""Options for reading files on the command line: --from-format, --columns, --min-state."""

from pathlib import Path

import pytest

from alliance_ref.cli import main
from alliance_ref.exchange.bitexts import xliff
from alliance_ref.glossary import read_glossary
from alliance_ref.records import TranslationUnit

Output = pytest.CaptureFixture[str]


@pytest.fixture
def headerless(tmp_path: Path) -> Path:
    """A table without a header, Japanese first, with a suffix that names no format."""
    path = tmp_path / "terms.dat"
    path.write_text("同盟\talliance\t条約に基づく\n基地\tbase\t\n", encoding="utf-8")
    return path


def test_a_glossary_is_converted_with_its_format_and_columns(
    capsys: Output, tmp_path: Path, headerless: Path
) -> None:
    target = tmp_path / "terms.json"
    command = ["glossary", "convert", str(headerless), "--to", str(target)]
    assert main(command) == 2
    assert "no format for the suffix '.dat'" in capsys.readouterr().err
    assert main([*command, "--from-format", "tsv", "--columns", "ja, en,note"]) == 0
    concepts = read_glossary(target).concepts
    assert [(c.en[0].text, c.ja[0].text, c.note) for c in concepts] == [
        ("alliance", "同盟", "条約に基づく"),
        ("base", "基地", ""),
    ]


def test_glossaries_of_other_formats_are_merged_without_columns(tmp_path: Path, headerless: Path) -> None:
    other, target = tmp_path / "other.csv", tmp_path / "all.json"
    other.write_text("en,ja\ntreaty,条約\n", encoding="utf-8")
    table = tmp_path / "terms.tsv"
    table.write_bytes(headerless.read_bytes())
    command = ["glossary", "merge", str(table), str(other), "--to", str(target)]
    assert main([*command, "--columns", "ja,en,note"]) == 0
    assert {c.en[0].text for c in read_glossary(target).concepts} >= {"alliance", "base"}


def test_units_are_checked_with_their_format_and_columns(capsys: Output, tmp_path: Path) -> None:
    path = tmp_path / "units.dat"
    path.write_text("13人が到着した。\tTwelve people arrived.\n", encoding="utf-8")
    command = ["check-translation", str(path)]
    assert main([*command, "--from-format", "tsv", "--columns", "ja,en"]) == 1
    assert "T401" in capsys.readouterr().out
    assert main([*command, "--from-format", "nonsense"]) == 2
    assert "nonsense" in capsys.readouterr().err


@pytest.fixture
def editor_file(tmp_path: Path) -> Path:
    """A file of a translation editor with one unit in each state, each with a wrong number."""
    units = [
        TranslationUnit(
            f"Of 1{place}3 people, none came.", "400人のうち、誰も来なかった。", "a.txt", place, state=state
        )
        for place, state in enumerate(("initial", "translated", "reviewed", "final"))
    ]
    path = tmp_path / "a.xliff2"
    path.write_text(xliff.dumps_units_2(units), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("state", "count"), [(None, 3), ("initial", 4), ("translated", 3), ("reviewed", 2), ("final", 1)]
)
def test_units_in_earlier_states_are_left_out(
    capsys: Output, editor_file: Path, state: str | None, count: int
) -> None:
    option = [] if state is None else ["--min-state", state]
    assert main(["check-translation", str(editor_file), *option]) == 1
    captured = capsys.readouterr()
    assert captured.out.count("T401") == count
    assert ("left out: " in captured.err) == (count < 4)


def test_a_glossary_is_built_from_units_in_a_state(tmp_path: Path, capsys: Output) -> None:
    units = [
        TranslationUnit(
            f"The alliance changed in {year}.", f"{year}年に同盟は変わった。", "a", year, state="initial"
        )
        for year in range(1990, 2000)
    ]
    source, target = tmp_path / "a.xliff2", tmp_path / "terms.csv"
    source.write_text(xliff.dumps_units_2(units), encoding="utf-8")
    command = ["glossary", "--from", str(source), "--to", str(target)]
    assert main([*command, "--min-state", "initial"]) == 0
    assert "alliance" in target.read_text(encoding="utf-8-sig")
    target = tmp_path / "final.csv"
    assert main([*command[:-1], str(target), "--min-state", "final"]) == 0
    assert "alliance" not in target.read_text(encoding="utf-8-sig")


def test_an_unknown_state_is_rejected(capsys: Output, editor_file: Path) -> None:
    with pytest.raises(SystemExit):
        main(["check-translation", str(editor_file), "--min-state", "perfect"])
    assert "perfect" in capsys.readouterr().err
