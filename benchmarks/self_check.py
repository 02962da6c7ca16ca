"""Findings of a glossary that is checked against the units from which it was built.

    python benchmarks/self_check.py

The glossary has the pairs of two or more units. Each T101 finding is a false alarm: the units are
translations as they are. To show that mistakes are still found, the renderings of preferred terms are then
replaced by a wrong word, one at a time.
"""

import json
import random
from collections.abc import Iterator, Sequence

import attrs

import alliance_ref as ar
from extraction import shipped
from glossary_accuracy import rust
from glossary_terms.units import BITEXTS, shipped_units

PLANTED = 200
WRONG = "梅干し"


def dialogues() -> Iterator[ar.TranslationUnit]:
    """The gold beads of the business dialogues."""
    for line in (BITEXTS / "dev" / "long_bsd.jsonl").read_text("utf-8").splitlines():
        text = json.loads(line)
        for number, (en, ja) in enumerate(text["gold"]):
            if en and ja:
                sides = (
                    " ".join(text["en"][place] for place in en),
                    "".join(text["ja"][place] for place in ja),
                )
                yield ar.TranslationUnit(*sides, text["id"], number)


def planted(glossary: ar.Glossary, units: Sequence[ar.TranslationUnit]) -> tuple[int, int]:
    """Return how many wrong terms were planted, and how many of them self_check finds."""
    by_place = {(unit.document, unit.number): unit for unit in units}
    sites = [
        (concept, by_place[place.passage, place.unit])
        for concept in glossary
        if concept.ja.terms[0].status == "preferred"
        for place in concept.renderings[0].attestations[:1]
    ]
    drawn = random.Random(1).sample(sites, min(PLANTED, len(sites)))  # noqa: S311  # not for secrets
    found = 0
    for concept, unit in drawn:
        wrong = unit.ja
        for term in sorted(concept.ja, key=lambda term: -len(term.text)):
            wrong = wrong.replace(term.text, WRONG)
        before = ar.self_check(glossary, [unit])
        found += len(ar.self_check(glossary, [attrs.evolve(unit, ja=wrong)])) > len(before)
    return len(drawn), found


def report(name: str, units: Sequence[ar.TranslationUnit]) -> None:
    """Print the figures of one memory."""
    glossary = ar.build_glossary(units, min_frequency=2)
    preferred = sum(concept.ja.terms[0].status == "preferred" for concept in glossary)
    alarms = len(ar.self_check(glossary, units))
    sites, found = planted(glossary, units)
    print(
        f"{name}: {len(units)} units, {len(glossary)} concepts, {preferred} preferred,"
        f" {100 * alarms / len(units):.1f} T101 per 100 units, {found} of {sites} planted wrong terms found"
    )


def main() -> None:
    """Print a line for each memory."""
    report("shipped passages", shipped())
    if not (BITEXTS / "dev").is_dir():
        print(f"self_check: only the shipped passages, no bitexts in {BITEXTS}")
        return
    report("Rust book", _records(rust()[0]))
    report("news, documentation and sentences", _records(shipped_units()))
    report("business dialogues", tuple(dialogues()))


def _records(units: object) -> tuple[ar.TranslationUnit, ...]:
    """Return the units of the benchmarks as records."""
    return tuple(ar.TranslationUnit(*unit) for unit in units)  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
