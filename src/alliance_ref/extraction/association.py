"""Association scores: how likely an English and a Japanese word are translations of each other.

Two sources are combined. `priors` has the background knowledge: the word lists, the foreign word
that UniDic has for a loanword, sound, spelling and kanji. The units add how often two words co-occur,
relative to how often each occurs. Both are probabilities that a co-occurrence is not accidental, and either
is enough.

The numbers were set by hand on the development half of benchmarks/glossary_terms (``python
benchmarks/glossary_accuracy.py`` measures a change); no script refits them.
"""

import math
from collections.abc import Collection, Mapping

from alliance_ref.extraction.background import Background, is_kanji, kanji_associations
from alliance_ref.extraction.japanese_words import LATIN, NUMBER, JapaneseWord
from alliance_ref.extraction.records import Counts, Model
from alliance_ref.text.phonetics import SoundIndex, kana_skeleton, similarity, spelling_skeleton
from alliance_ref.text.stemming import fold_latin, word_key

_P_LEXICON = 0.75
"""Prior of a translation in a word list."""

_P_SOURCE = 0.85
"""Prior of the foreign word that UniDic names as the origin of a loanword."""

_P_IDENTICAL = 0.92
"""Prior of a number or Latin word that is the same in both languages."""

_P_SOUND_KATAKANA, _P_SOUND_NAME = 0.85, 0.8
"""Prior of a word that sounds exactly alike: written in katakana, or by the reading of a name."""

_SOUND_BASE, _SOUND_PER_CONSONANT = 0.2, 0.2
"""Share of that prior, by the number of consonants that are compared; at most 1."""

_MIN_KANJI_SHARE = 0.07
"""Mean share of a kanji's words that must have an English key, for the key to be a candidate."""

_KANJI_WEIGHT, _MAX_P_KANJI = 1.5, 0.45
"""Prior of such a key: this multiple of the mean share, up to the maximum."""

_MIN_SCORE = 0.07
"""Pairs of words with a lower score are ignored."""

_MIN_SCORE_SHARE = 0.25
"""Pairs with a lower share of a Japanese word's best score are ignored: a fifth faster, equally accurate."""

_MAX_CANDIDATES = 12
"""English words that are kept for one Japanese word."""

_MIN_CLEAR_SCORE, _MAX_CLEAR_RIVAL = 0.6, 0.45
"""A translation is clear if it scores this much and the next one at most this share of it."""


def shrunk_cosine(together: float, english: float, japanese: float) -> float:
    """Return the cosine of two words' occurrences, shrunk toward zero for small counts.

    Args:
        together: The number of units that contain both words.
        english: The number of units that contain the English word.
        japanese: The number of units that contain the Japanese word.

    >>> round(shrunk_cosine(1, 1, 1), 2), round(shrunk_cosine(30, 33, 35), 2)
    (0.25, 0.84)
    """
    return max(together - 0.5, 0.0) / math.sqrt((english + 1.0) * (japanese + 1.0))


def noisy_or(first: float, second: float) -> float:
    """Return the probability that at least one of two independent indications is correct."""
    return 1.0 - (1.0 - first) * (1.0 - second)


def priors(
    words: Mapping[str, JapaneseWord | None],
    english: Collection[str],
    spellings: Mapping[str, str],
    background: Background,
) -> dict[str, dict[str, float]]:
    """Return, for each Japanese key, the English keys that may translate it, before anything is counted.

    Args:
        words: The Japanese words by their keys; ``None`` for compounds.
        english: The English keys that occur.
        spellings: A spelling of each English key.
        background: The word lists and names.
    """
    prior = _Priors(english, spellings, background)
    found: dict[str, dict[str, float]] = {}
    for key, word in words.items():
        if word is None:
            row = prior.by_lexicon(key, key)
        elif word.kind == NUMBER:
            row = {key: _P_IDENTICAL}
        elif word.kind == LATIN:
            row = prior.by_spelling(key)
        else:
            row = prior.by_lexicon(word.surface, word.lemma)
            prior.add_source(row, word)
            prior.add_sounds(row, word)
            prior.add_kanji(row, word)
        if row:
            found[key] = row
    return found


class _Priors:
    """The priors of single words, for the English keys of one build."""

    def __init__(
        self, english: Collection[str], spellings: Mapping[str, str], background: Background
    ) -> None:
        self._english = english
        self._background = background
        self._index = SoundIndex(
            dict.fromkeys(fold_latin(spelling) for key, spelling in spellings.items() if key in english)
        )
        self._kanji: dict[str, tuple[Mapping[str, float], list[str]]] = {}

    def by_lexicon(self, surface: str, lemma: str) -> dict[str, float]:
        renderings = self._background.renderings(surface, lemma)
        return {key: _P_LEXICON * weight for key, weight in renderings.items() if key in self._english}

    def by_spelling(self, key: str) -> dict[str, float]:
        forms = (word_key(key) or key, key, ".".join(key) + ".")
        return {form: _P_IDENTICAL for form in forms if form in self._english}

    def add_source(self, row: dict[str, float], word: JapaneseWord) -> None:
        if word.source and (source := word_key(word.source)) in self._english:
            row[source] = max(row.get(source, 0.0), _P_SOURCE)

    def add_sounds(self, row: dict[str, float], word: JapaneseWord) -> None:
        if len(word.sound) < 2:
            return
        skeleton = kana_skeleton(word.sound)
        if len(skeleton) < 2:
            return
        for spelling in self._index.words_like(word.sound):
            key = word_key(spelling)
            if key in self._english:
                sound = (
                    similarity(spelling_skeleton(spelling), skeleton)
                    * min(1.0, _SOUND_BASE + _SOUND_PER_CONSONANT * len(skeleton))
                    * (_P_SOUND_KATAKANA if word.sound == word.surface else _P_SOUND_NAME)
                )
                row[key] = max(row.get(key, 0.0), sound)

    def add_kanji(self, row: dict[str, float], word: JapaneseWord) -> None:
        """Add the keys that the kanji of the word have in common in other words."""
        kanji = [character for character in word.surface if is_kanji(character)]
        if not kanji:
            return
        shares_of = [self._shares(character) for character in kanji]
        # The mean can only reach the minimum if the share of one kanji does.
        candidates = {key for _shares, strong in shares_of for key in strong}
        least = _MIN_KANJI_SHARE * len(kanji)
        for key in candidates:
            share = sum([shares.get(key, 0.0) for shares, _strong in shares_of])
            if share >= least and key not in row:
                row[key] = min(_MAX_P_KANJI, share / len(kanji) * _KANJI_WEIGHT)

    def _shares(self, character: str) -> tuple[Mapping[str, float], list[str]]:
        """Return the shares of a kanji's English keys, and the keys whose share reaches the minimum."""
        if character not in self._kanji:
            shares = kanji_associations().get(character, {})
            least = _MIN_KANJI_SHARE - 0.0001  # sums of floats may fall just short of the minimum
            strong = [key for key, share in shares.items() if share > least and key in self._english]
            self._kanji[character] = shares, strong
        return self._kanji[character]


def learn(counts: Counts, background: Background) -> Model:
    """Return the model that results from the counts of all chunks and the background."""
    english, japanese, total = counts.english, counts.japanese, max(counts.units, 1)
    scores = _learned_scores(counts)
    known = {key for key in english if any(lexicon.knows(key) for lexicon in background.lexicons)}
    for lexicon in background.lexicons:
        known.update(lexicon.renderings(counts.words))
    for j, row in priors(counts.words, english, counts.spellings, background).items():
        learned = scores.setdefault(j, {})
        for key, prior in row.items():
            learned[key] = noisy_or(learned.get(key, 0.0), prior)
            seed = "+" + counts.spellings.get(key, key)
            if seed in english:
                learned[seed] = noisy_or(learned.get(seed, 0.0), prior)
    scores = {j: _best_candidates(row) for j, row in scores.items()}
    clear = _clear_translations(scores)
    return Model(total, scores, english, japanese, frozenset(known), frozenset(counts.compounds), clear)


def _learned_scores(counts: Counts) -> dict[str, dict[str, float]]:
    """Return the scores of words by their co-occurrence alone."""
    english, japanese, total = counts.english, counts.japanese, max(counts.units, 1)
    english_keys, japanese_keys = list(english), list(japanese)
    units_with = [(n_e, _MIN_SCORE * 0.999 * math.sqrt(n_e + 1.0)) for n_e in english.values()]
    scores: dict[str, dict[str, float]] = {}
    for number, row in counts.cooccurrences():
        j = japanese_keys[number]
        n_j = japanese[j]
        share, root = n_j / total, math.sqrt(n_j + 1.0)
        learned = {}
        for e, count in row.items():
            if count > 1:
                n_e, least = units_with[e]
                # Most pairs score far less than the minimum: reject them without a square root for each.
                if count - 0.5 - n_e * share > least * root:
                    score = shrunk_cosine(count - n_e * n_j / total, n_e, n_j)
                    if score >= _MIN_SCORE:
                        learned[english_keys[e]] = score
        if learned:
            scores[j] = learned
    return scores


def _best_candidates(row: dict[str, float]) -> dict[str, float]:
    """Return the candidates of a row worth keeping, best first, and all seed terms."""
    ranked = sorted(row.items(), key=lambda item: (-item[1], item[0]))
    least = max(_MIN_SCORE_SHARE * ranked[0][1], _MIN_SCORE)
    seeds = [item for item in ranked if item[0][0] == "+"]
    others = [item for item in ranked if item[0][0] != "+" and item[1] >= least]
    return dict(others[:_MAX_CANDIDATES] + seeds)


def _clear_translations(scores: dict[str, dict[str, float]]) -> dict[str, str]:
    """Return the Japanese keys with one translation that is far more likely than any other."""
    clear: dict[str, str] = {}
    for j, row in scores.items():
        ranked = [item for item in row.items() if item[0][0] != "+"]
        if (
            ranked
            and ranked[0][1] >= _MIN_CLEAR_SCORE
            and (len(ranked) == 1 or ranked[1][1] <= _MAX_CLEAR_RIVAL * ranked[0][1])
        ):
            clear[j] = ranked[0][0]
    return clear
