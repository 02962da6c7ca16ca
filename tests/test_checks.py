"""Checks of data files: each mistake is found with its code, and correct data has no finding."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from alliance_ref.checks.check_data import check_data
from alliance_ref.checks.codes import CODES
from alliance_ref.checks.names import is_read
from alliance_ref.cli import main

FILES = {
    "meta": 'edition = "1"\nschema = 1\n',
    "sources": """
[[source]]
id = "research-notes"
title.en = "Not yet verified"
title.ja = "出典未確認"

[[source]]
id = "town-page"
title.en = "The town's own page"
title.ja = "町のページ"
""",
    "places": """
[[place]]
id = "kazehama"
type = "town"
names = [{ en = "Kazehama" }, { ja = "風浜町", reading = "かぜはまちょう", romanization = "Kazehama-chō" }]
summary.en = "A town with a wall."
summary.ja = "堤のある町。"
sources = ["town-page"]
""",
    "readings": """
[[reading]]
text = "純"
readings = ["すなお"]
sources = ["town-page"]
""",
    "people": """
[[person]]
id = "kubo-sunao"
names = [{ en = "Kubo Sunao" }, { ja = "久保 純", reading = "くぼ すなお", romanization = "Kubo Sunao" }]
life = { start = "1950", end = "2020" }
summary.en = "Mayor."
summary.ja = "町長。"
see_also = ["kazehama"]
sources = ["town-page"]
[[person.tenures]]
office.en = "Mayor of Kazehama"
office.ja = "風浜町長"
period = { start = "2003", end = "2011" }
""",
    "concepts__walls": """
[[concept]]
id = "sea-wall-concept"
subject_field = "building"
names = [{ en = "sea wall" }, { ja = "防潮堤", reading = "ぼうちょうてい", romanization = "bōchōtei" }]
definition.en = "A wall against the sea."
definition.ja = "海に備える堤。"
sources = [{ id = "research-notes", mark = "reported", note = "by heart" }]
""",
    "documents__sea-wall": """
id = "sea-wall"
type = "article"
issued = 2011-05-06
names = [{ en = "On Walls" }, { ja = "堤", reading = "つつみ", romanization = "Tsutsumi" }]
summary.en = "On the wall."
summary.ja = "堤の話。"
sources = [{ id = "research-notes", mark = "reported" }]
[[passages]]
number = 1
mentions = ["kazehama", "sea-wall-concept"]
[[passages.units]]
en = "The sea walls of Kazehama are old."
ja = "風浜町の防潮堤は古い。"
""",
    "topics": """
[[topic]]
id = "repair"
kind = "agenda"
title.en = "Repair"
title.ja = "修理"
question.en = "Who repairs the wall?"
question.ja = "誰が堤を直すのか。"
outcome = "not-settled"
finding.en = "Nobody said."
finding.ja = "誰も言わなかった。"
sources = ["research-notes"]
sides = [
  { role = "raised", passage = "sea-wall#1", says = { en = "It is old.", ja = "古い。" } },
  { role = "discussed", passage = "sea-wall#1", says = { en = "Still.", ja = "今も。" } },
]
""",
}

Changed = Callable[..., Path]


@pytest.fixture
def changed(tmp_path: Path) -> Changed:
    """Writes the data folder with one thing in one file replaced by another."""

    def write(file: str = "", old: str = "", new: str = "") -> Path:
        for name, content in FILES.items():
            assert name != file or old in content
            path = tmp_path / f"{name.replace('__', '/')}.toml"
            path.parent.mkdir(exist_ok=True)
            path.write_text(content.replace(old, new) if name == file else content, encoding="utf-8")
        return tmp_path

    return write


def codes(folder: Path) -> list[str]:
    return [item.code for item in check_data(folder)]


def test_good_data_is_without_findings(changed: Changed) -> None:
    assert [str(item) for item in check_data(changed())] == []


@pytest.mark.parametrize(
    ("code", "file", "old", "new"),
    [
        ("E001", "places", 'type = "town"', ""),
        ("E001", "topics", 'kind = "agenda"', 'kind = "story"'),
        ("E101", "people", 'id = "kubo-sunao"', 'id = "kazehama"'),
        ("E101", "topics", 'id = "repair"', 'id = "kazehama"'),
        ("E102", "people", '["kazehama"]', '["tonosaki"]'),
        ("E102", "topics", '"sea-wall#1", says = { en = "It', '"sea-wall#2", says = { en = "It'),
        ("E103", "people", 'see_also = ["kazehama"]', ""),
        (
            "E202",
            "documents__sea-wall",
            'type = "article"',
            'type = "article"\nin_force = { start = "2010" }',
        ),
        ("E203", "people", 'start = "2003"', 'start = "1949"'),
        ("E203", "people", 'end = "2011"', 'end = "2021"'),
        ("E301", "people", ', reading = "くぼ すなお"', ""),
        ("E302", "people", 'reading = "くぼ すなお"', 'reading = "くぼ じろう"'),
        ("E302", "readings", 'text = "純"', 'text = "殿崎"'),
        ("E303", "people", 'romanization = "Kubo Sunao"', 'romanization = "Kubo Ken"'),
        ("W304", "people", '{ en = "Kubo Sunao" }', '{ en = "Kubo Sunao" }, { en = "KAZE-HAMA" }'),
        ("E401", "people", '{ en = "Kubo Sunao" }, ', ""),
        ("E401", "people", 'summary.en = "Mayor."\nsummary.ja = "町長。"', ""),
        ("E402", "places", '"town-page"', '"research-notes"'),
        ("E402", "places", '"town-page"', '{ id = "research-notes", note = "the town\'s own page" }'),
        ("E501", "documents__sea-wall", 'ja = "風浜町の防潮堤は古い。"', 'ja = { gap = "omitted" }'),
        ("E502", "documents__sea-wall", "防潮堤は", "堤は"),
        ("E502", "documents__sea-wall", "The sea walls", "The works"),
        ("E503", "documents__sea-wall", '"kazehama", ', ""),
        (
            "W504",
            "documents__sea-wall",
            'sea walls of Kazehama are old."\nja = "風浜町の防潮堤',
            'end."\nja = "堤',
        ),
    ],
)
def test_each_mistake_has_its_code(changed: Changed, code: str, file: str, old: str, new: str) -> None:
    assert code in codes(changed(file, old, new))


def test_a_homograph_is_not_missed(changed: Changed) -> None:
    mentions = 'mentions = ["kazehama", "sea-wall-concept"]'
    instead = 'mentions = ["kazehama"]\nhomographs = ["sea-wall-concept"]'
    folder = changed("documents__sea-wall", mentions, instead)
    document = folder / "documents" / "sea-wall.toml"
    document.write_text(document.read_text(encoding="utf-8").replace("防潮堤", "堤"), encoding="utf-8")
    assert codes(folder) == []


def test_a_later_document_is_not_cited(changed: Changed) -> None:
    folder = changed()
    older = (
        FILES["documents__sea-wall"].replace('"sea-wall"', '"older"', 1).replace("2011-05-06", "2001-05-06")
    )
    relation = 'relations = [{ kind = "cites", target = "sea-wall" }]\n[[passages]]'
    (folder / "documents" / "older.toml").write_text(
        older.replace("[[passages]]", relation, 1).replace("sea-wall#1", "older#1"), encoding="utf-8"
    )
    assert "E201" in codes(folder)


def test_two_holders_of_one_office_are_a_warning(changed: Changed) -> None:
    second = FILES["people"].replace("kubo-sunao", "kubo-ken").replace("2003", "2006")
    assert "W204" in codes(changed("people", FILES["people"], FILES["people"] + second))


BODIES = """
[[organization]]
id = "harbor-office"
type = "office"
successor = "port-office"
period = { start = "1950"END }
names = [{ en = "Harbor Office" }, { ja = "役所", reading = "やくしょ", romanization = "Yakusho" }]
summary.en = "Office of the harbor."
summary.ja = "港の役所。"
see_also = ["kazehama"]
sources = ["town-page"]

[[organization]]
id = "port-office"
type = "office"
names = [{ en = "Port Office" }, { ja = "本部", reading = "ほんぶ", romanization = "Honbu" }]
summary.en = "Office of the port."
summary.ja = "港の役所。"
sources = ["town-page"]
"""


def test_a_body_with_a_successor_and_no_end_is_stale(changed: Changed) -> None:
    folder = changed()
    for end, expected in (("", ["W205"]), (', end = "1990"', [])):
        (folder / "organizations.toml").write_text(BODIES.replace("END", end), encoding="utf-8")
        assert codes(folder) == expected


def test_an_open_tenure_with_a_later_holder_is_stale(changed: Changed) -> None:
    second = FILES["people"].replace("kubo-sunao", "kubo-ken").replace('start = "2003"', 'start = "2006"')
    first = FILES["people"].replace(', end = "2011"', "")
    found = check_data(changed("people", FILES["people"], first + second))
    assert [item.where for item in found if item.code == "W205"] == ["kubo-sunao"]


@pytest.mark.parametrize(
    ("en", "ja", "stale"),
    [
        ("A wall that is to be built by 2010.", "堤。", True),
        ("A wall.", "2010年までに築く予定である堤。", True),
        ("A wall that is to be built by 2090.", "2090年までに築く予定である堤。", False),
        ("A wall that was to be built by 2010 and was completed in 2012.", "堤。", False),
    ],
)
def test_a_plan_for_a_past_year_is_stale(changed: Changed, en: str, ja: str, stale: bool) -> None:
    folder = changed("concepts__walls", "A wall against the sea.", en)
    for path, old, new in (
        (folder / "meta.toml", 'edition = "1"', 'edition = "2026.1"'),
        (folder / "concepts" / "walls.toml", "海に備える堤。", ja),
    ):
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert ("W205" in codes(folder)) is stale


def test_a_run_of_words_from_a_work_is_found_and_a_title_is_not(changed: Changed) -> None:
    folder = changed()
    work = "As we said, the sea walls of Kazehama are old and they will fall."
    assert [item.code for item in check_data(folder, works=[("work", work)])] == []
    longer = "The sea walls of Kazehama are old and they will fall."
    folder = changed("documents__sea-wall", "The sea walls of Kazehama are old.", longer)
    found = check_data(folder, works=[("work", work)])
    assert {item.code for item in found} == {"E505"}
    assert "is in work" in found[0].message
    ja = "風浜町の防潮堤はたいへん古いので誰もがいつかは倒れると思っている。"
    folder = changed("documents__sea-wall", "風浜町の防潮堤は古い。", ja)
    assert "E505" in {item.code for item in check_data(folder, works=[("work", f"そして{ja}")])}


@pytest.mark.parametrize(
    ("text", "reading", "right"),
    [
        ("第9条", "だい きゅう じょう", True),
        ("第9条", "だい く じょう", True),
        ("第9条", "だい や じょう", False),
        ("PKO", "ピーケーオー", True),
        ("PKO", "パソコン", False),
        ("指針（1978年）", "ししん", True),
        ("指針（1978年）", "ししん せんきゅうひゃくななじゅうはちねん", True),
        ("「2・14」合意", "に じゅうよん ごうい", True),
    ],
)
def test_letters_numbers_and_brackets_are_read(text: str, reading: str, right: bool) -> None:
    assert is_read(text, reading, {}) is right


def test_the_letter_of_a_code_is_that_of_its_level() -> None:
    assert all(code[0] == {"error": "E", "warning": "W"}[rule.level] for code, rule in CODES.items())


def test_every_message_has_the_same_blanks_in_both_languages() -> None:
    blank = re.compile(r"\{(\w+)\}")
    for rule in CODES.values():
        for message in rule.messages.values():
            assert set(blank.findall(message.en)) == set(blank.findall(message.ja)), rule.code


def test_a_finding_has_its_message_values_and_reason(changed: Changed) -> None:
    [found] = check_data(changed("people", 'end = "2011"', 'end = "2021"'))
    assert (found.reason, found.values["death"]) == ("after-death", "2020")
    assert found.message == "Mayor of Kazehama until 2021, died 2020"
    assert found.message_in("ja") == "風浜町長 退任は 2021、死去は 2020"


def test_a_problem_of_reading_is_reported_in_japanese(changed: Changed) -> None:
    [found] = check_data(changed("places", 'type = "town"', ""))
    assert found.message == "required field missing"
    assert found.message_in("ja") == "必須の項目がありません"


def test_the_command_prints_findings_and_fails_on_errors(
    changed: Changed, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(changed())]) == 0
    assert capsys.readouterr().err == "0 errors, 0 warnings\n"
    folder = str(changed("people", '["kazehama"]', '["tonosaki"]'))
    assert main(["check", folder]) == 1
    captured = capsys.readouterr()
    assert captured.out == "E102 people.toml $.person[0].see_also[0]: no entry 'tonosaki'\n"
    assert main(["check", folder, "--json"]) == 1
    [item] = json.loads(capsys.readouterr().out)
    assert item["code"] == "E102"


def test_warnings_alone_do_not_fail(changed: Changed, capsys: pytest.CaptureFixture[str]) -> None:
    folder = changed("people", '{ en = "Kubo Sunao" }', '{ en = "Kubo Sunao" }, { en = "KAZE-HAMA" }')
    assert main(["check", str(folder)]) == 0
    assert capsys.readouterr().out == ""
    assert main(["check", str(folder), "--warnings"]) == 0
    assert capsys.readouterr().out.startswith("W304 ")


def test_the_command_compares_with_a_work_and_lists_the_codes(
    changed: Changed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "The sea walls of Kazehama are old and they will fall."
    folder = changed("documents__sea-wall", "The sea walls of Kazehama are old.", text)
    work = tmp_path / "work.txt"
    work.write_text(text, encoding="utf-8")
    assert main(["check", str(folder), "--against", str(work)]) == 1
    assert "E505 sea-wall#1" in capsys.readouterr().out
    assert main(["check", "--codes"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == list(CODES)
