"""Lexicons: English translations of Japanese words.

The aligner needs only two methods (`Lexicon`), which a list in memory, the shipped list and a dictionary on
disk can all implement. Words are looked up in batches, because a dictionary on disk is hundreds of times
faster that way.

The shipped list was written for this project: everyday words and the words of news and diplomacy, as UniDic
lemmas. It is evidence for the aligner, not a dictionary for readers.
"""

from collections.abc import Collection, ItemsView, Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Protocol

from alliance_ref.text.stemming import english_words, word_key

# The keys of words that are too common to distinguish sentences.
STOP_WORDS = frozenset(
    map(word_key, "a an the of to in on at by for with from as be have do will would to and or but if that "
        "this it its which who whom whose there than then so such also into out up down over about".split())
)  # fmt: skip


class Lexicon(Protocol):
    """A source of English translations of Japanese words; pass your own as `lexicon=`.

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
        """Return English keys for each of the Japanese *words* in this lexicon.

        The key of a phrase has spaces between the keys of its words.
        """

    def knows(self, key: str) -> bool:
        """Return whether an English key has translations here, so that their absence is evidence."""


class WordList:
    """A lexicon in memory, for example of your own terms.

    >>> import alliance_ref as ar
    >>> words = ar.alignment.WordList([("alliance", "同盟"), ("prime minister", "首相")])
    >>> words.renderings(["同盟", "首相", "空"])
    {'同盟': ('allianc',), '首相': ('prim minister',)}
    >>> words.knows("allianc")
    True
    """

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Create a lexicon from (English, Japanese) pairs, each a word or a phrase."""
        renderings: dict[str, dict[str, None]] = {}
        for english, japanese in pairs:
            if key := phrase_key(english):
                renderings.setdefault(japanese, {})[key] = None
        self._renderings = {japanese: tuple(keys) for japanese, keys in renderings.items()}
        self._keys = frozenset(key for keys in renderings.values() for key in keys)

    def renderings(self, words: Collection[str]) -> Mapping[str, tuple[str, ...]]:
        """Return English keys for each of the Japanese *words* in the list.

        >>> import alliance_ref as ar
        >>> ar.alignment.WordList([("realignment", "再編"), ("base", "基地")]).renderings(["再編", "空"])
        {'再編': ('realignment',)}
        """
        known = self._renderings
        return {word: known[word] for word in words if word in known}

    def items(self) -> ItemsView[str, tuple[str, ...]]:
        """Return the Japanese words of the list with their English keys.

        >>> import alliance_ref as ar
        >>> dict(ar.alignment.WordList([("base", "基地"), ("military base", "基地")]).items())
        {'基地': ('bas', 'militari bas')}
        """
        return self._renderings.items()

    def knows(self, key: str) -> bool:
        """Return whether an English key is in the list.

        >>> import alliance_ref as ar
        >>> ar.alignment.WordList([("prime minister", "首相")]).knows("prim minister")
        True
        """
        return key in self._keys


class Lexicons:
    """Several lexicons combined into one."""

    def __init__(self, *lexicons: Lexicon) -> None:
        self._lexicons = lexicons

    def renderings(self, words: Collection[str]) -> Mapping[str, tuple[str, ...]]:
        """Return English keys for each of the Japanese *words* in any of the lexicons."""
        merged: dict[str, tuple[str, ...]] = {}
        for lexicon in self._lexicons:
            for word, keys in lexicon.renderings(words).items():
                merged[word] = tuple(dict.fromkeys((*merged.get(word, ()), *keys)))
        return merged

    def knows(self, key: str) -> bool:
        """Return whether an English key is in any of the lexicons."""
        return any(lexicon.knows(key) for lexicon in self._lexicons)


def phrase_key(english: str) -> str:
    """Return the keys of the words of an English phrase, joined with spaces, without articles.

    >>> phrase_key("the Prime Minister")
    'prim minister'
    """
    words = english_words(english)
    return " ".join(word_key(word) for word in words if word.lower() not in ("a", "an", "the"))


@cache
def general_words() -> WordList:
    """Return the shipped list of general words."""
    return WordList(read_word_list("alliance_ref.alignment"))


def read_word_list(package: str) -> list[tuple[str, str]]:
    """Return the (English, Japanese) pairs of the file words.txt of a package.

    A line has English words or phrases, separated by commas, a colon, and Japanese words, separated by
    spaces.
    """
    pairs = []
    file = resources.files(package).joinpath("words.txt")
    for line in file.read_text(encoding="utf-8").splitlines():
        english, colon, japanese = line.partition(":")
        if colon and not line.startswith("#"):
            pairs += [(e.strip(), j) for e in english.split(",") for j in japanese.split()]
    return pairs
