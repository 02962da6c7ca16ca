"""The commands that check data: check, glossary check."""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from alliance_ref.cli.i18n import _, current_language, join_items, plural, value_label
from alliance_ref.cli.input_files import concepts_of
from alliance_ref.cli.io import escape_controls, print_json
from alliance_ref.cli.layout import pad
from alliance_ref.cli.output import check_output
from alliance_ref.errors import UnreadableCopy
from alliance_ref.glossary import reference_glossary
from alliance_ref.records.findings import Finding
from alliance_ref.rules import Rule
from alliance_ref.text.encodings import load_copy

if TYPE_CHECKING:
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
    from alliance_ref.glossary.splitting import with_split_terms
    from alliance_ref.glossary.write import write_concepts

    if options.codes:
        return _print_codes(CODES.values())
    concepts: Iterable[GlossaryConcept]
    concepts = reference_glossary() if options.file is None else concepts_of(options.file, options)
    if options.fix:
        check_output(options.to, (options.file,), force=options.force)
        concepts = with_split_terms(concepts)
        write_concepts(concepts, options.to, options.format)
        print(escape_controls(_("written to {path}").format(path=options.to)), file=sys.stderr)
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
