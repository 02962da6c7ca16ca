"""T501 to T504: is all of it translated?"""

import re
from collections.abc import Iterator

from alliance_ref.qa.analysis import ReadGroup
from alliance_ref.qa.messages import finding
from alliance_ref.qa.units import CheckedUnit, other
from alliance_ref.records.findings import TranslationFinding
from alliance_ref.records.values import Lang

_MEANT = frozenset(("omitted", "lost", "not-held"))
_JAPANESE = re.compile(r"[\u3005\u3041-\u30fa\u3400-\u9fff\uff66-\uff9d]")
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa]")
_LATIN_RUN = re.compile(r"[A-Za-z][A-Za-z'’-]*(?:[,;:]?\s+[A-Za-z][A-Za-z'’-]*){3,}")
_JAPANESE_RUN = re.compile(r"[\u3005\u3041-\u30fc\u3400-\u9fff、。「」]{2,}")
_BRACKETED = re.compile(
    r"[(（\[「『“\"‘*`][^)）\]」』”\"’*`]{0,300}[)）\]」』”\"’*`]|(?<![A-Za-z])'[^']{0,300}'|<[^>]{0,300}>"
    r"|\b[a-z]{2,12}://\S+|(?<![\w.+-])[\w.+-]{1,64}@\S+"
)
_LOWER = re.compile(r"\b[a-z]+\b")
_LOWER_WORDS = 3  # in a run of Latin letters that is English and no name
_TELLING = {"en": 80, "ja": 40}  # characters of a source whose translation has a length that tells
_LEAST = {"ja": 0.15, "en": 0.9}  # characters of the translation for one of the source


def untranslated(group: ReadGroup, source: Lang) -> Iterator[TranslationFinding]:
    """T501: segments of the source that stand alone; a gap that is meant is none."""
    for item in group.units:
        unit = item.unit
        if unit.text(source).strip() and not unit.text(other(source)).strip() and unit.gap not in _MEANT:
            yield _whole("T501", "gap", unit, source)


def added(group: ReadGroup, source: Lang) -> Iterator[TranslationFinding]:
    """T502: segments of the translation that stand alone."""
    for item in group.units:
        unit = item.unit
        target = other(source)
        if unit.text(target).strip() and not unit.text(source).strip() and unit.gap not in _MEANT:
            yield _whole("T502", "addition", unit, target)


def left(group: ReadGroup, source: Lang) -> Iterator[TranslationFinding]:
    """T503: words of the source that stand in the translation."""
    for item in group.units:
        if item.is_whole:
            yield from (_left_english if source == "en" else _left_japanese)(item.unit)


def _left_english(unit: CheckedUnit) -> Iterator[TranslationFinding]:
    ja = unit.ja
    if not _JAPANESE.search(ja):
        if _words(ja) == _words(unit.en) and len(_LOWER.findall(_bare(ja))) >= _LOWER_WORDS:
            yield _whole("T503", "same", unit, "ja")
        return
    en = " ".join(_words(unit.en))
    for found in _LATIN_RUN.finditer(_bare(ja)):
        run = found.group()
        if len(_LOWER.findall(run)) >= _LOWER_WORDS and " ".join(_words(run)) in en:
            yield finding("T503", "left", unit, "ja", found.start(), found.end())


def _left_japanese(unit: CheckedUnit) -> Iterator[TranslationFinding]:
    for found in _JAPANESE_RUN.finditer(_bare(unit.en)):
        if _KANA.search(found.group()) and found.group().strip("、。") in unit.ja:
            same = found.group() == unit.en.strip()
            yield finding("T503", "same" if same else "left", unit, "en", found.start(), found.end())


def too_short(group: ReadGroup, source: Lang) -> Iterator[TranslationFinding]:
    """T504: translations so short that part of the source must be missing."""
    target = other(source)
    least = _LEAST[target]
    for item in group.units:
        if item.is_whole:
            given, got = (len(item.unit.text(lang).strip()) for lang in (source, target))
            if given >= _TELLING[source] and got < least * given:
                yield _whole("T504", "short", item.unit, target)


def _whole(code: str, reason: str, unit: CheckedUnit, lang: Lang) -> TranslationFinding:
    text = unit.text(lang)
    start = len(text) - len(text.lstrip())
    return finding(code, reason, unit, lang, start, len(text.rstrip()))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _bare(text: str) -> str:
    """The text with brackets, quotations, code and addresses blotted out."""
    return _BRACKETED.sub(lambda found: "\0" * len(found.group()), text)
