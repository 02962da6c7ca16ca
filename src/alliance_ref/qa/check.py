"""Checking a translation: the units, the glossary, and every check in turn."""

import datetime
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

from alliance_ref.arguments import check_lang, day_or_none
from alliance_ref.glossary.from_reference import reference_glossary
from alliance_ref.glossary.glossary import Glossary
from alliance_ref.qa.analysis import ReadGroup, read_groups
from alliance_ref.qa.completeness import added, left, too_short, untranslated
from alliance_ref.qa.consistency import divergent
from alliance_ref.qa.deduplication import joined
from alliance_ref.qa.numbers import numbers
from alliance_ref.qa.term_status import deprecated, out_of_date
from alliance_ref.qa.termbook import TermBook, termbook
from alliance_ref.qa.terminology import unrendered, unsourced
from alliance_ref.qa.units import CheckedUnit, Units, units_of, units_of_texts
from alliance_ref.records.findings import TranslationFinding
from alliance_ref.records.values import Lang, PartialDate


def check_translation(
    en: str | Sequence[str],
    ja: str | Sequence[str],
    glossary: Glossary | None = None,
    *,
    as_of: datetime.date | str | None = None,
    source: Lang = "en",
) -> tuple[TranslationFinding, ...]:
    """What is wrong with a translation, or worth a look, in the order of the text.

    The two texts are aligned first. Each finding has a code (see the table in the manual), the place in the
    text given and the reason.

    Args:
        en: The English: a text, or a list of its sentences.
        ja: The Japanese: likewise.
        glossary: The terms to use; :func:`reference_glossary` if left out.
        as_of: The day the text is of, a date or as ``2005-04-14``, which says what terms were in use.
            Without it the dates in the text tell, where there are any near a term.
        source: The language that was translated from.

    Raises:
        TypeError: if one side is a text and the other a list, or *as_of* is no day.
        ValueError: for another language, or text that is no day.
        WrongLanguage: if a side is not in its language, or the sides are swapped.

    >>> import alliance_ref as ar
    >>> from datetime import date
    >>> en = "The Defense Agency sent two ships. They left on 3 May 2005."
    >>> ja = "防衛省は艦艇2隻を派遣した。平成17年5月3日に出港した。"
    >>> for finding in ar.check_translation(en, ja, as_of=date(2005, 4, 14)):
    ...     print(finding.code, ja[finding.start:finding.end], finding.expected)
    T202 防衛省 ('防衛庁',)
    """
    check_lang(source, "source")
    return checked(units_of_texts(en, ja), glossary, day_or_none(as_of), source)


def check_units(
    units: Units,
    glossary: Glossary | None = None,
    *,
    as_of: datetime.date | str | None = None,
    source: Lang = "en",
) -> tuple[TranslationFinding, ...]:
    """As :func:`check_translation`, of units that are aligned already.

    Args:
        units: Units of a translation memory or of an alignment, passages or documents, mixed if need be.
            Units of one document are one text, and so are all that name none.
        glossary: As there.
        as_of: As there.
        source: As there.

    Raises:
        TypeError: for an item that is none of these, or if *as_of* is no day.
        ValueError: for another language, or text that is no day.

    >>> import alliance_ref as ar
    >>> unit = ar.TranslationUnit("It cost 1.2 billion yen.", "費用は12万円であった。", "memo.tmx")
    >>> for finding in ar.check_units([unit]):
    ...     print(finding)
    T401 memo.tmx:1 [ja 3:6]: the number is “12万” here and “1.2 billion” in the source
    """
    check_lang(source, "source")
    return checked(units_of(units), glossary, day_or_none(as_of), source)


def checked(
    units: Sequence[CheckedUnit],
    glossary: Glossary | None,
    as_of: datetime.date | None,
    source: Lang,
) -> tuple[TranslationFinding, ...]:
    """The findings on units that were made ready, each mistake once."""
    book = _reference_book() if glossary is None else termbook(glossary)
    day = None if as_of is None else PartialDate(as_of.year, as_of.month, as_of.day)
    groups = read_groups(units, book, day)
    return joined(chain.from_iterable(_of_group(group, book, source) for group in groups))


@lru_cache(maxsize=1)
def _reference_book() -> TermBook:
    return termbook(reference_glossary())


def _of_group(group: ReadGroup, book: TermBook, source: Lang) -> tuple[TranslationFinding, ...]:
    return (
        *unrendered(group, book, source),
        *unsourced(group, book, source),
        *deprecated(group, book, source),
        *out_of_date(group, book, source),
        *divergent(group, source),
        *numbers(group, source),
        *untranslated(group, source),
        *added(group, source),
        *left(group, source),
        *too_short(group, source),
    )
