"""Glossaries built from bitexts: candidate terms, pairs, scores, evidence."""

from alliance_ref.errors import InvalidSeed, InvalidUnit
from alliance_ref.extraction.build import build_glossary

__all__ = ["InvalidSeed", "InvalidUnit", "build_glossary"]
