"""Glossaries built from bitexts: candidate terms, pairs, scores, evidence."""

from alliance_ref.building.builder import build_glossary

__all__ = ["build_glossary"]
