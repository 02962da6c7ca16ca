"""What the aligner refuses, as values: the side, what it looks like, and the remedy."""

from typing import Literal

import attrs

from alliance_ref.errors import AllianceRefError


@attrs.frozen
class WrongLanguage(AllianceRefError, ValueError):
    """A side of the bitext is not in the language it should be in.

    `side` is the argument concerned, `looks` what its text looks like; `swapped` is true where the other
    side is wrong too, so that exchanging the two arguments helps.

    >>> import alliance_ref as ar
    >>> ar.align(["同盟は変わった。"], ["The alliance changed."])
    Traceback (most recent call last):
    ...
    alliance_ref.alignment.errors.WrongLanguage: the two sides are swapped: English comes first, align(en, ja)
    """

    side: Literal["en", "ja"]
    looks: Literal["English", "Japanese"]
    swapped: bool = False

    def __str__(self) -> str:
        if self.swapped:
            return "the two sides are swapped: English comes first, align(en, ja)"
        expected = "English" if self.side == "en" else "Japanese"
        return f"the side {self.side!r} looks {self.looks}, not {expected}; both sides are in one language"


@attrs.frozen
class NotSegments(AllianceRefError, ValueError):
    """A side of the bitext is no sequence of segments; `given` names what it was.

    >>> import alliance_ref as ar
    >>> ar.align("The alliance changed.", ["同盟は変わった。"])  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    alliance_ref.alignment.errors.NotSegments: the side 'en' must be a sequence of ..., not a string; ...
    """

    side: Literal["en", "ja"]
    given: str

    def __str__(self) -> str:
        return (
            f"the side {self.side!r} must be a sequence of str or Segment, not {self.given};"
            " align_documents(en_text, ja_text) takes whole texts"
        )


@attrs.frozen
class MissingExtra(AllianceRefError, ImportError):
    """Something optional was asked for that is not installed.

    >>> import alliance_ref as ar
    >>> error = ar.MissingExtra("jmdict", "jamdict-data")
    >>> print(error)
    jamdict-data is not installed; pip install 'alliance-ref[jmdict]' brings it
    >>> isinstance(error, ImportError)
    True
    """

    extra: str
    package: str

    def __str__(self) -> str:
        return f"{self.package} is not installed; pip install 'alliance-ref[{self.extra}]' brings it"
