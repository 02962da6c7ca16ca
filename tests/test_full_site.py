"""The documentation as ``make docs`` built it: its links, and its largest pages in a browser.

The pages are many, so a browser opens the largest ones only; all of them are read without one.
"""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]
SITE = ROOT / "docs" / "_build" / "html"
_SOURCES = {
    ROOT / "docs": (".md", ".py", ".po", ".html", ".css", ".js"),
    ROOT / "src" / "alliance_ref": (".py", ".toml", ".po", ".css", ".js"),
}


def _check_site() -> ModuleType:
    spec = importlib.util.spec_from_file_location("check_site", ROOT / "docs" / "check_site.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


check_site = _check_site()


def built_site() -> Path:
    """The site, if there is one and nothing that it is made of has changed since."""
    built = SITE / "index.html"
    if not built.exists():
        pytest.skip("the documentation is not built; make docs builds it")
    when = built.stat().st_mtime
    for folder, suffixes in _SOURCES.items():
        for path in folder.rglob("*"):
            if path.suffix in suffixes and "_build" not in path.parts and path.stat().st_mtime > when:
                pytest.skip(f"{path.relative_to(ROOT)} changed since make docs built the documentation")
    return SITE


def test_every_link_and_anchor_of_the_site_leads_somewhere_and_all_japanese_is_marked() -> None:
    assert list(check_site.problems(built_site())) == []


# The check finds what it is for

PAGE = '<!DOCTYPE html><html lang="{lang}"><head><title>Page</title></head><body>{body}</body></html>'


def site_with(folder: Path, body: str, *, lang: str = "en") -> list[str]:
    """What is wrong with a site of one page in each language, the one in *lang* with *body*."""
    for language in ("en", "ja"):
        page = folder / language / "page.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(PAGE.format(lang=language, body=body if language == lang else ""), encoding="utf-8")
    return list(check_site.problems(folder))


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ('<a href="none.html">x</a>', "en/page.html:1: 'none.html' leads to no file"),
        ('<a href="#none">x</a>', "en/page.html:1: '#none' leads to no place on en/page.html"),
        (
            '\n<a href="../ja/page.html#a">x</a>',
            "en/page.html:2: '../ja/page.html#a' leads to no place on ja/page.html",
        ),
        ('<img src="none.png" alt="">', "en/page.html:1: 'none.png' leads to no file"),
        ("<script src='none.js'></script>", "en/page.html:1: 'none.js' leads to no file"),
        ('<img src="page.html">', "en/page.html:1: a picture has no alt"),
        ('<p id="a"></p><p id="a"></p>', "en/page.html:1: the id 'a' is given twice"),
        ("<p>the base 普天間</p>", "en/page.html:1: Japanese that is not marked: 'the base 普天間'"),
        (
            '<p lang="ja"><span lang="en">普天間</span></p>',
            "en/page.html:1: Japanese that is not marked: '普天間'",
        ),
    ],
)
def test_a_fault_is_found_and_said_where(tmp_path: Path, body: str, wrong: str) -> None:
    assert site_with(tmp_path, body) == [wrong]


@pytest.mark.parametrize(
    "body",
    [
        '<a href="https://example.org/none#none">x</a><a href="mailto:a@b.c">y</a>',
        '<a href="page.html#a">x</a><a href="#">y</a><a href="../ja/page.html">z</a><b id="a"></b>',
        '<p lang="ja">普天間<span lang="ja-Latn">Futenma</span></p><br><p>Futenma</p>',
        '<p title="普天間">Futenma</p><script>const name = "<p>普天間</p>";</script><!-- 普天間 -->',
        '<a href="#%E6%99%AE">x</a><b id="普"></b><a href=\'#it&#39;s\'>y</a><b id="it\'s"></b>',
    ],
)
def test_what_is_right_is_left_alone(tmp_path: Path, body: str) -> None:
    assert site_with(tmp_path, body) == []


def test_a_page_in_one_language_only_is_a_fault_and_so_is_a_wrong_language_of_a_page(tmp_path: Path) -> None:
    site_with(tmp_path, "")
    (tmp_path / "ja" / "more.html").write_text(PAGE.format(lang="en", body=""), encoding="utf-8")
    assert list(check_site.problems(tmp_path)) == [
        "ja/more.html:1: the page says that it is in 'en'",
        "ja/more.html: there is no en/more.html",
    ]


def test_a_page_has_a_title_and_a_language_and_a_site_has_pages(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "page.html").write_text("<html><title> </title></html>", encoding="utf-8")
    assert list(check_site.problems(tmp_path)) == [
        f"{tmp_path}: no pages in ja; build them with make docs",
        "en/page.html:1: the page does not say its language",
        "en/page.html:1: the page has no title",
        "en/page.html:1: the page says that it is in ''",
        "en/page.html: there is no ja/page.html",
    ]
    assert check_site.main(str(tmp_path)) == 1
    site_with(tmp_path, "")
    assert check_site.main(str(tmp_path)) == 0
