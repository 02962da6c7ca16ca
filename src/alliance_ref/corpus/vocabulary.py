"""The words of a corpus: each different word has a code, which is one character in the stored texts.

A word is a written form with its lemma; in Japanese also with its reading. The full-text index contains the
numbers of forms and lemmas (the table ``classes``), so all words with one lemma are found by one number.
"""

import re
import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from alliance_ref.errors import CorpusLimit
from alliance_ref.records.values import Lang
from alliance_ref.text.folding import name_key
from alliance_ref.text.japanese.tagging import word_of_line
from alliance_ref.text.kanji_variants import current_kanji
from alliance_ref.text.keys import okurigana_key, reading_key, romaji_key
from alliance_ref.text.lemmas import LemmaSource, english_lemma, form_key
from alliance_ref.text.scripts import TO_HIRAGANA

_FIRST = 0x100
_SURROGATES = range(0xD800, 0xE000)
MAX_WORDS = 0x110000 - _FIRST - len(_SURROGATES)
"""Maximum number of different words of a language, since a word is stored as one character."""

PUNCTUATION = ("PUNCT", "SYM", "X")
FUNCTION_WORDS = ("ADP", "AUX", "CCONJ", "DET", "PART", "PRON", "SCONJ", *PUNCTUATION)


def character(code: int) -> str:
    """Return the character of the word with this code."""
    place = _FIRST + code
    return chr(place + len(_SURROGATES) if place >= _SURROGATES.start else place)


def code_of(char: str) -> int:
    """Return the code of the word with this character."""
    place = ord(char)
    return place - _FIRST - (len(_SURROGATES) if place >= _SURROGATES.stop else 0)


class WordType(NamedTuple):
    """A different word of a corpus, as in the table ``words``."""

    lang: Lang
    form: str
    lemma: str
    form_class: str
    reading: str
    romaji: str
    okurigana: str
    pos: str


def english_type(word: str, source: LemmaSource) -> WordType:
    """Return the properties of an English word."""
    pos = "NUM" if word[0].isdigit() else ""
    return WordType("en", word, english_lemma(word, source), form_key(word), "", "", "", pos)


def japanese_type(line: str) -> WordType:
    """Return the properties of a word in a line of MeCab."""
    surface, word = word_of_line(line)
    lemma = name_key(word.lemma) or word.lemma
    if word.upos in PUNCTUATION:
        return WordType("ja", surface, lemma, lemma, "", "", "", word.upos)
    reading = reading_key(word.reading) if word.reading else ""
    romaji = ""
    if reading and word.upos not in FUNCTION_WORDS:
        from alliance_ref.text.romanization import romanize

        romaji = romaji_key(romanize(reading))
    form = name_key(surface) or surface
    return WordType("ja", surface, lemma, form, reading, romaji, okurigana_key(word.lemma), word.upos)


class Vocabulary:
    """The words of a corpus while texts are added; new words are written by `save`."""

    def __init__(self, connection: sqlite3.Connection, source: LemmaSource) -> None:
        self._connection = connection
        self._source = source
        self._codes: dict[tuple[Lang, str], tuple[str, str, str, bool]] = {}
        self._known: dict[tuple[str, ...], int] = {}
        self._classes: dict[tuple[str, str, str], int] = {}
        self._next = {"en": 0, "ja": 0}
        self._new_words: list[tuple[object, ...]] = []
        self._new_classes: list[tuple[object, ...]] = []
        self._load()

    def _load(self) -> None:
        rows = self._connection.execute("SELECT number, lang, kind, text FROM classes")
        self._classes = {(lang, kind, text): number for number, lang, kind, text in rows}
        texts = {number: key[2] for key, number in self._classes.items()}
        query = "SELECT lang, code, form, lemma, form_class, reading, pos FROM words"
        for lang, code, form, lemma, form_class, reading, pos in self._connection.execute(query):
            self._known[lang, form, texts[lemma], texts[form_class], reading, pos] = code
            self._next[lang] = max(self._next[lang], code + 1)

    def english(self, words: Iterable[str]) -> list[tuple[str, str, str, bool]]:
        """Return, for each word: its character, the numbers of its form and lemma, and True."""
        return [self._entry("en", word) for word in words]

    def japanese(self, lines: Iterable[str]) -> list[tuple[str, str, str, bool]]:
        """Return the same for lines of MeCab; the last value is whether it is a word, not punctuation."""
        return [self._entry("ja", line) for line in lines]

    def _entry(self, lang: Lang, given: str) -> tuple[str, str, str, bool]:
        found = self._codes.get((lang, given))
        if found is None:
            word = english_type(given, self._source) if lang == "en" else japanese_type(given)
            found = self._codes[lang, given] = self._added(word)
        return found

    def _added(self, word: WordType) -> tuple[str, str, str, bool]:
        lemma = self._class(word.lang, "lemma", word.lemma)
        form = self._class(word.lang, "form", word.form_class)
        key = (word.lang, word.form, word.lemma, word.form_class, word.reading, word.pos)
        code = self._known.get(key)
        if code is None:
            code = self._next[word.lang]
            if code >= MAX_WORDS:
                raise CorpusLimit("words", MAX_WORDS)
            self._next[word.lang] += 1
            self._known[key] = code
            values = (word.lang, code, word.form, lemma, form)
            self._new_words.append((*values, word.reading, word.romaji, word.okurigana, word.pos))
        return character(code), str(form), str(lemma), word.pos not in PUNCTUATION

    def _class(self, lang: str, kind: str, text: str) -> int:
        number = self._classes.get((lang, kind, text))
        if number is None:
            number = self._classes[lang, kind, text] = len(self._classes) + 1
            self._new_classes.append((number, lang, kind, text))
        return number

    def entry(self, entry_id: str) -> int:
        """Return the number of an entry."""
        return self._class("", "entry", entry_id)

    def save(self) -> None:
        """Write the words that are new, in the open transaction."""
        self._connection.executemany("INSERT INTO classes VALUES (?, ?, ?, ?)", self._new_classes)
        self._connection.executemany("INSERT INTO words VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", self._new_words)
        self._new_classes.clear()
        self._new_words.clear()


def classes_of(connection: sqlite3.Connection, lang: Lang, column: str, words: str) -> list[str]:
    """Return the numbers of the forms or lemmas (*column*) of a stored text."""
    found: dict[str, str] = {}
    for char in set(words):
        row = connection.execute(
            f"SELECT {column} FROM words WHERE lang=? AND code=?",  # noqa: S608
            (lang, code_of(char)),
        ).fetchone()
        found[char] = str(row[0]) if row else ""
    return [found[char] for char in words]


def characters_of(connection: sqlite3.Connection, lang: Lang, column: str, number: int) -> str:
    """Return the characters of all words with one form or lemma (*column*)."""
    rows = connection.execute(f"SELECT code FROM words WHERE lang=? AND {column}=?", (lang, number))  # noqa: S608
    return "".join(character(code) for (code,) in rows)


def word_pattern(choices: Sequence[str]) -> str:
    """Return a regular expression for a sequence of words, given the characters of each place."""
    return "".join(f"[{re.escape(chars)}]" if chars else r"(?!)" for chars in choices)


_TO_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def character_key(text: str) -> str:
    """Return *text* with current kanji, half-width letters and lower case; the length stays the same.

    >>> character_key("防衞廳のＮＡＴＯ")
    '防衛庁のnato'
    """
    folded = current_kanji(text).translate(_TO_HALF_WIDTH)
    lower = folded.lower()
    return lower if len(lower) == len(folded) else folded


def indexed_characters(key: str) -> str:
    """Return the characters of a key as words of the full-text index."""
    return " ".join(c if not c.isascii() or c.isalnum() else f"x{ord(c):x}" for c in key)


def kana(text: str) -> str:
    """Return the key of a reading in hiragana, or an empty text if *text* is not kana.

    >>> kana("ヨクシ"), kana("抑止")
    ('よくし', '')
    """
    folded = name_key(text).translate(TO_HIRAGANA)
    return folded if folded and re.fullmatch("[\u3041-\u3096ー]+", folded) else ""
