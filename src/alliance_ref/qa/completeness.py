"""T501 to T504: check that everything is translated, and nothing is added."""

import re
from collections.abc import Iterator

from alliance_ref.qa.rules import make_finding
from alliance_ref.qa.units import AnalyzedGroup, CheckedUnit, other_language
from alliance_ref.records.findings import TranslationFinding
from alliance_ref.records.values import Lang
from alliance_ref.text.scripts import JAPANESE, KANA

_DELIBERATE_GAPS = frozenset(("omitted", "lost", "not-held"))
_JAPANESE = re.compile(f"[{JAPANESE}]")
_KANA = re.compile(f"[{KANA}]")
_LATIN_RUN = re.compile(r"[A-Za-z][A-Za-z'’-]*(?:[,;:]?\s+[A-Za-z][A-Za-z'’-]*){3,}")
_JAPANESE_RUN = re.compile(f"[{JAPANESE}、。「」]{{2,}}")
_BRACKETED = re.compile(
    r"[(（\[「『“\"‘*`][^)）\]」』”\"’*`]{0,300}[)）\]」』”\"’*`]|(?<![A-Za-z])'[^']{0,300}'|<[^>]{0,300}>"
    r"|\b[a-z]{2,12}://\S+|(?<![\w.+-])[\w.+-]{1,64}@\S+"
)
_LOWER = re.compile(r"\b[a-z]+\b")

MIN_LOWERCASE_WORDS = 3
"""How many lowercase words make a run of Latin letters English rather than a name."""

MIN_SOURCE_LENGTH = {"en": 80, "ja": 40}
"""Length in characters from which the length of a translation is compared with its source."""

MIN_LENGTH_RATIO = {"ja": 0.15, "en": 0.9}
"""Lowest plausible ratio of the length of a translation, by its language, to that of its source.

Chosen below the lowest ratios of the 1,232 units of the shipped passages: 0.16 and 1.62.
"""


def untranslated(group: AnalyzedGroup, source: Lang) -> Iterator[TranslationFinding]:
    """Yield T501: segments of the source without a translation, except deliberate gaps."""
    for item in group.units:
        unit = item.unit
        if (
            unit.text(source).strip()
            and not unit.text(other_language(source)).strip()
            and unit.gap not in _DELIBERATE_GAPS
        ):
            yield _on_side("T501", "gap", unit, source)


def addition(group: AnalyzedGroup, source: Lang) -> Iterator[TranslationFinding]:
    """Yield T502: segments of the translation without a source, except deliberate gaps."""
    for item in group.units:
        unit = item.unit
        target = other_language(source)
        if unit.text(target).strip() and not unit.text(source).strip() and unit.gap not in _DELIBERATE_GAPS:
            yield _on_side("T502", "addition", unit, target)


def left_untranslated(group: AnalyzedGroup, source: Lang) -> Iterator[TranslationFinding]:
    """Yield T503: words of the source that are in the translation."""
    for item in group.units:
        if item.has_both_sides:
            yield from (_untranslated_english if source == "en" else _untranslated_japanese)(item.unit)


def _untranslated_english(unit: CheckedUnit) -> Iterator[TranslationFinding]:
    ja = unit.ja
    if not _JAPANESE.search(ja):
        if _words(ja) == _words(unit.en) and len(_LOWER.findall(_bare(ja))) >= MIN_LOWERCASE_WORDS:
            yield _on_side("T503", "same", unit, "ja")
        return
    en = " ".join(_words(unit.en))
    for found in _LATIN_RUN.finditer(_bare(ja)):
        run = found.group()
        if len(_LOWER.findall(run)) >= MIN_LOWERCASE_WORDS and " ".join(_words(run)) in en:
            yield make_finding("T503", "left", unit, "ja", found.start(), found.end())


def _untranslated_japanese(unit: CheckedUnit) -> Iterator[TranslationFinding]:
    for found in _JAPANESE_RUN.finditer(_bare(unit.en)):
        if _KANA.search(found.group()) and found.group().strip("、。") in unit.ja:
            same = found.group() == unit.en.strip()
            yield make_finding("T503", "same" if same else "left", unit, "en", found.start(), found.end())


def too_short(group: AnalyzedGroup, source: Lang) -> Iterator[TranslationFinding]:
    """Yield T504: translations so short that part of the source is probably missing."""
    target = other_language(source)
    least = MIN_LENGTH_RATIO[target]
    for item in group.units:
        if item.has_both_sides:
            given, got = (len(item.unit.text(lang).strip()) for lang in (source, target))
            if given >= MIN_SOURCE_LENGTH[source] and got < least * given:
                yield _on_side("T504", "short", item.unit, target)


def _on_side(code: str, reason: str, unit: CheckedUnit, lang: Lang) -> TranslationFinding:
    text = unit.text(lang)
    start = len(text) - len(text.lstrip())
    return make_finding(code, reason, unit, lang, start, len(text.rstrip()))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _bare(text: str) -> str:
    """Return the text with brackets, quotations, code and addresses replaced by NUL characters."""
    return _BRACKETED.sub(lambda found: "\0" * len(found.group()), text)
