"""Write glossaries as TBX-Basic: version 3 (ISO 30042:2019) in both styles, and version 2 (ISO 30042:2008).

In the style DCA, a data category is the type of a general element (``<termNote type="partOfSpeech">``); in
DCT, it is an element of its own (``<min:partOfSpeech>``). Version 2, which OmegaT and older tools read, is
like DCA with other names for the elements. TBX-Basic has no category for the reading of a
term, its transliteration, years of validity, reliability, passages and renderings. A file with categories of
other dialects would not be TBX-Basic, and tools would reject or drop them. Therefore these values are in
notes that begin with a label, such as ``reading: ぼうえいちょう``: every tool shows them, and
`tbx_reader` reads them exactly.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from alliance_ref.exchange.capabilities import ALL_FIELDS, NOT_IN_XML
from alliance_ref.exchange.glossaries.renderings_json import dumps_rendering
from alliance_ref.exchange.glossaries.tbx_reader import LABELS, OWN_MARK, PARTS_OF_SPEECH, loads
from alliance_ref.exchange.xml.writing import XmlIds, xml_attribute, xml_clean, xml_text
from alliance_ref.records.glossary import GlossaryConcept, LanguageSection, Term
from alliance_ref.records.values import Period

__all__ = ["SUPPORTED_FIELDS", "dumps", "dumps_dct", "dumps_v2", "loads"]

SUPPORTED_FIELDS = ALL_FIELDS - {NOT_IN_XML}

Style = Literal["dca", "dct", "v2"]

_CATEGORIES = {
    "administrativeStatus": ("termNote", "min"),
    "partOfSpeech": ("termNote", "min"),
    "subjectField": ("descrip", "min"),
    "context": ("descrip", "basic"),
    "definition": ("descrip", "basic"),
    "source": ("admin", "basic"),
    "termType": ("termNote", "basic"),
}
_STATUS = {
    "preferred": "preferredTerm-admn-sts",
    "admitted": "admittedTerm-admn-sts",
    "abbreviation": "admittedTerm-admn-sts",
    "deprecated": "deprecatedTerm-admn-sts",
    "erroneous": "deprecatedTerm-admn-sts",
}


def dumps(concepts: Iterable[GlossaryConcept], *, style: Style = "dca") -> str:
    """Return *concepts* as TBX-Basic.

    Characters that XML does not allow are replaced by U+FFFD. In an id, a character that XML ids do not allow
    is written as ``_x0023_`` (for ``#``) and restored by the reader.

    >>> from alliance_ref.records import GlossaryConcept, LanguageSection, Term
    >>> alliance = GlossaryConcept("alliance", LanguageSection("en", (Term("alliance", "en"),)))
    >>> loads(dumps([alliance], style="dct")) == (alliance,)
    True
    """
    return "".join(_pieces(concepts, style))


def dumps_dct(concepts: Iterable[GlossaryConcept]) -> str:
    """Return *concepts* as TBX-Basic in the style DCT."""
    return dumps(concepts, style="dct")


def dumps_v2(concepts: Iterable[GlossaryConcept]) -> str:
    """Return *concepts* as TBX-Basic of version 2."""
    return dumps(concepts, style="v2")


def _pieces(concepts: Iterable[GlossaryConcept], style: Style) -> Iterator[str]:
    if style == "v2":
        yield from _version_2(concepts)
        return
    spaces = ' xmlns="urn:iso:std:iso:30042:ed-2"'
    if style == "dct":
        spaces += ' xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic"'
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<tbx type="TBX-Basic" style="{style}" xml:lang="en"{spaces}>\n'
        "  <tbxHeader>\n    <fileDesc>\n      <sourceDesc>\n"
        f"        <p>{OWN_MARK}</p>\n"
        "      </sourceDesc>\n    </fileDesc>\n  </tbxHeader>\n"
        "  <text>\n    <body>\n"
    )
    yield from _entries(concepts, style)
    yield "    </body>\n  </text>\n</tbx>\n"


_VERSION_2 = {"conceptEntry": "termEntry", "langSec": "langSet", "termSec": "tig"}
"""The names of elements in version 2."""

_ELEMENT = re.compile(r"(?<=<)(/?)(conceptEntry|langSec|termSec)\b")
_CODED = '<p type="XCSURI">http://www.lisa.org/fileadmin/standards/tbx_basic/TBXBasicXCSV02.XCS</p>'


def _version_2(concepts: Iterable[GlossaryConcept]) -> Iterator[str]:
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">\n'
        '<martif type="TBX-Basic" xml:lang="en">\n  <martifHeader>\n'
        f"    <fileDesc><sourceDesc><p>{OWN_MARK}</p></sourceDesc></fileDesc>\n"
        f"    <encodingDesc>{_CODED}</encodingDesc>\n"
        "  </martifHeader>\n  <text>\n    <body>\n"
    )
    for entry in _entries(concepts, "dca"):
        # "<" is escaped in texts, so only tags match.
        yield _ELEMENT.sub(lambda found: found[1] + _VERSION_2[found[2]], entry)
    yield "    </body>\n  </text>\n</martif>\n"


def _entries(concepts: Iterable[GlossaryConcept], style: Style) -> Iterator[str]:
    ids = XmlIds()
    for concept in concepts:
        yield f"      <conceptEntry id={xml_attribute(ids.make(concept.id))}>\n"
        yield from _indented(_concept(concept, style), 8)
        yield "      </conceptEntry>\n"


def _indented(lines: Iterable[str], columns: int) -> Iterator[str]:
    return (f"{' ' * columns}{line}\n" for line in lines)


def _concept(concept: GlossaryConcept, style: Style) -> Iterator[str]:
    if concept.subject:
        yield _item("subjectField", concept.subject, style)
    yield from _note(concept.note)
    for section in (concept.en, concept.ja):
        if section.definition and not section.terms:  # a language section needs a term
            yield _labelled(f"definition {section.lang}", section.definition)
    for passage in concept.passages:
        yield _labelled("passage", passage)
    if concept.termhood is not None:
        yield _labelled("termhood", repr(concept.termhood))
    for rendering in concept.renderings:
        yield _labelled("rendering", dumps_rendering(rendering, xml_clean))
    for section in (concept.en, concept.ja):
        if section.terms:
            yield from _section(section, style)


def _section(section: LanguageSection, style: Style) -> Iterator[str]:
    yield f'<langSec xml:lang="{section.lang}">'
    if section.definition:
        yield "  " + _item("definition", section.definition, style)
    for term in section.terms:
        yield "  <termSec>"
        yield from (f"    {line}" for line in _term(term, style))
        yield "  </termSec>"
    yield "</langSec>"


def _term(term: Term, style: Style) -> Iterator[str]:
    yield f"<term>{xml_text(term.text)}</term>"
    if term.part_of_speech:
        yield _item("partOfSpeech", PARTS_OF_SPEECH.get(term.part_of_speech, "other"), style)
    yield _item("administrativeStatus", _STATUS[term.status], style)
    if term.status == "abbreviation":
        yield _item("termType", "abbreviation", style)
    if term.context:
        yield _item("context", term.context, style)
    if term.source:
        yield _item("source", term.source, style)
    yield from _note(term.note)
    if term.status == "erroneous":
        yield _labelled("status", term.status)
    if term.reading is not None:
        yield _labelled("reading", term.reading)
    if term.transliteration is not None:
        yield _labelled("transliteration", term.transliteration)
    if term.valid != Period():
        yield _labelled("valid", str(term.valid))
    if term.reliability is not None:
        yield _labelled("reliability", repr(term.reliability))
    if term.part_of_speech and term.part_of_speech not in PARTS_OF_SPEECH:
        yield _labelled("part of speech", term.part_of_speech)


def _item(category: str, text: str, style: Style) -> str:
    element, module = _CATEGORIES[category]
    if style == "dct":
        return f"<{module}:{category}>{xml_text(text)}</{module}:{category}>"
    return f'<{element} type="{category}">{xml_text(text)}</{element}>'


def _note(text: str) -> Iterator[str]:
    """Yield a note; one that begins like a labelled note gets the label ``note``."""
    if text:
        yield _labelled("note", text) if text.startswith(LABELS) else f"<note>{xml_text(text)}</note>"


def _labelled(label: str, text: str) -> str:
    return f"<note>{label}: {xml_text(text)}</note>"
