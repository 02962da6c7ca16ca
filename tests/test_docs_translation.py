"""The documentation is there in Japanese: every string of it, none of them fuzzy, none left over."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

pytest.importorskip("sphinx", reason="the extra [docs] is not installed")
pytest.importorskip("furo", reason="the extra [docs] is not installed")

ROOT = Path(__file__).parent.parent
LOCALE = ROOT / "docs" / "locale" / "ja" / "LC_MESSAGES"
_MARKUP = re.compile(r"\{[\w:-]+\}`[^`]*`|``[^`]+``|`[^`]+`")
_JAPANESE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]")
_LETTER = re.compile(r"[^\W\d_]")
_LETTERS = re.compile(r"[A-Za-z]{3,}")
# A docstring says :func:`x`. Its Japanese says {func}`x`: Sphinx reads it as MyST, like the page it is on.
_ROLE = re.compile(r"(?:\{([\w:-]+)\}|:(\w+):)`")

Strings = dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def strings(tmp_path_factory: pytest.TempPathFactory) -> Strings:
    """The strings of each page as Sphinx finds them now."""
    folder = tmp_path_factory.mktemp("strings")
    command = [sys.executable, "-m", "sphinx", "-q", "-t", "strings", "-b", "gettext"]
    subprocess.run([*command, str(ROOT / "docs"), str(folder)], check=True, capture_output=True)
    return _read(folder, "*.pot")


@pytest.fixture(scope="module")
def translated() -> Strings:
    """The strings of each page with their Japanese."""
    return _read(LOCALE, "*.po")


def _read(folder: Path, pattern: str) -> Strings:
    found: Strings = {}
    for path in sorted(folder.rglob(pattern)):
        with path.open("rb") as file:
            catalogue = read_po(file, locale="ja")
        page = path.relative_to(folder).with_suffix("").as_posix()
        found[page] = {str(one.id): str(one.string) for one in catalogue if one.id}
        assert not [one.id for one in catalogue if one.id and one.fuzzy], page
        assert not catalogue.obsolete, page
    return found


def _roles(text: str) -> list[str]:
    return sorted(braced or colons for braced, colons in _ROLE.findall(text))


def test_every_string_has_its_japanese(strings: Strings, translated: Strings) -> None:
    missing = [
        (page, text)
        for page, texts in strings.items()
        for text in texts
        if not translated.get(page, {}).get(text, "").strip()
    ]
    assert not missing, f"{len(missing)} without Japanese, such as {missing[:3]}; see CONTRIBUTING.md"


def test_nothing_is_translated_that_no_page_says(strings: Strings, translated: Strings) -> None:
    assert {page: texts.keys() for page, texts in translated.items()} == {
        page: texts.keys() for page, texts in strings.items()
    }


def test_figures_of_the_measured_pages_are_none_to_translate(strings: Strings) -> None:
    """They change with each run of the benchmarks, and the translation must not."""
    pages = {page: texts for page, texts in strings.items() if page.startswith("benchmarks/")}
    assert pages.keys() == {f"benchmarks/{name}" for name in ("finding", "alignment", "glossaries")}
    for page, texts in pages.items():
        for text in texts:
            assert _LETTER.search(_MARKUP.sub("", text)), (page, text)


def test_a_translation_is_in_japanese_and_keeps_the_markup(translated: Strings) -> None:
    for page, texts in translated.items():
        for text, said in texts.items():
            words = _LETTERS.findall(_MARKUP.sub("", text))
            if len(words) > 3:
                assert _JAPANESE.search(said), (page, text, said)
            assert _roles(text) == _roles(said), (page, text, said)
