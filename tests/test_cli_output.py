"""Output files of commands, and errors that no command expects."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from alliance_ref.cli import main
from alliance_ref.exchange.formats import GLOSSARY_FORMATS, Format
from alliance_ref.glossary import Glossary
from alliance_ref.records import GlossaryConcept, LanguageSection, Term

Output = pytest.CaptureFixture[str]


@pytest.fixture
def texts(tmp_path: Path) -> tuple[str, str]:
    en, ja = tmp_path / "en.txt", tmp_path / "ja.txt"
    en.write_text("Talks go on. Rain fell.", encoding="utf-8")
    ja.write_text("協議は続く。雨が降った。", encoding="utf-8")
    return str(en), str(ja)


def test_an_input_is_never_overwritten(capsys: Output, texts: tuple[str, str], tmp_path: Path) -> None:
    memory = tmp_path / "memory.tsv"
    assert main(["align", *texts, "--to", str(memory)]) == 0
    before = memory.read_bytes()
    link = tmp_path / "link.tsv"
    link.symlink_to(memory)
    for target in (memory, link):
        assert main(["glossary", "--from", str(memory), "--to", str(target), "--force"]) == 2
        assert "is an input file" in capsys.readouterr().err
    assert memory.read_bytes() == before


@pytest.mark.parametrize("suffix", [".tmx", ".tsv", ".html", ".svg"])
def test_align_overwrites_its_own_files_only(
    capsys: Output, texts: tuple[str, str], tmp_path: Path, suffix: str
) -> None:
    target = tmp_path / f"out{suffix}"
    for _ in range(2):
        assert main(["align", *texts, "--to", str(target)]) == 0
    target.write_text("My own notes, not to be lost.\n", encoding="utf-8")
    capsys.readouterr()
    assert main(["align", *texts, "--to", str(target)]) == 2
    assert "use --force" in capsys.readouterr().err
    assert target.read_text(encoding="utf-8") == "My own notes, not to be lost.\n"
    assert main(["align", *texts, "--to", str(target), "--force"]) == 0


@pytest.mark.parametrize("item", [one for one in GLOSSARY_FORMATS if one.writer], ids=lambda one: one.id)
def test_every_format_recognizes_its_own_files(capsys: Output, tmp_path: Path, item: Format) -> None:
    source = tmp_path / "source.json"
    sections = (LanguageSection("en", (Term("base", "en"),)), LanguageSection("ja", (Term("基地", "ja"),)))
    Glossary((GlossaryConcept("base", *sections),)).to_file(source)
    target = tmp_path / f"terms{item.suffixes[0]}"
    arguments = ["glossary", "convert", str(source), "--to", str(target), "--format", item.id]
    for _ in range(2):
        assert main(arguments) == 0
    target.write_bytes(b"PNG notes of mine\nwithout any columns\n")
    assert main(arguments) == 2


def test_a_failing_write_leaves_the_old_file(tmp_path: Path, texts: tuple[str, str]) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    target = folder / "out.tsv"
    assert main(["align", *texts, "--to", str(target)]) == 0
    before = target.read_bytes()
    assert [path.name for path in folder.iterdir()] == ["out.tsv"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fdopen", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        assert main(["align", *texts, "--to", str(target)]) == 2
    assert target.read_bytes() == before
    assert [path.name for path in folder.iterdir()] == ["out.tsv"]


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="no /dev/stdout here")
def test_a_pipe_is_written_to(texts: tuple[str, str]) -> None:
    command = [sys.executable, "-m", "alliance_ref", "align", *texts, "--to", "/dev/stdout"]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 2  # no suffix that names a format
    command = [sys.executable, "-m", "alliance_ref", "glossary", "--to", "/dev/stdout", "--format", "tsv"]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "普天間飛行場".encode() in done.stdout


def test_an_internal_error_is_one_line_with_its_own_status(
    capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr("alliance_ref.reference.Reference.topics", fail)
    assert main(["topics"]) == 70
    [line] = capsys.readouterr().err.splitlines()
    assert (
        line
        == "alliance-ref: internal error (KeyError: 'x'); please report it (see CONTRIBUTING.md) with --debug"
    )
    assert main(["--debug", "topics"]) == 70
    assert "Traceback" in capsys.readouterr().err


def test_fingerprint_escapes_control_characters_of_the_text(capsys: Output, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("\x1b[31mTalks go on, and the ministers met again.\n", encoding="utf-8")
    assert main(["fingerprint", str(path)]) == 0
    written = capsys.readouterr().out
    assert "\x1b" not in written
    assert written.startswith("# \\x1b[31mTalks go on")
