"""The aligner on the development bitexts in ../shared/bitext: minimum accuracy."""

import importlib.util
import os
from types import ModuleType

import pytest

from alliance_ref.alignment import align

BITEXTS = os.path.join(os.path.dirname(__file__), "..", "..", "shared", "bitext")

# Strict F1 and gap F1, well below the measured figures (docs/benchmarks/alignment.md).
FLOORS = {"merge": (96, 0), "nat_news": (92, 0), "gap80": (94, 97), "mix": (93, 90), "tanaka_gap30": (96, 94)}


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    path = os.path.join(BITEXTS, "score.py")
    if not os.path.exists(path):
        pytest.skip("no development bitexts in ../shared/bitext")
    spec = importlib.util.spec_from_file_location("bitext_score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", FLOORS)
def test_accuracy_on_the_development_bitexts(scorer: ModuleType, name: str) -> None:
    ((_, documents),) = scorer.sets("dev", BITEXTS, [name])
    summary = scorer.run_set(documents, align=align)
    strict, gap = FLOORS[name]
    assert 100 * summary["strict_f"] >= strict
    assert not summary["gold_gaps"] or 100 * summary["gap_f"] >= gap


def test_confidence_is_calibrated(scorer: ModuleType) -> None:
    """Units at 0.9 or more are nearly all correct; units below 0.7 often are not."""
    sure, doubtful = [], []
    for _, documents in scorer.sets("dev", BITEXTS, ["mix", "boiler", "gap80"]):
        for document in documents:
            gold = {(tuple(en), tuple(ja)) for en, ja in document["gold"]}
            alignment = align(document["en"], document["ja"])
            for unit, bead in zip(alignment.units, alignment.beads, strict=True):
                assert unit.confidence is not None
                if unit.confidence >= 0.9:
                    sure.append(bead in gold)
                elif unit.confidence < 0.7:
                    doubtful.append(bead in gold)
    assert sum(sure) / len(sure) > 0.95
    assert sum(doubtful) / len(doubtful) < 0.8
