"""The result of an alignment: units in order, each with its confidence."""

from collections.abc import Iterator

import attrs

from alliance_ref.records import AlignedUnit, Gap

Bead = tuple[tuple[int, ...], tuple[int, ...]]


@attrs.frozen
class Crossing:
    """Two segments that seem to say the same but stand out of order, so that no tiling can join them.

    `en` and `ja` are indices into the sequences given; both segments stand in gaps of the alignment.

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


@attrs.frozen
class Alignment:
    """Two texts tiled by aligned units, in order.

    `units` cover every segment of both sides once; a segment without a counterpart stands opposite a
    :class:`~alliance_ref.records.Gap` with the reason ``unaligned``. `beads` are the same as pairs of indices
    into the two sequences that were given. A unit's `confidence` is the probability that it is right.
    `crossings` report what was moved by the translator: order is never repaired, only reported.

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

    @property
    def gaps(self) -> tuple[AlignedUnit, ...]:
        """The units of which one side is missing.

        >>> import alliance_ref as ar
        >>> for unit in ar.align(["Talks go on.", "Rain fell."], ["協議は続く。"]).gaps:
        ...     print(unit.text("en"), unit.ja)
        Rain fell. [unaligned]
        """
        return tuple(unit for unit in self.units if isinstance(unit.en, Gap) or isinstance(unit.ja, Gap))

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
        """A page of its own: the two texts side by side, weak units marked.

        >>> import alliance_ref as ar
        >>> page = ar.align(["Talks go on.", "Rain fell."], ["協議は続く。"]).to_html()
        >>> page[:15], "協議は続く。" in page
        ('<!DOCTYPE html>', True)
        """
        from alliance_ref.alignment.plots import html_page

        return html_page(self)

    def to_svg(self) -> str:
        """A dot plot: English downward, Japanese to the right, a box for each unit.

        >>> import alliance_ref as ar
        >>> ar.align(["Talks go on.", "Rain fell."], ["協議は続く。"]).to_svg()[:4]
        '<svg'
        """
        from alliance_ref.alignment.plots import dot_plot

        return dot_plot(self)
