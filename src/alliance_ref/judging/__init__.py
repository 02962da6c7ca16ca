"""Judging a translation by a glossary: terms, numbers, dates, what was left untranslated."""
