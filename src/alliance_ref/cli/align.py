"""The command that aligns two texts: align."""

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import alliance_ref
from alliance_ref.alignment import Alignment, align_documents, jmdict, neural, read_decisions
from alliance_ref.cli.i18n import _, join_items, plural
from alliance_ref.cli.io import UsageError, input_file, print_json, print_lines, progress_bar
from alliance_ref.cli.layout import terminal_columns, unit_lines
from alliance_ref.cli.output import check_output, write_bytes
from alliance_ref.editions.repairs import character_repairs, repaired
from alliance_ref.errors import UnknownFormat
from alliance_ref.exchange.formats import UNIT_FORMATS
from alliance_ref.records import Gap
from alliance_ref.text.encodings import load_copy


def align(options: argparse.Namespace) -> int:
    """Align an English and a Japanese text; print the units or write them to a file."""
    if options.json and options.to is not None:
        raise UsageError(_("--json and --to cannot be combined"))
    writer = _writer(Path(options.to)) if options.to is not None else None
    if options.to is not None:
        inputs = [name for name in (options.en, options.ja, options.fixed) if name is not None]
        check_output(options.to, inputs, force=options.force)
    decisions = () if options.fixed is None else read_decisions(options.fixed)
    texts = [_text(options.en), _text(options.ja)]
    lexicon = jmdict() if options.jmdict else None
    scorer = neural() if options.neural else None
    with progress_bar(_("aligning")) as progress:
        alignment = align_documents(
            *texts,
            paragraphs=options.paragraphs,
            fixed=decisions,
            lexicon=lexicon,
            scorer=scorer,
            progress=progress,
        )
    if options.json:
        print_json(alignment)
        return 0
    if writer is None:
        print_lines(_units(alignment))
    else:
        write_bytes(options.to, writer(alignment))
    for line in _report(alignment, options.to):
        print(line, file=sys.stderr if writer is None else sys.stdout)
    return 0


def _writer(path: Path) -> Callable[[Alignment], bytes]:
    own: dict[str, Callable[[Alignment], bytes]] = {
        ".html": lambda alignment: alignment.to_html().encode("utf-8"),
        ".svg": lambda alignment: alignment.to_svg().encode("utf-8"),
        ".xlsx": Alignment.to_xlsx,
    }
    writers = {suffix: item.writer for item in UNIT_FORMATS if item.writer for suffix in item.suffixes}
    suffix = path.suffix.lower()
    if suffix in own:
        return own[suffix]
    writer = writers.get(suffix)
    if writer is None:
        raise UnknownFormat(path.suffix, (*own, *writers))
    return lambda alignment: str(writer(alignment.units, tool_version=alliance_ref.__version__)).encode(
        "utf-8"
    )


def _text(file: str) -> str:
    source = load_copy(input_file(file))[0]
    return repaired(source, 0, len(source), character_repairs(source))


def _units(alignment: Alignment) -> Iterator[str]:
    columns = terminal_columns()
    for unit in alignment:
        yield f"{unit.kind} {unit.confidence:.2f} {'─' * (columns - 9)}"
        yield from unit_lines(unit, "both", columns)


def _report(alignment: Alignment, to: str | None) -> Iterator[str]:
    gaps = plural("{} gap", "{} gaps", len(alignment.gaps))
    yield join_items(
        (
            plural("{} pair", "{} pairs", len(alignment.pairs)),
            gaps,
            plural("{} crossing", "{} crossings", len(alignment.crossings)),
        )
    )
    if alignment.gaps and to and to.lower().endswith(".tmx"):
        yield _("left out, since TMX contains only pairs: {gaps}").format(gaps=gaps)
    other = [isinstance(unit.ja, Gap) for unit in alignment.other_language]
    parts = []
    if count := other.count(True):
        parts.append(plural("{} segment of the English text", "{} segments of the English text", count))
    if count := other.count(False):
        parts.append(plural("{} segment of the Japanese text", "{} segments of the Japanese text", count))
    if parts:
        yield _("set aside as text in the other language: {parts}").format(parts=join_items(parts))
    for crossing in alignment.crossings:
        line = _("out of order: English segment {en}, Japanese segment {ja}")
        yield line.format(en=crossing.en + 1, ja=crossing.ja + 1)
