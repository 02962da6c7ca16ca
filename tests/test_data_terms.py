"""Are the terms of the alliance found, as an interpreter would type them?"""

from pathlib import Path

import pytest

from alliance_ref.reference import Reference

_TESTS = Path(__file__).parent


def _terms(name: str) -> list[list[str]]:
    return [line.split("\t") for line in (_TESTS / name).read_text(encoding="utf-8").splitlines()]


TERMS = _terms("data_terms_1951_2007.tsv")
TERMS_SINCE_2008 = _terms("data_terms_since_2008.tsv")


@pytest.mark.parametrize(("term", "entry_id"), TERMS, ids=[term for term, _ in TERMS])
def test_a_term_of_1951_to_2007_is_found_first(shipped: Reference, term: str, entry_id: str) -> None:
    best = shipped.lookup(term)[0]
    assert best.entry.id == entry_id
    assert best.reason != "fuzzy"


@pytest.mark.parametrize(("term", "entry_id"), TERMS_SINCE_2008, ids=[term for term, _ in TERMS_SINCE_2008])
def test_a_term_of_the_years_since_2008_is_found_first(shipped: Reference, term: str, entry_id: str) -> None:
    best = shipped.lookup(term)[0]
    assert best.entry.id == entry_id
    assert best.reason != "fuzzy"
