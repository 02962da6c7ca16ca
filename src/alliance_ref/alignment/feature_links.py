"""Links: which Japanese key of a document may stand for which of its English keys, and why.

A link holds between two vocabularies, not between two segments, so it is found once for a document
however often the words occur.
"""

from collections.abc import Callable, Sequence
from enum import IntEnum

from alliance_ref.alignment.features import EnglishTerms, Item, JapaneseTerms, Renderings
from alliance_ref.text.phonetics import SoundIndex
from alliance_ref.text.stemming import word_key


class Clue(IntEnum):
    """Why two keys are linked, the surest first."""

    NUMBER = 0
    STRING = 1
    SOURCE = 2
    SOUND = 3
    WORD = 4
    MARK = 5


JaKey = Item | str
Links = dict[JaKey, dict[str, Clue]]


def clue_of_shared(key: str) -> Clue:
    """What kind of clue a key is that both sides write alike.

    >>> clue_of_shared("#2006").name
    'NUMBER'
    """
    return Clue.NUMBER if key[0] == "#" else Clue.MARK if key[0] == "~" else Clue.STRING


def find_links(
    english: Sequence[EnglishTerms],
    japanese: Sequence[JapaneseTerms],
    renderings: Renderings,
    is_known: Callable[[str], bool],
) -> Links:
    """The English keys that each Japanese key may stand for, of those that occur.

    A Japanese key that ought to have a counterpart, but has none in this document, has an empty entry:
    that is a clue too.
    """
    vocabulary = {key for terms in english for key in terms.keys}
    links: Links = {}
    for key in dict.fromkeys(key for terms in japanese for key in terms.shared):
        links[key] = {key: clue_of_shared(key)} if key in vocabulary else {}

    items = dict.fromkeys(item for terms in japanese for item in terms.items)
    phrases = dict.fromkeys(phrase for terms in japanese for phrase in terms.phrases)
    for phrase in phrases:
        links[phrase] = {key: Clue.WORD for key in renderings[phrase] if key in vocabulary}

    spellings = {spelling: word_key(spelling) for terms in english for spelling in terms.spellings}
    # Words that a lexicon knows need no guessing by sound, and are most of a text.
    index = SoundIndex(spelling for spelling, key in spellings.items() if not is_known(key))
    for item in items:
        found: dict[str, Clue] = {}
        known = [form for form in item[:2] if form in renderings]
        for form in known:
            found.update({key: Clue.WORD for key in renderings[form] if key in vocabulary})
        if item.sound:
            keys = sorted(spellings[spelling] for spelling in index.words_like(item.sound))
            found.update({key: Clue.SOUND for key in keys if key in vocabulary})
        if item.source and (key := word_key(item.source)) in vocabulary:
            found[key] = Clue.SOURCE
        if found or known or item.source or len(item.sound) > 2:
            links[item] = found
    return links
