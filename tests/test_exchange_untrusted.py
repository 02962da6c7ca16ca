"""Damaged and hostile files end in typed errors that name the file: JSON, Parquet, Turtle."""

import io
import random
from pathlib import Path

import attrs
import pytest

from alliance_ref.errors import InvalidColumn, UnreadableFile
from alliance_ref.exchange.bitexts import parquet
from alliance_ref.exchange.glossaries import json_text, skos, tbx
from alliance_ref.exchange.tables import delimited
from alliance_ref.exchange.tables.cells import escape_formula, unescape_formula
from alliance_ref.glossary import read_glossary, read_units
from alliance_ref.records import GlossaryConcept, LanguageSection, Rendering, Term

CONCEPT = GlossaryConcept(
    "base",
    LanguageSection("en", (Term("base", "en"),)),
    LanguageSection("ja", (Term("基地", "ja"),)),
    renderings=(Rendering("base", "基地", 0.9, 2),),
)
JSON = (
    '[{"id": "x", "en": {"terms": [{"text": "a"}]}, "ja": {"terms": [{"text": "b"}]},'
    ' "renderings": [{"en": "a", "ja": "b", "count": 1}]}]'
)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"count": 1', '"count": ' + "1" * 4301, "an integer has more than 4,300 digits"),
        ('"id": "x"', '"id": "x", "id": "y"', "the key 'id' occurs twice"),
        ('"text": "a"', '"text": "\\ud800"', "half of a surrogate pair"),
        ('"count": 1', '"count": true', "must be a whole number, not true or false"),
        ('"count": 1', '"count": -3', "count is -3; it must be 0 or more"),
        ('"text": "a"', '"text": "a", "reliability": -3', "expected 0.0 to 1.0"),
        ("[", "[" * 100_000, "nested too deep"),
    ],
)
def test_json_with_values_that_no_program_writes_is_rejected(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    path = tmp_path / "a.json"
    path.write_text(JSON.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UnreadableFile, match=message) as caught:
        read_glossary(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert json_text.loads(JSON)[0].renderings[0].count == 1


@pytest.mark.parametrize(
    "line",
    [
        '{"en": "a", "ja": "b", "number": ' + "1" * 4301 + "}",
        '{"en": "a", "en": "c", "ja": "b"}',
        '{"en": "\\ud800", "ja": "b"}',
        '{"en": "a", "ja": "b", "number": true}',
        '{"en": "a", "ja": "b", "number": -3}',
    ],
)
def test_json_lines_with_such_values_are_rejected_with_the_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"en": "a", "ja": "b"}\n' + line, encoding="utf-8")
    with pytest.raises(UnreadableFile, match=r"a\.jsonl: cannot be read as JSON lines: line 2"):
        list(read_units(path))


def test_damaged_parquet_is_rejected_when_it_is_opened_and_while_it_is_read() -> None:
    arrow = pytest.importorskip("pyarrow", reason="the extra scale is not installed")
    written = io.BytesIO()
    table = {name: [f"{name} {number}" for number in range(500)] for name in ("en", "ja")}
    pytest.importorskip("pyarrow.parquet").write_table(arrow.table(table), written)
    data = written.getvalue()
    chance = random.Random(7)
    rejected = 0
    for _ in range(150):
        damaged = bytearray(data[: chance.randrange(len(data))] if chance.random() < 0.3 else data)
        for _ in range(min(len(damaged), chance.choice((1, 5, 30)))):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            list(parquet.read_opened(io.BytesIO(bytes(damaged)), where="x.parquet"))
        except (UnreadableFile, InvalidColumn):
            rejected += 1
    assert rejected > 50


def test_truncated_turtle_is_rejected_at_every_place() -> None:
    pytest.importorskip("rdflib", reason="the extra exchange is not installed")
    text = skos.dumps_turtle([CONCEPT])
    rejected = 0
    for end in range(0, len(text) - 1, 7):
        try:
            skos.loads_turtle(text[:end])
        except UnreadableFile:
            rejected += 1
    assert rejected > 80
    with pytest.raises(UnreadableFile, match="is not a period"):
        skos.loads_turtle(text.replace("ar:text", 'ar:valid "2001/2002/2003" ; ar:text'))


def test_values_of_wrong_types_in_a_rendering_note_are_not_taken_for_a_rendering() -> None:
    text = tbx.dumps([CONCEPT])
    for count in ("true", "-3", '"2"', "[]"):
        [read] = tbx.loads(text.replace('"count": 2', f'"count": {count}'))
        assert read.renderings == ()
        assert "rendering:" in read.note


@pytest.mark.parametrize("mark", ",;|\t\n")
@pytest.mark.parametrize("sign", "=+-@＝＠")
def test_no_list_separator_turns_a_part_of_a_cell_into_a_formula(mark: str, sign: str) -> None:
    text = f"base{mark}{sign}1+1"
    written = escape_formula(text)
    assert f"{mark}{sign}" not in written
    assert not written.startswith(sign)
    assert unescape_formula(written) == text
    concept = attrs.evolve(CONCEPT, note=text)
    for dumps, loads in (
        (delimited.dumps_csv, delimited.loads_csv),
        (delimited.dumps_tsv, delimited.loads_tsv),
    ):
        content = dumps([concept])
        assert f"{mark}{sign}" not in content.replace("|=", "")
        [read] = loads(content)
        assert read.note == text


def test_an_unknown_encoding_that_only_expat_sees_is_rejected() -> None:
    text = tbx.dumps([CONCEPT]).encode()
    assert b'encoding="UTF-8"' in text
    for space in (b" ", b" " * 5000):
        with pytest.raises(UnreadableFile, match=r"(?i)UTF-1e9"):
            tbx.loads(text.replace(b' encoding="UTF-8"', space + b'encoding="UTF-1e9"'))


def test_addresses_of_a_file_are_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    pytest.importorskip("rdflib", reason="the extra exchange is not installed")
    text = skos.dumps_turtle([CONCEPT]).replace("urn:alliance-ref:", "urn:alliance ref:")
    skos.loads_turtle(text)
    assert not caplog.records
