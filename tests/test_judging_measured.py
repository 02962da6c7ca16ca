"""How well translations are judged, on the passages the package ships: true translations of each other.

Every finding there is a false alarm (or a slip in the data), and errors planted there must be found. The
bounds are a little looser than the figures reached, which stand in the manual.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator

import attrs
import pytest

import alliance_ref as ar
from alliance_ref.reference import Reference

Unit = ar.TranslationUnit
Plant = Callable[[Unit], Iterator[str]]


@pytest.fixture(scope="module")
def passages(shipped: Reference) -> list[tuple[ar.Document, list[Unit]]]:
    return [
        (document, [Unit(u.text("en"), u.text("ja"), document.id, n) for n, u in enumerate(passage.units)])
        for document in shipped.documents()
        for passage in document.passages
    ]


def test_false_alarms_are_as_few_as_a_translator_would_accept(shipped: Reference) -> None:
    documents = [document for document in shipped.documents() if document.passages]
    glossary = ar.reference_glossary()
    found: Counter[str] = Counter()
    units = 0
    for document in documents:
        units += sum(len(passage.units) for passage in document.passages)
        found += Counter(f.code for f in ar.check_units([document], glossary, as_of=document.issued.latest()))
    per_hundred = {code: 100 * count / units for code, count in found.items()}
    assert units > 1000
    assert per_hundred.pop("T101") <= 1.5
    assert per_hundred.pop("T301") <= 1.5
    assert all(share <= 0.5 for share in per_hundred.values()), per_hundred


def replaced(pattern: str, change: Callable[[re.Match[str]], str]) -> Plant:
    def plant(unit: Unit) -> Iterator[str]:
        for found in re.finditer(pattern, unit.ja):
            yield unit.ja[: found.start()] + change(found) + unit.ja[found.end() :]

    return plant


def other_digit(found: re.Match[str]) -> str:
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
    for english, right, wrong in DEPRECATED:
        if right in unit.ja and english.search(unit.en):
            yield unit.ja.replace(right, wrong)


PLANTS: dict[str, tuple[str, Plant]] = {
    "防衛省 for 防衛庁": ("T202", replaced("防衛庁(?!長官)", lambda _: "防衛省")),
    "another number": ("T401 T402", replaced(r"\d[\d,]*", other_digit)),
    "the year before": ("T402", replaced(r"\d{4}(?=年)", lambda m: str(int(m.group()) - 1))),
    "平成17年 for 平成18年": (
        "T402",
        replaced(r"平成(\d+)年", lambda m: f"平成{int(m.group(1)) - 1}年"),
    ),
    "the wrong year of an era": (
        "T402",
        replaced(r"(199\d|200\d)年", lambda m: f"平成{int(m.group(1)) - 1989}年"),
    ),
    "another month": ("T402", replaced(r"\d+(?=月)", lambda m: str(int(m.group()) % 12 + 1))),
    "another day": ("T402", replaced(r"\d+(?=日(?!間))", lambda m: str(int(m.group()) % 28 + 1))),
    "万 for 億": ("T401", replaced(r"(?<=\d)億", lambda _: "万")),
    "億 for 万": ("T401", replaced(r"(?<=\d)万", lambda _: "億")),
    "another kanji numeral": (
        "T401 T402",
        replaced("[二三四五六七](?=つ|人|か国|隻|機|段階)", lambda _: "九"),
    ),
    "a deprecated term": ("T201", deprecated),
    "a dropped sentence": ("T501", lambda unit: iter([""])),
    "the source left as it is": ("T503", lambda unit: iter([unit.en] if len(unit.en) > 30 else [])),
}
_EACH = 20


def test_planted_errors_are_found(passages: list[tuple[ar.Document, list[Unit]]]) -> None:
    glossary = ar.reference_glossary()
    planted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for name, (codes, plant) in PLANTS.items():
        sites = [
            (document, units, place, text)
            for document, units in passages
            for place, unit in enumerate(units)
            for text in plant(unit)
            if text != unit.ja
        ]
        for document, units, place, text in random.Random(7).sample(sites, min(_EACH, len(sites))):
            wrong = [attrs.evolve(u, ja=text) if n == place else u for n, u in enumerate(units)]
            findings = ar.check_units(wrong, glossary, as_of=document.issued.latest())
            planted[name] += 1
            found[name] += any(f.unit == place and f.code in codes.split() for f in findings)
    assert set(planted) == set(PLANTS)
    assert {name for name in PLANTS if found[name] < 0.8 * planted[name]} == set()
    assert found.total() >= 0.95 * planted.total(), {n: (found[n], planted[n]) for n in planted}
