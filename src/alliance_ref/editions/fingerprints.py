"""Fingerprints of paragraphs: to recognize and verify text that is not here.

A fingerprint must survive what copying does to punctuation and spacing, and nothing else. So
the text is folded first: compatibility forms are made one, and white space, quotation marks, question
marks (what lost quotation marks become), dashes and bullets are dropped. What is left is hashed as
a whole, which verifies, and as overlapping runs of characters, which measures likeness.
"""

import hashlib
import unicodedata
import zlib

from alliance_ref.records.passages import Fingerprint

HEAD = 8
"""How many folded code points the head checksum covers."""

SKETCH = 64
"""How many hashes a sketch keeps; likeness is then right to about 0.06."""

_RUN = 5
"""Length of the runs. Shorter ones are shared by chance, longer ones lost to a single typing error."""


_SIGNS = frozenset("\"'`´?？�•·*◦‣●○■◆∙－−〝〟＂＇′″")
_CATEGORIES = frozenset(("Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Pd", "Pi", "Pf"))


class _Dropped(dict[int, int | None]):
    """A table for `str.translate` that drops white space, controls, quotation marks, dashes, bullets.

    It is filled as characters are met: asking about all of Unicode takes a third of a second.
    """

    def __missing__(self, code: int) -> int | None:
        character = chr(code)
        dropped = character in _SIGNS or unicodedata.category(character) in _CATEGORIES
        return self.setdefault(code, None if dropped else code)


_DROPPED = _Dropped()


def fold(text: str) -> str:
    r"""*text* as fingerprints see it.

    >>> fold("?A new alliance,? he said") == fold("“A  new alliance,” he\nsaid")
    True
    """
    return unicodedata.normalize("NFKC", text.translate(_DROPPED)).translate(_DROPPED)


def digest(folded: str) -> str:
    """The digest of folded text: 128 bits of BLAKE2b, in hexadecimal."""
    return hashlib.blake2b(folded.encode(), digest_size=16).hexdigest()


def head(folded: str) -> int:
    """The checksum of how folded text begins."""
    return zlib.crc32(folded[:HEAD].encode())


def fingerprint(text: str) -> Fingerprint:
    """The fingerprint of a paragraph in either language.

    Two paragraphs that differ only in quotation marks, question marks, dashes, bullets and white
    space have the same one.

    >>> import alliance_ref as ar
    >>> ar.fingerprint("“Yes,” he  said.") == ar.fingerprint("?Yes,? he said.")
    True

    Raises:
        ValueError: if nothing is left of the text after folding.
    """
    folded = fold(text)
    if not folded:
        raise ValueError("text without letters or digits has no fingerprint")
    return fingerprint_of_folded(folded)


def fingerprint_of_folded(folded: str) -> Fingerprint:
    """The fingerprint of text that is folded already."""
    packed = folded.encode("utf-32-le")
    step = 4 * _RUN
    runs = {packed[at : at + step] for at in range(0, max(4, len(packed) - step + 4), 4)}
    hashes = sorted({_mixed(zlib.crc32(run)) for run in runs})
    return Fingerprint(len(folded), head(folded), digest(folded), len(hashes), tuple(hashes[:SKETCH]))


def _mixed(checksum: int) -> int:
    """A checksum spread over all 32 bits, so that the smallest ones are a fair sample (Knuth 6.4)."""
    return (checksum ^ checksum >> 15) * 2654435761 & 0xFFFFFFFF


def resemblance(one: Fingerprint, other: Fingerprint) -> float:
    """The share of runs that two texts have in common among all their runs (Jaccard), estimated.

    Exact where both texts are short. Source: Broder 1997.
    """
    if one.digest == other.digest:
        return 1.0
    union = sorted({*one.sketch, *other.sketch})[:SKETCH]
    common = {*one.sketch} & {*other.sketch}
    return sum(value in common for value in union) / len(union) if union else 0.0


def containment(one: Fingerprint, other: Fingerprint, alike: float) -> float:
    """The share of the smaller text's runs that the larger text has too, estimated from 0 to 1.

    *alike* is the resemblance of the two.
    """
    common = alike / (1 + alike) * (one.runs + other.runs)
    return min(1.0, common / max(1, min(one.runs, other.runs)))
