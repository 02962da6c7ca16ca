"""Are the terms of the alliance found, as an interpreter would type them?"""

from pathlib import Path

import pytest

from alliance_ref.reference import Reference

TERMS = [
    line.split("\t")
    for line in (Path(__file__).parent / "data_terms_1951_2007.tsv").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize(("term", "entry_id"), TERMS, ids=[term for term, _ in TERMS])
def test_a_term_of_1951_to_2007_is_found_first(shipped: Reference, term: str, entry_id: str) -> None:
    best = shipped.lookup(term)[0]
    assert best.entry.id == entry_id
    assert best.reason != "fuzzy"
