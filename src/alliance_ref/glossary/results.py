"""Results of searches in a glossary: what `Match`, `Translation` and `Annotation` are for a reference."""

from collections.abc import Callable, Iterable, Iterator

import attrs

from alliance_ref.annotation.annotator import AnnotatedNames
from alliance_ref.records.annotations import AnnotationKind
from alliance_ref.records.glossary import GlossaryConcept, Term
from alliance_ref.records.matches import Reason
from alliance_ref.records.values import Gap, Lang


@attrs.frozen(repr=False)
class TermMatch:
    """A concept of a glossary that matches a query, with the term that matched, the score and the reason.

    `reason` and `score` have the meaning that they have in a `Match`.

    >>> import alliance_ref as ar
    >>> glossary = ar.reference_glossary()
    >>> for match in glossary.lookup("hutenma"):
    ...     print(match.concept.id, match.term, match.reason, match.score)
    futenma 普天間 romaji 0.74
    """

    concept: GlossaryConcept
    term: Term
    score: float
    reason: Reason

    def __repr__(self) -> str:
        return f"<TermMatch {self.concept.id} {self.score} {self.reason} {self.term.text!r}>"


@attrs.frozen
class TermEquivalent:
    """A term in the target language, its concept, and the number of units in which it translates the query.

    >>> import alliance_ref as ar
    >>> equivalent = ar.reference_glossary().translate("極東", to="en").equivalents[0]
    >>> str(equivalent), equivalent.concept.id, equivalent.count > 1
    ('Far East', 'far-east', True)
    """

    concept: GlossaryConcept
    term: Term
    count: int = 0

    def __str__(self) -> str:
        return self.term.text


@attrs.frozen
class TermTranslation:
    """The terms of a glossary for a query, best first, or a gap with the reason why there are none.

    `query` is the query, `to` the target language.

    >>> import alliance_ref as ar
    >>> glossary = ar.reference_glossary().subset(["camp-zama"])
    >>> [str(equivalent) for equivalent in glossary.translate("Camp Zama", to="ja")]
    ['キャンプ座間', '座間基地', '座間']
    >>> print(glossary.translate("普天間飛行場", to="en"))
    [not-held]
    """

    query: str
    to: Lang
    equivalents: tuple[TermEquivalent, ...]
    gap: Gap | None = None

    def __iter__(self) -> Iterator[TermEquivalent]:
        return iter(self.equivalents)

    def __len__(self) -> int:
        return len(self.equivalents)

    def __bool__(self) -> bool:
        return bool(self.equivalents)

    def __str__(self) -> str:
        return str(self.equivalents[0]) if self.equivalents else str(self.gap)


@attrs.frozen(repr=False)
class TermAnnotation:
    """A term of a glossary in a text, and the concepts that it may refer to.

    `text` is the slice ``[start:end]`` of the text, and `lang` the language of the term. `concepts` are all
    concepts with such a term, the most likely first, and `terms` the term of each. `kind` is how the first
    term is written, as in an `Annotation`.

    >>> import alliance_ref as ar
    >>> item = ar.reference_glossary().annotate("the bases at Camp Zama")[-1]
    >>> item.text, item.start, item.kind, item.concept.ja.preferred.text
    ('Camp Zama', 13, 'exact', 'キャンプ座間')
    """

    start: int
    end: int
    text: str
    lang: Lang
    concepts: tuple[GlossaryConcept, ...]
    terms: tuple[Term, ...]
    kind: AnnotationKind

    @property
    def concept(self) -> GlossaryConcept:
        """The most likely concept."""
        return self.concepts[0]

    @property
    def term(self) -> Term:
        """The term of the most likely concept."""
        return self.terms[0]

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        concepts = " | ".join(concept.id for concept in self.concepts)
        return f"<TermAnnotation {self.start}:{self.end} {self.text!r} {self.kind} {concepts}>"


class AnnotatedTerms(AnnotatedNames[TermAnnotation]):
    """The terms of a glossary in a text, in order, and the text. A tuple that can be shown as HTML.

    >>> import alliance_ref as ar
    >>> found = ar.reference_glossary().subset(["camp-zama"]).annotate("キャンプ座間へ移る。")
    >>> found.text[found[0].start : found[0].end], found[0].concept.id
    ('キャンプ座間', 'camp-zama')
    >>> print(found.to_html(ruby=True))  # doctest: +ELLIPSIS
    <div ...<ruby>キャンプ座間<rp>（</rp><rt>キャンプ ざま</rt><rp>）</rp></ruby></a>へ移る。</div>
    """

    def to_html(self, *, ruby: bool = False, link: "Callable[[TermAnnotation], str] | None" = None) -> str:
        """Return the text as HTML; each term is a link whose title is the term in the other language.

        Args:
            ruby: Whether Japanese terms have their readings above them.
            link: Returns the target of an annotation; by default ``#`` and the id of the first concept.

        >>> import alliance_ref as ar
        >>> found = ar.reference_glossary().subset(["camp-zama"]).annotate("to Camp Zama")
        >>> print(found.to_html())  # doctest: +ELLIPSIS
        <div ...>to <a href="#camp-zama" lang="en" title="キャンプ座間">Camp Zama</a></div>
        """
        return self._html(link or _anchor, ruby=ruby)

    def _repr_html_(self) -> str:
        return self.to_html()

    def _titles(self, item: TermAnnotation, lang: Lang) -> Iterable[str]:
        sections = (concept.section(lang) for concept in item.concepts)
        return [section.preferred.text for section in sections if section.usable and section.preferred]

    def _reading(self, item: TermAnnotation) -> str | None:
        return item.term.reading


def _anchor(annotation: TermAnnotation) -> str:
    return f"#{annotation.concept.id}"
