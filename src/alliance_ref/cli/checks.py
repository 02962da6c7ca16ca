"""The command that checks data: check."""

import argparse
import json
import os
import sys
from collections import Counter
from pathlib import Path

from alliance_ref.checks.check_data import check_data
from alliance_ref.checks.codes import CODES
from alliance_ref.cli.i18n import _, called, counted, listed, spoken
from alliance_ref.cli.io import plain
from alliance_ref.cli.layout import pad
from alliance_ref.errors import UnreadableCopy
from alliance_ref.records.findings import Finding
from alliance_ref.text.encodings import load_copy


def plain_finding(finding: Finding) -> dict[str, str]:
    """Return a finding as the JSON object that ``--json`` prints."""
    return {
        "code": finding.code,
        "level": finding.level,
        "where": finding.where,
        "message": finding.message_in(spoken()),
        "reason": finding.reason,
    }


def check(options: argparse.Namespace) -> int:
    """Check data files; status 1 if there is an error."""
    if options.codes:
        for rule in CODES.values():
            print(f"{rule.code} {pad(called('level', rule.level), 7)} {getattr(rule.meaning, spoken())}")
        return 0
    folder = options.folder
    if folder is not None and not os.path.isdir(folder):
        raise UnreadableCopy(folder or "FOLDER", "not-a-folder" if os.path.exists(folder) else "no-folder")
    works = [(file, load_copy(Path(file))[0]) for file in options.against]
    found = check_data(folder, works=works)
    errors = [item for item in found if item.level == "error"]
    shown = found if options.warnings else errors
    if options.json:
        print(json.dumps([plain_finding(item) for item in shown], ensure_ascii=False, indent=2))
    else:
        for item in shown:
            print(
                plain(
                    _("{code} {where}: {message}").format(
                        code=item.code, where=item.where, message=item.message_in(spoken())
                    )
                )
            )
    counts = Counter(item.level for item in found)
    said = (
        counted("{} error", "{} errors", counts["error"]),
        counted("{} warning", "{} warnings", counts["warning"]),
    )
    print(listed(said), file=sys.stderr)
    return 1 if errors else 0
