"""Alignment of two sequences of segments.

The steps, each in its own module: features of every segment and the links between them (`features`), the
search band (`search_band`), the scores of spans (`scoring`), the posterior probabilities of beads and the
best tiling (`forward_backward`). A tiling cannot join two segments across others, so a moved segment ends up
as two gaps; only the segments in gaps are then compared again, without regard to order, to find crossings.
"""

import math
import re
from collections.abc import Sequence
from typing import Literal

import attrs

from alliance_ref.alignment.features import (
    EnglishFeatures,
    JapaneseFeatures,
    Links,
    all_english_features,
    all_japanese_features,
    find_links,
)
from alliance_ref.alignment.forward_backward import CandidateBead, best_tiling, gap_posteriors, posteriors
from alliance_ref.alignment.lengths import LengthModel
from alliance_ref.alignment.lexicon import STOP_WORDS, Lexicon, Lexicons, general_words
from alliance_ref.alignment.result import Alignment, Bead, Crossing
from alliance_ref.alignment.scoring import (
    FeatureEvidence,
    SpanScores,
    english_places,
    japanese_places,
)
from alliance_ref.alignment.search_band import Band, find_band, full_band, rare_pairs
from alliance_ref.alignment.sentence_vectors import Scorer
from alliance_ref.errors import InvalidSegments, WrongLanguage
from alliance_ref.progress import Meter, Progress
from alliance_ref.records import AlignedUnit, Gap, Segment
from alliance_ref.text.scripts import JAPANESE

_JAPANESE = re.compile(f"[{JAPANESE}]")
_LETTER = re.compile(r"[^\W\d_]")

_MIN_LETTERS = 10
"""Letters that a side needs before its language is checked."""

_MAX_CROSSING_PAIRS = 40_000
"""Crossings are not searched if there are more pairs of an English and a Japanese gap than this."""

_MIN_CROSSING_SCORE = 5.0
"""Least score of a crossing, as log-odds; set by hand on texts with moved sentences, no script refits it."""

_MAX_LOG_ODDS = 40.0
"""Upper limit of the score of a crossing, so that its odds do not overflow."""


def align(
    en: Sequence[str | Segment],
    ja: Sequence[str | Segment],
    *,
    lexicon: Lexicon | None = None,
    scorer: Scorer | None = None,
    progress: Progress | None = None,
) -> Alignment:
    """Align two sequences of segments, which may be sentences or paragraphs.

    Args:
        en: The English segments in order.
        ja: The Japanese segments in order.
        lexicon: Translations of words in addition to the shipped list, for example a `WordList` of your own
            terms or `jmdict()`.
        scorer: Additional evidence, for example sentence vectors (`neural()`).
        progress: Called with the number of completed steps and the total, for a progress bar.

    Returns:
        The units that cover both sequences, each with the probability that it is correct.

    Raises:
        WrongLanguage: The sides are swapped, or both are in one language.
        InvalidSegments: A side is a plain string or contains something other than segments.

    >>> import alliance_ref as ar
    >>> alignment = ar.align(["The alliance changed.", "Nobody noticed."], ["同盟は変わった。"])
    >>> alignment.beads
    (((0,), (0,)), ((1,), ()))
    """
    english, japanese = _segments(en, "en"), _segments(ja, "ja")
    _check_languages(english, japanese)
    lexicons = (general_words(),) if lexicon is None else (general_words(), lexicon)
    meter = Meter(count_steps(len(english), len(japanese), scorer), progress)
    return _align(english, japanese, lexicons, scorer, meter)


def count_steps(rows: int, columns: int, scorer: Scorer | None) -> int:
    """Return the number of steps that aligning *rows* and *columns* segments reports to `progress`."""
    vectors = rows + columns if scorer is not None and rows and columns else 0
    return columns + rows + vectors + rows + 1


@attrs.frozen
class _Document:
    """The segments of a document with their features and links."""

    english: Sequence[Segment]
    japanese: Sequence[Segment]
    en_features: Sequence[EnglishFeatures]
    ja_features: Sequence[JapaneseFeatures]
    links: Links
    lexicons: Sequence[Lexicon]


def _align(
    english: Sequence[Segment],
    japanese: Sequence[Segment],
    lexicons: Sequence[Lexicon],
    scorer: Scorer | None,
    meter: Meter,
) -> Alignment:
    rows, columns = len(english), len(japanese)
    en_texts, ja_texts = [s.text for s in english], [s.text for s in japanese]
    document = _analyze(english, japanese, lexicons, meter)
    en_places, ja_places = english_places(document.en_features), japanese_places(document.ja_features)
    groups = ((en_places[en], ja_places[ja]) for ja, found in document.links.items() for en in found)
    band: Band = full_band(rows, columns)
    if rows and columns:
        band = find_band(rows, columns, rare_pairs(groups, rows, columns))
    lengths = LengthModel(en_texts, ja_texts)
    features = FeatureEvidence(en_places, ja_places, document.links, lexicons, band, lengths)
    fits = scorer.fits(en_texts, ja_texts, meter.tick) if scorer is not None and rows and columns else None
    candidates = posteriors(rows, columns, band, SpanScores(features, lengths, fits), meter)
    units, beads = _units(english, japanese, candidates)
    return Alignment(units, beads, _find_crossings(document, beads))


def _analyze(
    english: Sequence[Segment], japanese: Sequence[Segment], lexicons: Sequence[Lexicon], meter: Meter
) -> _Document:
    """Return the features and links of a document."""
    ja_features, renderings = all_japanese_features([s.text for s in japanese], lexicons, meter)
    phrases = {key for keys in renderings.values() for key in keys if " " in key}
    in_lexicon = lexicons[0].knows if len(lexicons) == 1 else Lexicons(*lexicons).knows

    def is_known(key: str) -> bool:
        return key in STOP_WORDS or in_lexicon(key)

    def is_phrase(key: str) -> bool:
        return key in phrases or in_lexicon(key)

    en_features = all_english_features([s.text for s in english], is_phrase, meter)
    links = find_links(en_features, ja_features, renderings, is_known)
    return _Document(english, japanese, en_features, ja_features, links, lexicons)


def _units(
    english: Sequence[Segment], japanese: Sequence[Segment], candidates: Sequence[CandidateBead]
) -> tuple[tuple[AlignedUnit, ...], tuple[Bead, ...]]:
    """Return the best tiling as units and as beads of indices."""
    rows, columns = len(english), len(japanese)
    gap_en, gap_ja = gap_posteriors(rows, columns, candidates)
    units: list[AlignedUnit] = []
    beads: list[Bead] = []
    next_en = next_ja = 0

    def add_gaps(end_en: int, end_ja: int) -> None:
        for i in range(next_en, end_en):
            units.append(AlignedUnit((english[i],), Gap("unaligned"), "aligned", round(gap_en[i], 4)))
            beads.append(((i,), ()))
        for j in range(next_ja, end_ja):
            units.append(AlignedUnit(Gap("unaligned"), (japanese[j],), "aligned", round(gap_ja[j], 4)))
            beads.append(((), (j,)))

    for bead in best_tiling(rows, columns, candidates):
        add_gaps(bead.i, bead.j)
        next_en, next_ja = bead.i + bead.a, bead.j + bead.b
        units.append(
            AlignedUnit(
                tuple(english[bead.i : next_en]),
                tuple(japanese[bead.j : next_ja]),
                "aligned",
                round(bead.probability, 4),
            )
        )
        beads.append((tuple(range(bead.i, next_en)), tuple(range(bead.j, next_ja))))
    add_gaps(rows, columns)
    return tuple(units), tuple(beads)


def _find_crossings(document: _Document, beads: Sequence[Bead]) -> tuple[Crossing, ...]:
    """Return the pairs of gaps that are each other's best counterpart and score high enough."""
    rows = [en[0] for en, ja in beads if not ja]
    columns = [ja[0] for en, ja in beads if not en]
    if not rows or not columns or len(rows) * len(columns) > _MAX_CROSSING_PAIRS:
        return ()
    scores = _crossing_scores(document, rows, columns)
    best_en: dict[int, float] = {}
    best_ja: dict[int, float] = {}
    for (i, j), score in scores.items():
        best_en[i] = max(best_en.get(i, score), score)
        best_ja[j] = max(best_ja.get(j, score), score)
    candidates = float(max(len(rows), len(columns)))
    return tuple(
        Crossing(rows[i], columns[j], round(_probability(score, candidates), 4))
        for (i, j), score in sorted(scores.items())
        if score > _MIN_CROSSING_SCORE and score == best_en[i] == best_ja[j]
    )


def _crossing_scores(
    document: _Document, rows: Sequence[int], columns: Sequence[int]
) -> dict[tuple[int, int], float]:
    """Return the scores of the pairs of an English segment of *rows* and a Japanese one of *columns*."""
    en_places = english_places([document.en_features[i] for i in rows])
    ja_places = japanese_places([document.ja_features[j] for j in columns])
    links = {
        ja_key: {en_key: link_type for en_key, link_type in found.items() if en_key in en_places}
        for ja_key, found in document.links.items()
        if ja_key in ja_places
    }
    lengths = LengthModel(
        [document.english[i].text for i in rows], [document.japanese[j].text for j in columns]
    )
    band = full_band(len(rows), len(columns))
    features = FeatureEvidence(en_places, ja_places, links, document.lexicons, band, lengths)
    return {
        (i, j): features.span(i, 1, j, 1) + lengths.span(i, 1, j, 1)
        for i in range(len(rows))
        for j, bound in enumerate(features.upper_bounds(i, 1, 1, 0, len(columns)))
        if bound > 0
    }


def _probability(score: float, candidates: float) -> float:
    """Return the probability of a match with log-odds *score* that was chosen from so many candidates."""
    odds = math.exp(min(score, _MAX_LOG_ODDS)) / candidates
    return odds / (1.0 + odds)


def _segments(side: Sequence[str | Segment], lang: Literal["en", "ja"]) -> list[Segment]:
    if isinstance(side, str):
        raise InvalidSegments(lang, "str")
    segments = []
    for segment in side:
        if isinstance(segment, Segment):
            segments.append(segment)
        elif isinstance(segment, str):
            segments.append(Segment(segment, lang, 0, len(segment)))
        else:
            raise InvalidSegments(lang, f"{type(side).__name__}[{type(segment).__name__}]")
    return segments


def _check_languages(english: Sequence[Segment], japanese: Sequence[Segment]) -> None:
    """Raise an error if a side cannot be in its language; a few lines in the other language are normal."""
    japanese_is_english = _has_no_japanese(japanese)
    if _is_mostly_japanese(english):
        raise WrongLanguage("en", "Japanese", swapped=japanese_is_english)
    if japanese_is_english:
        raise WrongLanguage("ja", "English")


def _is_mostly_japanese(segments: Sequence[Segment]) -> bool:
    found = sum(len(_JAPANESE.findall(item.text)) for item in segments if not item.text.isascii())
    return found > 0 and 2 * found > sum(len(_LETTER.findall(item.text)) for item in segments)


def _has_no_japanese(segments: Sequence[Segment]) -> bool:
    if any(_JAPANESE.search(item.text) for item in segments):
        return False
    return sum(len(_LETTER.findall(item.text)) for item in segments) >= _MIN_LETTERS
