"""T201 and T202: check for terms that should not be used, at all or at the time of the text.

A text of 2005 cannot contain 防衛省. A text of 2010 may well mention 防衛庁, so a term that has gone out of
use is a finding only if the source does not use it too.
"""

from collections.abc import Iterable, Iterator

from alliance_ref.annotation.disambiguation import overlaps
from alliance_ref.glossary.concepts import is_deprecated
from alliance_ref.qa.rules import make_finding
from alliance_ref.qa.termbook import ACCEPTED, Designation, TermBook, TermSpan, are_alike, is_in_compound
from alliance_ref.qa.units import AnalyzedGroup, AnalyzedUnit, dates_of, other_language
from alliance_ref.records.findings import TranslationFinding
from alliance_ref.records.glossary import Term
from alliance_ref.records.values import Lang, PartialDate


def deprecated_term(group: AnalyzedGroup, book: TermBook, source: Lang) -> Iterator[TranslationFinding]:
    """Yield T201: deprecated or erroneous terms of the translation, for a concept that the source names.

    Erroneous terms and deprecated proper names are findings even if the source does not name the concept,
    and so is a concept without a usable term if the source has one of its terms.
    """
    target = other_language(source)
    for item in group.units:
        for span in item.spans[target]:
            bad = [one for one in span.designations if one.term.status not in ACCEPTED]
            named = item.named[source]
            used = {concept for other in item.spans[source] for concept in other.concepts}
            if not bad or any(one.concept.id in named for one in span.accepted):
                continue
            meant = [
                one
                for one in bad
                if one.concept.id in named or (one.concept.id in used and is_deprecated(one.concept))
            ]
            if not meant and not span.accepted:
                meant = [one for one in bad if one.term.status == "erroneous" or _is_name(one.term)]
            if meant:
                status = meant[0].term.status
                expected = [term.text for term in book.renderings([meant[0].concept.id], target)]
                yield make_finding(
                    "T201",
                    status if expected else f"{status}-alone",
                    item.unit,
                    target,
                    span.start,
                    span.end,
                    concept=meant[0].concept.id,
                    expected=expected,
                )


def _is_name(term: Term) -> bool:
    return term.lang == "en" and term.text[0].isupper()


def out_of_date_term(group: AnalyzedGroup, book: TermBook, source: Lang) -> Iterator[TranslationFinding]:
    """Yield T202: terms of the translation that were not in use at the time."""
    target = other_language(source)
    for item in group.units:
        for span in item.spans[target]:
            date = group.date_near(item, span, target)
            if (
                date is None
                or not span.accepted
                or is_in_compound(item.unit.text(target), span, item.spans[target])
            ):
                continue
            if any(overlaps(one.term.valid, date) for one in span.accepted):
                continue
            reason = _reason(group, item, span, source, date)
            if reason is not None:
                concept = span.accepted[0].concept
                now = _terms_in_use(book, [concept.id], span, target, date)
                if not now:
                    now = _terms_in_use(book, _candidates(book, item, span, source, date), span, target, date)
                yield make_finding(
                    "T202",
                    reason if now else f"{reason}-alone",
                    item.unit,
                    target,
                    span.start,
                    span.end,
                    concept=concept.id,
                    expected=now,
                )


def _terms_in_use(
    book: TermBook, concepts: Iterable[str], span: TermSpan, lang: Lang, date: PartialDate
) -> list[str]:
    """Return the terms of *concepts* that were in use on *date*, except the one in the text."""
    terms = [term for term in book.renderings(concepts, lang) if overlaps(term.valid, date)]
    return [term.text for term in terms if term.text != span.text]


def _candidates(
    book: TermBook, item: AnalyzedUnit, span: TermSpan, source: Lang, date: PartialDate
) -> Iterator[str]:
    """Yield a concept that may be meant instead: named in the source, or the predecessor or successor."""
    named = [concept_id for one in item.spans[source] for concept_id in sorted(one.concepts)]
    for concept_id in (*named, *book.concepts):
        terms = [
            term
            for term in book.renderings([concept_id], other_language(source))
            if overlaps(term.valid, date)
        ]
        if concept_id not in span.concepts and any(
            are_alike(term.text, span.text, term.lang)
            and (concept_id in named or any(_succeed(term, one.term) for one in span.accepted))
            for term in terms
        ):
            yield concept_id
            return


def _succeed(one: Term, another: Term) -> bool:
    """Return whether one term went out of use the day before the other came into use."""
    for end, start in ((one.valid.end, another.valid.start), (another.valid.end, one.valid.start)):
        if end is not None and start is not None and (start.earliest() - end.latest()).days == 1:
            return True
    return False


def _reason(
    group: AnalyzedGroup, item: AnalyzedUnit, span: TermSpan, source: Lang, date: PartialDate
) -> str | None:
    """Return the reason of the finding, or ``None`` if the term is acceptable."""
    if any(overlaps(one.term.valid, near) for one in span.accepted for near in dates_of(item.unit)):
        return None
    used = [one for other_span in item.spans[source] for one in other_span.designations]
    used = [one for one in used if one.concept.id in span.concepts]
    asked = group.contexts[source].as_of is not None
    if all(_starts_after(one, date) for one in span.accepted):
        if used and all(_starts_after(one, date) for one in used):
            return None  # the source has the future name too
        return "not-yet" if asked or not used or any(_is_period_term(one, date) for one in used) else None
    faithful = any(not _is_period_term(one, date) for one in used)
    return "no-longer" if (asked or used) and not faithful else None


def _starts_after(one: Designation, date: PartialDate) -> bool:
    start = one.term.valid.start
    return start is not None and start.earliest() > date.latest()


def _is_period_term(one: Designation, date: PartialDate) -> bool:
    """Return whether the term has a validity period that includes *date*."""
    valid = one.term.valid
    return (valid.start is not None or valid.end is not None) and overlaps(valid, date)
