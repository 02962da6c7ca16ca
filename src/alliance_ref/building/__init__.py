"""Building glossaries from aligned units: candidates, evidence, pairs, concepts."""
