"""Statistics of a glossary: its contents, its coverage of texts, and terms with several translations."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

import attrs

from alliance_ref.glossary.concepts import term_key
from alliance_ref.html import MAX_ROWS, cell, table
from alliance_ref.records.documents import Document
from alliance_ref.records.editions import Edition
from alliance_ref.records.glossary import GlossaryConcept, Rendering, Term
from alliance_ref.records.passages import AlignedUnit, Passage, TranslationUnit
from alliance_ref.records.values import LANGS, Lang

if TYPE_CHECKING:
    from alliance_ref.glossary.term_search import TermDesignation
    from alliance_ref.matcher.phrase_matcher import PhraseMatcher
    from alliance_ref.records.entries import NameStatus


@attrs.frozen
class TermCounts:
    """The numbers of terms of a glossary in one language: in total, by status, and with a reading.

    `definitions` is the number of concepts with a definition in the language.

    >>> import alliance_ref as ar
    >>> counts = ar.reference_glossary().subset(["futenma", "jda"]).statistics().ja
    >>> counts.terms, counts.preferred, counts.readings
    (4, 2, 4)
    """

    lang: Lang
    terms: int
    preferred: int
    admitted: int
    abbreviations: int
    deprecated: int
    erroneous: int
    readings: int
    definitions: int

    def __str__(self) -> str:
        by_status = (
            f"{name} {getattr(self, name):,}"
            for name in ("preferred", "admitted", "abbreviations", "deprecated", "erroneous")
            if getattr(self, name)
        )
        return f"{self.lang}: {self.terms:,} terms ({', '.join(by_status)})"


@attrs.frozen
class GlossaryStatistics:
    """The contents of a glossary in numbers.

    `one_language` counts the concepts without a term in one of the languages, `pairs` the renderings,
    `attestations` their recorded places, and `documents` the documents of these places.

    >>> import alliance_ref as ar
    >>> statistics = ar.reference_glossary(evidence=False).subset(["futenma", "jda"]).statistics()
    >>> print(statistics)
    2 concepts, 0 of them in one language only
    en: 8 terms (preferred 2, admitted 3, abbreviations 3); 2 definitions
    ja: 4 terms (preferred 2, admitted 1, abbreviations 1); 4 with readings; 2 definitions
    0 pairs with 0 attestations from 0 documents
    """

    concepts: int
    one_language: int
    en: TermCounts
    ja: TermCounts
    pairs: int
    attestations: int
    documents: int

    def __str__(self) -> str:
        return "\n".join(
            (
                f"{self.concepts:,} concepts, {self.one_language:,} of them in one language only",
                f"{self.en}; {self.en.definitions:,} definitions",
                f"{self.ja}; {self.ja.readings:,} with readings; {self.ja.definitions:,} definitions",
                f"{self.pairs:,} pairs with {self.attestations:,} attestations"
                f" from {self.documents:,} documents",
            )
        )


def statistics(concepts: Sequence[GlossaryConcept]) -> GlossaryStatistics:
    """Return the statistics of *concepts*."""
    renderings = [rendering for concept in concepts for rendering in concept.renderings]
    documents = {use.document for rendering in renderings for use in rendering.uses}
    for rendering in renderings:
        if not rendering.uses:
            documents.update(item.passage.partition("#")[0] for item in rendering.attestations)
    en, ja = (_term_counts(concepts, lang) for lang in LANGS)
    return GlossaryStatistics(
        concepts=len(concepts),
        one_language=sum(not (concept.en.terms and concept.ja.terms) for concept in concepts),
        en=en,
        ja=ja,
        pairs=len(renderings),
        attestations=sum(len(rendering.attestations) for rendering in renderings),
        documents=len(documents),
    )


def _term_counts(concepts: Sequence[GlossaryConcept], lang: Lang) -> TermCounts:
    terms: list[Term] = [term for concept in concepts for term in concept.section(lang)]
    by_status: Counter[NameStatus] = Counter(term.status for term in terms)
    return TermCounts(
        lang,
        terms=len(terms),
        preferred=by_status["preferred"],
        admitted=by_status["admitted"],
        abbreviations=by_status["abbreviation"],
        deprecated=by_status["deprecated"],
        erroneous=by_status["erroneous"],
        readings=sum(term.reading is not None for term in terms),
        definitions=sum(bool(concept.section(lang).definition) for concept in concepts),
    )


@attrs.frozen
class LanguageCoverage:
    """How much of the texts in one language the terms of a glossary cover.

    `units` counts the texts that are not empty, and `with_terms` those with at least one term. `characters`
    counts letters, digits, kana and kanji, and `covered` those that are part of a term (the leftmost and
    longest at each position).

    >>> import alliance_ref as ar
    >>> glossary = ar.reference_glossary()
    >>> coverage = glossary.coverage(["キャンプ座間へ移る。", "雨が降った。"]).ja
    >>> coverage.with_terms, coverage.units, round(coverage.share_of_characters, 2)
    (1, 2, 0.43)
    """

    lang: Lang
    units: int
    with_terms: int
    characters: int
    covered: int

    @property
    def share_of_units(self) -> float:
        """The share of units with a term, 0 if there are no units.

        >>> import alliance_ref as ar
        >>> texts = ["キャンプ座間へ移る。", "雨が降った。"]
        >>> ar.reference_glossary().coverage(texts).ja.share_of_units
        0.5
        """
        return self.with_terms / self.units if self.units else 0.0

    @property
    def share_of_characters(self) -> float:
        """The share of characters that are part of a term, 0 if there are no characters.

        >>> import alliance_ref as ar
        >>> texts = ["キャンプ座間へ移る。", "雨が降った。"]
        >>> round(ar.reference_glossary().coverage(texts).ja.share_of_characters, 2)
        0.43
        """
        return self.covered / self.characters if self.characters else 0.0

    def __str__(self) -> str:
        return (
            f"{self.lang}: a term in {self.share_of_units:.1%} of {self.units:,} units,"
            f" {self.share_of_characters:.1%} of {self.characters:,} characters"
        )


@attrs.frozen
class Coverage:
    """How much of some texts a glossary covers, by language.

    >>> import alliance_ref as ar
    >>> unit = ar.TranslationUnit("They moved to Camp Zama.", "キャンプ座間へ移った。")
    >>> print(ar.reference_glossary().subset(["camp-zama"]).coverage(unit))
    en: a term in 100.0% of 1 units, 42.1% of 19 characters
    ja: a term in 100.0% of 1 units, 60.0% of 10 characters
    """

    en: LanguageCoverage
    ja: LanguageCoverage

    def __str__(self) -> str:
        return f"{self.en}\n{self.ja}"


def coverage(matcher: "PhraseMatcher[TermDesignation]", texts: "Iterable[Text]") -> Coverage:
    """Return how much of *texts* the terms of *matcher* cover."""
    counts: dict[Lang, list[int]] = {lang: [0, 0, 0, 0] for lang in LANGS}
    for item in texts:
        for lang, text in sides(item):
            characters = sum(map(str.isalnum, text))
            if not characters:
                continue
            covered = sum(
                sum(map(str.isalnum, shown))
                for _, _, shown, _ in matcher.hits(text, lang=lang, compounds=True)
            )
            for at, count in enumerate((1, covered > 0, characters, covered)):
                counts[lang][at] += count
    en, ja = (LanguageCoverage(lang, *counts[lang]) for lang in LANGS)
    return Coverage(en, ja)


Text = str | TranslationUnit | AlignedUnit | Passage | Document | Edition
"""A text in which terms are searched."""


def sides(item: Text) -> Iterator[tuple[Lang, str]]:
    """Yield the texts of an item by unit, with their languages; for a string, the script decides.

    >>> list(sides("日米同盟 (pact)"))
    [('ja', '日米同盟 (pact)')]
    """
    if isinstance(item, str):
        yield "ja" if _is_japanese(item) else "en", item
    elif isinstance(item, TranslationUnit):
        yield "en", item.en
        yield "ja", item.ja
    elif isinstance(item, Passage):
        yield from chain.from_iterable(map(sides, item.units))
    elif isinstance(item, Document | Edition):
        yield from chain.from_iterable(sides(unit) for passage in item.passages for unit in passage.units)
    else:
        for lang in LANGS:
            yield lang, item.text(lang)


def several(texts: Text | Iterable[Text]) -> Iterable[Text]:
    """Return *texts* as an iterable, also if it is a single text."""
    return (texts,) if isinstance(texts, Text) else texts


def _is_japanese(text: str) -> bool:
    """Return whether at least a third of the letters are kana or kanji: English text may quote a word."""
    letters = sum(map(str.isalpha, text))
    return 3 * sum("\u3005" <= character <= "\u9fff" for character in text) > letters > 0


@attrs.frozen
class Divergence:
    """A term with several translations: the renderings, the most frequent first.

    `lang` is the language of `term`. Spellings of one word (引渡し, 引き渡し) count as one translation, and
    abbreviations do not count. As text, each translation has its frequency and its documents with their
    dates.

    >>> import alliance_ref as ar
    >>> units = [
    ...     ar.TranslationUnit("The relocation of the base was late.", "基地の移設は遅れた。", "2005.tmx"),
    ...     ar.TranslationUnit("The relocation of the base is agreed.", "基地の移転で合意した。", "2006.tmx"),
    ... ]
    >>> item = ar.build_glossary(units, seed=["relocation"]).divergences()[-1]
    >>> print(item)
    relocation
      移設 ×1: 2005.tmx ×1
      移転 ×1: 2006.tmx ×1
    """

    concept: GlossaryConcept
    lang: Lang
    term: str
    renderings: tuple[Rendering, ...]

    def way(self, rendering: Rendering) -> str:
        """Return the translation of the term in a rendering.

        >>> import alliance_ref as ar
        >>> found = ar.reference_glossary().divergences()
        >>> item = next(item for item in found if item.term == "noise abatement")
        >>> item.lang, item.way(item.renderings[0])
        ('en', '航空機騒音規制措置')
        """
        return rendering.ja if self.lang == "en" else rendering.en

    def __str__(self) -> str:
        return "\n".join(
            [self.term, *(f"  {self.way(item)} ×{item.count}{_used(item)}" for item in self.renderings)]
        )


class Divergences(tuple[Divergence, ...]):
    """Terms with several translations. A tuple that can be printed and shown as HTML.

    >>> import alliance_ref as ar
    >>> found = ar.reference_glossary().divergences()
    >>> [item.way(way) for item in found if item.term == "noise abatement" for way in item.renderings]
    ['航空機騒音規制措置', '騒音軽減']
    """

    __slots__ = ()

    def __str__(self) -> str:
        return "\n".join(map(str, self))

    def _repr_html_(self) -> str:
        rows = []
        for item in self[:MAX_ROWS]:
            other: Lang = "ja" if item.lang == "en" else "en"
            rows += [
                cell("" if number else item.term, item.lang)
                + cell(item.way(rendering), other)
                + cell(str(rendering.count))
                + cell(_used(rendering).removeprefix(": "))
                for number, rendering in enumerate(item.renderings)
            ]
        head = ("term", "rendered as", "units", "where")
        return table(head, rows, more=max(0, len(self) - MAX_ROWS))


def _used(rendering: Rendering) -> str:
    uses = sorted(rendering.uses, key=lambda use: (str(use.date or "9999"), use.document))
    told = ", ".join(
        f"{use.document}{f' ({use.date})' if use.date else ''} ×{use.count}" for use in uses if use.document
    )
    return f": {told}" if told else ""


def divergences(concepts: Iterable[GlossaryConcept]) -> Divergences:
    """Return the terms of *concepts* with several translations, the most frequent first."""
    found = []
    for concept in concepts:
        for lang in LANGS:
            other: Lang = "ja" if lang == "en" else "en"
            short = {term.text for term in concept.section(other) if term.status == "abbreviation"}
            ways: dict[str, list[Rendering]] = {}
            for item in concept.renderings:
                term, way = (item.en, item.ja) if lang == "en" else (item.ja, item.en)
                if way not in short:
                    ways.setdefault(term, []).append(item)
            for term, items in ways.items():
                if len({term_key(item.ja if lang == "en" else item.en, other) for item in items}) > 1:
                    ranked = sorted(items, key=lambda item: -item.count)
                    found.append(Divergence(concept, lang, term, tuple(ranked)))
    found.sort(key=lambda item: -sum(rendering.count for rendering in item.renderings))
    return Divergences(found)
