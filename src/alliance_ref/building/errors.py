"""What the builder refuses, as values: which item, what it was, and what is taken."""

import attrs

from alliance_ref.errors import AllianceRefError


@attrs.frozen
class NotAUnit(AllianceRefError, TypeError):
    """An item of the input is no bilingual unit; `place` is its number from 0, `given` what it was.

    >>> import alliance_ref as ar
    >>> units = [("The alliance changed.", "同盟は変わった。"), "Talks go on."]
    >>> ar.build_glossary(units)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    alliance_ref.building.errors.NotAUnit: item 1 is a str; a glossary is built from TranslationUnit, ...
    """

    place: int
    given: str

    def __str__(self) -> str:
        return (
            f"item {self.place} is {self.given}; a glossary is built from TranslationUnit, AlignedUnit,"
            " Passage, Document, Edition, Alignment or (english, japanese) pairs of str"
        )


@attrs.frozen
class NotASeed(AllianceRefError, TypeError):
    """The seed, or an item of it, is none; `place` is the item's number from 0, ``None`` for the whole.

    >>> import alliance_ref as ar
    >>> units = [("The alliance changed.", "同盟は変わった。")]
    >>> ar.build_glossary(units, seed="alliance")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    alliance_ref.building.errors.NotASeed: the seed is a str; a seed is an iterable of English terms, ...
    """

    place: int | None
    given: str

    def __str__(self) -> str:
        what = "the seed" if self.place is None else f"item {self.place} of the seed"
        return f"{what} is {self.given}; a seed is an iterable of English terms, a Glossary or a Reference"
