"""Reports of findings: for people, with the line and a mark under it, and as lines of JSON for programs."""

import json
from collections.abc import Iterable, Iterator

from alliance_ref.qa.locations import Origin, Place
from alliance_ref.qa.messages import finding_message
from alliance_ref.records.findings import TranslationFinding
from alliance_ref.records.values import Lang
from alliance_ref.text.cell_width import first_cells, last_cells, width
from alliance_ref.text.localization import label

_CUT = "…"


def text_lines(
    findings: Iterable[TranslationFinding], origin: Origin, *, lang: Lang = "en", columns: int = 100
) -> Iterator[str]:
    """What is found, for people: place, code and message, and the excerpt with carets under what is meant.

    Args:
        findings: From :func:`check_translation` or :func:`check_units`.
        origin: What was checked.
        lang: The language to speak.
        columns: How wide to print, in cells of a terminal; a full-width character takes two.
    """
    for finding in findings:
        place = origin.place(finding)
        where = f"{place.file}:{place.lines[0]}:{place.lines[1]}" if place.lines else _of_unit(place, finding)
        level = label("level", finding.level, lang)
        yield f"{where}: {finding.code} {level}: {finding_message(finding, lang)}"
        yield from _excerpt(place, columns - 4)


def _of_unit(place: Place, finding: TranslationFinding) -> str:
    where = finding.where
    return (
        f"{where} [{finding.lang}]"
        if where.startswith(place.file)
        else f"{place.file}: {where} [{finding.lang}]"
    )


def _excerpt(place: Place, columns: int) -> Iterator[str]:
    """The line with carets, cut on both sides if it is too wide."""
    before, text, after = (
        _printable(part)
        for part in (
            place.excerpt[: place.start],
            place.excerpt[place.start : place.end],
            place.excerpt[place.end :],
        )
    )
    marked = first_cells(text, columns // 2)
    room = columns - width(marked)
    shown_before = last_cells(before, max(room // 2, room - width(after)) - 1)
    if shown_before != before:
        shown_before = _CUT + shown_before
    rest = text[len(marked) :] + after
    shown_after = first_cells(rest, room - width(shown_before) - 1)
    if shown_after != rest:
        shown_after += _CUT
    yield f"    {shown_before}{marked}{shown_after}".rstrip()
    yield f"    {' ' * width(shown_before)}{'^' * max(1, width(marked))}"


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else " " for character in text)


def json_lines(findings: Iterable[TranslationFinding], origin: Origin, *, lang: Lang = "en") -> Iterator[str]:
    """What is found as JSON, one object a line.

    Each has ``code``, ``level``, ``message``, ``file``, ``line`` and ``column`` (from 1; ``null`` in a
    memory), ``unit`` (from 1), ``where``, ``lang``, ``start`` and ``end`` (code points, from 0), ``text``,
    ``concept``, ``expected``, ``found`` and ``reason``.
    """
    for finding in findings:
        place = origin.place(finding)
        yield json.dumps(
            {
                "code": finding.code,
                "level": finding.level,
                "message": finding_message(finding, lang),
                "file": place.file,
                "line": place.lines[0] if place.lines else None,
                "column": place.lines[1] if place.lines else None,
                "unit": finding.unit + 1,
                "where": finding.where,
                "lang": finding.lang,
                "start": finding.start,
                "end": finding.end,
                "text": finding.text,
                "concept": finding.concept,
                "expected": list(finding.expected),
                "found": list(finding.found),
                "reason": finding.reason,
            },
            ensure_ascii=False,
        )
