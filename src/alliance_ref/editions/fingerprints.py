"""Fingerprints of paragraphs, which recognize and verify text that the package does not contain.

A fingerprint must not depend on changes that copying makes to punctuation and spacing. So the text is folded
first: compatibility characters are unified, and white space, quotation marks, question marks (which replace
lost quotation marks), dashes and bullets are dropped. The folded text is hashed as a whole, to verify it, and
as overlapping character sequences ("runs"), to measure similarity.
"""

import hashlib
import unicodedata
import zlib

from alliance_ref.errors import InvalidValue
from alliance_ref.records.passages import Fingerprint

HEAD = 8
"""Number of folded code points that the head checksum covers."""

SKETCH = 64
"""Number of hashes in a sketch; the standard error of a resemblance is then about 0.06."""

_RUN_LENGTH = 5
"""Length of the runs in code points. Shorter runs match by chance; one typo destroys too many longer ones."""


_DROPPED_CHARACTERS = frozenset("\"'`´?？�•·*◦‣●○■◆∙－−〝〟＂＇′″")
_DROPPED_CATEGORIES = frozenset(("Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Pd", "Pi", "Pf"))


class _Dropped(dict[int, int | None]):
    """A table for `str.translate` that drops white space, controls, quotation marks, dashes and bullets.

    It is filled on demand, because classifying all of Unicode takes a third of a second.
    """

    def __missing__(self, code: int) -> int | None:
        character = chr(code)
        dropped = character in _DROPPED_CHARACTERS or unicodedata.category(character) in _DROPPED_CATEGORIES
        return self.setdefault(code, None if dropped else code)


_DROPPED = _Dropped()


def fold(text: str) -> str:
    r"""Return *text* in the form that is hashed.

    >>> fold("?A new alliance,? he said") == fold("“A  new alliance,” he\nsaid")
    True
    """
    return unicodedata.normalize("NFKC", text.translate(_DROPPED)).translate(_DROPPED)


def digest(folded: str) -> str:
    """Return the digest of folded text: 128 bits of BLAKE2b, in hexadecimal."""
    return hashlib.blake2b(folded.encode(), digest_size=16).hexdigest()


def head(folded: str) -> int:
    """Return the checksum of the beginning of folded text."""
    return zlib.crc32(folded[:HEAD].encode())


def fingerprint(text: str) -> Fingerprint:
    """Return the fingerprint of a paragraph in either language.

    Paragraphs that differ only in quotation marks, question marks, dashes, bullets and white space have the
    same fingerprint.

    >>> import alliance_ref as ar
    >>> ar.fingerprint("“Yes,” he  said.") == ar.fingerprint("?Yes,? he said.")
    True

    Raises:
        InvalidValue: if the text has no letters or digits.
    """
    folded = fold(text)
    if not folded:
        raise InvalidValue("no-fingerprint")
    return fingerprint_of_folded(folded)


def fingerprint_of_folded(folded: str) -> Fingerprint:
    """Return the fingerprint of folded text."""
    packed = folded.encode("utf-32-le")
    step = 4 * _RUN_LENGTH
    runs = {packed[at : at + step] for at in range(0, max(4, len(packed) - step + 4), 4)}
    hashes = sorted({_mixed(zlib.crc32(run)) for run in runs})
    return Fingerprint(len(folded), head(folded), digest(folded), len(hashes), tuple(hashes[:SKETCH]))


def _mixed(checksum: int) -> int:
    """Mix a checksum over all 32 bits, so that the smallest ones are a random sample (Knuth 6.4)."""
    return (checksum ^ checksum >> 15) * 2654435761 & 0xFFFFFFFF


def resemblance(one: Fingerprint, other: Fingerprint) -> float:
    """Return the estimated Jaccard similarity of the runs of two texts.

    It is exact if both texts are short. Source: A. Broder, "On the resemblance and containment of
    documents", 1997.
    """
    if one.digest == other.digest:
        return 1.0
    union = sorted({*one.sketch, *other.sketch})[:SKETCH]
    common = {*one.sketch} & {*other.sketch}
    return sum(value in common for value in union) / len(union) if union else 0.0


def containment(one: Fingerprint, other: Fingerprint, alike: float) -> float:
    """Return the estimated share of the smaller text's runs that are in the larger one.

    *alike* is the resemblance of the two.
    """
    common = alike / (1 + alike) * (one.runs + other.runs)
    return min(1.0, common / max(1, min(one.runs, other.runs)))
