"""The decisions of a person about the pairs of a glossary: read from files, or from two versions of one.

A file of decisions is a glossary in any format, or the table of a review (see `review_table`). In a glossary
of approved terms, every concept with a usable term is approved as it is written, and every pair with a
deprecated or erroneous term is rejected. In a glossary of rejected terms, every pair is rejected.

If the previous glossary is given too, the approved file is an edited copy of it, and only the differences are
decisions: an edited or added concept is approved, and a pair that is gone is rejected. Approvals and
rejections in the previous glossary remain in force.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

import attrs

from alliance_ref.arguments import wrong_type
from alliance_ref.errors import FileProblem, UnreadableFile
from alliance_ref.exchange.concept_drafts import with_unique_ids
from alliance_ref.exchange.tables.review_table import read_review, table_rows
from alliance_ref.glossary.concepts import (
    counterparts,
    is_deprecated,
    pair_key,
    rejection,
    term_pairs,
    without_pairs,
)
from alliance_ref.glossary.glossary import Glossary
from alliance_ref.glossary.io import file_content, glossary_format, read_glossary, report_notices
from alliance_ref.records.glossary import (
    UNUSABLE,
    GlossaryConcept,
    LanguageSection,
    RejectedPair,
    Term,
)
from alliance_ref.records.values import LANGS, Period

FilePath = str | os.PathLike[str]
GivenTerms: TypeAlias = "Glossary | FilePath | Iterable[Glossary | FilePath] | Decisions | None"
"""Approved or rejected terms: a glossary, a file, or several of them."""

_TABLES = ("csv", "tsv", "xlsx")
_EDITED_FIELDS = ("reading", "transliteration", "part_of_speech", "context", "note")


@attrs.frozen
class Approval:
    """A concept that a person approved.

    `is_complete` is true if its renderings are all that its English terms should have. Otherwise, further
    renderings from the memory may follow.
    """

    concept: GlossaryConcept
    is_complete: bool = True


@attrs.frozen
class Decisions:
    """What a person approved and rejected."""

    approved: tuple[Approval, ...] = ()
    rejected: tuple[RejectedPair, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.approved or self.rejected)

    def terms(self) -> Glossary:
        """Return the approved concepts as a glossary."""
        return Glossary(with_unique_ids(item.concept for item in self.approved))


def read_decisions(
    approved: GivenTerms = None,
    rejected: GivenTerms = None,
    previous: Glossary | FilePath | None = None,
    *,
    notices: list[FileProblem] | None = None,
) -> Decisions:
    """Return the decisions in files and glossaries.

    If a pair is both approved and rejected, it is approved; files prevail over the previous glossary.

    Args:
        approved: The approved terms, or decisions that have been read already.
        rejected: The rejected terms.
        previous: The glossary of which *approved* is an edited copy. Reviews in *approved* have their own
            decisions, to which this does not apply.
        notices: Receives what was read differently than written; otherwise there is a `PartlyRead` warning.
    """
    if isinstance(approved, Decisions):
        return approved
    before = None if previous is None else _glossary(previous, "previous", notices)[0]
    approvals: list[Approval] = []
    refused = [pair for item in _several(rejected, "rejected") for pair in _of_rejected(item, notices)]
    copies = []
    for item in _several(approved, "approved"):
        review = _review(item, notices)
        if review is not None:
            approvals += review.approved
            refused += review.rejected
        else:
            copies.append(_glossary(item, "approved", notices))
    for glossary, source in copies:
        decided = _of_approved(glossary, source) if before is None else _edited(before, glossary, source)
        approvals += decided.approved
        refused += decided.rejected
    if before is not None and copies:
        refused += _missing(before, copies)
    known = {pair_key(*pair) for approval in approvals for pair in usable_pairs(approval.concept)}
    if before is not None:
        is_refused = rejection(pair for pair in refused if pair_key(pair.en, pair.ja) not in known)
        refused += before.rejected
        if not copies:
            approvals += _still_approved(before, is_refused)
    return Decisions(_without_repetitions(approvals), _sorted(refused, approvals))


def usable_pairs(concept: GlossaryConcept) -> tuple[tuple[str, str], ...]:
    """Return the pairs of a concept without deprecated and erroneous terms; ("x", "") for a single term."""
    usable = {term.text for term in (*concept.en.usable, *concept.ja.usable)}
    pairs = [pair for pair in term_pairs(concept) if usable.issuperset(filter(None, pair))]
    return tuple(pairs)


def _without_repetitions(approvals: Iterable[Approval]) -> tuple[Approval, ...]:
    """Return the approvals without those whose pairs are all approved by earlier ones."""
    known: set[tuple[str, str]] = set()
    found = []
    for approval in approvals:
        pairs = {pair_key(*pair) for pair in usable_pairs(approval.concept)}
        if not pairs or not pairs <= known:
            found.append(approval)
            known |= pairs
    return tuple(found)


def _sorted(pairs: Iterable[RejectedPair], approvals: Iterable[Approval]) -> tuple[RejectedPair, ...]:
    """Return each pair once and in order, without those that are approved."""
    approved = {pair_key(*pair) for approval in approvals for pair in usable_pairs(approval.concept)}
    unique: dict[tuple[str, str], RejectedPair] = {}
    for pair in pairs:
        unique.setdefault(pair_key(pair.en, pair.ja), pair)
    found = (pair for key, pair in unique.items() if key not in approved)
    return tuple(sorted(found, key=lambda pair: (pair.en, pair.ja)))


# Files


def _several(given: GivenTerms, name: str) -> Iterator[Glossary | FilePath]:
    if given is None or isinstance(given, Decisions):
        return
    if isinstance(given, Glossary | str | os.PathLike):
        given = (given,)
    if not isinstance(given, Iterable):
        raise wrong_type(name, "a glossary, a file or several of them", given)
    yield from given


def _glossary(
    given: Glossary | FilePath, name: str, notices: list[FileProblem] | None
) -> tuple[Glossary, str]:
    """Return a glossary and the name of its file, which is *name* if there is none."""
    if isinstance(given, Glossary):
        return given, name
    if not isinstance(given, str | os.PathLike):
        raise wrong_type(name, "a glossary or a file", given)
    return read_glossary(given, notices=notices), Path(given).name


def _review(given: Glossary | FilePath, notices: list[FileProblem] | None) -> Decisions | None:
    """Return the decisions in a file, if it is the table of a review."""
    if not isinstance(given, str | os.PathLike):
        return None
    path = Path(given)
    chosen = glossary_format(path, None)
    if chosen.id not in _TABLES:
        return None
    found: list[FileProblem] = []
    try:
        rows = table_rows(file_content(path, chosen), chosen.id)
        review = read_review(rows, title=chosen.title, notices=found)
    except UnreadableFile as error:
        raise attrs.evolve(error, where=str(path)) from None
    if review is None:
        return None
    report_notices(found, notices, path, chosen)
    approved = tuple(Approval(_as_approved(concept, path.name), False) for concept in review.accepted)
    return Decisions(approved, tuple(attrs.evolve(pair, source=path.name) for pair in review.rejected))


def _of_approved(glossary: Glossary, source: str) -> Decisions:
    approvals = [_approval(concept, source) for concept in glossary]
    refused = [pair for concept in glossary for pair in _refused(concept, source)]
    return Decisions(tuple(filter(None, approvals)), (*glossary.rejected, *refused))


def _of_rejected(given: Glossary | FilePath, notices: list[FileProblem] | None) -> Iterator[RejectedPair]:
    review = _review(given, notices)
    if review is not None:
        yield from review.rejected
        return
    glossary, source = _glossary(given, "rejected", notices)
    for concept in glossary:
        for en, ja in term_pairs(concept):
            yield RejectedPair(en, ja, source)
    yield from glossary.rejected


# Approved concepts


def _approval(concept: GlossaryConcept, source: str) -> Approval | None:
    """Return the approval of a concept, unless it is rejected."""
    if is_deprecated(concept):
        return None
    return Approval(_as_approved(concept, source), bool(concept.en.usable and concept.ja.usable))


def _as_approved(concept: GlossaryConcept, source: str) -> GlossaryConcept:
    """Return a concept as a person wrote it: without scores, with the source, and with preferred terms."""
    return attrs.evolve(
        concept,
        en=_section(concept.en, source),
        ja=_section(concept.ja, source),
        renderings=tuple(attrs.evolve(rendering, score=None) for rendering in concept.renderings),
    )


def _section(section: LanguageSection, source: str) -> LanguageSection:
    preferred = section.preferred

    def approved(term: Term) -> Term:
        is_first = term is preferred and term.status not in UNUSABLE
        status = "preferred" if is_first else term.status
        return attrs.evolve(term, status=status, reliability=None, source=term.source or source)

    return attrs.evolve(section, terms=tuple(map(approved, section.terms)))


def _refused(concept: GlossaryConcept, source: str) -> Iterator[RejectedPair]:
    """Yield the pairs of a concept that have a deprecated or erroneous term."""
    usable = usable_pairs(concept)
    unusable = [term for term in concept.terms if term.status in UNUSABLE]
    for en, ja in term_pairs(concept):
        if (en, ja) not in usable:
            yield RejectedPair(en, ja, source)
    for term in unusable:
        for other in concept.section("ja" if term.lang == "en" else "en").usable:
            pair = (term.text, other.text) if term.lang == "en" else (other.text, term.text)
            yield RejectedPair(*pair, source)


# Edited copies of a previous glossary


def _edited(previous: Glossary, glossary: Glossary, source: str) -> Decisions:
    """Return the decisions in *glossary*, an edited copy of *previous*."""
    before, after = previous.concepts, glossary.concepts
    same = counterparts(before, after, by_id_alone=False)
    approved: list[Approval | None] = []
    refused: list[RejectedPair] = [*glossary.rejected]
    for place, new in enumerate(after):
        old = before[same[place]] if place in same else None
        if old is None or _is_of_person(old) or _is_edited(old, new):
            approved.append(_approval(new, source))
        refused += _refused(new, source)
    return Decisions(tuple(filter(None, approved)), tuple(refused))


def _missing(previous: Glossary, copies: Sequence[tuple[Glossary, str]]) -> Iterator[RejectedPair]:
    """Yield the pairs of *previous* that no edited copy has."""
    counterpart: dict[int, list[GlossaryConcept]] = {}
    for glossary, _ in copies:
        same = counterparts(previous.concepts, glossary.concepts, by_id_alone=False)
        for place, old in same.items():
            counterpart.setdefault(old, []).append(glossary.concepts[place])
    for place, concept in enumerate(previous):
        for pair in term_pairs(concept):
            if not any(_is_kept(pair, new) for new in counterpart.get(place, ())):
                yield RejectedPair(*pair, copies[-1][1])


def _still_approved(previous: Glossary, is_refused: Callable[[str, str], bool]) -> Iterator[Approval]:
    """Yield the approved concepts of *previous*, without the pairs that are refused now."""
    for concept in filter(_is_of_person, previous):
        left = without_pairs(concept, is_refused)
        if left is not None:
            yield Approval(left)


def _is_of_person(concept: GlossaryConcept) -> bool:
    """Return whether a person made a concept: at least one pair has no score."""
    return not concept.renderings or any(rendering.score is None for rendering in concept.renderings)


def _is_edited(old: GlossaryConcept, new: GlossaryConcept) -> bool:
    """Return whether *new* differs by more than missing terms and fields that a format left out."""
    if any(getattr(new, name) not in ("", getattr(old, name)) for name in ("subject", "note")):
        return True
    return any(_is_edited_section(old.section(lang), new.section(lang)) for lang in LANGS)


def _is_edited_section(old: LanguageSection, new: LanguageSection) -> bool:
    known = {term.text: term for term in old}
    if any(term.text not in known or _is_edited_term(known[term.text], term) for term in new):
        return True
    is_demoted = old.preferred and new.preferred and old.preferred.text != new.preferred.text
    left = {term.text for term in new}
    return bool(
        (is_demoted and old.preferred and old.preferred.text in left)
        or new.definition not in ("", old.definition)
    )


def _is_edited_term(old: Term, new: Term) -> bool:
    return (
        (old.status in UNUSABLE) != (new.status in UNUSABLE)
        or new.valid not in (Period(), old.valid)
        or any(getattr(new, name) not in (None, "", getattr(old, name)) for name in _EDITED_FIELDS)
    )


def _is_kept(pair: tuple[str, str], new: GlossaryConcept) -> bool:
    """Return whether a pair of the previous concept is still in the edited one."""
    usable = {("en", term.text) for term in new.en.usable} | {("ja", term.text) for term in new.ja.usable}
    if not all((lang, text) in usable for lang, text in zip(LANGS, pair, strict=True) if text):
        return False
    return not new.renderings or pair in term_pairs(new)
