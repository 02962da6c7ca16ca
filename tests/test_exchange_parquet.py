"""Translation units from Parquet files."""

import datetime
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import alliance_ref as ar
from alliance_ref.errors import InvalidColumn, MissingExtra, UnreadableFile
from alliance_ref.exchange.bitexts import parquet
from alliance_ref.exchange.bitexts.parquet import read_units
from alliance_ref.records import PartialDate, TranslationUnit


@pytest.fixture
def arrow() -> Any:
    return pytest.importorskip(
        "pyarrow", reason="pyarrow is not installed: pip install 'alliance-ref[scale]' brings it"
    )


@pytest.fixture
def written(arrow: Any, tmp_path: Path) -> Callable[[dict[str, Any]], Path]:
    from pyarrow import parquet as writer

    def write(columns: dict[str, Any]) -> Path:
        path = tmp_path / "memory.parquet"
        writer.write_table(arrow.table(columns), path)
        return path

    return write


Written = Callable[[dict[str, Any]], Path]


def test_a_row_is_a_unit(written: Written) -> None:
    path = written({"en": ["Base.", "Sea."], "ja": ["基地。", "海。"], "other": [1, 2]})
    assert list(read_units(path)) == [
        TranslationUnit("Base.", "基地。", "memory.parquet", 0),
        TranslationUnit("Sea.", "海。", "memory.parquet", 1),
    ]


def test_columns_may_have_other_names(written: Written) -> None:
    path = written({"source": ["基地"], "target.text": ["base"], "origin": ["a.tmx"]})
    found = list(read_units(path, en="target.text", ja="source", document="origin"))
    assert found == [TranslationUnit("base", "基地", "a.tmx", 0)]


def test_fields_of_a_column_of_translations_are_found(written: Written) -> None:
    path = written({"id": ["1", "2"], "translation": [{"en": "base", "ja": "基地"}, None]})
    assert [(unit.en, unit.ja) for unit in read_units(path)] == [("base", "基地"), ("", "")]


@pytest.mark.parametrize("kind", ["string", "large_string", "string_view", "dictionary"])
def test_every_kind_of_text_column_is_read(kind: str, arrow: Any, written: Written) -> None:
    if kind == "dictionary":
        column = arrow.array(["基地", "基地"]).dictionary_encode()
    else:
        column = arrow.array(["基地", "基地"], getattr(arrow, kind)())
    assert [unit.ja for unit in read_units(written({"en": ["a", "b"], "ja": column}))] == ["基地"] * 2


def test_rows_without_text_keep_their_numbers(written: Written) -> None:
    found = list(read_units(written({"en": ["a", None, "c"], "ja": ["あ", "い", None]})))
    assert [(unit.en, unit.ja, unit.number) for unit in found] == [
        ("a", "あ", 0),
        ("", "い", 1),
        ("c", "", 2),
    ]


def test_dates_are_read_from_dates_and_from_text(written: Written) -> None:
    sides: dict[str, Any] = {"en": ["a"] * 3, "ja": ["あ"] * 3}
    days = [datetime.date(2005, 10, 29), None, datetime.date(2006, 5, 1)]
    found = [unit.date for unit in read_units(written({**sides, "date": days}))]
    assert found == [PartialDate(2005, 10, 29), None, PartialDate(2006, 5, 1)]
    found = [unit.date for unit in read_units(written({**sides, "date": ["2005-10", "some day", None]}))]
    assert found == [PartialDate(2005, 10), None, None]


def test_several_batches_are_read_in_order(written: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "ROWS_PER_BATCH", 7)
    path = written({"en": [f"en {row}" for row in range(50)], "ja": [f"ja {row}" for row in range(50)]})
    assert [(unit.en, unit.number) for unit in read_units(path)] == [(f"en {row}", row) for row in range(50)]


def test_a_missing_or_non_text_column_is_reported(written: Written) -> None:
    path = written({"en": ["a"], "ja": [1]})
    with pytest.raises(InvalidColumn, match=r"column 'ja' does not contain text; the file has en, ja"):
        list(read_units(path))
    with pytest.raises(InvalidColumn, match=r"memory\.parquet: no column 'japanese'"):
        list(read_units(path, ja="japanese"))


def test_a_file_that_is_not_parquet_is_rejected(arrow: Any, tmp_path: Path) -> None:
    path = tmp_path / "memory.parquet"
    path.write_text("en,ja\n")
    with pytest.raises(UnreadableFile, match=r"memory\.parquet: cannot be read as Parquet"):
        list(read_units(path))
    with pytest.raises(FileNotFoundError):
        list(read_units(tmp_path / "nothing.parquet"))


def test_without_pyarrow_the_error_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(MissingExtra, match=r"pip install 'alliance-ref\[scale\]'"):
        next(read_units(tmp_path / "memory.parquet"))


def test_a_memory_in_parquet_is_read_like_any_other(written: Written) -> None:
    path = written({"en": ["One.", ""], "ja": ["一。", "二。"]})
    skipped: Counter[str] = Counter()
    assert [unit.ja for unit in ar.read_units(path, skipped=skipped)] == ["一。"]
    assert skipped == {"empty": 1}
