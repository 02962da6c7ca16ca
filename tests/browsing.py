"""A browser for tests of pages: how it is started, what it looks through, what is asked of every page."""

import importlib.util
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")

from selenium.webdriver.support.ui import WebDriverWait  # noqa: E402

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
CHROMEDRIVER = shutil.which("chromedriver")
MARKS = [
    pytest.mark.skipif(
        not CHROMIUM or not CHROMEDRIVER, reason="chromium and chromedriver are not installed"
    ),
    # selenium and the server of the tests leave the closing of their sockets to the end
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
Browser = Any

WRONG_LANGUAGE = """
const [pattern, wanted] = [new RegExp(arguments[0], "u"), arguments[1]];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
const wrong = [];
while (walker.nextNode()) {
  const node = walker.currentNode;
  if (node.parentElement.closest("script, style, noscript") || !pattern.test(node.data)) continue;
  const around = node.parentElement.closest("[lang]")?.getAttribute("lang") ?? "";
  if (around !== wanted && !around.startsWith("ja-")) wrong.push(node.data.trim());
}
return wrong.slice(0, 5);
"""
JAPANESE = r"[\u3041-\u309f\u30a1-\u30fa\u4e00-\u9fff]"

_AXE = """
const [options, done] = [arguments[0], arguments[1]];
axe.run(document, {resultTypes: ["violations"], ...options}).then(done, done);
"""


@contextmanager
def started_browser() -> Iterator[Browser]:
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    started = webdriver.Chrome(options=options, service=webdriver.ChromeService(CHROMEDRIVER))
    try:
        yield started
    finally:
        started.quit()


def screen(browser: Browser, width: int, height: int) -> None:
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def dark(browser: Browser, *, on: bool) -> None:
    value = "dark" if on else "light"
    features = [{"name": "prefers-color-scheme", "value": value}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def wait(browser: Browser, condition: Callable[[Browser], Any]) -> Any:
    return WebDriverWait(browser, 15).until(condition)


def wider_than_the_screen(browser: Browser) -> int:
    wider: int = browser.execute_script("return document.documentElement.scrollWidth - window.innerWidth")
    return wider


def said_on_the_console(browser: Browser) -> list[Any]:
    return [entry for entry in browser.get_log("browser") if "favicon" not in entry["message"]]


def axe_source() -> str | None:
    for package in ("axe_playwright_python", "axe_core_python"):
        spec = importlib.util.find_spec(package)
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            script = Path(folder, "axe.min.js")
            if script.exists():
                return script.read_text(encoding="utf-8")
    return None


def serious_faults(browser: Browser, **options: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What axe-core finds serious or critical on the page that is open."""
    source = axe_source()
    if source is None:
        pytest.skip("axe-core is not installed (pip install axe-core-python)")
    browser.execute_script(source)
    browser.set_script_timeout(120)  # a busy machine takes its time over contrasts
    found = browser.execute_async_script(_AXE, options)
    assert "violations" in found, found
    return [
        {
            "rule": fault["id"],
            "nodes": [node["html"][:200] for node in fault["nodes"][:3]],
            "n": len(fault["nodes"]),
        }
        for fault in found["violations"]
        if fault["impact"] in ("serious", "critical")
    ]
