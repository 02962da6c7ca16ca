"""Passages: the content of a paragraph in our own words, aligned by sentence, and related records.

A passage contains no text of the document. Its fingerprint identifies the paragraph that it summarizes, so
that a user's copy of the document can be linked to it.
"""

import re
from typing import Literal

import attrs

from alliance_ref.arguments import check_lang, invalid_value
from alliance_ref.records.results import Shown
from alliance_ref.records.validation import typed
from alliance_ref.records.values import (
    Bilingual,
    Gap,
    Lang,
    PartialDate,
    Source,
    at_least,
    filled,
    nfc,
    one_of,
    partial_date,
)

PassageRole = Literal["paragraph", "list-item", "heading", "preamble", "article", "section", "author-note"]
Fidelity = Literal["exact", "shortened", "own-words", "not-located"]
UnitStatus = Literal["written", "aligned", "confirmed"]

_PASSAGE_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*#[0-9]+")


@attrs.frozen(field_transformer=typed)
class Segment(Shown):
    """One sentence in one language, with its offsets in the text that contains it.

    `start` and `end` count code points of that text: ``text[start:end]`` is the sentence.

    >>> import alliance_ref as ar
    >>> text = "普天間飛行場は広い。移設は遅れた。"
    >>> for segment in ar.sentences(text, lang="ja"):
    ...     print(segment.start, segment.end, segment)
    0 10 普天間飛行場は広い。
    10 17 移設は遅れた。
    """

    text: str
    lang: Lang = attrs.field(validator=one_of(Lang))
    start: int
    end: int

    def __str__(self) -> str:
        return self.text


Side = tuple[Segment, ...] | Gap


@attrs.frozen(field_transformer=typed)
class AlignedUnit(Shown):
    """Segments of one language aligned with those of the other (a bead).

    Each side is a tuple of one or more segments, or a `Gap`. `status` is the origin of the alignment:
    ``written`` as parallel text, ``aligned`` by the library, or ``confirmed`` by a person. `confidence`
    (0 to 1) is that of the aligner, or ``None`` without one.

    >>> import alliance_ref as ar
    >>> en, ja = ar.records.Segment("Yes.", "en", 0, 4), ar.records.Segment("そうだ。", "ja", 0, 4)
    >>> ar.records.AlignedUnit((en,), (ja,)).kind
    '1-1'
    """

    en: Side
    ja: Side
    status: UnitStatus = attrs.field(default="written", validator=one_of(UnitStatus))
    confidence: float | None = None

    @property
    def kind(self) -> str:
        """The numbers of segments, English first, for example ``2-1`` or ``1-0``."""
        counts = [0 if isinstance(side, Gap) else len(side) for side in (self.en, self.ja)]
        return f"{counts[0]}-{counts[1]}"

    def __str__(self) -> str:
        en, ja = (str(side) if isinstance(side, Gap) else self.text(lang) for side, lang in self._sides())
        confidence = "" if self.confidence is None else f" {self.confidence:.0%}"
        return f"{self.kind}{confidence}  {en} / {ja}"

    def _sides(self) -> "tuple[tuple[Side, Lang], tuple[Side, Lang]]":
        return (self.en, "en"), (self.ja, "ja")

    def text(self, lang: Lang) -> str:
        """Return the text of one side, empty for a gap.

        Raises:
            InvalidValue: if *lang* is neither ``"en"`` nor ``"ja"``.

        >>> import alliance_ref as ar
        >>> unit = ar.align(["Talks go on.", "Rain fell."], ["協議は続く。"]).units[1]
        >>> unit.text("en"), unit.text("ja")
        ('Rain fell.', '')
        """
        check_lang(lang)
        side = self.en if lang == "en" else self.ja
        if isinstance(side, Gap):
            return ""
        return (" " if lang == "en" else "").join(segment.text for segment in side)


@attrs.frozen(field_transformer=typed)
class Quotation:
    """A short quotation in a passage.

    `cites` is the id of the quoted document, or ``None`` for speech; `locator` is the section or paragraph
    in it. `fidelity` is ``exact``, ``shortened``, ``own-words`` (the author's words in quotation marks) or
    ``not-located`` (not found in the cited document).

    >>> import alliance_ref as ar
    >>> quotation = ar.passage("scc-joint-statement-2006-05#1").quotations[1]
    >>> quotation.text, quotation.fidelity, quotation.locator
    ('米国の安全保障政策の要', 'exact', '第1段落')
    """

    text: str = attrs.field(converter=nfc, validator=filled)
    lang: Lang = attrs.field(validator=one_of(Lang))
    fidelity: Fidelity = attrs.field(validator=one_of(Fidelity))
    cites: str | None = None
    locator: str = ""
    note: Bilingual | None = None


@attrs.frozen(field_transformer=typed)
class Correction:
    """An error of a document: its text, the correct text, the reason and the sources.

    `says` is the exact text of the document in the language `lang`.

    >>> import alliance_ref as ar
    >>> correction = ar.passage("ndpg-2004#33").corrections[0]
    >>> correction.says, correction.should_be.en, correction.sources[0].id
    ('1 armed division', '1 armored division', 'mod-wp2021-table')
    """

    says: str = attrs.field(converter=nfc, validator=filled)
    lang: Lang = attrs.field(validator=one_of(Lang))
    should_be: Bilingual
    reason: Bilingual
    sources: tuple[Source, ...] = attrs.field(validator=at_least(1))


@attrs.frozen(field_transformer=typed)
class Fingerprint:
    """Hashes that identify a paragraph without containing its text.

    They are computed from the paragraph without quotation marks, dashes and white space: its `length` in
    code points, a checksum of its beginning (`head`), a `digest` of all of it, and a `sketch`: the smallest
    hashes of its overlapping short character sequences, sorted, at most 64 of `runs` different ones.

    Source: A. Broder, "On the resemblance and containment of documents", 1997 (bottom-k sketch).

    >>> import alliance_ref as ar
    >>> paragraph = ar.passage("magosaki-2006#1").fingerprint.en
    >>> ar.fingerprint("Talks of another kind.") == paragraph, len(paragraph.sketch)
    (False, 64)
    """

    length: int
    head: int
    digest: str
    runs: int
    sketch: tuple[int, ...]


@attrs.frozen(field_transformer=typed)
class Fingerprints:
    """The fingerprint of a paragraph in each language, or a gap with the reason why there is none.

    >>> import alliance_ref as ar
    >>> print(ar.passage("halloran-2005#1").fingerprint.ja)
    [not-translated]
    >>> print(ar.passage("magosaki-2006#3").fingerprint.ja)
    [lost]
    """

    en: Fingerprint | Gap
    ja: Fingerprint | Gap


@attrs.frozen(field_transformer=typed)
class Attestation(Shown):
    """An occurrence of a term: the passage, the number of the unit in it, the language and the offsets.

    `start` and `end` count code points of that side of the unit: ``unit.text(lang)[start:end]`` is `text`.

    >>> import alliance_ref as ar
    >>> found = ar.load().attestations("far-east")[0]
    >>> found.passage, found.lang, found.text
    ('treaty-1951#2', 'en', 'Far East')
    """

    passage: str
    unit: int
    lang: Lang
    start: int
    end: int
    text: str


@attrs.frozen(field_transformer=typed)
class Passage:
    """One paragraph of a document in this project's own words, English and Japanese aligned.

    `id` is permanent and citable: ``magosaki-2006#8``. `heading` is the document's own name for the place
    ("Article V" / 「第5条」), if it has one. `mentions` are the ids of the entries mentioned; `homographs`
    are those of entries whose names appear with another meaning (整備 of a runway is not ``maintenance``).

    >>> import alliance_ref as ar
    >>> passage = ar.passage("treaty-1960#6")
    >>> passage.id, passage.number, passage.heading.ja
    ('treaty-1960#6', 6, '第5条')
    >>> passage.units[0].text("ja")
    '各締約国は、日本の施政下の領域でいずれか一方に加えられる武力攻撃を、自国の平和と安全に対する危険とみなす。'
    """

    id: str
    number: int
    units: tuple[AlignedUnit, ...]
    role: PassageRole = attrs.field(default="paragraph", validator=one_of(PassageRole))
    heading: Bilingual | None = None
    mentions: tuple[str, ...] = ()
    homographs: tuple[str, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    corrections: tuple[Correction, ...] = ()
    fingerprint: Fingerprints = Fingerprints(Gap("not-held"), Gap("not-held"))

    def __attrs_post_init__(self) -> None:
        if not _PASSAGE_ID.fullmatch(self.id):
            raise invalid_value("passage-id", value=self.id)

    def text(self, lang: Lang) -> str:
        """Return the passage in one language, with its sentences joined.

        Raises:
            InvalidValue: if *lang* is neither ``"en"`` nor ``"ja"``.

        >>> import alliance_ref as ar
        >>> ar.passage("treaty-1960#8").text("ja")[:20]
        'この条約は、国際連合憲章に基づく締約国の'
        """
        check_lang(lang)
        texts = (unit.text(lang) for unit in self.units)
        return (" " if lang == "en" else "").join(filter(None, texts))

    def _repr_html_(self) -> str:
        from alliance_ref.html import bilingual_table

        pairs = [
            (
                str(unit.en) if isinstance(unit.en, Gap) else unit.text("en"),
                str(unit.ja) if isinstance(unit.ja, Gap) else unit.text("ja"),
            )
            for unit in self.units
        ]
        heading = [] if self.heading is None else [(self.heading.en, self.heading.ja)]
        return bilingual_table(self.id, [*heading, *pairs])


@attrs.frozen(field_transformer=typed)
class TranslationUnit(Shown):
    """An English text and its Japanese translation, or the reverse, as in a translation memory.

    `document` is the document that the memory names, or the name of the file; `number` is the position in
    it, from 0. `date` is when the unit was written or last changed, if known. `state` is how far the
    translation is, if the file has states: initial, translated, reviewed or final, as in XLIFF 2.

    >>> import alliance_ref as ar
    >>> ar.TranslationUnit("The alliance changed.", "同盟は変わった。").ja
    '同盟は変わった。'
    """

    en: str = attrs.field(converter=nfc)
    ja: str = attrs.field(converter=nfc)
    document: str = ""
    number: int = 0
    date: PartialDate | None = attrs.field(default=None, converter=attrs.converters.optional(partial_date))
    state: str = ""
