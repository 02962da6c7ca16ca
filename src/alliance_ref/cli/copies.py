"""The commands that read copies: read, fingerprint."""

import argparse
import json
from collections import Counter
from collections.abc import Iterator

from alliance_ref.cli.layout import indented, terminal_columns, unit_lines
from alliance_ref.cli.streams import given_file
from alliance_ref.codec.passages import fingerprint_text
from alliance_ref.editions.decoding import load_copy
from alliance_ref.editions.fingerprints import fingerprint, fold
from alliance_ref.records.editions import Edition, EditionLine, EditionPassage, PassageText, Repair
from alliance_ref.records.passages import AlignedUnit
from alliance_ref.records.values import Gap, Lang
from alliance_ref.reference import load

_SIDES: tuple[tuple[Lang, int], ...] = (("en", 0), ("ja", 1))
_LANGUAGE = {"en": "English", "ja": "Japanese"}


def read(options: argparse.Namespace) -> int:
    """Read a copy and print its edition; status 1 if it is not clean."""
    edition = load().read_copy(given_file(options.file))
    if options.json:
        print(json.dumps(edition_object(edition), ensure_ascii=False, indent=2))
    else:
        for line in [*_passages(edition), "", *_report(edition)]:
            print(line)
    return 0 if edition.is_clean else 1


def fingerprints(options: argparse.Namespace) -> int:
    """Print the fingerprint of each line of a text, behind its first words."""
    text, _, _ = load_copy(given_file(options.file))
    for line in text.splitlines():
        if fold(line):
            print(f"# {line.strip()[:40]}\n{fingerprint_text(fingerprint(line))!r}")
    return 0


def edition_object(edition: Edition) -> dict[str, object]:
    """An edition as plain data: what ``alliance-ref read --json`` prints."""
    return {
        "document": edition.document.id,
        "encoding": edition.encoding,
        "clean": edition.is_clean,
        "front_matter": [_line_object(line) for line in edition.front],
        "passages": [_passage_object(passage) for passage in edition.passages],
        "reordered": list(edition.reordered),
        "repairs": [
            {"kind": item.kind, "offset": item.offset, "before": item.before, "after": item.after}
            for item in edition.repairs
        ],
        "set_aside": [
            {"kind": item.kind, "offset": item.offset, "text": item.text, "repeats": item.repeats}
            for item in edition.set_aside
        ],
        "corrections": [
            {
                "passage": item.passage,
                "lang": item.correction.lang,
                "offset": item.offset,
                "says": item.correction.says,
                "should_be": {"en": item.correction.should_be.en, "ja": item.correction.should_be.ja},
                "reason": {"en": item.correction.reason.en, "ja": item.correction.reason.ja},
                "sources": [source.id for source in item.correction.sources],
            }
            for item in edition.corrections
        ],
    }


def _line_object(line: EditionLine) -> dict[str, object]:
    sides: dict[str, dict[str, object]] = {
        lang: _side_object(line.en if lang == "en" else line.ja) for lang, _ in _SIDES
    }
    for lang, at in _SIDES:
        if line.supplied[at] is not None:
            sides[lang]["supplied"] = line.supplied[at]
    return {"role": line.role, **sides}


def _passage_object(passage: EditionPassage) -> dict[str, object]:
    return {
        "id": passage.id,
        "number": passage.number,
        "role": passage.role,
        "en": _side_object(passage.en),
        "ja": _side_object(passage.ja),
        "units": [_unit_object(unit) for unit in passage.units],
    }


def _side_object(side: PassageText | Gap) -> dict[str, object]:
    if isinstance(side, Gap):
        return {"status": "gap", "reason": side.reason}
    item: dict[str, object] = {"status": side.status, "text": side.text}
    if side.status == "damaged":
        item["similarity"] = round(side.similarity or 0.0, 3)
    if side.text is not None:
        item.update(start=side.start, end=side.end)
    return item


def _unit_object(unit: AlignedUnit) -> dict[str, object]:
    sides = {
        lang: [] if isinstance(side, Gap) else [segment.text for segment in side]
        for lang, side in (("en", unit.en), ("ja", unit.ja))
    }
    return {"kind": unit.kind, **sides, "confidence": unit.confidence}


def _passages(edition: Edition) -> Iterator[str]:
    columns = terminal_columns()
    document = edition.document
    yield f"{document.id}: {document.label('en')} / {document.label('ja')}"
    for line in edition.front:
        sides = [_front_text(line, lang, at) for lang, at in _SIDES]
        yield from indented(f"{line.role}: {' / '.join(sides)}", columns)
    for passage in edition.passages:
        head = f"{passage.id or 'unknown paragraph'} {_status(passage.en)} / {_status(passage.ja)}"
        yield ""
        yield f"{head} {'─' * max(0, columns - len(head) - 1)}"
        for unit in passage.units:
            yield from unit_lines(unit, "both", columns)


def _front_text(line: EditionLine, lang: Lang, at: int) -> str:
    side = line.en if lang == "en" else line.ja
    if isinstance(side, PassageText) and side.text is not None:
        return side.text
    supplied = line.supplied[at]
    return f"[lost] {supplied} (from the record)" if supplied else str(side)


def _status(side: PassageText | Gap) -> str:
    if isinstance(side, Gap):
        return str(side)
    return f"damaged ({side.similarity:.0%} alike)" if side.status == "damaged" else side.status


def _report(edition: Edition) -> Iterator[str]:
    columns = terminal_columns()
    for lang, _ in _SIDES:
        counts = ", ".join(f"{number} {status}" for status, number in edition.counts(lang).items())
        yield f"{_LANGUAGE[lang]}: {counts}"
    lost = [
        f"{line.role} ({_LANGUAGE[lang]}{', supplied by the record' if line.supplied[at] else ''})"
        for line in edition.front
        for lang, at in _SIDES
        if _is_lost(line.en if lang == "en" else line.ja)
    ]
    if lost:
        yield f"lost: {', '.join(lost)}"
    if edition.encoding:
        yield f"encoding: {edition.encoding}"
    kinds = Counter(repair.kind for repair in edition.repairs)
    yield f"repairs: {', '.join(f'{number} {kind}' for kind, number in kinds.items()) or 'none'}"
    for repair in edition.repairs:
        if repair.kind == "quotation-mark":
            yield f"  {_in_context(edition.source, repair)}"
    yield f"set aside: {len(edition.set_aside) or 'nothing'}"
    for item in edition.set_aside:
        repeats = f" of {item.repeats}" if item.repeats else ""
        shown = " ".join(item.text.split())
        yield from indented(f"{item.kind}{repeats} at {item.offset}: {shown}", columns)
    if edition.reordered:
        yield f"out of order: {', '.join(edition.reordered)}"
    yield f"corrections: {len(edition.corrections) or 'none'}"
    for found in edition.corrections:
        correction = found.correction
        yield from indented(f"{found.passage} says “{correction.says}”", columns)
        yield from indented(f"right: {correction.should_be.en}", columns, 6)
        yield from indented(f"why: {correction.reason.en}", columns, 6)


def _is_lost(side: PassageText | Gap) -> bool:
    return side.reason == "lost" if isinstance(side, Gap) else side.status == "missing"


def _in_context(source: str, repair: Repair) -> str:
    start, end = max(0, repair.offset - 24), repair.offset + len(repair.before) + 24
    before = source[start : repair.offset].splitlines()[-1:]
    after = source[repair.offset + len(repair.before) : end].splitlines()[:1]
    return f"{repair.offset:>6}: {''.join(before)}⟦{repair.after}⟧{''.join(after)}"
