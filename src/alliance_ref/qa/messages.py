"""What a finding says, in English or in Japanese: a sentence for each reason, filled in from the finding.

The finding keeps what it is about as values, so that its message can be had in the other language too.
"""

from collections.abc import Iterable

import attrs

from alliance_ref.qa.rules import RULES
from alliance_ref.qa.units import CheckedUnit
from alliance_ref.records.findings import TranslationFinding
from alliance_ref.records.values import Lang
from alliance_ref.text.localization import translator

_AT_MOST = 4  # renderings named in a message
_LONGEST = 60  # characters of a text shown in a message


def _(message: str) -> str:
    """Marks a message for the catalogue."""
    return message


SENTENCES = {
    "not-rendered": _("“{text}” has no rendering in the translation; expected: {expected}"),
    "other-form": _("“{text}” stands where the source has “{found}”; expected: {expected}"),
    "no-source": _("“{text}” has no counterpart in the source"),
    "deprecated": _("“{text}” is deprecated; use: {expected}"),
    "erroneous": _("“{text}” is an error; use: {expected}"),
    "not-yet": _("“{text}” was not yet in use; use: {expected}"),
    "not-yet-alone": _("“{text}” was not yet in use"),
    "no-longer": _("“{text}” was no longer in use; use: {expected}"),
    "no-longer-alone": _("“{text}” was no longer in use"),
    "two-renderings": _("“{text}” here, “{found}” before, for the same term; keep to one"),
    "number-missing": _("the number “{text}” is not in the translation"),
    "number-added": _("the number “{text}” is not in the source"),
    "number-differs": _("the number is “{text}” here and “{found}” in the source"),
    "currency-differs": _("the sum is in another currency: “{text}” here, “{found}” in the source"),
    "date-missing": _("the date “{text}” is not in the translation"),
    "date-added": _("the date “{text}” is not in the source"),
    "date-differs": _("the date is “{text}” here and “{found}” in the source"),
    "gap": _("not translated: “{text}”"),
    "addition": _("nothing in the source says: “{text}”"),
    "same": _("the translation is the same as the source: “{text}”"),
    "left": _("left in the language of the source: “{text}”"),
    "short": _("the translation is very short: “{text}”"),
}
"""For each reason what there is to say."""


def finding_message(finding: TranslationFinding, lang: Lang = "en") -> str:
    """The message of a finding in a language.

    Args:
        finding: From :func:`check_translation` or :func:`check_units`.
        lang: ``"en"`` or ``"ja"``.

    >>> import alliance_ref as ar
    >>> from datetime import date
    >>> texts = "The Defense Agency agreed.", "防衛省は同意した。"
    >>> (found,) = ar.check_translation(*texts, as_of=date(2005, 4, 14))
    >>> ar.finding_message(found, "ja")
    '「防衛省」はまだ使われていなかった。使うべき訳語: 防衛庁'
    """
    sentence = SENTENCES[finding.reason]
    return _filled(translator(lang).gettext(sentence), lang, finding.text, finding.expected, finding.found)


def _filled(sentence: str, lang: Lang, text: str, expected: Iterable[str], found: Iterable[str]) -> str:
    separator = "、" if lang == "ja" else ", "
    return sentence.format(
        text=_short(text),
        expected=separator.join(list(expected)[:_AT_MOST]),
        found=separator.join(list(found)[:_AT_MOST]),
    )


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def finding(
    code: str,
    reason: str,
    unit: CheckedUnit,
    lang: Lang,
    start: int,
    end: int,
    *,
    concept: str = "",
    expected: Iterable[str] = (),
    found: Iterable[str] = (),
) -> TranslationFinding:
    """A finding on ``unit.text(lang)[start:end]``."""
    text = unit.text(lang)[start:end]
    expected, found = tuple(expected), tuple(found)
    offset = unit.start(lang)
    return TranslationFinding(
        code=code,
        level=RULES[code].level,
        where=unit.where,
        message=_filled(SENTENCES[reason], "en", text, expected, found),
        unit=unit.number,
        lang=lang,
        start=offset + start,
        end=offset + end,
        text=text,
        concept=concept,
        expected=expected,
        found=found,
        reason=reason,
    )


def reworded(
    item: TranslationFinding,
    reason: str,
    code: str | None = None,
    concept: str | None = None,
    expected: Iterable[str] | None = None,
    *,
    found: Iterable[str] | None = None,
) -> TranslationFinding:
    """The finding with another reason, and with what else is given."""
    code = item.code if code is None else code
    expected = item.expected if expected is None else tuple(expected)
    found = item.found if found is None else tuple(found)
    return attrs.evolve(
        item,
        code=code,
        level=RULES[code].level,
        reason=reason,
        concept=item.concept if concept is None else concept,
        expected=expected,
        found=found,
        message=_filled(SENTENCES[reason], "en", item.text, expected, found),
    )
