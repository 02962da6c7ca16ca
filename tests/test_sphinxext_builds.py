"""What `alliance_ref.sphinxext` makes in steps, in parallel, with other builders and across projects."""

import json
import os
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
import sphinx.search

import alliance_ref as ar
import alliance_ref.glossary
from sphinx_glossaries import concept, write_glossary
from sphinx_projects import Built, build, write

PAGES = {
    "index.rst": (
        "Start\n=====\n\n.. toctree::\n\n   part/terms\n   part/entries\n   cites\n   plain\n\n"
        "Here is :alliance:entry:`futenma:ja`.\n"
    ),
    "part/terms.rst": "Terms\n=====\n\n.. alliance:glossary:: ../data/terms.json\n",
    "part/entries.rst": (
        "Entries\n=======\n\n.. alliance:entries::\n   :ids: futenma jda\n\n"
        ".. alliance:passage:: magosaki-2006#8\n\n.. alliance:timeline::\n   :from: 1996-01-01\n"
        "   :to: 1996-12-31\n\n.. alliance:name-search::\n\n.. alliance:concordance:: 普天間\n   :lang: ja\n"
    ),
    "cites.rst": (
        "Cites\n=====\n\nThe :alliance:term:`始め:en` and the :alliance:term:`end:ja`, "
        ":alliance:entry:`jda` and :alliance:passage:`magosaki-2006#8`.\n"
    ),
    "plain.rst": "Plain\n=====\n\nNothing.\n",
}
START = concept("start", "Start", "始め", "はじめ")
END = concept("end", "End", "終わり", "おわり")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    source = write(tmp_path / "project", PAGES)
    write_glossary(source / "data" / "terms.json", START, END)
    return source


def pages(built: Built) -> dict[str, str]:
    """All pages and the data beside them, without what names the time or the folder of doctrees."""
    kept = [path for path in built.out.rglob("*") if path.suffix in (".html", ".js", ".inv")]
    # Sphinx writes the index of its search in the order in which pages came to it.
    kept = [path for path in kept if path.name != "searchindex.js"]
    return {str(path.relative_to(built.out)): path.read_text("utf-8", "replace") for path in sorted(kept)}


def written(built: Built) -> set[str]:
    """The pages that are there, with the time of each."""
    return {f"{path.relative_to(built.out)} {path.stat().st_mtime_ns}" for path in built.out.rglob("*.html")}


def newly(before: set[str], after: set[str]) -> set[str]:
    return {one.split()[0] for one in after - before} - {"genindex.html", "search.html"}


def touch_later(path: Path) -> None:
    """Make sure that the change of a file shows in its time."""
    stat = path.stat()
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns + 2_000_000_000))


# In steps


def test_a_changed_glossary_file_rebuilds_its_pages_and_those_that_cite_what_changed(project: Path) -> None:
    first = build(project)
    assert not first.warnings
    before = written(first)
    assert newly(before, written(build(project))) == set()
    write_glossary(project / "data" / "terms.json", concept("start", "Beginning", "始め", "はじめ"), END)
    touch_later(project / "data" / "terms.json")
    second = build(project)
    # The start page is written anew since Sphinx does so where a page of its table of contents changed.
    assert newly(before, written(second)) == {"part/terms.html", "cites.html", "index.html"}
    assert 'lang="en">Beginning</span>' in second.page("cites.html")
    assert pages(second) == pages(build(project, out="clean", fresh=True))


def test_a_removed_page_takes_what_it_defined_with_it(project: Path) -> None:
    before = written(build(project))
    (project / "part" / "entries.rst").unlink()
    index = project / "index.rst"
    index.write_text(index.read_text("utf-8").replace("   part/entries\n", ""), encoding="utf-8")
    touch_later(index)
    second = build(project)
    assert {"index.html", "cites.html"} <= newly(before, written(second))
    assert "entries.html" not in second.page("cites.html")
    assert "entries.html" not in second.page("_static/alliance-names.js")
    assert not second.warnings


def test_a_term_that_is_gone_is_reported_though_the_page_that_cites_it_did_not_change(project: Path) -> None:
    build(project)
    write_glossary(project / "data" / "terms.json", START)
    touch_later(project / "data" / "terms.json")
    assert "no term 'end'" in build(project).warnings


def test_what_two_pages_define_is_cited_at_the_same_place_in_whatever_order_they_are_read(
    tmp_path: Path,
) -> None:
    files = {
        "index.rst": "Start\n=====\n\n.. toctree::\n\n   a\n   b\n   c\n",
        "a.rst": "A\n=\n\n.. alliance:passage:: treaty-1960#6\n",
        "b.rst": "B\n=\n\n.. alliance:document:: treaty-1960\n",
        "c.rst": "C\n=\n\n:alliance:passage:`treaty-1960#6`\n\n.. alliance:entries::\n   :ids: jda\n",
    }
    source = write(tmp_path / "project", files)
    built = build(source)
    assert not built.warnings
    assert 'href="b.html#treaty-1960-6"' in built.page("c.html")
    touch_later(source / "a.rst")
    assert 'href="b.html#treaty-1960-6"' in build(source).page("c.html")
    (source / "a.rst").write_text("A\n=\n\n.. alliance:entries::\n   :ids: jda\n", encoding="utf-8")
    touch_later(source / "a.rst")
    assert "c: WARNING: entry jda is defined on a already [alliance.duplicate]" in " ".join(
        re.sub(r"\S*/(\w)\.rst", r"\1", build(source).warnings).split()
    )


def test_data_of_ones_own_is_used_and_read_again_when_it_changes(tmp_path: Path) -> None:
    import shutil

    source = write(
        tmp_path / "project",
        {"index.rst": "Start\n=====\n\n:alliance:entry:`futenma`\n"},
        conf='alliance_data = "own"\n',
    )
    shipped = Path(ar.__file__).parent / "data"
    shutil.copytree(shipped, source / "own", ignore=shutil.ignore_patterns("compiled"))
    assert "Marine Corps Air Station Futenma" in build(source).page("index.html")
    places = source / "own" / "places.toml"
    text = places.read_text(encoding="utf-8")
    places.write_text(text.replace("Marine Corps Air Station Futenma", "The Air Station"), encoding="utf-8")
    assert "The Air Station" in build(source).page("index.html")
    places.write_text("[[place", encoding="utf-8")
    with pytest.raises(Exception, match=r"(?s)alliance_data = '.*own': .*places\.toml"):
        build(source)


# In parallel


def test_a_build_in_parallel_is_that_of_one_process(tmp_path: Path) -> None:
    files = dict(PAGES)
    names = [f"more{number}" for number in range(12)]
    for number, name in enumerate(names):
        files[f"{name}.rst"] = (
            f"{name}\n{'=' * 8}\n\n.. alliance:passage:: treaty-1960#{number % 6 + 1}\n\n"
            ":alliance:term:`始め` :alliance:entry:`jda:ja`\n"
        )
    files["index.rst"] += "\n.. toctree::\n\n" + "".join(f"   {name}\n" for name in names)
    source = write(tmp_path / "project", files)
    write_glossary(source / "data" / "terms.json", START, END)
    one, two = build(source, out="one", fresh=True), build(source, out="two", fresh=True, processes=2)
    assert one.warnings == two.warnings == ""
    assert pages(one) == pages(two)


# Across projects


def test_the_inventory_holds_entries_passages_and_terms(project: Path) -> None:
    built = build(project)
    lines = (
        zlib.decompress((built.out / "objects.inv").read_bytes().split(b"zlib.\n")[1]).decode().splitlines()
    )
    found = {
        (match[2], match[1]): match[3]
        for match in (re.fullmatch(r"(.+?) alliance:(\w+) -?1 (\S+) .*", line) for line in lines)
        if match
    }
    assert found["entry", "jda"] == "part/entries.html#$"
    assert found["passage", "magosaki-2006#8"] == "part/entries.html#magosaki-2006-8"
    assert {name for kind, name in found if kind == "entry"} == {"futenma", "jda"}
    terms = {name for kind, name in found if kind == "term"}
    assert terms == {"End", "Start", "end", "start", "始め", "終わり"}
    assert found["term", "始め"] == f"{found['term', 'start'][:-1]}start" == "part/terms.html#term-start"


def test_another_project_cites_by_intersphinx_and_keeps_the_name_it_asked_for(
    project: Path, tmp_path: Path
) -> None:
    inventory = build(project).out / "objects.inv"
    text = (
        "Other\n=====\n\n:alliance:entry:`jda:ja` :alliance:passage:`magosaki-2006#8` "
        ":alliance:term:`始め` :alliance:term:`here <end>` :alliance:entry:`scc`\n"
    )
    conf = f"intersphinx_mapping = {{'first': ('https://example.org/', {str(inventory)!r})}}\n"
    other = write(tmp_path / "other", {"index.rst": text}, extensions=["sphinx.ext.intersphinx"], conf=conf)
    built = build(other)
    page = built.page("index.html")
    assert not built.warnings
    links = dict(re.findall(r'href="https://example.org/([^"]*)"[^>]*>(.*?)</a>', page))
    assert 'lang="ja">防衛庁</span>' in links["part/entries.html#jda"]
    assert "¶8" in links["part/entries.html#magosaki-2006-8"]
    assert "始め</span>" in links["part/terms.html#term-start"]
    assert "here</span>" in links["part/terms.html#term-end"]
    assert "Security Consultative Committee</span>" in page


def test_a_project_leaves_no_trace_in_the_next(project: Path, tmp_path: Path) -> None:
    stock = dict(sphinx.search.languages)
    build(project)
    assert dict(sphinx.search.languages) == stock
    japanese = write(
        tmp_path / "other",
        {"index.rst": "Other\n=====\n\n:alliance:entry:`jda`\n\n:alliance:term:`終わり`\n"},
    )
    built = build(japanese, language="ja", alliance_full_text_search=False)
    assert "no term '終わり'" in built.warnings
    assert 'lang="ja">防衛庁' in built.page("index.html")
    assert "splitQuery" not in built.page("_static/language_data.js")


# The index


def test_the_index_has_names_under_their_rows_of_kana_in_the_order_of_their_readings(tmp_path: Path) -> None:
    source = write(tmp_path / "project", {"index.rst": "Start\n=====\n\n.. alliance:glossary:: terms.json\n"})
    write_glossary(
        source / "terms.json",
        concept("a", "Alpha", "漢字", "かんじ"),
        concept("b", "Beta", "外務", "がいむ"),
        concept("c", "Gamma", "会議", "かいぎ"),
        concept("d", "Delta; or D", "朝", "あさ"),
    )
    page = build(source, alliance_warn_unused=False).page("genindex.html")
    headings = re.findall(r'<h2 id="([^"]*)"', page)
    assert headings == ["A", "B", "D", "G", "あ", "か"]
    shown = re.findall(r'<li><a href="[^"]*">\s*<span lang="ja">(\w+)</span>', page)
    assert shown == ["朝", "会議", "外務", "漢字"]
    assert "Delta, or D" in page


def test_an_index_of_one_page_a_letter_is_ordered_too(tmp_path: Path) -> None:
    source = write(tmp_path / "project", {"index.rst": "Start\n=====\n\n.. alliance:glossary:: terms.json\n"})
    write_glossary(
        source / "terms.json", concept("a", "Alpha", "漢字", "かんじ"), concept("b", "Beta", "外務", "がいむ")
    )
    built = build(source, alliance_warn_unused=False, html_split_index=True)
    page = built.page("genindex-か.html")
    assert page.index("外務") < page.index("漢字")


# Other builders


@pytest.mark.parametrize("builder", ["text", "man", "texinfo", "latex", "xml", "pseudoxml"])
def test_a_builder_for_reading_has_the_text_in_order_and_nothing_of_the_browser(
    project: Path, builder: str
) -> None:
    conf = project / "conf.py"
    conf.write_text(
        conf.read_text("utf-8")
        + 'man_pages = [("index", "trial", "Trial", [], 1)]\nlatex_engine = "lualatex"\n',
        encoding="utf-8",
    )
    built = build(project, builder)
    assert not built.warnings
    texts = [path.read_text("utf-8") for path in sorted(built.out.rglob("*")) if path.suffix in READABLE]
    text = "\n".join(texts)
    plain = re.sub(r"<[^>]*>", "", text) if builder == "xml" else text
    squeezed = re.sub(r"\s+", "", plain)
    passage = "".join(unit.text("ja") for unit in ar.load().passage("magosaki-2006#8").units)
    if builder != "pseudoxml":
        assert re.sub(r"\s+", "", passage[:12]) in re.sub(
            r"\\[a-zA-Z]+\{[^{}]*\}|\\[a-zA-Z]+|[{}]", "", squeezed
        )
    for trace in ("alliance-card", "<svg", "alliance-query", "Wanted("):
        assert trace not in text, trace
    assert "普天間飛行場" in text
    assert "Start" in text


READABLE = {".txt", ".1", ".texi", ".tex", ".xml", ".pseudoxml"}


@pytest.mark.parametrize("builder", ["dirhtml", "singlehtml"])
def test_builders_of_html_lead_the_search_over_names_to_where_things_stand(
    project: Path, builder: str
) -> None:
    built = build(project, builder)
    assert not built.warnings
    names = built.page("_static/alliance-names.js")
    address = re.search(r'"(?:\.\./)?([^"]*)#jda"', names)
    assert address is not None
    file = built.out / (address[1] if address[1].endswith(".html") else f"{address[1]}index.html")
    assert 'id="jda"' in file.read_text("utf-8")


def test_an_e_book_has_readings_but_no_cards_no_scripts_and_no_forms(project: Path) -> None:
    built = build(project, "epub", epub_show_urls="no", version="1", copyright="1")
    assert not [line for line in built.warnings.splitlines() if "alliance" in line]
    (book,) = built.out.glob("*.epub")
    with zipfile.ZipFile(book) as file:
        names = file.namelist()
        texts = {name: file.read(name).decode("utf-8") for name in names if name.endswith(".xhtml")}
    text = "\n".join(texts.values())
    assert "<ruby" in text
    assert "普天間" in text
    for trace in ("alliance-card", "<svg", "alliance-query", "alliance.js", "alliance-names.js"):
        assert trace not in text, trace
    assert not [name for name in names if name.endswith("alliance-names.js")]


def test_what_the_data_says_is_nothing_for_translators(project: Path) -> None:
    built = build(project, "gettext", gettext_compact=False)
    messages = {
        message
        for path in built.out.rglob("*.pot")
        for message in re.findall(r'^msgid "(.+)"$', path.read_text("utf-8"), re.MULTILINE)
    }
    assert "Nothing." in messages
    assert not [message for message in messages if "普天間" in message or "Hikōjō" in message]


def test_a_translated_page_has_its_names_in_its_language(project: Path) -> None:
    catalogue = project / "locale" / "ja" / "LC_MESSAGES"
    catalogue.mkdir(parents=True)
    (catalogue / "index.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Here is :alliance:entry:`futenma:ja`."\nmsgstr "これは :alliance:entry:`futenma` です。"\n',
        encoding="utf-8",
    )
    page = build(project, language="ja", locale_dirs=["locale"]).page("index.html")
    assert 'これは <a class="reference internal" href="part/entries.html#futenma"' in page
    assert 'lang="ja">普天間飛行場</span></a> です。' in page


# The search


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_index_of_the_search_holds_japanese_words_and_none_that_only_a_card_says(
    tmp_path: Path, language: str
) -> None:
    text = (
        "Start\n=====\n\n日米防衛協力とミサイル防衛について。Deterrence matters. :alliance:entry:`futenma`\n"
    )
    built = build(write(tmp_path / "project", {"index.rst": text}), language=language)
    script = built.page("searchindex.js")
    index = json.loads(script[script.index("{") : script.rindex("}") + 1])
    terms = set(index["terms"])
    assert {"防衛", "協力", "ミサイル"} <= terms
    assert "deterr" in terms
    assert "ginowan" not in terms
    assert "splitQuery" in built.page("_static/language_data.js")


def test_every_page_marks_its_japanese(project: Path) -> None:
    built = build(project)
    for path in built.out.rglob("*.html"):
        assert unmarked(path.read_text("utf-8")) == [], path.name


def unmarked(html: str) -> list[str]:
    """Japanese in the text of a page that no element around it calls Japanese."""
    return list(_unmarked(html))


def _unmarked(html: str) -> Iterator[str]:
    from html.parser import HTMLParser

    found: list[str] = []

    class Walk(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.langs: list[tuple[str, str]] = []

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag not in (
                "meta",
                "link",
                "input",
                "br",
                "img",
                "hr",
                "col",
                "path",
                "rect",
                "circle",
                "line",
            ):
                here = self.langs[-1][1] if self.langs else "en"
                self.langs.append((tag, dict(attrs).get("lang") or here))

        def handle_endtag(self, tag: str) -> None:
            while self.langs and self.langs.pop()[0] != tag:
                pass

        def handle_data(self, data: str) -> None:
            inside = {tag for tag, _ in self.langs}
            japanese = re.search(r"[ぁ-ヶ一-龠]", data) and not inside & {"script", "title", "style"}
            if japanese and self.langs[-1][1] != "ja":
                found.append(data)

    walk = Walk()
    walk.feed(html)
    yield from found


# The guide


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_examples_of_the_guide_build_without_a_warning(tmp_path: Path, language: str) -> None:
    guide = Path(__file__).parents[1] / "docs" / "how-to" / "sphinx.md"
    blocks = re.findall(
        r"```\{code-block\} \w+\n:caption: (\S+)\n\n(.*?)```", guide.read_text("utf-8"), re.DOTALL
    )
    assert [name for name, _ in blocks] == ["conf.py", "index.rst", "pages.rst", "terms.json", "glossary.rst"]
    source = tmp_path / "guide"
    source.mkdir()
    for name, text in blocks:
        (source / name).write_text(text, encoding="utf-8")
    built = build(source, language=language)
    assert built.warnings == ""
    page = built.page("glossary.html")
    assert 'href="#term-sofa-office"' in page
    assert 'lang="ja">連絡室</span></a>' in page
