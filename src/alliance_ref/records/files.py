"""The text of a user's file as it was read: blocks with their places, readings, and what was set aside.

A reader of `alliance_ref.exchange.documents` returns a `FileEdition`. It accounts for the content of the
file: text is in a block, readings above the text are next to it, and everything else is set aside with the
reason.
"""

from typing import Literal

import attrs

from alliance_ref.records.documents import Document
from alliance_ref.records.editions import SetAside
from alliance_ref.records.validation import typed
from alliance_ref.records.values import Lang, at_least, filled, nfc, one_of

BlockKind = Literal["heading", "paragraph", "list-item", "table-cell", "note"]

BLOCK_SEPARATOR = "\n\n"
"""The text between two blocks of an edition, which separates paragraphs of plain text."""


@attrs.frozen(field_transformer=typed)
class RubyReading:
    """A reading (furigana) that a file has above part of a block; `start` and `end` are offsets in the block.

    >>> import alliance_ref as ar
    >>> reading = ar.records.RubyReading(0, 3, "ふてんま")
    >>> block = ar.records.TextBlock("普天間の返還", "ja", readings=(reading,))
    >>> block.text[reading.start : reading.end], reading.reading
    ('普天間', 'ふてんま')
    """

    start: int
    end: int
    reading: str = attrs.field(converter=nfc, validator=filled)


@attrs.frozen(field_transformer=typed)
class TextBlock:
    """A heading, paragraph, list item, table cell or note of a file, with its place.

    `lang` is the language of the text. `level` is the level of a heading, from 1. `page` (PDF) and `line`
    (text, HTML and subtitles) are the place of the beginning, from 1.

    >>> import alliance_ref as ar
    >>> block = ar.records.TextBlock("Futenma", "en", kind="heading", level=1, page=3)
    >>> block.kind, block.page
    ('heading', 3)
    """

    text: str = attrs.field(converter=nfc, validator=filled)
    lang: Lang = attrs.field(validator=one_of(Lang))
    kind: BlockKind = attrs.field(default="paragraph", validator=one_of(BlockKind))
    level: int | None = None
    page: int | None = None
    line: int | None = None
    readings: tuple[RubyReading, ...] = ()


@attrs.frozen(repr=False, field_transformer=typed)
class FileEdition:
    r"""The text of one file as blocks in their order, and the content that is not part of the text.

    Attributes:
        file: The name of the file, without its folder; ``<text>`` for text.
        format: The format as which it was read: ``text``, ``markdown``, ``html``, ``docx``, ``odt``, ``pdf``,
            ``srt`` or ``vtt``.
        blocks: The blocks of text.
        set_aside: What was left out, and why. The offsets are those in `text` at which it was left out.
        title: The title in the properties of the file, or ``""``.
        encoding: The encoding of a text file, or ``""``.

    >>> import alliance_ref as ar
    >>> document = ar.document_from_texts("naha-2010", en="Naha\n\nTalks go on.", ja="協議は続く。")
    >>> document.editions[0]
    <FileEdition of <text>: 2 blocks, 0 set aside>
    """

    file: str
    format: str
    blocks: tuple[TextBlock, ...]
    set_aside: tuple[SetAside, ...] = ()
    title: str = ""
    encoding: str = ""

    def __repr__(self) -> str:
        return f"<FileEdition of {self.file}: {len(self.blocks)} blocks, {len(self.set_aside)} set aside>"

    @property
    def text(self) -> str:
        """The text of all blocks, with a blank line between two of them."""
        return BLOCK_SEPARATOR.join(block.text for block in self.blocks)

    def block_at(self, offset: int) -> TextBlock:
        r"""Return the block that contains the character at *offset* of `text`.

        Raises:
            IndexError: if the text is shorter.

        >>> import alliance_ref as ar
        >>> document = ar.document_from_texts("naha-2010", en="Talks go on.\n\nRain fell.")
        >>> segment = document.passages[1].units[0].en[0]
        >>> document.editions[0].block_at(segment.start).line
        3
        """
        end = 0
        for block in self.blocks:
            end += len(block.text)
            if 0 <= offset < end:
                return block
            end += len(BLOCK_SEPARATOR)
        raise IndexError(offset)


@attrs.frozen(repr=False, field_transformer=typed)
class CorpusDocument(Document):
    """A document of the user, with the editions of the files that it was read from.

    The segments of its passages have their offsets in the `text` of these editions. English is in the first
    edition; Japanese is in the last, which is the same one for a bilingual file.

    >>> import alliance_ref as ar
    >>> document = ar.document_from_texts("naha-2010", en="Talks go on.", ja="協議は続く。", issued="2010-05")
    >>> document.passages[0].units[0].text("ja"), str(document.issued), len(document.editions)
    ('協議は続く。', '2010-05', 2)
    """

    editions: tuple[FileEdition, ...] = attrs.field(kw_only=True, validator=at_least(1))

    @property
    def set_aside(self) -> tuple[SetAside, ...]:
        """The content that the readers set aside, of all editions."""
        return tuple(item for edition in self.editions for item in edition.set_aside)
