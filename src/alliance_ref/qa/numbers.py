"""T401 and T402: the numbers and the dates of the two sides.

A figure that one side has and the other has not is a finding, unless a neighbouring unit has it to spare, the
name that it belongs to is rendered (*2+2* as 日米安全保障協議委員会), or the other side says it in relation
to what was said before (同年, *the same year*). A figure missing on each side makes one finding: this number
for that.
"""

import re
from collections.abc import Iterator
from fractions import Fraction

import attrs

from alliance_ref.qa.analysis import ReadGroup, ReadUnit
from alliance_ref.qa.messages import finding
from alliance_ref.qa.units import LANGS, CheckedUnit, other
from alliance_ref.records.findings import TranslationFinding
from alliance_ref.records.values import Lang
from alliance_ref.text.english_quantities import english_figures
from alliance_ref.text.japanese_quantities import japanese_figures
from alliance_ref.text.quantities import Figure, Kind

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
_LINK = re.compile(
    r"\b[a-z]{2,12}://\S+|\]\([^)]{0,300}\)"
    r"|(?<![A-Za-z0-9_/.-])[A-Za-z0-9_/.-]{1,200}\.(?:html?|md|com|org|net|jp)\b\S*"
)
_MEASURES: dict[Lang, re.Pattern[str]] = {
    "en": re.compile(
        r"[- ]?(?:(?:square|cubic)[- ])?(?:feet|foot|ft|inch(?:es)?|miles?|mph|pounds?|lbs?|yards?|acres?"
        r"|gallons?|ounces?|degrees?|knots?|nautical miles?)"
    ),
    "ja": re.compile(
        r"\s?(?:平方|立方)?(?:センチ|cm|ミリ|メートル|m|キロ|km|kg|グラム|トン|リットル|度|ヘクタール|坪)"
    ),
}
_CURRENCIES: dict[Lang, tuple[tuple[str, str, str], ...]] = {
    "en": (
        ("dollar", "$", r"\s?(?:U\.S\. )?dollars?\b"),
        ("yen", "¥", r"\s?yen\b"),
        ("euro", "€", r"\s?euros?\b"),
    ),
    "ja": (("dollar", "$", "米?ドル"), ("yen", "¥", "円"), ("euro", "€", "ユーロ")),
}
Sides = dict[Lang, list[Figure]]
_Value = tuple[Kind, Fraction]


@attrs.frozen
class _Left:
    """What of each side of a unit the other side does not have."""

    item: ReadUnit
    all: Sides
    left: Sides


def numbers(group: ReadGroup, source: Lang) -> Iterator[TranslationFinding]:
    """T401 and T402: figures that one side has and the other has not."""
    units = [_compared(item) for item in group.units]
    before: set[_Value] = set()
    for place, one in enumerate(units):
        if one.item.is_whole:
            yield from _findings(units, place, source, before)
            yield from _other_money(one.item, one.all, source)
        for lang in LANGS:
            before |= {(figure.kind, value) for figure in one.all[lang] for value in figure.values}


def _compared(item: ReadUnit) -> _Left:
    figures: Sides = {
        "en": list(english_figures(_without_links(item.unit.en))),
        "ja": list(japanese_figures(_without_links(item.unit.ja))),
    }
    known = {lang: {(one.kind, value) for one in figures[lang] for value in one.values} for lang in LANGS}
    left: Sides = {
        lang: [one for one in figures[lang] if not one.agrees_with_any(known[other(lang)])] for lang in LANGS
    }
    return _Left(item, figures, left)


def _findings(
    units: list[_Left], place: int, source: Lang, before: set[_Value]
) -> Iterator[TranslationFinding]:
    one = units[place]
    firm: Sides = {
        lang: [
            figure
            for figure in one.left[lang]
            if figure.firm
            and not _is_in_neighbour(units, place, figure, lang)
            and not _is_in_name(one.item, figure, lang)
            and not _is_relative(one, figure, lang, before)
            and not _is_kept(one.item, figure, lang)
            and not _is_converted(one.item, figure, lang)
        ]
        for lang in LANGS
    }
    target = other(source)
    unit = one.item.unit
    loose = {
        lang: [f for f in one.left[lang] if not f.firm and f.counted and f not in firm[lang]]
        for lang in LANGS
    }
    shown: set[tuple[int, int]] = set()
    for figure in firm[target]:
        partner = _partner(figure, firm[source], loose[source])
        if partner is not None:
            firm[source] = [item for item in firm[source] if item is not partner]
        if (figure.start, figure.end) not in shown:
            shown.add((figure.start, figure.end))
            yield _finding(unit, target, figure, partner, source, "added")
    for figure in firm[source]:
        partner = _partner(figure, [], loose[target])
        if partner is not None and (partner.start, partner.end) not in shown:
            shown.add((partner.start, partner.end))
            yield _finding(unit, target, partner, figure, source, "differs")
        elif (figure.start, figure.end) not in shown:
            shown.add((figure.start, figure.end))
            yield _finding(unit, source, figure, None, source, "missing")
    if not firm["en"] and not firm["ja"]:
        rest = {lang: [f for f in loose[lang] if f.kind == "number"] for lang in LANGS}
        if len(rest["en"]) == len(rest["ja"]) == 1 and not (rest["en"][0].values & rest["ja"][0].values):
            yield _finding(unit, target, rest[target][0], rest[source][0], source, "differs")


def _other_money(item: ReadUnit, figures: Sides, source: Lang) -> Iterator[TranslationFinding]:
    """T401: sums that agree in the number and not in the currency."""
    target = other(source)
    for figure in figures[target]:
        money = _currency(item.unit.text(target), figure, target)
        sums = [one for one in figures[source] if money and one.agrees(figure)]
        others = {_currency(item.unit.text(source), one, source) for one in sums}
        if others and None not in others and money not in others:
            found = (item.unit.text(source)[sums[0].start : sums[0].end],)
            place = (item.unit, target, figure.start, figure.end)
            yield finding("T401", "currency-differs", *place, expected=found, found=found)


def _currency(text: str, figure: Figure, lang: Lang) -> str | None:
    before, behind = text[: figure.start][-1:], text[figure.end : figure.end + 20]
    for name, mark, word in _CURRENCIES[lang]:
        if before == mark or re.match(word, behind):
            return name
    return None


def _finding(
    unit: CheckedUnit, lang: Lang, figure: Figure, partner: Figure | None, source: Lang, what: str
) -> TranslationFinding:
    is_date = figure.kind != "number"
    what = "differs" if partner is not None else what
    found = () if partner is None else (unit.text(source)[partner.start : partner.end],)
    return finding(
        "T402" if is_date else "T401",
        f"{'date' if is_date else 'number'}-{what}",
        unit,
        lang,
        figure.start,
        figure.end,
        expected=found,
        found=found,
    )


def _partner(figure: Figure, firm: list[Figure], loose: list[Figure]) -> Figure | None:
    """The figure that stands on the other side instead: one of its kind, else another that is left."""
    kinds = [[one for one in firm if one.kind == figure.kind], firm, loose if figure.kind == "number" else []]
    return next((one for of_kind in kinds for one in of_kind), None)


def _is_in_neighbour(units: list[_Left], place: int, figure: Figure, lang: Lang) -> bool:
    across = other(lang)
    item = units[place].item
    return any(
        figure.agrees(spare)
        for near in (place - 1, place + 1)
        if 0 <= near < len(units) and units[near].item.unit.group == item.unit.group
        for spare in units[near].left[across]
    )


def _is_in_name(item: ReadUnit, figure: Figure, lang: Lang) -> bool:
    return any(
        span.start <= figure.start and figure.end <= span.end and span.concepts & item.named[other(lang)]
        for span in item.spans[lang]
    )


def _without_links(text: str) -> str:
    return _LINK.sub(lambda found: " " * len(found.group()), text)


def _is_kept(item: ReadUnit, figure: Figure, lang: Lang) -> bool:
    """Whether the words stand on the other side as they are: a title that was not translated."""
    shown = item.unit.text(lang)[figure.start : figure.end]
    return lang == "en" and not shown[0].isdigit() and shown in item.unit.ja


def _is_converted(item: ReadUnit, figure: Figure, lang: Lang) -> bool:
    """Whether it is a measure, and the other side has one of another system: 6 feet, 180 センチ."""
    if not _MEASURES[lang].match(item.unit.text(lang), figure.end):
        return False
    return (
        re.search(rf"[0-9０-９一-十]{_MEASURES[other(lang)].pattern}", item.unit.text(other(lang)))
        is not None
    )


def _is_relative(one: _Left, figure: Figure, lang: Lang, before: set[_Value]) -> bool:
    """Whether the other side says it in relation to what was said before."""
    pattern = _RELATIVE.get((other(lang), figure.kind))
    if pattern is None or not pattern.search(one.item.unit.text(other(lang))):
        return False
    known = {value for kind, value in before if kind == figure.kind}
    return any(value + step in known for value in figure.values for step in (-1, 0, 1))
