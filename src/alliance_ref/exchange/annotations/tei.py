"""Alignments as TEI P5: the sentences of each language in one text, with stand-off links between them.

Each side of a unit is a sequence of ``seg`` elements or a ``gap`` with its reason. A ``link`` in a
``linkGrp`` of the type ``alignment`` refers to them by id; its type is the status of the unit and ``cert``
its confidence. The position of a sentence in its text is in ``n``. Reading the file returns the same
alignment.
"""

from collections.abc import Iterable, Iterator
from typing import cast, get_args
from xml.etree.ElementTree import Element

import attrs

from alliance_ref.errors import FileProblem, unreadable
from alliance_ref.exchange.limits import is_whole_number
from alliance_ref.exchange.xml.reading import XML_ID, XML_LANG, read_tree
from alliance_ref.exchange.xml.writing import xml_attribute, xml_text
from alliance_ref.records import AlignedUnit, Gap, Segment
from alliance_ref.records.passages import Side, UnitStatus
from alliance_ref.records.values import GapReason, Lang
from alliance_ref.text.scripts import language_of

_TITLES: dict[Lang, str] = {"en": "English", "ja": "日本語"}
_TITLE = "TEI"
_OWN_MARK = "Written by alliance_ref."


def dumps(units: Iterable[AlignedUnit], *, title: str = "Aligned texts") -> str:
    """Return *units* as a TEI document: two texts with their gaps, and the links between them.

    Characters that XML does not allow are replaced by U+FFFD.

    >>> from alliance_ref.records import AlignedUnit, Gap, Segment
    >>> unit = AlignedUnit((Segment("Yes.", "en", 0, 4),), Gap("not-translated"))
    >>> loads(dumps([unit])) == (unit,)
    True
    """
    sides: dict[Lang, list[str]] = {"en": [], "ja": []}
    links = []
    for unit in units:
        targets = [*_side("en", unit.en, sides["en"]), *_side("ja", unit.ja, sides["ja"])]
        certainty = "" if unit.confidence is None else f' cert="{unit.confidence!r}"'
        links.append(f'      <link type="{unit.status}" target="{" ".join(targets)}"{certainty}/>')
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<TEI xmlns="http://www.tei-c.org/ns/1.0">',
        "  <teiHeader>",
        "    <fileDesc>",
        f"      <titleStmt><title>{xml_text(title)}</title></titleStmt>",
        f"      <publicationStmt><p>{_OWN_MARK}</p></publicationStmt>",
        "      <sourceDesc><p>Two texts, aligned.</p></sourceDesc>",
        "    </fileDesc>",
        "  </teiHeader>",
        "  <text>",
        "    <group>",
    ]
    for lang, rows in sides.items():
        lines += [f'      <text xml:lang="{lang}">', "        <body>", f'          <ab n="{_TITLES[lang]}">']
        lines += [f"            {row}" for row in rows]
        lines += ["          </ab>", "        </body>", "      </text>"]
    lines += ["    </group>", "  </text>", "  <standOff>", '    <linkGrp type="alignment">', *links]
    return "\n".join([*lines, "    </linkGrp>", "  </standOff>", "</TEI>", ""])


def _side(lang: Lang, side: Side, rows: list[str]) -> Iterator[str]:
    """Append a side of a unit to the *rows* of its language; yield the references to the new rows."""
    if isinstance(side, Gap):
        note = f"<desc>{xml_text(side.note)}</desc>" if side.note else ""
        rows.append(f'<gap xml:id="{lang}{len(rows) + 1}" reason="{side.reason}">{note}</gap>')
        yield f"#{lang}{len(rows)}"
        return
    for segment in side:
        place = xml_attribute(f"{segment.start}-{segment.end}")
        rows.append(f'<seg xml:id="{lang}{len(rows) + 1}" n={place}>{xml_text(segment.text)}</seg>')
        yield f"#{lang}{len(rows)}"


def loads(content: str | bytes) -> tuple[AlignedUnit, ...]:
    """Return the units of a TEI document that aligns two texts, in the order of its links.

    A ``linkGrp`` must align English and Japanese.

    The language of an element is the nearest ``xml:lang``. In files from other programs, the position of a
    segment counts in the linked segments of its language, joined by line breaks; a ``seg`` or ``s`` with an
    id but without a link comes last and is unaligned.

    Raises:
        UnreadableFile: The content is not a TEI document, has no links, or a link refers to a missing
            element.
    """
    root = read_tree(content, title=_TITLE)
    if _local(root) not in ("TEI", "teiCorpus", "TEI.2"):
        raise unreadable(_TITLE, FileProblem("wrong-root", {"element": _local(root), "expected": "TEI"}))
    own = any((p.text or "") == _OWN_MARK for p in root.iter() if _local(p) == "p")
    elements = {item.id: item for item in _named(root, None)}
    links = list(_links(root))
    if not links and not own:
        raise unreadable(_TITLE, FileProblem("no-links"))
    reader = _Reader(own, elements)
    units = [reader.unit(link) for link in links]
    return (*units, *reader.unlinked())


@attrs.frozen
class _Item:
    """An element with an id, and its language."""

    id: str
    element: Element
    lang: Lang | None


@attrs.define
class _Reader:
    own: bool
    elements: dict[str, _Item]
    lengths: dict[Lang, int] = attrs.Factory(lambda: {"en": 0, "ja": 0})
    segments: dict[str, Segment] = attrs.Factory(dict)

    def unit(self, link: Element) -> AlignedUnit:
        sides: dict[Lang, list[_Item]] = {"en": [], "ja": []}
        for target in (link.get("target") or link.get("targets") or "").split():
            item = self.elements.get(target.rpartition("#")[2])
            if item is None:
                raise unreadable(_TITLE, FileProblem("unknown-target", {"target": target}))
            if item.lang is not None:
                sides[item.lang].append(item)
        en, ja = self._side(sides["en"], "en"), self._side(sides["ja"], "ja")
        kind = link.get("type")
        status = cast("UnitStatus", kind) if kind in get_args(UnitStatus) else "aligned"
        return AlignedUnit(en, ja, status, _confidence(link.get("cert")))

    def unlinked(self) -> Iterator[AlignedUnit]:
        for item in self.elements.values():
            if item.id not in self.segments and item.lang and _local(item.element) in ("seg", "s"):
                segment = self._segment(item, item.lang)
                gap = Gap("unaligned")
                if item.lang == "en":
                    yield AlignedUnit((segment,), gap, "aligned")
                else:
                    yield AlignedUnit(gap, (segment,), "aligned")

    def _side(self, items: list[_Item], lang: Lang) -> Side:
        found = [item for item in items if _local(item.element) != "gap"]
        if found:
            return tuple(self._segment(item, lang) for item in found)
        reason, note = "unaligned", ""
        for item in items:
            text = item.element.get("reason", "")
            known = text in get_args(GapReason)
            reason = text if known else reason
            texts = [] if known or not text else [text]
            note = ": ".join([*texts, *("".join(desc.itertext()) for desc in item.element)])
        return Gap(cast("GapReason", reason), note)

    def _segment(self, item: _Item, lang: Lang) -> Segment:
        if item.id not in self.segments:
            text = "".join(item.element.itertext())
            text = text if self.own else " ".join(text.split())
            start, end = self._position(item.element, lang, text)
            self.segments[item.id] = Segment(text, lang, start, end)
        return self.segments[item.id]

    def _position(self, element: Element, lang: Lang, text: str) -> tuple[int, int]:
        ends = (element.get("n") or "").split("-")
        if self.own and len(ends) == 2 and all(map(is_whole_number, ends)):
            return int(ends[0]), int(ends[1])
        start = self.lengths[lang]
        self.lengths[lang] = start + len(text) + 1
        return start, start + len(text)


def _named(element: Element, lang: Lang | None) -> Iterator[_Item]:
    code = element.get(XML_LANG) or element.get("lang")
    lang = language_of(code) if code else lang
    if name := element.get(XML_ID) or element.get("id"):
        yield _Item(name, element, lang)
    for child in element:
        yield from _named(child, lang)


def _links(root: Element) -> Iterator[Element]:
    for group in root.iter():
        if _local(group) == "linkGrp":
            yield from (link for link in group if _local(link) == "link")


def _confidence(text: str | None) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if 0.0 <= value <= 1.0 else None


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]
