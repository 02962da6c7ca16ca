"""The `Glossary` object, and functions that read glossaries and aligned units."""

from alliance_ref.glossary.from_reference import reference_glossary
from alliance_ref.glossary.glossary import Glossary
from alliance_ref.glossary.io import read_glossary, read_units

__all__ = ["Glossary", "read_glossary", "read_units", "reference_glossary"]
