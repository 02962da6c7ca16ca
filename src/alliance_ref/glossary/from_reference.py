"""The reference as a glossary: every entry that has names in both languages."""

from functools import lru_cache
from typing import TYPE_CHECKING

from alliance_ref.glossary.glossary import Glossary
from alliance_ref.glossary.passage_evidence import renderings
from alliance_ref.records import Concept, Entry, GlossaryConcept, LanguageSection, Name, Rendering, Term
from alliance_ref.records.values import LANGS

if TYPE_CHECKING:
    from alliance_ref.reference import Reference


def reference_glossary(reference: "Reference | None" = None, *, evidence: bool = True) -> Glossary:
    """A glossary of every entry that has names in both languages, in English order.

    Each concept lists the passages that speak of it, and as renderings which names stand for each other in
    their aligned units, with the places. These have no score: people paired the names. The glossary
    of the shipped reference is made once and shared.

    Args:
        reference: The reference to take it from; the shipped one if left out.
        evidence: Whether to look for the renderings, which means reading all passages.

    >>> import alliance_ref as ar
    >>> "magosaki-2006#1" in ar.reference_glossary().find("futenma").passages
    True
    """
    return _of_shipped(evidence) if reference is None else _glossary(reference, evidence)


@lru_cache(maxsize=2)
def _of_shipped(evidence: bool) -> Glossary:
    from alliance_ref.reference import load

    return _glossary(load(), evidence)


def _glossary(reference: "Reference", evidence: bool) -> Glossary:
    passages: dict[str, list[str]] = {}
    documents = reference.documents()
    for document in documents:
        for passage in document.passages:
            for mention in passage.mentions:
                passages.setdefault(mention, []).append(passage.id)
    entries = [entry for entry in reference.entries() if all(map(entry.names_in, LANGS))]
    pairs = renderings(entries, documents) if evidence else {}
    return Glossary(
        tuple(
            _concept(entry, pairs.get(entry.id, ()), tuple(passages.get(entry.id, ()))) for entry in entries
        )
    ).by_english()


def _concept(entry: Entry, pairs: tuple[Rendering, ...], passages: tuple[str, ...]) -> GlossaryConcept:
    names = {lang: entry.names_in(lang) for lang in LANGS}
    text = entry.definition if isinstance(entry, Concept) else entry.summary
    en, ja = (
        LanguageSection(lang, _in_order(names[lang]), getattr(text, lang) if text else "") for lang in LANGS
    )
    subject = entry.subject_field if isinstance(entry, Concept) else entry.kind
    return GlossaryConcept(entry.id, en, ja, subject=subject, renderings=pairs, passages=passages)


def _in_order(names: tuple[Name, ...]) -> tuple[Term, ...]:
    """Names as terms, the preferred ones in front, otherwise in the order of the data."""
    return tuple(_term(name) for name in sorted(names, key=lambda name: name.status != "preferred"))


def _term(name: Name) -> Term:
    return Term(
        name.text,
        name.lang,
        name.status,
        reading=name.reading,
        transliteration=name.romanization,
        valid=name.valid,
        source="; ".join(source.title.en for source in name.sources),
    )
