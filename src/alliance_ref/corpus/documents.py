"""Make a document of the user's files: read, align, divide into passages, annotate.

The readers return blocks. The sentences of the English blocks are aligned with those of the Japanese ones. A
passage ends where a block ends in both languages. Names are found in the text of a whole file, so that the
names around an ambiguous one decide, and are then assigned to the passages.
"""

import datetime
import math
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from os import PathLike
from typing import cast

import attrs

from alliance_ref.alignment import Lexicon, Scorer
from alliance_ref.alignment.documents import align_paragraphs, check_plain_text
from alliance_ref.arguments import check_text, invalid_value, wrong_type
from alliance_ref.corpus.quotations import quotations_in
from alliance_ref.exchange.documents import read_file
from alliance_ref.exchange.documents.blocks import language_in
from alliance_ref.exchange.documents.plain import read_text
from alliance_ref.progress import Progress
from alliance_ref.records.documents import Document, DocumentType
from alliance_ref.records.entries import Name
from alliance_ref.records.files import BLOCK_SEPARATOR, CorpusDocument, FileEdition, TextBlock
from alliance_ref.records.passages import AlignedUnit, Passage, PassageRole, Segment
from alliance_ref.records.values import LANGS, Bilingual, Gap, Lang, PartialDate, Source
from alliance_ref.reference import Reference, load
from alliance_ref.text.paragraphs import Paragraph
from alliance_ref.text.sentence_splitting import sentences

_MIN_SHARE = 0.1
"""Least share of a language in a file with both; names and titles in the other language have less."""

_JAPANESE_WEIGHT = 2.5
"""English letters that translate one Japanese character."""

_ROLES: dict[str, PassageRole] = {"heading": "heading", "list-item": "list-item", "note": "author-note"}

_ADDRESS = re.compile(r"https?://\S+$")

Path = str | PathLike[str]


def read_document(
    en: Path | None = None,
    ja: Path | None = None,
    *,
    id: str,  # noqa: A002 - the name of the field
    issued: PartialDate | datetime.date | str | None = None,
    title: str | Bilingual | None = None,
    source: str | Source | None = None,
    type: DocumentType = "document",  # noqa: A002
    reference: Reference | None = None,
    lexicon: Lexicon | None = None,
    scorer: Scorer | None = None,
    progress: Progress | None = None,
) -> CorpusDocument:
    """Read a document from its files, align its sentences and find the entries that it mentions.

    Formats: plain text, Markdown, HTML, Word (.docx), OpenDocument (.odt), PDF with a text layer, and
    subtitles (.srt, .vtt). Markdown, HTML and PDF need the extra ``documents``.

    Args:
        en: The path of the English file, or of a file with both languages, which is then split.
        ja: The path of the Japanese file.
        id: The id of the document, for example ``naha-2010``.
        issued: The date as far as it is known: ``2010``, ``2010-05`` or ``2010-05-06``.
        title: The title in one language, or in both (default: the first heading of each file, or its title).
        source: Where the document is from: a description, an address, or a `Source` (default: the names of
            the files).
        type: The type of the document, for example ``press-release``.
        reference: The reference whose entries are found (default: the shipped one).
        lexicon: See `align`.
        scorer: See `align`.
        progress: See `align`.

    Returns:
        The document. Its `editions` contain the text of the files with the place of each block, the readings
        above the text, and the content that was set aside.

    Raises:
        InvalidValue: An option has an unusable value, or no file is given.
        InputNotFound: There is no such file.
        UnknownFormat: A file is of a kind that is not read.
        UnreadableFile: A file is damaged, protected by a password, or has no text.
        UnreadableCopy: A text file is empty or not text.
        WrongLanguage: The files are swapped, or both are in one language.
        MissingExtra: The format needs the extra ``documents``.

    >>> import tempfile
    >>> from pathlib import Path
    >>> import alliance_ref as ar
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     en, ja = Path(folder, "naha.en.txt"), Path(folder, "naha.ja.txt")
    ...     _ = en.write_text("Talks on Futenma go on.", encoding="utf-8")
    ...     _ = ja.write_text("普天間に関する協議は続く。", encoding="cp932")
    ...     document = ar.read_document(en, ja, id="naha-2010", issued="2010-05-06")
    >>> document.passages[0].units[0].text("ja"), document.passages[0].mentions
    ('普天間に関する協議は続く。', ('futenma', 'consultation'))
    """
    metadata = _Metadata.checked(id, issued, title, source, type)
    for name, path in (("en", en), ("ja", ja)):
        if path is not None and not isinstance(path, str | PathLike):
            raise wrong_type(name, "the path of a file", path)
    editions = [None if path is None else read_file(path) for path in (en, ja)]
    return _Builder(metadata, *editions).document(reference or load(), lexicon, scorer, progress)


def document_from_texts(
    id: str,  # noqa: A002 - the name of the field
    *,
    en: str | None = None,
    ja: str | None = None,
    issued: PartialDate | datetime.date | str | None = None,
    title: str | Bilingual | None = None,
    source: str | Source | None = None,
    type: DocumentType = "document",  # noqa: A002
    reference: Reference | None = None,
    lexicon: Lexicon | None = None,
    scorer: Scorer | None = None,
    progress: Progress | None = None,
) -> CorpusDocument:
    """Return a document of texts in memory, aligned and annotated as by `read_document`.

    Args:
        id: The id of the document, for example ``naha-2010``.
        en: The English text, or a text with both languages in separate paragraphs.
        ja: The Japanese text.
        issued: The date as far as it is known: ``2010``, ``2010-05`` or ``2010-05-06``.
        title: The title in one language, or in both (default: the id).
        source: Where the document is from: a description, an address, or a `Source`.
        type: The type of the document, for example ``press-release``.
        reference: The reference whose entries are found (default: the shipped one).
        lexicon: See `align`.
        scorer: See `align`.
        progress: See `align`.

    Raises:
        InvalidValue: An option has an unusable value, no text is given, or a text is HTML or the name of a
            file.
        WrongLanguage: The texts are swapped, or both are in one language.
        UnreadableCopy: A text is empty.

    >>> import alliance_ref as ar
    >>> en, ja = "Talks on Futenma go on.", "普天間に関する協議は続く。"
    >>> document = ar.document_from_texts("naha-2010", en=en, ja=ja, issued="2010-05-06")
    >>> document.passages[0].id, document.passages[0].mentions
    ('naha-2010#1', ('futenma', 'consultation'))
    """
    metadata = _Metadata.checked(id, issued, title, source, type)
    editions = []
    for name, text in (("en", en), ("ja", ja)):
        if text is not None:
            check_plain_text(name, text, "file-name-document")
        editions.append(None if text is None else read_text(text))
    return _Builder(metadata, *editions).document(reference or load(), lexicon, scorer, progress)


@attrs.frozen
class _Metadata:
    """The metadata that a caller gave; `document` is a record that validates them."""

    document: Document
    title: tuple[Name, ...]
    source: Source | None

    @classmethod
    def checked(
        cls, id_: str, issued: object, title: object, source: object, type_: DocumentType
    ) -> "_Metadata":
        names = _title_names(title)
        given = _source(source)
        document = Document(
            id_,
            names or (Name(id_ if isinstance(id_, str) and id_ else "-", "en"),),
            sources=(given or Source("own", Bilingual("-", "-")),),
            type=type_,
            issued=cast("PartialDate | None", issued),
        )
        return cls(document, names, given)


def _title_names(title: object) -> tuple[Name, ...]:
    if title is None:
        return ()
    if isinstance(title, Bilingual):
        return Name(title.en, "en"), Name(title.ja, "ja")
    check_text(title, "title")
    assert isinstance(title, str)
    return (Name(title, "ja" if language_in(title) == "ja" else "en"),)


def _source(source: object) -> Source | None:
    if source is None or isinstance(source, Source):
        return source
    check_text(source, "source")
    assert isinstance(source, str)
    url = source.strip() if _ADDRESS.match(source.strip()) else None
    return Source("own", Bilingual(source, source), url)


@attrs.define
class _Side:
    """The blocks in one language, with their offsets in the text of the edition."""

    blocks: list[tuple[int, TextBlock]] = attrs.Factory(list)

    @property
    def paragraphs(self) -> list[Paragraph]:
        return [Paragraph(block.text, range(at, at + len(block.text))) for at, block in self.blocks]

    def block_number(self, segment: Segment) -> int:
        return bisect_right(self.blocks, segment.start, key=lambda block: block[0]) - 1

    def segments(self, lang: Lang) -> list[Segment]:
        return [
            attrs.evolve(segment, start=at + segment.start, end=at + segment.end)
            for at, block in self.blocks
            for segment in sentences(block.text, lang=lang)
        ]


class _Builder:
    """Makes a document of one or two editions."""

    def __init__(self, metadata: _Metadata, en: FileEdition | None, ja: FileEdition | None) -> None:
        self.metadata = metadata
        self.editions = tuple(edition for edition in (en, ja) if edition is not None)
        if not self.editions:
            raise invalid_value("no-side", id=metadata.document.id)
        if en is not None and ja is not None:
            self.sides: dict[Lang, _Side] = {"en": _Side(_placed(en)), "ja": _Side(_placed(ja))}
        else:
            self.sides = _split(self.editions[0])

    def document(
        self,
        reference: Reference,
        lexicon: Lexicon | None,
        scorer: Scorer | None,
        progress: Progress | None,
    ) -> CorpusDocument:
        """Return the document, aligned and annotated."""
        en, ja = self.sides["en"], self.sides["ja"]
        if en.blocks and ja.blocks:
            units = align_paragraphs(
                en.paragraphs, ja.paragraphs, lexicon=lexicon, scorer=scorer, progress=progress
            ).units
        else:
            absent = Gap("not-held")
            units = (
                *(AlignedUnit((segment,), absent, "aligned") for segment in en.segments("en")),
                *(AlignedUnit(absent, (segment,), "aligned") for segment in ja.segments("ja")),
            )
        given = self.metadata.document
        passages = self._passages(units)
        mentions = self._mentions(passages, reference)
        noted = []
        for passage, found in zip(passages, mentions, strict=True):
            noted.append(attrs.evolve(passage, mentions=found, quotations=quotations_in(passage, reference)))
        return CorpusDocument(
            given.id,
            self.metadata.title or self._titles(),
            sources=(self.metadata.source or self._source(),),
            type=given.type,
            issued=given.issued,
            passages=tuple(noted),
            editions=self.editions,
        )

    def _passages(self, units: Sequence[AlignedUnit]) -> list[Passage]:
        """Return the units in passages, which end where a block ends in both languages."""
        following: dict[Lang, float] = dict.fromkeys(LANGS, math.inf)
        ends = []
        for unit in reversed(units):
            numbers = {lang: self._block_numbers(unit, lang) for lang in LANGS}
            ends.append(all(not numbers[lang] or numbers[lang][-1] < following[lang] for lang in LANGS))
            following.update({lang: run[0] for lang, run in numbers.items() if run})
        starts = [0, *(place for place, end in enumerate(reversed(ends), 1) if end)]
        document_id = self.metadata.document.id
        return [
            Passage(f"{document_id}#{number}", number, tuple(units[start:end]), self._role(units[start:end]))
            for number, (start, end) in enumerate(pairwise(starts), 1)
        ]

    def _block_numbers(self, unit: AlignedUnit, lang: Lang) -> list[int]:
        side = unit.en if lang == "en" else unit.ja
        return [] if isinstance(side, Gap) else [self.sides[lang].block_number(segment) for segment in side]

    def _role(self, units: Iterable[AlignedUnit]) -> PassageRole:
        kinds = {
            self.sides[lang].blocks[number][1].kind
            for unit in units
            for lang in LANGS
            for number in self._block_numbers(unit, lang)
        }
        return _ROLES.get(kinds.pop(), "paragraph") if len(kinds) == 1 else "paragraph"

    def _mentions(self, passages: Sequence[Passage], reference: Reference) -> list[tuple[str, ...]]:
        """Return the ids of the entries in each passage, in the order of their first mention."""
        issued = self.metadata.document.issued
        day = issued.earliest() if issued is not None and issued.day is not None else None
        found: list[dict[str, None]] = [{} for _ in passages]
        for lang in LANGS:
            owners = sorted(
                (segment.start, number)
                for number, passage in enumerate(passages)
                for unit in passage.units
                for segment in _segments(unit, lang)
            )
            done = -1
            for item in reference.annotate(self._text(lang), as_of=day) if owners else ():
                place = bisect_right(owners, item.start, key=lambda owner: owner[0]) - 1
                if place >= 0 and item.start >= done:
                    found[owners[place][1]][item.entry.id] = None
                    done = item.end
        return [tuple(ids) for ids in found]

    def _text(self, lang: Lang) -> str:
        """Return the text in which the segments of a language have their offsets.

        Text in the other language of a bilingual file is blanked: it would be annotated twice.
        """
        text = (self.editions[0] if lang == "en" else self.editions[-1]).text
        parts, done = [], 0
        for at, block in self.sides[lang].blocks:
            parts += ["\n" * (at - done), block.text]
            done = at + len(block.text)
        return "".join(parts) + "\n" * (len(text) - done)

    def _titles(self) -> tuple[Name, ...]:
        """Return the first heading in each language, the title of the file, or the id."""
        names = []
        for lang in LANGS:
            heading = next(
                (block.text for _, block in self.sides[lang].blocks if block.kind == "heading"), None
            )
            if heading is not None:
                names.append(Name(heading, lang))
        for edition in self.editions:
            title = edition.title.strip()
            if title and not any(name.lang == _lang(title) for name in names):
                names.append(Name(title, _lang(title)))
        return tuple(names) or (Name(self.metadata.document.id, "en"),)

    def _source(self) -> Source:
        files = ", ".join(
            dict.fromkeys(edition.file for edition in self.editions if edition.file != "<text>")
        )
        return Source("own", Bilingual(files, files) if files else Bilingual("own text", "自分のテキスト"))


def _segments(unit: AlignedUnit, lang: Lang) -> tuple[Segment, ...]:
    side = unit.en if lang == "en" else unit.ja
    return () if isinstance(side, Gap) else side


def _lang(text: str) -> Lang:
    return "ja" if language_in(text) == "ja" else "en"


def _placed(edition: FileEdition) -> list[tuple[int, TextBlock]]:
    """Return the blocks of an edition with their offsets in its text."""
    placed = []
    at = 0
    for block in edition.blocks:
        placed.append((at, block))
        at += len(block.text) + len(BLOCK_SEPARATOR)
    return placed


def _split(edition: FileEdition) -> dict[Lang, _Side]:
    """Return the blocks of a file by language; a few blocks in the other language stay where they are."""
    placed = _placed(edition)
    size = {lang: sum(len(block.text) for _, block in placed if block.lang == lang) for lang in LANGS}
    japanese = size["ja"] * _JAPANESE_WEIGHT
    share = japanese / (japanese + size["en"]) if placed else 0.0
    if _MIN_SHARE <= share <= 1 - _MIN_SHARE:
        return {lang: _Side([item for item in placed if item[1].lang == lang]) for lang in LANGS}
    lang: Lang = "ja" if share > 1 / 2 else "en"
    return {"en": _Side(), "ja": _Side(), lang: _Side(placed)}
