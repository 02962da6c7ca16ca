"""The documentation is there in Japanese: every string of a page has its translation, and none is fuzzy.

Strings of docstrings need no translation for now, and their catalogs may have outdated strings: docstrings
have been rewritten, and their translation follows. The same is true of the `REWRITTEN` pages.
"""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
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
REFERENCE = "reference/"
"""The pages that consist of docstrings."""

REWRITTEN = frozenset(
    (
        "changelog",
        "extraction",
    )
)
"""Pages that were rewritten and whose translation follows; a page leaves this list when it is translated."""


@pytest.fixture(scope="module")
def catalogs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Catalog]:
    """The strings of each page as Sphinx finds them now."""
    folder = tmp_path_factory.mktemp("strings")
    command = [sys.executable, "-m", "sphinx", "-q", "-t", "strings", "-b", "gettext"]
    subprocess.run([*command, str(ROOT / "docs"), str(folder)], check=True, capture_output=True)
    return _read(folder, "*.pot")


@pytest.fixture(scope="module")
def strings(catalogs: dict[str, Catalog]) -> Strings:
    """The strings of each page, without those that come from docstrings."""
    return {
        page: {str(one.id): "" for one in catalog if one.id and not _of_docstring(one)}
        for page, catalog in catalogs.items()
    }


@pytest.fixture(scope="module")
def translated() -> Strings:
    """The strings of each page with their Japanese."""
    found = {}
    for page, catalog in _read(LOCALE, "*.po").items():
        found[page] = {str(one.id): str(one.string) for one in catalog if one.id}
        assert not [one.id for one in catalog if one.id and one.fuzzy], page
        assert not catalog.obsolete, page
    return found


def _read(folder: Path, pattern: str) -> dict[str, Catalog]:
    found = {}
    for path in sorted(folder.rglob(pattern)):
        with path.open("rb") as file:
            found[path.relative_to(folder).with_suffix("").as_posix()] = read_po(file, locale="ja")
    return found


def _of_docstring(message: Message) -> bool:
    """Whether a string comes from docstrings only: Sphinx locates it in a module, not on a page."""
    return all(not path.endswith(".md") for path, _ in message.locations)


def _roles(text: str) -> list[str]:
    return sorted(braced or colons for braced, colons in _ROLE.findall(text))


def without_japanese(strings: Strings, translated: Strings) -> list[tuple[str, str]]:
    return [
        (page, text)
        for page, texts in strings.items()
        for text in texts
        if not translated.get(page, {}).get(text, "").strip()
    ]


def test_every_string_of_a_page_has_its_japanese(strings: Strings, translated: Strings) -> None:
    missing = [item for item in without_japanese(strings, translated) if item[0] not in REWRITTEN]
    assert not missing, f"{len(missing)} without Japanese, such as {missing[:3]}; see CONTRIBUTING.md"


def test_no_page_has_a_translation_of_a_string_that_is_gone(
    catalogs: dict[str, Catalog], translated: Strings
) -> None:
    assert translated.keys() <= catalogs.keys()
    gone = [
        (page, text)
        for page, texts in translated.items()
        if page not in REWRITTEN and not page.startswith(REFERENCE)
        for text in texts
        if text not in catalogs[page]
    ]
    assert not gone, f"{len(gone)} left over, such as {gone[:3]}; see CONTRIBUTING.md"


def test_no_page_has_the_address_of_a_page_that_sphinx_writes(catalogs: dict[str, Catalog]) -> None:
    assert not {"search", "genindex", "py-modindex"} & catalogs.keys()


def test_strings_of_pages_and_docstrings_are_told_apart(catalogs: dict[str, Catalog]) -> None:
    reference = [one for one in catalogs["reference/errors"] if one.id]
    assert any(_of_docstring(one) for one in reference)
    assert not all(_of_docstring(one) for one in reference)
    assert not any(_of_docstring(one) for one in catalogs["tutorial"] if one.id)


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
