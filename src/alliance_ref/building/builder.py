"""The build from one end to the other."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sized
from concurrent.futures import Executor
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING

from alliance_ref.alignment.lexicon import Lexicon, general_words
from alliance_ref.alignment.progress import Progress
from alliance_ref.building.english_side import TOKENS, english_type
from alliance_ref.building.errors import NotASeed
from alliance_ref.building.knowledge import Knowledge, Seed, shipped_names, terminology
from alliance_ref.building.packing import digest
from alliance_ref.building.passes import Stages, run
from alliance_ref.building.records import Counts
from alliance_ref.building.stages import assemble, learn, observe, pair
from alliance_ref.building.units import translation_units
from alliance_ref.glossary.model import Glossary
from alliance_ref.reference import load

if TYPE_CHECKING:
    from alliance_ref.reference import Reference


def build_glossary(
    units: Iterable[object],
    *,
    seed: Iterable[str] | Glossary | Reference | None = None,
    min_frequency: int = 1,
    executor: Executor | None = None,
    progress: Progress | None = None,
    lexicon: Lexicon | None = None,
    work_folder: str | os.PathLike[str] | None = None,
    resume: bool = True,
    window: int | None = None,
) -> Glossary:
    """A glossary of the terms of bilingual *units*, the surest and most frequent in front.

    The same units and options give the same glossary, byte for byte, whoever does the work and however often
    it was stopped.

    Args:
        units: Translation units, aligned units, passages, documents, editions, alignments or pairs of English
            and Japanese text, in any mixture. Read once and not far ahead of the work, so that an iterator
            may be of any length.
        seed: English terms to find renderings for in any case.
        min_frequency: Only pairs that stand in so many units.
        executor: Who does the work: any :class:`concurrent.futures.Executor`, also one of another machine's,
            such as Dask's ``client.get_executor()``. Left out, worker processes are started for more than
            8,000 units. ``SerialExecutor()`` starts none.
        progress: Called now and then with the units done and those there are, 0 while that is not known.
        lexicon: Words that are known beside the library's own, such as :func:`jmdict`.
        work_folder: A folder for what is done so far; called again with it, a build that was stopped goes
            on. Left out, a temporary one.
        resume: ``False`` if *work_folder* must not hold work that was begun before.
        window: How many thousands of units are under way at once; for clusters, twice the number of workers.

    Raises:
        NotAUnit: An item of *units* is nothing bilingual.
        NotASeed: An item of *seed* is no term.
        OtherWork: *work_folder* holds the work on other units or with other options.
        ChunkFailed: Some units take every worker down.
        ExecutorUnusable: *executor* takes no more work.

    >>> units = [("The alliance changed.", "同盟は変わった。"), ("The alliance is old.", "同盟は古い。")]
    >>> [str(concept.ja.preferred) for concept in build_glossary(units, seed=["alliance"])][:1]
    ['同盟']
    """
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
    seeds = sorted(seed.text for found in knowledge.seeds.values() for seed in found)
    return {
        "alliance_ref": version("alliance-ref"),
        "data": load().edition,
        "unidic-lite": version("unidic-lite"),
        "seed": digest(*(text.encode("utf-8", "surrogatepass") for text in seeds)),
        "lexicon": "none" if lexicon is None else type(lexicon).__qualname__,
    }


def make_knowledge(seed: object = None, lexicon: Lexicon | None = None) -> Knowledge:
    """What is known before a build."""
    seeds: dict[str, list[Seed]] = {}
    if seed is not None:
        if isinstance(seed, (str, bytes)) or not isinstance(seed, Iterable):
            raise NotASeed(None, f"a {type(seed).__name__}")
        for place, text in enumerate(seed):
            if not isinstance(text, str):
                raise NotASeed(place, f"a {type(text).__name__}")
            types = [english_type(word) for _, word in TOKENS.findall(text)]
            words = tuple(kind.term_key for kind in types)
            if words:
                seeds.setdefault(words[0], []).append(Seed(text, words, types[-1].spelling))
    lexicons = (general_words(), terminology(), *([] if lexicon is None else [lexicon]))
    return Knowledge(lexicons, shipped_names(), {}, {first: tuple(found) for first, found in seeds.items()})
