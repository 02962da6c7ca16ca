"""What a release needs: the citation file agrees with the version and the edition of the data."""

import re
import tomllib
from pathlib import Path

import alliance_ref as ar

ROOT = Path(__file__).parent.parent


def test_the_citation_file_has_the_version_and_the_edition_of_the_data() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    versions = re.findall(r"^ *version: \"?([^\"\n]+)\"?$", citation, re.MULTILINE)
    assert versions == [project["version"], ar.DATA_EDITION]


def test_every_extra_is_named_in_the_installation_messages_or_the_docs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pages = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("docs", "src")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".md", ".py")
    )
    for extra in set(project["optional-dependencies"]) - {"bench", "dev", "test"}:
        assert re.search(rf"\[{extra}\]|extra ``{extra}``|\"{extra}\"", pages), extra
