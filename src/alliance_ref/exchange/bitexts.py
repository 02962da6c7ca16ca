"""Aligned units as a translation memory (TMX 1.4b) and as a table (TSV).

Only pairs go into a translation memory, since a unit with one language is of no use there; the table holds
the gaps too.
"""

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from alliance_ref.records import AlignedUnit, Gap

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def dumps_tmx(units: Iterable[AlignedUnit], *, tool_version: str = "1") -> str:
    """The pairs among *units* as TMX 1.4b, English as the source language.

    A unit's confidence stands in a property ``x-confidence``, its kind in ``x-kind``. Characters that
    XML cannot hold are replaced by U+FFFD.
    """
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<!DOCTYPE tmx SYSTEM "tmx14.dtd">',
        '<tmx version="1.4">',
        f'  <header creationtool="alliance_ref" creationtoolversion={quoteattr(tool_version)}'
        ' segtype="sentence" o-tmf="alliance_ref" adminlang="en" srclang="en" datatype="plaintext"/>',
        "  <body>",
    ]
    for unit in units:
        if isinstance(unit.en, Gap) or isinstance(unit.ja, Gap):
            continue
        lines.append("    <tu>")
        lines.append(f'      <prop type="x-kind">{unit.kind}</prop>')
        if unit.confidence is not None:
            lines.append(f'      <prop type="x-confidence">{unit.confidence:.4f}</prop>')
        lines += [
            f'      <tuv xml:lang="{lang}"><seg>{_xml(text)}</seg></tuv>'
            for lang, text in (("en", unit.text("en")), ("ja", unit.text("ja")))
        ]
        lines.append("    </tu>")
    lines += ["  </body>", "</tmx>", ""]
    return "\n".join(lines)


def _xml(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text))


def dumps_tsv(units: Iterable[AlignedUnit]) -> str:
    """Every unit as a line under a header: kind, confidence, English, Japanese; a gap is ``[reason]``."""
    rows = [("kind", "confidence", "en", "ja")]
    for unit in units:
        confidence = "" if unit.confidence is None else f"{unit.confidence:.4f}"
        sides = [
            str(side) if isinstance(side, Gap) else text
            for side, text in ((unit.en, unit.text("en")), (unit.ja, unit.text("ja")))
        ]
        rows.append((unit.kind, confidence, sides[0], sides[1]))
    return "".join("\t".join(" ".join(cell.split()) for cell in row) + "\n" for row in rows)
