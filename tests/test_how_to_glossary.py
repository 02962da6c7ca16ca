"""The commands of docs/how-to/build-and-check-a-glossary.md, run one after the other as they stand there."""

import json
import re
import shlex
from pathlib import Path

import pytest

import alliance_ref as ar
from alliance_ref.cli import main
from alliance_ref.exchange.bitexts import tmx

PAGE = Path(__file__).parents[1] / "docs" / "how-to" / "build-and-check-a-glossary.md"
COMMANDS = re.findall(r"^    alliance-ref (.+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
PO = """msgid ""
msgstr ""
"Language: ja\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

#: press.md:3
msgid "The Defense Agency will report on 3 May."
msgstr "防衛省が5月3日に報告する。"

#, fuzzy
msgid "Talks on the bases go on."
msgstr "防衛省が協議する。"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    units = [unit for passage in ar.document("roadmap-2006").passages[:12] for unit in passage.units]
    for lang in ("en", "ja"):
        text = "\n".join(unit.text(lang) for unit in units)
        (tmp_path / f"{lang}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "before.tmx").write_text(tmx.dumps_units(units[:20]), encoding="utf-8")
    (tmp_path / "ja.po").write_text(PO, encoding="utf-8")
    ar.build_glossary(ar.read_units(tmp_path / "before.tmx")).to_file(tmp_path / "before.json")
    return tmp_path


def test_the_commands_of_the_page_work_in_their_order(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = {}
    for command in COMMANDS:
        words, _, target = command.partition(" > ")
        status = main(["--lang", "en", *shlex.split(words)])
        output = capsys.readouterr()
        assert status == (1 if words.startswith(("glossary diff", "check-translation")) else 0), output
        said[command] = output
        if target:
            (folder / target).write_text(output.out, encoding="utf-8")
    assert len(said) == len(COMMANDS) >= 9

    checked = next(output for command, output in said.items() if command.startswith("check-translation"))
    assert "T202 error: “防衛省” was not yet in use; use: 防衛庁" in checked.out
    assert checked.out.count("T202") == 1, "what is fuzzy is left out"
    results = json.loads((folder / "findings.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
    assert [result["ruleId"] for result in results] == ["T202"]
    terms = ar.read_glossary(folder / "terms.json")
    assert len(terms) > len(ar.reference_glossary()), "the pairs of the memory have joined the reference"
