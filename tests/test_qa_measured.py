"""The accuracy of the translation checks on the shipped passages, which are correct translations.

Every finding there is a false alarm (or a mistake in the data), and planted errors must be found. The
bounds are slightly looser than the measured figures in docs/benchmarks/glossaries.md.
"""

from collections import Counter

import attrs

import alliance_ref as ar
from alliance_ref.reference import Reference
from planted import PLANTS, is_found, passages, sites


def test_false_alarms_are_as_few_as_a_translator_would_accept(shipped: Reference) -> None:
    documents = [document for document in shipped.documents() if document.passages]
    glossary = ar.reference_glossary()
    found: Counter[str] = Counter()
    units = 0
    for document in documents:
        units += sum(len(passage.units) for passage in document.passages)
        day = document.issued.latest() if document.issued else None
        found += Counter(f.code for f in ar.check_units([document], glossary, as_of=day))
    per_hundred = {code: 100 * count / units for code, count in found.items()}
    assert units > 1000
    assert sum(per_hundred.values()) <= 1, per_hundred


def test_false_alarms_stay_few_without_documents_and_dates() -> None:
    units = [attrs.evolve(unit, document="") for _, passage in passages() for unit in passage]
    found = Counter(one.code for one in ar.check_units(units))
    assert 100 * found.total() / len(units) <= 2, found


_EACH = 20


def test_planted_errors_are_found() -> None:
    glossary = ar.reference_glossary()
    planted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    true = passages()
    for name, (codes, plant) in PLANTS.items():
        for site in sites(true, plant, _EACH):
            planted[name] += 1
            found[name] += is_found(site, codes, glossary)
    assert set(planted) == set(PLANTS)
    assert {name for name in PLANTS if found[name] < 0.8 * planted[name]} == set()
    assert found.total() >= 0.95 * planted.total(), {n: (found[n], planted[n]) for n in planted}
