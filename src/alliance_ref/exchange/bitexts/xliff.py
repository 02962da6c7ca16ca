"""Translated documents in XLIFF 1.2 and 2.x, as translation editors write them, and their units as XLIFF.

One reader serves both versions and the variants of editors: ``.sdlxliff`` (Trados), ``.mqxliff`` (memoQ) and
``.mxliff`` (Phrase TMS), which keep the state of a segment in attributes of their own. States have the names
of XLIFF 2 (see `states`):

=================== ==========================================================================================
initial             1.2: new, needs-translation, needs-adaptation, needs-l10n, needs-review-…;
                    ``approved="no"`` without a state; Trados: Draft, Rejected…; memoQ: NotStarted,
                    PartiallyEdited, Pretranslated, Rejected, …; Phrase: ``confirmed="0"``
translated          1.2: translated, or a target without a state; Trados: Translated;
                    memoQ: ManuallyConfirmed; Phrase: ``confirmed="1"``
reviewed            Trados: ApprovedTranslation; memoQ: Proofread, Reviewer1Confirmed
final               1.2: final, signed-off, ``approved="yes"``; Trados: ApprovedSignOff
=================== ==========================================================================================

The text of a unit is its content without native codes: ``g``, ``mrk`` and ``pc`` keep their content, ``bpt``,
``ept``, ``ph`` and ``it`` lose it, a line break becomes a line break, and a placeholder becomes the text that
the file shows for it (``equiv-text``, ``disp``), unless that is markup. A unit in segments (``mrk`` with
``mtype="seg"``, or several ``segment`` elements) becomes one unit for each segment.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element

import attrs

from alliance_ref.errors import FileProblem, unreadable
from alliance_ref.exchange.bitexts.languages import Sides
from alliance_ref.exchange.bitexts.states import State, reaches
from alliance_ref.exchange.limits import MAX_DEPTH, MAX_UNIT
from alliance_ref.exchange.xml.reading import PIECE_SIZE, XML_LANG, read_events, too_deep
from alliance_ref.exchange.xml.writing import xml_attribute, xml_text
from alliance_ref.records import AlignedUnit, Gap, TranslationUnit

TITLE = "XLIFF"

_UNITS = frozenset({"trans-unit", "unit"})
_CODES = frozenset({"bpt", "ept", "it", "ph", "sub", "ut"})
_BREAKS = frozenset({"lb", "pb", "x-html-br", "linebreak", "fmt:lb"})
_MARKUP = re.compile(r"\s*<|[A-Z0-9_]+\Z")
"""A text shown for a code that is markup or the name of a placeholder, not text."""

_EARLY: State = "initial"
_STATES: dict[str, State] = {
    "initial": "initial", "translated": "translated", "reviewed": "reviewed", "final": "final",
    "signed-off": "final",
    # Trados
    "Translated": "translated", "ApprovedTranslation": "reviewed", "ApprovedSignOff": "final",
    # memoQ
    "ManuallyConfirmed": "translated", "Confirmed": "translated", "TranslatorConfirmed": "translated",
    "Proofread": "reviewed", "Reviewer1Confirmed": "reviewed", "ProofReadingConfirmed": "reviewed",
}  # fmt: skip
"""The states from translated on by their names in files; every other name is an earlier state."""


def read_units(
    file: BinaryIO,
    *,
    where: str,
    skipped: Counter[str] | None = None,
    min_state: State = "translated",
) -> Iterator[TranslationUnit]:
    """Yield the units of an XLIFF file that are translated, in order.

    The document of a unit is the ``original`` of its ``file``, or else *where*.

    Args:
        file: The open file.
        where: The name of the file.
        skipped: Counts what is left out: ``untranslated`` units, units in an earlier state than *min_state*
            (``initial`` …), units in an ``other language``.
        min_state: The least state of a unit; one without a state counts as translated.

    Raises:
        UnreadableFile: The file is not XLIFF, or none of it is in English and Japanese.

    >>> import io
    >>> data = dumps_units([TranslationUnit("Yes.", "はい。")]).encode()
    >>> [(unit.ja, unit.state) for unit in read_units(io.BytesIO(data), where="a.xlf")]
    [('はい。', 'translated')]
    """
    left_out: Counter[str] = Counter() if skipped is None else skipped
    numbers: Counter[str] = Counter()
    sides = Sides(TITLE, left_out)
    for part, element in _elements(file):
        document = part.original or where
        for source, target, state in _pairs(element, part):
            if not source.strip():
                continue
            if not target.strip():
                left_out["untranslated"] += 1
                continue
            texts = sides.assign(source, target, part.source, part.target)
            if texts is None:
                continue
            if not reaches(state, min_state):
                left_out[state or "translated"] += 1
                continue
            yield TranslationUnit(*texts, document, numbers[document], state=state or "translated")
            numbers[document] += 1
    sides.check()


@attrs.define
class _Part:
    """The ``file`` element that contains a unit: its languages and the name of the original."""

    source: str = ""
    target: str = ""
    original: str = ""


def _elements(file: BinaryIO) -> Iterator[tuple[_Part, Element]]:
    """Yield the units of a file, each with its part; a unit is removed from the tree after its use."""
    part, open_elements = _Part(), list[Element]()
    started, in_unit, size = False, 0, 0
    for events in read_events(file, title=TITLE):
        size = size + PIECE_SIZE if in_unit else 0
        if size > MAX_UNIT:
            raise unreadable(TITLE, FileProblem("no-unit", {"limit": MAX_UNIT // 2**20}))
        for event, element in events:
            name = _local(element)
            if event == "start":
                if not started and name != "xliff":
                    raise unreadable(TITLE, FileProblem("wrong-root", {"element": name, "expected": "xliff"}))
                started = True
                if len(open_elements) > MAX_DEPTH:
                    raise too_deep(TITLE)
                open_elements.append(element)
                in_unit += name in _UNITS
                if name in ("xliff", "file"):
                    _start_part(part, element, name)
                continue
            open_elements.pop()
            if name in _UNITS:
                in_unit, size = in_unit - 1, 0
                yield part, element
                element.clear()
                if open_elements:
                    open_elements[-1].remove(element)


def _start_part(part: _Part, element: Element, name: str) -> None:
    if name == "xliff":  # version 2 names the languages of all files here
        part.source, part.target = element.get("srcLang", ""), element.get("trgLang", "")
        return
    part.source = element.get("source-language", part.source if element.get("id") else "")
    part.target = element.get("target-language", part.target if element.get("id") else "")
    part.original = element.get("original", "")


Pair = tuple[str, str, str]
"""A source, its target (empty if there is none) and the state (empty if there is none)."""


def _pairs(unit: Element, part: _Part) -> Iterator[Pair]:
    if unit.get("translate") == "no":
        return
    if _local(unit) == "unit":
        for segment in unit:
            if _local(segment) == "segment":
                children = {_local(child): child for child in segment}
                target = children.get("target")
                state = segment.get("state", "")
                yield (
                    _text(children.get("source")),
                    _text(target),
                    _STATES.get(state, _EARLY) if state else "",
                )
        return
    children = {_local(child): child for child in unit}
    source, target = children.get("source"), children.get("target")
    if target is not None and not part.target:
        part.target = target.get(XML_LANG, "")
    state = _unit_state(unit, target)
    segments, translated = _segments(children.get("seg-source")), _segments(target)
    if not segments or not (translated or target is None or not _text(target).strip()):
        yield _text(source), _text(target), state
        return
    states = _trados_states(unit)
    for mid, segment in segments.items():
        yield _text(segment), _text(translated.get(mid)), states.get(mid, state)


def _unit_state(unit: Element, target: Element | None) -> str:
    """Return the state of a unit of version 1.2: that of an editor, of the target, or ``approved``."""
    own = {name.rpartition("}")[2]: value for name, value in unit.attrib.items() if "}" in name}
    if "confirmed" in own:
        return "translated" if own["confirmed"] == "1" else _EARLY
    name = own.get("status") or (target.get("state") if target is not None else None) or ""
    if name:
        return _STATES.get(name, _EARLY)
    return {"yes": "final", "no": _EARLY}.get(unit.get("approved", ""), "")


def _segments(element: Element | None) -> dict[str, Element]:
    """Return the segments that ``mrk`` elements mark, by their ``mid``."""
    if element is None:
        return {}
    marks = (mark for mark in element.iter() if _local(mark) == "mrk" and mark.get("mtype") == "seg")
    return {mark.get("mid", str(number)): mark for number, mark in enumerate(marks)}


def _trados_states(unit: Element) -> dict[str, str]:
    """Return the states in ``sdl:seg`` by the id of the segment; one without a state is not translated."""
    return {
        segment.get("id", ""): _STATES.get(segment.get("conf", ""), _EARLY)
        for segment in unit.iter()
        if _local(segment) == "seg" and "sdl" in segment.tag.partition("}")[0]
    }


def _text(element: Element | None) -> str:
    return "" if element is None else "".join(_inline(element, 0))


def _inline(owner: Element, depth: int) -> Iterator[str]:
    if depth > MAX_DEPTH:
        raise too_deep(TITLE)
    yield owner.text or ""
    for child in owner:
        name = _local(child)
        if name == "cp":
            yield _code_point(child.get("hex", ""))
        elif child.get("ctype", child.get("type", child.get("subType", ""))) in _BREAKS:
            yield "\n"
        elif name in _CODES or name in ("x", "bx", "ex", "sc", "ec"):
            shown = child.get("equiv-text") or child.get("disp") or child.get("equiv") or ""
            yield "" if _MARKUP.match(shown) else shown
        else:
            yield from _inline(child, depth + 1)
        yield child.tail or ""


def _code_point(number: str) -> str:
    try:
        return chr(int(number, 16))
    except (ValueError, OverflowError):
        return "\ufffd"


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def dumps_units(units: Iterable[AlignedUnit | TranslationUnit], *, tool_version: str = "1") -> str:
    """Return the pairs among *units* as XLIFF 1.2, from English to Japanese, with one ``file`` per document.

    Units with a gap are left out. Characters that XML does not allow are replaced by U+FFFD.
    """
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">',
    ]
    for document, pairs in _by_document(units).items():
        lines += [
            f'  <file original={xml_attribute(document)} source-language="en" target-language="ja"'
            ' datatype="plaintext">',
            f'    <header><tool tool-id="alliance_ref" tool-name="alliance_ref"'
            f" tool-version={xml_attribute(tool_version)}/></header>",
            "    <body>",
        ]
        for number, (en, ja, state) in enumerate(pairs, 1):
            name = {"initial": "needs-translation", "reviewed": "translated"}.get(state, state)
            lines += [
                f'      <trans-unit id="{number}" xml:space="preserve">',
                f"        <source>{xml_text(en)}</source>",
                f'        <target state="{name}">{xml_text(ja)}</target>',
                "      </trans-unit>",
            ]
        lines += ["    </body>", "  </file>"]
    return "\n".join([*lines, "</xliff>", ""])


def dumps_units_2(units: Iterable[AlignedUnit | TranslationUnit], *, tool_version: str = "1") -> str:
    """Return the pairs among *units* as XLIFF 2.0, which has no place for a version; see `dumps_units`."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<xliff version="2.0" srcLang="en" trgLang="ja" xmlns="urn:oasis:names:tc:xliff:document:2.0">',
    ]
    for place, (document, pairs) in enumerate(_by_document(units).items(), 1):
        lines.append(f'  <file id="f{place}" original={xml_attribute(document)}>')
        for number, (en, ja, state) in enumerate(pairs, 1):
            lines += [
                f'    <unit id="{number}"><segment state="{state}">',
                f'      <source xml:space="preserve">{xml_text(en)}</source>',
                f'      <target xml:space="preserve">{xml_text(ja)}</target>',
                "    </segment></unit>",
            ]
        lines.append("  </file>")
    return "\n".join([*lines, "</xliff>", ""])


def _by_document(units: Iterable[AlignedUnit | TranslationUnit]) -> dict[str, list[tuple[str, str, str]]]:
    found: dict[str, list[tuple[str, str, str]]] = {}
    for unit in units:
        if isinstance(unit, TranslationUnit):
            found.setdefault(unit.document, []).append((unit.en, unit.ja, unit.state or "translated"))
        elif not (isinstance(unit.en, Gap) or isinstance(unit.ja, Gap)):
            found.setdefault("", []).append((unit.text("en"), unit.text("ja"), "translated"))
    return found
