"""Files of two folders, paired by name, and aligned into one memory."""

import unicodedata
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from alliance_ref.cli import main
from alliance_ref.errors import UnreadableCopy
from alliance_ref.exchange.file_pairs import pair_folders

Output = pytest.CaptureFixture[str]


def write(root: Path, *names: str, text: str = "x") -> Path:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("en", "ja", "name"),
    [
        ("memo.txt", "memo.txt", "memo"),
        ("naha.en.html", "naha.ja.docx", "naha"),
        ("report_EN.txt", "report_JA.txt", "report"),
        ("EN-report.txt", "ja-report.txt", "report"),
        ("report_en-US.txt", "report.txt", "report"),
        ("Report.txt", "report（和文）.md", "Report"),
        ("2005/speech.txt", "2005/speech.txt", "2005/speech"),
        ("2005/en.txt", "2005/ja.txt", "2005"),
        ("en.txt", "ja.txt", "en.txt"),
        ("協議.txt", "協議_日本語.txt", "協議"),
        (unicodedata.normalize("NFD", "ガス.txt"), "ガス.txt", "ガス"),
    ],
)
def test_a_suffix_and_a_mark_of_the_language_may_differ(tmp_path: Path, en: str, ja: str, name: str) -> None:
    found = pair_folders(write(tmp_path / "a", en), write(tmp_path / "b", ja))
    assert [(pair.name, pair.en, pair.ja) for pair in found.pairs] == [
        (name, tmp_path / "a" / en, tmp_path / "b" / ja)
    ]
    assert (found.en_only, found.ja_only) == ((), ())


@pytest.mark.parametrize(
    ("en", "ja"), [("2005/a.txt", "2006/a.txt"), ("broken.txt", "brok.txt"), ("a.ja.txt", "a.en.txt")]
)
def test_other_names_have_no_counterpart(tmp_path: Path, en: str, ja: str) -> None:
    found = pair_folders(write(tmp_path / "a", en), write(tmp_path / "b", ja))
    assert not found.pairs
    assert (found.en_only, found.ja_only) == ((tmp_path / "a" / en,), (tmp_path / "b" / ja,))


def test_the_closest_name_is_the_counterpart_and_ambiguous_names_have_none(tmp_path: Path) -> None:
    en = write(tmp_path / "a", "a.txt", "a.en.md", "b.txt", "b.md")
    ja = write(tmp_path / "b", "a.txt", "a.ja.md", "b.html")
    found = pair_folders(en, ja)
    assert [(pair.en.name, pair.ja.name) for pair in found.pairs] == [
        ("a.en.md", "a.ja.md"),
        ("a.txt", "a.txt"),
    ]
    assert [path.name for path in (*found.en_only, *found.ja_only)] == ["b.md", "b.txt", "b.html"]


def test_one_folder_may_contain_both_languages(tmp_path: Path) -> None:
    write(tmp_path, "a.en.txt", "a.ja.txt", "b.txt", "b.ja.txt", "c.txt", ".hidden.ja.txt", "~$a.ja.txt")
    found = pair_folders(tmp_path, tmp_path)
    assert [(pair.en.name, pair.ja.name) for pair in found.pairs] == [
        ("a.en.txt", "a.ja.txt"),
        ("b.txt", "b.ja.txt"),
    ]
    assert [path.name for path in (*found.en_only, *found.ja_only)] == ["c.txt"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    with pytest.raises(UnreadableCopy, match="this is not a folder"):
        pair_folders(tmp_path / "a.txt", tmp_path)
    with pytest.raises(UnreadableCopy, match="no such folder"):
        pair_folders(tmp_path, tmp_path / "none")


@pytest.fixture
def two_folders(tmp_path: Path) -> tuple[Path, Path]:
    en, ja = tmp_path / "EN", tmp_path / "JA"
    write(en, "a.txt", text="The base was closed.\n\nTalks go on.\n")
    write(ja, "a.txt", text="基地は閉鎖された。\n\n協議は続く。\n")
    write(en, "sub/b.en.txt", text="Rain fell in Tokyo.\n")
    write(ja, "sub/b.ja.txt", text="東京で雨が降った。\n")
    return en, ja


def test_two_folders_are_aligned_into_one_memory(
    capsys: Output, two_folders: tuple[Path, Path], tmp_path: Path
) -> None:
    en, ja = two_folders
    memory = tmp_path / "memory.tmx"
    assert main(["align", str(en), str(ja), "--to", str(memory)]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        "a: 2 pairs, 0 gaps, 0 crossings",
        "sub/b: 1 pair, 0 gaps, 0 crossings",
    ]
    units = ET.parse(memory).getroot().findall("body/tu")
    found = [(unit.findtext("prop[@type='x-document']"), unit.findtext("tuv[2]/seg")) for unit in units]
    assert found == [("a", "基地は閉鎖された。"), ("a", "協議は続く。"), ("sub/b", "東京で雨が降った。")]


def test_files_without_counterpart_and_unreadable_ones_are_reported_and_the_rest_aligned(
    capsys: Output, two_folders: tuple[Path, Path]
) -> None:
    en, ja = two_folders
    write(en, "only.txt")
    (en / "binary.txt").write_bytes(bytes(range(32)) * 10)
    write(ja, "binary.txt", text="協議は続く。")
    write(en, "swapped.txt", text="基地は閉鎖された。協議は続く。")
    write(ja, "swapped.txt", text="The base was closed. Talks go on.")
    memory = en / "memory.tmx"
    for _ in range(2):  # the memory of the first run is not a file to align
        assert main(["align", str(en), str(ja), "--to", str(memory)]) == 1
        captured = capsys.readouterr()
        assert [line.partition(": ")[0] for line in captured.out.splitlines()[1:]] == ["a", "sub/b"]
        reported = captured.err.splitlines()
        assert reported[0].startswith("not aligned: binary: ")
        assert reported[1].startswith("not aligned: swapped: the two sides are swapped")
        assert reported[2:] == [f"without counterpart: {en / 'only.txt'}"]
    assert len(ET.parse(memory).getroot().findall("body/tu")) == 3


def test_folders_need_a_memory_and_each_other(
    capsys: Output, two_folders: tuple[Path, Path], tmp_path: Path
) -> None:
    en, ja = map(str, two_folders)
    for arguments, message in (
        ([en, f"{ja}/a.txt", "--to", "x.tmx"], "must both be files or both be folders"),
        ([en, ja], "use --to FILE.tmx"),
        ([en, ja, "--to", "x.tsv"], "use --to FILE.tmx"),
        ([f"{en}/sub", f"{ja}", "--to", f"{tmp_path}/x.tmx"], "was aligned with one of"),
    ):
        assert main(["align", *arguments]) == 2
        assert message in capsys.readouterr().err
