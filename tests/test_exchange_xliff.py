"""XLIFF of versions 1.2 and 2.x and of translation editors, Qt TS, PO as other tools write it, TMX markup."""

import io
from collections import Counter
from pathlib import Path

import pytest

from alliance_ref.errors import UnreadableFile
from alliance_ref.exchange.bitexts import xliff
from alliance_ref.glossary import read_glossary, read_units
from alliance_ref.records import TranslationUnit

XLIFF_1 = """<?xml version="1.0" encoding="utf-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"
  xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0" xmlns:mq="MQXliff" xmlns:m="http://www.memsource.com/mxlf/2.0">
 <file original="a.txt" source-language="en-US" target-language="{lang}"><body>
  {units}
 </body></file>
</xliff>"""

XLIFF_2 = """<xliff version="2.1" srcLang="en" trgLang="{lang}" xmlns="urn:oasis:names:tc:xliff:document:2.0">
 <file id="f1"><group id="g"><unit id="1">{segments}</unit></group></file></xliff>"""


def read(text: str, **options: object) -> tuple[list[tuple[str, str, str]], Counter[str]]:
    skipped: Counter[str] = Counter()
    units = xliff.read_units(io.BytesIO(text.encode()), where="x.xlf", skipped=skipped, **options)  # type: ignore[arg-type]
    return [(unit.en, unit.ja, unit.state) for unit in units], skipped


def unit_1(source: str, target: str | None, attributes: str = "", state: str = "") -> str:
    written = "" if target is None else f"<target{state}>{target}</target>"
    return (
        f'<trans-unit id="1"{attributes}><source>{source}</source>{written}'
        "<alt-trans><source>x</source><target>y</target></alt-trans></trans-unit>"
    )


def test_only_translated_units_are_read_by_default_and_states_are_kept() -> None:
    units = (
        unit_1("One.", "一。")
        + unit_1("Two.", "二。", state=' state="final"')
        + unit_1("Three.", "三。", state=' state="needs-review-translation"')
        + unit_1("Four.", "四。", ' approved="no"')
        + unit_1("Five.", None)
        + unit_1("Six.", "", state=' state="new"')
        + unit_1("Code", "Code", ' translate="no"')
    )
    text = XLIFF_1.format(lang="ja-JP", units=units)
    found, skipped = read(text)
    assert found == [("One.", "一。", "translated"), ("Two.", "二。", "final")]
    assert skipped == {"initial": 2, "untranslated": 2}
    assert [state for _, _, state in read(text, min_state="initial")[0]] == [
        "translated", "final", "initial", "initial",
    ]  # fmt: skip
    assert [en for en, _, _ in read(text, min_state="reviewed")[0]] == ["Two."]


def test_inline_elements_become_text() -> None:
    source = (
        'A <g id="1">big</g> <bpt id="2">&lt;b&gt;</bpt>base<ept id="2">&lt;/b&gt;</ept>'
        '<x id="3" ctype="lb"/>of <x id="4" equiv-text="{name}"/><ph id="5" equiv-text="&lt;br&gt;">c</ph>'
        '<mrk mtype="term">ships</mrk>.'
    )
    found, _ = read(XLIFF_1.format(lang="ja", units=unit_1(source, "艦船の<it>x</it>基地。")))
    assert found == [("A big base\nof {name}ships.", "艦船の基地。", "translated")]


def test_segments_are_read_one_by_one_with_the_states_of_trados() -> None:
    unit = (
        '<trans-unit id="1"><source>One. Two. Three.</source>'
        '<seg-source><mrk mtype="seg" mid="1">One.</mrk> <g id="5"><mrk mtype="seg" mid="2">Two.</mrk></g>'
        ' <mrk mtype="seg" mid="3">Three.</mrk></seg-source>'
        '<target><mrk mtype="seg" mid="1">一。</mrk><g id="5"><mrk mtype="seg" mid="2">二。</mrk></g>'
        '<mrk mtype="seg" mid="3">三。</mrk></target>'
        '<sdl:seg-defs><sdl:seg id="1" conf="ApprovedSignOff"/><sdl:seg id="2" conf="Draft"/>'
        '<sdl:seg id="3" conf="Translated"/></sdl:seg-defs></trans-unit>'
    )
    found, skipped = read(XLIFF_1.format(lang="ja", units=unit))
    assert found == [("One.", "一。", "final"), ("Three.", "三。", "translated")]
    assert skipped == {"initial": 1}


def test_the_states_of_memoq_and_phrase_are_recognized() -> None:
    units = (
        unit_1("One.", "一。", ' mq:status="ManuallyConfirmed"')
        + unit_1("Two.", "二。", ' mq:status="Pretranslated"')
        + unit_1("Three.", "三。", ' m:confirmed="1"')
        + unit_1("Four.", "四。", ' m:confirmed="0"')
        + unit_1("Five.", "五。", ' mq:status="Proofread"')
    )
    found, skipped = read(XLIFF_1.format(lang="ja", units=units))
    assert [(en, state) for en, _, state in found] == [
        ("One.", "translated"), ("Three.", "translated"), ("Five.", "reviewed"),
    ]  # fmt: skip
    assert skipped == {"initial": 2}


def test_version_2_is_read_with_its_segments_states_and_codes() -> None:
    segments = (
        '<segment state="reviewed"><source>One <pc id="1">big</pc><ph id="2" disp="{n}"/>.</source>'
        '<target>一<pc id="1">大</pc><cp hex="0007"/>。</target></segment>'
        "<ignorable><source> </source></ignorable>"
        '<segment state="initial"><source>Two.</source><target>二。</target></segment>'
        "<segment><source>Three.</source><target>三。</target></segment><segment><source>4</source></segment>"
    )
    found, skipped = read(XLIFF_2.format(lang="ja", segments=segments))
    assert found == [("One big{n}.", "一大\x07。", "reviewed"), ("Three.", "三。", "translated")]
    assert skipped == {"initial": 1, "untranslated": 1}


def test_files_in_other_languages_are_rejected_or_counted_and_never_read_as_japanese(tmp_path: Path) -> None:
    french = XLIFF_1.format(lang="fr", units=unit_1("Yes.", "Oui."))
    with pytest.raises(UnreadableFile, match="the file is in other languages: en-US, fr"):
        read(french)
    both = (
        french.replace("</xliff>", "")
        + XLIFF_1.format(lang="ja", units=unit_1("Yes.", "はい。")).split('2.0">', 1)[1]
    )
    found, skipped = read(both)
    assert found == [("Yes.", "はい。", "translated")]
    assert skipped == {"other language": 1}
    files = {
        "a.po": 'msgid ""\nmsgstr "Language: fr\\n"\n\nmsgid "Yes"\nmsgstr "Oui"\n',
        "b.po": 'msgid "Yes"\nmsgstr "Oui"\n',
        "c.tmx": '<tmx version="1.4"><header/><body><tu><tuv xml:lang="en"><seg>Yes</seg></tuv>'
        '<tuv xml:lang="fr"><seg>Oui</seg></tuv></tu></body></tmx>',
        "d.ts": '<TS language="fr"><context><message><source>Yes</source><translation>Oui</translation>'
        "</message></context></TS>",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        with pytest.raises(UnreadableFile, match=name):
            list(read_units(tmp_path / name))


def test_units_of_a_file_without_a_target_language_are_read_if_they_are_japanese() -> None:
    text = XLIFF_1.replace(' target-language="{lang}"', "").format(
        units=unit_1("Yes.", "はい。") + unit_1("OK", "OK")
    )
    found, skipped = read(text)
    assert found == [("Yes.", "はい。", "translated")]
    assert skipped == {"unknown language": 1}


def test_japanese_sources_are_the_japanese_side() -> None:
    text = XLIFF_1.replace("en-US", "ja").format(lang="en", units=unit_1("はい。", "Yes."))
    assert read(text)[0] == [("Yes.", "はい。", "translated")]


@pytest.mark.parametrize("writer", [xliff.dumps_units, xliff.dumps_units_2])
def test_written_units_are_read_back(writer: object) -> None:
    units = [
        TranslationUnit("A <b> & c\n", "甲\u3000乙", "d & e", 0, state="final"),
        TranslationUnit("Yes.", "はい。", "f", 0, state="translated"),
        TranslationUnit("No.", "いいえ。", "d & e", 1, state="translated"),
    ]
    text = writer(units)  # type: ignore[operator]
    found = list(xliff.read_units(io.BytesIO(text.encode()), where="x.xlf"))
    assert found == [units[0], units[2], units[1]]


def test_a_file_that_is_no_xliff_or_is_cut_off_is_rejected() -> None:
    text = XLIFF_1.format(lang="ja", units=unit_1("Yes.", "はい。"))
    for damaged in ("<html/>", text[: len(text) // 2], "", "x"):
        with pytest.raises(UnreadableFile):
            read(damaged)


QT = """<?xml version="1.0" encoding="utf-8"?><!DOCTYPE TS><TS version="2.1" language="ja_JP">
<context><name>Window</name>
<message><source>Open</source><translation>開く</translation></message>
<message><source>Save</source><translation type="unfinished">保存</translation></message>
<message><source>Old</source><translation type="vanished">古い</translation></message>
<message numerus="yes"><source>%n file(s)</source>
 <translation><numerusform>%n 個</numerusform></translation></message>
<message><source>Quit<byte value="x1b"/></source><translation type="unfinished"></translation></message>
</context></TS>"""


def test_qt_translations_are_read_without_unfinished_and_obsolete_ones(tmp_path: Path) -> None:
    path = tmp_path / "a.ts"
    path.write_text(QT, encoding="utf-8")
    skipped: Counter[str] = Counter()
    assert [(unit.en, unit.ja) for unit in read_units(path, skipped=skipped)] == [
        ("Open", "開く"),
        ("%n file(s)", "%n 個"),
    ]
    assert skipped == {"initial": 1, "obsolete": 1, "untranslated": 1}
    assert len(list(read_units(path, min_state="initial"))) == 3


HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset={}\\n"\n"Language: ja\\n"\n\n'


def test_po_is_decoded_as_its_header_specifies(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    for charset in ("EUC-JP", "Shift_JIS", "UTF-8", "ISO-2022-JP"):
        text = HEADER.format(charset) + 'msgid "table"\nmsgstr "表示能力"\n'
        path.write_bytes(text.encode(charset))
        assert [unit.ja for unit in read_units(path)] == ["表示能力"], charset
    path.write_bytes(HEADER.format("UTF-8").encode() + b'msgid "a"\nmsgstr "\x95\x5c"\n')
    with pytest.raises(UnreadableFile, match=r"a\.po"):
        list(read_units(path))


@pytest.mark.parametrize(
    "text",
    [
        'msgid "base" # a comment\nmsgstr "基地" # another "one"\n',
        'msgid "base"\r\r\nmsgstr ""\r\r\n"基地"\r\r\n',
        '# a comment\rwith a bare CR\nmsgid "base"\nmsgstr "基地"\n',
        'msgid "ba" "se"\nmsgstr "基"  "地"\n',
        'msgid "base"\nmsgstr ""\n# a comment between\n\n"基地"\n',
    ],
)
def test_po_of_other_tools_is_read(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.po"
    path.write_bytes((HEADER.format("UTF-8") + text).encode())
    assert [(unit.en, unit.ja) for unit in read_units(path)] == [("base", "基地")]


def test_fuzzy_messages_belong_to_the_message_below_the_flag(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    text = 'msgid "a"\nmsgstr "甲"\n#, fuzzy\nmsgid "b"\nmsgstr "乙"\n\nmsgid "c"\nmsgstr "丙"\n'
    path.write_text(HEADER.format("UTF-8") + text, encoding="utf-8")
    assert [unit.en for unit in read_units(path)] == ["a", "c"]
    units = list(read_units(path, min_state="initial"))
    assert [(unit.en, unit.state) for unit in units] == [
        ("a", "translated"), ("b", "initial"), ("c", "translated"),
    ]  # fmt: skip


def test_the_text_of_markup_of_other_vocabularies_in_tmx_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.tmx"
    seg = 'A <g id="1">big <mrk mtype="x">old</mrk></g><x id="2"/> <ph>code</ph><pc>base</pc>.'
    path.write_text(
        f'<tmx version="1.4"><header/><body><tu><tuv xml:lang="en"><seg>{seg}</seg></tuv>'
        '<tuv xml:lang="ja"><seg><bpt i="1">x</bpt>基地<ept i="1"/>。</seg></tuv></tu></body></tmx>',
        encoding="utf-8",
    )
    assert [(unit.en, unit.ja) for unit in read_units(path)] == [("A big old base.", "基地。")]
    assert read_glossary(path).concepts[0].en[0].text == "A big old base."


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".xlf", XLIFF_1.format(lang="ja", units=unit_1("One.", "<g id='1'>x</g>" * 20_000))),
        (".ts", f"<TS language='ja'><context><message>{'<source/>' * 60_000}</message></context></TS>"),
    ],
)
def test_a_unit_has_a_limited_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, text: str
) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_text(text, encoding="utf-8")
    list(read_units(path))
    for module in ("xliff", "qt_ts"):
        monkeypatch.setattr(f"alliance_ref.exchange.bitexts.{module}.MAX_UNIT", 1 << 17)
    with pytest.raises(UnreadableFile, match="no unit ends within"):
        list(read_units(path))


def test_many_units_may_be_larger_than_the_limit_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alliance_ref.exchange.bitexts.xliff.MAX_UNIT", 1 << 16)
    units = "".join(unit_1(f"Number {number}.", f"{number}番。") for number in range(5_000))
    assert len(read(XLIFF_1.format(lang="ja", units=units))[0]) == 5_000
