"""T101, T102 and T301: check that terms are rendered, that names have a source, and consistency.

Many things count as a rendering, because a report with false alarms is not read: any accepted term of any
concept that the span may mean, in any spelling, in the unit or in a neighbor that does not need it; and,
after the first mention of the concept, a short form of it.
"""

from collections import Counter
from collections.abc import Collection, Iterator

from alliance_ref.qa.rules import make_finding
from alliance_ref.qa.short_forms import (
    has_counted_unit,
    has_derived_word,
    has_main_words,
    has_pronoun,
    has_short_form,
    is_country,
    mentions_person,
    names_country,
    shares_country,
)
from alliance_ref.qa.termbook import Designation, TermBook, TermSpan, is_in_compound, same_rendering
from alliance_ref.qa.units import AnalyzedGroup, AnalyzedUnit, other_language
from alliance_ref.records.findings import TranslationFinding
from alliance_ref.records.values import Lang
from alliance_ref.text.folding import name_key
from alliance_ref.text.keys import english_key

_COMMON = frozenset(
    "abandonment abduction baker bedrock bridge brigade carrier command commitment connectivity"
    " consultation contingency"
    " cornerstone decontamination division drawdown drone emergency engagement entrapment exercise"
    " fighter gates guidelines"
    " headquarters intelligence intercept interception interceptor interoperability inter-operability"
    " keystone landfill"
    " linchpin maintenance mutuality occupation overrun package partnership perry procurement"
    " proliferation protocol"
    " readiness realignment reclamation refugee reinforcement rice roadmap role-sharing runway scramble"
    " squadron submarine"
    " summit supply surveillance tank tanker transformation transportation comprehensive-security"
    " security-policy base"
    " carrier capability congress on-duty diet harrier patriot osprey fx us usa u.s. america un u.n. marines"
    " pentagon".split()
)
"""Terms of the reference that are also words of other fields, in lower case and without a plural ending.

They are checked only near evidence that the text is on the subject of the reference.
"""

_EVIDENCE_WINDOW = 10
"""Number of units before and after a common word in which such evidence counts."""

_MAX_ABBREVIATION = 4
"""Longest abbreviation that may mean something else in another field."""

_PROPER = frozenset(("person", "place", "organization"))


def unrendered(group: AnalyzedGroup, book: TermBook, source: Lang) -> Iterator[TranslationFinding]:
    """Yield T101: terms of the source without a rendering."""
    target = other_language(source)
    earlier = _named_before(group)
    sourceless_in: dict[int, list[TermSpan]] = {}
    for item, span in _unmatched(group, book, target):
        sourceless_in.setdefault(item.unit.number, []).append(span)
    for item, span in _unmatched(group, book, source):
        concepts = sorted({one.concept.id for one in span.accepted})
        text = item.unit.text(source)
        alone = " " not in span.text.removeprefix("the ") or _is_country(book, span)
        if (source == "ja" or alone) and is_in_compound(text, span, item.spans[source]):
            continue
        others = sourceless_in.get(item.unit.number, ())
        known = span.concepts & earlier[item.unit.number]
        if known and _is_country(book, span) and not any(_is_country(book, one) for one in others):
            continue  # a country may be omitted, unless another one is named instead
        if known and source == "ja" and shares_country(span.text, item.unit.text("en")):
            continue  # 米軍 may be American troops
        if (
            book.is_reference
            and _is_common(book, span)
            and (_has_only_phrases(book, span, target) or not _has_evidence(book, group, item, span))
        ):
            continue
        if source == "en" and _is_head_of_longer(book, group, item, span):
            continue
        yield make_finding(
            "T101",
            "not-rendered",
            item.unit,
            source,
            span.start,
            span.end,
            concept=concepts[0],
            expected=dict.fromkeys(term.text for term in book.renderings(concepts, target)),
        )


_PHRASE_LENGTH = {"en": 30, "ja": 12}
"""Length in characters from which a rendering is a phrase that no translator uses for a single word."""


def _has_only_phrases(book: TermBook, span: TermSpan, lang: Lang) -> bool:
    """Return whether a single word has nothing but phrases as renderings: *cornerstone*."""
    return " " not in span.text and all(
        len(term.text) >= _PHRASE_LENGTH[lang] for term in book.renderings(span.concepts, lang)
    )


def _is_head_of_longer(book: TermBook, group: AnalyzedGroup, item: AnalyzedUnit, span: TermSpan) -> bool:
    """Return whether an English term is the short form of a longer one before, and rendered as such.

    *The Guidelines* after *National Defense Program Guidelines* are 大綱.
    """
    end = f" {span.text}".casefold()
    longer = {
        concept_id
        for near in group.units[max(0, item.place - _EVIDENCE_WINDOW) : item.place + 1]
        for one in near.spans["en"]
        if one.text.casefold().endswith(end)
        for concept_id in one.concepts
    }
    text = item.unit.text("ja")
    return bool(longer & item.named["ja"]) or has_short_form(book.renderings(longer, "ja"), text)


def _is_common(book: TermBook, span: TermSpan) -> bool:
    """Return whether the term may be a word of another field: *protocol*, MD, a family name."""
    terms = {one.term.text for one in span.designations if one.term.lang == "en"} or {
        term.text for term in book.renderings(span.concepts, "en")
    }
    for term in terms:
        key = term.casefold().replace(" ", "-")
        if key in _COMMON or key.removesuffix("s") in _COMMON:
            return True
        if term.isupper() and len(term) <= _MAX_ABBREVIATION:
            return True
    alone = " " not in span.text and "-" not in span.text
    return alone and any(book.concepts[one].subject == "person" for one in span.concepts)


def _has_evidence(book: TermBook, group: AnalyzedGroup, item: AnalyzedUnit, span: TermSpan) -> bool:
    """Return whether units nearby have another concept on both sides, except countries and common words."""
    place = item.place
    for near in group.units[max(0, place - _EVIDENCE_WINDOW) : place + _EVIDENCE_WINDOW + 1]:
        japanese = {concept for one in near.spans["ja"] for concept in one.concepts}
        for one in near.spans["en"]:
            if (one.concepts & japanese) - span.concepts and not (
                _is_country(book, one) or _is_common(book, one)
            ):
                return True
    return False


def term_without_source(group: AnalyzedGroup, book: TermBook, source: Lang) -> Iterator[TranslationFinding]:
    """Yield T102: proper names of the translation without a counterpart in the source."""
    target = other_language(source)
    untranslated = {item.place for item, _ in _unmatched(group, book, source)}
    recent = _RecentNames(group, source)
    for item, span in _unmatched(group, book, target):
        if item.place not in untranslated and span.concepts & recent.before(item):
            continue  # the translation repeats a name where the source has a pronoun, or nothing
        if _is_of_country(book, item, span, target):
            continue
        inner = book.named([span.text], target)[0] & item.named[source]
        part = is_in_compound(item.unit.text(target), span, item.spans[target])
        by_country = target == "ja" and shares_country(span.text, item.unit.text("en"))
        is_proper = all(_is_proper(book, concept_id) for concept_id in span.concepts)
        words = source == "en" and has_main_words(book.renderings(span.concepts, "en"), item.unit.text("en"))
        if is_proper and not (inner or by_country or part or words):
            yield make_finding(
                "T102",
                "no-source",
                item.unit,
                target,
                span.start,
                span.end,
                concept=min(span.concepts),
            )


_NAME_DISTANCE = 5
"""Number of units after which a name of the source no longer explains the same name in the translation."""


class _RecentNames:
    """The concepts that the source named in the last units of a text."""

    def __init__(self, group: AnalyzedGroup, lang: Lang) -> None:
        self._group = group
        self._lang = lang

    def before(self, item: AnalyzedUnit) -> frozenset[str]:
        """Return the concepts that the units shortly before *item* name."""
        near = self._group.units[max(0, item.place - _NAME_DISTANCE) : item.place]
        return frozenset().union(*(one.named[self._lang] for one in near))


def _is_of_country(book: TermBook, item: AnalyzedUnit, span: TermSpan, lang: Lang) -> bool:
    """Return whether a country before an organization makes it another one: 米国財務省 is not 財務省."""
    return any(
        one.end == span.start and _is_country(book, one) and not one.concepts & span.concepts
        for one in item.spans[lang]
    ) and all(book.concepts[concept_id].subject == "organization" for concept_id in span.concepts)


def _named_before(group: AnalyzedGroup) -> dict[int, set[str]]:
    """Return, for each unit, the concepts that earlier units name."""
    named: set[str] = set()
    before = {}
    for item in group.units:
        before[item.unit.number] = set(named)
        named |= item.named["en"] | item.named["ja"]
    return before


def _unmatched(group: AnalyzedGroup, book: TermBook, lang: Lang) -> Iterator[tuple[AnalyzedUnit, TermSpan]]:
    """Yield the terms of one side without a counterpart on the other, each once per unit."""
    across = other_language(lang)
    mentioned: set[str] = set()
    for place, item in enumerate(group.units):
        if item.has_both_sides:
            done: set[frozenset[str]] = set()
            text = item.unit.text(across)
            for span in item.spans[lang]:
                if span.concepts in done or not _has_counterpart(book, span, across):
                    continue
                matched = (
                    span.concepts & item.named[across]
                    or _is_country_named(book, span, text, across)
                    or has_derived_word(book.renderings(span.concepts, across), text)
                    or (across == "ja" and has_counted_unit(book.renderings(span.concepts, "ja"), text))
                    or _is_in_neighbor(group, place, span, lang)
                    or (_may_be_short(book, span, mentioned, lang) and _is_short(book, span, text, across))
                )
                if not matched and any(map(book.is_preferred, span.concepts)):
                    yield item, span
                done.add(span.concepts)
        mentioned |= item.named["en"] | item.named["ja"]


def _has_counterpart(book: TermBook, span: TermSpan, lang: Lang) -> bool:
    """Return whether a term is accepted, and its concepts have an accepted term in the other language."""
    return bool(book.renderings((one.concept.id for one in span.accepted), lang))


def _is_country_named(book: TermBook, span: TermSpan, text: str, lang: Lang) -> bool:
    return any(names_country(book.names(concept_id), text, lang) for concept_id in span.concepts)


def _may_be_short(book: TermBook, span: TermSpan, mentioned: Collection[str], lang: Lang) -> bool:
    """Return whether a short form may render a term: after a mention, or if the term is short itself."""
    if not span.concepts.isdisjoint(mentioned):
        return True
    longest = max(len(term.text) for term in book.renderings(span.concepts, lang))
    return len(span.text) < longest


def _is_in_neighbor(group: AnalyzedGroup, place: int, span: TermSpan, lang: Lang) -> bool:
    """Return whether a neighbor has a rendering that its own side does not need."""
    across = other_language(lang)
    return any(
        span.concepts & one.concepts and not one.concepts & item.named[lang]
        for item in group.neighbors(place)
        for one in item.spans[across]
    )


def _is_short(book: TermBook, span: TermSpan, text: str, lang: Lang) -> bool:
    is_person = any(book.concepts[concept_id].subject == "person" for concept_id in span.concepts)
    if (is_person and mentions_person(text, lang)) or has_pronoun(text, lang):
        return True
    return has_short_form(book.renderings(span.concepts, lang), text)


def _is_proper(book: TermBook, concept_id: str) -> bool:
    concept = book.concepts[concept_id]
    preferred = concept.en.preferred
    return concept.subject in _PROPER or (preferred is not None and preferred.text[0].isupper())


def _is_country(book: TermBook, span: TermSpan) -> bool:
    return any(is_country(book.names(concept_id)) for concept_id in span.concepts)


CONSISTENCY_WINDOW = 25
"""Number of units in which two renderings of a term are compared; later ones may have another subject."""


def inconsistent_rendering(group: AnalyzedGroup, source: Lang) -> Iterator[TranslationFinding]:
    """Yield T301: a rendering that differs from the first one of the same source term in the same text.

    Only unambiguous units are compared: those with the source term once and one rendering of its concept.
    Spelling variants and short forms count as the same rendering, abbreviations are ignored, and a
    translation may follow a source that varies its own term.
    """
    target = other_language(source)
    known_renderings: dict[tuple[str, str], dict[str, int]] = {}
    for item in group.units:
        for concept_id, key in _single_terms(item, source):
            rendering = _single_rendering(item, concept_id, target)
            if rendering is None:
                continue
            span, designation = rendering
            text = designation.term.text
            known = known_renderings.setdefault((concept_id, key), {})
            near = [other for other, place in known.items() if item.place - place <= CONSISTENCY_WINDOW]
            is_new = not any(same_rendering(text, other) for other in known)
            known[text] = item.place
            if not near or not is_new:
                continue  # each rendering is reported once
            yield make_finding(
                "T301",
                "two-renderings",
                item.unit,
                target,
                span.start,
                span.end,
                concept=concept_id,
                expected=near[:1],
                found=near[:1],
            )


def _single_terms(item: AnalyzedUnit, lang: Lang) -> Iterator[tuple[str, str]]:
    """Yield the concepts that occur once on a side with an unambiguous term, and the key of the term."""
    counts: Counter[str] = Counter()
    single: dict[str, TermSpan] = {}
    for span in item.spans[lang]:
        concepts = span.concepts
        counts.update(concepts)
        if len(concepts) == 1:
            single |= dict.fromkeys(concepts, span)
    for concept_id, span in single.items():
        if counts[concept_id] == 1:
            text = span.designations[0].term.text
            yield concept_id, english_key(text) if lang == "en" else name_key(text)


def _single_rendering(item: AnalyzedUnit, concept_id: str, lang: Lang) -> tuple[TermSpan, Designation] | None:
    spans = [span for span in item.spans[lang] if concept_id in span.concepts]
    if len(spans) != 1 or len(spans[0].concepts) != 1:
        return None
    designation = spans[0].designations[0]
    if designation.term.status not in ("preferred", "admitted"):
        return None
    return spans[0], designation
