"""T101 and T102: is every term rendered, and does every name have a source?

What counts as rendered is drawn wide, since a translator stops reading a report that cries wolf: any accepted
term of any concept that the span may mean, in any spelling, in the unit, or in a neighbour that has no other
use for it; and once the concept has been mentioned, a short form of it.
"""

from collections.abc import Collection, Iterator

from alliance_ref.qa.analysis import ReadGroup, ReadUnit
from alliance_ref.qa.countries import is_country, shares_country, speaks_of_country
from alliance_ref.qa.messages import finding
from alliance_ref.qa.short_forms import (
    is_meant_by_pronoun,
    is_person_spoken_of,
    stands_derived,
    stands_short,
)
from alliance_ref.qa.termbook import TermBook, TermSpan, is_in_compound
from alliance_ref.qa.units import other
from alliance_ref.records.findings import TranslationFinding
from alliance_ref.records.values import Lang

_PROPER = frozenset(("person", "place", "organization"))


def unrendered(group: ReadGroup, book: TermBook, source: Lang) -> Iterator[TranslationFinding]:
    """T101: terms of the source without a rendering."""
    target = other(source)
    earlier = _named_before(group)
    unsourced_in: dict[int, list[TermSpan]] = {}
    for item, span in _alone(group, book, target):
        unsourced_in.setdefault(item.unit.number, []).append(span)
    for item, span in _alone(group, book, source):
        concepts = sorted(span.concepts)
        text = item.unit.text(source)
        if source == "ja" and is_in_compound(text, span, item.spans[source]):
            continue
        others = unsourced_in.get(item.unit.number, ())
        known = span.concepts & earlier[item.unit.number]
        if known and _is_country(book, span) and not any(_is_country(book, one) for one in others):
            continue  # a country goes without saying, unless another one is named instead
        if known and source == "ja" and shares_country(span.text, item.unit.en):
            continue  # 米軍 may be American troops
        yield finding(
            "T101",
            "not-rendered",
            item.unit,
            source,
            span.start,
            span.end,
            concept=concepts[0],
            expected=dict.fromkeys(term.text for term in book.renderings(concepts, target)),
        )


def unsourced(group: ReadGroup, book: TermBook, source: Lang) -> Iterator[TranslationFinding]:
    """T102: proper names of the translation without a counterpart in the source."""
    target = other(source)
    for item, span in _alone(group, book, target):
        inner = book.named(span.text, target) & item.named[source]
        part = is_in_compound(item.unit.text(target), span, item.spans[target])
        by_country = target == "ja" and shares_country(span.text, item.unit.en)
        is_proper = all(_is_proper(book, concept_id) for concept_id in span.concepts)
        if is_proper and not (inner or by_country or part):
            yield finding(
                "T102",
                "no-source",
                item.unit,
                target,
                span.start,
                span.end,
                concept=min(span.concepts),
            )


def _named_before(group: ReadGroup) -> dict[int, set[str]]:
    """For each unit, the concepts that the text has named in the units before."""
    named: set[str] = set()
    before = {}
    for item in group.units:
        before[item.unit.number] = set(named)
        named |= item.named["en"] | item.named["ja"]
    return before


def _alone(group: ReadGroup, book: TermBook, lang: Lang) -> Iterator[tuple[ReadUnit, TermSpan]]:
    """The terms of one side that nothing on the other side answers, each once a unit."""
    across = other(lang)
    mentioned: set[str] = set()
    for place, item in enumerate(group.units):
        if item.is_whole:
            done: set[frozenset[str]] = set()
            text = item.unit.text(across)
            for span in item.spans[lang]:
                answered = (
                    span.concepts & item.named[across]
                    or _is_country_named(book, span, text, across)
                    or stands_derived(book.renderings(span.concepts, across), text)
                    or _is_in_neighbour(group, place, span, lang)
                    or (_may_be_short(book, span, mentioned, lang) and _is_short(book, span, text, across))
                )
                if span.accepted and span.concepts not in done and not answered:
                    yield item, span
                done.add(span.concepts)
        mentioned |= item.named["en"] | item.named["ja"]


def _is_country_named(book: TermBook, span: TermSpan, text: str, lang: Lang) -> bool:
    return any(speaks_of_country(book.names(concept_id), text, lang) for concept_id in span.concepts)


def _may_be_short(book: TermBook, span: TermSpan, mentioned: Collection[str], lang: Lang) -> bool:
    """Whether a short form may stand for a term: it was mentioned before, or is a short form itself."""
    if not span.concepts.isdisjoint(mentioned):
        return True
    longest = max(len(term.text) for term in book.renderings(span.concepts, lang))
    return len(span.text) < longest


def _is_in_neighbour(group: ReadGroup, place: int, span: TermSpan, lang: Lang) -> bool:
    """Whether a neighbour has a rendering to spare: one that its own side does not ask for."""
    across = other(lang)
    return any(
        span.concepts & one.concepts and not one.concepts & item.named[lang]
        for item in group.around(place)
        for one in item.spans[across]
    )


def _is_short(book: TermBook, span: TermSpan, text: str, lang: Lang) -> bool:
    is_person = any(book.concepts[concept_id].subject == "person" for concept_id in span.concepts)
    if (is_person and is_person_spoken_of(text, lang)) or is_meant_by_pronoun(text, lang):
        return True
    return stands_short(book.renderings(span.concepts, lang), text)


def _is_proper(book: TermBook, concept_id: str) -> bool:
    concept = book.concepts[concept_id]
    preferred = concept.en.preferred
    return concept.subject in _PROPER or (preferred is not None and preferred.text[0].isupper())


def _is_country(book: TermBook, span: TermSpan) -> bool:
    return any(is_country(book.names(concept_id)) for concept_id in span.concepts)
