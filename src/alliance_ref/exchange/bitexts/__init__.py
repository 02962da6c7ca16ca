"""Readers and writers of aligned units."""
