"""T301: one term, two renderings.

Only units that leave no doubt are compared: the source term stands there once, and one rendering of its
concept does. Spellings and short forms of one rendering are one rendering, abbreviations are nobody's fault,
and a source that varies its own term is free to be followed.
"""

from collections.abc import Iterator

from alliance_ref.qa.analysis import ReadGroup, ReadUnit
from alliance_ref.qa.messages import finding
from alliance_ref.qa.termbook import Called, TermSpan, same_rendering
from alliance_ref.qa.units import other
from alliance_ref.records.findings import TranslationFinding
from alliance_ref.records.values import Lang
from alliance_ref.text.keys import english_key, name_key


def divergent(group: ReadGroup, source: Lang) -> Iterator[TranslationFinding]:
    """T301: a rendering that differs from the first one of the same source term in the same text."""
    target = other(source)
    first: dict[tuple[str, str], list[str]] = {}
    for item in group.units:
        for concept_id, key in _single_terms(item, source):
            rendering = _single_rendering(item, concept_id, target)
            if rendering is None:
                continue
            span, called = rendering
            known = first.setdefault((concept_id, key), [called.term.text])
            if any(same_rendering(called.term.text, text) for text in known):
                continue
            yield finding(
                "T301",
                "two-renderings",
                item.unit,
                target,
                span.start,
                span.end,
                concept=concept_id,
                expected=known[:1],
                found=known[:1],
            )


def _single_terms(item: ReadUnit, lang: Lang) -> Iterator[tuple[str, str]]:
    """Concepts that stand once on a side, by one certain term, each with the key of the term."""
    counts: dict[str, list[TermSpan]] = {}
    for span in item.spans[lang]:
        for concept_id in span.concepts:
            counts.setdefault(concept_id, []).append(span)
    for concept_id, spans in counts.items():
        if len(spans) == 1 and len(spans[0].concepts) == 1:
            text = spans[0].called[0].term.text
            yield concept_id, english_key(text) if lang == "en" else name_key(text)


def _single_rendering(item: ReadUnit, concept_id: str, lang: Lang) -> tuple[TermSpan, Called] | None:
    spans = [span for span in item.spans[lang] if concept_id in span.concepts]
    if len(spans) != 1 or len(spans[0].concepts) != 1:
        return None
    called = spans[0].called[0]
    if called.term.status not in ("preferred", "admitted"):
        return None
    return spans[0], called
