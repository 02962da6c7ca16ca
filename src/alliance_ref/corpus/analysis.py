"""Analyze the units of a document once, when it is added: words and names of entries.

`analyze` is a pure function of the texts, so it can run in another process.
"""

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from alliance_ref.corpus.vocabulary import character_key
from alliance_ref.records.values import LANGS, Lang, PartialDate
from alliance_ref.text.japanese.tagging import word_lines
from alliance_ref.text.lemmas import WORD

if TYPE_CHECKING:
    from alliance_ref.reference import Reference

_BREAK = "\n\n"
"""Between the texts of two units when names are looked for; no name continues across it."""

_TEXT = 10_000
"""Characters of text in which names are looked for together."""


class Mention(NamedTuple):
    """A name of an entry in one side of a unit: its language, offsets and entry."""

    lang: Lang
    start: int
    end: int
    entry: str


class Analysis(NamedTuple):
    """The words of the sides of a unit, the key of its Japanese text, and its mentions.

    The Japanese words are lines of MeCab.
    """

    en_words: list[str]
    ja_words: list[str]
    ja_key: str
    mentions: list[Mention]


def analyze(
    texts: Sequence[tuple[str, str]], issued: PartialDate | None, reference: "Reference | None"
) -> list[Analysis]:
    """Return the analysis of each unit, given as an English and a Japanese text.

    Args:
        texts: The texts of the units of one document, in order.
        issued: The date of the document; names that were not in use then are ignored.
        reference: The reference whose entries are looked for.
    """
    mentions: list[list[Mention]] = [[] for _ in texts]
    if reference is not None:
        for place, lang in enumerate(LANGS):
            _add_mentions(mentions, [text[place] for text in texts], lang, issued, reference)
    return [
        Analysis(
            WORD.findall(en) if en else [],
            word_lines(ja) if ja else [],
            character_key(ja),
            found,
        )
        for (en, ja), found in zip(texts, mentions, strict=True)
    ]


def _add_mentions(
    mentions: list[list[Mention]],
    texts: Sequence[str],
    lang: Lang,
    issued: PartialDate | None,
    reference: "Reference",
) -> None:
    first, size = 0, 0
    for number, text in enumerate(texts):
        size += len(text)
        if size > _TEXT or number == len(texts) - 1:
            _annotate(mentions, texts, range(first, number + 1), lang, issued, reference)
            first, size = number + 1, 0


def _annotate(
    mentions: list[list[Mention]],
    texts: Sequence[str],
    numbers: range,
    lang: Lang,
    issued: PartialDate | None,
    reference: "Reference",
) -> None:
    starts, at = [], 0
    for number in numbers:
        starts.append(at)
        at += len(texts[number]) + len(_BREAK)
    text = _BREAK.join(texts[number] for number in numbers)
    if not text.strip():
        return
    as_of = None if issued is None else issued.earliest()
    last = None if issued is None else issued.latest()
    for item in reference.annotate(text, lang=lang, as_of=as_of):
        place = bisect_right(starts, item.start) - 1
        for entry, name in zip(item.entries, item.names, strict=True):
            valid = name.valid
            if as_of is not None and last is not None:
                if valid.end is not None and valid.end.latest() < as_of:
                    continue
                if valid.start is not None and valid.start.earliest() > last:
                    continue
            found = Mention(lang, item.start - starts[place], item.end - starts[place], entry.id)
            mentions[numbers[place]].append(found)
