"""T501 to T504: check that everything is translated, and nothing is added."""

import re
from collections.abc import Iterator
from itertools import combinations

from alliance_ref.alignment import align
from alliance_ref.errors import WrongLanguage
from alliance_ref.qa.placeables import MASK
from alliance_ref.qa.rules import make_finding
from alliance_ref.qa.units import AnalyzedGroup, AnalyzedUnit, CheckedUnit, other_language
from alliance_ref.records import Gap
from alliance_ref.records.findings import TranslationFinding
from alliance_ref.records.values import LANGS, Lang
from alliance_ref.text.scripts import JAPANESE, KANA
from alliance_ref.text.sentence_splitting import sentences

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
    ja = unit.text("ja")
    if not _JAPANESE.search(ja):
        words = _words(ja)
        if len(_LOWER.findall(_bare(ja))) >= MIN_LOWERCASE_WORDS:
            yield _on_side("T503", "same" if words == _words(unit.text("en")) else "language", unit, "ja")
        return
    en = " ".join(_words(unit.text("en")))
    for found in _LATIN_RUN.finditer(_bare(ja)):
        run = found.group()
        if len(_LOWER.findall(run)) >= MIN_LOWERCASE_WORDS and " ".join(_words(run)) in en:
            yield make_finding("T503", "left", unit, "ja", found.start(), found.end())


def _untranslated_japanese(unit: CheckedUnit) -> Iterator[TranslationFinding]:
    english = unit.text("en")
    if _KANA.search(english) and not _LOWER.search(english):
        same = _words(english) == _words(unit.text("ja"))
        yield _on_side("T503", "same" if same else "language", unit, "en")
        return
    for found in _JAPANESE_RUN.finditer(_bare(english)):
        if _KANA.search(found.group()) and found.group().strip("、。") in unit.text("ja"):
            yield make_finding("T503", "left", unit, "en", found.start(), found.end())


def too_short(group: AnalyzedGroup, source: Lang) -> Iterator[TranslationFinding]:
    """Yield T504: translations so short that part of the source is probably missing."""
    target = other_language(source)
    least = MIN_LENGTH_RATIO[target]
    for item in group.units:
        if item.has_both_sides:
            given, got = (len(item.unit.text(lang).strip()) for lang in (source, target))
            if given >= MIN_SOURCE_LENGTH[source] and got < least * given:
                yield _on_side("T504", "short", item.unit, target)


MAX_LENGTH_RATIO = {"ja": 1.5, "en": 7.0}
"""Highest plausible ratio of the length of a translation, by its language, to that of its source."""

MIN_LONG = {"en": 120, "ja": 60}
"""Length in characters from which a translation may be too long."""


def too_long(group: AnalyzedGroup, source: Lang) -> Iterator[TranslationFinding]:
    """Yield T505: translations so long that they probably contain something else."""
    target = other_language(source)
    for item in group.units:
        if item.has_both_sides:
            given, got = (len(item.unit.text(lang).strip()) for lang in (source, target))
            got -= item.unit.text(target).count(MASK)
            if got >= MIN_LONG[target] and got > MAX_LENGTH_RATIO[target] * given:
                yield _on_side("T505", "long", item.unit, target)


MIN_SENTENCE = {"en": 25, "ja": 10}
"""Length in characters from which a sentence inside a unit may be reported as missing."""

MAX_WHOLE_RATIO = {"ja": 0.36, "en": 2.1}
"""Ratio of the lengths of a translation, by its language, and its source above which nothing is missing.

The shipped passages have a mean ratio of 0.42 from English to Japanese.
"""


def missing_sentence(group: AnalyzedGroup, source: Lang) -> Iterator[TranslationFinding]:
    """Yield T501: a sentence of a unit that its translation lacks."""
    target = other_language(source)
    for item in group.units:
        unit = item.unit
        if not item.has_both_sides or "\n" in unit.given(source).strip():
            continue
        given, got = unit.text(source), unit.text(target)
        if len(got) > MAX_WHOLE_RATIO[target] * len(given) or not _MAY_HAVE_TWO[source].search(given):
            continue
        ours, theirs = sentences(given, lang=source), sentences(got, lang=target)
        if len(ours) < 2 or len(theirs) >= len(ours):
            continue
        sides = ([one.text for one in ours], [one.text for one in theirs])
        try:
            missing = _missing(*sides, source)
        except WrongLanguage:  # an untranslated unit, which T503 reports
            continue
        for number in missing:
            sentence = ours[number]
            long_enough = len(sentence.text.strip()) >= MIN_SENTENCE[source]
            if long_enough and not _is_partly_there(item, source, sentence.start, sentence.end):
                yield make_finding("T501", "sentence", unit, source, sentence.start, sentence.end)


def _missing(given: list[str], got: list[str], source: Lang) -> list[int]:
    """Return the numbers of the sentences of the source without a counterpart.

    The alignment decides whether a sentence is missing. Which one is decided by pairing each sentence of the
    translation with one of the source, because two short neighbors are easily confused.
    """
    units = align(*((given, got) if source == "en" else (got, given))).units
    if all(one.kind in _SINGLE for one in units):
        has_gap = any(one.kind != "1-1" for one in units)
        return (
            _unpaired(given, got, list(range(len(given))), list(range(len(got))), source) if has_gap else []
        )
    missing: list[int] = []
    ours: list[int] = []
    theirs: list[int] = []
    at = {"en": 0, "ja": 0}
    for one in units:
        sizes = {lang: 0 if isinstance(side := getattr(one, lang), Gap) else len(side) for lang in LANGS}
        if all(sizes.values()):
            missing += _unpaired(given, got, ours, theirs, source)
            ours, theirs = [], []
        else:
            target = other_language(source)
            ours += range(at[source], at[source] + sizes[source])
            theirs += range(at[target], at[target] + sizes[target])
        for lang in LANGS:
            at[lang] += sizes[lang]
    return missing + _unpaired(given, got, ours, theirs, source)


_SINGLE = frozenset(("1-1", "1-0", "0-1"))
"""The kinds of units with at most one sentence on each side."""

_MAX_PAIRED = 6
"""Largest number of sentences of the source among which the translated ones are chosen."""


def _unpaired(
    given: list[str], got: list[str], ours: list[int], theirs: list[int], source: Lang
) -> list[int]:
    """Return those of *ours* that are left if each of *theirs* is paired with the most similar, in order."""
    if not theirs or not ours:
        return ours
    if len(theirs) >= len(ours) or len(ours) > _MAX_PAIRED:
        return []
    score = {
        (one, another): _similarity(given[one], got[another], source) for one in ours for another in theirs
    }
    paired = max(
        combinations(ours, len(theirs)),
        key=lambda chosen: sum(score[pair] for pair in zip(chosen, theirs, strict=True)),
    )
    return [one for one in ours if one not in paired]


def _similarity(given: str, got: str, source: Lang) -> float:
    """Return the confidence that two sentences are translations of each other."""
    (first, *others) = align(*(([given], [got]) if source == "en" else ([got], [given]))).units
    return 0.0 if others or first.confidence is None else first.confidence


def _is_partly_there(item: AnalyzedUnit, source: Lang, start: int, end: int) -> bool:
    """Return whether the translation has a term or number that only this sentence of the source has."""
    target = other_language(source)
    inside = {one for span in item.spans[source] if start <= span.start < end for one in span.concepts}
    outside = {one for span in item.spans[source] if not start <= span.start < end for one in span.concepts}
    if (inside - outside) & item.named[target]:
        return True
    figures = item.figures[source]
    return any(
        start <= figure.start < end
        and any(figure.agrees(other) for other in item.figures[target])
        and not any(figure.agrees(other) for other in figures if not start <= other.start < end)
        for figure in figures
    )


_MAY_HAVE_TWO = {"en": re.compile(r"[.!?]\s+\S"), "ja": re.compile("[。！？].")}


def two_translations(group: AnalyzedGroup, source: Lang) -> Iterator[TranslationFinding]:
    """Yield T302: a segment that was translated in another way before in the same text."""
    target = other_language(source)
    first: dict[str, str] = {}
    for item in group.units:
        given, got = (" ".join(item.unit.given(lang).split()) for lang in (source, target))
        if len(given) < MIN_REPEATED[source] or not got:
            continue
        known = first.setdefault(given, got)
        if _letters(known) != _letters(got):
            yield make_finding(
                "T302",
                "two-translations",
                item.unit,
                target,
                0,
                len(item.unit.text(target)),
                expected=(known,),
                found=(known,),
            )


MIN_REPEATED = {"en": 30, "ja": 15}
"""Length in characters from which a repeated segment should have one translation."""


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()


def _on_side(code: str, reason: str, unit: CheckedUnit, lang: Lang) -> TranslationFinding:
    text = unit.text(lang)
    start = len(text) - len(text.lstrip())
    return make_finding(code, reason, unit, lang, start, len(text.rstrip()))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _bare(text: str) -> str:
    """Return the text with brackets, quotations, code and addresses replaced by NUL characters."""
    return _BRACKETED.sub(lambda found: "\0" * len(found.group()), text)
