"""Translation memories, TMX 1.4b: read unit by unit at any size, and written.

As the standard has it, the text in ``hi`` belongs to the segment; native codes (``bpt``, ``ept``, ``it``,
``ph``, ``ut``) do not, and neither does the text of a ``sub``, which stands within a code: a footnote or a
tooltip is no part of the sentence. Sub-flows are counted. A code that breaks the line leaves a line break.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import BinaryIO
from xml.etree.ElementTree import Element

import attrs

from alliance_ref.errors import BadFile
from alliance_ref.exchange.languages import side_of
from alliance_ref.exchange.limits import MAX_DEPTH, MAX_UNIT
from alliance_ref.exchange.xml.reading import PIECE_SIZE, XML_LANG, Event, read_events, too_deep
from alliance_ref.exchange.xml.writing import xml_attribute, xml_text
from alliance_ref.records import AlignedUnit, Gap, PartialDate, TranslationUnit

_BREAKS = frozenset({"lb", "pb"})
_DOCUMENT_PROPS = {
    name: rank
    for rank, name in enumerate(
        ("x-document", "document", "x-file", "file", "x-filename", "filename", "x-docname")
    )
}

Variant = tuple[str, Element, str]
"""A text of a unit: its language in lower case, its ``tuv`` and what it says."""


class TmxFile:
    """The units of a TMX file (``tu``), each to be used before the next is asked for.

    `header` is the header once it has passed; `sub_flows` counts the texts that stand within codes.
    """

    def __init__(self, file: BinaryIO, *, where: str) -> None:
        self.header = Element("header")
        self.sub_flows = 0
        self._begun, self._namespace = False, ""
        self._file, self._where = file, where

    def __iter__(self) -> Iterator[Element]:
        for units in self.batches():
            yield from units

    def batches(self) -> Iterator[list[Element]]:
        """The units that end in one piece of the file after the other."""
        body, without_unit = None, 0
        for events in read_events(self._file, where=self._where):
            if body is None:
                body = self._begin(events)
            tu = self._namespace + "tu"
            if units := [element for event, element in events if event == "end" and element.tag == tu]:
                without_unit = 0
                yield units
            else:
                without_unit += PIECE_SIZE
                if without_unit > MAX_UNIT:
                    raise BadFile(self._where, f"no unit ends within {MAX_UNIT // 2**20} MB")
            if body is not None:
                body.clear()
            del events, units

    def _begin(self, events: list[Event]) -> Element | None:
        """Look for the header; the body once it has begun."""
        for event, element in events:
            namespace, brace, name = element.tag.rpartition("}")
            if not self._begun:
                self._begun, self._namespace = True, namespace + brace
                if name != "tmx":
                    reason = f"this is no TMX file: its first element is <{name}>, not <tmx>"
                    raise BadFile(self._where, reason)
            elif name == "header" and event == "end":
                self.header = element
            elif name == "body":
                return element
        return None

    def variants(self, unit: Element) -> list[Variant]:
        """The texts of a unit."""
        tuv, seg = self._namespace + "tuv", self._namespace + "seg"
        return [
            (
                (child.get(XML_LANG) or child.get("lang") or "").lower(),
                child,
                self._inline(part) if len(part) else part.text or "",
            )
            for child in unit
            if child.tag == tuv
            for part in child
            if part.tag == seg
        ]

    def props(self, owner: Element) -> list[tuple[str, str]]:
        """The properties of a header, a unit or a text, their types in lower case."""
        prop = self._namespace + "prop"
        return [(child.get("type", "").lower(), child.text or "") for child in owner if child.tag == prop]

    def notes(self, owner: Element) -> list[str]:
        """The notes of a header, a unit or a text."""
        note = self._namespace + "note"
        return [child.text or "" for child in owner if child.tag == note]

    def _inline(self, owner: Element, depth: int = 0) -> str:
        if depth > MAX_DEPTH:
            raise too_deep(self._where)
        texts = [owner.text or ""]
        for child in owner:
            if child.tag == self._namespace + "hi":
                texts.append(self._inline(child, depth + 1))
            else:
                self.sub_flows += sum(1 for _ in child.iter(self._namespace + "sub"))
                if child.get("type") in _BREAKS:
                    texts.append("\n")
            texts.append(child.tail or "")
        return "".join(texts)


@attrs.define
class UnitReader:
    """Pairs from a translation memory, an iterator, and the count of what was no pair.

    `units` counts the units of the file so far, `pairs` what was made of them; `without_en` and `without_ja`
    units that lack a side (one that lacks both counts in both), `other_languages` texts in a third language,
    `sub_flows` texts within codes, which are left out.
    """

    _file: TmxFile
    _where: str
    units: int = 0
    pairs: int = 0
    without_en: int = 0
    without_ja: int = 0
    other_languages: int = 0
    _rest: Iterator[TranslationUnit] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self._rest = self._read()

    @property
    def sub_flows(self) -> int:
        """The texts within codes that were left out."""
        return self._file.sub_flows

    def __iter__(self) -> Iterator[TranslationUnit]:
        return self._rest

    def __next__(self) -> TranslationUnit:
        return next(self._rest)

    def __str__(self) -> str:
        left_out = [
            f"{count} {what}"
            for count, what in (
                (self.without_en, "without English"),
                (self.without_ja, "without Japanese"),
                (self.other_languages, "texts in other languages"),
                (self.sub_flows, "texts within codes"),
            )
            if count
        ]
        tail = f"; left out: {', '.join(left_out)}" if left_out else ""
        return f"{self._where}: {self.units} units, {self.pairs} pairs{tail}"

    def _read(self) -> Iterator[TranslationUnit]:
        numbers: dict[str, int] = {}
        file = self._file
        for unit in chain.from_iterable(file.batches()):
            self.units += 1
            en: list[Variant] = []
            ja: list[Variant] = []
            for variant in file.variants(unit):
                if (side := side_of(variant[0])) is None:
                    self.other_languages += 1
                elif variant[2] and not variant[2].isspace():
                    (en if side == "en" else ja).append(variant)
            if not en or not ja:
                self.without_en += not en
                self.without_ja += not ja
                continue
            document = _document(file.props(unit)) or self._default_document()
            for place in range(max(len(en), len(ja))):
                _, one, en_text = en[place if place < len(en) else 0]
                _, other, ja_text = ja[place if place < len(ja) else 0]
                number = numbers.get(document, 0)
                numbers[document] = number + 1
                self.pairs += 1
                yield TranslationUnit(en_text, ja_text, document, number, _date(unit, one, other))

    def _default_document(self) -> str:
        return _document(self._file.props(self._file.header)) or self._where


def read_units(file: BinaryIO, *, where: str = "the memory") -> UnitReader:
    """The English–Japanese pairs of a TMX file, read while they are asked for; the file may be of any size.

    Languages are told by ``xml:lang`` (or the older ``lang``): ``en``, ``en-US``, ``JA-JP`` and the like. A
    unit with several texts in one language gives a pair for each, in their order, the first of the other side
    standing in where that side has fewer. `document` is what a property such as ``x-document`` says, else
    *where*; `date` the latest date of the unit and its two texts. What is no pair is left out and counted.

    Raises:
        BadFile: if it is no TMX file, broken, or made to do harm (see ``exchange.xml_reading``).

    >>> import io
    >>> reader = read_units(io.BytesIO(dumps_units([TranslationUnit("Yes.", "はい。")]).encode()))
    >>> [unit.ja for unit in reader], reader.pairs
    (['はい。'], 1)
    """
    return UnitReader(TmxFile(file, where=where), where)


def read_opened(
    file: BinaryIO, *, where: str, skipped: Counter[str] | None = None
) -> Iterator[TranslationUnit]:
    """The pairs of an open file, as :func:`read_units` reads them; what was no pair is counted at the end."""
    reader = read_units(file, where=where)
    yield from reader
    for name in ("without_en", "without_ja", "other_languages", "sub_flows"):
        count = getattr(reader, name)
        if skipped is not None and count:
            skipped[name.replace("_", " ")] += count


def _document(props: list[tuple[str, str]]) -> str:
    found = [
        (_DOCUMENT_PROPS[name], place, text.strip())
        for place, (name, text) in enumerate(props)
        if name in _DOCUMENT_PROPS and text.strip()
    ]
    return min(found)[2] if found else ""


def _date(*owners: Element) -> PartialDate | None:
    latest = ""
    for owner in owners:
        stamp = owner.get("changedate") or owner.get("creationdate")
        if stamp and stamp[:8] > latest:
            latest = stamp[:8]
    return _day(latest) if latest else None


@lru_cache(maxsize=4096)
def _day(stamp: str) -> PartialDate | None:
    """The day of a date as TMX writes it, ``20051029T120000Z``."""
    try:
        return PartialDate(int(stamp[:4]), int(stamp[4:6]), int(stamp[6:8]))
    except ValueError:
        return None


def header(*, tool_version: str = "1", segtype: str = "sentence") -> str:
    """The beginning of a TMX file, up to its first unit."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'
        '<tmx version="1.4">\n'
        f'  <header creationtool="alliance_ref" creationtoolversion={xml_attribute(tool_version)}'
        f' segtype="{segtype}" o-tmf="alliance_ref" adminlang="en" srclang="en" datatype="plaintext"/>\n'
        "  <body>\n"
    )


FOOTER = "  </body>\n</tmx>\n"


def tu(
    sides: Iterable[tuple[str, str, Iterable[str]]], inside: Iterable[str] = (), attributes: str = ""
) -> str:
    """A unit: for each of its *sides* language, text and elements, then elements and attributes of its own.

    Elements are written already; texts are escaped here.
    """
    lines = [f"    <tu{attributes}>", *(f"      {element}" for element in inside)]
    for lang, text, elements in sides:
        middle = "".join(elements)
        lines.append(f'      <tuv xml:lang="{lang}">{middle}<seg>{xml_text(text)}</seg></tuv>')
    return "\n".join([*lines, "    </tu>", ""])


def prop(name: str, text: object) -> str:
    """A property."""
    return f"<prop type={xml_attribute(name)}>{xml_text(str(text))}</prop>"


def pieces(units: Iterable[AlignedUnit | TranslationUnit], *, tool_version: str = "1") -> Iterator[str]:
    """A TMX file piece by piece, so that a memory of any size can be written; see :func:`dumps_units`."""
    yield header(tool_version=tool_version)
    for unit in units:
        if isinstance(unit, TranslationUnit):
            yield _of_memory(unit)
        elif not (isinstance(unit.en, Gap) or isinstance(unit.ja, Gap)):
            yield _aligned(unit)
    yield FOOTER


def dumps_units(units: Iterable[AlignedUnit | TranslationUnit], *, tool_version: str = "1") -> str:
    """The pairs among *units* as TMX 1.4b, English as the source language.

    Only pairs go in: a unit with a gap is of no use in a translation memory. An aligned unit has its kind and
    confidence in the properties ``x-kind`` and ``x-confidence``, a unit of a memory its document in
    ``x-document`` and its date in ``changedate`` (where the day is known) or ``x-date``. Characters that XML
    cannot hold are replaced by U+FFFD.
    """
    return "".join(pieces(units, tool_version=tool_version))


def _aligned(unit: AlignedUnit) -> str:
    props = [prop("x-kind", unit.kind)]
    if unit.confidence is not None:
        props.append(prop("x-confidence", f"{unit.confidence:.4f}"))
    return tu((("en", unit.text("en"), ()), ("ja", unit.text("ja"), ())), props)


def _of_memory(unit: TranslationUnit) -> str:
    props = [prop("x-document", unit.document)] if unit.document else []
    attributes = ""
    if unit.date is not None:
        if unit.date.day is None:
            props.append(prop("x-date", unit.date))
        else:
            attributes = f' changedate="{str(unit.date).replace("-", "")}T000000Z"'
    return tu((("en", unit.en, ()), ("ja", unit.ja, ())), props, attributes)
