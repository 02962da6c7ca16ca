"""The largest pages of the documentation, as ``make docs`` built it, in a browser."""

import json
from collections.abc import Iterator

import pytest

from browsing import (
    MARKS,
    Browser,
    dark,
    said_on_the_console,
    screen,
    serious_faults,
    started_browser,
    wider_than_the_screen,
)
from small_site import served
from test_full_site import built_site

pytestmark = MARKS
LARGEST = [
    ("en", "alliance/concepts/cooperation-and-operations", "dark"),
    ("ja", "alliance/concepts/realignment-and-bases", "light"),
    ("en", "alliance/glossary-subjects", "light"),
    ("ja", "alliance/glossary-ja", "dark"),
    ("ja", "alliance/documents/atara-2005", "dark"),
    ("ja", "alliance/timeline", "light"),
    ("en", "reference/glossaries", "dark"),
    ("ja", "genindex", "light"),
]
# Of a list of hundreds of the same the first dozen stands for all: axe looks at every node of a page at once.
SHORTEN = """
const lists = "article, :is(article, .toc-tree) :is(section, dl, ul, tbody, div, nav)";
for (const list of document.querySelectorAll(lists)) {
  while (list.children.length > 12) list.lastElementChild.remove();
}
"""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served(built_site()) as address:
        yield address


@pytest.fixture(scope="module")
def browser(site: str) -> Iterator[Browser]:
    with started_browser() as started:
        yield started


@pytest.mark.parametrize(("language", "page", "scheme"), LARGEST)
def test_a_large_page_fits_a_phone_says_nothing_on_the_console_and_has_no_serious_fault(
    browser: Browser, site: str, language: str, page: str, scheme: str
) -> None:
    screen(browser, 390, 844)
    dark(browser, on=scheme == "dark")
    browser.get(f"{site}/{language}/{page}.html")
    assert wider_than_the_screen(browser) <= 0
    assert said_on_the_console(browser) == []
    browser.execute_script(SHORTEN)
    serious = serious_faults(browser)
    assert serious == [], json.dumps(serious, ensure_ascii=False, indent=1)
