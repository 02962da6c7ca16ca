"""JMdict as a lexicon (extra ``[jmdict]``).

The package jamdict-data ships JMdict as an SQLite file. It is opened read-only, and many words are looked up
with one query. A gloss of two or three words is a phrase, and one with two content words also yields the two
words. Notes in parentheses are ignored.

JMdict is the property of the Electronic Dictionary Research and Development Group and used under its
license (CC BY-SA 4.0). It is an optional dependency; this package contains no part of it.
"""

import os
import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from alliance_ref.alignment.lexicon import STOP_WORDS
from alliance_ref.errors import MissingExtra
from alliance_ref.text.scripts import KANA
from alliance_ref.text.stemming import english_words, word_key

if TYPE_CHECKING:
    import sqlite3

_BATCH = 500
"""Words per query; SQLite allows 999 parameters in old versions."""

_KANA = re.compile(f"[{KANA}]+")
_BRACKETS = re.compile(r"\([^)]*\)")
# CROSS JOIN fixes the join order: otherwise SQLite starts from the million English glosses.
_QUERY = (
    "SELECT w.text, g.text FROM {table} w CROSS JOIN Sense s ON s.idseq = w.idseq"
    " CROSS JOIN SenseGloss g ON g.sid = s.ID WHERE w.text IN ({marks}) AND +g.lang = 'eng'"
)


class JMdict:
    """The English glosses of JMdict; created by `jmdict`."""

    def __init__(self, path: str) -> None:
        """Open the SQLite file *path* read-only."""
        self._path = path
        self._cache: dict[str, tuple[str, ...]] = {}
        self._headwords = self._read_headwords()

    def renderings(self, words: Collection[str]) -> Mapping[str, tuple[str, ...]]:
        """Return English keys for each of the Japanese *words* in JMdict."""
        found = self._headwords.intersection(words)
        new = [word for word in found if word not in self._cache]
        if new:
            self._cache.update(self._look_up(new))
        return {word: self._cache[word] for word in found if self._cache.get(word)}

    def knows(self, key: str) -> bool:
        """Return ``False``: JMdict is indexed by Japanese words only."""
        return False

    def _connect(self) -> "sqlite3.Connection":
        import sqlite3

        return sqlite3.connect(f"file:{self._path}?mode=ro&immutable=1", uri=True)

    def _read_headwords(self) -> frozenset[str]:
        connection = self._connect()
        try:
            rows = connection.execute("SELECT text FROM Kanji UNION SELECT text FROM Kana")
            return frozenset(text for (text,) in rows)
        finally:
            connection.close()

    def _look_up(self, words: list[str]) -> dict[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = {word: {} for word in words}
        kana = [word for word in words if _KANA.fullmatch(word)]
        other = [word for word in words if not _KANA.fullmatch(word)]
        connection = self._connect()
        try:
            for table, headwords in (("Kanji", other), ("Kana", kana)):
                for start in range(0, len(headwords), _BATCH):
                    batch = headwords[start : start + _BATCH]
                    query = _QUERY.format(table=table, marks=",".join("?" * len(batch)))
                    for word, gloss in connection.execute(query, batch):
                        found[word].update(dict.fromkeys(_gloss_keys(gloss)))
        finally:
            connection.close()
        return {word: tuple(keys) for word, keys in found.items()}


@lru_cache(maxsize=1 << 16)
def _gloss_keys(gloss: str) -> tuple[str, ...]:
    return tuple(_keys(gloss))


def _keys(gloss: str) -> Iterator[str]:
    words = [word_key(word) for word in english_words(_BRACKETS.sub(" ", gloss))]
    if words[:1] == ["to"]:
        words = words[1:]
    content = [word for word in words if word not in STOP_WORDS]
    if len(content) == 1:
        yield content[0]
    elif 2 <= len(words) <= 3:
        yield " ".join(words)
        if len(content) == 2:
            yield from content


@cache
def jmdict() -> JMdict:
    """Return JMdict as a lexicon, for ``align(en, ja, lexicon=jmdict())``; it is opened once.

    Raises:
        MissingExtra: The package jamdict-data is not installed.

    >>> import alliance_ref as ar
    >>> try:
    ...     lexicon = ar.jmdict()
    ... except ar.errors.MissingExtra:  # pip install 'alliance-ref[jmdict]'
    ...     lexicon = ar.alignment.WordList([("squirrel", "栗鼠")])
    >>> "squirrel" in lexicon.renderings(["栗鼠"])["栗鼠"]
    True
    """
    try:
        import jamdict_data
    except ImportError:
        raise MissingExtra("jmdict", "jamdict-data") from None
    return JMdict(os.path.join(os.path.dirname(jamdict_data.__file__), "jamdict.db"))
