"""The command that checks a translation: check-translation."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import alliance_ref
from alliance_ref.cli.i18n import _, counted, listed, spoken
from alliance_ref.cli.io import given_file
from alliance_ref.cli.layout import terminal_columns
from alliance_ref.glossary import Glossary, read_glossary, read_units
from alliance_ref.qa import RULES, check_translation
from alliance_ref.qa.check import run_checks
from alliance_ref.qa.reports import FileOrigin, MemoryOrigin, Origin, json_lines, text_lines
from alliance_ref.qa.sarif import dumps_sarif
from alliance_ref.qa.units import units_of
from alliance_ref.records.findings import TranslationFinding
from alliance_ref.text.encodings import load_copy


def check(options: argparse.Namespace) -> int:
    """Check a translation; status 1 if there is a finding."""
    if options.codes:
        for rule in RULES.values():
            print(f"{rule.code} {rule.level:<7} {getattr(rule.meaning, spoken())}")
        return 0
    if unknown := [code for code in options.ignore if code not in RULES]:
        raise ValueError(f"no code {unknown[0]!r}: {', '.join(RULES)}")
    glossary = read_glossary(options.glossary) if options.glossary else None
    found, origin = _found(options, glossary)
    found = [item for item in found if item.code not in options.ignore]
    for part in _report(found, origin, options.format):
        print(part)
    if options.format == "text":
        print(counted("{} finding", "{} findings", len(found)), file=sys.stderr)
    return 1 if found else 0


def _found(options: argparse.Namespace, glossary: Glossary | None) -> tuple[list[TranslationFinding], Origin]:
    files = options.files
    if len(files) == 1:
        skipped: Counter[str] = Counter()
        units = units_of(read_units(Path(files[0]), skipped=skipped))
        if skipped:
            items = listed(f"{reason} ({count})" for reason, count in sorted(skipped.items()))
            print(_("left out: {items}").format(items=items), file=sys.stderr)
        found = run_checks(units, glossary, options.as_of, options.source)
        return list(found), MemoryOrigin(files[0], units)
    if len(files) != 2:
        raise ValueError("give an English and a Japanese text, or one file of units such as memory.tmx")
    en, ja = (load_copy(given_file(file))[0] for file in files)
    found = check_translation(en, ja, glossary, as_of=options.as_of, source=options.source)
    names = ["stdin" if file == "-" else file for file in files]
    return list(found), FileOrigin({"en": names[0], "ja": names[1]}, {"en": en, "ja": ja})


def _report(found: list[TranslationFinding], origin: Origin, form: str) -> Iterator[str]:
    if form == "sarif":
        yield dumps_sarif(found, origin, lang=spoken(), version=alliance_ref.__version__).rstrip("\n")
    elif form == "json":
        yield from json_lines(found, origin, lang=spoken())
    else:
        yield from text_lines(found, origin, lang=spoken(), columns=terminal_columns())
