"""Turn a query into conditions of the full-text index, and find the hits in the text of a unit.

A query for words becomes phrases of the numbers of forms (English) or lemmas (Japanese). A place of a
phrase may have several numbers: all forms of the lemma, or all lemmas with the same reading. A query for
characters is a phrase of characters.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, product
from typing import Literal

import attrs

from alliance_ref.corpus.store import Store
from alliance_ref.corpus.vocabulary import (
    character_key,
    characters_of,
    code_of,
    indexed_characters,
    japanese_type,
    kana,
    word_pattern,
)
from alliance_ref.records.values import Lang
from alliance_ref.text.japanese.normalization import composed_text
from alliance_ref.text.japanese.tagging import word_lines
from alliance_ref.text.keys import romaji_key
from alliance_ref.text.lemmas import WORD, english_lemma, form_key
from alliance_ref.text.scripts import JAPANESE

Column = Literal["ja_char", "ja", "en", "entry"]

MAX_PHRASES = 1000
"""Maximum number of phrases of a query: combinations of forms, or of readings."""

_IS_JAPANESE = re.compile(f"[{JAPANESE}々〆〇]")
_HAS_KANJI = re.compile("[\u3400-\u9fff]")
_MIN_READING = 2


@attrs.frozen
class Phrase:
    """A phrase: the possible numbers of each place; for characters, the key of the text."""

    lang: Lang
    column: Column
    choices: tuple[tuple[str, ...], ...]
    key: str = ""

    def condition(self) -> str:
        """Return the condition for the full-text index."""
        phrases = [" ".join(item) for item in islice(product(*self.choices), MAX_PHRASES)]
        return f"{self.column} : ({' OR '.join(chr(34) + item + chr(34) for item in phrases)})"

    @property
    def is_single(self) -> bool:
        """Whether the phrase has one place, so that the index alone can count its hits."""
        return len(self.choices) == 1


def condition(phrases: Sequence[Phrase]) -> str:
    """Return the condition that a unit has one of the phrases."""
    return " OR ".join(f"({phrase.condition()})" for phrase in phrases)


def language(query: str) -> Lang:
    """Return the language of a query."""
    return "ja" if _IS_JAPANESE.search(query) else "en"


def phrases_of(store: Store, query: str, *, lemma: bool, lang: Lang | None) -> list[Phrase]:
    """Return the phrases for a query; none if the corpus does not have its words."""
    found: list[Phrase] = []
    if language(query) == "ja":
        return _japanese(store, query, lemma=lemma) if lang != "en" else []
    if lang != "ja":
        found += _english(store, query, lemma=lemma)
    if lang != "en":
        latin = _of_lemmas(store, query, okurigana=False)
        found += latin
        if not found and lemma:
            found += _of_reading(store, romaji_key(query), "romaji")
    return found


def _english(store: Store, query: str, *, lemma: bool) -> list[Phrase]:
    choices = []
    for word in WORD.findall(query):
        forms = _class(store, "en", "form", form_key(word))
        if lemma:
            lemmas = {*_column(store, "SELECT lemma FROM words WHERE lang='en' AND form_class=?", forms)}
            if not lemmas:
                lemmas = {*_class(store, "en", "lemma", _lemma(store, word))}
            query_forms = "SELECT form_class FROM words WHERE lang='en' AND lemma=?"
            forms = tuple(dict.fromkeys((*forms, *_column(store, query_forms, tuple(sorted(lemmas))))))
        choices.append(forms)
    return [Phrase("en", "en", tuple(choices))] if choices and all(choices) else []


def _lemma(store: Store, word: str) -> str:
    try:
        return english_lemma(word, store.lemmas)
    except ImportError:  # the file was made with simplemma; the words in it have their lemmas
        return form_key(word)


def _japanese(store: Store, query: str, *, lemma: bool) -> list[Phrase]:
    found: list[Phrase] = []
    if lemma:
        found = _of_lemmas(store, query, okurigana=True)
        if reading := kana(query):
            found += [item for item in _of_reading(store, reading, "reading") if item not in found]
        if found and store.query("SELECT 1 FROM search WHERE search MATCH ? LIMIT 1", (condition(found),)):
            return found
    key = character_key(query)
    return [Phrase("ja", "ja_char", tuple((item,) for item in indexed_characters(key).split(" ")), key)]


def _of_lemmas(store: Store, query: str, *, okurigana: bool) -> list[Phrase]:
    choices = []
    for line in word_lines(query):
        word = japanese_type(line)
        lemmas = _class(store, "ja", "lemma", word.lemma)
        if okurigana and word.okurigana and _HAS_KANJI.search(word.form):
            same = "SELECT lemma FROM words WHERE lang='ja' AND okurigana=?"
            lemmas = tuple(dict.fromkeys((*lemmas, *_column(store, same, (word.okurigana,)))))
        choices.append(lemmas)
    return [Phrase("ja", "ja", tuple(choices))] if choices and all(choices) else []


def _of_reading(store: Store, key: str, column: str) -> list[Phrase]:
    """Return the phrases whose words have this reading (or romanization) together, in the fewest words."""
    size = len(key)
    if size < _MIN_READING or size > 60:
        return []
    known: dict[str, tuple[str, ...]] = {}
    parts = {key[i:j] for i in range(size) for j in range(i + _MIN_READING, size + 1)}
    for part in parts:
        sql = f"SELECT lemma FROM words WHERE {column}=?"  # noqa: S608
        if lemmas := _column(store, sql, (part,)):
            known[part] = lemmas
    ways: list[list[tuple[str, ...]]] = [[] for _ in range(size + 1)]
    ways[0] = [()]
    for end in range(_MIN_READING, size + 1):
        found = [
            (*way, key[start:end])
            for start in range(end - _MIN_READING + 1)
            if key[start:end] in known
            for way in ways[start]
        ]
        ways[end] = sorted(found, key=len)[:20]
    fewest = min(map(len, ways[size]), default=0)
    return [
        Phrase("ja", "ja", tuple(known[part] for part in way)) for way in ways[size] if len(way) == fewest
    ]


def _class(store: Store, lang: Lang, kind: str, text: str) -> tuple[str, ...]:
    rows = store.query("SELECT number FROM classes WHERE lang=? AND kind=? AND text=?", (lang, kind, text))
    return tuple(str(number) for (number,) in rows)


def _column(store: Store, sql: str, values: Sequence[str]) -> tuple[str, ...]:
    """Return the different values of a column for each of *values*."""
    found: dict[str, None] = {}
    for value in values:
        given = int(value) if value.isascii() and value.isdigit() else value
        found.update((str(number), None) for (number,) in store.query(sql, (given,)))
    return tuple(found)


# Places of hits in a text


class Finder:
    """Finds the hits of phrases in units: the stored words, and their offsets in the text."""

    def __init__(self, store: Store, phrases: Sequence[Phrase]) -> None:
        self._keys: dict[Lang, list[str]] = {"en": [], "ja": []}
        self._patterns: dict[Lang, re.Pattern[str] | None] = {"en": None, "ja": None}
        parts: dict[Lang, list[str]] = {"en": [], "ja": []}
        for phrase in phrases:
            if phrase.column == "ja_char":
                self._keys["ja"].append(phrase.key)
                continue
            column = "form_class" if phrase.column == "en" else "lemma"
            characters = [
                "".join(
                    characters_of(store.connection, phrase.lang, column, int(number)) for number in choice
                )
                for choice in phrase.choices
            ]
            parts[phrase.lang].append(word_pattern(characters))
        for lang, found in parts.items():
            if found:
                self._patterns[lang] = re.compile("|".join(sorted(found, key=len, reverse=True)))
        self._forms = lru_cache(maxsize=100_000)(lambda lang, char: _form(store, lang, char))

    def count(self, lang: Lang, words: str, text: str) -> int:
        """Return the number of hits in one side of a unit."""
        pattern = self._patterns[lang]
        number = 0 if pattern is None else sum(1 for _ in pattern.finditer(words))
        if self._keys[lang]:
            key = character_key(text)
            number += sum(key.count(item) for item in self._keys[lang])
        return number

    def spans(self, lang: Lang, words: str, text: str) -> list[tuple[int, int]]:
        """Return the offsets of the hits in one side of a unit, in order, without overlaps."""
        found: list[tuple[int, int]] = []
        pattern = self._patterns[lang]
        if pattern is not None:
            places = [match.span() for match in pattern.finditer(words)]
            if places:
                offsets = word_offsets(text, [self._forms(lang, char) for char in words], lang)
                found += [(offsets[first][0], offsets[last - 1][1]) for first, last in places]
        if self._keys[lang]:
            key = character_key(text)
            for item in self._keys[lang]:
                found += [(match.start(), match.end()) for match in re.finditer(re.escape(item), key)]
        done = 0
        kept = []
        for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
            if start >= done:
                kept.append((start, end))
                done = end
        return kept

    def tokens(self, lang: Lang, words: str) -> Iterator[tuple[int, int]]:
        """Yield the first word of each hit, and the word after its last."""
        pattern = self._patterns[lang]
        if pattern is not None:
            for match in pattern.finditer(words):
                yield match.span()


def _form(store: Store, lang: Lang, char: str) -> str:
    rows = store.query("SELECT form FROM words WHERE lang=? AND code=?", (lang, code_of(char)))
    return str(rows[0][0]) if rows else ""


def word_offsets(text: str, forms: Sequence[str], lang: Lang) -> list[tuple[int, int]]:
    """Return the start and end of each word in *text*, given their forms in order.

    >>> word_offsets("The base, the port", ["The", "base", "the", "port"], "en")
    [(0, 3), (4, 8), (10, 13), (14, 18)]
    """
    places: list[int] | None = None
    read = text
    if lang == "ja":
        read, places = composed_text(text)
    found, at = [], 0
    for form in forms:
        start = read.find(form, at)
        if start < 0:  # the text of a damaged file
            start = at
        at = min(start + len(form), len(read))
        found.append((start, at) if places is None else (places[start], places[at]))
    return found
