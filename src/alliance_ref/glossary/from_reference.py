"""The reference as a glossary: every entry with names in both languages, and the evidence in the passages."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

import attrs

from alliance_ref.glossary.glossary import Glossary
from alliance_ref.matcher.phrase_matcher import PhraseMatcher
from alliance_ref.records import (
    AlignedUnit,
    Concept,
    Document,
    Entry,
    GlossaryConcept,
    Lang,
    LanguageSection,
    Name,
    Occurrence,
    PairAttestation,
    Passage,
    Rendering,
    Term,
    Use,
)
from alliance_ref.records.values import LANGS

if TYPE_CHECKING:
    from alliance_ref.reference import Reference

_EntryName = tuple[str, str]
"""The id of an entry and the text of one of its names."""


def reference_glossary(reference: "Reference | None" = None, *, evidence: bool = True) -> Glossary:
    """Return a glossary of every entry that has names in both languages, in the order of the English terms.

    Each concept lists the passages that mention it. Its renderings are the pairs of names in the aligned
    units of these passages, with the places. They have no score, since people aligned the units. The glossary
    of the shipped reference is built once and shared.

    Args:
        reference: The reference (default: the shipped one).
        evidence: Whether to add the renderings, which requires reading all passages.

    >>> import alliance_ref as ar
    >>> "magosaki-2006#1" in ar.reference_glossary().find("futenma").passages
    True
    """
    return _of_shipped(evidence) if reference is None else _glossary(reference, evidence)


@lru_cache(maxsize=2)
def _of_shipped(evidence: bool) -> Glossary:
    from alliance_ref.reference import load

    glossary = _glossary(load(), evidence)
    _shipped.append(glossary)
    return glossary


_shipped: list[Glossary] = []
"""The glossaries of the shipped reference that exist."""


def is_shipped(glossary: Glossary) -> bool:
    """Return whether *glossary* is the unchanged glossary of the shipped reference."""
    return any(glossary is one for one in _shipped)


def _glossary(reference: "Reference", evidence: bool) -> Glossary:
    passages: dict[str, list[str]] = {}
    documents = reference.documents()
    for document in documents:
        for passage in document.passages:
            for mention in passage.mentions:
                passages.setdefault(mention, []).append(passage.id)
    entries = [entry for entry in reference.entries() if all(map(entry.names_in, LANGS))]
    pairs = _renderings(entries, documents) if evidence else {}
    return Glossary(
        tuple(
            _concept(entry, pairs.get(entry.id, ()), tuple(passages.get(entry.id, ()))) for entry in entries
        )
    ).by_english()


class ReferenceConcepts(Mapping[str, GlossaryConcept]):
    """The concepts of `reference_glossary` by id, without evidence; each is created on first use.

    >>> import alliance_ref as ar
    >>> ReferenceConcepts(ar.load())["futenma"].ja[0].text
    '普天間飛行場'
    """

    def __init__(self, reference: "Reference") -> None:
        """Create the concepts of *reference*."""
        self._reference = reference
        self._concepts: dict[str, GlossaryConcept | None] = {}

    def get_concept(self, entry_id: str) -> GlossaryConcept | None:
        """Return the concept of an entry, ``None`` if it has no names in one of the languages."""
        if entry_id not in self._concepts:
            entry = self._reference.entry(entry_id)
            has_both = all(map(entry.names_in, LANGS))
            self._concepts[entry_id] = _concept(entry, (), ()) if has_both else None
        return self._concepts[entry_id]

    def term(self, entry_id: str, number: int) -> Term:
        """Return the name with this number of an entry, as a term."""
        return _term(self._reference.entry(entry_id).names[number])

    def __getitem__(self, entry_id: str) -> GlossaryConcept:
        concept = self.get_concept(entry_id) if entry_id in self._reference else None
        if concept is None:
            raise KeyError(entry_id)
        return concept

    def __iter__(self) -> Iterator[str]:
        return iter([concept.id for concept in reference_glossary(self._reference, evidence=False)])

    def __len__(self) -> int:
        return len(reference_glossary(self._reference, evidence=False))


def _concept(entry: Entry, pairs: tuple[Rendering, ...], passages: tuple[str, ...]) -> GlossaryConcept:
    text = entry.definition if isinstance(entry, Concept) else entry.summary
    en, ja = (
        LanguageSection(lang, _terms(entry.names_in(lang)), getattr(text, lang) if text else "")
        for lang in LANGS
    )
    subject = entry.subject_field if isinstance(entry, Concept) else entry.kind
    return GlossaryConcept(entry.id, en, ja, subject=subject, renderings=pairs, passages=passages)


def _terms(names: tuple[Name, ...]) -> tuple[Term, ...]:
    """Return names as terms, the preferred ones first, otherwise in the order of the data."""
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


# The evidence of the passages


@attrs.frozen
class _FoundName:
    name: str
    at: Occurrence


@attrs.define
class _PairEvidence:
    """The places of one pair of names, and the number of units by document."""

    attestations: list[PairAttestation] = attrs.Factory(list)
    uses: dict[str, int] = attrs.Factory(dict)


def _renderings(entries: Iterable[Entry], documents: Iterable[Document]) -> dict[str, tuple[Rendering, ...]]:
    """Return the renderings of *entries* by id, with their places in the passages of *documents*.

    Only passages that mention the entry count. If a unit has several names of an entry, the first English one
    is paired with the first Japanese one, and so on.
    """
    matcher: PhraseMatcher[_EntryName] = PhraseMatcher.from_names(
        (name.text, name.lang, (entry.id, name.text)) for entry in entries for name in entry.names
    )
    dates = {}
    evidence: dict[str, dict[tuple[str, str], _PairEvidence]] = {}
    for document in documents:
        dates[document.id] = document.issued
        for passage in document.passages:
            mentioned = frozenset(passage.mentions)
            for number, unit in enumerate(passage.units):
                en, ja = (_names_in_unit(matcher, unit, lang, mentioned) for lang in LANGS)
                for entry_id, names in en.items():
                    pairs = evidence.setdefault(entry_id, {})
                    _add(pairs, document.id, passage, number, names, ja.get(entry_id, ()))
    return {
        entry_id: tuple(
            Rendering(
                en,
                ja,
                count=sum(found.uses.values()),
                attestations=tuple(found.attestations),
                uses=tuple(Use(document, count, dates[document]) for document, count in found.uses.items()),
            )
            for (en, ja), found in pairs.items()
        )
        for entry_id, pairs in evidence.items()
    }


def _names_in_unit(
    matcher: PhraseMatcher[_EntryName], unit: AlignedUnit, lang: Lang, mentioned: frozenset[str]
) -> dict[str, list[_FoundName]]:
    """Return the names in one side of a unit by entry."""
    found: dict[str, list[_FoundName]] = {}
    for start, end, shown, patterns in matcher.hits(unit.text(lang), lang=lang, compounds=True):
        # Several names of an entry may have the same key: the one with the exact spelling is used.
        for pattern in sorted(patterns, key=lambda pattern: (pattern.text != shown, pattern.inflected)):
            entry_id, name = pattern.value
            names = found.setdefault(entry_id, [])
            if entry_id in mentioned and not (names and names[-1].at.start == start):
                names.append(_FoundName(name, Occurrence(start, end, shown)))
    return found


def _add(
    pairs: dict[tuple[str, str], _PairEvidence],
    document: str,
    passage: Passage,
    unit: int,
    en: Iterable[_FoundName],
    ja: Iterable[_FoundName],
) -> None:
    """Add the pairs of one unit."""
    counted = set()
    for one, other in zip(en, ja, strict=False):
        pair = one.name, other.name
        found = pairs.setdefault(pair, _PairEvidence())
        found.attestations.append(PairAttestation(passage.id, unit, one.at, other.at))
        if pair not in counted:
            counted.add(pair)
            found.uses[document] = found.uses.get(document, 0) + 1
