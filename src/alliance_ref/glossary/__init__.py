"""Glossaries: the object, the reference as one, reading and writing files."""

from alliance_ref.glossary.files import read_glossary, read_units
from alliance_ref.glossary.model import Glossary
from alliance_ref.glossary.shipped import reference_glossary

__all__ = ["Glossary", "read_glossary", "read_units", "reference_glossary"]
