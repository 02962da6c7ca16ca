"""Sound: whether katakana (or a reading) could be how an English word is spoken.

Names and new loanwords stand in no dictionary, but Japanese writes how they sound. Spelling and kana are
both reduced to a skeleton of consonant classes (vowels are what English spelling and kana agree on least);
equal skeletons match, nearly equal ones match if they are long. Skeletons that differ in one place are
found through their one-letter deletions, so that no pair of unlike words is ever compared.
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

# What spellings sound like, in the classes above; of several that fit at a place the first holds.
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

# Classes that one sound may fall into on its way between spelling and kana.
_NEAR = {frozenset(pair) for pair in "SJ SC ST TC CK GJ DJ SD BF BW MN HF FP KG TD YJ".split()}
_WEAK = set("YWHAN")
_LONGEST_NAME = 24


@lru_cache(maxsize=1 << 16)
def spelling_skeleton(word: str) -> str:
    """The consonant classes of an English *word* in lower case; a vowel counts only as the first sound.

    >>> spelling_skeleton("coronado"), spelling_skeleton("anderson")
    ('KRND', 'ANDSN')
    """
    sounds = "".join([_SOUNDS[match.lastindex or 0] for match in _SPELLING.finditer(word)])
    return _REPEATED.sub(r"\1", sounds)


@lru_cache(maxsize=1 << 16)
def kana_skeleton(kana: str) -> str:
    """The consonant classes of *kana* in katakana, in the same alphabet.

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


class _Changes(dict[str, dict[str, float]]):
    """What it costs to take one class for another."""

    def __missing__(self, first: str) -> dict[str, float]:
        costs = {second: 0.4 for pair in _NEAR if first in pair for second in pair if second != first}
        costs[first] = 0.0
        self[first] = costs
        return costs


_CHANGES = _Changes()


@lru_cache(maxsize=1 << 16)
def likeness(first: str, second: str) -> float:
    """How alike two skeletons are: 1 for equal ones, 0 for those that share nothing.

    An edit distance in which related classes are near and sounds that come and go are light.

    >>> likeness("KRND", "KRND"), round(likeness("TMS", "SMS"), 2)
    (1.0, 0.87)
    """
    return _at_least(first, second, 0.0)


def _at_least(first: str, second: str, threshold: float) -> float:
    """The :func:`likeness`, or 0 as soon as it shows that this is less than *threshold*."""
    if first == second:
        return 1.0
    size = max(len(first), len(second))
    steps = [(char, 0.4 if char in _WEAK else 1.0) for char in second]
    row = [0.0]
    for _char, add in steps:
        row.append(row[-1] + add)
    for a in first:
        drop = 0.4 if a in _WEAK else 1.0
        change = _CHANGES[a].get
        above = iter(row)
        diagonal = next(above)
        best = diagonal + drop
        row = [best]
        for (b, add), over in zip(steps, above, strict=True):
            best += add
            if (other := diagonal + change(b, 1.0)) < best:
                best = other
            if (other := over + drop) < best:
                best = other
            diagonal = over
            row.append(best)
        # No way from here on gets cheaper.
        if 1.0 - min(row) / size < threshold:
            return 0.0
    return 1.0 - row[-1] / size


def _is_near(first: str, second: str, threshold: float) -> bool:
    """Whether two skeletons that differ in one place, or are shifted between two, are alike enough.

    Most differ in one place, and then one look at it is enough.
    """
    size = max(len(first), len(second))
    if len(first) != len(second):
        if 1.0 - 1.0 / size >= threshold:
            return True  # one sound more costs 1 at most
    else:
        different = [pair for pair in zip(first, second, strict=True) if pair[0] != pair[1]]
        if len(different) == 1:
            ((a, b),) = different
            if 1.0 - _CHANGES[a].get(b, 1.0) / size >= threshold:
                return True
        if 1.0 - 0.8 / size < threshold:
            return False  # any two steps cost 0.8 or more
    return _at_least(first, second, threshold) >= threshold


def _deletions(skeleton: str) -> Iterator[str]:
    yield skeleton
    for place in range(len(skeleton)):
        yield skeleton[:place] + skeleton[place + 1 :]


class SoundIndex:
    """English words by how they sound.

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
        self._near: dict[str, set[str]] = {}
        for skeleton in self._words:
            if 3 <= len(skeleton) <= _LONGEST_NAME:
                for shorter in _deletions(skeleton):
                    self._near.setdefault(shorter, set()).add(skeleton)

    def words_like(self, kana: str, threshold: float = 0.75) -> set[str]:
        """The words that sound like *kana*, at least *threshold* alike."""
        skeleton = kana_skeleton(kana)
        if len(skeleton) < 2:
            return set()
        found = set(self._words.get(skeleton, ()))
        if 3 <= len(skeleton) <= _LONGEST_NAME:
            near = {other for shorter in _deletions(skeleton) for other in self._near.get(shorter, ())}
            for other in near:
                if other != skeleton and _is_near(other, skeleton, threshold):
                    found.update(self._words[other])
        return found
