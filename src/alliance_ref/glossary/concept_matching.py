"""Which concepts of two glossaries are the same.

An id that both have says so. Glossaries of different origin have no ids in common, so the terms must tell,
and one term is not enough: "order" is 秩序 and 命令. Two concepts are taken for one where a term of each
language agrees, whatever its spelling. Each concept has at most one counterpart, so that homonyms, which
share a pair too, stay apart.
"""

from collections.abc import Iterator, Sequence

from alliance_ref.records.glossary import GlossaryConcept, LanguageSection
from alliance_ref.records.values import LANGS, Lang
from alliance_ref.text.folding import name_key
from alliance_ref.text.keys import english_key, okurigana_key


def term_key(text: str, lang: Lang) -> str:
    """The key under which spellings of a term meet: number, British spelling, okurigana set aside.

    >>> term_key("inter-operability", "en"), term_key("引き渡し", "ja"), term_key("+", "en")
    ('interoperability', '引渡', '+')
    """
    key = english_key(text).replace(" ", "") if lang == "en" else okurigana_key(text)
    return key or name_key(text) or text


def _keys(section: LanguageSection) -> frozenset[str]:
    right = [term for term in section if term.status != "erroneous"] or section.terms
    return frozenset(term_key(term.text, section.lang) for term in right)


def _all_keys(section: LanguageSection) -> frozenset[str]:
    return frozenset(term_key(term.text, section.lang) for term in section)


def _pairs(concept: GlossaryConcept) -> Iterator[tuple[str, str]]:
    """The pairs of terms that tell what a concept is, one side empty where there is one language only."""
    en, ja = _keys(concept.en) or {""}, _keys(concept.ja) or {""}
    return ((one, other) for one in sorted(en) for other in sorted(ja))


def contradict(ours: GlossaryConcept, theirs: GlossaryConcept) -> bool:
    """Whether two concepts of one id have no term in common, in any language that both have terms in."""
    if ours == theirs:
        return False
    shared = [
        _all_keys(ours.section(lang)).isdisjoint(_all_keys(theirs.section(lang)))
        for lang in LANGS
        if ours.section(lang).terms and theirs.section(lang).terms
    ]
    return bool(shared) and all(shared)


def counterparts(
    ours: Sequence[GlossaryConcept], theirs: Sequence[GlossaryConcept], *, by_id_alone: bool
) -> dict[int, int]:
    """For places in *theirs* the places in *ours* of the same concepts.

    Args:
        ours: Concepts, each with an id of its own.
        theirs: Other concepts, likewise.
        by_id_alone: Whether the same id is enough; else some term must agree too.
    """
    at = {concept.id: place for place, concept in enumerate(ours)}
    found: dict[int, int] = {}
    for place, concept in enumerate(theirs):
        same = at.get(concept.id)
        if same is not None and (by_id_alone or not contradict(ours[same], concept)):
            found[place] = same
    left = [place for place in range(len(theirs)) if place not in found]
    if not left:
        return found
    free = set(range(len(ours))) - set(found.values())
    having: dict[tuple[str, str], list[int]] = {}
    for place in sorted(free):
        for pair in _pairs(ours[place]):
            having.setdefault(pair, []).append(place)
    for place in left:
        shared: dict[int, int] = {}
        for pair in _pairs(theirs[place]):
            for same in having.get(pair, ()):
                if same in free:
                    shared[same] = shared.get(same, 0) + 1
        if shared:
            best = min(shared, key=lambda same: (-shared[same], same))
            found[place] = best
            free.remove(best)
    return found
