"""Tables from other programs, protection against formulas, Japanese encodings, workbooks."""

import io
import re
import runpy
import sys
import zipfile
from pathlib import Path

import attrs
import pytest

from alliance_ref.errors import (
    FileProblem,
    InputNotFound,
    MissingExtra,
    UnknownFormat,
    UnreadableFile,
    UnwritableData,
)
from alliance_ref.exchange import limits
from alliance_ref.exchange.tables import delimited, excel
from alliance_ref.exchange.tables.cells import escape_formula, join_values, split_values, unescape_formula
from alliance_ref.glossary import Glossary, read_glossary, reference_glossary
from alliance_ref.records import GlossaryConcept, LanguageSection, Term


def concept(en: str, ja: str = "同盟", concept_id: str = "x") -> GlossaryConcept:
    return GlossaryConcept(
        concept_id, LanguageSection("en", (Term(en, "en"),)), LanguageSection("ja", (Term(ja, "ja"),))
    )


@pytest.mark.parametrize("cell", ["=1+1", "+81", "-ism", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＠x"])
def test_written_cells_never_begin_like_a_formula(cell: str) -> None:
    for text in (delimited.dumps_csv([concept(cell)]), delimited.dumps_tsv([concept(cell)])):
        assert f"'{cell[0]}" in text
        assert re.search('(?:^|[,;\t\r\n])"?[=+\\-@＝＋－＠]', text) is None
        assert delimited.loads_csv(delimited.dumps_csv([concept(cell)]))[0].en[0].text == cell


def test_apostrophes_in_the_text_round_trip() -> None:
    for text in ("'tis", "'=1", "''=1", "'", "O'Neill"):
        assert unescape_formula(escape_formula(text)) == text
    assert unescape_formula("'=1") == "=1"


def test_values_with_bars_and_backslashes_round_trip_in_one_cell() -> None:
    values = ("a|b", "c\\", " d ", "\\|", "e")
    assert split_values(join_values(values)) == values
    assert split_values("x|y | z") == ("x", "y", "z")
    assert split_values("a\\") == ("a\\",)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("English,日本語,よみ\nalliance,同盟,どうめい\n", ("alliance", "同盟", "どうめい")),
        ("source,target\nalliance,同盟\n", ("alliance", "同盟", None)),
        ("Source Term,Target Term\n同盟,alliance\n", ("alliance", "同盟", None)),
        ("訳語;原語\n同盟;alliance\n", ("alliance", "同盟", None)),
        ("\ufeff ja , EN \r\n 同盟 , alliance \r\n\r\n", ("alliance", "同盟", None)),
    ],
)
def test_headers_of_other_programs_are_recognized(text: str, found: tuple[str, str, str | None]) -> None:
    [read] = delimited.loads_csv(text)
    assert (read.en[0].text, read.ja[0].text, read.ja[0].reading) == found


def test_rows_with_the_same_english_term_are_one_concept_and_unknown_columns_become_notes() -> None:
    [first, second] = delimited.loads_tsv("en\tja\tClient\nbase\t基地\tA\nbase\t拠点\t\nport\t港\t\n")
    assert [(term.text, term.status) for term in first.ja] == [("基地", "preferred"), ("拠点", "admitted")]
    assert first.note == "Client: A"
    assert (first.id, second.id) == ("base", "port")


def test_a_table_without_a_header_is_read_with_columns() -> None:
    [read] = delimited.loads_csv("alliance,同盟\n", columns=("en", "ja"))
    assert read.ja[0].text == "同盟"
    with pytest.raises(UnreadableFile, match=r"columns=\('en', 'ja'\)"):
        delimited.loads_csv("alliance,Bündnis\n")


def test_invalid_cells_are_reported_and_the_rest_of_the_table_is_read() -> None:
    text = "en,ja,ja status,ja valid,reading\na,b,good,,\nc,d,,2005,\ne,f,,,kanji\n,,,,\n,,preferred,,\n"
    notices: list[FileProblem] = []
    concepts = delimited.loads_csv(text, notices=notices)
    assert [(notice.row, notice.path, notice.reason) for notice in notices] == [
        (2, "", "unknown-status"),
        (3, "'d'", "invalid-period"),
        (4, "'f'", "invalid-value"),
        (6, "", "no-term"),
    ]
    terms = [concept.ja[0] for concept in concepts]
    assert [(term.text, term.status, term.note) for term in terms] == [
        ("b", "admitted", "status: good"),
        ("d", "preferred", "valid: 2005"),
        ("f", "preferred", "reading: kanji"),
    ]


def test_a_table_in_which_no_row_can_be_read_is_rejected_with_all_problems() -> None:
    with pytest.raises(UnreadableFile) as caught:
        delimited.loads_csv("en,ja,note\n,,a\n,,b\n")
    assert [(problem.row, problem.reason) for problem in caught.value.problems] == [
        (2, "no-term"),
        (3, "no-term"),
    ]


def test_a_line_with_an_unclosed_quotation_mark_is_text_with_tabs_and_left_out_with_commas() -> None:
    with_tabs: list[FileProblem] = []
    first, _ = delimited.loads_tsv('en\tja\na\t"b\nc\td\n', notices=with_tabs)
    assert first.ja[0].text == '"b'
    assert [(notice.reason, notice.line, notice.values) for notice in with_tabs] == [
        ("literal-quotes", 2, {"count": 1})
    ]
    notices: list[FileProblem] = []
    [read] = delimited.loads_csv('en,ja\na,"b\nc,d\n', notices=notices)
    assert read.en[0].text == "c"
    assert [(notice.reason, notice.line, notice.values) for notice in notices] == [
        ("damaged-lines", 2, {"count": 1})
    ]
    with pytest.raises(UnreadableFile, match="quote a cell"):
        delimited.loads_tsv('"en\tja\n')


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp932", "euc_jp", "iso2022_jp"]
)
def test_a_table_is_read_in_unicode_and_japanese_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("English,日本語\nalliance,日米同盟\nbase,基地\n".encode(encoding))
    assert [found.ja[0].text for found in read_glossary(path)] == ["日米同盟", "基地"]


def test_damaged_utf8_is_rejected_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    good = "English,日本語\nalliance,日米同盟\nbase,基地と港のあいだに\n".encode()
    path.write_bytes(good.replace("港".encode(), b"\xe6\xb8"))
    with pytest.raises(UnreadableFile, match=r"a\.csv.*CSV.*line 3: byte 0xe6 at .*save the file as UTF-8"):
        read_glossary(path)


def test_missing_files_and_unknown_or_unreadable_formats_raise_typed_errors(tmp_path: Path) -> None:
    with pytest.raises(InputNotFound):
        read_glossary(tmp_path / "none.csv")
    with pytest.raises(UnknownFormat, match="known suffixes:"):
        read_glossary(tmp_path / "none.doc")
    with pytest.raises(UnknownFormat, match="stardict"):
        read_glossary(tmp_path / "none.zip")
    with pytest.raises(ValueError, match="columns can be given for"):
        read_glossary(tmp_path / "none.json", columns=("en", "ja"))


def test_errors_name_the_file_and_the_format(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('[{"id": "a", "en": {"terms": [{"text": 1}, {"text": "b", "stats": "x"}]}}]')
    with pytest.raises(UnreadableFile) as caught:
        read_glossary(path)
    head, *problems = str(caught.value).splitlines()
    assert head == f"{path}: cannot be read as JSON, 2 problems"
    assert problems[0] == "$[0].en.terms[0].text: must be text, not a whole number"
    assert problems[1].startswith("$[0].en.terms[1].stats: unknown key")


def test_a_file_of_two_gigabytes_is_rejected_before_it_is_read(tmp_path: Path) -> None:
    for name in ("a.csv", "a.xlsx", "a.tbx"):
        path = tmp_path / name
        with path.open("wb") as file:
            file.truncate(2 * 1024**3)  # a sparse file, which takes no space on the disk
        with pytest.raises(UnreadableFile, match="2,147 MB"):
            read_glossary(path)
    assert limits.MAX_WHOLE < 2 * 1024**3


def test_a_failed_write_leaves_the_old_file_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("old")
    with pytest.raises(UnwritableData, match=r"a\.csv: cannot be written as CSV.*surrogate"):
        Glossary((concept("half \ud800"),)).to_file(path)
    assert path.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["a.csv"]


def test_writing_keeps_permissions_and_symbolic_links(tmp_path: Path) -> None:
    path, link = tmp_path / "a.csv", tmp_path / "b.csv"
    path.write_text("old")
    path.chmod(0o640)
    link.symlink_to(path)
    Glossary((concept("alliance"),)).to_file(link)
    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o640
    assert "alliance" in path.read_text(encoding="utf-8")


def _workbook(rows: list[list[object]]) -> bytes:
    openpyxl = pytest.importorskip("openpyxl", reason="the extra exchange is not installed")
    book = openpyxl.Workbook()
    book.active.append(["an unrelated sheet"])
    sheet = book.create_sheet("terms")
    for row in rows:
        sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def test_the_first_sheet_with_both_languages_is_read() -> None:
    read = excel.loads(_workbook([["英語", "日本語"], ["alliance", "同盟"], [911, True], ["=1+1", "x"]]))
    assert [(found.en[0].text if found.en else None) for found in read] == ["alliance", "911", None]


def test_excel_cells_are_text_and_never_formulas() -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="the extra exchange is not installed")
    data = excel.dumps([concept("=1+1", "@SUM(A1)")])
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells)
    assert sheet["A2"].value == "=1+1"


def test_without_openpyxl_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingExtra, match=r"alliance-ref\[exchange\]"):
        Glossary((concept("a"),)).to_file(tmp_path / "a.xlsx")
    assert not list(tmp_path.iterdir())


def test_equal_glossaries_give_equal_workbooks() -> None:
    pytest.importorskip("openpyxl", reason="the extra exchange is not installed")
    assert excel.dumps([concept("a")]) == excel.dumps([concept("a")])


def test_a_cell_longer_than_excel_allows_is_rejected(tmp_path: Path) -> None:
    pytest.importorskip("openpyxl", reason="the extra exchange is not installed")
    with pytest.raises(UnwritableData, match="32,767"):
        Glossary((concept("a" * 40_000),)).to_file(tmp_path / "a.xlsx")


def _bomb(name: str, data: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK\x03\x04 no archive", "not an intact zip archive"),
        (_bomb("xl/sheet.bin", bytes(limits.MAX_UNPACKED + 1)), "would unpack to"),
        (_bomb("xl/sheet.bin", bytes(limits.MAX_UNPACKED // 10)), "would grow from"),
        (_bomb("xl/workbook.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), "document type"),
        (_bomb("xl/workbook.xml", "<!DOCTYPE x><x/>".encode("utf-16")), "document type"),
        (_bomb("xl/workbook.xml", b"<x/>"), "not an intact workbook"),
    ],
)
def test_unsafe_or_damaged_workbooks_are_rejected(data: bytes, message: str) -> None:
    pytest.importorskip("openpyxl", reason="the extra exchange is not installed")
    with pytest.raises(UnreadableFile, match=message):
        excel.loads(data)


def test_the_reference_round_trips_through_csv_tsv_and_excel(tmp_path: Path) -> None:
    pytest.importorskip("openpyxl", reason="the extra exchange is not installed")
    glossary = Glossary(reference_glossary().concepts[:200])
    without_attestations = Glossary(
        tuple(
            attrs.evolve(
                one, renderings=tuple(attrs.evolve(pair, attestations=()) for pair in one.renderings)
            )
            for one in glossary
        )
    )
    for suffix in ("csv", "tsv", "xlsx", "json"):
        report = glossary.to_file(tmp_path / f"a.{suffix}")
        assert {loss.field for loss in report.losses} <= {"attestation"}
        kept = glossary if suffix == "json" else without_attestations
        assert read_glossary(tmp_path / f"a.{suffix}") == kept


def test_the_tables_in_the_documentation_are_current() -> None:
    page = Path(__file__).parents[1] / "docs" / "formats-tables.md"
    text = page.read_text(encoding="utf-8")
    with_tables = runpy.run_path(str(Path(__file__).parents[1] / "docs" / "formats_tables.py"))["with_tables"]
    assert with_tables(text) == text, "run: python docs/formats_tables.py"
    assert "| attestation |" in text
