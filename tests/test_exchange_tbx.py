"""TBX files round-trip, conform to TBX-Basic, and are read from other programs."""

from contextlib import suppress
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliance_ref.errors import UnreadableFile
from alliance_ref.exchange import limits
from alliance_ref.exchange.capabilities import losses
from alliance_ref.exchange.glossaries import tbx
from alliance_ref.exchange.glossaries.tbx import Style
from alliance_ref.records import GlossaryConcept, LanguageSection, Period, Term
from glossary_strategies import glossaries
from xml_rules import TBX_DCA, TBX_DCT, TBX_NAMESPACE, problems
from xml_text import as_xml

STYLES: tuple[Style, Style] = ("dca", "dct")


@pytest.mark.parametrize("style", STYLES)
@settings(deadline=None, max_examples=40)
@given(concepts=glossaries())
def test_glossaries_round_trip(style: Style, concepts: tuple[GlossaryConcept, ...]) -> None:
    assert tbx.loads(tbx.dumps(concepts, style=style)) == as_xml(concepts)


@pytest.mark.parametrize(("style", "rules"), [("dca", TBX_DCA), ("dct", TBX_DCT)])
@settings(deadline=None, max_examples=40)
@given(concepts=glossaries().filter(lambda found: found != ()))
def test_written_files_conform_to_tbx_basic(
    style: Style, rules: object, concepts: tuple[GlossaryConcept, ...]
) -> None:
    root = ET.fromstring(tbx.dumps(concepts, style=style))
    for element in root.iter():
        element.tag = element.tag.removeprefix(TBX_NAMESPACE)
    assert list(problems(root, TBX_DCA if rules is TBX_DCA else TBX_DCT)) == []
    ids = [entry.get("id") for entry in root.iter("conceptEntry")]
    assert len(ids) == len(set(ids))


def test_the_rules_detect_files_that_are_not_tbx_basic() -> None:
    text = tbx.dumps([term_of("alliance")])
    for right, wrong in (
        ("preferredTerm-admn-sts", "preferred"),
        ('type="administrativeStatus"', 'type="reading"'),
        ("<term>", "<note>x</note><term>"),
        (' xml:lang="en">\n', ">\n"),
        ("</term>", "</term><descrip type='context'>x</descrip>"),
    ):
        root = ET.fromstring(text.replace(' xmlns="urn:iso:std:iso:30042:ed-2"', "").replace(right, wrong))
        assert list(problems(root, TBX_DCA)), wrong


def term_of(text: str, **fields: object) -> GlossaryConcept:
    return GlossaryConcept("one", LanguageSection("en", (Term(text, "en", **fields),)))  # type: ignore[arg-type]


def test_concepts_with_the_same_id_get_different_xml_ids() -> None:
    concepts = (term_of("a"), term_of("b"))
    root = ET.fromstring(tbx.dumps(concepts))
    assert len({entry.get("id") for entry in root.iter(f"{TBX_NAMESPACE}conceptEntry")}) == 2
    assert tbx.loads(tbx.dumps(concepts)) == concepts


def test_only_characters_that_xml_does_not_allow_are_lost() -> None:
    report = losses([term_of("a\x00b", note="\ud800")], tbx.SUPPORTED_FIELDS)
    assert [(loss.field, loss.count) for loss in report] == [("character that XML cannot hold", 2)]
    assert losses([term_of("a\tb\n")], tbx.SUPPORTED_FIELDS) == ()


VERSION_2 = """<?xml version='1.0' encoding='UTF-8'?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX-Default" xml:lang="en-US">
  <martifHeader><fileDesc><sourceDesc><p>A vendor's terminology</p></sourceDesc></fileDesc></martifHeader>
  <text><body>
    <termEntry id="4711_1">
      <descrip type="subjectField">defence</descrip>
      <langSet xml:lang="en-US">
        <descripGrp>
          <descrip type="definition">A place where ships
            are kept.</descrip>
          <admin type="source">handbook</admin>
        </descripGrp>
        <ntig>
          <termGrp>
            <term id="t1">naval <hi>base</hi><ph type="x">&lt;b&gt;</ph></term>
            <termNote type="partOfSpeech">Noun</termNote>
            <termNote type="geographicalUsage">US</termNote>
          </termGrp>
          <descrip type="reliabilityCode">9</descrip>
          <transacGrp><transac type="transactionType">origination</transac></transacGrp>
        </ntig>
        <ntig><termGrp><term>NB</term><termNote type="termType">acronym</termNote></termGrp></ntig>
      </langSet>
      <langSet xml:lang="JA-JP">
        <tig>
          <term>海軍基地</term>
          <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote>
          <termNote type="pronunciation">かいぐんきち</termNote>
        </tig>
        <tig>
          <term>軍港</term>
          <termNote type="administrativeStatus">supersededTerm-admn-sts</termNote>
          <note>only of the old navy</note>
          <xref type="externalCrossReference" target="http://example.org/x">see</xref>
        </tig>
      </langSet>
      <langSet xml:lang="de"><tig><term>Marinestützpunkt</term></tig></langSet>
    </termEntry>
    <termEntry id="c2"><langSet xml:lang="de"><tig><term>Bündnis</term></tig></langSet></termEntry>
  </body></text>
</martif>
"""


def test_version_2_is_read() -> None:
    [concept] = tbx.loads(VERSION_2.encode())
    assert (concept.id, concept.subject) == ("4711_1", "defence")
    assert concept.en.definition == "A place where ships are kept."
    assert concept.note == "en definition source: handbook\nde: Marinestützpunkt"
    base, short = concept.en
    assert (base.text, base.part_of_speech, base.reliability) == ("naval base", "noun", 0.9)
    assert (base.status, base.note) == ("preferred", "geographicalUsage: US")
    assert (short.text, short.status, short.note) == ("NB", "abbreviation", "termType: acronym")
    navy, port = concept.ja
    assert (navy.status, navy.reading, navy.note) == ("preferred", "かいぐんきち", "")
    assert port.status == "deprecated"
    assert port.note.splitlines() == [
        "administrativeStatus: supersededTerm-admn-sts",
        "only of the old navy",
        "externalCrossReference: see",
    ]


VERSION_3_DCT = """<tbx type="TBX-Linguist" style="dct" xml:lang="ja" xmlns="urn:iso:std:iso:30042:ed-2"
  xmlns:m="http://www.tbxinfo.net/ns/min" xmlns:b="http://www.tbxinfo.net/ns/basic"
  xmlns:l="http://www.tbxinfo.net/ns/linguist">
 <tbxHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></tbxHeader>
 <text><body>
  <conceptEntry>
   <b:definition>二国間の取り決め</b:definition>
   <langSec xml:lang="ja"><termSec>
     <term> 同盟 </term>
     <l:transliteratedForm>dōmei</l:transliteratedForm>
     <l:pronunciation>dōmei</l:pronunciation>
     <l:register>neutralRegister</l:register>
     <m:administrativeStatus>deprecatedTerm-admn-sts</m:administrativeStatus>
     <descripGrp><b:context>同盟は
       続く。</b:context><b:source>新聞</b:source></descripGrp>
   </termSec><termSec><term/></termSec></langSec>
   <langSec xml:lang="en-GB"><termSec><term>alliance</term></termSec></langSec>
   <langSec xml:lang="en-US"><termSec><term>pact</term></termSec></langSec>
  </conceptEntry>
 </body></text></tbx>
"""


def test_style_dct_is_read_from_dialects_with_further_categories() -> None:
    [concept] = tbx.loads(VERSION_3_DCT)
    assert concept.id == "1"
    assert (concept.en.definition, concept.ja.definition) == ("", "")
    assert concept.note == "definition: 二国間の取り決め"
    [term] = concept.ja
    assert (term.text, term.transliteration, term.reading) == ("同盟", "dōmei", None)
    assert (term.status, term.context, term.source) == ("deprecated", "同盟は 続く。", "新聞")
    assert term.note == "reading: dōmei\nregister: neutralRegister"
    assert [(t.text, t.status) for t in concept.en] == [("alliance", "preferred"), ("pact", "admitted")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file is empty"),
        ("hello", "does not begin with '<'"),
        ("<html/>", "the first element is <html>, not <tbx>"),
        (VERSION_2[:600], "cut off"),
        ("<tbx>" * 1000 + "</tbx>" * 1000, "more than 200 deep"),
        ('<!DOCTYPE tbx [<!ENTITY a "b">]><tbx>&a;</tbx>', "line 1, column.*declares entities"),
        (
            VERSION_2.replace("en-US", "fr").replace("JA-JP", "it"),
            "none of its 2 entries has an English or Japanese text",
        ),
    ],
)
def test_invalid_files_are_rejected_with_the_reason(text: str, message: str) -> None:
    with pytest.raises(UnreadableFile, match=message):
        tbx.loads(text)


def test_a_file_that_is_too_large_is_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_WHOLE", 1000)
    with pytest.raises(UnreadableFile, match="split the file, or use TMX"):
        tbx.loads(VERSION_2)


def test_labelled_notes_with_invalid_values_stay_notes() -> None:
    note = "valid: always</note><note>reading: not kana</note><note>reliability: 7</note><note>rendering:"
    text = tbx.dumps([term_of("a", note="N")]).replace("N</note>", f"{note}</note>")
    [concept] = tbx.loads(text)
    term = concept.en[0]
    assert (term.valid, term.reading, term.reliability) == (Period(), None, None)
    assert term.note == "valid: always\nreading: not kana\nreliability: 7\nrendering:"


@settings(deadline=None, max_examples=200)
@given(data=st.data())
def test_a_damaged_file_is_read_or_raises_unreadable_file(data: st.DataObject) -> None:
    written = data.draw(
        st.sampled_from(
            (
                VERSION_2,
                VERSION_3_DCT,
                tbx.dumps([term_of("alliance", note="x", source="y", status="admitted")]),
            )
        )
    )
    place = data.draw(st.integers(0, len(written)))
    noise = data.draw(st.text(st.sampled_from("<>/&;'\"=: abx-_1"), max_size=6))
    with suppress(UnreadableFile):
        tbx.loads(written[:place] + noise + written[place + data.draw(st.integers(0, 30)) :])
