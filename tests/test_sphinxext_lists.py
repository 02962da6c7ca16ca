"""What parts long lists and pages: letters, subject fields, links; and how a line of Japanese is cut."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_ref.reference import Reference
from alliance_ref.sphinxext.general_index import with_reading
from alliance_ref.sphinxext.timeline_svg import _wrapped
from alliance_ref.sphinxext.ui_strings import subject_heading, subject_label
from alliance_ref.text.cell_width import width
from sphinx_glossaries import concept, write_glossary
from sphinx_projects import Built, build, write


def made(tmp_path: Path, text: str, *, language: str = "en", builder: str = "html") -> Built:
    """A project of one page."""
    files = {"index.rst": f"Page\n====\n\n{text}\n"}
    return build(write(tmp_path / "project", files), builder, language=language)


def headings(page: str) -> list[str]:
    return [re.sub("<[^>]*>|¶", "", one) for one in re.findall(r"<h2>(.*?)</h2>", page, re.DOTALL)]


GLOSSARY = ".. alliance:glossary::\n   :ids: futenma kadena scc bmd deterrence jda\n   :by: "
ENTRIES = ".. alliance:entries::\n   :ids: futenma kadena scc bmd deterrence jda\n   :by: "


@pytest.mark.parametrize("listed", [GLOSSARY, ENTRIES])
@pytest.mark.parametrize(
    ("by", "language", "shown"),
    [
        ("letter", "en", ["B", "D", "J", "K", "M", "S"]),
        ("letter", "ja", ["か", "た", "な", "は", "や"]),
        ("subject", "en", ["Deterrence", "Missile defense", "Bodies", "Places"]),
        ("subject", "ja", ["抑止", "ミサイル防衛", "組織", "地名・施設"]),
    ],
)
def test_a_list_is_parted_by_letters_or_fields_with_a_line_of_links_to_them(
    tmp_path: Path, listed: str, by: str, language: str, shown: list[str]
) -> None:
    built = made(tmp_path, f"{listed}{by}", language=language)
    page = built.page("index.html")
    assert not built.warnings
    if by == "letter" and language == "ja":
        shown = [row for row in shown if row in headings(page)]
    assert headings(page) == shown
    jumps = page[page.index('<nav class="alliance-jumps">') :].split("</nav>")[0]
    links = re.findall(r'<a href="#([^"]*)">(.*?)</a>', jumps)
    assert [re.sub("<[^>]*>", "", text) for _, text in links] == shown
    assert all(page.count(f'id="{node_id}"') == 1 for node_id, _ in links)


def test_letters_of_one_page_are_no_labels_that_another_page_has_too(tmp_path: Path) -> None:
    text = "======\n\n.. alliance:entries::\n   :ids: futenma kadena"
    files = {
        "index.rst": f"Places\n{text}\n\n.. toctree::\n\n   more\n",
        "more.rst": f"People\n{text.replace('futenma kadena', 'koizumi-junichiro misawa')}\n",
    }
    assert not build(write(tmp_path / "project", files)).warnings


def test_two_lists_on_one_page_have_places_of_their_own(tmp_path: Path) -> None:
    text = "\n\n".join(f".. alliance:entries::\n   :ids: {one}" for one in ("futenma", "maher-kevin"))
    page = made(tmp_path, f"{text}\n\n{GLOSSARY}letter").page("index.html")
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_entries_may_be_those_of_some_fields(tmp_path: Path) -> None:
    text = ".. alliance:entries::\n   :kinds: concept\n   :subjects: missile defense, ships"
    page = made(tmp_path, text).page("index.html")
    assert 'id="bmd"' in page
    assert 'id="deterrence"' not in page


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (":kinds: concept\n   :subjects: fishery", "no entry is of the field fishery"),
        (":kinds: concept\n   :by: colour", '"colour" unknown; choose from "letter", or "subject"'),
    ],
)
def test_a_field_or_a_way_that_is_not_there_is_an_error(tmp_path: Path, option: str, said: str) -> None:
    warnings = " ".join(made(tmp_path, f".. alliance:entries::\n   {option}").warnings.split())
    assert said in warnings


def test_a_glossary_has_the_term_first_by_which_it_is_ordered(tmp_path: Path) -> None:
    files = {
        "index.rst": "Page\n====\n\n.. toctree::\n\n   en\n   ja\n",
        "en.rst": "En\n==\n\n.. alliance:glossary:: terms.json\n   :order: en\n",
        "ja.rst": "Ja\n==\n\n.. alliance:glossary:: terms.json\n   :order: ja\n",
    }
    source = write(tmp_path / "project", files)
    write_glossary(source / "terms.json", concept("a", "Alpha", "漢字", "かんじ"))
    for language in ("en", "ja"):
        built = build(source, out=language, language=language, alliance_warn_unused=False)
        heads = {name: built.page(f"{name}.html").split("<dt ")[1].split("</dt>")[0] for name in ("en", "ja")}
        assert heads["en"].index("Alpha") < heads["en"].index("漢字")
        assert heads["ja"].index("漢字") < heads["ja"].index("Alpha")


def test_every_field_of_the_reference_has_a_name_in_japanese(shipped: Reference) -> None:
    fields = {entry.subject_field for entry in shipped.entries(kinds="concept")}
    assert fields
    for field in sorted(fields):
        text, lang = subject_label(field, "ja")
        assert (text != field, lang) == (True, "ja"), field
        assert subject_heading(field, "en")[0].isupper()


def test_an_entry_says_its_field_in_the_language_of_the_page(tmp_path: Path) -> None:
    page = made(tmp_path, ".. alliance:entries::\n   :ids: bmd", language="ja").page("index.html")
    assert '<span lang="ja">ミサイル防衛</span></p>' in page[page.index("分野") :]


def test_a_document_begins_with_its_passages_and_a_link_to_each(tmp_path: Path, shipped: Reference) -> None:
    page = made(tmp_path, ".. alliance:document:: treaty-1960").page("index.html")
    contents = page[page.index('<details class="alliance-contents">') :].split("</details>")[0]
    assert "<summary>Passages of this document (12)</summary>" in contents
    assert re.findall(r'href="#([^"]*)"', contents) == [
        f"treaty-1960-{passage.number}" for passage in shipped.document("treaty-1960").passages
    ]
    assert "¶6 Article V<" in contents


def test_names_in_a_passage_have_readings_above_them_too(tmp_path: Path) -> None:
    page = made(tmp_path, ".. alliance:passage:: magosaki-2006#1").page("index.html")
    named = re.findall(r'<span class="alliance-entry entry--[^"]*" lang="ja">(.*?)</span>', page, re.DOTALL)
    linked = "".join(named)
    for kanji, reading in re.findall(r"<ruby[^>]*>(.*?)<rp>（</rp><rt>(.*?)</rt>", linked):
        assert re.search("[\u3400-\u9fff]", kanji)
        assert re.fullmatch("[\u3041-\u30ff]+", reading)
    assert "<ruby" in linked


def test_the_place_of_a_quotation_is_marked_in_its_own_language(tmp_path: Path) -> None:
    page = made(tmp_path, ".. alliance:document:: magosaki-2006", language="ja").page("index.html")
    assert '<span lang="en">title</span>）' in page


def test_a_timeline_may_be_a_picture_only(tmp_path: Path) -> None:
    text = ".. alliance:timeline::\n   :from: 2006-01-01\n   :to: 2006-06-30\n   :no-list:"
    page = made(tmp_path, text).page("index.html")
    assert "<svg" in page
    assert "alliance-timeline" not in page


@pytest.mark.parametrize("builder", ["text", "latex", "xml"])
def test_only_pages_on_a_screen_have_lines_of_links(tmp_path: Path, builder: str) -> None:
    built = made(tmp_path, f"{ENTRIES}letter\n\n.. alliance:document:: treaty-1960", builder=builder)
    texts = [
        path.read_text("utf-8") for path in built.out.rglob("*") if path.suffix in (".txt", ".tex", ".xml")
    ]
    text = "\n".join(texts)
    assert "alliance-jumps" not in text
    assert "飛行場¶" not in text
    assert "Passages of this document" not in text


# The index of a printed book


@pytest.mark.parametrize(
    ("entry", "kept"),
    [
        (r"\index{会議@\spxentry{会議}}", r"\index{かいき@\spxentry{会議}}"),
        (r"\index{会議@\spxentry{会議}|spxpagem}", r"\index{かいき@\spxentry{会議}|spxpagem}"),
        (r"\index{SCC@\spxentry{SCC}}", None),
        (r"\index{議会@\spxentry{議会}}", None),
        (
            r"\index{会議@\spxentry{会議}!第1回@\spxentry{第1回}}",
            r"\index{かいき@\spxentry{会議}!第1回@\spxentry{第1回}}",
        ),
        ("会議", None),
    ],
)
def test_an_entry_of_a_printed_index_stands_under_its_reading(entry: str, kept: str | None) -> None:
    readings = {"会議": "かいぎ", "SCC": "エスシーシー", "第1回": "だいいっかい"}
    assert with_reading(entry, readings) == (kept or entry)


def test_a_book_has_its_index_in_the_order_of_the_readings(tmp_path: Path) -> None:
    source = write(tmp_path / "project", {"index.rst": "Start\n=====\n\n.. alliance:glossary:: terms.json\n"})
    write_glossary(
        source / "terms.json", concept("a", "Alpha", "漢字", "かんじ"), concept("b", "Beta", "外務", "がいむ")
    )
    built = build(source, "latex", alliance_warn_unused=False, latex_engine="lualatex")
    text = "\n".join(path.read_text("utf-8") for path in built.out.glob("*.tex"))
    assert r"\index{かいむ@\spxentry{外務}}" in text
    assert r"\index{Alpha@\spxentry{Alpha}}" in text


# Lines of the picture

BEGINS_NO_LINE = "）」』、。ー々っゃゅょ"
ENDS_NO_LINE = "（「『"
PIECES = st.lists(
    st.sampled_from(
        [*"日米安保条約", "（", "）", "「", "」", "、", "。", "ー", "っ", "2006", "年", "SACO", " "]
    ),
    max_size=40,
)


@given(pieces=PIECES, cells=st.integers(min_value=8, max_value=40))
def test_a_line_of_japanese_neither_begins_nor_ends_where_it_must_not_and_nothing_is_lost(
    pieces: list[str], cells: int
) -> None:
    text = "".join(pieces)
    lines = list(_wrapped(text, "ja", cells))
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    for before, after in pairwise(lines):
        assert after[:1] not in tuple(BEGINS_NO_LINE)
        assert before[-1:] not in tuple(ENDS_NO_LINE)


@pytest.mark.parametrize("cells", [32, 52])
def test_the_lines_of_the_timeline_fit(shipped: Reference, cells: int) -> None:
    for item in shipped.timeline():
        for lines in (_wrapped(item.what.en, "en", cells), _wrapped(item.what.ja, "ja", cells)):
            assert all(width(line) <= cells for line in lines), item.what


def test_the_text_of_a_passage_has_decided_readings(tmp_path: Path) -> None:
    page = made(tmp_path, ".. alliance:passage:: magosaki-2006#1\n.. alliance:document:: treaty-1960").page(
        "index.html"
    )
    readings = "".join(re.findall(r"<ruby[^>]*>.*?<rp>（</rp><rt>(.*?)</rt>", page))
    assert "にほん" in readings
    assert "にっぽん" not in readings
