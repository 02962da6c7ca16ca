"""The records of a glossary, as in ISO 30042: concepts, language sections and terms.

In addition, a concept has renderings: pairs of terms that translate each other, with their score and the
places where they do.
"""

from collections.abc import Iterator

import attrs

from alliance_ref.arguments import check_lang, invalid_value, wrong_type
from alliance_ref.records.entries import NameStatus, kana
from alliance_ref.records.results import Shown
from alliance_ref.records.validation import typed
from alliance_ref.records.values import Lang, PartialDate, Period, between, filled, nfc, one_of

UNUSABLE = frozenset(("deprecated", "erroneous"))
"""Statuses of terms that must not be used."""


@attrs.frozen(field_transformer=typed)
class Term:
    """One term of a concept in one language.

    `status` is the administrative status, as for a `Name`, and `valid` the period of use. `reading` is in
    kana and `transliteration` in Latin letters (Japanese terms only). `reliability` (0 to 1) is the
    estimated probability that the text is a term of this concept, or ``None`` if a person wrote it.
    `part_of_speech` is that of Universal Dependencies in lowercase ("noun"), or empty. `context` is a
    sentence with the term, and `source` the source of the context or the term.

    >>> import alliance_ref as ar
    >>> ar.records.Term("防衛庁", "ja", reading="ぼうえいちょう", transliteration="Bōeichō").status
    'preferred'
    """

    text: str = attrs.field(converter=nfc, validator=filled)
    lang: Lang = attrs.field(validator=one_of(Lang))
    status: NameStatus = attrs.field(default="preferred", validator=one_of(NameStatus))
    reading: str | None = attrs.field(default=None, converter=attrs.converters.optional(nfc), validator=kana)
    transliteration: str | None = attrs.field(default=None, converter=attrs.converters.optional(nfc))
    valid: Period = Period()
    reliability: float | None = attrs.field(
        default=None, validator=attrs.validators.optional(between(0.0, 1.0))
    )
    part_of_speech: str = ""
    context: str = attrs.field(default="", converter=nfc)
    note: str = attrs.field(default="", converter=nfc)
    source: str = attrs.field(default="", converter=nfc)

    def __attrs_post_init__(self) -> None:
        if self.lang == "en" and self.reading is not None:
            raise invalid_value("english-reading")

    def __str__(self) -> str:
        return self.text


@attrs.frozen(field_transformer=typed)
class LanguageSection:
    """The terms of a concept in one language, the preferred one first, and the definition.

    A section is also a sequence of its `terms`. It may be empty.

    >>> import alliance_ref as ar
    >>> section = ar.records.LanguageSection("en", (ar.records.Term("alliance", "en"),))
    >>> str(section[0]), len(section)
    ('alliance', 1)
    """

    lang: Lang = attrs.field(validator=one_of(Lang))
    terms: tuple[Term, ...] = ()
    definition: str = attrs.field(default="", converter=nfc)

    def __attrs_post_init__(self) -> None:
        for term in self.terms:
            if term.lang != self.lang:
                raise invalid_value("section-language", term=term.text, lang=term.lang, section=self.lang)

    @property
    def preferred(self) -> Term | None:
        """The first preferred term, otherwise the first usable or only term; ``None`` in an empty section.

        >>> import alliance_ref as ar
        >>> print(ar.reference_glossary().find("jda").en.preferred)
        Japan Defense Agency
        """
        preferred = (term for term in self.terms if term.status == "preferred")
        return next(preferred, next(iter(self.usable or self.terms), None))

    @property
    def usable(self) -> tuple[Term, ...]:
        """The terms that are neither deprecated nor erroneous.

        >>> import alliance_ref as ar
        >>> glossary = ar.reference_glossary().with_status("camp-zama", "座間", "deprecated")
        >>> [str(term) for term in glossary.find("camp-zama").ja.usable]
        ['キャンプ座間', '座間基地']
        """
        return tuple(term for term in self.terms if term.status not in UNUSABLE)

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms)

    def __len__(self) -> int:
        return len(self.terms)

    def __getitem__(self, place: int) -> Term:
        return self.terms[place]


def _whole_number(_instance: object, attribute: "attrs.Attribute[int]", value: object) -> None:
    if not isinstance(value, int) or isinstance(value, bool):
        raise wrong_type(attribute.name, "a whole number", value)
    if value < 0:
        raise invalid_value("negative", name=attribute.name, value=value)


@attrs.frozen(field_transformer=typed)
class Occurrence:
    """An occurrence in one side of a unit: ``side[start:end]`` is `text`, counted in code points.

    >>> import alliance_ref as ar
    >>> units = [("The Status of Forces Agreement was signed.", "地位協定が署名された。")]
    >>> concept = ar.build_glossary(units, seed=["Status of Forces Agreement"]).concepts[0]
    >>> place = concept.renderings[0].attestations[0].ja
    >>> place.text, units[0][1][place.start : place.end]
    ('地位協定', '地位協定')
    """

    start: int = attrs.field(validator=_whole_number)
    end: int = attrs.field(validator=_whole_number)
    text: str

    def __str__(self) -> str:
        return self.text


@attrs.frozen(field_transformer=typed)
class PairAttestation:
    """A unit that contains a term and its rendering.

    `passage` is the id of the passage, or the name of the document or file if there are no passages. `unit`
    is the number of the aligned unit in it, from 0. `en` and `ja` are the occurrences in its two sides.

    >>> import alliance_ref as ar
    >>> place = ar.reference_glossary().find("far-east").renderings[0].attestations[0]
    >>> place.passage, str(place.en), str(place.ja)
    ('treaty-1951#2', 'Far East', '極東')
    >>> ar.passage(place.passage).units[place.unit].text("ja")[place.ja.start : place.ja.end]
    '極東'
    """

    passage: str
    unit: int = attrs.field(validator=_whole_number)
    en: Occurrence
    ja: Occurrence


@attrs.frozen(field_transformer=typed)
class Use:
    """How often a document renders a term in one way, and the date of the document, if known.

    >>> import alliance_ref as ar
    >>> en, ja = "The Status of Forces Agreement was signed.", "地位協定が署名された。"
    >>> unit = ar.TranslationUnit(en, ja, "sofa.tmx", date=ar.records.PartialDate(1960, 1))
    >>> glossary = ar.build_glossary([unit], seed=["Status of Forces Agreement"])
    >>> use = glossary.concepts[0].renderings[0].uses[0]
    >>> use.document, use.count, str(use.date)
    ('sofa.tmx', 1, '1960-01')
    """

    document: str
    count: int = attrs.field(validator=_whole_number)
    date: PartialDate | None = None


@attrs.frozen(field_transformer=typed)
class Rendering:
    """A pair of terms of one concept, and the evidence for it.

    `en` and `ja` are the texts of two terms of the concept. `score` (0 to 1) is the estimated probability
    that they translate each other, or ``None`` if a person paired them. `count` is the number of units in
    which they do, and `uses` the number per document. `attestations` are the first of these places.

    >>> import alliance_ref as ar
    >>> rendering = ar.reference_glossary().find("far-east").renderings[0]
    >>> rendering.en, rendering.ja, rendering.score
    ('Far East', '極東', None)
    >>> rendering.count == sum(use.count for use in rendering.uses)
    True
    """

    en: str = attrs.field(converter=nfc, validator=filled)
    ja: str = attrs.field(converter=nfc, validator=filled)
    score: float | None = attrs.field(default=None, validator=attrs.validators.optional(between(0.0, 1.0)))
    count: int = attrs.field(default=0, validator=_whole_number)
    attestations: tuple[PairAttestation, ...] = ()
    uses: tuple[Use, ...] = ()


@attrs.frozen
class RejectedPair:
    """A pair of terms that a person rejected, so that later builds leave it out.

    If `en` or `ja` is empty, every pair with the other term is rejected. Spellings of a term count as the
    same term. `source` is the file with the decision.

    >>> import alliance_ref as ar
    >>> units = [("The alliance changed.", "同盟は変わった。")]
    >>> glossary = ar.build_glossary(units, rejected=ar.build_glossary(units))
    >>> print(len(glossary), *glossary.rejected)
    0 alliance = 同盟
    """

    en: str = attrs.field(default="", converter=nfc)
    ja: str = attrs.field(default="", converter=nfc)
    source: str = attrs.field(default="", converter=nfc)

    def __attrs_post_init__(self) -> None:
        if not self.en and not self.ja:
            raise invalid_value("empty-pair")

    def __str__(self) -> str:
        return f"{self.en or '*'} = {self.ja or '*'}"


def _section(lang: Lang) -> "attrs._ValidatorType[LanguageSection]":
    def check(_instance: object, attribute: "attrs.Attribute[LanguageSection]", value: object) -> None:
        if not isinstance(value, LanguageSection):
            raise wrong_type(attribute.name, "a LanguageSection", value)
        if value.lang != lang:
            raise invalid_value("other-section", name=attribute.name, lang=value.lang)

    return check


@attrs.frozen(repr=False, field_transformer=typed)
class GlossaryConcept(Shown):
    """One concept of a glossary: a section of terms for each language, and which term renders which.

    `subject` is its subject field, or the kind of entry it comes from; `passages` are the ids of the
    passages that speak of it. At least one language has a term. `termhood` (0 to 1) is the estimated
    probability that a terminologist would list it, unlike an everyday word, or ``None`` if a person did.

    >>> import alliance_ref as ar
    >>> concept = ar.reference_glossary().find("camp-zama")
    >>> [str(term) for term in concept.en], concept.ja.preferred.reading, concept.subject
    (['Camp Zama', 'Zama'], 'キャンプ ざま', 'place')
    """

    id: str = attrs.field(validator=filled)
    en: LanguageSection = attrs.field(default=LanguageSection("en"), validator=_section("en"))
    ja: LanguageSection = attrs.field(default=LanguageSection("ja"), validator=_section("ja"))
    subject: str = attrs.field(default="", converter=nfc)
    note: str = attrs.field(default="", converter=nfc)
    renderings: tuple[Rendering, ...] = ()
    passages: tuple[str, ...] = ()
    termhood: float | None = attrs.field(default=None, validator=attrs.validators.optional(between(0.0, 1.0)))

    def __attrs_post_init__(self) -> None:
        if not self.en.terms and not self.ja.terms:
            raise invalid_value("no-terms", id=self.id)
        for rendering in self.renderings:
            for text, section in ((rendering.en, self.en), (rendering.ja, self.ja)):
                if all(term.text != text for term in section.terms):
                    raise invalid_value("rendering", text=text, lang=section.lang, id=self.id)

    @property
    def terms(self) -> tuple[Term, ...]:
        """All terms, the English ones first.

        >>> import alliance_ref as ar
        >>> [term.text for term in ar.reference_glossary().find("camp-zama").terms]
        ['Camp Zama', 'Zama', 'キャンプ座間', '座間', '座間基地']
        """
        return (*self.en.terms, *self.ja.terms)

    def section(self, lang: Lang) -> LanguageSection:
        """Return the section of one language.

        Raises:
            InvalidValue: if *lang* is neither ``"en"`` nor ``"ja"``.

        >>> import alliance_ref as ar
        >>> concept = ar.reference_glossary().find("far-east")
        >>> [concept.section(lang)[0].text for lang in ("en", "ja")]
        ['Far East', '極東']
        """
        check_lang(lang)
        return self.en if lang == "en" else self.ja

    def __repr__(self) -> str:
        names = [term.text for term in (self.en.preferred, self.ja.preferred) if term]
        return f"<GlossaryConcept {self.id}: {' / '.join(names)}>"
