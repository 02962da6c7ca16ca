"""Aligning two sequences of segments: the steps in order, each in a module of its own.

Terms of every segment → links between the two vocabularies → corridor → evidence and lengths → lattice →
the tiling with most segments expected to be right.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

import attrs

from alliance_ref.alignment.crossings import find_crossings
from alliance_ref.alignment.feature_links import find_links
from alliance_ref.alignment.features import all_english_terms, all_japanese_terms
from alliance_ref.alignment.forward_backward import alone, best_tiling, posteriors
from alliance_ref.alignment.lengths import BEST_FIT, Lengths
from alliance_ref.alignment.lexicon import STOP_WORDS, Lexicon, Lexicons, general_words
from alliance_ref.alignment.result import Alignment
from alliance_ref.alignment.result import Bead as IndexPair
from alliance_ref.alignment.scoring import Evidence, places_of_english, places_of_japanese
from alliance_ref.alignment.search_band import Corridor, find_corridor, rare_pairs, whole
from alliance_ref.alignment.sentence_vectors import Fits, Scorer
from alliance_ref.errors import InvalidSegments, WrongLanguage
from alliance_ref.progress import Meter, Progress
from alliance_ref.records import AlignedUnit, Gap, Segment

_JAPANESE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff\uff66-\uff9f]")
_LETTER = re.compile(r"[^\W\d_]")
_TOO_FEW_LETTERS = 10


def align(
    en: Sequence[str | Segment],
    ja: Sequence[str | Segment],
    *,
    lexicon: Lexicon | None = None,
    scorer: Scorer | None = None,
    progress: Progress | None = None,
) -> Alignment:
    """The alignment of two sequences of segments, sentences or paragraphs alike.

    Args:
        en: The English segments in order.
        ja: The Japanese segments in order.
        lexicon: Words to know beside the shipped ones, such as a :class:`WordList` of one's own terms.
        scorer: More evidence, such as that of sentence vectors (:func:`neural`).
        progress: Called with the steps done and the steps there are, now and then, for a progress bar.

    Raises:
        WrongLanguage: The sides are swapped, or both in one language.
        InvalidSegments: A side is a plain string or holds other things than segments.

    >>> import alliance_ref as ar
    >>> alignment = ar.align(["The alliance changed.", "Nobody noticed."], ["同盟は変わった。"])
    >>> alignment.beads
    (((0,), (0,)), ((1,), ()))
    """
    english, japanese = _segments(en, "en"), _segments(ja, "ja")
    _check_languages(english, japanese)
    lexicons = (general_words(),) if lexicon is None else (general_words(), lexicon)
    meter = Meter(steps(len(english), len(japanese), scorer), progress)
    return _aligned(english, japanese, lexicons, scorer, meter)


def steps(rows: int, columns: int, scorer: Scorer | None) -> int:
    """How many steps it takes to align so many segments, as the progress is told."""
    vectors = rows + columns if scorer is not None and rows and columns else 0
    return columns + rows + vectors + rows + 1


def _aligned(
    english: Sequence[Segment],
    japanese: Sequence[Segment],
    lexicons: Sequence[Lexicon],
    scorer: Scorer | None,
    meter: Meter,
) -> Alignment:
    rows, columns = len(english), len(japanese)
    en_texts, ja_texts = [s.text for s in english], [s.text for s in japanese]
    ja_terms, renderings = all_japanese_terms(ja_texts, lexicons, meter)
    phrases = {key for keys in renderings.values() for key in keys if " " in key}

    knows = lexicons[0].knows if len(lexicons) == 1 else Lexicons(*lexicons).knows

    def is_known(key: str) -> bool:
        return key in STOP_WORDS or knows(key)

    def is_phrase(key: str) -> bool:
        return key in phrases or knows(key)

    en_terms = all_english_terms(en_texts, is_phrase, meter)
    links = find_links(en_terms, ja_terms, renderings, is_known)
    where_en, where_ja = places_of_english(en_terms), places_of_japanese(ja_terms)
    groups = ((where_en[en_key], where_ja[ja_key]) for ja_key, found in links.items() for en_key in found)
    corridor: Corridor = whole(rows, columns)
    if rows and columns:
        corridor = find_corridor(rows, columns, rare_pairs(groups, rows, columns))
    lengths = Lengths(en_texts, ja_texts)
    evidence = Evidence(where_en, where_ja, links, lexicons, corridor, (lengths.sums_en, lengths.sums_ja))

    fits = scorer.fits(en_texts, ja_texts, meter.tick) if scorer is not None and rows and columns else None
    beads = posteriors(rows, columns, corridor, _Scores(evidence, lengths, fits), meter)
    alone_en, alone_ja = alone(rows, columns, beads)
    units: list[AlignedUnit] = []
    pairs: list[IndexPair] = []
    at_en = at_ja = 0

    def gaps(to_en: int, to_ja: int) -> None:
        for i in range(at_en, to_en):
            units.append(AlignedUnit((english[i],), Gap("unaligned"), "aligned", round(alone_en[i], 4)))
            pairs.append(((i,), ()))
        for j in range(at_ja, to_ja):
            units.append(AlignedUnit(Gap("unaligned"), (japanese[j],), "aligned", round(alone_ja[j], 4)))
            pairs.append(((), (j,)))

    for bead in best_tiling(rows, columns, beads):
        gaps(bead.i, bead.j)
        at_en, at_ja = bead.i + bead.a, bead.j + bead.b
        units.append(
            AlignedUnit(
                tuple(english[bead.i : at_en]),
                tuple(japanese[bead.j : at_ja]),
                "aligned",
                round(bead.probability, 4),
            )
        )
        pairs.append((tuple(range(bead.i, at_en)), tuple(range(bead.j, at_ja))))
    gaps(rows, columns)
    crossings = find_crossings(english, japanese, (en_terms, ja_terms), links, lexicons, pairs)
    return Alignment(tuple(units), tuple(pairs), crossings)


@attrs.frozen
class _Scores:
    """All evidence for a span together; what the bound alone dismisses is not worked out."""

    evidence: Evidence
    lengths: Lengths
    scorer: Fits | None

    def row(self, i: int, a: int, b: int, low: int, high: int, needed: float) -> Iterator[tuple[int, float]]:
        bounds = self.evidence.bounds(i, a, b, low, high)
        if self.scorer is None:
            needed -= BEST_FIT
            for j, bound in enumerate(bounds, start=low):
                if bound > needed and (value := self.evidence.span(i, a, j, b)) > needed:
                    yield j, value + self.lengths.fit(i, a, j, b)
        else:
            others = self.scorer.row(i, a, b, low, high)
            for j, (bound, other) in enumerate(zip(bounds, others, strict=True), start=low):
                if bound + other + BEST_FIT > needed:
                    yield j, self.evidence.span(i, a, j, b) + other + self.lengths.fit(i, a, j, b)


def _segments(side: Sequence[str | Segment], lang: Literal["en", "ja"]) -> list[Segment]:
    if isinstance(side, str):
        raise InvalidSegments(lang, "a string")
    segments = []
    for segment in side:
        if isinstance(segment, Segment):
            segments.append(segment)
        elif isinstance(segment, str):
            segments.append(Segment(segment, lang, 0, len(segment)))
        else:
            raise InvalidSegments(lang, f"one that holds {type(segment).__name__}")
    return segments


def _check_languages(english: Sequence[Segment], japanese: Sequence[Segment]) -> None:
    """Refuses sides that cannot be what they should be; a few foreign lines among others are normal."""
    japanese_is_english = _has_no_japanese(japanese)
    if _is_mostly_japanese(english):
        raise WrongLanguage("en", "Japanese", swapped=japanese_is_english)
    if japanese_is_english:
        raise WrongLanguage("ja", "English")


def _is_mostly_japanese(segments: Sequence[Segment]) -> bool:
    found = sum(len(_JAPANESE.findall(item.text)) for item in segments if not item.text.isascii())
    return found > 0 and 2 * found > sum(len(_LETTER.findall(item.text)) for item in segments)


def _has_no_japanese(segments: Sequence[Segment]) -> bool:
    """Whether there are letters enough to tell, and none of them Japanese."""
    if any(_JAPANESE.search(item.text) for item in segments):
        return False
    return sum(len(_LETTER.findall(item.text)) for item in segments) >= _TOO_FEW_LETTERS
