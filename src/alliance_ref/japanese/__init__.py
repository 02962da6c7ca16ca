"""Japanese text: tokens, sentences, readings. The only room that uses fugashi (in ``tagging``)."""

from alliance_ref.japanese.readings import furigana, reading, to_bracketed, to_ruby_html
from alliance_ref.japanese.sentences import japanese_sentences
from alliance_ref.japanese.tagging import Word, tokenize, words

__all__ = [
    "Word",
    "furigana",
    "japanese_sentences",
    "reading",
    "to_bracketed",
    "to_ruby_html",
    "tokenize",
    "words",
]
