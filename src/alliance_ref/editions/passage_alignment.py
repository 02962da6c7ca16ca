"""The aligned sentences of one passage of a copy."""

from alliance_ref.alignment import WrongLanguage, align
from alliance_ref.records.editions import PassageText
from alliance_ref.records.passages import AlignedUnit
from alliance_ref.records.values import Gap
from alliance_ref.text.sentence_splitting import sentences


def units_of(en: PassageText | Gap, ja: PassageText | Gap) -> tuple[AlignedUnit, ...]:
    """What a copy has of one passage as aligned units.

    With both languages there, their sentences are aligned. With one, each of its sentences stands
    beside a gap that says why the other is missing. With none there are no units.
    """
    texts = (
        en.text if isinstance(en, PassageText) else None,
        ja.text if isinstance(ja, PassageText) else None,
    )
    if texts[0] is not None and texts[1] is not None:
        english, japanese = sentences(texts[0], lang="en"), sentences(texts[1], lang="ja")
        try:
            return align(english, japanese).units
        except WrongLanguage:
            # The fingerprint says what language a paragraph is in; its letters may say otherwise.
            return (AlignedUnit(english, japanese, "aligned"),)
    if texts[0] is not None:
        gap = ja if isinstance(ja, Gap) else Gap("lost")
        return tuple(AlignedUnit((segment,), gap, "aligned") for segment in sentences(texts[0], lang="en"))
    if texts[1] is not None:
        gap = en if isinstance(en, Gap) else Gap("lost")
        return tuple(AlignedUnit(gap, (segment,), "aligned") for segment in sentences(texts[1], lang="ja"))
    return ()
