"""TEI files of alignments round-trip and are read from other programs."""

from contextlib import suppress
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliance_ref.errors import UnreadableFile
from alliance_ref.exchange.annotations import tei
from alliance_ref.records import AlignedUnit, Gap, Segment
from alliance_ref.records.values import Lang
from glossary_strategies import share, text
from xml_rules import TEI, TEI_NAMESPACE, XML_ID, problems
from xml_text import as_xml


def sides(lang: Lang) -> st.SearchStrategy[tuple[Segment, ...] | Gap]:
    segments = st.builds(Segment, text, st.just(lang), st.integers(0, 99), st.integers(0, 99))
    reasons = st.sampled_from(("lost", "not-translated", "not-held", "omitted", "unaligned"))
    return st.one_of(
        st.lists(segments, min_size=1, max_size=3).map(tuple), st.builds(Gap, reasons, st.just("") | text)
    )


units = st.builds(
    AlignedUnit, sides("en"), sides("ja"), st.sampled_from(("written", "aligned", "confirmed")), share
)


@settings(deadline=None)
@given(st.lists(units, max_size=4), text)
def test_alignments_round_trip_and_conform_to_tei(given: list[AlignedUnit], title: str) -> None:
    written = tei.dumps(given, title=title)
    assert tei.loads(written) == as_xml(tuple(given))
    root = ET.fromstring(written)
    for element in root.iter():
        element.tag = element.tag.removeprefix(TEI_NAMESPACE)
    assert list(problems(root, TEI)) == []
    ids = [element.get(XML_ID) for element in root.iter() if element.get(XML_ID)]
    assert len(ids) == len(set(ids))


OTHERS = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/>
<text><body>
 <div xml:lang="en-GB"><p><s xml:id="e1">The fleet
    <hi>left</hi>.</s> <s xml:id="e2">It came back.</s> <s xml:id="e3">Nobody saw it.</s></p></div>
 <div xml:lang="ja"><p><s xml:id="j1">艦隊は出て、戻った。</s><gap xml:id="j2" reason="damage"/></p></div>
 <linkGrp type="translation" targFunc="s s"><link target="#e1 #e2 other.xml#j1" cert="high"/></linkGrp>
</body></text></TEI>"""


OWN = tei.dumps([AlignedUnit((Segment("Yes.", "en", 0, 4),), Gap("lost", "burnt"), confidence=0.5)])


def test_an_alignment_from_another_program_is_read() -> None:
    first, second = tei.loads(OTHERS)
    assert isinstance(first.en, tuple)
    assert first.kind == "2-1"
    assert (first.text("en"), first.text("ja")) == ("The fleet left. It came back.", "艦隊は出て、戻った。")
    assert (first.status, first.confidence) == ("aligned", None)
    joined = "The fleet left.\nIt came back."
    assert [joined[s.start : s.end] for s in first.en] == [s.text for s in first.en]
    assert (second.text("en"), second.ja) == ("Nobody saw it.", Gap("unaligned"))


def test_an_unknown_gap_reason_becomes_its_note() -> None:
    linked = OTHERS.replace("</linkGrp>", '<link target="#e3 #j2"/></linkGrp>')
    assert tei.loads(linked)[1].ja == Gap("unaligned", "damage")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<html/>", "the first element is <html>, not <TEI>"),
        (OTHERS.replace("link target", "note target"), "does not align its texts"),
        (OTHERS.replace("#e2 ", "#e9 "), "a link names '#e9'"),
        (OTHERS[:300], "cut off"),
    ],
)
def test_invalid_files_are_rejected_with_the_reason(text: str, message: str) -> None:
    with pytest.raises(UnreadableFile, match=message):
        tei.loads(text)


@settings(deadline=None, max_examples=200)
@given(data=st.data())
def test_a_damaged_file_is_read_or_raises_unreadable_file(data: st.DataObject) -> None:
    written = data.draw(st.sampled_from((OTHERS, OWN)))
    place = data.draw(st.integers(0, len(written)))
    noise = data.draw(st.text(st.sampled_from("<>/&;'\"=: abx-_1"), max_size=6))
    with suppress(UnreadableFile):
        tei.loads(written[:place] + noise + written[place + data.draw(st.integers(0, 30)) :])
