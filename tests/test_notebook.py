"""What results print and how a notebook shows them."""

import re
from collections.abc import Callable

import pytest

import alliance_ref as ar
from alliance_ref.records.results import Results
from alliance_ref.text.cell_width import width

SHOWN: dict[str, Callable[[], object]] = {
    "lookup": lambda: ar.lookup("SOFA"),
    "suggest": lambda: ar.suggest("よこ"),
    "entries": lambda: ar.entries(kinds="event"),
    "documents": ar.documents,
    "topics": ar.topics,
    "office_holders": lambda: ar.office_holders("外務大臣"),
    "attestations": lambda: ar.load().attestations("far-east"),
    "tokenize": lambda: ar.tokenize("協議した"),
    "sentences": lambda: ar.sentences("Talks go on. Rain fell.", lang="en"),
    "check_translation": lambda: ar.check_translation("Talks at Futenma.", "協議は続く。"),
    "check_glossary": lambda: ar.check_glossary(ar.reference_glossary(evidence=False)),
    "translate": lambda: ar.translate("地位協定", to="en"),
    "no translation": lambda: ar.translate("宇宙人", to="en"),
    "align": lambda: ar.align(["Talks go on.", "Rain fell."], ["協議は続く。"]),
    "unit": lambda: ar.align(["Talks go on."], ["協議は続く。"]).units[0],
    "match": lambda: ar.lookup("SOFA")[0],
    "annotate": lambda: ar.annotate("Camp Zama"),
    "annotation": lambda: ar.annotate("Camp Zama")[0],
    "concordance": lambda: ar.concordance("抑止力", lang="ja"),
    "concordance line": lambda: ar.concordance("抑止力", lang="ja")[0],
    "timeline": lambda: ar.timeline(start="2005-01-01", end="2005-12-31"),
    "token": lambda: ar.tokenize("協議")[0],
    "finding": lambda: ar.check_translation("Talks at Futenma.", "協議は続く。")[0],
    "glossary": lambda: ar.reference_glossary(evidence=False),
    "concept": lambda: ar.reference_glossary(evidence=False).concepts[0],
    "entry": lambda: ar.entry("futenma"),
    "passage": lambda: ar.passage("treaty-1960#6"),
}


@pytest.mark.parametrize("name", SHOWN)
def test_everything_that_a_call_returns_is_shown_in_a_notebook(name: str) -> None:
    html = SHOWN[name]()._repr_html_()  # type: ignore[attr-defined]
    assert html.startswith(("<table", "<div"))
    assert html.count("<td") == html.count("</td>")
    assert "object at 0x" not in html
    assert not re.search(r"color|background", html)  # a notebook may be light or dark


NOT_PRINTED = {"annotate", "timeline", "glossary", "concept", "passage"}


@pytest.mark.parametrize("name", sorted(set(SHOWN) - NOT_PRINTED))
def test_printed_results_are_readable(name: str) -> None:
    text = str(SHOWN[name]())
    assert text
    assert not re.search(r"\w+\((?:id|text|code|start)=|<\w+ ", text)


def test_a_translation_prints_one_line() -> None:
    printed = str(ar.translate("地位協定", to="en"))
    assert "\n" not in printed
    assert width(printed) <= 80
    assert len(repr(ar.translate("普天間", to="en")).splitlines()) == 1


def test_a_result_prints_one_line_per_item() -> None:
    found = ar.lookup("SOFA")
    assert str(found).splitlines() == [str(match) for match in found]
    assert str(ar.lookup("no such name")) == "(no results)"


def test_results_are_tuples_with_a_table() -> None:
    found = ar.lookup("SOFA")
    assert isinstance(found, tuple)
    assert isinstance(found[:1], Results)
    assert found[:1] == (found[0],)
    assert ar.from_dict(ar.to_dict(found)) == found
    table = found._repr_html_()  # type: ignore[attr-defined]
    assert table.count("<tr>") == len(found) + 1
    assert '<td lang="ja"' in table


def test_a_long_table_is_shortened() -> None:
    table = ar.entries()._repr_html_()  # type: ignore[attr-defined]
    assert table.count("<tr>") == 52
    assert re.search("and [0-9,]+ more", table)


def test_text_in_a_table_is_escaped() -> None:
    units = ar.align(["A <b> & c."], ["甲<乙。"])
    assert "<b>" not in units._repr_html_() + units.units[0]._repr_html_()


def test_hits_of_a_concordance_do_not_wrap_and_translations_read_left_to_right() -> None:
    cells = re.findall("<td[^>]*>", ar.concordance("抑止力", lang="ja")._repr_html_())[:5]
    assert ["nowrap" in cell for cell in cells] == [True] * 4 + [False]
    assert "text-align: left" in cells[4]
