"""Translation memories in TMX 1.4b: read units one at a time, and write them.

According to the standard, the text in ``hi`` belongs to the segment, as does that of elements of other
vocabularies (``g``, ``mrk``, ``pc``). Native codes (``bpt``, ``ept``, ``it``,
``ph``, ``ut``) do not, and neither does the text of a ``sub`` inside a code, such as a footnote or a tooltip.
These texts are counted. A code that breaks the line becomes a line break.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import BinaryIO
from xml.etree.ElementTree import Element

import attrs

from alliance_ref.errors import FileProblem, UnreadableFile, unreadable
from alliance_ref.exchange.bitexts.languages import other_languages
from alliance_ref.exchange.limits import MAX_DEPTH, MAX_UNIT
from alliance_ref.exchange.xml.reading import PIECE_SIZE, XML_LANG, Event, read_events, too_deep
from alliance_ref.exchange.xml.writing import xml_attribute, xml_text
from alliance_ref.records import AlignedUnit, Gap, PartialDate, TranslationUnit
from alliance_ref.text.scripts import language_of

_BREAKS = frozenset({"lb", "pb"})
_CODES = frozenset({"bpt", "ept", "it", "ph", "ut", "sub"})
_DOCUMENT_PROPS = {
    name: rank
    for rank, name in enumerate(
        ("x-document", "document", "x-file", "file", "x-filename", "filename", "x-docname")
    )
}

TITLE = "TMX"

_MAX_LANGUAGES = 20

Variant = tuple[str, Element, str]
"""A text of a unit: its language in lower case, its ``tuv`` element and the text."""


class TmxFile:
    """The units of a TMX file (``tu``). Use each unit before you request the next one.

    `header` is the header once it has been read; `sub_flows` is the number of texts inside codes so far.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.header = Element("header")
        self.sub_flows = 0
        self._started, self._namespace = False, ""
        self._file = file

    def __iter__(self) -> Iterator[Element]:
        for units in self.batches():
            yield from units

    def batches(self) -> Iterator[list[Element]]:
        """Yield the units that end in one piece of the file after the other."""
        body, without_unit = None, 0
        for events in read_events(self._file, title=TITLE):
            if body is None:
                body = self._start(events)
            tu = self._namespace + "tu"
            if units := [element for event, element in events if event == "end" and element.tag == tu]:
                without_unit = 0
                yield units
            else:
                without_unit += PIECE_SIZE
                if without_unit > MAX_UNIT:
                    raise unreadable(TITLE, FileProblem("no-unit", {"limit": MAX_UNIT // 2**20}))
            if body is not None:
                body.clear()
            del events, units

    def _start(self, events: list[Event]) -> Element | None:
        """Read the header; return the body as soon as it starts."""
        for event, element in events:
            namespace, brace, name = element.tag.rpartition("}")
            if not self._started:
                self._started, self._namespace = True, namespace + brace
                if name != "tmx":
                    values = {"element": name, "expected": "tmx"}
                    raise unreadable(TITLE, FileProblem("wrong-root", values))
            elif name == "header" and event == "end":
                self.header = element
            elif name == "body":
                return element
        return None

    def variants(self, unit: Element) -> list[Variant]:
        """Return the texts of a unit."""
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
        """Return the properties of a header, a unit or a text, with their types in lower case."""
        prop = self._namespace + "prop"
        return [(child.get("type", "").lower(), child.text or "") for child in owner if child.tag == prop]

    def notes(self, owner: Element) -> list[str]:
        """Return the notes of a header, a unit or a text."""
        note = self._namespace + "note"
        return [child.text or "" for child in owner if child.tag == note]

    def _inline(self, owner: Element, depth: int = 0) -> str:
        if depth > MAX_DEPTH:
            raise too_deep(TITLE)
        texts = [owner.text or ""]
        for child in owner:
            if child.tag.rpartition("}")[2] not in _CODES:
                texts.append(self._inline(child, depth + 1))
            else:
                self.sub_flows += sum(1 for _ in child.iter(self._namespace + "sub"))
                if child.get("type") in _BREAKS:
                    texts.append("\n")
            texts.append(child.tail or "")
        return "".join(texts)


@attrs.define
class UnitReader:
    """An iterator over the pairs of a translation memory that counts what it leaves out.

    Attributes:
        units: The number of units read so far.
        pairs: The number of pairs made of them.
        without_en: The number of units without English.
        without_ja: The number of units without Japanese; a unit without both counts in both.
        other_languages: The number of texts in other languages.
        languages: The tags of the first of these languages.
    """

    _file: TmxFile
    _where: str
    units: int = 0
    pairs: int = 0
    without_en: int = 0
    without_ja: int = 0
    other_languages: int = 0
    languages: set[str] = attrs.Factory(set)
    _rest: Iterator[TranslationUnit] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self._rest = self._with_name(self._read())

    @property
    def sub_flows(self) -> int:
        """The number of texts inside codes, which are left out."""
        return self._file.sub_flows

    def __iter__(self) -> Iterator[TranslationUnit]:
        return self._rest

    def __next__(self) -> TranslationUnit:
        return next(self._rest)

    def __str__(self) -> str:
        left_out = [
            f"{count} {kind}"
            for count, kind in (
                (self.without_en, "without English"),
                (self.without_ja, "without Japanese"),
                (self.other_languages, "texts in other languages"),
                (self.sub_flows, "texts within codes"),
            )
            if count
        ]
        tail = f"; left out: {', '.join(left_out)}" if left_out else ""
        return f"{self._where}: {self.units} units, {self.pairs} pairs{tail}"

    def _with_name(self, units: Iterator[TranslationUnit]) -> Iterator[TranslationUnit]:
        try:
            yield from units
        except UnreadableFile as error:
            raise attrs.evolve(error, where=self._where) from None

    def _read(self) -> Iterator[TranslationUnit]:
        numbers: dict[str, int] = {}
        file = self._file
        for unit in chain.from_iterable(file.batches()):
            self.units += 1
            en: list[Variant] = []
            ja: list[Variant] = []
            for variant in file.variants(unit):
                if (side := language_of(variant[0])) is None:
                    self.other_languages += 1
                    if len(self.languages) < _MAX_LANGUAGES:
                        self.languages.add(variant[0])
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
    """Return an iterator over the English–Japanese pairs of a TMX file, which may be of any size.

    The attribute ``xml:lang`` (or the older ``lang``) gives the language: ``en``, ``en-US``, ``JA-JP``. A
    unit with several texts in one language becomes several pairs, in order; a side with fewer texts repeats
    its first one. `document` comes from a property such as ``x-document``, or else is *where*; `date` is the
    latest date of the unit and its two texts. Units that are not pairs are left out and counted.

    Args:
        file: The open file.
        where: The name of the file, for errors and for units without a document.

    Raises:
        UnreadableFile: The file is not a TMX file, is damaged or is unsafe (see `exchange.xml.reading`).

    >>> import io
    >>> reader = read_units(io.BytesIO(dumps_units([TranslationUnit("Yes.", "はい。")]).encode()))
    >>> [unit.ja for unit in reader], reader.pairs
    (['はい。'], 1)
    """
    return UnitReader(TmxFile(file), where)


def read_opened(
    file: BinaryIO, *, where: str, skipped: Counter[str] | None = None
) -> Iterator[TranslationUnit]:
    """Yield the pairs of an open file; add the counts of the rest to *skipped* at the end.

    Raises:
        UnreadableFile: The file is not a TMX file, or all its units are in other languages.
    """
    reader = read_units(file, where=where)
    yield from reader
    for name in ("without_en", "without_ja", "other_languages", "sub_flows"):
        count = getattr(reader, name)
        if skipped is not None and count:
            skipped[name.replace("_", " ")] += count
    if reader.units and not reader.pairs and reader.other_languages:
        raise other_languages(TITLE, *sorted(reader.languages))


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
    """Return the day of a TMX date such as ``20051029T120000Z``."""
    try:
        return PartialDate(int(stamp[:4]), int(stamp[4:6]), int(stamp[6:8]))
    except ValueError:
        return None


def header(*, tool_version: str = "1", segtype: str = "sentence") -> str:
    """Return the beginning of a TMX file, up to its first unit."""
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
    """Return a ``tu`` element.

    Args:
        sides: For each text, its language, the text and the XML of its elements.
        inside: The XML of the elements of the unit.
        attributes: The XML of the attributes of the unit.
    """
    lines = [f"    <tu{attributes}>", *(f"      {element}" for element in inside)]
    for lang, text, elements in sides:
        middle = "".join(elements)
        lines.append(f'      <tuv xml:lang="{lang}">{middle}<seg>{xml_text(text)}</seg></tuv>')
    return "\n".join([*lines, "    </tu>", ""])


def prop(name: str, text: object) -> str:
    """Return a ``prop`` element."""
    return f"<prop type={xml_attribute(name)}>{xml_text(str(text))}</prop>"


def pieces(units: Iterable[AlignedUnit | TranslationUnit], *, tool_version: str = "1") -> Iterator[str]:
    """Yield a TMX file piece by piece, to write a memory of any size; see `dumps_units`."""
    yield header(tool_version=tool_version)
    for unit in units:
        if isinstance(unit, TranslationUnit):
            yield _memory_unit(unit)
        elif not (isinstance(unit.en, Gap) or isinstance(unit.ja, Gap)):
            yield _aligned_unit(unit)
    yield FOOTER


def dumps_units(units: Iterable[AlignedUnit | TranslationUnit], *, tool_version: str = "1") -> str:
    """Return the pairs among *units* as TMX 1.4b, with English as the source language.

    Units with a gap are left out, since a translation memory contains only pairs. The kind and confidence of
    an aligned unit become the properties ``x-kind`` and ``x-confidence``. The document of a unit of a memory
    becomes ``x-document``; its date becomes ``changedate`` if the day is known, else ``x-date``. Characters
    that XML does not allow are replaced by U+FFFD.
    """
    return "".join(pieces(units, tool_version=tool_version))


def dumps_documents(
    documents: Iterable[tuple[str, Iterable[AlignedUnit]]], *, tool_version: str = "1"
) -> str:
    """Return the pairs among the units of several documents as one TMX file; see `dumps_units`.

    Args:
        documents: The name of each document, which becomes the property ``x-document``, and its units.
        tool_version: The version of the library.

    >>> from alliance_ref.alignment import align
    >>> "x-document" in dumps_documents([("naha", align(["Yes."], ["はい。"]).units)])
    True
    """
    units = (
        _aligned_unit(unit, name)
        for name, found in documents
        for unit in found
        if not (isinstance(unit.en, Gap) or isinstance(unit.ja, Gap))
    )
    return "".join((header(tool_version=tool_version), *units, FOOTER))


def _aligned_unit(unit: AlignedUnit, document: str = "") -> str:
    props = [prop("x-document", document)] if document else []
    props.append(prop("x-kind", unit.kind))
    if unit.confidence is not None:
        props.append(prop("x-confidence", f"{unit.confidence:.4f}"))
    return tu((("en", unit.text("en"), ()), ("ja", unit.text("ja"), ())), props)


def _memory_unit(unit: TranslationUnit) -> str:
    props = [prop("x-document", unit.document)] if unit.document else []
    attributes = ""
    if unit.date is not None:
        if unit.date.day is None:
            props.append(prop("x-date", unit.date))
        else:
            attributes = f' changedate="{str(unit.date).replace("-", "")}T000000Z"'
    return tu((("en", unit.en, ()), ("ja", unit.ja, ())), props, attributes)
