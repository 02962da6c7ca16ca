"""Occurrences of words and entries: concordance, attestations and timeline."""
