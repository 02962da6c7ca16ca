"""What a segment offers for comparison: its words, numbers, strings and marks, as keys.

English is cut by a pattern, Japanese by UniDic. Each side is reduced once to a set of keys; everything
after this module works on keys alone and never looks at the text again.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, pairwise
from sys import intern
from typing import NamedTuple

import attrs

from alliance_ref.alignment.lexicon import Lexicon
from alliance_ref.progress import Meter
from alliance_ref.text.japanese import words as japanese_words
from alliance_ref.text.numerals import english_numbers, japanese_numbers, may_state_number
from alliance_ref.text.stemming import english_words, fold_latin, word_key

_CONTENT = frozenset("名詞 代名詞 動詞 形容詞 形状詞 副詞 連体詞 接続詞 感動詞 接頭辞 接尾辞".split())
_LATIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏＡ-Ｚａ-ｚ]")
_KATAKANA_RUN = re.compile(r"[ァ-ヴー]{2,}")
_EN_QUESTION = re.compile(r"\?[\"'”’)]*\s*$")
_JA_QUESTION = re.compile(r"(?:[?？]|か[。．])[」』\"”)）]*\s*$")
_QUOTES = re.compile(r"[\"“”「『]")
_EXCLAMATION = re.compile(r"[!！]")
_OPENING = re.compile(r"[\"“「『]")
_COLON_END = re.compile(r"[:：]+\s*$")
_FULL_STOP = re.compile(r"[.?!。．？！][\"'”’」』)）]*\s*$")
_MAX_WORDS = 4
_BATCH = 500


@attrs.frozen
class EnglishTerms:
    """The keys of one English segment, and those of its words, in lower case, that may be known by sound."""

    keys: tuple[str, ...]
    spellings: tuple[str, ...]


class Item(NamedTuple):
    """One Japanese word as it may be looked up: by lemma, as written, by its English source, by sound."""

    lemma: str
    surface: str = ""
    source: str = ""
    sound: str = ""


@attrs.frozen
class JapaneseTerms:
    """The keys of one Japanese segment.

    `items` are its words and `phrases` short runs of words; `shared` are keys that must stand on the
    other side as they are (numbers, Latin strings, marks).
    """

    items: tuple[Item, ...]
    phrases: tuple[str, ...]
    shared: tuple[str, ...]


def english_terms(text: str, is_phrase: Callable[[str], bool] = lambda key: False) -> EnglishTerms:
    """The keys of an English segment, with its short runs of words that *is_phrase* takes for one.

    >>> sorted(english_terms("Two ships moved?", {"two ship"}.__contains__).keys)
    ['#2', 'mov', 'ship', 'two', 'two ship', '~?']
    """
    words = english_words(text)
    keys = [word_key(word) or word for word in words]
    runs = chain(pairwise(keys), zip(keys, keys[1:], keys[2:], strict=False))
    known = filter(is_phrase, map(" ".join, runs))
    marks = _marks(text, _EN_QUESTION)
    numbers = english_numbers(text) if may_state_number(text, words) else ()
    return EnglishTerms(
        tuple(map(intern, dict.fromkeys(chain(keys, known, sorted(numbers), marks)))),
        tuple(intern(fold_latin(word)) for word in words if len(word) > 2),
    )


def japanese_terms(text: str) -> JapaneseTerms:
    """The keys of a Japanese segment.

    >>> terms = japanese_terms("トランプ氏は2人と会った。")
    >>> sorted(item.source for item in terms.items if item.source), sorted(terms.shared)
    (['trump'], ['#2'])
    """
    words = japanese_words(text)
    items: dict[Item, None] = {}
    phrases: dict[str, None] = {}
    runs = dict.fromkeys(_KATAKANA_RUN.findall(text))
    shared = dict.fromkeys((*sorted(japanese_numbers(text)), *_marks(text, _JA_QUESTION)))
    surfaces = [surface for surface, _ in words]
    for place, (surface, word) in enumerate(words):
        kind, *rest = word.pos
        if _LATIN.match(surface):
            shared[word_key(surface) or surface] = None
        elif kind in _CONTENT:
            subclass = rest[0] if rest else ""
            if subclass == "数詞":
                continue
            sound = ""
            if surface in runs:
                sound = surface
                runs.pop(surface)
            elif subclass == "固有名詞":
                sound = word.reading
            items[Item(word.lemma, surface, word.source_word, sound)] = None
            run = surface
            for following in surfaces[place + 1 : place + _MAX_WORDS]:
                run += following
                phrases[run] = None
        elif word.lemma in ("ない", "ず"):
            items[Item("ない")] = None
    items.update(dict.fromkeys(Item("", sound=run) for run in runs))
    return JapaneseTerms(tuple(items), tuple(phrases), tuple(shared))


def _marks(text: str, question: re.Pattern[str]) -> Iterator[str]:
    if question.search(text):
        yield "~?"
    if _QUOTES.search(text):
        yield "~q"
    if _OPENING.match(text):
        yield "~o"
    if _EXCLAMATION.search(text):
        yield "~!"
    if _COLON_END.search(text):
        yield "~:"
    if not _FULL_STOP.search(text):
        yield "~."


Renderings = dict[str, dict[str, None]]


def all_english_terms(
    texts: Sequence[str], is_phrase: Callable[[str], bool], meter: Meter
) -> list[EnglishTerms]:
    """The keys of every English segment, with the runs of words that *is_phrase* takes for one."""
    return [english_terms(text, is_phrase) for text in meter.over(texts)]


def all_japanese_terms(
    texts: Sequence[str], lexicons: Sequence[Lexicon], meter: Meter
) -> tuple[list[JapaneseTerms], Renderings]:
    """The keys of every Japanese segment, and what the lexicons have for its words.

    Runs of words that no lexicon knows are dropped at once: a book has millions of them.
    """
    segments: list[JapaneseTerms] = []
    renderings: Renderings = {}
    interned: dict[Item, Item] = {}
    for start in range(0, len(texts), _BATCH):
        batch = [japanese_terms(text) for text in meter.over(texts[start : start + _BATCH])]
        forms = {form for terms in batch for item in terms.items for form in item[:2] if form}
        forms.update(phrase for terms in batch for phrase in terms.phrases)
        for lexicon in lexicons:
            for form, keys in lexicon.renderings(forms).items():
                renderings.setdefault(form, {}).update(dict.fromkeys(keys))
        for terms in batch:
            items = tuple(interned.setdefault(item, item) for item in terms.items)
            phrases = tuple(intern(phrase) for phrase in terms.phrases if phrase in renderings)
            segments.append(JapaneseTerms(items, phrases, tuple(map(intern, terms.shared))))
    return segments, renderings
