"""The result of an alignment: units in order, each with its confidence."""

from collections.abc import Iterator

import attrs

from alliance_ref.alignment.plots import dot_plot, html_table
from alliance_ref.alignment.tables import excel_table, html_page
from alliance_ref.records import AlignedUnit, Gap
from alliance_ref.records.passages import UnitStatus

Bead = tuple[tuple[int, ...], tuple[int, ...]]
"""The indices of the English and of the Japanese segments of a unit; one of them is empty for a gap."""


@attrs.frozen
class Crossing:
    """Two segments that are probably translations of each other but are not in the same order.

    `en` and `ja` are indices into the two sequences that were aligned; both segments are gaps of the
    alignment. `status` is ``confirmed`` for a pair that a person decided.

    >>> import alliance_ref as ar
    >>> en = ["The gate was closed at nine.", "Two bases will close in 2008.", "The mayor of Nago objects."]
    >>> en += ["The ministers met on 3 May.", "Talks go on in Tokyo."]
    >>> ja = ["門は九時に閉じられた。", "大臣は5月3日に会合した。", "2008年に二つの基地が閉鎖される。"]
    >>> ja += ["名護市長は反対している。", "東京で協議が続く。"]
    >>> for crossing in ar.align(en, ja).crossings:
    ...     print(en[crossing.en], "|", ja[crossing.ja])
    The ministers met on 3 May. | 大臣は5月3日に会合した。
    """

    en: int
    ja: int
    confidence: float
    status: UnitStatus = "aligned"


@attrs.frozen(repr=False)
class Alignment:
    """Two texts as aligned units, in order.

    Iterating over an alignment yields its units; ``len(alignment)`` is their number.

    Attributes:
        units: Units that cover every segment of both sides once. A segment without a counterpart is opposite
            a `Gap` with the reason ``unaligned``. The `confidence` of a unit is the probability that it is
            correct.
        beads: The same units as pairs of indices into the two sequences that were aligned.
        crossings: Pairs of segments that the translator moved. The order of the texts is never changed.

    >>> import alliance_ref as ar
    >>> alignment = ar.align(["Two bases will close.", "The date is open."], ["二つの基地が閉鎖される。"])
    >>> alignment.beads
    (((0,), (0,)), ((1,), ()))
    >>> [unit.text("en") for unit in alignment.gaps]
    ['The date is open.']
    """

    units: tuple[AlignedUnit, ...]
    beads: tuple[Bead, ...]
    crossings: tuple[Crossing, ...] = ()

    def __iter__(self) -> Iterator[AlignedUnit]:
        return iter(self.units)

    def __len__(self) -> int:
        return len(self.units)

    def __str__(self) -> str:
        return "\n".join(map(str, self.units))

    def __repr__(self) -> str:
        return f"<Alignment: {len(self.units)} units, {len(self.gaps)} without counterpart>"

    @property
    def gaps(self) -> tuple[AlignedUnit, ...]:
        """The units with one side only.

        >>> import alliance_ref as ar
        >>> for unit in ar.align(["Talks go on.", "Rain fell."], ["協議は続く。"]).gaps:
        ...     print(unit.text("en"), unit.ja)
        Rain fell. [unaligned]
        """
        return tuple(unit for unit in self.units if isinstance(unit.en, Gap) or isinstance(unit.ja, Gap))

    @property
    def other_language(self) -> tuple[AlignedUnit, ...]:
        """The gaps whose segment is in the language of the other side, such as English in a Japanese text.

        >>> import alliance_ref as ar
        >>> english = "This is the text of the report."
        >>> alignment = ar.align([english], [english, "これは報告の本文である。"])
        >>> [unit.text("ja") for unit in alignment.other_language]
        ['This is the text of the report.']
        """
        reason = Gap("other-language")
        return tuple(unit for unit in self.units if reason in (unit.en, unit.ja))

    @property
    def pairs(self) -> tuple[AlignedUnit, ...]:
        """The units with both sides.

        >>> import alliance_ref as ar
        >>> for unit in ar.align(["Talks go on.", "Rain fell."], ["協議は続く。"]).pairs:
        ...     print(unit.text("en"), unit.text("ja"))
        Talks go on. 協議は続く。
        """
        return tuple(
            unit for unit in self.units if not isinstance(unit.en, Gap) and not isinstance(unit.ja, Gap)
        )

    def to_html(self) -> str:
        """Return an HTML page with the two texts side by side; units of low confidence are highlighted.

        The page can be corrected in a browser and read again with `alliance_ref.alignment.read_decisions`.

        >>> import alliance_ref as ar
        >>> page = ar.align(["Talks go on.", "Rain fell."], ["協議は続く。"]).to_html()
        >>> page[:15], "協議は続く。" in page
        ('<!DOCTYPE html>', True)
        """
        return html_page(self.units, self.beads, map(attrs.astuple, self.crossings))

    def to_xlsx(self) -> bytes:
        """Return a workbook with one row for each unit and, at the end, one for each crossing.

        The table can be corrected and read again with `alliance_ref.alignment.read_decisions`.

        Raises:
            MissingExtra: openpyxl is not installed.
            UnwritableData: A unit has more than the 32,767 characters that Excel allows in a cell.

        >>> import alliance_ref as ar
        >>> ar.align(["Talks go on."], ["協議は続く。"]).to_xlsx()[:2]
        b'PK'
        """
        return excel_table(self.units, self.beads, map(attrs.astuple, self.crossings))

    def _repr_html_(self) -> str:
        """Return the representation in a notebook: the texts side by side, with gaps and confidence."""
        return html_table(self.units)

    def to_svg(self) -> str:
        """Return a dot plot as SVG: English downward, Japanese to the right, one box per unit.

        >>> import alliance_ref as ar
        >>> ar.align(["Talks go on.", "Rain fell."], ["協議は続く。"]).to_svg()[:4]
        '<svg'
        """
        return dot_plot(self.units, self.beads, [(crossing.en, crossing.ja) for crossing in self.crossings])
