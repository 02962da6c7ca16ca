"""Fixtures: a small reference of the tests' own, and the real copies where they are at hand."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from alliance_ref.reference import Reference, load

SHARED = Path(__file__).resolve().parents[2] / "shared"

os.environ["LANGUAGE"] = "en"  # the command line speaks English whatever the locale of those who test

# How long one example takes says more about the machine than about the code.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")


@pytest.fixture(scope="session")
def shipped() -> Reference:
    """The reference the package ships."""
    return load()


@pytest.fixture(scope="module")
def driver() -> Iterator[Any]:
    """A browser for the tests of a module."""
    from browsing import started_browser  # skips the tests where selenium is not installed

    with started_browser() as started:
        yield started


@pytest.fixture(scope="session")
def real_copy() -> Callable[[str], Path]:
    """The path of a real article; skips the test where the shared folder is missing."""

    def path(prefix: str) -> Path:
        found = sorted((SHARED / "sources").glob(f"{prefix}_*.txt"))
        if not found:
            pytest.skip("the real articles are not beside this checkout (../shared/sources)")
        return found[0]

    return path
