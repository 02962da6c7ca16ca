"""Concepts from the pairs of all chunks: terms, renderings, scores and attestations."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import pairwise

from alliance_ref.extraction.aggregation import (
    VERBAL_ENDINGS,
    Pair,
    PairTable,
    TermPair,
    aggregate,
)
from alliance_ref.extraction.association import noisy_or, shrunk_cosine
from alliance_ref.extraction.background import Background
from alliance_ref.extraction.records import MAX_PLACES, Model, PairedChunk
from alliance_ref.extraction.selection import Choice, as_listed, choose, units_with
from alliance_ref.glossary.glossary import Glossary
from alliance_ref.records import (
    GlossaryConcept,
    Lang,
    LanguageSection,
    NameStatus,
    Occurrence,
    PairAttestation,
    Rendering,
    Term,
    Use,
)
from alliance_ref.text.japanese.readings import reading
from alliance_ref.text.romanization import romanize
from alliance_ref.text.stemming import fold_latin

# Set by hand on the development half of benchmarks/glossary_terms, except the calibration; no script refits
# them.
_MIN_ENDING_SHARE = 0.7
"""Minimum share of units in which a noun is followed by する or に, for this to be part of the rendering."""

_CALIBRATION = ((0.0, 0.05), (0.2, 0.3), (0.35, 0.42), (0.45, 0.75), (0.55, 0.93), (0.8, 0.97), (1.0, 0.99))
"""Points of evidence and the share of pairs with so much evidence that were correct.

Read off the 258 terms of the development half of benchmarks/glossary_terms, most of which occur once, and
rounded down where there are few terms; no script refits them.
"""

MIN_CONSISTENCY = 0.98
"""Minimum share of the units with an English term that contain one of its renderings.

The pair of a term with a lower share is not preferred: the units render the term in other ways as well, so
that a check cannot ask for one.
"""

_EVIDENCE_WEIGHT = 0.8
"""Weight of the mean quality and of the cosine in the evidence of a pair."""

_MAX_SCORE = 0.99
"""Upper limit of a score."""

_KANA = re.compile(r"[\u3041-\u3096\u309d\u309e\u30a1-\u30fc\u30fd\u30fe ]+")


def assemble(
    chunks: Iterable[PairedChunk],
    model: Model,
    background: Background,
    *,
    min_frequency: int = 1,
    terms_only: bool = True,
    identical: bool = True,
) -> Glossary:
    """Return the glossary of the pairs of all chunks; reliable and frequent concepts come first.

    Args:
        chunks: The pairs of all chunks, in the order of the chunks.
        model: The model that was learned from the same chunks.
        background: The background of the build.
        min_frequency: Minimum number of units of a pair; pairs of seed terms may occur in fewer.
        terms_only: Whether to leave out quantities and everyday words.
        identical: Whether to keep terms that are the same in both languages.
    """
    table = aggregate(chunks, background)
    choices = choose(
        table,
        model,
        background,
        min_frequency=min_frequency,
        terms_only=terms_only,
        identical=identical,
    )
    used = {choice.seed.id for choice in choices if choice.seed is not None}
    ids = dict.fromkeys(used, 1)
    return Glossary(tuple([_concept(choice, table, ids, model) for choice in choices]))


def _concept(choice: Choice, table: PairTable, ids: dict[str, int], model: Model) -> GlossaryConcept:
    """Return one concept with its terms, renderings and attestations."""
    english: dict[str, float] = {}
    japanese: dict[str, float] = {}
    renderings: dict[TermPair, Rendering] = {}
    least = _MAX_SCORE
    occurs = table.occurrences.get(choice.key, 0)
    for _value, seed, pair in choice.kept:
        # The renderings are in the order of their values; the score of none exceeds that of the one before.
        least = min(least, _score(pair, occurs, model))
        score = round(least, 3)
        shown = _spellings(pair, seed)
        for (e, j), forms in shown.items():
            english[e] = max(english.get(e, 0.0), score)
            japanese[j] = max(japanese.get(j, 0.0), score)
            renderings.setdefault((e, j), _rendering(e, j, score, pair, forms, table))
    passages = dict.fromkeys(
        place.passage
        for rendering in renderings.values()
        for place in rendering.attestations
        if "#" in place.passage
    )
    short = {
        text
        for text, count in table.abbreviations.get(choice.key, {}).items()
        if text not in english and count > 0
    }
    known = choice.seed
    preferred = known is not None or choice.consistency >= MIN_CONSISTENCY
    sections = [
        LanguageSection(
            lang,
            tuple(
                _known_term(known, text, lang) or _term(text, lang, score, preferred=preferred and place == 0)
                for place, (text, score) in enumerate(terms.items())
            )
            + (tuple(Term(text, "en", "abbreviation") for text in sorted(short)) if lang == "en" else ()),
            known.section(lang).definition if known else "",
        )
        for lang, terms in _sides(english, japanese)
    ]
    return GlossaryConcept(
        known.id if known else _slug(next(iter(english)), ids),
        sections[0],
        sections[1],
        subject=known.subject if known else "",
        note=known.note if known else "",
        renderings=tuple(renderings.values()),
        passages=tuple(passages),
        termhood=None if known else round(choice.termhood, 3),
    )


def _sides(
    english: dict[str, float], japanese: dict[str, float]
) -> tuple[tuple[Lang, dict[str, float]], ...]:
    return (("en", english), ("ja", japanese))


def _score(pair: Pair, occurs: int, model: Model) -> float:
    """Return the probability that a pair is correct, from the quality of its links and its frequency."""
    together = shrunk_cosine(pair.count, max(occurs, pair.count), units_with(pair, model))
    return _calibrated(noisy_or(_EVIDENCE_WEIGHT * pair.quality / pair.count, _EVIDENCE_WEIGHT * together))


def _calibrated(evidence: float) -> float:
    """Return the share of pairs with so much evidence that are correct, interpolated between points.

    >>> round(_calibrated(0.3), 2), round(_calibrated(0.7), 2)
    (0.38, 0.95)
    """
    for (low, least), (high, most) in pairwise(_CALIBRATION):
        if evidence <= high:
            return least + (most - least) * (evidence - low) / (high - low)
    return _CALIBRATION[-1][1]


def _spellings(pair: Pair, seed: str) -> dict[TermPair, list[TermPair]]:
    """Return the pairs of terms to list, most frequent first, each with the spellings that it covers."""
    by_form: dict[str, dict[str, int]] = {}
    for text, count in pair.english.items():
        by_form.setdefault(_without_ending(text), {})[text] = count
    shown: dict[TermPair, list[TermPair]] = {}
    for both in pair.evidence:
        e = seed or as_listed(by_form[_without_ending(both[0])])
        shown.setdefault((e, _with_ending(both[1], pair, seed)), []).append(both)
    counts = {both: sum(map(pair.count_of, forms)) for both, forms in shown.items()}
    return {both: shown[both] for both in sorted(shown, key=lambda both: (-counts[both], both))}


def _without_ending(text: str) -> str:
    """Return a term in lower case and, judging by its last letters, in the singular."""
    text = text.casefold()
    if text.endswith("ies"):
        return text[:-3] + "y"
    if text.endswith(("ches", "shes", "xes", "sses")):
        return text[:-2]
    return text if text.endswith(("ss", "us", "is")) else text.removesuffix("s")


def _with_ending(text: str, pair: Pair, seed: str) -> str:
    """Return the Japanese for a seed term, with する or に if it usually occurs with it."""
    if seed and not seed.endswith("ing"):
        for form in VERBAL_ENDINGS:
            if pair.forms.get(form, 0) >= _MIN_ENDING_SHARE * pair.count:
                return text + form
    return text


def _rendering(
    e: str, j: str, score: float, pair: Pair, forms: list[TermPair], table: PairTable
) -> Rendering:
    places = []
    uses: dict[str, int] = {}
    for both in forms:
        for japanese, (document, number, start_e, start_j) in pair.places(both):
            places.append(
                PairAttestation(
                    document,
                    number,
                    Occurrence(start_e, start_e + len(both[0]), both[0]),
                    Occurrence(start_j, start_j + len(japanese), japanese),
                )
            )
        for name, count in pair.uses(both).items():
            uses[name] = uses.get(name, 0) + count
    return Rendering(
        e,
        j,
        score,
        sum(map(pair.count_of, forms)),
        tuple(places[:MAX_PLACES]),
        tuple(Use(name, count, table.dates.get(name)) for name, count in uses.items()),
    )


def _known_term(concept: GlossaryConcept | None, text: str, lang: Lang) -> Term | None:
    """Return the term of the seed concept with this text, if any."""
    if concept is None:
        return None
    return next((term for term in concept.section(lang) if term.text == text), None)


def _term(text: str, lang: Lang, score: float, *, preferred: bool) -> Term:
    status: NameStatus = "preferred" if preferred else "admitted"
    if lang == "en":
        return Term(text, "en", status, reliability=score)
    kana = kana_reading(text)
    return Term(
        text,
        "ja",
        status,
        reading=kana,
        transliteration=romanize(kana) if kana else None,
        reliability=score,
    )


def kana_reading(text: str) -> str | None:
    """Return the reading of a Japanese term, if all of it can be read."""
    kana = reading(text, _decided_readings())
    return kana if _KANA.fullmatch(kana or "") else None


@cache
def _decided_readings() -> Mapping[str, tuple[str, ...]]:
    from alliance_ref.reference import load

    return load().decided_readings()


def _slug(text: str, ids: dict[str, int]) -> str:
    """Return a new id for an English term; *ids* counts those in use."""
    slug = re.sub(r"[^a-z0-9]+", "-", fold_latin(text).replace("'", "")).strip("-") or "term"
    while True:
        ids[slug] = number = ids.get(slug, 0) + 1
        made = slug if number == 1 else f"{slug}-{number}"
        if number == 1 or made not in ids:
            return made
