"""Options for services: which names are annotated, what they link to, and pages that stay as they are."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import alliance_ref as ar
from alliance_ref.annotation.pages import page_text
from alliance_ref.cli import main
from alliance_ref.errors import InvalidType, InvalidValue, UnknownEntry
from alliance_ref.records import Annotation, Entry

TEXT = "On 14 April 2005 the JDA spoke about Camp Zama in Japan. Camp Zama is in Kanagawa."
TAG = re.compile(r'<span lang="(?:en|ja)"[^<>]* data-entry="[^"]*">|(?<=[^>])</span>')


def ids(text: str, **options: object) -> list[str]:
    return [item.entry.id for item in ar.annotate(text, **options)]  # type: ignore[arg-type]


# Which names


def test_all_names_are_annotated_by_default() -> None:
    assert ids(TEXT) == ["jda", "camp-zama", "japan", "camp-zama", "kanagawa"]


def test_only_the_asked_kinds_are_annotated() -> None:
    assert ids(TEXT, kinds="organization") == ["jda"]
    assert ids(TEXT, kinds=("organization", "person")) == ["jda"]


def test_entries_are_excluded_by_id() -> None:
    assert ids(TEXT, exclude="japan") == ["jda", "camp-zama", "camp-zama", "kanagawa"]
    assert ids(TEXT, exclude=["japan", "camp-zama"]) == ["jda", "kanagawa"]


def test_entries_are_excluded_by_a_function() -> None:
    def is_place(entry: Entry) -> bool:
        return entry.kind == "place"

    assert ids(TEXT, exclude=is_place) == ["jda"]


def test_an_unknown_excluded_id_is_an_error() -> None:
    with pytest.raises(UnknownEntry, match="did you mean japan"):
        ar.annotate(TEXT, exclude=["japn"])
    with pytest.raises(InvalidType, match="exclude must be"):
        ar.annotate(TEXT, exclude=5)  # type: ignore[arg-type]


def test_abbreviations_can_be_left_out() -> None:
    assert ids("JDA, 普天間, 普天間飛行場", abbreviations=False) == ["futenma"]


def test_short_names_can_be_left_out() -> None:
    assert ids(TEXT, min_length=6) == ["camp-zama", "camp-zama", "kanagawa"]
    with pytest.raises(InvalidValue, match="min_length"):
        ar.annotate(TEXT, min_length=-1)


def test_only_the_first_name_of_each_entry_is_annotated() -> None:
    assert ids(TEXT, first_only=True) == ["jda", "camp-zama", "japan", "kanagawa"]
    assert ids("Zama, 座間, Camp Zama", first_only=True) == ["camp-zama"]


def test_excluding_one_meaning_keeps_the_others() -> None:
    text = "SOFA was signed in 1960."
    assert [entry.id for entry in ar.annotate(text)[0].entries] == ["sofa-1960", "sofa-term"]
    assert [entry.id for entry in ar.annotate(text, exclude="sofa-1960")[0].entries] == ["sofa-term"]
    assert [entry.id for entry in ar.annotate(text, kinds="document")[0].entries] == ["sofa-1960"]


def test_excluded_names_still_count_as_context() -> None:
    text = "On 14 April 2005 Nobutaka Machimura spoke. The Minister for Foreign Affairs left."
    persons = ids(text, kinds="person")
    assert persons == [item.entry.id for item in ar.annotate(text) if item.entry.kind == "person"]
    assert persons


def test_a_name_inside_the_longer_name_of_an_excluded_entry_is_left_out() -> None:
    text = "Marine Corps Air Station Futenma"
    assert ids(text, exclude="futenma") == []


# Links


def test_a_template_gives_the_targets() -> None:
    html = ar.annotate("Camp Zama").to_html(link="https://example.org/{lang}/{kind}/{id}")
    assert 'href="https://example.org/en/place/camp-zama"' in html


def test_a_function_may_leave_a_name_without_link() -> None:
    def link(item: Annotation) -> str | None:
        return None if item.entry.id == "japan" else f"/{item.entry.id}"

    html = ar.annotate("Camp Zama in Japan").to_html(link=link)
    assert html.count("<a ") == 1
    assert html.endswith(" in Japan</div>")
    assert ar.annotate_html("<p>Japan</p>", link=link) == "<p>Japan</p>"


@pytest.mark.parametrize("template", ["https://example.org/", "/{id}/{name}", "/{id", "/{}/{id}", "/{0}"])
def test_a_template_without_id_or_with_other_fields_is_an_error(template: str) -> None:
    with pytest.raises(InvalidValue, match=r"such as 'https://example.org/\{id\}'"):
        ar.annotate("Camp Zama").to_html(link=template)
    with pytest.raises(InvalidType, match="a template or a function"):
        ar.annotate_html("<p>Zama", link=3)  # type: ignore[arg-type]


# Pages

PAGE = """<!DOCTYPE html>
<html><head><title>Camp Zama</title><style>p:after { content: "Japan" }</style>
<script>var x = "Futenma <b>";</script></head>
<body class=x>
<p title="Japan">The <b>Camp</b>
  Zama talks, <ruby>普天間<rt>ふてんま</rt></ruby>飛行場,
<a href="k.html">Kadena</a> AT&amp;T Japan&#39;s <code>Camp Zama</code> <i>Far&nbsp;East</i></p>
<!-- Japan --><p>Kadena<br>JDA<textarea>Japan</textarea><button>Japan</button>"""


def test_only_the_text_of_a_page_is_annotated() -> None:
    page = ar.annotate_html(PAGE, link="/{id}")
    assert re.findall('href="/([a-z-]+)"', page) == [
        "camp-zama", "camp-zama", "futenma", "futenma", "japan", "far-east", "kadena", "jda",
    ]  # fmt: skip
    assert (
        '<b><a href="/camp-zama" lang="en" title="キャンプ座間" data-entry="camp-zama">Camp</a></b>' in page
    )
    assert page.count('data-entry="far-east">Far&nbsp;East</a></i>') == 1
    for unchanged in (
        "<title>Camp Zama</title>",
        'content: "Japan" }',
        'var x = "Futenma <b>";</script>',
        '<a href="k.html">Kadena</a>',
        "<code>Camp Zama</code>",
        "<!-- Japan -->",
        "<textarea>Japan</textarea><button>Japan</button>",
    ):
        assert unchanged in page


def test_a_page_without_the_inserted_tags_is_the_page() -> None:
    assert TAG.sub("", ar.annotate_html(PAGE)) == PAGE


def test_annotating_twice_is_annotating_once() -> None:
    for link in (None, "/{id}"):
        once = ar.annotate_html(PAGE, link=link)
        assert ar.annotate_html(once, link=link) == once


PIECES = st.sampled_from(
    [
        *("Camp Zama", "普天間", "Japan", " ", "\n", "&amp;", "&#x41;", "&", "<", "&foo", "x"),
        *("<p>", "</p>", "<b>", "</b>", "<a href=x>", "</a>", "<br>", "<script>", "</script>", "<!--", "-->"),
        *("<ruby>", "<rt>", "</rt>", "</ruby>", "<code>", "</code>", "<span data-entry=y>", "</span>", "<td"),
    ]
)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_annotating_never_loses_or_adds_anything_else(page: str) -> None:
    marked = ar.annotate_html(page)
    rest = re.sub(
        r'<span lang="(?:en|ja)"[^<>]* data-entry="[^"]*">(.*?)</span>', r"\1", marked, flags=re.DOTALL
    )
    assert rest == page


@given(st.lists(PIECES, max_size=14).map("".join))
def test_annotations_in_a_page_are_slices_of_it(page: str) -> None:
    for item in ar.load().annotations_in_html(page):
        assert page[item.start : item.end] == item.text


def test_the_text_of_blocks_is_separate_and_that_of_inline_elements_is_not() -> None:
    assert page_text("<td>Camp</td><td>Zama</td><b>x</b>y").text.split() == ["Camp", "Zama", "xy"]
    assert ar.annotate_html("<td>Camp</td><td>Zam</td>") == "<td>Camp</td><td>Zam</td>"


def test_a_date_in_one_paragraph_decides_a_name_in_another() -> None:
    page = "<p>On 14 April 2005</p><p>防衛庁長官は述べた。</p>"
    assert "ohno-yoshinori" in [
        entry.id for item in ar.load().annotations_in_html(page) for entry in item.entries
    ]


def test_first_only_counts_what_is_marked() -> None:
    page = "<a>Japan</a> <p>Japan Japan"
    assert ar.annotate_html(page, first_only=True, link="{id}").count("data-entry") == 1
    assert ar.annotate_html(page, min_length=6) == page


def test_a_page_must_be_text() -> None:
    with pytest.raises(InvalidType, match="the page must be text"):
        ar.annotate_html(b"<p>")  # type: ignore[arg-type]


# The command


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(arguments) == 0, capsys.readouterr().err
    return capsys.readouterr().out


def test_the_command_links_a_page(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    page, out = tmp_path / "page.html", tmp_path / "out.html"
    page.write_bytes(PAGE.encode())
    link = "https://example.org/{id}"
    run(capsys, "annotate", str(page), "--link", link, "--to", str(out), "--first-only", "--exclude", "japan")
    expected = ar.annotate_html(PAGE, link=link, first_only=True, exclude="japan")
    assert out.read_bytes() == expected.encode()


def test_a_page_keeps_its_encoding(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    page, out = tmp_path / "page.html", tmp_path / "out.html"
    text = '<meta charset="shift_jis">\r\n<p>普天間飛行場について日米両政府は協議した。'
    page.write_bytes(text.encode("cp932"))
    run(capsys, "annotate", str(page), "--link", "/{id}", "--to", str(out))
    written = out.read_bytes().decode("cp932")
    assert 'href="/futenma"' in written
    assert 'charset="shift_jis">\r\n' in written
    page.write_bytes(b'<meta charset="windows-1252"><p>Camp Zama \x93yes\x94')
    run(capsys, "annotate", str(page), "--link", "/{id}", "--to", str(out), "--force")
    assert b'title="&#12461;' in out.read_bytes()
    assert b"\x93yes\x94" in out.read_bytes()


def test_the_command_lists_the_names_of_a_page(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<p><b>Camp</b> Zama", encoding="utf-8")
    assert run(capsys, "annotate", str(page)).split()[0] == "6"
    assert run(capsys, "annotate", str(page), "--kind", "person") == ""


def test_links_in_the_html_of_a_text_lead_somewhere(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    text, out = tmp_path / "page.txt", tmp_path / "out.html"
    text.write_text("To Camp Zama.", encoding="utf-8")
    run(capsys, "annotate", str(text), "--to", str(out))
    page = out.read_text(encoding="utf-8")
    assert set(re.findall('href="#([^"]+)"', page)) == set(re.findall('id="([^"]+)"', page)) == {"camp-zama"}
    run(capsys, "annotate", str(text), "--to", str(out), "--link", "/{id}")
    assert 'href="/camp-zama"' in out.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--link", "/{id}"], "--link requires --to FILE"),
        (["--ruby", "--to", "o.html"], "--ruby cannot be used with an HTML page"),
        (["--all"], "--all cannot be used with an HTML page"),
        (["--exclude", "japn"], "did you mean japan"),
        (["--to", "o.html", "--link", "/x"], "write a template"),
    ],
)
def test_options_that_cannot_be_used_are_reported(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: list[str],
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("page.html").write_text("<p>Japan", encoding="utf-8")
    assert main(["annotate", "page.html", *options]) == 2
    assert message in capsys.readouterr().err
