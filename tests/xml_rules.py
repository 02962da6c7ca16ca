"""XML formats as data, and a small validator, since no package provides their schemas.

A rule says of an element which children may stand in it, as a regular expression over their names, which
attributes it must and may have with what values, and whether it holds text. The rules of TMX are those of
``tmx14.dtd``; those of TBX the core structure of ISO 30042:2019 with the data categories of TBX-Basic.
"""

import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

import attrs

ANY = re.compile("", re.DOTALL)
DATE = re.compile(r"\d{8}T\d{6}Z")
LANG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")
NAME = re.compile(r"[^\W\d][\w.\-·]*")


def one_of(words: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words.split())))


@attrs.frozen
class Rule:
    children: str = ""
    required: Mapping[str, re.Pattern[str]] = attrs.Factory(dict)
    optional: Mapping[str, re.Pattern[str]] = attrs.Factory(dict)
    text: re.Pattern[str] | None = None


def problems(element: ET.Element, rules: Mapping[str, Rule]) -> Iterator[str]:
    """Yield all violations of *rules* in an element and its content."""
    name = element.tag
    rule = rules.get(name) or rules.get(f"{name} {element.get('type')}")
    if rule is None:
        yield f"<{name} type={element.get('type')}> is not known"
        return
    inside = "".join(f"<{child.tag}>" for child in element)
    pattern = re.sub(
        r"[\w:{}/.\-]+", lambda word: f"(?:<{re.escape(word.group())}>)", rule.children.replace(" ", "&")
    ).replace("&", "")
    if not re.fullmatch(pattern, inside):
        yield f"<{name}> holds {inside}"
    for key, needed in rule.required.items():
        if not (key in element.attrib and _is(needed, element.attrib[key])):
            yield f"<{name}> has {key}={element.get(key)!r}"
    for key, value in element.attrib.items():
        allowed = rule.required.get(key) or rule.optional.get(key)
        if allowed is None or not _is(allowed, value):
            yield f"<{name}> has {key}={value!r}"
    texts = [element.text or "", *(child.tail or "" for child in element)]
    if rule.text is None and "".join(texts).strip():
        yield f"<{name}> holds text"
    if rule.text is not None and not _is(rule.text, "".join(texts)):
        yield f"<{name}> says {texts!r}"
    for child in element:
        yield from problems(child, rules)


def _is(pattern: re.Pattern[str], value: str) -> bool:
    return pattern is ANY or bool(pattern.fullmatch(value))


XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_TU = dict.fromkeys(
    ("tuid", "o-encoding", "datatype", "usagecount", "creationtool", "creationtoolversion", "creationid",
     "changeid", "o-tmf", "srclang"),
    ANY,
) | dict.fromkeys(("lastusagedate", "creationdate", "changedate"), DATE)  # fmt: skip
_SEGTYPE = one_of("block paragraph sentence phrase")
_INLINE = "(bpt|ept|ph|it|hi|ut)*"

TMX = {
    "tmx": Rule("header body", {"version": re.compile(r"1\.4")}),
    "header": Rule(
        "(note|prop|ude)*",
        {"segtype": _SEGTYPE}
        | dict.fromkeys(
            ("creationtool", "creationtoolversion", "o-tmf", "adminlang", "srclang", "datatype"), ANY
        ),
        {"o-encoding": ANY, "creationdate": DATE, "creationid": ANY, "changedate": DATE, "changeid": ANY},
    ),
    "body": Rule("tu*"),
    "note": Rule("", {}, {"o-encoding": ANY, XML_LANG: LANG}, ANY),
    "prop": Rule("", {"type": ANY}, {"o-encoding": ANY, XML_LANG: LANG}, ANY),
    "tu": Rule("(note|prop)* tuv+", {}, _TU | {"segtype": _SEGTYPE}),
    "tuv": Rule("(note|prop)* seg", {XML_LANG: LANG}, _TU),
    "seg": Rule(_INLINE, {}, {}, ANY),
}

TBX_NAMESPACE = "{urn:iso:std:iso:30042:ed-2}"
_MIN, _BASIC = "{http://www.tbxinfo.net/ns/min}", "{http://www.tbxinfo.net/ns/basic}"
_STATUS = one_of(
    "admittedTerm-admn-sts deprecatedTerm-admn-sts preferredTerm-admn-sts supersededTerm-admn-sts"
)
_POS = one_of("adjective adverb noun other verb")
_TERM_TYPE = one_of("abbreviation acronym fullForm phrase shortForm variant")
_ID = {"id": NAME}


def _tbx(auxiliary: str, term_notes: str) -> dict[str, Rule]:
    return {
        "tbxHeader": Rule("fileDesc encodingDesc? revisionDesc?", {}, _ID),
        "fileDesc": Rule("titleStmt? publicationStmt? sourceDesc+", {}, _ID),
        "sourceDesc": Rule("p+", {}, _ID | {XML_LANG: LANG}),
        "p": Rule("", {}, _ID | {"type": ANY, XML_LANG: LANG}, ANY),
        "text": Rule("body back?", {}, _ID),
        "body": Rule("conceptEntry+", {}, _ID),
        "conceptEntry": Rule(f"({auxiliary})* langSec+", {}, _ID),
        "langSec": Rule(f"({auxiliary})* termSec+", {XML_LANG: LANG}, _ID),
        "termSec": Rule(f"term ({term_notes})* ({auxiliary})*", {}, _ID),
        "term": Rule("", {}, _ID, ANY),
        "note": Rule("", {}, _ID | {XML_LANG: LANG}, ANY),
    }


_TYPE = {"type": ANY}
TBX_DCA = {
    "tbx": Rule(
        "tbxHeader text",
        {"type": one_of("TBX-Basic"), "style": one_of("dca"), XML_LANG: LANG},
    ),
    **_tbx("descrip|descripGrp|admin|adminGrp|transacGrp|note|ref|xref", "termNote|termNoteGrp"),
    "descrip subjectField": Rule("", _TYPE, {XML_LANG: LANG}, ANY),
    "descrip definition": Rule("", _TYPE, {XML_LANG: LANG}, ANY),
    "descrip context": Rule("", _TYPE, {XML_LANG: LANG}, ANY),
    "admin source": Rule("", _TYPE, {XML_LANG: LANG}, ANY),
    "termNote administrativeStatus": Rule("", _TYPE, {}, _STATUS),
    "termNote partOfSpeech": Rule("", _TYPE, {}, _POS),
    "termNote termType": Rule("", _TYPE, {}, _TERM_TYPE),
}
_CATEGORIES = f"{_MIN}subjectField|{_BASIC}definition|{_BASIC}context|{_BASIC}source|note"
_NOTES = f"{_MIN}administrativeStatus|{_MIN}partOfSpeech|{_BASIC}termType"
TBX_DCT = {
    "tbx": Rule(
        "tbxHeader text",
        {"type": one_of("TBX-Basic"), "style": one_of("dct"), XML_LANG: LANG},
    ),
    **_tbx(_CATEGORIES, _NOTES),
    f"{_MIN}subjectField": Rule("", {}, {XML_LANG: LANG}, ANY),
    f"{_BASIC}definition": Rule("", {}, {XML_LANG: LANG}, ANY),
    f"{_BASIC}context": Rule("", {}, {XML_LANG: LANG}, ANY),
    f"{_BASIC}source": Rule("", {}, {XML_LANG: LANG}, ANY),
    f"{_MIN}administrativeStatus": Rule("", {}, {}, _STATUS),
    f"{_MIN}partOfSpeech": Rule("", {}, {}, _POS),
    f"{_BASIC}termType": Rule("", {}, {}, _TERM_TYPE),
}

XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
TEI_NAMESPACE = "{http://www.tei-c.org/ns/1.0}"
_P = Rule("", {}, {}, ANY)
TEI = {
    "TEI": Rule("teiHeader text standOff"),
    "teiHeader": Rule("fileDesc encodingDesc? profileDesc? revisionDesc?"),
    "fileDesc": Rule("titleStmt publicationStmt sourceDesc+"),
    "titleStmt": Rule("title+"),
    "publicationStmt": Rule("p+"),
    "sourceDesc": Rule("p+"),
    "title": _P,
    "p": _P,
    "text": Rule("group|body", {}, {XML_LANG: LANG}),
    "group": Rule("text+"),
    "body": Rule("ab+"),
    "ab": Rule("(seg|gap)*", {}, {"n": ANY}),
    "seg": Rule("", {XML_ID: NAME}, {"n": ANY}, ANY),
    "gap": Rule("desc?", {"reason": NAME, XML_ID: NAME}),
    "desc": _P,
    "standOff": Rule("linkGrp+"),
    "linkGrp": Rule("link*", {"type": NAME}),
    "link": Rule(
        "",
        {"target": re.compile(r"#\S+( #\S+)+")},
        {"type": NAME, "cert": re.compile(r"0|1|[01]?\.\d+|\d(\.\d+)?e-\d+|high|medium|low|unknown")},
    ),
}
