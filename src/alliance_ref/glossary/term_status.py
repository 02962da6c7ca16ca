"""Changes to one concept that keep it in order."""

from collections.abc import Callable

import attrs

from alliance_ref.errors import UnknownTerm
from alliance_ref.records.entries import NameStatus
from alliance_ref.records.glossary import GlossaryConcept, LanguageSection, Term
from alliance_ref.records.values import LANGS, PartialDate, Period


def with_status(concept: GlossaryConcept, text: str, status: NameStatus) -> GlossaryConcept:
    """The *concept* with another status for the term that has this *text*."""
    sections = [concept.section(lang) for lang in LANGS]
    if all(term.text != text for section in sections for term in section):
        terms = tuple(term.text for section in sections for term in section)
        raise UnknownTerm(concept.id, text, terms)
    en, ja = (_with_status(section, text, status) for section in sections)
    return attrs.evolve(concept, en=en, ja=ja)


def _with_status(section: LanguageSection, text: str, status: NameStatus) -> LanguageSection:
    changed = [attrs.evolve(term, status=status) for term in section if term.text == text]
    if not changed:
        return section
    if status != "preferred":
        return _mapped(section, lambda term: attrs.evolve(term, status=status) if term.text == text else term)
    others = [term for term in section if term.text != text]
    return attrs.evolve(section, terms=(*changed, *(_behind(term, changed) for term in others)))


def _mapped(section: LanguageSection, change: Callable[[Term], Term]) -> LanguageSection:
    return attrs.evolve(section, terms=tuple(map(change, section)))


def _behind(term: Term, preferred: list[Term]) -> Term:
    """A term as it stands beside *preferred* ones."""
    if term.status == "preferred" and any(meet(term.valid, other.valid) for other in preferred):
        return attrs.evolve(term, status="admitted")
    return term


def meet(one: Period, other: Period) -> bool:
    """Whether two periods may have a day in common.

    >>> early, late = Period(end=PartialDate(2006)), Period(start=PartialDate(2007))
    >>> meet(early, late), meet(early, Period())
    (False, True)
    """

    def reaches(end: PartialDate | None, start: PartialDate | None) -> bool:
        return end is None or start is None or start.earliest() <= end.latest()

    return reaches(one.end, other.start) and reaches(other.end, one.start)
