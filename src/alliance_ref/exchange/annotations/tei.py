"""Alignments as TEI P5: the sentences of each language in a text of their own, the pairs beside them.

Each side of a unit is a row of ``seg`` elements, or a ``gap`` with its reason; a ``link`` in a ``linkGrp`` of
the type ``alignment`` names them by their ids, and has the unit's status as its type and its confidence as
``cert``. The place of a sentence in its text stands in ``n``. So everything in an alignment comes back.
"""

from collections.abc import Iterable, Iterator
from typing import cast, get_args
from xml.etree.ElementTree import Element

import attrs

from alliance_ref.errors import BadFile
from alliance_ref.exchange.languages import side_of
from alliance_ref.exchange.xml.reading import XML_ID, XML_LANG, read_tree
from alliance_ref.exchange.xml.writing import xml_attribute, xml_text
from alliance_ref.records import AlignedUnit, Gap, Segment
from alliance_ref.records.passages import Side, UnitStatus
from alliance_ref.records.values import GapReason, Lang

_TITLES: dict[Lang, str] = {"en": "English", "ja": "日本語"}
_OWN_MARK = "Written by alliance_ref."


def dumps(units: Iterable[AlignedUnit], *, title: str = "Aligned texts") -> str:
    """The units as a TEI document: two texts and the links between them, gaps and all.

    Characters that XML cannot hold are replaced by U+FFFD.

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
    """Write a side of a unit to the *rows* of its language; the references to what was written."""
    if isinstance(side, Gap):
        note = f"<desc>{xml_text(side.note)}</desc>" if side.note else ""
        rows.append(f'<gap xml:id="{lang}{len(rows) + 1}" reason="{side.reason}">{note}</gap>')
        yield f"#{lang}{len(rows)}"
        return
    for segment in side:
        place = xml_attribute(f"{segment.start}-{segment.end}")
        rows.append(f'<seg xml:id="{lang}{len(rows) + 1}" n={place}>{xml_text(segment.text)}</seg>')
        yield f"#{lang}{len(rows)}"


def loads(given: str | bytes, *, where: str = "<text>") -> tuple[AlignedUnit, ...]:
    """The units of a TEI document that aligns English and Japanese by ``linkGrp``, in the order of its links.

    The language of an element is told by ``xml:lang`` on it or around it. In files that other programs wrote,
    the place of a segment counts in the linked segments of its language, joined by line breaks, and a
    ``seg`` or ``s`` with an id that no link names comes last, its other side unaligned.

    Raises:
        BadFile: if it is no TEI document, has no links, or a link names what is not in it.
    """
    root = read_tree(given, where=where)
    if _local(root) not in ("TEI", "teiCorpus", "TEI.2"):
        raise BadFile(where, f"this is no TEI document: its first element is <{_local(root)}>, not <TEI>")
    own = any((p.text or "") == _OWN_MARK for p in root.iter() if _local(p) == "p")
    elements = {item.id: item for item in _named(root, None)}
    links = list(_links(root))
    if not links and not own:
        raise BadFile(where, "no <link> stands in a <linkGrp>; nothing says what is aligned with what")
    reader = _Reader(where, own, elements)
    units = [reader.unit(link) for link in links]
    return (*units, *reader.left_over())


@attrs.frozen
class _Item:
    """An element with an id, and the language it is in."""

    id: str
    element: Element
    lang: Lang | None


@attrs.define
class _Reader:
    where: str
    own: bool
    elements: dict[str, _Item]
    lengths: dict[Lang, int] = attrs.Factory(lambda: {"en": 0, "ja": 0})
    segments: dict[str, Segment] = attrs.Factory(dict)

    def unit(self, link: Element) -> AlignedUnit:
        sides: dict[Lang, list[_Item]] = {"en": [], "ja": []}
        for target in (link.get("target") or link.get("targets") or "").split():
            item = self.elements.get(target.rpartition("#")[2])
            if item is None:
                raise BadFile(self.where, f"a link names {target!r}, but no element here has that id")
            if item.lang is not None:
                sides[item.lang].append(item)
        en, ja = self._side(sides["en"], "en"), self._side(sides["ja"], "ja")
        given = link.get("type")
        status = cast("UnitStatus", given) if given in get_args(UnitStatus) else "aligned"
        return AlignedUnit(en, ja, status, _share(link.get("cert")))

    def left_over(self) -> Iterator[AlignedUnit]:
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
            given = item.element.get("reason", "")
            known = given in get_args(GapReason)
            reason = given if known else reason
            texts = [] if known or not given else [given]
            note = ": ".join([*texts, *("".join(desc.itertext()) for desc in item.element)])
        return Gap(cast("GapReason", reason), note)

    def _segment(self, item: _Item, lang: Lang) -> Segment:
        if item.id not in self.segments:
            text = "".join(item.element.itertext())
            text = text if self.own else " ".join(text.split())
            start, end = self._place(item.element, lang, text)
            self.segments[item.id] = Segment(text, lang, start, end)
        return self.segments[item.id]

    def _place(self, element: Element, lang: Lang, text: str) -> tuple[int, int]:
        ends = (element.get("n") or "").split("-")
        if self.own and len(ends) == 2 and all(end.isdecimal() for end in ends):
            return int(ends[0]), int(ends[1])
        start = self.lengths[lang]
        self.lengths[lang] = start + len(text) + 1
        return start, start + len(text)


def _named(element: Element, lang: Lang | None) -> Iterator[_Item]:
    code = element.get(XML_LANG) or element.get("lang")
    lang = side_of(code) if code else lang
    if name := element.get(XML_ID) or element.get("id"):
        yield _Item(name, element, lang)
    for child in element:
        yield from _named(child, lang)


def _links(root: Element) -> Iterator[Element]:
    for group in root.iter():
        if _local(group) == "linkGrp":
            yield from (link for link in group if _local(link) == "link")


def _share(text: str | None) -> float | None:
    try:
        share = float(text or "")
    except ValueError:
        return None
    return share if 0.0 <= share <= 1.0 else None


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]
