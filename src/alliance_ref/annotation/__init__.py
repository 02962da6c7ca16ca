"""Annotation of running text with the names of entries or the terms of a glossary."""
