"""The command line as people type it: names without a command or quotes, help, completion, colors, width."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from alliance_ref.cli import main
from alliance_ref.cli.layout import table
from alliance_ref.text.cell_width import width

Output = pytest.CaptureFixture[str]


def run(capsys: Output, *arguments: str, status: int = 0) -> str:
    assert main(arguments) == status
    return capsys.readouterr().out


def error(capsys: Output, *arguments: str) -> str:
    with pytest.raises(SystemExit, match="2"):
        main(arguments)
    return capsys.readouterr().err


def test_a_name_without_a_command_is_looked_up(capsys: Output) -> None:
    assert run(capsys, "普天間") == run(capsys, "lookup", "普天間")
    assert run(capsys, "--lang", "ja", "普天間") == run(capsys, "--lang", "ja", "lookup", "普天間")
    assert run(capsys, "--lang=ja", "普天間", "--json") == run(capsys, "lookup", "普天間", "--json")
    assert "no entry has the name" in run(capsys, "atlantis", status=1)


@pytest.mark.parametrize("command", ["lookup", "translate", "suggest", "concordance", "show"])
def test_words_need_no_quotes(capsys: Output, command: str) -> None:
    assert run(capsys, command, "Camp", "Zama") == run(capsys, command, "Camp Zama")
    assert run(capsys, "Camp", "Zama", "--limit", "1") == run(capsys, "lookup", "Camp Zama", "--limit", "1")


def test_the_words_of_an_office_need_no_quotes(capsys: Output) -> None:
    expected = run(capsys, "who", "Foreign Minister", "--as-of", "2005-04-14")
    assert run(capsys, "who", "Foreign", "Minister", "--as-of", "2005-04-14") == expected
    assert "machimura-nobutaka" in expected


def test_show_finds_an_entry_by_name(capsys: Output) -> None:
    assert run(capsys, "show", "普天間") == run(capsys, "show", "futenma")
    assert main(["show", "SOFA"]) == 0
    shown = capsys.readouterr()
    assert shown.out.startswith("sofa-")
    assert "also: sofa-" in shown.err
    assert main(["show", "futema"]) == 2
    assert "did you mean futenma" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("query", "target"), [("普天間", "en"), ("ふてんま", "en"), ("Futenma", "ja"), ("JDA", "ja")]
)
def test_translate_guesses_the_direction(capsys: Output, query: str, target: str) -> None:
    assert run(capsys, "translate", query) == run(capsys, "translate", query, "--to", target)


def test_without_arguments_the_help_is_printed(capsys: Output) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--help"])
    help_text = capsys.readouterr().out
    assert run(capsys) == help_text
    assert "usage: alliance-ref" in help_text


@pytest.mark.parametrize(
    "arguments",
    [
        ["lookup", "x", "--bogus"],
        ["lookup", "x", "--limit", "none"],
        ["lookup"],
        ["timeline", "extra"],
        ["glossary", "diff", "a", "b", "c"],
        ["annotate", "x", "--kind", "y"],
    ],
)
def test_an_error_names_the_help_of_its_command(capsys: Output, arguments: list[str]) -> None:
    command = " ".join(word for word in arguments[:2] if word in ("glossary", "diff") or word == arguments[0])
    assert f"(see alliance-ref {command} --help)" in error(capsys, *arguments)


def test_a_misspelled_command_is_reported(capsys: Output) -> None:
    assert "no command 'lokup'; did you mean 'lookup'? (see" in error(capsys, "lokup", "futenma")


# Width and colors


def test_names_are_never_cut_inside_a_word(capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    for columns in (40, 60, 80, 120, 200):
        monkeypatch.setenv("COLUMNS", str(columns))
        for arguments in (["documents"], ["lookup", "SOFA"], ["topics"], ["who", "外務大臣"]):
            out = run(capsys, *arguments)
            assert max(width(line) for line in out.splitlines()) <= columns
            for word in re.findall("[A-Za-z]{4,}", out):
                assert word in WORDS(), (columns, word)


def WORDS() -> set[str]:  # noqa: N802 (a constant that takes long to make)
    if not _WORDS:
        arguments = (["documents"], ["lookup", "SOFA"], ["topics"], ["who", "外務大臣"])
        for one in arguments:
            done = subprocess.run(
                [sys.executable, "-m", "alliance_ref", *one],
                capture_output=True,
                encoding="utf-8",
                check=True,
                env={**os.environ, "COLUMNS": "2000"},
            )
            _WORDS.update(re.findall("[A-Za-z]{4,}", done.stdout))
    return _WORDS


_WORDS: set[str] = set()


def test_a_narrow_table_is_stacked() -> None:
    rows = [("camp-zama", "place", "Camp Zama", "キャンプ座間")]
    assert table(rows, 80) == ["camp-zama  place  Camp Zama  キャンプ座間"]
    assert table(rows, 24) == ["camp-zama  place", "  Camp Zama", "  キャンプ座間"]


def test_colors_follow_the_environment(capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    assert "\x1b" not in run(capsys, "documents")
    monkeypatch.setenv("FORCE_COLOR", "1")
    for arguments in (["documents"], ["lookup", "普天間"], ["show", "futenma"], ["show", "treaty-1960#6"]):
        assert "\x1b[" in run(capsys, *arguments)
    assert "\x1b[36mfutenma\x1b[0m  place" in run(capsys, "lookup", "普天間")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run(capsys, "documents")


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_a_terminal_has_colors() -> None:
    import pty

    main_end, other_end = pty.openpty()
    environment = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    done = subprocess.run(
        [sys.executable, "-m", "alliance_ref", "lookup", "Kadena"],
        stdout=other_end,
        check=True,
        env={**environment, "TERM": "xterm"},
    )
    assert done.returncode == 0
    os.close(other_end)
    assert "\x1b[36mkadena\x1b[0m" in os.read(main_end, 10_000).decode()
    os.close(main_end)


# Completion and demo


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("alliance-ref look", "lookup"),
        ("alliance-ref show camp-za", "camp-zama"),
        ("alliance-ref lookup x --as", "--as-of"),
        ("alliance-ref lookup x --kind pl", "place"),
    ],
)
def test_the_shell_completes_commands_options_and_ids(tmp_path: Path, line: str, expected: str) -> None:
    pytest.importorskip("argcomplete", reason="the extra [cli] is not installed")
    out = tmp_path / "completions"
    environment = {
        **os.environ,
        "_ARGCOMPLETE": "1",
        "_ARGCOMPLETE_IFS": "\n",
        "_ARGCOMPLETE_SHELL": "bash",
        "_ARGCOMPLETE_STDOUT_FILENAME": str(out),
        "COMP_LINE": line,
        "COMP_POINT": str(len(line)),
    }
    code = "import sys; sys.argv[0] = 'alliance-ref'; from alliance_ref.cli import main; main([])"
    subprocess.run([sys.executable, "-c", code], env=environment, check=False, capture_output=True)
    assert expected in [item.strip() for item in out.read_text(encoding="utf-8").split("\n")]


def test_the_demo_runs_commands_and_suggests_what_to_do_next(capsys: Output, tmp_path: Path) -> None:
    target = tmp_path / "glossary.tsv"
    out = run(capsys, "demo", "--to", str(target))
    assert re.search("\\$ alliance-ref lookup .?普天間.?\nfutenma", out)
    assert "machimura-nobutaka" in out
    assert "Next steps" in out
    assert "普天間飛行場" in target.read_text(encoding="utf-8-sig")
    for command in re.findall(r"^  alliance-ref (\S+)", out, re.MULTILINE):
        with pytest.raises(SystemExit, match="0"):
            main([command, "--help"])
