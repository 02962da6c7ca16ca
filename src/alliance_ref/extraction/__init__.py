"""Term extraction: glossaries built from bilingual text.

The steps are word counts and association scores, word alignment, phrase pairs, and concepts; see
docs/extraction.md.
"""

from alliance_ref.errors import InvalidSeed, InvalidUnit
from alliance_ref.extraction.build import build_glossary

__all__ = ["InvalidSeed", "InvalidUnit", "build_glossary"]
