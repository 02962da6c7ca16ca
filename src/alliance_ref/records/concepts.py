"""Concepts: definitions of the terms of the field."""

import re
from collections.abc import Container, Iterator
from itertools import chain, count
from typing import ClassVar

import attrs

from alliance_ref.records.entries import Entry, EntryKind, Name, slug_of
from alliance_ref.records.glossary import GlossaryConcept, Term
from alliance_ref.records.validation import typed
from alliance_ref.records.values import LANGS, Bilingual, Source, filled


@attrs.frozen(repr=False, field_transformer=typed)
class Concept(Entry):
    """A concept of the field, with a short definition and its relations.

    >>> import alliance_ref as ar
    >>> concept = ar.entry("burden-sharing")
    >>> concept.label("ja"), concept.subject_field, concept.narrower
    ('負担の分担', 'alliance politics', ('cost-sharing',))
    >>> concept.definition.ja
    '共同の行動に伴う費用や危険を同盟国の間で分け合うこと。孫崎の論説では特に危険の分担を指す。'
    """

    kind: ClassVar[EntryKind] = "concept"

    subject_field: str = attrs.field(validator=filled, kw_only=True)
    definition: Bilingual = attrs.field(kw_only=True)
    broader: tuple[str, ...] = attrs.field(default=(), kw_only=True)
    narrower: tuple[str, ...] = attrs.field(default=(), kw_only=True)
    related: tuple[str, ...] = attrs.field(default=(), kw_only=True)

    def shown(self) -> Iterator[tuple[str, str]]:
        """Yield the definition too."""
        yield self.definition.en, self.definition.ja
        yield from super().shown()


_OWN_GLOSSARY = Source("glossary", Bilingual("Glossary of the user", "利用者の用語集"))


def name_of_term(term: Term) -> Name:
    """Return a term of a glossary as a name."""
    return Name(
        term.text,
        term.lang,
        term.status,
        term.reading,
        term.transliteration,
        term.valid,
        (Source("glossary", Bilingual(term.source, term.source)),) if term.source.strip() else (),
    )


def concept_of_glossary(concept: GlossaryConcept, taken: Container[str]) -> Concept:
    """Return a concept of a glossary as an entry.

    Args:
        concept: The concept.
        taken: The ids that are already used.
    """
    names = tuple(map(name_of_term, concept.terms))
    en, ja = (concept.section(lang) for lang in LANGS)
    defined = [part.definition for part in (en, ja) if part.definition.strip()]
    fallback = defined[0] if defined else names[0].text
    return Concept(
        _free_id(concept, taken),
        names,
        sources=(_OWN_GLOSSARY,),
        subject_field=concept.subject if concept.subject.strip() else "glossary",
        definition=Bilingual(
            en.definition if en.definition.strip() else fallback,
            ja.definition if ja.definition.strip() else fallback,
        ),
    )


def _free_id(concept: GlossaryConcept, taken: Container[str]) -> str:
    """Return an id for a concept as an entry, with a number if it is taken.

    It is the id of the concept, or is made from the English term if that is a number or not an id.
    """
    own = slug_of(concept.id)
    term = slug_of(concept.en.preferred.text) if concept.en.preferred else ""
    wanted = (term or own or "concept") if not re.search("[a-z]", own) else own
    numbered = (f"{wanted}-{number}" for number in count(2))
    return next(entry_id for entry_id in chain((wanted,), numbered) if entry_id not in taken)
