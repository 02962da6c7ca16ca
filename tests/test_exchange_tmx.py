"""TMX: memories of any size, glossaries, and typed errors for hostile or damaged files."""

import io
import os
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, cast
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliance_ref.errors import UnreadableFile
from alliance_ref.exchange.bitexts import tmx
from alliance_ref.exchange.glossaries import tmx as tmx_glossary
from alliance_ref.records import (
    AlignedUnit,
    Gap,
    GlossaryConcept,
    PartialDate,
    Segment,
    TranslationUnit,
)
from glossary_strategies import days, glossaries, text
from xml_rules import TMX, problems
from xml_text import as_xml


def read(given: str | bytes, where: str = "memory.tmx") -> tuple[tmx.UnitReader, list[TranslationUnit]]:
    data = given.encode() if isinstance(given, str) else given
    reader = tmx.read_units(io.BytesIO(data), where=where)
    return reader, list(reader)


def memory(body: str, header: str = "<header/>", root: str = '<tmx version="1.4">') -> str:
    return f"{root}{header}<body>{body}</body></tmx>"


filled = text.filter(lambda value: bool(as_xml(value).strip()))


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.builds(TranslationUnit, filled, filled, st.just("x"), st.just(0), st.none() | days), max_size=4
    )
)
def test_memories_round_trip(units: list[TranslationUnit]) -> None:
    written = tmx.dumps_units(units)
    _, found = read(written)
    assert [(unit.en, unit.ja) for unit in found] == [(as_xml(unit.en), as_xml(unit.ja)) for unit in units]
    whole_days = [unit.date if unit.date and unit.date.day else None for unit in units]
    assert [unit.date for unit in found] == whole_days
    assert [unit.number for unit in found] == list(range(len(units)))
    assert list(problems(ET.fromstring(written), TMX)) == []


@settings(deadline=None, max_examples=40)
@given(glossaries())
def test_glossaries_round_trip(concepts: tuple[GlossaryConcept, ...]) -> None:
    written = tmx_glossary.dumps(concepts)
    assert tmx_glossary.loads(written) == as_xml(concepts)
    assert list(problems(ET.fromstring(written), TMX)) == []


def test_written_files_are_valid_against_the_published_dtd() -> None:
    etree = pytest.importorskip("lxml.etree", reason="lxml, which reads a DTD, is not installed")
    jar = Path(os.environ.get("OMEGAT_JAR", "/usr/share/omegat/OmegaT.jar"))
    if not jar.exists():
        pytest.skip(
            "OmegaT, whose package has tmx14.dtd, is not installed; the rules above are the same as data"
        )
    with zipfile.ZipFile(jar) as archive, archive.open("schemas/tmx14.dtd") as file:
        dtd = etree.DTD(file)
    memory_text = tmx.dumps_units([TranslationUnit("a", "b", "c", 0, PartialDate(2005, 1, 2))])
    for written in (memory_text, tmx_glossary.dumps(tmx_glossary.loads(SERVER))):
        assert dtd.validate(etree.fromstring(written.encode())), dtd.error_log


def test_the_rules_detect_invalid_tmx() -> None:
    written = tmx.dumps_units([TranslationUnit("a", "b", "c", 0, PartialDate(2005, 1, 2))])
    for right, wrong in (
        ("20050102T000000Z", "2005-01-02"),
        ("<tu ", "<tu n='1' "),
        ('xml:lang="en"', ""),
        ("<seg>a</seg>", ""),
        ('segtype="sentence"', 'segtype="line"'),
    ):
        assert list(problems(ET.fromstring(written.replace(right, wrong)), TMX)), wrong


def test_aligned_units_are_written_without_gaps() -> None:
    sides = (Segment("Yes.", "en", 0, 4),), (Segment("はい。", "ja", 0, 3),)
    units = (AlignedUnit(*sides, confidence=0.5), AlignedUnit(sides[0], Gap("lost")))
    written = tmx.dumps_units(units)
    assert '<prop type="x-confidence">0.5000</prop>' in written
    assert [unit.ja for unit in read(written)[1]] == ["はい。"]


def test_native_codes_are_not_part_of_a_segment() -> None:
    reader, [unit] = read(
        memory(
            '<tu><tuv xml:lang="EN-us"><seg>The <bpt i="1">&lt;b&gt;</bpt><hi type="x">old '
            "<hi>treaty</hi></hi>"
            '<ept i="1">&lt;/b&gt;</ept> is<ph type="lb">\\n</ph>in<it pos="begin">&lt;i&gt;</it> force'
            "<ph>note <sub>see <ph>x<sub>page</sub></ph></sub></ph>.<ut>{\\cf6}</ut></seg></tuv>"
            '<tuv lang="JA_JP"><seg>条約</seg></tuv></tu>'
        )
    )
    assert unit.en == "The old treaty is\nin force."
    assert reader.sub_flows == 2


def test_units_that_are_not_pairs_are_counted() -> None:
    reader, units = read(
        memory(
            "<tu><tuv xml:lang='en'><seg>a</seg></tuv></tu>"
            "<tu><tuv xml:lang='ja'><seg>b</seg></tuv><tuv xml:lang='en'><seg> </seg></tuv></tu>"
            "<tu><tuv xml:lang='de'><seg>c</seg></tuv></tu>"
            "<tu><tuv xml:lang='de'><seg>c</seg></tuv><tuv xml:lang='en'><seg>d</seg></tuv>"
            "<tuv xml:lang='ja'><seg>e</seg></tuv></tu>"
        )
    )
    assert [(unit.en, unit.ja) for unit in units] == [("d", "e")]
    assert (reader.units, reader.pairs, reader.without_en, reader.without_ja) == (4, 1, 2, 2)
    assert str(reader) == (
        "memory.tmx: 4 units, 1 pairs; left out:"
        " 2 without English, 2 without Japanese, 2 texts in other languages"
    )


def test_several_texts_of_a_language_become_several_pairs() -> None:
    tuv = "<tuv xml:lang='{}'><seg>{}</seg></tuv>"
    sides = (("en-US", "color"), ("ja", "色"), ("en-GB", "colour"), ("ja-JP", "色彩"), ("en", "hue"))
    _, units = read(memory(f"<tu>{''.join(tuv.format(*side) for side in sides)}</tu>"))
    assert [(unit.en, unit.ja) for unit in units] == [("color", "色"), ("colour", "色彩"), ("hue", "色")]


OMEGAT = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx11.dtd">
<tmx version="1.1">
  <header creationtool="OmegaT" o-tmf="OmegaT TMX" adminlang="EN-US" datatype="plaintext"
    creationtoolversion="5.7" segtype="sentence" srclang="EN-US"/>
  <body>
<!-- Default translations -->
    <tu>
      <note>checked</note>
      <tuv lang="EN-US"><seg>The fleet left.</seg></tuv>
      <tuv lang="JA" changeid="mk" changedate="20230714T051603Z" creationdate="20230101T000000Z">
        <seg>艦隊は出港した。</seg></tuv>
    </tu>
    <tu>
      <prop type="file">part/two.txt</prop>
      <prop type="id">7</prop>
      <tuv lang="EN-US"><seg>It came back.</seg></tuv>
      <tuv lang="JA"><seg>戻った。</seg></tuv>
    </tu>
  </body>
</tmx>"""


def test_a_memory_from_omegat_is_read() -> None:
    _, [first, second] = read(OMEGAT)
    assert (first.document, first.number, first.date) == ("memory.tmx", 0, PartialDate(2023, 7, 14))
    assert (second.document, second.ja, second.date) == ("part/two.txt", "戻った。", None)


SERVER = """<?xml version="1.0" encoding="utf-16"?>
<tmx version="1.4" xmlns="http://www.lisa.org/tmx14">
<header creationtool="A Server" creationtoolversion="9" segtype="sentence" adminlang="en" srclang="ja"
 o-tmf="own" datatype="xml"><prop type="x-Document">default.docx</prop><note>n</note></header>
<body>
<tu tuid="1" creationdate="20200230T101010Z" usagecount="3">
 <prop type="x-Client">A</prop><prop type="x-Document"> report.docx </prop>
 <tuv xml:lang="ja-JP"><prop type="x-context-pre">前</prop><seg>第一条</seg></tuv>
 <tuv xml:lang="en-US"><seg>Article I</seg></tuv></tu>
<tu tuid="2"><tuv xml:lang="ja-JP"><seg>第二条</seg></tuv>
 <tuv xml:lang="en-US"><seg>Article II</seg></tuv></tu>
</body></tmx>"""


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32"])
def test_a_memory_with_a_namespace_is_read_in_every_unicode_encoding(encoding: str) -> None:
    _, [first, second] = read(SERVER.encode(encoding))
    assert (first.en, first.ja, first.document, first.date) == ("Article I", "第一条", "report.docx", None)
    assert second.document == "default.docx"


@pytest.mark.parametrize("encoding", ["Shift_JIS", "EUC-JP", "ISO-2022-JP", "cp932"])
def test_japanese_encodings_are_read(encoding: str) -> None:
    data = f"<?xml version='1.0' encoding='{encoding}'?>{memory(PAIR)}".encode(encoding)
    assert read(data)[1][0].ja == "同盟"


PAIR = "<tu><tuv xml:lang='en'><seg>alliance</seg></tuv><tuv xml:lang='ja'><seg>同盟</seg></tuv></tu>"


def test_a_memory_from_another_program_is_read_as_a_glossary() -> None:
    first, second = tmx_glossary.loads(SERVER)
    assert (first.id, first.en[0].text, first.ja[0].text) == ("1", "Article I", "第一条")
    assert first.note == "x-client: A\nx-document:  report.docx "
    assert first.ja[0].note == "x-context-pre: 前"
    assert second.id == "2"
    assert [c.id for c in tmx_glossary.loads(OMEGAT)] == ["1", "2"]
    with pytest.raises(UnreadableFile, match="none of its 1 entries"):
        tmx_glossary.loads(memory("<tu><tuv xml:lang='de'><seg>c</seg></tuv></tu>"))


LAUGHS = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (f'<!DOCTYPE tmx [<!ENTITY l0 "ha">{LAUGHS}]>{memory("&l9;")}', "line 1, column.*declares entities"),
        (f'<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/passwd">]>{memory("&x;")}', "declares entities"),
        (f'<!DOCTYPE tmx [<!ENTITY % x SYSTEM "http://127.0.0.1/x"> %x;]>{memory("")}', "declares entities"),
        (f'<!DOCTYPE tmx [<!ATTLIST tu n CDATA "{"x" * 9}">]>{memory("")}', "attributes with defaults"),
        (f'<!DOCTYPE tmx SYSTEM "tmx14.dtd">{memory("<tu>&nbsp;</tu>")}', "write the character itself"),
        (
            memory(PAIR.replace("alliance", "<hi>" * 1000 + "</hi>" * 1000)),
            "more than 200 deep",
        ),
        ("<a>" * 1_000_000, "the first element is <a>, not <tmx>"),
        ("<tmx>" * 1_000_000, "no unit ends within 4 MB"),
        ("<tmx><body>" + "<hi>" * 2_000_000, "no unit ends within 4 MB"),
        (memory(PAIR.replace("alliance", "<hi>" * 200_000 + "</hi>" * 200_000)), "more than 200 deep"),
        (f"<tmx n='{'x' * 4_000_000}'/>", "no element within the first 1 MB"),
        (f"<tmx><body><tu n='{'x' * 9_000_000}'/></body></tmx>", "no tag begins or ends within 4 MB"),
        (
            f"<tmx><body><tu><tuv><seg>{'x' * 9_000_000}</seg></tuv></tu></body></tmx>",
            "no tag begins or ends within",
        ),
        (f"<tmx><body><tu>{'<tuv/>' * 900_000}</tu></body></tmx>", "no unit ends within 4 MB"),
        (f"<!--{'x' * 4_000_000}--><tmx/>", "no element within the first 1 MB"),
        ("", "the file is empty"),
        ("PK\x03\x04", "not an XML file"),
        ("\0\0\0\0", "not an XML file"),
        (memory(PAIR)[:-20], "cut off"),
        (memory(PAIR)[:-3], "cut off"),
        (memory(PAIR.replace("alliance", "a\x01b")), "line 1, column.*a character that is not allowed here"),
        (memory(PAIR.replace("alliance", "a\x00b")), "a character that is not allowed here"),
        (memory(PAIR.replace("</seg></tuv>", "</tuv></seg>")), "closing tag does not match the open tag"),
        ("<?xml version='1.0' encoding='klingon'?><tmx/>", "the encoding 'klingon', which is not supported"),
        ("<?xml version='1.0' encoding='base64'?><tmx/>", "the encoding 'base64', which is not supported"),
        ("<xliff/>", "the first element is <xliff>, not <tmx>"),
    ],
    ids=lambda value: None if len(value) > 60 else value,
)
def test_hostile_and_damaged_files_are_rejected_with_the_reason(given: str, message: str) -> None:
    with pytest.raises(UnreadableFile, match=message) as caught:
        read(given)
    assert str(caught.value).startswith("memory.tmx")


@pytest.mark.parametrize("encoding", ["utf-8", "euc-jp", "utf-16"])
def test_bytes_outside_the_declared_encoding_are_rejected(encoding: str) -> None:
    data = f"<?xml version='1.0' encoding='{encoding}'?>{memory(PAIR)}".encode(encoding)
    with pytest.raises(UnreadableFile):
        read(data.replace("同".encode(encoding)[-2:], b"\xff"))


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=60), st.integers(0, 400), st.integers(0, 20))
def test_a_damaged_memory_is_read_or_raises_unreadable_file(noise: bytes, place: int, cut: int) -> None:
    data = OMEGAT.encode()
    with suppress(UnreadableFile):
        read(data[:place] + noise + data[place + cut :])


@settings(deadline=None, max_examples=200)
@given(data=st.data())
def test_a_damaged_glossary_is_read_or_raises_unreadable_file(data: st.DataObject) -> None:
    written = data.draw(st.sampled_from((OMEGAT, SERVER, tmx_glossary.dumps(tmx_glossary.loads(SERVER)))))
    place = data.draw(st.integers(0, len(written)))
    noise = data.draw(st.text(st.sampled_from("<>/&;'\"=: abx-_1"), max_size=6))
    with suppress(UnreadableFile):
        tmx_glossary.loads(written[:place] + noise + written[place + data.draw(st.integers(0, 30)) :])


class Endless(io.RawIOBase):
    """A file that is generated while it is read."""

    def __init__(self, units: Iterator[TranslationUnit]) -> None:
        self._pieces, self._left = tmx.pieces(units), b""

    def readinto(self, buffer: object) -> int:
        view = cast("memoryview", buffer)
        if not self._left:
            self._left = next(self._pieces, "").encode()
        size = min(len(view), len(self._left))
        view[:size], self._left = self._left[:size], self._left[size:]
        return size


def peak(count: int) -> int:
    units = (TranslationUnit(f"a sentence {n}", f"文{n}", "d", n) for n in range(count))
    tracemalloc.start()
    assert sum(1 for _ in tmx.read_units(cast("BinaryIO", Endless(units)))) == count
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def test_memory_use_does_not_grow_with_the_file() -> None:
    peak(100)
    assert peak(4_000) < peak(1_000) + 200_000
