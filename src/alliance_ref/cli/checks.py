"""The commands that check: check, check-translation, glossary check."""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import alliance_ref
from alliance_ref.cli.i18n import _, current_language, join_items, plural, value_label
from alliance_ref.cli.input_files import concepts_of, glossary_file, units_of_files
from alliance_ref.cli.io import UsageError, escape_controls, input_file, print_json
from alliance_ref.cli.layout import pad, terminal_columns
from alliance_ref.errors import UnreadableCopy
from alliance_ref.glossary import Glossary, reference_glossary
from alliance_ref.records.findings import Finding, TranslationFinding
from alliance_ref.rules import Rule
from alliance_ref.text.encodings import load_copy

if TYPE_CHECKING:
    from alliance_ref.qa.reports import Origin
    from alliance_ref.records.glossary import GlossaryConcept


def check_data_files(options: argparse.Namespace) -> int:
    """Check data files; return 1 if there is an error."""
    from alliance_ref.checks.check_data import check_data
    from alliance_ref.checks.codes import CODES

    if options.codes:
        return _print_codes(CODES.values())
    folder = options.folder
    if folder is not None and not os.path.isdir(folder):
        raise UnreadableCopy(folder or "FOLDER", "not-a-folder" if os.path.exists(folder) else "no-folder")
    works = [(file, load_copy(Path(file))[0]) for file in options.against]
    return _report(check_data(folder, works=works), options, warnings=options.warnings)


def check_glossary_file(options: argparse.Namespace) -> int:
    """Check a glossary; return 1 if there is an error."""
    from alliance_ref.glossary.checks import CODES, check_glossary

    if options.codes:
        return _print_codes(CODES.values())
    concepts: Iterable[GlossaryConcept]
    concepts = reference_glossary() if options.file is None else concepts_of(options.file, options)
    return _report(check_glossary(concepts), options)


def _print_codes(rules: Iterable[Rule]) -> int:
    for rule in rules:
        meaning = getattr(rule.meaning, current_language())
        print(f"{rule.code} {pad(value_label('level', rule.level), 7)} {meaning}")
    return 0


def _report(found: Sequence[Finding], options: argparse.Namespace, *, warnings: bool = True) -> int:
    """Print findings and their counts; return 1 if one of them is an error."""
    shown = [item for item in found if warnings or item.level == "error"]
    if options.json:
        print_json(shown)
    else:
        for item in shown:
            message = item.message_in(current_language())
            line = _("{code} {where}: {message}").format(code=item.code, where=item.where, message=message)
            print(escape_controls(line))
    counts = Counter(item.level for item in found)
    errors = plural("{} error", "{} errors", counts["error"])
    print(join_items((errors, plural("{} warning", "{} warnings", counts["warning"]))), file=sys.stderr)
    return 1 if counts["error"] else 0


def check_translation_files(options: argparse.Namespace) -> int:
    """Check a translation; return 1 if there is a finding."""
    from alliance_ref.qa import RULES

    if options.codes:
        return _print_codes(RULES.values())
    if unknown := [code for code in options.ignore if code not in RULES]:
        raise UsageError(
            _("no code {code!r}; the codes are {codes}").format(code=unknown[0], codes=join_items(RULES))
        )
    glossary = glossary_file(options.glossary) if options.glossary else None
    if len(options.files) == 1:
        found, lines = _check_units(options, glossary)
    elif len(options.files) == 2:
        found, lines = _check_texts(options, glossary)
    else:
        raise UsageError(
            _("expected an English and a Japanese text, or one file of units such as memory.tmx")
        )
    for line in lines:
        print(line)
    if options.format == "text":
        print(plural("{} finding", "{} findings", len(found)), file=sys.stderr)
    return 1 if found else 0


Report = tuple[list[TranslationFinding], Iterator[str]]
"""Findings and the lines that report them."""


def _check_units(options: argparse.Namespace, glossary: Glossary | None) -> Report:
    from alliance_ref.qa.check import run_checks
    from alliance_ref.qa.reports import MemoryOrigin
    from alliance_ref.qa.units import units_of

    [file] = options.files
    skipped: Counter[str] = Counter()
    units = units_of(units_of_files([file], options, skipped))
    if skipped:
        items = join_items(f"{reason} ({count})" for reason, count in sorted(skipped.items()))
        print(_("left out: {items}").format(items=items), file=sys.stderr)
    found = _not_ignored(run_checks(units, glossary, options.as_of, options.source), options)
    return found, _translation_report(found, MemoryOrigin(file, units), options.format)


def _check_texts(options: argparse.Namespace, glossary: Glossary | None) -> Report:
    from alliance_ref.qa import check_translation
    from alliance_ref.qa.reports import FileOrigin

    en, ja = (load_copy(input_file(file))[0] for file in options.files)
    found = check_translation(en, ja, glossary, as_of=options.as_of, source=options.source)
    names = ["stdin" if file == "-" else file for file in options.files]
    origin = FileOrigin({"en": names[0], "ja": names[1]}, {"en": en, "ja": ja})
    shown = _not_ignored(found, options)
    return shown, _translation_report(shown, origin, options.format)


def _not_ignored(
    found: Iterable[TranslationFinding], options: argparse.Namespace
) -> list[TranslationFinding]:
    return [item for item in found if item.code not in options.ignore]


def _translation_report(found: list[TranslationFinding], origin: "Origin", form: str) -> Iterator[str]:
    from alliance_ref.qa.reports import json_lines, text_lines
    from alliance_ref.qa.sarif import dumps_sarif

    lang = current_language()
    if form == "sarif":
        yield dumps_sarif(found, origin, lang=lang, version=alliance_ref.__version__).rstrip("\n")
    elif form == "json":
        yield from json_lines(found, origin, lang=lang)
    else:
        yield from text_lines(found, origin, lang=lang, columns=terminal_columns())
