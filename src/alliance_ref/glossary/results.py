"""What a glossary answers: its own concepts and terms, as the reference answers with entries and names."""

from collections.abc import Iterable, Iterator
from typing import Self

import attrs

from alliance_ref.html import annotated_text, name_link
from alliance_ref.records.annotations import AnnotationKind
from alliance_ref.records.glossary import GlossaryConcept, Term
from alliance_ref.records.matches import Reason
from alliance_ref.records.values import Gap, Lang


@attrs.frozen(repr=False)
class TermMatch:
    """A concept of a glossary that answers a query: by which of its terms, why, and how well.

    `reason` and `score` are those of a :class:`Match`.

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
    """A term in the language asked for, its concept, and in how many units it renders what was asked.

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
    """The terms of a glossary for a query in one language, best first, or the gap in their place.

    `query` is what was asked, `to` the language of the answer.

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
    """A term of a glossary in a text, and what it may stand for.

    `text` is ``given[start:end]``, and `lang` the language of the term. `concepts` are all that have a term
    like it, the likeliest first, and `terms` the term of each. `kind` says how the first one is written, as
    in an :class:`Annotation`.

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
        """The likeliest concept."""
        return self.concepts[0]

    @property
    def term(self) -> Term:
        """The term of the likeliest concept."""
        return self.terms[0]

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        concepts = " | ".join(concept.id for concept in self.concepts)
        return f"<TermAnnotation {self.start}:{self.end} {self.text!r} {self.kind} {concepts}>"


class AnnotatedTerms(tuple[TermAnnotation, ...]):
    """The terms of a glossary in a text, in order, and the text. A tuple that can be shown as HTML.

    >>> import alliance_ref as ar
    >>> found = ar.reference_glossary().subset(["camp-zama"]).annotate("キャンプ座間へ移る。")
    >>> found.text[found[0].start : found[0].end], found[0].concept.id
    ('キャンプ座間', 'camp-zama')
    >>> print(found.to_html(ruby=True))  # doctest: +ELLIPSIS
    <div ...<ruby>キャンプ座間<rp>（</rp><rt>キャンプ ざま</rt><rp>）</rp></ruby></a>へ移る。</div>
    """

    text: str

    def __new__(cls, text: str, annotations: Iterable[TermAnnotation] = ()) -> Self:
        """The *annotations* of *text*."""
        made = super().__new__(cls, annotations)
        made.text = text
        return made

    def __getnewargs__(self) -> tuple[str, tuple[TermAnnotation, ...]]:
        return self.text, tuple(self)

    def to_html(self, *, ruby: bool = False) -> str:
        """The text as HTML, each term a link ``#id`` with what it is called in the other language.

        Args:
            ruby: Whether Japanese terms have their readings above them.

        >>> import alliance_ref as ar
        >>> found = ar.reference_glossary().subset(["camp-zama"]).annotate("to Camp Zama")
        >>> print(found.to_html())  # doctest: +ELLIPSIS
        <div ...>to <a href="#camp-zama" lang="en" title="キャンプ座間">Camp Zama</a></div>
        """
        return annotated_text(self.text, [(item.start, item.end, _link(item, ruby)) for item in self])

    def _repr_html_(self) -> str:
        return self.to_html()


def _link(item: TermAnnotation, ruby: bool) -> str:
    other: Lang = "ja" if item.lang == "en" else "en"
    titles = [concept.section(other).preferred for concept in item.concepts]
    title = " / ".join(term.text for term in titles if term is not None)
    reading = item.term.reading if ruby and item.kind != "inflected" else None
    return name_link(item.text, href=f"#{item.concept.id}", lang=item.lang, title=title, reading=reading)
