"""CSV and TSV: nothing is lost but what the formats say, and others' tables are read too."""

from hypothesis import given, settings

from alliance_ref.exchange import columns
from alliance_ref.records import GlossaryConcept
from glossary_strategies import glossaries
from losses import blanked


@settings(max_examples=60, deadline=None)
@given(glossaries())
def test_csv_and_tsv_give_back_all_but_attestations(concepts: tuple[GlossaryConcept, ...]) -> None:
    kept = tuple(blanked(concept, columns.HOLDS) for concept in concepts)
    assert columns.loads_csv(columns.dumps_csv(concepts)) == kept
    assert columns.loads_tsv(columns.dumps_tsv(concepts)) == kept
