"""Aligned units from PO, CSV, TSV, JSON lines and folders; CoNLL-U; UTX from other programs."""

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings

from alliance_ref.errors import FileProblem, InputNotFound, PartlyRead, UnknownFormat, UnreadableFile
from alliance_ref.exchange.annotations import conllu
from alliance_ref.exchange.bitexts.tables import dumps_tsv
from alliance_ref.exchange.formats import UNIT_FORMATS
from alliance_ref.exchange.glossaries import utx
from alliance_ref.glossary import read_units
from alliance_ref.records import AlignedUnit, Gap, PartialDate, Segment, TranslationUnit
from alliance_ref.text.japanese.tagging import tokenize
from strategies import mixed

PO = r"""# A translator's comment.
msgid ""
msgstr ""
"Language: ja\n"
"Plural-Forms: nplurals=1; plural=0;\n"

#: a.py:1
#, fuzzy, python-format
msgid "unsure %s"
msgstr "不確か %s"

msgctxt "menu"
msgid "Open"
msgstr "開く"
msgctxt "state"
msgid "Open"
msgstr "公開"

msgid ""
"two "
"lines\n"
msgstr "二\t「\"行\"」\n"

#, python-format
msgid "%d base"
msgid_plural "%d bases"
msgstr[0] "基地%d件"

msgid "nothing"
msgstr ""

#~ msgid "old"
#~ msgstr "古い"
"""


def test_po_yields_translated_messages_and_counts_the_rest(tmp_path: Path) -> None:
    (tmp_path / "a.po").write_text(PO, encoding="utf-8")
    skipped: Counter[str] = Counter()
    units = list(read_units(tmp_path / "a.po", skipped=skipped))
    assert [(unit.en, unit.ja) for unit in units] == [
        ("Open", "開く"),
        ("Open", "公開"),
        ("two lines\n", '二\t「"行"」\n'),
        ("%d base", "基地%d件"),
        ("%d bases", "基地%d件"),
    ]
    assert skipped == {"fuzzy": 1, "untranslated": 1, "obsolete": 1}
    assert {unit.document for unit in units} == {"a.po"}
    assert [unit.number for unit in units] == [0, 1, 2, 3, 4]


def test_po_is_read_like_babel(tmp_path: Path) -> None:
    pofile = pytest.importorskip("babel.messages.pofile")
    path = Path(__file__).parents[1] / "src/alliance_ref/locale/ja/LC_MESSAGES/alliance_ref.po"
    with path.open("rb") as file:
        catalog = pofile.read_po(file, ignore_obsolete=True)
    expected = []
    for message in catalog:
        if not message.id or message.fuzzy:
            continue
        ids, texts = ([m] if isinstance(m, str) else list(m) for m in (message.id, message.string))
        expected += [(ids[0], texts[0])] if texts[0] else []
        expected += [(ids[-1], texts[-1])] if len(ids) > 1 and texts[-1] else []
    found = [(unit.en, unit.ja) for unit in read_units(path)]
    assert sorted(found) == sorted(expected)
    assert len(found) > 20


def test_po_into_english_swaps_sides_and_an_invalid_line_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    path.write_text('msgid ""\nmsgstr "Language: en_US\\n"\n\nmsgid "同盟"\nmsgstr "alliance"\n', "utf-8")
    assert [(unit.en, unit.ja) for unit in read_units(path)] == [("alliance", "同盟")]
    path.write_text('msgid "a"\nmsgstr "b"\nwhat is this\n', "utf-8")
    with pytest.raises(UnreadableFile, match=r"a\.po: cannot be read as gettext PO: line 3"):
        list(read_units(path))


def test_tables_yield_units_with_document_and_date(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(
        'English,日本語,document,date\nalliance,同盟,x,2005-10\n\'=a,"b\nc",,\nonly,,,\n'.encode("cp932")
    )
    (tmp_path / "b.tsv").write_text("The U.S.\t米国\nA base.\t基地。\n", encoding="utf-16")
    skipped: Counter[str] = Counter()
    notices: list[FileProblem] = []
    assert list(read_units(tmp_path, skipped=skipped, notices=notices)) == [
        TranslationUnit("alliance", "同盟", "x", 0, PartialDate(2005, 10)),
        TranslationUnit("=a", "b\nc", "a.csv", 1),
        TranslationUnit("The U.S.", "米国", "b.tsv", 0),
        TranslationUnit("A base.", "基地。", "b.tsv", 1),
    ]
    assert skipped == {"empty": 1}
    assert [(notice.reason, notice.values) for notice in notices] == [("guessed-columns", {"en": 1, "ja": 2})]


def test_written_alignments_round_trip_without_gaps(tmp_path: Path) -> None:
    units = [
        AlignedUnit((Segment("=1 of 2", "en", 0, 7),), (Segment("同盟", "ja", 0, 2),), confidence=0.9),
        AlignedUnit((Segment("B.", "en", 0, 2),), Gap("unaligned")),
    ]
    for item in UNIT_FORMATS:
        if item.writer is not None:
            path = tmp_path / f"a{item.suffixes[0]}"
            path.write_text(item.writer(units), encoding="utf-8")
            assert [(unit.en, unit.ja) for unit in read_units(path)] == [("=1 of 2", "同盟")]
    assert "\t'=1 of 2\t" in dumps_tsv(units)


def test_json_lines_are_read_in_both_forms(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    lines = [
        {"en": "Yes.", "ja": "はい。", "date": "2005"},
        {"translation": {"en": "No.", "ja": "いいえ。"}},
        {"en": "", "ja": "空"},
    ]
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    found = list(read_units(path))
    assert found == [
        TranslationUnit("Yes.", "はい。", "a.jsonl", 0, PartialDate(2005)),
        TranslationUnit("No.", "いいえ。", "a.jsonl", 1),
    ]
    for bad in ("[]", '{"en": 1, "ja": "x"}', '{"ja": "x"}', "{"):
        path.write_text(bad)
        with pytest.raises(UnreadableFile, match="line 1"):
            list(read_units(path))


def test_several_paths_are_read_in_order_and_wrong_paths_raise_at_once(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.tsv").write_text(f"en\tja\n{name}\tア\n", encoding="utf-8")
    paths = [tmp_path / "b.tsv", tmp_path / "a.tsv"]
    assert [unit.en for unit in read_units(paths)] == ["b", "a"]
    with pytest.raises(InputNotFound):
        read_units([tmp_path / "a.tsv", tmp_path / "none.tsv"])
    (tmp_path / "x.doc").write_text("x")
    with pytest.raises(UnknownFormat, match="known suffixes:"):
        read_units(tmp_path / "x.doc")
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputNotFound):
        read_units(tmp_path / "empty")


def test_units_are_yielded_before_the_whole_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("en\tja\n" + "a\tア\n" * 1000 + 'a\t"ア\n', encoding="utf-8")
    units = read_units(path)
    assert next(units).ja == "ア"
    with pytest.warns(PartlyRead, match="line 1002: lines with unpaired quotation marks are read .*: 1"):
        assert len(list(units)) == 1000


@settings(max_examples=60, deadline=None)
@given(mixed)
def test_conllu_restores_the_text(text: str) -> None:
    sentences = conllu.loads(conllu.dumps(text))
    if sentences:
        assert "".join(sentence.text() for sentence in sentences) == text
    else:
        assert not any(token.text.strip() for token in tokenize(text)), (
            "only text without words has no sentence"
        )


def test_the_conllu_package_reads_written_files() -> None:
    package = pytest.importorskip("conllu", reason="the package conllu is in the extra test")
    text = "日本は\t協議をした。 U.S. Army が来た|た。"
    sentences = package.parse(conllu.dumps(text, name="d"))
    assert [sentence.metadata["sent_id"] for sentence in sentences] == ["d-1", "d-2"]
    assert sentences[0][2]["upos"] == "NOUN"
    assert sentences[0][0]["misc"]["Reading"] == "ニッポン"
    assert [row.form for row in conllu.loads(conllu.dumps(text))[1].rows][-2:] == ["た", "。"]


def test_conllu_from_another_program_is_read_and_invalid_lines_are_reported() -> None:
    text = (
        "# newdoc\n1-2\tdu\t_\t_\t_\t_\t_\t_\t_\t_\n1\tde\tde\tADP\t_\tA=b|C=d\t2\tcase\t_\tSpaceAfter=No\n"
    )
    [sentence] = conllu.loads(text)
    assert sentence.rows[1].feats == (("A", "b"), ("C", "d"))
    assert (sentence.rows[1].head, sentence.text()) == ("2", "de")
    with pytest.raises(UnreadableFile, match="line 1: a word needs ten columns"):
        conllu.loads("1\ttwo columns\n")


def test_earlier_versions_of_utx_are_read() -> None:
    text = (
        "#UTX 1.11; en-US/ja-JP; 2010-12-15T10:00:00+09:00; copyright: A (2010); license: CC-by 3.0\r\n"
        "#description: bases;\r\n"
        "#src\ttgt\tsrc:pos\tterm status\tconcept ID\tsrc:plural\r\n"
        "base\t基地\tnoun\tapproved\tC1\tbases\r\n"
        "base\tベース\tnoun\tforbidden\tC1\r\n"
        "# a comment\r\n"
        "port\t港\tnoun\t\t\r\n"
    )
    base, port = utx.loads(text)
    assert [(term.text, term.status) for term in base.ja] == [("基地", "preferred"), ("ベース", "erroneous")]
    assert base.en[0].part_of_speech == "noun"
    assert base.note == "plural:en: bases"
    assert (port.id, port.ja[0].status) == ("port", "preferred")
    old = "#UTX-S 1.00; ja/en; 2009-01-01T00:00:00Z\r\n#src\ttgt\tsrc:pos\r\n同盟\talliance\tnoun\r\n"
    assert utx.loads(old)[0].en[0].text == "alliance"


def test_invalid_utx_is_rejected_with_the_line() -> None:
    with pytest.raises(UnreadableFile, match="line 1: the first line must begin with #UTX"):
        utx.loads("en\tja\n")
    with pytest.raises(UnreadableFile, match="line 2: no fields for English"):
        utx.loads("#UTX 1.20; lang: en/fr\n#term:en\tterm:fr\n")
    with pytest.raises(UnreadableFile, match="line 3: the status is 'good'"):
        utx.loads("#UTX 1.20; lang: en/ja\n#term:en\tterm:ja\tterm status:ja\na\tb\tgood\n")
