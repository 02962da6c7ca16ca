"""Operations on single concepts and pairs of concepts: keys of terms, counterparts, changes of status.

Concepts of two glossaries are the same if their ids agree. Glossaries from different sources have no common
ids, so terms must decide, and one term is not enough: "order" is both 秩序 and 命令. Two concepts are
the same if a term of each language agrees, in any spelling. Each concept has at most one counterpart, so
homonyms, which also share a pair of terms, stay separate.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence

import attrs

from alliance_ref.errors import UnknownTerm
from alliance_ref.records.entries import NameStatus
from alliance_ref.records.glossary import UNUSABLE, GlossaryConcept, LanguageSection, RejectedPair, Term
from alliance_ref.records.values import LANGS, Lang, PartialDate, Period
from alliance_ref.text.folding import name_key
from alliance_ref.text.keys import english_key, okurigana_key


def term_key(text: str, lang: Lang) -> str:
    """Return the key of a term, which ignores plural endings, British spelling and okurigana.

    >>> term_key("inter-operability", "en"), term_key("引き渡し", "ja"), term_key("+", "en")
    ('interoperability', '引渡', '+')
    """
    key = english_key(text).replace(" ", "") if lang == "en" else okurigana_key(text)
    return key or name_key(text) or text


def periods_overlap(one: Period, other: Period) -> bool:
    """Return whether two periods may have a day in common.

    >>> early, late = Period(end=PartialDate(2006)), Period(start=PartialDate(2007))
    >>> periods_overlap(early, late), periods_overlap(early, Period())
    (False, True)
    """

    def reaches(end: PartialDate | None, start: PartialDate | None) -> bool:
        return end is None or start is None or start.earliest() <= end.latest()

    return reaches(one.end, other.start) and reaches(other.end, one.start)


# Counterparts


def _keys(section: LanguageSection) -> frozenset[str]:
    correct = [term for term in section if term.status != "erroneous"] or section.terms
    return frozenset(term_key(term.text, section.lang) for term in correct)


def _all_keys(section: LanguageSection) -> frozenset[str]:
    return frozenset(term_key(term.text, section.lang) for term in section)


def _pairs(concept: GlossaryConcept) -> Iterator[tuple[str, str]]:
    """Return the pairs of keys that identify a concept; a missing language has an empty key."""
    en, ja = _keys(concept.en) or {""}, _keys(concept.ja) or {""}
    return ((one, other) for one in sorted(en) for other in sorted(ja))


def contradict(ours: GlossaryConcept, theirs: GlossaryConcept) -> bool:
    """Return whether two concepts with the same id have no common term in any language that both have."""
    if ours == theirs:
        return False
    disjoint = [
        _all_keys(ours.section(lang)).isdisjoint(_all_keys(theirs.section(lang)))
        for lang in LANGS
        if ours.section(lang).terms and theirs.section(lang).terms
    ]
    return bool(disjoint) and all(disjoint)


def counterparts(
    ours: Sequence[GlossaryConcept], theirs: Sequence[GlossaryConcept], *, by_id_alone: bool
) -> dict[int, int]:
    """Return the counterparts of two glossaries: positions in *theirs* to positions in *ours*.

    Args:
        ours: Concepts with unique ids.
        theirs: Other concepts with unique ids.
        by_id_alone: Whether the same id is enough; otherwise a term must agree too.
    """
    places = {concept.id: place for place, concept in enumerate(ours)}
    found: dict[int, int] = {}
    for place, concept in enumerate(theirs):
        same = places.get(concept.id)
        if same is not None and (by_id_alone or not contradict(ours[same], concept)):
            found[place] = same
    remaining = [place for place in range(len(theirs)) if place not in found]
    if remaining:
        found.update(_counterparts_by_terms(ours, theirs, remaining, set(found.values())))
    return found


def _counterparts_by_terms(
    ours: Sequence[GlossaryConcept], theirs: Sequence[GlossaryConcept], remaining: list[int], taken: set[int]
) -> dict[int, int]:
    """Return the counterparts of the *remaining* concepts: those with most pairs of terms in common."""
    free = set(range(len(ours))) - taken
    by_pair: dict[tuple[str, str], list[int]] = {}
    for place in sorted(free):
        for pair in _pairs(ours[place]):
            by_pair.setdefault(pair, []).append(place)
    found: dict[int, int] = {}
    for place in remaining:
        shared: dict[int, int] = {}
        for pair in _pairs(theirs[place]):
            for same in by_pair.get(pair, ()):
                if same in free:
                    shared[same] = shared.get(same, 0) + 1
        if shared:
            best = min(shared, key=lambda same: (-shared[same], same))
            found[place] = best
            free.remove(best)
    return found


# Pairs


def is_deprecated(concept: GlossaryConcept) -> bool:
    """Return whether no term of a concept may be used."""
    return not concept.en.usable and not concept.ja.usable


def term_pairs(concept: GlossaryConcept) -> tuple[tuple[str, str], ...]:
    """Return the pairs of a concept: its renderings, then terms without one, each with the preferred term.

    The term of a concept in one language is paired with "".

    >>> from alliance_ref.records import LanguageSection
    >>> both = Term("Self-Defense Forces", "en"), Term("SDF", "en", "abbreviation")
    >>> ja = LanguageSection("ja", (Term("自衛隊", "ja"),))
    >>> term_pairs(GlossaryConcept("sdf", LanguageSection("en", both), ja))
    (('Self-Defense Forces', '自衛隊'), ('SDF', '自衛隊'))
    """
    found = dict.fromkeys((rendering.en, rendering.ja) for rendering in concept.renderings)
    en, ja = (section.preferred.text if section.preferred else "" for section in (concept.en, concept.ja))
    known_en, known_ja = {pair[0] for pair in found}, {pair[1] for pair in found}
    found |= dict.fromkeys((term.text, ja) for term in concept.en if term.text not in known_en)
    known_ja |= {pair[1] for pair in found}
    found |= dict.fromkeys((en, term.text) for term in concept.ja if term.text not in known_ja)
    return tuple(found)


def pair_key(en: str, ja: str) -> tuple[str, str]:
    """Return the key of a pair of terms, which all spellings of the two share; "" for a missing term."""
    return term_key(en, "en") if en else "", term_key(ja, "ja") if ja else ""


def rejection(pairs: Iterable[RejectedPair]) -> Callable[[str, str], bool]:
    """Return a function that returns whether an English and a Japanese term are one of *pairs*."""
    keys = {pair_key(pair.en, pair.ja) for pair in pairs}

    def is_rejected(en: str, ja: str) -> bool:
        if not keys:
            return False
        key = pair_key(en, ja)
        return not keys.isdisjoint((key, (key[0], ""), ("", key[1])))

    return is_rejected


def without_pairs(
    concept: GlossaryConcept, is_rejected: Callable[[str, str], bool]
) -> GlossaryConcept | None:
    """Return a concept without the pairs that are rejected, or ``None`` if no pair is left.

    A term goes with its last pair. If the preferred term goes, the next usable one becomes preferred.
    """
    pairs = term_pairs(concept)
    left = [pair for pair in pairs if not is_rejected(*pair)]
    if len(left) == len(pairs):
        return concept
    renderings = tuple(item for item in concept.renderings if not is_rejected(item.en, item.ja))
    if not left or (concept.renderings and not renderings):
        return None
    en, ja = (
        _only(concept.section(lang), {pair[place] for pair in left}) for place, lang in enumerate(LANGS)
    )
    return attrs.evolve(concept, en=en, ja=ja, renderings=renderings)


def _only(section: LanguageSection, texts: Container[str]) -> LanguageSection:
    """Return a section with some of its terms."""
    terms = [term for term in section if term.text in texts or term.status in UNUSABLE]
    return with_preferred(attrs.evolve(section, terms=tuple(terms)))


def with_preferred(section: LanguageSection) -> LanguageSection:
    """Return a section in which the first usable term is preferred, if no other one is."""
    first = section.preferred
    if first is None or first.status in {"preferred", "abbreviation", *UNUSABLE}:
        return section
    preferred = attrs.evolve(first, status="preferred")
    return attrs.evolve(section, terms=tuple(preferred if term is first else term for term in section))


# Status


def with_status(concept: GlossaryConcept, text: str, status: NameStatus) -> GlossaryConcept:
    """Return *concept* with another status for the term *text*.

    Raises:
        UnknownTerm: if the concept does not have the term.
    """
    if all(term.text != text for term in concept.terms):
        raise UnknownTerm(concept.id, text, tuple(term.text for term in concept.terms))
    en, ja = (_with_status(concept.section(lang), text, status) for lang in LANGS)
    return attrs.evolve(concept, en=en, ja=ja)


def _with_status(section: LanguageSection, text: str, status: NameStatus) -> LanguageSection:
    changed = [attrs.evolve(term, status=status) for term in section if term.text == text]
    if not changed:
        return section
    if status != "preferred":
        terms = [attrs.evolve(term, status=status) if term.text == text else term for term in section]
    else:
        others = [term for term in section if term.text != text]
        terms = [*changed, *(_next_to_preferred(term, changed) for term in others)]
    return attrs.evolve(section, terms=tuple(terms))


def _next_to_preferred(term: Term, preferred: list[Term]) -> Term:
    """Return a term as it is after the *preferred* ones: admitted, if it was preferred at the same time."""
    if term.status == "preferred" and any(periods_overlap(term.valid, other.valid) for other in preferred):
        return attrs.evolve(term, status="admitted")
    return term
