"""Documents: entries with passages and front matter.

Titles, bylines and dates are facts and are stored as text. Paragraphs are not (see `records.passages`).
"""

from collections.abc import Iterator
from typing import ClassVar, Literal

import attrs

from alliance_ref.arguments import invalid_value
from alliance_ref.records.entries import Entry, EntryKind
from alliance_ref.records.passages import Passage
from alliance_ref.records.validation import typed
from alliance_ref.records.values import (
    Bilingual,
    Gap,
    PartialDate,
    Period,
    Source,
    filled,
    one_of,
    partial_date,
    web_address,
)

FrontRole = Literal["title", "byline", "date", "dateline"]
DocumentType = Literal[
    "agreement",
    "article",
    "book",
    "cabinet-decision",
    "commentary",
    "defense-guidelines",
    "defense-program",
    "document",
    "exchange-of-notes",
    "guidelines",
    "interview",
    "joint-declaration",
    "joint-document",
    "joint-statement",
    "law",
    "letter",
    "magazine-article",
    "memorandum-of-understanding",
    "minutes",
    "newspaper-article",
    "policy",
    "press-conference",
    "press-release",
    "report",
    "resolution",
    "roadmap",
    "speech",
    "statement",
    "testimony",
    "treaty",
    "web-page",
    "white-paper",
]
RelationKind = Literal["replaces", "implements", "cites", "follows", "reworks", "discusses"]


@attrs.frozen(field_transformer=typed)
class FrontLine:
    """A line before the text (title, byline, date or dateline) in each language, or a gap.

    >>> import alliance_ref as ar
    >>> title, byline, date = ar.document("magosaki-2006").front
    >>> byline.role, byline.ja
    ('byline', '孫崎 享 / 防衛大学校教授')
    >>> print(title.ja)
    [lost]
    """

    role: FrontRole = attrs.field(validator=one_of(FrontRole))
    en: str | Gap
    ja: str | Gap


@attrs.frozen(field_transformer=typed)
class Figure:
    """A number in a document, with its unit and what it counts.

    >>> import alliance_ref as ar
    >>> runways, length = ar.document("roadmap-2006").figures[:2]
    >>> length.value, length.unit, length.of.ja
    (1600.0, 'm', '各滑走路の長さ')
    """

    value: float
    unit: str = attrs.field(validator=filled)
    of: Bilingual
    sources: tuple[Source, ...] = ()


@attrs.frozen(field_transformer=typed)
class Relation:
    """A relation to another document: ``replaces``, ``implements``, ``cites`` and so on.

    >>> import alliance_ref as ar
    >>> [relation.target for relation in ar.document("treaty-1960").relations if relation.kind == "replaces"]
    ['treaty-1951']
    """

    kind: RelationKind = attrs.field(validator=one_of(RelationKind))
    target: str


@attrs.frozen(repr=False, field_transformer=typed)
class Document(Entry):
    """A treaty, statement, report or article: its authors, date, place and passages.

    `issued` is ``None`` if the date is unknown; every shipped document has one.

    >>> import alliance_ref as ar
    >>> treaty = ar.document("treaty-1960")
    >>> treaty.type, str(treaty.issued), str(treaty.in_force.start)
    ('treaty', '1960-01-19', '1960-06-23')
    >>> treaty.passage(6).heading.ja
    '第5条'
    """

    kind: ClassVar[EntryKind] = "document"

    type: DocumentType = attrs.field(validator=one_of(DocumentType), kw_only=True)
    issued: PartialDate | None = attrs.field(
        default=None, kw_only=True, converter=attrs.converters.optional(partial_date)
    )
    authors: tuple[str, ...] = attrs.field(default=(), kw_only=True)
    publisher: str | None = attrs.field(default=None, kw_only=True)
    place: str | None = attrs.field(default=None, kw_only=True)
    parties: tuple[str, ...] = attrs.field(default=(), kw_only=True)
    in_force: Period = attrs.field(default=Period(), kw_only=True)
    urls: tuple[str, ...] = attrs.field(
        default=(), validator=attrs.validators.deep_iterable(web_address), kw_only=True
    )
    relations: tuple[Relation, ...] = attrs.field(default=(), kw_only=True)
    figures: tuple[Figure, ...] = attrs.field(default=(), kw_only=True)
    front: tuple[FrontLine, ...] = attrs.field(default=(), kw_only=True)
    passages: tuple[Passage, ...] = attrs.field(default=(), kw_only=True)

    def __attrs_post_init__(self) -> None:
        numbers = [passage.number for passage in self.passages]
        if len(numbers) != len(set(numbers)):
            raise invalid_value("passage-numbers")

    def shown(self) -> Iterator[tuple[str, str]]:
        """Yield the date of issue and the number of passages too."""
        yield from super().shown()
        count = len(self.passages)
        if self.issued is None:
            yield f"undated, {count} passages", f"日付不明、{count} 段落"
        else:
            yield f"issued {self.issued}, {count} passages", f"{self.issued} 発表、{count} 段落"

    def passage(self, number: int) -> Passage:
        """Return the passage with this number.

        Raises:
            UnknownPassage: if there is none.

        >>> import alliance_ref as ar
        >>> ar.document("treaty-1960").passage(6).heading.en
        'Article V'
        """
        for passage in self.passages:
            if passage.number == number:
                return passage

        from alliance_ref.errors import UnknownPassage

        raise UnknownPassage(f"{self.id}#{number}", tuple(p.number for p in self.passages))
