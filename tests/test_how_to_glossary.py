"""The commands of docs/how-to/build-and-check-a-glossary.md, run in order in a folder with only a memory.

The memory is as OmegaT writes one. What the page leaves to a person is done between two commands: decisions
in the browser and in Excel, a table that Excel saves in CP932, terms that are added in OmegaT.
"""

import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

import alliance_ref as ar
from alliance_ref.cli import main

PAGE = Path(__file__).parents[1] / "docs" / "how-to" / "build-and-check-a-glossary.md"
COMMANDS = re.findall(r"^    alliance-ref (.+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
UNITS = [
    ("The status of forces agreement was signed in 1960.", "地位協定は1960年に署名された。"),
    ("Japan did not amend the status of forces agreement.", "日本は地位協定を改定しなかった。"),
    ("The alliance is old.", "同盟は古い。"),
    ("The alliance changed after the war.", "戦後、同盟は変わった。"),
    ("The allies met in Tokyo.", "同盟国が東京で会合した。"),
    ("The allies agreed on the budget.", "同盟国が予算に合意した。"),
    ("The runway is near the harbor.", "滑走路は港の近くにある。"),
    ("A new runway will be built.", "新しい滑走路が建設される。"),
]
NEW = [
    ("The squadron moved to the airfield.", "飛行隊は飛行場に移った。"),
    ("The alliance has a new airfield.", "同盟には新しい飛行場がある。"),
]
PO = """msgid ""
msgstr ""
"Language: ja\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

#: press.md:3
msgid "The allies met."
msgstr "仲間が会合した。"
"""


def memory(units: list[tuple[str, str]]) -> str:
    """A memory as OmegaT writes it."""
    rows = "".join(
        f'<tu><tuv xml:lang="EN-US"><seg>{escape(en)}</seg></tuv>'
        f'<tuv xml:lang="JA" changeid="me" changedate="20260701T101010Z"><seg>{escape(ja)}</seg></tuv></tu>\n'
        for en, ja in units
    )
    header = (
        'creationtool="OmegaT" o-tmf="OmegaT TMX" adminlang="EN-US" datatype="plaintext" segtype="sentence"'
    )
    start = f'<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.1"><header {header} srclang="EN-US"/>'
    return f"{start}<body>\n{rows}</body></tmx>"


def pairs(path: str) -> set[tuple[str, str]]:
    return {(item.en, item.ja) for concept in ar.read_glossary(path) for item in concept.renderings}


def decide_in_the_browser() -> None:
    """What the page saves (tests/test_review_in_browser.py): the allies are corrected."""
    rows = (
        "decision,en,ja,reading,proposed en,proposed ja,id",
        "accept,allies,友邦,ゆうほう,allies,同盟国,allies",
    )
    Path("decisions.csv").write_text("\ufeff" + "\r\n".join(rows) + "\r\n", encoding="utf-8", newline="")


def decide_in_excel() -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="the extra [exchange] is not installed")
    book = openpyxl.load_workbook("review.xlsx")
    for row in book.active.iter_rows(min_row=2):
        if row[1].value == "alliance":
            row[0].value = "accept"
        if row[1].value == "runway":
            row[0].value = "reject"
    book.save("review.xlsx")


def edit_and_save_in_cp932() -> None:
    text = Path("edited.csv").read_text(encoding="utf-8-sig")
    rows = text.splitlines(keepends=True)
    kept = [row for row in rows if not row.lower().startswith("budget,")]
    assert len(kept) == len(rows) - 1
    changed = "".join(kept).replace("地位協定", "在日米軍地位協定")
    assert changed != "".join(kept)
    Path("edited.csv").write_bytes(changed.encode("cp932", "replace"))


def add_a_term_in_omegat() -> None:
    assert "友邦" in Path("my-project/glossary/terms.txt").read_text(encoding="utf-8")
    # The project uses the encoding of a Japanese Windows.
    Path("my-project/glossary/glossary.txt").write_bytes(
        "host nation support\t接受国支援\tpress\n".encode("cp932")
    )


AFTER: dict[str, Callable[[], None]] = {
    "glossary review built.json --from memory.tmx --to review.html": decide_in_the_browser,
    "glossary review built.json --from memory.tmx --to review.xlsx": decide_in_excel,
    "glossary convert glossary.json --to edited.csv": edit_and_save_in_cp932,
    "glossary convert corrected.json --to my-project/glossary/terms.txt": add_a_term_in_omegat,
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("memory.tmx").write_text(memory(UNITS), encoding="utf-8")
    return tmp_path


def test_the_workflow_of_the_page_keeps_every_decision(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert [path.name for path in folder.iterdir()] == ["memory.tmx"], "the folder has only a memory"
    told = {}
    for command in COMMANDS:
        if command.startswith("check-translation en.txt"):
            Path("en.txt").write_text("The allies met. The alliance is old.\n", encoding="utf-8")
            Path("ja.txt").write_bytes("仲間が会合した。同盟は古い。\n".encode("cp932"))
            Path("ja.po").write_text(PO, encoding="utf-8")
        if " new.tmx" in command:
            Path("new.tmx").write_text(memory(NEW), encoding="utf-8")
        if "my-project" in command:
            Path("my-project/glossary").mkdir(parents=True, exist_ok=True)
        words, _, target = command.partition(" > ")
        status = main(["--lang", "en", *shlex.split(words)])
        output = capsys.readouterr()
        wanted = 1 if words.startswith(("glossary diff", "check-translation")) else 0
        assert status == wanted, (command, output)
        told[command] = output.out
        if target:
            Path(target).write_text(output.out, encoding="utf-8")
        AFTER.get(command, lambda: None)()
    assert set(AFTER) <= set(told), "the steps of a person are those of the page"
    assert len(told) == len(COMMANDS) >= 13

    # the decisions in the browser and in Excel
    glossary = ar.read_glossary("glossary.json")
    assert {concept.ja[0].text for concept in glossary.concepts[:2]} == {"友邦", "同盟"}
    assert {term.source for term in glossary.lookup("allies")[0].concept.terms} == {"decisions.csv"}
    assert {("allies", "同盟国"), ("runway", "滑走路")} == {(pair.en, pair.ja) for pair in glossary.rejected}
    evidence = next(output for command, output in told.items() if command.startswith("glossary evidence"))
    assert evidence.count("[地位協定]") == 2

    # the table that Excel saved in CP932
    corrected = ar.read_glossary("corrected.json")
    forces = corrected.lookup("status of forces agreement")[0].concept
    assert (forces.ja[0].text, forces.ja[0].source) == ("在日米軍地位協定", "edited.csv")
    assert not any(en == "budget" for en, _ in pairs("corrected.json"))
    again = ar.build_glossary(ar.read_units("memory.tmx"), approved="edited.csv", previous="corrected.json")
    assert again == corrected, "running it again changes nothing"

    # the checks
    checked = next(output for command, output in told.items() if command.startswith("check-translation en"))
    assert "expected: 友邦" in checked
    assert "expected: 同盟国" not in checked
    results = json.loads(Path("findings.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
    assert "T101" in {result["ruleId"] for result in results}

    # OmegaT, and a month later
    later = pairs("later.json")
    kept = {("allies", "友邦"), ("alliance", "同盟"), ("host nation support", "接受国支援")}
    assert kept | {("status of forces agreement", "在日米軍地位協定")} <= later
    gone = {"runway", "budget"}
    assert not gone & {en for en, _ in later}
    assert ("airfield", "飛行場") in later, "the memory has grown"
    difference = next(output for command, output in told.items() if command.startswith("glossary diff"))
    assert "+ airfield: airfield / 飛行場" in difference.splitlines()
    assert not [line for line in difference.splitlines() if line.startswith(("-", "x"))]
