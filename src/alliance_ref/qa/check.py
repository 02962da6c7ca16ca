"""Check a translation: run all checks on its units and merge findings about the same mistake."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import attrs

from alliance_ref.arguments import check_lang, day_or_none
from alliance_ref.glossary.glossary import Glossary
from alliance_ref.qa.baseline import ignored_codes
from alliance_ref.qa.completeness import (
    addition,
    left_untranslated,
    missing_sentence,
    too_long,
    too_short,
    two_translations,
    untranslated,
)
from alliance_ref.qa.element_rules import elements
from alliance_ref.qa.form import (
    brackets,
    character_width,
    doubled,
    edge_space,
    end_punctuation,
    invisible,
    long_vowels,
    sentence_style,
    spacing,
)
from alliance_ref.qa.meaning import direction, negation, time_of_day, weekday
from alliance_ref.qa.measures import other_measure, sign, swapped
from alliance_ref.qa.numbers import numbers
from alliance_ref.qa.offices import office_holder
from alliance_ref.qa.options import CheckOptions
from alliance_ref.qa.rules import RULES, with_reason
from alliance_ref.qa.term_status import deprecated_term, out_of_date_term
from alliance_ref.qa.termbook import TermBook, are_alike, reference_termbook, termbook
from alliance_ref.qa.terminology import inconsistent_rendering, term_without_source, unrendered
from alliance_ref.qa.units import AnalyzedGroup, CheckedUnit, Units, analyze, units_of, units_of_texts
from alliance_ref.records.findings import TranslationFinding
from alliance_ref.records.results import Results
from alliance_ref.records.values import Lang, PartialDate


def check_translation(
    en: str | Sequence[str],
    ja: str | Sequence[str],
    glossary: Glossary | None = None,
    *,
    as_of: datetime.date | str | None = None,
    source: Lang = "en",
    options: CheckOptions | None = None,
) -> tuple[TranslationFinding, ...]:
    """Return the problems of a translation, in the order of the text.

    The two texts are aligned first. Each finding has a code (see the table in the manual), offsets into the
    text that was given, and a reason.

    Args:
        en: The English text, or a list of its sentences.
        ja: The Japanese text, or a list of its sentences.
        glossary: The terms to use (default: `reference_glossary()`).
        as_of: The date of the text, a date or text such as ``2005-04-14``. It decides which terms were in
            use; without it, the date nearest to a term in the text does.
        source: The language of the source text.
        options: The rules to run (default: the profile *default*).

    Raises:
        InvalidType: if one side is a text and the other a list, or *as_of* is not a date.
        InvalidValue: for another language, or text that is not a date.
        WrongLanguage: if the source is not in its language, or the sides are swapped. A translation that is
            not in its language is reported as findings (T503).

    >>> import alliance_ref as ar
    >>> from datetime import date
    >>> en = "The Defense Agency sent two ships. They left on 3 May 2005."
    >>> ja = "防衛省は艦艇2隻を派遣した。平成17年5月3日に出港した。"
    >>> for finding in ar.check_translation(en, ja, as_of=date(2005, 4, 14)):
    ...     print(finding.code, ja[finding.start:finding.end], finding.expected)
    T202 防衛省 ('防衛庁',)
    """
    check_lang(source, "source")
    return run_checks(units_of_texts(en, ja, source), glossary, day_or_none(as_of), source, options)


def check_units(
    units: Units,
    glossary: Glossary | None = None,
    *,
    as_of: datetime.date | str | None = None,
    source: Lang = "en",
    options: CheckOptions | None = None,
) -> tuple[TranslationFinding, ...]:
    """Return the problems of units that are already aligned.

    Args:
        units: Units of translation memories or alignments, passages or documents, in any mixture. Units of
            one document are one text, and so are all units without a document.
        glossary: The terms to use (default: `reference_glossary()`).
        as_of: The date of the texts, as for `check_translation`.
        source: The language of the source text.
        options: The rules to run (default: the profile *default*).

    Raises:
        InvalidType: for another kind of item, or if *as_of* is not a date.
        InvalidValue: for another language, or text that is not a date.

    >>> import alliance_ref as ar
    >>> unit = ar.TranslationUnit("It cost 1.2 billion yen.", "費用は12万円であった。", "memo.tmx")
    >>> for finding in ar.check_units([unit]):
    ...     print(finding)
    T401 memo.tmx:1 [ja 3:6]: the number is “12万” here and “1.2 billion” in the source
    """
    check_lang(source, "source")
    return run_checks(units_of(units), glossary, day_or_none(as_of), source, options)


def run_checks(
    units: Sequence[CheckedUnit],
    glossary: Glossary | None,
    as_of: datetime.date | None,
    source: Lang,
    options: CheckOptions | None = None,
) -> tuple[TranslationFinding, ...]:
    """Return the findings on units, one per mistake."""
    options = CheckOptions() if options is None else options
    options.check_codes(RULES)
    book = reference_termbook() if glossary is None else termbook(glossary)
    day = None if as_of is None else PartialDate(as_of.year, as_of.month, as_of.day)
    groups = analyze(units, book, day)
    found = chain.from_iterable(_of_group(group, book, source, options) for group in groups)
    ignored = {unit.number: codes for unit in units if (codes := ignored_codes(unit.en, unit.ja)) is not None}
    return Results(
        item
        for item in deduplicated(found)
        if options.runs(item.code)
        and (item.unit not in ignored or (ignored[item.unit] and item.code not in ignored[item.unit]))
    )


_TERM_CHECKS = (unrendered, term_without_source, deprecated_term, out_of_date_term)
"""The checks that need the terms of the glossary."""

_CHECKS = (
    numbers, other_measure, swapped, sign, weekday, time_of_day, direction, negation,
    untranslated, addition, left_untranslated, too_short, too_long, missing_sentence, two_translations,
    elements, edge_space, invisible, brackets, end_punctuation, doubled, sentence_style, long_vowels,
)  # fmt: skip
"""The checks that need only the units."""


def _of_group(
    group: AnalyzedGroup, book: TermBook, source: Lang, options: CheckOptions
) -> Iterator[TranslationFinding]:
    for with_terms in _TERM_CHECKS:
        yield from with_terms(group, book, source)
    yield from inconsistent_rendering(group, source)
    if book.is_reference:
        yield from office_holder(group, source)
    for check in _CHECKS:
        yield from check(group, source)
    if options.runs("T703"):
        yield from character_width(group, source, options.style)
    if options.runs("T704"):
        yield from spacing(group, source, options.style)


_STATUS_CODES = ("T201", "T202")


def deduplicated(findings: Iterable[TranslationFinding]) -> tuple[TranslationFinding, ...]:
    """Return the findings in the order of the units, one per mistake.

    For example, 防衛省 for *Defense Agency* is a term without its rendering, a name without a source and a
    term out of date. The most specific finding is kept and takes the values it lacks from the others.
    """
    by_unit: dict[int, list[TranslationFinding]] = {}
    for item in findings:
        by_unit.setdefault(item.unit, []).append(item)
    return tuple(item for unit in sorted(by_unit) for item in _deduplicated_unit(by_unit[unit]))


def _deduplicated_unit(findings: list[TranslationFinding]) -> list[TranslationFinding]:
    untranslated = [item for item in findings if item.reason in ("same", "language")]
    if untranslated:
        return untranslated
    if any(item.code == "T504" for item in findings):
        findings = [item for item in findings if item.reason != "sentence"]
    kept = [item for item in findings if item.code not in ("T101", "T102", *_STATUS_CODES)]
    by_status = [item for item in findings if item.code in _STATUS_CODES]
    unrendered = [item for item in findings if item.code == "T101"]
    sourceless = [
        item for item in findings if item.code == "T102" and not any(_overlap(item, one) for one in by_status)
    ]
    for item in by_status:
        partner = _partner(item, unrendered)
        if partner is None:
            kept.append(item)
            continue
        unrendered.remove(partner)
        expected = item.expected if item.expected and partner.concept == item.concept else partner.expected
        kept.append(with_reason(item, item.reason.removesuffix("-alone"), expected=expected))
    for item in unrendered:
        partner = _partner(item, sourceless)
        if partner is None:
            kept.append(item)
            continue
        sourceless.remove(partner)
        kept.append(
            with_reason(
                attrs.evolve(partner, other_start=item.start, other_end=item.end),
                "other-form",
                code="T101",
                concept=item.concept,
                expected=item.expected,
                found=(item.text,),
            )
        )
    return sorted((*kept, *sourceless), key=lambda item: (item.lang, item.start, item.code))


def _overlap(one: TranslationFinding, another: TranslationFinding) -> bool:
    return one.lang == another.lang and one.start < another.end and another.start < one.end


def _partner(item: TranslationFinding, others: Sequence[TranslationFinding]) -> TranslationFinding | None:
    """Return the finding on the other side about the same mistake, by its expected terms."""
    for another in others:
        wrong, right = (item, another) if another.code == "T101" else (another, item)
        if wrong.concept == right.concept or any(
            are_alike(wrong.text, text, wrong.lang) for text in right.expected
        ):
            return another
    return None
