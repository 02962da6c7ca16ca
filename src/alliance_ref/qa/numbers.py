"""T401 and T402: check that the numbers and dates of the two sides agree.

A figure on one side only is a finding, unless a neighboring unit has it without needing it, it is part of a
name that is rendered (*2+2* as 日米安全保障協議委員会), or the other side has a relative expression (同年,
*the same year*). An unmatched figure on each side makes one finding: the number differs.
"""

import re
from collections.abc import Iterator
from fractions import Fraction

import attrs

from alliance_ref.qa.measures import converted
from alliance_ref.qa.rules import make_finding
from alliance_ref.qa.units import AnalyzedGroup, AnalyzedUnit, CheckedUnit, other_language
from alliance_ref.records.findings import TranslationFinding
from alliance_ref.records.values import LANGS, Lang
from alliance_ref.text.quantities import Kind, Quantity
from alliance_ref.text.scripts import TO_ASCII_DIGITS

_RELATIVE = {
    ("ja", "year"): re.compile("同年|翌年|前年|昨年|今年|本年|去年|来年|当年|年前|年後|後年"),
    ("ja", "month"): re.compile("同月|翌月|前月|先月|今月|来月|月末|[0-9０-９]日"),
    ("ja", "day"): re.compile("同日|翌日|前日|当日|昨日|今日|本日|月曜|火曜|水曜|木曜|金曜|土曜|日曜"),
    ("en", "year"): re.compile(
        r"\b(?:same|last|previous|next|following|this|that|past|preceding|current) (?:fiscal )?year"
        r"|\byears? (?:ago|later|earlier|before|after)|\ba year\b",
        re.IGNORECASE,
    ),
    ("en", "month"): re.compile(
        r"\b(?:month|monday|tuesday|wednesday|thursday|friday|saturday|sunday)", re.IGNORECASE
    ),
    ("en", "day"): re.compile(
        r"\b(?:day|monday|tuesday|wednesday|thursday|friday|saturday|sunday|yesterday|today)", re.IGNORECASE
    ),
}

_NOTHING_CONVERTED: dict[Lang, frozenset[tuple[int, int]]] = {"en": frozenset(), "ja": frozenset()}

Sides = dict[Lang, list[Quantity]]
_Value = tuple[Kind, Fraction]


@attrs.frozen
class _Comparison:
    """The figures of a unit, and those without a counterpart on the other side."""

    item: AnalyzedUnit
    all: Sides
    unmatched: Sides
    converted: dict[Lang, frozenset[tuple[int, int]]]


def numbers(group: AnalyzedGroup, source: Lang) -> Iterator[TranslationFinding]:
    """Yield T401 and T402: figures on one side only, and sums in another currency."""
    units = [_compared(item) for item in group.units]
    before: set[_Value] = set()
    for place, one in enumerate(units):
        if one.item.has_both_sides:
            yield from _findings(units, place, source, before)
        for lang in LANGS:
            before |= {(figure.kind, value) for figure in one.all[lang] for value in figure.values}


def _compared(item: AnalyzedUnit) -> _Comparison:
    figures: Sides = {lang: list(item.figures[lang]) for lang in LANGS}
    known = {lang: {(one.kind, value) for one in figures[lang] for value in one.values} for lang in LANGS}
    unmatched: Sides = {
        lang: [one for one in figures[lang] if not one.agrees_with_any(known[other_language(lang)])]
        for lang in LANGS
    }
    spans = converted(item) if unmatched["en"] or unmatched["ja"] else _NOTHING_CONVERTED
    return _Comparison(item, figures, unmatched, spans)


def _findings(
    units: list[_Comparison], place: int, source: Lang, before: set[_Value]
) -> Iterator[TranslationFinding]:
    one = units[place]
    firm: Sides = {
        lang: [figure for figure in one.unmatched[lang] if _is_firm(units, place, figure, lang, before)]
        for lang in LANGS
    }
    loose: Sides = {
        lang: [f for f in one.unmatched[lang] if not f.firm and f.counted and f not in firm[lang]]
        for lang in LANGS
    }
    yield from _differences(one.item.unit, firm, loose, source)
    if not firm["en"] and not firm["ja"]:
        rest = {lang: [f for f in loose[lang] if f.kind == "number"] for lang in LANGS}
        if len(rest["en"]) == len(rest["ja"]) == 1 and not (rest["en"][0].values & rest["ja"][0].values):
            target = other_language(source)
            yield _finding(one.item.unit, target, rest[target][0], rest[source][0], source, "differs")


def _is_firm(units: list[_Comparison], place: int, figure: Quantity, lang: Lang, before: set[_Value]) -> bool:
    """Return whether nothing excuses that the other side lacks *figure*."""
    one = units[place]
    return figure.firm and not (
        _is_approximate(one, figure, lang)
        or _is_in_neighbor(units, place, figure, lang)
        or _is_in_name(one.item, figure, lang)
        or _is_relative(one, figure, lang, before)
        or _is_kept(one.item, figure, lang)
        or _is_converted(one, figure, lang)
    )


def _differences(unit: CheckedUnit, firm: Sides, loose: Sides, source: Lang) -> Iterator[TranslationFinding]:
    """Yield the unmatched figures, each paired with its replacement on the other side if there is one."""
    target = other_language(source)
    source_figures = firm[source]
    shown: set[tuple[int, int]] = set()
    for figure in firm[target]:
        partner = _partner(figure, source_figures, loose[source])
        if partner is not None:
            source_figures = [item for item in source_figures if item is not partner]
        if (figure.start, figure.end) not in shown:
            shown.add((figure.start, figure.end))
            yield _finding(unit, target, figure, partner, source, "added")
    for figure in source_figures:
        partner = _partner(figure, [], loose[target])
        if partner is not None and (partner.start, partner.end) not in shown:
            shown.add((partner.start, partner.end))
            yield _finding(unit, target, partner, figure, source, "differs")
        elif (figure.start, figure.end) not in shown:
            shown.add((figure.start, figure.end))
            yield _finding(unit, source, figure, None, source, "missing")


def _finding(
    unit: CheckedUnit, lang: Lang, figure: Quantity, partner: Quantity | None, source: Lang, what: str
) -> TranslationFinding:
    is_date = figure.kind != "number"
    what = "differs" if partner is not None else what
    found = () if partner is None else (unit.text(source)[partner.start : partner.end],)
    return make_finding(
        "T402" if is_date else "T401",
        f"{'date' if is_date else 'number'}-{what}",
        unit,
        lang,
        figure.start,
        figure.end,
        expected=found,
        found=found,
    )


def _partner(figure: Quantity, firm: list[Quantity], loose: list[Quantity]) -> Quantity | None:
    """Return the figure on the other side that replaces *figure*, preferably one of its kind."""
    kinds = [[one for one in firm if one.kind == figure.kind], firm, loose if figure.kind == "number" else []]
    return next((one for of_kind in kinds for one in of_kind), None)


def _is_in_neighbor(units: list[_Comparison], place: int, figure: Quantity, lang: Lang) -> bool:
    across = other_language(lang)
    item = units[place].item
    return any(
        figure.agrees(spare)
        for near in (place - 1, place + 1)
        if 0 <= near < len(units) and units[near].item.unit.group == item.unit.group
        for spare in units[near].unmatched[across]
    )


def _is_in_name(item: AnalyzedUnit, figure: Quantity, lang: Lang) -> bool:
    return any(
        span.start <= figure.start
        and figure.end <= span.end
        and span.concepts & item.named[other_language(lang)]
        for span in item.spans[lang]
    )


_DIGITS = re.compile("[0-9]+")
_DIGIT = "0-9０-９一二三四五六七八九"
_RANGE_BEFORE = re.compile(f"(?<![{_DIGIT}])[{_DIGIT}][、，]$")
_RANGE_AFTER = re.compile(f"[、，][{_DIGIT}](?![{_DIGIT}])")
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_SPOKEN = re.compile(
    rf"(?:ten|eleven|twelve|[a-z]+teen|{_TENS}) (?:ten|eleven|twelve|[a-z]+teen|{_TENS})\b", re.IGNORECASE
)
"""Times, years and prices as they are spoken: *ten thirty*, *nineteen ninety-nine*."""

_FEW = re.compile(r"\b(?:few|couple|several|some|two or three|or so)\b", re.IGNORECASE)


def _is_approximate(one: _Comparison, figure: Quantity, lang: Lang) -> bool:
    """Return whether a figure is vague (２、３日) or spoken (*ten thirty*), so its value is uncertain."""
    text = one.item.unit.text(lang)
    if lang == "ja":
        if any(_SPOKEN.match(one.item.unit.text("en"), other.start) for other in one.all["en"]):
            return True
        vague = _RANGE_BEFORE.search(text[: figure.start]) or _RANGE_AFTER.match(text, figure.end)
        if text[figure.start : figure.end].translate(TO_ASCII_DIGITS) in ("30", "三十"):
            return "half past" in one.item.unit.text("en").casefold()
        return vague is not None and _FEW.search(one.item.unit.text("en")) is not None
    if not text[figure.start].isalpha():
        return False
    if _SPOKEN.match(text[figure.start : figure.end]):
        return True
    return any(
        text[other.start].isalpha() and text[first:last] == " "
        for other in one.all["en"]
        for first, last in ((other.end, figure.start), (figure.end, other.start))
        if first < last
    )


def _is_kept(item: AnalyzedUnit, figure: Quantity, lang: Lang) -> bool:
    """Return whether the other side has the same words in a title, or the same digits in code."""
    shown = item.unit.text(lang)[figure.start : figure.end]
    across = other_language(lang)
    given = item.unit.given(across)
    if shown.isdecimal() and any(
        shown in _DIGITS.findall(given[one.start : one.end]) for one in item.unit.placeables[across]
    ):
        return True
    return lang == "en" and not shown[0].isdigit() and shown in item.unit.text("ja")


def _is_converted(one: _Comparison, figure: Quantity, lang: Lang) -> bool:
    """Return whether the other side has the measure in another unit: 6 feet, 180センチ."""
    return any(start <= figure.start and figure.end <= end for start, end in one.converted[lang])


def _is_relative(one: _Comparison, figure: Quantity, lang: Lang, before: set[_Value]) -> bool:
    """Return whether the other side has a relative expression for a figure of an earlier unit."""
    pattern = _RELATIVE.get((other_language(lang), figure.kind))
    if pattern is None or not pattern.search(one.item.unit.text(other_language(lang))):
        return False
    known = {value for kind, value in before if kind == figure.kind}
    return any(value + step in known for value in figure.values for step in (-1, 0, 1))
