"""The reference as a glossary: every entry that has names in both languages."""

from typing import TYPE_CHECKING

from alliance_ref.glossary.model import Glossary
from alliance_ref.records import Concept, Entry, GlossaryConcept, Lang, LanguageSection, Name, Term

if TYPE_CHECKING:
    from alliance_ref.reference import Reference

_LANGS: tuple[Lang, Lang] = ("en", "ja")


def reference_glossary(reference: "Reference | None" = None) -> Glossary:
    """A glossary of every entry that has names in both languages, in English order.

    Each concept lists the passages that speak of it.

    Args:
        reference: The reference to take it from; the shipped one if left out.

    >>> import alliance_ref as ar
    >>> "magosaki-2006#1" in ar.reference_glossary().find("futenma").passages
    True
    """
    if reference is None:
        from alliance_ref.reference import load

        reference = load()
    passages: dict[str, list[str]] = {}
    for document in reference.documents():
        for passage in document.passages:
            for mention in passage.mentions:
                passages.setdefault(mention, []).append(passage.id)
    concepts = (_concept(entry, tuple(passages.get(entry.id, ()))) for entry in reference.entries())
    return Glossary(tuple(filter(None, concepts))).by_english()


def _concept(entry: Entry, passages: tuple[str, ...]) -> GlossaryConcept | None:
    names = {lang: entry.names_in(lang) for lang in _LANGS}
    if not all(names.values()):
        return None
    text = entry.definition if isinstance(entry, Concept) else entry.summary
    en, ja = (
        LanguageSection(lang, _in_order(names[lang]), getattr(text, lang) if text else "") for lang in _LANGS
    )
    subject = entry.subject_field if isinstance(entry, Concept) else entry.kind
    return GlossaryConcept(entry.id, en, ja, subject=subject, passages=passages)


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
