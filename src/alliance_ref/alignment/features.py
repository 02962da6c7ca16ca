"""Features of segments, and links between the English and the Japanese features of a document.

A segment is reduced once to a set of keys: words, numbers, Latin strings and punctuation marks. English is
split by a pattern, Japanese by UniDic. The rest of the aligner works on keys and never reads the text again.

A link connects a Japanese feature with an English key that may be its translation. Links hold between two
vocabularies, not between two segments, so each is computed once per document however often the words occur.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from enum import IntEnum
from itertools import chain, pairwise
from sys import intern
from typing import NamedTuple

import attrs

from alliance_ref.alignment.lexicon import Lexicon
from alliance_ref.progress import Meter
from alliance_ref.text.japanese.tagging import words as japanese_words
from alliance_ref.text.number_keys import english_numbers, japanese_numbers, may_contain_number
from alliance_ref.text.phonetics import SoundIndex
from alliance_ref.text.scripts import KATAKANA
from alliance_ref.text.stemming import english_words, fold_latin, word_key

# UniDic parts of speech whose words are compared.
_CONTENT_POS = frozenset("名詞 代名詞 動詞 形容詞 形状詞 副詞 連体詞 接続詞 感動詞 接頭辞 接尾辞".split())
_NEGATIONS = ("ない", "ず")
_LATIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏＡ-Ｚａ-ｚ]")
_KATAKANA_RUN = re.compile(f"[{KATAKANA}]{{2,}}")

_EN_QUESTION = re.compile(r"\?[\"'”’)]*\s*$")
_JA_QUESTION = re.compile(r"(?:[?？]|か[。．])[」』\"”)）]*\s*$")
_QUOTES = re.compile(r"[\"“”「『]")
_OPENING_QUOTE = re.compile(r"[\"“「『]")
_EXCLAMATION = re.compile(r"[!！]")
_FINAL_COLON = re.compile(r"[:：]+\s*$")
_FULL_STOP = re.compile(r"[.?!。．？！][\"'”’」』)）]*\s*$")

_MAX_PHRASE_WORDS = 4
"""Longest run of Japanese words that is looked up as one phrase; the shipped lists have none longer."""

_BATCH = 500
"""Segments whose words are looked up in the lexicons together: few SQL queries, little memory."""


@attrs.frozen
class EnglishFeatures:
    """The keys of an English segment, and the lower-case spellings of its words for matching by sound."""

    keys: tuple[str, ...]
    spellings: tuple[str, ...]


class JapaneseFeature(NamedTuple):
    """A Japanese word with the forms by which it can be linked.

    Attributes:
        lemma: The UniDic lemma; empty for a katakana run that is only compared by sound.
        surface: The word as written.
        source: The foreign word that UniDic gives as the origin of a loanword.
        sound: The katakana of a possible foreign word or name.
    """

    lemma: str
    surface: str = ""
    source: str = ""
    sound: str = ""


@attrs.frozen
class JapaneseFeatures:
    """The features of a Japanese segment.

    Attributes:
        words: Single words.
        phrases: Runs of two to four words, joined, for lookup in the lexicons.
        shared: Keys that English writes in the same way: numbers, Latin strings, punctuation marks.
    """

    words: tuple[JapaneseFeature, ...]
    phrases: tuple[str, ...]
    shared: tuple[str, ...]


JapaneseKey = JapaneseFeature | str
Renderings = dict[str, dict[str, None]]
"""The English keys of the lexicons for a Japanese word or phrase, in order and without duplicates."""


def english_features(text: str, is_phrase: Callable[[str], bool] = lambda key: False) -> EnglishFeatures:
    """Return the features of an English segment.

    Args:
        text: The segment.
        is_phrase: Whether a run of two or three word keys, joined with spaces, is a phrase of a lexicon.

    >>> sorted(english_features("Two ships moved?", {"two ship"}.__contains__).keys)
    ['#2', 'mov', 'ship', 'two', 'two ship', '~?']
    """
    words = english_words(text)
    keys = [word_key(word) or word for word in words]
    runs = chain(pairwise(keys), zip(keys, keys[1:], keys[2:], strict=False))
    phrases = filter(is_phrase, map(" ".join, runs))
    marks = _marks(text, _EN_QUESTION)
    numbers = english_numbers(text) if may_contain_number(text, words) else ()
    return EnglishFeatures(
        tuple(map(intern, dict.fromkeys(chain(keys, phrases, sorted(numbers), marks)))),
        tuple(intern(fold_latin(word)) for word in words if len(word) > 2),
    )


def japanese_features(text: str) -> JapaneseFeatures:
    """Return the features of a Japanese segment.

    >>> features = japanese_features("トランプ氏は2人と会った。")
    >>> sorted(word.source for word in features.words if word.source), sorted(features.shared)
    (['trump'], ['#2'])
    """
    words = japanese_words(text)
    found: dict[JapaneseFeature, None] = {}
    phrases: dict[str, None] = {}
    katakana = dict.fromkeys(_KATAKANA_RUN.findall(text))
    shared = dict.fromkeys((*sorted(japanese_numbers(text)), *_marks(text, _JA_QUESTION)))
    surfaces = [surface for surface, _ in words]
    for place, (surface, word) in enumerate(words):
        kind, *rest = word.pos
        if _LATIN.match(surface):
            shared[word_key(surface) or surface] = None
        elif kind in _CONTENT_POS:
            subclass = rest[0] if rest else ""
            if subclass == "数詞":
                continue
            sound = ""
            if surface in katakana:
                sound = surface
                katakana.pop(surface)
            elif subclass == "固有名詞":
                sound = word.reading
            found[JapaneseFeature(word.lemma, surface, word.source_word, sound)] = None
            phrase = surface
            for following in surfaces[place + 1 : place + _MAX_PHRASE_WORDS]:
                phrase += following
                phrases[phrase] = None
        elif word.lemma in _NEGATIONS:
            found[JapaneseFeature("ない")] = None
    # UniDic splits some foreign names into several words: compare the whole run by sound as well.
    found.update(dict.fromkeys(JapaneseFeature("", sound=run) for run in katakana))
    return JapaneseFeatures(tuple(found), tuple(phrases), tuple(shared))


def _marks(text: str, question: re.Pattern[str]) -> Iterator[str]:
    """Yield the keys of the punctuation that usually survives translation."""
    if question.search(text):
        yield "~?"
    if _QUOTES.search(text):
        yield "~q"
    if _OPENING_QUOTE.match(text):
        yield "~o"
    if _EXCLAMATION.search(text):
        yield "~!"
    if _FINAL_COLON.search(text):
        yield "~:"
    if not _FULL_STOP.search(text):
        yield "~."


def all_english_features(
    texts: Sequence[str], is_phrase: Callable[[str], bool], meter: Meter
) -> list[EnglishFeatures]:
    """Return the features of every English segment; see `english_features`."""
    return [english_features(text, is_phrase) for text in meter.over(texts)]


def all_japanese_features(
    texts: Sequence[str], lexicons: Sequence[Lexicon], meter: Meter
) -> tuple[list[JapaneseFeatures], Renderings]:
    """Return the features of every Japanese segment, and the renderings of their words in the lexicons.

    Phrases that are in no lexicon are dropped batch by batch: a book has millions of them.
    """
    segments: list[JapaneseFeatures] = []
    renderings: Renderings = {}
    interned: dict[JapaneseFeature, JapaneseFeature] = {}
    for start in range(0, len(texts), _BATCH):
        batch = [japanese_features(text) for text in meter.over(texts[start : start + _BATCH])]
        forms = {
            form
            for features in batch
            for word in features.words
            for form in (word.lemma, word.surface)
            if form
        }
        forms.update(phrase for features in batch for phrase in features.phrases)
        for lexicon in lexicons:
            for form, keys in lexicon.renderings(forms).items():
                renderings.setdefault(form, {}).update(dict.fromkeys(keys))
        for features in batch:
            words = tuple(interned.setdefault(word, word) for word in features.words)
            phrases = tuple(intern(phrase) for phrase in features.phrases if phrase in renderings)
            segments.append(JapaneseFeatures(words, phrases, tuple(map(intern, features.shared))))
    return segments, renderings


class LinkType(IntEnum):
    """Why two features are linked, most reliable first."""

    NUMBER = 0
    STRING = 1
    SOURCE = 2
    SOUND = 3
    WORD = 4
    MARK = 5


Links = dict[JapaneseKey, dict[str, LinkType]]
"""For each Japanese feature the English keys of the document that may be its translation."""


def shared_link_type(key: str) -> LinkType:
    """Return the link type of a key that both languages write in the same way.

    >>> shared_link_type("#2006").name
    'NUMBER'
    """
    return LinkType.NUMBER if key[0] == "#" else LinkType.MARK if key[0] == "~" else LinkType.STRING


def expected_link_type(key: JapaneseKey) -> LinkType:
    """Return the link type that a Japanese feature without any link would have had."""
    if isinstance(key, str):
        return shared_link_type(key) if key[0].isascii() else LinkType.WORD
    if key.source:
        return LinkType.SOURCE
    return LinkType.SOUND if key.sound and not key.lemma else LinkType.WORD


def find_links(
    english: Sequence[EnglishFeatures],
    japanese: Sequence[JapaneseFeatures],
    renderings: Renderings,
    is_known: Callable[[str], bool],
) -> Links:
    """Return the links between the features of a document.

    A Japanese feature that should have a counterpart, but has none in this document, has an empty entry: its
    absence is evidence too.

    Args:
        english: The features of the English segments.
        japanese: The features of the Japanese segments.
        renderings: The renderings of the Japanese words and phrases in the lexicons.
        is_known: Whether an English key is in a lexicon, so that it needs no matching by sound.
    """
    vocabulary = {key for features in english for key in features.keys}
    links: Links = {}
    for key in dict.fromkeys(key for features in japanese for key in features.shared):
        links[key] = {key: shared_link_type(key)} if key in vocabulary else {}
    for phrase in dict.fromkeys(phrase for features in japanese for phrase in features.phrases):
        links[phrase] = {key: LinkType.WORD for key in renderings[phrase] if key in vocabulary}

    spellings = {spelling: word_key(spelling) for features in english for spelling in features.spellings}
    index = SoundIndex(spelling for spelling, key in spellings.items() if not is_known(key))
    for word in dict.fromkeys(word for features in japanese for word in features.words):
        found: dict[str, LinkType] = {}
        known = [form for form in (word.lemma, word.surface) if form in renderings]
        for form in known:
            found.update({key: LinkType.WORD for key in renderings[form] if key in vocabulary})
        if word.sound:
            keys = sorted(spellings[spelling] for spelling in index.words_like(word.sound))
            found.update({key: LinkType.SOUND for key in keys if key in vocabulary})
        if word.source and (key := word_key(word.source)) in vocabulary:
            found[key] = LinkType.SOURCE
        if found or known or word.source or len(word.sound) > 2:
            links[word] = found
    return links
