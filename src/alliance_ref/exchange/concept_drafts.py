"""Concepts while a reader collects them from the rows or elements of a file."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from alliance_ref.errors import invalid
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

    def has_term(self, lang: Lang, text: str, reading: str | None = None) -> bool:
        """Return whether the draft has a term with this text and, if given, this reading."""
        return any(term.text == text and reading in (None, term.reading) for term in self.terms[lang])

    def build(
        self, taken: set[str] | None = None, *, drop_unknown_renderings: bool = False
    ) -> GlossaryConcept:
        """Return the concept.

        Args:
            taken: The ids in use; a draft without an id gets a new one, which is added.
            drop_unknown_renderings: Whether to leave out renderings of terms that the concept does not have.

        Raises:
            ValueError: The parts do not make a concept, for example, because it has no term.
        """
        texts = [term.text for lang in LANGS for term in self.terms[lang]]
        en, ja = (
            LanguageSection(lang, tuple(self.terms[lang]), "\n".join(self.definitions[lang]))
            for lang in LANGS
        )
        renderings = self.renderings
        if drop_unknown_renderings:
            known = set(texts)
            renderings = [item for item in renderings if item.en in known and item.ja in known]
        return GlossaryConcept(
            self.id or free_id(texts, set() if taken is None else taken),
            en,
            ja,
            subject="; ".join(self.subjects),
            note="\n".join(self.notes),
            renderings=tuple(renderings),
            passages=tuple(self.passages),
        )


def append_new(texts: list[str], text: str) -> None:
    """Append *text* unless it is empty or already the whole content of *texts*."""
    if text and "\n".join(texts) != text:
        texts.append(text)


def free_id(texts: Iterable[str], taken: set[str]) -> str:
    """Return an unused id, made of the first of *texts* that has letters, and add it to *taken*."""
    slugs: Iterator[str] = (re.sub(r"[\W_]+", "-", text.casefold()).strip("-") for text in texts)
    slug = next(filter(None, slugs), "concept")
    found, number = slug, 1
    while found in taken:
        number += 1
        found = f"{slug}-{number}"
    taken.add(found)
    return found


def parse_field(name: str, text: str) -> Any:
    """Return the value of a field of `Term` that *text* denotes.

    Raises:
        ValueError: The text is not a value of the field.

    >>> parse_field("reliability", "0.5"), str(parse_field("valid", "1954-07-01/"))
    (0.5, '1954-07-01/')
    """
    if name == "reliability":
        return float(text)
    return parse_period(text) if name == "valid" else text


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
