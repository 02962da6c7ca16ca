"""Japanese text: tokens, sentences, readings. The only room that uses fugashi (in ``tagging``)."""

from alliance_ref.text.japanese.readings import furigana, reading, to_bracketed, to_ruby_html
from alliance_ref.text.japanese.sentences import japanese_sentences
from alliance_ref.text.japanese.tagging import Word, tokenize, words

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
