"""What is checked: pairs of texts that should say the same, whatever they were given as.

Whole texts are aligned first. A unit of theirs knows where it stands in the text given, so that a finding can
point there; any other unit is a text of its own.
"""

from collections.abc import Iterable, Iterator, Sequence

import attrs

from alliance_ref.alignment import align, align_documents
from alliance_ref.records import AlignedUnit, Document, Gap, Lang, Passage, Segment, TranslationUnit

Units = Iterable[TranslationUnit | AlignedUnit | Passage | Document]
"""What can be checked: units of a translation memory, of an alignment, of passages or of documents."""

LANGS: tuple[Lang, Lang] = ("en", "ja")


def other(lang: Lang) -> Lang:
    """The other language."""
    return "ja" if lang == "en" else "en"


@attrs.frozen
class CheckedUnit:
    """Two sides that should say the same; `starts` is where each begins in the text that holds it.

    `gap` is the reason why a side is missing, where a reason was given. `group` names the text that the unit
    belongs to: terms are compared within it, and units of different texts are no neighbours. `homographs`
    are ids of concepts that only seem to be named.
    """

    number: int
    en: str
    ja: str
    where: str
    group: str = ""
    starts: tuple[int, int] = (0, 0)
    gap: str = ""
    homographs: frozenset[str] = frozenset()

    def text(self, lang: Lang) -> str:
        """One side."""
        return self.en if lang == "en" else self.ja

    def start(self, lang: Lang) -> int:
        """Where that side begins in the text that holds it."""
        return self.starts[0 if lang == "en" else 1]


def units_of(units: Units) -> tuple[CheckedUnit, ...]:
    """The units to check, in order, numbered throughout.

    Raises:
        TypeError: for an item that is no unit, passage or document.
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
            raise TypeError(f"units must be units, passages or documents, not {type(item).__name__}")
    return tuple(found)


def _of_passage(passage: Passage, first: int, group: str) -> Iterator[CheckedUnit]:
    for place, unit in enumerate(passage.units):
        made = _of_unit(unit, first + place, f"{passage.id}:{place + 1}", group)
        yield attrs.evolve(made, homographs=frozenset(passage.homographs))


def _of_unit(unit: AlignedUnit, number: int, where: str, group: str) -> CheckedUnit:
    gaps = [side.reason for side in (unit.en, unit.ja) if isinstance(side, Gap)]
    return CheckedUnit(number, unit.text("en"), unit.text("ja"), where, group, gap=gaps[0] if gaps else "")


def units_of_texts(en: str | Sequence[str], ja: str | Sequence[str]) -> tuple[CheckedUnit, ...]:
    """Two texts, or two lists of sentences, aligned.

    Raises:
        TypeError: if one is a text and the other a list.
        WrongLanguage: if a side is not in its language.
    """
    if isinstance(en, str) and isinstance(ja, str):
        alignment = align_documents(en, ja)
        return tuple(
            _of_segments(number, unit.en, unit.ja, en, ja) for number, unit in enumerate(alignment.units)
        )
    if isinstance(en, str) or isinstance(ja, str):
        raise TypeError("give two texts or two lists of sentences, not one of each")
    return tuple(
        _of_unit(unit, number, f"unit {number + 1}", "")
        for number, unit in enumerate(align(list(en), list(ja)).units)
    )


def _of_segments(
    number: int, en: tuple[Segment, ...] | Gap, ja: tuple[Segment, ...] | Gap, en_text: str, ja_text: str
) -> CheckedUnit:
    gaps = [side.reason for side in (en, ja) if isinstance(side, Gap)]
    (en_start, en_side), (ja_start, ja_side) = _stretch(en, en_text), _stretch(ja, ja_text)
    gap = gaps[0] if gaps else ""
    return CheckedUnit(number, en_side, ja_side, f"unit {number + 1}", "", (en_start, ja_start), gap)


def _stretch(side: tuple[Segment, ...] | Gap, text: str) -> tuple[int, str]:
    """From the first segment to the last as they stand in the text, with what is between them."""
    if isinstance(side, Gap):
        return 0, ""
    return side[0].start, text[side[0].start : side[-1].end]
