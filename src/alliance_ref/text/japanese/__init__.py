"""Tokens and readings of Japanese text. The module `tagging` is the only one that uses fugashi."""

from alliance_ref.text.japanese.readings import furigana, reading, to_bracketed, to_ruby_html
from alliance_ref.text.japanese.tagging import Word, tokenize, words

__all__ = [
    "Word",
    "furigana",
    "reading",
    "to_bracketed",
    "to_ruby_html",
    "tokenize",
    "words",
]
