"""Topics: questions followed through several documents, or comparisons of two documents."""

from typing import Literal

import attrs

from alliance_ref.records.entries import slug
from alliance_ref.records.validation import typed
from alliance_ref.records.values import Bilingual, Source, at_least, one_of

TopicKind = Literal["agenda", "comparison"]
SideRole = Literal["raised", "discussed", "settled", "carried-out", "then", "now", "comment"]
Outcome = Literal["settled", "settled-in-part", "not-settled", "changed", "unchanged"]


@attrs.frozen(field_transformer=typed)
class TopicSide:
    """The contribution of one passage to a topic.

    `role` is ``raised``, ``discussed``, ``settled`` or ``carried-out`` for an item of an agenda; for a
    comparison it is ``then``, ``now`` or ``comment``. `passage` is the id of the passage.

    >>> import alliance_ref as ar
    >>> side = ar.topic("strike-and-deterrence").sides[0]
    >>> side.role, side.passage
    ('then', 'treaty-1960#6')
    >>> side.says.ja
    '各締約国は、日本の施政下の領域における武力攻撃に対して行動する。その手段は特定されていない。'
    """

    role: SideRole = attrs.field(validator=one_of(SideRole))
    passage: str
    says: Bilingual


@attrs.frozen(field_transformer=typed)
class Topic:
    """A question, the passages of several documents that address it, in order, and the outcome.

    `kind` is ``agenda`` (an item to be settled, followed through later documents) or ``comparison`` (one
    aspect of two documents). `outcome` is ``settled``, ``settled-in-part`` or ``not-settled`` for an
    agenda, ``changed`` or ``unchanged`` for a comparison; `finding` describes it.

    >>> import alliance_ref as ar
    >>> topic = ar.topic("army-headquarters")
    >>> topic.kind, topic.outcome, topic.title.ja
    ('agenda', 'settled-in-part', '米陸軍軍団司令部の日本移転')
    >>> [side.passage for side in topic.sides if side.role == "raised"]
    ['halloran-2005#11']
    """

    id: str = attrs.field(validator=slug)
    kind: TopicKind = attrs.field(validator=one_of(TopicKind))
    title: Bilingual
    question: Bilingual
    sides: tuple[TopicSide, ...] = attrs.field(validator=at_least(2))
    outcome: Outcome = attrs.field(validator=one_of(Outcome))
    finding: Bilingual
    mentions: tuple[str, ...] = ()
    sources: tuple[Source, ...] = attrs.field(default=(), validator=at_least(1))

    def __str__(self) -> str:
        return f"{self.id}  {self.title.en} / {self.title.ja}  ({self.kind}: {self.outcome})"

    def _repr_html_(self) -> str:
        from alliance_ref.html import bilingual_table

        sides = [
            (f"{side.passage}: {side.says.en}", f"{side.passage}：{side.says.ja}") for side in self.sides
        ]
        return bilingual_table(
            f"{self.id} ({self.kind}: {self.outcome})",
            [
                (self.title.en, self.title.ja),
                (self.question.en, self.question.ja),
                *sides,
                (self.finding.en, self.finding.ja),
            ],
        )
