"""Concepts while a reader collects them from the rows or elements of a file."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from alliance_ref.errors import FileProblem, invalid
from alliance_ref.exchange.limits import is_whole_number
from alliance_ref.records.glossary import GlossaryConcept, LanguageSection, Rendering, Term
from alliance_ref.records.values import Lang, PartialDate, Period

LANGS: tuple[Lang, Lang] = ("en", "ja")


@attrs.define
class ConceptDraft:
    """The parts of a concept that have been read so far.

    `id` is empty for a concept without an id in the file.
    """

    id: str = ""
    terms: dict[Lang, list[Term]] = attrs.Factory(lambda: {"en": [], "ja": []})
    definitions: dict[Lang, list[str]] = attrs.Factory(lambda: {"en": [], "ja": []})
    subjects: list[str] = attrs.Factory(list)
    notes: list[str] = attrs.Factory(list)
    passages: list[str] = attrs.Factory(list)
    renderings: list[Rendering] = attrs.Factory(list)
    termhood: float | None = None

    def has_term(self, lang: Lang, text: str, reading: str | None = None) -> bool:
        """Return whether the draft has a term with this text and, if given, this reading."""
        return any(term.text == text and reading in (None, term.reading) for term in self.terms[lang])

    def build(
        self, taken: set[str] | None = None, *, notices: list[FileProblem] | None = None
    ) -> GlossaryConcept:
        """Return the concept.

        Args:
            taken: The ids in use; a draft without an id gets a new one, which is added.
            notices: If given, renderings of terms that the concept does not have are left out and reported
                here.

        Raises:
            ValueError: The parts do not make a concept, for example, because it has no term.
        """
        texts = [term.text for lang in LANGS for term in self.terms[lang]]
        en, ja = (
            LanguageSection(lang, tuple(self.terms[lang]), "\n".join(self.definitions[lang]))
            for lang in LANGS
        )
        renderings = self.renderings
        if notices is not None:
            known = {lang: {term.text for term in self.terms[lang]} for lang in LANGS}
            renderings = [item for item in renderings if item.en in known["en"] and item.ja in known["ja"]]
            notices += (
                FileProblem("unknown-term", {"en": item.en, "ja": item.ja}, path=self.id)
                for item in self.renderings
                if item not in renderings
            )
        return GlossaryConcept(
            self.id or free_id(texts, set() if taken is None else taken),
            en,
            ja,
            subject="; ".join(self.subjects),
            note="\n".join(self.notes),
            renderings=tuple(renderings),
            passages=tuple(self.passages),
            termhood=self.termhood,
        )


def append_new(texts: list[str], text: str) -> None:
    """Append *text* unless it is empty or repeats the first or the last of *texts*."""
    if text and text not in (*texts[:1], *texts[-1:]):
        texts.append(text)


def free_id(texts: Iterable[str], taken: set[str]) -> str:
    """Return an unused id, made of the first of *texts* that has letters, and add it to *taken*."""
    slugs: Iterator[str] = (re.sub(r"[\W_]+", "-", text.casefold()).strip("-") for text in texts)
    return unused_id(next(filter(None, slugs), "concept"), taken)


def unused_id(name: str, taken: set[str]) -> str:
    """Return *name*, or, if it is taken, *name* with the next free number, and add the result to *taken*.

    >>> taken = {"base"}
    >>> unused_id("base", taken), unused_id("base", taken), unused_id("port", taken)
    ('base-2', 'base-3', 'port')
    """
    if name not in taken:
        taken.add(name)
        return name
    # The numbers double until one is free, then the gap is halved: few steps even for thousands of one name.
    low, high = 1, 2
    while f"{name}-{high}" in taken:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if f"{name}-{middle}" in taken else (low, middle)
    taken.add(f"{name}-{high}")
    return f"{name}-{high}"


def with_unique_ids(concepts: Iterable[GlossaryConcept]) -> tuple[GlossaryConcept, ...]:
    """Return *concepts* with a number after each id that occurs again.

    Ids of a file may be equal although its entries differ: identifiers in two namespaces can have the same
    ending, and the entries of a memory the same ``tuid``.
    """
    found = tuple(concepts)
    known = {concept.id for concept in found}
    if len(known) == len(found):
        return found
    seen: set[str] = set()
    unique = []
    for concept in found:
        repeated = concept.id in seen
        seen.add(concept.id)
        unique.append(attrs.evolve(concept, id=unused_id(concept.id, known)) if repeated else concept)
    return tuple(unique)


def parse_field(name: str, text: str) -> Any:
    """Return the value of a field of `Term` that *text* denotes.

    Raises:
        ValueError: The text is not a value of the field.

    >>> parse_field("reliability", "0.5"), str(parse_field("valid", "1954-07-01/"))
    (0.5, '1954-07-01/')
    """
    if name == "reliability":
        return parse_number(text)
    return parse_period(text) if name == "valid" else text


def parse_number(text: str) -> float:
    """Return the number that *text* denotes.

    Raises:
        UnreadableFile: The text is not a number.
    """
    try:
        return float(text)
    except ValueError:
        raise invalid("not-a-number", value=text) from None


def parse_whole_number(text: str) -> int:
    """Return the whole number of 0 or more that *text* denotes.

    Raises:
        UnreadableFile: The text is not such a number.
    """
    if not is_whole_number(text.strip()):
        raise invalid("not-a-number", value=text)
    return int(text)


def parse_period(text: str) -> Period:
    """Return the period that *text* denotes, for example ``1954-07-01/2007-01-08``; empty text is always.

    Raises:
        UnreadableFile: The text is not two dates separated by a slash.
    """
    if not text.strip():
        return Period()
    ends = text.strip().split("/")
    if len(ends) != 2:
        raise invalid("invalid-period", value=text)
    start, end = (PartialDate.parse(end) if end else None for end in ends)
    return Period(start, end)
