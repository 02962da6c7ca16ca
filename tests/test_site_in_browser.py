"""The site as a reader meets it: by mouse and keyboard, on a desk and on a phone, in both languages."""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest

from browsing import (
    JAPANESE,
    MARKS,
    WRONG_LANGUAGE,
    Browser,
    dark,
    said_on_the_console,
    screen,
    serious_faults,
    wait,
    wider_than_the_screen,
)
from small_site import KINDS, served, write_site

pytest.importorskip("selenium.webdriver", reason="selenium is not installed")

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

pytestmark = MARKS
LANGUAGES = ("en", "ja")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(write_site(tmp_path_factory.mktemp("site"))) as address:
        yield address


@pytest.fixture
def browser(driver: Browser, site: str) -> Browser:
    """A browser as one that has never seen the site."""
    screen(driver, 1280, 900)
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    driver.get(f"{site}/en/names.html")
    driver.execute_script("localStorage.clear()")
    driver.get_log("browser")
    return driver


def switch_language(browser: Browser) -> None:
    # Where an anchor is asked for the browser scrolls away from the switch, at a time of its own.
    browser.execute_script("document.querySelector('.language-switch a').click()")


def one(browser: Browser, selector: str) -> Any:
    return browser.find_element(By.CSS_SELECTOR, selector)


# The switch of language


@pytest.mark.parametrize("page", ["index", "deep/document", "genindex"])
def test_the_switch_of_language_keeps_the_page_and_the_place(browser: Browser, site: str, page: str) -> None:
    place = {"deep/document": "#magosaki-2006-8", "index": "#section"}.get(page, "")
    browser.get(f"{site}/en/{page}.html{place}")
    switch_language(browser)
    wait(browser, lambda it: "/ja/" in it.current_url)
    assert browser.current_url == f"{site}/ja/{page}.html{place}"
    assert one(browser, "html").get_attribute("lang") == "ja"
    switch_language(browser)
    wait(browser, lambda it: "/en/" in it.current_url)
    assert browser.current_url == f"{site}/en/{page}.html{place}"


def press(browser: Browser, button: Any) -> None:
    # A click of the driver's own comes while the theme still scrolls smoothly to what is to be clicked.
    browser.execute_script("arguments[0].click()", button)


# The search over names


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("query", "entry"),
    [
        ("ふてんま", "futenma"),
        ("フテンマ", "futenma"),
        ("ﾌﾃﾝﾏ", "futenma"),
        ("futenma", "futenma"),
        ("普天間", "futenma"),
        ("Ono", "ohno-yoshinori"),
        ("Oono", "ohno-yoshinori"),
        ("Ōno", "ohno-yoshinori"),
        ("おおの", "ohno-yoshinori"),
        ("defense agency", "jda"),
        ("ふてん", "futenma"),
        ("2+2", "scc"),
    ],
)
def test_a_name_is_found_in_whatever_way_it_is_written(
    browser: Browser, site: str, language: str, query: str, entry: str
) -> None:
    browser.get(f"{site}/{language}/names.html")
    one(browser, "#alliance-query").send_keys(query)
    first = wait(browser, lambda it: one(it, "#alliance-found li[data-entry]"))
    assert first.get_attribute("data-entry") == entry
    first.find_element(By.TAG_NAME, "a").click()
    wait(browser, lambda it: it.current_url.endswith(f"#{entry}"))
    assert browser.execute_script("return Boolean(document.getElementById(arguments[0]))", entry)


def test_a_name_that_is_not_there_is_said_not_to_be(browser: Browser, site: str) -> None:
    browser.get(f"{site}/ja/names.html")
    one(browser, "#alliance-query").send_keys("zzzz")
    assert wait(browser, lambda it: one(it, "#alliance-found li")).text == "該当する名称はありません"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("query", ["普天間", "ふてんま", "フテンマ", "Futenma", "hutenma", "futemna"])
def test_the_search_lists_entries_above_the_pages(
    browser: Browser, site: str, language: str, query: str
) -> None:
    browser.get(f"{site}/{language}/search.html?{urlencode({'q': query})}")
    first = wait(browser, lambda it: one(it, "#alliance-named li[data-entry]"))
    assert first.get_attribute("data-entry") == "futenma"
    results = wait(browser, lambda it: one(it, "#search-results"))
    assert first.location["y"] < results.location["y"]
    assert not re.search(r"\((entry, in|項目、)", results.text)


def test_the_search_lists_no_entry_for_other_words(browser: Browser, site: str) -> None:
    browser.get(f"{site}/en/search.html?q=zzzz")
    wait(browser, lambda it: one(it, "#search-results"))
    assert not browser.find_elements(By.CSS_SELECTOR, "#alliance-named li")


def test_a_short_query_is_never_read_as_a_typing_error(browser: Browser, site: str) -> None:
    browser.get(f"{site}/en/names.html")
    one(browser, "#alliance-query").send_keys("jdx")
    assert wait(browser, lambda it: one(it, "#alliance-found li")).get_attribute("data-entry") is None


@pytest.mark.parametrize("keys", ["/", Keys.CONTROL + "k"])
def test_keys_lead_to_the_search_which_suggests_names(browser: Browser, site: str, keys: str) -> None:
    browser.get(f"{site}/en/index.html")
    one(browser, "body").send_keys(keys)
    field = browser.switch_to.active_element
    assert field.get_attribute("name") == "q"
    field.send_keys("ふてんま")
    first = wait(browser, lambda it: one(it, "#alliance-suggested li[data-entry]"))
    assert first.get_attribute("data-entry") == "futenma"
    assert first.is_displayed()


# Cards


def card_of(browser: Browser) -> Any:
    shown = [card for card in browser.find_elements(By.CSS_SELECTOR, ".alliance-card") if card.is_displayed()]
    return shown[0] if shown else None


def test_a_card_opens_by_mouse_stays_under_the_pointer_and_closes_behind_it(
    browser: Browser, site: str
) -> None:
    browser.get(f"{site}/en/index.html")
    name = one(browser, "article .entry--futenma")
    ActionChains(browser).move_to_element(name).perform()
    card = wait(browser, card_of)
    assert "普天間飛行場" in card.text
    ActionChains(browser).move_to_element(card).pause(0.6).perform()
    assert card.is_displayed()
    ActionChains(browser).move_to_element(one(browser, "h1")).pause(0.6).perform()
    wait(browser, lambda it: card_of(it) is None)


def test_a_card_opens_by_keyboard_is_announced_and_closes_with_escape(browser: Browser, site: str) -> None:
    browser.get(f"{site}/ja/index.html")
    for _ in range(60):
        ActionChains(browser).send_keys(Keys.TAB).perform()
        focused = browser.switch_to.active_element
        if card_of(browser):
            break
    card = wait(browser, card_of)
    assert focused.get_attribute("aria-describedby") == card.get_attribute("id")
    ActionChains(browser).send_keys(Keys.ESCAPE).perform()
    assert card_of(browser) is None
    assert focused.get_attribute("aria-describedby") is None


# Furigana


def test_readings_are_shown_on_demand_and_the_choice_is_remembered(browser: Browser, site: str) -> None:
    browser.get(f"{site}/ja/deep/document.html")
    reading = one(browser, ".alliance-passage ruby rt")
    assert not reading.is_displayed()
    button = one(browser, ".alliance-furigana-switch")
    assert button.get_attribute("aria-pressed") == "false"
    press(browser, button)
    assert reading.is_displayed()
    assert button.get_attribute("aria-pressed") == "true"
    browser.get(f"{site}/en/deep/document.html")
    assert one(browser, ".alliance-passage ruby rt").is_displayed()
    press(browser, one(browser, ".alliance-furigana-switch"))
    browser.refresh()
    assert not one(browser, ".alliance-passage ruby rt").is_displayed()


# The full-text search


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("query", "page"),
    [
        ("ミサイル防衛", "concordance"),
        ("普天間", "entries"),
        ("日米防衛協力", "entries"),
        ("地位協定", "glossary"),
        ("dramatically", "deep/document"),
        ("dramatically 安全保障", "deep/document"),
    ],
)
def test_the_search_finds_the_page_by_japanese_and_by_english(
    browser: Browser, site: str, language: str, query: str, page: str
) -> None:
    browser.get(f"{site}/{language}/search.html?q={query}")
    wait(browser, lambda it: f"{site}/{language}/{page}.html" in found_pages(it))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "query", ["防衛", "再編", "基地", "ミサイル 防衛", "再編 dramatically", "沖縄 基地 協定"]
)
def test_a_search_finds_pages_that_say_all_words_however_short(
    browser: Browser, site: str, language: str, query: str
) -> None:
    browser.get(f"{site}/{language}/search.html?q={query}")
    wait(browser, lambda it: one(it, "#search-results .search-summary").text or None)
    shown = "return [...document.querySelectorAll('#search-results li.kind-text a')].map((link) => link.href)"
    found = {link.split("?")[0].split("#")[0] for link in browser.execute_script(shown)}
    assert found
    stems = [word.removesuffix("ally") for word in query.split()]
    for page in [f"{site}/{language}/{kind}.html" for kind in KINDS]:
        browser.get(page)
        text = browser.execute_script("return document.querySelector('article').textContent.toLowerCase()")
        assert all(stem in text for stem in stems) or page not in found, page


def test_a_search_says_in_japanese_how_many_pages_it_found(browser: Browser, site: str) -> None:
    browser.get(f"{site}/ja/search.html?q=普天間")
    said = wait(browser, lambda it: one(it, "#search-results .search-summary").text or None)
    assert re.fullmatch(r"\d+件のページが見つかりました。", said)


def test_the_page_of_the_search_has_a_heading_and_a_field(browser: Browser, site: str) -> None:
    browser.get(f"{site}/ja/search.html")
    assert one(browser, "h1").text == "検索"
    one(browser, ".search-field input").send_keys("普天間", Keys.ENTER)
    wait(browser, lambda it: f"{site}/ja/entries.html" in found_pages(it))
    assert one(browser, ".search-field input").get_attribute("value") == "普天間"


def found_pages(browser: Browser) -> set[str]:
    """The pages that the search has found so far, without what is marked on them."""
    script = "return [...document.querySelectorAll('#search-results li a')].map((link) => link.href)"
    return {link.split("?")[0].split("#")[0] for link in browser.execute_script(script)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_search_finds_nothing_for_what_no_page_says(browser: Browser, site: str, language: str) -> None:
    browser.get(f"{site}/{language}/search.html?q=海王星探査機")
    wait(browser, lambda it: one(it, "#search-results .search-summary").text or None)
    assert not browser.find_elements(By.CSS_SELECTOR, "#search-results li a")


# What every kind of page must keep

EVERY_PAGE = [(language, kind) for language in LANGUAGES for kind in (*KINDS, "genindex", "search")]


@pytest.mark.parametrize(("language", "kind"), EVERY_PAGE)
def test_a_page_fits_a_phone(browser: Browser, site: str, language: str, kind: str) -> None:
    screen(browser, 360, 740)
    browser.get(f"{site}/{language}/{kind}.html")
    assert wider_than_the_screen(browser) <= 0


@pytest.mark.parametrize(("language", "kind"), EVERY_PAGE)
def test_a_page_says_nothing_on_the_console(browser: Browser, site: str, language: str, kind: str) -> None:
    browser.get(f"{site}/{language}/{kind}.html")
    assert said_on_the_console(browser) == []


@pytest.mark.parametrize(("language", "kind"), EVERY_PAGE)
def test_every_run_of_japanese_is_marked_as_japanese(
    browser: Browser, site: str, language: str, kind: str
) -> None:
    browser.get(f"{site}/{language}/{kind}.html")
    assert browser.execute_script(WRONG_LANGUAGE, JAPANESE, "ja") == []


def test_what_the_search_shows_of_a_page_is_marked_and_free_of_readings(browser: Browser, site: str) -> None:
    browser.get(f"{site}/en/search.html?q=普天間")
    wait(browser, lambda it: it.find_elements(By.CSS_SELECTOR, "#search-results li p.context"))
    assert browser.execute_script(WRONG_LANGUAGE, JAPANESE, "ja") == []
    assert "（ふてんま）" not in one(browser, "#search-results").text


@pytest.mark.parametrize("kind", ["deep/document", "entries", "glossary", "topics", "concordance"])
def test_english_sentences_of_the_data_are_marked_in_japanese_pages(
    browser: Browser, site: str, kind: str
) -> None:
    browser.get(f"{site}/ja/{kind}.html")
    sentence = r"(?<!\\S)[A-Z][a-z]+ (?:[a-z]+ ){4,}"
    where = "document.querySelector('article')"
    script = WRONG_LANGUAGE.replace("document.body", where)
    assert browser.execute_script(script, sentence, "en") == []


@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("ja", "dark")])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_no_serious_fault(
    browser: Browser, site: str, language: str, kind: str, scheme: str
) -> None:
    dark(browser, on=scheme == "dark")
    browser.get(f"{site}/{language}/{kind}.html")
    serious = serious_faults(browser)
    assert serious == [], json.dumps(serious, ensure_ascii=False, indent=1)


def test_the_colours_of_the_dark_are_those_of_the_dark(browser: Browser, site: str) -> None:
    colours = set()
    for on in (False, True):
        dark(browser, on=on)
        browser.get(f"{site}/en/names.html")
        colours.add(one(browser, "body").value_of_css_property("background-color"))
    assert len(colours) == 2
