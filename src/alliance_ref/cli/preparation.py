"""The commands for interpreters."""

import argparse

from alliance_ref.cli.input_files import glossary_file
from alliance_ref.cli.output import check_output, write_text
from alliance_ref.preparation import booth_page
from alliance_ref.reference import load


def booth(options: argparse.Namespace) -> int:
    """Write the offline lookup page."""
    inputs = [options.glossary] if options.glossary else []
    check_output(options.to, inputs, force=options.force)
    glossary = glossary_file(options.glossary) if options.glossary else None
    write_text(options.to, booth_page(load(), glossary))
    return 0
