"""The offline lookup page, written by the command and opened from the disk in a browser."""

import json
import re
from pathlib import Path

import pytest

import alliance_ref as ar
from alliance_ref.cli import main
from alliance_ref.preparation import booth_page
from alliance_ref.preparation.name_index import as_script
from browsing import (
    MARKS,
    Browser,
    dark,
    said_on_the_console,
    screen,
    serious_faults,
    wait,
    wider_than_the_screen,
)

GLOSSARY = "id,en,ja\nwharf,tidal wharf,干満岸壁\ntag,</script><b>x</b>,危険\n"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("booth")
    (folder / "mine.csv").write_text(GLOSSARY, encoding="utf-8")
    target = folder / "booth.html"
    assert main(["booth", "--glossary", str(folder / "mine.csv"), "--to", str(target)]) == 0
    return target


def test_the_page_has_every_entry_and_the_terms_of_the_glossary(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
    assert found
    ids = {row["id"] for row in json.loads(found[1])["rows"]}
    assert {entry.id for entry in ar.entries()} <= ids
    assert sum(one.startswith("glossary:") for one in ids) == 2


def test_the_page_loads_nothing(page: Path) -> None:
    assert not re.search(r'(src|href)="', page.read_text(encoding="utf-8").partition("<body>")[0])
    assert "fetch(" not in booth_page(ar.load())


def test_json_cannot_end_the_script_that_contains_it() -> None:
    assert "</" not in as_script({"text": "</script>"})


def test_the_command_writes_its_page_twice_but_not_over_a_file_of_another_program(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = str(tmp_path / "booth.html")
    assert [main(["booth", "--to", page]), main(["booth", "--to", page])] == [0, 0]
    other = tmp_path / "other.html"
    other.write_text("<p>mine</p>", encoding="utf-8")
    assert main(["booth", "--to", str(other)]) == 2
    assert "--force" in capsys.readouterr().err
    assert other.read_text(encoding="utf-8") == "<p>mine</p>"


@pytest.fixture
def browser(driver: Browser, page: Path) -> Browser:
    screen(driver, 390, 844)
    dark(driver, on=False)
    driver.get(page.as_uri())
    driver.execute_script("localStorage.clear()")
    driver.get(page.as_uri())
    driver.get_log("browser")
    return driver


def results(browser: Browser) -> list[str | None]:
    return [item.get_attribute("data-id") for item in browser.find_elements("css selector", "#results li")]


def ask(browser: Browser, query: str) -> list[str | None]:
    field = browser.find_element("id", "query")
    field.clear()
    field.send_keys(query)
    return results(browser)


class TestInABrowser:
    pytestmark = MARKS

    @pytest.mark.parametrize("query", ["普天間", "ふてんま", "フテンマ", "Futenma", "hutenma", "futemna"])
    def test_a_name_is_found_in_any_spelling(self, browser: Browser, query: str) -> None:
        assert ask(browser, query)[0] == "futenma"

    def test_a_term_of_the_glossary_is_found_and_shown_as_text(self, browser: Browser) -> None:
        (concept,) = [one for one in ask(browser, "干満岸壁") if one and one.startswith("glossary:")]
        assert concept
        ask(browser, "危険")
        assert "</script><b>x</b>" in browser.find_element("id", "results").text

    def test_a_query_without_a_match_finds_nothing(self, browser: Browser) -> None:
        assert ask(browser, "zzzzzz") == []
        assert browser.find_element("id", "results").text in ("No name matches", "該当する名称はありません")

    def test_stars_history_and_language_stay_after_reloading(self, browser: Browser, page: Path) -> None:
        ask(browser, "ふてんま\n")
        browser.find_element("css selector", "#results button").click()
        before = browser.find_element("id", "title").text
        browser.find_element("id", "language").click()
        browser.get(page.as_uri())
        wait(browser, lambda it: len(results(it)) == 2)
        assert results(browser) == ["futenma", "futenma"]
        assert browser.find_element("id", "title").text != before

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_the_page_fits_a_phone_and_has_no_serious_fault(self, browser: Browser, scheme: str) -> None:
        dark(browser, on=scheme == "dark")
        ask(browser, "ふてんま\n")
        assert wider_than_the_screen(browser) <= 0
        assert not serious_faults(browser)
        assert not said_on_the_console(browser)
