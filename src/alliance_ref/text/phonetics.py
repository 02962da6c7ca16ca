"""Compare the sound of katakana (or a reading) with the spelling of English words.

Names and new loanwords are in no dictionary, but Japanese writes how they sound. Spelling and kana are both
reduced to a skeleton of consonant classes, since English spelling and kana agree least on vowels. Equal
skeletons match; similar ones match if they are long. Skeletons that differ in one position are found by their
one-letter deletions, so dissimilar words are never compared.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

_KANA_CLASS: dict[str, str] = {}
for _class, _kana in {
    "A": "アイウエオァィゥェォ",
    "K": "カキクケコヵヶ",
    "G": "ガギグゲゴ",
    "S": "サスセソザズゼゾシヅ",
    "J": "ジヂ",
    "T": "タテトツ",
    "C": "チ",
    "D": "ダデド",
    "N": "ナニヌネノン",
    "H": "ハヒヘホ",
    "F": "フ",
    "B": "バビブベボヴ",
    "P": "パピプペポ",
    "M": "マミムメモ",
    "Y": "ヤユヨャュョ",
    "R": "ラリルレロ",
    "W": "ワヲ",
}.items():
    _KANA_CLASS.update(dict.fromkeys(_kana, _class))

# The classes of English spellings; of several that match at an offset, the first counts.
_SPELLINGS = (
    ("^(?:kn|gn|pn)", "N"),
    ("^wr", "R"),
    ("^ps", "S"),
    ("^x", "S"),
    ("^[aeiou]", "A"),
    ("tch", "C"),
    ("sch|sh|sc(?=[eiy])", "S"),
    ("(?:t|s|c)i(?:on|an)", "SN"),
    ("ti(?=[ao])", "C"),
    ("ph", "F"),
    ("ght", "T"),
    ("gh(?![aeiouy])", ""),
    ("gh", "G"),
    ("ck|qu|q|cc(?=[aou])", "K"),
    ("ch", "C"),
    ("th", "S"),
    ("c(?=[eiy])", "S"),
    ("[ck]", "K"),
    ("dg|j|g(?=[eiy])", "J"),
    ("x", "KS"),
    ("[sz]", "S"),
    ("[vb]", "B"),
    ("mb$", "M"),
    ("l|r(?=[aeiouyr])", "R"),
    ("w(?=[aeiouy])", "W"),
    ("h(?=[aeiouy])", "H"),
    ("y(?=[aeiou])", "Y"),
    *((letter, letter.upper()) for letter in "dfgmnpt"),
)
_SPELLING = re.compile("|".join(f"({pattern})" for pattern, _ in _SPELLINGS) + "|.", re.DOTALL)
_SOUNDS = ("", *(sound for _, sound in _SPELLINGS))
_REPEATED = re.compile(r"(.)\1+")

# Pairs of classes that one sound may have in spelling and in kana.
_SIMILAR = {frozenset(pair) for pair in "SJ SC ST TC CK GJ DJ SD BF BW MN HF FP KG TD YJ".split()}
_WEAK = set("YWHAN")  # classes that one side often omits
_MAX_SKELETON = 24  # longest skeleton for which similar ones are indexed

# Costs of the edit distance between skeletons: round numbers, not fitted to data.
_EDIT = 1.0
_EDIT_WEAK = 0.4
_EDIT_SIMILAR = 0.4

MIN_SIMILARITY = 0.75
"""Similarity from which two skeletons count as the same sound: one plain edit in four classes."""


@lru_cache(maxsize=1 << 16)
def spelling_skeleton(word: str) -> str:
    """Return the consonant classes of an English *word* in lower case; a vowel counts only at the beginning.

    >>> spelling_skeleton("coronado"), spelling_skeleton("anderson")
    ('KRND', 'ANDSN')
    """
    sounds = "".join([_SOUNDS[match.lastindex or 0] for match in _SPELLING.finditer(word)])
    return _REPEATED.sub(r"\1", sounds)


@lru_cache(maxsize=1 << 16)
def kana_skeleton(kana: str) -> str:
    """Return the consonant classes of *kana*, in katakana.

    >>> kana_skeleton("コロナド"), kana_skeleton("アンダーソン")
    ('KRND', 'ANDSN')
    """
    classes: list[str] = []
    for place, char in enumerate(kana):
        sound = _KANA_CLASS.get(char, "")
        if not sound:
            continue
        if sound == "A":
            if place:
                # Small vowels change the sound before them: ティ is t, ファ f, ジェ j, ウィ w.
                if char in "ィェォァ" and kana[place - 1] == "ウ" and (classes[-1:] == ["A"] or not classes):
                    classes[-1:] = ["W"]
                continue
            classes.append("A")
        elif char in "ャュョ" and classes:
            continue
        else:
            classes.append(sound)
    return _REPEATED.sub(r"\1", "".join(classes))


class _Substitutions(dict[str, dict[str, float]]):
    """The costs of substituting one class for another."""

    def __missing__(self, first: str) -> dict[str, float]:
        costs = {
            second: _EDIT_SIMILAR for pair in _SIMILAR if first in pair for second in pair if second != first
        }
        costs[first] = 0.0
        self[first] = costs
        return costs


_SUBSTITUTIONS = _Substitutions()


@lru_cache(maxsize=1 << 16)
def similarity(first: str, second: str) -> float:
    """Return the similarity of two skeletons: 1 if they are equal, 0 if they share nothing.

    It is a normalized edit distance with lower costs for similar classes and for those often omitted.

    >>> similarity("KRND", "KRND"), round(similarity("TMS", "SMS"), 2)
    (1.0, 0.87)
    """
    return _at_least(first, second, 0.0)


def _at_least(first: str, second: str, threshold: float) -> float:
    """Return the similarity, or 0 as soon as it is known to be less than *threshold*."""
    if first == second:
        return 1.0
    size = max(len(first), len(second))
    steps = [(char, _EDIT_WEAK if char in _WEAK else _EDIT) for char in second]
    row = [0.0]
    for _char, add in steps:
        row.append(row[-1] + add)
    for a in first:
        drop = _EDIT_WEAK if a in _WEAK else _EDIT
        change = _SUBSTITUTIONS[a].get
        above = iter(row)
        diagonal = next(above)
        best = diagonal + drop
        row = [best]
        for (b, add), over in zip(steps, above, strict=True):
            best += add
            if (other := diagonal + change(b, _EDIT)) < best:
                best = other
            if (other := over + drop) < best:
                best = other
            diagonal = over
            row.append(best)
        # The distance cannot become smaller than this.
        if 1.0 - min(row) / size < threshold:
            return 0.0
    return 1.0 - row[-1] / size


def _is_similar(first: str, second: str, threshold: float) -> bool:
    """Return whether two skeletons that share a one-letter deletion are similar enough.

    Most of them differ in one position, and comparing that position is enough.
    """
    size = max(len(first), len(second))
    if len(first) != len(second):
        if 1.0 - 1.0 / size >= threshold:
            return True  # one more class costs 1 at most
    else:
        different = [pair for pair in zip(first, second, strict=True) if pair[0] != pair[1]]
        if len(different) == 1:
            ((a, b),) = different
            if 1.0 - _SUBSTITUTIONS[a].get(b, _EDIT) / size >= threshold:
                return True
        if 1.0 - 2 * _EDIT_WEAK / size < threshold:
            return False  # two edits cost at least this much
    return _at_least(first, second, threshold) >= threshold


def _deletions(skeleton: str) -> Iterator[str]:
    yield skeleton
    for place in range(len(skeleton)):
        yield skeleton[:place] + skeleton[place + 1 :]


class SoundIndex:
    """An index of English words by their sound.

    >>> index = SoundIndex(["coronado", "evans", "table"])
    >>> sorted(index.words_like("エヴァンス"))
    ['evans']
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words: dict[str, list[str]] = {}
        for word in words:
            skeleton = spelling_skeleton(word)
            if len(skeleton) >= 2 and len(word) >= 3:
                self._words.setdefault(skeleton, []).append(word)
        self._by_deletion: dict[str, set[str]] = {}
        for skeleton in self._words:
            if 3 <= len(skeleton) <= _MAX_SKELETON:
                for shorter in _deletions(skeleton):
                    self._by_deletion.setdefault(shorter, set()).add(skeleton)

    def words_like(self, kana: str, threshold: float = MIN_SIMILARITY) -> set[str]:
        """Return the words whose similarity to *kana* is at least *threshold*."""
        skeleton = kana_skeleton(kana)
        if len(skeleton) < 2:
            return set()
        found = set(self._words.get(skeleton, ()))
        if 3 <= len(skeleton) <= _MAX_SKELETON:
            similar = {
                other for shorter in _deletions(skeleton) for other in self._by_deletion.get(shorter, ())
            }
            for other in similar:
                if other != skeleton and _is_similar(other, skeleton, threshold):
                    found.update(self._words[other])
        return found
