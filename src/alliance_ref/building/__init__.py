"""Glossaries built from bitexts: candidate terms, pairs, scores, evidence."""

from alliance_ref.building.builder import build_glossary
from alliance_ref.building.errors import NotASeed, NotAUnit

__all__ = ["NotASeed", "NotAUnit", "build_glossary"]
