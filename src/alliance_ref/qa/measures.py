"""T401, T403, T405 and T406: units of measure, currencies, swapped numbers and signs.

A measure may be converted: 48 hours are 2日間, 6 feet about 1.8メートル. The same number with another unit of
measure is a finding, unless another number of the other side has the unit.
"""

import re
from collections.abc import Iterator, Sequence

from alliance_ref.qa.rules import make_finding
from alliance_ref.qa.units import AnalyzedGroup, AnalyzedUnit, other_language
from alliance_ref.records.findings import TranslationFinding
from alliance_ref.records.values import LANGS, Lang
from alliance_ref.text.measured_quantities import Measured
from alliance_ref.text.quantities import Quantity


def converted(item: AnalyzedUnit) -> dict[Lang, frozenset[tuple[int, int]]]:
    """Return the spans of the measures of each side that the other side has in another unit."""
    spans: dict[Lang, set[tuple[int, int]]] = {"en": set(), "ja": set()}
    for one in item.measured["en"]:
        for another in item.measured["ja"]:
            if one.converts_to(another):
                spans["en"].add((one.start, one.end))
                spans["ja"].add((another.start, another.end))
    return {lang: frozenset(spans[lang]) for lang in LANGS}


def other_measure(group: AnalyzedGroup, source: Lang) -> Iterator[TranslationFinding]:
    """Yield T403, or T401 for a currency: numbers that agree and whose units of measure differ."""
    target = other_language(source)
    for item in group.units:
        if not (item.measured[source] and item.measured[target]):
            continue
        for one in item.measured[target]:
            same = [other for other in item.measured[source] if _agree(one, other)]
            names = {measure.name for measure in one.measures}
            if not same or any(_share_measure(one, other) or one.converts_to(other) for other in same):
                continue
            partner = same[0]
            if any(
                _share_measure(partner, other) and (_agree(other, partner)) for other in item.measured[target]
            ):
                continue
            if not _may_differ(item, one, partner, source, names):
                continue
            shown = item.unit.text(source)[partner.start : partner.end]
            money = {one.measures[0].dimension, partner.measures[0].dimension} == {"currency"}
            code, reason = ("T401", "currency-differs") if money else ("T403", "unit-differs")
            assert one.figure is not None
            end = one.figure.end if money else one.end
            if money:
                assert partner.figure is not None
                shown = item.unit.text(source)[partner.figure.start : partner.figure.end]
            yield make_finding(
                code, reason, item.unit, target, one.start, end, expected=(shown,), found=(shown,)
            )


def _may_differ(item: AnalyzedUnit, one: Measured, partner: Measured, source: Lang, names: set[str]) -> bool:
    """Return whether no other number of the source explains the unit."""
    if {one.measures[0].dimension, partner.measures[0].dimension} != {"currency"}:
        japanese = one if source == "en" else partner
        if (
            japanese.figure is not None
            and japanese.figure.kind == "day"
            and one.measures[0].dimension != "time"
        ):
            return False
        if one.measures[0].dimension != partner.measures[0].dimension and not (
            {one.measures[0].dimension, partner.measures[0].dimension} <= _PHYSICAL
        ):
            return False
    # A plain number of the source may be the one that is meant: 5 ships and 5 minutes.
    plain = [
        figure
        for figure in item.figures[source]
        if one.figure is not None
        and figure.agrees(one.figure)
        and all(other.figure is not figure for other in item.measured[source])
    ]
    return not plain


_PHYSICAL = frozenset(("length", "area", "volume", "mass", "time", "months", "data", "power", "speed"))


def _agree(one: Measured, another: Measured) -> bool:
    return one.figure is not None and another.figure is not None and one.figure.agrees(another.figure)


def _share_measure(one: Measured, another: Measured) -> bool:
    return not {item.name for item in one.measures}.isdisjoint(item.name for item in another.measures)


_COUNTED = (
    ("ship", r"ships?|vessels?|destroyers?|frigates?|submarines?|carriers?|boats?|warships?|cruisers?", "隻"),
    ("aircraft", r"planes?|aircraft|jets?|helicopters?|fighters?|bombers?|airplanes?|drones?", "機"),
    ("person", r"people|persons?|men|women|soldiers?|troops|personnel|marines"
        r"|sailors?|workers?|residents?|members?"
     r"|officers?|employees|students?|civilians?|children|patients?", "[人名]"),
    ("vehicle", r"cars?|trucks?|vehicles?|tanks?|buses|computers?|machines?", "[台両]"),
    ("country", r"countries|nations|states", "[かカヵヶ]国"),
    ("place", r"places?|sites?|bases?|facilities|locations?", "[かカヵヶ箇]所"),
    ("company", r"companies|firms|banks", "社"),
    ("case", r"cases|incidents?|accidents?", "件"),
    ("book", r"books|volumes|copies", "[冊部巻]"),
    ("time", r"times", "[回倍度]"),
    ("point", r"points", "点|ポイント"),
    ("percent", r"percent|per cent|%", "[%％]|パーセント"),
    ("gun", r"guns?|missiles?", "[門発基]"),
    ("school", r"schools?|universities", "校"),
    ("city", r"cities", "市"),
    ("page", r"pages?", "ページ|頁"),
    ("house", r"houses|homes|households|buildings", "[戸軒棟]|世帯"),
    ("dog", r"dogs?|cats?|cows?|horses?", "[匹頭]"),
)  # fmt: skip
"""Nouns that are counted, and their Japanese counters."""

_NOUNS = {
    "en": re.compile(
        "[ -](?:[a-z]+ )?(?:" + "|".join(f"(?P<{name}>{en})" for name, en, _ in _COUNTED) + r")(?![\w-])"
    ),
    "ja": re.compile("|".join(f"(?P<{name}>{ja})" for name, _, ja in _COUNTED)),
}
_PERCENT_SIGN = re.compile("%")


def _thing(item: AnalyzedUnit, figure: Quantity, lang: Lang) -> str:
    """Return what a number counts: a unit of measure or the class of a noun, or an empty string."""
    for one in item.measured[lang]:
        if one.figure is figure:
            return one.measures[0].name
    text = item.unit.text(lang)
    if lang == "en" and text[figure.end : figure.end + 1] == "%":
        return "percent"
    found = _NOUNS[lang].match(text, figure.end)
    return found.lastgroup or "" if found else ""


def swapped(group: AnalyzedGroup, source: Lang) -> Iterator[TranslationFinding]:
    """Yield T405: two numbers that changed places."""
    target = other_language(source)
    for item in group.units:
        given, got = (_plain(item.figures[lang]) for lang in (source, target))
        if len(given) < 2 or len(got) < 2:
            continue
        found = _swapped_things(item, given, got, source) or _swapped_names(item, given, got, source)
        if found is not None:
            figure, wrong = found
            text = item.unit.text(source)
            shown = text[figure.start : figure.end]
            yield make_finding(
                "T405",
                "swapped",
                item.unit,
                target,
                wrong.start,
                wrong.end,
                expected=(shown,),
                found=(shown,),
            )


def _plain(figures: Sequence[Quantity]) -> list[Quantity]:
    return [one for one in figures if one.kind == "number" and (one.counted or one.firm)]


def _swapped_things(
    item: AnalyzedUnit, given: list[Quantity], got: list[Quantity], source: Lang
) -> tuple[Quantity, Quantity] | None:
    """Return a number whose counted thing has another number: 12 ships and 45 planes, 45隻と12機."""
    target = other_language(source)
    things = [(figure, thing) for figure in given if (thing := _thing(item, figure, source))]
    others = [(figure, thing) for figure in got if (thing := _thing(item, figure, target))]
    for place, (one, first) in enumerate(things):
        for another, second in things[place + 1 :]:
            if first == second or one.agrees(another):
                continue
            crossed = [wrong for wrong, thing in others if thing == first and wrong.agrees(another)]
            counter = [wrong for wrong, thing in others if thing == second and wrong.agrees(one)]
            right = [
                figure
                for figure, thing in others
                if (thing == first and figure.agrees(one)) or (thing == second and figure.agrees(another))
            ]
            if crossed and counter and not right:
                return one, crossed[0]
    return None


_FROM_TO = {
    "en": re.compile(r"\bfrom\b[^.;]{0,30}?$"),
    "ja": re.compile(r"^[^、。]{0,8}?から"),
}


def _swapped_names(
    item: AnalyzedUnit, given: list[Quantity], got: list[Quantity], source: Lang
) -> tuple[Quantity, Quantity] | None:
    """Return a number that changed places with another: *from 12 to 45*, or with names in the same order."""
    if len(given) != 2 or len(got) != 2 or given[0].agrees(given[1]):
        return None
    if not (given[0].agrees(got[1]) and given[1].agrees(got[0])):
        return None
    target = other_language(source)
    if _is_range(item, given, source) and _is_range(item, got, target):
        return given[0], got[0]
    names = [_name_before(item, figure, source) for figure in given]
    others = [_name_before(item, figure, target) for figure in got]
    if not all(names) or not all(others):
        return None
    in_order = names[0] & others[0] and names[1] & others[1]
    return (given[0], got[0]) if in_order and not names[0] & names[1] else None


def _is_range(item: AnalyzedUnit, figures: list[Quantity], lang: Lang) -> bool:
    text = item.unit.text(lang)
    if lang == "en":
        between = text[figures[0].end : figures[1].start]
        return (
            bool(_FROM_TO["en"].search(text[: figures[0].start])) and " to " in between and len(between) < 40
        )
    return bool(_FROM_TO["ja"].match(text[figures[0].end : figures[1].start]))


def _name_before(item: AnalyzedUnit, figure: Quantity, lang: Lang) -> frozenset[str]:
    """Return the concepts of the only name between the number and the number before it."""
    before = [one.end for one in item.figures[lang] if one.end <= figure.start]
    start = max(before, default=0)
    spans = [span for span in item.spans[lang] if start <= span.start and span.end <= figure.start]
    return spans[0].concepts if len(spans) == 1 else frozenset()


_SIGN = {
    "en": re.compile(
        r"(?:(?<![\w.,)%/–−-])(?<![\d)] )[-–−]|\b(?:minus|negative) )$", re.IGNORECASE | re.ASCII
    ),
    "ja": re.compile(r"(?:マイナス|(?<![\w.,)%/–−~〜～-])[-−▲△])[ ]?$"),
}
_DECREASE = {
    "en": re.compile(
        r"minus|negative|[-–−]\s?\d|f[ae]ll|declin|drop|decreas|low|below|loss|lost|deficit|down|reduc|cut|shrank|shrink"
        r"|contract|less|under|off|slump|plung|discount|fewer|slid|sank|weaker|behind",
        re.IGNORECASE,
    ),
    "ja": re.compile("マイナス|[-−▲△]|減|低|下|落|縮|赤字|氷点|零下|以下|割れ|引き|損|負|少な|弱"),
}


def sign(group: AnalyzedGroup, source: Lang) -> Iterator[TranslationFinding]:
    """Yield T406: a number that is negative on one side only."""
    for item in group.units:
        if not (item.figures["en"] and item.figures["ja"]):
            continue
        for lang in LANGS:
            yield from _lost_signs(item, lang, source)


def _lost_signs(item: AnalyzedUnit, lang: Lang, source: Lang) -> Iterator[TranslationFinding]:
    across = other_language(lang)
    text, other = item.unit.text(lang), item.unit.text(across)
    for figure in item.figures[lang]:
        if figure.kind != "number" or not _SIGN[lang].search(text[max(0, figure.start - 12) : figure.start]):
            continue
        if _DECREASE[across].search(other):
            continue
        same = [one for one in item.figures[across] if one.agrees(figure)]
        if same:
            side, one = (across, same[0]) if across != source else (lang, figure)
            reason = "sign-lost" if lang == source else "sign-added"
            yield make_finding("T406", reason, item.unit, side, one.start, one.end)
            return
