"""Differences between two glossaries: added and removed concepts, and changed fields of the others."""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from typing import TypeVar

import attrs

from alliance_ref.glossary.concepts import counterparts, is_deprecated, rejection, term_pairs
from alliance_ref.html import cell, shortened_table
from alliance_ref.records.glossary import (
    GlossaryConcept,
    LanguageSection,
    PairAttestation,
    RejectedPair,
    Rendering,
    Term,
    Use,
)
from alliance_ref.records.values import LANGS, Lang

T = TypeVar("T")
K = TypeVar("K")


@attrs.frozen
class FieldChange:
    """One difference in a concept.

    `field` is ``id``, ``subject``, ``note``, ``definition``, ``passages``, ``termhood``, ``term`` (added or
    removed), ``order`` (of the terms), a field of a term such as ``status``, ``rendering`` (added or
    removed), or a field of a rendering such as ``count``. `of` is the term or pair that has the field, `lang`
    the language. `before` and `after` are the old and the new value, empty if there is none.

    >>> import alliance_ref as ar
    >>> old = ar.reference_glossary().subset(["futenma"])
    >>> (change,) = old.diff(old.with_status("futenma", "普天間", "deprecated")).changed
    >>> item = change.changes[0]
    >>> item.field, item.of, item.before, item.after
    ('status', '普天間', 'abbreviation', 'deprecated')
    """

    field: str
    before: str
    after: str
    lang: Lang | None = None
    of: str = ""

    def __str__(self) -> str:
        name = " ".join(filter(None, (self.lang, self.field, self.of)))
        if not self.before:
            return f"+ {name}: {self.after}"
        if not self.after:
            return f"- {name}: {self.before}"
        return f"{name}: {self.before} → {self.after}"


@attrs.frozen
class ConceptChange:
    """A concept that is in both glossaries, before and after, with the differences.

    >>> import alliance_ref as ar
    >>> old = ar.reference_glossary().subset(["futenma", "camp-zama"])
    >>> for change in old.diff(old.with_status("camp-zama", "座間", "deprecated")).changed:
    ...     print(change.id, *change.changes)
    camp-zama ja status 座間: abbreviation → deprecated
    """

    before: GlossaryConcept
    after: GlossaryConcept
    changes: tuple[FieldChange, ...]

    @property
    def id(self) -> str:
        """The id in the newer glossary."""
        return self.after.id


_FIELDS_OF_TERMS = frozenset(("term", "rendering", "status", "reading"))


@attrs.frozen(repr=False)
class GlossaryDiff:
    """The differences of a newer glossary; false if there are none.

    `added` are the concepts that only the newer glossary has, `changed` those that differ, `removed` those
    that only the older one has, and `rejected` those that a person rejected: they are gone, or all their
    terms became deprecated, which is also in `changed`. As text,
    each concept is one line with ``+``, ``~``, ``-`` or, if rejected, ``x``.

    >>> import alliance_ref as ar
    >>> old = ar.reference_glossary().subset(["futenma", "camp-zama"])
    >>> new = ar.reference_glossary().subset(["camp-zama", "far-east"])
    >>> old.diff(new)
    <GlossaryDiff 1 added, 1 removed, 0 changed>
    >>> print(old.diff(new))
    + far-east: Far East / 極東
    - futenma: Marine Corps Air Station Futenma / 普天間飛行場
    >>> bool(old.diff(old))
    False
    """

    added: tuple[GlossaryConcept, ...] = ()
    removed: tuple[GlossaryConcept, ...] = ()
    changed: tuple[ConceptChange, ...] = ()
    rejected: tuple[GlossaryConcept, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed or self.rejected)

    def of_terms(self) -> "GlossaryDiff":
        """Return the differences in terms and pairs, without counts, scores, places and other fields.

        >>> import alliance_ref as ar
        >>> units = [("The alliance is old.", "同盟は古い。")]
        >>> old, new = ar.build_glossary(units), ar.build_glossary(units * 2)
        >>> bool(old.diff(new)), bool(old.diff(new).of_terms())
        (True, False)
        """
        changed = []
        for change in self.changed:
            changes = tuple(item for item in change.changes if item.field in _FIELDS_OF_TERMS)
            if changes:
                changed.append(attrs.evolve(change, changes=changes))
        return attrs.evolve(self, changed=tuple(changed))

    def __str__(self) -> str:
        lines = [f"+ {name_of(concept)}" for concept in self.added]
        lines += [f"- {name_of(concept)}" for concept in self.removed]
        lines += [f"x {name_of(concept)}" for concept in self.rejected]
        for change in self.changed:
            lines.append(f"~ {name_of(change.after)}")
            lines += [f"    {item}" for item in change.changes]
        return "\n".join(lines)

    def __repr__(self) -> str:
        counts = [f"{len(self.added)} added", f"{len(self.removed)} removed", f"{len(self.changed)} changed"]
        counts += [f"{len(self.rejected)} rejected"] if self.rejected else []
        return f"<GlossaryDiff {', '.join(counts)}>"

    def _repr_html_(self) -> str:
        rows = [("+", name_of(concept), "") for concept in self.added]
        rows += [("−", name_of(concept), "") for concept in self.removed]
        rows += [("×", name_of(concept), "") for concept in self.rejected]
        rows += [("~", name_of(change.after), "\n".join(map(str, change.changes))) for change in self.changed]
        cells = [cell(sign) + cell(concept) + cell(what) for sign, concept, what in rows]
        return shortened_table(("", "concept", "change"), cells)


def name_of(concept: GlossaryConcept) -> str:
    """Return a concept in one line: the id and the preferred terms.

    >>> from alliance_ref.records import LanguageSection, Term
    >>> name_of(GlossaryConcept("alliance", LanguageSection("en", (Term("alliance", "en"),))))
    'alliance: alliance'
    """
    terms = [section.preferred for section in (concept.en, concept.ja)]
    return f"{concept.id}: {' / '.join(term.text for term in terms if term)}"


def difference(
    before: Sequence[GlossaryConcept], after: Sequence[GlossaryConcept], rejected: Sequence[RejectedPair] = ()
) -> GlossaryDiff:
    """Return the differences from *before* to *after*; the order of the concepts is ignored.

    Args:
        before: The older concepts.
        after: The newer concepts.
        rejected: The pairs that a person rejected since.
    """
    same = counterparts(before, after, by_id_alone=True)
    kept = set(same.values())
    changed = []
    is_rejected = rejection(rejected)
    gone = [concept for place, concept in enumerate(before) if place not in kept]
    refused = [concept for concept in gone if all(is_rejected(*pair) for pair in _main_pairs(concept))]
    for place, was in same.items():
        old, new = before[was], after[place]
        if is_deprecated(new) and not is_deprecated(old):
            refused.append(old)
        if old != new:
            changed.append((place, ConceptChange(old, new, tuple(_changes(old, new)))))
    refused_ids = {concept.id for concept in refused}
    return GlossaryDiff(
        tuple(concept for place, concept in enumerate(after) if place not in same),
        tuple(concept for concept in gone if concept.id not in refused_ids),
        tuple(change for _, change in sorted(changed, key=lambda item: item[0])),
        tuple(refused),
    )


def _main_pairs(concept: GlossaryConcept) -> Sequence[tuple[str, str]]:
    """Return the pairs without which a concept is gone; its abbreviations go with them."""
    return [(rendering.en, rendering.ja) for rendering in concept.renderings] or term_pairs(concept)


def _shown(value: object) -> str:
    return "" if value is None else str(value)


def _listed(items: Sequence[tuple[str, int]]) -> str:
    return ", ".join(text for text, _ in items)


def _changes(old: GlossaryConcept, new: GlossaryConcept) -> Iterator[FieldChange]:
    for field in ("id", "subject", "note"):
        yield from _field(field, getattr(old, field), getattr(new, field))
    for lang in LANGS:
        was, now = old.section(lang), new.section(lang)
        yield from _field("definition", was.definition, now.definition, lang)
        yield from _term_changes(was, now)
    yield from _rendering_changes(old.renderings, new.renderings)
    yield from _field("passages", old.passages, new.passages, show=", ".join)
    yield from _field("termhood", old.termhood, new.termhood)


def _field(
    field: str,
    before: T,
    after: T,
    lang: Lang | None = None,
    of: str = "",
    show: Callable[[T], str] = _shown,
) -> Iterator[FieldChange]:
    if before != after:
        yield FieldChange(field, show(before), show(after), lang, of)


_TERM_FIELDS = tuple(field.name for field in attrs.fields(Term) if field.name not in ("text", "lang"))


def _numbered(texts: Iterable[str]) -> list[tuple[str, int]]:
    """Return each text with the number of its earlier occurrences: a section may have a term twice."""
    seen: Counter[str] = Counter()
    keys = []
    for text in texts:
        keys.append((text, seen[text]))
        seen[text] += 1
    return keys


def _term_changes(was: LanguageSection, now: LanguageSection) -> Iterator[FieldChange]:
    lang = was.lang
    old = dict(zip(_numbered(term.text for term in was), was, strict=True))
    new = dict(zip(_numbered(term.text for term in now), now, strict=True))
    for key, term in old.items():
        if key not in new:
            yield FieldChange("term", _described(term), "", lang)
            continue
        for field in _TERM_FIELDS:
            before, after = getattr(term, field), getattr(new[key], field)
            yield from _field(field.replace("_", " "), before, after, lang, term.text)
    for key, term in new.items():
        if key not in old:
            yield FieldChange("term", "", _described(term), lang)
    was_order, now_order = _common(old, new), _common(new, old)
    yield from _field("order", was_order, now_order, lang, show=_listed)


def _common(one: Iterable[K], other: Container[K]) -> list[K]:
    return [key for key in one if key in other]


def _described(term: Term) -> str:
    return " ".join(filter(None, (term.text, term.reading and f"[{term.reading}]", f"({term.status})")))


def _rendering_changes(before: Sequence[Rendering], after: Sequence[Rendering]) -> Iterator[FieldChange]:
    old, new = _by_pair(before), _by_pair(after)
    for key, rendering in old.items():
        if key not in new:
            yield FieldChange("rendering", _pair(rendering), "")
            continue
        now, of = new[key], _pair(rendering)
        yield from _field("score", rendering.score, now.score, of=of)
        yield from _field("count", rendering.count, now.count, of=of)
        yield from _field("uses", rendering.uses, now.uses, of=of, show=_uses)
        yield from _field("attestations", rendering.attestations, now.attestations, of=of, show=_places)
    for key, rendering in new.items():
        if key not in old:
            yield FieldChange("rendering", "", _pair(rendering))
    was_order, now_order = _common(old, new), _common(new, old)
    yield from _field("order", was_order, now_order, of="renderings", show=_listed)


def _by_pair(renderings: Sequence[Rendering]) -> dict[tuple[str, int], Rendering]:
    return dict(zip(_numbered(map(_pair, renderings)), renderings, strict=True))


def _pair(rendering: Rendering) -> str:
    return f"{rendering.en} = {rendering.ja}"


def _uses(uses: Iterable[Use]) -> str:
    return ", ".join(f"{use.document} {use.date or '-'} ×{use.count}" for use in uses)


def _places(attestations: Iterable[PairAttestation]) -> str:
    return ", ".join(
        f"{item.passage}:{item.unit} {item.en.start}-{item.en.end}/{item.ja.start}-{item.ja.end}"
        for item in attestations
    )
