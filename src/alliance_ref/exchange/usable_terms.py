"""Concepts without deprecated and erroneous terms, for formats that cannot mark them."""

from collections.abc import Iterable, Iterator

import attrs

from alliance_ref.records.glossary import UNUSABLE, GlossaryConcept


def usable_concepts(concepts: Iterable[GlossaryConcept]) -> Iterator[GlossaryConcept]:
    """Yield concepts without their deprecated and erroneous terms, if any term is left.

    >>> import alliance_ref as ar
    >>> glossary = ar.reference_glossary().subset(["camp-zama"])
    >>> glossary = glossary.with_status("camp-zama", "座間", "deprecated")
    >>> [[str(term) for term in concept.ja] for concept in usable_concepts(glossary)]
    [['キャンプ座間', '座間基地']]
    """
    for concept in concepts:
        en, ja = concept.en.usable, concept.ja.usable
        if len(en) + len(ja) == len(concept.terms):
            yield concept
        elif en or ja:
            known = {("en", term.text) for term in en} | {("ja", term.text) for term in ja}
            yield attrs.evolve(
                concept,
                en=attrs.evolve(concept.en, terms=en),
                ja=attrs.evolve(concept.ja, terms=ja),
                renderings=tuple(
                    item
                    for item in concept.renderings
                    if ("en", item.en) in known and ("ja", item.ja) in known
                ),
            )


def count_unusable(concepts: Iterable[GlossaryConcept]) -> int:
    """Return the number of deprecated and erroneous terms."""
    return sum(term.status in UNUSABLE for concept in concepts for term in concept.terms)
