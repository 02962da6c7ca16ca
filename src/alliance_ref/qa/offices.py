"""T203: an office-holder who is named for a day on which he or she did not hold the office.

For example, *Foreign Minister Aso* in April 2005, when Machimura was Minister for Foreign Affairs. The rule
needs the terms of office of the shipped reference, and a day: the one given, or a date near the name.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

import attrs

from alliance_ref.annotation.disambiguation import overlaps
from alliance_ref.qa.rules import make_finding
from alliance_ref.qa.units import AnalyzedGroup, AnalyzedUnit, dates_of, other_language
from alliance_ref.records import Person
from alliance_ref.records.findings import TranslationFinding
from alliance_ref.records.values import Lang, PartialDate, Period

_TITLES: tuple[tuple[str, str, str], ...] = (
    (r"Prime Minister|Premier", "内閣総理大臣|総理大臣|首相|総理", r"\bPrime Minister of Japan|内閣総理大臣"),
    (r"Foreign Minister|Minister (?:for|of) Foreign Affairs", "外務大臣|外務相|外相", "外務大臣"),
    (
        r"Defense Minister|Minister of Defense|Defense Agency (?:Director-General|chief)"
        r"|Director-General of the (?:Japan )?Defense Agency",
        "防衛大臣|防衛相|防衛庁長官",
        "防衛大臣|防衛庁長官",
    ),
    (r"Chief Cabinet Secretary", "内閣官房長官|官房長官", "官房長官"),
    (r"(?:U\.?S\.? )?President", "大統領", "大統領$"),
    (r"(?:U\.?S\.? )?Secretary of State", "国務長官", "国務長官$"),
    (r"(?:U\.?S\.? )?(?:Defense Secretary|Secretary of Defense)", "国防長官", "国防長官$"),
)
"""Titles before an English name, after a Japanese name, and the offices that they name."""

_FORMER = {
    "en": re.compile(
        r"(?:former|then|future|late|ex-?|next|later|incoming|previous|first|onetime)[- ]*$", re.IGNORECASE
    ),
    "ja": re.compile("(?:元|前|旧|当時の?|後の|のちの|故|次期|初代|新)[^、。]{0,4}$"),
}


@attrs.frozen
class _Holder:
    """A person with the periods in which he or she held an office."""

    name: str
    periods: tuple[Period, ...]


@lru_cache(maxsize=1)
def _holders() -> tuple[dict[str, tuple[_Holder, ...]], ...]:
    """Return, for each title, the holders by family name in either language."""
    from alliance_ref.reference import load

    tables: list[dict[str, tuple[_Holder, ...]]] = []
    people = [entry for entry in load().entries() if isinstance(entry, Person) and entry.tenures]
    for _, _, offices in _TITLES:
        table: dict[str, tuple[_Holder, ...]] = {}
        for person in people:
            periods = tuple(one.period for one in person.tenures if re.search(offices, one.office.ja))
            if periods:
                for name in {item.text for item in person.names if " " not in item.text}:
                    table[name] = (*table.get(name, ()), _Holder(str(person.preferred("en")), periods))
                family = str(person.preferred("en")).rpartition(" ")[2]
                known = table.get(family, ())
                if all(one.name != str(person.preferred("en")) for one in known):
                    table[family] = (*known, _Holder(str(person.preferred("en")), periods))
        tables.append(table)
    return tuple(tables)


@lru_cache(maxsize=2)
def _pattern(lang: Lang) -> re.Pattern[str]:
    parts = []
    for number, (table, (en, ja, _)) in enumerate(zip(_holders(), _TITLES, strict=True)):
        if not table:
            continue
        names = "|".join(
            sorted(
                (re.escape(name) for name in table if name.isascii() == (lang == "en")), key=len, reverse=True
            )
        )
        if lang == "en":
            parts.append(rf"\b(?:{en}) (?:[A-Z][a-z]+ ){{0,2}}(?P<n{number}>{names})\b")
        else:
            parts.append(rf"(?P<n{number}>{names})[一-龠]{{0,3}}?(?:{ja})")
    return re.compile("|".join(parts))


def office_holder(group: AnalyzedGroup, source: Lang) -> Iterator[TranslationFinding]:
    """Yield T203: a title with the name of a person who did not hold the office on the day."""
    target = other_language(source)
    hints = (
        ("Minister", "Premier", "Secretary", "President", "Director")
        if target == "en"
        else ("相", "臣", "長官", "統領", "総理")
    )
    for item in group.units:
        text = item.unit.text(target)
        if not any(hint in text for hint in hints):
            continue
        for found in _pattern(target).finditer(text):
            assert found.lastgroup is not None
            if _FORMER[target].search(text[max(0, found.start() - 12) : found.start()]):
                continue
            finding = _judged(group, item, found, target)
            if finding is not None:
                yield finding


def _judged(
    group: AnalyzedGroup, item: AnalyzedUnit, found: re.Match[str], lang: Lang
) -> TranslationFinding | None:
    assert found.lastgroup is not None
    table = _holders()[int(found.lastgroup[1:])]
    as_of = group.contexts[lang].as_of
    days = list(dates_of(item.unit)) if as_of is None else [as_of]
    if not days:
        return None
    date = days[0]
    named = table[found[found.lastgroup]]
    if any(_held(one, day) for one in named for day in days):
        return None
    right = dict.fromkeys(one.name for holders in table.values() for one in holders if _held(one, date))
    if not right:
        return None  # the reference does not know who held the office
    return make_finding("T203", "not-in-office", item.unit, lang, *found.span(), expected=list(right)[:1])


def _held(one: _Holder, day: PartialDate) -> bool:
    return any(overlaps(period, day) for period in one.periods)
