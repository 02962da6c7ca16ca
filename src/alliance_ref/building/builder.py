"""The build from one end to the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from itertools import islice
from typing import TYPE_CHECKING

from alliance_ref.alignment.lexicon import Lexicon, general_words
from alliance_ref.building.collecting import english_group
from alliance_ref.building.english_side import TOKENS, english_type
from alliance_ref.building.errors import NotASeed
from alliance_ref.building.knowledge import Knowledge, Seed, shipped_names, terminology
from alliance_ref.building.records import Counts
from alliance_ref.building.stages import assemble, learn, observe, pair
from alliance_ref.building.units import translation_units
from alliance_ref.glossary import Glossary, reference_glossary
from alliance_ref.keys import english_key
from alliance_ref.records import GlossaryConcept, TranslationUnit

if TYPE_CHECKING:
    from alliance_ref.reference import Reference

CHUNK = 1000


def build_glossary(
    units: Iterable[object],
    *,
    seed: Iterable[str] | Glossary | Reference | None = None,
    min_frequency: int = 1,
    executor: Executor | None = None,
    progress: Callable[[int, int], None] | None = None,
    lexicon: Lexicon | None = None,
) -> Glossary:
    """A glossary of the terms of bilingual *units*, the surest and most frequent in front."""
    knowledge = make_knowledge(seed, lexicon)
    observed = [observe(chunk, knowledge) for chunk in chunks(translation_units(units))]
    counts = Counts()
    for one in observed:
        counts.add(one.counts)
    model = learn(counts, knowledge)
    return assemble((pair(one, model, knowledge) for one in observed), model, knowledge, min_frequency=min_frequency)


def chunks(units: Iterable[TranslationUnit], size: int = CHUNK) -> Iterator[Sequence[TranslationUnit]]:
    """The units, so many at a time."""
    units = iter(units)
    while chunk := list(islice(units, size)):
        yield chunk


def make_knowledge(seed: object = None, lexicon: Lexicon | None = None) -> Knowledge:
    """What is known before a build.

    Raises:
        NotASeed: *seed* is nothing of what a seed may be.
    """
    names = shipped_names()
    concepts: dict[str, GlossaryConcept] = {}
    terms: list[str] = []
    if seed is not None:
        given = _glossary(seed)
        if given is None:
            terms = list(_terms(seed))
        else:
            merged = dict(names)
            for concept in given:
                english = [term.text for term in concept.en if term.status not in ("deprecated", "erroneous")]
                terms += english
                for text in english:
                    concepts.setdefault(english_group(text), concept)
                for term in concept.ja:
                    if term.status not in ("deprecated", "erroneous"):
                        merged[term.text] = tuple(
                            dict.fromkeys((*merged.get(term.text, ()), *map(english_key, english)))
                        )
            names = merged
    seeds: dict[str, list[Seed]] = {}
    for text in dict.fromkeys(terms):
        types = [english_type(word) for _, word in TOKENS.findall(text)]
        if types:
            words = tuple(kind.term_key for kind in types)
            # A glossary's terms are meant in any number; a term asked for in the plural in the plural only.
            last = words[-1] if concepts else types[-1].spelling
            seeds.setdefault(words[0], []).append(Seed(text, words, last))
    lexicons = (general_words(), terminology(), *([] if lexicon is None else [lexicon]))
    return Knowledge(lexicons, names, concepts, {first: tuple(found) for first, found in seeds.items()})


def _glossary(seed: object) -> Glossary | None:
    """The glossary that *seed* is or stands for, if any."""
    if isinstance(seed, Glossary):
        return seed
    from alliance_ref.reference import Reference

    return reference_glossary(seed) if isinstance(seed, Reference) else None


def _terms(seed: object) -> Iterator[str]:
    if isinstance(seed, (str, bytes)) or not isinstance(seed, Iterable):
        raise NotASeed(None, f"a {type(seed).__name__}")
    for place, text in enumerate(seed):
        if not isinstance(text, str):
            raise NotASeed(place, f"a {type(text).__name__}")
        yield text
