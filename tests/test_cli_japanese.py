"""The command line in Japanese: help, errors, findings, reasons; and what it refuses in either language."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from alliance_ref import errors
from alliance_ref.checks.check_data import check_data
from alliance_ref.checks.codes import CODES
from alliance_ref.cli import main
from alliance_ref.cli.arguments import requested_language
from alliance_ref.cli.i18n import set_language, translate_error
from alliance_ref.cli.io import escape_controls
from alliance_ref.errors import MissingExtra, WrongLanguage
from alliance_ref.exchange.formats import GLOSSARY_FORMATS
from alliance_ref.text.cell_width import width

Output = pytest.CaptureFixture[str]
COMMANDS = (
    "documents show read lookup translate suggest annotate concordance timeline topics who booth corpus"
    " counts check align glossary fingerprint check-translation demo"
).split()
SUFFIXES = dict.fromkeys(suffix for item in GLOSSARY_FORMATS for suffix in item.suffixes)
RUBY_WITHOUT_FILE = "--ruby requires --to FILE, since only HTML can show readings"
JAPANESE = re.compile("[ぁ-んァ-ヶ一-鿿]")


@pytest.fixture(autouse=True)
def a_wide_terminal_in_english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setenv("LANGUAGE", "en")
    set_language("en")
    yield
    set_language("en")


def refused(capsys: Output, *arguments: str) -> str:
    """The one line of an error, and nothing else printed."""
    capsys.readouterr()
    try:
        status = main(list(arguments))
    except SystemExit as exit_:
        status = int(exit_.code or 0)
    assert status == 2
    out, err = capsys.readouterr()
    assert out == ""
    [line] = err.splitlines()
    assert line.startswith("alliance-ref: ")
    return line.removeprefix("alliance-ref: ")


def help_of(capsys: Output, *arguments: str) -> str:
    capsys.readouterr()
    with pytest.raises(SystemExit) as caught:
        main([*arguments, "--help"])
    assert caught.value.code == 0
    return capsys.readouterr().out


def without_arguments(line: str) -> str:
    """A line of help without what stays as it is: options, names of arguments, choices, examples."""
    return re.sub(r"--?[a-zA-Z-]+|\{[a-z,-]+\}|[A-Z]{2,}|\[[a-z]+\]", "", line)


@pytest.mark.parametrize("command", [None, *COMMANDS])
def test_every_line_of_help_is_japanese(capsys: Output, command: str | None) -> None:
    text = help_of(capsys, "--lang", "ja", *([command] if command else []))
    assert text.startswith("使い方: alliance-ref")
    assert "このヘルプを表示して終了する" in text
    parts = text.partition("\n\n")[2].splitlines()
    for line in parts:
        said = without_arguments(line).split()
        words = [word for word in said if word not in COMMANDS]
        assert not words or JAPANESE.search(line), line


def test_help_fits_the_terminal(capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for lang in ("en", "ja"):
        for command in COMMANDS:
            below_usage = help_of(capsys, "--lang", lang, command).partition("\n\n")[2]
            for line in below_usage.splitlines():
                assert width(line) <= 80, line


def test_help_is_english_otherwise(capsys: Output) -> None:
    for command in ([], *([name] for name in COMMANDS)):
        text = help_of(capsys, *command)
        assert text.startswith("usage: alliance-ref")
        assert not JAPANESE.search(text)


def test_every_command_is_tried(capsys: Output) -> None:
    listed = re.findall(r"^    ([a-z-]+)", help_of(capsys).partition("COMMAND\n")[2], re.MULTILINE)
    assert set(listed) == set(COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "lang"),
    [
        (["--lang", "ja", "documents"], "ja"),
        (["--lang=ja", "documents"], "ja"),
        (["--la", "ja", "documents"], "ja"),
        (["--help", "--lang", "ja"], "ja"),
        (["timeline", "--lang", "ja"], None),
        (["show", "x", "--lang", "ja"], None),
        (["--lang"], None),
        (["--", "--lang", "ja"], None),
        ([], None),
    ],
)
def test_the_language_is_read_before_there_is_a_parser(arguments: list[str], lang: str | None) -> None:
    assert requested_language(arguments) == lang


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["show", "futema"], "項目 'futema' が見つかりません。futenma のことですか"),
        (
            ["show", "magosaki-2006#99"],
            "段落 'magosaki-2006#99' が見つかりません。この文書の段落は 1 から 12 までです",
        ),
        (["concordance", "x", "--document", "qqqq"], "文書 'qqqq' が見つかりません"),
        (["read", "/no/such"], "/no/such：ファイルがありません"),
        (["read", "/"], "/：フォルダーです。読み込むファイルを指定してください"),
        (["read", ""], "FILE：ファイル名が空です"),
        (["lookup", " "], "検索語が空です"),
        (["check", "/no/such"], "/no/such：フォルダーがありません"),
        (
            ["glossary", "--to", "x.doc"],
            f"拡張子 '.doc' の形式には対応していません。対応する拡張子は {'、'.join(SUFFIXES)} です",
        ),
        (["glossary", "--to", "/no/such/x.tsv"], "/no/such/x.tsv：ファイルまたはフォルダーがありません"),
        (
            ["timeline", "--from", "2006-01-01", "--to", "2005-01-01"],
            "始まりの日（2006-01-01）が終わりの日（2005-01-01）より後です",
        ),
        (["annotate", "x", "--ruby"], "--ruby には --to FILE が必要です（振り仮名は HTML にだけ付きます）"),
        (["lookup"], "必須の引数がありません：QUERY（alliance-ref lookup --help を参照）"),
        (["lookup", "x", "--odd"], "不明な引数です：--odd（alliance-ref lookup --help を参照）"),
        (["lookup", "x", "--limit"], "引数 --limit：値が一つ必要です（alliance-ref lookup --help を参照）"),
        (
            ["lookup", "x", "--limit", "0"],
            "引数 --limit：'0' は 1 以上の整数ではありません（alliance-ref lookup --help を参照）",
        ),
        (
            ["lookup", "x", "--as-of", "soon"],
            "引数 --as-of：'soon' は YYYY-MM-DD の形の日付ではありません"
            "（alliance-ref lookup --help を参照）",
        ),
    ],
)
def test_errors_are_japanese(capsys: Output, arguments: list[str], message: str) -> None:
    assert refused(capsys, "--lang", "ja", *arguments) == message


def test_a_wrong_choice_is_named_with_the_right_ones(capsys: Output) -> None:
    line = refused(capsys, "--lang", "ja", "timeline", "--kind", "year")
    assert line.startswith("引数 --kind：'year' は選べません。選択肢は ")
    assert line.endswith("です（alliance-ref timeline --help を参照）")
    assert "choose" not in refused(capsys, "--lang", "ja", "glossary", "nothing")
    assert "must be" not in refused(capsys, "--lang", "fr", "documents")


@pytest.mark.parametrize(
    "error",
    [
        errors.UnknownEntry("x"),
        errors.UnknownTopic("x", ("y", "z")),
        errors.UnknownTopic("x"),
        errors.UnknownDocument("x", ("y",)),
        errors.UnknownPassage("x#1"),
        errors.UnreadableCopy("a: b", "empty"),
        errors.UnreadableCopy("a", "system", "Permission denied"),
        errors.UnreadableCopy("a", "binary", errors.Message("{part} of {whole}", {"part": 3, "whole": 4})),
        errors.UnrecognizedCopy("a", "x-1", 0.25, 0.5),
        errors.UnrecognizedCopy("a", None, 0.0, 0.5),
        MissingExtra("jmdict", "jamdict-data"),
        WrongLanguage("en", "Japanese", swapped=True),
        WrongLanguage("en", "Japanese"),
        WrongLanguage("ja", "English"),
    ],
)
def test_every_error_has_its_japanese(error: Exception) -> None:
    set_language("ja")
    said = translate_error(error)
    assert JAPANESE.search(said)
    assert not re.search(r"\b(no|is|are|the|not)\b", said)


def test_every_code_has_its_japanese(capsys: Output) -> None:
    assert all(JAPANESE.search(rule.meaning.ja) for rule in CODES.values())
    assert main(["--lang", "ja", "check", "--codes"]) == 0
    assert "E101 エラー" in capsys.readouterr().out


def test_a_message_of_another_library_stays_as_it_is() -> None:
    set_language("ja")
    assert translate_error(ValueError("a: something else")) == "a: something else"


def test_the_reason_of_a_gap_is_japanese(capsys: Output) -> None:
    for arguments, said in (
        (["宇宙人"], "'宇宙人' という名称の項目はありません"),
        (["防衛省", "--as-of", "2005-04-14"], "防衛省 は 2005-04-14 には使われていません"),
    ):
        assert main(["--lang", "ja", "translate", *arguments, "--to", "en"]) == 1
        assert said in capsys.readouterr().out


def test_findings_are_japanese(capsys: Output, tmp_path: Path) -> None:
    (tmp_path / "meta.toml").write_text('edition = "1"\nschema = 0\n', encoding="utf-8")
    (tmp_path / "places.toml").write_text('[[place]]\nid = "X"\nnme = 3\n', encoding="utf-8")
    assert main(["--lang", "ja", "check", str(tmp_path)]) == 1
    out, err = capsys.readouterr()
    assert err == "エラー 5 件、警告 0 件\n"
    for line in out.splitlines():
        assert JAPANESE.search(line), line
    assert main(["check", str(tmp_path)]) == 1
    assert capsys.readouterr().out.splitlines() == [str(item) for item in check_data(tmp_path)]


def test_warnings_of_the_shipped_data_are_japanese(capsys: Output) -> None:
    assert main(["--lang", "ja", "check", "--warnings"]) == 0
    for line in capsys.readouterr().out.splitlines():
        assert JAPANESE.search(line.partition(": ")[2] or line), line


def test_the_report_of_align_is_japanese(capsys: Output, tmp_path: Path) -> None:
    (tmp_path / "en.txt").write_text("One base closed. Two opened.", encoding="utf-8")
    (tmp_path / "ja.txt").write_text("一つの基地が閉鎖された。二つが開設された。", encoding="utf-8")
    to = tmp_path / "out.tsv"
    files = [str(tmp_path / "en.txt"), str(tmp_path / "ja.txt")]
    assert main(["--lang", "ja", "align", *files, "--to", str(to)]) == 0
    assert capsys.readouterr().out == f"{to} に出力\n対 2 件、対応なし 0 件、交差 0 件\n"
    assert main(["align", *files, "--to", str(to)]) == 0
    assert "2 pairs, 0 gaps, 0 crossings" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check", "/no/such"], "/no/such: no such folder"),
        (["annotate", "x", "--ruby"], "--ruby requires --to FILE, since only HTML can show readings"),
        (
            ["annotate", "x", "--ruby", "--json"],
            "--ruby requires --to FILE, since only HTML can show readings",
        ),
        (
            ["annotate", "x", "--json", "--to", "x.html"],
            "--json and --to cannot be combined: one prints, the other writes HTML",
        ),
        (["annotate", "x", "--to", "o.pdf"], "no format for the suffix '.pdf'; known suffixes: .html, .htm"),
        (["concordance", "x", "--to", "o"], "no format for the suffix ''; known suffixes: .html, .htm"),
        (
            ["suggest", "x", "--limit", "0"],
            "argument --limit: '0' is not a whole number of 1 or more (see alliance-ref suggest --help)",
        ),
        (
            ["concordance", "x", "--width", "-1"],
            "argument --width: '-1' is not a whole number of 0 or more (see alliance-ref concordance --help)",
        ),
        (["read", "a\x1b[31mb"], r"a\x1b[31mb: no such file"),
        (["read", "a\u202eb"], r"a\u202eb: no such file"),
    ],
)
def test_what_cannot_be_meant_is_one_clear_line(capsys: Output, arguments: list[str], message: str) -> None:
    assert refused(capsys, *arguments) == message


def test_a_file_is_no_folder_to_check(capsys: Output, tmp_path: Path) -> None:
    file = tmp_path / "x"
    file.touch()
    assert refused(capsys, "check", str(file)) == f"{file}: this is not a folder"


def test_one_error_is_one_error(capsys: Output, tmp_path: Path) -> None:
    (tmp_path / "meta.toml").write_text('edition = "1"\nschema = 1\n', encoding="utf-8")
    (tmp_path / "odd\x1b[31m.toml").write_text("", encoding="utf-8")
    assert main(["check", str(tmp_path)]) == 1
    out, err = capsys.readouterr()
    assert err == "1 error, 0 warnings\n"
    assert "\x1b" not in out
    assert r"odd\x1b[31m.toml" in out


def test_names_of_written_files_carry_no_escape_sequences(capsys: Output, tmp_path: Path) -> None:
    text = tmp_path / "a\x1b[31m.txt"
    text.write_text("NATO", encoding="utf-8")
    assert main(["annotate", str(text), "--to", str(tmp_path / "b\x1b[0m.html")]) == 0
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert escape_controls("b\x1b[0m.html") in out
