"""Units of a finished alignment: beads, set-aside segments and gaps in order, with calibrated confidence.

The posterior probability of a bead is accurate. That of a gap is not: next to a gap of the other language,
the two may be a free translation of each other, and such gaps are wrong more often than their posterior
suggests; other gaps are right more often. The odds of a gap are therefore multiplied by one of two factors.
"""

from collections.abc import Sequence

from alliance_ref.alignment.constraints import Constraints
from alliance_ref.alignment.forward_backward import CandidateBead, best_tiling, gap_posteriors
from alliance_ref.alignment.result import Bead
from alliance_ref.records import AlignedUnit, Gap, Segment
from alliance_ref.records.passages import UnitStatus

_ODDS_ALONE = 2.1
_ODDS_NEXT_TO_OTHER = 0.5
"""Factors of the odds of gaps, for runs of gaps of one language and of both languages.

Fitted by logistic regression to the 2,000 gaps that the core reports on the development sets except
long_ami_gap30.
"""


def build_units(
    english: Sequence[Segment],
    japanese: Sequence[Segment],
    candidates: Sequence[CandidateBead],
    constraints: Constraints,
) -> tuple[tuple[AlignedUnit, ...], tuple[Bead, ...]]:
    """Return the best tiling as units and as beads of indices."""
    rows, columns = len(english), len(japanese)
    decided = set(constraints.fixed)
    decided_en = {i for en, ja in decided if not ja for i in en}
    decided_ja = {j for en, ja in decided if not en for j in ja}
    other_en, other_ja = constraints.other_en, constraints.other_ja
    gaps_en, gaps_ja = gap_posteriors(rows, columns, candidates)
    units: list[AlignedUnit] = []
    beads: list[Bead] = []

    def add_gaps(run_en: range, run_ja: range) -> None:
        both = any(i not in other_en for i in run_en) and any(j not in other_ja for j in run_ja)
        for i in run_en:
            beads.append(((i,), ()))
            gap, status, confidence = _gap(i in other_en, i in decided_en, gaps_en[i], both)
            units.append(AlignedUnit((english[i],), gap, status, confidence))
        for j in run_ja:
            beads.append(((), (j,)))
            gap, status, confidence = _gap(j in other_ja, j in decided_ja, gaps_ja[j], both)
            units.append(AlignedUnit(gap, (japanese[j],), status, confidence))

    next_en = next_ja = 0
    for bead in best_tiling(rows, columns, candidates):
        add_gaps(range(next_en, bead.i), range(next_ja, bead.j))
        next_en, next_ja = bead.i + bead.a, bead.j + bead.b
        indices = tuple(range(bead.i, next_en)), tuple(range(bead.j, next_ja))
        units.append(
            AlignedUnit(
                tuple(english[bead.i : next_en]),
                tuple(japanese[bead.j : next_ja]),
                "confirmed" if indices in decided else "aligned",
                round(bead.probability, 4),
            )
        )
        beads.append(indices)
    add_gaps(range(next_en, rows), range(next_ja, columns))
    return tuple(units), tuple(beads)


def _gap(
    is_other_language: bool, is_decided: bool, probability: float, both_languages: bool
) -> tuple[Gap, UnitStatus, float]:
    """Return the gap opposite a segment, with the status and confidence of the unit."""
    gap = Gap("other-language" if is_other_language else "unaligned")
    if is_other_language or is_decided:
        return gap, "confirmed" if is_decided else "aligned", 1.0
    return gap, "aligned", round(_calibrated(probability, both_languages), 4)


def _calibrated(probability: float, both_languages: bool) -> float:
    """Return the probability that a gap is correct, given its posterior *probability*.

    Args:
        probability: The posterior probability.
        both_languages: Whether the run of gaps contains segments of both languages.
    """
    weight = probability * (_ODDS_NEXT_TO_OTHER if both_languages else _ODDS_ALONE)
    return weight / (weight + 1 - probability) if weight else 0.0
