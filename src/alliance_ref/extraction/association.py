"""How likely it is that an English word and a Japanese one stand for each other where they meet.

Two things tell. What is known beforehand (:func:`priors`): a word list, the foreign word that
UniDic gives for a loanword, sound, spelling, kanji. And what the units show: in how many the two
meet, against how many have either. Both are probabilities that a meeting is no chance, and either
may be right when the other is silent.
"""

import math
from collections.abc import Collection, Mapping

from alliance_ref.extraction.background import Knowledge, is_kanji, shipped_meanings
from alliance_ref.extraction.japanese_words import JapaneseType
from alliance_ref.text.phonetics import SoundIndex, kana_skeleton, likeness, spelling_skeleton
from alliance_ref.text.stemming import fold_latin, word_key

_WORD, _SOURCE, _SAME, _KANJI = 0.75, 0.85, 0.92, 0.35


def shrunk(together: float, english: float, japanese: float) -> float:
    """How much the meetings of two words say: their cosine, less half a meeting, drawn to zero when few.

    >>> round(shrunk(1, 1, 1), 2), round(shrunk(30, 33, 35), 2)
    (0.25, 0.84)
    """
    return max(together - 0.5, 0.0) / math.sqrt((english + 1.0) * (japanese + 1.0))


def either(first: float, second: float) -> float:
    """The probability that at least one of two independent signs is right."""
    return 1.0 - (1.0 - first) * (1.0 - second)


def priors(
    words: Mapping[str, JapaneseType | None],
    english: Collection[str],
    spellings: Mapping[str, str],
    knowledge: Knowledge,
) -> dict[str, dict[str, float]]:
    """For each Japanese word the English keys it may stand for, before anything is counted."""
    meanings = shipped_meanings()
    index = SoundIndex(
        dict.fromkeys(fold_latin(spelling) for key, spelling in spellings.items() if key in english)
    )
    found: dict[str, dict[str, float]] = {}
    meant: dict[str, tuple[dict[str, float], list[str]]] = {}
    for key, word in words.items():
        row: dict[str, float] = {}
        if word is None:
            for rendering, weight in knowledge.renderings(key, key).items():
                if rendering in english:
                    row[rendering] = _WORD * weight
        elif word.kind == "#":
            row[key] = _SAME
        elif word.kind == "l":
            plain = word_key(key) or key
            for form in (plain, key, ".".join(key) + "."):
                if form in english:
                    row[form] = _SAME
        else:
            for rendering, weight in knowledge.renderings(word.surface, word.lemma).items():
                if rendering in english:
                    row[rendering] = _WORD * weight
            if word.source:
                source = word_key(word.source)
                if source in english:
                    row[source] = max(row.get(source, 0.0), _SOURCE)
            if len(word.sound) > 1:
                skeleton = kana_skeleton(word.sound)
                if len(skeleton) > 1:
                    for spelling in index.words_like(word.sound):
                        alike = likeness(spelling_skeleton(spelling), skeleton)
                        sound = (
                            alike
                            * min(1.0, 0.2 + 0.2 * len(skeleton))
                            * (0.85 if word.sound == word.surface else 0.8)
                        )
                        near = word_key(spelling)
                        if near in english:
                            row[near] = max(row.get(near, 0.0), sound)
            kanji = [character for character in word.surface if is_kanji(character)]
            if kanji:
                rows: list[dict[str, float]] = []
                likely: set[str] = set()
                for character in kanji:
                    if character not in meant:
                        shares = meanings.get(character, {})
                        meant[character] = (
                            shares,
                            [key for key, share in shares.items() if share > 0.0699 and key in english],
                        )
                    shares, strong = meant[character]
                    rows.append(shares)
                    likely.update(strong)
                # What they mean together, one of them has to mean strongly.
                least = 0.07 * len(kanji)
                for meaning in likely:
                    share = sum([shares.get(meaning, 0.0) for shares in rows])
                    if share >= least and meaning not in row:
                        row[meaning] = min(0.45, share / len(kanji) * 1.5)
        if row:
            found[key] = row
    return found
