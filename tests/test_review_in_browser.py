"""The review page of a glossary in a browser: keys, state, the saved file, phones, dark screens."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import alliance_ref as ar
from alliance_ref.glossary.decisions import Decisions, read_decisions
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

pytest.importorskip("selenium.webdriver", reason="selenium is not installed")

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

pytestmark = MARKS

HOSTILE = '<img src=x onerror="document.title=1"></script><b>&"\''
UNITS = [
    ar.TranslationUnit("The Status of Forces Agreement was signed.", "地位協定が署名された。", "m.tmx", 0),
    ar.TranslationUnit("The alliance is old.", "同盟は古い。", "m.tmx", 1),
    ar.TranslationUnit(f"The allies met. {HOSTILE}", f"同盟国が会合した。{HOSTILE}", "m.tmx", 2),
]


def pair(en: str, ja: str, id_: str) -> ar.GlossaryConcept:
    return ar.GlossaryConcept(
        id_,
        ar.records.LanguageSection("en", (ar.records.Term(en, "en"),)),
        ar.records.LanguageSection("ja", (ar.records.Term(ja, "ja"),)),
    )


GLOSSARY = ar.build_glossary(UNITS, terms_only=False).with_concepts(
    pair(HOSTILE, "=1+1", "hostile"), pair("-", "同", "sign")
)


@pytest.fixture
def page(driver: Browser, tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "review.html"
    GLOSSARY.to_review(path, UNITS, name="g.json")
    screen(driver, 1200, 900)
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    driver.execute_cdp_cmd("Page.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    driver.get(path.as_uri())
    yield path
    driver.execute_script("localStorage.clear()")


def press(browser: Browser, *keys: str) -> None:
    actions = ActionChains(browser)
    for key in keys:
        actions.send_keys(key)
    actions.perform()


def decisions_on(browser: Browser) -> list[str]:
    rows = browser.find_elements(By.CSS_SELECTOR, ".pair")
    return [row.get_attribute("data-decision") or "" for row in rows]


def saved(browser: Browser, page: Path) -> Decisions:
    press(browser, "s")
    path = page.with_name("decisions.csv")
    wait(browser, lambda _: path.exists() and path.stat().st_size)
    time.sleep(0.2)
    return read_decisions(path)


def place_of(text: str) -> int:
    return next(at for at, concept in enumerate(GLOSSARY) if concept.en[0].text == text)


def test_pairs_are_decided_by_keys_and_saved_for_the_next_build(driver: Browser, page: Path) -> None:
    press(driver, *(["j"] * (place_of("alliance") + 1)), "a")
    row = driver.find_elements(By.CSS_SELECTOR, ".pair")[place_of("allies")]
    driver.execute_script("arguments[0].focus()", row)
    press(driver, "c")
    field = driver.switch_to.active_element
    assert field.get_attribute("name") == "ja"
    field.clear()
    field.send_keys("友邦", Keys.ENTER)
    signed = driver.find_elements(By.CSS_SELECTOR, ".pair")[place_of("signed")]
    driver.execute_script("arguments[0].focus()", signed)
    press(driver, "r")
    assert driver.find_element(By.ID, "counts").text.startswith("accepted: 1 · corrected: 1 · rejected: 1")

    found = saved(driver, page)
    assert {(item.concept.en[0].text, item.concept.ja[0].text) for item in found.approved} == {
        ("alliance", "同盟"),
        ("allies", "友邦"),
    }
    assert {(item.en, item.ja) for item in found.rejected} == {("allies", "同盟国"), ("signed", "署名")}
    decisions = page.with_name("decisions.csv")
    built = ar.build_glossary(UNITS, terms_only=False, approved=decisions, rejected=decisions)
    assert {concept.ja[0].text for concept in built.concepts[:2]} == {"同盟", "友邦"}
    assert not built.lookup("signed")


def test_the_page_keeps_its_state_and_undoes_it(driver: Browser, page: Path) -> None:
    press(driver, "j", "a", "r")
    driver.get(page.as_uri())
    assert decisions_on(driver)[:3] == ["accept", "reject", ""]
    press(driver, "j", "u")
    driver.get(page.as_uri())
    assert decisions_on(driver)[:3] == ["", "reject", ""]
    GLOSSARY.to_review(page, UNITS)  # written again at the same place
    driver.get(page.as_uri())
    assert decisions_on(driver)[:3] == ["", "reject", ""]
    elsewhere = page.with_name("other.html")
    GLOSSARY.to_review(elsewhere, UNITS)
    driver.get(elsewhere.as_uri())
    assert set(decisions_on(driver)) == {""}, "another review has its own decisions"


def test_escape_leaves_a_correction_and_keys_in_a_field_are_text(driver: Browser, page: Path) -> None:
    press(driver, "j", "c")
    press(driver, "a", "r", "s", Keys.ESCAPE)
    assert set(decisions_on(driver)) == {""}
    assert not driver.find_elements(By.CSS_SELECTOR, "form")
    press(driver, "c", Keys.ENTER)
    assert decisions_on(driver)[0] == "accept", "a correction that changes nothing accepts"


def test_buttons_filter_and_search_work_with_the_mouse(driver: Browser, page: Path) -> None:
    first = driver.find_elements(By.CSS_SELECTOR, ".pair")[0]
    first.find_element(By.CSS_SELECTOR, "button.reject").click()
    driver.find_element(By.CSS_SELECTOR, "#filter option[value=reject]").click()
    assert [row.is_displayed() for row in driver.find_elements(By.CSS_SELECTOR, ".pair")].count(True) == 1
    driver.find_element(By.CSS_SELECTOR, "#filter option[value=all]").click()
    driver.find_element(By.ID, "search").send_keys("同盟国")
    shown = [row.text for row in driver.find_elements(By.CSS_SELECTOR, ".pair") if row.is_displayed()]
    assert len(shown) == 1
    assert "allies" in shown[0]


def test_nothing_in_the_data_is_run_and_the_saved_table_has_no_formula(driver: Browser, page: Path) -> None:
    assert driver.title == "Review of g.json"
    assert said_on_the_console(driver) == []
    assert not driver.find_elements(By.CSS_SELECTOR, "main img, main b, main script")
    for text in (HOSTILE, "-"):
        row = driver.find_elements(By.CSS_SELECTOR, ".pair")[place_of(text)]
        driver.execute_script("arguments[0].focus()", row)
        press(driver, "a")
    found = saved(driver, page)
    assert {(item.concept.en[0].text, item.concept.ja[0].text) for item in found.approved} == {
        (HOSTILE, "=1+1"),
        ("-", "同"),
    }
    table = page.with_name("decisions.csv").read_text(encoding="utf-8-sig")
    assert '"\'=1+1"' in table
    assert '"\'-"' in table


def test_the_places_of_a_pair_are_marked(driver: Browser, page: Path) -> None:
    row = driver.find_elements(By.CSS_SELECTOR, ".pair")[place_of("allies")]
    assert [mark.text for mark in row.find_elements(By.TAG_NAME, "mark")] == ["allies", "同盟国"]
    assert "m.tmx 2" in row.text
    assert driver.execute_script(WRONG_LANGUAGE, JAPANESE, "ja") == []


@pytest.mark.parametrize("is_dark", [False, True])
@pytest.mark.parametrize("width", [390, 1200])
def test_the_page_fits_a_phone_and_is_accessible(
    driver: Browser, page: Path, width: int, is_dark: bool
) -> None:
    screen(driver, width, 800)
    dark(driver, on=is_dark)
    driver.get(page.as_uri())
    press(driver, "j", "a", "r", "c")
    assert wider_than_the_screen(driver) <= 0
    assert serious_faults(driver) == []
    background = driver.execute_script("return getComputedStyle(document.body).backgroundColor")
    assert background == ("rgb(23, 25, 28)" if is_dark else "rgb(255, 255, 255)")


def test_the_page_speaks_japanese(driver: Browser, page: Path) -> None:
    GLOSSARY.to_review(page, UNITS, name="g.json", lang="ja")
    driver.get(page.as_uri())
    assert driver.find_element(By.CSS_SELECTOR, "button.accept").text.startswith("採用")
    assert driver.find_element(By.ID, "counts").text.endswith(f"未定: {len(decisions_on(driver))}")
