"""Crossings: what stands in both texts, but not in the same order.

A tiling cannot join two segments across others, so the moved one ends up in two gaps. Only what stands in
gaps on both sides is looked at again, as a small bitext of its own without order.
"""

import math
from collections.abc import Sequence

from alliance_ref.alignment.feature_links import Links
from alliance_ref.alignment.features import EnglishTerms, JapaneseTerms
from alliance_ref.alignment.lengths import Lengths
from alliance_ref.alignment.lexicon import Lexicon
from alliance_ref.alignment.result import Bead, Crossing
from alliance_ref.alignment.scoring import Evidence, places_of_english, places_of_japanese
from alliance_ref.alignment.search_band import whole
from alliance_ref.records import Segment

_LARGEST = 40_000
_LEAST = 5.0


def find_crossings(
    english: Sequence[Segment],
    japanese: Sequence[Segment],
    terms: tuple[Sequence[EnglishTerms], Sequence[JapaneseTerms]],
    links: Links,
    lexicons: Sequence[Lexicon],
    beads: Sequence[Bead],
) -> tuple[Crossing, ...]:
    """The pairs of lone segments that are each other's best counterpart and clearly belong together."""
    rows = [en[0] for en, ja in beads if not ja]
    columns = [ja[0] for en, ja in beads if not en]
    if not rows or not columns or len(rows) * len(columns) > _LARGEST:
        return ()
    # Whole texts again give the chances, but only the lone segments are compared.
    where_en = places_of_english([terms[0][i] for i in rows])
    where_ja = places_of_japanese([terms[1][j] for j in columns])
    known = {
        ja_key: {en_key: clue for en_key, clue in found.items() if en_key in where_en}
        for ja_key, found in links.items()
        if ja_key in where_ja
    }
    lengths = Lengths([english[i].text for i in rows], [japanese[j].text for j in columns])
    corridor = whole(len(rows), len(columns))
    evidence = Evidence(where_en, where_ja, known, lexicons, corridor, (lengths.sums_en, lengths.sums_ja))
    scores = {
        (i, j): evidence.span(i, 1, j, 1) + lengths.fit(i, 1, j, 1)
        for i in range(len(rows))
        for j, bound in enumerate(evidence.bounds(i, 1, 1, 0, len(columns)))
        if bound > 0
    }
    best_en: dict[int, float] = {}
    best_ja: dict[int, float] = {}
    for (i, j), score in scores.items():
        best_en[i] = max(best_en.get(i, score), score)
        best_ja[j] = max(best_ja.get(j, score), score)
    # The odds of a match among so many candidates, as a probability.
    doubt = float(max(len(rows), len(columns)))
    return tuple(
        Crossing(rows[i], columns[j], round(_probability(score, doubt), 4))
        for (i, j), score in sorted(scores.items())
        if score > _LEAST and score == best_en[i] == best_ja[j]
    )


def _probability(score: float, doubt: float) -> float:
    odds = math.exp(min(score, 40.0)) / doubt
    return odds / (1.0 + odds)
