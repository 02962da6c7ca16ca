"""Aligned units as a table (TSV), gaps and all; ``tmx`` writes them as a translation memory."""

from collections.abc import Iterable

from alliance_ref.exchange.tables.cells import neutralised
from alliance_ref.records import AlignedUnit, Gap


def dumps_tsv(units: Iterable[AlignedUnit]) -> str:
    """Every unit as a line under a header: kind, confidence, English, Japanese; a gap is ``[reason]``.

    What a spreadsheet would run as a formula has an apostrophe in front.
    """
    rows = [("kind", "confidence", "en", "ja")]
    for unit in units:
        confidence = "" if unit.confidence is None else f"{unit.confidence:.4f}"
        sides = [
            str(side) if isinstance(side, Gap) else text
            for side, text in ((unit.en, unit.text("en")), (unit.ja, unit.text("ja")))
        ]
        rows.append((unit.kind, confidence, sides[0], sides[1]))
    return "".join("\t".join(neutralised(" ".join(cell.split())) for cell in row) + "\n" for row in rows)
