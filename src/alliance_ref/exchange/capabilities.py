"""The fields of a glossary, and the losses of a format that does not support all of them.

Each format module lists the fields that it supports in ``SUPPORTED_FIELDS``. `losses` counts the values in
the other fields, and the documentation makes its table of formats and fields from the same lists.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

import attrs

from alliance_ref.exchange.xml.writing import NOT_XML
from alliance_ref.records.exports import Loss
from alliance_ref.records.glossary import GlossaryConcept, Term
from alliance_ref.records.values import Period

_EXAMPLES = 3  # ids of concepts that a loss names

NOT_IN_XML = "character that XML cannot hold"
"""A control character or half of a surrogate pair, which XML formats replace with U+FFFD."""


def _terms(concept: GlossaryConcept) -> tuple[Term, ...]:
    return (*concept.en.terms, *concept.ja.terms)


def _count_terms(count: Callable[[Term], object]) -> Callable[[GlossaryConcept], int]:
    return lambda concept: sum(bool(count(term)) for term in _terms(concept))


def _irregular_spaces(concept: GlossaryConcept) -> int:
    """Return the number of texts with line ends, tabs or more than one space in a row."""
    texts = [concept.subject, concept.note, concept.en.definition, concept.ja.definition]
    texts += [term.text for term in _terms(concept)]
    return sum(text != " ".join(text.split()) for text in texts)


def _not_in_xml(concept: GlossaryConcept) -> int:
    return sum(len(NOT_XML.findall(text)) for text in _texts(concept) if not text.isprintable())


def _texts(record: Any) -> Iterator[str]:
    """Yield every text in a record and in the records that it contains."""
    if isinstance(record, str):
        yield record
    elif isinstance(record, tuple):
        for item in record:
            yield from _texts(item)
    elif attrs.has(type(record)):
        for field in attrs.fields(type(record)):
            yield from _texts(getattr(record, field.name))


FIELDS: dict[str, Callable[[GlossaryConcept], int]] = {
    "id": lambda concept: 1,
    "subject": lambda concept: bool(concept.subject),
    "definition": lambda concept: sum(bool(section.definition) for section in (concept.en, concept.ja)),
    "concept note": lambda concept: bool(concept.note),
    "concept with one language": lambda concept: not (concept.en.terms and concept.ja.terms),
    "further terms": lambda concept: sum(
        max(0, len(section.terms) - 1) for section in (concept.en, concept.ja)
    ),
    "status": _count_terms(lambda term: term.status != "preferred"),
    "reading": _count_terms(lambda term: term.reading),
    "transliteration": _count_terms(lambda term: term.transliteration),
    "validity": _count_terms(lambda term: term.valid != Period()),
    "reliability": _count_terms(lambda term: term.reliability is not None),
    "part of speech": _count_terms(lambda term: term.part_of_speech),
    "context": _count_terms(lambda term: term.context),
    "term note": _count_terms(lambda term: term.note),
    "source": _count_terms(lambda term: term.source),
    "rendering": lambda concept: len(concept.renderings),
    "attestation": lambda concept: sum(len(rendering.attestations) for rendering in concept.renderings),
    "passage": lambda concept: len(concept.passages),
    "termhood": lambda concept: concept.termhood is not None,
    "white space": _irregular_spaces,
    NOT_IN_XML: _not_in_xml,
}
"""Functions that count the values of a concept in each field.

``rendering`` is a pair of terms with its score, count and uses. ``white space`` is lost in formats that write
a value on one line: line ends and tabs become single spaces.
"""

ALL_FIELDS = frozenset(FIELDS)


def losses(concepts: Iterable[GlossaryConcept], supported: Collection[str]) -> tuple[Loss, ...]:
    """Return the losses of a format that supports only some fields, in the order of `FIELDS`.

    Args:
        concepts: The concepts to write.
        supported: The fields that the format supports.
    """
    left_out = {field: count for field, count in FIELDS.items() if field not in supported}
    counts = dict.fromkeys(left_out, 0)
    examples: dict[str, list[str]] = {field: [] for field in left_out}
    for concept in concepts:
        for field, count in left_out.items():
            if found := int(count(concept)):
                counts[field] += found
                if len(examples[field]) < _EXAMPLES:
                    examples[field].append(concept.id)
    return tuple(Loss(field, count, tuple(examples[field])) for field, count in counts.items() if count)
