"""Readers and writers of glossaries."""
