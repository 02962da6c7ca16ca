"""What a glossary can hold, field by field, and which concepts hold it.

A format says which of these fields it carries; what it leaves out is then counted, not guessed, and the same
table makes the page of the documentation on what each format can hold.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

import attrs

from alliance_ref.records.exports import Loss
from alliance_ref.records.glossary import GlossaryConcept, Term
from alliance_ref.records.values import Period

_EXAMPLES = 3
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

NOT_IN_XML = "character that XML cannot hold"
"""A control character or half of a surrogate pair: formats in XML have U+FFFD in its place."""


def _terms(concept: GlossaryConcept) -> tuple[Term, ...]:
    return (*concept.en.terms, *concept.ja.terms)


def _of_terms(count: Callable[[Term], object]) -> Callable[[GlossaryConcept], int]:
    return lambda concept: sum(bool(count(term)) for term in _terms(concept))


def _spaced(concept: GlossaryConcept) -> int:
    """How many of its texts have line ends, tabs or more than one space in a row."""
    texts = [concept.subject, concept.note, concept.en.definition, concept.ja.definition]
    texts += [term.text for term in _terms(concept)]
    return sum(text != " ".join(text.split()) for text in texts)


def _not_in_xml(concept: GlossaryConcept) -> int:
    return sum(len(_NOT_XML.findall(text)) for text in _texts(concept) if not text.isprintable())


def _texts(record: Any) -> Iterator[str]:
    """Every text in a record, however deep."""
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
    "status": _of_terms(lambda term: term.status != "preferred"),
    "reading": _of_terms(lambda term: term.reading),
    "transliteration": _of_terms(lambda term: term.transliteration),
    "validity": _of_terms(lambda term: term.valid != Period()),
    "reliability": _of_terms(lambda term: term.reliability is not None),
    "part of speech": _of_terms(lambda term: term.part_of_speech),
    "context": _of_terms(lambda term: term.context),
    "term note": _of_terms(lambda term: term.note),
    "source": _of_terms(lambda term: term.source),
    "rendering": lambda concept: len(concept.renderings),
    "attestation": lambda concept: sum(len(rendering.attestations) for rendering in concept.renderings),
    "passage": lambda concept: len(concept.passages),
    "white space": _spaced,
    NOT_IN_XML: _not_in_xml,
}
"""How often a concept fills each field.

``rendering`` is a pair with its score, count and uses; ``white space`` is lost where a value must stand on
one line: line ends and tabs become single spaces.
"""

ALL = frozenset(FIELDS)


def losses(concepts: Iterable[GlossaryConcept], holds: Collection[str]) -> tuple[Loss, ...]:
    """What a format that *holds* only some fields leaves out of *concepts*, in the order of FIELDS."""
    left_out = {field: count for field, count in FIELDS.items() if field not in holds}
    counts = dict.fromkeys(left_out, 0)
    examples: dict[str, list[str]] = {field: [] for field in left_out}
    for concept in concepts:
        for field, count in left_out.items():
            if found := int(count(concept)):
                counts[field] += found
                if len(examples[field]) < _EXAMPLES:
                    examples[field].append(concept.id)
    return tuple(Loss(field, count, tuple(examples[field])) for field, count in counts.items() if count)
