"""The roles and directives of `alliance_ref.sphinxext`, in reStructuredText and in MyST."""

import datetime
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from alliance_ref.records import PartialDate, Period, Term
from alliance_ref.reference import Reference
from alliance_ref.sphinxext.labels import CitationTarget, parse_target
from alliance_ref.sphinxext.language_markup import mark_japanese
from sphinx_glossaries import concept, write_glossary
from sphinx_projects import Built, build, write


def page_of(text: str) -> dict[str, str]:
    return {"index.rst": f"Page\n====\n\n{text}\n"}


def made(tmp_path: Path, text: str, **settings: Any) -> Built:
    """A project of one page in reStructuredText."""
    return build(write(tmp_path / "project", page_of(text)), **settings)


def one_line(warnings: str) -> str:
    return " ".join(warnings.split())


# Roles

ROLES = [
    (
        ":alliance:entry:`futenma`",
        '<span class="alliance-entry entry--futenma" lang="en">Marine Corps Air Station Futenma</span>',
        '<span class="alliance-entry entry--futenma" lang="ja">普天間飛行場</span>',
    ),
    (":alliance:entry:`scc:ja`", 'lang="ja">日米安全保障協議委員会</span>', None),
    (":alliance:entry:`scc:en`", 'lang="en">Security Consultative Committee</span>', None),
    (":alliance:entry:`siasj-law-1999:ja@2020-01-01`", 'lang="ja">周辺事態安全確保法</span>', None),
    (":alliance:entry:`commander-pacom:en@2001-01-01`", 'lang="en">Commander', None),
    (
        ":alliance:entry:`the base <futenma>`",
        '<span class="alliance-entry entry--futenma">the base</span>',
        None,
    ),
    (":alliance:label:`jda:ja`", '<p><span lang="ja">防衛庁</span></p>', None),
    (":alliance:either:`Persons | 人物`", '<p><span lang="en">Persons</span></p>', 'lang="ja">人物<'),
    (":alliance:passage:`treaty-1960#6`", ", Article V</span></p>", "」第5条</span></p>"),
    (":alliance:passage:`treaty-1960#6:ja`", "」第5条</span></p>", None),
    (":alliance:passage:`magosaki-2006#8`", ", ¶8</span></p>", "」第8段落</span></p>"),
    (":alliance:passage:`here <magosaki-2006#8>`", "<span>here</span>", None),
    (
        ":alliance:term:`普天間基地`",
        '<span class="alliance-term" lang="ja">普天間基地</span>',
        '<span class="alliance-term" lang="ja">普天間基地</span>',
    ),
    (
        ":alliance:term:`Futenma Air Station`",
        '<span class="alliance-term" lang="en">Futenma Air Station</span>',
        None,
    ),
    (
        ":alliance:term:`Futenma Air Station:ja`",
        '<span class="alliance-term" lang="ja">普天間飛行場</span>',
        None,
    ),
    (
        ":alliance:term:`scc`",
        '<span class="alliance-term" lang="en">Security Consultative Committee</span>',
        '<span class="alliance-term" lang="ja">日米安全保障協議委員会</span>',
    ),
    (":alliance:term:`the pact <treaty-1960>`", '<span class="alliance-term">the pact</span>', None),
]


@pytest.fixture(scope="module", params=["en", "ja"])
def roles_page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Built]:
    text = "\n\n".join(role for role, _, _ in ROLES)
    source = write(tmp_path_factory.mktemp("roles") / "project", page_of(text))
    return request.param, build(source, language=request.param)


@pytest.mark.parametrize(("role", "english", "japanese"), ROLES)
def test_a_role_shows_the_name_asked_for_marked_with_its_language(
    roles_page: tuple[str, Built], role: str, english: str, japanese: str | None
) -> None:
    lang, built = roles_page
    assert not built.warnings
    wanted = english if lang == "en" or japanese is None else japanese
    assert wanted in built.page("index.html"), role


def test_a_name_has_one_card_on_its_page_in_the_language_of_the_page_first(
    roles_page: tuple[str, Built],
) -> None:
    lang, built = roles_page
    page = built.page("index.html")
    assert page.count('id="card--futenma"') == 1
    card = page[page.index('id="card--futenma"') :].split("</div>")[0]
    names = re.findall(r'alliance-card-name"><span lang="(\w\w)">', card)
    assert names == (["en", "ja"] if lang == "en" else ["ja", "en"])
    assert '<span lang="ja">ふてんま ひこうじょう</span>' in card or lang == "ja"


@pytest.mark.parametrize(
    ("role", "message"),
    [
        (":alliance:entry:`futenm`", "no entry 'futenm' in the reference"),
        (":alliance:entry:`futenm`", "did you mean futenma?"),
        (":alliance:entry:`Defense Agency`", "did you mean jda"),
        (":alliance:passage:`treaty-1960#99`", "no passage 'treaty-1960#99'"),
        (":alliance:passage:`treaty-1960#99`", "did you mean treaty-1960#"),
        (":alliance:term:`日米ミサイル同盟`", "no term '日米ミサイル同盟'"),
        (":alliance:label:`futenm`", "no entry 'futenm' in this reference; did you mean futenma"),
        (":alliance:entry:`jda@2005-02-30`", "'jda@2005-02-30' is no target: day is out of range"),
        (":alliance:label:`jda@2005-02-30`", "day is out of range"),
        (":alliance:either:`one`", "'one' is not English | Japanese"),
    ],
)
def test_a_wrong_target_is_reported_where_it_stands_with_what_looks_like_it(
    wrong_page: Built, role: str, message: str
) -> None:
    line = WRONG.index(role) * 2 + 4
    reports = [one for one in wrong_page.warnings.splitlines() if f"index.rst:{line}:" in one]
    assert len(reports) == 1
    assert message in reports[0]


WRONG = [
    ":alliance:entry:`futenm`",
    ":alliance:entry:`Defense Agency`",
    ":alliance:passage:`treaty-1960#99`",
    ":alliance:term:`日米ミサイル同盟`",
    ":alliance:label:`futenm`",
    ":alliance:entry:`jda@2005-02-30`",
    ":alliance:label:`jda@2005-02-30`",
    ":alliance:either:`one`",
]


@pytest.fixture(scope="module")
def wrong_page(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(write(tmp_path_factory.mktemp("wrong") / "project", page_of("\n\n".join(WRONG))))


def test_a_target_may_be_excused(tmp_path: Path) -> None:
    built = made(tmp_path, ":alliance:entry:`futenm`", nitpick_ignore=[("alliance:entry", "futenm")])
    assert not built.warnings
    assert "futenm</span>" in built.page("index.html")


def test_a_target_ends_in_a_language_and_a_day() -> None:
    day = datetime.date(2005, 4, 14)
    assert parse_target("a:ja") == CitationTarget("a", "ja")
    assert parse_target("a@2005-04-14") == CitationTarget("a", None, day)
    assert parse_target("a:en@2005-04-14") == CitationTarget("a", "en", day)
    assert parse_target("Guidelines: the third").id == "Guidelines: the third"
    with pytest.raises(ValueError, match="empty"):
        parse_target("  ")


# Directives

DIRECTIVES = """
.. alliance:entries::
   :ids: futenma jda scc

.. alliance:document:: treaty-1960

.. alliance:passage:: magosaki-2006#8

.. alliance:passage:: magosaki-2006#9
   :lang: ja
   :no-furigana:
   :no-target:

.. alliance:concordance:: 普天間
   :lang: ja
   :sort: position
   :width: 10

.. alliance:concordance:: futenma
   :entry:
   :lang: en
   :documents: magosaki-2006

.. alliance:timeline::
   :from: 1996-01-01
   :to: 1996-12-31

.. alliance:name-search::

See :alliance:entry:`futenma` and :alliance:passage:`treaty-1960#6` and :alliance:passage:`magosaki-2006#8`.
"""


@pytest.fixture(scope="module")
def directives_page(tmp_path_factory: pytest.TempPathFactory) -> str:
    files = page_of(DIRECTIVES + "\n.. toctree::\n\n   topics")
    files["topics.rst"] = "Topics\n======\n\n.. alliance:topics::\n   :kind: agenda\n"
    built = build(write(tmp_path_factory.mktemp("directives") / "project", files))
    assert not built.warnings
    return built.page("index.html")


def test_an_entry_stands_under_its_id_with_its_names_and_readings(directives_page: str) -> None:
    block = directives_page[directives_page.index('id="futenma"') :].split('class="rubric"', maxsplit=1)[0]
    assert '<span class="alliance-name" lang="ja">普天間飛行場</span>' in block
    assert '<span lang="ja">ふてんま ひこうじょう</span>' in block
    assert "Futenma Hikōjō" in block
    assert "admitted" not in block


def test_a_role_leads_to_what_the_project_defines(directives_page: str) -> None:
    see = directives_page[directives_page.rindex("<p>See ") :]
    assert re.findall(r'href="(#[^"]*)"', see)[:3] == ["#futenma", "#treaty-1960-6", "#magosaki-2006-8"]


def test_a_document_has_its_passages_side_by_side_under_their_addresses(
    directives_page: str, shipped: Reference
) -> None:
    for passage in shipped.document("treaty-1960").passages:
        assert f'id="treaty-1960-{passage.number}"' in directives_page
    block = directives_page[directives_page.index('id="treaty-1960-6"') :]
    assert block.index('class="alliance-side" lang="en"') < block.index('class="alliance-side" lang="ja"')
    assert "<ruby" in block


def test_a_passage_may_be_in_one_language_without_readings_or_an_address(directives_page: str) -> None:
    block = directives_page[directives_page.index("only-ja") :].split("alliance-concordance", maxsplit=1)[0]
    assert 'lang="ja"' in block
    assert "<ruby" not in block
    assert 'class="alliance-side" lang="en"' not in block
    assert 'id="magosaki-2006-9"' not in directives_page
    assert 'id="magosaki-2006-8"' in directives_page


def test_a_concordance_shows_each_place_beside_the_other_language(
    directives_page: str, shipped: Reference
) -> None:
    tables = directives_page.split("alliance-concordance")[1:]
    lines = shipped.concordance("普天間", lang="ja", width=10, sort="position")
    assert tables[0].count("<tr") == len(lines)
    assert '<strong class="alliance-hit"><span lang="ja">普天間</span></strong>' in tables[0]
    entry = shipped.entry("futenma")
    assert tables[1].count("<tr") == len(shipped.concordance(entry, lang="en", documents=["magosaki-2006"]))
    assert 'lang="en">Futenma' in tables[1]


def test_a_timeline_is_a_picture_and_a_list_of_the_days_asked_for(
    directives_page: str, shipped: Reference
) -> None:
    items = shipped.timeline(start=datetime.date(1996, 1, 1), end=datetime.date(1996, 12, 31), lang="en")
    assert items
    picture = directives_page[directives_page.index("<svg") : directives_page.rindex("</svg>")]
    assert picture.count("<circle") == 2 * len(items)  # for a screen and for a phone
    listed = directives_page[directives_page.index("alliance-timeline") :].split("</dl>", maxsplit=1)[0]
    assert listed.count("<dt>") == len(items)
    assert "1995" not in picture


def test_the_search_over_names_is_a_labelled_field(directives_page: str) -> None:
    assert '<label for="alliance-query">' in directives_page
    assert "_static/alliance-names.js" in directives_page


WRONG_DIRECTIVES = [
    ("entries:: \n   :kinds: ship", "'ship' is no kind; kinds are document, person"),
    ("entries:: \n   :ids: futenm", "no entry 'futenm' in this reference; did you mean futenma"),
    ("entries::", "say which entries, with :kinds: or :ids:"),
    ("entries:: \n   :order: fr", '"fr" unknown'),
    ("document:: treaty-1961", "did you mean treaty-1960"),
    ("document:: futenma", "futenma"),
    ("passage:: treaty-1960#99", "treaty-1960#99"),
    ("passage:: treaty-1960#1\n   :lang: de", '"de" unknown'),
    ("concordance:: 普天間\n   :sort: best", '"best" unknown'),
    ("concordance:: 普天間\n   :documents: nowhere", "nowhere"),
    ("concordance:: futenm\n   :entry:", "did you mean futenma"),
    ("timeline::\n   :from: 1996-02-30", "'1996-02-30' is no day such as 2005-04-14"),
    ("topics::\n   :kind: gossip", '"gossip" unknown'),
    ("glossary:: missing.json", "missing.json"),
    ("glossary::\n   :ids: nothing", "the glossary has no nothing"),
    ("glossary::\n   :status: best", "'best' is no status"),
]


@pytest.mark.parametrize(("directive", "message"), WRONG_DIRECTIVES)
def test_a_wrong_option_is_an_error_that_says_where_and_what_is_right(
    wrong_directives: str, directive: str, message: str
) -> None:
    place = [one for one, _ in WRONG_DIRECTIVES].index(directive)
    report = next(one for one in wrong_directives.splitlines() if f"page{place}.rst:" in one)
    following = wrong_directives[wrong_directives.index(report) :]
    assert message in one_line(following.partition(f"page{place + 1}.rst")[0])


@pytest.fixture(scope="module")
def wrong_directives(tmp_path_factory: pytest.TempPathFactory) -> str:
    files = {"index.rst": "Page\n====\n\n.. toctree::\n   :glob:\n\n   page*\n"}
    for place, (directive, _) in enumerate(WRONG_DIRECTIVES):
        files[f"page{place}.rst"] = f"Page\n====\n\n.. alliance:{directive}\n"
    built = build(write(tmp_path_factory.mktemp("wrong") / "project", files), "dummy")
    return built.warnings


def test_myst_has_the_same_roles_and_directives(tmp_path: Path) -> None:
    text = (
        "# {alliance:label}`futenma`\n\nSee {alliance:entry}`futenma:ja`, {alliance:term}`普天間基地`, "
        "{alliance:entry}`the base <futenma>` and {alliance:passage}`treaty-1960#6`.\n\n"
        "```{alliance:passage} treaty-1960#6\n:no-furigana:\n```\n\n"
        "```{alliance:entries}\n:ids: futenma\n```\n"
    )
    built = build(write(tmp_path / "project", {"index.md": text}, extensions=["myst_parser"]))
    page = built.page("index.html")
    assert not built.warnings
    assert "<title>Marine Corps Air Station Futenma" in page
    assert '<a class="reference internal" href="#futenma"' in page
    assert '<a class="reference internal" href="#treaty-1960-6"' in page
    assert 'lang="ja">普天間基地</span>' in page


def test_the_quotation_marks_of_the_data_stay_as_they_are(tmp_path: Path, shipped: Reference) -> None:
    passage = next(
        passage
        for document in shipped.documents()
        for passage in document.passages
        if any('"' in unit.text("en") for unit in passage.units)
    )
    built = made(tmp_path, f'"mine"\n\n.. alliance:passage:: {passage.id}\n   :lang: en')
    page = built.page("index.html")
    assert "“mine”" in page
    shown = unescape(re.sub(r"<[^>]*>", "", page))
    assert all(unit.text("en") in shown for unit in passage.units)


# Glossaries


def test_a_glossary_defines_terms_in_both_languages(tmp_path: Path) -> None:
    built = made(
        tmp_path,
        ".. alliance:glossary::\n   :ids: futenma scc\n\n"
        "See :alliance:term:`普天間基地`, :alliance:term:`MCAS Futenma` and :alliance:term:`scc:ja`.",
    )
    page = built.page("index.html")
    assert not built.warnings
    assert page.count('href="#term-futenma"') >= 2
    assert '<a class="reference internal" href="#term-scc"><span class="alliance-term" lang="ja">' in page
    head = page[page.index('<dt id="term-futenma">') :].split("</dt>")[0]
    assert 'lang="en">Marine Corps Air Station Futenma' in head
    assert 'lang="ja">普天間飛行場' in head


@pytest.mark.parametrize(
    ("options", "order"), [("", ["alpha", "beta", "gamma"]), (":order: ja", ["gamma", "alpha", "beta"])]
)
def test_a_glossary_is_in_english_order_or_that_of_the_kana(
    tmp_path: Path, options: str, order: list[str]
) -> None:
    source = write(tmp_path / "project", page_of(f".. alliance:glossary:: terms.json\n   {options}"))
    write_glossary(
        source / "terms.json",
        concept("gamma", "Gamma", "漢字", "あさひ"),
        concept("beta", "Beta", "開始", "かいし"),
        concept("alpha", "Alpha", "仮名", "かいけん"),
    )
    page = build(source, alliance_warn_unused=False).page("index.html")
    assert re.findall(r'<dt id="term-(\w+)"', page) == order


@pytest.mark.parametrize(
    ("option", "kept", "dropped"),
    [
        (":kinds: place", "futenma", "scc"),
        (":status: abbreviation\n   :ids: futenma scc", "futenma", "jda"),
        (":subject: organization", "scc", "futenma"),
    ],
)
def test_a_glossary_may_be_a_part(tmp_path: Path, option: str, kept: str, dropped: str) -> None:
    page = made(tmp_path, f".. alliance:glossary::\n   {option}").page("index.html")
    assert f'id="term-{kept}"' in page
    assert f'id="term-{dropped}"' not in page


def test_a_term_is_called_as_its_glossary_says_in_the_language_and_of_the_day_asked_for(
    tmp_path: Path,
) -> None:
    old = Term("役所", "ja", reading="やくしょ", valid=Period(end=PartialDate(2006)))
    new = concept("office", "Office", "省", "しょう", old, note="A place of work.")
    roles = (
        ":alliance:term:`office` :alliance:term:`Office:ja` :alliance:term:`役所:en` :alliance:term:`OFFICE`"
    )
    source = write(tmp_path / "project", page_of(f".. alliance:glossary:: terms.json\n\n{roles}"))
    write_glossary(source / "terms.json", new)
    built = build(source)
    assert not built.warnings
    shown = re.findall(r'class="alliance-term" lang="(\w\w)">([^<]*)<', built.page("index.html"))
    assert shown == [("en", "Office"), ("ja", "省"), ("en", "Office"), ("en", "OFFICE")]


def test_a_term_that_nobody_cites_is_a_warning_that_can_be_switched_off(
    tmp_path: Path,
) -> None:
    text = ".. alliance:glossary:: terms.json\n\nSee :alliance:term:`始め`."
    source = write(tmp_path / "project", page_of(text))
    write_glossary(
        source / "terms.json",
        concept("start", "Start", "始め", "はじめ"),
        concept("end", "End", "終わり", "おわり"),
    )
    warnings = build(source, "dummy").warnings
    assert "the glossary defines end, but no page cites it with :alliance:term: [alliance.unused]" in warnings
    assert "defines start" not in warnings
    assert not build(source, "dummy", fresh=True, alliance_warn_unused=False).warnings


def test_a_term_of_two_concepts_is_a_warning_that_asks_for_an_id(
    tmp_path: Path,
) -> None:
    text = ".. alliance:glossary:: terms.json\n\n:alliance:term:`Command` :alliance:term:`command-act`"
    source = write(tmp_path / "project", page_of(text))
    write_glossary(
        source / "terms.json",
        concept("command-act", "Command", "指揮", "しき"),
        concept("command-body", "Command", "司令部", "しれいぶ"),
    )
    built = build(source, alliance_warn_unused=False)
    assert one_line(built.warnings).count("cite it by its id") == 1
    assert "term 'Command' is one of several concepts: command-act, command-body" in built.warnings


# The marks of language


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        ("<p>No Japanese</p>", None),
        ("<p>See 「普天間」.</p>", '<p>See <span lang="ja">「普天間」</span>.</p>'),
        ('<p lang="ja">普天間<br>基地 <b>移設</b></p>', None),
        ('<p lang="zh-Hant">臺灣</p>', None),
        (
            '<p lang="ja"><span lang="en">a 字</span></p>',
            '<p lang="ja"><span lang="en">a <span lang="ja">字</span></span></p>',
        ),
        ("<title>普天間</title><script>'普天間'</script><!-- 普天間 --><option>普天間</option>", None),
        ('<a title="普天間 > x">普天間</a>', '<a title="普天間 > x"><span lang="ja">普天間</span></a>'),
        ("<p><img alt='x'>ﾐｻｲﾙ</p>", "<p><img alt='x'><span lang=\"ja\">ﾐｻｲﾙ</span></p>"),
        ("<p lang=ja>普天間<p>基地", None),
    ],
)
def test_japanese_is_marked_where_nothing_around_it_says_so(html: str, marked: str | None) -> None:
    assert mark_japanese(html) == (html if marked is None else marked)
    assert mark_japanese(mark_japanese(html)) == mark_japanese(html)


def test_pages_in_japanese_need_no_marks() -> None:
    assert mark_japanese("<p>普天間</p>", "ja") == "<p>普天間</p>"
