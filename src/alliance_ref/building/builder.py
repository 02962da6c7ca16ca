"""The build from one end to the other."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from itertools import islice
from typing import TYPE_CHECKING

from alliance_ref.alignment.lexicon import Lexicon, general_words
from alliance_ref.alignment.progress import Meter
from alliance_ref.alignment.result import Alignment
from alliance_ref.building.collecting import english_group
from alliance_ref.building.english_side import TOKENS, english_type
from alliance_ref.building.errors import NotASeed
from alliance_ref.building.knowledge import Knowledge, Seed, shipped_names, terminology
from alliance_ref.building.records import Counts, Paired
from alliance_ref.building.stages import assemble, learn, observe, pair
from alliance_ref.building.units import translation_units
from alliance_ref.glossary import Glossary, reference_glossary
from alliance_ref.keys import english_key
from alliance_ref.records import Document, Edition, GlossaryConcept, Passage, TranslationUnit

if TYPE_CHECKING:
    from alliance_ref.reference import Reference

CHUNK = 1000


def build_glossary(
    units: Iterable[object] | Passage | Document | Edition | Alignment,
    *,
    seed: "Iterable[str] | Glossary | Reference | None" = None,
    min_frequency: int = 1,
    executor: Executor | None = None,
    progress: Callable[[int, int], None] | None = None,
    lexicon: Lexicon | None = None,
) -> Glossary:
    """A glossary of the terms of bilingual *units*, the surest and most frequent in front.

    Every pair names the places where it stands, and its score says how likely it is that the two terms
    render each other there. The same units give the same glossary.

    Args:
        units: TranslationUnit, AlignedUnit, Passage, Document, Edition, Alignment or (English, Japanese)
            pairs, also mixed. Units with one side empty are left out.
        seed: English terms whose rendering is wanted in any case, whatever they are and however rare; or a
            glossary or reference, whose pairs are taken as known and whose concepts keep their ids,
            definitions and statuses where they are found in *units*.
        min_frequency: In how many units a pair must stand; terms of the seed may stand in fewer.
        executor: Where the chunks are worked on; here and now if left out.
        progress: Called with the units done and those there are, each unit counted twice: once read,
            once paired.
        lexicon: Another word list to ask besides the shipped ones, such as :func:`jmdict`.

    Raises:
        NotAUnit: An item of *units* is nothing bilingual.
        NotASeed: *seed* is nothing of what a seed may be.
        ValueError: *min_frequency* is less than 1.

    >>> import alliance_ref as ar
    >>> glossary = ar.build_glossary([
    ...     ("The Status of Forces Agreement was signed.", "地位協定が署名された。"),
    ...     ("Japan did not amend the Status of Forces Agreement.", "日本は地位協定を改定しなかった。"),
    ... ])
    >>> concept = glossary.concepts[0]
    >>> concept.en[0].text, concept.ja[0].text, concept.renderings[0].count
    ('Status of Forces Agreement', '地位協定', 2)
    """
    if min_frequency < 1:
        raise ValueError(f"min_frequency is {min_frequency}, must be 1 or more")
    knowledge = make_knowledge(seed, lexicon)
    observed = []
    counts = Counts()
    for chunk in chunks(translation_units(units)):
        observed.append(observe(chunk, knowledge))
        counts.add(observed[-1].counts)
    model = learn(counts, knowledge)
    meter = Meter(2 * counts.units, progress)
    meter.tick(counts.units)

    def paired() -> Iterator[Paired]:
        for one in observed:
            yield pair(one, model, knowledge)
            meter.tick(len(one.units))

    return assemble(paired(), model, knowledge, min_frequency=min_frequency)


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
