"""JMdict as a lexicon: the extra ``[jmdict]``.

The package jamdict-data ships JMdict as an SQLite file; it is read with Python's own sqlite3, read-only,
in one question for many words. A gloss of up to three words is taken as a phrase, and its words apart
where there are two; what stands in brackets explains and is left out.

JMdict is the property of the Electronic Dictionary Research and Development Group and used under its
licence (CC BY-SA 4.0). It is an optional dependency: nothing of it is in this package.
"""

import os
import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from alliance_ref.alignment.lexicon import STOP_WORDS
from alliance_ref.errors import MissingExtra
from alliance_ref.text.stemming import english_words, word_key

if TYPE_CHECKING:
    import sqlite3

_BATCH = 500
_KANA = re.compile(r"[\u3041-\u30ff]+")
_BRACKETS = re.compile(r"\([^)]*\)")
# CROSS JOIN holds SQLite to this order: left to itself it starts from the million English glosses.
_QUESTION = (
    "SELECT w.text, g.text FROM {table} w CROSS JOIN Sense s ON s.idseq = w.idseq"
    " CROSS JOIN SenseGloss g ON g.sid = s.ID WHERE w.text IN ({marks}) AND +g.lang = 'eng'"
)


class JMdict:
    """JMdict's English for Japanese words; made by :func:`jmdict`."""

    def __init__(self, path: str) -> None:
        """The dictionary in the SQLite file *path*, opened read-only."""
        self._path = path
        self._known: dict[str, tuple[str, ...]] = {}
        self._headwords = self._read_headwords()

    def renderings(self, words: Collection[str]) -> Mapping[str, tuple[str, ...]]:
        """English keys for each of the Japanese *words* that JMdict has."""
        asked = self._headwords.intersection(words)
        new = [word for word in asked if word not in self._known]
        if new:
            self._known.update(self._look_up(new))
        return {word: self._known[word] for word in asked if self._known.get(word)}

    def knows(self, key: str) -> bool:
        """Never: JMdict is indexed by Japanese alone."""
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
            for table, asked in (("Kanji", other), ("Kana", kana)):
                for start in range(0, len(asked), _BATCH):
                    batch = asked[start : start + _BATCH]
                    question = _QUESTION.format(table=table, marks=",".join("?" * len(batch)))
                    for word, gloss in connection.execute(question, batch):
                        found[word].update(dict.fromkeys(_gloss_keys(gloss)))
        finally:
            connection.close()
        return {word: tuple(keys) for word, keys in found.items()}


@cache
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
    """JMdict as a lexicon for ``align(en, ja, lexicon=jmdict())``; opened once.

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
