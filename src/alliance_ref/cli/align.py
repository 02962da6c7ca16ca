"""The command that aligns two texts: align."""

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypedDict

import alliance_ref
from alliance_ref.alignment import Alignment, Lexicon, Scorer, align_documents, jmdict, neural, read_decisions
from alliance_ref.cli.i18n import _, join_items, plural, translate_error
from alliance_ref.cli.io import UsageError, escape_controls, input_file, print_json, print_lines, progress_bar
from alliance_ref.cli.layout import terminal_columns, unit_lines
from alliance_ref.cli.output import check_output, write_bytes, write_text
from alliance_ref.editions.repairs import character_repairs, repaired
from alliance_ref.errors import AllianceRefError, UnknownFormat
from alliance_ref.exchange.bitexts.tmx import dumps_documents
from alliance_ref.exchange.file_pairs import FilePairs, pair_folders
from alliance_ref.exchange.formats import UNIT_FORMATS
from alliance_ref.records import Gap
from alliance_ref.text.encodings import load_copy
from alliance_ref.text.paragraphs import Paragraphs


def align(options: argparse.Namespace) -> int:
    """Align an English and a Japanese text, or two folders; print the units or write them to a file."""
    if options.json and options.to is not None:
        raise UsageError(_("--json and --to cannot be combined"))
    if any(os.path.isdir(name) for name in (options.en, options.ja)):
        return _align_folders(options)
    writer = _writer(Path(options.to)) if options.to is not None else None
    if options.to is not None:
        inputs = [name for name in (options.en, options.ja, options.fixed) if name is not None]
        check_output(options.to, inputs, force=options.force)
    decisions = () if options.fixed is None else read_decisions(options.fixed)
    texts = [_text(input_file(file)) for file in (options.en, options.ja)]
    with progress_bar(_("aligning")) as progress:
        alignment = align_documents(*texts, fixed=decisions, progress=progress, **_settings(options))
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


class _Settings(TypedDict):
    """The options of the aligner that are the same for all documents."""

    paragraphs: Paragraphs
    lexicon: Lexicon | None
    scorer: Scorer | None


def _settings(options: argparse.Namespace) -> _Settings:
    return {
        "paragraphs": options.paragraphs,
        "lexicon": jmdict() if options.jmdict else None,
        "scorer": neural() if options.neural else None,
    }


def _align_folders(options: argparse.Namespace) -> int:
    """Align the files of two folders into one memory; return 1 if some files are not in it, 2 if all."""
    if not (os.path.isdir(options.en) and os.path.isdir(options.ja)):
        raise UsageError(_("EN and JA must both be files or both be folders"))
    if options.to is None or Path(options.to).suffix.lower() != ".tmx" or options.fixed is not None:
        raise UsageError(_("two folders are aligned into one memory, without --fixed; use --to FILE.tmx"))
    found = _without(options.to, pair_folders(options.en, options.ja))
    check_output(
        options.to, [str(file) for pair in found.pairs for file in (pair.en, pair.ja)], force=options.force
    )
    settings = _settings(options)
    documents: list[tuple[str, Alignment]] = []
    failed = 0
    with progress_bar(_("aligning"), _("documents")) as progress:
        for done, pair in enumerate(found.pairs):
            if progress is not None:
                progress(done, len(found.pairs))
            try:
                documents.append((pair.name, align_documents(_text(pair.en), _text(pair.ja), **settings)))
            except (AllianceRefError, OSError) as error:
                failed += 1
                line = _("not aligned: {name}: {problem}")
                _warn(line.format(name=pair.name, problem=translate_error(error)))
    for file in (*found.en_only, *found.ja_only):
        _warn(_("without counterpart: {path}").format(path=file))
    if not documents:
        raise UsageError(
            _("no file of {en} was aligned with one of {ja}").format(en=options.en, ja=options.ja)
        )
    units = ((name, alignment.units) for name, alignment in documents)
    write_text(options.to, dumps_documents(units, tool_version=alliance_ref.__version__))
    for name, alignment in documents:
        print(escape_controls(_("{where}: {problem}").format(where=name, problem=_counts(alignment))))
    return 1 if failed or found.en_only or found.ja_only else 0


def _without(output: str, found: FilePairs) -> FilePairs:
    """Return the files without the output of an earlier run."""
    target = Path(output)

    def others(files: Sequence[Path]) -> tuple[Path, ...]:
        return tuple(file for file in files if not (target.exists() and file.samefile(target)))

    return FilePairs(found.pairs, others(found.en_only), others(found.ja_only))


def _warn(line: str) -> None:
    print(escape_controls(line), file=sys.stderr)


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


def _text(source_file: bytes | Path) -> str:
    source = load_copy(source_file)[0]
    return repaired(source, 0, len(source), character_repairs(source))


def _units(alignment: Alignment) -> Iterator[str]:
    columns = terminal_columns()
    for unit in alignment:
        yield f"{unit.kind} {unit.confidence:.2f} {'─' * (columns - 9)}"
        yield from unit_lines(unit, "both", columns)


def _counts(alignment: Alignment) -> str:
    return join_items(
        (
            plural("{} pair", "{} pairs", len(alignment.pairs)),
            plural("{} gap", "{} gaps", len(alignment.gaps)),
            plural("{} crossing", "{} crossings", len(alignment.crossings)),
        )
    )


def _report(alignment: Alignment, to: str | None) -> Iterator[str]:
    yield _counts(alignment)
    gaps = plural("{} gap", "{} gaps", len(alignment.gaps))
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
