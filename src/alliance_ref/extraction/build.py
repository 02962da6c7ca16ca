"""The build from one end to the other."""

import os
from collections.abc import Iterable, Iterator, Sized
from concurrent.futures import Executor
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING

from alliance_ref.alignment.lexicon import Lexicon, general_words
from alliance_ref.alignment.result import Alignment
from alliance_ref.batch.pipeline import Stages, run
from alliance_ref.batch.serialization import digest
from alliance_ref.errors import InvalidSeed
from alliance_ref.exchange.glossaries import json_text
from alliance_ref.extraction.aggregation import english_group
from alliance_ref.extraction.background import Knowledge, Seed, shipped_names, terminology
from alliance_ref.extraction.english_words import TOKENS, english_type
from alliance_ref.extraction.inputs import translation_units
from alliance_ref.extraction.records import Counts
from alliance_ref.extraction.stages import assemble, learn, observe, pair
from alliance_ref.glossary import Glossary, reference_glossary
from alliance_ref.progress import Progress
from alliance_ref.records import Document, Edition, GlossaryConcept, Passage
from alliance_ref.text.keys import english_key

if TYPE_CHECKING:
    from alliance_ref.reference import Reference


def build_glossary(
    units: Iterable[object] | Passage | Document | Edition | Alignment,
    *,
    seed: "Iterable[str] | Glossary | Reference | None" = None,
    min_frequency: int = 1,
    executor: Executor | None = None,
    progress: Progress | None = None,
    lexicon: Lexicon | None = None,
    work_folder: str | os.PathLike[str] | None = None,
    resume: bool = True,
    window: int | None = None,
) -> Glossary:
    """A glossary of the terms of bilingual *units*, the surest and most frequent in front.

    Every pair names the places where it stands, and its score says how likely it is that the two terms
    render each other there. The same units and options give the same glossary, byte for byte, whoever does
    the work and however often it was stopped.

    Args:
        units: TranslationUnit, AlignedUnit, Passage, Document, Edition, Alignment or (English, Japanese)
            pairs, also mixed. Units with one side empty are left out. Read once and not far ahead of the
            work, so that an iterator may be of any length.
        seed: English terms whose rendering is wanted in any case, whatever they are and however rare; or a
            glossary or reference, whose pairs are taken as known and whose concepts keep their ids,
            definitions and statuses where they are found in *units*.
        min_frequency: In how many units a pair must stand; terms of the seed may stand in fewer.
        executor: Who does the work: any ``concurrent.futures.Executor``, also one for other machines
            such as Dask's ``client.get_executor()``. Left out, worker processes are started for more than
            8,000 units; ``SerialExecutor()`` starts none.
        progress: Called now and then with the units done and those there are, 0 while that is not known. A
            unit counts in part when it is read and in full when it is paired.
        lexicon: Another word list to ask besides the shipped ones, such as :func:`jmdict`.
        work_folder: A folder for what is done so far: called again with it, a build that was stopped goes
            on. Left out, a temporary one.
        resume: ``False`` if *work_folder* must not hold work that was begun before.
        window: How many chunks of 1,000 units are under way at once; on a cluster, twice its workers.

    Raises:
        InvalidUnit: An item of *units* is nothing bilingual.
        InvalidSeed: *seed* is nothing of what a seed may be.
        ValueError: *min_frequency* is less than 1.
        CheckpointMismatch: *work_folder* holds the work on other units or with other options.
        ChunkFailed: Some units take every worker down.
        ExecutorUnusable: *executor* takes no more work.

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
    stages = Stages(observe, Counts, learn, pair, partial(assemble, min_frequency=min_frequency))
    return run(
        stages,
        translation_units(units),
        knowledge,
        executor=executor,
        window=window,
        progress=progress,
        work_folder=work_folder,
        resume=resume,
        options=_options(knowledge, lexicon),
        expected=len(units) if isinstance(units, Sized) else None,
    )


def _options(knowledge: Knowledge, lexicon: Lexicon | None) -> dict[str, str]:
    """What a work folder must have been begun with to be gone on with, beside the units."""
    from alliance_ref.reference import load

    seeds = sorted(seed.text for found in knowledge.seeds.values() for seed in found)
    concepts = json_text.dumps(concept for _, concept in sorted(knowledge.concepts.items()))
    return {
        "alliance_ref": version("alliance-ref"),
        "data": load().edition,
        "unidic-lite": version("unidic-lite"),
        "seed": digest(*(text.encode("utf-8", "surrogatepass") for text in (*seeds, concepts))),
        "lexicon": "none" if lexicon is None else type(lexicon).__qualname__,
    }


def make_knowledge(seed: object = None, lexicon: Lexicon | None = None) -> Knowledge:
    """What is known before a build.

    Raises:
        InvalidSeed: *seed* is nothing of what a seed may be.
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
            of = concepts.get(english_group(text))
            seeds.setdefault(words[0], []).append(Seed(text, words, last, of.id if of else ""))
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
        raise InvalidSeed(None, f"a {type(seed).__name__}")
    for place, text in enumerate(seed):
        if not isinstance(text, str):
            raise InvalidSeed(place, f"a {type(text).__name__}")
        yield text
