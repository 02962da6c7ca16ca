"""Checks: does the data keep what it promises? Every rule has a code, and one module a question."""
