"""Concordances: every place of a word, in its context and beside its translation."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_ref.occurrences.concordance import Concordance, concordance
from alliance_ref.records import (
    AlignedUnit,
    Bilingual,
    Concept,
    Document,
    Gap,
    Name,
    PartialDate,
    Passage,
    Segment,
    Source,
)
from alliance_ref.reference import Reference
from alliance_ref.text.cell_width import first_cells, last_cells, width
from article import copy_of
from article import document as article

SOURCES = (Source("tests", Bilingual("Written for the tests", "テスト用に執筆")),)
DETERRENCE = Concept(
    "deterrence",
    (Name("deterrence", "en"), Name("抑止", "ja"), Name("抑止力", "ja")),
    sources=SOURCES,
    subject_field="tests",
    definition=Bilingual("keeping others from acting", "行動を思いとどまらせること"),
)


def unit(en: str | None, ja: str | None) -> AlignedUnit:
    return AlignedUnit(
        (Segment(en, "en", 0, len(en)),) if en else Gap("lost"),
        (Segment(ja, "ja", 0, len(ja)),) if ja else Gap("not-translated"),
    )


def document(*units: AlignedUnit, document_id: str = "notes") -> Document:
    return Document(
        document_id,
        (Name("Notes", "en"),),
        sources=SOURCES,
        type="report",
        issued=PartialDate(2006),
        passages=(Passage(f"{document_id}#1", 1, units),),
    )


NOTES = document(
    unit("Deterrence works.", "抑止は働く。"),
    unit("We need deterrence again & again.", "再び抑止力が要る。"),
    unit("No one speaks of deterrence alone.", None),
    unit(None, "抑止を語る。"),
)


def test_a_line_has_the_hit_in_context_and_the_other_side() -> None:
    lines = concordance([NOTES], DETERRENCE, lang="en", sort="position")
    assert [line.hit for line in lines] == ["Deterrence", "deterrence", "deterrence"]
    first, second, third = lines
    assert (first.document, first.passage, first.unit, first.start, first.end) == (
        "notes",
        "notes#1",
        0,
        0,
        10,
    )
    assert (first.left, first.right) == ("", " works. We need deterrence again & again")
    assert second.left == "Deterrence works. We need "
    assert second.entry is DETERRENCE
    assert isinstance(second.other, str)
    assert [second.other[start:end] for start, end in second.equivalents] == ["抑止力"]
    assert third.other == Gap("not-translated")
    assert third.equivalents == ()
    assert str(second) == f"{second.left}deterrence{second.right}"
    assert repr(second) == "<ConcordanceLine notes#1 en 'deterrence'>"


def test_sorts_by_the_words_next_to_the_hit() -> None:
    right = concordance([NOTES], "deterrence", lang="en", sort="right")
    assert [line.unit for line in right] == [1, 2, 0]
    left = concordance([NOTES], "deterrence", lang="en", sort="left")
    assert [line.unit for line in left] == [0, 1, 2]


def test_sorts_japanese_by_reading() -> None:
    texts = ("抑止の海", "抑止の秋", "抑止のオリーブ", "抑止の犬")
    notes = document(*(unit("x", text) for text in texts))
    lines = concordance([notes], "抑止", width=6)
    assert [line.right for line in lines] == ["の秋抑", "の犬", "の海抑", "のオリ"]
    assert concordance([notes], "抑止", width=6, sort="position")[0].right == "の海抑"
    lefts = document(*(unit("x", text) for text in ("海の抑止", "秋の抑止", "犬の抑止")))
    found = concordance([lefts], "抑止", width=4, sort="left")
    assert [line.left for line in found] == ["秋の", "犬の", "海の"]


def test_a_phrase_is_found_inside_longer_japanese_words_an_entry_by_its_names() -> None:
    assert [line.hit for line in concordance([NOTES], "抑止", sort="position")] == ["抑止", "抑止", "抑止"]
    named = concordance([NOTES], DETERRENCE, lang="ja", sort="position")
    assert [line.hit for line in named] == ["抑止", "抑止力", "抑止"]
    assert named[2].other == Gap("lost")


def test_equivalents_of_the_entry_that_a_phrase_names_are_marked() -> None:
    plain = concordance([NOTES], "抑止力")
    assert plain[0].entry is None
    assert plain[0].equivalents == ()
    (line,) = concordance([NOTES], "抑止力", entries=[DETERRENCE])
    assert line.entry is DETERRENCE
    assert line.equivalents == ((8, 18),)


def test_prints_aligned_columns() -> None:
    shown = str(concordance([NOTES], "抑止", width=8, sort="position", entries=[DETERRENCE]))
    assert shown.splitlines() == [
        "notes#1          [抑止]は働く。",
        "         〔Deterrence〕 works.",
        "notes#1  く。再び[抑止]力が要る",
        "         We need 〔deterrence〕 again & again.",
        "notes#1  が要る。[抑止]を語る。",
        "         [lost]",
    ]
    columns = [width(line.partition("[")[0]) for line in shown.splitlines()[::2]]
    assert len(set(columns)) == 1
    assert str(Concordance()) == ""


def test_shows_html_with_everything_escaped() -> None:
    html = concordance([NOTES], DETERRENCE, lang="en")._repr_html_()
    assert "again &amp; again" in html
    assert "<mark>抑止力</mark>" in html
    assert '<td class="gap">— not translated</td>' in html
    assert html.count("<tr>") == 4


def test_editions_and_added_documents_are_searched() -> None:
    from alliance_ref.editions.read_copy import read_copy

    edition = read_copy(
        copy_of() + "\nThe sea wall of Minami was never built, and nobody misses it.", [article()]
    )
    lines = concordance([edition, NOTES], "sea wall", sort="position")
    assert {line.document for line in lines} == {"sea-wall-2011"}
    assert {line.passage for line in lines} == {"sea-wall-2011#1", None}
    assert "sea-wall-2011" in str(lines)


@pytest.mark.parametrize(
    ("query", "options", "error"),
    [
        ("", {}, ValueError),
        (" ・", {}, ValueError),
        (1, {}, TypeError),
        ("x", {"lang": "jp"}, ValueError),
        ("x", {"width": -1}, ValueError),
        ("x", {"sort": "up"}, ValueError),
    ],
)
def test_invalid_arguments_raise_errors(
    query: str, options: dict[str, object], error: type[Exception]
) -> None:
    with pytest.raises(error):
        concordance([NOTES], query, **options)  # type: ignore[arg-type]


@given(st.text("抑止力の、。a e\u0301日", max_size=30), st.integers(0, 20))
def test_lines_slice_their_unit_and_keep_to_the_width(text: str, cells: int) -> None:
    text = f"抑止{text}抑止"
    for line in concordance([document(unit("x", text))], "抑止", width=cells):
        assert text[line.start : line.end] == line.hit
        assert text[: line.start].endswith(line.left)
        assert text[line.end :].startswith(line.right)
        assert max(width(line.left), width(line.right)) <= cells


@given(st.text(), st.integers(0, 50))
def test_cut_text_fits_and_is_as_long_as_it_may_be(text: str, cells: int) -> None:
    first, last = first_cells(text, cells), last_cells(text, cells)
    assert text.startswith(first)
    assert text.endswith(last)
    assert width(first) <= cells
    assert first == text or width(text[: len(first) + 1]) > cells
    assert last == text or width(text[-len(last) - 1 :]) > cells


def test_the_table_is_in_the_requested_language(shipped: Reference) -> None:
    table = shipped.concordance("極東").to_html(lang="ja")
    assert "<th>段落</th>" in table
    assert "<th>Passage</th>" in shipped.concordance("極東").to_html()
    gap = Concordance([attrs.evolve(shipped.concordance("極東")[0], other=Gap("not-translated"))])
    assert "— 未訳" in gap.to_html(lang="ja")
    assert "— not translated" in gap.to_html()
