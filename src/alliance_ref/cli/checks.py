"""The command that checks data: check."""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

import attrs

from alliance_ref.checks.codes import CODES
from alliance_ref.checks.data import check_data
from alliance_ref.editions.decoding import load_copy


def check(options: argparse.Namespace) -> int:
    """Check data files; status 1 if there is an error."""
    if options.codes:
        for code, (level, meaning) in CODES.items():
            print(f"{code} {level:<7} {meaning}")
        return 0
    works = [(file, load_copy(Path(file))[0]) for file in options.against]
    found = check_data(options.folder, works=works)
    errors = [item for item in found if item.level == "error"]
    shown = found if options.warnings else errors
    if options.json:
        print(json.dumps([attrs.asdict(item) for item in shown], ensure_ascii=False, indent=2))
    else:
        for item in shown:
            print(item)
    counts = Counter(item.level for item in found)
    print(f"{counts['error']} errors, {counts['warning']} warnings", file=sys.stderr)
    return 1 if errors else 0
