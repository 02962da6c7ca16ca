"""Layouts of bilingual tables: headers, title rows, merged cells, no header, damaged lines."""

import io
import time
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from alliance_ref.errors import FileProblem, PartlyRead, UnreadableFile
from alliance_ref.exchange.tables import delimited, excel
from alliance_ref.exchange.tables.headers import column_name
from alliance_ref.exchange.term_statuses import parse_status
from alliance_ref.glossary import read_glossary, read_units


def pairs(text: str, **options: object) -> list[tuple[str, str]]:
    """Return the first terms of the concepts of a CSV file."""
    concepts = delimited.loads_csv(text, **options)  # type: ignore[arg-type]
    return [(concept.en[0].text, concept.ja[0].text) for concept in concepts]


@pytest.mark.parametrize(
    "header",
    [
        "英文,和文", "原文,訳文", "原文,日本語訳", "英語表記,日本語表記", "用語（英語）,用語（日本語）",
        "en_US,ja_JP", "English (US),Japanese", "Term,Translation (Japanese)", "Term,Translation",
        "msgid,msgstr", "English,Translation (Japanese)", "英語,日本語", "Term [en],Term [ja]",
        "Source (English),Target (Japanese)", "English / 英語,Japanese / 日本語",
        "ENGLISH TERM,JAPANESE_TERM",
    ],
)  # fmt: skip
def test_headers_that_people_write_are_recognized(header: str) -> None:
    assert pairs(f"{header}\nalliance,同盟\nbase,基地\n") == [("alliance", "同盟"), ("base", "基地")]


@pytest.mark.parametrize("header", ["原文,訳文", "msgid,msgstr", "Term,Translation", "用語,訳語"])
def test_columns_without_a_language_go_by_the_script_of_their_cells(header: str) -> None:
    assert pairs(f"{header}\n同盟,alliance\n基地,base\n") == [("alliance", "同盟"), ("base", "基地")]


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("en_Status", "en status"), ("Status [ja]", "ja status"), ("Definition (EN)", "definition en"),
        ("Description [ja]", "definition ja"), ("日本語定義", "definition ja"),
        ("Japanese reading", "reading"),
        ("Client", ""), ("Spanish", ""), ("Franglais term", ""), ("Enterprise", ""),
        ("日付", ""), ("日時", ""),
    ],
)  # fmt: skip
def test_header_cells_that_join_a_language_and_a_field_are_recognized(cell: str, name: str) -> None:
    assert column_name(cell) == name


@pytest.mark.parametrize(
    "text",
    [
        "sep=;\nen;ja\nalliance;同盟\n",
        'sep=\t\r\n"en"\t"ja"\r\nalliance\t同盟\r\n',
        "英語\t日本語\nalliance\t同盟\n",
        "en|ja\nalliance|同盟\n",
        "Glossary 2024\n\nen,ja\nalliance,同盟\n",
        "Project,X,\nDate,2024,\nNo.,English,Japanese\n1,alliance,同盟\n",
        "English,Japanese\n英語,日本語\nalliance,同盟\n",
        "English,,Japanese,\nTerm,Definition,Term,Definition\nalliance,a treaty,同盟,条約\n",
        "Source,Target\nalliance,同盟\n",
    ],
)
def test_separators_title_rows_and_second_header_rows_are_recognized(text: str) -> None:
    assert pairs(text) == [("alliance", "同盟")]


def test_a_header_in_two_rows_names_the_fields_of_each_language() -> None:
    [read] = delimited.loads_csv(
        "English,,Japanese,\nTerm,Definition,Term,Definition\nalliance,a treaty,同盟,条約\n"
    )
    assert (read.en.definition, read.ja.definition, read.note) == ("a treaty", "条約", "")


def test_a_row_of_terms_that_are_names_of_languages_is_no_header_below_other_rows() -> None:
    assert pairs("French,フランス語\nEnglish,日本語\n") == [("French", "フランス語"), ("English", "日本語")]


def test_the_columns_of_a_table_without_a_header_are_guessed_and_reported() -> None:
    notices: list[FileProblem] = []
    assert pairs("1,同盟,alliance\n2,基地,base\n", notices=notices) == [
        ("alliance", "同盟"),
        ("base", "基地"),
    ]
    assert [str(notice) for notice in notices] == [
        "row 1: the table has no header; column 3 is read as English, column 2 as Japanese"
    ]
    with pytest.raises(UnreadableFile, match="no columns for English and Japanese"):
        pairs("alliance,Allianz\nbase,Basis\n")


def test_columns_of_language_codes_are_not_terms_and_decide_the_direction_of_each_row() -> None:
    notices: list[FileProblem] = []
    text = "alliance,同盟,EN,JA\n基地,base,JA,EN\nport,Hafen,EN,DE\n"
    assert pairs(text, notices=notices) == [("alliance", "同盟"), ("base", "基地")]
    assert not any("EN" in str(concept.note) for concept in delimited.loads_csv(text, notices=[]))


def test_statuses_in_the_words_of_other_programs_are_recognized() -> None:
    for word in (
        "notRecommended", "not recommended", "Prohibited", "rejected", "Do not use", "nonstandard",
        "Forbidden", "obsolete", "deprecatedTerm-admn-sts", "superseded", "非推奨",
    ):  # fmt: skip
        assert parse_status(word) == "deprecated", word
    for word in ("Approved", "preferredTerm", "standardizedTerm-admn-sts", "推奨"):
        assert parse_status(word) == "preferred", word
    assert parse_status("green") is None
    assert parse_status("") is None


def test_an_unknown_status_is_reported_and_never_preferred() -> None:
    notices: list[FileProblem] = []
    [read] = delimited.loads_csv("en,ja,ja_Status\nbase,基地,green\n", notices=notices)
    assert (read.ja[0].status, read.ja[0].note) == ("admitted", "status: green")
    assert [notice.reason for notice in notices] == ["unknown-status"]


def test_an_approved_english_term_is_preferred_and_a_forbidden_one_deprecated() -> None:
    text = "en,en_Status,ja,ja_Forbidden\nbase,Approved,基地,\nbase,New,ベース,TRUE\n"
    [read] = delimited.loads_csv(text)
    assert [(term.text, term.status) for term in read.terms] == [
        ("base", "preferred"),
        ("基地", "preferred"),
        ("ベース", "deprecated"),
    ]


def test_weblate_flags_forbid_a_term() -> None:
    text = "source,target,explanation,flags\nbase,ベース,,forbidden\nport,港,,read-only\n"
    assert [concept.ja[0].status for concept in delimited.loads_csv(text)] == ["deprecated", "preferred"]


def test_repeated_columns_of_a_language_are_synonyms_with_their_own_fields() -> None:
    text = (
        "Entry_ID,Entry_Subject,English,English_Def,Term_Info,Japanese,Japanese_Def,Term_Info,Term_Example,"
        "Japanese,Japanese_Def,Term_Info,Term_Example\n"
        "7,law,base,a place,CasePermissive,基地,場所,,基地がある。,ベース,,Forbidden,使わない。\n"
    )
    [read] = delimited.loads_csv(text)
    assert (read.id, read.subject, read.en.definition, read.ja.definition) == ("7", "law", "a place", "場所")
    assert [(term.text, term.status, term.context) for term in read.ja] == [
        ("基地", "preferred", "基地がある。"),
        ("ベース", "deprecated", "使わない。"),
    ]


def test_a_table_with_one_term_in_each_row_is_grouped_by_its_id() -> None:
    text = (
        "E_ID|E_DOMAINS|L_CODE|T_TERM|T_TYPE|T_EVALUATION\n"
        "1|law|en|alliance|Term|Preferred\n1|law|ja|同盟|Term|\n1|law|de|Bündnis|Term|\n"
        "1|law|ja|旧同盟|Term|Deprecated\n2|law|en|SDF|Abbreviation|\n"
    )
    notices: list[FileProblem] = []
    alliance, sdf = delimited.loads_csv(text, notices=notices)
    assert [(term.text, term.status) for term in alliance.terms] == [
        ("alliance", "preferred"),
        ("同盟", "preferred"),
        ("旧同盟", "deprecated"),
    ]
    assert (alliance.id, alliance.subject, sdf.en[0].status) == ("1", "law", "abbreviation")
    assert [str(notice) for notice in notices] == ["rows in other languages are left out: 1"]


def test_a_definition_without_a_language_gets_none() -> None:
    [read] = delimited.loads_csv("en,ja,definition\nbase,基地,a place\n")
    assert (read.en.definition, read.ja.definition, read.note) == ("", "", "definition: a place")


def test_one_stray_quotation_mark_does_not_end_the_reading_of_a_long_table(tmp_path: Path) -> None:
    lines = [f"term {number},用語{number}\n" for number in range(5_000)]
    lines[2_500] = '"stray" mark,印\n'
    lines[4_000] = '"never closed,印\n'
    path = tmp_path / "a.csv"
    path.write_text("en,ja\n" + "".join(lines), encoding="utf-8")
    notices: list[FileProblem] = []
    assert len(read_glossary(path, notices=notices)) == 4_998
    assert [str(notice) for notice in notices] == [
        "line 2502: lines with a misplaced quotation mark are left out: 2"
    ]
    skipped: Counter[str] = Counter()
    assert len(list(read_units(path, skipped=skipped, notices=[]))) == 4_998
    assert skipped == {"damaged": 2}


def test_omegat_glossaries_leave_out_lines_without_a_tab_and_recognize_a_header(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("alliance\t同盟\nno tab here\nbase\t基地\n", encoding="utf-8")
    with pytest.warns(PartlyRead, match="line 2: lines without a tab are left out: 1"):
        assert len(read_glossary(path)) == 2
    path.write_text("英語\t日本語\nalliance\t同盟\n", encoding="utf-8")
    assert [concept.en[0].text for concept in read_glossary(path)] == ["alliance"]


def test_units_are_read_from_excel_and_from_text_with_tabs_and_columns_can_be_named(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(_workbook({"x": [["Title"], ["原文", "訳文"], ["Yes.", "はい。"]]}))
    (tmp_path / "a.txt").write_text("Yes.\tはい。\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("1,NATO,OTAN\n", encoding="utf-8")
    assert [(unit.en, unit.ja) for unit in read_units(tmp_path / "a.xlsx")] == [("Yes.", "はい。")]
    assert [unit.ja for unit in read_units(tmp_path / "a.txt", notices=[])] == ["はい。"]
    [unit] = read_units(tmp_path / "b.csv", columns=("number", "en", "ja"))
    assert (unit.en, unit.ja) == ("NATO", "OTAN")
    (tmp_path / "c.po").touch()
    with pytest.raises(ValueError, match="columns can be given for csv, tsv, xlsx"):
        read_units(tmp_path / "c.po", columns=("en", "ja"))


def _workbook(sheets: dict[str, list[list[object]]], merged: tuple[str, ...] = ()) -> bytes:
    openpyxl = pytest.importorskip("openpyxl", reason="the extra exchange is not installed")
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for area in merged:
            sheet.merge_cells(area)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def test_merged_cells_are_filled_down_and_unread_sheets_are_reported() -> None:
    rows: list[list[object]] = [["English", "日本語"], ["base", "基地"], [None, "ベース"], ["port", "港"]]
    data = _workbook({"terms": rows, "old": [["x", "y"]]}, merged=("A2:A3",))
    notices: list[FileProblem] = []
    base, port = excel.loads(data, notices=notices)
    assert [term.text for term in base.ja] == ["基地", "ベース"]
    assert port.en[0].text == "port"
    assert [str(notice) for notice in notices] == ["only the sheet 'terms' is read; there are also old"]


def test_sheets_with_impossible_rows_or_columns_are_rejected_at_once() -> None:
    def changed(old: bytes, new: bytes) -> bytes:
        packed = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(_workbook({"x": [["en", "ja"], ["base", "基地"]]}))) as before,
            zipfile.ZipFile(packed, "w") as after,
        ):
            for name in before.namelist():
                after.writestr(name, before.read(name).replace(old, new))
        return packed.getvalue()

    start = time.perf_counter()
    with pytest.raises(UnreadableFile, match="a row 1000000000000; Excel allows 1,048,576"):
        excel.loads(changed(b'<row r="2"', b'<row r="1000000000000"'))
    with pytest.raises(UnreadableFile, match="a column XFE; Excel allows 16,384"):
        excel.loads(changed(b'r="B2"', b'r="XFE2"'))
    with pytest.raises(UnreadableFile):
        excel.loads(changed(b"", b"")[40:])  # without its first bytes
    [far] = excel.loads(changed(b'r="B2"', b'r="XFD2"'), notices=[])
    assert (far.en[0].text, far.note) == ("base", "基地")
    assert time.perf_counter() - start < 5


def test_tables_with_many_rows_of_one_name_or_one_id_are_read_in_linear_time() -> None:
    one_slug = "en,ja,subject\n" + "".join(f"base!{'!' * (n % 7)},基地,s{n}\n" for n in range(10_000))
    one_id = "id,en,ja,note\n" + "".join(f"a,base {n},基地{n},note {n}\n" for n in range(10_000))
    start = time.perf_counter()
    assert len(delimited.loads_csv(one_slug)) == 10_000
    [concept] = delimited.loads_csv(one_id)
    assert len(concept.en) == 10_000
    assert time.perf_counter() - start < 10
