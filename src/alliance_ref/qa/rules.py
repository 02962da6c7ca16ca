"""The T codes: their meaning, their messages, and what to do about a finding."""

from collections.abc import Iterable

import attrs

from alliance_ref.qa.content_codes import CONTENT_RULES
from alliance_ref.qa.fact_codes import FACT_RULES
from alliance_ref.qa.form_codes import FORM_RULES
from alliance_ref.qa.units import CheckedUnit, other_language
from alliance_ref.records.findings import Finding, TranslationFinding
from alliance_ref.records.values import Bilingual, Lang
from alliance_ref.rules import rule_table

_MAX_TERMS = 4
"""Maximum number of terms that a message lists."""

_MAX_QUOTED = 60
"""Longest text, in characters, that a message quotes in full."""

RULES = rule_table(*sorted((*CONTENT_RULES, *FACT_RULES, *FORM_RULES), key=lambda rule: rule.code))
"""The rules of the translation checks, by code."""


def finding_message(finding: Finding, lang: Lang = "en") -> str:
    """Return the message of a finding in a language.

    Args:
        finding: A finding of any check.
        lang: ``"en"`` or ``"ja"``.

    >>> import alliance_ref as ar
    >>> from datetime import date
    >>> texts = "The Defense Agency agreed.", "防衛省は同意した。"
    >>> (found,) = ar.check_translation(*texts, as_of=date(2005, 4, 14))
    >>> ar.finding_message(found, "ja")
    '「防衛省」はまだ使われていなかった。使うべき訳語: 防衛庁'
    """
    return finding.message_in(lang)


def make_finding(
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
    given: bool = False,
) -> TranslationFinding:
    """Return a finding on ``unit.text(lang)[start:end]``, or on that span of the *given* side."""
    if not given:
        start, end = unit.plain[lang].span_in_given(start, end)
    text = unit.given(lang)[start:end]
    expected, found = tuple(expected), tuple(found)
    offset = unit.start(lang)
    other_start, other_end = _counterpart(unit, lang, found)
    return TranslationFinding(
        code=code,
        level=RULES[code].level,
        where=unit.where,
        messages=_messages(code, reason, text, expected, found),
        reason=reason,
        unit=unit.number,
        lang=lang,
        start=offset + start,
        end=offset + end,
        text=text,
        concept=concept,
        expected=expected,
        found=found,
        other_start=other_start,
        other_end=other_end,
    )


def _counterpart(unit: CheckedUnit, lang: Lang, found: tuple[str, ...]) -> tuple[int, int]:
    """Return the place of *found* on the other side, or that of the whole side."""
    other = other_language(lang)
    text, offset = unit.given(other), unit.start(other)
    for shown in found:
        if shown and text.count(shown) == 1:
            at = text.index(shown)
            return offset + at, offset + at + len(shown)
    stripped = text.strip()
    if not stripped:
        return 0, 0
    first = offset + len(text) - len(text.lstrip())
    return first, first + len(stripped)


def with_reason(
    finding: TranslationFinding,
    reason: str,
    *,
    code: str | None = None,
    concept: str | None = None,
    expected: Iterable[str] | None = None,
    found: Iterable[str] | None = None,
) -> TranslationFinding:
    """Return the finding with another reason; other values change only if they are given."""
    code = finding.code if code is None else code
    expected = finding.expected if expected is None else tuple(expected)
    found = finding.found if found is None else tuple(found)
    return attrs.evolve(
        finding,
        code=code,
        level=RULES[code].level,
        messages=_messages(code, reason, finding.text, expected, found),
        reason=reason,
        concept=finding.concept if concept is None else concept,
        expected=expected,
        found=found,
    )


def _messages(
    code: str, reason: str, text: str, expected: tuple[str, ...], found: tuple[str, ...]
) -> Bilingual:
    values = {"text": _shortened(text), "expected": expected[:_MAX_TERMS], "found": found[:_MAX_TERMS]}
    return RULES[code].render(reason, **values)


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _MAX_QUOTED else f"{text[:_MAX_QUOTED]}…"
