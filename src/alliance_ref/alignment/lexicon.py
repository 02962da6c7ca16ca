"""Lexicons: which English words may stand for a Japanese one.

The aligner asks only one question of a word list, so that is the whole interface (:class:`Lexicon`): a
list in memory, the shipped one or a dictionary on disk answer it alike. Questions come in one batch for a
document, because a dictionary on disk is asked hundreds of times faster that way.

The shipped list is the project's own writing: everyday words and the words of news and diplomacy, in the
form in which UniDic gives their lemmas. It is a clue for the aligner, not a dictionary for readers.
"""

from collections.abc import Collection, ItemsView, Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Protocol

from alliance_ref.text.stemming import english_words, word_key

# Words that are too common to tell one sentence from another, as keys.
STOP_WORDS = frozenset(
    map(word_key, "a an the of to in on at by for with from as be have do will would to and or but if that "
        "this it its which who whom whose there than then so such also into out up down over about".split())
)  # fmt: skip


class Lexicon(Protocol):
    """What answers which English words a Japanese word may stand for.

    >>> import alliance_ref as ar
    >>> class Places:
    ...     def renderings(self, words):
    ...         return {word: ("tonosaki",) for word in words if word == "殿崎"}
    ...     def knows(self, key):
    ...         return key == "tonosaki"
    >>> alignment = ar.align(["Rain fell.", "Tonosaki slept."], ["殿崎は静かだった。"], lexicon=Places())
    >>> alignment.beads
    (((0,), ()), ((1,), (0,)))
    """

    def renderings(self, words: Collection[str]) -> Mapping[str, tuple[str, ...]]:
        """English keys for each of the Japanese *words* that is known; phrases have spaces between keys."""

    def knows(self, key: str) -> bool:
        """Whether an English key has Japanese renderings here, so that their absence says something."""


class WordList:
    """A lexicon in memory.

    >>> import alliance_ref as ar
    >>> words = ar.alignment.WordList([("alliance", "同盟"), ("prime minister", "首相")])
    >>> words.renderings(["同盟", "首相", "空"])
    {'同盟': ('allianc',), '首相': ('prim minister',)}
    >>> words.knows("allianc")
    True
    """

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        """A list of (English, Japanese) pairs, each a word or a phrase."""
        renderings: dict[str, dict[str, None]] = {}
        for english, japanese in pairs:
            if key := phrase_key(english):
                renderings.setdefault(japanese, {})[key] = None
        self._renderings = {japanese: tuple(keys) for japanese, keys in renderings.items()}
        self._keys = frozenset(key for keys in renderings.values() for key in keys)

    def renderings(self, words: Collection[str]) -> Mapping[str, tuple[str, ...]]:
        """English keys for each of the Japanese *words* that is in the list.

        >>> import alliance_ref as ar
        >>> ar.alignment.WordList([("realignment", "再編"), ("base", "基地")]).renderings(["再編", "空"])
        {'再編': ('realignment',)}
        """
        known = self._renderings
        return {word: known[word] for word in words if word in known}

    def items(self) -> ItemsView[str, tuple[str, ...]]:
        """Every Japanese word of the list with its English keys.

        >>> import alliance_ref as ar
        >>> dict(ar.alignment.WordList([("base", "基地"), ("military base", "基地")]).items())
        {'基地': ('bas', 'militari bas')}
        """
        return self._renderings.items()

    def knows(self, key: str) -> bool:
        """Whether an English key is in the list.

        >>> import alliance_ref as ar
        >>> ar.alignment.WordList([("prime minister", "首相")]).knows("prim minister")
        True
        """
        return key in self._keys


class Lexicons:
    """Several lexicons as one: what any of them says."""

    def __init__(self, *lexicons: Lexicon) -> None:
        self._lexicons = lexicons

    def renderings(self, words: Collection[str]) -> Mapping[str, tuple[str, ...]]:
        """English keys for each of the Japanese *words* that any of the lexicons knows."""
        merged: dict[str, tuple[str, ...]] = {}
        for lexicon in self._lexicons:
            for word, keys in lexicon.renderings(words).items():
                merged[word] = tuple(dict.fromkeys((*merged.get(word, ()), *keys)))
        return merged

    def knows(self, key: str) -> bool:
        """Whether any of the lexicons knows an English key."""
        return any(lexicon.knows(key) for lexicon in self._lexicons)


def phrase_key(english: str) -> str:
    """The key of an English word or phrase: its words' keys with spaces between, without articles.

    >>> phrase_key("the Prime Minister")
    'prim minister'
    """
    words = english_words(english)
    return " ".join(word_key(word) for word in words if word.lower() not in ("a", "an", "the"))


@cache
def general_words() -> WordList:
    """The shipped list of general words, read once."""
    pairs = []
    file = resources.files("alliance_ref.alignment").joinpath("words.txt")
    for line in file.read_text(encoding="utf-8").splitlines():
        english, colon, japanese = line.partition(":")
        if colon and not line.startswith("#"):
            pairs += [(e.strip(), j) for e in english.split(",") for j in japanese.split()]
    return WordList(pairs)
