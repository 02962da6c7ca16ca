"""Building a glossary from bilingual units."""

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
from alliance_ref.errors import InvalidSeed, InvalidValue
from alliance_ref.exchange.glossaries import json_text
from alliance_ref.extraction.agreement import english_group
from alliance_ref.extraction.association import learn
from alliance_ref.extraction.background import Background, SeedTerm, shipped_names, terminology
from alliance_ref.extraction.concepts import assemble
from alliance_ref.extraction.corrections import corrected
from alliance_ref.extraction.english_words import TOKENS, english_word
from alliance_ref.extraction.inputs import translation_units
from alliance_ref.extraction.records import Counts, ObservedChunk, PairedChunk
from alliance_ref.extraction.stages import observe, pair
from alliance_ref.glossary import Glossary, reference_glossary
from alliance_ref.glossary.decisions import GivenTerms, read_decisions
from alliance_ref.progress import Progress
from alliance_ref.records import Document, Edition, GlossaryConcept, Passage
from alliance_ref.text.keys import english_key

if TYPE_CHECKING:
    from alliance_ref.reference import Reference

_REJECTED = ("deprecated", "erroneous")
"""Statuses of terms that are not taken from a seed glossary."""


def build_glossary(
    units: Iterable[object] | Passage | Document | Edition | Alignment,
    *,
    seed: "Iterable[str] | Glossary | Reference | None" = None,
    approved: GivenTerms = None,
    rejected: GivenTerms = None,
    previous: Glossary | str | os.PathLike[str] | None = None,
    min_frequency: int = 1,
    terms_only: bool = True,
    identical: bool = True,
    executor: Executor | None = None,
    progress: Progress | None = None,
    lexicon: Lexicon | None = None,
    checkpoint: str | os.PathLike[str] | None = None,
    resume: bool = True,
    window: int | None = None,
) -> Glossary:
    """Build a glossary of the terms of bilingual *units*; reliable and frequent terms come first.

    Every pair has the places where it occurs and a score, the probability that the two terms translate each
    other there. The same units and options give the same glossary, byte for byte, with any executor and after
    any number of interruptions.

    Args:
        units: TranslationUnit, AlignedUnit, Passage, Document, Edition, Alignment or (English, Japanese)
            pairs, also mixed. Units with an empty side are skipped. The input is read once and only as far
            ahead as needed, so an iterator of any length works.
        seed: English terms whose rendering is requested, of any kind and frequency; or a glossary or
            reference, whose pairs are taken as known and whose concepts keep their ids, definitions and
            statuses if they are found in *units*.
        approved: Terms that a person approved: a glossary, a file, or several of them. They come first and
            as they are written, without a score, with the file as their source and with the evidence in
            *units*; other renderings of their English terms are left out. A deprecated term is a rejected
            one. A file may also be the table of a review (`Glossary.to_review`).
        rejected: Pairs that a person rejected, in the same forms; they are left out, and kept in `rejected`
            of the glossary.
        previous: The glossary of an earlier build. *approved* is then an edited copy of it, and the
            differences are the decisions: an edited or added concept is approved, a missing pair is
            rejected. Earlier decisions remain in force.
        min_frequency: Minimum number of units of a pair; seed and approved terms may occur in fewer.
        terms_only: Leave out numbers, dates, everyday words and leftover verb forms, whose termhood is low;
            ``False`` to keep them. Seed and approved terms are kept.
        identical: Keep terms that are the same in both languages, such as JSON; they come last.
        executor: The executor that runs the chunks: any ``concurrent.futures.Executor``, also one for other
            machines such as Dask's ``client.get_executor()``. By default, local processes for more than
            8,000 units; `SerialExecutor()` starts none.
        progress: Called with the units done and the total, which is 0 while it is unknown. A unit counts in
            part when it is read and in full when it is paired.
        lexicon: A lexicon in addition to the shipped word lists, such as `jmdict()`.
        checkpoint: A file for intermediate results. An interrupted build continues if it is called again
            with the same file. By default, a temporary file.
        resume: ``False`` to raise an error if *checkpoint* contains earlier results.
        window: Maximum number of chunks of 1,000 units in progress; on a cluster, twice the number of
        workers.

    Raises:
        InvalidUnit: An item of *units* is not bilingual.
        InvalidSeed: *seed* is not a valid seed.
        InvalidValue: *min_frequency* is less than 1.
        UnreadableFile: A file with approved or rejected terms does not follow its format.
        CheckpointMismatch: *checkpoint* contains results of other units or options.
        ChunkFailed: Every worker that ran one of the chunks died.
        ExecutorUnusable: *executor* does not accept work.

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
        raise InvalidValue("too-small", name="min_frequency", value=min_frequency, least=1)
    decisions = read_decisions(approved, rejected, previous)
    background = make_background(seed, lexicon, approved=decisions.terms())
    last = partial(assemble, min_frequency=min_frequency, terms_only=terms_only, identical=identical)
    stages = Stages(ObservedChunk, Counts, PairedChunk, observe, learn, pair, last)
    built = run(
        stages,
        translation_units(units),
        background,
        executor=executor,
        window=window,
        progress=progress,
        checkpoint=checkpoint,
        resume=resume,
        options=_options(background, lexicon),
        expected=len(units) if isinstance(units, Sized) else None,
    )
    return corrected(built, decisions)


def _options(background: Background, lexicon: Lexicon | None) -> dict[str, str]:
    """Return the options that must be the same for a build to continue from its checkpoint."""
    from alliance_ref.reference import load

    seeds = sorted(seed.text for found in background.seeds.values() for seed in found)
    concepts = json_text.dumps(concept for _, concept in sorted(background.concepts.items()))
    return {
        "alliance_ref": version("alliance-ref"),
        "data": load().edition,
        "unidic-lite": version("unidic-lite"),
        "seed": digest(*(text.encode("utf-8", "surrogatepass") for text in (*seeds, concepts))),
        "lexicon": "none" if lexicon is None else type(lexicon).__qualname__,
    }


def make_background(
    seed: object = None, lexicon: Lexicon | None = None, *, approved: Glossary | None = None
) -> Background:
    """Return the background of a build; *approved* terms are sought as those of a seed glossary are.

    Raises:
        InvalidSeed: *seed* is not a valid seed.
    """
    names = dict(shipped_names())
    concepts: dict[str, GlossaryConcept] = {}
    glossary = _glossary(seed)
    known = [] if approved is None else _add_concepts(approved, concepts, names)
    if glossary is not None:
        known += _add_concepts(glossary, concepts, names)
    terms = [*known, *([] if seed is None or glossary is not None else _terms(seed))]
    of_glossary = frozenset(known)
    seeds: dict[str, list[SeedTerm]] = {}
    for text in dict.fromkeys(terms):
        analyzed = [english_word(word) for _, word in TOKENS.findall(text) if word]
        if analyzed:
            words = tuple(word.term_key for word in analyzed)
            # A term of a glossary matches in any number, a plural in a list only in the plural.
            last = words[-1] if text in of_glossary else analyzed[-1].spelling
            concept = concepts.get(english_group(text))
            seeds.setdefault(words[0], []).append(SeedTerm(text, words, last, concept.id if concept else ""))
    lexicons = (general_words(), terminology(), *([] if lexicon is None else [lexicon]))
    return Background(lexicons, names, concepts, {first: tuple(found) for first, found in seeds.items()})


def _add_concepts(
    glossary: Glossary, concepts: dict[str, GlossaryConcept], names: dict[str, tuple[str, ...]]
) -> list[str]:
    """Add the concepts of a seed glossary and their pairs; return their English terms."""
    terms: list[str] = []
    for concept in glossary:
        english = [term.text for term in concept.en if term.status not in _REJECTED]
        terms += english
        for text in english:
            concepts.setdefault(english_group(text), concept)
        keys = list(map(english_key, english))
        for term in concept.ja:
            if term.status not in _REJECTED:
                names[term.text] = tuple(dict.fromkeys((*names.get(term.text, ()), *keys)))
    return terms


def _glossary(seed: object) -> Glossary | None:
    """Return the glossary of a seed that is a glossary or a reference; ``None`` for other seeds."""
    if isinstance(seed, Glossary):
        return seed
    from alliance_ref.reference import Reference

    return reference_glossary(seed) if isinstance(seed, Reference) else None


def _terms(seed: object) -> Iterator[str]:
    if isinstance(seed, (str, bytes)) or not isinstance(seed, Iterable):
        raise InvalidSeed(None, type(seed).__name__)
    for place, text in enumerate(seed):
        if not isinstance(text, str):
            raise InvalidSeed(place, type(text).__name__)
        yield text
