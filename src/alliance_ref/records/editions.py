"""Editions: the text of a document in one particular copy, with its repairs and losses.

An edition accounts for each character of the copy, which is kept, repaired or set aside. All offsets count
code points of the decoded copy.
"""

from typing import Literal

import attrs

from alliance_ref.arguments import check_lang
from alliance_ref.records.documents import Document, FrontRole
from alliance_ref.records.passages import AlignedUnit, Correction, Passage
from alliance_ref.records.validation import typed
from alliance_ref.records.values import LANGS, Gap, Lang

RepairKind = Literal[
    "byte-order-mark",
    "control-character",
    "invisible-character",
    "line-end",
    "no-break-space",
    "quotation-mark",
    "undecodable",
]
SetAsideKind = Literal[
    "dateline",
    "furniture",
    "repeated",
    "hidden",
    "deletion",
    "comment",
    "page-header",
    "page-number",
    "field-code",
    "image",
    "timing",
    "metadata",
    "other-language",
    "invisible-character",
    "undecodable",
]
TextStatus = Literal["verified", "damaged", "missing", "unknown"]
SpanKind = Literal["kept", "repaired", "set-aside", "layout"]


@attrs.frozen(field_transformer=typed)
class Repair:
    r"""A repair of the copy: *before* at *offset* is replaced by *after*.

    >>> import attrs
    >>> import alliance_ref as ar
    >>> text = "“Talks go on,” he said."
    >>> prints = ar.records.Fingerprints(ar.fingerprint(text), ar.records.Gap("not-translated"))
    >>> passage = ar.Passage("talks-2011#1", 1, (), fingerprint=prints)
    >>> mine = attrs.evolve(ar.document("roadmap-2006"), id="talks-2011", front=(), passages=(passage,))
    >>> edition = ar.load().with_documents(mine).read_copy("?Talks go on,? he said.\n")
    >>> [(repair.kind, repair.offset, repair.after) for repair in edition.repairs]
    [('quotation-mark', 0, '“'), ('quotation-mark', 13, '”')]
    """

    kind: RepairKind
    offset: int
    before: str
    after: str


@attrs.frozen(field_transformer=typed)
class SetAside:
    r"""Text of the copy that belongs to no passage: web page boilerplate, a dateline or a repetition.

    `repeats` is the id of the passage that a repetition repeats. For a file of the user, `offset` is the one
    in the text of its edition at which the content was left out; `page` and `line` are its place in the file.

    >>> import attrs
    >>> import alliance_ref as ar
    >>> text = "Talks go on. The base stays."
    >>> prints = ar.records.Fingerprints(ar.fingerprint(text), ar.records.Gap("not-translated"))
    >>> passage = ar.Passage("talks-2011#1", 1, (), fingerprint=prints)
    >>> mine = attrs.evolve(ar.document("roadmap-2006"), id="talks-2011", front=(), passages=(passage,))
    >>> edition = ar.load().with_documents(mine).read_copy(f"Share this article\n{text}\n{text}")
    >>> [(item.kind, item.offset, item.repeats) for item in edition.set_aside]
    [('furniture', 0, None), ('repeated', 48, 'talks-2011#1')]
    """

    kind: SetAsideKind
    offset: int
    text: str
    repeats: str | None = None
    page: int | None = None
    line: int | None = None


@attrs.frozen(field_transformer=typed)
class PassageText:
    r"""One paragraph of a copy in one language.

    `status` is ``verified`` (the fingerprint matches), ``damaged`` (recognized, but changed or cut, with a
    `similarity` from 0 to 1), ``missing`` (in the document, but not in the copy) or ``unknown`` (in the
    copy, but not in the document). `start` and `end` are offsets into the copy.

    >>> import attrs
    >>> import alliance_ref as ar
    >>> text = "Talk of the old base goes on between the two towns by the bay."
    >>> prints = ar.records.Fingerprints(ar.fingerprint(text), ar.records.Gap("not-translated"))
    >>> passage = ar.Passage("towns-2011#1", 1, (), fingerprint=prints)
    >>> mine = attrs.evolve(ar.document("roadmap-2006"), id="towns-2011", front=(), passages=(passage,))
    >>> edition = ar.load().with_documents(mine).read_copy(text.replace("goes", "went") + "\n")
    >>> found = edition.passages[0].en
    >>> found.status, round(found.similarity, 2), edition.source[found.start : found.end] == found.text
    ('damaged', 0.7, True)
    """

    status: TextStatus
    text: str | None = None
    start: int | None = None
    end: int | None = None
    similarity: float | None = None


@attrs.frozen(field_transformer=typed)
class LocatedCorrection:
    r"""A known error of the document that this copy contains, at an offset in the passage.

    >>> import attrs
    >>> import alliance_ref as ar
    >>> right = ar.records.Bilingual("36 cracks", "ひび割れ36か所")
    >>> why = ar.records.Bilingual("one is counted twice", "一つは重複")
    >>> correction = ar.records.Correction("37 cracks", "en", right, why, ar.entry("futenma").sources)
    >>> text = "They found 37 cracks in the sea wall."
    >>> prints = ar.records.Fingerprints(ar.fingerprint(text), ar.records.Gap("not-translated"))
    >>> passage = ar.Passage("wall-2011#1", 1, (), corrections=(correction,), fingerprint=prints)
    >>> mine = attrs.evolve(ar.document("roadmap-2006"), id="wall-2011", front=(), passages=(passage,))
    >>> (found,) = ar.load().with_documents(mine).read_copy(text + "\n").corrections
    >>> found.passage, found.offset, found.correction.should_be.en
    ('wall-2011#1', 11, '36 cracks')
    """

    passage: str
    offset: int
    correction: Correction


@attrs.frozen(field_transformer=typed)
class EditionPassage:
    r"""A passage of the document with its paragraph in the copy.

    For an unknown paragraph, `passage`, `id` and `number` are ``None``.

    >>> import attrs
    >>> import alliance_ref as ar
    >>> texts = ["The gate was closed at nine.", "It was opened again at noon."]
    >>> prints = [ar.records.Fingerprints(ar.fingerprint(text), ar.records.Gap("lost")) for text in texts]
    >>> passages = [ar.Passage(f"gate-2011#{n}", n, (), fingerprint=prints[n - 1]) for n in (1, 2)]
    >>> mine = attrs.evolve(ar.document("roadmap-2006"), id="gate-2011", front=(), passages=tuple(passages))
    >>> for passage in ar.load().with_documents(mine).read_copy(texts[1] + "\n").passages:
    ...     print(passage.id, passage.en.status, passage.side("ja").reason)
    gate-2011#1 missing lost
    gate-2011#2 verified lost
    """

    passage: Passage | None
    en: PassageText | Gap
    ja: PassageText | Gap
    units: tuple[AlignedUnit, ...] = ()

    @property
    def id(self) -> str | None:
        """The passage's id."""
        return self.passage.id if self.passage else None

    @property
    def number(self) -> int | None:
        """The passage's number in its document."""
        return self.passage.number if self.passage else None

    @property
    def role(self) -> str:
        """The passage's role, or ``unknown`` for an unknown paragraph."""
        return self.passage.role if self.passage else "unknown"

    def side(self, lang: Lang) -> PassageText | Gap:
        """Return the side in *lang*, ``"en"`` or ``"ja"``."""
        check_lang(lang)
        return self.en if lang == "en" else self.ja


@attrs.frozen(field_transformer=typed)
class EditionLine:
    r"""The title, byline, date or dateline of the copy, or the text of the record if the copy lost it.

    A side is `PassageText` if the copy has it, otherwise a gap: ``lost``, or the reason why it never
    existed. `supplied` is the text of the record (English, Japanese) for a side that the copy lost.

    >>> import attrs
    >>> import alliance_ref as ar
    >>> text = "Talks go on. The base stays."
    >>> prints = ar.records.Fingerprints(ar.fingerprint(text), ar.records.Gap("not-translated"))
    >>> passage = ar.Passage("talks-2011#1", 1, (), fingerprint=prints)
    >>> title = ar.records.FrontLine("title", "The Talks", ar.records.Gap("not-translated"))
    >>> mine = attrs.evolve(ar.document("roadmap-2006"), id="talks-2011", front=(title,), passages=(passage,))
    >>> line = ar.load().with_documents(mine).read_copy(text + "\n").front[0]
    >>> line.role, line.en.reason, line.supplied[0]
    ('title', 'lost', 'The Talks')
    """

    role: FrontRole
    en: PassageText | Gap
    ja: PassageText | Gap
    supplied: tuple[str | None, str | None] = (None, None)


@attrs.frozen(field_transformer=typed)
class Span:
    r"""A part of the copy and its treatment; ``layout`` is white space between paragraphs.

    >>> import attrs
    >>> import alliance_ref as ar
    >>> text = "“Yes,” he said. The talks go on."
    >>> prints = ar.records.Fingerprints(ar.fingerprint(text), ar.records.Gap("not-translated"))
    >>> passage = ar.Passage("talks-2011#1", 1, (), fingerprint=prints)
    >>> mine = attrs.evolve(ar.document("roadmap-2006"), id="talks-2011", front=(), passages=(passage,))
    >>> copy = "Share this article\n?Yes,? he said. The talks go on."
    >>> edition = ar.load().with_documents(mine).read_copy(copy)
    >>> for span in edition.spans[:4]:
    ...     print(span.kind, repr(edition.source[span.start : span.end]))
    set-aside 'Share this article'
    layout '\n'
    repaired '?'
    kept 'Yes,'
    """

    kind: SpanKind
    start: int
    end: int


@attrs.frozen(repr=False, field_transformer=typed)
class Edition:
    r"""The text of a document in one copy, linked to the passages of the document.

    `source` is the copy as decoded with `encoding` (``None`` if it was text); all offsets count its code
    points. `spans` cover it completely, without overlap. `reordered` are the ids of passages that come
    before one that they should follow.

    >>> import attrs
    >>> import alliance_ref as ar
    >>> text = "“Yes,” he said. The talks go on."
    >>> prints = ar.records.Fingerprints(ar.fingerprint(text), ar.records.Gap("not-translated"))
    >>> passage = ar.Passage("talks-2011#1", 1, (), fingerprint=prints)
    >>> mine = attrs.evolve(ar.document("roadmap-2006"), id="talks-2011", front=(), passages=(passage,))
    >>> edition = ar.load().with_documents(mine).read_copy("?Yes,? he said. The talks go on.\n")
    >>> edition
    <Edition of talks-2011: en 1 verified; ja 1 not-translated; 2 repairs>
    >>> edition.counts("ja"), edition.is_clean
    ({'not-translated': 1}, True)
    """

    document: Document
    passages: tuple[EditionPassage, ...]
    front: tuple[EditionLine, ...]
    repairs: tuple[Repair, ...]
    set_aside: tuple[SetAside, ...]
    corrections: tuple[LocatedCorrection, ...]
    spans: tuple[Span, ...]
    source: str = attrs.field(repr=False)
    encoding: str | None
    reordered: tuple[str, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether nothing is lost, missing, damaged, unknown or out of order."""
        lines: list[EditionPassage | EditionLine] = [*self.passages, *self.front]
        return not self.reordered and not any(
            side.reason == "lost" if isinstance(side, Gap) else side.status != "verified"
            for line in lines
            for side in (line.en, line.ja)
        )

    def __repr__(self) -> str:
        sides = [
            f"{lang} {', '.join(f'{number} {status}' for status, number in self.counts(lang).items())}"
            for lang in LANGS
        ]
        return f"<Edition of {self.document.id}: {'; '.join(sides)}; {len(self.repairs)} repairs>"

    def counts(self, lang: Lang) -> dict[str, int]:
        """Return the number of passages per status in one language; gaps count under their reason."""
        found: dict[str, int] = {}
        for passage in self.passages:
            side = passage.side(lang)
            key = side.reason if isinstance(side, Gap) else side.status
            found[key] = found.get(key, 0) + 1
        return found
