"""The commands that read copies: read, fingerprint."""

import argparse
from collections import Counter
from collections.abc import Iterator
from typing import get_args

from alliance_ref.cli.i18n import _, current_language, join_items, value_label
from alliance_ref.cli.io import escape_controls, input_file, print_json, print_lines
from alliance_ref.cli.layout import indented, terminal_columns, unit_lines
from alliance_ref.codec.passages import fingerprint_text
from alliance_ref.editions.fingerprints import fingerprint, fold
from alliance_ref.records.editions import Edition, EditionLine, PassageText, Repair
from alliance_ref.records.values import Gap, GapReason, Lang
from alliance_ref.reference import load
from alliance_ref.text.cell_width import width
from alliance_ref.text.encodings import load_copy

_SIDES: tuple[tuple[Lang, int], ...] = (("en", 0), ("ja", 1))


def read(options: argparse.Namespace) -> int:
    """Read a copy and print its edition; return 1 if it is not clean."""
    edition = load().read_copy(input_file(options.file))
    if options.json:
        print_json(edition)
    else:
        print_lines([*_passages(edition), "", *_report(edition)])
    return 0 if edition.is_clean else 1


def fingerprints(options: argparse.Namespace) -> int:
    """Print the fingerprint of each line of a text after a comment with its first words."""
    text, _, _ = load_copy(input_file(options.file))
    for line in text.splitlines():
        if fold(line):
            print(f"# {escape_controls(line.strip()[:40])}\n{fingerprint_text(fingerprint(line))!r}")
    return 0


def _passages(edition: Edition) -> Iterator[str]:
    columns = terminal_columns()
    document = edition.document
    yield f"{document.id}: {document.label('en')} / {document.label('ja')}"
    for line in edition.front:
        sides = [_front_text(line, lang, at) for lang, at in _SIDES]
        head = value_label("front-role", line.role)
        yield from indented(_("{head}: {text}").format(head=head, text=" / ".join(sides)), columns)
    for passage in edition.passages:
        name = passage.id or _("unknown paragraph")
        head = f"{name} {_status(passage.en)} / {_status(passage.ja)}"
        yield ""
        yield f"{head} {'─' * max(0, columns - width(head) - 1)}"
        for unit in passage.units:
            yield from unit_lines(unit, "both", columns)


def _front_text(line: EditionLine, lang: Lang, at: int) -> str:
    side = line.en if lang == "en" else line.ja
    if isinstance(side, PassageText) and side.text is not None:
        return side.text
    supplied = line.supplied[at]
    return _("[lost] {text} (from the record)").format(text=supplied) if supplied else _status(side)


def _status(side: PassageText | Gap) -> str:
    if isinstance(side, Gap):
        return f"[{value_label('gap-reason', side.reason)}]"
    if side.status == "damaged":
        return _("damaged ({share} similar)").format(share=f"{side.similarity:.0%}")
    return value_label("text-status", side.status)


def _language(lang: Lang) -> str:
    return _("English") if lang == "en" else _("Japanese")


def _count_label(status: str) -> str:
    """Return the label of a text status or the reason of a gap; an edition counts both."""
    return value_label("gap-reason" if status in get_args(GapReason) else "text-status", status)


def _count(number: int, label: str) -> str:
    return _("{number} {label}").format(number=number, label=label)


def _report(edition: Edition) -> Iterator[str]:
    columns = terminal_columns()
    for lang, _at in _SIDES:
        counts = (_count(number, _count_label(status)) for status, number in edition.counts(lang).items())
        yield _("{head}: {text}").format(head=_language(lang), text=join_items(counts))
    lost = [
        _lost(line, lang, supplied=line.supplied[at] is not None)
        for line in edition.front
        for lang, at in _SIDES
        if _is_lost(line.en if lang == "en" else line.ja)
    ]
    if lost:
        yield _("lost: {items}").format(items=join_items(lost))
    if edition.encoding:
        yield _("encoding: {name}").format(name=edition.encoding)
    kinds = Counter(repair.kind for repair in edition.repairs)
    repairs = join_items(_count(number, value_label("repair", kind)) for kind, number in kinds.items())
    yield _("repairs: {items}").format(items=repairs or _("none"))
    for repair in edition.repairs:
        if repair.kind == "quotation-mark":
            yield f"  {_in_context(edition.source, repair)}"
    yield _("set aside: {items}").format(items=len(edition.set_aside) or _("nothing"))
    for item in edition.set_aside:
        line = (
            _("{kind} of {passage} at {offset}: {text}") if item.repeats else _("{kind} at {offset}: {text}")
        )
        kind, text = value_label("set-aside", item.kind), " ".join(item.text.split())
        line = line.format(kind=kind, passage=item.repeats, offset=item.offset, text=text)
        yield from indented(line, columns)
    if edition.reordered:
        yield _("out of order: {items}").format(items=join_items(edition.reordered))
    yield _("corrections: {items}").format(items=len(edition.corrections) or _("none"))
    for found in edition.corrections:
        correction = found.correction
        line = _("{passage} has “{text}”").format(passage=found.passage, text=correction.says)
        yield from indented(line, columns)
        correct, reason = correction.should_be, correction.reason
        ja = current_language() == "ja"
        yield from indented(_("correct: {text}").format(text=correct.ja if ja else correct.en), columns, 6)
        yield from indented(_("reason: {text}").format(text=reason.ja if ja else reason.en), columns, 6)


def _lost(line: EditionLine, lang: Lang, *, supplied: bool) -> str:
    template = _("{role} ({language}, supplied by the record)") if supplied else _("{role} ({language})")
    return template.format(role=value_label("front-role", line.role), language=_language(lang))


def _is_lost(side: PassageText | Gap) -> bool:
    return side.reason == "lost" if isinstance(side, Gap) else side.status == "missing"


def _in_context(source: str, repair: Repair) -> str:
    start, end = max(0, repair.offset - 24), repair.offset + len(repair.before) + 24
    before = source[start : repair.offset].splitlines()[-1:]
    after = source[repair.offset + len(repair.before) : end].splitlines()[:1]
    return f"{repair.offset:>6}: {''.join(before)}⟦{repair.after}⟧{''.join(after)}"
