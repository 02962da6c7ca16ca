"""Alignment of two sequences of segments.

The steps, each in its own module: features of every segment and the links between them (`features`), the
search band (`search_band`), the scores of spans (`scoring`), the posterior probabilities of beads and the
best tiling (`forward_backward`). A tiling cannot join two segments across others, so a moved segment ends up
as two gaps; only the segments in gaps are then compared again, without regard to order, to find crossings.
"""

from collections.abc import Iterable, Sequence
from typing import Literal

import attrs

from alliance_ref.alignment.constraints import (
    Constraints,
    block_bands,
    find_constraints,
    free_blocks,
    joined_band,
)
from alliance_ref.alignment.crossings import find_crossings, split_swaps
from alliance_ref.alignment.decisions import Decisions
from alliance_ref.alignment.features import (
    EnglishFeatures,
    JapaneseFeatures,
    Links,
    all_english_features,
    all_japanese_features,
    find_links,
)
from alliance_ref.alignment.forward_backward import CandidateBead
from alliance_ref.alignment.lengths import LengthModel
from alliance_ref.alignment.lexicon import STOP_WORDS, Lexicon, Lexicons, general_words
from alliance_ref.alignment.other_language import has_no_japanese, is_mostly_japanese
from alliance_ref.alignment.result import Alignment, Bead, Crossing
from alliance_ref.alignment.scoring import (
    FeatureEvidence,
    SpanScores,
    english_places,
    japanese_places,
)
from alliance_ref.alignment.search_band import full_band, rare_pairs
from alliance_ref.alignment.sentence_vectors import Scorer
from alliance_ref.alignment.units import build_units
from alliance_ref.errors import InvalidSegments, WrongLanguage
from alliance_ref.progress import Meter, Progress
from alliance_ref.records import Segment


def align(
    en: Sequence[str | Segment],
    ja: Sequence[str | Segment],
    *,
    fixed: Iterable[tuple[int, int] | Bead] | Decisions = (),
    lexicon: Lexicon | None = None,
    scorer: Scorer | None = None,
    progress: Progress | None = None,
) -> Alignment:
    """Align two sequences of segments, which may be sentences or paragraphs.

    Args:
        en: The English segments in order.
        ja: The Japanese segments in order.
        fixed: Decisions to keep: pairs of an English and a Japanese index, or beads of indices (one side of a
            bead is empty for a gap), or a corrected table (`read_decisions`). The rest is aligned around
            them. A pair that crosses the others is reported in `crossings`.
        lexicon: Translations of words in addition to the shipped list, for example a `WordList` of your own
            terms or `jmdict()`.
        scorer: Additional evidence, for example sentence vectors (`neural()`).
        progress: Called with the number of completed steps and the total, for a progress bar.

    Returns:
        The units that cover both sequences, each with the probability that it is correct.

    Raises:
        WrongLanguage: The sides are swapped, or both are in one language.
        InvalidSegments: A side is a plain string or contains something other than segments.
        InvalidValue: A decision names a segment that does not exist, or two decisions contradict each other.
        UnreadableFile: A corrected table does not belong to these segments.

    >>> import alliance_ref as ar
    >>> alignment = ar.align(["The alliance changed.", "Nobody noticed."], ["同盟は変わった。"])
    >>> alignment.beads
    (((0,), (0,)), ((1,), ()))
    """
    english, japanese = _segments(en, "en"), _segments(ja, "ja")
    _check_languages(english, japanese)
    lexicons = (general_words(),) if lexicon is None else (general_words(), lexicon)
    meter = Meter(count_steps(len(english), len(japanese), scorer), progress)
    decided = fixed.beads(english, japanese) if isinstance(fixed, Decisions) else fixed
    constraints = find_constraints(english, japanese, decided)
    return _align(english, japanese, lexicons, scorer, constraints, meter)


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
    constraints: Constraints,
    meter: Meter,
) -> Alignment:
    rows, columns = len(english), len(japanese)
    en_texts, ja_texts = [s.text for s in english], [s.text for s in japanese]
    document = _analyze(english, japanese, lexicons, constraints, meter)
    en_places, ja_places = english_places(document.en_features), japanese_places(document.ja_features)
    groups = ((en_places[en], ja_places[ja]) for ja, found in document.links.items() for en in found)
    pairs = rare_pairs(groups, rows, columns) if rows and columns else {}
    blocks = free_blocks(rows, columns, constraints)
    bands = block_bands(blocks, pairs)
    del pairs
    lengths = LengthModel(en_texts, ja_texts)
    features = FeatureEvidence(
        en_places, ja_places, document.links, lexicons, joined_band(rows, columns, blocks, bands), lengths
    )
    fits = scorer.fits(en_texts, ja_texts, meter.tick) if scorer is not None and rows and columns else None
    scores = SpanScores(features, lengths, fits)
    candidates = [
        CandidateBead(en[0], len(en), ja[0], len(ja), 1.0) for en, ja in constraints.fixed if en and ja
    ]
    for block, band in zip(blocks, bands, strict=True):
        candidates += block.posteriors(band, scores, meter)
    units, beads = build_units(english, japanese, candidates, constraints)
    return _with_crossings(document, Alignment(units, beads), constraints)


def _analyze(
    english: Sequence[Segment],
    japanese: Sequence[Segment],
    lexicons: Sequence[Lexicon],
    constraints: Constraints,
    meter: Meter,
) -> _Document:
    """Return the features and links of a document; segments in the other language have none."""
    ja_texts = ["" if j in constraints.other_ja else s.text for j, s in enumerate(japanese)]
    en_texts = ["" if i in constraints.other_en else s.text for i, s in enumerate(english)]
    ja_features, renderings = all_japanese_features(ja_texts, lexicons, meter)
    phrases = {key for keys in renderings.values() for key in keys if " " in key}
    in_lexicon = lexicons[0].knows if len(lexicons) == 1 else Lexicons(*lexicons).knows

    def is_known(key: str) -> bool:
        return key in STOP_WORDS or in_lexicon(key)

    def is_phrase(key: str) -> bool:
        return key in phrases or in_lexicon(key)

    en_features = all_english_features(en_texts, is_phrase, meter)
    links = find_links(en_features, ja_features, renderings, is_known)
    return _Document(english, japanese, en_features, ja_features, links, lexicons)


def _with_crossings(document: _Document, alignment: Alignment, constraints: Constraints) -> Alignment:
    """Return *alignment* with its crossings, and with swapped sentences that it had joined taken apart."""

    def scores_of(rows: Sequence[int], columns: Sequence[int]) -> dict[tuple[int, int], float]:
        return _crossing_scores(document, rows, columns)

    alignment = split_swaps(alignment, scores_of)
    blocked_en, blocked_ja = constraints.blocked_en, constraints.blocked_ja
    free = [
        (en, ja)
        for en, ja in alignment.beads
        if (en and ja) or not (blocked_en.intersection(en) or blocked_ja.intersection(ja))
    ]
    decided = tuple(Crossing(i, j, 1.0, "confirmed") for i, j in constraints.moved)
    found = (*decided, *find_crossings(free, scores_of))
    return attrs.evolve(alignment, crossings=tuple(sorted(found, key=lambda item: (item.en, item.ja))))


def _crossing_scores(
    document: _Document, rows: Sequence[int], columns: Sequence[int]
) -> dict[tuple[int, int], float]:
    """Return the positive scores of the pairs of the English segments *rows* and the Japanese *columns*."""
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
    scores = {
        (rows[i], columns[j]): bound + lengths.span(i, 1, j, 1)
        for i in range(len(rows))
        for j, bound in enumerate(features.upper_bounds(i, 1, 1, 0, len(columns)))
        if bound > 0
    }
    return {pair: score for pair, score in scores.items() if score > 0}


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
    japanese_is_english = has_no_japanese(japanese)
    if is_mostly_japanese(english):
        raise WrongLanguage("en", "Japanese", swapped=japanese_is_english)
    if japanese_is_english:
        raise WrongLanguage("ja", "English")
