"""Readers and writers of glossaries, one module for each format."""
