"""Errors planted into translations: each kind with the codes that should tell of it.

The test of the checks and the measured page of the documentation use the same ones.
"""

import random
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

import attrs

import alliance_ref as ar

Unit = ar.TranslationUnit
Plant = Callable[[Unit], Iterator[str]]
Passages = list[tuple[ar.Document, list[Unit]]]


class Site(NamedTuple):
    """A place for an error: the document, the units of its passage, which of them, and its Japanese then."""

    document: ar.Document
    units: list[Unit]
    place: int
    text: str


def passages() -> Passages:
    """The shipped passages: true translations of each other."""
    return [
        (document, [Unit(u.text("en"), u.text("ja"), document.id, n) for n, u in enumerate(passage.units)])
        for document in ar.documents()
        for passage in document.passages
    ]


def sites(found: Passages, plant: Plant, most: int) -> list[Site]:
    """Places for one kind of error, *most* of them drawn at random, always the same."""
    every = [
        Site(document, units, place, text)
        for document, units in found
        for place, unit in enumerate(units)
        for text in plant(unit)
        if text != unit.ja
    ]
    return random.Random(7).sample(every, min(most, len(every)))


def is_found(site: Site, codes: str, glossary: ar.Glossary) -> bool:
    """Whether one of the *codes* is said of the unit with the error."""
    document, units, place, text = site
    wrong = [attrs.evolve(unit, ja=text) if at == place else unit for at, unit in enumerate(units)]
    findings = ar.check_units(wrong, glossary, as_of=document.issued.latest() if document.issued else None)
    return any(finding.unit == place and finding.code in codes.split() for finding in findings)


def replaced(pattern: str, change: Callable[[re.Match[str]], str]) -> Plant:
    """Each match of *pattern* in turn, changed."""

    def plant(unit: Unit) -> Iterator[str]:
        for found in re.finditer(pattern, unit.ja):
            yield unit.ja[: found.start()] + change(found) + unit.ja[found.end() :]

    return plant


def other_digit(found: re.Match[str]) -> str:
    """The number with a digit in its middle changed."""
    number = found.group()
    at = len(number) // 2 if number[len(number) // 2].isdigit() else 0
    return number[:at] + str((int(number[at]) + 4) % 10) + number[at + 1 :]


DEPRECATED = [
    (
        re.compile("|".join(rf"\b{re.escape(name.text)}" for name in entry.names_in("en")), re.IGNORECASE),
        *pair,
    )
    for entry in ar.entries()
    for name in entry.names_in("ja")
    if name.status in ("deprecated", "erroneous")
    for pair in [(str(entry.preferred("ja")), name.text)]
]


def deprecated(unit: Unit) -> Iterator[str]:
    """A deprecated or erroneous term for the right one."""
    for english, right, wrong in DEPRECATED:
        if right in unit.ja and english.search(unit.en):
            yield unit.ja.replace(right, wrong)


def term_replaced(unit: Unit) -> Iterator[str]:
    """Each term that both sides have, replaced by the next one of its subject field."""
    yield from _terms(unit, _next_term)


def term_lost(unit: Unit) -> Iterator[str]:
    """Each term that both sides have, replaced by a word that says nothing."""
    yield from _terms(unit, lambda _: "もの")


def _terms(unit: Unit, other: Callable[[ar.GlossaryConcept], str | None]) -> Iterator[str]:
    glossary = ar.reference_glossary()
    english = {item.concept.id for item in glossary.annotate(unit.en, lang="en")}
    for item in glossary.annotate(unit.ja, lang="ja"):
        if item.concept.id in english and (text := other(item.concept)):
            yield unit.ja[: item.start] + text + unit.ja[item.end :]


def _next_term(concept: ar.GlossaryConcept) -> str | None:
    field = [one for one in ar.reference_glossary() if one.subject == concept.subject and one.ja.preferred]
    if concept not in field:
        return None
    other = field[(field.index(concept) + 1) % len(field)].ja.preferred
    same = other is None or any(other.text in term.text or term.text in other.text for term in concept.ja)
    return None if other is None or same else other.text


PLANTS: dict[str, tuple[str, Plant]] = {
    "防衛省 for 防衛庁": ("T202 T101", replaced("防衛庁(?!長官)", lambda _: "防衛省")),
    "another digit in a number": ("T401 T402", replaced(r"\d[\d,]*", other_digit)),
    "the year before": ("T402", replaced(r"\d{4}(?=年)", lambda m: str(int(m.group()) - 1))),
    "平成17年 for 平成18年": (
        "T402",
        replaced(r"平成(\d+)年", lambda m: f"平成{int(m.group(1)) - 1}年"),
    ),
    "the wrong year of an era for a Western year": (
        "T402",
        replaced(r"(199\d|200\d)年", lambda m: f"平成{int(m.group(1)) - 1989}年"),
    ),
    "another month": ("T402", replaced(r"\d+(?=月)", lambda m: str(int(m.group()) % 12 + 1))),
    "another day": ("T402", replaced(r"\d+(?=日(?!間))", lambda m: str(int(m.group()) % 28 + 1))),
    "万 for 億": ("T401", replaced(r"(?<=\d)億", lambda _: "万")),
    "億 for 万": ("T401", replaced(r"(?<=\d)万", lambda _: "億")),
    "another kanji numeral (九つ for 二つ)": (
        "T401 T402",
        replaced("[二三四五六七](?=つ|人|か国|隻|機|段階)", lambda _: "九"),
    ),
    "a deprecated or erroneous term": ("T201", deprecated),
    "a sentence left out": ("T501", lambda unit: iter([""])),
    "a sentence left in English": (
        "T503",
        lambda unit: iter([unit.en] if len(unit.en) > 30 else []),
    ),
}
TERM_PLANTS: dict[str, tuple[str, Plant]] = {
    "a term replaced by another of its subject field": ("T101 T102 T201 T202", term_replaced),
    "a term replaced by もの": ("T101", term_lost),
}
