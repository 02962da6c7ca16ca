"""The command line: what people see, exit statuses, and no traceback for a user's mistake."""

import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

import alliance_ref as ar
from alliance_ref.cli import main
from alliance_ref.cli.layout import beside, pad, table, wrap
from alliance_ref.exchange.bitexts.tmx import dumps_units
from alliance_ref.exchange.formats import GLOSSARY_FORMATS
from alliance_ref.records import AlignedUnit, Segment
from alliance_ref.reference import Reference
from alliance_ref.text.cell_width import width
from article import EN, JA, copy_of, document

Output = pytest.CaptureFixture[str]


@pytest.fixture
def own_reference(shipped: Reference, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line on a reference that holds the test article too."""
    own = shipped.with_documents(document())
    monkeypatch.setattr("alliance_ref.cli.read.load", lambda: own)


def test_documents_lists_every_document(capsys: Output, shipped: Reference) -> None:
    assert main(["documents"]) == 0
    out = capsys.readouterr().out
    assert all(document.id in out for document in shipped.documents())


@pytest.mark.parametrize(("lang", "shown", "hidden"), [("en", "Futenma", "普天間"), ("ja", "普天間", "MCAS")])
def test_show_gives_one_language_or_both(capsys: Output, lang: str, shown: str, hidden: str) -> None:
    assert main(["show", "futenma", "--lang", lang]) == 0
    out = capsys.readouterr().out
    assert shown in out
    assert hidden not in out.partition("source")[0]
    assert main(["show", "futenma"]) == 0
    both = capsys.readouterr().out
    assert shown in both


def test_show_prints_a_document_side_by_side(capsys: Output) -> None:
    assert main(["show", "magosaki-2006"]) == 0
    out = capsys.readouterr().out
    assert "magosaki-2006#12" in out
    assert "│" in out
    assert main(["show", "magosaki-2006#8"]) == 0
    assert "magosaki-2006#8" in capsys.readouterr().out


def test_show_prints_people_with_their_offices(capsys: Output) -> None:
    assert main(["show", "ohno-yoshinori"]) == 0
    assert "防衛庁長官" in capsys.readouterr().out


def test_lookup_prints_matches_and_fails_where_there_are_none(capsys: Output) -> None:
    assert main(["lookup", "ふてんま"]) == 0
    assert "futenma" in capsys.readouterr().out
    assert main(["lookup", "no such name"]) == 1
    assert "no entry has the name 'no such name'" in capsys.readouterr().out
    assert main(["lookup", "防衛省", "--as-of", "2005-04-14", "--kind", "organization"]) == 1


def test_lookup_json_is_a_list(capsys: Output) -> None:
    assert main(["lookup", "普天間", "--json"]) == 0
    [match, *_] = json.loads(capsys.readouterr().out)
    assert ar.from_dict(match) == ar.lookup("普天間")[0]
    assert main(["lookup", "no such name", "--json"]) == 1
    assert json.loads(capsys.readouterr().out) == []


SUFFIXES = tuple(dict.fromkeys(suffix for item in GLOSSARY_FORMATS for suffix in item.suffixes))


@pytest.mark.parametrize("suffix", [".tsv", ".csv", ".md", ".json"])
def test_glossary_writes_a_file_and_says_where(capsys: Output, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"terms{suffix}"
    assert main(["glossary", "--to", str(path)]) == 0
    assert str(path) in capsys.readouterr().out
    assert "普天間飛行場" in path.read_text(encoding="utf-8-sig")


@pytest.mark.usefixtures("own_reference")
def test_read_prints_the_passages_and_a_report(capsys: Output, tmp_path: Path) -> None:
    path = tmp_path / "copy.txt"
    path.write_text(copy_of().replace("“", "?").replace("”", "?"), encoding="utf-8")
    assert main(["read", str(path)]) == 0
    out = capsys.readouterr().out
    assert "English: 8 verified" in out
    assert "repairs: 8 quotation mark" in out
    assert "corrections: 1" in out
    assert "sea-wall-2011#8 verified / verified" in out


@pytest.mark.usefixtures("own_reference")
def test_read_reports_losses_and_exits_with_one(capsys: Output, tmp_path: Path) -> None:
    path = tmp_path / "copy.txt"
    lines = copy_of().split("\n\n")
    broken = [lines[3], lines[5], lines[4][:80], "Share this article", lines[3], *lines[9:]]
    path.write_text("\n\n".join(broken), encoding="utf-8")
    assert main(["read", str(path)]) == 1
    out = capsys.readouterr().out
    for text in (
        "[lost]",
        "(from the record)",
        "missing",
        "damaged (",
        "furniture at",
        "repeated of sea-wall-2011#1",
        "out of order",
    ):
        assert text in out


@pytest.mark.usefixtures("own_reference")
def test_read_takes_standard_input(capsys: Output, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "copy.txt"
    path.write_text(copy_of(), encoding="utf-16")
    with path.open() as stream:
        monkeypatch.setattr("sys.stdin", stream)
        assert main(["read", "-", "--json"]) == 0
    edition = ar.from_json(capsys.readouterr().out)
    assert edition.is_clean
    assert edition.encoding == "utf-16-le"
    assert edition.corrections[0].correction.says == "37 cracks"
    assert edition.passages[0].units[0].kind == "1-1"


@pytest.mark.usefixtures("own_reference")
def test_read_json_names_damage_and_what_the_record_supplies(capsys: Output, tmp_path: Path) -> None:
    path = tmp_path / "copy.txt"
    path.write_text(copy_of(front=False).replace("four hours", "five hours"), encoding="utf-8")
    assert main(["read", str(path), "--json"]) == 1
    edition = ar.from_json(capsys.readouterr().out)
    assert 0.8 < edition.passages[0].en.similarity < 1
    assert edition.front[0].supplied[1] == "二つの町、一つの防潮堤"


def test_fingerprint_prints_what_data_files_hold(capsys: Output, tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text("First paragraph.\n\n***\n\n第二段落である。\n", encoding="utf-8")
    assert main(["fingerprint", str(path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [lines[0], lines[2]] == ["# First paragraph.", "# 第二段落である。"]
    assert lines[1].startswith("'f1.15.")


@pytest.fixture
def two_texts(tmp_path: Path) -> list[str]:
    """The test article as one file a language."""
    english, japanese = tmp_path / "en.txt", tmp_path / "ja.txt"
    english.write_text("\n\n".join(EN), encoding="utf-8")
    japanese.write_text("\n\n".join((*JA[:2], *JA[3:])), encoding="utf-16")
    return [str(english), str(japanese)]


def test_align_prints_units_and_reports_gaps(capsys: Output, two_texts: list[str]) -> None:
    assert main(["align", *two_texts]) == 0
    captured = capsys.readouterr()
    assert "\n2-1 " in captured.out
    assert "[unaligned]" in captured.out
    assert "pairs, 3 gaps, 0 crossings" in captured.err


def test_align_writes_a_memory_that_xml_readers_take(
    capsys: Output, two_texts: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "memory.tmx"
    assert main(["align", *two_texts, "--to", str(path)]) == 0
    assert "left out, since TMX contains only pairs: 3 gaps" in capsys.readouterr().out
    units = ET.parse(path).getroot().findall("body/tu")
    texts = [["".join(seg.itertext()) for seg in unit.findall("tuv/seg")] for unit in units]
    assert [EN[3], JA[3]] in texts
    assert ["The meeting lasted four hours.", "会議は四時間に及んだ。"] in texts


@pytest.mark.parametrize(("suffix", "begins"), [(".tsv", "kind\t"), (".html", "<!"), (".svg", "<svg")])
def test_align_writes_what_the_suffix_names(
    two_texts: list[str], tmp_path: Path, suffix: str, begins: str
) -> None:
    path = tmp_path / f"out{suffix}"
    assert main(["align", *two_texts, "--to", str(path)]) == 0
    assert path.read_text(encoding="utf-8").startswith(begins)


def test_align_joins_wrapped_lines_unless_told_otherwise(capsys: Output, tmp_path: Path) -> None:
    english, japanese = tmp_path / "en.txt", tmp_path / "ja.txt"
    english.write_text("The alliance\nchanged.\n\nTalks\ngo on.\n", encoding="utf-8")
    japanese.write_text("同盟は変わった。\n\n協議は続く。\n", encoding="utf-8")
    command = ["align", str(english), str(japanese), "--paragraphs"]
    assert main([*command, "blank-line"]) == 0
    assert capsys.readouterr().err.startswith("2 pairs, 0 gaps")
    assert main([*command, "line"]) == 0
    assert not capsys.readouterr().err.startswith("2 pairs, 0 gaps")


def test_align_reports_text_in_the_other_language(capsys: Output, tmp_path: Path) -> None:
    english, japanese = tmp_path / "en.txt", tmp_path / "ja.txt"
    sentences = ["The base was closed in the year 2008.", "Talks go on in the city of Tokyo."]
    english.write_text("\n".join((*sentences, "米軍基地は二〇〇八年に閉鎖された。")), encoding="utf-8")
    translations = ["基地は2008年に閉鎖された。", "東京で協議が続く。"]
    japanese.write_text("\n".join((*sentences, *translations)), encoding="utf-8")
    assert main(["align", str(english), str(japanese)]) == 0
    reported = capsys.readouterr().err
    assert (
        "set aside as text in the other language:"
        " 1 segment of the English text, 2 segments of the Japanese text" in reported
    )


def test_align_refuses_a_format_before_it_works(capsys: Output) -> None:
    assert main(["align", "no", "no", "--to", "x.doc"]) == 2
    assert "known suffixes: .html, .svg, .xlsx, .tmx, .tsv" in capsys.readouterr().err


def test_what_xml_cannot_hold_is_replaced_in_a_memory() -> None:
    unit = AlignedUnit((Segment("a < b\x01", "en", 0, 6),), (Segment("あ", "ja", 0, 1),))
    [segment, _] = ET.fromstring(dumps_units([unit])).findall("body/tu/tuv/seg")
    assert segment.text == "a < b\ufffd"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["read", "/no/such/file"], "/no/such/file: no such file"),
        (["read", "/"], "/: this is a folder; name the file to read"),
        (["show", "futema"], "no entry 'futema' in this reference; did you mean futenma?"),
        (["show", "magosaki-2006#99"], "no passage 'magosaki-2006#99'; its document has passages 1 to 12"),
        (["lookup", " "], "the query is empty"),
        (
            ["glossary", "--to", "x.doc"],
            f"no format for the suffix '.doc'; known suffixes: {', '.join(SUFFIXES)}",
        ),
        (
            ["glossary", "--to", "/no/such/folder/x.tsv"],
            "/no/such/folder/x.tsv: No such file or directory",
        ),
    ],
)
def test_a_users_mistake_is_one_line_and_status_two(
    capsys: Output, arguments: list[str], message: str
) -> None:
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.err == f"alliance-ref: {message}\n"
    assert captured.out == ""


def test_unrecognized_and_empty_files_are_one_line(capsys: Output, tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    for content, message in (
        (b"", "is empty"),
        (b"\x89PNG\x00\x01\x02\x03" * 50, "not text"),
        (b"Nothing.\nAt all.", "no paragraph"),
    ):
        path.write_bytes(content)
        assert main(["read", str(path)]) == 2
        [line] = capsys.readouterr().err.splitlines()
        assert message in line


def test_wrong_arguments_are_explained(capsys: Output) -> None:
    for arguments in (["show"], ["glossary", "nothing"], ["lookup", "x", "--as-of", "yesterday"]):
        with pytest.raises(SystemExit) as caught:
            main(arguments)
        assert caught.value.code == 2
    assert "'yesterday' is not a date (expected YYYY-MM-DD)" in capsys.readouterr().err


def test_version_names_library_data_and_schema(capsys: Output) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--version"])
    assert caught.value.code == 0
    assert capsys.readouterr().out.startswith("alliance-ref 0.")


def test_an_interrupt_is_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("alliance_ref.cli.show.load", interrupted)
    assert main(["documents"]) == 130


def test_output_is_utf8_whatever_the_locale() -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "alliance_ref", "lookup", "普天間"],
        capture_output=True,
        env=environment,
        check=True,
    )
    assert "普天間飛行場" in done.stdout.decode("utf-8")


def test_a_pipe_closed_early_is_no_error() -> None:
    command = [sys.executable, "-m", "alliance_ref", "show", "magosaki-2006"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == b""
        assert process.wait() == 0


@pytest.mark.parametrize(
    ("arguments", "redirection", "message"),
    [
        ("documents", ">&-", "alliance-ref: standard output is closed\n"),
        ("read -", "<&-", "alliance-ref: -: standard input is closed\n"),
        ("read ''", "", "alliance-ref: FILE: the file name is empty\n"),
        ("show nothing", "2>&-", ""),
    ],
)
def test_closed_streams_are_no_traceback(arguments: str, redirection: str, message: str) -> None:
    command = f'"{sys.executable}" -m alliance_ref {arguments} {redirection}'
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", message)


def test_columns_line_up_where_characters_are_two_cells_wide() -> None:
    rows = beside(["日米同盟 and more", "同盟である。"], [8, 6])
    assert rows == ["日米同盟 │ 同盟で", "and more │ ある。"]
    assert {width(row.split("│")[0]) for row in rows} == {9}
    assert pad("日", 4) == "日  "


def test_lines_break_as_each_language_does() -> None:
    assert wrap("one two three", 8) == ["one two", "three"]
    assert wrap("「日米同盟」は重要である。", 12) == ["「日米同盟」", "は重要であ", "る。"]
    assert wrap("supercalifragilistic", 8) == ["supercal", "ifragili", "stic"]
    assert wrap("", 8) == [""]
    assert all(width(line) <= 20 for line in wrap("A mix of 日本語 and English、そして（括弧）。" * 5, 20))


def test_a_table_shares_the_room_between_its_last_columns() -> None:
    rows = table([("id", "x" * 60, "日" * 40)], 60)
    assert all(width(row) <= 60 for row in rows)
    assert table([], 60) == []
