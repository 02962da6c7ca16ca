"""The units to check, and the terms and dates that each of them contains.

Whole texts are aligned first. Their units keep their offsets in the text that was given, so that a finding
has a line and a column; any other unit is a text of its own.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import attrs

from alliance_ref.alignment import align, align_documents
from alliance_ref.annotation.disambiguation import NEAR, Context
from alliance_ref.errors import InvalidType, WrongLanguage
from alliance_ref.qa.placeables import Placeable, PlainText, placeables, plain_english, plain_japanese
from alliance_ref.qa.termbook import TermBook, TermSpan
from alliance_ref.records import (
    AlignedUnit,
    Document,
    Gap,
    Lang,
    PartialDate,
    Passage,
    Segment,
    TranslationUnit,
)
from alliance_ref.records.values import LANGS
from alliance_ref.text.dates_in_text import dates_in
from alliance_ref.text.english_quantities import english_quantities
from alliance_ref.text.japanese_quantities import japanese_quantities
from alliance_ref.text.measured_quantities import Measured, measured
from alliance_ref.text.quantities import Quantity
from alliance_ref.text.sentence_splitting import sentences

Units = Iterable[TranslationUnit | AlignedUnit | Passage | Document]
"""Units that can be checked: those of translation memories, alignments, passages and documents."""


def other_language(lang: Lang) -> Lang:
    """Return ``"ja"`` for ``"en"`` and the reverse."""
    return "ja" if lang == "en" else "en"


@attrs.frozen
class CheckedUnit:
    """Two sides that should have the same content.

    `starts` are the offsets of the sides in the texts that contain them. `gap` is the reason why a side is
    missing, if one is known. `plain` are the sides without their `placeables`. `group` identifies the text
    of the unit: terms are compared within a text, and units of different texts are not neighbors.
    `homographs` are ids of concepts whose terms appear with
    another meaning.
    """

    number: int
    en: str
    ja: str
    where: str
    group: str = ""
    starts: tuple[int, int] = (0, 0)
    gap: str = ""
    homographs: frozenset[str] = frozenset()
    placeables: dict[Lang, tuple[Placeable, ...]] = attrs.field(init=False, eq=False, repr=False)
    plain: dict[Lang, PlainText] = attrs.field(init=False, eq=False, repr=False)

    @placeables.default
    def _find_placeables(self) -> dict[Lang, tuple[Placeable, ...]]:
        return {"en": placeables(self.en), "ja": placeables(self.ja)}

    @plain.default
    def _remove_placeables(self) -> dict[Lang, PlainText]:
        found = self.placeables
        return {"en": plain_english(self.en, found["en"]), "ja": plain_japanese(self.ja, found["ja"])}

    def text(self, lang: Lang) -> str:
        """Return the side in *lang* as the rules read it: without placeables."""
        return self.plain[lang].text

    def given(self, lang: Lang) -> str:
        """Return the side in *lang* as it was given."""
        return self.en if lang == "en" else self.ja

    def start(self, lang: Lang) -> int:
        """Return the offset of the side in *lang*."""
        return self.starts[0 if lang == "en" else 1]


def units_of(units: Units) -> tuple[CheckedUnit, ...]:
    """Return the units to check in order, numbered throughout.

    Raises:
        InvalidType: for an item that is not a unit, passage or document.
    """
    found: list[CheckedUnit] = []
    for item in units:
        if isinstance(item, Document):
            for passage in item.passages:
                found += _of_passage(passage, len(found), item.id)
        elif isinstance(item, Passage):
            found += _of_passage(item, len(found), item.id.partition("#")[0])
        elif isinstance(item, AlignedUnit):
            found.append(_of_unit(item, len(found), f"unit {len(found) + 1}", ""))
        elif isinstance(item, TranslationUnit):
            number = len(found)
            where = f"{item.document}:{item.number + 1}" if item.document else f"unit {number + 1}"
            found.append(CheckedUnit(number, item.en, item.ja, where, item.document))
        else:
            raise InvalidType("checked-units", type=type(item).__name__)
    return tuple(found)


def _of_passage(passage: Passage, first: int, group: str) -> Iterator[CheckedUnit]:
    for place, unit in enumerate(passage.units):
        made = _of_unit(unit, first + place, f"{passage.id}:{place + 1}", group)
        yield attrs.evolve(made, homographs=frozenset(passage.homographs))


def _of_unit(unit: AlignedUnit, number: int, where: str, group: str) -> CheckedUnit:
    gaps = [side.reason for side in (unit.en, unit.ja) if isinstance(side, Gap)]
    return CheckedUnit(number, unit.text("en"), unit.text("ja"), where, group, gap=gaps[0] if gaps else "")


def units_of_texts(
    en: str | Sequence[str], ja: str | Sequence[str], source: Lang = "en"
) -> tuple[CheckedUnit, ...]:
    """Return the aligned units of two texts, or of two lists of sentences.

    A translation that is in the language of its source has the same units as the source, if it has as many
    sentences, and otherwise is one unit.

    Raises:
        InvalidType: if one side is a text and the other a list.
        WrongLanguage: if the source is not in its language, or the sides are swapped.
    """
    if isinstance(en, str) != isinstance(ja, str):
        raise InvalidType("mixed-sides")
    try:
        if isinstance(en, str) and isinstance(ja, str):
            return tuple(
                _of_segments(number, unit.en, unit.ja, en, ja)
                for number, unit in enumerate(align_documents(en, ja).units)
            )
        return tuple(
            _of_unit(unit, number, f"unit {number + 1}", "")
            for number, unit in enumerate(align(list(en), list(ja)).units)
        )
    except WrongLanguage as error:
        if error.swapped or error.side == source:
            raise
        return tuple(_without_alignment(en, ja, source))


def _without_alignment(
    en: str | Sequence[str], ja: str | Sequence[str], source: Lang
) -> Iterator[CheckedUnit]:
    """Yield the units of two sides in the language of the source."""
    if not (isinstance(en, str) and isinstance(ja, str)):
        if len(en) != len(ja):
            en, ja = ["\n".join(en)], ["\n".join(ja)]
        for number, (english, japanese) in enumerate(zip(en, ja, strict=True)):
            yield CheckedUnit(number, english, japanese, f"unit {number + 1}")
        return
    segments = [sentences(text, lang=source) for text in (en, ja)]
    if len(segments[0]) != len(segments[1]):
        yield CheckedUnit(0, en, ja, "unit 1")
        return
    for number, (one, another) in enumerate(zip(*segments, strict=True)):
        starts = (one.start, another.start)
        yield CheckedUnit(number, one.text, another.text, f"unit {number + 1}", starts=starts)


def _of_segments(
    number: int, en: tuple[Segment, ...] | Gap, ja: tuple[Segment, ...] | Gap, en_text: str, ja_text: str
) -> CheckedUnit:
    gaps = [side.reason for side in (en, ja) if isinstance(side, Gap)]
    (en_start, en_side), (ja_start, ja_side) = _span(en, en_text), _span(ja, ja_text)
    gap = gaps[0] if gaps else ""
    return CheckedUnit(number, en_side, ja_side, f"unit {number + 1}", "", (en_start, ja_start), gap)


def _span(side: tuple[Segment, ...] | Gap, text: str) -> tuple[int, str]:
    """Return the start and text of a side, including anything between its segments."""
    if isinstance(side, Gap):
        return 0, ""
    return side[0].start, text[side[0].start : side[-1].end]


@attrs.frozen
class AnalyzedUnit:
    """A unit with its terms.

    `spans` are the longest terms of each side, and `named` the concepts of all terms, including those inside
    longer ones. `figures` are the numbers and dates, and `measured` those with a unit of measure.
    `place` is the position in the group. `base` are the offsets of the sides in the joined text of the group.
    """

    unit: CheckedUnit
    spans: dict[Lang, tuple[TermSpan, ...]]
    named: dict[Lang, frozenset[str]]
    base: dict[Lang, int]
    figures: dict[Lang, tuple[Quantity, ...]]
    measured: dict[Lang, tuple[Measured, ...]]

    place: int = 0

    @property
    def has_both_sides(self) -> bool:
        """Whether neither side is empty."""
        return bool(self.unit.en.strip() and self.unit.ja.strip())


@attrs.frozen
class AnalyzedGroup:
    """The units of one text in order, and the dates in it."""

    units: tuple[AnalyzedUnit, ...]
    contexts: dict[Lang, Context]

    def date_near(self, item: AnalyzedUnit, span: TermSpan, lang: Lang) -> PartialDate | None:
        """Return the day given by the caller, otherwise the nearest date in the text if it is near enough."""
        return self.date_at(item, span.start, span.end, lang)

    def date_at(self, item: AnalyzedUnit, start: int, end: int, lang: Lang) -> PartialDate | None:
        """Return the day for a span of a side, as `date_near` does."""
        base = item.base[lang]
        date, distance = self.contexts[lang].near(base + start, base + end)
        return date if distance <= NEAR else None

    def neighbors(self, place: int) -> tuple[AnalyzedUnit, ...]:
        """Return the previous and the next unit."""
        return (*self.units[max(0, place - 1) : place], *self.units[place + 1 : place + 2])


def dates_of(unit: CheckedUnit) -> tuple[PartialDate, ...]:
    """Return the dates in both sides."""
    return tuple(date for lang in LANGS for _, _, date in dates_in(unit.text(lang)))


def analyze(
    units: Sequence[CheckedUnit], book: TermBook, as_of: PartialDate | None
) -> tuple[AnalyzedGroup, ...]:
    """Return the units with their terms, one group per text."""
    return tuple(
        _group(tuple(members), book, as_of) for _, members in groupby(units, key=lambda unit: unit.group)
    )


SEARCHED_TOGETHER = 200
"""Number of units whose terms are searched together: long enough for the automaton, and bounded in memory."""


def _group(units: tuple[CheckedUnit, ...], book: TermBook, as_of: PartialDate | None) -> AnalyzedGroup:
    analyzed: list[AnalyzedUnit] = []
    base: dict[Lang, int] = dict.fromkeys(LANGS, 0)
    for first in range(0, len(units), SEARCHED_TOGETHER):
        part = units[first : first + SEARCHED_TOGETHER]
        hidden = [unit.homographs for unit in part]
        texts = {lang: [unit.text(lang) for unit in part] for lang in LANGS}
        spans = {lang: book.spans(texts[lang], lang, hidden) for lang in LANGS}
        named = {lang: book.named(texts[lang], lang) for lang in LANGS}
        for place, unit in enumerate(part):
            en, ja = unit.text("en"), unit.text("ja")
            figures: dict[Lang, tuple[Quantity, ...]] = {
                "en": english_quantities(en),
                "ja": japanese_quantities(ja),
            }
            analyzed.append(
                AnalyzedUnit(
                    unit,
                    {lang: spans[lang][place] for lang in LANGS},
                    {lang: named[lang][place] for lang in LANGS},
                    dict(base),
                    figures,
                    {"en": measured(en, figures["en"], "en"), "ja": measured(ja, figures["ja"], "ja")},
                    len(analyzed),
                )
            )
            base = {"en": base["en"] + len(en) + 1, "ja": base["ja"] + len(ja) + 1}
    contexts = {}
    for lang in LANGS:
        text = "\n".join(unit.text(lang) for unit in units)
        contexts[lang] = Context(() if as_of else tuple(dates_in(text)), as_of, ())
    return AnalyzedGroup(tuple(analyzed), contexts)
