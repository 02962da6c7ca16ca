"""The commands that find, and those that show what is dated and what was settled."""

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import alliance_ref as ar
from alliance_ref.cli import io as streams
from alliance_ref.cli import main
from alliance_ref.errors import UnreadableCopy
from alliance_ref.records.places import Coordinates

Output = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def a_wide_terminal_in_english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setenv("LANGUAGE", "en")
    yield
    main(["--lang", "en", "documents"])  # leaves the language as it was


def run(capsys: Output, *arguments: str, status: int = 0) -> str:
    capsys.readouterr()
    assert main(list(arguments)) == status
    return capsys.readouterr().out


def test_translate_prints_names_by_day_or_the_reason_why_not(capsys: Output) -> None:
    out = run(capsys, "translate", "防衛庁", "--to", "en", "--as-of", "2005-04-14")
    assert out.splitlines()[0] == "Japan Defense Agency  (jda, preferred)"
    assert "ふてんま" in run(capsys, "translate", "Futenma", "--to", "ja")
    out = run(capsys, "translate", "防衛省", "--to", "en", "--as-of", "2005-04-14", status=1)
    assert out.startswith("[not held] 防衛省 was not in use on 2005-04-14")


def test_suggest_completes(capsys: Output) -> None:
    assert "普天間飛行場" in run(capsys, "suggest", "ふてん")
    assert run(capsys, "suggest", "qqq", status=1) == ""


def test_annotate_lists_names_with_places(capsys: Output, tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("Camp Zama と普天間飛行場", encoding="utf-8")
    lines = run(capsys, "annotate", str(text)).splitlines()
    assert [line.split()[0] for line in lines] == ["0", "11"]
    items = json.loads(run(capsys, "annotate", str(text), "--json"))
    assert [item["entries"][0]["id"] for item in items["items"]] == ["camp-zama", "futenma"]
    assert [item["text"] for item in items["items"]] == ["Camp Zama", "普天間飛行場"]
    page = tmp_path / "page.html"
    assert str(page) in run(capsys, "annotate", str(text), "--to", str(page), "--ruby")
    html = page.read_text(encoding="utf-8")
    assert "<ruby>" in html
    assert 'href="#camp-zama"' in html


def test_concordance_prints_lines_or_writes_a_table(capsys: Output, tmp_path: Path) -> None:
    out = run(capsys, "concordance", "far-east", "--entry", "--lang", "ja", "--document", "treaty-1960")
    assert "[極東]" in out
    assert "〔Far East〕" in out
    page = tmp_path / "page.html"
    run(capsys, "concordance", "極東", "--to", str(page))
    assert "<table" in page.read_text(encoding="utf-8")
    assert run(capsys, "concordance", "火星人", status=1) == "no passage contains '火星人'\n"


def test_timeline_is_printed_in_either_language(capsys: Output) -> None:
    span = ["--from", "2005-02-19", "--to", "2005-02-19"]
    assert "19 February 2005" in run(capsys, "timeline", *span)
    assert "2005年（平成17年）2月19日" in run(capsys, "timeline", *span, "--lang", "ja")
    assert "2005年（平成17年）2月19日" in run(capsys, "--lang", "ja", "timeline", *span)
    assert run(capsys, "timeline", "--to", "1900-01-01") == ""


def test_timeline_accepts_several_kinds(capsys: Output) -> None:
    kinds = ("--kind", "organization", "--kind", "person")
    printed = run(capsys, "timeline", "--from", "2006-03-27", "--to", "2006-09-30", *kinds)
    assert "Joint Staff Office: founded" in printed
    assert "took office" in printed
    assert "referendum" not in printed


def test_topics_are_listed_and_shown(capsys: Output) -> None:
    listing = run(capsys, "topics")
    assert len(listing.splitlines()) == 16
    shown = run(capsys, "show", "scope")
    assert "協力の範囲" in shown
    assert "treaty-1960#" in shown
    assert "協力の範囲" not in run(capsys, "show", "scope", "--lang", "en")


@pytest.mark.parametrize(
    ("entry", "line"),
    [
        ("roadmap-2006", "8,000 persons: "),
        ("machimura-nobutaka", "27 September 2004 – 31 October 2005  Minister for Foreign Affairs"),
        ("jda", "after it: Ministry of Defense"),
        ("futenma", "coordinates: 26.27, 127.76"),
        ("scc-2005-02", "date: 19 February 2005"),
        ("deterrence", "narrower: "),
    ],
)
def test_show_says_what_the_record_says(capsys: Output, entry: str, line: str) -> None:
    assert line in run(capsys, "show", entry)


def test_show_speaks_japanese(capsys: Output) -> None:
    out = run(capsys, "--lang", "ja", "show", "roadmap-2006", "--lang", "ja")
    assert "日付：2006年（平成18年）5月1日" in out
    assert "当事者：日本国政府、米国政府" in out


def test_a_place_lies_on_the_earth() -> None:
    with pytest.raises(ValueError, match="latitude is 91"):
        Coordinates(91.0, 0.0)


class Terminal(io.StringIO):
    """A standard error that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_progress_bar_needs_a_terminal_and_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with streams.progress_bar("aligning") as progress:
        assert progress is None
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setitem(sys.modules, "tqdm", None)
    with streams.progress_bar("aligning") as progress:
        assert progress is None


def test_a_progress_bar_follows_the_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("tqdm", reason="the extra [cli] is not installed")
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(streams, "_DELAY", 0.0)
    with streams.progress_bar("aligning") as progress:
        assert progress is not None
        for done in range(1, 11):
            progress(done * 10, 100)
    assert "aligning" in terminal.getvalue()


def test_a_closed_standard_input_is_a_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(UnreadableCopy, match="standard input is closed"):
        streams.input_file("-")


@pytest.mark.parametrize(
    "arguments",
    [
        ["documents"],
        ["show", "futenma"],
        ["show", "treaty-1960#6"],
        ["show", "scope"],
        ["lookup", "Futenma"],
        ["translate", "地位協定", "--to", "en"],
        ["suggest", "camp z"],
        ["concordance", "抑止"],
        ["timeline", "--from", "2005-02-19", "--to", "2005-02-19"],
        ["topics"],
        ["who", "外務大臣", "--as-of", "2005-04-14"],
    ],
)
def test_every_command_prints_json_that_can_be_read_back(capsys: Output, arguments: list[str]) -> None:
    found = ar.from_json(run(capsys, *arguments, "--json"))
    assert ar.from_dict(ar.to_dict(found)) == found


def test_who_names_the_holder_of_an_office_on_a_day(capsys: Output) -> None:
    out = run(capsys, "who", "外務大臣", "--as-of", "2005-04-14")
    assert out.startswith("machimura-nobutaka ")
    assert "no holder" in run(capsys, "who", "keeper of the moon", status=1)


def test_lookup_marks_similar_and_longer_names_as_no_answer(capsys: Output) -> None:
    out = run(capsys, "lookup", "Rumsfled").splitlines()
    assert out[0] == "no entry has the name 'Rumsfled'; similar names, not necessarily of the same thing:"
    assert "with typing errors" in out[1]
    out = run(capsys, "lookup", "思いやり").splitlines()
    assert out[0] == "no entry has the name '思いやり'; names that contain it:"
    assert "omoiyari-budget" in out[1]
    assert "no entry" not in run(capsys, "lookup", "Rumsfeld")


def test_lookup_counts_the_words_in_the_passages_if_no_name_is_found(capsys: Output) -> None:
    out = run(capsys, "lookup", "burden of the host nation", status=1).splitlines()
    count = len(ar.load().concordance("burden"))
    assert out[0] == "no entry has the name 'burden of the host nation'"
    assert f"burden {count}" in out[1]
    assert run(capsys, "lookup", "qwertyuiop", status=1) == "no entry has the name 'qwertyuiop'\n"
    assert json.loads(run(capsys, "lookup", "qwertyuiop", "--json", status=1)) == []


def test_lookup_reports_the_period_of_a_name_and_the_name_on_the_day(capsys: Output) -> None:
    out = run(capsys, "lookup", "防衛省", "--as-of", "2005-04-14", status=1)
    assert out.splitlines() == [
        "防衛省 is in use from 9 January 2007",
        "on 14 April 2005, the name was Japan Defense Agency, 防衛庁 (jda)",
    ]
    out = run(capsys, "--lang", "ja", "lookup", "防衛庁", "--as-of", "2010-04-14", status=1)
    assert "1954年（昭和29年）7月1日から2007年（平成19年）1月8日まで" in out
    assert "防衛省" in out.splitlines()[1]
